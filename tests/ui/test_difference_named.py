"""A difference is named by the keyboard: with who held the key and what was tried; the group bears it only by vote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from test_between_page import moved
from test_between_page import standing
from village import village

from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.ui.count_page import CountPage
from shg_desk.ui.difference_reason import Reason
from shg_desk.ui.difference_reason import read_reason
from shg_desk.ui.difference_reason import reason_text
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.parts.boxes import Scroll
from shg_desk.ui.parts.letter_bar import LetterBar

HOLDER = "Айгүл KB-03 1"
HELD = f"key held by {HOLDER}"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def counted_short(person: PageDesk) -> SheetView:
    """At a sheet whose box holds 30 less than the 1,100 of the book, counted as one sum."""
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_F8, "+", "1070", K.Key_Return)
    assert sheet.draft.cash().difference_minor == -3_000
    return sheet


def test_who_held_the_key_and_what_was_tried_stand_in_the_reason(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7, "lost", K.Key_Return)
    assert sheet.panel.edits[1].text() == HOLDER, "whose post it is"
    person.press("Гүлмира", K.Key_Return, "counted twice", K.Key_Return, "1")
    assert not sheet.panel.isVisible(), "whoever leaves it open is asked no more"
    reason = "lost; key held by Гүлмира; tried: counted twice"
    assert sheet.draft.state.named == NamedDifference(-3_000, reason, "open")
    assert not sheet.draft.state.decisions


def test_the_group_bears_it_only_by_a_vote_that_is_written_down(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7, K.Key_Return, K.Key_Return, K.Key_Return, "2", K.Key_Return, K.Key_Return)
    assert sheet.panel.isVisible()
    assert sheet.panel.problem.text() == "How many were for it: the group bears a difference only by vote"
    assert sheet.draft.state.named is None
    person.press("3", K.Key_Return, "1", K.Key_Return)
    assert sheet.draft.state.named == NamedDifference(-3_000, HELD, "group")
    text = f"The group bears the cash difference of 30\u00a0som: {HELD}"
    assert sheet.draft.state.decisions == (Decision(text, 3, 1, template="difference-accepted"),)
    person.press(K.Key_F7, K.Key_Return, K.Key_Return, K.Key_Return, "1")
    assert sheet.draft.state.named == NamedDifference(-3_000, HELD, "open")
    assert not sheet.draft.state.decisions, "the vote goes with what it was about"


def test_a_member_bears_it_when_she_is_named(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7, K.Key_Return, K.Key_Return, K.Key_Return, "3", K.Key_Return)
    assert sheet.panel.problem.text(), "whose it is has to be said"
    person.press("2", K.Key_Return)
    assert sheet.draft.state.named == NamedDifference(-3_000, HELD, "2")


def test_the_question_fits(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7)
    assert sheet.panel.isVisible()
    person.fits_everywhere()


def test_without_a_meeting_no_vote_can_be_meant(person: PageDesk) -> None:
    before = standing(person)
    page = person.go("count", CountPage, person.made)
    assert page.bearer.picker.keys()[:2] == ["open", "awaiting"]
    offered = page.bearer.picker.keys()
    assert "group" not in offered
    page.count.begin()
    person.press("+", "1070", K.Key_Return)
    page.who.setFocus()
    person.press("the district", K.Key_F10, K.Key_Return)
    assert moved(person, before) == {"box": -3_000, "differences": 3_000}


def test_one_letter_bar_stands_under_the_question_and_nothing_of_it_is_out_of_sight(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7)
    bars = sheet.panel.findChildren(LetterBar)
    shown = []
    for _ in range(4):
        shown.append([bar for bar in bars if bar.isVisible()])
        person.press(K.Key_Return)
    assert [len(one) for one in shown] == [1, 1, 1, 1]
    assert shown[0] != shown[1] != shown[2], "of the field that has the cursor"
    assert shown[2] == shown[3], "its room stays while a choice is asked"
    around = next(one for one in person.window.findChildren(Scroll) if one.isAncestorOf(sheet))
    below = sheet.panel.mapTo(around.viewport(), sheet.panel.rect().bottomLeft()).y()
    assert below < around.viewport().height()


def test_a_name_of_another_count_is_no_name(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7, "lost", K.Key_Return, K.Key_Return, K.Key_Return, "1")
    person.press(K.Key_F8, *[K.Key_Backspace] * 5, "1060", K.Key_Return)
    assert sheet.draft.cash().difference_minor == -4_000
    person.press(K.Key_F10)
    closing = person.page(MeetingPage).view()
    assert isinstance(closing, ClosingView)
    said = [value for name, value, _ in closing._sums() if name == "Difference"]
    assert said == ["40\u00a0som short"], "not named"
    told = [link.text().replace("\u00a0", " ") for link in closing.problems.links]
    assert len(told) == 1
    assert "40 som" in told[0]
    assert "30 som" in told[0], "without the hundredths the group does not keep"


def test_a_name_given_before_stands_in_its_own_fields_again(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7, "lost; nobody saw", K.Key_Return, "Гүлмира", K.Key_Return, "counted twice", K.Key_Return)
    person.press("3", K.Key_Return, "2", K.Key_Return)
    person.window.switch_language("ru")
    person.press(K.Key_F7)
    told = [edit.text() for edit in sheet.panel.edits]
    assert told == ["lost; nobody saw", "Гүлмира", "counted twice", "участница", "2", "", ""]
    person.press(K.Key_Return, K.Key_Return, K.Key_Return, "1")
    named = sheet.draft.named
    assert named is not None
    assert read_reason(named.reason) == Reason("lost; nobody saw", "Гүлмира", "counted twice")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "reason",
    [Reason(), Reason("a; b"), Reason("", "B"), Reason("", "", "c"), Reason("a", "", "c; d"), Reason("a", "B", "c")],
)
def test_every_reason_is_read_as_it_was_told(lang: str, reason: Reason) -> None:
    assert read_reason(reason_text(Words(lang), reason)) == reason


def test_nobody_bears_what_is_over(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F8, *[K.Key_Backspace] * 5, "1120", K.Key_Return)
    assert sheet.draft.cash().difference_minor == 2_000
    person.press(K.Key_F7, K.Key_Return, K.Key_Return, K.Key_Return)
    assert "a member" not in sheet.panel._below.text()
    person.press("3")
    assert sheet.draft.named == NamedDifference(2_000, HELD, "awaiting"), "the third choice is another one"
    sheet.draft.name_difference("found", "2")
    told = [one.code for one in sheet_problems(sheet.draft.ground, sheet.draft.sheet())]
    assert Code.SURPLUS_BORNE in told


def test_f7_says_what_it_needs(person: PageDesk) -> None:
    person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    page = person.page(MeetingPage)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_End, K.Key_F7)
    assert not sheet.panel.isVisible()
    assert sheet.strip.told.text() == (
        "F7 names a difference: count the money first with F8. On a fine it lets the fine pass."
    )
    person.press(K.Key_F8, "+", "1100", K.Key_Return, K.Key_F7)
    assert sheet.strip.told.text().startswith("The money and the book agree")


def test_what_stays_open_has_the_difference(person: PageDesk) -> None:
    counted_short(person)
    person.press(K.Key_F7, "lost", K.Key_Return, K.Key_Return, K.Key_Return, "1", K.Key_F10)
    closing = person.page(MeetingPage).view()
    assert isinstance(closing, ClosingView)
    said = [text for text, _ in closing._left_open()]
    assert "Cash difference open: 70\u00a0som short" in said, "40 of before and 30 of this meeting"


def test_a_numbered_choice_does_not_break_inside(person: PageDesk) -> None:
    sheet = counted_short(person)
    person.press(K.Key_F7, K.Key_Return, K.Key_Return, K.Key_Return)
    shown = sheet.panel._below.text().split("   ")
    assert len(shown) == 4
    assert all(" " not in one for one in shown)
