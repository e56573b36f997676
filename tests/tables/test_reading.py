"""Text tables: the encoding, the separator and the header are found, and what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.tables.plain_text import named_encoding
from shg_desk.tables.reading import read_table
from shg_desk.tables.reading import sheet_of_bytes
from tests.tables.table_makers import table

GROUP = "Топ;№;Аты;Сумма\nКБ-03;1;Жапарова Гулнара;1 234,50\nКБ-03;2;Субанова Динара;50\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r", "mac-cyrillic"],
)
def test_the_encoding_is_found(encoding: str) -> None:
    found = table(GROUP.replace("№", "Ном") if encoding == "koi8-r" else GROUP, encoding)
    assert found.header[0::2] == ("Топ", "Аты")
    assert [row.cells for row in found.rows] == [
        ("КБ-03", "1", "Жапарова Гулнара", "1 234,50"),
        ("КБ-03", "2", "Субанова Динара", "50"),
    ]
    assert found.encoding == encoding
    assert found.problems == ()


@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
@pytest.mark.parametrize("text", ["ЖАПАРОВ;5", "Сумма;5", 'ОсОО "Арча";12', "имя;н", "ВЕРСИЯФОРМАТА;ДАТАНАЧАЛА"])
def test_a_few_letters_are_enough(encoding: str, text: str) -> None:
    assert sheet_of_bytes(text.encode(encoding), "x").encoding == encoding


def test_letters_of_the_valley_in_unicode() -> None:
    letters = "ңөүғӣқӯҳҷў"
    for encoding in ("utf-8", "utf-16"):
        assert table(f"аты;сумма\n{letters};5", encoding).rows[0].cells[0] == letters


def test_a_named_encoding_is_used_and_an_unknown_one_refused() -> None:
    assert sheet_of_bytes("Қодир;5".encode("ptcp154"), "x", encoding="ptcp154").rows[0].cells == ("Қодир", "5")
    assert named_encoding("Windows-1251") == named_encoding("win1251") == named_encoding("CP1251") == "cp1251"
    assert named_encoding("DOS 866") == "cp866"
    for name in ("rot13", "unicode_escape", "idna", "base64", "klingon"):
        with pytest.raises(KnownError) as caught:
            sheet_of_bytes(b"a;b", "x", encoding=name)
        assert caught.value.problems[0].code is Code.MAP_UNREADABLE
    with pytest.raises(KnownError) as caught:
        sheet_of_bytes("Жапаров".encode("cp1251"), "x.csv", encoding="utf-8")
    assert caught.value.problems[0].code is Code.FILE_UNREADABLE
    assert caught.value.problems[0].facts["file"] == "x.csv"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_separator_is_found(sign: str) -> None:
    lines = [["Топ", "Аты", "Сумма"], ["К", "Жапарова, Гулнара" if sign != "," else "Жапарова", "12"], ["К", "Аи", "5"]]
    found = table("\n".join(sign.join(line) for line in lines))
    assert found.delimiter == sign
    assert [list(row.cells) for row in found.rows] == lines[1:]


def test_decimal_commas_are_no_separators() -> None:
    found = table("group;member;a;b\n1;1;10,5;20,5\n1;2;1,5;2,5")
    assert found.rows[0].cells == ("1", "1", "10,5", "20,5")


def test_the_sign_a_spreadsheet_declares() -> None:
    found = table("sep=|\ngroup|member\n1;2|3")
    assert (found.header, found.header_number, found.rows[0].cells) == (("group", "member"), 2, ("1;2", "3"))


def test_quoted_cells_with_line_breaks_count_as_one_row() -> None:
    found = table('group,name\n1,"two\nlines"\n\n2,"say ""yes"", please"')
    assert [(row.number, row.cells) for row in found.rows] == [
        (2, ("1", "two\nlines")),
        (4, ("2", 'say "yes", please')),
    ]


def test_a_lone_quotation_mark_costs_no_rows() -> None:
    lines = ["group;member;name", '1;1;"Арча', *(f"1;{n};имя" for n in range(2, 100))]
    found = table("\n".join(lines))
    assert len(found.rows) == 99
    assert [problem.code for problem in found.problems] == [Code.QUOTES_BROKEN]


def test_lost_letters_are_told() -> None:
    found = sheet_of_bytes("имя;сумма\nАйг?л;5\nс?рг?;6\nчто?;7".encode("cp1251"), "x")
    assert [(p.code, p.facts["row"], p.facts["n"]) for p in found.problems] == [(Code.LETTERS_LOST, 2, 2)]
    almost = "имя;сумма\n" + "Айгүл;5\n" * 50
    found = sheet_of_bytes(almost.encode() + b"\xc0\xe9;6", "x")
    assert found.encoding == "utf-8"
    assert [problem.code for problem in found.problems] == [Code.LETTERS_LOST]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"\x89PNG\r\n", b"\x00\x01\x00\x00\x02\x00\x00", b"PK\x03\x04broken"]
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        sheet_of_bytes(data, "x.csv")
    assert caught.value.problems[0].code is Code.FILE_UNREADABLE


@pytest.mark.parametrize("text", ["", "\n\n;;\n", "group;member\n", "group;member\n\n"])
def test_nothing_in_it(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        table(text)
    assert caught.value.problems[0].code is Code.TABLE_EMPTY


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        read_table(tmp_path / "none.csv")
    assert caught.value.problems[0].facts["file"] == "none.csv"


TITLED = """
    Список взносов;;;
    Район: Баткен;;;

    Топ;№;Аты;Сумма
    1;2;3;4
    КБ-03;1;Айгүл;50
    Топ;№;Аты;Сумма
    КБ-03;2;Динара;60
    Итого;;;110
