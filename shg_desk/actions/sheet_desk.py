"""What the meeting page asks of the book: which sheets can be opened, kept drafts, closing, the group after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.actions.changes import Outcome
from shg_desk.actions.closed_sheets import forget_written
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_colours import colours_among
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.next_meetings import next_meetings
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.views_today import meetings_ahead
from shg_desk.domain.booklet import AfterMeeting
from shg_desk.domain.sheet import Sheet
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store

KIND = "meeting"


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A group whose sheet can be opened: id, name, village, planned day and hour, how far a draft is (rows of rows).

    `colour` is the group's, by which its sheet is known; `last` the day of its last meeting, None before the first.
    """

    group: str
    name: str
    village: str
    planned: date | None
    time: str
    done: tuple[int, int] | None
    is_today: bool
    colour: int
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ClosedSheet:
    """A closed meeting: its members after it, the loans it gave as (code, membership), and its name in the book."""

    after: AfterMeeting
    loans: tuple[tuple[str, str], ...]
    name: str


def sheets_to_open(desk: Desk) -> list[SheetSeen]:
    """Every active group: today's first, then those of the week, then the others by their planned day."""
    on, groups = desk.today(), group_store.groups(desk.book)
    colours = colours_among(groups)
    found = [
        SheetSeen(one.group, one.name, one.village, one.on, one.time, one.done, one.on == on, one.colour)
        for one in meetings_ahead(desk)
    ]
    named = {one.group for one in found}
    others = [one for one in groups if one.state == "active" and not one.removed and one.id not in named]
    planned = next_meetings(desk, others)
    rest = [
        SheetSeen(
            one.id,
            one.name or one.code or "",
            one.village_name or "",
            planned[one.id].on,
            planned[one.id].rhythm.time,
            None,
            is_today=False,
            colour=colours[one.id],
        )
        for one in others
    ]
    found.sort(key=lambda one: (not one.is_today, one.planned or on, one.time))
    marks = meeting_store.last_marks(desk.book)
    seen = [*found, *sorted(rest, key=lambda one: (one.planned or date.max, one.name))]
    return [replace(one, last=marks[one.group].on if one.group in marks else None) for one in seen]


def kept_sheet(desk: Desk, group: str) -> Mapping[str, Any] | None:
    """The draft of a group's sheet, or None; one whose meeting is in the book already is dropped."""
    if forget_written(desk, group):
        return None
    draft = desk.drafts.get(KIND, group)
    return draft.content if draft is not None and isinstance(draft.content, dict) else None


def keep_sheet(desk: Desk, group: str, record: Mapping[str, Any]) -> int:
    """Keeps a draft; gives the claimed UTC seconds."""
    at, _ = desk.clock()
    desk.drafts.put(KIND, group, dict(record), at)
    return at


def drop_sheet(desk: Desk, group: str) -> None:
    """Forgets a draft."""
    desk.drafts.drop(KIND, group)


def close_sheet(desk: Desk, sheet: Sheet) -> Outcome[ClosedSheet]:
    """Writes the meeting and forgets its draft. Raises KnownError with every problem."""
    outcome = record_meeting(desk, sheet)
    loans = tuple((loan.code, loan.member) for loan in outcome.value.new_loans)
    name = outcome.value.name or ""
    value = ClosedSheet(after_meeting_of(desk, name), loans, name)
    return Outcome(value, outcome.changed, outcome.groups, outcome.warnings)
