"""A file that somebody made, before it is taken in: its columns, what each is understood as, and how its rows read."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.import_numbers import written_otherwise
from shg_desk.actions.import_people import Imported
from shg_desk.actions.import_rows import GroupsMoney
from shg_desk.actions.imports import import_roster
from shg_desk.actions.imports import import_savings
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as group_store
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
        *("village", "district", "phone", "joined", "role"),
    ),
    SAVINGS: ("group", "member", "household", "name", "date", "kind", "amount", "loan"),
}
"""What a column can be understood as, for people and for sums; the words are those of a map file."""

CONSTANTS = ("date", "kind")
"""What may hold for all rows of a table of sums that has no column for it; a group may for people as well."""

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
    """A file before it is taken in. `good` rows can be taken; `problems` are the first of what is wrong, counted by
    `problem_count`, and of what is to be looked at, counted by `warning_count`.

    `fine` cells are finer than the currency, whichever `rounding` is chosen ('': they stay out); `unclear` ones can be
    read in two ways so long as nobody says which decimal sign the file has. `groups` of the book: (code, name).
    """

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
    warning_count: int
    currency: Currency
    fine: int = 0
    unclear: int = 0
    rounding: str = ""
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What the rows of a table come to; the fields are those of `TableLook`."""

    lines: tuple[LineSeen, ...]
    good: int
    members: int
    problems: tuple[Problem, ...]
    amount_minor: int = 0
    fine: int = 0
    unclear: int = 0


def look_at(
    desk: Desk, path: Path, kind: str, given: TableMap | None = None, sheet: str | None = None, rounding: str = ""
) -> TableLook:
    """A file, or one page of it, as it would be understood. Without `given` the headings say what the columns mean;
    `rounding` is the mode for cells finer than the currency.

    Raises KnownError where the file cannot be read at all.
    """
    table = read_mapped(path, given or TableMap(sheet=sheet))
    groups = tuple((one.code, one.name or one.code) for one in group_store.groups(desk.book) if one.code)
    wanted = given if given is not None else _proposed(_guessed(table, kind), kind, groups)
    wanted = replace(wanted, sheet=wanted.sheet or table.sheet or None)
    code = wanted.currency or desk.currency
    currency = Currency(code, MINOR_DIGITS.get(code, 2))
    read = _read_sums(desk, table, wanted, currency, rounding) if kind == SAVINGS else _read_people(desk, table, wanted)
    wrong = sum(one.level is Level.PROBLEM for one in read.problems)
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
        lines=read.lines,
        good=read.good,
        members=read.members,
        amount_minor=read.amount_minor,
        problems=read.problems[:PROBLEMS_SHOWN],
        problem_count=wrong,
        warning_count=len(read.problems) - wrong,
        currency=currency,
        fine=read.fine,
        unclear=read.unclear,
        rounding=rounding if read.fine else "",
        groups=groups,
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


def _proposed(found: TableMap, kind: str, groups: Sequence[tuple[str, str]]) -> TableMap:
    """Sums that name no group are first understood as the only one's; people may be of none, so a person says it."""
    is_proposed = kind == SAVINGS and "group" not in found.columns and len(groups) == 1
    return with_constant(found, "group", groups[0][0]) if is_proposed else found


def _columns(table: Table, means: Mapping[str, str]) -> list[ColumnSeen]:
    found = []
    for place, header in enumerate(table.header):
        cells = (row.cell(place) for row in table.rows[:40])
        samples = tuple(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES]
        if header or samples:
            found.append(ColumnSeen(place, header, samples, means.get(header, "") if header else ""))
    return found


def _read_people(desk: Desk, table: Table, given: TableMap) -> _Read:
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
    problems = (*roster.problems, *written_otherwise(desk, roster.rows))
    return _Read(lines, len(roster.rows), len(roster.rows), problems)


def _read_sums(desk: Desk, table: Table, given: TableMap, currency: Currency, rounding: str) -> _Read:
    """The sums as the import would read them: each in the decimal places its own group keeps."""
    read_with = partial(
        read_savings,
        table,
        given,
        today=desk.today(),
        minor_digits=currency.minor_digits,
        digits_of=GroupsMoney(desk, currency).digits,
        currency=currency.code,
    )
    read = read_with()
    fine = sum(one.code is Code.AMOUNT_TOO_FINE for one in read.problems)
    unclear = sum(one.code is Code.AMOUNT_AMBIGUOUS for one in read.problems)
    if fine and rounding:
        read = read_with(rounding=rounding)
    lines = tuple(
        LineSeen(row.number, row.group, row.member, row.name, row.kind, row.date, row.amount_minor)
        for row in read.rows[:LINES_SHOWN]
    )
    total = sum(row.amount_minor for row in read.rows)
    problems = (*read.problems, *written_otherwise(desk, read.members))
    return _Read(lines, len(read.rows), len(read.members), problems, total, fine, unclear)


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
    return with_constant(replace(given, columns=columns, amounts=several), means, "")


def with_constant(given: TableMap, name: str, text: str) -> TableMap:
    """The map with a text that holds for all rows, or without it."""
    constants = {key: value for key, value in given.constants.items() if key != name}
    return replace(given, constants=constants | ({name: text.strip()} if text.strip() else {}))


def with_decimal(given: TableMap, sign: str) -> TableMap:
    """The map with the decimal sign of the file's sums; '' leaves it to the cells."""
    return replace(given, decimal=sign or None)


def take_in(
    desk: Desk, path: Path, kind: str, given: TableMap, progress: Progress, rounding: str = ""
) -> Outcome[Imported]:
    """Takes a file in as it was looked at. Raises KnownError where the file cannot be read at all."""
    if kind == ROSTER:
        return import_roster(desk, path, given, progress=progress)
    return import_savings(desk, path, given, rounding=rounding or None, progress=progress)
