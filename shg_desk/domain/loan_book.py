"""What a loan looks like on a day: its schedule as agreed at the start against what the ledger holds of it.

Money on a loan settles the oldest instalment first, principal on principal and interest on interest as the ledger
split it; nothing here changes a split that was recorded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import accumulate

from shg_desk.domain.allocation import DEFAULT_ORDER
from shg_desk.domain.allocation import Age
from shg_desk.domain.allocation import Due
from shg_desk.domain.allocation import DueKind
from shg_desk.domain.allocation import Part
from shg_desk.domain.allocation import Payment
from shg_desk.domain.allocation import age
from shg_desk.domain.allocation import allocate
from shg_desk.domain.loan_schedule import Instalment
from shg_desk.domain.loan_schedule import Schedule
from shg_desk.domain.par import UnpaidDue
from shg_desk.domain.par import days_late


class MovementKind(StrEnum):
    """How debt was lessened: paid, forgiven by vote, or written off."""

    PAID = "paid"
    FORGIVEN = "forgiven"
    WRITTEN_OFF = "written-off"


@dataclass(frozen=True, slots=True)
class Movement:
    """What one entry of the ledger took off a loan on its effective day, in minor units; a correction is negative."""

    on: date
    principal_minor: int
    interest_minor: int = 0
    kind: MovementKind = MovementKind.PAID


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan: its name, the day the money was given, the schedule fixed then, and its movements in any order.

    `later` are movements that a day's record does not see, of later days or later that day: they say nothing of how
    the loan stood, but what they paid cannot be brought once more. `taken_back` is the day of the later record by which
    the loan was never given: nothing is brought for it any more.
    """

    id: str
    start: date
    schedule: Schedule
    movements: tuple[Movement, ...] = ()
    later: tuple[Movement, ...] = ()
    taken_back: date | None = None


@dataclass(frozen=True, slots=True)
class Dues:
    """What is unpaid of a loan on a day by age: days before it, that day, and after it; minor units."""

    overdue_interest_minor: int = 0
    overdue_principal_minor: int = 0
    due_interest_minor: int = 0
    due_principal_minor: int = 0
    later_interest_minor: int = 0
    later_principal_minor: int = 0

    @property
    def arrears_minor(self) -> int:
        """Overdue interest and principal."""
        return self.overdue_interest_minor + self.overdue_principal_minor

    @property
    def expected_minor(self) -> int:
        """What the meeting of that day expects: arrears and what is due."""
        return self.arrears_minor + self.due_interest_minor + self.due_principal_minor

    @property
    def later_minor(self) -> int:
        """All that is still to come."""
        return self.later_interest_minor + self.later_principal_minor


@dataclass(frozen=True, slots=True)
class LineState:
    """One instalment on a day: what of it is settled, and the last day money reached it (None: none did)."""

    instalment: Instalment
    principal_settled_minor: int
    interest_settled_minor: int
    settled_on: date | None

    @property
    def principal_unpaid_minor(self) -> int:
        """Principal of this instalment still to pay."""
        return self.instalment.principal_minor - self.principal_settled_minor

    @property
    def interest_unpaid_minor(self) -> int:
        """Interest of this instalment still to pay."""
        return self.instalment.interest_minor - self.interest_settled_minor

    @property
    def unpaid_minor(self) -> int:
        """Principal and interest of this instalment still to pay."""
        return self.principal_unpaid_minor + self.interest_unpaid_minor


@dataclass(frozen=True, slots=True)
class LoanState:
    """A loan at the end of a day; minor units.

    `principal_outstanding_minor` is the ledger's own figure: lent less every movement, below zero where too much was
    paid. `next_due` is the first instalment after that day with anything unpaid; `overpaid_minor` what was paid
    beyond the whole schedule; `late_days` the days since the oldest unpaid due before that day.
    """

    on: date
    principal_outstanding_minor: int
    dues: Dues
    lines: tuple[LineState, ...]
    next_due: LineState | None
    overpaid_minor: int
    late_days: int

    @property
    def interest_due_to_date_minor(self) -> int:
        """Interest fallen due to this day, this day's with it, and not paid."""
        return self.dues.overdue_interest_minor + self.dues.due_interest_minor

    @property
    def left_to_pay_minor(self) -> int:
        """Everything unpaid to the end of the schedule."""
        return self.dues.expected_minor + self.dues.later_minor


@dataclass(frozen=True, slots=True)
class RepaymentSplit:
    """How one repayment is proposed to be booked on a loan; interest, principal, other dues and what is left add up."""

    interest_minor: int
    principal_minor: int
    other: tuple[Part, ...]
    left_minor: int


def loan_on(loan: Loan, on: date) -> LoanState:
    """A loan at the end of a day; before its start nothing is outstanding."""
    lines = line_states(loan, on)
    unpaid = _unpaid(lines)
    settled = [movement for movement in loan.movements if movement.on <= on]
    principal = sum(movement.principal_minor for movement in settled)
    interest = sum(movement.interest_minor for movement in settled)
    lent = loan.schedule.principal_minor if on >= loan.start else 0
    return LoanState(
        on=on,
        principal_outstanding_minor=lent - principal,
        dues=_dues(lines, on),
        lines=lines,
        next_due=next((line for line in lines if line.instalment.due > on and line.unpaid_minor), None),
        overpaid_minor=max(principal - lent, 0) + max(interest - sum(i.interest_minor for i in _given(loan, on)), 0),
        late_days=days_late(unpaid, on),
    )


