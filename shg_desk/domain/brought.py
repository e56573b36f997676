"""What a member brought beyond her debts (two laptops recorded the same payment): money of hers, at a share-out and at
her death alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from shg_desk.domain.loan_book import LoanState

HAND, FINES = "hand", "fines"
"""The debts that are no loans, by their account: money of the group in her hands, fines owed."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What she brought beyond one debt, minor units.

    `said` is `hand`, `fines`, or a loan's code in the group; `loan` its id, whose principal `amount_minor` is.
    """

    said: str
    amount_minor: int
    loan: str | None = None
    interest_minor: int = 0

    @property
    def whole_minor(self) -> int:
        """Principal and interest."""
        return self.amount_minor + self.interest_minor


def brought_beyond(
    balances_minor: Mapping[str, int], loans: Iterable[tuple[str, str, LoanState]]
) -> tuple[Brought, ...]:
    """Of a member, by what stands on her accounts (their codes) and by her loans: code, id and how each stands."""
    own = [Brought(key, -balances_minor[key]) for key in (HAND, FINES) if balances_minor.get(key, 0) < 0]
    found = (*own, *(loan_brought(*one) for one in loans))
    return tuple(one for one in found if one.whole_minor)


def loan_brought(code: str, loan: str, state: LoanState) -> Brought:
    """What was brought beyond a loan; of one that was taken back, which stands without a schedule, all of it. Of one
    whose schedule has no interest none was too much: its terms may be words that only a newer program reads.
    """
    principal = max(-state.principal_outstanding_minor, 0)
    bears_interest = any(line.instalment.interest_minor for line in state.lines)
    return Brought(code, principal, loan, state.overpaid_minor - principal if bears_interest or not state.lines else 0)
