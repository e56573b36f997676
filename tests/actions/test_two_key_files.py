"""Two key files that say different things: the one whose key opens the database is the book's, the other is made so."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_maker import CHEAP
from desk_maker import PASSPHRASE
from desk_maker import make_desk

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import add_key
from shg_desk.actions.books import make_book
from shg_desk.actions.books import open_desk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import SurroundingsError
from shg_desk.sync.keyfiles import NAMES

OTHERS = "words of another book"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path)
    desk.close()
    return desk.folder


def copies(book: Path) -> list[bytes]:
    return [(book / name).read_bytes() for name in NAMES]


def foreign_key(folder: Path, passphrase: str) -> bytes:
    """The key file of another book, which has been changed more often than ours."""
    made = make_book(NewBook(folder / "other.shgbook", "desk", "other", passphrase), cost=CHEAP).desk
    add_key(made, "one more passphrase", "Бермет", cost=CHEAP)
    made.close()
    return copies(made.folder)[0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("passphrase", [PASSPHRASE, OTHERS])
def test_a_key_file_of_another_book_costs_nothing(book: Path, tmp_path: Path, name: str, passphrase: str) -> None:
    ours = copies(book)
    (book / name).write_bytes(foreign_key(tmp_path, passphrase))
    open_desk(book, PASSPHRASE).close()
    assert copies(book) == ours


def test_what_opens_nothing_here_is_never_copied(book: Path, tmp_path: Path) -> None:
    (book / "book.key").write_bytes(foreign_key(tmp_path, OTHERS))
    before = copies(book)
    for typed, code in ((OTHERS, Code.BOOK_DAMAGED), ("neither of the two", Code.WRONG_PASSPHRASE)):
        with pytest.raises(KnownError) as caught:
            open_desk(book, typed)
        assert [one.code for one in caught.value.problems] == [code]
        assert copies(book) == before


def test_a_damaged_database_changes_no_key_file(book: Path, tmp_path: Path) -> None:
    (book / "book.key").write_bytes(foreign_key(tmp_path, PASSPHRASE))
    before = copies(book)
    sound = (book / "book.db").read_bytes()
    (book / "book.db").write_bytes(sound[:100] + bytes([sound[100] ^ 1]) + sound[101:])
    with pytest.raises(KnownError):
        open_desk(book, PASSPHRASE)
    assert copies(book) == before


def test_of_two_of_its_own_the_newer_one_holds(book: Path) -> None:
    """As a power cut between the two leaves them."""
    older = copies(book)[1]
    desk = open_desk(book, PASSPHRASE)
    add_key(desk, "one more passphrase", "Бермет", cost=CHEAP)
    desk.close()
    newer = copies(book)[0]
    (book / "book.key.2").write_bytes(older)
    open_desk(book, PASSPHRASE).close()
    assert copies(book) == [newer, newer]


def test_a_folder_in_the_place_of_one_keeps_nobody_out(book: Path) -> None:
    ours = copies(book)
    (book / "book.key").unlink()
    (book / "book.key").mkdir()
    desk = open_desk(book, PASSPHRASE)
    with pytest.raises(SurroundingsError) as caught:  # a new way in has to stand in both
        add_key(desk, "one more passphrase", "Бермет", cost=CHEAP)
    assert caught.value.problems[0].facts["is_folder"] == str(book / "book.key")
    desk.close()
    (book / "book.key").rmdir()
    open_desk(book, PASSPHRASE).close()
    assert copies(book) == ours
