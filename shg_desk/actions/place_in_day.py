"""A meeting's place among all that was written of its day: the group as it was right before it, and right after it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_from
from shg_desk.actions.ground import rules_on
from shg_desk.actions.standing import meeting_entries
from shg_desk.domain.sheet import Ground
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Page
from shg_desk.store.entries import Place
from shg_desk.store.group_state import GroupState
from shg_desk.store.group_state import group_state


def ground_after_meeting(desk: Desk, group: str, meeting: str, on: date) -> Ground:
    """The group right after a meeting, with what corrections made of it; later writings of that day are not in it."""
    return ground_without(desk, group, on, (), later_that_day(desk, group, meeting, on))


def ground_without(desk: Desk, group: str, on: date, rows: Sequence[EntryRow], later: Sequence[EntryRow]) -> Ground:
    """The group on a day as if `rows` had not been made, and before the entries `later` of that day were."""
    state = group_state(desk.book, group, on)
    ended = bool(later) or (state.last_day is not None and state.last_day > on)
    end = _less(group_state(desk.book, group), rows) if ended else None
    gone = [*(row for row in rows if row.effective <= on), *later]
    rules = rules_on(desk, group, on, state.group.currency.minor_digits)
    return ground_from(desk, _less(state, gone), rules, on, end, [*rows, *later])


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


def _less(state: GroupState, rows: Sequence[EntryRow]) -> GroupState:
    balances = dict(state.balances_minor)
    gone = {row.name for row in rows}
    given = {row.loan for row in rows if row.kind == "loan"}
    for posting in (posting for row in rows for posting in row.postings):
        key = posting.code, posting.owner
        balances[key] = balances.get(key, 0) - posting.amount_minor
    loans = tuple(
        replace(loan, movements=tuple(one for one in loan.movements if one.entry not in gone))
        for loan in state.loans
        if loan.id not in given
    )
    return replace(state, balances_minor={key: amount for key, amount in balances.items() if amount}, loans=loans)
