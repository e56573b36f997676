"""Help over a real book: a page for each place in each complete language, found by F1, searched, left by Esc."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pressing import press
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.shipped import shipped
from shg_desk.ui import keys
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.help_page import TOPICS
from shg_desk.ui.help_page import HelpPage
from shg_desk.ui.help_page import help_text
from shg_desk.ui.key_list import EVERYWHERE
from shg_desk.ui.pages import rail_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

rules = import_module("words_rules")

COMPLETE = ("en", "ky", "ru")


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    at.window.help_asked.connect(lambda topic: at.window.go("help", (topic, tuple(at.window.page().hints()))))
    yield at
    at.end()


def test_every_page_of_the_rail_has_help_in_every_complete_language() -> None:
    on_rails = {place.key for office in (False, True) for place in rail_of(office=office)}
    assert on_rails == set(TOPICS)
    for lang in COMPLETE:
        titles = set()
        for topic in TOPICS:
            found = help_text(topic, lang)
            assert found is not None, (topic, lang)
            assert found.lang == lang, (topic, lang)
            assert len(" ".join(found.lines).split()) >= 50, (topic, lang)
            titles.add(found.title)
        assert len(titles) == len(TOPICS)
        files = {file.stem for file in (shipped("resources") / "help" / lang).iterdir()}
        assert files == set(TOPICS), "no page of help without its place"


def _machinery() -> Any:
    terms = rules.read_glossary(shipped("resources") / "glossary.csv")
    return next(term for term in terms if term.name == rules.FORBIDDEN)


def test_no_word_of_the_machinery_stands_in_the_help() -> None:
    machinery = _machinery()
    for topic in TOPICS:
        text = (shipped("resources") / "help" / "en" / f"{topic}.md").read_text("utf-8")
        assert machinery.english.search(text) is None, topic
        for lang in ("ky", "ru"):
            text = (shipped("resources") / "help" / lang / f"{topic}.md").read_text("utf-8")
            assert machinery.stems[lang].search(text) is None, (topic, lang)


def test_f1_opens_the_page_s_help_and_esc_comes_back(person: PageDesk) -> None:
    groups = person.go("groups", GroupsPage)
    here = QApplication.focusWidget()
    said = [one.words for one in groups.hints()]
    press(K.Key_F1)
    person.rest()
    page = person.page(HelpPage)
    assert page.topic == "groups"
    assert QApplication.focusWidget() is page.text, "arrows read on at once"
    shown = page.text.toPlainText()
    for words in said:
        assert words in shown, "the keys of the page F1 was pressed on"
    person.press(K.Key_Escape)
    assert person.page(GroupsPage) is groups
    assert QApplication.focusWidget() is here


def test_what_is_typed_after_ctrl_f_is_found_in_all_pages(person: PageDesk) -> None:
    person.go("groups", GroupsPage)
    press(K.Key_F1)
    person.rest()
    person.find()
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    person.press("banknote")
    page = person.page(HelpPage)
    assert not page.nothing.isHidden()
    page.find_box.clear()
    person.press("note by note")
    assert [row.key for row in page.table.model.rows()] == ["meeting"]
    assert page.topic == "meeting"
    assert page.text.textCursor().selectedText().lower() == "note by note"
    person.press(K.Key_Escape)
    assert page.find_box.text() == ""
    assert len(page.table.model.rows()) == 9, "a desk has no inbox and no differences"


def test_every_key_of_the_list_is_one_the_window_knows(person: PageDesk) -> None:
    person.go("groups", GroupsPage)
    for caps, _ in EVERYWHERE:
        if caps in (("F11",), ("F9",)):
            continue  # their own tests press them
        person.window.page().setFocus()  # not the find box the key before led to: there a stroke is typed
        event = keys.pressed(caps)
        assert event is not None, caps
        assert person.window._everywhere(event), caps
        person.rest()
    person.window.set_letter_size(100)


def test_help_names_the_true_key_of_every_place(person: PageDesk) -> None:
    """Ctrl and the number that help and the rail's tool tip give a place go to that place; 7 goes nowhere yet."""
    page = person.go("help", HelpPage, "today")
    shown = page.text.toPlainText()
    told = dict(re.findall(r"Ctrl (\d)\s+(\S.*)", shown))
    places = {one.key: person.window.words.say(one.words) for one in rail_of(office=False)}
    assert sorted(told.values()) == sorted(places.values())
    for number, name in told.items():
        person.press(getattr(K, f"Key_{number}"), held=CTRL)
        here = person.window.here()
        assert places[here] == name, number
        assert person.window.rail.items[here].toolTip() == f"{name} · Ctrl+{number}"
        person.go("help", HelpPage, "today")
    assert "7" not in told
    person.press(K.Key_7, held=CTRL)
    assert person.window.here() == "help"


def test_no_page_of_help_names_another_key_of_a_place() -> None:
    for lang in COMPLETE:
        for topic in TOPICS:
            text = (shipped("resources") / "help" / lang / f"{topic}.md").read_text("utf-8")
            assert re.search(r"Ctrl\W{0,3}\d", text) is None, (lang, topic)


def test_nothing_is_cut(person: PageDesk) -> None:
    person.go("help", HelpPage, "exchange")
    person.fits_everywhere()
