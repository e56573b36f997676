"""Small tables for tests: from a text, and workbooks made by another library than the one that reads them."""

from __future__ import annotations

import io
from collections.abc import Callable
from collections.abc import Iterable
from typing import Any

import openpyxl

from shg_desk.tables.reading import Table
from shg_desk.tables.reading import sheet_of_bytes
from shg_desk.tables.reading import table_of

LIKE_TOTALS = (
    *("Всего собрано", "Всего денег", "Всего к сдаче", "Итого касса", "Всего 12 женщин"),
    *("Жалпы акча", "Жалпы жыйналган", "Бардыгы болуп", "Баары чогуусу", "Jami pul", "Jami so'm"),
    *("Hammasi bo'lib", "Ҷамъ сомонӣ", "Total KGS", "Total collected", "Jami Karimova"),
)
"""Heads of lines of totals, as papers have them, that no list holds; the last may as well be a woman's name."""


def table(text: str, encoding: str = "utf-8", **how: Any) -> Table:
    """The table of a CSV text; its lines may be indented."""
    lines = "\n".join(line.strip(" ") for line in text.strip().splitlines())
    return table_of(sheet_of_bytes(lines.encode(encoding), "group.csv"), "group.csv", **how)


def workbook(rows: Iterable[Iterable[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    """An XLSX file with these rows from A1; `change` gets the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def workbook_table(rows: Iterable[Iterable[Any]], change: Callable[[Any], None] | None = None, **how: Any) -> Table:
    return table_of(sheet_of_bytes(workbook(rows, change), "group.xlsx"), "group.xlsx", **how)
