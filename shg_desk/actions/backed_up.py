"""The newest backup as the pages name it: the day, and what people call the stick or folder it went to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shg_desk.actions.desk import Desk

_PLACE = "backed_up_to"
_DAY_SECONDS = 86400


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The day of the newest backup, and its place; empty in the book's own folder, or where nobody named it."""

    on: date
    place: str = ""


def newest_backup(desk: Desk) -> BackedUp | None:
    """The newest backup this book knows of, wherever it went; None where there is none.

    One that a wrong clock dated ahead says nothing of when it was made: the newest of the past in the book's own folder
    stands for it, so that nobody waits for years to be reminded of the next one.
    """
    at = int(desk.book.setting("backed_up_at") or 0)
    tomorrow = desk.clock()[0] + _DAY_SECONDS
    if 0 < at <= tomorrow:
        return BackedUp(desk.day_of(at), desk.book.setting(_PLACE) or "")
    folder = desk.folder / "backups"
    if not any(folder.glob("*")):
        return None
    from shg_desk.store.backup import backups_in

    past = (one.label.at for one in backups_in(folder) if one.label.at <= tomorrow)
    return next((BackedUp(desk.day_of(when)) for when in past), None)


def remember_place(desk: Desk, called: str) -> None:
    """What people call the place of the backup just made."""
    desk.book.set_setting(_PLACE, called)
