"""Workbooks (XLSX, XLSB, XLS, ODS) as rows of texts: numbers to the digit, dates as ISO, broken cells as they show."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.spelling import as_kept
from shg_desk.tables.sheet import Row
from shg_desk.tables.sheet import Sheet

UNPACKED_LIMIT_BYTES = 512 * 1024 * 1024
PACKED_PART_BYTES = 32 * 1024 * 1024
PACKED_RATIO = 200
"""A part larger than this that shrank this much holds nothing but one thing over and over."""
CELLS_LIMIT = 16_000_000
"""The reading library keeps a place for every cell between the first and the last: one stray cell can ask for all."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOT_CALCULATED = re.compile(rb"(</f>|<f[^<>]*/>)\s*(<v\s*/>|<v></v>)?\s*</c>")
_OPEN_ERROR = re.compile(rb'\st="e"')
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_PLACE = re.compile(rb"""\br\s*=\s*["'](?:([A-Za-z]{1,3})([0-9]{1,7})|([0-9]{1,7}))["']""")
_VALUE = re.compile(rb"<v>([^<]{1,40})</v>")
_ODS_ERROR = b'calcext:value-type="error"'
_SIGNIFICANT_DIGITS = 15
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"

MERGED_LIMIT = 4_000_000
"""Cells under merged headings; where merged ranges lie over one another, a small file can ask for any number."""

REPEATED_MARKS = 100_000
"""Places one broken cell may stand in; a sheet with more of them is refused for its size before."""

Marks = dict[tuple[int, int], str]


def is_workbook(data: bytes) -> bool:
    """True for the first bytes of a ZIP container or of an old Office file."""
    return data.startswith((b"PK\x03\x04", _OLD_OFFICE))


def read_workbook(data: bytes, name: str, sheet: str | None = None) -> Sheet:
    """One sheet of a workbook: the named one, else the first visible one that holds anything.

    Raises KnownError: FILE_UNREADABLE, FILE_LOCKED (a password), FILE_TOO_LARGE, SHEET_MISSING.
    """
    import python_calamine as calamine

    _refuse_bombs(data, name)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = tuple(book.sheet_names)
        found = _chosen(book, sheet, name)
        marks = _marks(data, sheets.index(found.name), found.name)
        rows = tuple(_rows(found, marks))
    except (calamine.CalamineError, zipfile.BadZipFile, ET.ParseError, OSError, EOFError) as error:
        if _is_locked(data):  # the reader, which finds the kind of file itself, says only that it is none it knows
            raise KnownError(Problem(Code.FILE_LOCKED, facts={"file": name})) from error
        raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"file": name})) from error
    return Sheet(name=found.name, rows=rows, sheets=sheets, merged=_merged(found, rows, name))


def _is_locked(data: bytes) -> bool:
    """True for a workbook with a password: the encrypted one lies under this name in a compound file."""
    return data.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in data


def number_text(value: float) -> str:
    """A spreadsheet's number as a person sees it in full: the shortest decimal that gives the same float.

    What a formula left beyond the 15th significant digit is no digit of anybody's (99.30000000000001 is 99.3), and no
    spreadsheet shows it.
    """
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    if len(text) <= _SIGNIFICANT_DIGITS and "e" not in text:
        return text
    exact = Decimal(text)
    if len(exact.as_tuple().digits) > _SIGNIFICANT_DIGITS:
        exact = Decimal(f"{value:.{_SIGNIFICANT_DIGITS}g}").normalize()
    return f"{exact:f}"


def _chosen(book: Any, sheet: str | None, name: str) -> Any:
    names = list(book.sheet_names)
    if sheet is not None:
        for one in names:
            if one.strip().casefold() == sheet.strip().casefold():
                return book.get_sheet_by_name(one)
        facts = {"file": name, "sheet": sheet, "sheets": ", ".join(names)}
        raise KnownError(Problem(Code.SHEET_MISSING, sheet, facts))
    shown = [one.name for one in book.sheets_metadata if str(one.visible).endswith("Visible")] or names
    if not shown:
        raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"file": name}))
    found = book.get_sheet_by_name(shown[0])
    for one in shown[1:]:
        if found.height > 0:
            break
        found = book.get_sheet_by_name(one)
    return found


def _rows(sheet: Any, marks: Marks) -> Iterator[Row]:
    """The rows that hold anything; a row's number is its place in the sheet."""
    left = sheet.start[1] if sheet.start else 0
    texts: dict[Any, str] = {}
    sets: dict[tuple[int, ...], frozenset[int]] = {}
    broken_rows: dict[int, list[tuple[int, str]]] = {}
    for (number, column), text in marks.items():
        broken_rows.setdefault(number, []).append((column, text))
    seen = 0
    for number, values in enumerate(sheet.iter_rows(), 1):
        seen = number
        cells, exact = _cells(values, texts)
        for column, text in broken_rows.pop(number, ()):
            while len(cells) <= column - left:
                cells.append("")
            if column >= left and not cells[column - left]:
                cells[column - left] = text
        if any(cells):
            places = tuple(exact)
            yield Row(number, ("",) * left + tuple(cells), _shifted(sets, places, left))
    for number in sorted(number for number in broken_rows if number > seen):
        width = max(column for column, _ in broken_rows[number]) + 1
        by_column = dict(broken_rows[number])
        yield Row(number, tuple(by_column.get(column, "") for column in range(width)))


def _shifted(sets: dict[tuple[int, ...], frozenset[int]], places: tuple[int, ...], left: int) -> frozenset[int]:
    """One set for all rows that look alike: a hundred thousand rows need a handful of them."""
    if places not in sets:
        sets[places] = frozenset(place + left for place in places)
    return sets[places]


