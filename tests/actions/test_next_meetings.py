"""The week ahead of an office with many groups: every group's sheet, read without their square."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.sheet_desk import sheets_to_open
from shg_desk.actions.views_groups import group_lines
from shg_desk.actions.views_papers import paper_choices
from shg_desk.actions.views_papers import sheets_of_the_week
from shg_desk.actions.views_today import today_at_first
from shg_desk.domain.sheet import Sheet

TODAY = date(2026, 3, 3)


def with_groups(desk: Desk, first: int, last: int, *, meet: bool = True) -> None:
    """Groups that meet within the week, each on a weekday of its own, or whose rules name no day."""
    for number in range(first, last + 1):
        group = register_group(desk, NewGroup(f"A-{number:02d}", f"Ырыс {number}", formed_on=TODAY)).value
        rhythm = {"meeting": {"weekday": number % 7, "every_weeks": 1}}
        set_rules(desk, group, rhythm if meet else {"social": "20"}, TODAY)


def statements(desk: Desk, ask: Callable[[Desk], object]) -> int:
    said = []
    desk.book.db.connection.set_trace_callback(said.append)
    ask(desk)
    desk.book.db.connection.set_trace_callback(None)
    return len(said)


def test_every_sheet_of_the_week_is_printed_not_only_those_the_first_page_has_room_for(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=TODAY)
    with_groups(desk, 1, 15)
    said = next(one for one in today_at_first(desk).waiting if one.kind == "sheets")
    assert said.facts["n"] == 15
    assert sorted(one.group for one in sheets_of_the_week(desk)) == [f"A-{number:02d}" for number in range(1, 16)]
    desk.close()


def test_a_group_that_meets_beyond_the_week_has_its_hour_too(tmp_path: Path) -> None:
    """Formed on Tuesday 3 March, on Sundays every four weeks: beyond the week as within it the hour is in the rules."""
    desk = make_desk(tmp_path, day=TODAY)
    group = register_group(desk, NewGroup("A-01", "Ырыс", formed_on=date(2026, 3, 1))).value
    set_rules(desk, group, {"meeting": {"weekday": 6, "every_weeks": 4, "time": "10:00"}}, date(2026, 3, 1))
    record_meeting(desk, Sheet(group, date(2026, 3, 1)))
    (seen,) = sheets_to_open(desk)
    assert (seen.planned, seen.time) == (date(2026, 3, 29), "10:00")
    desk.close()


@pytest.mark.parametrize("ask", [sheets_to_open, group_lines, paper_choices])
def test_a_further_group_is_no_further_reading_of_all_rules(tmp_path: Path, ask: Callable[[Desk], object]) -> None:
    desk = make_desk(tmp_path, day=TODAY)
    with_groups(desk, 1, 3, meet=False)
    few = statements(desk, ask)
    with_groups(desk, 4, 12, meet=False)
    assert statements(desk, ask) <= few + 9, "at most whose laptop keeps it"
    desk.close()
