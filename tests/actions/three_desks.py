"""An office and two laptops that share a group, what happens on them, and what of it stands."""

from __future__ import annotations

from datetime import date

from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import recorded_of
from shg_desk.actions.corrections import settled_plan
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store

Three = tuple[Desk, Desk, Desk, str]
DAY = date(2026, 3, 10)


def trip(office: Desk, *desks: Desk) -> None:
    """Everybody's parcels to the office and its receipts back."""
    number = len(list(office.folder.parent.glob("stick*")))
    stick = office.folder.parent / f"stick{number}"
    for one in desks:
        export_parcels(one, stick)
    import_parcels(office, [stick])
    back = office.folder.parent / f"stick{number}back"
    export_parcels(office, back)
    for one in desks:
        import_parcels(one, [back])


def met(desk: Desk, group: str, day: date = DAY, members: tuple[int, ...] = (1, 2), counted: int | None = None) -> str:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in members)
    counts = () if counted is None else (Count(total_minor=counted),)
    return record_meeting(desk, Sheet(group, day, rows=rows, counts=counts)).value.name or ""


def take_back(desk: Desk, group: str, name: str) -> str:
    return write_correction(desk, group, plan_entry(desk, name), "it was not so").value


def take_all_back(desk: Desk, group: str, meeting: str) -> str:
    gone = [recorded_of(row) for row in entry_store.entries_of(desk.book, meeting)]
    return write_correction(desk, group, settled_plan(desk, group, "meeting", gone, [], "in-differences"), "no").value


def item(desk: Desk, sort: Sort) -> OpenItem:
    (found,) = [one for one in open_items(desk) if one.sort is sort]
    return found


def side_of(office: Desk, name: str, writer: Desk) -> int:
    view = difference_view(office, name)
    assert view is not None
    return next(i for i, one in enumerate(view.sides) if one.parties[0].startswith(writer.book.device))


def saved(desk: Desk, group: str, number: str, on: date = date(2026, 3, 20)) -> int:
    member = ground_of(desk, group, on).member(number)
    assert member is not None
    return sum(member.saved_minor.values())


def due(desk: Desk, group: str, on: date) -> int:
    member = ground_of(desk, group, on).member("1")
    assert member is not None
    return member.saving_due_minor["compulsory"]


def been(desk: Desk, group: str) -> set[tuple[int, int]]:
    return {(one.here, one.meetings) for one in meeting_store.attendance(desk.book, group)}
