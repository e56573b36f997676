"""The keys on the buttons and in the hint bar of the sheet are those that do it where the cursor stands."""

from __future__ import annotations

import pytest
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_steps import Place
from shg_desk.ui.meeting_closing import ClosingView
from tests.meeting_grounds import yrys


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    found = Hands(qtbot, Village(yrys(7)))
    found.begin()
    return found


def told(hands: Hands) -> dict[tuple[str, ...], str]:
    """The keys of the hint bar with their words."""
    return {hint.keys: hint.words for hint in hands.page.hints()}


def test_the_button_of_a_question_says_what_enter_does(hands: Hands) -> None:
    hands.press("Ins", "1", "80")
    panel = hands.sheet.panel
    assert panel.go.keys() == ("F10",)
    assert (told(hands)[("Enter",)], told(hands)[("F10",)]) == ("go on", "write it")
    hands.press("Enter", "Enter")
    assert panel.go.keys() == ("Enter",)
    assert told(hands)[("Enter",)] == "write it"
    hands.press("tea", "Enter")
    assert [line.text for line in hands.draft.state.lines] == ["tea"]


def test_one_sum_has_keys_of_its_own(hands: Hands) -> None:
    hands.press("F8")
    assert (told(hands)[("Enter",)], told(hands)[("+",)]) == ("next note", "one sum")
    hands.press("+")
    assert (told(hands)[("Enter",)], told(hands)[("+",)]) == ("take the sum", "note by note")
    assert ("↓",) not in told(hands)


def test_the_button_that_closes_works_as_f10_does(hands: Hands) -> None:
    """Nothing is marked yet: F10 shows what closing would do, and so does the button."""
    assert hands.page.finish.reason() == ""
    hands.page.finish.click()
    assert isinstance(hands.page.view(), ClosingView)


def test_a_figure_on_the_total_is_answered(hands: Hands) -> None:
    hands.sheet.go_to(Place(0, "loan"))
    hands.press("End", "5")
    assert hands.sheet.strip.told.text().startswith("No sum is typed in this cell")


def test_no_scroll_bar_is_seen_where_every_row_is(hands: Hands) -> None:
    bar = hands.sheet.table.view.verticalScrollBar()
    assert bar.maximum() == 0
    image = QImage(bar.size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    bar.render(image)
    pixels = {image.pixel(image.width() // 2, y) for y in range(image.height())}
    assert len(pixels) == 1, "its handle is not there"
