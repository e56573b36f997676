"""Households and persons as pages show them: the long list by pages, one household in full, finding anything."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.people import homes_of
from shg_desk.actions.record_states import Reached
from shg_desk.actions.record_states import reached_of
from shg_desk.actions.reference_names import in_names
from shg_desk.actions.views_loans import LoanLine
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.ids import is_id
from shg_desk.domain.planned import age_on
from shg_desk.domain.spelling import key as search_key
from shg_desk.store import differences as difference_store
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store
from shg_desk.store import people as people_store
from shg_desk.store import people_lists
from shg_desk.store import pictures as picture_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.people import Household
from shg_desk.store.people import Person

PAGE = 100
"""Households on a page of the list."""

FULL_AGE = 18
"""Whoever is younger has a guardian who consents and signs."""

FOUND = 8
"""Hits of one kind that a find box shows."""


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """One line of the list; `head` is None while the names are closed to this laptop (see `seal_state`)."""

    id: str
    code: str
    head: str | None
    village: str
    people: int
    seal_state: str


@dataclass(frozen=True, slots=True)
class HouseholdMarks:
    """How many households a search finds, and the key before each page of them: pages are fetched by key."""

    search: str
    count: int
    starts: tuple[tuple[str, str] | None, ...]


@dataclass(frozen=True, slots=True)
class Age:
    """Whole years on a day, and how surely they are known: `day`, `month`, `year` or `about`."""

    years: int
    certainty: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a group."""

    id: str
    group: str
    group_name: str
    number: str
    person: str | None
    left: date | None
    died: date | None = None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person of a household with everything her identity says; `name` is None while it is closed here."""

    id: str
    name: str | None
    nickname: str | None
    relation: str | None
    age: Age | None
    seal_state: str
    identity: Mapping[str, Any]
    groups: tuple[Membership, ...] = ()
    elsewhere: tuple[str, ...] = ()
    lives_here: bool = True
    """False for one who belongs to another household and stays in this one, too."""
    homes: tuple[tuple[str, str], ...] = ()
    """Every household of hers by id and name, her own first."""
    counted_in: str = ""
    """The one of them she is counted in."""
    since: date | None = None
    """Since when she stays here, too."""
    guardian: str = ""
    """Who answers for a minor: a name; empty where nobody is named."""
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One of two or more things said of the same field group without knowing of each other.

    `told` are the fields with names of people and places where `fields` point to them.
    """

    op: str
    fields: Mapping[str, Any]
    on: date | None
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something edited twice unseen: of which thing (`household` or `person`), which field group, and what was said."""

    kind: str
    id: str
    field_group: str
    name: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """A household in full."""

    id: str
    code: str
    head: str | None
    village: str
    address: str | None
    phone: str | None
    seal_state: str
    persons: tuple[PersonCard, ...]
    memberships: tuple[Membership, ...]
    loans: tuple[LoanLine, ...]
    conflicts: tuple[Conflict, ...] = ()
    reached: Reached | None = None
    """How far what is said of it and its people has come."""
    photographed: tuple[tuple[str, date], ...] = ()
    """Meetings of its members' groups (name, day) with photos of the signed sheet, where a name may stand."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a find box found: `kind` is `person`, `household` or `group`; `below` are facts to tell it apart."""

    kind: str
    id: str
    name: str
    below: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to; `more` is true where only the first hits are given."""

    search: str
    hits: tuple[Hit, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class VillageName:
    """A village people can be registered in."""

    id: str
    name: str
    key: str = field(compare=False, default="")


def household_marks(desk: Desk, search: str = "") -> HouseholdMarks:
    """The pages of a search through all households."""
    starts: list[tuple[str, str] | None] = [None]
    count = 0
    for count, key in enumerate(people_lists.household_keys(desk.book, search), start=1):
        if count % PAGE == 0:
            starts.append(key)
    return HouseholdMarks(search, count, tuple(starts))


def household_page(desk: Desk, search: str, after: tuple[str, str] | None) -> list[HouseholdLine]:
    """One page of households after a key."""
    return [_line(row) for row in people_store.households(desk.book, search, after=after, limit=PAGE)]


def _line(row: Household) -> HouseholdLine:
    return HouseholdLine(row.id, row.code or "", row.head, row.village_name or "", row.people, row.seal_state)


def household_place(desk: Desk, household: str, marks: HouseholdMarks) -> int | None:
    """At which row of the list a household stands, or None where the search leaves it out."""
    row = people_store.household(desk.book, household)
    if row is None:
        return None
    keys = people_lists.household_keys(desk.book, marks.search)
    return next((place for place, key in enumerate(keys) if key == row.key), None)


def villages(desk: Desk) -> list[VillageName]:
    """Every village by name, with its folded key for what people type."""
    return [VillageName(v.id, v.name or "", search_key(v.name or "")) for v in people_store.villages(desk.book)]


def household_card(desk: Desk, household: str) -> HouseholdCard | None:
    """One household in full, or None where there is none of that id."""
    row = people_store.household(desk.book, household)
    if row is None or not people_store.is_shown(desk.book, household):
        return None
    only = desk.book.only_group
    named = {one.id: one.name or one.code or "" for one in group_store.groups(desk.book)}
    memberships = tuple(
        Membership(
            one.id,
            one.group,
            named.get(one.group, one.group),
            one.number,
            one.person,
            one.left_on,
            one.died_on,
        )
        for one in group_store.memberships_of_household(desk.book, household)
        if not one.removed and only in (None, one.group)
    )
    persons = [
        _person(desk, person, memberships, household)
        for person in people_store.persons(desk.book, household=household, limit=1000)
    ]
    for stay in people_lists.stays(desk.book, household=household):
        person = people_store.person(desk.book, stay.person)
        if person is not None and person.household != household:
            persons.append(_person(desk, person, memberships, household))
    loans = [
        line
        for group in dict.fromkeys(one.group for one in memberships)
        for line in loan_list(desk, group).lines
        if line.member in {one.id for one in memberships}
    ]
    things = [("household", row.id), *(("person", one.id) for one in persons)]
    return HouseholdCard(
        row.id,
        row.code or "",
        row.head,
        row.village_name or "",
        row.address,
        row.phone,
        row.seal_state,
        tuple(persons),
        memberships,
        tuple(loans),
        tuple(conflict for kind, gid in things for conflict in _conflicts(desk, kind, gid)),
        reached_of(desk, things),
        tuple(_photographed(desk, memberships)),
    )


def _photographed(desk: Desk, memberships: Sequence[Membership]) -> Iterator[tuple[str, date]]:
    names = {one.group: one.group_name for one in memberships}
    for group, day in picture_store.meetings_with_pictures(desk.book.db, names):
        yield names[group], date.fromordinal(day)


def _person(desk: Desk, row: Person, memberships: tuple[Membership, ...], household: str) -> PersonCard:
    identity = revision_store.shown(desk.book.db, "person", row.id, "identity")
    homes = homes_of(desk, row.id)
    named = []
    for one in homes:
        home = people_store.household(desk.book, one.household)
        named.append((one.household, (home.head or home.code or home.id) if home is not None else one.household))
    age = age_of(row.birth, identity.get("birth_certainty"), desk.today())
    since = next((one.since for one in homes if one.household == household), None)
    guardian = str(identity.get("guardian") or "")
    answering = people_store.person(desk.book, guardian) if is_id(guardian) else None
    return PersonCard(
        id=row.id,
        name=row.name,
        nickname=row.nickname,
        relation=identity.get("relation"),
        age=age,
        seal_state=row.seal_state,
        identity=identity,
        groups=tuple(one for one in memberships if one.person == row.id),
        elsewhere=tuple(name for gid, name in named if gid != household),
        lives_here=row.household == household,
        homes=tuple(named),
        counted_in=next((one.household for one in homes if one.counted), ""),
        since=date.fromisoformat(since) if since else None,
        guardian=(answering.name or "") if answering is not None else guardian,
        is_minor=age is not None and age.years < FULL_AGE,
    )


def age_of(birth: str | None, certainty: object, on: date) -> Age | None:
    """The age that a birthday as recorded (ISO day) gives on a day; None where it says nothing a calendar knows."""
    try:
        born = date.fromisoformat(birth or "")
    except ValueError:
        return None
    return Age(age_on(born, on), certainty if isinstance(certainty, str) else "day")


def _conflicts(desk: Desk, kind: str, gid: str) -> list[Conflict]:
    found = []
    for one in difference_store.conflicts(desk.book, kind, gid):
        told = in_names(desk, kind, one.field_group, [head.fields for head in one.heads])
        versions = tuple(
            Version(head.op, head.fields, _recorded(desk, head.op), said)
            for head, said in zip(one.heads, told, strict=True)
        )
        name = next((str(v.fields["name"]) for v in versions if v.fields.get("name")), "")
        found.append(Conflict(kind, gid, one.field_group, name, versions))
    return found


def _recorded(desk: Desk, op: str) -> date | None:
    found = operation_store.operation(desk.book, op)
    return None if found is None else found.recorded


def find(desk: Desk, search: str) -> Found:
    """Persons, households and groups whose names are meant, however they are spelt."""
    if not search.strip():
        return Found(search)
    book = desk.book
    groups = group_store.groups(book, search)
    persons = people_store.persons(book, search, limit=FOUND + 1)
    households = people_store.households(book, search, limit=FOUND + 1)
    hits = [_hit("group", one.id, one.name or one.code, (one.code,), one.village_name) for one in groups]
    named = {one.id: one.name or one.code or "" for one in group_store.groups(book)}
    for person in persons[:FOUND]:
        of = group_store.memberships_of_person(book, person.id)
        places = tuple(f"{named[one.group]}, № {one.number}" for one in of if not one.removed and one.group in named)
        below = places or (person.household_code,)
        hits.append(_hit("person", person.id, person.name, below, person.village_name))
    for home in households[:FOUND]:
        hits.append(_hit("household", home.id, home.head or home.code, (home.code,), home.village_name))
    more = len(persons) > FOUND or len(households) > FOUND
    return Found(search, tuple(hits), more)


def _hit(kind: str, gid: str, name: str | None, below: tuple[str | None, ...], place: str | None) -> Hit:
    return Hit(kind, gid, name or "", tuple(part for part in below if part), place or "")


def household_of(desk: Desk, person: str) -> str | None:
    """The household a person belongs to, or None."""
    found = people_store.person(desk.book, person)
    return None if found is None else found.household
