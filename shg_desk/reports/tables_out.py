"""Statements and other finished rows as CSV and XLSX that no spreadsheet program takes for formulas.

A text is always a text: in XLSX by its cell type, in CSV by an apostrophe before what would be run or turned into a
number or a date. Amounts are numbers in major units; equal rows give equal bytes.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from decimal import Decimal

from shg_desk.domain.money import Currency
from shg_desk.domain.money import major
from shg_desk.domain.statement import GroupStatement
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words

Cell = str | int | Decimal | date | None
EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 # a fixed mark in the file, no moment
_DANGEROUS = re.compile(r"[\s\u00a0]*[=+\-@|\t\r\n]|.*\|.*!")
_LOOKS_LIKE_NUMBER = re.compile(r"0\d+|\d{12,}|\d+[eE]\d+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def account_rows(statement: GroupStatement, words: Words) -> list[list[Cell]]:
    """An account of a group as a table."""
    currency = statement.currency
    unit = formats.unit(words, currency.code)
    heads = (words._("In"), words._("Out"), words._("Balance"))
    rows: list[list[Cell]] = [
        [*_titles(words), *(words._("{what}, {detail}").format(what=head, detail=unit) for head in heads)],
    ]
    head: list[Cell] = [None, statement.since, None, None, words._("Balance at the start"), None, None]
    rows.append([*head, _major(statement.opening_minor, currency)])
    for row in statement.rows:
        said = ledger_words.account_line(words, row, currency, statement.names)
        figures = [_major(amount, currency) for amount in (row.in_minor, row.out_minor, row.balance_minor)]
        rows.append([row.line, row.effective, row.recorded, row.meeting, said, *figures])
    sums = (statement.in_minor, statement.out_minor, statement.closing_minor)
    foot: list[Cell] = [None, statement.until, None, None, words._("Balance at the end")]
    rows.append([*foot, *(_major(amount, currency) for amount in sums)])
    return rows


def _titles(words: Words) -> list[str]:
    return [words._("Line"), words._("Date"), words._("Written"), words._("Meeting"), words._("What")]


def _major(amount_minor: int, currency: Currency) -> Decimal:
    return Decimal(major(amount_minor, currency.minor_digits))


def to_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets need it for our letters), commas, ISO dates, decimal points."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if _DANGEROUS.match(cell) or _LOOKS_LIKE_NUMBER.fullmatch(cell) else cell
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def to_xlsx(rows: Iterable[Sequence[Cell]], sheet_name: str) -> bytes:
    """One sheet with its head frozen and bold; texts are stored as texts whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = re.sub(r"[\\/?*\[\]:']", " ", sheet_name)[:31] or "1"
    book.properties.created = book.properties.modified = EPOCH
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                cell.value = _FORBIDDEN.sub("\ufffd", value)[:32767]
                cell.data_type = "s"
                cell.quotePrefix = bool(_DANGEROUS.match(value))
            else:
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = "dd.mm.yyyy"
                elif isinstance(value, Decimal):
                    cell.number_format = "#,##0.00" if value != value.to_integral_value() else "#,##0"
            if number == 1:
                cell.font = Font(bold=True)
            widths[place] = min(max(widths.get(place, 8), len(str(value)) + 2), 60)
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _settled(xlsx: bytes) -> bytes:
    """The same workbook without the moment it was written at, so that equal rows are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                stamp = EPOCH.isoformat().encode() + b"Z"
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            part = zipfile.ZipInfo(name, date_time=EPOCH.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return out.getvalue()
