"""The pages before a book is open: unlocking and the first run, by keyboard alone."""

from __future__ import annotations

import pytest
from cut_text import cut_text
from panels_seen import seen
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.first_run import FirstAnswers
from shg_desk.ui.first_run import FirstRun
from shg_desk.ui.first_run import FirstRunVerbs
from shg_desk.ui.unlock_page import UnlockPage
from shg_desk.ui.unlock_page import UnlockVerbs

PHRASE = "алма булут жаз суу чөп"


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(1366, 768)
    widget.show()
    QTest.qWaitForWindowActive(widget)


class Said:
    def __init__(self) -> None:
        self.log: list[object] = []

    def __call__(self, *what: object) -> None:
        self.log.append(what[0] if what else "")


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def unlock(qtbot: QtBot, said: Said) -> UnlockPage:
    page = UnlockPage(Words("en"), "Кара-Булак", UnlockVerbs(said, said, said, said, said))
    shown(qtbot, page)
    page.passphrase.setFocus()
    return page


def test_enter_opens_with_what_was_typed(unlock: UnlockPage, said: Said) -> None:
    write(PHRASE)
    press(Qt.Key.Key_Return)
    assert said.log == [PHRASE]
    assert unlock.open_button.reason()


def test_a_wrong_passphrase_stays_and_says_why(unlock: UnlockPage, said: Said) -> None:
    write("алма")
    press(Qt.Key.Key_Return)
    unlock.tell_problem("This was typed in RU")
    assert unlock.passphrase.text() == "алма"
    assert unlock.passphrase.problem() == "This was typed in RU"
    assert QApplication.focusWidget() is unlock.passphrase.edit
    press(Qt.Key.Key_Return)
    assert said.log == ["алма", "алма"]
    unlock.tell_problem("This was typed in RU")
    write("н")
    assert not unlock.passphrase.problem(), "other words are being typed"


def test_it_is_hidden_until_shown(unlock: UnlockPage) -> None:
    assert unlock.passphrase.edit.echoMode() is QLineEdit.EchoMode.Password
    unlock.aid.show_button.press()
    assert unlock.passphrase.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert unlock.aid.show_button.text() == "Hide"


def test_caps_lock_is_noticed(unlock: UnlockPage) -> None:
    assert not unlock.aid.triangle.isVisible()
    write("А")
    assert unlock.aid.triangle.isVisible()
    write("а")
    assert not unlock.aid.triangle.isVisible()


def test_language_and_letters_are_chosen_before_opening(unlock: UnlockPage, said: Said) -> None:
    unlock.letters.buttons[150].press()
    assert tokens.letter_size() == 150
    unlock.language.setCurrentIndex(unlock.language.findData("ky"))
    unlock.language.activated.emit(unlock.language.currentIndex())
    assert said.log == [150, "ky"]


def test_letters_grow_by_keys_before_opening(unlock: UnlockPage, said: Said) -> None:
    QTest.keyClick(unlock.passphrase.edit, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert unlock.letters.buttons[125].isChecked()
    unlock.language.setFocus()
    QTest.keyClick(unlock.language, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert unlock.letters.buttons[100].isChecked()
    assert said.log == [125, 100]
    assert unlock.passphrase.text() == ""


@pytest.fixture
def first(qtbot: QtBot, said: Said) -> FirstRun:
    page = FirstRun(Words("ky"), FirstRunVerbs(lambda _lang: PHRASE, said, lambda _lang: None, said))
    shown(qtbot, page)
    page.language.focus_first()
    return page


def test_the_first_run_by_keyboard(first: FirstRun, said: Said) -> None:
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    write("Айгүл")
    press(Qt.Key.Key_Tab)
    write("Исфана")
    press(Qt.Key.Key_Return)
    write(PHRASE)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return)
    assert said.log == [FirstAnswers("ru", "office", "Айгүл", "Исфана", PHRASE, "later")]


def test_words_typed_with_two_spaces_are_the_words_shown(first: FirstRun, said: Said) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    write("Айгүл")
    press(Qt.Key.Key_Tab)
    write("Исфана")
    press(Qt.Key.Key_Return)
    write("алма  булут жаз суу чөп")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return)
    (answers,) = said.log
    assert isinstance(answers, FirstAnswers)
    assert answers.passphrase == "алма булут жаз суу чөп"


