"""What stands for a wrong entry is worked out as if that had not been made: a settled difference, a loan paid off.

A day typed late knows what was paid, or taken back, on later days.
"""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import entries as entry_store

MARCH, LATE, APRIL, MAY = date(2026, 3, 12), date(2026, 3, 19), date(2026, 4, 12), date(2026, 5, 12)


@pytest.fixture
def book_day() -> date:
    return date(2026, 8, 1)


def held(desk: Desk, group: str, on: date, *lines: In | Out) -> str:
    ins = tuple(line for line in lines if isinstance(line, In))
    outs = tuple(line for line in lines if isinstance(line, Out))
    row = SheetRow("1", Attendance.PRESENT, ins=ins, outs=outs)
    return str(record_meeting(desk, Sheet(group, on, rows=(row,))).value.name)


def refused(desk: Desk, group: str, on: date, *lines: In | Out) -> list[tuple[Code, object]]:
    with pytest.raises(KnownError) as told:
        held(desk, group, on, *lines)
    return [(one.code, one.facts.get("left")) for one in told.value.problems if one.level is Level.PROBLEM]


def put_right(desk: Desk, group: str, op: str, how: str, change: Change, cash: str = "in-differences") -> None:
    name = entry_store.entries_of(desk.book, op)[0].name
    write_correction(desk, group, plan_entry(desk, name, how, change, cash=cash), "жазууда ката")


@pytest.mark.parametrize(("how", "other"), [("vote", "expense.differences"), ("owed", "hand")])
def test_a_settled_difference_is_settled_for_another_sum_or_on_another_day(desk: Desk, how: str, other: str) -> None:
    """40 are missing and settled in full; 30 were meant, so 10 are open again."""
    group = make_group(desk)
    row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000),))
    named, counts = (NamedDifference(-4_000, "белгисиз"),), (Count(total_minor=6_000),)
    record_meeting(desk, Sheet(group, MARCH, rows=(row,), counts=counts, differences=named))
    line = GroupLine("settlement", 4_000, what=how, carried_by="2" if how == "owed" else None)
    op = str(record_meeting(desk, Sheet(group, APRIL, lines=(line,))).value.name)
    put_right(desk, group, op, "other-amount", Change(amount_minor=3_000))
    assert sums(desk, group) == {"box": 6_000, "differences": 1_000, other: 3_000, "saving.compulsory": -10_000}
    with pytest.raises(KnownError):  # no more than was ever open
        put_right(desk, group, op, "other-amount", Change(amount_minor=4_100))
    rest = GroupLine("settlement", 1_000, what="vote")
    again = str(record_meeting(desk, Sheet(group, MAY, lines=(rest,))).value.name)
    put_right(desk, group, again, "other-date", Change(on=APRIL))
    assert "differences" not in sums(desk, group)


def test_the_repayment_that_paid_a_loan_off_is_put_right(desk: Desk) -> None:
    """3,000 flat at 2 % a month in 3 is 3,180; 1,000 on the first due day is 60 interest and 940 off the loan."""
    group = make_group(desk)
    held(desk, group, MARCH, In("saving", 1_000_000), Out("loan", 300_000))
    op = held(desk, group, APRIL, In("repayment", 318_000))
    put_right(desk, group, op, "other-amount", Change(amount_minor=100_000), MOVES_TODAY)
    found = sums(desk, group)
    assert (found["box"], found["interest"], found["principal"]) == (800_000, -6_000, 206_000)
    assert [one.left_to_pay_minor for one in loan_list(desk, group).lines] == [218_000]


def test_the_repayment_that_paid_a_loan_off_came_on_another_day(desk: Desk) -> None:
    group = make_group(desk)
    held(desk, group, MARCH, In("saving", 1_000_000), Out("loan", 300_000))
    put_right(desk, group, held(desk, group, APRIL, In("repayment", 318_000)), "other-date", Change(on=MAY))
    assert [one.left_to_pay_minor for one in loan_list(desk, group, on=LATE).lines] == [318_000]
    assert [one.left_to_pay_minor for one in loan_list(desk, group, on=APRIL).lines] == [318_000]
    assert loan_list(desk, group, on=MAY).lines == ()


def test_a_late_typed_sheet_does_not_pay_again_a_fine_that_was_paid_later(desk: Desk) -> None:
    """40 owed in March and paid in April; 40 more on a day between are another fine, and nobody is owed fines."""
    group = make_group(desk)
    held(desk, group, MARCH, In("fine-owed", 4_000, why="late"))
    held(desk, group, APRIL, In("fine", 4_000))
    held(desk, group, LATE, In("fine", 4_000))
    assert sums(desk, group) == {"box": 8_000, "income.fines": -8_000}


