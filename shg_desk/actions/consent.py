"""Consent that ends: the keys of a household's sealed parts are destroyed here, and everywhere the record comes to.

The records stay as they are and their chain holds; what was sealed in them can be opened by nobody any more. Sums stay
under the member's number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shg_desk.actions import reopening
from shg_desk.actions import sheet_desk
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.reviewing import forget_destroyed
from shg_desk.actions.reviewing import obey_destroy
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as group_store
from shg_desk.store import keys as key_store
from shg_desk.store import operations as operation_store
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
    named = _names(desk, household) if "identity" in wanted else ()
    held = len(key_store.keys_of(desk.book.db, [household], wanted))
    body: dict[str, Any] = {"household": household, "purposes": list(wanted), "reason": reason}
    members = group_store.memberships_of_household(desk.book, household)
    with desk.book.writing() as writer:
        writer.append(desk.line("destroy", body))
        writer.flush()
        obey_destroy(desk, writer)
    forget_destroyed(desk, writer.outcome.destroys)
    made = Withdrawn(household, wanted, held, tuple(one.id for one in members if not one.removed))
    return Outcome(made, Changed.EVERYTHING, frozenset(one.group for one in members), _sheets_naming(desk, named))


def _names(desk: Desk, household: str) -> tuple[str, ...]:
    """What the household's people are called, and whatever else is written of them that a sheet could repeat."""
    home = people_store.household(desk.book, household)
    people = people_store.persons(desk.book, household=household, limit=1000)
    said = [home.head if home else None, *(one.name for one in people)]
    return tuple(dict.fromkeys(name for name in said if name and len(name) > 2))


def _sheets_naming(desk: Desk, names: Sequence[str]) -> tuple[Problem, ...]:
    """Sheets begun and not closed that say one of these names: what is written in them is a group's, and stays."""
    groups = {one.id: one.name or one.code or "" for one in group_store.groups(desk.book)}
    found = []
    for draft in desk.drafts.every() if names else ():
        text = json.dumps(draft.content, ensure_ascii=False).casefold()
        told = next((name for name in names if name.casefold() in text), None)
        if told is not None and draft.kind not in (sheet_desk.KIND, reopening.KIND):
            desk.drafts.drop(draft.kind, draft.key)
        elif told is not None:
            meeting = operation_store.operation(desk.book, draft.key) if draft.kind == reopening.KIND else None
            group = str(meeting.body["group"]) if meeting is not None else draft.key
            facts: dict[str, Fact] = {"group": groups.get(group, group), "name": told}
            found.append(Problem(Code.NAMED_IN_SHEET, draft.key, facts, Level.WARNING))
    return tuple(found)
