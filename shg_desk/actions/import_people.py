"""People of other people's tables: who is in the book already, and households, persons and members for who is not."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import draft_group
from shg_desk.actions.groups import draft_member
from shg_desk.actions.import_same import Here
from shg_desk.actions.import_same import Told
from shg_desk.actions.import_same import paired
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import in_table
from shg_desk.domain.spelling import key as search_key
from shg_desk.store import groups as groups_store
from shg_desk.store import imports as import_store
from shg_desk.store import keys as key_store
from shg_desk.store.imports import MemberHere
from shg_desk.tables.savings import MemberSeen


@dataclass(slots=True)
class Imported:
    """What an import came to, by kind of thing, and every problem with its row."""

    households: int = 0
    persons: int = 0
    members: int = 0
    groups: int = 0
    villages: int = 0
    officers: int = 0
    entries: int = 0
    known: int = 0
    filled: int = 0
    empty: int = 0
    operations: int = 0
    amount_minor: int = 0
    problems: list[Problem] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """The counts as the command line names them."""
        names = ("households", "persons", "members", "groups", "villages", "officers", "entries")
        return {name: getattr(self, name) for name in (*names, "known", "filled", "empty", "operations")}


class People:
    """Who is known by which code, and makes whom the table names and the book lacks."""

    def __init__(self, desk: Desk, found: Imported, currency: str | None = None) -> None:
        self.desk = desk
        self.currency = currency
        self.found = found
        self.groups: dict[str, str] = {}
        self.members: dict[str, dict[str, MemberHere]] = {}
        self.households = import_store.households(desk.book.db)
        self._codes = {gid: code for code, gid in self.households.items()}
        self._groups_of: dict[str, set[str]] = {}
        self._members_of: dict[str, set[str]] = {}
        for one in import_store.members(desk.book.db):
            self._remember(one)

    def _remember(self, one: MemberHere) -> None:
        self.members.setdefault(one.group, {})[one.number] = one
        if one.household is not None:
            self._members_of.setdefault(one.household, set()).add(one.id)
        for whose in (one.person, one.household):
            if whose is not None:
                self._groups_of.setdefault(whose, set()).add(one.group)

    @cached_property
    def _persons(self) -> dict[str, list[Here]]:
        """The persons of each household; under '' those whose household has no code a table could name."""
        found: dict[str, list[Here]] = {}
        for one in import_store.persons(self.desk.book.db):
            told = Told(one.name, one.father, one.surname, one.birth, one.certainty) if one.is_open else None
            found.setdefault(one.household or "", []).append(Here(one.id, one.household, told))
        return found

    @cached_property
    def _named(self) -> dict[str, list[Here]]:
        """By name: the persons of households without a code, and of those that have her name for one."""
        found: dict[str, list[Here]] = {}
        for household, people in self._persons.items():
            code = self._codes.get(household, "")
            for one in people:
                if one.told is not None and (not code or code == one.told.name):
                    found.setdefault(search_key(one.told.name), []).append(one)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Here]:
        return {one.person: one for people in self._persons.values() for one in people}

    def in_household(self, household: str | None) -> list[Here]:
        """The persons of a household."""
        return self._persons.get(household, []) if household else []

    def called(self, name: str) -> list[Here]:
        """The persons that are known by nothing but their name, of those that sound alike."""
        return self._named.get(search_key(name), [])

    def in_group(self, group: str) -> list[Here]:
        """The persons that are or were members of a group."""
        members = self.members.get(group, {}).values()
        return [self._by_id[one.person] for one in members if one.person in self._by_id]

    def known_group(self, code: str) -> str:
        """The group of that code, '' where the book has none."""
        return self.groups.get(code) or groups_store.id_with_code(self.desk.book, code) or ""

    def bearer(self, group: str, number: str) -> Told | None:
        """Who has, or had, a number of a group; None where nobody has it or her name is not to be read here."""
        member = self.members.get(group, {}).get(number)
        here = self.here(member.person) if member is not None else None
        return here.told if here is not None else None

    def here(self, person: str | None) -> Here | None:
        """A person of the book."""
        return self._by_id.get(person) if person is not None else None

    def is_in(self, whose: str | None, group: str) -> bool:
        """True where a person, or anybody of a household, is or was in the group."""
        return group in self._groups_of.get(whose or "", ())

    def is_in_others(self, household: str, group: str) -> bool:
        """True where a household has people in another group too."""
        return bool(self._groups_of.get(household, set()) - {group})

    def is_bare(self, household: str) -> bool:
        """True for a household of one membership and no names: made for a number of a table of sums."""
        return len(self._members_of.get(household, ())) == 1 and not self._persons.get(household)

    def code_for(self, group: str, wanted: Iterable[str]) -> str:
        """The first of these household codes that is not of another group; else the last of them with a number behind.

        A household is all its people's: one that withdraws her consent must not take a stranger of another group along.
        """
        code = ""
        for code in wanted:
            if self._is_free(code, group):
                return code
        return next(one for one in _numbered(code) if self._is_free(one, group))

    def _is_free(self, code: str, group: str) -> bool:
        groups = self._groups_of.get(self.households.get(code, ""), set())
        return not groups or group in groups

    def group(self, drafted: Drafted, code: str) -> str:
        """The group of that code, made where the book lacks it."""
        if code not in self.groups:
            known = self.known_group(code)
            if not known:
                known = draft_group(self.desk, drafted, NewGroup(code, code, currency=self.currency, smallest_minor=1))
                self.found.groups += 1
            self.members.setdefault(known, {})
            self.groups[code] = known
            self.found.touched.add(known)
        return self.groups[code]

    def household(self, drafted: Drafted, code: str, village: str | None, identity: Mapping[str, Any]) -> str:
        """The household of that code, made where the book lacks it; without a code always a new one."""
        if not code or code not in self.households:
            household = drafted.household()
            drafted.revise("household", household, "place", {"code": code, "village": village})
            if any(identity.values()):
                drafted.revise("household", household, "identity", identity, household)
            self.found.households += 1
            if not code:
                return household
            self.households[code] = household
            self._codes[household] = code
        return self.households[code]

    def fill_household(
        self, drafted: Drafted, household: str, code: str, village: str | None, identity: Mapping[str, Any]
    ) -> None:
        """What a later list says of a household made for a bare number: its own code, village and whose it is."""
        before = self._codes.get(household, "")
        if (code and code != before) or village:
            drafted.revise("household", household, "place", {"code": code or before, "village": village})
            self.households.pop(before, None)
            self.households[code or before] = household
            self._codes[household] = code or before
        if any(identity.values()):
            drafted.revise("household", household, "identity", identity, household)

    def can_seal(self, household: str | None) -> bool:
        """False for a household whose names are closed here: nobody can be added to it on this laptop."""
        return household is None or key_store.has_key(self.desk.book.db, household, "identity")

    def person(self, drafted: Drafted, household: str, identity: Mapping[str, Any]) -> str | None:
        """A new person of a household; None where nothing is said of her."""
        if not any(identity.values()):
            return None
        person = drafted.new("person")
        drafted.revise("person", person, "place", {"household": household})
        drafted.revise("person", person, "identity", identity, household)
        self.found.persons += 1
        parts = ("name", "father", "surname", "birth", "birth_certainty")
        told = Told(*(str(identity.get(part) or "") for part in parts))
        self._add(Here(person, household, told))
        return person

    def _add(self, here: Here) -> None:
        self._by_id[here.person] = here
        self._persons.setdefault(here.household or "", []).append(here)

    def member(self, drafted: Drafted, new: NewMember, row: int) -> str:
        """A new membership. That she is in another group too is told as a warning, never refused."""
        others = self._groups_of.get(new.person or "", set()) - {new.group}
        if others:
            facts: dict[str, Fact] = {"row": row, "number": new.number}
            self.found.problems.append(Problem(Code.IN_TWO_GROUPS, in_table(row), facts, Level.WARNING))
        membership = draft_member(drafted, new)
        self._remember(MemberHere(membership, new.group, new.number, new.person, new.household))
        self.found.members += 1
        return membership

    def give_person(self, drafted: Drafted, member: MemberHere, person: str, household: str) -> None:
        """A membership that nobody's name was known of gets its person."""
        place = {"group": member.group, "person": person, "household": household}
        drafted.revise("membership", member.id, "place", place)
        self._remember(MemberHere(member.id, member.group, member.number, person, household))


def _numbered(code: str) -> Iterator[str]:
    number = 2
    while True:
        yield f"{code}-{number}"
        number += 1


def take_member(people: People, drafted: Drafted, group: str, seen: MemberSeen, *, is_household: bool) -> None:
    """A member that a table of sums names and the group lacks, in the household the table says, else in one made.

    `is_household`: the members' own numbers stand under the heading of a household, and are its code where no other
    group has it.
    """
    made = f"{seen.group}-{seen.member}"
    wanted = (seen.member, made) if is_household else (made,)
    code = seen.household or people.code_for(group, wanted)
    here = None
    if seen.household and seen.name:
        at_home = people.in_household(people.households.get(code))
        pool = [one for one in at_home if not people.is_in(one.person, group)]
        here = paired([(0, Told(seen.name))], {0: pool}).get(0)
    household = people.household(drafted, code, None, {})
    person = here.person if here is not None else None
    if here is None and people.can_seal(household):
        person = people.person(drafted, household, {"name": seen.name})
    people.member(drafted, NewMember(group, seen.member, person, household), seen.number)
