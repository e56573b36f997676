"""Bags of the box counted at the meeting, each with its own book and difference; without bags none is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from test_between_page import moved
from test_between_page import standing
from village import village

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_places import save_place
from shg_desk.actions.printing import minutes_of
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.store.meetings import last_meeting
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView

NAME = "Социалдык баштык"


def with_bag(desk: Desk) -> str:
    group = village(desk)
    save_place(desk, group, {"kind": "box.social", "name": NAME, "member": ""})
    write_between(desk, Between(group, date(2026, 11, 10), "transfer", 24_000, place="box", target="box.social"))
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, with_bag)
    yield at
    at.end()


def sheet_of(person: PageDesk) -> SheetView:
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    return sheet


def test_f8_goes_from_the_box_to_the_bag_and_each_is_closed_with_its_own_difference(person: PageDesk) -> None:
    before = standing(person)
    sheet = sheet_of(person)
    person.press(K.Key_F8, "+", "860", K.Key_Return)
    assert sheet.side.agreement.isVisible()
    assert ("F8",) in [one.keys for one in person.page(MeetingPage).hints() if NAME in one.words]
    person.press(K.Key_F8)
    assert sheet.side.count.title.text() == f"Count: {NAME}"
    assert sheet.side.cash.title.text().startswith(NAME)
    assert not sheet.side.agreement.isVisible(), "the bag is not counted yet"
    person.press("+", "230", K.Key_Return)
    assert sheet.side.wrong.isVisible()
    person.press(K.Key_F7, "a note is missing", K.Key_Return, K.Key_Return, K.Key_Return, "1")
    written = sheet.draft.sheet()
    assert written.counts == (Count("box", total_minor=86_000), Count("box.social", total_minor=23_000))
    assert written.differences == (
        NamedDifference(-1_000, "a note is missing; key held by Айгүл KB-03 1", "open", "box.social"),
    )
    person.press(K.Key_F8)
    assert sheet.side.count.title.text() == "Count of the box"
    assert sheet.side.agreement.isVisible()
    person.press(K.Key_F10, K.Key_Return)
    assert moved(person, before) == {"box.social": -1_000, "differences": 1_000}

    def minutes(desk: Desk) -> object:
        last = last_meeting(desk.book, str(person.made))
        assert last is not None
        read = minutes_of(desk, last.op)
        return {one.place: (one.counted_minor, one.difference_minor) for one in read.cash}

    assert person.ask(minutes) == {"box": (86_000, 0), "box.social": (23_000, -1_000)}


def test_a_bag_whose_difference_has_no_name_keeps_the_sheet_open(person: PageDesk) -> None:
    before = standing(person)
    sheet = sheet_of(person)
    person.press(K.Key_F8, "+", "860", K.Key_Return, K.Key_F8, "+", "230", K.Key_Return, K.Key_F10, K.Key_Return)
    assert standing(person) == before
    assert sheet.draft.state.bag("box.social").named is None


def test_the_preview_says_whether_the_bag_was_counted_and_between_which_places_money_went(person: PageDesk) -> None:
    sheet = sheet_of(person)
    sheet.draft.add_line(GroupLine("transfer", 10_000, source="box", target="box.social"))
    page = person.page(MeetingPage)

    def said(name: str) -> str:
        view = page.view()
        assert isinstance(view, ClosingView)
        return next(figure for told, figure, _ in view._sums() if told == name)

    person.press(K.Key_F8, "+", "760", K.Key_Return, K.Key_F10)
    assert said(f"Cash box → {NAME}") == "\u2212100"
    assert said(f"Counted: {NAME}") == "not counted"
    person.press(K.Key_Escape, K.Key_F8, K.Key_F8, "+", "340", K.Key_Return, K.Key_F10)
    assert said(f"Counted: {NAME}") == "340\u00a0som"


def test_a_kept_draft_has_its_bags(person: PageDesk) -> None:
    sheet = sheet_of(person)
    person.press(K.Key_F8, K.Key_F8, K.Key_Down, "1", K.Key_Return)
    assert sheet.draft.state.bags
    again, problems = restored(sheet.draft.ground, kept(sheet.draft))
    assert (again.state, problems) == (sheet.draft.state, [])
    sheet.draft.undo()
    assert not sheet.draft.state.bags


def test_counting_a_bag_fits(person: PageDesk) -> None:
    sheet_of(person)
    person.press(K.Key_F8, K.Key_F8, "+", "230", K.Key_Return)
    person.fits_everywhere()


def test_a_group_with_only_a_box_is_asked_for_nothing_more(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, village)
    sheet = sheet_of(person)
    person.press(K.Key_F8, "+", "1100", K.Key_Return, K.Key_F8)
    assert sheet.draft.place == "box"
    assert sheet.side.count.title.text() == "Count of the box"
    assert [one.words for one in person.page(MeetingPage).hints() if "F8" in one.keys] == []
    assert "box.social" not in sheet.draft.sheet().counts
    person.end()
