"""A group's last meeting once more: its sheet as it stands today, and the group as it was behind it."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_as_it_was
from shg_desk.actions.place_in_day import later_that_day
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet
from shg_desk.store import meetings as meeting_store


@dataclass(frozen=True, slots=True)
class LastClosed:
    """The newest meeting of a group that stands: its name in the book, its sheet, and the group after it."""

    meeting: str
    sheet: Sheet
    after: Ground


def last_closed(desk: Desk, group: str) -> LastClosed:
    """It as it stands, corrections and all. Raises KnownError MEETING_UNKNOWN where the group has not met."""
    last = meeting_store.last_meeting(desk.book, group)
    if last is None:
        raise KnownError(Problem(Code.MEETING_UNKNOWN, group))
    sheet = reopen_meeting(desk, last.op).sheet
    after = ground_as_it_was(desk, group, last.on, later_that_day(desk, group, last.op, last.on))
    return LastClosed(last.op, sheet, after)
