"""A meeting's place among all that was written of its day: the group as it was right before it, and right after it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_as_it_was
from shg_desk.actions.standing import meeting_entries
from shg_desk.domain.sheet import Ground
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Page
from shg_desk.store.entries import Place


def ground_after_meeting(desk: Desk, group: str, meeting: str, on: date, was_there: Collection[str]) -> Ground:
    """The group right after a meeting, with what corrections made of it; later writings are not in it.

    `was_there` are the members (ids) whom the meeting has money of: they are members in it, whatever they were since.
    """
    return ground_as_it_was(desk, group, on, later_that_day(desk, group, meeting, on), was_there)


def later_that_day(desk: Desk, group: str, meeting: str, on: date) -> list[EntryRow]:
    """The entries that took effect on a meeting's day and stand behind it in the book's order.

    A correction stands where that of the same day stands which it corrects.
    """
    place = entry_store.place_in_day(desk.book, meeting)
    if place is None:
        return []
    rows = entry_store.entries(desk.book, group, Page(limit=-1, first=on, last=on))
    own = {meeting, *(row.op for row in meeting_entries(desk, meeting))}
    own |= {op.name for op in meeting_store.amendments(desk.book, meeting)}
    known = dict.fromkeys(own, place)
    return [row for row in rows if _place(desk, row, known, {row.op}) > place]


def _place(desk: Desk, row: EntryRow, known: dict[str, Place], seen: Collection[str]) -> Place:
    """Where the operation of an entry stands, or that which it puts right on the same day."""
    if row.op in known:
        return known[row.op]
    found = row.key.place
    for one in entry_store.entries_of(desk.book, row.op):
        full = entry_store.entry(desk.book, one.corrects) if one.corrects else None
        if full is not None and full.row.effective == row.effective and full.row.op not in seen:
            found = _place(desk, full.row, known, {*seen, full.row.op})
            break
    known[row.op] = found
    return found
