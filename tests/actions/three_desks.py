"""An office and two laptops that share a group, what happens on them, and what of it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import settled_plan
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.check import check
from shg_desk.store.dump import dump

Three = tuple[Desk, Desk, Desk, str]
DAY = date(2026, 3, 10)


@contextmanager
def three_desks(folder: Path) -> Iterator[Three]:
    """An office and two laptops that share a group, open for a test; sound in the end."""
    office, first, second, group = made_three(folder)
    yield office, first, second, group
    for one in (office, first, second):
        assert check(one.book) == []
        one.close()


def made_three(folder: Path) -> Three:
    """An office, two laptops that share a group the first one made, everybody up to date."""
    office = make_desk(folder, "office", "office")
    first, second = make_desk(folder, "first"), make_desk(folder, "second")
    for one in (first, second):
        enrol(office, one, folder, ("A-1",))
    group = make_group(first)
    for _ in range(2):
        trip(office, first, second)
    return office, first, second, group


def trip(office: Desk, *desks: Desk) -> int:
    """Everybody's parcels to the office and its receipts back; how many records the receipts carried."""
    number = len(list(office.folder.parent.glob("stick*")))
    stick = office.folder.parent / f"stick{number}"
    for one in desks:
        export_parcels(one, stick)
    import_parcels(office, [stick])
    back = office.folder.parent / f"stick{number}back"
    carried = sum(sent.operations for sent in export_parcels(office, back).value)
    for one in desks:
        import_parcels(one, [back])
    return carried


def met(desk: Desk, group: str, day: date = DAY, members: tuple[int, ...] = (1, 2), counted: int | None = None) -> str:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in members)
    counts = () if counted is None else (Count(total_minor=counted),)
    return record_meeting(desk, Sheet(group, day, rows=rows, counts=counts)).value.name or ""


def put_right(
    desk: Desk, group: str, meeting: str, marks: dict[str, Attendance], decisions: tuple[Decision, ...] | None = None
) -> None:
    """A meeting opened again, with marks (by number) and decisions written as they should have been."""
    opened = reopen_meeting(desk, meeting)
    numbers = {member.id: member.number for member in opened.ground.members}
    rows = tuple(
        replace(row, attendance=marks.get(numbers.get(row.member, row.member), row.attendance))
        for row in opened.sheet.rows
    )
    said = opened.sheet.decisions if decisions is None else decisions
    plan = plan_meeting(desk, meeting, replace(opened.sheet, rows=rows, decisions=said))
    correct_meeting(desk, meeting, plan, group, "кагазда башкача")


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


def names(desk: Desk) -> list[str]:
    """The differences that are open, each by its name."""
    return sorted(name for one in open_items(desk) for name in one.members)


def as_rebuilt(*desks: Desk) -> None:
    """A rebuild changes nothing of what they hold and ask."""
    for one in desks:
        before, listed = dump(one.book), names(one)
        one.book.rebuild()
        assert (dump(one.book), names(one)) == (before, listed)
