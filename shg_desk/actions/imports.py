"""Taking people and dated amounts from other people's tables: the good rows go in, the bad ones are told with reasons.

One operation holds one block of a file: one group, one date, at most 500 entries. The same file again adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import draft_group
from shg_desk.actions.groups import draft_member
from shg_desk.actions.import_rows import ACCOUNTS
from shg_desk.actions.import_rows import GroupsMoney
from shg_desk.actions.ledgers import codes_of_several
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.domain.profiles import TEXT_LIMIT
from shg_desk.domain.rules import read_rules
from shg_desk.domain.spelling import as_kept
from shg_desk.domain.spelling import key as search_key
from shg_desk.store import groups as groups_store
from shg_desk.store import imports as import_store
from shg_desk.store import last_meeting as last_store
from shg_desk.store.book import Writer
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import guess_map
from shg_desk.tables.mapping import read_mapped
from shg_desk.tables.reading import Table
from shg_desk.tables.roster import RosterRow
from shg_desk.tables.roster import read_roster
from shg_desk.tables.savings import AmountRow
from shg_desk.tables.savings import read_savings

BLOCK_ENTRIES = 500
BLOCK_PEOPLE = 200


@dataclass(slots=True)
class Imported:
    """What an import came to, by kind of thing, and every problem with its row."""

    households: int = 0
    persons: int = 0
    members: int = 0
    groups: int = 0
    villages: int = 0
    entries: int = 0
    known: int = 0
    empty: int = 0
    operations: int = 0
    amount_minor: int = 0
    problems: list[Problem] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """The counts as the command line names them."""
        names = ("households", "persons", "members", "groups", "villages", "entries", "known", "empty", "operations")
        return {name: getattr(self, name) for name in names}


class _People:
    """Who is known by which code, and makes whom the table names and the book lacks."""

    def __init__(self, desk: Desk, found: Imported, currency: str | None = None) -> None:
        self.desk = desk
        self.currency = currency
        self.found = found
        self.groups: dict[str, str] = {}
        self.members: dict[str, dict[str, str]] = {}
        self.households = import_store.households(desk.book.db)
        self.villages = import_store.villages(desk.book.db)

    def group(self, drafted: Drafted, code: str) -> str:
        if code not in self.groups:
            known = groups_store.id_with_code(self.desk.book, code)
            if known is None:
                known = draft_group(self.desk, drafted, NewGroup(code, code, currency=self.currency, smallest_minor=1))
                self.found.groups += 1
                self.members[known] = {}
            else:
                self.members[known] = import_store.memberships(self.desk.book.db, known)
            self.groups[code] = known
            self.found.touched.add(known)
        return self.groups[code]

    def village(self, drafted: Drafted, name: str, district: str) -> str:
        folded = search_key(name)
        if folded not in self.villages:
            village = drafted.new("village")
            drafted.revise("village", village, "place", {"name": name, "district": district})
            self.villages[folded] = village
            self.found.villages += 1
        return self.villages[folded]

    def household(self, drafted: Drafted, code: str, village: str | None, identity: Mapping[str, Any]) -> str:
        if code not in self.households:
            household = drafted.household()
            drafted.revise("household", household, "place", {"code": code, "village": village})
            if any(identity.values()):
                drafted.revise("household", household, "identity", identity, household)
            self.households[code] = household
            self.found.households += 1
        return self.households[code]

    def person(self, drafted: Drafted, household: str, identity: Mapping[str, Any]) -> str | None:
        if not any(identity.values()):
            return None
        person = drafted.new("person")
        drafted.revise("person", person, "place", {"household": household})
        drafted.revise("person", person, "identity", identity, household)
        self.found.persons += 1
        return person

    def member(self, drafted: Drafted, group: str, new: NewMember) -> str:
        membership = draft_member(drafted, new)
        self.members[group][new.number] = membership
        self.found.members += 1
        return membership


def import_savings(
    desk: Desk,
    path: Path,
    given: TableMap,
    *,
    day: date | None = None,
    rounding: str | None = None,
    progress: Progress = lambda done, of: None,
) -> Outcome[Imported]:
    """Dated amounts of members from a table, with the groups, households and members it names.

    Without `rounding` a cell finer than the currency is a problem of its row and is not taken.
    Raises KnownError where the file cannot be read at all.
    """
    given = replace(given, source=as_kept(given.source or path.name)[:TEXT_LIMIT])
    table = read_mapped(path, given)
    given = _found_out(table, given, ("group", "member", "amount", *(("date",) if day is None else ())))
    currency = given.currency or desk.currency
    money = GroupsMoney(desk, Currency(currency, MINOR_DIGITS[currency]))
    read = read_savings(
        table, given, today=desk.today(), digits_of=money.digits, currency=currency, day=day, rounding=rounding
    )
    found = Imported(empty=read.empty, problems=list(read.problems))
    doubled = codes_of_several(desk, [*(row.group for row in read.rows), *(one.group for one in read.members)])
    found.problems += doubled.values()
    meant = [row for row in read.rows if row.group not in doubled]
    fresh, found.known = money.fresh(list(money.rows_of(meant, found.problems)), read.source, found.problems)
    by_group: dict[str, list[AmountRow]] = {}
    for row in fresh:
        by_group.setdefault(row.group, []).append(row)
    seen_by_group = {
        code: list(members)
        for code, members in groupby(sorted(read.members, key=lambda m: m.group), lambda m: m.group)
        if code not in doubled
    }
    with desk.book.writing() as writer:
        people = _People(desk, found, currency)
        for done, (code, members) in enumerate(seen_by_group.items(), start=1):
            drafted = Drafted(desk, "import")
            group = people.group(drafted, code)
            for member in members:
                if member.member not in people.members[group]:
                    household = people.household(drafted, member.household or member.member, None, {})
                    person = people.person(drafted, household, {"name": member.name})
                    people.member(drafted, group, NewMember(group, member.member, person, household))
                drafted = _cut(desk, writer, drafted, read.source, found)
            _write_amounts(desk, writer, drafted, by_group.get(code, []), people, group, read.source, found)
            progress(done, len(seen_by_group))
    return Outcome(found, Changed.EVERYTHING, frozenset(found.touched))


def _found_out(table: Table, given: TableMap, needed: Sequence[str]) -> TableMap:
    """The map with what the headers say of the kinds it leaves out: all of them where it names none, else the needed.

    A person who named some columns did not want the others looked at, so long as the rows can be read.
    """
    guessed = guess_map(table, given)
    if not given.columns and not given.amounts:
        return guessed
    has_dates = bool(given.constants.get("date")) or (given.amounts and all(one.date for one in given.amounts))
    wanted = {kind for kind in needed if kind != "date" or not has_dates}
    columns = {kind: header for kind, header in guessed.columns.items() if kind in wanted or kind in given.columns}
    return replace(guessed, columns=columns)


def _cut(desk: Desk, writer: Writer, drafted: Drafted, source: str, found: Imported) -> Drafted:
    """Writes people in blocks, so that no operation grows beyond what a line may hold."""
    if len(drafted) < BLOCK_PEOPLE * 4:
        return drafted
    writer.append(desk.line("import", {"source": source, **drafted.body()}))
    writer.flush()
    found.operations += 1
    return Drafted(desk, "import")


def _write_amounts(
    desk: Desk,
    writer: Writer,
    drafted: Drafted,
    rows: Sequence[AmountRow],
    people: _People,
    group: str,
    source: str,
    found: Imported,
) -> None:
    """One group's amounts, an operation a date; people made for them stand in the first."""
    if not rows and drafted:
        writer.append(desk.line("import", {"source": source, **drafted.body()}))
        found.operations += 1
    by_day: dict[date, list[AmountRow]] = {}
    for row in rows:
        by_day.setdefault(row.date, []).append(row)
    for day, of_day in sorted(by_day.items()):
        for start in range(0, len(of_day), BLOCK_ENTRIES):
            part = of_day[start : start + BLOCK_ENTRIES]
            body = _amounts_body(desk, part, people, group, source, day)
            if drafted:
                body.update(drafted.body())
                drafted = Drafted(desk, "import")
            writer.append(desk.line("import", body))
            found.operations += 1
            found.entries += len(part)
            found.amount_minor += sum(row.amount_minor for row in part)


