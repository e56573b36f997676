"""A change of language throws nobody out of what she does; the hint bar names the keys that are true there."""

from __future__ import annotations

from pathlib import Path

from meeting_hands import Hands
from meeting_hands import Village
from page_desk import K
from page_desk import PageDesk
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.store.groups import memberships
from shg_desk.ui.death_page import DeathPage
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.recovery_page import RecoveryPage
from tests.meeting_grounds import yrys


def counting(qtbot: QtBot) -> Hands:
    at = Hands(qtbot, Village(yrys()), Words("ru"))
    at.begin()
    at.press("F5", "F8", "1", "Enter", "2")
    return at


def said(window: MainWindow) -> dict[tuple[str, ...], str]:
    """The keys of the hint bar with their words, as they stand there."""
    return {one.hint.keys: one.hint.words for one in window.hint_bar._buttons}


def test_the_count_goes_on_where_it_was(qtbot: QtBot) -> None:
    hands = counting(qtbot)
    hands.press("Ctrl+Shift+L")
    edits = hands.sheet.side.count.edits
    assert QApplication.focusWidget() is edits[1]
    assert [edit.text() for edit in edits[:2]] == ["1", "2"]
    hands.press("Enter")
    assert QApplication.focusWidget() is hands.sheet.side.count.edits[2]
    assert sorted(hands.draft.count.notes.values()) == [1, 2]


def test_the_name_of_a_difference_is_asked_on_with_what_was_typed(qtbot: QtBot) -> None:
    hands = counting(qtbot)
    hands.press("Enter", "F7")
    panel = hands.sheet.panel
    hands.press("abc", "Tab")
    before = panel.title.text()
    hands.press("Ctrl+Shift+L")
    assert panel.isVisible()
    assert panel.title.text() != before
    assert panel.edits[0].text() == "abc"
    assert QApplication.focusWidget() is panel.edits[1]
    hands.press("Esc")
    assert hands.sheet.side.count.has_cursor(), "back where the question was asked from"


def at_cell(qtbot: QtBot, line: int, column: str) -> Hands:
    hands = Hands(qtbot, Village(yrys(7)), Words("ru"))
    hands.begin()
    hands.sheet.go_to(Place(line, column))
    return hands


def test_a_sum_being_typed_stays(qtbot: QtBot) -> None:
    hands = at_cell(qtbot, 6, "saving.compulsory")
    hands.press("100", "Enter")
    hands.sheet.go_to(Place(6, "saving.compulsory"))
    hands.press("150", "Ctrl+Shift+L")
    assert hands.sheet.table.view.editor_text() == "150"
    hands.press("Enter")
    assert hands.draft.cell(Place(6, "saving.compulsory")).amount_minor == 15_000  # type: ignore[union-attr]


def test_a_loan_being_typed_stays(qtbot: QtBot) -> None:
    hands = at_cell(qtbot, 0, "loan")
    hands.press("150", "Ctrl+Shift+L", "Enter")
    assert hands.draft.cell(Place(0, "loan")).amount_minor == 15_000  # type: ignore[union-attr]


def test_an_expense_half_asked_is_asked_on(qtbot: QtBot) -> None:
    hands = Hands(qtbot, Village(yrys()), Words("ru"))
    hands.begin()
    hands.press("Ins", "1", "80", "Enter", "Enter", "tea")
    panel = hands.sheet.panel
    before = panel.title.text()
    hands.press("Ctrl+Shift+L")
    assert panel.title.text() != before
    assert panel.edits[-1].text() == "tea"
    assert QApplication.focusWidget() is panel.edits[-1]
    hands.press("Enter")
    assert [(line.amount_minor, line.text) for line in hands.draft.state.lines] == [(8_000, "tea")]


def test_a_choice_half_made_is_made_on(qtbot: QtBot) -> None:
    hands = Hands(qtbot, Village(yrys()), Words("ru"))
    hands.begin()
    hands.press("Ins", "Down", "Down", "Ctrl+Shift+L")
    assert hands.sheet.panel.edits[0].text() == "Income"
    hands.press("Enter")
    assert hands.sheet.panel.title.text() == "Income"


