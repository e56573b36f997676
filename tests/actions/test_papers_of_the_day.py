"""Papers of a corrected meeting agree with each other and with its day; booklet lists go as her passbook goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import group_facts
from shg_desk.domain.booklet import MemberAfter
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.ledger_words import corrected
from shg_desk.store.entries import entries_of

MARCH, APRIL, TODAY = date(2026, 3, 12), date(2026, 4, 12), date(2026, 8, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, day=TODAY)


def meet(desk: Desk, group: str, on: date, rows: list[SheetRow], counted: int | None = None) -> str:
    counts = () if counted is None else (Count(total_minor=counted),)
    name = record_meeting(desk, Sheet(group, on, rows=tuple(rows), counts=counts)).value.name
    assert name is not None
    return name


def saved_by_all(desk: Desk, group: str) -> str:
    rows = [SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 100_00),)) for n in (1, 2, 3, 4)]
    return meet(desk, group, MARCH, rows, counted=400_00)


def first_booklet(desk: Desk, meeting: str) -> MemberAfter:
    return after_meeting_of(desk, meeting).booklets[0]


@pytest.mark.parametrize(("cash", "brought", "missing"), [("in-differences", 60_00, 40_00), ("moves-today", 100_00, 0)])
def test_the_papers_of_a_meeting_show_the_money_of_its_day(desk: Desk, cash: str, brought: int, missing: int) -> None:
    group = make_group(desk)
    meeting = saved_by_all(desk, group)
    entry = entries_of(desk.book, meeting)[0].name
    plan = plan_entry(desk, entry, "other-amount", Change(amount_minor=60_00), cash=cash)
    write_correction(desk, group, plan, "she brought 60")
    read = minutes_of(desk, meeting)
    assert [row.in_minor for row in read.rows] == [brought, 100_00, 100_00, 100_00]
    assert read.in_minor == brought + 300_00
    (box,) = read.cash
    assert (box.start_minor, box.in_minor, box.counted_minor) == (0, brought + 300_00, 400_00)
    assert box.difference_minor == missing
    booklet = first_booklet(desk, meeting)
    assert [(line.in_minor, line.left_minor) for line in booklet.lines] == [(brought, brought)]
    told = [*read.corrections, *read.later_corrections]
    assert [one[1] for one in told] == ["she brought 60"]
    assert [one[2] for one in read.later_corrections] == ([TODAY] if cash == "moves-today" else [])


def test_a_line_taken_back_today_stays_on_the_papers_of_its_day_and_is_told(desk: Desk) -> None:
    group = make_group(desk)
    meeting = saved_by_all(desk, group)
    entry = entries_of(desk.book, meeting)[0].name
    write_correction(desk, group, plan_entry(desk, entry, "reverse", cash="moves-today"), "given back")
    read = minutes_of(desk, meeting)
    assert (read.in_minor, read.cash[0].in_minor) == (400_00, 400_00)
    assert read.later_corrections == ((TODAY, "given back", TODAY),)
    said = corrected(Words("en"), *read.later_corrections[0])
    assert said.count("01.08.2026") == 2
    assert "given back" in said


def test_what_a_correction_moved_to_another_day_is_on_the_papers_of_neither_but_as_told(desk: Desk) -> None:
    group = make_group(desk)
    meeting = saved_by_all(desk, group)
    entry = entries_of(desk.book, meeting)[0].name
    write_correction(desk, group, plan_entry(desk, entry, "other-date", Change(on=APRIL)), "in April")
    read = minutes_of(desk, meeting)
    assert [row.in_minor for row in read.rows] == [0, 100_00, 100_00, 100_00]
    assert [reason for _, reason in read.corrections] == ["in April"]


def passbook(desk: Desk, group: str, number: str, on: date) -> list[tuple[str, int, int, int]]:
    """What, in, out and the balance it leaves, of one day, as her own passbook says it."""
    rows = next(one for one in booklets(group_facts(desk, group)) if one.holder.number == number).rows
    left = {"saved": "saved_minor", "debt": "debt_minor", "fines": "fines_minor"}
    return [
        (row.what, row.in_minor, row.out_minor, getattr(row.after, left[row.left_of or "saved"]))
        for row in rows
        if row.effective == on
    ]


def by_hand(desk: Desk, meeting: str, number: str) -> list[tuple[str, int, int, int | None]]:
    found = next(one for one in after_meeting_of(desk, meeting).booklets if one.number == number)
    return [(line.what, line.in_minor, line.out_minor, line.left_minor) for line in found.lines]


def test_a_booklet_list_goes_as_the_passbook_goes(desk: Desk) -> None:
    group = make_group(desk)
    late = In("fine-owed", 40_00, why="late")
    others = [SheetRow("3", Attendance.PRESENT), SheetRow("4", Attendance.PRESENT)]
    first = SheetRow("1", Attendance.LATE, ins=(In("saving", 100_00), late))
    second = SheetRow("2", Attendance.PRESENT, ins=(In("saving", 100_00),))
    meet(desk, group, MARCH, [first, second, *others])
    again = SheetRow("1", Attendance.LATE, ins=(In("saving", 100_00), In("fine", 40_00), late))
    lent = SheetRow(
        "2",
        Attendance.PRESENT,
        ins=(In("saving", 100_00),),
        outs=(Out("loan", 100_00, terms={"interest_at_start": True}),),
    )
    meeting = meet(desk, group, APRIL, [again, lent, *others])
    saving = ("saving", 100_00, 0, 200_00)
    # 40 owed from March are paid: nothing is owed; then 40 of today are written down
    fines = [("fine", 40_00, 0, 0), ("fine-owed", 0, 0, 40_00)]
    assert by_hand(desk, meeting, "1") == [saving, *fines]
    # the loan comes first, then its interest of three months at 2 % that was kept back
    given = [("loan", 0, 100_00, 100_00), ("repayment", 6_00, 0, 100_00)]
    assert by_hand(desk, meeting, "2") == [saving, *given]
    for number in ("1", "2"):
        assert by_hand(desk, meeting, number) == passbook(desk, group, number, APRIL)