def _amounts_body(
    desk: Desk, rows: Sequence[AmountRow], people: _People, group: str, source: str, day: date
) -> dict[str, Any]:
    members: dict[str, int] = {}
    numbers: list[str] = []
    blocks = BlockWriter()
    columns = {row.column for row in rows}
    product = _product(desk, group)
    for row in rows:
        membership = people.members[group][row.member]
        if membership not in members:
            members[membership] = len(members)
            numbers.append(row.member)
        facts: dict[str, Any] = {"occurrence": row.occurrence} if row.occurrence > 1 else {}
        if len(columns) > 1:
            facts["column"] = row.column
        account = ACCOUNTS.get(row.kind, f"saving.{product}")
        postings = [("box", row.amount_minor), (account, -row.amount_minor)]
        blocks.add(row.kind, postings, members[membership], by="member", facts=facts or None)
    entries = blocks.blocks()
    if len(columns) == 1:
        for block in entries:
            block["column"] = rows[0].column
    body: dict[str, Any] = {
        "group": group,
        "date": day.isoformat(),
        "source": source,
        "members": list(members),
        "entries": entries,
        "keys": {"group": rows[0].group, "members": numbers},
        "paper": True,
    }
    seen = last_store.seen_meeting(desk.book.db, group)
    if seen:
        body["seen"] = seen
    return body


