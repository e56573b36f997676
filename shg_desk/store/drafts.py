"""Drafts: what is being typed, saved beside the book under the same key, so that a long write never blocks typing.

Nothing of it is in the log; a draft is dropped once it was saved for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import parse_strict
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.store.db import Db
from shg_desk.store.db import open_db

FILE = "drafts.db"


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished piece of work: its kind (`meeting`...), which one (a group id...), content, claimed time."""

    kind: str
    key: str
    content: Any
    at: int


class Drafts:
    """The drafts of one book, open. Like a book, it belongs to the thread that opened it."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, kind: str, key: str, content: Any, at: int) -> None:
        """Saves a draft over the one before. `content` is what a line of the log may hold (no floats)."""
        from shg_desk.domain.spelling import as_kept

        self._db.run(
            "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", (kind, key, encode(as_kept(content)).decode(), at)
        )

    def get(self, kind: str, key: str) -> Draft | None:
        """The draft of this kind and key, or None."""
        row = self._db.row("SELECT kind, key, content, at FROM draft WHERE kind = ? AND key = ?", (kind, key))
        return _draft(row) if row else None

    def every(self, kind: str | None = None) -> list[Draft]:
        """All drafts (of a kind), the newest first."""
        rows = self._db.rows(
            "SELECT kind, key, content, at FROM draft WHERE ?1 IS NULL OR kind = ?1 ORDER BY at DESC, kind, key",
            (kind,),
        )
        return [draft for draft in map(_draft, rows) if draft is not None]

    def drop(self, kind: str, key: str) -> None:
        """Forgets a draft."""
        self._db.run("DELETE FROM draft WHERE kind = ? AND key = ?", (kind, key))

    def close(self) -> None:
        """Closes the file."""
        self._db.close()


def open_drafts(folder: Path, key: bytes) -> Drafts:
    """Opens the drafts beside a book, making the file at first use. Raises as `open_db`, but for a damaged file.

    One that cannot be read is put aside: what was typed last must not stand in the way of what is recorded now.
    """
    try:
        db = open_db(folder / FILE, key, create=True)
    except KnownError as error:
        if error.problems[0].code is not Code.BOOK_DAMAGED:
            raise
        for end in ("", "-wal", "-shm"):
            left = folder / (FILE + end)
            if left.exists():
                left.replace(folder / f"{FILE}{end}.damaged")
        db = open_db(folder / FILE, key, create=True)
    db.run(
        "CREATE TABLE IF NOT EXISTS draft (kind TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, "
        "at INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID"
    )
    return Drafts(db)


def _draft(row: tuple[Any, ...]) -> Draft | None:
    try:
        return Draft(row[0], row[1], parse_strict(row[2].encode()), row[3])
    except NotCanonicalError:
        return None
