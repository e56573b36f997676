"""Backups: one file, a tar of a copy of the book, its key slots and a label with its digest; proved before it is one.

The copy is made while the book is open (`VACUUM INTO`), under the same book key. It is written beside its place, synced
and opened again: its pages, its digest and its sums must agree before it gets its name, or it is thrown away.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from shg_desk.domain.disk_trouble import refused_by_disk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import log
from shg_desk.store.book import FOLDERS
from shg_desk.store.book import Book
from shg_desk.store.check import check_chains
from shg_desk.store.check import check_file
from shg_desk.store.db import Db
from shg_desk.store.db import open_db
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import counts

ENDING = ".shgbackup"
LABEL = "label.json"
KEY_FILES = ("book.key", "book.key.2")
_MEMBERS = {"book.db", LABEL, *KEY_FILES}


@dataclass(frozen=True, slots=True)
class Label:
    """What a backup says of itself: digest and counts of the book, whose life it is, the claimed UTC seconds."""

    digest: str
    operations: int
    entries: int
    groups: int
    device: str
    epoch: str
    at: int


STEPS = 3
"""Copied, packed, proved."""


_INNER = (".backup-", ".restore-", ".proof-")
"""How the folders begin that are made for the work: nobody has named them, so trouble is told of where they lie."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file and its label."""

    file: Path
    label: Label


def backup(
    book: Book,
    key: bytes,
    folder: Path,
    name: str,
    at: int,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Backup:
    """Makes a backup `name.shgbackup` in a folder and proves it; the newest operation in it then counts as backed up.

    Raises KnownError BOOK_DAMAGED where the copy does not prove sound, SurroundingsError where it cannot be written;
    an older file of that name is replaced only by a proved one.
    """
    newest = log.newest(book.db)
    summed = counts(book)
    label = Label(book_digest(book), summed.operations, summed.entries, summed.groups, book.device, book.epoch, at)
    target = folder / f"{name}{ENDING}"
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = f".backup-{book.device}-"
        for left in folder.glob(f"{unfinished}*"):  # a backup that was cut off; nobody else writes this book's
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=unfinished, dir=folder) as work:
            copy = Path(work) / "book.db"
            progress(0, STEPS)
            book.db.run("VACUUM INTO ?", (str(copy),))
            packed = Path(work) / target.name
            progress(1, STEPS)
            _pack(packed, copy, book.folder, label)
            copy.unlink()
            progress(2, STEPS)
            prove(packed, key)
            progress(STEPS, STEPS)
            packed.replace(target)
            _sync_folder(folder)
    book.set_setting("backed_up", str(newest))
    book.set_setting("backed_up_at", str(at))
    return Backup(target, label)


