"""Taking people and dated amounts from other people's tables: the good rows go in, the bad ones are told with reasons.

One operation holds one block of a file: one group, one date, at most 500 entries. The same file again adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import refuse_odd_day
from shg_desk.actions.import_lists import PeopleOfGroup
from shg_desk.actions.import_numbers import written_otherwise
from shg_desk.actions.import_people import Imported
from shg_desk.actions.import_people import People
from shg_desk.actions.import_people import take_member
from shg_desk.actions.import_rows import ACCOUNTS
from shg_desk.actions.import_rows import GroupsMoney
from shg_desk.actions.import_rows import under_their_numbers
from shg_desk.actions.import_villages import Villages
from shg_desk.actions.ledgers import codes_of_several
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.profiles import TEXT_LIMIT
from shg_desk.domain.rules import read_rules
from shg_desk.domain.spelling import as_kept
from shg_desk.domain.spelling import reads_as_name
from shg_desk.store import groups as groups_store
from shg_desk.store import last_meeting as last_store
from shg_desk.store.book import Writer
from shg_desk.tables.headers import kind_of_header
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import guess_map
from shg_desk.tables.mapping import read_mapped
from shg_desk.tables.reading import Table
from shg_desk.tables.roster import read_roster
from shg_desk.tables.savings import AmountRow
from shg_desk.tables.savings import read_savings

BLOCK_ENTRIES = 500
BLOCK_PEOPLE = 200


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
    if day is not None:
        refuse_odd_day(day)
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
    found.problems += written_otherwise(desk, (one for one in read.members if one.group not in doubled))
    people = People(desk, found, currency)
    meant = list(under_their_numbers(people, meant, found.problems))
    fresh, found.known = money.fresh(list(money.rows_of(meant, found.problems)), read.source, found.problems)
    by_group: dict[str, list[AmountRow]] = {}
    for row in fresh:
        by_group.setdefault(row.group, []).append(row)
    seen_by_group = {
        code: list(members)
        for code, members in groupby(sorted(read.members, key=lambda m: m.group), lambda m: m.group)
        if code not in doubled
    }
    is_household = "household" not in given.columns and kind_of_header(given.columns.get("member", "")) == "household"
    named = ""
    with desk.book.writing() as writer:
        for done, (code, members) in enumerate(seen_by_group.items(), start=1):
            drafted = Drafted(desk, "import")
            group = people.group(drafted, code)
            for member in members:
                if member.member not in people.members[group]:
                    take_member(people, drafted, group, member, is_household=is_household)
                    named = named or (member.member if reads_as_name(member.member) else "")
                drafted = _cut(desk, writer, drafted, read.source, found)
            _write_amounts(desk, writer, drafted, by_group.get(code, []), people, group, read.source, found)
            progress(done, len(seen_by_group))
    if named:
        column = given.columns.get("member", "")
        facts: dict[str, Fact] = {"column": column, "text": named}
        found.problems.append(Problem(Code.MEMBERS_BY_NAME, column, facts, Level.WARNING))
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
    people: People,
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
    desk: Desk, rows: Sequence[AmountRow], people: People, group: str, source: str, day: date
) -> dict[str, Any]:
    members: dict[str, int] = {}
    numbers: list[str] = []
    blocks = BlockWriter()
    columns = {row.column for row in rows}
    product = _product(desk, group)
    for row in rows:
        membership = people.members[group][row.member].id
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
    """Households, persons, members and groups from a table. Of who is known by her number or code gaps are filled in.

    Raises KnownError where the file cannot be read at all.
    """
    given = replace(given, source=as_kept(given.source or path.name)[:TEXT_LIMIT])
    table = read_mapped(path, given)
    given = guess_map(table, given)
    read = read_roster(table, given, today=desk.today())
    found = Imported(problems=list(read.problems))
    with desk.book.writing() as writer:
        people = People(desk, found)
        doubled = codes_of_several(desk, (row.group for row in read.rows if row.group))
        found.problems += doubled.values()
        meant = [row for row in read.rows if row.group not in doubled]
        found.problems += written_otherwise(desk, meant)
        villages = Villages(desk, ((row.village, row.district) for row in meant))
        by_group = sorted(enumerate(meant), key=lambda pair: (pair[1].group, pair[0]))
        done = 0
        # a group an operation, so that a colleague of one group is not sent another's
        for code, pairs in groupby(by_group, lambda pair: pair[1].group):
            drafted = Drafted(desk, "import")
            rows = [row for _, row in pairs]
            of_group = PeopleOfGroup(people, villages, drafted, code, rows)
            for row in rows:
                of_group.take(drafted, row)
                drafted = _cut(desk, writer, drafted, read.source, found)
                done += 1
            if drafted:
                writer.append(desk.line("import", {"source": read.source, **drafted.body()}))
                writer.flush()
                found.operations += 1
            progress(done, len(read.rows))
    return Outcome(found, Changed.PEOPLE | Changed.GROUPS, frozenset(found.touched))
