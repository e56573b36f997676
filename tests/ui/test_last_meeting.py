"""What can be done with a closed meeting, at once and later: read aloud, booklets, minutes, correct, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.desk import Desk
from shg_desk.domain.sheet_steps import Place
from shg_desk.store import groups as group_store
from shg_desk.store.meetings import last_meeting
from shg_desk.ui import desk_page
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_after import Booklets
from shg_desk.ui.meeting_aloud import ReadAloud
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.today_page import TodayPage


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
    assert len(aloud._after.cards) == 4
    assert {one.saved_minor for one in aloud._after.cards} == {30_000}
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


def closed_from_today(person: PageDesk) -> MeetingPage:
    """Begun by Enter on Today, on the planned day, all as usual, counted, written."""
    person.go("today", TodayPage)
    person.press(K.Key_Return, K.Key_Return, K.Key_F5, K.Key_F8, "+")
    page = person.page(MeetingPage)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(str(sheet.draft.cash().expected_minor // 100), K.Key_F10, K.Key_Return)
    assert isinstance(page.view(), AfterView), page.view()
    return page


@pytest.mark.parametrize("leave", ["photos", "help"])
def test_who_looks_elsewhere_and_comes_back_finds_the_meeting_closed(person: PageDesk, leave: str) -> None:
    person.window.help_asked.connect(lambda topic: person.window.go("help", topic))
    page = closed_from_today(person)
    person.press(K.Key_F1 if leave == "help" else K.Key_F4)
    assert person.window.here() == leave
    person.press(K.Key_Escape)
    assert person.window.here() == "meeting"
    assert isinstance(page.view(), AfterView), "no sheet of the same day is begun a second time"
    assert page.sheets == {}
    assert ("F2",) in [hint.keys for hint in page.hints()]
    person.press(K.Key_Escape)
    assert page.view() is page.opening


def test_going_back_past_a_closed_sheet_begins_none(person: PageDesk) -> None:
    """Begun, looked at once more by Today, closed, then the rail and back: the page's last target was no sheet."""
    person.go("today", TodayPage)
    person.press(K.Key_Return, K.Key_Return, K.Key_F5)
    begun = person.page(MeetingPage).view()
    assert isinstance(begun, SheetView)
    person.go("today", TodayPage)
    page = person.go("meeting", MeetingPage, (begun.draft.ground.group, begun.draft.ground.on))
    sheet = page.view()
    assert sheet is begun
    person.press(K.Key_F8, "+", str(begun.draft.cash().expected_minor // 100), K.Key_F10, K.Key_Return)
    assert isinstance(page.view(), AfterView), page.view()
    person.go("meeting", MeetingPage)
    person.window.back()
    person.rest()
    assert person.window.here() == "meeting"
    assert isinstance(page.view(), AfterView)
    assert page.sheets == {}


def test_going_back_shows_a_sheet_that_is_still_open(person: PageDesk) -> None:
    person.go("today", TodayPage)
    person.press(K.Key_Return, K.Key_Return, K.Key_F5)
    page = person.page(MeetingPage)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_Escape)
    assert page.view() is page.opening
    person.go("today", TodayPage)
    person.press(K.Key_Return)
    assert page.view() is sheet
    person.go("ledger", LedgerPage)
    person.window.back()
    person.rest()
    assert page.view() is sheet


def test_put_right_from_the_closed_meeting_one_is_back_at_it_as_it_stands_now(person: PageDesk) -> None:
    page = closed_from_today(person)
    person.press(K.Key_F2)
    view = page.view()
    assert isinstance(view, SheetView)
    person.press(K.Key_Escape)
    assert isinstance(page.view(), AfterView), "nothing was put right, and nobody is sent away"
    person.press(K.Key_F2)
    assert page.view() is view
    first = view.draft.lines[0]
    view.draft.type_text(Place(0, "saving.compulsory"), "70")
    view.changed()
    person.press(K.Key_F10, "70 сом болчу", K.Key_F10)
    assert person.window.here() == "meeting"
    assert isinstance(page.view(), AfterView), page.view()
    person.press(K.Key_Return)
    aloud = page.view()
    assert isinstance(aloud, ReadAloud)
    saved = {one.member: one.saved_minor for one in aloud._after.cards}
    assert saved.pop(first.member.id) == 37_000, "three times 100, and 70"
    assert set(saved.values()) == {40_000}


def bereaved(desk: Desk) -> str:
    """The village, of which No 2 died after the meeting of 07.11, and all was settled that evening."""
    group, on = village(desk), date(2026, 11, 7)
    second = next(one.id for one in group_store.memberships(desk.book, group) if one.number == "2")
    write_death(desk, Death(second, on, on, {}, votes=(3, 0), decided="чечим"))
    return group


def test_who_died_after_the_meeting_has_her_line_when_it_is_opened_again(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, bereaved)
    page = at_last(person)
    person.press(K.Key_F2)
    view = page.view()
    assert isinstance(view, SheetView)
    assert [line.member.number for line in view.draft.lines] == ["1", "2", "3", "4"]
    assert (view.draft.figures.there(), len(view.draft.figures.members)) == (4, 4)
    totals = [view.draft.figures.row_total_minor(line.member.id) for line in view.draft.lines]
    assert totals == [12_000] * 4, "each brought 100 and 20"
    assert view.draft.figures.total_minor == 48_000
    person.end()
