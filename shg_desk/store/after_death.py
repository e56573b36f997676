"""Records that have a member as alive after the day she died: what stands in the way of her death, or came after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shg_desk.domain.leaving import DIED
from shg_desk.domain.leaving import LIVING_MEMBERS_ENTRIES
from shg_desk.domain.leaving import LIVING_MEMBERS_MARKS
from shg_desk.domain.share_record import SHARE_OUT
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.book import Book
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Page
from shg_desk.store.entries import member_entries
from shg_desk.store.groups import Membership


@dataclass(frozen=True, slots=True)
class AfterDeath:
    """A record (its name) of a day after the death of a member (membership id) of a group (id), and that day."""

    op: str
    member: str
    group: str
    on: date


def the_dead(book: Book) -> dict[str, dict[str, date]]:
    """By group (id) the members (id) who died, each with the day."""
    found: dict[str, dict[str, date]] = {}
    for (gid,) in book.db.rows(
        "SELECT t.gid FROM membership m JOIN thing t ON t.id = m.thing WHERE m.why = ? ORDER BY 1", (DIED,)
    ):
        one = group_store.membership(book, gid)
        if one is not None and not one.removed and one.died_on is not None:
            found.setdefault(one.group, {})[gid] = one.died_on
    return found


def after_deaths(book: Book, group: str, dead: Mapping[str, date]) -> list[AfterDeath]:
    """Every such record of a group (id) of whose members these died, by member; it takes reading all they have."""
    found = []
    for gid, died in dead.items():
        one = group_store.membership(book, gid)
        if one is not None:
            days = records_after(book, one, died)
            found += [AfterDeath(op, gid, group, on) for op, on in sorted(days.items())]
    return found


def records_after(book: Book, member: Membership, died: date) -> dict[str, date]:
    """The records by name that mark her as there, or hold money only a living member moves, after a day; their days.

    On the very day she may have been there in the morning. The family may bring what she owed and take what she had.
    """
    marks = dict(meeting_store.marks_of(book, member.id))
    found = {
        held.op: held.on
        for held in (meeting_store.meetings(book, member.group, died) if marks else ())
        if held.held and held.on > died and marks.get(held.op) in LIVING_MEMBERS_MARKS
    }
    for row in member_entries(book, member.id, Page(limit=-1, first=died)):
        if row.effective > died and is_a_living_members(row):
            found.setdefault(row.op, row.effective)
    return found


def is_a_living_members(row: EntryRow) -> bool:
    """True for an entry that counts and that only a living member makes."""
    if not row.stands or row.corrects:
        return False
    return (
        row.kind in LIVING_MEMBERS_ENTRIES
        or (row.kind == "fine" and any(one.code == "income.fines" for one in row.postings))
        or (row.kind == SHARE_OUT and row.cash_minor < 0)
    )
