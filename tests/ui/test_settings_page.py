"""Settings on a real book: users, passphrases, backup, language, letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from open_books import OpenBook
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shg_desk.actions.books import open_desk
from shg_desk.domain.problems import KnownError
from shg_desk.ui import choosing
from shg_desk.ui import tokens
from shg_desk.ui.settings_page import SettingsPage

from desk_maker import PASSPHRASE  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip

K = Qt.Key
K_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenBook]:
    desk = make_desk(tmp_path)
    make_group(desk)
    desk.close()
    at = OpenBook(qtbot, tmp_path).open(tmp_path / "desk.shgbook")
    at.go("settings")
    yield at
    at.end()


def page_of(person: OpenBook) -> SettingsPage:
    page = person.window.page()
    assert isinstance(page, SettingsPage)
    return page


def opens(book: Path, phrase: str) -> bool:
    try:
        open_desk(book, phrase).close()
    except KnownError:
        return False
    return True


def test_a_second_user_opens_the_book_with_her_own_words(person: OpenBook, tmp_path: Path) -> None:
    page = page_of(person)
    page.add_button.press()
    write("Нургүл")
    press(K.Key_Tab)
    press(K.Key_Tab)
    write("жаңы узун сырсөз")
    press(K.Key_Tab)
    write("жаңы узун сырсоз")
    person.press(K.Key_Return)
    assert page.again.problem()
    page.again.set_text("жаңы узун сырсөз")
    person.press(K.Key_Return)
    assert page.view is not None
    assert [one.person for one in page.view.users] == ["desk", "Нургүл"]
    person.end()
    assert opens(tmp_path / "desk.shgbook", "жаңы узун сырсөз")
    assert opens(tmp_path / "desk.shgbook", PASSPHRASE)


def test_a_short_passphrase_is_told_at_its_field(person: OpenBook) -> None:
    page = page_of(person)
    page.add_button.press()
    write("Н")
    press(K.Key_Tab)
    press(K.Key_Tab)
    write("кыска")
    press(K.Key_Tab)
    write("кыска")
    person.press(K.Key_Return)
    assert page.phrase.problem()
    assert page.view is not None
    assert len(page.view.users) == 1


def test_ones_own_passphrase_is_changed_and_the_old_one_opens_nothing(person: OpenBook, tmp_path: Path) -> None:
    page = page_of(person)
    assert page.view is not None
    page.edit_user(page.view.users[0].slot)
    assert not page.person.isVisible()
    write("дагы башка сөздөр")
    press(K.Key_Tab)
    write("дагы башка сөздөр")
    person.press(K.Key_Return)
    person.end()
    assert not opens(tmp_path / "desk.shgbook", PASSPHRASE)
    assert opens(tmp_path / "desk.shgbook", "дагы башка сөздөр")


def test_backup_check_and_counting_anew(person: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(person)
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: place)
    page.backup_button.press()
    person.rest()
    assert [one.suffix for one in place.iterdir()] == [".shgbackup"]
    assert page.view is not None
    assert page.view.backed_up is not None
    assert page.view.backed_up.place == "stick"
    assert "on “stick”" in page.backup_words.text()
    for button in (page.check_button, page.rebuild_button):
        button.press()
        person.rest()
        assert page.banners["done"].isVisible()
        assert not page.banners["wrong"].isVisible()


def test_language_and_letters_from_the_page(person: OpenBook) -> None:
    page = page_of(person)
    page.language.setCurrentIndex(page.language.findData("ru"))
    page.language.activated.emit(page.language.currentIndex())
    assert person.window.words.lang == "ru"
    assert person.window.header.title.text() == "Настройки"
    page.letters.buttons[150].press()
    assert tokens.letter_size() == 150


def test_the_keys_of_the_window_work_where_the_page_opens(person: OpenBook) -> None:
    page = page_of(person)
    assert page.language.hasFocus()
    QTest.keyClick(page.language, K.Key_Plus, K_CTRL)
    assert tokens.letter_size() == 125
    assert page.letters.buttons[125].isChecked(), "what is chosen is what is in force"
    QTest.keyClick(page.language, K.Key_Minus, K_CTRL)
    assert page.letters.buttons[100].isChecked()
    QTest.keyClick(page.language, K.Key_1, K_CTRL)
    person.rest()
    assert person.window.here() == "today"
