"""Minutes, Today and the page of differences say what stands, and the same."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import make_group
from three_desks import DAY
from three_desks import Three
from three_desks import item
from three_desks import met
from three_desks import trip

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.imports import import_savings
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import count_open
from shg_desk.actions.views_differences import differences_view
from shg_desk.actions.views_papers import paper_choices
from shg_desk.actions.views_today import records
from shg_desk.actions.views_today_rest import today
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import differences as difference_store
from shg_desk.store import entries as entry_store
from shg_desk.tables.mapping import parse_map


def box_of(desk: Desk, meeting: str) -> tuple[int | None, int, int, int | None, int | None, int]:
    (box,) = minutes_of(desk, meeting).cash
    return (
        box.start_minor,
        box.in_minor,
        box.out_minor,
        box.expected_minor,
        box.counted_minor,
        box.difference_minor,
    )


@pytest.mark.parametrize("cash", ["in-differences", "moves-today"])
def test_minutes_open_with_the_box_before_the_first_entry_whatever_was_taken_back(desk: Desk, cash: str) -> None:
    group = make_group(desk)
    met(desk, group, date(2026, 3, 3), counted=20000)
    meeting = met(desk, group, counted=40000)
    assert box_of(desk, meeting) == (20000, 20000, 0, 40000, 40000, 0)
    first, second = entry_store.entries_of(desk.book, meeting)
    desk.clock = DemoClock(date(2026, 3, 12))
    change = Change(amount_minor=13700)
    write_correction(desk, group, plan_entry(desk, first.name, "other-amount", change, cash=cash), "137")
    write_correction(desk, group, plan_entry(desk, second.name, cash=cash), "it was not so")
    moved = (20000, 13700, 0, 33700, 40000, 6300) if cash == "in-differences" else (20000, 20000, 0, 40000, 40000, 0)
    assert box_of(desk, meeting) == moved


@pytest.mark.parametrize("days", [(10, 10), (10, 11)])
def test_once_one_of_two_meetings_is_kept_the_office_has_no_count_to_ask_after(
    three: Three, days: tuple[int, int]
) -> None:
    office, first, second, group = three
    met(first, group, date(2026, 3, days[0]), counted=20000)
    met(second, group, date(2026, 3, days[1]), counted=20000)
    trip(office, first, second)
    assert [one.kind for one in today(office).waiting if one.kind in ("twice", "broken")] == ["broken", "twice"]
    settle(office, item(office, Sort.TWO_MEETINGS).name, "keep", 1, reason="counted by the second laptop")
    assert [one.kind for one in today(office).waiting if one.kind in ("twice", "broken")] == []
    for one in (first, second):
        trip(office, one)
        assert not [one.kind for one in today(one).waiting if one.kind == "broken"]


def test_today_and_the_page_of_differences_count_the_same_lines(three: Three) -> None:
    """A list entered by two laptops is one line on the page, and one answer, however many cells it has."""
    office, first, second, _ = three
    table = office.folder.parent / "paper.csv"
    table.write_text("group;no;sum\n" + "".join(f"A-1;{number};50\n" for number in (1, 2, 3)), "utf-8")
    constants = {"date": DAY.isoformat(), "kind": "saving"}
    columns = {"group": "group", "member": "no", "amount": "sum"}
    for one in (first, second):
        import_savings(one, table, parse_map({"columns": columns, "constants": constants, "source": "paper"})[0])
    trip(office, first, second)
    assert len(difference_store.open_differences(office.book)) == 3
    told = [one.facts["n"] for one in today(office).waiting if one.kind == "twice"]
    assert told == [count_open(office)] == [len(differences_view(office).items)] == [1]
    settle(office, item(office, Sort.ENTERED_TWICE).name, "keep", 0, reason="one paper, typed twice")
    assert differences_view(office).settled_today == 1
    assert records(office).received > 0
    assert (records(office).is_office, records(office).last_parcel) == (True, office.today())
    assert records(first).received >= records(first).reconciled > 0


def test_the_sheet_for_the_next_meeting_has_the_day_the_group_meets_next(desk: Desk) -> None:
    group = make_group(desk)
    rows = (SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10000),)),)
    record_meeting(desk, Sheet(group, desk.today(), rows=rows, next_on=date(2026, 3, 29)))
    assert paper_choices(desk, group).next_on == date(2026, 3, 29)
