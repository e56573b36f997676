"""The rows of a list of people taken in: every row a person, who is there already found again, and nobody twice."""

from __future__ import annotations

from collections.abc import Sequence

from shg_desk.actions.ground import rules_on
from shg_desk.actions.groups import NewMember
from shg_desk.actions.import_fill import Gaps
from shg_desk.actions.import_people import Imported
from shg_desk.actions.import_people import People
from shg_desk.actions.import_same import Here
from shg_desk.actions.import_same import Told
from shg_desk.actions.import_same import clearly_another
from shg_desk.actions.import_same import name_key
from shg_desk.actions.import_same import paired
from shg_desk.actions.import_same import seems_same
from shg_desk.actions.import_villages import Villages
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.numbering import as_meant
from shg_desk.domain.numbering import next_free
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import in_table
from shg_desk.store import groups as groups_store
from shg_desk.store.imports import MemberHere
from shg_desk.tables.roster import RosterRow


def shown_name(row: RosterRow) -> str:
    """What she is called: her name, else surname and father's name."""
    return row.name or " ".join(part for part in (row.surname, row.father_name) if part)


def _told(row: RosterRow) -> Told:
    birth = row.birth.isoformat() if row.birth else ""
    return Told(shown_name(row), row.father_name, row.surname, birth, row.birth_certainty)


def _identity(row: RosterRow) -> dict[str, str]:
    told = _told(row)
    if not told.name:
        return {}
    return {
        "name": told.name,
        "surname": row.surname,
        "father": row.father_name,
        "sex": row.sex,
        "birth": told.birth,
        "birth_certainty": row.birth_certainty,
        "phone": row.phone,
    }


def _so_far(found: Imported) -> tuple[int, ...]:
    """What a row can add to: where none of it has grown, the row said nothing new."""
    made = (found.households, found.persons, found.members, found.officers)
    return (*made, found.filled, len(found.problems))


