"""The newest backup as the pages name it: the day, and what people call the stick or folder it went to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta

from shg_desk.actions.desk import Desk

_PLACE = "backed_up_to"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The day of the newest backup, and its place; empty in the book's own folder, or where nobody named it."""

    on: date
    place: str = ""


def newest_backup(desk: Desk) -> BackedUp | None:
    """The newest backup this book knows of, wherever it went; None where there is none."""
    at = desk.book.setting("backed_up_at")
    if not at:
        return None
    _, offset = desk.clock()
    day = (datetime.fromtimestamp(int(at), UTC) + timedelta(minutes=offset)).date()
    return BackedUp(day, desk.book.setting(_PLACE) or "")


def remember_place(desk: Desk, called: str) -> None:
    """What people call the place of the backup just made."""
    desk.book.set_setting(_PLACE, called)
