"""Two key files that say different things: the book's key says which are its own, and of those the newer one holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from desk_maker import CHEAP
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk

from shg_desk.actions import books
from shg_desk.actions.books import NewBook
from shg_desk.actions.books import add_key
from shg_desk.actions.books import change_key
from shg_desk.actions.books import list_keys
from shg_desk.actions.books import make_book
from shg_desk.actions.books import open_desk
from shg_desk.actions.books import open_with_key
from shg_desk.actions.books import remove_key
from shg_desk.actions.care import check_book
from shg_desk.actions.desk import Desk
from shg_desk.actions.handing import is_own_passphrase
from shg_desk.actions.key_care import make_recovery
from shg_desk.actions.long_work import pack
from shg_desk.actions.long_work import perform
from shg_desk.actions.long_work import unpack
from shg_desk.actions.own_keys import own_keys
from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.sync.keyfiles import NAMES
from shg_desk.sync.keyfiles import save_keys
from shg_desk.sync.keyslots import read_key_file
from shg_desk.sync.keyslots import without_slot

OTHERS = "words of another book"
BERMET = "the words of Bermet"
NURGUL = "the words of Nurgul"
CHANGED = "quite another sentence"


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


def opens(book: Path, *typed: str) -> list[str]:
    """Those of the words that open the book."""
    found = []
    for words in typed:
        try:
            open_desk(book, words).close()
        except KnownError as error:
            assert error.problems[0].code is Code.WRONG_PASSPHRASE  # noqa: PT017 - what refuses says why
        else:
            found.append(words)
    return found


def test_words_taken_away_before_a_cut_stay_away(book: Path) -> None:
    """The power goes when the first copy is written without her slot and the second one still has it."""
    desk = open_desk(book, PASSPHRASE)
    add_key(desk, BERMET, "Бермет", cost=CHEAP)
    older = copies(book)[1]
    remove_key(desk, 2)
    desk.close()
    newer = copies(book)[0]
    (book / "book.key.2").write_bytes(older)
    assert opens(book, BERMET) == []
    assert copies(book) == [newer, older]
    assert opens(book, PASSPHRASE, BERMET) == [PASSPHRASE]
    assert copies(book) == [newer, newer]


def test_words_taken_away_by_an_older_program_before_a_cut_stay_away(book: Path) -> None:
    """That program writes no word of the book's key; the slot of the one who stays is the same in both."""
    desk = open_desk(book, PASSPHRASE)
    add_key(desk, BERMET, "Бермет", cost=CHEAP)
    desk.close()
    before = read_key_file(copies(book)[1])
    (book / "book.key").write_bytes(replace(without_slot(before, 2), book="").content())
    assert opens(book, BERMET, PASSPHRASE, BERMET) == [PASSPHRASE]
    assert copies(book) == [without_slot(before, 2).as_of(desk.book_key).content()] * 2


@pytest.mark.parametrize("name", NAMES)
def test_an_older_copy_put_back_costs_no_newer_words(book: Path, name: str) -> None:
    older = copies(book)[0]
    desk = open_desk(book, PASSPHRASE)
    change_key(desk, 1, CHANGED, cost=CHEAP)
    add_key(desk, NURGUL, "Нургүл", cost=CHEAP)
    desk.close()
    newer = copies(book)
    (book / name).write_bytes(older)
    assert opens(book, PASSPHRASE) == []
    assert opens(book, CHANGED, NURGUL, PASSPHRASE) == [CHANGED, NURGUL]
    assert copies(book) == newer


def test_where_the_newer_one_is_lost_the_older_one_opens(book: Path) -> None:
    older = copies(book)[0]
    desk = open_desk(book, PASSPHRASE)
    change_key(desk, 1, CHANGED, cost=CHEAP)
    desk.close()
    (book / "book.key").write_bytes(copies(book)[0][:-9])
    (book / "book.key.2").write_bytes(older)
    assert opens(book, PASSPHRASE) == [PASSPHRASE]
    assert copies(book) == [older, older]


def test_files_of_an_older_program_get_the_word_of_the_book_at_opening(book: Path) -> None:
    ours = copies(book)
    plain = replace(read_key_file(ours[0]), book="")
    save_keys(book, plain)
    assert copies(book) != ours
    assert opens(book, PASSPHRASE) == [PASSPHRASE]
    assert copies(book) == ours


