"""Transport by folder: a stick, a mail folder, our own outbox and inbox. It never deletes."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from shg_desk.domain.disk_trouble import refused_by_disk
from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.sync.durable import Pause
from shg_desk.sync.durable import write_durably
from shg_desk.sync.label import FILE_LIMIT_BYTES
from shg_desk.sync.label import SUFFIX
from shg_desk.sync.label import refused
from shg_desk.sync.parcels import SealedFile

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,150}\.shgb")


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that was written, read back and found equal: *on its way*."""

    path: Path
    bytes: int
    sha256: str


def deliver(folder: Path, file: SealedFile, pause: Pause = time.sleep) -> Delivered:
    """Put a bundle into a folder under its final name, or leave nothing. Raises as `write_durably`."""
    if _NAME.fullmatch(file.name) is None:
        raise BugError(f"a bundle named {file.name!r}")
    path = folder / file.name
    write_durably(path, file.content, pause)
    return Delivered(path, len(file.content), hashlib.sha256(file.content).hexdigest())


def waiting(folder: Path) -> list[Path]:
    """The bundle files of a folder by name and volume: regular files `*.shgb`, no links, no hidden ones, no subfolders.

    Raises SurroundingsError FOLDER_UNUSABLE.
    """
    try:
        with os.scandir(folder) as entries:
            found = [
                Path(entry.path)
                for entry in entries
                if entry.name.lower().endswith(SUFFIX)
                and not entry.name.startswith(".")
                and entry.is_file(follow_symlinks=False)
            ]
    except OSError as error:
        raise refused_by_disk(error, str(folder)) from error
    return sorted(found, key=lambda path: _place(path.name))


def _place(name: str) -> tuple[str, int, str]:
    """Volumes of one bundle follow each other by number: -2 before -10."""
    beginning, _, number = name.lower().removesuffix(SUFFIX).rpartition("-")
    return (beginning, int(number), name) if number.isascii() and number.isdecimal() else (name, 0, name)


def fetch(path: Path) -> bytes:
    """One consistent copy of a file, in memory: read once, later changes of it do not matter.

    Raises KnownError BUNDLE_NOT_ONE (no regular file, a link) or BUNDLE_TOO_LARGE; SurroundingsError FOLDER_UNUSABLE.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise refused(Code.BUNDLE_NOT_ONE, path.name)
        # Between the look and the opening the name may come to mean something else: no links, no waiting on a pipe.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as source:  # noqa: PTH123 - a descriptor, not a path
            if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
                raise refused(Code.BUNDLE_NOT_ONE, path.name)
            content = source.read(FILE_LIMIT_BYTES + 1)
    except OSError as error:
        raise refused_by_disk(error, str(path)) from error
    if len(content) > FILE_LIMIT_BYTES:
        raise refused(Code.BUNDLE_TOO_LARGE, path.name, limit=FILE_LIMIT_BYTES)
    return content


def inbox_name(content: bytes) -> str:
    """The name of a file in the inbox: its hash, never what it was called where it came from."""
    return hashlib.sha256(content).hexdigest() + SUFFIX
