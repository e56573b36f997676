"""Whether a group's money was counted as a share-out needs it: on its day, after all that moved that day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.sheet import Ground
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store


def last_day(desk: Desk, group: str) -> date | None:
    """The day of a group's newest record of money that stands: an entry, or a count that moved nothing."""
    days = [one.on for one in meeting_store.cash_counts(desk.book, group)]
    newest = entry_store.last_day(desk.book, group, standing=True)
    return max((*days, newest) if newest is not None else days, default=None)


def counted_places(desk: Desk, ground: Ground) -> set[str]:
    """The places that were counted that day, agree with the book since, and saw no money move after it.

    What was taken back on that day together with what took it back has moved nothing.
    """
    newest = {one.place: one for one in meeting_store.cash_counts(desk.book, ground.group, ground.on)}
    found = {place: one for place, one in newest.items() if one.on == ground.on and not one.broken}
    return {place for place, one in found.items() if place not in _moved_since(desk, ground, one.op)}


def _moved_since(desk: Desk, ground: Ground, op: str) -> set[str]:
    place = entry_store.place_in_day(desk.book, op)
    page = entry_store.Page(limit=-1, first=ground.on, last=ground.on)
    rows = [row for row in entry_store.entries(desk.book, ground.group, page) if place and row.key.place > place]
    here = {row.name for row in rows}
    undone = {row.name for row in rows if here.intersection(row.corrected_by) or row.corrects in here}
    moved: Counter[str] = Counter()
    for row in rows:
        if row.name not in undone:
            moved.update({one.code: abs(one.amount_minor) for one in row.postings})
    return set(moved)
