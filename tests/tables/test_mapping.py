"""What a person says of a table's columns is taken or refused with its place; what the headers say is guessed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.tables.mapping import AmountColumn
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import guess_map
from shg_desk.tables.mapping import load_map
from shg_desk.tables.mapping import parse_map
from shg_desk.tables.mapping import place_columns
from shg_desk.tables.mapping import read_mapped
from shg_desk.tables.mapping import with_columns
from tests.tables.table_makers import table

WHOLE = {
    "sheet": "Sheet1",
    "header_row": 1,
    "encoding": "auto",
    "date_format": "DD.MM.YYYY",
    "decimal": ",",
    "thousands": " ",
    "currency": "KGS",
    "source": "quarter-1",
    "columns": {"group": "associd", "member": "hhid", "amount": "bp_v1_boxvalue"},
    "constants": {"date": "2016-03-31", "kind": "saving"},
}


def test_the_whole_map(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text(json.dumps(WHOLE), encoding="utf-8-sig")
    assert load_map(path) == (
        TableMap(
            columns={"group": "associd", "member": "hhid", "amount": "bp_v1_boxvalue"},
            constants={"date": "2016-03-31", "kind": "saving"},
            sheet="Sheet1",
            header_row=1,
            date_format="DD.MM.YYYY",
            decimal=",",
            thousands=" ",
            currency="KGS",
            source="quarter-1",
        ),
        (),
    )
    assert parse_map({}) == (TableMap(), ())


def test_amount_columns() -> None:
    found, problems = parse_map(
        {
            "amounts": [
                {"column": "a", "date": "2016-03-31", "kind": "взнос"},
                {"column": "b"},
                {"column": "c", "loan": "L-1"},
            ]
        }
    )
    assert found.amounts == (
        AmountColumn("a", date(2016, 3, 31), "saving"),
        AmountColumn("b"),
        AmountColumn("c", loan="L-1"),
    )
    assert problems == ()


@pytest.mark.parametrize(
    ("wrong", "code", "where"),
    [
        ({"colums": {}}, Code.MAP_FIELD_UNKNOWN, "colums"),
        ({"decimal": ";"}, Code.MAP_UNREADABLE, "decimal"),
        ({"decimal": ",", "thousands": ","}, Code.MAP_UNREADABLE, "thousands"),
        ({"date_format": "MM.YYYY"}, Code.MAP_UNREADABLE, "date_format"),
        ({"header_row": 0}, Code.MAP_UNREADABLE, "header_row"),
        ({"header_row": True}, Code.MAP_UNREADABLE, "header_row"),
        ({"sheet": 3}, Code.MAP_UNREADABLE, "sheet"),
        ({"columns": []}, Code.MAP_UNREADABLE, "columns"),
        ({"columns": {"groop": "a"}}, Code.MAP_UNREADABLE, "columns.groop"),
        ({"columns": {"group": None}}, Code.MAP_UNREADABLE, "columns.group"),
        ({"constants": {"date": "soon"}}, Code.DATE_UNREADABLE, "constants.date"),
        ({"constants": {"kind": "gold"}}, Code.AMOUNT_KIND_UNKNOWN, "constants.kind"),
        ({"amounts": "a"}, Code.MAP_UNREADABLE, "amounts"),
        ({"amounts": [{"column": "a"}, {"date": "2016-03-31"}]}, Code.MAP_UNREADABLE, "amounts.2"),
        ({"amounts": [{"column": "a", "date": "31.2.2016"}]}, Code.DATE_UNREADABLE, "amounts.1.date"),
        ({"amounts": [{"column": "a", "kind": "gold"}]}, Code.AMOUNT_KIND_UNKNOWN, "amounts.1.kind"),
    ],
)
def test_what_is_wrong_in_a_map_is_named(wrong: dict[str, Any], code: Code, where: str) -> None:
    _, problems = parse_map(wrong)
    assert [(problem.code, problem.where) for problem in problems] == [(code, where)]


def test_no_map_at_all(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    for text in ("[]", "{", "", '"x"'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(KnownError) as caught:
            load_map(path)
        assert caught.value.problems[0].code is Code.MAP_UNREADABLE


def test_columns_from_the_command_line() -> None:
    given = TableMap(columns={"group": "old", "name": "who"})
    assert with_columns(given, ["group=Топ", "amount=Сумма = сом"]) == (
        TableMap(columns={"group": "Топ", "name": "who", "amount": "Сумма = сом"}),
        (),
    )
    several, problems = with_columns(given, ["amount=a", "amount=b", "gold=x", "member", "name="])
    assert several.amounts == (AmountColumn("a"), AmountColumn("b"))
    assert [problem.facts["text"] for problem in problems] == ["gold=x", "member", "name="]


def test_columns_are_found_however_they_are_written() -> None:
    found = table("Топ; № ;Сумма,  сом\nК;1;5")
    given = TableMap(columns={"group": "ТОП", "member": "№", "amount": "сумма сом", "name": "Аты"})
    columns, problems = place_columns(found, given)
    assert columns.places == {"group": 0, "member": 1, "amount": 2}
    assert [(problem.code, problem.facts["column"]) for problem in problems] == [(Code.COLUMN_MISSING, "Аты")]
    assert problems[0].facts["headers"] == "Топ, №, Сумма, сом"


def test_a_header_over_two_columns_is_not_guessed() -> None:
    columns, problems = place_columns(table("group;sum;sum\n1;2;3"), TableMap(columns={"amount": "sum"}))
    assert columns.places == {}
    assert [problem.code for problem in problems] == [Code.COLUMN_TWICE]


def test_the_map_leads_to_the_header(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b;c\nd;e;f\ncode;who;paid\n1;2;3\n", encoding="utf-8")
    found = read_mapped(path, TableMap(columns={"group": "code", "amount": "paid"}))
    assert (found.name, found.header_number, found.header) == ("x.csv", 3, ("code", "who", "paid"))


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Group;Member no.;Name;Date;Amount", "group member name date amount"),
        ("Группа;№ п/п;Ф.И.О.;Дата собрания;Сумма взноса, сом", "group member name date amount"),
        ("Топ;Мүчөнүн №;Аты-жөнү;Чогулуш күнү;Аманаты (сом)", "group member name date amount"),
        ("Гурӯҳ;Рақами аъзо;Ному насаб;Сана;Маблағ", "group member name date amount"),
        ("Guruh;A'zo raqami;F.I.Sh.;Sana;Jamg‘arma", "group member name date amount"),
        ("Фамилия;Имя;Отчество;Пол;Дата рождения;Село;Телефон", "surname name father_name sex birth village phone"),
        ("Ному насаб;Ҷинс;Соли таваллуд;Деҳа;Ноҳия;Вазифа", "name sex birth village district role"),
        ("Аты;Жынысы;Туулган жылы;Айылы;Району;Кызматы", "name sex birth village district role"),
    ],
)
def test_headers_are_understood_in_five_languages(header: str, columns: str) -> None:
    found = guess_map(table(header + "\n" + ";".join("x" for _ in header.split(";"))))
    assert dict(zip(columns.split(), header.split(";"), strict=True)) == dict(found.columns)


def test_several_amount_columns_and_what_is_given_stays() -> None:
    found = guess_map(table("group;member;взнос;сумма;x\n1;2;3;4;5"), TableMap(columns={"member": "x"}))
    assert found.columns == {"group": "group", "member": "x"}
    assert found.amounts == (AmountColumn("взнос"), AmountColumn("сумма"))
    assert guess_map(table("a;b\n1;2")).columns == {}
