"""A sheet of a day to come is asked about from every page, and says what it is before it is closed; by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import DAY
from page_desk import K
from page_desk import PageDesk
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.store.meetings import cash_counts
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.count_page import CountPage
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.parts.wrapped_link import WrappedLink

TO_COME = date(2026, 11, 29)  # eight days after the day of the book


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def asked_for_a_day(person: PageDesk) -> MeetingPage:
    page = person.page(MeetingPage)
    assert page.view() is page.opening
    assert page.opening.day.edit.hasFocus()
    assert page.sheets == {}
    return page


def test_f10_on_groups_asks_the_day_with_the_planned_one_in_grey(person: PageDesk) -> None:
    person.go("groups", GroupsPage)
    person.press(K.Key_F10)
    page = asked_for_a_day(person)
    assert page.opening.day.edit.placeholderText() == "21.11.2026"
    person.press(K.Key_Return)
    assert isinstance(page.view(), SheetView), "the planned day has come: one Enter"


def test_no_way_in_opens_a_sheet_of_a_day_to_come_without_asking(person: PageDesk) -> None:
    person.go("meeting", MeetingPage, (person.made, TO_COME))
    page = asked_for_a_day(person)
    person.press("29", K.Key_Return)
    assert "8 days" in page.opening.day.problem()
    assert page.view() is page.opening
    person.press(K.Key_Return)
    assert isinstance(page.view(), SheetView)
    assert "in 8 days" in page.sentence()
    person.press(K.Key_F10)
    closing = page.view()
    assert isinstance(closing, ClosingView)
    said = [label.text() for label in closing.findChildren(QLabel) if label.isVisible()]
    assert any("29.11.2026" in text and "in 8 days" in text for text in said), said
    links = [link.accessibleName() for link in closing.findChildren(WrappedLink)]
    assert any("29.11.2026" in text and "21.11.2026" in text for text in links), links


def test_a_sheet_that_was_begun_goes_on_from_groups(person: PageDesk) -> None:
    person.go("meeting", MeetingPage, (person.made, DAY))
    page = person.page(MeetingPage)
    sheet = page.view()
    person.press(K.Key_F5)
    person.go("groups", GroupsPage)
    person.press(K.Key_F10)
    assert person.page(MeetingPage).view() is sheet


# records of later days ----------------------------------------------------------------------------------------------


@pytest.fixture
def later(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    """The book says 1,100 of the day; a gift of 320 is written on a day to come: then 1,420 lie in the box."""

    def fill(desk: Desk) -> str:
        group = village(desk)
        write_between(desk, Between(group, TO_COME, "gift", 32_000))
        return group

    at = PageDesk(qtbot, tmp_path, fill)
    yield at
    at.end()


def test_head_preview_and_count_say_the_same_sum_of_the_day(later: PageDesk) -> None:
    page = later.go("between", BetweenPage, (later.made, "gift"))
    assert "on 21.11.2026 1\u00a0100\u00a0som" in page.sentence()
    assert "up to 29.11.2026 1\u00a0420\u00a0som" in page.sentence()
    page.form.amount.setFocus()
    later.press("50", K.Key_Return)
    effects = {row.key: [cell.text for cell in row.cells] for row in page.effects.model.rows()}
    assert effects[("box", "")][1:] == ["1\u00a0100\u00a0som", "1\u00a0150\u00a0som"]
    assert next(column.name for column in page.effects.model.columns()) == "What changes today"
    warned = page._shown.warn.text()
    assert all(said in warned for said in ("21.11.2026", "1\u00a0100", "29.11.2026", "1\u00a0420")), warned


def test_a_count_says_that_money_of_later_days_lies_there_before_it_is_written(later: PageDesk) -> None:
    later.go("meeting", MeetingPage)
    later.press(K.Key_F8)
    page = later.page(CountPage)
    assert page._later.isVisible()
    assert all(said in page._later.text() for said in ("1\u00a0100", "29.11.2026", "1\u00a0420"))
    later.press("+", "1420", K.Key_Return, "Айгүл", K.Key_F10)
    assert page.ahead.isVisible()
    shown = [label.text() for label in page.ahead.findChildren(QLabel) if label.isVisible()]
    assert any("29.11.2026" in text and "1\u00a0420" in text for text in shown), shown


def test_a_count_of_a_book_without_later_days_says_nothing_of_them(person: PageDesk) -> None:
    person.go("meeting", MeetingPage)
    person.press(K.Key_F8)
    page = person.page(CountPage)
    assert not page._later.isVisible()
    person.press("+", "1100", K.Key_Return, K.Key_F10, K.Key_Return)
    counts = person.ask(lambda desk: cash_counts(desk.book, str(person.made))[-1])
    assert counts.counted_minor == 110_000  # type: ignore[attr-defined]
