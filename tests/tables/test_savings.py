"""Tables of payments: what was paid comes out to the last minor unit, what cannot be read is told and left out."""

from __future__ import annotations

import csv
import datetime as dt
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.money import AmountError
from shg_desk.domain.problems import Code
from shg_desk.tables.amount_cells import AmountReader
from shg_desk.tables.amount_cells import decimal_sign
from shg_desk.tables.amount_cells import thousands_sign
from shg_desk.tables.amount_cells import without_currency
from shg_desk.tables.mapping import AmountColumn
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import guess_map
from shg_desk.tables.mapping import parse_map
from shg_desk.tables.mapping import read_mapped
from shg_desk.tables.savings import SavingsTable
from shg_desk.tables.savings import read_savings
from tests.tables.table_makers import LIKE_TOTALS
from tests.tables.table_makers import table
from tests.tables.table_makers import workbook_table

TODAY = date(2026, 11, 21)
DAY = date(2026, 3, 12)
MONEY = TableMap(columns={"group": "group", "member": "member"}, amounts=(AmountColumn("amount"), AmountColumn("fine")))


def savings(text: str, given: TableMap | None = None, **how: Any) -> SavingsTable:
    found = table(text)
    how.setdefault("day", DAY)
    return read_savings(found, guess_map(found, given), today=TODAY, **how)


def told(found: SavingsTable) -> list[tuple[Code, str]]:
    return [(problem.code, problem.where) for problem in found.problems]


def amounts(found: SavingsTable) -> list[tuple[str, int]]:
    return [(row.member, row.amount_minor) for row in found.rows]


def test_cells_as_people_write_them() -> None:
    found = savings(
        """group;member;amount
        K;1;1 234,50
        K;2;50
        K;3;0
        K;4;
        K;5;abc
        K;6;-40
        K;7;0,005
        K;8;50 сом
        K;9;50 $
        K;10;0,00
        K;11;1.234
        K;12;нет""",
        currency="KGS",
    )
    assert amounts(found) == [("1", 123450), ("2", 5000), ("8", 5000)]
    assert told(found) == [
        (Code.AMOUNT_UNREADABLE, "6:amount"),
        (Code.AMOUNT_NEGATIVE, "7:amount"),
        (Code.AMOUNT_TOO_FINE, "8:amount"),
        (Code.CURRENCY_DIFFERS, "10:amount"),
        (Code.AMOUNT_AMBIGUOUS, "12:amount"),
        (Code.AMOUNT_UNREADABLE, "13:amount"),
    ]
    assert found.problems[0].facts == {"row": 6, "column": "amount", "text": "abc"}
    assert found.empty == 3
    assert [seen.member for seen in found.members] == [str(n) for n in range(1, 13)]


def test_rounding_has_to_be_asked_for() -> None:
    text = "group;member;amount\nK;1;0,005\nK;2;0,015\nK;3;0,001"
    assert amounts(savings(text)) == []
    assert [code for code, _ in told(savings(text))] == [Code.AMOUNT_TOO_FINE] * 3
    found = savings(text, rounding="half-even")
    assert (amounts(found), found.empty) == ([("2", 2)], 2)
    assert amounts(savings(text, rounding="up")) == [("1", 1), ("2", 2), ("3", 1)]


def test_a_lone_thousand_is_settled_by_its_column_or_the_map() -> None:
    alone = "group;member;amount\nK;1;1,234\nK;2;50"
    assert told(savings(alone)) == [(Code.AMOUNT_AMBIGUOUS, "2:amount")]
    assert amounts(savings(alone, TableMap(decimal="."))) == [("1", 123400), ("2", 5000)]
    assert amounts(savings(alone, TableMap(thousands=","))) == [("1", 123400), ("2", 5000)]
    assert amounts(savings(alone, TableMap(decimal=","), rounding="down")) == [("1", 123), ("2", 5000)]
    assert amounts(savings(alone + "\nK;3;7.50")) == [("1", 123400), ("2", 5000), ("3", 750)]
    assert told(savings(alone + "\nK;3;7,5")) == [(Code.AMOUNT_TOO_FINE, "2:amount")]
    # Cells that contradict each other settle nothing; each is read by itself.
    mixed = savings(alone + "\nK;3;7,5\nK;4;7.5")
    assert amounts(mixed) == [("2", 5000), ("3", 750), ("4", 750)]
    assert told(mixed) == [(Code.AMOUNT_AMBIGUOUS, "2:amount")]


