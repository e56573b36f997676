"""In letters of 150 %, in Russian and Kyrgyz, every form of Households and Groups can be read and filled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from panels_seen import form_faults
from panels_seen import large
from pressing import CTRL
from pytestqt.qtbot import QtBot
from seen_faults import faults
from village import nothing
from village import village

from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.households_page import HouseholdsPage
from shg_desk.ui.parts.form import Form

Keys = Callable[[PageDesk], object]
HOUSEHOLD: dict[str, Keys] = {
    "new": lambda at: at.press(K.Key_Insert),
    "change": lambda at: at.press(K.Key_F2),
    "person": lambda at: at.press(K.Key_Return, K.Key_Insert),
    "change person": lambda at: at.press(K.Key_Return, K.Key_F2),
    "stay": lambda at: at.press(K.Key_F4),
    "withdraw": lambda at: at.press(K.Key_Delete, held=CTRL),
}
GROUP: dict[str, tuple[str, Keys]] = {
    "new group": ("glance", lambda at: at.press(K.Key_Insert)),
    "put right the group": ("glance", lambda at: at.press(K.Key_Return, K.Key_F2)),
    "join": ("members", lambda at: at.press(K.Key_Return, K.Key_Insert)),
    "leave": ("members", lambda at: at.press(K.Key_Return, K.Key_Delete)),
    "put right the member": ("members", lambda at: at.press(K.Key_Return, K.Key_F2)),
    "rules": ("rules", lambda at: at.press(K.Key_Return, K.Key_Insert)),
    "elect": ("officers", lambda at: at.press(K.Key_Return, K.Key_Insert)),
    "place": ("places", lambda at: at.press(K.Key_Return, K.Key_Insert)),
}


def judged(at: PageDesk, forms: tuple[Form, ...], lang: str) -> list[str]:
    at.rest()
    shown = [one for one in forms if one.isVisible()]
    return form_faults(at.window, shown[0], lang) if len(shown) == 1 else [f"{len(shown)} forms are open"]


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_every_form_of_a_group(qtbot: QtBot, tmp_path: Path, lang: str) -> None:
    at = PageDesk(qtbot, tmp_path, village, lang)
    large(at.window, at.window.words)
    wrong = {}
    for name, (tab, keys) in GROUP.items():
        page = at.go("groups", GroupsPage, (at.made, tab))
        keys(at)
        if found := judged(at, page._forms, lang):
            wrong[name] = found
        at.press(K.Key_Escape)
    at.end()
    assert wrong == {}


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_every_form_of_a_household(qtbot: QtBot, tmp_path: Path, lang: str) -> None:
    at = PageDesk(qtbot, tmp_path, village, lang)
    large(at.window, at.window.words)
    wrong = {}
    for name, keys in HOUSEHOLD.items():
        page = at.go("households", HouseholdsPage)
        keys(at)
        if found := judged(at, page._forms, lang):
            wrong[name] = found
        at.press(K.Key_Escape)
    at.end()
    assert wrong == {}


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_an_empty_book_has_whole_titles(qtbot: QtBot, tmp_path: Path, lang: str) -> None:
    at = PageDesk(qtbot, tmp_path, nothing, lang)
    large(at.window, at.window.words)
    at.window.go("today")  # its header has a sentence under the title
    at.rest()
    for place, page in (("households", HouseholdsPage), ("groups", GroupsPage)):
        at.go(place, page)
        assert [str(one) for one in faults(at.window, lang)] == []
        shown = at.window.header.title
        assert shown.geometry().top() >= 0
        assert shown.height() >= shown.fontMetrics().height()
    at.end()
