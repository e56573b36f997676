"""A count without a meeting is shown before it is written, asks who counted, and can be taken back, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pressing import press
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from test_between_page import moved
from test_between_page import standing
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.store.meetings import cash_counts
from shg_desk.store.operations import operation
from shg_desk.store.operations import texts
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.count_page import CountPage
from shg_desk.ui.meeting_page import MeetingPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def counted(person: PageDesk, som: str) -> CountPage:
    """From the meeting page by F8, as one sum; the book says 1,100."""
    person.go("meeting", MeetingPage)
    person.press(K.Key_F8)
    page = person.page(CountPage)
    person.press("+", som, K.Key_Return)
    return page


def last_words(person: PageDesk) -> list[str | None]:
    def read(desk: Desk) -> list[str | None]:
        last = cash_counts(desk.book, str(person.made))[-1]
        found = operation(desk.book, last.op)
        assert found is not None
        return list(texts(desk.book, found))

    found = person.ask(read)
    assert isinstance(found, list)
    return found


def test_a_difference_is_shown_and_written_only_with_a_name(person: PageDesk) -> None:
    before = standing(person)
    page = counted(person, "1140")
    person.press(K.Key_F10)
    assert moved(person, before) == {}
    assert page.who.problem()
    assert page.who.edit.hasFocus()
    person.press("the district", K.Key_F10)
    assert moved(person, before) == {}, "what is shown is not written"
    assert page.ahead.isVisible()
    said = {name: text for name, text, _ in page.ahead.lines}
    assert said["By the book"] == "1\u00a0100\u00a0som"
    assert said["Counted"] == "1\u00a0140\u00a0som"
    assert said["Difference"] == "40\u00a0som over"
    assert said["Who counted"] == "the district"
    assert said["Why, as far as known"] == "key held by Айгүл KB-03 1"
    assert said["Written"] == "40\u00a0som as a cash difference of the group that is open"
    person.press(K.Key_Escape)
    assert page.count.has_cursor()
    assert page.who.text() == "the district", "nothing typed is lost"
    person.press(K.Key_F10, K.Key_Return)
    assert moved(person, before) == {"box": 4_000, "differences": -4_000}
    assert last_words(person) == ["key held by Айгүл KB-03 1", "the district"]


def test_enter_leaves_the_one_sum_and_what_is_no_number_is_told(person: PageDesk) -> None:
    page = counted(person, "1140")
    assert page.who.edit.hasFocus(), "the next field"
    assert not page.problems.isVisible()
    person.press(K.Key_F8, "1140знач", K.Key_F10)
    assert page.problems.isVisible(), "it is not put back without a word"
    assert not page.ahead.isVisible()
    person.press("1090", K.Key_Return)
    assert not page.problems.isVisible()
    assert page.who.edit.hasFocus()


def test_what_is_over_is_no_members(person: PageDesk) -> None:
    page = counted(person, "1140")
    assert page.bearer.picker.keys() == ["open", "awaiting"]
    person.press(K.Key_F8, "1090", K.Key_Return)
    assert page.bearer.picker.keys() == ["open", "awaiting", "1", "2", "3", "4"]


def test_a_count_by_mistake_is_taken_back_at_once(person: PageDesk) -> None:
    before = standing(person)
    page = counted(person, "14000")
    page.who.setFocus()
    person.press("me", K.Key_F10, K.Key_Return)
    assert moved(person, before) == {"box": 1_290_000, "differences": -1_290_000}
    person.press(K.Key_Z, held=CTRL)
    between = person.page(BetweenPage)
    assert between.reason.edit.hasFocus()
    person.press("a mistake", K.Key_F10)
    assert moved(person, before) == {}
    broken = person.ask(lambda desk: [one for one in cash_counts(desk.book, str(person.made)) if one.broken])
    assert broken == []
    (row,) = between.table.model.rows()
    assert row.cells[1].text.startswith("Taken back")


def test_a_count_of_a_wrong_day_is_warned_of_and_goes_away_though_it_moved_nothing(person: PageDesk) -> None:
    before = standing(person)
    page = counted(person, "1100")
    page.on.setFocus()
    person.press("20.01.2030", K.Key_Return, K.Key_F10)
    assert "20.01.2030" in " ".join(
        label.text() for label in page.ahead.findChildren(QLabel) if "check" in label.text()
    )
    person.press(K.Key_Return)
    counts = person.ask(lambda desk: [one.on.year for one in cash_counts(desk.book, str(person.made))])
    assert counts[-1] == 2030  # type: ignore[index]
    person.press(K.Key_Z, held=CTRL)
    between = person.page(BetweenPage)
    assert between.dues.isVisible()
    person.press("a wrong day", K.Key_F10)
    assert moved(person, before) == {}
    assert person.ask(lambda desk: [one.on.year for one in cash_counts(desk.book, str(person.made))]) == counts[:-1]  # type: ignore[index]
    (row,) = between.table.model.rows()
    assert row.cells[1].text.startswith("Taken back")


def test_a_count_after_it_holds(person: PageDesk) -> None:
    """What a later count of the same money says is not undone by taking the first one back."""
    for som in ("1140", "1120"):
        page = counted(person, som)
        page.who.setFocus()
        person.press("me", K.Key_F10, K.Key_Return)
    before = standing(person)
    person.press(K.Key_Insert, K.Key_F6, K.Key_Down, K.Key_Delete)
    page_ = person.page(BetweenPage)
    assert page_.problems.isVisible()
    assert moved(person, before) == {}


def test_a_count_that_agrees_needs_no_name(person: PageDesk) -> None:
    before = standing(person)
    page = counted(person, "1100")
    person.press(K.Key_F10)
    assert page.ahead.isVisible()
    person.press(K.Key_F10)
    assert number_of_counts(person) == 3, "F10 twice has shown, and no more"
    press(K.Key_Return)
    press(K.Key_Return)
    person.rest()
    assert moved(person, before) == {}
    assert number_of_counts(person) == 4, "the second Enter had nothing to write"


def number_of_counts(person: PageDesk) -> object:
    return person.ask(lambda desk: len(cash_counts(desk.book, str(person.made))))


def test_nothing_is_cut(person: PageDesk) -> None:
    page = counted(person, "1140")
    person.press(K.Key_F10)
    person.fits_everywhere()
    page.who.setFocus()
    person.press("the inspection committee of the village", K.Key_F10)
    assert page.ahead.isVisible()
    person.fits_everywhere()
