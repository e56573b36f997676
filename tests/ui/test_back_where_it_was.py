"""Who looks into help and comes back goes on where the cursor was; an open question waits behind other pages too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import ALT
from pressing import CTRL
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.households_page import HouseholdsPage
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.page import Page


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    at.window.help_asked.connect(lambda topic: at.window.go("help", topic))
    yield at
    at.end()


def at_a_question(person: PageDesk) -> SheetView:
    """An expense is being typed under the sheet: 80 stands in the field that has the cursor."""
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_Insert, "3", "80")
    assert sheet.panel.has_cursor()
    return sheet


def still_asked(person: PageDesk, sheet: SheetView) -> None:
    assert person.page(MeetingPage).view() is sheet
    field = person.focus()
    assert isinstance(field, QLineEdit)
    assert field in sheet.panel.edits
    assert field.text() == "80"


@pytest.mark.parametrize("way", ["help", "back", "rail"])
def test_an_open_question_has_the_cursor_again(person: PageDesk, way: str) -> None:
    sheet = at_a_question(person)
    if way == "help":
        person.press(K.Key_F1, K.Key_Escape)
    else:
        person.press(K.Key_1, held=CTRL)
        person.press(K.Key_Left, held=ALT) if way == "back" else person.window.go("meeting")
        person.rest()
    still_asked(person, sheet)
    person.press("5")
    assert "805" in sheet.panel.typed()
    assert not sheet.draft.state.cells, "nothing went into the table"


def test_f6_and_esc_know_an_open_question(person: PageDesk) -> None:
    sheet = at_a_question(person)
    for away in (sheet.table.view.setFocus, sheet.side.count.begin):
        away()
        assert "go on" not in [hint.words for hint in sheet.window().page().hints()]  # type: ignore[attr-defined]
        person.press(K.Key_F6)
        still_asked(person, sheet)
    sheet.table.view.setFocus()
    person.press(K.Key_Escape)
    assert not sheet.panel.isVisible()
    assert person.page(MeetingPage).view() is sheet, "the question is left first"
    person.press(K.Key_Insert, "3")
    assert "80" in sheet.panel.typed()


def test_another_question_keeps_what_the_first_was_answered(person: PageDesk) -> None:
    sheet = at_a_question(person)
    sheet.ask(sheet.questions.decision)
    person.press(K.Key_Escape, K.Key_Insert, "3")
    assert "80" in sheet.panel.typed()


def test_a_form_is_gone_on_with_in_its_field(person: PageDesk) -> None:
    groups = person.go("groups", GroupsPage, "new")
    person.press("KB-77", K.Key_Tab, "Нур")
    field = person.focus()
    person.press(K.Key_F1, K.Key_Escape)
    assert person.page(GroupsPage) is groups
    assert person.focus() is field
    assert isinstance(field, QLineEdit)
    assert field.text() == "Нур"


def test_a_form_opened_over_a_list_is_still_there(person: PageDesk) -> None:
    person.go("households", HouseholdsPage)
    person.press(K.Key_Insert, K.Key_Tab)
    field = person.focus()
    assert isinstance(field, QLineEdit)
    person.press("7", K.Key_F1, K.Key_Escape)
    assert person.focus() is field
    assert field.text().endswith("7")


def test_the_page_under_help_is_left_when_help_is_gone_on_from(person: PageDesk) -> None:
    person.go("groups", GroupsPage, "new")
    person.press("KB-77", K.Key_F1)
    person.press(K.Key_1, held=CTRL)
    groups = person.go("groups", GroupsPage)
    assert groups._form is None, "a visit begins with the list"
    person.press(K.Key_Insert)
    field = person.focus()
    assert isinstance(field, QLineEdit)
    assert field.text() == "KB-77", "what was typed is kept"


@pytest.mark.parametrize("place", ["today", "loans", "ledger", "exchange", "between", "settings", "reports"])
def test_no_page_is_without_a_cursor_after_help(person: PageDesk, place: str) -> None:
    page = person.go(place, Page)
    before = person.focus()
    person.press(K.Key_F1, K.Key_Escape)
    assert person.page(Page) is page
    assert person.focus() is before or place == "today", "what waits today is listed anew"
    assert page.isAncestorOf(person.focus())  # type: ignore[arg-type]