CHANGES: dict[str, tuple[Callable[[Desk, Path], object], list[str]]] = {
    "add": (lambda desk, _: add_key(desk, NURGUL, "Нургүл", cost=CHEAP), [PASSPHRASE, BERMET, NURGUL]),
    "change": (lambda desk, _: change_key(desk, 1, CHANGED, cost=CHEAP), [BERMET, CHANGED]),
    "remove": (lambda desk, _: remove_key(desk, 2), [PASSPHRASE]),
    "recovery": (lambda desk, _: make_recovery(desk, cost=CHEAP), [PASSPHRASE, BERMET]),
    "enrol": (lambda desk, folder: enrol(make_desk(folder, "office", "office"), desk, folder), [PASSPHRASE, BERMET]),
}


@pytest.mark.parametrize("names", [NAMES[:1], NAMES], ids=["one", "both"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_foreign_file_beside_an_open_book_is_taken_for_nothing(
    book: Path, tmp_path: Path, change: str, names: tuple[str, ...]
) -> None:
    desk = open_desk(book, PASSPHRASE)
    add_key(desk, BERMET, "Бермет", cost=CHEAP)
    for name in names:
        (book / name).write_bytes(foreign_key(tmp_path / name, OTHERS))
    assert [one.number for one in list_keys(desk)] == [1, 2]
    assert is_own_passphrase(desk, PASSPHRASE)
    act, words = CHANGES[change]
    act(desk, tmp_path)
    desk.close()
    assert opens(book, PASSPHRASE, BERMET, NURGUL, CHANGED, OTHERS) == words
    assert copies(book)[0] == copies(book)[1]


def test_who_has_the_key_alone_is_refused_where_no_file_is_the_books_own(book: Path, tmp_path: Path) -> None:
    desk = open_desk(book, PASSPHRASE)
    for name in NAMES:
        (book / name).write_bytes(foreign_key(tmp_path / name, OTHERS))
    with pytest.raises(KnownError) as caught:
        open_with_key(book, desk.book_key, 1, lent=True)
    assert (caught.value.problems[0].code, caught.value.problems[0].facts) == (
        Code.BOOK_DAMAGED,
        {"key": "book.key + book.key.2"},
    )
    desk.close()


def test_long_work_is_lent_the_ways_in_where_an_older_programs_files_stay(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_keys(book, replace(read_key_file(copies(book)[0]), book=""))

    def refuse(*_: object, **__: object) -> None:
        raise SurroundingsError(Problem(Code.FOLDER_UNUSABLE, str(book)))

    monkeypatch.setattr(books, "save_keys", refuse)
    desk = open_desk(book, PASSPHRASE)
    work, ways = pack(partial(check_book)), own_keys(desk).content()
    done = unpack(perform(str(book), desk.book_key, desk.slot, work, lambda done, of: None, ways))
    assert done.problems == ()
    desk.close()


def test_a_pipe_in_the_place_of_one_keeps_nobody_waiting(book: Path) -> None:
    ours = copies(book)
    for name in ("book.key", "mark"):
        (book / name).unlink()
        os.mkfifo(book / name)
    assert opens(book, PASSPHRASE) == [PASSPHRASE]
    assert copies(book) == ours


def later_format() -> bytes:
    value: dict[str, canonical.Json] = {"format": 2, "serial": 9, "boxes": []}
    value["checksum"] = sha256(canonical.encode(value)).hexdigest()
    return canonical.encode(value) + b"\n"


def test_a_copy_of_a_later_format_keeps_nobody_out_and_is_left_alone(book: Path) -> None:
    ours = copies(book)
    (book / "book.key").write_bytes(later_format())
    assert opens(book, PASSPHRASE, OTHERS) == [PASSPHRASE]
    assert copies(book) == [later_format(), ours[1]]
    (book / "book.key.2").write_bytes(later_format())
    with pytest.raises(KnownError) as caught:
        open_desk(book, PASSPHRASE)
    assert caught.value.problems[0].code is Code.BOOK_NEWER
