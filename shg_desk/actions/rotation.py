"""Old copies in the book's own folders go after 90 days: they hold keys that were destroyed since.

Only what this program put there itself is touched; backups on sticks and parcels handed over are other people's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from shg_desk.actions.desk import Desk
from shg_desk.store.backup import backups_in
from shg_desk.sync.parcels import SUFFIX

KEEP_DAYS = 90
_DAY_SECONDS = 86400


def stamp(desk: Desk, file: Path) -> None:
    """Says on a file when the book's clock wrote it: that is what its age is counted from."""
    at, _ = desk.clock()
    with suppress(OSError):
        os.utime(file, (at, at))


def clear_old(desk: Desk) -> list[Path]:
    """Takes parcels and copies older than 90 days out of the book's `inbox`, `outbox` and `backups`; gives which.

    The newest backup stays, whatever its age, and the newest of the past beside one that a wrong clock dated ahead. A
    file in use goes the next time.
    """
    limit = desk.clock()[0] - KEEP_DAYS * _DAY_SECONDS
    gone = []
    for file in (*_old_backups(desk, limit), *_old_parcels(desk, limit)):
        with suppress(OSError):
            file.unlink()
            gone.append(file)
    return gone


def _old_backups(desk: Desk, limit: int) -> Iterator[Path]:
    """Backups by what they say of themselves, and copies made before the tables of a book were changed."""
    folder = desk.folder / "backups"
    found = backups_in(folder)
    today = limit + (KEEP_DAYS + 1) * _DAY_SECONDS
    newest = next((one for one in found if one.label.at <= today), None)
    for one in found[1:]:
        if one.label.at < limit and one is not newest:
            yield one.file
    yield from _older(folder, "before-version-*.db", limit)


def _old_parcels(desk: Desk, limit: int) -> Iterator[Path]:
    for name in ("inbox", "outbox"):
        yield from _older(desk.folder / name, f"*{SUFFIX}", limit)


def _older(folder: Path, pattern: str, limit: int) -> Iterator[Path]:
    for file in sorted(folder.glob(pattern)):
        with suppress(OSError):
            if file.is_file() and file.stat().st_mtime < limit:
                yield file