def _product(desk: Desk, group: str) -> str:
    """The savings product imported amounts go to: the first of the group's rules, or the usual one."""
    for version in reversed(groups_store.rules_versions(desk.book, group)):
        rules, _ = read_rules(version.content, 0, version.name)
        if rules.savings:
            return rules.savings[0].code
    return "usual"


def import_roster(
    desk: Desk, path: Path, given: TableMap, *, progress: Progress = lambda done, of: None
) -> Outcome[Imported]:
    """Households, persons, members and groups from a table. Who is known by her number or code is left as she is.

    Raises KnownError where the file cannot be read at all.
    """
    given = replace(given, source=as_kept(given.source or path.name)[:TEXT_LIMIT])
    table = read_mapped(path, given)
    given = guess_map(table, given)
    read = read_roster(table, given, today=desk.today())
    found = Imported(problems=list(read.problems))
    with desk.book.writing() as writer:
        people = _People(desk, found)
        doubled = codes_of_several(desk, (row.group for row in read.rows if row.group))
        found.problems += doubled.values()
        meant = [row for row in read.rows if row.group not in doubled]
        by_group = sorted(enumerate(meant), key=lambda pair: (pair[1].group, pair[0]))
        done = 0
        # a group an operation, so that a colleague of one group is not sent another's
        for _, rows in groupby(by_group, lambda pair: pair[1].group):
            drafted = Drafted(desk, "import")
            for _, row in rows:
                _take_person(people, drafted, row, found)
                drafted = _cut(desk, writer, drafted, read.source, found)
                done += 1
            if drafted:
                writer.append(desk.line("import", {"source": read.source, **drafted.body()}))
                writer.flush()
                found.operations += 1
            progress(done, len(read.rows))
    return Outcome(found, Changed.PEOPLE | Changed.GROUPS, frozenset(found.touched))


def _take_person(people: _People, drafted: Drafted, row: RosterRow, found: Imported) -> None:
    group = people.group(drafted, row.group) if row.group else None
    if group is not None and row.member in people.members[group]:
        found.known += 1
        return
    shown = row.name or " ".join(part for part in (row.surname, row.father_name) if part)
    code = row.household or (f"{row.group}-{row.member}" if row.group else shown)
    is_new = code not in people.households
    if not is_new and group is None:
        found.known += 1
        return
    village = people.village(drafted, row.village, row.district) if row.village else None
    household = people.household(drafted, code, village, {"head": shown, "phone": row.phone})
    identity = {
        "name": shown,
        "surname": row.surname,
        "father": row.father_name,
        "sex": row.sex,
        "birth": row.birth.isoformat() if row.birth else "",
        "birth_certainty": row.birth_certainty,
        "phone": row.phone,
    }
    person = people.person(drafted, household, identity)
    if group is not None and row.member:
        people.member(drafted, group, NewMember(group, row.member, person, household, joined=row.joined))
