"""A sound book has no problems; every kind of damage to its tables or its log is found and named."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from villages import KEY
from villages import make
from villages import new_device
from villages import new_group
from villages import no_key
from villages import put_all
from villages import savings

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.store import keys
from shg_desk.store.book import Book
from shg_desk.store.book import open_book
from shg_desk.store.check import check


@pytest.fixture
def book(tmp_path: Path) -> Book:
    chance = Random(4)
    device, group = new_device(chance), new_group(chance, 3)
    device.write("profile", {"revisions": group.revisions()})
    seen = None
    for week in range(1, 9):
        more = {"counts": [{"place": "box", "total": 100, "expected": 100}]}
        seen = str(device.write("meeting", savings(group, f"2025-0{week}-01", [100, 200, 300], seen, **more)).name)
    made = make(tmp_path / "book")
    put_all(made, device.lines)
    assert check(made) == []
    return made


DAMAGE = {
    "UPDATE posting SET amount = amount + 1 WHERE rowid_first": Code.NOT_BALANCED,
    "DELETE FROM posting WHERE entry = (SELECT max(entry) FROM posting)": Code.TOTALS_DIFFER,
    "UPDATE entry SET day = day + 1 WHERE id = (SELECT min(id) FROM entry)": Code.TOTALS_DIFFER,
    "DELETE FROM entry WHERE id = (SELECT min(id) FROM entry)": Code.TOTALS_DIFFER,
    "UPDATE entry SET kind = 5 WHERE id = (SELECT min(id) FROM entry)": Code.TOTALS_DIFFER,
    "UPDATE month_total SET sum = sum + 100 WHERE month = (SELECT min(month) FROM month_total)": Code.TOTALS_DIFFER,
    "UPDATE month_total SET count = 9 WHERE month = (SELECT min(month) FROM month_total)": Code.TOTALS_DIFFER,
    "UPDATE digest SET lane0 = lane0 + 1 WHERE month = (SELECT min(month) FROM digest)": Code.TOTALS_DIFFER,
    "DELETE FROM digest WHERE month = (SELECT min(month) FROM digest)": Code.TOTALS_DIFFER,
    "UPDATE cash_count SET counted = counted + 1 WHERE op = 3": Code.TOTALS_DIFFER,
    "DELETE FROM cash_count WHERE op = 3": Code.TOTALS_DIFFER,
    "UPDATE attendance SET mark = 'a' WHERE op = 3": Code.TOTALS_DIFFER,
    "INSERT INTO attendance SELECT 2, min(id), 'p', NULL FROM thing": Code.TOTALS_DIFFER,
    "UPDATE meeting SET present = present + 1 WHERE op = 4": Code.TOTALS_DIFFER,
    "UPDATE membership SET left = '2025-01-01'": Code.TOTALS_DIFFER,
    "UPDATE membership SET number = '7' WHERE thing = (SELECT min(thing) FROM membership)": Code.TOTALS_DIFFER,
    "INSERT INTO corrected SELECT min(id), 4 FROM entry": Code.TOTALS_DIFFER,
    "UPDATE shg SET keeper = 'zzzzzzzz'": Code.TOTALS_DIFFER,
    "UPDATE revision SET is_head = 0": Code.TOTALS_DIFFER,
    "INSERT INTO settled VALUES ('two-meetings x y', 3, 'both')": Code.TOTALS_DIFFER,
    "DELETE FROM standing WHERE op = 3": Code.TOTALS_DIFFER,
    "UPDATE standing SET state = 1 WHERE op = 3": Code.TOTALS_DIFFER,
    "DROP TRIGGER operation_no_update": Code.GUARDS_MISSING,
    "UPDATE operation SET line = CAST(replace(CAST(line AS TEXT), '20', '21') AS BLOB) WHERE id=3": Code.CHAIN_BROKEN,
    "UPDATE operation SET head = hash WHERE id = 3": Code.CHAIN_BROKEN,
    "UPDATE operation SET head_before = hash WHERE id = 3": Code.CHAIN_BROKEN,
    "DELETE FROM operation WHERE id = 3": Code.CHAIN_BROKEN,
}


@pytest.mark.parametrize("statement", DAMAGE)
def test_damage_is_found_and_named(book: Book, statement: str) -> None:
    if " operation " in statement:
        for verb in ("update", "delete"):
            book.db.run(f"DROP TRIGGER operation_no_{verb}")
    first = "(account, day, entry) = (SELECT account, day, entry FROM posting LIMIT 1)"
    book.db.run(statement.replace("rowid_first", first))
    found = check(book)
    assert DAMAGE[statement] in {problem.code for problem in found}
    named = [problem for problem in found if problem.code is DAMAGE[statement]]
    assert all(problem.where for problem in named)


def test_a_rebuild_makes_hurt_tables_whole_again(book: Book) -> None:
    book.db.run("DELETE FROM month_total")
    book.db.run("UPDATE posting SET amount = amount * 2")
    assert check(book)
    book.rebuild()
    assert check(book) == []


def test_a_key_of_nobody_known_is_only_a_warning(book: Book) -> None:
    keys.put(book.db, "a" * 16, "identity", 1, bytes(32))
    assert [(problem.level, problem.where) for problem in check(book)] == [(Level.WARNING, "a" * 16)]


def test_what_waits_for_a_thing_of_an_odd_type_waits_soundly(book: Book) -> None:
    odd = new_device(Random(5))
    odd.write("tombstone", {"type": "a:b", "id": "a" * 16})
    put_all(book, odd.lines)
    assert book.db.value("SELECT need FROM waiting") == "t:a:b:" + "a" * 16
    assert check(book) == []


def test_a_flipped_bit_on_disk_is_never_silent(book: Book, tmp_path: Path) -> None:
    """Whatever bit turns, the book says so or reads as before."""
    book.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    path = tmp_path / "book" / "book.db"
    sound = path.read_bytes()
    chance = Random(9)
    for _ in range(25):
        at = chance.randrange(len(sound))
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << chance.randrange(8)]) + sound[at + 1 :])
        assert Code.BOOK_DAMAGED in codes_of(tmp_path / "book"), at


def codes_of(folder: Path) -> set[Code]:
    try:
        opened = open_book(folder, KEY, no_key, Random(1).randbytes)
    except KnownError as error:
        return {problem.code for problem in error.problems}
    try:
        return {problem.code for problem in check(opened)}
    except KnownError as error:
        return {problem.code for problem in error.problems}
    finally:
        opened.close()
