"""A row of a list whose woman seems to be in the group under another number is told of, and taken in all the same."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from desk_maker import make_desk

from shg_desk.actions.desk import Desk
from shg_desk.actions.imports import import_roster
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store
from shg_desk.tables.mapping import TableMap

HEADS = ["group", "household", "member", "name", "father's name", "birth"]
KNOWN = ["A-1", "H-1", "1", "Айгүл Токтоева", "Асан", "5.3.1985"]


def taken(desk: Desk, folder: Path, *rows: list[str]) -> list[tuple[Code, str, object]]:
    table = folder / f"people{len(list(folder.glob('*.csv')))}.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        made = csv.writer(out)
        made.writerow(HEADS)
        made.writerows(rows)
    found = import_roster(desk, table, TableMap()).value
    assert all(one.level is Level.WARNING for one in found.problems)
    for one in found.problems:
        assert sentence(Words("en"), one)
    return [(one.code, one.where, one.facts.get("member")) for one in found.problems]


@pytest.mark.parametrize(
    ("row", "seems"),
    [
        (["A-1", "H-9", "9", "Aigul Toktoeva", "", "1985"], True),  # sounds alike, born that year
        (["A-1", "H-9", "9", "Айгуль Токтоева", "асан", ""], True),  # sounds alike, the same father
        (["A-1", "H-9", "9", "Айгүл Токтоева", "Бакыт", "1990"], False),
        (["A-1", "H-9", "9", "Айгүл Токтоева", "", ""], False),  # nothing but the name
        (["A-1", "H-9", "9", "Бурул Токтоева", "Асан", "5.3.1985"], False),
        (["B-2", "H-9", "9", "Айгүл Токтоева", "Бакыт", "1985"], False),  # another group
    ],
)
def test_who_seems_to_be_there_already(tmp_path: Path, row: list[str], seems: bool) -> None:
    desk = make_desk(tmp_path)
    assert taken(desk, tmp_path, KNOWN) == []
    wanted = [(Code.PERHAPS_HERE_ALREADY, "2", "1")] if seems else []
    assert taken(desk, tmp_path, row) == wanted
    group = group_store.id_with_code(desk.book, row[0])
    assert group is not None
    assert group_store.memberships_by_number(desk.book, group, "9"), "the row is taken in all the same"
    assert taken(desk, tmp_path, row) == [], "the same list again says nothing new"
    desk.close()


def test_two_rows_of_one_list_are_told_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    again = ["A-1", "H-2", "2", "Aigul Toktoeva", "", "1985"]
    assert taken(desk, tmp_path, KNOWN, again) == [(Code.PERHAPS_HERE_ALREADY, "3", "1")]
    desk.close()