"""


def test_the_header_is_found_under_titles() -> None:
    found = table(TITLED)
    assert (found.header_number, found.header) == (4, ("Топ", "№", "Аты", "Сумма"))
    # The second heading of a page break is gone; four columns of small numbers may well be data.
    assert [row.number for row in found.rows] == [5, 6, 8, 9]
    assert [row.number for row in found.above] == [1, 2]


def test_a_line_of_column_numbers_is_no_row() -> None:
    found = table("Топ;№;Аты;Дата;Сумма;Айып\n1;2;3;4;5;6\n1;2;3;4;5;6\nК;1;Аи;1.2.2026;5;0")
    assert [row.number for row in found.rows] == [3, 4]


def test_the_header_that_is_asked_for() -> None:
    text = "a;b;c\nx;y;z\ncode;who;paid\n1;2;3"
    assert table(text).header == ("a", "b", "c")
    assert table(text, expected=("Who", "PAID")).header == ("code", "who", "paid")
    assert table(text, header_row=2).header == ("x", "y", "z")


def test_no_header_at_all() -> None:
    found = table("1;7;50\n1;8;60")
    assert (found.header, found.header_number, len(found.rows)) == (("A", "B", "C"), 0, 2)


def test_headings_over_two_rows() -> None:
    found = table("Топ;№;Сумма;;\n;;март;апрель;май\nК;1;5;6;7", header_row=2)
    assert found.header == ("Топ", "№", "март", "апрель", "май")


def test_accounts_of_a_lender(shared: Path) -> None:
    folder = shared / "samples" / "statements" / "onec"
    one = read_table(folder / "mfi_loan_account_cp1251.csv")
    two = read_table(folder / "mfi_loan_account_utf8_bom.csv")
    assert (one.encoding, one.delimiter, two.encoding, two.delimiter) == ("cp1251", ";", "utf-8-sig", "\t")
    assert one.header == two.header == ("Дата", "№ документа", "Содержание", "Дебет", "Кредит", "Остаток")
    assert [row.cells for row in one.rows] == [row.cells for row in two.rows]
    assert len(one.rows) == 6
