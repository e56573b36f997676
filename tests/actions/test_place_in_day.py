"""What moved later on the day of a meeting: in its opened sheet and its papers it has not happened yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import RULES
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.store.check import check
from shg_desk.store.loans import loans

FIRST, SECOND = date(2026, 10, 10), date(2026, 10, 24)
FREE = {**RULES, "loan": {"rate": "0", "rate_per": "month", "method": "flat", "instalments": 3}}


def two_meetings(folder: Path) -> tuple[Desk, str, str]:
    """Four bring 1000 and № 1 borrows 3000; at the second meeting four bring 100 and she pays 500 back."""
    desk = make_desk(folder)
    group = make_group(desk, rules=FREE)
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 1000_00),)) for n in range(2, 5))
    first = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 1000_00),), outs=(Out("loan", 3000_00),))
    record_meeting(desk, Sheet(group, FIRST, rows=(first, *rows), counts=(Count(total_minor=1000_00),)))
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 100_00),)) for n in range(2, 5))
    first = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 100_00), In("repayment", 500_00)))
    sheet = Sheet(group, SECOND, rows=(first, *rows), counts=(Count(total_minor=1900_00),))
    return desk, group, str(record_meeting(desk, sheet).value.name)


def later_that_day(desk: Desk, group: str) -> None:
    """After the meeting she pays 700 more, and № 2 borrows 600."""
    one, two, *_ = ground_of(desk, group, SECOND).members
    write_between(desk, Between(group, SECOND, "repayment", 700_00, member=one.id, loan=one.loans[0].code))
    write_between(desk, Between(group, SECOND, "loan", 600_00, member=two.id))


def sheet_of(desk: Desk, meeting: str) -> Draft:
    opened = reopen_meeting(desk, meeting)
    state = state_of(opened.ground, opened.sheet)
    return Draft(opened.ground, state, state)


def cash(desk: Desk, meeting: str) -> tuple[int, int, int | None]:
    found = sheet_of(desk, meeting).cash()
    return found.start_minor, found.expected_minor, found.difference_minor


def test_an_opened_sheet_stands_on_what_was_before_it_on_its_day(tmp_path: Path) -> None:
    desk, group, meeting = two_meetings(tmp_path)
    assert cash(desk, meeting) == (1000_00, 1900_00, 0)
    later_that_day(desk, group)
    assert sums(desk, group)["box"] == (1900 + 700 - 600) * 100
    assert cash(desk, meeting) == (1000_00, 1900_00, 0)
    one, two, *_ = reopen_meeting(desk, meeting).ground.members
    assert [loan.loan.movements for loan in one.loans] == [()], "neither of the two repayments"
    assert [sum(m.principal_minor + m.interest_minor for m in o.loan.later) for o in one.loans] == [700_00]
    assert two.loans == ()


def test_a_correction_of_the_meeting_leaves_what_came_later_that_day(tmp_path: Path) -> None:
    desk, group, meeting = two_meetings(tmp_path)
    later_that_day(desk, group)
    draft = sheet_of(desk, meeting)
    key = next(column.key for column in draft.columns if column.kind == "repayment")
    assert draft.type_text(Place(0, key), "450") is None
    plan = plan_meeting(desk, meeting, draft.sheet(), cash=IN_DIFFERENCES)
    correct_meeting(desk, meeting, plan, group, "she brought 450")
    (hers, _) = loans(desk.book, group)
    assert hers.outstanding_minor == (3000 - 450 - 700) * 100
    assert sums(desk, group)["principal"] == (3000 - 450 - 700 + 600) * 100
    again = sheet_of(desk, meeting)
    assert again.cash().start_minor == 1000_00
    assert again.figures.column_total_minor(again.figures.column(key)) == 450_00  # type: ignore[arg-type]
    assert list(check(desk.book)) == []


def test_the_booklets_of_a_meeting_say_what_was_owed_right_after_it(tmp_path: Path) -> None:
    desk, group, meeting = two_meetings(tmp_path)
    before = after_meeting_of(desk, meeting).booklets
    later_that_day(desk, group)
    after = after_meeting_of(desk, meeting).booklets
    assert after == before
    assert after[0].debt_minor == 2500_00
    assert [line.left_minor for line in after[0].lines if line.in_minor == 500_00] == [2500_00]
