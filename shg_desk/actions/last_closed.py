"""A closed meeting once more: what is read aloud and written after it, as it stands today."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.desk import Desk
from shg_desk.actions.printing import after_meeting_of
from shg_desk.domain.booklet import AfterMeeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import meetings as meeting_store


@dataclass(frozen=True, slots=True)
class LastClosed:
    """A meeting that stands: its name in the book, whether it was held, and the members after it."""

    meeting: str
    held: bool
    after: AfterMeeting


def last_closed(desk: Desk, group: str) -> LastClosed:
    """The newest meeting of a group. Raises KnownError MEETING_UNKNOWN where the group has not met."""
    last = meeting_store.last_meeting(desk.book, group)
    if last is None:
        raise KnownError(Problem(Code.MEETING_UNKNOWN, group))
    return closed_meeting(desk, last.op)


def closed_meeting(desk: Desk, meeting: str) -> LastClosed:
    """A meeting as it stands, corrections and all. Raises KnownError MEETING_UNKNOWN."""
    full = meeting_store.meeting(desk.book, meeting)
    return LastClosed(meeting, full is not None and full.meeting.held, after_meeting_of(desk, meeting))