def _pack(target: Path, copy: Path, folder: Path, label: Label) -> None:
    with target.open("wb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            text = json.dumps(asdict(label), sort_keys=True).encode()
            about = tarfile.TarInfo(LABEL)
            about.size = len(text)
            tar.addfile(about, io.BytesIO(text))
            for path in [*(folder / name for name in KEY_FILES), copy]:
                if path.is_file():
                    tar.add(path, path.name, recursive=False, filter=_plain)
        out.flush()
        os.fsync(out.fileno())


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nobody's names and times travel."""
    info.uid = info.gid = info.mtime = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


def prove(file: Path, key: bytes) -> Label:
    """Opens a backup and adds it up: pages, references, guards, chains, sums, digest. Gives its label.

    Raises KnownError BOOK_DAMAGED where anything is not as the label says.
    """
    with tempfile.TemporaryDirectory(prefix=".proof-", dir=file.parent) as work:
        label = _unpack(file, Path(work))
        db = open_db(Path(work) / "book.db", key)
        try:
            problems = [*check_file(db), *check_chains(db), *_check_sums(db)]
            if problems:
                raise KnownError(*problems)
            found = counts_and_digest(db)
        finally:
            db.close()
    if found != (label.operations, label.entries, label.groups, label.digest):
        raise damaged(file, "its digest is another")
    return label


def counts_and_digest(db: Db) -> tuple[int, int, int, str]:
    """Operations, entries, groups and digest of an open database."""
    summed = counts(db)
    return summed.operations, summed.entries, summed.groups, book_digest(db)


def _check_sums(db: Db) -> Iterator[Problem]:
    """Entries that do not add up, and month totals that are not the sums of their postings."""
    if db.value("SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY entry HAVING sum(amount) <> 0)"):
        yield Problem(Code.NOT_BALANCED, str(db.path))
    kept = db.value("SELECT count(*) FROM (SELECT account, sum(count), sum(sum) FROM month_total GROUP BY account "
                    "EXCEPT SELECT account, count(*), sum(amount) FROM posting GROUP BY account)")  # fmt: skip
    if kept:
        yield Problem(Code.TOTALS_DIFFER, str(db.path))


def restore(file: Path, folder: Path) -> Label:
    """Unpacks a backup into a new folder; the book there begins a new life when it is first opened (it has no mark).

    Raises KnownError BOOK_EXISTS where something is there already, BOOK_DAMAGED for what is no whole backup.
    """
    with unpacked_beside(file, folder) as (_, label):
        return label


@contextmanager
def unpacked_beside(file: Path, folder: Path) -> Iterator[tuple[Path, Label]]:
    """The same for who looks the book over where it is unpacked: it gets its place when the block ends without trouble,
    and closed. Otherwise nothing stays of it, but after a kill what the next one of that name clears away.
    """
    if folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        raise KnownError(Problem(Code.BOOK_EXISTS, str(folder)))
    with _told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = f".restore-{folder.name}-"
        for left in folder.parent.glob(f"{escape(unfinished)}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=unfinished, dir=folder.parent) as work:
            unpacked = Path(work) / "book"
            label = _unpack(file, unpacked)
            (unpacked / LABEL).unlink()
            for name in FOLDERS:
                (unpacked / name).mkdir()
            yield unpacked, label
            if folder.exists():
                folder.rmdir()
            unpacked.replace(folder)
            _sync_folder(folder.parent)


def _is_empty(folder: Path) -> bool:
    """False for anything that is no folder."""
    with _told(folder):
        return folder.is_dir() and not any(folder.iterdir())


def read_label(file: Path) -> Label:
    """What a backup says of itself, not proved. Raises KnownError BOOK_DAMAGED."""
    with _opened(file) as tar:
        return _label(file, tar)


def backups_in(folder: Path) -> list[Backup]:
    """The backups of a folder, the newest first by their own word; files that are none are left out."""
    found = []
    for file in sorted(folder.glob(f"*{ENDING}")):
        try:
            found.append(Backup(file, read_label(file)))
        except KnownError:
            continue
    return sorted(found, key=lambda one: one.label.at, reverse=True)


def safety_copy(folder: Path) -> Callable[[Db], None]:
    """For `open_book`: copies a book's database into its `backups/` before its lasting tables are changed."""

    def copy(db: Db) -> None:
        version = int(db.value("PRAGMA user_version"))
        target = folder / "backups" / f"before-version-{version + 1}.db"
        with _told(folder):
            target.parent.mkdir(exist_ok=True)
            unfinished = target.with_name(target.name + ".new")
            unfinished.unlink(missing_ok=True)
            db.run("VACUUM INTO ?", (str(unfinished),))
            with unfinished.open("rb+") as written:
                os.fsync(written.fileno())
            unfinished.replace(target)

    return copy


def _unpack(file: Path, folder: Path) -> Label:
    """Puts the members of a backup into a folder, by name: nothing in a tar decides where anything goes."""
    folder.mkdir(exist_ok=True)
    with _opened(file) as tar:
        label = _label(file, tar)
        for member in tar.getmembers():
            content = tar.extractfile(member)
            if member.name not in _MEMBERS or content is None:
                raise damaged(file, f"{member.name} has no place in a backup")
            with (folder / member.name).open("wb") as out:
                shutil.copyfileobj(content, out)
                out.flush()
                os.fsync(out.fileno())
    if not (folder / "book.db").is_file():
        raise damaged(file, "no book in it")
    return label


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    if file.exists() and not (file.is_file() or file.is_dir()):  # a pipe would keep us waiting
        raise damaged(file, "no file")
    try:
        with tarfile.open(file, "r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise damaged(file, str(error)) from error
    except FileNotFoundError as error:
        raise KnownError(Problem(Code.BOOK_MISSING, str(file), {"backup": str(file)})) from error


def _label(file: Path, tar: tarfile.TarFile) -> Label:
    try:
        content = tar.extractfile(LABEL)
        if content is None:
            raise damaged(file, "no label")
        return Label(**json.loads(content.read(64 * 1024)))
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(file, "no label") from error


def damaged(file: Path, reason: str) -> KnownError:
    """BOOK_DAMAGED of a backup, which is what its sentence then speaks of."""
    return KnownError(Problem(Code.BOOK_DAMAGED, str(file), {"reason": reason, "backup": str(file)}))


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """Turns the disk's errors into ours."""
    try:
        yield
    except OSError as error:
        at = Path(error.filename or place)
        inner = next((one for one in (at, *at.parents) if one.name.startswith(_INNER)), None)
        if inner is not None:
            error.filename = str(inner.parent)
        raise refused_by_disk(error, str(place)) from error


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a power cut, where the system lets a folder be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
