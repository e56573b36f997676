"""A closed meeting as it was recorded, for its own page: minutes, and which of its lines have been corrected since."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.desk import Desk
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.record_states import Reached
from shg_desk.actions.record_states import reached
from shg_desk.domain.minutes import Minutes
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import pictures as picture_store


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A recorded meeting: its group (id), minutes, and how many of its entries were taken back by a correction.

    `reached` is how far the record has come, `photos` how many pages of its signed sheet there are as photos.
    """

    op: str
    group: str
    minutes: Minutes
    entries: int
    corrected: int
    reached: Reached | None = None
    photos: int = 0


def meeting_record(desk: Desk, op: str) -> MeetingRecord:
    """The record of a meeting. Raises KnownError MEETING_UNKNOWN."""
    minutes = minutes_of(desk, op)
    full = meeting_store.meeting(desk.book, op)
    assert full is not None
    rows = entry_store.entries_of(desk.book, op)
    corrected = sum(bool(row.corrected_by) for row in rows)
    photos = len(picture_store.of_meeting(desk.book.db, op))
    return MeetingRecord(op, full.meeting.group, minutes, len(rows), corrected, reached(desk, [op]), photos)
