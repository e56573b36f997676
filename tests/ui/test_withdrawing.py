"""A family withdraws its data on the household page: by keys, asked twice, and told what goes and what stays."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pytestqt.qtbot import QtBot
from village import village

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_makers import phone_photo

from shg_desk.actions import photos
from shg_desk.actions.desk import Desk
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import people as people_store
from shg_desk.ui.households_page import HouseholdsPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def names(person: PageDesk) -> list[str | None]:
    found = person.ask(lambda desk: [one.name for one in people_store.persons(desk.book, limit=1000)])
    assert isinstance(found, list)
    return found


def withdraw(person: PageDesk) -> HouseholdsPage:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Return)
    person.press(K.Key_Delete, held=CTRL)
    assert page.withdraw_form.isVisible()
    return page


def test_the_second_press_withdraws_and_the_page_says_what_goes_and_stays(person: PageDesk) -> None:
    sums = person.ask(lambda desk: ledger_store.balances(desk.book, str(person.made)))
    page = withdraw(person)
    said = " ".join(line.text() for line in page.withdraw_form.lines)
    for words in ("1 person", "Ырыс, № 1", "office", "90 days", "Tell the family"):
        assert words in said
    said = {hint.keys: hint.words for hint in page.hints()}
    assert said["F10",] == "withdraw the data", "the hint says what the button says"
    person.press(K.Key_F10)
    assert page.withdraw_form.isVisible(), "asked once more"
    assert page.withdraw_form.problems.isVisible()
    assert None not in names(person)
    person.press(K.Key_F10)
    assert not page.withdraw_form.isVisible()
    assert names(person).count(None) == 1
    assert page.detail._closed.isVisible()
    assert not page.detail.withdraw_button.isVisible()
    assert person.ask(lambda desk: ledger_store.balances(desk.book, str(person.made))) == sums
    members = person.ask(lambda desk: group_store.memberships(desk.book, str(person.made)))
    assert isinstance(members, list)
    assert (members[0].number, members[0].name) == ("1", None)
    person.press(K.Key_Delete, held=CTRL)
    assert not page.withdraw_form.isVisible(), "there is nothing left to withdraw"


def test_esc_leaves_everything_and_asks_twice_again(person: PageDesk) -> None:
    page = withdraw(person)
    person.press(K.Key_F10, K.Key_Escape)
    assert not page.withdraw_form.isVisible()
    withdraw(person)
    person.press(K.Key_F10)
    assert page.withdraw_form.isVisible()
    assert None not in names(person)


def test_interviews_alone_are_another_question(person: PageDesk) -> None:
    page = withdraw(person)
    form = page.withdraw_form
    person.press(K.Key_F10)
    form.picker("what").set_key("life")
    person.press(K.Key_F10)
    assert form.isVisible(), "another thing is asked twice, too"
    person.press(K.Key_F10)
    assert not form.isVisible()
    assert None not in names(person)


def test_withdrawing_fits(person: PageDesk) -> None:
    withdraw(person)
    person.press(K.Key_F10)
    person.fits_everywhere()


def test_a_name_that_somebody_wrote_down_is_told_to_stay(person: PageDesk) -> None:
    page = withdraw(person)
    said = " ".join(line.text() for line in page.withdraw_form.lines)
    assert "minutes" in said
    assert "for a number" not in said
    card = page._card
    assert card is not None
    her = replace(card.memberships[0], number="Гүлзат Токтосунова")
    page.withdraw_form.about(replace(card, memberships=(her,)))
    page.withdraw_form.begin("withdraw", card.id, {})
    assert "Гүлзат Токтосунова" in page.withdraw_form.lines[4].text()
    person.fits_everywhere()


def test_photos_of_signed_sheets_that_may_show_her_name_are_told(person: PageDesk, tmp_path: Path) -> None:
    page = withdraw(person)
    assert not page.withdraw_form.lines[5].isVisible()
    person.press(K.Key_Escape)

    def photograph(desk: Desk) -> None:
        last = meeting_store.last_meeting(desk.book, str(person.made))
        assert last is not None
        photos.add_photos(desk, last.op, [phone_photo(tmp_path / "sheet.jpg", (400, 300))])

    person.ask(photograph)
    page.refresh(())
    person.rest()
    withdraw(person)
    said = page.withdraw_form.lines[5]
    assert said.isVisible()
    assert "Ырыс 07.11.2026" in said.text()
    assert "F4" in said.text()
    person.fits_everywhere()
