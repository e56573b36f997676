"""What is settled when a member dies: her savings become payable to her heirs, each debt goes as the group voted.

First everything she has in the group becomes *payable*, also what she brought beyond what she owed; what stands below
zero of hers (the same money paid out twice) is taken from it, then what is set off, what is forgiven becomes an expense
of the group. A loan is paid off with its principal and the interest that fell due by the day she died; the
interest to come is not asked of the family, as at a share-out. Between her account and a loan's the money
passes over `surplus`, which ends where it began.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.domain.allocation import covered
from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.brought import Brought
from shg_desk.domain.loan_book import LoanState
from shg_desk.domain.share_record import LET_OFF

SET_OFF, FORGIVEN, KEPT = "set-off", "forgiven", "kept"
CHOICES = (SET_OFF, FORGIVEN, KEPT)
"""What can become of a debt: taken from what she had, forgiven by the group, or still owed by the family."""

BELOW = "below"
"""What a line of the account is about that is neither had nor a debt to decide on: an account of hers below zero."""

BROUGHT = "brought"
"""What a line of the account is about that she brought beyond a debt."""

PASSED_OVER = "surplus"
FORGIVEN_ACCOUNT = "expense.forgiven"


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt, minor units. `key` is `hand`, `fines`, or a loan's id; `code` is what the group calls that loan.

    Of a loan `amount_minor` is principal, `interest_minor` what of its interest fell due by the day she died, and
    `to_come_minor` what would fall due later.
    """

    key: str
    amount_minor: int
    loan: str | None = None
    interest_minor: int = 0
    to_come_minor: int = 0
    code: str = ""

    @property
    def said(self) -> str:
        """What it is called: its key, or the loan's code."""
        return self.code or self.key

    @property
    def owed_minor(self) -> int:
        """What is asked for it: without interest to come."""
        return self.amount_minor + self.interest_minor


