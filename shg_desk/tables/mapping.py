"""Which column means what: read from a map file or from the command line, or guessed from the headers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import format_pattern
from shg_desk.domain.dates import parse_date
from shg_desk.domain.disk_trouble import not_read
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.profiles import TEXT_LIMIT
from shg_desk.tables import headers
from shg_desk.tables.reading import Table
from shg_desk.tables.reading import read_table
from shg_desk.tables.sheet import Row

_TEXT_FIELDS = ("sheet", "encoding", "date_format", "decimal", "thousands", "currency", "source")
_FIELDS = frozenset((*_TEXT_FIELDS, "header_row", "columns", "constants", "amounts", "delimiter"))
_SPREADS_DOWN = frozenset(("group", "household", "village", "district", "date", "kind"))
"""Kinds that a cell merged over several rows says for all of them; an amount is never said twice."""


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """One column of amounts: its header, and the date, kind and loan that hold for all its cells ('' or None: the row
    says it, or the map's constants).
    """

    column: str
    date: date | None = None
    kind: str = ""
    loan: str = ""


@dataclass(frozen=True, slots=True)
class TableMap:
    """What a person, or the guess, says of a table. None and empty mean: find out.

    `columns` gives the header for each kind of column (`headers.KINDS`), `constants` a text that holds for all rows,
    `amounts` several columns of amounts; `source` names the import.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    amounts: tuple[AmountColumn, ...] = ()
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    date_format: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    currency: str | None = None
    source: str | None = None

    def headers_named(self) -> tuple[str, ...]:
        """Every header the map speaks of."""
        return (*self.columns.values(), *(one.column for one in self.amounts))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each kind of column stands in one table."""

    table: Table
    places: Mapping[str, int]
    constants: Mapping[str, str]

    def has(self, kind: str) -> bool:
        """True where the table or the map says anything of this kind."""
        return kind in self.places or kind in self.constants

    def header(self, kind: str) -> str:
        """What stands over a kind of column, for what is told of it; where the table has no such column, the kind."""
        place = self.places.get(kind)
        return kind if place is None else self.table.header[place]

    def text(self, row: Row, kind: str) -> str:
        """What the row says of a kind: its cell, the cell merged over it, or the constant."""
        place = self.places.get(kind)
        if place is not None:
            found = row.cell(place)
            if not found and kind in _SPREADS_DOWN and self.table.merged:
                found = self.table.merged.get((row.number, place), "")
            if found:
                return found
        return self.constants.get(kind, "")

    def too_long(self, row: Row) -> str | None:
        """The first kind whose cell holds more than a text of the book may, or None: such a row is told, never cut."""
        return next((kind for kind in self.places if len(self.text(row, kind)) > TEXT_LIMIT), None)

    def is_exact(self, row: Row, kind: str) -> bool:
        """True where the cell is a number or date of the spreadsheet's own."""
        return self.places.get(kind, -1) in row.exact


def load_map(path: Path) -> tuple[TableMap, tuple[Problem, ...]]:
    """The map in a JSON file. Raises KnownError(MAP_UNREADABLE) where it is no JSON object; see `parse_map`."""
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would keep us waiting
        raise KnownError(Problem(Code.MAP_UNREADABLE, path.name, {"file": path.name}))
    try:
        value = json.loads(path.read_bytes().decode("utf-8-sig"))
    except PermissionError as error:
        raise not_read(error, str(path), path.name) from error
    except OSError as error:
        raise KnownError(Problem(Code.MAP_UNREADABLE, path.name, {"missing": str(path)})) from error
    except (ValueError, RecursionError) as error:
        raise KnownError(Problem(Code.MAP_UNREADABLE, path.name, {"file": path.name})) from error
    return parse_map(value)


def parse_map(value: object) -> tuple[TableMap, tuple[Problem, ...]]:
    """A map from its JSON value, with all that is wrong in it; what is wrong is left out of the map.

    With any problem the table is not to be read: a misspelt field would be a rule that nobody follows. Raises
    KnownError(MAP_UNREADABLE) where the value is no object.
    """
    if not isinstance(value, dict):
        raise KnownError(Problem(Code.MAP_UNREADABLE))
    problems = [Problem(Code.MAP_FIELD_UNKNOWN, name, {"field": name}) for name in value if name not in _FIELDS]
    texts = {name: text for name in (*_TEXT_FIELDS, "delimiter") if (text := _text(value, name, problems)) is not None}
    _check_texts(texts, problems)
    constants = _texts_by_kind(value, "constants", problems)
    _check_constants(constants, problems)
    header_row = value.get("header_row")
    if header_row is not None and header_row != "auto" and (type(header_row) is not int or header_row < 1):
        problems.append(_unreadable("header_row", header_row))
    found = TableMap(
        columns=_texts_by_kind(value, "columns", problems),
        constants=constants,
        amounts=_amounts(value.get("amounts"), problems),
        header_row=header_row if type(header_row) is int and header_row >= 1 else None,
        **texts,
    )
    return found, tuple(problems)


def with_columns(given: TableMap, words: Sequence[str]) -> tuple[TableMap, tuple[Problem, ...]]:
    """The map with `KIND=HEADER` from the command line put over it; `amount=…` may come several times."""
    columns, problems, amounts = dict(given.columns), [], []
    for word in words:
        kind, sign, header = word.partition("=")
        kind, header = kind.strip(), header.strip()
        if not sign or kind not in headers.KINDS or not header:
            problems.append(_unreadable("column", word))
        elif kind == "amount":
            amounts.append(header)
        else:
            columns[kind] = header
    if len(amounts) == 1:
        columns["amount"] = amounts[0]
    elif amounts:
        columns.pop("amount", None)
        return replace(given, columns=columns, amounts=tuple(AmountColumn(one) for one in amounts)), tuple(problems)
    return replace(given, columns=columns), tuple(problems)


def read_mapped(path: Path, given: TableMap) -> Table:
    """The table of a file, read as the map says. Raises KnownError as `read_table` does."""
    return read_table(
        path,
        sheet=given.sheet,
        header_row=given.header_row,
        encoding=given.encoding,
        delimiter=given.delimiter,
        expected=given.headers_named(),
    )


def place_columns(table: Table, given: TableMap) -> tuple[Columns, tuple[Problem, ...]]:
    """Where the map's columns stand. COLUMN_MISSING for each header that is not there, with the headers that are;
    COLUMN_TWICE where a header stands over two columns, because either could be meant.
    """
    problems: list[Problem] = []
    places: dict[str, int] = {}
    for kind, header in given.columns.items():
        place = find_column(table, header, problems)
        if place is not None:
            places[kind] = place
    return Columns(table, places, dict(given.constants)), tuple(problems)


def find_column(table: Table, header: str, problems: list[Problem]) -> int | None:
    """The column under a header: as written, else by its folded form; tells `problems` what is missing or double."""
    wanted = " ".join(header.split())
    places = [n for n, one in enumerate(table.header) if one == wanted]
    places = places or [n for n, one in enumerate(table.header) if headers.folded(one) == headers.folded(wanted) != ""]
    if not places:
        facts = {"column": header, "headers": ", ".join(one for one in table.header if one)}
        problems.append(Problem(Code.COLUMN_MISSING, header, facts))
        return None
    if len(places) > 1:
        problems.append(Problem(Code.COLUMN_TWICE, header, {"column": header, "n": len(places)}))
        return None
    return places[0]


def is_unplaced(problems: Sequence[Problem]) -> bool:
    """True where a column could not be placed, so that no row can be read."""
    return any(problem.code in {Code.COLUMN_MISSING, Code.COLUMN_TWICE} for problem in problems)


def missing(kind: str, table: Table) -> Problem:
    """COLUMN_MISSING for a kind of column nothing in the map or the headers names."""
    facts = {"column": kind, "headers": ", ".join(one for one in table.header if one)}
    return Problem(Code.COLUMN_MISSING, kind, facts)


def guess_map(table: Table, given: TableMap | None = None) -> TableMap:
    """The map with what the headers say put under what is given: exact headings first, then headings that hold one.

    Nothing given is changed. Several columns headed as amounts become `amounts`. A table that numbers only households
    (as survey tools do) gets no member: the person who maps decides that.
    """
    given = given or TableMap()
    columns = dict(given.columns)
    taken = {headers.folded(one) for one in given.headers_named()}
    money: list[str] = []
    for ask in (headers.kind_of_header, headers.likely_kind):
        for header in table.header:
            if not header or headers.folded(header) in taken:
                continue
            kind = ask(header)
            if kind is None or kind in given.constants:
                continue
            if kind == "amount" and not given.amounts and "amount" not in given.columns:
                money.append(header)
            elif kind in columns or kind == "amount":
                continue
            else:
                columns[kind] = header
            taken.add(headers.folded(header))
    if len(money) == 1:
        columns["amount"] = money[0]
    amounts = tuple(AmountColumn(one) for one in money) if len(money) > 1 else given.amounts
    return replace(given, columns=columns, amounts=amounts)


def _unreadable(name: str, value: object) -> Problem:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return Problem(Code.MAP_UNREADABLE, name, {"field": name, "text": text[:200]})


def _text(value: Mapping[str, Any], name: str, problems: list[Problem]) -> str | None:
    found = value.get(name)
    if found is None or found == "auto":
        return None
    if not isinstance(found, str):
        problems.append(_unreadable(name, found))
        return None
    return found


def _check_texts(texts: dict[str, str], problems: list[Problem]) -> None:
    """Takes out, and tells, what cannot be a decimal or thousands sign, a currency, a form of dates or a separator."""
    allowed = {"decimal": (",", "."), "thousands": ("", " ", "\u00a0", "\u202f", "'", ",", ".")}
    for name, signs in allowed.items():
        if name in texts and texts[name] not in signs:
            problems.append(_unreadable(name, texts.pop(name)))
    if "decimal" in texts and texts.get("thousands") == texts["decimal"]:
        problems.append(_unreadable("thousands", texts.pop("thousands")))
    if len(texts.get("delimiter", ";")) != 1:
        problems.append(_unreadable("delimiter", texts.pop("delimiter")))
    if "currency" in texts:
        texts["currency"] = texts["currency"].strip().upper()
        if texts["currency"] not in MINOR_DIGITS:
            unknown = texts.pop("currency")
            problems.append(Problem(Code.CURRENCY_UNKNOWN, "currency", {"currency": unknown[:40]}))
    if "date_format" in texts:
        try:
            format_pattern(texts["date_format"])
        except ValueError:
            problems.append(_unreadable("date_format", texts.pop("date_format")))
    if not texts.get("source", "-").strip():
        del texts["source"]


def _texts_by_kind(value: Mapping[str, Any], name: str, problems: list[Problem]) -> dict[str, str]:
    given = value.get(name, {})
    if not isinstance(given, dict):
        problems.append(_unreadable(name, given))
        return {}
    found: dict[str, str] = {}
    for kind, text in given.items():
        if kind not in headers.KINDS or not isinstance(text, str | int) or isinstance(text, bool):
            problems.append(_unreadable(f"{name}.{kind}", text))
        else:
            found[kind] = str(text).strip()
    return {kind: text for kind, text in found.items() if text}


def _check_constants(constants: dict[str, str], problems: list[Problem]) -> None:
    """Takes out, and tells once, a day or kind for all rows that no row could use."""
    if "date" in constants and _day(constants["date"], "constants.date", problems) is None:
        del constants["date"]
    if "kind" in constants and not _kind(constants["kind"], "constants.kind", problems):
        del constants["kind"]


def _amounts(given: object, problems: list[Problem]) -> tuple[AmountColumn, ...]:
    if given is None:
        return ()
    if not isinstance(given, list):
        problems.append(_unreadable("amounts", given))
        return ()
    found = []
    for place, one in enumerate(given, 1):
        where = f"amounts.{place}"
        if not isinstance(one, dict) or not isinstance(one.get("column"), str) or not one["column"].strip():
            problems.append(_unreadable(where, one))
            continue
        day = _day(one.get("date"), f"{where}.date", problems)
        kind = _kind(one.get("kind"), f"{where}.kind", problems)
        found.append(AmountColumn(one["column"], day, kind, str(one.get("loan") or "")))
    return tuple(found)


def _day(given: object, where: str, problems: list[Problem]) -> date | None:
    if given is None:
        return None
    try:
        return parse_date(str(given))
    except DateError as error:
        problems.append(Problem(error.code, where, {"text": str(given)}))
        return None


def _kind(given: object, where: str, problems: list[Problem]) -> str:
    if given is None:
        return ""
    kind = headers.amount_kind(str(given))
    if kind is None:
        facts = {"text": str(given), "kinds": ", ".join(headers.AMOUNT_KINDS)}
        problems.append(Problem(Code.AMOUNT_KIND_UNKNOWN, where, facts))
    return kind or ""
