"""A book: the folder on disk, its open database, and writing to its log.

The folder holds `book.db`, two copies of `book.key` (the sync room's), `mark`, `drafts.db` and three folders.
`mark` repeats the newest own operation outside the database, so that a book put back from a copy is noticed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from shg_desk.domain.canonical import INTEGER_LIMIT
from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import encode
from shg_desk.domain.disk_trouble import refused_by_disk
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import RandomBytes
from shg_desk.domain.ids import new_code
from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import log
from shg_desk.store import schema
from shg_desk.store.db import Db
from shg_desk.store.db import open_db
from shg_desk.store.lock import FolderLock
from shg_desk.store.log import Arrived
from shg_desk.store.log import Put
from shg_desk.store.log import Stored

if TYPE_CHECKING:
    from shg_desk.store.derive import Derived
    from shg_desk.store.derive_profiles import Unseal

FOLDERS = ("inbox", "outbox", "backups")

FORMER_LIVES = "former_lives"
"""The setting with the epochs this book had before it was put back from a copy."""

REGISTRY_BEGAN = "registry_at_new_life"
"""The setting of an office's book with the version of its register that its present life began with."""

_STEERS = re.compile(rb"\\u00[01]|\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
"""What `spelling.as_kept` takes out of texts, as it stands in a line."""

PUT_AT_ONCE = 500
"""Operations of a file that are stored in one go."""


@dataclass(frozen=True, slots=True)
class Line:
    """One operation to be written: its kind, body, author code and claimed time (UTC seconds, offset in minutes)."""

    kind: str
    body: dict[str, Any]
    by: str
    at: tuple[int, int]

    def canonical(self) -> bytes:
        """The bytes that go into the log."""
        line = {"at": list(self.at), "body": self.body, "by": self.by, "kind": self.kind, "v": 1}
        try:
            written = encode(line)
            if not _STEERS.search(written):
                return written
        except NotCanonicalError:  # a text pasted or typed another way
            pass
        from shg_desk.domain.spelling import as_kept

        return encode(as_kept(line))


class Book:
    """An open book. One thread uses it; every write is one transaction, log and derived tables together."""

    def __init__(self, folder: Path, db: Db, unseal: Unseal, lock: FolderLock) -> None:
        self.folder = folder
        self.db = db
        self._unseal = unseal
        self._lock = lock
        self.only_group: str | None = None
        """The one group that lists show to the person who has the book open; None: every one."""

    @property
    def unseal(self) -> Unseal:
        """Opens sealed parts with the keys of this book."""
        return self._unseal

    # settings -------------------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A setting of this book, or None."""
        found = self.db.value("SELECT value FROM setting WHERE name = ?", (name,))
        return None if found is None else str(found)

    def set_setting(self, name: str, value: str) -> None:
        """Writes a setting of this book."""
        self.db.run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def forget_settings(self, first: str) -> None:
        """Drops every setting whose name begins so."""
        if self.db.value("SELECT 1 FROM setting WHERE substr(name, 1, ?) = ? LIMIT 1", (len(first), first)):
            self.db.run("DELETE FROM setting WHERE substr(name, 1, ?) = ?", (len(first), first))

    @property
    def device(self) -> str:
        """The device code of this book."""
        return self.setting("device") or ""

    @property
    def epoch(self) -> str:
        """The present life of this book."""
        return self.setting("epoch") or ""

    # writing --------------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: whatever the block appends or puts is derived and committed together, or not at all."""
        with self.db.transaction():
            writer = Writer(self.db, self.device, self.epoch, self._unseal)
            yield writer
            writer.finish()
            self.db.after_commit(self._write_mark)

    def rebuild(self, progress: Any = lambda done, of: None) -> Derived:
        """Makes the derived tables again from the log."""
        from shg_desk.store.derive import rebuild

        return rebuild(self.db, self._unseal, progress)

    # the mark beside the book ---------------------------------------------------------------------------------------

    def _write_mark(self) -> None:
        tip = log.last(self.db, self.device, self.epoch)
        mark = {"epoch": self.epoch, "seq": tip.seq, "head": tip.head.hex()}
        # what is saved is saved: a mark left behind only knows less, and is written with the next record
        with suppress(OSError):
            write_file(self.folder / "mark", json.dumps(mark).encode())

    def _was_put_back(self) -> bool:
        """True when the mark knows more of our own chain than the database: an older copy was put back."""
        kept = self.folder / "mark"
        if not kept.is_file():  # a pipe would keep us waiting
            return True
        try:
            mark = json.loads(kept.read_bytes())
            epoch, seq, head = mark["epoch"], int(mark["seq"]), bytes.fromhex(mark["head"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
            return True
        if epoch != self.epoch or seq > INTEGER_LIMIT:
            return True
        if seq == 0:
            return False
        found = self.db.value(
            "SELECT o.head FROM operation o JOIN chain c ON c.id = o.chain "
            "WHERE c.device = ? AND c.epoch = ? AND o.seq = ?",
            (self.device, epoch, seq),
        )
        return found is None or bytes(found) != head

    def begin_new_life(self, random_bytes: RandomBytes) -> None:
        """Gives the book a new epoch: what is written from now on cannot be taken for what the lost copy wrote."""
        with self.db.transaction():
            self.set_setting(FORMER_LIVES, " ".join([*(self.setting(FORMER_LIVES) or "").split(), self.epoch]))
            self.set_setting(REGISTRY_BEGAN, self.setting("registry") or "0")
            self.set_setting("epoch", new_code(random_bytes))
        self._write_mark()

    def close(self) -> None:
        """Closes the book and lets others open it."""
        self.db.close()
        self._lock.release()


class Writer:
    """What can be written inside one transaction of a book."""

    def __init__(self, db: Db, device: str, epoch: str, unseal: Unseal) -> None:
        self._db = db
        self._device = device
        self._epoch = epoch
        from shg_desk.store.derive import Deriver  # a book that is only read needs none of it

        self._deriver = Deriver(db, unseal)
        self.outcome: Derived = self._deriver.outcome

    def append(self, line: Line) -> Stored:
        """Writes one operation of ours. Raises BugError where it cannot be applied: we never write what we refuse."""
        stored = log.append(self._db, self._device, self._epoch, line.canonical())
        self._deriver.take(stored, is_first=True)
        if not self._deriver.counts(stored.id):
            raise BugError(f"our own {line.kind} does not apply")  # what it says is nobody's but the book's
        return stored

    def put(self, name: OpName, line: bytes, head_before: bytes, *, relayed: bool) -> Put:
        """Stores and derives one verified operation of somebody's chain."""
        return self.put_many([Arrived(name, line, head_before)], relayed=relayed)[0]

    def put_many(self, arrived: Iterable[Arrived], *, relayed: bool) -> list[Put]:
        """Stores and derives verified operations of chains in their order; what each came to."""
        found = []
        rest = iter(arrived)
        for part in iter(lambda: list(islice(rest, PUT_AT_ONCE)), []):
            for put, stored in log.put_many(self._db, part, relayed=relayed):
                found.append(put)
                if stored is not None:
                    self._deriver.take(stored, is_first=put is Put.NEW)
        return found

    def decide(self, name: str, mark: str, *, counts: bool) -> None:
        """The office's own answer about a record that was set aside: it counts from now on, or stays out for good."""
        self._deriver.finish()
        self._deriver.decide(name, mark, counts=counts)

    def refresh_sealed(self, owner: str, purpose: str, number: int) -> None:
        """Opens or closes what a key seals, after it came or was destroyed."""
        self._deriver.refresh_sealed(owner, purpose, number)

    def flush(self) -> None:
        """Makes what was written so far visible to queries inside the transaction."""
        self._deriver.finish()

    def finish(self) -> Derived:
        """Writes what is still gathered."""
        return self._deriver.finish()


def create_book(
    folder: Path, key: bytes, settings: Iterable[tuple[str, str]], unseal: Unseal, random_bytes: RandomBytes
) -> Book:
    """Makes a new, empty book with a device code and an epoch of its own. Raises KnownError BOOK_EXISTS."""
    if (folder / "book.db").exists():
        raise KnownError(Problem(Code.BOOK_EXISTS, str(folder)))
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder)
    db = open_db(folder / "book.db", key, create=True)
    schema.create_lasting(db)
    book = Book(folder, db, unseal, lock)
    with db.transaction():
        schema.make_derived(db)
        book.set_setting("device", new_code(random_bytes))
        book.set_setting("epoch", new_code(random_bytes))
        for name, value in settings:
            book.set_setting(name, value)
    book._write_mark()
    return book


def open_book(
    folder: Path,
    key: bytes,
    unseal: Unseal,
    random_bytes: RandomBytes,
    *,
    safety_copy: Callable[[Db], None] | None = None,
    on_open: Callable[[Book], None] = lambda book: None,
    lent: bool = False,
) -> Book:
    """Opens a book under its raw key: checks version and guards, migrates, notices a copy that was put back.

    `safety_copy(db)` is called before lasting tables are changed, `on_open(book)` before a rebuild that the new program
    needs, so that sealed parts can be opened in it. `lent` is for a child of the program that has the book open.
    Raises KnownError or SurroundingsError.
    """
    if not (folder / "book.db").is_file():
        raise KnownError(Problem(Code.BOOK_MISSING, str(folder)))
    lock = FolderLock(folder, lent=lent)
    try:
        _make_folders(folder)
        db = open_db(folder / "book.db", key)
        try:
            if int(db.value("PRAGMA user_version")) < schema.LASTING_VERSION and safety_copy is not None:
                safety_copy(db)
            schema.migrate(db)
            schema.check_guards(db)
            book = Book(folder, db, unseal, lock)
            on_open(book)
            if not schema.derived_is_current(db):
                book.rebuild()
            if book._was_put_back():
                book.begin_new_life(random_bytes)
        except BaseException:
            db.close()
            raise
    except BaseException:
        lock.release()
        raise
    return book


def _make_folders(folder: Path) -> None:
    try:
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise refused_by_disk(error, str(folder)) from error


def write_file(path: Path, content: bytes) -> None:
    """Replaces a small file so that a power cut leaves the old one or the new one, never half."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
