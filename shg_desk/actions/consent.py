"""Consent that ends: the keys of a household's sealed parts are destroyed here, and everywhere the record comes to.

The records stay as they are and their chain holds; what was sealed in them can be opened by nobody any more. Sums stay
under the member's number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.reviewing import forget_destroyed
from shg_desk.actions.reviewing import obey_destroy
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as group_store
from shg_desk.store import keys as key_store
from shg_desk.store import people as people_store

PURPOSES = ("identity", "life")
"""Names, births, phones and documents; interviews and notes."""

REASONS = ("asked", "never-asked", "moved", "other")
"""Why consent ended, as words: the record of it stays readable, so that it holds no free text."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was withdrawn: the household, the purposes, how many keys were destroyed here, whose sums stay (ids)."""

    household: str
    purposes: tuple[str, ...]
    keys: int
    memberships: tuple[str, ...]


def is_withdrawn(desk: Desk, household: str, purpose: str = "identity") -> bool:
    """True where the household's keys for that purpose were destroyed and no other was made."""
    gone = any(one.owner == household and one.purpose == purpose for one in key_store.destroyed(desk.book.db))
    return gone and not key_store.has_key(desk.book.db, household, purpose)


def withdraw_consent(desk: Desk, household: str, purposes: Sequence[str], reason: str = "asked") -> Outcome[Withdrawn]:
    """Ends a household's consent for some of `PURPOSES`: one record, and its keys are destroyed with it for ever.

    The next parcel tells the office, and its receipts every laptop. Names cannot go without what was told in
    interviews: withdrawing `identity` withdraws `life`, too. Raises KnownError HOUSEHOLD_UNKNOWN, REASON_MISSING (none
    of `REASONS`), NOTHING_CHANGED (no purpose), CONSENT_WITHDRAWN (nothing of it can be opened any more).
    """
    if people_store.household(desk.book, household) is None:
        raise KnownError(Problem(Code.HOUSEHOLD_UNKNOWN, "household"))
    if reason not in REASONS:
        raise KnownError(Problem(Code.REASON_MISSING, "reason"))
    wanted = tuple(one for one in PURPOSES if one in purposes or "identity" in purposes)
    if not wanted:
        raise KnownError(Problem(Code.NOTHING_CHANGED, "purposes"))
    if all(is_withdrawn(desk, household, purpose) for purpose in wanted):
        raise KnownError(Problem(Code.CONSENT_WITHDRAWN, "household"))
    held = len(key_store.keys_of(desk.book.db, [household], wanted))
    body: dict[str, Any] = {"household": household, "purposes": list(wanted), "reason": reason}
    members = group_store.memberships_of_household(desk.book, household)
    with desk.book.writing() as writer:
        writer.append(desk.line("destroy", body))
        writer.flush()
        obey_destroy(desk, writer)
    forget_destroyed(desk, writer.outcome.destroys)
    made = Withdrawn(household, wanted, held, tuple(one.id for one in members if not one.removed))
    return Outcome(made, Changed.EVERYTHING, frozenset(one.group for one in members))
