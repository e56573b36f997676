"""What came and went between a group's last meeting and a sheet: told at its top, for the money is there already."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.views_entry import lines_of
from shg_desk.domain.accounts import is_place
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MovedBefore
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.operations import Operation


def sheet_ground(desk: Desk, group: str, on: date) -> Ground:
    """The ground of a sheet of that day, with what was written between meetings by then. Raises GROUP_UNKNOWN."""
    return replace(ground_of(desk, group, on), before=moved_before(desk, group, on))


def moved_before(desk: Desk, group: str, on: date) -> tuple[MovedBefore, ...]:
    """Receipts and payments that no meeting has seen, up to a day, the oldest first; those taken back are left out."""
    found = []
    for op in meeting_store.since_last_meeting(desk.book, group):
        day = date.fromisoformat(op.body["date"])
        moved = _moved(desk, op, day) if op.kind == "between" and day <= on else None
        if moved is not None:
            found.append(moved)
    return tuple(found)


def _moved(desk: Desk, op: Operation, day: date) -> MovedBefore | None:
    """One record: what it was, and where its money lies now; None where nothing of it counts any more.

    What a member brought went through the box: money that was moved on at once lies only where it was moved to.
    """
    rows = [row for row in entry_store.entries_of(desk.book, op.name) if row.stands and row.corrects is None]
    lines, gone = lines_of(desk, op.name)
    if gone or not rows or not lines:
        return None
    cash = {row.name for row in rows if row.cash_minor}
    said = [one for one in lines if one.what != "transfer"]
    # of several lines the one whose money went through a place: at a death that is the grant, not what was set off
    line = next((one for one in said if one.name in cash), said[0] if said else lines[0])
    places: Counter[str] = Counter()
    for row in rows:
        for posting in row.postings:
            if is_place(posting.code):
                places[posting.code] += posting.amount_minor
    came = [code for code, amount in places.items() if amount > 0]
    went = [code for code, amount in places.items() if amount < 0]
    return MovedBefore(
        day, line.what, line.who, line.amount_minor, source=went[0] if went else None, target=came[0] if came else None
    )
