"""What the foot of the window says while a form holds what is written nowhere, and what Esc is said to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.households_page import HouseholdsPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def test_the_foot_does_not_say_saved_over_what_is_typed(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage)
    bar = person.window.hint_bar
    leaving = lambda: next(one.words for one in bar.hints() if one.keys == ("Esc",))  # noqa: E731
    person.press(K.Key_Insert)
    assert (bar.saved(), leaving()) == ("All is saved", "back")
    person.press("A")
    assert (bar.saved(), leaving()) == ("Not written down yet", "back, what is typed stays for now")
    person.press(K.Key_Escape)
    assert bar.saved() == "All is saved"
    person.press(K.Key_Insert)
    assert "A" in page.group_form.texts().values()
    assert bar.saved() == "Not written down yet", "it came back, and is still in no book"
    person.press(K.Key_Escape)
    person.go("households", HouseholdsPage)
    person.press(K.Key_Insert, "B")
    assert (bar.saved(), leaving()) == ("Not written down yet", "back, what is typed stays for now")
