"""Imports take the good rows, tell the bad ones and add nothing twice; the demo is the same for the same seed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from desk_maker import sums

from shg_desk.actions.books import open_desk
from shg_desk.actions.demo import make_demo
from shg_desk.actions.desk import Desk
from shg_desk.actions.imports import import_roster
from shg_desk.actions.imports import import_savings
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.store.check import check
from shg_desk.store.differences import open_differences
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.store.groups import id_with_code
from shg_desk.tables.mapping import parse_map

MAP = parse_map({"columns": {"group": "топ", "member": "номер", "amount": "сумма"}, "source": "paper"})[0]
DAY = date(2026, 3, 10)


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "paper.csv"
    path.write_bytes(("топ;номер;сумма\n" + "\n".join(rows) + "\n").encode("cp1251"))
    return path


def test_good_rows_go_in_and_bad_ones_are_told(tmp_path: Path, desk: Desk) -> None:
    path = table(tmp_path, "A;1;1 234,50", "A;2;abc", "A;3;0", "A;4;-5", "B;1;100", "A;5;")
    found = import_savings(desk, path, MAP, day=DAY).value
    assert (found.entries, found.empty, found.members, found.groups) == (2, 2, 6, 2)
    assert [(problem.code, problem.facts["row"]) for problem in found.problems] == [
        (Code.AMOUNT_UNREADABLE, 3),
        (Code.AMOUNT_NEGATIVE, 5),
    ]
    group = id_with_code(desk.book, "A")
    assert group is not None
    assert sums(desk, group) == {"box": 123450, "saving.usual": -123450}


def test_the_same_file_again_adds_nothing_and_a_mended_cell_only_itself(tmp_path: Path, desk: Desk) -> None:
    import_savings(desk, table(tmp_path, "A;1;100", "A;2;abc"), MAP, day=DAY)
    before = dump(desk.book)
    again = import_savings(desk, table(tmp_path, "A;1;100", "A;2;abc"), MAP, day=DAY).value
    assert (again.entries, again.known, again.operations) == (0, 1, 0)
    assert dump(desk.book) == before
    mended = import_savings(desk, table(tmp_path, "A;1;100", "A;2;50"), MAP, day=DAY).value
    assert (mended.entries, mended.known) == (1, 1)


def test_another_amount_in_a_cell_taken_before_changes_nothing(tmp_path: Path, desk: Desk) -> None:
    import_savings(desk, table(tmp_path, "A;1;100"), MAP, day=DAY)
    found = import_savings(desk, table(tmp_path, "A;1;200"), MAP, day=DAY).value
    assert [problem.code for problem in found.problems] == [Code.AMOUNT_CHANGED]
    group = id_with_code(desk.book, "A")
    assert group is not None
    assert sums(desk, group)["box"] == 10000


def test_a_roster_makes_households_persons_members_and_villages(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "list.csv"
    path.write_text("топ,номер,аты,айыл\nA,1,Айгүл,Самат\nA,2,Гүлнара,Самат\nA,2,Башка,Самат\n", "utf-8")
    given = parse_map({"columns": {"group": "топ", "member": "номер", "name": "аты", "village": "айыл"}})[0]
    found = import_roster(desk, path, given).value
    assert (found.persons, found.members, found.groups, found.villages) == (2, 2, 1, 1)
    assert [problem.code for problem in found.problems] == [Code.DUPLICATE_ID]
    again = import_roster(desk, path, given).value
    assert (again.persons, again.members, again.known) == (0, 0, 2)


def test_a_missing_column_takes_nothing(tmp_path: Path, desk: Desk) -> None:
    given = parse_map({"columns": {"group": "топ", "member": "жок", "amount": "сумма"}})[0]
    found = import_savings(desk, table(tmp_path, "A;1;100"), given, day=DAY).value
    assert Code.COLUMN_MISSING in {problem.code for problem in found.problems}
    assert found.operations == 0


def test_the_demo_is_made_twice_alike_and_has_its_differences(tmp_path: Path) -> None:
    digests = []
    for number in range(2):
        demo = make_demo(tmp_path / str(number), seed=3)
        desk = open_desk(demo.books["office"], demo.passphrase)
        digests.append(book_digest(desk.book.db))
        assert check(desk.book) == []
        kinds = {one.kind.value for one in open_differences(desk.book)}
        assert {"entered-twice"} < kinds
        desk.close()
    assert digests[0] == digests[1]
    assert re.fullmatch("[0-9a-f]{64}", digests[0])
    with pytest.raises(KnownError):
        make_demo(tmp_path / "0")
