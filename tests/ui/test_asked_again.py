"""Answers that cannot stand keep their question open: nothing typed goes elsewhere, and no key throws it away."""

from __future__ import annotations

import pytest
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_steps import Place
from tests.meeting_grounds import yrys


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot, Village(yrys(20, {2: 1060})))


def to_guarantors(hands: Hands) -> None:
    """A new loan of 6000 for № 1, in the last field of its question."""
    hands.begin()
    hands.sheet.go_to(Place(0, "loan"))
    hands.press("6000", "Enter", "Up", "F2", *["Enter"] * 8)


def test_a_borrower_does_not_answer_for_her_own_loan(hands: Hands) -> None:
    to_guarantors(hands)
    cells = dict(hands.draft.state.cells)
    hands.press("1", "Enter")
    panel = hands.sheet.panel
    assert panel.isVisible()
    assert "cannot answer for this loan" in panel.problem.text()
    assert panel.edits[-1].hasFocus()
    assert dict(hands.draft.state.cells) == cells
    hands.press("2", "Enter")  # typed over what was refused
    assert not panel.isVisible()
    assert dict(hands.draft.state.cells) != cells


def test_an_empty_sum_is_not_passed_by(hands: Hands) -> None:
    hands.begin()
    hands.press("Ins", "1", "Enter")  # still the Enter of the digit
    panel = hands.sheet.panel
    assert not panel.problem.text()
    hands.press("Enter")
    assert panel.edits[0].hasFocus()
    assert panel.problem.text()
    hands.press("180", "Enter")
    assert panel.edits[1].hasFocus()
    assert not panel.problem.text()


def test_f10_answers_what_is_asked_and_closes_nothing(hands: Hands) -> None:
    hands.begin()
    hands.press("Ins", "1", "180", "Enter", "1", "notebooks", "F10")
    assert not hands.sheet.panel.isVisible()
    assert [(line.amount_minor, line.text) for line in hands.draft.state.lines] == [(18_000, "notebooks")]
    hands.press("Ins", "1", "F10")
    assert hands.sheet.panel.isVisible(), "without its sum it stays"


def test_a_decision_under_the_sheet_is_reached_with_the_arrows(hands: Hands) -> None:
    hands.begin()
    hands.press("Ins", "1", "180", "Enter", "1", "notebooks", "Enter")
    hands.press("Ins", "8", "loan approved", "Enter", "14", "Enter", "0", "Enter", "1", "Enter")
    hands.sheet.go_to(Place(0, "social"))
    hands.press("F6", "Down", "Enter")
    assert hands.sheet.panel.edits[1].text() == "loan approved"
    hands.press("Esc")
    assert hands.sheet.table.foot.hasFocus()
    hands.press("Del")
    assert hands.draft.state.decisions == ()
    assert len(hands.draft.state.lines) == 1


def test_what_is_wrong_in_a_cell_is_said_whole_when_the_cursor_comes_back(hands: Hands) -> None:
    hands.begin()
    hands.sheet.go_to(Place(1, "repayment"))
    hands.press("90000", "Enter", "100", "Enter")
    told = hands.sheet.strip.told
    hands.sheet.strip.tell("")
    hands.sheet.go_to(Place(1, "repayment"))
    assert told.text().startswith("This repayment is more than is left to pay")
    assert told.isVisible()
    QApplication.processEvents()
    assert told.height() >= told.heightForWidth(told.width())


def test_letting_a_fine_pass_stands_among_the_keys(hands: Hands) -> None:
    def keys() -> list[str]:
        return [hint.words for hint in hands.page.hints()]

    hands.begin()
    hands.press("Alt+2")
    hands.sheet.go_to(Place(0, "fine"))
    assert "let the fine pass" in keys()
    hands.sheet.go_to(Place(1, "fine"))
    assert "let the fine pass" not in keys()
