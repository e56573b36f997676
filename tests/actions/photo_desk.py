"""What tests of photos share: a meeting that was held, the codes of a refusal, the bytes a book keeps."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow

DAY = date(2026, 3, 12)


def a_meeting(desk: Desk, group: str, on: date = DAY, members: int = 4) -> str:
    rows = tuple(
        SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000, product="compulsory"),))
        for n in range(1, members + 1)
    )
    name = record_meeting(desk, Sheet(group, on, rows=rows)).value.name
    assert name is not None
    return name


def codes(error: pytest.ExceptionInfo[KnownError]) -> list[Code]:
    return [problem.code for problem in error.value.problems]


def kept(desk: Desk) -> dict[str, bytes]:
    return {str(name): bytes(content) for name, content in desk.book.db.rows("SELECT hash, content FROM picture")}
