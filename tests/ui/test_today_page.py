"""Today over a real book: what it says of meetings, money missing and loans, and the way to each by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import make_group
from page_desk import K
from page_desk import PageDesk
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from village import RULES as VILLAGE_RULES
from village import nothing
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_between
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.store import meetings as meeting_store
from shg_desk.store.ledger import balances
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.households_page import HouseholdsPage
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.loans_page import LoansPage
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.reports_page import ReportsPage
from shg_desk.ui.today_page import TodayPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def said(part: QWidget) -> str:
    found = "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())
    return found.replace("\u00a0", " ")


def test_an_empty_book_begins_with_a_group(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    person.go("today", TodayPage)
    person.press(K.Key_Return)
    page = person.page(GroupsPage)
    assert page.group_form.isVisible()
    person.end()


def test_the_meeting_of_the_day_stands_first_and_enter_opens_its_sheet(person: PageDesk) -> None:
    page = person.go("today", TodayPage)
    words = said(page.meetings)
    assert "Ырыс" in words
    assert "14:00" in words
    assert "Meeting 4" in words
    # four members owe 100 + 20; the second has an instalment of 106 since 10.11.
    assert "586 som expected" in words
    person.press(K.Key_Return)
    meeting = person.page(MeetingPage)
    assert meeting.opening.isVisible()
    assert person.focus() is meeting.opening.day.edit, "the day is asked, the planned one in grey"
    assert meeting.opening.day.edit.placeholderText() == "21.11.2026"
    person.press("2", "1", K.Key_Return)
    sheet = meeting.view()
    assert isinstance(sheet, SheetView)
    assert (sheet.draft.ground.group, str(sheet.draft.ground.on)) == (person.made, "2026-11-21")
    person.press(K.Key_F5)
    person.go("today", TodayPage)
    person.press(K.Key_Return)
    assert meeting.view() is sheet, "a sheet that is begun goes on"


def test_what_waits_is_named_with_its_sum_and_leads_there(person: PageDesk) -> None:
    page = person.go("today", TodayPage)
    words = said(page.waits)
    assert "Cash box: 40 som short" in words
    assert "since 07.11.2026" in words
    assert "1 loan overdue · 106 som" in words
    assert "11 days" in words
    assert "Treasurer: the term ends in 12 days" in words
    person.press(K.Key_Down, K.Key_Return)
    ledger = person.page(LedgerPage)
    assert ledger.title() == "Ledger: cash differences, open"
    person.window.back()
    person.rest()
    person.press(K.Key_Down, K.Key_Down, K.Key_Return)
    loans = person.page(LoansPage)
    assert [row.key for row in loans.table.model.rows()]
    assert loans.chips["late"].isChecked()


def test_a_name_in_latin_letters_finds_her(person: PageDesk) -> None:
    page = person.go("today", TodayPage)
    person.find()
    person.press("Aigul A 3")
    kinds = [row.key for row in page.results.model.rows()]
    assert [kind for kind, _ in kinds].count("person") >= 1  # type: ignore[misc]
    person.press(K.Key_Escape)
    assert not page.results.isVisible()
    person.find()
    person.press("KB-03-2", K.Key_Return)
    assert "KB-03-2" in person.page(HouseholdsPage).sentence()


def test_nothing_is_found_by_a_word_that_is_nowhere(person: PageDesk) -> None:
    page = person.go("today", TodayPage)
    person.find()
    person.press("Зулайхо")
    assert page.results_title.text() == "Nothing is found by this spelling."


def test_nothing_is_cut(person: PageDesk) -> None:
    person.go("today", TodayPage)
    person.fits_everywhere()


def moved_before_a_count(desk: Desk) -> str:
    """The village, with 50 brought on a day before two counts and written down afterwards."""
    group = village(desk)
    record_between(desk, group, date(2026, 10, 20), lines=(GroupLine("income", 5_000),))
    return group


def test_a_count_that_no_longer_agrees_is_told_and_leads_to_its_account(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, moved_before_a_count)
    page = person.go("today", TodayPage)
    words = said(page.waits)
    assert "2 counts no longer agree with the book · Ырыс" in words
    assert "07.11.2026: the book said 1 100 som then, and says 1 150 som of that day today" in words
    at = next(i for i, one in enumerate(page._view.waiting if page._view else ()) if one.kind == "broken")
    link = [one for one in page._actions if "no longer agree" in one.accessibleName()]
    assert at == 1, "behind the money that is missing"
    link[0].setFocus()
    person.press(K.Key_Return)
    assert person.page(LedgerPage).title() == "Ledger: cash box"
    person.window.back()
    person.rest()
    person.fits_everywhere()
    person.end()


def test_the_sheets_of_the_week_are_printed_from_here(person: PageDesk) -> None:
    page = person.go("today", TodayPage)
    link = next(one for one in page._actions if "Sheets of this week" in one.accessibleName())
    link.setFocus()
    person.press(K.Key_Return)
    reports = person.page(ReportsPage)
    assert [(row.key.name, row.key.on) for row in reports.waiting.model.rows()] == [("sheet", "2026-11-21")]
    assert person.focus() is reports.all_button, "Enter prints them"
    person.window.back()
    person.rest()
    assert "1 paper waits for a printer" in said(page.waits)


def partly_settled(desk: Desk) -> str:
    """The village, whose 40 that were missing turn out to be 25 repaid by her who had the key: 15 are still open."""
    group = village(desk)
    meeting = meeting_store.last_meeting(desk.book, group)
    assert meeting is not None
    box = Count(total_minor=box_of(desk, group) + 2_500)
    over = (NamedDifference(2_500, "found", "open"),)
    record_meeting(desk, Sheet(group, meeting.on + timedelta(days=3), counts=(box,), differences=over))
    return group


def box_of(desk: Desk, group: str) -> int:
    return sum(one.amount_minor for one in balances(desk.book, group, accounts=["box"]))


def test_an_open_difference_says_what_was_named_settled_and_left(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, partly_settled)
    page = person.go("today", TodayPage)
    words = said(page.waits)
    assert "Cash box: 15 som short" in words
    assert "40 som was named, 25 som of it is settled, 15 som is left" in words
    assert "since 07.11.2026" in words
    person.fits_everywhere()
    person.end()


def test_a_difference_nobody_settled_says_so(person: PageDesk) -> None:
    page = person.go("today", TodayPage)
    assert "nothing of it is settled yet" in said(page.waits)


def two(desk: Desk) -> str:
    """Another group's name stands before, and both meet today."""
    make_group(desk, "KB-01", members=3, rules=VILLAGE_RULES)
    return village(desk)


def test_the_day_asked_is_that_of_the_group_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    """The list of groups has not come yet when the page of meetings is made."""
    person = PageDesk(qtbot, tmp_path, two)
    page = person.go("today", TodayPage)
    at = next(n for n, one in enumerate(page._view.meetings if page._view else ()) if one.group == person.made)
    for _ in range(at):
        person.press(K.Key_Down)
    person.press(K.Key_Return, K.Key_Return)
    sheet = person.page(MeetingPage).view()
    assert isinstance(sheet, SheetView)
    assert sheet.draft.ground.group == person.made
    person.end()
