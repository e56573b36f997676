"""The key file of an open book: which of those that lie there is its own, and writing it anew."""

from __future__ import annotations

from shg_desk.actions.desk import Desk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.sync.keyfiles import NAMES
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyfiles import save_keys
from shg_desk.sync.keyslots import KeyFile


def own_keys(desk: Desk) -> KeyFile:
    """The newest key file of this book: of those on the disk that its key says are its own, and the one it was opened
    with, which still holds where others came to lie over it.

    Raises KnownError BOOK_DAMAGED where there is none.
    """
    found = [desk.ways] if desk.ways is not None else []
    try:
        found += [file for file in load_keys(desk.folder).files if file.is_of(desk.book_key)]
    except KnownError:
        if not found:
            raise
    if not found:
        raise KnownError(Problem(Code.BOOK_DAMAGED, NAMES[0], {"key": " + ".join(NAMES)}))
    return max(found, key=lambda file: file.serial)


def keep_keys(desk: Desk, file: KeyFile) -> None:
    """Writes the book's key file after a change, both copies, over whatever lies there. Raises SurroundingsError."""
    own = file.as_of(desk.book_key)
    save_keys(desk.folder, own)
    desk.ways = own
