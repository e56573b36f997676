"""Papers made to be looked at lie in a folder that goes with the program, for nothing on paper is locked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QTemporaryDir

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError


@lru_cache(maxsize=1)
def _folder() -> QTemporaryDir:
    return QTemporaryDir()


def paper_path(name: str) -> Path:
    """Where a paper of this name is written before the system's viewer shows it. Raises SurroundingsError."""
    folder = _folder()
    if not folder.isValid():
        raise SurroundingsError(Problem(Code.FOLDER_UNUSABLE, folder.path(), {"reason": folder.errorString()}))
    return Path(folder.filePath(name))
