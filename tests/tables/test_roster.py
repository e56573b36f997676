"""Lists of people: every row that says who it is is taken, and each fault is told with its row."""

from __future__ import annotations

import datetime as dt
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import guess_map
from shg_desk.tables.mapping import read_mapped
from shg_desk.tables.roster import Roster
from shg_desk.tables.roster import read_roster
from tests.tables.table_makers import LIKE_TOTALS
from tests.tables.table_makers import table
from tests.tables.table_makers import workbook_table

TODAY = date(2026, 11, 21)


def roster(text: str, given: TableMap | None = None) -> Roster:
    found = table(text)
    return read_roster(found, guess_map(found, given), today=TODAY)


def told(found: Roster) -> list[tuple[Code, str]]:
    return [(problem.code, problem.where) for problem in found.problems]


def test_a_whole_row() -> None:
    found = roster(
        """Топ;№;Үй-бүлө;Аты;Атасынын аты;Фамилиясы;Жынысы;Туулган жылы;Айылы;Району;Телефону;Кирген күнү;Кызматы
        КБ-03;7;H-12;Айгүл;Бакыт кызы;Жапарова;аял;5.3.75;Катран;Лейлек;0555 12-34-56;1.2.2024;казначы"""
    )
    assert told(found) == []
    (row,) = found.rows
    assert (row.number, row.group, row.member, row.household) == (2, "КБ-03", "7", "H-12")
    assert (row.name, row.father_name, row.surname, row.sex) == ("Айгүл", "Бакыт кызы", "Жапарова", "f")
    assert (row.birth, row.birth_certainty, row.joined) == (date(1975, 3, 5), "day", date(2024, 2, 1))
    assert (row.village, row.district, row.phone, row.role) == ("Катран", "Лейлек", "0555 12-34-56", "казначы")
    assert found.source == "group.csv"


def test_each_fault_has_its_row_and_costs_only_what_it_must() -> None:
    found = roster(
        """group;member;name;sex;birth;joined
        K;1;A;f;1975;1.2.2024
        ;2;B;m;1980;
        K;;C;m;1981;
        K;1;D;f;1982;
        K;3;E;2;31.2.1980;soon
        M;1;F;м;2030;
        Итого;;6;;;

        Подпись ____;;;;;"""
    )
    assert told(found) == [
        (Code.ROWS_PASSED_OVER, ""),
        (Code.ROW_WITHOUT_GROUP, "3:group"),
        (Code.ROW_WITHOUT_MEMBER, "4:member"),
        (Code.DUPLICATE_ID, "5:member"),
        (Code.BIRTH_UNREADABLE, "6:birth"),
        (Code.SEX_UNKNOWN, "6:sex"),
        (Code.DATE_UNREADABLE, "6:joined"),
        (Code.BIRTH_UNREADABLE, "7:birth"),
    ]
    assert [(row.member, row.name, row.sex, row.birth_certainty) for row in found.rows] == [
        ("1", "A", "f", "year"),
        ("3", "E", "", ""),
        ("1", "F", "m", ""),
    ]
    assert found.problems[0].facts == {"n": 2, "rows": "8, 10"}
    assert found.problems[0].level is Level.WARNING
    assert found.problems[3].facts == {"row": 5, "column": "member", "text": "1", "group": "K", "first": 2}


def test_a_group_named_like_a_total_keeps_its_people() -> None:
    found = roster("group;member;name\nБаары бирге;1;Айгүл\nБаары;2;Бурул\nЫрыс;Итого 3;Jami Karimova\n")
    assert [row.name for row in found.rows] == ["Айгүл", "Бурул", "Jami Karimova"]
    assert told(found) == [(Code.ROW_LIKE_TOTAL, "4:member")], "what may be a total all the same is looked at"
    assert found.problems[0].level is Level.WARNING


@pytest.mark.parametrize("head", LIKE_TOTALS)
def test_a_line_like_a_total_is_no_person(head: str) -> None:
    found = roster(f"group;member;name;village\nK;1;A;X\nK;{head};;2\n;;{head};\n;{head};;\n")
    assert [row.name for row in found.rows] == ["A"]
    assert [one.facts for one in found.problems] == [{"n": 3, "rows": "3-5"}]


def test_a_name_like_a_total_is_hers_where_more_is_said_or_nothing_more_could_be() -> None:
    assert [row.name for row in roster("name;village\nA;X\nJami Karimova;X\n").rows] == ["A", "Jami Karimova"]
    found = roster("name\nA\nJami Karimova\n")
    assert [row.name for row in found.rows] == ["A", "Jami Karimova"]
    assert told(found) == [(Code.ROW_LIKE_TOTAL, "3:name")]


