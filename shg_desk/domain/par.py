"""Portfolio at risk and ageing: how much of what is lent hangs on instalments that are late.

PAR(x) is the whole outstanding principal of every loan with any instalment more than x days late over all principal
outstanding (Sa-Dhan's definition); rescheduled loans are added to it at every level, and shown apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

PAR_LEVELS = (1, 30, 60, 90, 180)
AGEING_BANDS = (1, 31, 61, 91, 181)
"""First days of the bands amounts are aged by: 1-30, 31-60, 61-90, 91-180, from 181 on."""


@dataclass(frozen=True, slots=True)
class UnpaidDue:
    """What is unpaid of one instalment; minor units."""

    due: date
    principal_minor: int
    interest_minor: int


@dataclass(frozen=True, slots=True)
class PortfolioLoan:
    """One loan as a portfolio sees it: principal outstanding, what is unpaid of its instalments, rescheduled or not."""

    id: str
    outstanding_minor: int
    dues: tuple[UnpaidDue, ...]
    rescheduled: bool = False


@dataclass(frozen=True, slots=True)
class AtRisk:
    """One level of PAR: the principal at risk, the part of it there only by rescheduling, and the ratio or None."""

    level: int
    amount_minor: int
    only_rescheduled_minor: int
    ratio: Fraction | None


@dataclass(frozen=True, slots=True)
class Band:
    """Overdue principal and interest from one number of days late to another (None: without end)."""

    from_days: int
    to_days: int | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All principal outstanding on a day, what of it is at risk by level, and the overdue amounts by age."""

    gross_minor: int
    at_risk: tuple[AtRisk, ...]
    ageing: tuple[Band, ...]


def days_late(dues: Iterable[UnpaidDue], at: date, grace_days: int = 0) -> int:
    """Days from the oldest due before `at` with anything unpaid; 0 where none is.

    A due within the days of grace is not yet late; once past them its days count from the due date.
    """
    return max((days for due in dues if (days := _due_days_late(due, at, grace_days))), default=0)


def portfolio_at_risk(
    loans: Iterable[PortfolioLoan],
    at: date,
    *,
    levels: Sequence[int] = PAR_LEVELS,
    bands: Sequence[int] = AGEING_BANDS,
    grace_days: int = 0,
) -> Portfolio:
    """PAR and ageing of loans on a day. Level 1 is at least one day late, any other more than so many days.

    Each unpaid instalment is aged by its own days; a day before the first band is in none. Raises ValueError for levels
    below 1, bands not rising from 1 or more, negative days of grace, or a negative outstanding principal.
    """
    if grace_days < 0 or min((*levels, *bands), default=1) < 1 or any(a >= b for a, b in pairwise(bands)):
        raise ValueError("levels, bands or days of grace")
    book = [(loan, days_late(loan.dues, at, grace_days)) for loan in loans]
    if any(loan.outstanding_minor < 0 for loan, _ in book):
        raise ValueError("a negative outstanding principal")
    gross = sum(loan.outstanding_minor for loan, _ in book)
    return Portfolio(
        gross_minor=gross,
        at_risk=tuple(_at_risk(level, book, gross) for level in levels),
        ageing=_ageing([due for loan, _ in book for due in loan.dues], at, bands, grace_days),
    )


def _at_risk(level: int, book: Sequence[tuple[PortfolioLoan, int]], gross: int) -> AtRisk:
    late = sum(loan.outstanding_minor for loan, days in book if _in_level(days, level))
    other = sum(loan.outstanding_minor for loan, days in book if loan.rescheduled and not _in_level(days, level))
    return AtRisk(level, late + other, other, Fraction(late + other, gross) if gross else None)


def _ageing(dues: Sequence[UnpaidDue], at: date, bands: Sequence[int], grace_days: int) -> tuple[Band, ...]:
    aged = [(_due_days_late(due, at, grace_days), due.principal_minor + due.interest_minor) for due in dues]
    ends: list[int | None] = [first - 1 for first in bands[1:]]
    ends.append(None)
    return tuple(
        Band(first, last, sum(amount for days, amount in aged if days >= first and (last is None or days <= last)))
        for first, last in zip(bands, ends, strict=False)
    )


def _due_days_late(due: UnpaidDue, at: date, grace_days: int) -> int:
    if due.principal_minor + due.interest_minor <= 0:
        return 0
    days = (at - due.due).days
    return days if days > grace_days else 0


def _in_level(late_days: int, level: int) -> bool:
    return late_days >= 1 if level == 1 else late_days > level