def test_a_map_that_leaves_a_sign_no_meaning() -> None:
    found = savings("group;member;amount\nK;1;1.234", TableMap(decimal=",", thousands=" "))
    assert told(found) == [(Code.AMOUNT_UNREADABLE, "2:amount")]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "'"])
@pytest.mark.parametrize("rounding", [None, "half-even", "down"])
def test_a_column_that_groups_by_blanks_groups_by_nothing_else(blank: str, rounding: str | None) -> None:
    """100.005 is no 100 005 there, nor 1,234 a finer 1.23: both could be two amounts, and rounding settles neither."""
    proven = f"group;member;amount\nK;1;1{blank}234,50\n"
    for cell in ("100.005", "1,234", "12.345", "-100.005"):
        found = savings(f"{proven}K;2;{cell}\nK;3;7,5", rounding=rounding)
        assert told(found) == [(Code.AMOUNT_AMBIGUOUS, "3:amount")], cell
        assert amounts(found) == [("1", 123450), ("3", 750)]
    fine = savings(f"{proven}K;2;1234,567\nK;3;0,125", rounding="down")
    assert amounts(fine) == [("1", 123450), ("2", 123456), ("3", 12)]


def test_a_told_decimal_sign_leaves_no_doubt_of_itself() -> None:
    rows = "group;member;amount\nK;1;1 234,50\nK;2;1,234\nK;3;100.005"
    found = savings(rows, TableMap(decimal=","), rounding="down")
    assert amounts(found) == [("1", 123450), ("2", 123)]
    assert told(found) == [(Code.AMOUNT_AMBIGUOUS, "4:amount")]


def test_a_column_that_groups_by_points_reads_its_own_groups() -> None:
    found = savings("group;member;amount\nK;1;1.234,50\nK;2;100.005\nK;3;1,234", rounding="down")
    assert amounts(found) == [("1", 123450), ("2", 10000500)]
    assert told(found) == [(Code.AMOUNT_AMBIGUOUS, "4:amount")]


def test_cells_that_group_in_two_ways_prove_neither() -> None:
    assert thousands_sign(["1 234,50", "1.234,50"]) is None
    assert thousands_sign(["1 234", "50", "7,5"]) == " "
    assert thousands_sign(["1,234,567", "$ 12"]) == ","
    assert thousands_sign(["1,234", "12 34", "$ 1 234"], "KGS") is None, "another currency is no witness"


@settings(max_examples=300, deadline=None)
@given_by(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=30),
    st.sampled_from([(",", " "), (",", "."), (".", ","), (".", "'")]),
)
def test_a_column_of_one_hand_is_read_as_it_was_written(minors: list[int], signs: tuple[str, str]) -> None:
    decimal, thousands = signs
    minors = [*minors, 105]  # one cell that leaves no doubt
    texts = [f"{minor // 100:,}".replace(",", thousands) + decimal + f"{minor % 100:02}" for minor in minors]
    sign = decimal_sign(texts)
    assert sign == decimal
    reader = AmountReader("KGS", 2, sign)
    assert [reader.read(text) for text in texts] == minors


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("50 сом", "50"),
        ("50с.", "50"),
        ("1 200,50 KGS", "1 200,50"),
        ("50", "50"),
        ("abc", "abc"),
        ("50 штук", "50 штук"),
    ],
)
def test_the_word_of_the_currency(text: str, number: str) -> None:
    assert without_currency(text, "KGS") == number


