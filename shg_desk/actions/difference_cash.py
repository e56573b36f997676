"""An open cash difference as the office reads it: what was named, what was settled since, and what is left."""

from __future__ import annotations

from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_view import Answer
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.difference_view import Side
from shg_desk.actions.difference_view import SideRow
from shg_desk.actions.views_differences import OpenItem
from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import Holds
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.entries import pointed
from shg_desk.store import entries as entry_store
from shg_desk.store.entries import AccountRow
from shg_desk.store.entries import Page

LISTED_AT_MOST = 60


def cash_view(desk: Desk, item: OpenItem) -> DifferenceView:
    """The newest lines of the group's differences, above zero what was missing; together they are what is open.

    It is ended in the group's own book, by a correction, a repayment or a vote: there is no answer to give here.
    """
    page = Page(limit=LISTED_AT_MOST, newest_first=True)
    found = entry_store.account_page(desk.book, Account(item.group or "", "differences"), page)
    rows = tuple(_line(desk, row) for row in found)
    return DifferenceView(item, (Side(item.group_name, None, ()),), rows, (item.amount_minor or 0,), ())


def below_zero_view(desk: Desk, item: OpenItem) -> DifferenceView:
    """The newest lines of an account that holds less than nothing, as they moved it: above zero what came to it.

    It ends when a correction puts right what was written twice or too late; what somebody accepted so can be noted.
    """
    code, owner = item.parties
    page = Page(limit=LISTED_AT_MOST, newest_first=True)
    found = entry_store.account_page(desk.book, Account(item.group or "", code, owner or None), page)
    sign = 1 if account_kind(code).holds is Holds.ASSET else -1
    rows = tuple(_line(desk, row, sign) for row in found)
    side = Side(item.subject or item.group_name, None, ())
    return DifferenceView(item, (side,), rows, (item.amount_minor or 0,), (Answer("noted"),))


def _line(desk: Desk, row: AccountRow, sign: int = 1) -> SideRow:
    full = entry_store.entry(desk.book, row.entry.name)
    texts = full.texts if full is not None else ()
    said = pointed(texts, row.entry.facts.get("text"))
    amount = sign * row.amount_minor
    return SideRow(row.entry.name, "", said or "", (amount,), on=row.entry.effective, kind=row.entry.kind)