@dataclass(frozen=True, slots=True)
class Estate:
    """What a member had in a group and owed it. `saved_minor` is by account code, what can still be taken from it.

    `below_minor` is by account code what stands below zero of her savings and of what she paid ahead, `overpaid_minor`
    what was paid out to her beyond what was payable, `brought` what she brought beyond her debts.
    """

    member: str
    saved_minor: Mapping[str, int]
    ahead_minor: int = 0
    payable_minor: int = 0
    debts: tuple[Debt, ...] = ()
    below_minor: Mapping[str, int] = field(default_factory=dict)
    overpaid_minor: int = 0
    brought: tuple[Brought, ...] = ()

    @property
    def has_minor(self) -> int:
        """Everything that can be set off or paid to the heirs: what is below zero goes off it first."""
        return max(self._whole_minor - sum(self.below_minor.values()), 0)

    @property
    def covered_minor(self) -> dict[str, int]:
        """By account code what of each account below zero is taken from what she had, in the order of their codes."""
        return covered(self.below_minor, max(self._whole_minor, 0))

    @property
    def _whole_minor(self) -> int:
        brought = sum(one.whole_minor for one in self.brought)
        return sum(self.saved_minor.values()) + self.ahead_minor + brought + self.payable_minor - self.overpaid_minor


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of a debt: taken from what she had, forgiven (interest to come too), and left; minor units."""

    debt: Debt
    choice: str
    set_off_minor: int = 0
    forgiven_minor: int = 0
    left_minor: int = 0


@dataclass(frozen=True, slots=True)
class DeathEntry:
    """One entry: its kind, whose (`member` or `loan`, and that id), and its (account code, minor units)."""

    kind: str
    by: str
    owner: str
    postings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """The whole: each debt as decided, what is left payable to the heirs, the grant, and the entries that make it."""

    decided: tuple[Decided, ...]
    payable_minor: int
    grant_minor: int
    entries: tuple[DeathEntry, ...]


def loan_debt(code: str, loan: str, state: LoanState, died: date) -> Debt:
    """A loan as a debt: its dues by the day she died, as the ledger stands at `state`."""
    due = sum(line.interest_unpaid_minor for line in state.lines if line.instalment.due <= died)
    unpaid = sum(line.interest_unpaid_minor for line in state.lines)
    return Debt(loan, max(state.principal_outstanding_minor, 0), loan, due, unpaid - due, code)


def settle(estate: Estate, choices: Mapping[str, str], grant_minor: int = 0, place: str = "box") -> Settled:
    """Everything decided at once; a debt nobody chose for is kept.

    Set off is in the order of `estate.debts` as far as what she had goes, of a loan interest before principal; what is
    not covered stays a debt. Raises ValueError for a choice there is not.
    """
    unknown = set(choices.values()) - set(CHOICES)
    if unknown:
        raise ValueError(unknown)
    left = estate.has_minor
    decided = []
    for debt in estate.debts:
        choice = choices.get(debt.key, KEPT)
        if choice == FORGIVEN:
            decided.append(Decided(debt, choice, forgiven_minor=debt.owed_minor + debt.to_come_minor))
            continue
        taken = min(debt.owed_minor, left) if choice == SET_OFF else 0
        left -= taken
        whole = choice == SET_OFF and taken == debt.owed_minor
        forgiven = debt.to_come_minor if whole else 0
        decided.append(Decided(debt, choice, taken, forgiven, debt.owed_minor - taken))
    entries = [*_to_heirs(estate), *(entry for one in decided for entry in _entries(estate.member, one))]
    if grant_minor:
        entries.append(DeathEntry("grant", "member", estate.member, (("social", grant_minor), (place, -grant_minor))))
    return Settled(tuple(decided), left, grant_minor, tuple(entries))


def _to_heirs(estate: Estate) -> Iterator[DeathEntry]:
    for code, amount in (*sorted(estate.saved_minor.items()), ("ahead", estate.ahead_minor)):
        if amount:
            yield DeathEntry("settlement", "member", estate.member, ((code, amount), ("payable", -amount)))
    for one in estate.brought:
        code = one.said
        if one.loan is not None:
            code = PASSED_OVER
            parts = (("principal", one.amount_minor), ("interest", one.interest_minor), (code, -one.whole_minor))
            yield DeathEntry("settlement", "loan", one.loan, tuple(part for part in parts if part[1]))
        given = (code, one.whole_minor), ("payable", -one.whole_minor)
        yield DeathEntry("settlement", "member", estate.member, given)
    for code, taken in estate.covered_minor.items():
        yield DeathEntry("settlement", "member", estate.member, (("payable", taken), (code, -taken)))


def _entries(member: str, one: Decided) -> Iterator[DeathEntry]:
    debt, taken = one.debt, one.set_off_minor
    if debt.loan is None:
        if taken:
            yield DeathEntry("settlement", "member", member, (("payable", taken), (debt.key, -taken)))
        if one.forgiven_minor:
            forgiven = (FORGIVEN_ACCOUNT, one.forgiven_minor), (debt.key, -one.forgiven_minor)
            yield DeathEntry("settlement", "member", member, forgiven)
        return
    if taken:
        interest = min(taken, debt.interest_minor)
        parts = ((PASSED_OVER, taken), ("interest", -interest), ("principal", interest - taken))
        yield DeathEntry("settlement", "member", member, (("payable", taken), (PASSED_OVER, -taken)))
        yield DeathEntry("repayment", "loan", debt.loan, tuple(part for part in parts if part[1]))
    to_come = min(debt.to_come_minor, one.forgiven_minor)
    owed = one.forgiven_minor - to_come
    if owed:
        parts = ((FORGIVEN_ACCOUNT, owed), ("interest", -debt.interest_minor), ("principal", -debt.amount_minor))
        yield DeathEntry("settlement", "loan", debt.loan, tuple(part for part in parts if part[1]))
    if to_come:
        yield DeathEntry("settlement", "loan", debt.loan, ((LET_OFF, to_come), ("interest", -to_come)))


def in_order(debts: Iterable[Debt]) -> tuple[Debt, ...]:
    """Debts in the order they are set off: money in her hands, fines, then loans as they come."""
    first = {HAND: 0, FINES: 1}
    return tuple(sorted((debt for debt in debts if debt.owed_minor), key=lambda debt: first.get(debt.key, 2)))