def test_another_currency_is_no_amount_of_ours() -> None:
    for text in ("50 USD", "$50", "50 руб.", "50 сомони"):
        with pytest.raises(AmountError) as caught:
            without_currency(text, "KGS")
        assert caught.value.code is Code.CURRENCY_DIFFERS


def test_dates_and_kinds_by_row() -> None:
    found = savings(
        """group;member;date;kind;amount
        K;1;21.11.2026;взнос;50
        K;1;2026-11-21;saving;60
        K;1;5.3.26;айып;10
        K;2;31.2.2026;saving;50
        K;2;;saving;50
        K;3;5.3;saving;50
        K;4;5.3.2026;gold;50
        K;5;wrong;wrong;0""",
        day=None,
    )
    assert [(r.date, r.kind, r.amount_minor, r.occurrence) for r in found.rows] == [
        (date(2026, 11, 21), "saving", 5000, 1),
        (date(2026, 11, 21), "saving", 6000, 2),
        (date(2026, 3, 5), "fine", 1000, 1),
    ]
    assert told(found) == [
        (Code.DATE_UNREADABLE, "5:date"),
        (Code.DATE_UNREADABLE, "6:date"),
        (Code.DATE_UNREADABLE, "7:date"),
        (Code.AMOUNT_KIND_UNKNOWN, "8:kind"),
    ]
    assert found.empty == 1


def test_the_key_of_a_row_outlives_the_correction_of_another() -> None:
    first = savings("group;member;amount\nK;1;abc\nK;1;60", TableMap(source="march"))
    later = savings("group;member;amount\nK;1;50\nK;1;60", TableMap(source="march"))
    assert [row.key(first.source) for row in first.rows] == [("march", "K", "1", "2026-03-12", "saving", "amount", 2)]
    assert [row.key(later.source) for row in later.rows][1] == first.rows[0].key("march")
    assert savings("group;member;amount\nK;1;50").source == "group.csv"


def test_several_amounts_in_a_row() -> None:
    given, problems = parse_map(
        {
            "columns": {"group": "g", "member": "m"},
            "amounts": [{"column": "q1", "date": "2026-03-31"}, {"column": "q2", "kind": "fine"}],
        }
    )
    assert problems == ()
    found = savings("g;m;q1;q2\nK;1;50;abc\nK;2;0;7", given)
    assert [(r.member, r.date, r.kind, r.column, r.amount_minor) for r in found.rows] == [
        ("1", date(2026, 3, 31), "saving", "q1", 5000),
        ("2", DAY, "fine", "q2", 700),
    ]
    assert told(found) == [(Code.AMOUNT_UNREADABLE, "2:q2")]
    assert found.empty == 1


def test_rows_without_group_or_member_and_lines_of_totals() -> None:
    found = savings(
        """group;member;name;amount
        K;1;A;50
        ;2;B;50
        K;;C;50
        ;;;70
        Итого по группе;;;170
        ;Всего;;170
        Казначей: ________;;;"""
    )
    assert amounts(found) == [("1", 5000)]
    assert told(found) == [
        (Code.ROWS_PASSED_OVER, ""),
        (Code.ROW_WITHOUT_GROUP, "3:group"),
        (Code.ROW_WITHOUT_MEMBER, "4:member"),
        (Code.ROW_WITHOUT_GROUP, "5:group"),
        (Code.ROW_WITHOUT_MEMBER, "5:member"),
    ]
    assert found.problems[0].facts == {"n": 3, "rows": "6-8"}


def test_money_of_people_named_like_a_total_is_taken() -> None:
    found = savings("group;member;name;amount\nБаары бирге;1;Айгүл;100\nБаары бирге;2;;100\nЫрыс;1;Ким;100\n")
    assert (told(found), sum(row.amount_minor for row in found.rows)) == ([], 300_00)
    found = savings(
        "group;member;amount\nЫрыс;Jami Karimova;100\nЫрыс;Дария;100\nЫрыс;Jami;200\nЫрыс;Jami Karimova;50\n"
    )
    assert amounts(found) == [("Jami Karimova", 100_00), ("Дария", 100_00), ("Jami Karimova", 50_00)]
    assert told(found) == [(Code.ROWS_PASSED_OVER, ""), (Code.ROW_LIKE_TOTAL, "2:member")]
    assert found.problems[0].facts == {"n": 1, "rows": "4"}


