"""Files on disks that fill up, lie, are busy or pulled: the old or the new file, never something between."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from sync_makers import MADE
from sync_makers import seeded

from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import SurroundingsError
from shg_desk.sync import durable
from shg_desk.sync import folder
from shg_desk.sync import keyfiles
from shg_desk.sync import keyslots
from shg_desk.sync.parcels import SealedFile

FILE = SealedFile("aaaabbbb-oooo2222-ops-x.shgb", bytes(range(256)) * 700)


def no_pause(seconds: float) -> None:
    assert seconds < 2


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def code_of(action: object) -> Code:
    with pytest.raises(KnownError) as caught:
        action()  # type: ignore[operator]
    return caught.value.problems[0].code


def test_what_is_delivered_is_there_and_nothing_else(tmp_path: Path) -> None:
    delivered = folder.deliver(tmp_path, FILE, no_pause)
    assert names(tmp_path) == [FILE.name]
    assert folder.fetch(delivered.path) == FILE.content
    assert folder.inbox_name(FILE.content) == delivered.sha256 + ".shgb"
    folder.deliver(tmp_path, FILE, no_pause)
    assert folder.waiting(tmp_path) == [delivered.path]


@pytest.mark.parametrize(
    "name",
    ["../x.shgb", "CON", "a b.shgb", "a:b.shgb", ".x.shgb", "x.SHGB", "ä.shgb", "x.shgb\n"],
)
def test_only_plain_names_are_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(BugError):
        folder.deliver(tmp_path, SealedFile(name, b""), no_pause)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    gone = tmp_path / "stick"
    assert code_of(lambda: folder.deliver(gone, FILE, no_pause)) == Code.FOLDER_UNUSABLE
    assert code_of(lambda: folder.waiting(gone)) == Code.FOLDER_UNUSABLE
    assert code_of(lambda: folder.fetch(gone / "x.shgb")) == Code.FOLDER_UNUSABLE


def test_a_full_disk_leaves_the_old_file_and_no_other() -> None:
    # /dev/full answers every write with "no space"; a folder of it cannot be made, so the write goes to it directly.
    with pytest.raises(OSError) as caught:
        durable._write(Path("/dev/full"), b"x")
    assert caught.value.errno == errno.ENOSPC


def test_errors_while_writing_are_named_and_leave_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE.name
    path.write_bytes(b"old")
    for number, code in ((errno.ENOSPC, Code.DISK_FULL), (errno.EIO, Code.FOLDER_UNUSABLE)):

        def fail(_descriptor: int, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", fail)
            assert code_of(lambda: folder.deliver(tmp_path, FILE, no_pause)) == code
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == [FILE.name]


def test_a_stick_that_lies_is_caught_on_reading_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(path: Path, content: bytes) -> None:
        path.write_bytes(content[:-512] + bytes(512))

    monkeypatch.setattr(durable, "_write", lie)
    assert code_of(lambda: folder.deliver(tmp_path, FILE, no_pause)) == Code.COPY_DIFFERS
    assert names(tmp_path) == []


@pytest.mark.parametrize(("refusals", "there"), [(3, True), (7, True), (8, False), (1000, False)])
def test_a_busy_file_is_tried_again_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, there: bool
) -> None:
    real = Path.replace
    waits: list[float] = []

    tries = iter(range(10_000))

    def busy(path: Path, target: Path) -> Path:
        if next(tries) < refusals:
            raise PermissionError(errno.EACCES, "in use")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", busy)
    (tmp_path / FILE.name).write_bytes(b"old")
    if there:
        folder.deliver(tmp_path, FILE, waits.append)
        assert len(waits) == refusals
    else:
        assert code_of(lambda: folder.deliver(tmp_path, FILE, waits.append)) == Code.FILE_BUSY
        assert 4 < sum(waits) < 6
    expected = FILE.content if there else b"old"
    assert (tmp_path / FILE.name).read_bytes() == expected
    assert names(tmp_path) == [FILE.name]


def test_only_regular_files_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a.shgb").write_bytes(b"a")
    (tmp_path / "B.SHGB").write_bytes(b"b")
    (tmp_path / "._a.shgb").write_bytes(b"mac")
    (tmp_path / ".c.shgb.part").write_bytes(b"half")
    (tmp_path / "notes.txt").write_bytes(b"x")
    (tmp_path / "folder.shgb").mkdir()
    (tmp_path / "link.shgb").symlink_to("/etc/hostname")
    (tmp_path / "dangling.shgb").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.shgb")
    assert [path.name for path in folder.waiting(tmp_path)] == ["B.SHGB", "a.shgb"]
    for name in ("folder.shgb", "link.shgb", "pipe.shgb"):
        assert code_of(lambda name=name: folder.fetch(tmp_path / name)) == Code.BUNDLE_NOT_ONE


def test_a_file_larger_than_any_bundle_is_left(tmp_path: Path) -> None:
    with (tmp_path / "big.shgb").open("wb") as out:
        out.truncate(10 * 2**30)
    assert code_of(lambda: folder.fetch(tmp_path / "big.shgb")) == Code.BUNDLE_TOO_LARGE


def key_file(passphrase: str, before: keyslots.KeyFile | None = None) -> keyslots.KeyFile:
    cheap = keyslots.Cost(64, 1, 1)
    return keyslots.with_passphrase(
        before or keyslots.KeyFile(), bytes(32), passphrase, random_bytes=seeded(1), made=MADE, cost=cheap
    )


def test_two_copies_and_either_suffices(tmp_path: Path) -> None:
    file = key_file("passphrase")
    keyfiles.save_keys(tmp_path, file, no_pause)
    assert names(tmp_path) == ["book.key", "book.key.2"]
    assert keyfiles.load_keys(tmp_path) == keyfiles.LoadedKeys((file,))
    for name in keyfiles.NAMES:
        for hurt in (b"", file.content()[:-1], file.content().replace(b"passphrase", b"passphrasf"), None):
            keyfiles.save_keys(tmp_path, file, no_pause)
            if hurt is None:
                (tmp_path / name).unlink()
            else:
                (tmp_path / name).write_bytes(hurt)
            loaded = keyfiles.load_keys(tmp_path)
            assert loaded.file == file
            assert loaded.to_mend == (name,)
            assert keyslots.unlock(loaded.file, "passphrase").book_key == bytes(32)


def test_both_copies_hurt_is_damage_and_none_is_no_book(tmp_path: Path) -> None:
    assert code_of(lambda: keyfiles.load_keys(tmp_path)) == Code.BOOK_MISSING
    (tmp_path / "book.key.2").write_bytes(b"{}")
    assert code_of(lambda: keyfiles.load_keys(tmp_path)) == Code.BOOK_DAMAGED
    (tmp_path / "book.key").write_bytes(b"")
    assert code_of(lambda: keyfiles.load_keys(tmp_path)) == Code.BOOK_DAMAGED


def test_a_cut_between_the_copies_leaves_the_new_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = key_file("passphrase")
    new = key_file("another one", old)
    keyfiles.save_keys(tmp_path, old, no_pause)
    real = durable.flush_folder

    def cut(path: Path) -> None:
        real(path)
        raise OSError(errno.EIO, "pulled")

    monkeypatch.setattr(durable, "flush_folder", cut)
    with pytest.raises(SurroundingsError):
        keyfiles.save_keys(tmp_path, new, no_pause)
    monkeypatch.undo()
    loaded = keyfiles.load_keys(tmp_path)
    assert loaded.file == new
    assert loaded.to_mend == ("book.key.2",)
    keyfiles.save_keys(tmp_path, loaded.file, no_pause)
    assert keyfiles.load_keys(tmp_path).to_mend == ()


def test_volumes_of_a_bundle_come_in_their_order(tmp_path: Path) -> None:
    names = [f"aaaaaaaa-bbbbbbbb-ops-{'c' * 16}-{number}.shgb" for number in (1, 2, 10, 11)]
    for name in reversed(names):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in folder.waiting(tmp_path)] == names
