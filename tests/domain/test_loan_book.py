"""A loan on a day: what is due, late, paid ahead; how a repayment is split; what closes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.allocation import Due
from shg_desk.domain.allocation import DueKind
from shg_desk.domain.loan_book import Dues
from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.loan_book import MovementKind
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_book import open_dues
from shg_desk.domain.loan_book import split_repayment
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import Unit

# 6 000 som, flat 1 % a fortnight, six instalments of 1 000 + 60: due 7.11, 21.11, 5.12, 19.12, 2.1, 16.1
LENT = date(2026, 10, 24)
TERMS = LoanTerms(600_000, Fraction(26), Method.FLAT, 6, LENT, every=2, unit=Unit.WEEK)
FLAT = replace(TERMS, rate_percent=Fraction(13, 6))
NURGUL = Loan("L-3", LENT, schedule(FLAT))
NOV_7, NOV_21, DEC_1, DEC_5 = date(2026, 11, 7), date(2026, 11, 21), date(2026, 12, 1), date(2026, 12, 5)


def with_(*movements: Movement) -> Loan:
    return replace(NURGUL, movements=movements)


FULL, HALF = Movement(NOV_7, 100_000, 6_000), Movement(NOV_21, 44_000, 6_000)


def test_the_loan_used_here() -> None:
    assert [line.due for line in NURGUL.schedule.instalments][:3] == [NOV_7, NOV_21, DEC_5]
    assert [line.total_minor for line in NURGUL.schedule.instalments] == [106_000] * 6


def test_before_and_at_the_start() -> None:
    before = loan_on(NURGUL, LENT - timedelta(days=1))
    assert (before.principal_outstanding_minor, before.lines, before.dues) == (0, (), Dues())
    start = loan_on(NURGUL, LENT)
    assert start.principal_outstanding_minor == 600_000
    assert start.next_due is not None
    assert start.next_due.instalment.due == NOV_7
    assert start.left_to_pay_minor == 636_000


def test_one_and_a_half_paid_then_late() -> None:
    loan = with_(HALF, FULL)
    state = loan_on(loan, DEC_1)
    assert state.principal_outstanding_minor == 456_000
    assert state.dues == Dues(0, 56_000, 0, 0, 24_000, 400_000)
    assert state.dues.arrears_minor == 56_000
    assert state.late_days == 10
    assert state.next_due is not None
    assert (state.next_due.instalment.due, state.next_due.unpaid_minor) == (DEC_5, 106_000)
    assert state.left_to_pay_minor == 480_000
    assert [line.settled_on for line in state.lines[:3]] == [NOV_7, NOV_21, None]


def test_the_day_itself_is_due_and_not_late() -> None:
    state = loan_on(with_(FULL), NOV_21)
    assert state.dues == Dues(0, 0, 6_000, 100_000, 24_000, 400_000)
    assert state.late_days == 0
    assert state.next_due is not None
    assert state.next_due.instalment.due == DEC_5
    assert state.interest_due_to_date_minor == 6_000
    assert loan_on(with_(FULL), DEC_5).dues.expected_minor == 212_000


def test_paid_ahead() -> None:
    state = loan_on(with_(FULL, Movement(NOV_7, 100_000, 6_000)), NOV_7)
    assert state.dues.expected_minor == 0
    assert state.next_due is not None
    assert state.next_due.instalment.due == DEC_5


def test_a_correction_takes_it_back() -> None:
    undone = with_(FULL, Movement(NOV_7, -100_000, -6_000))
    assert loan_on(undone, NOV_21) == loan_on(NURGUL, NOV_21)
    later = with_(FULL, Movement(NOV_21, -100_000, -6_000))
    assert loan_on(later, NOV_21).dues == loan_on(NURGUL, NOV_21).dues
    assert loan_on(later, NOV_21 - timedelta(days=1)).dues.arrears_minor == 0


def test_too_much_paid_shows() -> None:
    state = loan_on(with_(Movement(NOV_7, 600_500, 36_200)), NOV_7)
    assert state.principal_outstanding_minor == -500
    assert state.overpaid_minor == 700
    assert state.left_to_pay_minor == 0
    assert state.next_due is None


def test_written_off_is_no_longer_at_risk() -> None:
    loan = with_(FULL, Movement(DEC_1, 500_000, 30_000, MovementKind.WRITTEN_OFF))
    state = loan_on(loan, DEC_5)
    assert (state.principal_outstanding_minor, state.late_days) == (0, 0)


def test_a_repayment_is_split_by_the_order() -> None:
    loan = with_(FULL)
    fine = Due("f1", NOV_21, DueKind.FINE, 1_000)
    split = split_repayment(loan, DEC_5, 150_000, other_dues=[fine])
    # fine 10, overdue interest 60 and principal 1 000, today's interest 60, the rest of 370 on principal
    assert (split.interest_minor, split.principal_minor, split.left_minor) == (12_000, 137_000, 0)
    assert [(part.due, part.amount_minor) for part in split.other] == [("f1", 1_000)]
    over = split_repayment(loan, NOV_21, 120_000)
    assert (over.interest_minor, over.principal_minor, over.left_minor) == (6_000, 100_000, 14_000)
    ahead = split_repayment(loan, NOV_21, 120_000, ["interest", "principal", "next"])
    assert (ahead.interest_minor, ahead.principal_minor, ahead.left_minor) == (12_000, 108_000, 0)


def test_names_of_open_dues() -> None:
    assert [due.id for due in open_dues(with_(FULL, HALF), NOV_21)][:3] == ["L-3/2p", "L-3/3i", "L-3/3p"]


def test_early_closing_after_one_payment() -> None:
    # 100, 7 % a year, 6 months; 17.01 paid in time leaves 83.57
    terms = LoanTerms(10_000, Fraction(7, 12), Method.ANNUITY, 6, date(2024, 1, 1))
    loan = Loan("x", terms.start, schedule(terms), (Movement(date(2024, 2, 1), 1_643, 58),))
    state = loan_on(loan, date(2024, 2, 1))
    assert state.principal_outstanding_minor == 8_357
    assert state.dues.expected_minor == 0
    assert loan.schedule.interest_minor == 205


moves = st.lists(
    st.builds(
        Movement,
        st.integers(0, 120).map(lambda days: LENT + timedelta(days=days)),
        st.integers(0, 120_000),
        st.integers(0, 7_000),
    ),
    max_size=5,
)


@given(moves, st.integers(0, 130), st.integers(0, 700_000))
@settings(deadline=None)
def test_whatever_was_paid_the_figures_agree(movements: list[Movement], days: int, amount: int) -> None:
    loan, on = with_(*movements), LENT + timedelta(days=days)
    state = loan_on(loan, on)
    paid = [m for m in movements if m.on <= on]
    principal, interest = sum(m.principal_minor for m in paid), sum(m.interest_minor for m in paid)
    assert state.principal_outstanding_minor == 600_000 - principal
    assert state.left_to_pay_minor == max(600_000 - principal, 0) + max(36_000 - interest, 0)
    assert (state.late_days > 0) == (state.dues.arrears_minor > 0)
    fallen = [line for line in loan.schedule.instalments if line.due < on]
    asked = sum(line.principal_minor for line in fallen), sum(line.interest_minor for line in fallen)
    assert state.dues.overdue_principal_minor == max(asked[0] - principal, 0)
    assert state.dues.overdue_interest_minor == max(asked[1] - interest, 0)
    split = split_repayment(loan, on, amount, ["interest", "principal", "next"])
    assert split.interest_minor + split.principal_minor + split.left_minor == amount
    then = replace(loan, movements=(*movements, Movement(on, split.principal_minor, split.interest_minor)))
    assert loan_on(then, on).left_to_pay_minor == max(state.left_to_pay_minor - amount, 0)
    assert loan_on(replace(loan, movements=tuple(reversed(movements))), on) == state


either_way = st.lists(
    st.builds(
        Movement,
        st.integers(0, 60).map(lambda days: LENT + timedelta(days=days)),
        st.integers(-60_000, 150_000),
        st.integers(-3_000, 9_000),
    ),
    max_size=6,
)


@given(st.one_of(moves, either_way))
@settings(deadline=None)
def test_an_instalment_was_last_reached_on_the_last_day_its_settled_part_changed(movements: list[Movement]) -> None:
    loan = with_(*movements)
    end = LENT + timedelta(days=130)
    for place, line in enumerate(loan_on(loan, end).lines):
        reached = {"principal": (0, None), "interest": (0, None)}
        for day in sorted({movement.on for movement in movements}):
            then = loan_on(loan, day).lines[place]
            for part, settled in (
                ("principal", then.principal_settled_minor),
                ("interest", then.interest_settled_minor),
            ):
                if settled != reached[part][0]:
                    reached[part] = settled, day
        days = [day for settled, day in reached.values() if settled and day is not None]
        assert line.settled_on == max(days, default=None)