@pytest.mark.parametrize(
    "line",
    [
        *("Итого по группе;15;;1500", "Итого;;15 чел.;1500", "K;Всего за март 2026;;1500"),
        *("K;Жалпы март айы боюнча;;1500", "Жалпы Ырыс тобу;;;1500", "K;Total savings;;1500"),
    ],
)
def test_a_line_of_totals_with_a_count_is_nobodys(line: str) -> None:
    found = savings(f"group;member;name;amount\nK;1;A;50\n{line}\n")
    assert (amounts(found), [one.facts["rows"] for one in found.problems]) == ([("1", 50_00)], ["3"])


@pytest.mark.parametrize("head", LIKE_TOTALS)
def test_words_like_a_total_where_her_number_belongs_are_nobodys_beside_names(head: str) -> None:
    """100 and 200 are paid; whatever the third line comes to, 300 or 40, it has no name."""
    for total in (300, 40):
        found = savings(f"group;member;name;amount\nK;1;A;100\nK;2;B;200\nK;{head};;{total}\n")
        assert amounts(found) == [("1", 100_00), ("2", 200_00)]
        assert [one.facts for one in found.problems] == [{"n": 1, "rows": "4"}]
    found = savings(f"group;x;member;name;amount\nK;;1;A;100\n;{head};;2;100\n")
    assert (amounts(found), [one.facts["rows"] for one in found.problems]) == ([("1", 100_00)], ["3"])
    found = savings(f"group;member;name;amount\n{head};1;A;100\n{head};2;Jami Karimova;200\n")
    assert sum(row.amount_minor for row in found.rows) == 300_00, "a group may be named so"


@pytest.mark.parametrize("head", LIKE_TOTALS)
def test_a_name_like_a_total_is_one_where_it_is_the_sum_of_those_above(head: str) -> None:
    """K: 100 + 200 = 300, then 50 + 70 = 120; M has 10 and 20 between them."""
    text = "group;member;amount\nK;1;100\nM;1;10\nK;2;200\nK;{0};300\nM;2;20\nK;3;50\nK;4;70\nK;{0};120\nM;{0};30\n"
    found = savings(text.format(head))
    assert sum(row.amount_minor for row in found.rows) == 450_00
    assert [one.facts for one in found.problems] == [{"n": 3, "rows": "5, 9-10"}]
    found = savings(f"group;member;name;amount\nK;1;A;100\nK;2;B;200\nK;2;{head};300\n")
    assert (amounts(found), len(found.problems)) == ([("1", 100_00), ("2", 200_00)], 1), "2 counts them"


@pytest.mark.parametrize("name", ["Jami Karimova", "Итого Асанова", "Sum Kim"])
def test_a_name_like_a_total_is_hers_where_it_is_no_such_sum(name: str) -> None:
    lines = (
        f"K;1;100;5\nK;2;200;5\nK;{name};301;",  # 300 were paid above
        f"K;1;100;5\nK;2;200;5\nK;{name};300;5",  # the fines come to 10
        f"K;1;100;5\nK;{name};100;5",  # everybody pays the same
        f"K;1;100;5\nM;2;200;5\nK;{name};300;",  # 200 are another group's
        f"K;1;100;5\nK;2;200;5\nK;{name};;",
    )
    for text in lines:
        found = savings(f"group;member;amount;fine\n{text}\n", MONEY)
        assert (name in [one.member for one in found.members], told(found)[0][0]) == (True, Code.ROW_LIKE_TOTAL)
    found = savings(f"group;household;member;amount\nK;a;1;100\nK;b;2;200\nK;c;{name};300\n")
    assert amounts(found)[2] == (name, 300_00), "a household is hers"


