"""A repayment of an earlier day, written after a later one, pays what that one has left of each part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_loans import LoanLine
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_columns import proposals
from shg_desk.store.entries import ALL
from shg_desk.store.entries import entries
from shg_desk.store.entries import entries_of
from shg_desk.store.groups import memberships

LATE, EARLY, END = date(2026, 5, 2), date(2026, 4, 10), date(2026, 7, 30)
FIRST_DUE, SECOND_DUE = date(2026, 4, 19), date(2026, 5, 19)


def lent(tmp_path: Path) -> tuple[Desk, str, dict[str, str]]:
    """900 lent to 1 and to 2 on 19 March: 54 of interest, 18 with each of three instalments of 300."""
    desk = make_desk(tmp_path, day=END)
    group = make_group(desk)
    saved = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 200_000),)) for n in (1, 2))
    given = tuple(SheetRow(str(n), Attendance.PRESENT, outs=(Out("loan", 90_000),)) for n in (1, 2))
    record_meeting(desk, Sheet(group, date(2026, 3, 5), rows=saved))
    record_meeting(desk, Sheet(group, date(2026, 3, 19), rows=given))
    return desk, group, {one.number: one.id for one in memberships(desk.book, group)}


def repaid(desk: Desk, group: str, member: str, on: date, amount_minor: int) -> str:
    name = write_between(desk, Between(group, on, "repayment", amount_minor, member)).value.name
    assert name is not None
    return name


def line(desk: Desk, group: str, number: str) -> LoanLine:
    return next(one for one in loan_list(desk, group, only="all").lines if one.number == number)


def is_paid(one: LoanLine) -> bool:
    return (one.outstanding_minor, one.left_to_pay_minor, one.late_days, one.is_open) == (0, 0, 0, False)


def test_all_of_a_loan_is_paid_whichever_was_written_first(tmp_path: Path) -> None:
    desk, group, ids = lent(tmp_path)
    repaid(desk, group, ids["1"], LATE, 5_000)  # 36 of interest fell due by then, 14 of principal
    repaid(desk, group, ids["1"], EARLY, 90_400)
    assert is_paid(line(desk, group, "1"))
    with pytest.raises(KnownError) as refused:
        repaid(desk, group, ids["1"], END, 1_800)
    assert refused.value.problems[0].code is Code.LOAN_UNKNOWN
    desk.close()


def test_a_repayment_that_was_hers_pays_what_she_has_not_paid_since(tmp_path: Path) -> None:
    """904 of 10 April was written for 2 and is 1's, who brought 50 on 2 May: all 954 of hers are paid then."""
    desk, group, ids = lent(tmp_path)
    wrong = repaid(desk, group, ids["2"], EARLY, 90_400)
    repaid(desk, group, ids["1"], LATE, 5_000)
    (row,) = entries_of(desk.book, wrong)
    plan = plan_entry(desk, row.name, "other-member", Change(member="1"))
    write_correction(desk, group, plan, "it was 1's")
    assert is_paid(line(desk, group, "1"))
    assert line(desk, group, "2").left_to_pay_minor == 95_400
    desk.close()


def proposed(desk: Desk, group: str, number: str, on: date) -> int:
    """What a sheet of that day, typed now, proposes her to bring of her loans: the same as it says is due."""
    ground = ground_of(desk, group, on)
    member = ground.member(number)
    assert member is not None
    found = proposals(ground, member, Attendance.PRESENT)
    due_minor = sum(one.amount_minor for (column, _), one in found.items() if column == "repayment")
    assert due_minor == member.due_minor(on)
    return due_minor


def test_a_sheet_typed_late_proposes_nothing_that_was_paid_since(tmp_path: Path) -> None:
    desk, group, ids = lent(tmp_path)
    assert proposed(desk, group, "1", FIRST_DUE) == 31_800
    repaid(desk, group, ids["1"], LATE, 10_000)
    assert proposed(desk, group, "1", FIRST_DUE) == 21_800
    repaid(desk, group, ids["1"], LATE, 21_800)
    assert (proposed(desk, group, "1", FIRST_DUE), proposed(desk, group, "2", FIRST_DUE)) == (0, 31_800)
    assert proposed(desk, group, "1", SECOND_DUE) == 31_800
    repaid(desk, group, ids["1"], SECOND_DUE, 63_600)
    assert (proposed(desk, group, "1", FIRST_DUE), proposed(desk, group, "1", LATE)) == (0, 0)
    as_it_was = next(one for one in loan_list(desk, group, on=date(2026, 4, 30)).lines if one.number == "1")
    assert (as_it_was.outstanding_minor, as_it_was.arrears_minor, as_it_was.late_days) == (90_000, 31_800, 11)
    desk.close()


def taken_back_today(desk: Desk, group: str, number: str, how: str, change: Change | None = None) -> None:
    """The loan of one put right by money that changes hands today."""
    loan = line(desk, group, number).id
    given = next(one for one in entries(desk.book, group, ALL) if one.kind == "loan" and one.loan == loan)
    write_correction(desk, group, plan_entry(desk, given.name, how, change, cash=MOVES_TODAY), "she brings it today")


@pytest.mark.parametrize(("how", "change"), [("reverse", None), ("other-amount", Change(amount_minor=80_000))])
def test_nothing_is_repaid_on_a_loan_that_was_taken_back(tmp_path: Path, how: str, change: Change | None) -> None:
    """As a loan that was repaid is not taken back: which of the two is written first makes no difference."""
    desk, group, ids = lent(tmp_path)
    repaid(desk, group, ids["2"], LATE, 5_400)
    with pytest.raises(KnownError) as told:
        taken_back_today(desk, group, "2", how, change)
    assert [one.code for one in told.value.problems] == [Code.LOAN_HAS_REPAYMENTS]
    taken_back_today(desk, group, "1", how, change)
    assert proposed(desk, group, "1", LATE) == 0
    with pytest.raises(KnownError) as told:
        repaid(desk, group, ids["1"], LATE, 5_400)
    problem, *_ = told.value.problems
    assert (problem.code, problem.facts["date"]) == (Code.LOAN_TAKEN_BACK, END.isoformat())
    desk.close()
