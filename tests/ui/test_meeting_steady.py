"""The sheet keeps its shape while one works: no name is cut, no column goes, no row jumps, whatever is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cut_text import cut_text
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.meeting_rows import MARK
from tests.meeting_grounds import yrys

LONG = ("Кожомкулова Мунира, Таалай", "Өмүралиева Өмүркан, Жаныбек", "Асанова Мээрим, Улан", "Далер кызы Зулайхо")


def opened(qtbot: QtBot, members: int) -> Hands:
    """The sheet of a group with long names on a small laptop's screen, in Kyrgyz."""
    ground = yrys(members)
    named = [replace(one, name=LONG[i % len(LONG)]) for i, one in enumerate(ground.members)]
    hands = Hands(qtbot, Village(replace(ground, members=tuple(named))), Words("ky"))
    hands.window.resize(1366, 768)
    hands.begin()
    QApplication.processEvents()
    return hands


def shape(hands: Hands) -> tuple[list[int], set[int], list[int]]:
    """Widths of the columns, heights of the rows, columns out of sight."""
    QApplication.processEvents()
    view = hands.sheet.table.view
    every = range(view.cells().columnCount())
    heights = {view.rowHeight(i) for i in range(view.cells().rowCount())}
    return [view.columnWidth(c) for c in every], heights, [c for c in every if view.isColumnHidden(c)]


@pytest.mark.parametrize("members", [18, 20])
def test_all_rows_and_columns_are_in_sight_and_no_name_is_cut(qtbot: QtBot, members: int) -> None:
    hands = opened(qtbot, members)
    view = hands.sheet.table.view
    _, heights, hidden = shape(hands)
    assert hidden == []
    assert len(heights) == 1
    assert view.rowAt(view.viewport().height() - 1) == members - 1, "the last row is in sight"
    assert [str(one) for one in cut_text(hands.sheet)] == []


def test_nothing_typed_moves_a_row_or_a_column(qtbot: QtBot) -> None:
    hands = opened(qtbot, 18)
    before = shape(hands)
    for keys in (
        ("F5",),
        ("5000", "Enter"),
        ("Alt+4", "999999", "Enter"),
        ("Alt+5", "Бактыгүл", "Enter"),
        ("Alt+2", "F3"),
        ("Ins",),
        ("1", "180", "Enter", "1", "дептер, калем", "Enter"),
        ("Ins", "8", "бир топ узун чечим, бардыгы макул болду", "Enter", "14", "Enter", "0", "Enter", "1", "Enter"),
        ("F8", "12", "Enter", "F6"),
    ):
        hands.press(*keys)
        assert shape(hands) == before, keys
    for column in hands.draft.columns:  # a large sum in every column, paid far beyond what is due
        hands.sheet.go_to(Place(1, column.key))
        hands.press("9999", "Enter")
    assert shape(hands) == before
    assert [one for one in cut_text(hands.sheet) if one.part in ("cell", "head")] == []


def test_a_line_of_the_group_stands_under_no_column_of_the_members(qtbot: QtBot) -> None:
    hands = opened(qtbot, 18)
    hands.press("Ins", "1", "180", "Enter", "1", "дептер, калем", "Enter")
    foot = hands.sheet.table.foot_model
    cells = [cell.text for cell in foot.row(1).cells]
    assert cells == ["", "Чыгаша", "дептер, калем", *[""] * len(hands.draft.columns), "−180"]
    assert hands.sheet.table.foot.columnSpan(1, MARK) == 1 + len(hands.draft.columns)
    assert hands.sheet.table.foot.columnSpan(0, MARK) == 1


def test_a_cell_is_left_as_it_was_and_emptied_as_it_says(qtbot: QtBot) -> None:
    hands = opened(qtbot, 18)
    cell = Place(0, "saving.compulsory")
    hands.press("70", "Enter", "Up", "1,2,3", "Esc")
    assert hands.draft.cell(cell).amount_minor == 7_000  # type: ignore[union-attr]
    assert hands.sheet.table.view.editor_text() is None
    assert hands.sheet.here() == cell
    hands.press("1,2,3", "Enter", "Back", "Back", "Back", "Back", "Back", "Enter")
    assert hands.draft.cash().in_minor == 0, "nothing was typed in the end, nothing is confirmed"
    assert hands.sheet.here() == Place(1, "saving.compulsory")
    assert hands.draft.cell(cell).state == "proposal"  # type: ignore[union-attr]


def test_what_cannot_be_written_is_told_at_enter_and_f10_leads_to_its_cell(qtbot: QtBot) -> None:
    hands = opened(qtbot, 20)
    hands.window.resize(1366, 600)  # the row is out of sight until it is led to
    hands.press("F5")
    hands.sheet.go_to(Place(17, "repayment"))  # number 18 has no loan
    hands.press("700", "Enter")
    assert hands.sheet.strip.told.isVisible()
    row = hands.sheet.table.model.row(17)
    assert (row.cells[-1].icon, row.cells[5].icon) == ("octagon", "octagon")
    hands.press("Ctrl+Home", "F10")
    hands.press("Enter")
    QApplication.processEvents()
    view = hands.sheet.table.view
    assert hands.sheet.here() == Place(17, "repayment")
    assert view.hasFocus()
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    hands.press("Del")
    assert hands.sheet.table.model.row(17).cells[-1].icon == "tick"
    assert not hands.sheet.strip.told.isVisible()


