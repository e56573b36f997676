"""Letters made larger while a sheet is worked on: an open question stays, and the cell under the cursor is in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
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


def opened(qtbot: QtBot, members: int, percent: int = 100, lang: str = "ru") -> Hands:
    """A sheet, two of seven names on two lines, begun at this letter size."""
    long = ("Асанова Гүлнара", "Токтосунова Бүбүсара Жумабековна", "Маматова Айгүл")
    ground = yrys(members)
    named = [replace(one, name=long[i % 3 if i % 7 < 6 else 0]) for i, one in enumerate(ground.members)]
    hands = Hands(qtbot, Village(replace(ground, members=tuple(named))), Words(lang))
    hands.window.resize(1366, 768)
    hands.window.set_letter_size(percent)
    hands.begin()
    return hands


def shape(hands: Hands) -> tuple[object, ...]:
    """Heights and widths, and the first and last row in sight."""
    for _ in range(3):
        QTest.qWait(10)
    table, view = hands.sheet.table, hands.sheet.table.view
    heights = [view.rowHeight(i) for i in range(view.cells().rowCount())]
    widths = [view.columnWidth(c) for c in range(view.cells().columnCount())]
    sight = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
    return heights, widths, sight, table.height(), view.height(), table.foot.height()


@pytest.mark.parametrize("members", [7, 18])
def test_the_sheet_stands_as_if_it_had_been_opened_so(qtbot: QtBot, members: int) -> None:
    wanted = {}
    for percent in (100, 125, 150):
        hands = opened(qtbot, members, percent)
        wanted[percent] = shape(hands)
        hands.window.close()
    hands = opened(qtbot, members)
    for percent in (100, 125, 150, 125, 100, 150, 100):
        hands.window.set_letter_size(percent)
        assert shape(hands) == wanted[percent], percent


def test_also_where_the_letters_were_changed_behind_the_list(qtbot: QtBot) -> None:
    wanted = shape(opened(qtbot, 7))
    hands = opened(qtbot, 7, 150)
    hands.press("Esc")
    hands.window.set_letter_size(100)
    QTest.qWait(10)
    hands.begin()
    assert shape(hands) == wanted


def test_also_in_another_language(qtbot: QtBot) -> None:
    wanted = shape(opened(qtbot, 7))
    hands = opened(qtbot, 7, lang="ky")  # its heads have a line more
    hands.window.switch_language("ru")
    assert shape(hands) == wanted


@pytest.mark.parametrize("column", ["saving.compulsory", "loan"])
@pytest.mark.parametrize("sizes", [(125, 150), (125, 100, 125)])
@pytest.mark.parametrize("line", [0, 6])
def test_a_cell_being_typed_in_keeps_the_keyboard(qtbot: QtBot, line: int, sizes: tuple[int, ...], column: str) -> None:
    hands = opened(qtbot, 7)
    for percent in sizes[:-1]:
        hands.window.set_letter_size(percent)
        QTest.qWait(10)
    hands.sheet.go_to(Place(line, column))
    hands.press("160", "Ctrl+Shift+L")
    hands.window.set_letter_size(sizes[-1])
    QTest.qWait(30)
    view = hands.sheet.table.view
    editor = QApplication.focusWidget()
    assert view.editor_text() == "160"
    assert view.viewport().isAncestorOf(editor)
    assert view.visualRect(view.currentIndex()).contains(editor.geometry())
    hands.press("Enter")
    assert view.hasFocus()
    assert hands.draft.cell(Place(line, column)).amount_minor == 16_000  # type: ignore[union-attr]