def test_larger_letters_by_keys_and_by_hand(first: FirstRun, said: Said) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    assert tokens.letter_size() == 100
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Plus, ctrl)
    assert first.letters.buttons[125].isChecked()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Plus, ctrl)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Plus, ctrl)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Minus, ctrl)
    assert tokens.letter_size() == 125
    first.letters.buttons[150].press()
    assert tokens.letter_size() == 150
    assert said.log == [125, 150, 150, 125, 150]
    assert first._card.maximumHeight() == 930, "half as high again as 620"


def test_own_words_are_repeated_with_or_without_the_two_dots(first: FirstRun) -> None:
    first.own_words.setChecked(True)
    first.typed.set_text("Осёл берёза")
    first.again.set_text("Осел  береза")
    assert first._wrong_phrase() == []


def test_nothing_is_lost_on_the_way_back(first: FirstRun) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    write("Айгүл")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    assert first.person.text() == "Айгүл"


def test_missing_and_wrong_answers_are_told_at_their_field(first: FirstRun, said: Said) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert first.person.problem()
    assert QApplication.focusWidget() is first.person.edit
    write("Айгүл")
    press(Qt.Key.Key_Tab)
    write("Исфана")
    press(Qt.Key.Key_Return)
    write(PHRASE.replace("чөп", "чоп"))
    press(Qt.Key.Key_Return)
    assert first.typed.problem()
    assert said.log == []


def test_what_was_told_goes_when_it_is_mended_or_another_way_is_taken(first: FirstRun, said: Said) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert first.person.problem()
    assert first.place.problem()
    write("А")
    assert not first.person.problem(), "it is no longer empty"
    write("йгүл")
    press(Qt.Key.Key_Tab)
    write("Исфана")
    press(Qt.Key.Key_Return)
    write("алма")
    press(Qt.Key.Key_Return)
    assert first.typed.problem()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    assert not first.typed.problem(), "gone away and come back"
    first.own_words.click()
    write("own words of mine")
    press(Qt.Key.Key_Tab)
    write("own words")
    press(Qt.Key.Key_Return)
    assert first.again.problem()
    first.typed.setFocus()
    press(Qt.Key.Key_Backspace)
    assert not first.again.problem(), "what it was compared with is another one now"
    first.typed.set_text("own words")
    press(Qt.Key.Key_Return)
    first.tell_problem("The folder is full")
    assert first._trouble.isVisible()
    press(Qt.Key.Key_2)
    assert not first._trouble.isVisible(), "another choice was taken"
    first.tell_problem("The folder is full")
    press(Qt.Key.Key_Escape)
    assert not first._trouble.isVisible()


@pytest.mark.parametrize("lang", ["ky", "ru", "tg", "uz", "x-long"])
@pytest.mark.parametrize("percent", tokens.LETTER_SIZES)
def test_no_word_is_cut(qtbot: QtBot, said: Said, lang: str, percent: int) -> None:
    tokens.set_letter_size(percent)
    words = Words(lang)
    page = UnlockPage(words, "Кара-Булак", UnlockVerbs(said, said, said, said, said))
    first = FirstRun(words, FirstRunVerbs(lambda _lang: PHRASE, said, lambda _lang: None, said))
    for widget in (page, first):
        shown(qtbot, widget)
    QApplication.processEvents()
    assert cut_text(page) == []
    for number in range(first.steps.count()):
        first._show(number)
        QApplication.processEvents()
        assert cut_text(first) == []


def test_in_large_letters_every_question_begins_at_its_beginning(qtbot: QtBot, said: Said) -> None:
    tokens.set_letter_size(150)
    page = FirstRun(Words("ru"), FirstRunVerbs(lambda _lang: PHRASE, said, lambda _lang: None, said))
    shown(qtbot, page)
    page.resize(1024, 600)
    for number in range(page.steps.count()):
        page._show(number)
        QTest.qWait(20)
        step = page.steps.currentWidget()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert step.isAncestorOf(focus)
        assert seen(page, step.question) or step.height() > page._scroll.viewport().height(), number
        assert seen(page, focus), number
