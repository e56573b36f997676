"""Tables out: figures stay numbers, texts stay texts, whatever they begin with."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from paper_makers import SOM
from paper_makers import ledger
from python_calamine import CalamineWorkbook

from shg_desk.domain.statement import account_statement
from shg_desk.i18n.catalog import Words
from shg_desk.reports.tables_out import account_rows
from shg_desk.reports.tables_out import to_csv
from shg_desk.reports.tables_out import to_xlsx

ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|cmd", "x|' /C calc'!A0", '=HYPERLINK("http://a")']
KEPT = ["007", "1234567890123456", "1e5", "<img src=x>", "javascript:1", "Айгүл, Бакыт кызы", 'a"b', "two\nlines"]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ATTACKS)
def test_csv_runs_nothing(text: str) -> None:
    ((cell,),) = read_csv(to_csv([[text]]))
    assert cell == "'" + text


def test_csv_keeps_other_texts_and_figures() -> None:
    ((*cells,),) = read_csv(to_csv([[*KEPT[3:], Decimal("-40.50"), 7, date(2026, 11, 21), None]]))
    assert cells == [*KEPT[3:], "-40.50", "7", "2026-11-21", ""]
    ((*cells,),) = read_csv(to_csv([KEPT[:3]]))
    assert cells == ["'" + text for text in KEPT[:3]]


@pytest.mark.parametrize("text", ATTACKS + KEPT)
def test_xlsx_texts_are_texts(text: str) -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx([["head"], [text]], "a"))).active
    assert sheet is not None
    cell = sheet.cell(2, 1)
    assert (cell.data_type, cell.value) == ("s", text.replace("\r", "\n") if "\r" in text else text)


def test_xlsx_figures_are_figures() -> None:
    data = to_xlsx([["a", "b", "c"], [Decimal("-40.50"), 7, date(2026, 11, 21)]], "Ырыс/1")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1] == [-40.5, 7, date(2026, 11, 21)]


def test_equal_rows_are_equal_files() -> None:
    box = account_statement(ledger().facts, "box", group_name="G", group_code="G", currency=SOM, names={})
    rows = account_rows(box, Words("ky"))
    assert to_xlsx(rows, "a") == to_xlsx(rows, "a")
    assert to_csv(rows) == to_csv(rows)


def test_an_account_as_a_table_adds_up() -> None:
    box = account_statement(
        ledger().facts, "box", group_name="G", group_code="G", currency=SOM, names={"m0": "=cmd|' /C calc'!A0"}
    )
    rows = account_rows(box, Words("en"))
    assert {len(row) for row in rows} == {8}
    sums = [sum(Decimal(str(row[place])) for row in rows[2:-1]) for place in (5, 6)]
    assert [*sums, sums[0] - sums[1]] == rows[-1][5:]
    assert replace(box, rows=()).closing_minor == int(Decimal(str(rows[-1][7])) * 100)
