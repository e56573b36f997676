"""Backups prove themselves, damaged ones never pass, and a restored book begins a new life."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from random import Random

import pytest
from villages import KEY
from villages import Device
from villages import make
from villages import new_device
from villages import new_group
from villages import no_key
from villages import put_all
from villages import savings

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import SurroundingsError
from shg_desk.store import backup as backups
from shg_desk.store import schema
from shg_desk.store.book import Book
from shg_desk.store.book import Line
from shg_desk.store.book import open_book
from shg_desk.store.check import check
from shg_desk.store.db import open_db
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import counts
from shg_desk.store.dump import dump


@pytest.fixture
def device() -> Device:
    chance = Random(4)
    device, group = new_device(chance), new_group(chance, 3)
    device.write("profile", {"revisions": group.revisions()})
    for week in range(1, 9):
        device.write("meeting", savings(group, f"2025-0{week}-01", [100, 200, 300]))
    return device


@pytest.fixture
def book(tmp_path: Path, device: Device) -> Book:
    made = make(tmp_path / "book")
    put_all(made, device.lines)
    (made.folder / "book.key").write_bytes(b"slots")
    with made.writing() as writer:
        gid = new_group(Random(7), 1)
        writer.append(Line("profile", {"revisions": gid.revisions("G-7")}, "1", (0, 0)))
    return made


def test_a_restored_book_is_the_same_and_lives_anew(tmp_path: Path, book: Book) -> None:
    made = backups.backup(book, KEY, tmp_path / "stick", "village-1", 1000)
    assert made.file == tmp_path / "stick" / "village-1.shgbackup"
    assert (made.label.digest, made.label.operations) == (book_digest(book), counts(book).operations)
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["village-1.shgbackup"]
    assert backups.prove(made.file, KEY) == made.label
    epoch, digest, before = book.epoch, book_digest(book), dump(book)
    label = backups.restore(made.file, tmp_path / "again")
    assert label == made.label
    assert (tmp_path / "again" / "book.key").read_bytes() == b"slots"
    restored = open_book(tmp_path / "again", KEY, no_key, Random(99).randbytes)
    assert (book_digest(restored), dump(restored), check(restored)) == (digest, before, [])
    assert restored.device == book.device
    assert restored.epoch != epoch
    with restored.writing() as writer:
        stored = writer.append(Line("profile", {"revisions": new_group(Random(8), 1).revisions("G-8")}, "1", (0, 0)))
    assert (stored.name.epoch, stored.name.seq) == (restored.epoch, 1)
    assert check(restored) == []


def test_the_tar_holds_a_book_its_slots_and_a_label(tmp_path: Path, book: Book) -> None:
    made = backups.backup(book, KEY, tmp_path, "b", 7)
    with tarfile.open(made.file) as tar:
        assert sorted(tar.getnames()) == ["book.db", "book.key", "label.json"]
        label = tar.extractfile("label.json")
        assert label is not None
        assert json.load(label)["digest"] == book_digest(book)
        assert all(member.uname == "" and member.mtime == 0 for member in tar.getmembers())
    assert b"SQLite format" not in made.file.read_bytes()


def test_a_hurt_backup_never_passes_for_a_sound_one(tmp_path: Path, book: Book) -> None:
    made = backups.backup(book, KEY, tmp_path / "stick", "b", 7)
    sound = made.file.read_bytes()
    chance = Random(2)
    start = sound.index(b"book.db")
    for cut in (0, 100, start, len(sound) // 2):
        made.file.write_bytes(sound[:cut])
        with pytest.raises(KnownError):
            backups.prove(made.file, KEY)
    with tarfile.open(fileobj=io.BytesIO(sound)) as tar:
        inside = tar.getmember("book.db")
    for _ in range(12):
        at = inside.offset_data + chance.randrange(inside.size)
        made.file.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        with pytest.raises(KnownError):
            backups.prove(made.file, KEY)
    made.file.write_bytes(sound.replace(made.label.digest.encode(), b"0" * 64))
    with pytest.raises(KnownError):
        backups.prove(made.file, KEY)
    made.file.write_bytes(sound)
    with pytest.raises(KnownError):
        backups.prove(made.file, bytes(32))


def test_a_damaged_book_gives_no_backup_and_the_old_one_stays(tmp_path: Path, book: Book) -> None:
    made = backups.backup(book, KEY, tmp_path / "stick", "b", 7)
    sound = made.file.read_bytes()
    book.db.run("UPDATE posting SET amount = amount + 1 WHERE amount = 100")
    with pytest.raises(KnownError) as caught:
        backups.backup(book, KEY, tmp_path / "stick", "b", 8)
    assert Code.NOT_BALANCED in {problem.code for problem in caught.value.problems}
    assert made.file.read_bytes() == sound
    assert book.setting("backed_up_at") == "7"


def test_nothing_in_a_tar_says_where_it_goes(tmp_path: Path, book: Book) -> None:
    made = backups.backup(book, KEY, tmp_path, "b", 7)
    for name in ("../evil", "/evil/evil", "drafts.db"):
        with tarfile.open(made.file, "a") as tar:
            tar.addfile(tarfile.TarInfo(name))
        with pytest.raises(KnownError):
            backups.restore(made.file, tmp_path / "again")
        assert not (tmp_path / "again").exists()


def test_restoring_never_touches_what_is_there(tmp_path: Path, book: Book) -> None:
    made = backups.backup(book, KEY, tmp_path / "stick", "b", 7)
    with pytest.raises(KnownError) as caught:
        backups.restore(made.file, book.folder)
    assert caught.value.problems[0].code is Code.BOOK_EXISTS
    with pytest.raises(KnownError) as caught:
        backups.restore(tmp_path / "none", tmp_path / "x")
    assert caught.value.problems[0].code is Code.BOOK_MISSING
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SurroundingsError):
        backups.backup(book, KEY, tmp_path / "file", "b", 8)


def test_backups_are_listed_newest_first(tmp_path: Path, book: Book) -> None:
    for at in (5, 9, 7):
        backups.backup(book, KEY, tmp_path / "stick", f"b{at}", at)
    (tmp_path / "stick" / "junk.shgbackup").write_bytes(b"junk")
    assert [one.label.at for one in backups.backups_in(tmp_path / "stick")] == [9, 7, 5]


def test_lasting_tables_are_copied_before_they_change(
    tmp_path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = book_digest(book)
    book.db.run("PRAGMA user_version=0")
    book.close()

    def broken(_db: object) -> bool:
        raise KnownError

    monkeypatch.setattr(schema, "migrate", broken)
    copy = backups.safety_copy(book.folder)
    with pytest.raises(KnownError):
        open_book(book.folder, KEY, no_key, Random(1).randbytes, safety_copy=copy)
    db = open_db(book.folder / "backups" / "before-version-1.db", KEY)
    assert book_digest(db) == digest
    db.close()
