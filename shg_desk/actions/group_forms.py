"""What people type on the page of a group, made into actions: forming it, a member joining, an officer's term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import booklet_taken
from shg_desk.actions.groups import end_membership
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_officer
from shg_desk.actions.registering import Told
from shg_desk.actions.registering import register_home
from shg_desk.actions.registering import village_named
from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as groups_store
from shg_desk.store import people as people_store


def day_of(typed: str, where: str, today: date) -> date | None:
    """The day typed, None for nothing. Raises KnownError naming the field."""
    try:
        return parse_date(typed, reference=today) if typed.strip() else None
    except DateError as trouble:
        raise KnownError(Problem(trouble.code, where, {"text": typed})) from trouble


def form_group(desk: Desk, typed: Mapping[str, str]) -> Outcome[str]:
    """A new group from what is typed. Raises as `register_group`, and for a day or note that cannot be read."""
    formed = day_of(typed["formed_on"], "formed_on", desk.today())
    try:
        smallest = parse_amount(typed["smallest"], 2, grouped=False) if typed["smallest"] else 100
    except AmountError as trouble:
        raise KnownError(Problem(trouble.code, "smallest", {"text": typed["smallest"]})) from trouble
    new = NewGroup(
        typed["code"].strip(),
        typed["name"].strip(),
        village_named(desk, typed["village"]),
        typed["lifecycle"] or None,
        typed["currency"] or None,
        smallest_minor=smallest,
        formed_on=formed,
    )
    return register_group(desk, new)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person known here already, with the groups she is in now."""

    id: str
    name: str
    household: str
    village: str
    groups: tuple[str, ...] = ()
    father: str = ""


def candidates(desk: Desk, search: str) -> list[Candidate]:
    """Persons whose name is meant, at most six."""
    if not search.strip():
        return []
    named = {one.id: one.name or one.code or "" for one in groups_store.groups(desk.book)}
    return [
        Candidate(
            one.id,
            one.name or "",
            one.household_code or "",
            one.village_name or "",
            tuple(
                f"{named.get(of.group, '')}, № {of.number}"
                for of in groups_store.memberships_of_person(desk.book, one.id)
                if not of.left and not of.removed
            ),
            one.father or "",
        )
        for one in people_store.persons(desk.book, search, limit=6)
        if one.name
    ]


def join_group(
    desk: Desk, group: str, typed: Mapping[str, str], person: str | None, *, is_new: bool = False
) -> Outcome[str]:
    """A member joins: somebody known here, or a new person whose household is registered with her.

    Raises KnownError NUMBER_TAKEN, BOOKLET_TAKEN, NAME_MISSING, for a day that cannot be read, and PERSON_KNOWN where
    somebody known here can be meant by the name and nobody said that she `is_new`.
    """
    joined = day_of(typed["joined"], "joined", desk.today())
    number = typed["number"].strip()
    if not number:
        raise KnownError(Problem(Code.NAME_MISSING, "number"))
    if groups_store.memberships_by_number(desk.book, group, number, with_removed=True):
        raise KnownError(Problem(Code.NUMBER_TAKEN, "number", {"number": number}))
    if (taken := booklet_taken(desk, group, typed["booklet"].strip())) is not None:
        raise KnownError(taken)
    if person is None and not is_new and candidates(desk, typed["name"]):
        raise KnownError(Problem(Code.PERSON_KNOWN, "name", {"name": typed["name"].strip()}))
    changed = Changed.GROUPS
    known = people_store.person(desk.book, person) if person else None
    household = known.household if known is not None else None
    if known is None:
        found = groups_store.group(desk.book, group)
        village = (found.village_name if found else None) or ""
        made = register_home(desk, "", village, Told(typed["name"]))
        household = made.value
        person = people_store.persons(desk.book, household=household)[0].id
        changed |= Changed.PEOPLE
    outcome = add_member(desk, NewMember(group, number, person, household, typed["booklet"].strip(), joined))
    return Outcome(outcome.value, changed, outcome.groups, outcome.warnings)


def leave_group(desk: Desk, membership: str, typed: Mapping[str, str]) -> Outcome[str]:
    """A member leaves on the day typed. Raises KnownError for a day that is missing or cannot be read."""
    left = day_of(typed["left"], "left", desk.today())
    if left is None:
        raise KnownError(Problem(Code.DATE_UNREADABLE, "left", {"text": ""}))
    return end_membership(desk, membership, left, typed["why"].strip())


def elect(desk: Desk, group: str, typed: Mapping[str, str]) -> Outcome[str]:
    """An officer's term from what is typed. Raises KnownError for a day that cannot be read."""
    since = day_of(typed["since"], "since", desk.today()) or desk.today()
    until = day_of(typed["until"], "until", desk.today())
    if not typed["member"]:
        raise KnownError(Problem(Code.NAME_MISSING, "member"))
    return set_officer(desk, group, typed["post"], typed["member"], since, until)
