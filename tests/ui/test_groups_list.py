"""The list of groups and the group beside it: where the cursor goes, what is said of its day, what is in sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import make_group
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import FIRST
from village import RULES
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.parts.boxes import Scroll
from shg_desk.ui.parts.boxes import is_in_sight


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def test_f6_leads_from_the_list_into_the_tab_in_sight_and_on_from_there(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage)
    assert person.focus() is page.table.view
    person.press(K.Key_F6)  # past the glance
    assert person.focus() is page.detail.tables["members"].view
    person.press(K.Key_Escape)
    assert person.focus() is page.table.view
    person.press(K.Key_F6)
    assert (page.detail.tab, person.focus()) == ("members", page.detail.tables["members"].view)
    person.press(K.Key_F6)
    assert page.detail.tab == "rules"


def test_a_meeting_whose_day_went_by_is_not_called_the_next_one(qtbot: QtBot, tmp_path: Path) -> None:
    """Every two weeks since 10 October, on Saturdays: of 7 November one is due on the day itself, of 24 October not."""

    def two_meetings(desk: Desk) -> str:
        group = make_group(desk, "KB-03", members=1, rules=RULES)
        for on in (FIRST, FIRST + timedelta(weeks=2)):
            row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000, product="compulsory"),))
            record_meeting(desk, Sheet(group, on, rows=(row,)))
        return group

    said = ((village, "next meeting 21.11.2026"), (two_meetings, "meeting was due 07.11.2026"))
    for at, (fill, sentence) in enumerate(said):
        person = PageDesk(qtbot, tmp_path / str(at), fill)
        assert sentence in person.go("groups", GroupsPage).sentence()
        person.end()


def test_a_page_too_tall_shows_the_list_down_to_the_cursor(person: PageDesk) -> None:
    """The one group is the first row: the box to search in stands above it, and the tabs beside it."""
    person.window.resize(1366, 560)
    page = person.go("groups", GroupsPage)
    assert person.focus() is page.table.view
    (scroll,) = (one for one in page.window().findChildren(Scroll) if one.isAncestorOf(page.table))
    assert scroll.verticalScrollBar().maximum() > 0  # else nothing is tried
    assert is_in_sight(page.find_box)
    person.press(K.Key_F6, K.Key_Escape)
    assert person.focus() is page.table.view
    assert is_in_sight(page.find_box)
