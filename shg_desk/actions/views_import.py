"""A file that somebody made, before it is taken in: its columns, what each is understood as, and how its rows read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from pathlib import Path

from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.import_people import Imported
from shg_desk.actions.imports import import_roster
from shg_desk.actions.imports import import_savings
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.tables import headers
from shg_desk.tables.mapping import AmountColumn
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import guess_map
from shg_desk.tables.mapping import read_mapped
from shg_desk.tables.reading import Table
from shg_desk.tables.roster import read_roster
from shg_desk.tables.savings import read_savings

ROSTER = "roster"
SAVINGS = "savings"
MEANINGS: Mapping[str, tuple[str, ...]] = {
    ROSTER: (
        *("group", "member", "household", "name", "surname", "father_name", "sex", "birth"),
        *("village", "district", "phone", "joined"),
    ),
    SAVINGS: ("group", "member", "household", "name", "date", "kind", "amount", "loan"),
}
"""What a column can be understood as, for people and for sums; the words are those of a map file."""

CONSTANTS = ("group", "date", "kind")
"""What may hold for all rows of a table of sums that has no column for it."""

SAMPLES = 3
LINES_SHOWN = 50
PROBLEMS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of the file: its place, heading, some of its cells, and what it is understood as (empty: not used)."""

    place: int
    header: str
    samples: tuple[str, ...]
    means: str


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A row as it would be taken in, under its number in the file; `amount_minor` only for sums;
    `certainty` says how much of a birthday is known (`day`, `month`, `year`).
    """

    number: int
    group: str
    member: str
    name: str
    what: str
    on: date | None
    amount_minor: int | None
    certainty: str = "day"


@dataclass(frozen=True, slots=True)
class TableLook:
    """A file before it is taken in. `good` rows can be taken, `problems` are the first, `problem_count` all of them."""

    file: str
    kind: str
    sheets: tuple[str, ...]
    sheet: str
    header_number: int
    rows: int
    columns: tuple[ColumnSeen, ...]
    given: TableMap
    lines: tuple[LineSeen, ...]
    good: int
    members: int
    amount_minor: int
    problems: tuple[Problem, ...]
    problem_count: int
    currency: Currency


def look_at(desk: Desk, path: Path, kind: str, given: TableMap | None = None, sheet: str | None = None) -> TableLook:
    """A file, or one page of it, as it would be understood. Without `given` the headings say what the columns mean.

    Raises KnownError where the file cannot be read at all.
    """
    table = read_mapped(path, given or TableMap(sheet=sheet))
    wanted = given if given is not None else _guessed(table, kind)
    wanted = replace(wanted, sheet=wanted.sheet or table.sheet or None)
    code = wanted.currency or desk.currency
    currency = Currency(code, MINOR_DIGITS.get(code, 2))
    lines, good, members, amount, problems = _read(desk, table, kind, wanted, currency)
    means = {header: name for name, header in wanted.columns.items()}
    means |= {one.column: "amount" for one in wanted.amounts}
    return TableLook(
        file=path.name,
        kind=kind,
        sheets=table.sheets,
        sheet=table.sheet,
        header_number=table.header_number,
        rows=len(table.rows),
        columns=tuple(_columns(table, means)),
        given=wanted,
        lines=lines,
        good=good,
        members=members,
        amount_minor=amount,
        problems=problems[:PROBLEMS_SHOWN],
        problem_count=len(problems),
        currency=currency,
    )


def _guessed(table: Table, kind: str) -> TableMap:
    """What the headings say, of what this kind of table can hold."""
    found = guess_map(table)
    columns = {name: header for name, header in found.columns.items() if name in MEANINGS[kind]}
    if kind == ROSTER and "household" not in columns:
        free = (one for one in table.header if one not in columns.values())
        code = next((one for one in free if headers.folded(one) in headers.BARE_CODES), None)
        if code is not None:
            columns["household"] = code
    return replace(found, columns=columns, amounts=found.amounts if kind == SAVINGS else ())


def _columns(table: Table, means: Mapping[str, str]) -> list[ColumnSeen]:
    found = []
    for place, header in enumerate(table.header):
        cells = (row.cell(place) for row in table.rows[:40])
        samples = tuple(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES]
        if header or samples:
            found.append(ColumnSeen(place, header, samples, means.get(header, "") if header else ""))
    return found


def _read(
    desk: Desk, table: Table, kind: str, given: TableMap, currency: Currency
) -> tuple[tuple[LineSeen, ...], int, int, int, tuple[Problem, ...]]:
    if kind == ROSTER:
        roster = read_roster(table, given, today=desk.today())
        lines = tuple(
            LineSeen(
                row.number,
                row.group,
                row.member or row.household,
                row.name or row.surname,
                row.village,
                row.birth,
                None,
                row.birth_certainty,
            )
            for row in roster.rows[:LINES_SHOWN]
        )
        return lines, len(roster.rows), len(roster.rows), 0, (*table.problems, *roster.problems)
    read = read_savings(table, given, today=desk.today(), minor_digits=currency.minor_digits, currency=currency.code)
    lines = tuple(
        LineSeen(row.number, row.group, row.member, row.name, row.kind, row.date, row.amount_minor)
        for row in read.rows[:LINES_SHOWN]
    )
    total = sum(row.amount_minor for row in read.rows)
    return lines, len(read.rows), len(read.members), total, (*table.problems, *read.problems)


def with_meaning(given: TableMap, kind: str, header: str, means: str) -> TableMap:
    """The map with one column understood otherwise; a meaning that can stand only once is taken from its old column."""
    columns = {name: other for name, other in given.columns.items() if other != header and name != means}
    amounts = [one.column for one in given.amounts if one.column != header]
    if "amount" in given.columns and given.columns["amount"] != header:
        amounts.append(given.columns["amount"])
    columns.pop("amount", None)
    if means == "amount" and kind == SAVINGS:
        amounts.append(header)
    elif means:
        columns[means] = header
    if len(amounts) == 1:
        columns["amount"] = amounts[0]
    several = tuple(AmountColumn(one) for one in amounts) if len(amounts) > 1 else ()
    return replace(given, columns=columns, amounts=several)


def with_constant(given: TableMap, name: str, text: str) -> TableMap:
    """The map with a text that holds for all rows, or without it."""
    constants = {key: value for key, value in given.constants.items() if key != name}
    return replace(given, constants=constants | ({name: text.strip()} if text.strip() else {}))


def take_in(desk: Desk, path: Path, kind: str, given: TableMap, progress: Progress) -> Outcome[Imported]:
    """Takes a file in as it was looked at. Raises KnownError where the file cannot be read at all."""
    if kind == ROSTER:
        return import_roster(desk, path, given, progress=progress)
    return import_savings(desk, path, given, progress=progress)
