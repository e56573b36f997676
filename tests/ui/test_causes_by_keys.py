"""Likely causes of a difference on the sheet: up to three in sight, all under a key at every letter size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import SHIFT
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.domain.sheet_steps import Place
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def short_by(person: PageDesk, missing: int) -> SheetView:
    """All have paid 120, an expense of 70 stands under the table, and so much is missing from the box."""
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_F5, K.Key_Insert, "1", "70", K.Key_Return, K.Key_Return, "tea", K.Key_Return)
    book = sheet.draft.cash().expected_minor // 100
    person.press(K.Key_F8, "+", str(book - missing), K.Key_Return)
    assert sheet.draft.cash().difference_minor == -missing * 100
    return sheet


def test_three_causes_stand_beside_the_sheet_and_five_under_a_key(person: PageDesk) -> None:
    sheet = short_by(person, 100)
    shown = [link.text() for link in sheet.side.causes if link.isVisible()]
    assert len(shown) == 3
    assert all("100 was not taken" in text for text in shown)
    assert ("Shift", "F7") in [one.keys for one in person.page(MeetingPage).hints()]
    person.press(K.Key_F7, held=SHIFT)
    assert sheet.panel.isVisible()
    person.press("3")
    assert sheet.here() == Place(2, sheet.draft.columns[0].key), "the third one's savings"
    assert not sheet.panel.isVisible()


def test_a_line_of_the_group_is_followed_by_key(person: PageDesk) -> None:
    sheet = short_by(person, -70)
    assert sheet.side.causes[0].text() == "Perhaps the line “tea”"
    person.press(K.Key_F7, held=SHIFT)
    person.press("1")
    assert sheet.table.foot.hasFocus()
    assert sheet.table.foot.currentIndex().row() == 1
    person.press(K.Key_Return)
    assert sheet.panel.edits[0].text() == "70.00", "there it can be put right"


@pytest.mark.parametrize("percent", [125, 150])
def test_in_large_letters_the_key_has_them_all_the_same(person: PageDesk, percent: int) -> None:
    sheet = short_by(person, 100)
    person.window.set_letter_size(percent)
    person.rest()
    assert ("Shift", "F7") in [one.keys for one in person.page(MeetingPage).hints()]
    person.press(K.Key_F7, held=SHIFT)
    assert sheet.panel.isVisible()
    assert "100 was not taken" in sheet.panel._below.text().replace("\u00a0", " ")
    person.press("2")
    assert sheet.here() == Place(1, sheet.draft.columns[0].key)


def test_causes_and_their_list_fit(person: PageDesk) -> None:
    sheet = short_by(person, 100)
    person.fits_everywhere()
    person.press(K.Key_F7, held=SHIFT)
    assert sheet.panel.isVisible()
    person.fits_everywhere()


def test_nothing_is_asked_where_nothing_is_likely(person: PageDesk) -> None:
    sheet = short_by(person, 3)
    person.press(K.Key_F7, held=SHIFT)
    assert not sheet.panel.isVisible()