class PeopleOfGroup:
    """The rows of one list that belong to one group (`code` '': to none), in the list's order.

    Who a row speaks of: the member of its number; without a number, who agrees in names and birth in its household,
    or, where the list has no households, in its group; without either, who is known by nothing but her name.
    """

    def __init__(self, people: People, villages: Villages, drafted: Drafted, code: str, rows: Sequence[RosterRow]):
        self._people = people
        self._villages = villages
        self._code = code
        self._group = people.group(drafted, code) if code else ""
        self._members = people.members.get(self._group, {})
        self._closed = [one for one in people.in_group(self._group) if one.told is None]
        self._sounding_alike: dict[str, list[Here]] = {}
        for one in people.in_group(self._group):
            if one.told is not None:
                self._sounding_alike.setdefault(name_key(one.told.name), [*self._closed]).append(one)
        self._of_person = {one.person: one for one in self._members.values() if one.person is not None}
        unknown = [row for row in rows if not (row.member and row.member in self._members) and shown_name(row)]
        self._found = paired([(row.number, _told(row)) for row in unknown], {r.number: self._pool(r) for r in unknown})
        numbers = [*self._members, *(row.member for row in rows)]
        self._next = next_free(numbers)
        self._alike: dict[tuple[str, Told], int] = {}
        self._gaps = Gaps(people)

    def take(self, drafted: Drafted, row: RosterRow) -> None:
        """One row: what of it the book lacks is added to the operation being put together."""
        found = self._people.found
        before = _so_far(found)
        first = self._alike.setdefault((row.household or row.member, _told(row)), row.number)
        bearer = self._people.bearer(self._group, row.member) if row.member else None
        if bearer is not None and clearly_another(_told(row), bearer):
            known, name = bearer.name, shown_name(row)
            facts: dict[str, Fact] = {"member": row.member, "group": self._code, "known": known, "says": name}
            self._tell(Code.NUMBER_OF_ANOTHER, row, Level.PROBLEM, **facts)
            return
        member = self._members.get(row.member) if row.member else None
        if member is None:
            member = self._joined(drafted, row, first)
        elif member.person is None and shown_name(row):
            self._name(drafted, row, member)
            member = self._members[row.member]
        if member is not None:
            self._elect(drafted, row, member)
        self._fill(drafted, row, member)
        if before == _so_far(found):
            found.known += 1

    def _fill(self, drafted: Drafted, row: RosterRow, member: MemberHere | None) -> None:
        """What the row says of somebody who is here and the book does not know yet."""
        here = self._people.here(member.person) if member is not None else self._found.get(row.number)
        filled = member is not None and self._gaps.joined(drafted, member, row.joined)
        household = member.household if member is not None else self._people.households.get(row.household)
        if here is not None:
            filled |= self._gaps.person(drafted, here, _identity(row))
            is_new = ("person", here.person) in drafted.fresh  # then so is what her household's place says
            household = None if is_new else here.household
        if household is not None and row.village and self._gaps.lacks_village(drafted, household):
            village = self._village(drafted, row)
            filled |= village is not None and self._gaps.village(drafted, household, village)
        self._people.found.filled += filled

    def _pool(self, row: RosterRow) -> Sequence[Here]:
        people = self._people
        if not self._group and not row.household:
            return people.called(shown_name(row))
        if not row.household and not row.member:
            return self._sounding_alike.get(name_key(shown_name(row)), self._closed)
        at_home = people.in_household(people.households.get(row.household or self._made_code(row.member)))
        if not self._group:
            return at_home
        inside = [one for one in at_home if people.is_in(one.person, self._group)]
        outside = [one for one in at_home if one not in inside]
        return outside if row.member else [*inside, *outside]

    def _made_code(self, number: str) -> str:
        return self._people.code_for(self._group, (f"{self._code}-{number}",)) if self._group else ""

    def _joined(self, drafted: Drafted, row: RosterRow, first: int) -> MemberHere | None:
        """The row's person and, with a group, her membership, each made where the book lacks it."""
        here = self._found.get(row.number)
        if here is not None and here.told is None:
            self._tell(Code.ROW_CLOSED_HERE, row, Level.PROBLEM, name=shown_name(row))
            return None
        if here is not None and not row.member and (known := self._membership(here.person, None)) is not None:
            return known
        number = row.member
        if here is not None:
            person: str | None = here.person
            household = here.household
        else:
            known_home = self._people.households.get(row.household) if row.household else None
            if known_home and not shown_name(row) and not row.member and self._group:
                known = self._membership(None, known_home)
                if known is not None:
                    return known
            number = number or self._next_number()
            home = self._home(drafted, row, row.household or self._made_code(number))
            if home is None:
                return None
            household = home
            alike = self._seems_here(row)
            person = self._people.person(drafted, home, _identity(row))
            if person is not None and first != row.number:
                self._tell(Code.ROW_ALIKE, row, Level.WARNING, first=first, name=shown_name(row))
            elif person is not None and alike is not None and as_meant(alike.number) != as_meant(row.member):
                self._tell(Code.PERHAPS_HERE_ALREADY, row, Level.WARNING, name=shown_name(row), member=alike.number)
        if not self._group:
            return None
        new = NewMember(self._group, number or self._next_number(), person, household, joined=row.joined)
        self._people.member(drafted, new, row.number)
        self._look_at_age(new, row, here)
        return self._members[new.number]

    def _seems_here(self, row: RosterRow) -> MemberHere | None:
        """A member of the group, under another number, who may be the row's person."""
        told = _told(row)
        people = {one.person for one in self._people.in_group(self._group) if one.told and seems_same(told, one.told)}
        return next((one for one in self._members.values() if one.person in people), None)

    def _look_at_age(self, new: NewMember, row: RosterRow, here: Here | None) -> None:
        """Below the age of the rules is told and never refused."""
        birth = _told(row).birth or (here.told.birth if here is not None and here.told is not None else "")
        on = new.joined or self._people.desk.today()
        rules = rules_on(self._people.desk, self._group, on, 0)
        age = rules.below_age(birth, on)
        if age is not None:
            self._tell(
                Code.BELOW_MINIMUM_AGE, row, Level.WARNING, member=new.number, age=age, minimum=rules.minimum_age
            )

    def _membership(self, person: str | None, household: str | None) -> MemberHere | None:
        """Her membership of this group; or, of a row without any name, the household's."""
        if person is not None:
            return self._of_person.get(person)
        return next((one for one in self._members.values() if one.household == household), None)

    def _next_number(self) -> str:
        if not self._group:
            return ""
        number, self._next = self._next, next_free((self._next,))
        return number

    def _home(self, drafted: Drafted, row: RosterRow, code: str) -> str | None:
        """The household of a new person; None, and told, where nobody can be added to it on this laptop."""
        known = self._people.households.get(code) if code else None
        if shown_name(row) and not self._people.can_seal(known):
            self._tell(Code.ROW_CLOSED_HERE, row, Level.PROBLEM, name=shown_name(row))
            return None
        identity = {"head": shown_name(row), "phone": row.phone}
        village = self._village(drafted, row) if known is None else None
        return self._people.household(drafted, code, village, identity)

    def _village(self, drafted: Drafted, row: RosterRow) -> str | None:
        if not row.village:
            return None
        if self._villages.is_one_of_several(row.village, row.district):
            self._tell(Code.VILLAGE_UNCLEAR, row, Level.WARNING, village=row.village)
            return None
        known = self._villages.meant(row.village, row.district)
        if known is None:
            known = self._villages.made(drafted, row.village, row.district)
            self._people.found.villages += 1
        return known

    def _name(self, drafted: Drafted, row: RosterRow, member: MemberHere) -> None:
        """A member of whom only the number was known gets her name; out of a household she shares with strangers."""
        people = self._people
        household = member.household
        if household is None or people.is_in_others(household, self._group):
            household = self._home(drafted, row, row.household or self._made_code(row.member))
        elif not people.can_seal(household):
            self._tell(Code.ROW_CLOSED_HERE, row, Level.PROBLEM, name=shown_name(row))
            return
        elif people.is_bare(household) and (not row.household or row.household not in people.households):
            identity = {"head": shown_name(row), "phone": row.phone}
            people.fill_household(drafted, household, row.household, self._village(drafted, row), identity)
        elif row.household:
            household = self._home(drafted, row, row.household)
        if household is None:
            return
        person = people.person(drafted, household, _identity(row))
        if person is not None:
            people.give_person(drafted, member, person, household)

    def _elect(self, drafted: Drafted, row: RosterRow, member: MemberHere) -> None:
        """The posts of the row as terms without a first day: a list says who holds a post, not since when."""
        if not row.posts:
            return
        terms = groups_store.officers(self._people.desk.book, self._group)
        held = {one.post for one in terms if one.membership == member.id}
        for post in row.posts:
            if post not in held:
                term = drafted.new("officer")
                fields = {"group": self._group, "membership": member.id, "post": post}
                drafted.revise("officer", term, "term", fields)
                self._people.found.officers += 1

    def _tell(self, code: Code, row: RosterRow, level: Level, **more: Fact) -> None:
        facts: dict[str, Fact] = {"row": row.number, **more}
        self._people.found.problems.append(Problem(code, in_table(row.number), facts, level))
