"""Villages, households and persons: registering them and writing down what changed."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import people_lists
from shg_desk.store import revisions as revision_store


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as she gives herself: one field `name` is enough; the rest are those of a person's identity."""

    name: str
    identity: Mapping[str, Any] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """The identity fields with the name."""
        return {**self.identity, "name": self.name}


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household to register: the code people use for it, its village, address, phone, and its persons."""

    code: str
    village: str | None = None
    address: str = ""
    phone: str = ""
    persons: Sequence[NewPerson] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """The ids given to a household and its persons, in the order they were named."""

    household: str
    persons: tuple[str, ...]


def register_village(
    desk: Desk, name: str, *, latin: str = "", soate: str = "", community: str = "", district: str = ""
) -> Outcome[str]:
    """A village; the state's code may be missing. Gives its id. Raises KnownError NAME_MISSING."""
    if not name.strip():
        raise KnownError(Problem(Code.NAME_MISSING, "village"))
    drafted = Drafted(desk)
    village = drafted.new("village")
    fields = {"name": name.strip(), "latin": latin, "soate": soate, "community": community, "district": district}
    drafted.revise("village", village, "place", fields)
    with desk.book.writing() as writer:
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(village, Changed.PEOPLE)


def register_household(desk: Desk, new: NewHousehold) -> Outcome[Registered]:
    """A household with its persons, sealed under keys made for it. Raises KnownError NAME_MISSING."""
    if not new.code.strip() and not any(person.name.strip() for person in new.persons):
        raise KnownError(Problem(Code.NAME_MISSING, "household"))
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        household = drafted.household()
        drafted.revise("household", household, "place", {"code": new.code.strip(), "village": new.village})
        head = new.persons[0].name if new.persons else ""
        identity = {"address": new.address, "phone": new.phone, "head": head}
        if any(identity.values()):
            drafted.revise("household", household, "identity", identity, household)
        persons = []
        for person in new.persons:
            persons.append(drafted.new("person"))
            drafted.revise("person", persons[-1], "place", {"household": household})
            drafted.revise("person", persons[-1], "identity", person.fields(), household)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(Registered(household, tuple(persons)), Changed.PEOPLE)


def add_person(desk: Desk, household: str, person: NewPerson) -> Outcome[str]:
    """A further person of a household. Gives her id. Raises KnownError NAME_MISSING."""
    if not person.name.strip():
        raise KnownError(Problem(Code.NAME_MISSING, "person"))
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        gid = drafted.new("person")
        drafted.revise("person", gid, "place", {"household": household})
        drafted.revise("person", gid, "identity", person.fields(), household)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(gid, Changed.PEOPLE)


def change_person(desk: Desk, person: str, identity: Mapping[str, Any]) -> Outcome[str]:
    """What changed in a person's identity; fields not named stay as they are. A conflict seen is settled by this."""
    before = revision_store.shown(desk.book.db, "person", person, "identity")
    household = revision_store.shown(desk.book.db, "person", person, "place").get("household")
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        drafted.revise("person", person, "identity", {**before, **identity}, household)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(person, Changed.PEOPLE)


def change_household(desk: Desk, household: str, field_group: str, fields: Mapping[str, Any]) -> Outcome[str]:
    """What changed in one field group of a household; fields not named stay as they are."""
    before = revision_store.shown(desk.book.db, "household", household, field_group)
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        drafted.revise("household", household, field_group, {**before, **fields}, household)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(household, Changed.PEOPLE)


@dataclass(frozen=True, slots=True)
class Home:
    """A household a person lives in: hers (no stay), or one she is in, too."""

    household: str
    stay: str | None
    counted: bool
    since: str | None = None


def homes_of(desk: Desk, person: str) -> list[Home]:
    """Every household of a person, her own first. She is counted in one: in her own, unless a stay says so."""
    own = revision_store.shown(desk.book.db, "person", person, "place").get("household")
    stays = people_lists.stays(desk.book, person=person)
    counted = next((one.household for one in stays if one.counted_here), own)
    found = [Home(own, None, counted == own)] if own else []
    return found + [Home(one.household, one.id, one.household == counted, one.since) for one in stays]


def set_home(
    desk: Desk, person: str, household: str, *, counted: str, since: date | None = None, until: date | None = None
) -> Outcome[str]:
    """A person lives in a household, too (until a day, once she has left it), and is counted in the household named.

    Only what is different is written. Gives the person's id.
    """
    homes = homes_of(desk, person)
    here = next((one for one in homes if one.household == household), None)
    if until is not None and counted == household:
        counted = homes[0].household
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        for one in homes:
            if one.stay is not None and one is not here and one.counted != (one.household == counted):
                before = revision_store.shown(desk.book.db, "residence", one.stay, "stay")
                fields = {**before, "counted_here": one.household == counted}
                drafted.revise("residence", one.stay, "stay", fields)
        if here is None or here.stay is not None:
            stay = drafted.new("residence") if here is None or here.stay is None else here.stay
            fields = {
                "person": person,
                "household": household,
                "counted_here": household == counted,
                "since": since.isoformat() if since else None,
                "until": until.isoformat() if until else None,
            }
            drafted.revise("residence", stay, "stay", fields)
        if drafted.body()["revisions"]:
            writer.append(desk.line("profile", drafted.body()))
    return Outcome(person, Changed.PEOPLE)
