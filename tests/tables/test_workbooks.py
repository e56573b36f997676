"""Workbooks made by another library (or by hand) come back to the digit; a broken cell never looks like a blank one."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.tables.reading import sheet_of_bytes
from shg_desk.tables.workbooks import number_text
from tests.tables.table_makers import workbook
from tests.tables.table_makers import workbook_table


def cells(rows: list[list[Any]], change: Any = None) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet_of_bytes(workbook(rows, change), "x.xlsx").rows]


def test_each_kind_of_cell() -> None:
    row = [
        "Айгүл ",
        1,
        2.5,
        dt.date(2026, 11, 21),
        dt.datetime.fromisoformat("2026-01-01T10:30"),
        dt.time(3, 4),
        True,
        False,
        "007",
    ]
    assert cells([row]) == [
        ("Айгүл", "1", "2.5", "2026-11-21", "2026-01-01 10:30:00", "03:04:00", "true", "false", "007"),
    ]
    sheet = sheet_of_bytes(workbook([row]), "x.xlsx")
    assert sheet.rows[0].exact == frozenset({1, 2, 3, 4, 5, 6, 7})


def test_numbers_to_the_digit() -> None:
    values = [0.1, 9216.900391, 1234567.89, 1e20, 0.00001, -40.5, 33.1 * 3, 12345678901.25]
    texts = ["0.1", "9216.900391", "1234567.89", "1" + "0" * 20, "0.00001", "-40.5", "99.3", "12345678901.25"]
    assert [number_text(value) for value in values] == texts
    assert cells([values]) == [tuple(texts)]


@settings(max_examples=500, deadline=None)
@given(st.integers(-(10**13), 10**13))
def test_every_amount_of_minor_units_survives_as_a_float(minor: int) -> None:
    text = number_text(minor / 100)
    whole, _, part = text.lstrip("-").partition(".")
    assert int(whole + part.ljust(2, "0")) == abs(minor)
    assert "e" not in text


def test_rows_count_as_the_spreadsheet_does() -> None:
    def change(sheet: Any) -> None:
        sheet["C5"] = "amount"
        sheet["B5"] = "member"
        sheet["B9"], sheet["C9"] = "7", 50

    sheet = sheet_of_bytes(workbook([], change), "x.xlsx")
    assert [(row.number, row.cells) for row in sheet.rows] == [(5, ("", "member", "amount")), (9, ("", "7", "50"))]
    assert sheet.rows[1].exact == frozenset({2})


def test_a_broken_cell_is_not_blank() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"] = "#DIV/0!"
        sheet["B2"].data_type = "e"
        sheet["C2"] = "=A2*3"  # saved without a value, as programs do that cannot calculate

    assert cells([["member", "amount", "sum"], ["7", None, None]], change)[1] == ("7", "#DIV/0!", "=")


def test_a_formula_with_its_value_is_that_value() -> None:
    data = workbook([["member", "amount"], ["7", "=25*2"], ["8", '=""']])
    edited = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("sheet1.xml"):
                assert body.count(b"<v />") + body.count(b"<v/>") + body.count(b"<v></v>") == 2
                body = body.replace(b"<v />", b"<v/>").replace(b"<v></v>", b"<v/>")
                body = body.replace(b"<f>25*2</f><v/>", b"<f>25*2</f><v>50</v>")
                body = body.replace(b'<c r="B3">', b'<c r="B3" t="str">')
            new.writestr(name, body)
    assert [row.cells for row in sheet_of_bytes(edited.getvalue(), "x.xlsx").rows][1:] == [("7", "50"), ("8", "")]


def test_cells_merged_downwards_say_it_for_all_rows() -> None:
    rows = [["group", "member", "amount"], ["K", 1, 5], [None, 2, None], [None, 3, 7]]

    def change(sheet: Any) -> None:
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("C2:C3")

    found = workbook_table(rows, change)
    assert found.merged == {(3, 0): "K", (4, 0): "K", (3, 2): "5"}
    assert found.rows[1].cells == ("", "2", "")


def test_merged_ranges_over_one_another_are_refused_instead_of_counted_for_ever() -> None:
    rows = [["group", "member"], *([f"K{n}" if n == 0 else None, n] for n in range(2500))]

    def change(sheet: Any) -> None:
        for bottom in range(2501, 4301):
            sheet.merged_cells.add(f"A2:A{bottom}")

    with pytest.raises(KnownError) as caught:
        workbook_table(rows, change)
    assert [one.code for one in caught.value.problems] == [Code.FILE_TOO_LARGE]


def test_sheets_by_name_and_the_first_that_holds_anything() -> None:
    def change(sheet: Any) -> None:
        sheet.title = "Empty"
        hidden = sheet.parent.create_sheet("Hidden")
        hidden.append(["old"])
        hidden.sheet_state = "hidden"
        sheet.parent.create_sheet("Март").append(["new"])

    data = workbook([], change)
    assert sheet_of_bytes(data, "x.xlsx").rows[0].cells == ("new",)
    assert sheet_of_bytes(data, "x.xlsx", sheet="hidden").rows[0].cells == ("old",)
    assert sheet_of_bytes(data, "x.xlsx").sheets == ("Empty", "Hidden", "Март")
    with pytest.raises(KnownError) as caught:
        sheet_of_bytes(data, "x.xlsx", sheet="April")
    assert caught.value.problems[0].code is Code.SHEET_MISSING
    assert caught.value.problems[0].facts["sheets"] == "Empty, Hidden, Март"


def test_damaged_workbooks_are_told() -> None:
    data = workbook([["group", "member"], ["1", "2"]])
    for broken in (
        data[: len(data) // 2],
        data.replace(b"xl/workbook.xml", b"xl/workbukk.xml"),
        b"\xd0\xcf\x11\xe0" + bytes(600),
    ):
        with pytest.raises(KnownError) as caught:
            sheet_of_bytes(broken, "x.xlsx")
        assert caught.value.problems[0].code is Code.FILE_UNREADABLE


def test_a_box_that_unpacks_to_too_much_is_refused() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as target:
        for n in range(6):
            target.writestr(f"xl/worksheets/sheet{n}.xml", bytes(100 * 1024 * 1024))
    with pytest.raises(KnownError) as caught:
        sheet_of_bytes(box.getvalue(), "x.xlsx")
    assert caught.value.problems[0].code is Code.FILE_TOO_LARGE


SPACES = " ".join(
    f'xmlns:{short}="urn:{name}:1.0"'
    for short, name in (
        ("office", "oasis:names:tc:opendocument:xmlns:office"),
        ("table", "oasis:names:tc:opendocument:xmlns:table"),
        ("text", "oasis:names:tc:opendocument:xmlns:text"),
        ("calcext", "org:documentfoundation:names:experimental:calc:xmlns:calcext"),
    )
)


def ods_cell(text: str, attributes: str) -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def ods_rows() -> str:
    """Headings, two blank rows told as one, a number beside a broken cell as LibreOffice writes it, and a date."""
    word = 'office:value-type="string"'
    broken = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
    return "".join(
        f"<table:table-row{more}>{row}</table:table-row>"
        for more, row in (
            ("", ods_cell("Топ", word) + ods_cell("Сумма", word)),
            (' table:number-rows-repeated="2"', "<table:table-cell/>"),
            ("", ods_cell("12,5", 'office:value-type="float" office:value="12.5"') + ods_cell("#DIV/0!", broken)),
            ("", ods_cell("21.11.26", 'office:value-type="date" office:date-value="2026-11-21"')),
        )
    )


def ods(rows: str) -> bytes:
    """A workbook of LibreOffice's kind with one sheet of these rows."""
    content = f'<table:table table:name="Март">{rows}</table:table>'
    content = f"<office:body><office:spreadsheet>{content}</office:spreadsheet></office:body>"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", f"<office:document-content {SPACES}>{content}</office:document-content>")
        target.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
    return box.getvalue()


