"""Writing a small file so that a power cut leaves the old or the new one, never something between."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from shg_desk.domain.disk_trouble import refused_by_disk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError

Pause = Callable[[float], None]

BOOK_FILES = ("book.db", "book.key")
"""Where both are, the folder is a book's."""

_OUR_AUTHOR = b"/Author (SHG Desk)"
_LABEL = re.compile(rb"SHGB/\d+ [^\n]{0,200}? to=(\S+) from=(\S+)\n")
_TABLES = (b"\xef\xbb\xbf", b"PK\x03\x04")
"""How a CSV with a byte order mark and a workbook begin."""

_LARGEST_BYTES = 256 * 1024 * 1024

_OF_THE_FOLDER = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS})
"""Where a new file cannot be begun, it is its folder that is missing or forbidden."""

# A virus scanner or indexer may hold a fresh file for some seconds: about 5 s of patience, then an honest failure.
_REPLACE_WAITS_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6)


def write_durably(path: Path, content: bytes, pause: Pause) -> None:
    """Write to a temporary name on the same disk, flush, read back and compare, rename, flush the folder.

    Raises SurroundingsError DISK_FULL, FILE_BUSY, COPY_DIFFERS or FOLDER_UNUSABLE; the old file is then intact and no
    temporary one is left.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        _write(temporary, content)
        if _digest_read_back(temporary) != hashlib.sha256(content).digest():
            raise _stopped(Code.COPY_DIFFERS, path)
        _replace(temporary, path, pause)
        flush_folder(path.parent)
    except OSError as error:
        _discard(temporary)
        error.filename = str(path.parent if error.errno in _OF_THE_FOLDER else path)  # nobody knows our temporary name
        raise refused_by_disk(error, str(path), folder=str(path.parent)) from error
    except SurroundingsError:
        _discard(temporary)
        raise


def write_where_said(path: Path, content: bytes, pause: Pause) -> None:
    """As `write_durably`, to a place that a person named: an older one of the same kind of ours there gives way.

    Raises KnownError BOOK_EXISTS for everything else: a device, the files of a book, what other programs wrote.
    """
    if not path.name or _is_no_file(path) or _is_of_a_book(path) or _is_of_others(path, content):
        raise KnownError(Problem(Code.BOOK_EXISTS, str(path)))
    write_durably(path, content, pause)


def _is_no_file(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # nothing is there
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))  # a folder refuses by itself


def _is_of_a_book(path: Path) -> bool:
    return all((path.parent / name).exists() for name in BOOK_FILES) and path.exists()


def _is_of_others(path: Path, content: bytes) -> bool:
    """True where something is there that is not what this program wrote before: the same paper gives way to itself."""
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return False
        if path.stat().st_size > _LARGEST_BYTES:
            return True
        older = path.read_bytes()
    except OSError as error:
        raise refused_by_disk(error, str(path), folder=str(path.parent)) from error
    return older != content and not _kinds(older) & _kinds(content)


def _kinds(content: bytes) -> set[tuple[bytes, ...]]:
    """What a file is: a paper of ours, a request or another parcel of one sender, one for one laptop, a table."""
    if content.startswith(b"%PDF-"):
        return {(b"paper",)} if _OUR_AUTHOR in content else set()
    if parcel := _LABEL.match(content):
        addressee, sender = parcel.groups()
        return {(b"request", sender)} if addressee == b"-" else {(b"from", sender), (b"to", addressee)}
    return {(start,) for start in _TABLES if content.startswith(start)}


def flush_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut; Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some mounted sticks cannot flush a folder; the file itself is flushed and was read back.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _digest_read_back(path: Path) -> bytes:
    """The hash of what the disk has; the cached pages are given up first where the system lets us."""
    with path.open("rb") as source:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(source, "sha256").digest()


def _replace(temporary: Path, path: Path, pause: Pause) -> None:
    for wait in (*_REPLACE_WAITS_SECONDS, None):
        try:
            temporary.replace(path)
        except PermissionError as error:
            if wait is None:
                raise _stopped(Code.FILE_BUSY, path) from error
            pause(wait)
        else:
            return


def _discard(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _stopped(code: Code, path: Path) -> SurroundingsError:
    return SurroundingsError(Problem(code, path.name, {"folder": str(path.parent)}))