@pytest.mark.parametrize(
    ("header", "where"),
    [
        ("member;amount", ["group"]),
        ("group;amount", ["member"]),
        ("group;member", ["amount"]),
        ("x;y", ["group", "member"]),
    ],
)
def test_a_table_that_lacks_a_column(header: str, where: list[str]) -> None:
    found = savings(header + "\n1;2")
    assert told(found) == [(Code.COLUMN_MISSING, one) for one in where]
    assert (found.rows, found.members) == ((), ())


def test_a_named_column_that_is_missing_is_told_once() -> None:
    given = TableMap(columns={"group": "g", "member": "nope", "amount": "paid"})
    assert told(savings("g;m;a\n1;2;3", given)) == [(Code.COLUMN_MISSING, "nope"), (Code.COLUMN_MISSING, "paid")]
    given = TableMap(columns={"group": "g", "member": "m"}, amounts=(AmountColumn("paid"),))
    assert told(savings("g;m;a\n1;2;3", given)) == [(Code.COLUMN_MISSING, "paid")]


def test_no_date_anywhere() -> None:
    assert told(savings("group;member;amount\n1;2;3", day=None)) == [(Code.COLUMN_MISSING, "date")]


def test_a_workbook() -> None:
    rows: list[list[Any]] = [
        ["Ведомость взносов"],
        ["Топ", "№", "Аты", "Күнү", "Аманаты"],
        ["K", 1, "Айгүл", dt.date(2026, 3, 12), 1234.5],
        [None, 2, "Динара", dt.date(2026, 3, 12), 0.1 + 0.2],
        [None, 3, "Гүлнара", 46093, "1 000,50"],
        [None, 4, "Бермет", dt.date(2026, 3, 12), "=1/0"],
        [None, 5, "Зейнеп", dt.date(2026, 3, 12), 1.234],
        ["Жалпы", None, None, None, 2236],
    ]
    found = workbook_table(rows, lambda sheet: sheet.merge_cells("A3:A7"))
    result = read_savings(found, guess_map(found), today=TODAY)
    assert [(r.group, r.member, r.date, r.amount_minor) for r in result.rows] == [
        ("K", "1", DAY, 123450),
        ("K", "2", DAY, 30),
        ("K", "3", DAY, 100050),
    ]
    assert told(result) == [
        (Code.ROWS_PASSED_OVER, ""),
        (Code.AMOUNT_UNREADABLE, "6:Аманаты"),
        (Code.AMOUNT_TOO_FINE, "7:Аманаты"),
    ]
    assert result.problems[0].facts["rows"] == "8"


QUARTERS = [f"bp_v{n}_boxvalue" for n in (1, 2, 3, 4)]


def test_quarters_of_mozambique(shared: Path) -> None:
    path = shared / "samples" / "savings_groups" / "moz_household_quarterly_savings.csv"
    given, _ = parse_map(
        {
            "columns": {"group": "associd", "member": "hhid"},
            "amounts": [{"column": column, "date": f"2016-{n * 3:02}-28"} for n, column in enumerate(QUARTERS, 1)],
        }
    )
    found = read_savings(read_mapped(path, given), given, today=TODAY)
    # The oracle: the file's own cells added up by the standard library's CSV reader and decimal arithmetic.
    with path.open(encoding="utf-8", newline="") as lines:
        cells = [Decimal(row[column] or 0) * 100 for row in csv.DictReader(lines) for column in QUARTERS]
    fine = [cell for cell in cells if cell != int(cell)]
    assert len(fine) == 5
    assert [problem.code for problem in found.problems] == [Code.AMOUNT_TOO_FINE] * 5
    assert sum(row.amount_minor for row in found.rows) == sum(cells) - sum(fine)
    assert found.empty == sum(1 for cell in cells if not cell)
    assert len(found.members) == 3081

    rounded = read_savings(read_mapped(path, given), given, today=TODAY, rounding="half-even")
    assert rounded.problems == ()
    assert len(rounded.members) - len({(row.group, row.member) for row in rounded.rows}) == 2415
    assert len({row.key("q") for row in rounded.rows}) == len(rounded.rows)
