"""An open cash difference by the keyboard: seen on the sheet, settled there or between meetings, gone from Today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from test_between_page import moved
from test_between_page import standing
from test_today_page import said
from village import village

from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.today_page import TodayPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    """At a book whose group misses 40 since its last meeting."""
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def settle_it(person: PageDesk) -> BetweenPage:
    """From Today to the lines of the difference, and from there by Ins to the form."""
    page = person.go("ledger", LedgerPage, (person.made, "differences"))
    assert ("Ins",) in [one.keys for one in page.hints() if one.words == "settle it"]
    page.focus_first()
    person.press(K.Key_Insert)
    return person.page(BetweenPage)


def test_between_meetings_a_member_brings_what_was_missing(person: PageDesk) -> None:
    before = standing(person)
    page = settle_it(person)
    assert page.form.kind.picker.key() == "settlement"
    assert page.form.how.picker.key() == "vote"
    assert (page.form.member.isVisible(), page.form.place.isVisible()) == (False, False)
    assert page.form.amount.edit.placeholderText() == "40"
    person.press(K.Key_Return, K.Key_Down)
    assert page.form.how.picker.key() == "brought"
    assert (page.form.member.isVisible(), page.form.place.isVisible()) == (True, True)
    person.press(K.Key_Return, K.Key_Down, K.Key_Down, K.Key_Return, "15")
    person.press(K.Key_F10)
    assert moved(person, before) == {"box": 1_500, "differences": -1_500}
    assert page.form.amount.edit.placeholderText() == "25", "what is still open"
    today = person.go("today", TodayPage)
    assert "40 som was named, 15 som of it is settled, 25 som is left" in said(today.waits)


def test_between_meetings_the_group_bears_it(person: PageDesk) -> None:
    before = standing(person)
    settle_it(person)
    person.press(K.Key_Return, K.Key_Return, "40", K.Key_Return, "3", K.Key_F10)
    assert moved(person, before) == {"differences": -4_000, "expense.differences": 4_000}
    assert "Cash box" not in said(person.go("today", TodayPage).waits)
    page = person.go("ledger", LedgerPage, (person.made, "differences"))
    assert "settle it" not in [one.words for one in page.hints()]
    between = person.go("between", BetweenPage, person.made)
    offered = between.form.kind.picker.keys()
    assert "repayment" in offered
    assert "settlement" not in offered


def test_on_the_sheet_it_stands_beside_the_box_and_is_voted_on(person: PageDesk) -> None:
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    assert sheet.before.lines[0].text() == "Cash difference open from before: 40\u00a0som short"
    person.press(K.Key_Insert, "0")
    assert sheet.panel.edits[0].accessibleName() == "Amount"
    person.press(K.Key_Return, "1", K.Key_Return, "ала албадык", K.Key_Return, "3", K.Key_Return, "1", K.Key_Return)
    (line,) = sheet.draft.state.lines
    assert (line.kind, line.amount_minor, line.what, line.carried_by) == ("settlement", 4_000, "vote", None)
    (decision,) = sheet.draft.state.decisions
    assert decision.text == "The group bears the cash difference of 40\u00a0som: ала албадык"
    assert (decision.votes_for, decision.votes_against) == (3, 1)
    assert sheet.draft.cash().expected_minor == sheet.draft.cash().start_minor


def test_on_the_sheet_who_brings_it_is_asked_for(person: PageDesk) -> None:
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_Insert, "0", K.Key_Return, "2", K.Key_F10)
    assert sheet.panel.problem.text() == "Whose it is: her number"
    person.press("3", K.Key_F10)
    (line,) = sheet.draft.state.lines
    assert (line.what, line.carried_by, sheet.draft.cash().in_minor) == ("brought", "3", 4_000)
    assert sheet.draft.state.decisions == ()