def test_the_papers_of_a_meeting_say_what_was_owed_that_day(desk: Desk) -> None:
    group = make_group(desk)
    owed = held(desk, group, MARCH, In("fine-owed", 4_000, why="late"))
    held(desk, group, APRIL, In("fine", 4_000))
    after = after_meeting_of(desk, owed)
    assert [(one.number, one.fines_minor) for one in after.cards if one.fines_minor] == [("1", 4_000)]
    assert [one.fines_minor for one in after.booklets] == [4_000]


def test_what_was_taken_back_later_was_still_paid_on_a_day_before_it(desk: Desk) -> None:
    """2,000 of 3,180 were paid in April, and given back today: in May no more than 1,180 were open."""
    group = make_group(desk)
    held(desk, group, MARCH, In("saving", 1_000_000), Out("loan", 300_000))
    paid = entry_store.entries_of(desk.book, held(desk, group, APRIL, In("repayment", 200_000)))[0].name
    write_correction(desk, group, plan_entry(desk, paid, "reverse", cash=MOVES_TODAY), "кайтарылды")
    assert refused(desk, group, MAY, In("repayment", 300_000)) == [(Code.REPAYMENT_TOO_LARGE, "1180.00")]
    held(desk, group, MAY, In("repayment", 118_000))
    assert [one.left_to_pay_minor for one in loan_list(desk, group).lines] == [200_000]


def test_a_receipt_taken_back_before_anybody_counted_was_never_in_the_box(desk: Desk) -> None:
    """50 typed by mistake for the 10th and taken back; the sheet of the 12th, typed late, finds its own 100 alone."""
    group = make_group(desk)
    wrong = write_between(desk, Between(group, date(2026, 3, 10), "gift", 5_000)).value.name
    assert wrong is not None
    take_back(desk, wrong, "эки жолу жазылган")
    assert ground_of(desk, group, MARCH).places_minor.get("box", 0) == 0
    row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000),))
    record_meeting(desk, Sheet(group, MARCH, rows=(row,), counts=(Count(total_minor=10_000),)))
    assert sums(desk, group) == {"box": 10_000, "saving.compulsory": -10_000}


def test_a_receipt_taken_back_after_the_box_was_counted_leaves_the_gap_named(desk: Desk) -> None:
    """The box was counted with the 50 in it: without them 50 are over; a count of the bank says nothing of the box."""
    group = make_group(desk)
    first = write_between(desk, Between(group, date(2026, 3, 10), "gift", 5_000)).value.name
    record_count(desk, group, date(2026, 3, 11), [Count(total_minor=5_000)])
    later = write_between(desk, Between(group, MARCH, "gift", 700)).value.name
    record_count(desk, group, LATE, [Count("bank", total_minor=0)])
    assert first is not None
    assert later is not None
    take_back(desk, later, "ката")
    assert sums(desk, group) == {"box": 5_000, "income.gifts": -5_000}
    take_back(desk, first, "ката")
    assert sums(desk, group) == {"box": 5_000, "differences": -5_000}


def reversed_entry(desk: Desk, group: str, op: str | None, how: str = "reverse", change: Change | None = None) -> bool:
    """Corrects it as the ledger proposes; gives whether its money was counted since."""
    assert op is not None
    plan = plan_entry(desk, entry_store.entries_of(desk.book, op)[0].name, how, change)
    write_correction(desk, group, plan, "жазууда ката")
    return plan.counted_since


def test_the_ledger_puts_the_box_right_too_where_nobody_counted_since(desk: Desk) -> None:
    """50 counted on the 11th; 100 written on the 12th never came: the box has 50, and nothing is short or over."""
    group = make_group(desk)
    write_between(desk, Between(group, date(2026, 3, 10), "gift", 5_000))
    record_count(desk, group, MARCH, [Count(total_minor=5_000)])
    wrong = write_between(desk, Between(group, MARCH, "gift", 10_000)).value.name
    assert not reversed_entry(desk, group, wrong)
    assert sums(desk, group) == {"box": 5_000, "income.gifts": -5_000}
    less = write_between(desk, Between(group, LATE, "gift", 10_000)).value.name
    record_count(desk, group, LATE, [Count("bank", total_minor=0)])
    assert not reversed_entry(desk, group, less, "other-amount", Change(amount_minor=8_000))
    assert sums(desk, group) == {"box": 13_000, "income.gifts": -13_000}


def test_what_takes_a_reversal_back_asks_the_same_of_the_first_entry(desk: Desk) -> None:
    """The receipt of a meeting counted that day: 100 were in the box, whatever of it is said and unsaid later."""
    group = make_group(desk)
    row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000),))
    sheet = Sheet(group, MARCH, rows=(row,), counts=(Count(total_minor=10_000),))
    op = str(record_meeting(desk, sheet).value.name)
    assert reversed_entry(desk, group, op)
    assert sums(desk, group) == {"box": 10_000, "differences": -10_000}
    taker = entry_store.entries_of(desk.book, op)[0].corrected_by[0]
    write_correction(desk, group, plan_entry(desk, taker), "туура экен")
    assert sums(desk, group) == {"box": 10_000, "saving.compulsory": -10_000}
