"""In whatever order the same dated repayments are written, each part of a loan is paid once and the loan ends paid.

The oracle knows the agreed sums only: 6 of principal and 2 of interest, in two instalments of 3 and 1.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from itertools import permutations

import pytest

from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.loan_book import can_be_brought_minor
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_book import split_repayment
from shg_desk.domain.loan_schedule import Instalment
from shg_desk.domain.loan_schedule import Schedule

START, FIRST, SECOND = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
LOAN = Loan("a", START, Schedule((Instalment(1, FIRST, 3, 1, 3), Instalment(2, SECOND, 3, 1, 0))))
DAYS = (date(2026, 3, 20), FIRST, date(2026, 4, 20), SECOND, date(2026, 5, 20))
ORDERS = (
    ("interest", "principal", "next"),
    ("principal", "interest", "next"),
    ("interest-overdue", "principal-overdue", "interest-due", "principal-due", "interest", "principal", "next"),
)
PAID = [(a, b, whole - a - b) for whole in (5, 8) for a in range(1, whole - 1) for b in range(1, whole - a)]


def written(payments: tuple[tuple[date, int], ...], order: tuple[str, ...]) -> list[Movement]:
    """The splits of payments written one after another; what is of a later day is known and not seen."""
    made: list[Movement] = []
    for on, amount in payments:
        seen, later = (tuple(one for one in made if (one.on <= on) is is_seen) for is_seen in (True, False))
        loan = Loan("a", START, LOAN.schedule, seen, later=later)
        assert amount <= can_be_brought_minor(loan, on), payments
        split = split_repayment(loan, on, amount, order)
        assert split.interest_minor + split.principal_minor == amount, payments
        made.append(Movement(on, split.principal_minor, split.interest_minor))
    return made


@pytest.mark.parametrize("order", ORDERS)
def test_every_part_is_paid_once_in_any_order_of_writing(order: tuple[str, ...]) -> None:
    for days in combinations(DAYS, 3):
        for amounts in PAID:
            for payments in permutations(zip(days, amounts, strict=True)):
                made = written(payments, order)
                assert sum(one.interest_minor for one in made) <= 2, payments
                assert sum(one.principal_minor for one in made) <= 6, payments
                end = loan_on(Loan("a", START, LOAN.schedule, tuple(made)), DAYS[-1])
                assert end.left_to_pay_minor == 8 - sum(amounts), payments
                assert end.overpaid_minor == 0, payments
                if sum(amounts) == 8:
                    assert (end.principal_outstanding_minor, end.late_days) == (0, 0), payments


def test_what_was_taken_back_later_was_still_paid_on_the_day() -> None:
    """3 of principal paid on 1 April and taken back on 1 May: on 20 April 3 and 2 of interest could be brought."""
    paid, back = Movement(FIRST, 3), Movement(SECOND, -3)
    loan = Loan("a", START, LOAN.schedule, (paid,), later=(back,))
    assert can_be_brought_minor(loan, DAYS[2]) == 5
    # 2 of interest paid since leave principal alone: each part by itself
    also = Loan("a", START, LOAN.schedule, (paid,), later=(back, Movement(SECOND, 0, 2)))
    assert can_be_brought_minor(also, DAYS[2]) == 3
