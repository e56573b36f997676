"""Given payments over given dues by a group's named order: which part of which payment settles which due."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem


class DueKind(StrEnum):
    """What a due is for."""

    FINE = "fine"
    FEE = "fee"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Age(StrEnum):
    """A due against the day of a payment: its day is past, is that day, or is to come."""

    OVERDUE = "overdue"
    DUE = "due"
    TO_COME = "to-come"


NEXT = "next"
LEFT = "left"
DEFAULT_ORDER = ("fine", "fee", "interest-overdue", "principal-overdue", "interest-due", "principal-due", "left")
"""Fines, overdue interest, overdue principal, then what is due today; what is over waits for the person's choice."""

ORDER_WORDS = frozenset(
    {NEXT, LEFT}
    | {kind.value for kind in DueKind}
    | {f"{kind.value}-{age.value}" for kind in DueKind for age in (Age.OVERDUE, Age.DUE)}
)


@dataclass(frozen=True, slots=True)
class Due:
    """Something owed: its own name, the day it falls due, what it is for, how much is unpaid."""

    id: str
    date: date
    kind: DueKind
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Payment:
    """Money brought on a day."""

    id: str
    date: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one payment puts on one due; never nothing."""

    due: str
    kind: DueKind
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Allocated:
    """One payment's parts and what is left of it; together always the whole payment."""

    payment: str
    parts: tuple[Part, ...]
    left_minor: int


def age(due: date, paid: date) -> Age:
    """How old a due is on the day of a payment."""
    if due < paid:
        return Age.OVERDUE
    return Age.DUE if due == paid else Age.TO_COME


def order_problems(order: Sequence[str]) -> tuple[Problem, ...]:
    """Every word of an order that is none, or stands there twice, with its place counted from 1."""
    return tuple(
        Problem(Code.ORDER_UNKNOWN, where=str(place), facts={"word": word})
        for place, word in enumerate(order, start=1)
        if word not in ORDER_WORDS or word in order[: place - 1]
    )


def allocate(payments: Iterable[Payment], dues: Iterable[Due], order: Sequence[str]) -> tuple[Allocated, ...]:
    """Settle dues with payments, the earlier payment first, each by the words of `order` in turn.

    A word is a kind with an age (`interest-overdue`), a kind alone (overdue and due alike), `next` (what is to come,
    of any kind) or `left` (nothing more is settled). Within a word the oldest due is first; on one day kinds stand as
    the order first names them, then as given. Answers stand in the order the payments were used. Raises ValueError for
    a word that is none, a negative amount, or two dues of one name.
    """
    if order_problems(order):
        raise ValueError(f"order: {list(order)}")
    given, paid = list(dues), sorted(payments, key=lambda payment: payment.date)
    unpaid = {due.id: due.amount_minor for due in given}
    amounts = [due.amount_minor for due in given] + [payment.amount_minor for payment in paid]
    if len(unpaid) != len(given) or min(amounts, default=0) < 0:
        raise ValueError("dues of one name, or a negative amount")
    ranks = _kind_ranks(order)
    oldest_first = sorted(given, key=lambda due: (due.date, ranks[due.kind]))
    return tuple(_allocate_one(payment, oldest_first, unpaid, order) for payment in paid)


def _allocate_one(
    payment: Payment, oldest_first: Sequence[Due], unpaid: dict[str, int], order: Sequence[str]
) -> Allocated:
    """Settle with one payment; takes what it settles out of `unpaid`."""
    left = payment.amount_minor
    parts = []
    for word in order:
        if left == 0 or word == LEFT:
            break
        for due in oldest_first:
            if left == 0:
                break
            amount = min(left, unpaid[due.id])
            if amount and _meant(word, due, payment.date):
                unpaid[due.id] -= amount
                left -= amount
                parts.append(Part(due.id, due.kind, amount))
    return Allocated(payment.id, tuple(parts), left)


def _meant(word: str, due: Due, paid: date) -> bool:
    """True where a word of the order speaks of a due on the day of a payment."""
    how_old = age(due.date, paid)
    if how_old is Age.TO_COME or word == NEXT:
        return how_old is Age.TO_COME and word == NEXT
    return word in (due.kind.value, f"{due.kind.value}-{how_old.value}")


def _kind_ranks(order: Sequence[str]) -> dict[DueKind, int]:
    """Where the order first names each kind; kinds it does not name come last."""
    named = [word.partition("-")[0] for word in order]
    return {kind: named.index(kind.value) if kind.value in named else len(named) for kind in DueKind}


def covered(below_minor: Mapping[str, int], amount_minor: int) -> dict[str, int]:
    """By account code what of accounts below zero a sum takes away, in the order of their codes."""
    found = {}
    for code, amount in sorted(below_minor.items()):
        if taken := min(amount, amount_minor):
            found[code] = taken
            amount_minor -= taken
    return found
