"""The last day of a membership: one who leaves is a member on it, one who died is none any more on the day she died."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

DIED = "died"
"""The word of a membership's `why`, and of what was settled at a death: `left` is then the day she died."""

SETTLED_BY_VOTE = "death-settled"
"""The usual decision by which a group settles what a member who died had and owed."""

LIVING_MEMBERS_MARKS = frozenset({"present", "late", "represented"})
"""Marks that nobody can have after her death: she was there, or had sent somebody."""

LIVING_MEMBERS_ENTRIES = frozenset({"saving", "shares", "social", "fine-owed", "loan"})
"""Entries that only a living member makes, beside what a share-out puts into her hand."""


def last_day(left: date | None, why: str | None) -> date | None:
    """The last day she is a member, None while she is in the group."""
    if left is None or why != DIED or left == date.min:  # before the first day of the calendar there is none
        return left
    return left - timedelta(days=1)


def died_on(left: date | None, why: str | None) -> date | None:
    """The day she died, where that is why she is no member any more."""
    return left if why == DIED else None
