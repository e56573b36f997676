"""Putting a backup back: the book gets its place only when it was looked over, and takes nothing's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import make_desk

from shg_desk.actions import care
from shg_desk.actions.books import open_desk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path)
    file = care.back_up(desk, tmp_path / "stick").value.file
    desk.close()
    return file


def test_who_looks_for_it_after_a_kill_finds_nothing_unchecked(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "there" / "new.shgbook"
    lay: list[tuple[bool, bool]] = []
    check = care.check_book

    def looks(desk: care.Desk) -> care.Looked:
        lay.append((new.exists(), desk.folder.is_relative_to(new.parent)))
        return check(desk)

    monkeypatch.setattr(care, "check_book", looks)
    assert care.restore_book(backup, new, PASSPHRASE).problems == ()
    assert lay == [(False, True)]
    assert list(new.parent.iterdir()) == [new]
    open_desk(new, PASSPHRASE).close()


def test_what_does_not_open_leaves_nothing(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "there" / "new.shgbook"
    with pytest.raises(KnownError) as caught:
        care.restore_book(backup, new, "other words than hers")
    assert caught.value.problems[0].code is Code.WRONG_PASSPHRASE
    assert list(new.parent.iterdir()) == []


@pytest.mark.parametrize("way", ["file", "link", "dangling", "folder"])
def test_something_in_its_place_is_named_and_left(backup: Path, tmp_path: Path, way: str) -> None:
    new, empty = tmp_path / "new.shgbook", tmp_path / "empty"
    empty.mkdir()
    {
        "file": lambda: new.write_text("notes"),
        "link": lambda: new.symlink_to(empty),
        "dangling": lambda: new.symlink_to("nowhere"),
        "folder": lambda: (new / "notes").mkdir(parents=True),
    }[way]()
    before = new.lstat()
    with pytest.raises(KnownError) as caught:
        care.restore_book(backup, new, PASSPHRASE)
    assert caught.value.problems[0].code is Code.BOOK_EXISTS
    assert new.lstat() == before
    assert list(empty.iterdir()) == []


def test_an_empty_folder_is_a_place(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.shgbook"
    new.mkdir()
    assert care.restore_book(backup, new, PASSPHRASE).problems == ()
    assert (new / "book.db").is_file()