def test_rows_passed_over_are_told_in_runs() -> None:
    found = roster("group;member;name\nK;1;A\nИтого;;1\nсошлось;;\n;;Всего по группе:\nK;2;B\nsum;2;2\n")
    assert [row.member for row in found.rows] == ["1", "2"]
    assert [one.facts for one in found.problems] == [{"n": 4, "rows": "3-5, 7"}]


@pytest.mark.parametrize("text", ["Ж", "жен.", "Женский", "F", "female", "аял", "Аял", "зан", "ayol", "аёл"])
def test_women(text: str) -> None:
    assert roster(f"name;sex;x\nA;{text};y").rows[0].sex == "f"


@pytest.mark.parametrize("text", ["М", "муж.", "мужской", "m", "Male", "эркек", "мард", "erkak", "эркак"])
def test_men(text: str) -> None:
    assert roster(f"name;sex;x\nA;{text};y").rows[0].sex == "m"


def test_households_without_a_group() -> None:
    found = roster("household;name;village\nH-1;A;V\nH-1;B;V\nH-2;;V")
    assert told(found) == []
    assert [(row.household, row.name) for row in found.rows] == [("H-1", "A"), ("H-1", "B"), ("H-2", "")]


def test_a_member_without_a_name_where_others_have_theirs() -> None:
    """The row is left out; in a table that has no column of names the numbers are all there is."""
    found = roster("group;member;name\nK;1;A\nK;2;\nK;3;C")
    assert told(found) == [(Code.ROW_WITHOUT_NAME, "3:name")]
    assert [row.member for row in found.rows] == ["1", "3"]
    assert told(roster("household;group;name\nH-1;K;A\nH-2;K;")) == [(Code.ROW_WITHOUT_NAME, "3:name")]
    assert told(roster("group;member;name;surname\nK;1;;B\nK;2;;")) == [(Code.ROW_WITHOUT_NAME, "3:name")]
    bare = roster("group;member\nK;1\nK;2")
    assert told(bare) == []
    assert [row.member for row in bare.rows] == ["1", "2"]


def test_a_table_of_nobody() -> None:
    assert told(roster("village;x\nKatran;1")) == [(Code.COLUMN_MISSING, "member")]
    found = roster("village;x\nKatran;1", TableMap(columns={"name": "who"}))
    assert told(found) == [(Code.COLUMN_MISSING, "who")]
    assert found.rows == ()


def test_a_constant_group() -> None:
    found = roster("№;Аты\n1;A\n2;B", TableMap(constants={"group": "K"}))
    assert [(row.group, row.member) for row in found.rows] == [("K", "1"), ("K", "2")]


def test_month_first_dates_by_the_columns_own_witness() -> None:
    found = roster("name;birth\nA;3/4/1975\nB;3/14/1975")
    assert [row.birth for row in found.rows] == [date(1975, 3, 4), date(1975, 3, 14)]
    found = roster("name;birth\nA;3/4/1975\nB;3/14/1975\nC;14/3/1975")
    assert told(found)[0] == (Code.DATE_AMBIGUOUS, "2:birth")
    found = roster("name;birth\nA;3/4/1975", TableMap(date_format="MM/DD/YYYY"))
    assert found.rows[0].birth == date(1975, 3, 4)


def test_a_workbook() -> None:
    rows: list[list[Any]] = [
        ["Топ", "№", "Аты", "Туулган күнү", "Кирген күнү"],
        ["K", 1, "Айгүл", dt.date(1975, 3, 5), 45000],
        [None, 2, "Динара", 1980, dt.date(2024, 2, 1)],
    ]
    found = workbook_table(rows, lambda sheet: sheet.merge_cells("A2:A3"))
    people = read_roster(found, guess_map(found), today=TODAY)
    assert people.problems == ()
    assert [(row.group, row.member, row.birth, row.birth_certainty, row.joined) for row in people.rows] == [
        ("K", "1", date(1975, 3, 5), "day", date(2023, 3, 15)),
        ("K", "2", date(1980, 1, 1), "year", date(2024, 2, 1)),
    ]


def test_households_of_mozambique(shared: Path) -> None:
    path = shared / "samples" / "savings_groups" / "moz_household_quarterly_savings.csv"
    given = TableMap(columns={"group": "associd", "member": "hhid"})
    found = read_roster(read_mapped(path, given), given, today=TODAY)
    assert (len(found.rows), len({row.group for row in found.rows}), found.problems) == (3081, 42, ())


def test_an_age_is_read_as_the_form_of_a_person_reads_it() -> None:
    found = roster("name;birth\nA;45\nB;40 лет")
    assert [row.birth_certainty for row in found.rows] == ["about", "about"]
    assert found.problems == ()