def test_the_difference_named_is_the_one_of_the_count_just_typed(qtbot: QtBot) -> None:
    hands = opened(qtbot, 18)
    hands.press("F8", "1", "Enter", "1", "F7")
    assert hands.draft.cash().difference_minor == (7_000 - 6_240) * 100
    assert hands.sheet.panel.isVisible()
    hands.press("Enter", "Enter", "Enter", "1")
    assert hands.draft.state.named is not None
    assert hands.draft.state.named.amount_minor == 76_000


def test_small_money_of_a_closed_sheet_stands_in_its_field(qtbot: QtBot) -> None:
    hands = opened(qtbot, 18)
    panel = hands.sheet.side.count
    for value in (100_000, 100):  # as a closed sheet has it: two coins of one som among the notes
        hands.draft.count_note(value, 2)
    hands.sheet.changed()
    assert panel.edits[-1].text() == "2"
    assert panel._total.text() == "2\u00a0002"


def test_money_of_one_who_is_not_there_stays_and_is_pointed_at(qtbot: QtBot) -> None:
    """Typed, then marked absent: the sum stays, her grey proposals go, and the strip says so until somebody answers."""
    hands = Hands(qtbot, Village(yrys()))
    hands.begin()
    hands.press("Down", "50", "Enter", "Up", "Alt+4")
    place = Place(1, "saving.compulsory")
    strip = hands.sheet.strip
    assert hands.draft.cell(place).amount_minor == 5_000
    assert hands.draft.cell(Place(1, "social")).state is CellState.EMPTY
    assert hands.draft.cell(Place(1, "repayment")).state is CellState.EMPTY
    assert strip.noted.isVisible()
    assert strip.noted.text() == "Not there, 50\u00a0som stays. F4: who brought it"
    hands.press("Down")
    assert not strip.noted.isVisible(), "the next row is another woman's"
    hands.press("Up")
    assert strip.noted.isVisible()
    hands.window.resize(1024, 600)
    for lang in ("ky", "ru"):
        hands.window.switch_language(lang)
        QApplication.processEvents()
        assert strip.noted.isVisible()
        assert cut_text(strip) == []
    hands.window.switch_language("en")
    hands.press("Alt+3")
    assert strip.noted.isVisible(), "excused is not there either"
    hands.press("F4", "7", "Enter")
    assert not strip.noted.isVisible(), "number 7 brought it"
    assert [row.paid_by for row in hands.draft.sheet().rows if row.member == "2"] == ["7"]
    hands.press("Ctrl+Z")
    assert strip.noted.isVisible()
    hands.press("Del")
    assert not strip.noted.isVisible(), "no sum, nothing to say"
    hands.press("Ctrl+Z", "Alt+1")
    assert not strip.noted.isVisible(), "she is there after all"
    assert strip.about.isVisible()


def test_a_difference_named_for_another_count_says_both_sums_and_can_be_taken_back(qtbot: QtBot) -> None:
    hands = Hands(qtbot, Village(yrys()))
    hands.begin()
    hands.press("F8", "+", "6200", "Enter", "F7", "Enter", "Enter", "Enter", "1")
    assert hands.draft.state.named is not None
    hands.press("F8", *["Back"] * 4, "6190", "Enter")
    (wrong,) = [one for one in sheet_problems(hands.draft.ground, hands.draft.sheet()) if "named" in one.code.value]
    said = sentence(Words("en"), wrong).replace("\u00a0", " ").replace(".00", "")
    assert said == (
        "50 som is missing by the count, but 40 som was named. "
        "The sheet is not closed. Name the difference anew, or count again."
    )
    hands.press("F8", *["Back"] * 4, "6250", "Enter")
    (wrong,) = [one for one in sheet_problems(hands.draft.ground, hands.draft.sheet()) if "named" in one.code.value]
    assert "10 som is too much" in sentence(Words("en"), wrong).replace("\u00a0", " ").replace(".00", "")
    assert "40 som was named as missing" in sentence(Words("en"), wrong).replace("\u00a0", " ").replace(".00", "")
    hands.press("F8", *["Back"] * 4, "6240", "Enter")
    (wrong,) = [one for one in sheet_problems(hands.draft.ground, hands.draft.sheet()) if "named" in one.code.value]
    assert sentence(Words("en"), wrong).startswith("Box and book agree by the count, but 40")
    hands.press("F7")
    assert hands.draft.state.named is None
    assert [one for one in sheet_problems(hands.draft.ground, hands.draft.sheet()) if "named" in one.code.value] == []
