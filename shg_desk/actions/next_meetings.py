"""When groups meet next: the one answer that the first page, the lists of groups and sheets, and the papers give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.planned import planned_day
from shg_desk.domain.rhythm import Rhythm
from shg_desk.domain.rhythm import read_rhythm
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.groups import Group
from shg_desk.store.meetings import LastMark


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A group's rhythm today, its last meeting in short, and the day it meets next; None where nothing says.

    A group that does not meet any more (paused, closed) has no next day.
    """

    rhythm: Rhythm
    last: LastMark | None
    on: date | None


def next_meetings(desk: Desk, groups: Iterable[Group]) -> dict[str, NextMeeting]:
    """Of each of these groups, by its id. All rules and all last meetings are read once, not once a group."""
    today = desk.today()
    newest, in_force = meeting_store.last_marks(desk.book), group_store.rules_begun(desk.book, today)
    found = {}
    for group in groups:
        since, content = in_force.get(group.id, (None, {}))
        rhythm, last = read_rhythm(content), newest.get(group.id)
        on = planned_day(
            rhythm,
            since=since,
            last_on=last.on if last else None,
            agreed=last.next_on if last else None,
            formed_on=date.fromisoformat(group.formed_on) if group.formed_on else None,
            today=today,
        )
        found[group.id] = NextMeeting(rhythm, last, on if group.state == "active" else None)
    return found


def planned_after(desk: Desk, group: str, on: date) -> date | None:
    """The day a group's rules of a day plan to meet next, when it meets on that day; None where they do not say."""
    since, content = group_store.rules_begun(desk.book, on).get(group, (None, {}))
    rhythm = read_rhythm(content)
    return planned_day(rhythm, since=since, last_on=on, agreed=None, formed_on=None, today=on)


def next_day(desk: Desk, group: Group) -> date | None:
    """The day of one group's next meeting; None where nothing says."""
    return next_meetings(desk, [group])[group.id].on