def test_an_ods_with_a_broken_cell() -> None:
    sheet = sheet_of_bytes(ods(ods_rows()), "x.ods")
    assert [(row.number, row.cells[:2]) for row in sheet.rows] == [
        (1, ("Топ", "Сумма")),
        (4, ("12.5", "#DIV/0!")),
        (5, ("2026-11-21", "")),
    ]


def test_an_ods_says_cells_and_rows_that_repeat_as_often_as_they_do() -> None:
    """Two headings told as one cell, three members' equal rows told as one, a broken cell over two columns, and the
    blank rest of the sheet."""
    word, number = 'office:value-type="string"', 'office:value-type="float" office:value="7"'
    broken = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
    twice = 'table:number-columns-repeated="2"'
    rows = (
        ("", ods_cell("Топ", word) + ods_cell("Сумма", f"{word} {twice}")),
        (' table:number-rows-repeated="3"', ods_cell("A", word) + ods_cell("7", f"{number} {twice}")),
        (' table:number-rows-repeated="2"', ods_cell("B", word) + ods_cell("#DIV/0!", f"{broken} {twice}")),
        (' table:number-rows-repeated="1048000"', '<table:table-cell table:number-columns-repeated="16384"/>'),
    )
    content = "".join(f"<table:table-row{more}>{row}</table:table-row>" for more, row in rows)
    sheet = sheet_of_bytes(ods(content), "x.ods")
    assert [(row.number, row.cells[:3]) for row in sheet.rows] == [
        (1, ("Топ", "Сумма", "Сумма")),
        *((n, ("A", "7", "7")) for n in (2, 3, 4)),
        *((n, ("B", "#DIV/0!", "#DIV/0!")) for n in (5, 6)),
    ]