def test_the_word_of_the_last_keeping_stays(qtbot: QtBot) -> None:
    hands = counting(qtbot)
    assert hands.window.hint_bar.saved() == "Сохранено в 14:32"
    hands.press("Ctrl+Shift+L")
    assert "14:32" in hands.window.hint_bar.saved()
    assert "Сохранено" not in hands.window.hint_bar.saved()


def test_languages_without_any_text_are_passed_over(qtbot: QtBot) -> None:
    hands = Hands(qtbot, Village(yrys()), Words("ru"))
    gone_through = []
    for _ in range(3):
        hands.press("Ctrl+Shift+L")
        gone_through.append(hands.window.words.lang)
    assert gone_through == ["en", "ky", "ru"]


def test_the_keys_of_a_tab_are_its_own_also_where_the_cursor_stays(qtbot: QtBot, tmp_path: Path) -> None:
    """A group just made has neither rules nor officers: on both tabs the cursor stands on the same button."""
    at = PageDesk(qtbot, tmp_path, nothing, "ru")
    at.go("groups", GroupsPage)
    at.press(K.Key_Return, "Надежда", K.Key_Return, "7", K.Key_Return, "Кара-Булак", K.Key_F10)
    at.press(K.Key_F6, K.Key_F6)
    assert said(at.window)[("Ins",)] == "новая версия"
    at.press(K.Key_F6)
    assert said(at.window)[("Ins",)] == "выборы"
    at.end()


def test_a_button_under_the_sheet_has_its_own_keys_in_the_bar(qtbot: QtBot) -> None:
    hands = Hands(qtbot, Village(yrys()), Words("ru"))
    hands.begin()
    hands.sheet.strip.add.setFocus()
    QTest.qWait(5)
    told = said(hands.window).values()
    assert "нажать кнопку" in told
    assert not any("строку" in one for one in told)
    hands.press("F10")
    blocks = bool(hands.page.view().preview.blocks)  # type: ignore[attr-defined]
    assert said(hands.window)[("Enter",)] == ("перейти туда, где это исправить" if blocks else "закрыть")


def test_the_recovery_sheet_says_its_own_keys(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, nothing, "ru")
    page = at.go("recovery", RecoveryPage, "copy")
    assert said(at.window)[("Enter",)] == "он на бумаге"
    at.press(K.Key_Return)
    assert said(at.window)[("Enter",)] == "проверить набранное"
    at.press(page.code.split("-")[page.asked], K.Key_Return)
    assert said(at.window)[("Enter",)] == "готово"
    assert ("Esc",) not in said(at.window)
    assert at.focus() is page.later_button
    assert page.later_button.text() == "Готово"
    at.end()


def test_a_group_of_the_code_typed_with_the_russian_keyboard_is_that_group(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, nothing, "ru")
    page = at.go("recovery", RecoveryPage, "copy")
    page.code, page.asked = "0000-Z8QY", 1
    at.press(K.Key_Return)
    page.typed.set_text("Я8ЙН")  # the keys of Z8QY where Russian letters stand on them
    at.press(K.Key_Return)
    assert not page.typed.problem()
    assert page.later_button.text() == "Готово"
    at.end()


def test_an_answer_being_typed_of_a_death_has_no_keys_of_the_table(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, village, "ru")
    borrower = at.ask(lambda desk: memberships(desk.book, str(at.made))[1].id)
    page = at.go("death", DeathPage, borrower)
    page.fields.votes_against.edit.setFocus()
    at.rest()
    assert said(at.window)[("Enter",)] == "следующее поле"
    assert ("Space",) not in said(at.window)
    at.press(K.Key_F6)
    page.table.view.setFocus()
    at.rest()
    assert ("Space",) in said(at.window)
    at.end()
