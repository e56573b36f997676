"""A typo in a member's number, booklet, day or nickname, or in a group's name and code, is put right by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.store import groups as group_store
from shg_desk.ui.groups_page import GroupsPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def members(person: PageDesk) -> list[tuple[str, str | None, str | None, str | None]]:
    found = person.ask(lambda desk: group_store.memberships(desk.book, str(person.made)))
    assert isinstance(found, list)
    return [(one.number, one.booklet, one.joined, one.nickname) for one in found]


def retype(person: PageDesk, page: GroupsPage, key: str, text: str) -> None:
    field = page._form.field(key)  # type: ignore[union-attr]
    field.edit.setFocus()
    field.edit.selectAll()
    person.press(text)


def test_what_is_written_of_a_member_is_put_right_and_told(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_F2)
    form = page.member_facts
    assert form.isVisible()
    assert form.field("number").text() == "1"
    assert not form._trace.isVisible()
    retype(person, page, "number", "7")
    person.press(K.Key_Return, "105", K.Key_Return, "9.10.2026", K.Key_Return, "Ай эже", K.Key_Return)
    assert not form.isVisible(), "Enter in the last field writes"
    assert ("7", "105", "2026-10-09", "Ай эже") in members(person)
    page.detail.tables["members"].view.put_cursor(3)
    person.press(K.Key_F2)
    assert form.field("number").text() == "7"
    assert form.field("booklet").edit.accessibleDescription() == "now: 105"
    assert form._trace.text() == "Last put right on 21.11.2026, by desk"


def test_a_number_that_is_taken_stays_on_the_page(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_F2)
    retype(person, page, "number", "2")
    person.press(K.Key_F10)
    assert page.member_facts.isVisible()
    assert page.member_facts.field("number").problem()
    person.press(K.Key_Escape)
    assert [one[0] for one in members(person)] == ["1", "2", "3", "4"]
    page.detail.tables["members"].view.put_cursor(2)
    person.press(K.Key_F2)
    assert page.member_facts.field("number").text() == "3", "what was typed for one member never comes to another"
    person.press(K.Key_Escape)
    page.detail.tables["members"].view.put_cursor(0)
    person.press(K.Key_F2)
    assert page.member_facts.field("number").text() == "2", "what was typed waits"


def test_the_name_and_code_of_the_group_are_put_right(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "glance"))
    person.press(K.Key_Return, K.Key_F2)
    assert page.group_facts.isVisible()
    assert page.group_facts.field("code").text() == "KB-03"
    retype(person, page, "name", "Ырыскы")
    retype(person, page, "code", "KB-30")
    person.press(K.Key_F10)
    assert not page.group_facts.isVisible()
    assert page.title() == "Ырыскы"
    assert page._card is not None
    assert page._card.code == "KB-30"


def test_putting_right_fits(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return)
    person.fits_everywhere()
    person.press(K.Key_F2)
    assert page.member_facts.isVisible()
    person.fits_everywhere()
    person.press(K.Key_Escape)
    page.detail.show_tab("glance")
    page.detail.focus_first()
    person.fits_everywhere()
    person.press(K.Key_F2)
    assert page.group_facts.isVisible()
    person.fits_everywhere()
