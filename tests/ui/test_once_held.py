"""A key that opens, writes or leaves something acts once however long it is held; what moves and types repeats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import PLAIN
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot
from test_between_page import standing
from test_death_page import member
from test_death_page import with_secretary
from test_share_out_page import counted
from test_share_out_page import page_of

from shg_desk.ui.death_page import DeathPage


def held_down(person: PageDesk, key: int, times: int = 4, text: str = "") -> None:
    """A key as the keyboard tells it to the window: once, then again and again, then let go."""
    handle = person.window.windowHandle()
    for at in range(times):
        QCoreApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, text, at > 0))
        person.rest()
    QCoreApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyRelease, key, PLAIN, text))
    person.rest()


@pytest.fixture
def circle_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, counted)
    yield at
    at.end()


@pytest.fixture
def village_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, with_secretary)
    yield at
    at.end()


def test_a_share_out_is_not_written_by_a_held_key(circle_desk: PageDesk) -> None:
    person = circle_desk
    before = standing(person)
    page = page_of(person)
    page.votes_for.set_text("4")
    page.votes_for.edit.setFocus()
    held_down(person, K.Key_F10)
    assert page.ahead.isVisible()
    assert standing(person) == before
    person.press(K.Key_F10, K.Key_F10)  # pressed again and again, not held
    assert page.ahead.isVisible()
    assert standing(person) == before
    held_down(person, K.Key_Escape)
    assert not page.ahead.isVisible()
    assert person.window.page() is page, "one Esc is one step back"
    person.press(K.Key_F10)
    held_down(person, K.Key_Return)
    assert standing(person) != before


def test_space_held_says_once_that_she_is_not_there(circle_desk: PageDesk) -> None:
    page = page_of(circle_desk)
    held_down(circle_desk, K.Key_Space, times=2, text=" ")
    assert "for later" in page.sums.text()
    page.kept.edit.setFocus()
    held_down(circle_desk, K.Key_1, times=3, text="1")
    assert page.kept.text() == "111", "what is typed repeats"
    held_down(circle_desk, K.Key_Backspace, times=3)
    assert page.kept.text() == ""


def test_a_death_is_not_written_by_a_held_key(village_desk: PageDesk) -> None:
    person = village_desk
    page = person.go("death", DeathPage, member(person))
    before = standing(person)
    person.press("20.11.2026")
    held_down(person, K.Key_F10)
    assert page.ahead.isVisible()
    person.press(K.Key_F10, K.Key_F10)
    assert page.ahead.isVisible()
    assert standing(person) == before
    person.press(K.Key_Return)
    assert standing(person) != before


def test_enter_after_a_settled_death_stays_on_the_page(village_desk: PageDesk) -> None:
    person = village_desk
    page = person.go("death", DeathPage, member(person))
    person.press("20.11.2026", K.Key_F6, K.Key_Down, K.Key_Space, K.Key_Space)
    page.fields.votes_for.edit.setFocus()
    person.press("3", K.Key_F10, K.Key_Return, K.Key_Return, K.Key_Return)
    assert not page.fields.isVisible(), "nothing is left to answer"
    assert person.window.page() is page
    assert page.table.view.hasFocus()
