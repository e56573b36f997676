"""Allocation: the contract's example, published figures, and that no coin is lost or made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.allocation import DEFAULT_ORDER
from shg_desk.domain.allocation import ORDER_WORDS
from shg_desk.domain.allocation import Allocated
from shg_desk.domain.allocation import Due
from shg_desk.domain.allocation import DueKind
from shg_desk.domain.allocation import Payment
from shg_desk.domain.allocation import allocate
from shg_desk.domain.allocation import order_problems

FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
INTEREST, PRINCIPAL, FINE = DueKind.INTEREST, DueKind.PRINCIPAL, DueKind.FINE
TWO_INSTALMENTS = (
    Due("1i", FEBRUARY, INTEREST, 2_000),
    Due("1p", FEBRUARY, PRINCIPAL, 20_000),
    Due("2i", MARCH, INTEREST, 2_000),
    Due("2p", MARCH, PRINCIPAL, 20_000),
)


def settle(
    amount: int, order: Sequence[str], *, on: date = MARCH, dues: Sequence[Due] = TWO_INSTALMENTS
) -> tuple[list[tuple[str, int]], int]:
    (answer,) = allocate([Payment("p1", on, amount)], dues, order)
    return named(answer), answer.left_minor


def named(answer: Allocated) -> list[tuple[str, int]]:
    return [(part.due, part.amount_minor) for part in answer.parts]


def test_the_contracts_example() -> None:
    order = ["fine", "interest-overdue", "principal-overdue", "interest-due", "principal-due", "next"]
    assert settle(4_000, order) == ([("1i", 2_000), ("1p", 2_000)], 0)


def test_all_interest_before_any_principal() -> None:
    assert settle(4_000, ["interest", "principal"]) == ([("1i", 2_000), ("2i", 2_000)], 0)


def test_paying_all_at_the_first_of_four_with_a_later_penalty() -> None:
    days = [date(2023, 9, 1), date(2023, 9, 16), date(2023, 10, 1), date(2023, 10, 16)]
    dues = [Due(str(day), day, PRINCIPAL, 25_000) for day in days] + [Due("late", date(2023, 10, 17), FINE, 2_000)]
    parts, left = settle(102_000, ["fine", "interest", "principal", "next"], on=days[0], dues=dues)
    assert left == 0
    assert sum(amount for due, amount in parts if due != "late") == 100_000
    assert parts[-1] == ("late", 2_000)
    assert sum(amount for due, amount in parts if due != str(days[0])) == 77_000


def test_what_is_over_stays_left_without_next() -> None:
    assert settle(30_000, ["interest", "principal"], on=FEBRUARY) == ([("1i", 2_000), ("1p", 20_000)], 8_000)
    with_next = settle(30_000, ["interest", "principal", "next"], on=FEBRUARY)
    assert with_next == ([("1i", 2_000), ("1p", 20_000), ("2i", 2_000), ("2p", 6_000)], 0)
    assert settle(30_000, ["interest", "left", "principal"], on=FEBRUARY) == ([("1i", 2_000)], 28_000)


def test_a_payment_before_any_due() -> None:
    early = date(2026, 1, 15)
    assert settle(500, ["interest", "principal"], on=early) == ([], 500)
    # of one day the kinds stand as the order names them
    assert settle(500, ["principal-due", "interest", "next"], on=early) == ([("1p", 500)], 0)


def test_a_kind_the_order_leaves_out_is_not_settled() -> None:
    assert settle(30_000, ["interest"]) == ([("1i", 2_000), ("2i", 2_000)], 26_000)
    assert settle(30_000, ["principal-due"]) == ([("2p", 20_000)], 10_000)


def test_of_two_payments_the_earlier_is_used_first() -> None:
    later, earlier = Payment("later", MARCH, 2_500), Payment("earlier", FEBRUARY, 1_500)
    first, second = allocate([later, earlier], TWO_INSTALMENTS, DEFAULT_ORDER)
    assert (first.payment, named(first)) == ("earlier", [("1i", 1_500)])
    assert (second.payment, named(second)) == ("later", [("1i", 500), ("1p", 2_000)])


def test_words_that_are_none() -> None:
    problems = order_problems(["fine", "interest-late", "fine"])
    assert [(problem.where, problem.facts["word"]) for problem in problems] == [("2", "interest-late"), ("3", "fine")]
    assert order_problems(DEFAULT_ORDER) == ()
    with pytest.raises(ValueError, match="order"):
        settle(1, ["sometime"])


@pytest.mark.parametrize("dues", [(TWO_INSTALMENTS[0],) * 2, (Due("x", MARCH, FINE, -1),)])
def test_dues_that_cannot_be(dues: tuple[Due, ...]) -> None:
    with pytest.raises(ValueError, match="one name"):
        settle(1, ["fine"], dues=dues)


days = st.sampled_from([FEBRUARY, MARCH, APRIL])
amounts = st.integers(0, 5_000)
some_dues = st.lists(st.tuples(days, st.sampled_from(DueKind), amounts), max_size=8).map(
    lambda rows: [Due(str(n), *row) for n, row in enumerate(rows)]
)
some_payments = st.lists(st.tuples(days, amounts), max_size=4).map(
    lambda rows: [Payment(str(n), *row) for n, row in enumerate(rows)]
)
orders = st.lists(st.sampled_from(sorted(ORDER_WORDS)), unique=True)


def coin_by_coin(payments: list[Payment], dues: list[Due], order: list[str]) -> dict[tuple[str, str], int]:
    """Every coin on its own: the due that the first fitting word wants, the oldest, the first named kind."""
    left = {due.id: due.amount_minor for due in dues}
    settled: dict[tuple[str, str], int] = {}
    words = [word.split("-")[0] for word in order]
    rank = {kind: words.index(kind) if kind in words else 99 for kind in DueKind}
    for payment in sorted(payments, key=lambda paid: paid.date):
        for _coin in range(payment.amount_minor):
            wanted = []
            for due in dues:
                past = due.date <= payment.date
                names = (
                    {f"{due.kind}-{'due' if due.date == payment.date else 'overdue'}", due.kind} if past else {"next"}
                )
                until = order[: order.index("left")] if "left" in order else order
                if left[due.id] and names & set(until):
                    word = min(until.index(name) for name in names if name in until)
                    wanted.append((word, due.date, rank[due.kind], dues.index(due), due.id))
            if wanted:
                chosen = min(wanted)[-1]
                left[chosen] -= 1
                settled[payment.id, chosen] = settled.get((payment.id, chosen), 0) + 1
    return settled


@given(some_payments, some_dues, orders)
@settings(max_examples=200, deadline=None)
def test_parts_and_left_are_the_payment(payments: list[Payment], dues: list[Due], order: list[str]) -> None:
    answers = allocate(payments, dues, order)
    given_by_id = {payment.id: payment.amount_minor for payment in payments}
    assert {answer.payment for answer in answers} == set(given_by_id)
    for answer in answers:
        assert sum(part.amount_minor for part in answer.parts) + answer.left_minor == given_by_id[answer.payment]
        assert all(part.amount_minor > 0 for part in answer.parts)
    for due in dues:
        assert sum(p.amount_minor for a in answers for p in a.parts if p.due == due.id) <= due.amount_minor


@given(
    st.lists(st.tuples(days, st.integers(0, 30)), max_size=3),
    st.lists(st.tuples(days, st.sampled_from(DueKind), st.integers(0, 20)), max_size=6),
    orders,
)
@settings(max_examples=200, deadline=None)
def test_as_if_every_coin_were_put_down_alone(
    paid: list[tuple[date, int]], owed: list[tuple[date, DueKind, int]], order: list[str]
) -> None:
    payments = [Payment(str(n), *row) for n, row in enumerate(paid)]
    dues = [Due(str(n), *row) for n, row in enumerate(owed)]
    answers = allocate(payments, dues, order)
    ours = {(answer.payment, part.due): part.amount_minor for answer in answers for part in answer.parts}
    assert ours == coin_by_coin(payments, dues, order)
