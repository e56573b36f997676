"""A loan that a group gave can be paid off in the coins it has: new ones to the som, old ones with their rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import preview_between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.ground import notes_in_use
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.views_loans import LoanLine
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_loans import loan_sheet
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_columns import proposals
from shg_desk.store.check import check

MARCH, APRIL, MAY, JUNE, JULY = (date(2026, month, 12) for month in (3, 4, 5, 6, 7))
BEFORE = {"coin": None}
"""Words of a loan as it was given before terms named a coin."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, day=date(2026, 12, 1))


def meet(desk: Desk, group: str, on: date, *lines: In | Out) -> str:
    ins = tuple(line for line in lines if isinstance(line, In))
    outs = tuple(line for line in lines if isinstance(line, Out))
    rows = [SheetRow("1", Attendance.PRESENT, ins=ins, outs=outs)]
    rows += [SheetRow(number, Attendance.PRESENT) for number in ("2", "3", "4")]
    name = record_meeting(desk, Sheet(group, on, rows=tuple(rows))).value.name
    assert name is not None
    return name


def proposed(desk: Desk, group: str, on: date) -> dict[str, int]:
    ground = ground_of(desk, group, on)
    member = ground.member("1")
    assert member is not None
    return {key: one.amount_minor for (key, _), one in proposals(ground, member, Attendance.PRESENT).items()}


def loan_line(desk: Desk, group: str, on: date) -> LoanLine:
    return loan_list(desk, group, only="all", on=on).lines[0]


def test_what_a_new_loan_proposes_can_be_paid_to_the_end(desk: Desk) -> None:
    group = make_group(desk)
    given = Between(group, MARCH, "loan", 1025_00, member=ground_of(desk, group, MARCH).members[0].id)
    shown = preview_between(desk, given).loan
    assert shown is not None
    name = meet(desk, group, MARCH, In("saving", 2000_00), Out("loan", 1025_00))
    told = minutes_of(desk, name).loans[0].schedule
    assert told is not None
    assert told.instalments == shown.schedule.instalments
    assert [line.total_minor for line in told.instalments] == [362_00, 362_00, 363_00]
    for on, due in ((APRIL, 362_00), (MAY, 362_00), (JUNE, 363_00)):
        assert proposed(desk, group, on)["repayment"] == due
        meet(desk, group, on, In("repayment", due))
    end = loan_line(desk, group, JULY)
    assert (end.left_to_pay_minor, end.outstanding_minor, end.late_days, end.is_open) == (0, 0, 0, False)
    assert sums(desk, group)["interest"] == -62_00


def test_an_old_loan_keeps_its_schedule_and_its_rest_is_settled_by_a_coin(desk: Desk) -> None:
    group = make_group(desk)
    meet(desk, group, MARCH, In("saving", 2000_00), Out("loan", 1025_00, terms=BEFORE))
    loan = loan_line(desk, group, MARCH).id
    assert "coin" not in loan_sheet(desk, loan, MARCH).terms
    assert [one.total_minor for one in loan_sheet(desk, loan, MARCH).schedule] == [362_17, 362_17, 362_16]
    assert proposed(desk, group, APRIL)["repayment"] == 363_00
    meet(desk, group, APRIL, In("repayment", 362_00))  # 17 tyiyn less than agreed: no coin can pay them
    assert "fine" not in proposed(desk, group, MAY)
    meet(desk, group, MAY, In("repayment", 362_00))
    meet(desk, group, JUNE, In("repayment", 362_00))  # 1086.50 - 1086.00
    assert loan_line(desk, group, JULY).left_to_pay_minor == 50
    assert proposed(desk, group, JULY)["repayment"] == 1_00
    with pytest.raises(KnownError) as refused:
        meet(desk, group, JULY, In("repayment", 2_00))
    assert Code.REPAYMENT_TOO_LARGE in [problem.code for problem in refused.value.problems]
    last = meet(desk, group, JULY, In("repayment", 1_00))
    end = loan_line(desk, group, JULY)
    assert (end.left_to_pay_minor, end.outstanding_minor, end.is_open, end.late_days) == (0, 0, False, 0)
    left = sums(desk, group)
    assert left["income.rounding"] == -50
    assert (left["interest"], left.get("principal", 0)) == (-61_50, 0)
    assert left["box"] == 2000_00 + 61_50 + 50
    assert minutes_of(desk, last).rows[0].cells_minor == {"repayment": 1_00}
    (hand,) = after_meeting_of(desk, last).booklets[0].lines
    assert (hand.in_minor, hand.left_minor) == (1_00, 0)
    assert check(desk.book) == []


