"""One line of either side of a comparison, whatever it came from: a book, a parcel, a bank's or lender's table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

REVERSING_KINDS = frozenset({"reversal", "correction", "storno", "refund"})


@dataclass(frozen=True, slots=True)
class Row:
    """A dated amount in minor units. Empty texts are what a side does not say; `id` is its own name for the line."""

    id: str
    date: date
    amount_minor: int
    currency: str = ""
    account: str = ""
    group: str = ""
    member: str = ""
    kind: str = ""
    reference: str = ""
    text: str = ""


def takes_back(later: Row, earlier: Row) -> bool:
    """True where one line of a side is the reversal of another line of the same side."""
    if later.amount_minor != -earlier.amount_minor or not later.amount_minor:
        return False
    if (later.account, later.group, later.member) != (earlier.account, earlier.group, earlier.member):
        return False
    if later.currency != earlier.currency:
        return False
    if later.reference and later.reference in (earlier.id, earlier.reference):
        return True
    return later.kind in REVERSING_KINDS and later.date >= earlier.date and earlier.kind not in REVERSING_KINDS
