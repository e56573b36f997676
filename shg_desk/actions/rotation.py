"""Old copies in the book's own folders go after 90 days: they hold keys that were destroyed since. So do pictures that
have waited as long for a record.

Only what this program put there itself is touched; backups on sticks and parcels handed over are other people's. No
clock decides what goes: days count as the book was opened on them, so that one wrong date clears nothing away at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from shg_desk.actions.desk import Desk
from shg_desk.domain.problems import KnownError
from shg_desk.sync.label import SUFFIX

KEEP_DAYS = 90

REST_DAYS = 35
"""How many days at most count between two days on which the book was seen: from one monthly meeting to the next."""

PICTURE = "picture/"
_REMEMBERED_DAYS = 400
_SETTING = "own_copies"


@dataclass(slots=True)
class _Kept:
    """What the book remembers of its days and of its own copies.

    `days` are the civil days it was seen on (ordinals, in the order of seeing), `lived` how many days it has lived by
    them, `seen` how many it had lived when a copy (`folder/name`), or a picture that waits (`PICTURE` and its name),
    was seen first, in the order of seeing.
    """

    lived: int = 0
    days: list[int] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)


def saw_today(desk: Desk) -> None:
    """Counts today as a day on which the book was seen, and sees its copies.

    A disk that takes nothing stops nobody from opening a book.
    """
    kept = _read(desk)
    if desk.today().toordinal() not in kept.days:
        _count_today(desk, kept)
        _note_copies(desk, kept)
        with suppress(KnownError):
            _write(desk, kept)


def clear_old(desk: Desk) -> list[Path]:
    """Takes parcels and copies older than 90 days out of the book's `inbox`, `outbox` and `backups`; gives which.
    Pictures that no record has named for as long go as well: whoever sent them has them, and is asked again. Those that
    a record names which itself waits here, for an earlier file or for the office's decision, stay as long as it does.

    The age of a file is how many days the book has lived since it saw the file first. The newest backup stays, whatever
    its age, and the newest of the past beside one that a wrong clock dated ahead. A file in use goes the next time.
    """
    from shg_desk.store import pictures as picture_store

    kept, waiting = _read(desk), picture_store.unnamed(desk.book.db)
    _count_today(desk, kept)
    _note_copies(desk, kept, waiting)
    _write(desk, kept)  # before anything goes: a cut between two files leaves the ages of the others
    staying = _newest_backups(desk, kept)
    gone = []
    for file in _own_copies(desk.folder):
        if kept.lived - kept.seen[_name(file)] >= KEEP_DAYS and file not in staying:
            with suppress(OSError):
                file.unlink()
                gone.append(file)
    waited = [name for name in waiting if kept.lived - kept.seen[PICTURE + name] >= KEEP_DAYS]
    if waited:
        with desk.book.db.transaction():
            picture_store.forget_unnamed(desk.book.db, waited)
    if gone or waited:
        _note_copies(desk, kept, picture_store.unnamed(desk.book.db))
        _write(desk, kept)
    return gone


def _count_today(desk: Desk, kept: _Kept) -> None:
    """A day counts once, for the days since the last one before it on which the book was seen, at most `REST_DAYS`.

    So a clock that jumps ahead once brings five weeks and no more, and one that begins anew each morning (an empty
    battery) brings its wrong day once.
    """
    today = desk.today().toordinal()
    if today not in kept.days:
        kept.lived += min(today - max((day for day in kept.days if day < today), default=today), REST_DAYS)
        kept.days = [*kept.days, today][-_REMEMBERED_DAYS:]


def _note_copies(desk: Desk, kept: _Kept, waiting: Iterable[str] | None = None) -> None:
    """What is new in the folders, and of the pictures that are waiting, is seen from today; what is there no more is
    forgotten. Without `waiting` nobody has looked at pictures.
    """
    known = [name for name in kept.seen if name.startswith(PICTURE)]
    pictures = known if waiting is None else [PICTURE + name for name in waiting]
    there = [*(_name(file) for file in _own_copies(desk.folder)), *pictures]
    kept.seen = {name: lived for name, lived in kept.seen.items() if name in set(there)}
    for name in there:
        kept.seen.setdefault(name, kept.lived)


def _newest_backups(desk: Desk, kept: _Kept) -> set[Path]:
    """The backup that was made last, and the newest by its own word of those that are not dated ahead."""
    from shg_desk.store.backup import backups_in

    found = backups_in(desk.folder / "backups")
    tomorrow = desk.clock()[0] + 86400
    by_word = [one.file for one in found if one.label.at <= tomorrow][:1]
    order = list(kept.seen)
    return {*by_word, *sorted((one.file for one in found), key=lambda file: order.index(_name(file)))[-1:]}


def _own_copies(folder: Path) -> Iterator[Path]:
    """Backups, copies made before the tables of a book were changed, and parcels, as far as they are files."""
    for name, pattern in (
        ("backups", "*.shgbackup"),
        ("backups", "before-version-*.db"),
        ("inbox", f"*{SUFFIX}"),
        ("outbox", f"*{SUFFIX}"),
    ):
        yield from (file for file in sorted((folder / name).glob(pattern)) if file.is_file())


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _read(desk: Desk) -> _Kept:
    text = desk.book.setting(_SETTING)
    return _Kept(**json.loads(text)) if text else _Kept()


def _write(desk: Desk, kept: _Kept) -> None:
    content = {"lived": kept.lived, "days": kept.days, "seen": kept.seen}
    desk.book.set_setting(_SETTING, json.dumps(content))
