"""A file somebody made (CSV, XLSX, XLS, ODS) as one table: its header found under titles, its rows as texts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import BinaryIO

from shg_desk.domain.disk_trouble import not_read
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.spelling import as_kept
from shg_desk.tables import headers
from shg_desk.tables.plain_text import named_encoding
from shg_desk.tables.plain_text import read_text_table
from shg_desk.tables.sheet import Row
from shg_desk.tables.sheet import Sheet
from shg_desk.tables.sheet import letters
from shg_desk.tables.workbooks import is_workbook
from shg_desk.tables.workbooks import read_workbook

FILE_LIMIT_BYTES = 128 * 1024 * 1024

READINGS = 3
"""How often a file is read anew that somebody was writing meanwhile."""

_HEADER_WINDOW = 60
_LIKE_DATA = re.compile(r"[-+]?[\d\s.,:/]+%?|\d{4}-\d\d-\d\d.*")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header. `name` is the file's base name, `header_number` the row it stood in (0: there was none,
    and the header is the spreadsheet's letters), `above` the rows over it, `rows` those under it without repetitions of
    the header; `sheet`, `sheets`, `encoding`, `delimiter` and `merged` are as in `Sheet`; `problems` are warnings.
    """

    name: str
    header: tuple[str, ...]
    header_number: int
    rows: tuple[Row, ...]
    above: tuple[Row, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_sheet(
    path: Path, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> Sheet:
    """All rows of a file, nothing understood yet.

    `encoding` None or `auto` means: find out. Raises KnownError (FILE_UNREADABLE, FILE_LOCKED, FILE_TOO_LARGE,
    SHEET_MISSING, MAP_UNREADABLE for an encoding we do not know), SurroundingsError FILE_BUSY.
    """
    try:
        if path.exists() and not path.is_file():
            raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"file": path.name}))
        if path.stat().st_size > FILE_LIMIT_BYTES:
            raise KnownError(Problem(Code.FILE_TOO_LARGE, facts={"file": path.name, "bytes": path.stat().st_size}))
        data = one_state_of(path)
    except OSError as error:
        raise not_read(error, str(path), path.name) from error
    return sheet_of_bytes(data, path.name, sheet, encoding, delimiter)


def _all_of(source: BinaryIO) -> bytes:
    return source.read(FILE_LIMIT_BYTES + 1)


def one_state_of(path: Path, read: Callable[[BinaryIO], bytes] = _all_of) -> bytes:
    """The bytes of a file as they were at one time, got by `read` from the opened file.

    Raises SurroundingsError FILE_BUSY where somebody goes on writing it: half of the old and half of the new table
    would be neither.
    """
    for _ in range(READINGS):
        with path.open("rb") as source:
            before = os.fstat(source.fileno())
            data = read(source)
            after = os.fstat(source.fileno())
        now = path.stat()
        states = {(one.st_ino, one.st_size, one.st_mtime_ns) for one in (before, after, now)}
        if len(states) == 1 and len(data) == now.st_size:
            return data
    raise SurroundingsError(Problem(Code.FILE_BUSY, path.name, {"file": path.name}))


def sheet_of_bytes(
    data: bytes, name: str, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> Sheet:
    """As `read_sheet`, for bytes already read; `name` is the file's name for problems and for the import's source."""
    name = as_kept(name)  # some systems write a file's name letter by letter
    if is_workbook(data):
        return read_workbook(data, name, sheet)
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"Rar!")):
        raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"file": name}))
    known = None
    if encoding is not None and encoding.strip().casefold() not in {"", "auto"}:
        known = named_encoding(encoding)
        if known is None:
            raise KnownError(Problem(Code.MAP_UNREADABLE, "encoding", {"field": "encoding", "text": encoding}))
    try:
        return read_text_table(data, name, known, delimiter)
    except KnownError as error:
        raise KnownError(*(Problem(p.code, p.where, {**p.facts, "file": name}) for p in error.problems)) from error


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    expected: Collection[str] = (),
) -> Table:
    """The table of a file.

    `header_row` counts as the spreadsheet does; without it the header is the row that holds most of the `expected`
    headers, else most headings we know, else the first row as wide as the table with only words in it. Raises
    KnownError as `read_sheet`, and TABLE_EMPTY where no row holds anything.
    """
    return table_of(read_sheet(path, sheet, encoding, delimiter), path.name, header_row, expected)


def table_of(sheet: Sheet, name: str, header_row: int | None = None, expected: Collection[str] = ()) -> Table:
    """The table of a sheet already read; see `read_table`."""
    if not sheet.rows:
        raise KnownError(Problem(Code.TABLE_EMPTY, facts={"file": name, "sheet": sheet.name}))
    place = _header_place(sheet.rows, header_row, expected)
    if place is None:
        width = max(len(row.cells) for row in sheet.rows)
        header, number, above, below = tuple(letters(n) for n in range(width)), 0, sheet.rows[:0], sheet.rows
    else:
        header, number = _header(sheet.rows, place), sheet.rows[place].number
        above, below = sheet.rows[:place], sheet.rows[place + 1 :]
    same = sheet.rows[place].cells if place is not None else ()
    if below and number and _is_column_numbers(below[0], header):
        below = below[1:]
    rows = tuple(row for row in below if row.cells != same)
    if not rows:
        raise KnownError(Problem(Code.TABLE_EMPTY, facts={"file": name, "sheet": sheet.name}))
    return Table(
        name=name,
        header=header,
        header_number=number,
        rows=rows,
        above=above,
        sheet=sheet.name if sheet.sheets else "",
        sheets=sheet.sheets,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        merged=sheet.merged,
        problems=sheet.problems,
    )


def _header_place(rows: Sequence[Row], header_row: int | None, expected: Collection[str]) -> int | None:
    """Where in `rows` the header stands; None where the first row is already data."""
    if header_row is not None:
        return next((place for place, row in enumerate(rows) if row.number >= header_row), len(rows) - 1)
    window = rows[:_HEADER_WINDOW]
    wanted = {headers.folded(one) for one in expected} - {""}
    if wanted:
        hits = [len(wanted & {headers.folded(cell) for cell in row.cells}) for row in window]
        if max(hits):
            return hits.index(max(hits))
    known = [len({headers.kind_of_header(cell) for cell in row.cells if cell} - {None}) for row in window]
    if max(known) >= 2:
        return known.index(max(known))
    widths = [sum(1 for cell in row.cells if cell) for row in window]
    usual = sorted(widths)[len(widths) // 2]
    for place, row in enumerate(window):
        if widths[place] >= max(1, 0.7 * usual):
            return place if not any(_LIKE_DATA.fullmatch(cell) for cell in row.cells if cell) else None
    return 0


def _header(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """The header's words, on one line each; a blank takes the word above it (a heading merged over two rows)."""
    row = rows[place]
    above = rows[place - 1] if place and rows[place - 1].number == row.number - 1 else None
    wide = above is not None and sum(1 for cell in above.cells if cell) > 1
    words = []
    for column in range(max(len(row.cells), len(above.cells) if above and wide else 0)):
        text = row.cell(column) or (above.cell(column) if above and wide else "")
        words.append(" ".join(text.split()))
    return tuple(words)


def _is_column_numbers(row: Row, header: tuple[str, ...]) -> bool:
    """True for the line `1 2 3 4 5 6` that printed forms put under headings; only where it is too long for chance."""
    cells = [cell for cell in row.cells if cell]
    return len(cells) >= 6 and len(cells) >= len(header) - 1 and cells == [str(n) for n in range(1, len(cells) + 1)]
