"""A book written by a newer program: refused in words, nothing written, and a backup of it is not put back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from calling import PASSPHRASE
from calling import call
from calling import new_book
from calling import told

from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.store.db import open_db
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyslots import unlock

SAID = {
    "en": "newer version of the program",
    "ru": "более новая версия программы",
    "ky": "жаңыраак версиясында",
}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    book = new_book(tmp_path / "newer.shgbook")
    db = open_db(book / "book.db", unlock(load_keys(book).file, PASSPHRASE).book_key)
    db.run("PRAGMA user_version=9999")
    db.close()
    return book


def content(folder: Path) -> dict[str, str]:
    """What lies there, but for the lock, which is no part of a book."""
    files = [one for one in folder.rglob("*") if one.is_file() and one.name != "lock"]
    return {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


@pytest.mark.parametrize("lang", sorted(SAID))
def test_every_verb_refuses_it_and_leaves_it(newer: Path, tmp_path: Path, lang: str) -> None:
    before = content(newer)
    for words in (
        ("book", "info"),
        ("book", "check"),
        ("book", "rebuild"),
        ("book", "backup", tmp_path / "stick"),
        ("ledger", "balances"),
        ("book", "key", "list"),
    ):
        said = call(*words, book=newer, lang=lang)
        assert (said.code, said.codes) == (1, ["book-newer"])
        assert SAID[lang] in said.messages[0]
    assert content(newer) == before
    assert told("book", "info", book=newer, lang=lang) == (1, "")


def test_a_backup_of_it_is_not_put_back(tmp_path: Path) -> None:
    """Made as the newer program makes it: the number was there before the backup was packed and proved."""
    desk = open_desk(new_book(tmp_path / "newer.shgbook"), PASSPHRASE)
    desk.book.db.run("PRAGMA user_version=9999")
    file = back_up(desk, tmp_path / "stick").value.file
    desk.close()
    before = content(tmp_path / "stick")
    for lang, said in SAID.items():
        answer = call("book", "restore", file, tmp_path / "new.shgbook", lang=lang)
        assert (answer.code, answer.codes) == (1, ["book-newer"])
        assert said in answer.messages[0]
        assert not (tmp_path / "new.shgbook").exists()
    assert content(tmp_path / "stick") == before
