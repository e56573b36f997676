"""A user with a role, added by keys; and the window as she has it with her own passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cut_text import cut_text
from open_books import OpenBook
from page_desk import make_desk
from pressing import CTRL
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.books import add_key
from shg_desk.actions.books import list_keys
from shg_desk.domain.roles import Role
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.store import meetings as meeting_store
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.photos_page import PhotosPage
from shg_desk.ui.settings_page import SettingsPage

from desk_maker import CHEAP  # isort: skip
from desk_maker import PASSPHRASE  # isort: skip

K = Qt.Key
SHE, HE = "treasurer of the group", "somebody who looks"


@pytest.fixture
def book(tmp_path: Path) -> tuple[Path, str]:
    desk = make_desk(tmp_path)
    group = str(village(desk))
    add_key(desk, SHE, "Гүлнара", role=Role("treasurer", group), cost=CHEAP)
    add_key(desk, HE, "Бакыт", role=Role("viewer"), cost=CHEAP)
    desk.close()
    return desk.folder, group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenBook]:
    at = OpenBook(qtbot, tmp_path)
    yield at
    at.end()


def places(person: OpenBook) -> list[str]:
    assert person.desktop.work is not None
    return person.desktop.work.place_keys


def test_a_user_with_a_role_is_added_by_keys(person: OpenBook, book: tuple[Path, str]) -> None:
    person.open(book[0])
    person.go("settings")
    page = person.window.page()
    assert isinstance(page, SettingsPage)
    page.add_button.press()
    write("Жибек")
    press(K.Key_Tab)
    assert page.role.hasFocus()
    assert page.role.currentText() == "Animator: everything"
    press(K.Key_Down)
    assert page.role.currentText() == "Treasurer of Ырыс"
    press(K.Key_Tab)
    write("her own long words")
    press(K.Key_Tab)
    write("her own long words")
    person.press(K.Key_Return)
    found = person.ask(lambda desk: [(one.person, one.role) for one in list_keys(desk)])
    assert isinstance(found, list)
    assert found[-1] == ("Жибек", Role("treasurer", book[1]))
    texts = " ".join(label.text() for label in page.users.findChildren(type(page.about)))
    assert "Treasurer of Ырыс" in texts
    assert "Viewer: reads and prints" in texts


def test_a_treasurer_has_her_groups_pages_and_no_others(person: OpenBook, book: tuple[Path, str]) -> None:
    person.open(book[0], SHE)
    assert places(person) == ["today", "meeting", "ledger", "loans", "reports", "settings"]
    for place in ("households", "groups", "exchange", "join", "recovery", "find", "import"):
        person.go(place)
        assert person.window.here() == "today", place
    person.press(K.Key_F, held=CTRL)
    assert person.window.here() == "today"
    for place in ("meeting", "ledger", "between", "count", "help"):
        person.go(place)
        assert person.window.here() == place
    person.go("settings")
    page = person.window.page()
    assert isinstance(page, SettingsPage)
    assert not page.add_button.isVisible()


def test_a_viewer_reads_and_what_she_asks_to_write_is_refused_in_words(
    person: OpenBook, book: tuple[Path, str]
) -> None:
    person.open(book[0], HE)
    assert places(person) == ["today", "households", "groups", "ledger", "loans", "reports", "settings"]
    person.go("meeting", book[1])
    assert person.window.here() == "today"
    person.go("groups")
    person.press(K.Key_Insert)
    write("Бирдик")
    person.press(K.Key_Return)
    write("KB-09")
    person.press(K.Key_F10)
    told = [one.accessibleName() or one.text() for one in person.window.page().findChildren(QAbstractButton)]
    told += [one.text() for one in person.window.page().findChildren(Label)]
    assert any("With this passphrase that is not done here" in text for text in told), told


def test_nothing_is_cut(person: OpenBook, book: tuple[Path, str]) -> None:
    person.open(book[0])
    person.go("settings")
    page = person.window.page()
    assert isinstance(page, SettingsPage)
    for percent in (100, 150):
        person.window.set_letter_size(percent)
        for lang in ("ky", "ru", STRETCHED):
            person.window.switch_language(lang)
            page.edit_user(None)
            page.add_button.press()
            person.rest()
            person.until(lambda: not cut_text(person.window))
    person.window.set_letter_size(100)
    assert PASSPHRASE


def test_who_only_looks_sees_photos_and_is_offered_no_key_to_add(person: OpenBook, book: tuple[Path, str]) -> None:
    person.open(book[0], HE)
    meeting = person.ask(lambda desk: meeting_store.last_meeting(desk.book, book[1]))
    assert isinstance(meeting, meeting_store.Meeting)
    person.go("minutes", meeting.op)
    person.press(K.Key_F4)
    page = person.window.page()
    assert isinstance(page, PhotosPage)
    assert page.empty.isVisible()
    assert not page.empty.button.isVisible()
    assert page.controls() == ()
    assert ("Ins",) not in [hint.keys for hint in page.hints()]
    person.press(K.Key_Insert)
    person.press(K.Key_Escape)
    assert type(person.window.page()).__name__ == "MinutesPage"
