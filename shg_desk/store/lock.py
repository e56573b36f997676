"""One program at a time writes a book: a lock on a file in its folder that the system drops when the program dies."""

from __future__ import annotations

import sys
from pathlib import Path

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError


class FolderLock:
    """Held from opening a book to closing it. Raises SurroundingsError BOOK_IN_USE where somebody else holds it."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "lock").open("a+b")
        try:
            _take(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise SurroundingsError(Problem(Code.BOOK_IN_USE, str(folder))) from error

    def release(self) -> None:
        """Lets others open the book."""
        if not self._file.closed:
            self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
