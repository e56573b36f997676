"""What can be done with a closed meeting, at once and later: read aloud, booklets, minutes, correct, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.store.meetings import last_meeting
from shg_desk.ui import desk_page
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_after import Booklets
from shg_desk.ui.meeting_aloud import ReadAloud
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    shown: list[Path] = []
    monkeypatch.setattr(desk_page, "show_file", lambda _frame, path: shown.append(path))
    return shown


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, papers: list[Path]) -> Iterator[PageDesk]:
    del papers
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def at_last(person: PageDesk) -> MeetingPage:
    """From the list by F4."""
    page = person.go("meeting", MeetingPage)
    assert [hint.words for hint in page.hints() if hint.keys == ("F4",)] == ["last meeting"]
    person.press(K.Key_F4)
    assert isinstance(page.view(), AfterView)
    return page


def test_the_last_meeting_is_read_aloud_again_and_its_booklets_are_listed(person: PageDesk) -> None:
    page = at_last(person)
    assert page.sentence().startswith("07.11.2026")
    person.press(K.Key_Return)
    aloud = page.view()
    assert isinstance(aloud, ReadAloud)
    assert len(aloud._readings) == 4
    assert {one.saved_minor for one in aloud._readings} == {30_000}
    person.press(K.Key_Escape, K.Key_Tab, K.Key_Space)
    booklets = page.view()
    assert isinstance(booklets, Booklets)
    assert booklets.table.model.rowCount() == 4
    person.press(K.Key_Escape, K.Key_Escape)
    assert page.view() is page.opening


def test_its_minutes_are_one_key_away(person: PageDesk, papers: list[Path]) -> None:
    page = at_last(person)
    assert ("Ctrl", "P") in [hint.keys for hint in page.hints()]
    person.press(K.Key_P, held=CTRL)
    (paper,) = papers
    assert paper.read_bytes().startswith(b"%PDF")
    assert "minutes" in paper.name
    assert "2026-11-07" in paper.name


def test_it_is_opened_again_to_be_put_right(person: PageDesk) -> None:
    page = at_last(person)
    last = person.ask(lambda desk: last_meeting(desk.book, str(person.made)))
    person.press(K.Key_F2)
    view = page.view()
    assert isinstance(view, SheetView)
    assert page._reopened[view] == last.op  # type: ignore[attr-defined]


def test_right_after_closing_the_minutes_and_the_correction_are_there_too(person: PageDesk, papers: list[Path]) -> None:
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return, K.Key_Return, K.Key_F5, K.Key_F8, "+")
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(str(sheet.draft.cash().expected_minor // 100), K.Key_Return, K.Key_F10, K.Key_Return)
    assert isinstance(page.view(), AfterView), page.view()
    assert [hint.keys for hint in page.hints()][:3] == [("Enter",), ("Ctrl", "P"), ("F2",)]
    person.press(K.Key_P, held=CTRL)
    assert [one.name for one in papers] == ["KB-03-minutes-2026-11-21.pdf"]
    person.press(K.Key_F2)
    assert page.correcting()


def test_nothing_is_cut(person: PageDesk) -> None:
    person.go("meeting", MeetingPage)
    person.fits_everywhere()
    person.press(K.Key_F4)
    person.fits_everywhere()
