"""Books that differ: both sums, which laptop told its own and up to which record, the lines of this book, and asking.

Asked for, a laptop sends everything again from its first record: what is here already is compared with it line by
line, so that a record that is another one there is named.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_view import Answer
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.difference_view import Side
from shg_desk.actions.difference_view import SideRow
from shg_desk.actions.told_digests import told_by
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_exchange import label_of
from shg_desk.domain.ids import OpName
from shg_desk.store import entries as entry_store
from shg_desk.store import operations as operation_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Page

AGAIN = "again"
LISTED_AT_MOST = 500


def books_view(desk: Desk, item: OpenItem) -> DifferenceView:
    """One month of a group, in a laptop's book and in this one, with the entries that this one has of the laptop."""
    device, theirs, ours = item.parties
    figures = [tuple(int(part) for part in one.split(" ")) for one in (theirs, ours)]
    within = told_by(desk, device)
    last = max(within.items(), key=lambda one: one[1], default=None)
    through, recorded = 0, None
    if last is not None:
        (code, epoch), through = last
        op = operation_store.operation(desk.book, f"{code}.{epoch}.{through}") if through else None
        recorded = op.recorded if op is not None else None
    sides = (
        Side(label_of(desk, device), recorded, (device,), through=through),
        Side(desk.book.setting("name") or "", None, ()),
    )
    apart = beside_numbers(desk, item.group) if item.group else {}
    rows = (
        SideRow("records", "", "records", tuple(str(one[0]) for one in figures)),
        SideRow("sum", "", "sum", tuple(one[1] for one in figures)),
        *(_line(row, apart) for row in _entries(desk, item, within)),
    )
    return DifferenceView(item, sides, rows, None, (Answer(AGAIN),))


def _entries(desk: Desk, item: OpenItem, within: dict[tuple[str, str], int]) -> list[EntryRow]:
    """What this book has of the group's month from the laptop, up to the record its sums speak of."""
    if item.month is None or item.group is None:
        return []
    year, month = item.month // 12, item.month % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return []
    page = Page(first=date(year, month, 1), last=date(year, month, monthrange(year, month)[1]), limit=-1)
    found = []
    for row in entry_store.entries(desk.book, item.group, page):
        name = OpName.parse(row.op)
        if name.seq <= within.get((name.device, name.epoch), 0):
            found.append(row)
    return found[:LISTED_AT_MOST]


def _line(row: EntryRow, apart: Mapping[str, str | None]) -> SideRow:
    member = row.member
    number, name = (member.number, apart.get(member.id) or member.name or "") if member is not None else ("", "")
    return SideRow(row.name, number, name, (None, row.debit_minor), on=row.effective, kind=row.kind)
