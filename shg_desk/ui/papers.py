"""Papers made to be looked at lie in a folder that goes with the program, for nothing on paper is locked.

A program that was killed leaves its folder behind; the next start takes it away.
"""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtCore import QLockFile
from PySide6.QtCore import QTemporaryDir

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError

NAME = "shg-desk-papers-"
LOCK = "in-use"


class _Folder:
    """The program's own folder, locked as long as the program lives."""

    def __init__(self) -> None:
        self.place = QTemporaryDir(QDir.tempPath() + f"/{NAME}XXXXXX")
        self.lock = _lock(Path(self.place.path()))
        self.lock.tryLock(0)


def _lock(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)  # only the death of its program makes it stale, never its age
    return lock


@lru_cache(maxsize=1)
def _folder() -> _Folder:
    return _Folder()


def forget_old_papers() -> None:
    """Take away what programs that were killed left to be read."""
    for folder in Path(QDir.tempPath()).glob(NAME + "*"):
        if folder.is_symlink() or not folder.is_dir():
            continue
        lock = _lock(folder)
        if lock.tryLock(0):
            lock.unlock()
            shutil.rmtree(folder, ignore_errors=True)


def paper_path(name: str) -> Path:
    """Where a paper of this name is written before the system's viewer shows it. Raises SurroundingsError."""
    place = _folder().place
    if not place.isValid():
        raise SurroundingsError(Problem(Code.FOLDER_UNUSABLE, place.path(), {"reason": place.errorString()}))
    return Path(place.filePath(name))