def test_an_old_loan_paid_as_proposed_is_never_late_and_ends_with_the_rest(desk: Desk) -> None:
    group = make_group(desk)
    meet(desk, group, MARCH, In("saving", 2000_00), Out("loan", 1025_00, terms=BEFORE))
    # 363 is 0.83 ahead, then 361.34 -> 362 is 1.49 ahead together, and 360.67 -> 361.50 are left in June: 362
    asked = []
    for on in (APRIL, MAY, JUNE):
        asked.append(proposed(desk, group, on)["repayment"])
        meet(desk, group, on, In("repayment", asked[-1]))
        assert loan_line(desk, group, on).late_days == 0
    assert asked == [363_00, 362_00, 362_00]
    assert sum(asked) == 1086_50 + 50
    assert sums(desk, group)["income.rounding"] == -50
    assert not loan_line(desk, group, JULY).is_open


def test_a_rest_is_paid_into_the_bank_between_meetings(desk: Desk) -> None:
    group = make_group(desk)
    meet(desk, group, MARCH, In("saving", 2000_00), Out("loan", 1025_00, terms=BEFORE))
    meet(desk, group, APRIL, In("repayment", 1086_00))
    member = ground_of(desk, group, MAY).members[0].id
    write_between(desk, Between(group, MAY, "repayment", 1_00, member=member, place="bank"))
    left = sums(desk, group)
    assert (left["bank"], left["income.rounding"]) == (1_00, -50)
    assert not loan_line(desk, group, MAY).is_open


def test_correcting_a_meeting_leaves_its_old_loans_and_settled_rests(desk: Desk) -> None:
    group = make_group(desk)
    first = meet(desk, group, MARCH, In("saving", 2000_00), Out("loan", 1025_00, terms=BEFORE))
    opened = reopen_meeting(desk, first)
    row = next(row for row in opened.sheet.rows if row.outs)
    larger = replace(row, outs=(replace(row.outs[0], amount_minor=1030_00),))
    rows = tuple(larger if one is row else one for one in opened.sheet.rows)
    correct_meeting(desk, first, plan_meeting(desk, first, replace(opened.sheet, rows=rows)), group, "1030 were lent")
    (line,) = loan_list(desk, group, on=MARCH).lines
    assert line.lent_minor == 1030_00
    assert "coin" not in loan_sheet(desk, line.id, MARCH).terms  # agreed without one, and so it stays
    meet(desk, group, APRIL, In("repayment", 1091_00))  # of 1030 + 61.80
    last = meet(desk, group, MAY, In("repayment", 1_00))
    opened = reopen_meeting(desk, last)
    rows = tuple(replace(one, attendance=Attendance.LATE) if not one.ins else one for one in opened.sheet.rows)
    plan = plan_meeting(desk, last, replace(opened.sheet, rows=rows))
    assert [entry.kind for entry in plan.reversed] == []  # the coin that settled the loan is left as it was
    assert sums(desk, group)["income.rounding"] == -20


def test_notes_and_coins_are_in_the_money_the_group_keeps() -> None:
    """Of 2026: notes of 20 to 5000 som, coins of 10, 5, 3 and 1 som; of 50 and 10 tyiyn only where tyiyn are kept."""
    whole = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 3, 1)
    assert notes_in_use(Currency("KGS", 0, 1), MARCH) == whole
    assert notes_in_use(Currency("KGS", 2, 100), MARCH) == (*(100 * one for one in whole), 50, 10)
    assert notes_in_use(Currency("MZN", 2, 1), MARCH) == ()
