"""Letters made larger while a sheet is worked on: an open question stays, and the cell under the cursor is in sight."""

from __future__ import annotations

import pytest
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_steps import Place
from tests.meeting_grounds import yrys


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    found = Hands(qtbot, Village(yrys()))
    found.begin()
    return found


def test_an_open_question_stays_as_typed(hands: Hands) -> None:
    hands.press("Ins", "3", "80", "Enter")
    asked = hands.sheet.panel.typed()
    for percent in (125, 150):
        hands.window.set_letter_size(percent)
    assert hands.sheet.panel.typed() == asked
    assert hands.sheet.panel.edits[1].hasFocus()
    hands.press("F10")
    assert [line.amount_minor for line in hands.draft.state.lines] == [8_000]


def test_the_cell_under_the_cursor_is_in_sight(hands: Hands) -> None:
    """What Enter would confirm is seen: the repayment of number 2."""
    hands.window.resize(1024, 600)
    QTest.qWait(20)
    hands.press("F5")
    assert hands.sheet.here() == Place(1, "repayment")
    for percent in (125, 150):
        hands.window.set_letter_size(percent)
        QTest.qWait(20)
        view = hands.sheet.table.view
        cell = view.visualRect(view.currentIndex())
        assert view.viewport().rect().contains(cell), (view.viewport().rect(), cell)
