"""How a backup is named wherever one is: its day and what people call the stick it is on."""

from __future__ import annotations

from shg_desk.actions.backed_up import BackedUp
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words


def day_and_place(words: Words, backup: BackedUp) -> str:
    """The day of a backup and what its place is called; the day alone in the book's own folder."""
    on = formats.date(backup.on)
    return words._("{date}, on “{place}”").format(date=on, place=backup.place) if backup.place else on
