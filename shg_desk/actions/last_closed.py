"""A closed meeting once more: its sheet as it stands today, and the group as it was behind it."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.desk import Desk
from shg_desk.actions.place_in_day import ground_after_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet
from shg_desk.store import meetings as meeting_store


@dataclass(frozen=True, slots=True)
class LastClosed:
    """A meeting that stands: its name in the book, its sheet, and the group after it."""

    meeting: str
    sheet: Sheet
    after: Ground


def last_closed(desk: Desk, group: str) -> LastClosed:
    """The newest meeting of a group. Raises KnownError MEETING_UNKNOWN where the group has not met."""
    last = meeting_store.last_meeting(desk.book, group)
    if last is None:
        raise KnownError(Problem(Code.MEETING_UNKNOWN, group))
    return closed_meeting(desk, last.op)


def closed_meeting(desk: Desk, meeting: str) -> LastClosed:
    """A meeting as it stands, corrections and all. Raises KnownError MEETING_UNKNOWN."""
    sheet = reopen_meeting(desk, meeting).sheet
    return LastClosed(meeting, sheet, ground_after_meeting(desk, sheet.group, meeting, sheet.on))
