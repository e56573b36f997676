"""A table of dated amounts with names of its own: the columns that comparing two sides reads.

Columns are found by their exact names (case apart): `date` and `amount` must be there, every other one may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import in_table
from shg_desk.tables.amount_cells import decimal_sign
from shg_desk.tables.amount_cells import without_currency
from shg_desk.tables.reading import Table
from shg_desk.tables.reading import read_table

TEXTS = ("id", "currency", "account", "group", "member", "kind", "reference", "text")
COLUMNS = ("id", "date", "amount", *TEXTS[1:])


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the spreadsheet counts, date, amount in minor units, and its texts by column name."""

    number: int
    date: date
    amount_minor: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows that could be read, which columns there are, and what is wrong with the others."""

    rows: tuple[Line, ...]
    columns: frozenset[str]
    problems: tuple[Problem, ...] = ()


def read_lines(path: Path, minor_digits: int = 2) -> Lines:
    """The dated amounts of a file. Raises KnownError COLUMN_MISSING, FILE_UNREADABLE, TABLE_EMPTY."""
    table = read_table(path, header_row=1)
    places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(table.header)))}
    missing = [
        Problem(Code.COLUMN_MISSING, name, {"column": name, "kind": name, "file": path.name})
        for name in ("date", "amount")
        if name not in places
    ]
    if missing:
        raise KnownError(*missing)
    return _read(table, {name: place for name, place in places.items() if name in COLUMNS}, minor_digits)


def _read(table: Table, places: Mapping[str, int], minor_digits: int) -> Lines:
    amounts = [row.cell(places["amount"]) for row in table.rows if places["amount"] not in row.exact]
    sign = decimal_sign(amounts)
    rows, problems = [], list(table.problems)
    for row in table.rows:
        cell = row.cell(places["amount"])
        try:
            if places["amount"] in row.exact:
                amount = parse_amount(cell, minor_digits, decimal=".")
            else:
                amount = parse_amount(without_currency(cell, ""), minor_digits, decimal=sign)
            day = parse_date(row.cell(places["date"]), whole=True)
        except AmountError as error:
            problems.append(_problem(error.code, row.number, "amount", cell))
            continue
        except DateError as error:
            problems.append(_problem(error.code, row.number, "date", row.cell(places["date"])))
            continue
        texts = {name: row.cell(places[name]) for name in TEXTS if name in places}
        rows.append(Line(row.number, day, amount, texts))
    return Lines(tuple(rows), frozenset(places), tuple(problems))


def _problem(code: Code, row: int, column: str, text: str) -> Problem:
    return Problem(code, in_table(row, column), {"row": row, "column": column, "text": text})
