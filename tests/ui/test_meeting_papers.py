"""The papers of a meeting from its own page: Ctrl+P on the sheet, on what is read aloud, on the booklets' list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.ui import desk_page
from shg_desk.ui.meeting_after import Booklets
from shg_desk.ui.meeting_aloud import ReadAloud
from shg_desk.ui.meeting_page import MeetingPage


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system's viewer would be given."""
    found: list[Path] = []
    usual = desk_page.usual_ways

    def ways(frame: object) -> desk_page.Ways:
        made = usual(frame)  # type: ignore[arg-type]
        object.__setattr__(made, "open_file", found.append)
        return made

    monkeypatch.setattr("shg_desk.ui.meeting_wiring.usual_ways", ways)
    return found


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def test_the_sheet_and_the_lists_after_it_are_printed(shown: list[Path], person: PageDesk) -> None:
    page = person.go("meeting", MeetingPage, str(person.made))
    person.press(K.Key_Return)
    person.press(K.Key_P, held=CTRL)
    assert [path.name for path in shown] == ["KB-03-sheet-2026-11-21.pdf"]
    person.press(K.Key_F5, K.Key_F10, K.Key_Return)  # closed
    person.press(K.Key_Return)
    assert isinstance(page.view(), ReadAloud)
    person.press(K.Key_P, held=CTRL)
    person.press(K.Key_Escape, K.Key_Tab, K.Key_Space)
    assert isinstance(page.view(), Booklets)
    person.press(K.Key_P, held=CTRL)
    assert [path.name.split("-")[2] for path in shown] == ["sheet", "read", "booklets"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in shown)