def _given(loan: Loan, on: date) -> tuple[Instalment, ...]:
    return loan.schedule.instalments if on >= loan.start else ()


def line_states(loan: Loan, on: date) -> tuple[LineState, ...]:
    """Each instalment with what the movements to the end of a day settle of it, oldest first; none before the start."""
    by_day: dict[date, tuple[int, int]] = {}
    for movement in loan.movements:
        if movement.on <= on:
            principal, interest = by_day.get(movement.on, (0, 0))
            by_day[movement.on] = (principal + movement.principal_minor, interest + movement.interest_minor)
    days = sorted(by_day)
    instalments = _given(loan, on)
    principals = _oldest_first([i.principal_minor for i in instalments], days, [by_day[day][0] for day in days])
    interests = _oldest_first([i.interest_minor for i in instalments], days, [by_day[day][1] for day in days])
    return tuple(
        LineState(instalment, principal, interest, max(filter(None, (p_day, i_day)), default=None))
        for instalment, (principal, p_day), (interest, i_day) in zip(instalments, principals, interests, strict=True)
    )


def _oldest_first(owed: Sequence[int], days: Sequence[date], amounts: Sequence[int]) -> list[tuple[int, date | None]]:
    """What the sum of amounts settles of each due, and the last day an amount reached it."""
    sums = list(accumulate(amounts, initial=0))
    only_grows = min(amounts, default=0) >= 0  # nothing was taken back: the sums are in order and can be looked up
    settled: list[tuple[int, date | None]] = []
    before = 0
    for due in owed:
        reached = min(max(sums[-1] - before, 0), due)
        last = None
        if reached and only_grows:
            last = days[bisect_left(sums, before + reached) - 1]
        elif reached:
            so_far = [min(max(total - before, 0), due) for total in sums]
            last = next((days[k] for k in reversed(range(len(days))) if so_far[k] != so_far[k + 1]), None)
        settled.append((reached, last))
        before += due
    return settled


def _dues(lines: Iterable[LineState], on: date) -> Dues:
    sums: dict[tuple[Age, DueKind], int] = {}
    for line in lines:
        how_old = age(line.instalment.due, on)
        for kind, unpaid in (
            (DueKind.INTEREST, line.interest_unpaid_minor),
            (DueKind.PRINCIPAL, line.principal_unpaid_minor),
        ):
            sums[how_old, kind] = sums.get((how_old, kind), 0) + unpaid
    kinds = [(how_old, kind) for how_old in Age for kind in (DueKind.INTEREST, DueKind.PRINCIPAL)]
    return Dues(*(sums.get(key, 0) for key in kinds))


def _unpaid(lines: Iterable[LineState]) -> tuple[UnpaidDue, ...]:
    return tuple(
        UnpaidDue(line.instalment.due, line.principal_unpaid_minor, line.interest_unpaid_minor)
        for line in lines
        if line.unpaid_minor
    )


def open_dues(loan: Loan, on: date) -> tuple[Due, ...]:
    """Everything that can still be brought on a day as dues for `allocation.allocate`, named `<loan>/<n>i` and
    `<loan>/<n>p`: what is unpaid then and not paid since, interest and principal each by itself; nothing where the
    loan was taken back since.
    """
    if loan.taken_back is not None:
        return ()
    # what was taken back since was still paid on the day: no more can be brought than was open then
    principal = max(sum(one.principal_minor for one in loan.later), 0)
    interest = max(sum(one.interest_minor for one in loan.later), 0)
    counted = replace(loan, movements=(*loan.movements, Movement(on, principal, interest)))
    dues = []
    for line in line_states(counted, on):
        n, day = line.instalment.n, line.instalment.due
        if line.interest_unpaid_minor:
            dues.append(Due(f"{loan.id}/{n}i", day, DueKind.INTEREST, line.interest_unpaid_minor))
        if line.principal_unpaid_minor:
            dues.append(Due(f"{loan.id}/{n}p", day, DueKind.PRINCIPAL, line.principal_unpaid_minor))
    return tuple(dues)


def can_be_brought_minor(loan: Loan, on: date) -> int:
    """All of `open_dues` together: no repayment of that day may be more."""
    return sum(due.amount_minor for due in open_dues(loan, on))


def split_repayment(
    loan: Loan,
    on: date,
    amount_minor: int,
    order: Sequence[str] = DEFAULT_ORDER,
    other_dues: Sequence[Due] = (),
) -> RepaymentSplit:
    """How a repayment brought on a day is split by the group's order over this loan and `other_dues` (fines, fees).

    Raises ValueError as `allocate` does.
    """
    own = open_dues(loan, on)
    (answer,) = allocate([Payment("", on, amount_minor)], [*own, *other_dues], order)
    mine = {due.id for due in own}
    sums = {kind: sum(p.amount_minor for p in answer.parts if p.due in mine and p.kind is kind) for kind in DueKind}
    return RepaymentSplit(
        interest_minor=sums[DueKind.INTEREST],
        principal_minor=sums[DueKind.PRINCIPAL],
        other=tuple(part for part in answer.parts if part.due not in mine),
        left_minor=answer.left_minor,
    )
