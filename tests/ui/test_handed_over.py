"""The laptop in the treasurer's hands: her sheet and nothing else, until the animator's passphrase is given again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cut_text import cut_text
from open_books import PASSPHRASE
from open_books import OpenBook
from page_desk import make_desk
from pressing import ALT
from pressing import CTRL
from pressing import SHIFT
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.ui.meeting_page import MeetingPage

K = Qt.Key


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenBook]:
    desk = make_desk(tmp_path)
    village(desk)
    desk.close()
    at = OpenBook(qtbot, tmp_path).open(tmp_path / "desk.shgbook")
    yield at
    at.end()


def handed(person: OpenBook) -> MeetingPage:
    """The sheet is opened, and the laptop handed over by the numbered choice."""
    person.go("meeting")
    page = person.window.page()
    assert isinstance(page, MeetingPage)
    person.press(K.Key_Return)
    sheet = page._sheet
    assert sheet is not None
    sheet.about()
    person.rest()
    write("6")
    person.rest()
    return page


def test_only_the_sheet_is_open_until_the_passphrase(person: OpenBook) -> None:
    page = handed(person)
    window = person.window
    for number in (K.Key_1, K.Key_4, K.Key_0):
        person.press(number, held=CTRL)
    person.press(K.Key_F, held=CTRL)
    person.press(K.Key_Left, held=ALT)
    window.go("ledger")
    assert window.here() == "meeting"
    assert not window.rail.isEnabled()
    person.press(K.Key_Escape, K.Key_Insert)
    assert window.here() == "meeting"
    assert [offer.name for offer in page._offers] == ["Ырыс"]
    assert [str(one) for one in cut_text(window)] == []
    work = person.desktop.work
    assert work is not None
    assert work.handed is not None
    strip = work.handed.strip
    strip.button.click()
    write("another word", strip.edit)
    person.press(K.Key_Return)
    person.until(strip.wrong.isVisible)
    assert window.gate is not None
    write(PASSPHRASE, strip.edit)
    person.press(K.Key_Return)
    person.until(lambda: window.gate is None)
    assert window.rail.isEnabled()
    window.go("ledger")
    assert window.here() == "ledger"


def test_a_passphrase_in_kyrgyz_letters_needs_no_layout(person: OpenBook) -> None:
    handed(person)
    work = person.desktop.work
    assert work is not None
    assert work.handed is not None
    strip = work.handed.strip
    assert not strip.letters.isVisible()
    strip.button.click()
    person.rest()
    assert strip.letters.isVisible()
    strip.letters.set_language("ky")
    strip.edit.clear()
    write("к", strip.edit)
    person.press(K.Key_1, held=ALT | SHIFT)
    assert strip.edit.text() == "кө"
    assert strip.edit.displayText() != "кө", "hidden until it is asked for"
    strip.aid.show_button.click()
    assert strip.edit.displayText() == "кө"
    assert strip.edit.hasFocus()
    person.press(K.Key_Return)
    person.until(strip.wrong.isVisible)
    assert strip.edit.text() == "кө", "it stays to be mended"
    person.press(K.Key_Escape)
    assert strip.letters.isHidden()
    strip.button.click()
    assert (strip.edit.text(), strip.edit.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_the_strip_with_its_letters_is_not_cut(person: OpenBook) -> None:
    handed(person)
    work = person.desktop.work
    assert work is not None
    assert work.handed is not None
    work.handed.strip.button.click()
    for percent in (100, 150):
        person.window.set_letter_size(percent)
        for lang in ("ky", "ru"):
            person.window.switch_language(lang)
            person.rest()
            assert [str(one) for one in cut_text(person.window)] == [], (lang, percent)
    person.window.set_letter_size(100)
