"""A book made by the earliest code that could make one still opens, after a copy for safety, and everything is in it.

`frozen/earliest.shgbook` was made by the first commit that can make a book with a group and a meeting (b64be33, half an
hour after the first lines). Its tables are those of the very first commit with a store: no head before a line, no
disagreements. They were never called version 0; they called themselves 1, as later ones with other columns did, so the
program goes by the columns that are there and not by the number alone.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import groups as group_store
from shg_desk.store import schema
from shg_desk.store.check import check
from shg_desk.store.db import Db
from shg_desk.store.db import open_db
from shg_desk.store.ledger import balances
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyslots import unlock

FROZEN = Path(__file__).parent / "frozen" / "earliest.shgbook"
PASSPHRASE = "five words nobody can guess"
OPERATIONS = 10
SAVED = {"1": 100, "2": 200, "3": 300}
SOCIAL = 20


@pytest.fixture
def old(tmp_path: Path) -> Path:
    copy = tmp_path / "earliest.shgbook"
    shutil.copytree(FROZEN, copy)
    return copy


def columns(db: Db) -> list[str]:
    return [name for _, name, *_ in db.rows("PRAGMA table_info(operation)")]


def lines(db: Db) -> list[tuple[bytes, bytes, bytes]]:
    return [
        (line, hashed, head) for line, hashed, head in db.rows("SELECT line, hash, head FROM operation ORDER BY id")
    ]


def members(desk: Desk) -> list[group_store.Membership]:
    [group] = group_store.groups(desk.book)
    return list(group_store.memberships(desk.book, group.id))


def saved(desk: Desk) -> dict[str, int]:
    numbers = {one.id: one.number for one in members(desk)}
    found = [one for one in balances(desk.book) if one.account.code == "saving.compulsory"]
    return {numbers[one.account.owner or ""]: -one.amount_minor // 100 for one in found}


def test_the_earliest_book_opens_and_is_sound(old: Path) -> None:
    key = unlock(load_keys(old).file, PASSPHRASE).book_key
    db = open_db(old / "book.db", key)
    before = lines(db)
    assert "head_before" not in columns(db)
    assert len(before) == OPERATIONS
    db.close()

    desk = open_desk(old, PASSPHRASE)
    assert check(desk.book) == []
    assert lines(desk.book.db) == before
    assert desk.book.db.value("PRAGMA user_version") == schema.LASTING_VERSION
    assert saved(desk) == SAVED
    sums = {one.account.code: one.amount_minor for one in balances(desk.book) if one.account.code in ("box", "social")}
    assert sums == {"box": (sum(SAVED.values()) + 3 * SOCIAL) * 100, "social": -3 * SOCIAL * 100}
    assert [one.name for one in members(desk)] == [
        "Субанова Гүлнара",
        "Бакыт кызы Айгүл",
        "Төрөева Айнура",
    ]
    desk.close()

    [copy] = (old / "backups").iterdir()
    db = open_db(copy, key)
    assert "head_before" not in columns(db), "the copy is of the book as it was"
    assert lines(db) == before
    db.close()


def test_work_goes_on_in_it_and_the_next_opening_changes_nothing(old: Path) -> None:
    desk = open_desk(old, PASSPHRASE)
    [group] = group_store.groups(desk.book)
    rows = (SheetRow("1", Attendance.PRESENT, ins=(In("saving", 5_000, product="compulsory"),)),)
    record_meeting(desk, Sheet(group.id, date(2026, 5, 23), rows=rows))
    desk.close()
    (copy,) = (old / "backups").iterdir()
    copy.unlink()
    desk = open_desk(old, PASSPHRASE)
    assert check(desk.book) == []
    assert saved(desk) == {**SAVED, "1": SAVED["1"] + 50}
    desk.close()
    assert list((old / "backups").iterdir()) == []


def test_a_power_cut_between_the_steps_is_made_good_by_the_next_opening(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables are changed, but neither are their guards back nor is the version written."""
    with monkeypatch.context() as cut:
        cut.setattr(schema, "make_guards", lambda _db: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_desk(old, PASSPHRASE)
    desk = open_desk(old, PASSPHRASE)
    assert check(desk.book) == []
    assert saved(desk) == SAVED
    desk.close()