def _cells(values: list[Any], texts: dict[Any, str]) -> tuple[list[str], list[int]]:
    cells: list[str] = []
    exact: list[int] = []
    for column, value in enumerate(values):
        if type(value) is str:
            cells.append(as_kept(value).strip(" \t\r\n\u00a0\u200b") if value else "")
            continue
        exact.append(column)
        if type(value) is bool:
            # Not through the table of texts: there True would be found under 1.
            cells.append("true" if value else "false")
            continue
        text = texts.get(value)
        if text is None:
            text = texts[value] = number_text(value) if type(value) is float else _value_text(value)
        cells.append(text)
    return cells, exact


def _value_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def _merged(sheet: Any, rows: tuple[Row, ...], name: str) -> dict[tuple[int, int], str]:
    """For every cell below the first row of a merged range, in its first column, the text that stands at the top."""
    ranges = sheet.merged_cell_ranges or []
    if not ranges:
        return {}
    by_number = {row.number: row for row in rows}
    numbers = sorted(by_number)
    covered: dict[tuple[int, int], str] = {}
    left = MERGED_LIMIT
    for (top, column), (bottom, _) in dict.fromkeys(ranges):
        first = by_number.get(top + 1)
        text = first.cell(column) if first else ""
        if text:
            below = numbers[bisect_right(numbers, top + 1) : bisect_right(numbers, bottom + 1)]
            left -= len(below)
            if left < 0:
                raise KnownError(Problem(Code.FILE_TOO_LARGE, facts={"file": name}))
            covered.update({(number, column): text for number in below})
    return covered


def _refuse_bombs(data: bytes, name: str) -> None:
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            parts = box.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = any(part.file_size > max(PACKED_PART_BYTES, PACKED_RATIO * part.compress_size) for part in parts)
            if unpacked > UNPACKED_LIMIT_BYTES or packed:
                raise KnownError(Problem(Code.FILE_TOO_LARGE, facts={"file": name, "bytes": unpacked}))
            sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
            cells = max((_cells_spanned(box.read(part)) for part in sheets), default=0)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise KnownError(Problem(Code.FILE_UNREADABLE, facts={"file": name})) from error
    if cells > CELLS_LIMIT:
        raise KnownError(Problem(Code.FILE_TOO_LARGE, facts={"file": name, "bytes": unpacked}))


def _cells_spanned(xml: bytes) -> int:
    """How many cells there are between the first of a sheet and its last, empty ones too."""
    columns: set[bytes] = set()
    last = 0
    for letters, row, line in _PLACE.findall(xml):
        columns.add(letters)
        last = max(last, int(row or line))
    return last * max((_column(letters.decode()) for letters in columns if letters), default=0)


def _column(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _marks(data: bytes, place: int, sheet: str) -> Marks:
    """Cells whose value the reading library gives as blank although they say something: errors, and formulas nobody
    has calculated. A blank would count as *nothing paid*, so their own text takes its place.
    """
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        names = set(box.namelist())
        if "xl/workbook.xml" in names:
            path = _sheet_path(box, place)
            return _xlsx_marks(box.read(path)) if path in names else {}
        if "content.xml" in names:
            content = box.read("content.xml")
            return _ods_marks(content, sheet) if _ODS_ERROR in content else {}
    return {}


def _sheet_path(box: zipfile.ZipFile, place: int) -> str:
    book = ET.fromstring(box.read("xl/workbook.xml"))  # noqa: S314 - expat refuses entity bombs
    sheets = [one for one in book.iter() if one.tag.endswith("}sheet")]
    relations = ET.fromstring(box.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    target = targets.get(sheets[place].get(_RELATION), "") if place < len(sheets) else ""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _xlsx_marks(xml: bytes) -> Marks:
    marks: Marks = {}
    for match in _OPEN_ERROR.finditer(xml):
        begin = xml.rfind(b"<", 0, match.start())
        end = xml.find(b">", match.end())
        if xml[begin : begin + 3] == b"<c " or xml[begin : begin + 5] == b"<x:c ":
            value = _VALUE.search(xml, end, end + 20_000)
            _mark(marks, xml[begin : end + 1], value[1].decode() if value else "#ERROR!")
    for match in _NOT_CALCULATED.finditer(xml):
        begin = xml.rfind(b"<c ", 0, match.start())
        opening = xml[begin : xml.find(b">", begin) + 1]
        if begin >= 0 and not (match[2] and b't="str"' in opening):
            _mark(marks, opening, "=")
    return marks


def _mark(marks: Marks, opening: bytes, text: str) -> None:
    if reference := _REFERENCE.search(opening):
        marks[(int(reference[2]), _column(reference[1].decode()) - 1)] = text


def _ods_marks(xml: bytes, sheet: str) -> Marks:
    root = ET.fromstring(xml)  # noqa: S314 - expat refuses entity bombs
    marks: Marks = {}
    for table in root.iter():
        if not table.tag.endswith("}table") or _attribute(table, "name") != sheet:
            continue
        number = 0
        for row in (one for one in table.iter() if one.tag.endswith("}table-row")):
            column = 0
            times = int(_attribute(row, "number-rows-repeated") or 1)
            for cell in row:
                across = int(_attribute(cell, "number-columns-repeated") or 1)
                if _attribute(cell, "value-type", "calcext") == "error":
                    text = "".join(cell.itertext()).strip() or "#ERROR!"
                    places = product(range(number + 1, number + 1 + times), range(column, column + across))
                    marks.update((place, text) for place in islice(places, REPEATED_MARKS))
                column += across
            number += times
    return marks


def _attribute(element: ET.Element, name: str, space: str = "table") -> str | None:
    return next((v for key, v in element.attrib.items() if key.endswith("}" + name) and space in key), None)
