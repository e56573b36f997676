"""One program at a time has a book: locks on files in its folder that the system drops when the program dies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError

WHOLE, LENT = "lock", "lock.lent"


class FolderLock:
    """Held from opening a book to closing it. Raises SurroundingsError BOOK_IN_USE where somebody else holds it.

    The program that has the book may lend it to one child of its own at a time, which holds the lock of the lent book
    (`lent`). A child that outlives its parent for a moment still keeps others out.
    """

    def __init__(self, folder: Path, *, lent: bool = False) -> None:
        self._file = _taken(folder, LENT if lent else WHOLE)
        if not lent:
            try:
                _taken(folder, LENT).close()
            except SurroundingsError:
                self.release()
                raise

    def release(self) -> None:
        """Lets others open the book."""
        if not self._file.closed:
            self._file.close()


def _taken(folder: Path, name: str) -> BinaryIO:
    file = (folder / name).open("a+b")
    try:
        _take(file.fileno())
    except OSError as error:
        file.close()
        raise SurroundingsError(Problem(Code.BOOK_IN_USE, str(folder))) from error
    return file


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
