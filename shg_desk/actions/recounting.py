"""A closed meeting's count put right: the money counted anew, and the named difference of the box following it.

The book of that day moves to what was counted. Where the box was counted again since, the same sum is named as a
difference before that count, which was made with the money itself and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import Any

from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.desk import Desk
from shg_desk.actions.standing import standing_items
from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.corrections import Fresh
from shg_desk.domain.corrections import Plan
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_posting import count_part
from shg_desk.store import ledger as ledger_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.meetings import CashCount

BOX, OPEN = "box", "differences"


def counted_other(was: Sheet, now: Sheet) -> Count | None:
    """The count of the box where it is another than before; None where it is not, or was only taken away."""
    before = was.counts[0].counted_minor if was.counts else None
    after = now.counts[0] if now.counts else None
    return None if after is None or after.counted_minor == before else after


def recounted(desk: Desk, meeting: str, sheet: Sheet, count: Count, plan: Plan) -> Plan:
    """A correction's plan with the box counted anew. Raises KnownError PERIOD_CLOSED, AMOUNT_NEGATIVE."""
    if count.is_below_zero:
        raise KnownError(Problem(Code.AMOUNT_NEGATIVE, "count"))
    group, on = sheet.group, sheet.on
    closed = revision_store.closed_until(desk.book.db, group)
    if closed is not None and on.toordinal() <= closed:
        raise KnownError(Problem(Code.PERIOD_CLOSED, "count", {"date": date.fromordinal(closed).isoformat()}))
    assert plan.amends is not None
    of_meeting = {meeting, *(op.name for op in meeting_store.amendments(desk.book, meeting))}
    counts = [one for one in meeting_store.cash_counts(desk.book, group, on) if one.place == BOX]
    own = [one for one in counts if one.op in of_meeting]
    stands = ledger_store.balance_minor(desk.book, Account(group, BOX), on)
    moved = plan.movements().get((BOX, None), {}).get(on, 0)
    by_the_book = (own[0].now_minor if own else stands) + moved
    found = count.counted_minor - by_the_book
    gone, fresh = _difference(desk, meeting, on, found)
    later = _before_the_next(on, (one for one in counts if one.op not in of_meeting))
    if found and later is not None:
        fresh.append(_open(-found, later))
    written: dict[str, Any] = {"place": BOX, "expected": stands + moved + found, **count_part(count)}
    whole = replace(
        plan,
        reversed=(*plan.reversed, *(recorded_of(row) for row in gone)),
        fresh=(*plan.fresh, *fresh),
        amends=replace(plan.amends, counts=(written,)),
    )
    sums = {code: sum(days.values()) for (code, _), days in whole.movements().items() if is_counted(code)}
    return replace(whole, cash_minor=sums)


def _difference(desk: Desk, meeting: str, on: date, found: int) -> tuple[list[EntryRow], list[Fresh]]:
    """What of the difference named at the meeting is taken back, and what stands in its place.

    Who bore it bears what is left of it; what is over that, or the other way round, stays open.
    """
    if not found:
        return [], []
    named = [
        (item.line, row)
        for item, row in standing_items(desk, meeting)
        if isinstance(item.line, NamedDifference) and item.line.place == BOX and row.effective == on
    ]
    if not named:
        return [], [_open(found, on)]
    line, row = max(named, key=lambda one: abs(one[0].amount_minor))
    left = line.amount_minor + found
    if not left:
        return [row], []
    if (left < 0) != (line.amount_minor < 0):
        return [row], [_open(left, on)]
    said = recorded_of(row)
    other = next(code for code, _ in said.postings if code != BOX)
    postings = ((BOX, left), (other, -left))
    return [row], [Fresh("difference", said.by, said.owner, postings, on, row.name, text=line.reason or None)]


def _open(amount_minor: int, on: date) -> Fresh:
    return Fresh("difference", None, None, ((BOX, amount_minor), (OPEN, -amount_minor)), on)


def _before_the_next(on: date, counts: Iterable[CashCount]) -> date | None:
    """The day before the next count that agrees; None without one, or where there is no day between the two."""
    days = [one.on for one in counts if one.on > on and not one.broken]
    before = min(days) - timedelta(days=1) if days else None
    return before if before is not None and before > on else None
