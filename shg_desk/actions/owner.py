"""Whose book it is."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.desk import Desk


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose book it is: the village or office, and the person whose passphrase opened it."""

    place: str
    person: str


def owner_of(desk: Desk) -> Owner:
    """Whose book it is; a book named `place, person` names both."""
    name = desk.book.setting("name") or ""
    person = desk.book.setting(f"user.{desk.slot}") or ""
    if person in ("", name) and ", " in name:
        place, _, person = name.partition(", ")
        return Owner(place, person)
    return Owner(name, "" if person == name else person)
