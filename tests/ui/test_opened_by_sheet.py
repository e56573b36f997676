"""The way in with a recovery sheet, by keys: its code, an office's key, a wrong key, a new passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cut_text import cut_text
from open_books import OpenBook
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shg_desk.actions.books import open_desk
from shg_desk.actions.first_book import open_typed
from shg_desk.actions.key_care import make_recovery
from shg_desk.cli.main import run
from shg_desk.ui.practice import BOOK
from shg_desk.ui.practice import FOLDER
from shg_desk.ui.settings_page import SettingsPage
from shg_desk.ui.unlock_page import UnlockPage

from desk_maker import CHEAP  # isort: skip
from desk_maker import PASSPHRASE  # isort: skip
from desk_maker import enrol  # isort: skip
from desk_maker import make_desk  # isort: skip

K = Qt.Key
NEW = "жаңы узун сырсөз"


class Lost:
    """A laptop whose passphrase nobody knows any more, the office's key, and a key of another office."""

    def __init__(self, folder: Path) -> None:
        office, desk = make_desk(folder, "office", "office"), make_desk(folder, "first")
        stranger = make_desk(folder, "stranger", "office")
        self.key = make_recovery(office, cost=CHEAP).value.office_key
        self.other = make_recovery(stranger, cost=CHEAP).value.office_key
        enrol(office, desk, folder)
        self.code = make_recovery(desk, cost=CHEAP).value.code
        self.book = desk.folder
        for one in (office, desk, stranger):
            one.close()


@pytest.fixture
def lost(tmp_path: Path) -> Lost:
    return Lost(tmp_path)


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenBook]:
    at = OpenBook(qtbot, tmp_path)
    yield at
    at.end()


def at_the_door(person: OpenBook, book: Path) -> UnlockPage:
    """The page before the book, with the field for the sheet chosen by the keyboard."""
    person.desktop.start(book)
    page = person.screen
    assert isinstance(page, UnlockPage)
    QTest.qWaitForWindowActive(page)
    page.sheet.setFocus()
    press(K.Key_Space)
    assert page.passphrase.edit.hasFocus()
    assert page.passphrase.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert "sheet" in page.passphrase.label()
    return page


@pytest.mark.parametrize("way", ["key pasted", "key in small letters", "code"])
def test_a_lost_passphrase_is_set_anew_with_the_sheet(person: OpenBook, lost: Lost, way: str) -> None:
    """The key as the paper has it: twelve letters, a space; also typed in small letters."""
    page = at_the_door(person, lost.book)
    if way == "key pasted":
        QApplication.clipboard().setText(" ".join(lost.key[i : i + 12] for i in range(0, len(lost.key), 12)) + "\n")
        page.passphrase.edit.paste()
    else:
        write(lost.code if way == "code" else lost.key.lower())
    press(K.Key_Return)
    person.until(lambda: person.desktop.work is not None)
    person.rest()
    settings = person.window.page()
    assert isinstance(settings, SettingsPage)
    assert settings.banners["info"].isVisible()
    QTest.qWaitForWindowActive(person.window)
    settings.phrase.setFocus()
    write(NEW)
    press(K.Key_Tab)
    write(NEW)
    person.press(K.Key_Return)
    assert settings.banners["done"].isVisible()
    person.end()
    with pytest.raises(Exception, match="passphrase"):
        open_desk(lost.book, "a long passphrase")
    desk = open_desk(lost.book, NEW)
    assert desk.slot == 1
    desk.close()


def test_a_wrong_key_is_told_once_and_the_key_stays_to_be_mended(person: OpenBook, lost: Lost) -> None:
    page = at_the_door(person, lost.book)
    wrong = lost.key[:-1] + ("Q" if lost.key[-1] != "Q" else "P")
    for typed in (lost.other, wrong, lost.key[:40]):
        page.passphrase.set_text("")
        page.passphrase.edit.setText(typed)
        press(K.Key_Return)
        person.until(lambda: bool(page.passphrase.problem()))
        assert "key of an office does not open this book" in page.passphrase.problem()
        assert "\n" not in page.passphrase.problem()
        assert page.passphrase.edit.text() == typed
    page.passphrase.set_text("")
    write(lost.key)
    press(K.Key_Return)
    person.until(lambda: person.desktop.work is not None)
    person.rest()


def test_the_key_typed_on_cyrillic_keys_opens_too(lost: Lost) -> None:
    typed = lost.key.lower().translate(str.maketrans("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить"))
    desk, twin = open_typed(lost.book, typed)
    assert twin
    desk.close()


def test_the_command_line_takes_the_key_and_sets_a_passphrase(
    lost: Lost, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--book", str(lost.book), "--lang", "en"]
    monkeypatch.setenv("SHG_DESK_PASSPHRASE", lost.other)
    assert run([*words, "book", "info"]) == 3
    told = capsys.readouterr().err.strip()
    assert told.count("does not open this book") == 1
    assert len(told.splitlines()) == 1
    monkeypatch.setenv("SHG_DESK_PASSPHRASE", lost.key)
    monkeypatch.setenv("SHG_DESK_NEW_PASSPHRASE", NEW)
    assert run([*words, "book", "key", "change", "--slot", "1"]) == 0
    open_desk(lost.book, NEW).close()


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_nothing_of_the_way_in_is_cut(person: OpenBook, lost: Lost, lang: str) -> None:
    page = at_the_door(person, lost.book)
    page._choose_language(lang)
    for percent in (100, 150):
        page._choose_letters(percent)
        person.until(lambda: not cut_text(page))
    page._choose_letters(100)


def test_settings_opens_the_practice_book(person: OpenBook, lost: Lost, tmp_path: Path) -> None:
    """A practice book that was made once opens from Settings; leaving it leads back to the real one."""
    folder = tmp_path / "books" / FOLDER
    folder.mkdir(parents=True)
    made = make_desk(folder, Path(BOOK).stem)
    made.book.set_setting("practice", "1")
    made.close()
    person.desktop.settings.keep("practice_passphrase", PASSPHRASE)
    person.open(lost.book, lost.code)
    person.go("settings")
    page = person.window.page()
    assert isinstance(page, SettingsPage)
    page.practice_button.setFocus()
    press(K.Key_Space)
    person.until(lambda: person.desktop.work is not None and person.desktop.work.session.facts.is_practice)
    person.rest()
    person.go("settings")
    page = person.window.page()
    assert isinstance(page, SettingsPage)
    assert not page.practice_card.isVisible()
    page.leave_button.click()
    person.until(lambda: isinstance(person.desktop.screen, UnlockPage))
    assert person.screen.accessibleName() == "first"
