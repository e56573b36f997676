"""Every group under its colour and its name, the same one wherever it stands; and one key from sheet to sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cut_text import cut_text
from page_desk import K
from page_desk import PageDesk
from pressing import ALT
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot
from village import RULES

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.header import GroupMark
from shg_desk.ui.today_page import TodayPage

NAMES = ("Береке", "Достук", "Ырыс")


def three_groups(desk: Desk) -> dict[str, str]:
    """Three groups of one village that all meet today; id by name."""
    found = {}
    for at, name in enumerate(NAMES, start=1):
        group = register_group(desk, NewGroup(f"KB-{at}", name, smallest_minor=100, formed_on=date(2026, 11, 7))).value
        set_rules(desk, group, RULES, date(2026, 11, 7))
        for number in ("1", "2", "3"):
            made = register_household(
                desk, NewHousehold(f"{at}-{number}", persons=[NewPerson(f"Айгүл {number}")])
            ).value
            add_member(desk, NewMember(group, number, made.persons[0], made.household))
        found[name] = group
    return found


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, three_groups)
    yield at
    at.end()


def head_colour(person: PageDesk) -> str:
    """The colour before the title, as painted."""
    marks = [one for one in person.window.header.findChildren(GroupMark) if one.isVisible()]
    assert len(marks) == 1
    middle = marks[0].rect().center()
    return marks[0].grab().toImage().pixelColor(QPoint(middle)).name().upper()


def named(rows: list[Row]) -> dict[str, str]:
    """Name and colour of every group of a list."""
    cells = [cell for row in rows for cell in row.cells if cell.icon == "group_mark"]
    return {cell.text: cell.icon_ink.upper() for cell in cells}


def open_sheet(person: PageDesk, page: MeetingPage, name: str) -> SheetView:
    page.open(person.made[name])  # type: ignore[index]
    person.rest()
    person.press(K.Key_Return)
    view = page.view()
    assert isinstance(view, SheetView)
    assert view.draft.ground.name == name
    return view


def test_a_group_has_one_colour_on_every_page_and_its_name_beside_it(person: PageDesk) -> None:
    page = person.go("meeting", MeetingPage)
    colours = named(page.opening.table.model.rows())
    assert sorted(colours) == sorted(NAMES)
    assert len(set(colours.values())) == 3
    assert not [one for one in person.window.header.findChildren(GroupMark) if one.isVisible()]
    groups = person.go("groups", GroupsPage)
    assert named(groups.table.model.rows()) == colours
    for name in NAMES:
        page = person.go("meeting", MeetingPage)
        open_sheet(person, page, name)
        assert head_colour(person) == colours[name]
        assert name in person.window.header.title.text()
        person.press(K.Key_F10)
        assert head_colour(person) == colours[name], "the preview of closing is this group's too"
        person.go("groups", GroupsPage, person.made[name])  # type: ignore[index]
        assert head_colour(person) == colours[name]
        assert person.window.header.title.text() == name
        person.go("ledger", LedgerPage, person.made[name])  # type: ignore[index]
        assert head_colour(person) == colours[name]
        assert name in person.window.header.sentence.text()
    person.go("today", TodayPage)
    assert not [one for one in person.window.header.findChildren(GroupMark) if one.isVisible()]


def test_three_begun_sheets_and_one_key_to_the_next_group_of_today(person: PageDesk) -> None:
    page = person.go("meeting", MeetingPage)
    for name in NAMES:
        open_sheet(person, page, name)
        person.press(K.Key_F5)
    colours = named(page.opening.table.model.rows())

    def here() -> str:
        view = page.view()
        assert isinstance(view, SheetView)
        assert head_colour(person) == colours[view.draft.ground.name]
        return view.draft.ground.name

    seen = [here()]
    for _ in range(3):
        person.press(K.Key_Down, held=ALT)
        seen.append(here())
    assert sorted(seen[:3]) == sorted(NAMES)
    assert seen[3] == seen[0], "round and round"
    left = set(NAMES)
    for _ in range(2):
        left.remove(here())
        person.press(K.Key_F8, "+")
        closed = page.view()
        assert isinstance(closed, SheetView)
        person.press("360", K.Key_Return, K.Key_F10, K.Key_Return)
        assert not isinstance(page.view(), SheetView), "closed, and what is offered after it"
        person.press(K.Key_Down, held=ALT)
        assert here() in left
    person.press(K.Key_Escape)
    states = {row.cells[2].text: row.cells[4].text for row in page.opening.table.model.rows()}
    assert {name for name, state in states.items() if state.startswith("begun")} == left


def test_nothing_is_cut(person: PageDesk) -> None:
    page = person.go("meeting", MeetingPage)
    person.fits_everywhere()
    open_sheet(person, page, NAMES[0])
    for lang in ("ky", "ru"):
        person.window.switch_language(lang)
        person.rest()
        assert cut_text(person.window.header) == []
