"""Esc and a power cut lose nothing half typed: a figure in a cell, a decision, a line, a choice; each opened again."""

from __future__ import annotations

import json

import pytest
from meeting_hands import Hands
from meeting_hands import Village
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_steps import Place
from shg_desk.ui.meeting_ask import TYPING_MS
from tests.meeting_grounds import yrys


@pytest.fixture
def village() -> Village:
    return Village(yrys())


def at_cell(hands: Hands, line: int = 0, column: str = "saving.compulsory") -> None:
    hands.sheet.go_to(Place(line, column))


def after_a_power_cut(qtbot: QtBot, village: Village, before: Hands) -> Hands:
    """Another window on what was kept, as the disk has it: a text, and back."""
    before.window.close()
    village.kept = json.loads(json.dumps(village.kept))
    hands = Hands(qtbot, village)
    hands.press("Enter")
    return hands


def test_a_figure_left_by_esc_stands_in_its_cell_again(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    at_cell(hands)
    hands.press("7", "5", "Esc")
    assert hands.sheet.table.view.editor_text() is None
    assert not hands.draft.state.cells, "nothing is taken by Esc"
    assert hands.sheet.strip.noted.text() == "75 is kept: F2 brings it back"
    at_cell(hands, 1)
    hands.press("F2")
    assert hands.sheet.table.view.editor_text() != "75", "another cell has not got it"
    hands.press("Esc")
    at_cell(hands)
    hands.press("F2")
    assert hands.sheet.table.view.editor_text() == "75"
    hands.press("Enter")
    assert [one.amount_minor for one in hands.draft.state.cells.values()] == [7_500]
    at_cell(hands)
    hands.press("F2", "Esc", "F2")
    assert hands.sheet.table.view.editor_text() == "75", "the figure itself, nothing is left over"


def test_a_figure_left_by_esc_survives_a_power_cut(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    at_cell(hands, 2)
    hands.press("4", "0", "Esc")
    hands = after_a_power_cut(qtbot, village, hands)
    at_cell(hands, 2)
    hands.press("F2")
    assert hands.sheet.table.view.editor_text() == "40"


def test_a_half_typed_decision_comes_back_after_esc(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("Ins", "8", "Tea for", "Enter", "5", "Esc")
    assert not hands.draft.state.decisions
    hands.press("Ins", "8")
    assert [one.text() for one in hands.sheet.panel.edits] == ["", "Tea for", "5", "", ""]
    hands.press("F10")
    (one,) = hands.draft.state.decisions
    assert (one.text, one.votes_for) == ("Tea for", 5)
    hands.press("Ins", "8")
    assert hands.sheet.panel.edits[1].text() == "", "what was taken is not offered again"


def test_a_half_typed_line_survives_a_power_cut_while_it_is_typed(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("Ins", "1", "3", "0", "0", "Enter", "3")
    chosen = hands.sheet.panel.edits[1].text()
    hands.press("notebooks")
    qtbot.wait(TYPING_MS + 100)
    hands = after_a_power_cut(qtbot, village, hands)
    hands.press("Ins", "1")
    assert [one.text() for one in hands.sheet.panel.edits] == ["300", chosen, "notebooks"]
    hands.press("F10")
    (line,) = hands.draft.state.lines
    assert (line.amount_minor, line.text, line.place != "box") == (30_000, "notebooks", True)


def test_only_what_was_changed_is_kept(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("Ins", "8", "Esc", "Ins", "1", "Esc", "Ins", "Esc")
    assert hands.sheet.unfinished.record() == {}
    hands.press("Ins", "8", "x", "Esc", "Ins", "8", "Tab")
    hands.sheet.panel.edits[1].clear()
    hands.press("Esc")
    assert hands.sheet.unfinished.record() == {}, "emptied again by hand"


def test_another_language_asks_the_question_on_with_what_was_typed(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("Ins", "8", "Tea")
    hands.window.switch_language("ru")
    assert hands.sheet.panel.edits[1].text() == "Tea"
    assert hands.sheet.panel.edits[1].hasFocus()
    hands.press("F10")
    assert [one.text for one in hands.draft.state.decisions] == ["Tea"]
    hands.press("Ins", "8")
    assert hands.sheet.panel.edits[1].text() == "", "taken, and not offered again"


def test_a_closed_meeting_opened_again_keeps_it_apart(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("Ins", "8", "Tea", "Esc")
    (record,) = village.kept.values()
    assert record["unfinished"] == {"decision new": ["", "Tea", "", "", ""]}


def test_a_line_waits_for_what_it_asks_next(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("Ins", "1", "3", "0", "0", "Enter")
    places = hands.sheet.panel._question.fields[1].choices  # type: ignore[union-attr]
    keeper = [value for value, _ in places].index("keeper") + 1
    hands.press(str(keeper), "tea", "Enter")
    assert hands.sheet.panel.isVisible(), "in whose keeping it is"
    hands.press("Esc", "Ins", "1")
    assert [one.text() for one in hands.sheet.panel.edits] == ["300", places[keeper - 1][1], "tea"]
    hands.press("F10", "2", "F10")
    (line,) = hands.draft.state.lines
    assert line.text == "tea"
    assert hands.sheet.unfinished.record() == {}
