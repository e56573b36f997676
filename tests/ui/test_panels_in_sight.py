"""In letters of 150 %, with the practice strip, what is asked is in sight whole, and nothing unseen can be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from laptop_views import _questions
from meeting_hands import Hands
from meeting_hands import Village
from open_books import OpenBook
from page_desk import PageDesk
from panels_seen import large
from panels_seen import seen
from panels_seen import unseen
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_between_page import moved
from test_between_page import page_of
from test_between_page import standing
from test_differences_page import closed
from test_differences_page import made_three
from test_differences_page import meet
from test_differences_page import opened
from test_differences_page import trip
from test_share_out_page import circle
from village import village

from shg_desk.i18n.catalog import Words
from shg_desk.store.differences import settled_differences
from shg_desk.ui.help_page import HelpPage
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.share_out_page import ShareOutPage
from tests.meeting_grounds import yrys

K = Qt.Key
MARCH = date(2026, 3, 1)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    words = Words("ru")
    at = Hands(qtbot, Village(yrys()), words)
    at.begin()
    large(at.window, words)
    return at


def test_every_question_of_the_sheet_is_in_sight(hands: Hands) -> None:
    hands.press("F5")
    wrong = []
    for name, question in _questions(hands.sheet):
        hands.sheet.ask(question)
        for edit in hands.sheet.panel.edits:
            edit.setFocus()
            QTest.qWait(5)
            if told := unseen(hands.window):
                wrong.append((name, edit.accessibleName(), told))
        hands.sheet._panel_over()
    assert wrong == []


def test_what_insert_asks_next_and_the_name_of_a_difference(hands: Hands) -> None:
    hands.press("F5", "Ins")
    QTest.qWait(5)
    assert unseen(hands.window) == ""
    hands.press("1")
    QTest.qWait(5)
    assert len(hands.sheet.panel.edits) > 1
    assert unseen(hands.window) == ""
    hands.press("Esc", "F8", "+", "7", "Enter", "F7")
    QTest.qWait(5)
    assert hands.sheet.panel.isVisible()
    assert unseen(hands.window) == ""
    hands.press("Tab", "Tab", "Tab")
    QTest.qWait(5)
    assert unseen(hands.window) == ""


def test_tab_goes_round_inside_a_question(hands: Hands) -> None:
    hands.press("Ins")
    (only,) = hands.sheet.panel.edits
    hands.press("Tab", "Down")
    assert QApplication.focusWidget() is only
    hands.press("1")
    edits = hands.sheet.panel.edits
    hands.press("Tab")
    assert QApplication.focusWidget() is edits[1]
    for _ in edits[1:]:
        hands.press("Tab")
    assert QApplication.focusWidget() is edits[0]


def differing(person: OpenBook, tmp_path: Path) -> object:
    """Three evenings, each typed on both laptops otherwise."""
    office, first, second, group = made_three(tmp_path)
    for day in (3, 10, 17):
        meet(first, group, MARCH.replace(day=day), 10000, 10000)
        meet(second, group, MARCH.replace(day=day), 10000, 7000, 5000)
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    large(person.window, person.window.words)
    person.rest()
    return page


def test_an_answer_is_seen_before_it_is_written(person: OpenBook, tmp_path: Path) -> None:
    page = differing(person, tmp_path)
    person.press(K.Key_Down, K.Key_1)
    chosen = page.detail.choices[0]
    for part in (page.detail.question, chosen, page.detail.outcome, page.detail.button):
        assert seen(person.window, part), part
    person.press(K.Key_Up)
    assert seen(person.window, page.list), "the list is back where the cursor moves in it"
    person.press(K.Key_1)
    chosen = page.detail.choices[0]
    chosen.setChecked(True)
    page.detail._seen = False  # as if it had been chosen out of sight
    page.list.view.setFocus()
    scroll = person.window._holders["differences"].verticalScrollBar()
    scroll.setValue(0)
    assert not seen(person.window, chosen)
    person.press(K.Key_Return)
    assert person.ask(lambda desk: settled_differences(desk.book)) == []
    assert seen(person.window, chosen)
    person.press(K.Key_Return)
    assert len(person.ask(lambda desk: settled_differences(desk.book))) == 1  # type: ignore[arg-type]


def test_money_between_meetings_is_shown_before_it_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, village, "ru")
    before = standing(at)
    page = page_of(at)
    large(at.window, at.window.words)
    at.rest()
    at.press(K.Key_Return, K.Key_Down, K.Key_Return, "106")
    assert not seen(at.window, page._shown)
    at.press(K.Key_F10)
    assert standing(at) == before
    assert seen(at.window, page._shown)
    assert at.focus() is page.write_button
    at.press(K.Key_F10)
    assert moved(at, before) == {"box": 10_600, "principal": -10_000, "interest": -600}
    at.end()


def test_the_ledger_keeps_what_is_left_beside_each_line(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, village, "ru")
    page = at.go("ledger", LedgerPage)
    large(at.window, at.window.words)
    at.rest()
    heads = [column.name for column in page.table.model.columns()]
    view = page.table.view
    for name in ("Дата", "Что", "Пришло, сом", "Ушло, сом", "Остаток, сом"):
        column = heads.index(name)
        assert not view.isColumnHidden(column), name
        end = view.columnViewportPosition(column) + view.columnWidth(column)
        assert end <= view.viewport().width(), name
    at.end()


def test_help_is_read_in_more_lines_than_its_list_has(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, village, "ru")
    page = at.go("help", HelpPage, "households")
    large(at.window, at.window.words)
    at.rest()
    assert page.text.viewport().height() >= 6 * page.text.fontMetrics().lineSpacing()
    assert seen(at.window, page.text)
    assert seen(at.window, page.table)
    at.end()


def test_the_ring_around_a_name_hides_no_letter_of_the_rows_beside_it(hands: Hands) -> None:
    view, column = hands.sheet.table.view, 1
    hands.press("F5")

    def ink(row: int) -> int:
        """Dark pixels of the lines of a name, without the rules between the rows."""
        rect = view.visualRect(view.model().index(row, column)).adjusted(8, 1, -8, -1)
        image = view.viewport().grab(rect).toImage()
        across, down = range(image.width()), range(image.height())
        return sum(image.pixelColor(x, y).lightness() < 110 for x in across for y in down)

    view.put_cursor(0, column)
    view.setFocus()
    QTest.qWait(5)
    plain = ink(2)
    view.put_cursor(1, column)
    QTest.qWait(5)
    assert ink(2) >= plain * 0.95


def test_a_digit_opens_and_the_enter_after_it_is_no_answer(hands: Hands) -> None:
    hands.press("Ins")
    panel = hands.sheet.panel
    assert panel.go.isHidden(), "nothing is written here"
    hands.press("Enter")
    assert panel.isVisible(), "nothing is chosen yet"
    hands.press("1", "Enter")
    assert panel.problem.text() == ""
    assert QApplication.focusWidget() is panel.edits[0]
    hands.press("Enter")
    assert panel.problem.text(), "asked again, it is said that a sum is missing"
    hands.press("5", "0", "Enter")
    assert QApplication.focusWidget() is panel.edits[1]


def test_what_stands_in_the_way_of_a_share_out_is_seen_on_a_low_window(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, circle, "ru")
    large(at.window, at.window.words)
    at.window.resize(1024, 600)
    at.rest()
    page = at.go("share_out", ShareOutPage, at.made)
    assert page.problems.isVisible()
    assert seen(at.window, page.problems)
    at.end()
