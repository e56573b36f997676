"""What a table says that a book cannot hold is told by its row, and nothing of it is cut, guessed or put elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import sums

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import register_group
from shg_desk.actions.imports import import_roster
from shg_desk.actions.imports import import_savings
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store
from shg_desk.store.ledger import balances
from shg_desk.tables.mapping import parse_map

COLUMNS = {"group": "топ", "member": "номер", "amount": "сумма"}
MAP = parse_map({"columns": COLUMNS, "source": "paper"})[0]
DAY = date(2026, 3, 10)


def table(folder: Path, *rows: str, head: str = "топ;номер;сумма") -> Path:
    path = folder / "paper.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("currency", ["XYZ", "KG", "", "KGSS", "к" * 300])
def test_a_map_with_a_currency_nobody_knows_is_refused(currency: str) -> None:
    found, problems = parse_map({"columns": COLUMNS, "currency": currency})
    assert [(one.code, one.where) for one in problems] == [(Code.CURRENCY_UNKNOWN, "currency")]
    assert found.currency is None


def test_groups_of_a_table_keep_its_currency(tmp_path: Path, desk: Desk) -> None:
    given, problems = parse_map({"columns": COLUMNS, "currency": " usd "})
    assert problems == ()
    import_savings(desk, table(tmp_path, "A;1;10.50"), given, day=DAY)
    [group] = group_store.groups(desk.book)
    assert group.currency.code == "USD"


def test_amounts_in_another_currency_stay_out_of_a_group(tmp_path: Path, desk: Desk) -> None:
    """The other group of the table is taken."""
    group = register_group(desk, NewGroup("A", "A")).value
    found = import_savings(desk, table(tmp_path, "A;1;10", "B;1;10"), replace(MAP, currency="USD"), day=DAY).value
    assert [(one.code, one.where) for one in found.problems] == [(Code.CURRENCY_DIFFERS, "2:сумма")]
    assert (found.entries, sums(desk, group)) == (1, {})


def test_a_group_that_keeps_whole_som_gets_whole_som(tmp_path: Path, desk: Desk) -> None:
    group = register_group(desk, NewGroup("A", "A", minor_digits=0, smallest_minor=1)).value
    rows = table(tmp_path, "A;1;150", "A;2;10,50")
    found = import_savings(desk, rows, MAP, day=DAY).value
    assert [(one.code, one.where) for one in found.problems] == [(Code.AMOUNT_TOO_FINE, "3:сумма")]
    assert sums(desk, group)["box"] == 150
    assert import_savings(desk, rows, MAP, day=DAY).value.known == 1


def test_a_text_no_book_holds_is_told_by_its_row_and_not_cut(tmp_path: Path, desk: Desk) -> None:
    """4,000 letters are held, one more is not; its row alone stays out."""
    name = "Айгүл" * 800
    assert len(name) == 4000
    rows = (f"A;1;10;{name}", f"A;2;10;{name}x", "A;3;10;Гүл")
    path = table(tmp_path, *rows, head="топ;номер;сумма;аты")
    found = import_savings(desk, path, parse_map({"columns": {**COLUMNS, "name": "аты"}})[0], day=DAY).value
    assert [(one.code, one.facts["row"], one.facts["column"]) for one in found.problems] == [
        (Code.TEXT_TOO_LONG, 3, "аты")
    ]
    assert found.entries == 2
    roster = import_roster(desk, table(tmp_path, f"B;1;{name}x", head="топ;номер;аты"), MAP.__class__()).value
    assert [one.code for one in roster.problems] == [Code.TEXT_TOO_LONG]
    assert roster.persons == 0


@pytest.mark.parametrize(
    ("mode", "expected"), [("half-up", [11, 11, 12, 10]), ("down", [10, 10, 11, 10]), ("up", [11, 11, 12, 11])]
)
def test_rounding_is_to_what_the_group_keeps(tmp_path: Path, desk: Desk, mode: str, expected: list[int]) -> None:
    """10,495 is rounded once: to 10, not by way of 10,50 to 11."""
    group = register_group(desk, NewGroup("A", "A", minor_digits=0, smallest_minor=1)).value
    rows = table(tmp_path, "A;1;10,60", "A;2;10,5", "A;3;11,5", "A;4;10,495")
    found = import_savings(desk, rows, MAP, day=DAY, rounding=mode).value
    assert found.problems == []
    saved = {one.account.owner: -one.amount_minor for one in balances(desk.book, group) if one.account.owner}
    numbers = {one.id: one.number for one in group_store.memberships(desk.book, group)}
    assert [amount for _, amount in sorted((numbers[str(owner)], amount) for owner, amount in saved.items())] == (
        expected
    )


@pytest.mark.parametrize(("digits", "before", "now"), [(0, "100", "150"), (2, "100.00", "150.00")])
def test_a_changed_amount_is_told_in_the_groups_money(
    tmp_path: Path, desk: Desk, digits: int, before: str, now: str
) -> None:
    register_group(desk, NewGroup("A", "A", minor_digits=digits, smallest_minor=1))
    import_savings(desk, table(tmp_path, "A;1;100"), MAP, day=DAY)
    [problem] = import_savings(desk, table(tmp_path, "A;1;150"), MAP, day=DAY).value.problems
    assert (problem.code, problem.facts["before"], problem.facts["now"]) == (Code.AMOUNT_CHANGED, before, now)
    assert f"with {before.replace('.00', '')}" in sentence(Words("en"), problem).replace(".00", "")


def test_a_day_that_no_record_holds_leaves_the_row_out(tmp_path: Path, desk: Desk) -> None:
    rows = table(tmp_path, "A;1;9999999999,00", "A;2;9999999999,00")
    found = import_savings(desk, rows, MAP, day=DAY).value
    assert [(one.code, one.where) for one in found.problems] == [(Code.AMOUNT_TOO_LARGE, "3:сумма")]
    assert found.entries == 1


def test_a_day_in_the_future_is_a_bad_row(tmp_path: Path, desk: Desk) -> None:
    head = "топ;номер;сумма;күнү"
    rows = table(tmp_path, "A;1;10;12.03.2026", "A;2;10;12.03.2062", "A;3;10;12.06.2026", head=head)
    given = parse_map({"columns": {**COLUMNS, "date": "күнү"}, "source": "paper"})[0]
    found = import_savings(desk, rows, given).value
    assert found.entries == 2
    assert [(one.code, one.facts["row"], one.facts["date"], one.level) for one in found.problems] == [
        (Code.DAY_IN_FUTURE, 3, "2062-03-12", Level.PROBLEM),
        (Code.ROW_AHEAD, 4, "2026-06-12", Level.WARNING),
    ]


def test_what_no_coins_make_is_taken_and_told(tmp_path: Path, desk: Desk) -> None:
    group = register_group(desk, NewGroup("A", "A", smallest_minor=500)).value
    found = import_savings(desk, table(tmp_path, "A;1;12,50", "A;2;7", "A;3;15"), MAP, day=date(2026, 3, 1)).value
    assert [(one.code, one.where, one.level) for one in found.problems] == [
        (Code.ROW_NOT_PAYABLE, "2:сумма", Level.WARNING),
        (Code.ROW_NOT_PAYABLE, "3:сумма", Level.WARNING),
    ]
    assert sums(desk, group)["box"] == 3_450
