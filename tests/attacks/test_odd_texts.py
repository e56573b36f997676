"""Sealed texts that are none: what is no text is left out, and every page that tells of the record still opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.answers_given import answers_given
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.photos import photos_of
from shg_desk.actions.views_differences import differences_view
from shg_desk.actions.views_entry import entry_detail
from shg_desk.actions.views_inbox import inbox_view
from shg_desk.domain.entries import pointed
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import entries as entry_store

DAY = date(2026, 3, 17)
ODD: list[Any] = [5, "text", None, {"a": 1}, [5], [None], [["x"]], [{"a": 1}], []]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, "office", "office", DAY)
    yield made
    made.close()


def written(desk: Desk, group: str, kind: str, body: dict[str, Any], texts: object) -> str:
    body = {**body, "group": group, "text": 0, "sealed": [desk.seal(kind, group, "group", {"texts": texts})]}
    with desk.book.writing() as writer:
        return str(writer.append(desk.line(kind, body)).name)


def test_reasons_of_answers(office: Desk) -> None:
    group = make_group(office)
    for number, texts in enumerate([*ODD, ["талаш жок", 5], ["x", "y"]]):
        body = {"difference": f"below-zero {group} payable {number}", "choice": "noted"}
        written(office, group, "settlement", body, texts)
    said = answers_given(office, set_aside=False, most=20)
    assert {one.reason for one in said} == {"", "талаш жок", "x"}
    differences_view(office)
    inbox_view(office)


def test_captions_of_photos(office: Desk) -> None:
    group = make_group(office)
    row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 100),))
    meeting = record_meeting(office, Sheet(group, DAY, rows=(row,))).value.name or ""
    for page, texts in enumerate([*ODD, ["барак", 5]], 1):
        told = {"sha256": f"{page:064x}", "length": 5, "media": "image/jpeg", "key": 1, "page": page}
        written(office, group, "file", {"about": meeting, "file": office.new_id(), **told}, texts)
    assert [one.caption for one in photos_of(office, meeting).photos] == [""] * len(ODD) + ["барак"]


def test_texts_of_entries(office: Desk) -> None:
    group = make_group(office)
    block = {"accounts": ["box", "expense.other"], "kind": "expense", "lines": [[None, -5, {"text": 0}]]}
    for texts in [*ODD, ["чай", 5]]:
        written(office, group, "between", {"date": DAY.isoformat(), "entries": [block]}, texts)
    found = entry_store.entries(office.book, group, entry_store.ALL)
    for one in found:
        entry_detail(office, one.name)
    full = [entry_store.entry(office.book, one.name) for one in found]
    assert sorted(pointed(one.texts, 0) or "" for one in full if one is not None) == [""] * len(ODD) + ["чай"]
