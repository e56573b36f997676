"""Who has left with savings is told of, has her line on the sheet, and gets her savings like one who is a member."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.group_forms import leave_group
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store
from shg_desk.store.check import check

SAVED, LEFT, APRIL = date(2026, 3, 5), date(2026, 3, 20), date(2026, 4, 2)


@pytest.fixture
def book_day() -> date:
    return date(2026, 4, 30)


@pytest.fixture
def group(desk: Desk) -> str:
    """Four saved 200 each."""
    made = make_group(desk)
    rows = (SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 20_000),)) for n in range(1, 5))
    record_meeting(desk, Sheet(made, SAVED, rows=tuple(rows)))
    return made


def first(desk: Desk, group: str) -> str:
    return group_store.memberships(desk.book, group)[0].id


def leave(desk: Desk, group: str) -> list[str]:
    told = leave_group(desk, first(desk, group), {"left": LEFT.isoformat(), "why": "moved"}).warnings
    assert {one.code for one in told} <= {Code.LEFT_WITH_SAVINGS}
    return [sentence(Words("en"), one).replace("\N{NO-BREAK SPACE}", " ") for one in told]


def test_she_is_paid_out_between_meetings_and_then_leaves_with_nothing_more_to_tell(desk: Desk, group: str) -> None:
    [said] = leave(desk, group)
    assert "still has 200 saved" in said
    part = Between(group, APRIL, "withdrawal", 15_000, first(desk, group))
    write_between(desk, part)
    assert sums(desk, group) == {"box": 65_000, "saving.compulsory": -65_000}
    with pytest.raises(KnownError) as told:
        write_between(desk, part)
    assert [(one.code, one.facts["saved"]) for one in told.value.problems] == [(Code.WITHDRAWAL_TOO_LARGE, "50.00")]
    with pytest.raises(KnownError) as told:
        write_between(desk, replace(part, kind="saving"))
    assert [one.code for one in told.value.problems] == [Code.AFTER_LEAVING]
    write_between(desk, replace(part, amount_minor=5_000))
    assert ground_of(desk, group, APRIL).member("1") is None, "nothing of hers is left"
    assert leave(desk, group) == []


def test_she_has_her_line_on_the_sheet_with_what_she_may_take_out(desk: Desk, group: str) -> None:
    leave(desk, group)
    figures = Draft(ground_of(desk, group, APRIL)).figures
    assert [line.member.number for line in figures.lines] == ["2", "3", "4", "1"]
    assert len(figures.members) == 3
    cells = {one.key for one in figures.columns if figures.cell(figures.lines[-1], one).state is not CellState.NONE}
    assert cells == {"repayment", "fine", "withdrawal.compulsory"}, "its column is shown without being asked for"
    rows = (*(SheetRow(n, Attendance.PRESENT) for n in "234"), SheetRow("1", outs=(Out("withdrawal", 20_000),)))
    record_meeting(desk, Sheet(group, APRIL, rows=rows))
    assert sums(desk, group) == {"box": 60_000, "saving.compulsory": -60_000}
    after = Draft(ground_of(desk, group, date(2026, 4, 3))).figures
    assert [line.member.number for line in after.lines] == ["2", "3", "4"]
    assert "withdrawal" not in {one.kind for one in after.columns}
    assert check(desk.book) == []


def test_what_is_paid_out_to_her_later_already_is_not_there_to_be_taken_before(desk: Desk, group: str) -> None:
    leave(desk, group)
    write_between(desk, Between(group, date(2026, 4, 9), "withdrawal", 20_000, first(desk, group)))
    assert [line.member.number for line in Draft(ground_of(desk, group, APRIL)).figures.lines] == ["2", "3", "4"]
    with pytest.raises(KnownError) as told:
        write_between(desk, Between(group, APRIL, "withdrawal", 100, first(desk, group)))
    assert told.value.problems[0].code is Code.WITHDRAWAL_TOO_LARGE
