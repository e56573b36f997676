"""What answers to differences write into the ledger: taking back what was not so, and naming money that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import timedelta

from shg_desk.actions.correction_writing import append_plan
from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_differences import OpenItem
from shg_desk.domain.accounts import Account
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.corrections import Fresh
from shg_desk.domain.corrections import Plan
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.book import Writer
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Page

LATE_RECORDS = 200
"""Entries of a place before a broken count that are looked through for the day the later record is of."""


def append_correction(
    desk: Desk, writer: Writer, group: str, gone: Sequence[EntryRow], reason: str, fresh: Sequence[Fresh] = ()
) -> str:
    """One correction that takes entries back on their own days, or today where a period is closed over them.

    `fresh` is what is written beside it.
    """
    today = desk.today()
    closed = revision_store.closed_until(desk.book.db, group)
    recorded = [
        replace(
            recorded_of(row), on=today if closed is not None and row.effective.toordinal() <= closed else row.effective
        )
        for row in gone
    ]
    # no cash of its own: the same money stood there twice
    beside = [replace(one, on=today) if closed is not None and one.on.toordinal() <= closed else one for one in fresh]
    plan = Plan(
        "twice", min([one.on for one in recorded] + [one.on for one in beside]), tuple(recorded), tuple(beside), {}
    )
    return append_plan(desk, writer, group, plan, reason)


def carry_to_differences(desk: Desk, writer: Writer, item: OpenItem, reason: str) -> str:
    """The gap between a count and today's sum becomes an open cash difference, so that the count agrees again.

    It takes effect on the day of the later record. Raises KnownError NOTHING_CHANGED where there is no day for it.
    """
    place, gap, group, on = item.parties[1], item.amount_minor or 0, item.group or "", day_to_carry_on(desk, item)
    if on is None:
        raise KnownError(Problem(Code.NOTHING_CHANGED, item.name))
    fresh = Fresh("difference", None, None, ((place, -gap), ("differences", gap)), on)
    return append_plan(desk, writer, group, Plan(IN_DIFFERENCES, on, (), (fresh,), {}), reason)


def day_to_carry_on(desk: Desk, item: OpenItem) -> date | None:
    """The day on which the gap of a broken count can be named; None where no day lies between it and the count before,
    so that what is named would come after the one or before the other.
    """
    if not item.amount_minor or item.on is None:
        return None
    return _day_of_the_later_record(desk, item.group or "", item.parties[1], item.on)


def _day_of_the_later_record(desk: Desk, group: str, place: str, counted_on: date) -> date | None:
    """The day between the last count that agrees and this one whose entry was recorded last."""
    agreeing = [
        one.on
        for one in meeting_store.cash_counts(desk.book, group)
        if one.place == place and one.on < counted_on and not one.broken
    ]
    after = max(agreeing, default=date.min)
    page = Page(last=counted_on, newest_first=True, limit=LATE_RECORDS)
    rows = entry_store.account_page(desk.book, Account(group, place), page)
    found = [row.entry for row in rows if after < row.entry.effective < counted_on]
    late = max(found, key=lambda entry: (entry.recorded or date.min, entry.effective), default=None)
    if late is not None:
        return late.effective
    day = counted_on - timedelta(days=1)
    return day if day > after else None
