"""A first group and its first members, by keys: the cursor is never lost, no key is promised that does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import press
from pressing import write
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.domain.problems import KnownError
from shg_desk.store import people as people_store
from shg_desk.ui.death_page import DeathPage
from shg_desk.ui.groups_page import GroupsPage

from desk_maker import make_group  # isort: skip

MANY = 40


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, nothing)
    yield at
    at.end()


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def caps(page: GroupsPage) -> set[str]:
    return {"+".join(hint.keys) for hint in page.hints()}


def people(at: PageDesk) -> int:
    found = at.ask(lambda desk: len(people_store.persons(desk.book, limit=100)))
    assert isinstance(found, int)
    return found


def made(at: PageDesk) -> GroupsPage:
    page = at.go("groups", GroupsPage)
    at.press(K.Key_Return, "Ырыс", K.Key_Return, "KB-03", K.Key_F10)
    return page


def test_after_the_first_group_the_list_has_the_cursor(empty: PageDesk) -> None:
    page = made(empty)
    assert empty.focus() is page.table.view
    assert "Enter" in caps(page)
    empty.press(K.Key_Return)
    assert page.detail.isAncestorOf(empty.focus())  # type: ignore[arg-type]


def test_a_group_of_nobody_promises_only_a_new_member_and_the_first_one_is_chosen(empty: PageDesk) -> None:
    page = made(empty)
    empty.press(K.Key_F6)
    assert page.detail.tab == "members"
    assert not caps(page) & {"Enter", "F2", "Del", "F7"}
    empty.press(K.Key_Insert)
    page.member_form.field("name").setFocus()
    empty.press("Асанова Гүлнара", K.Key_F10)
    table = page.detail.tables["members"]
    assert empty.focus() is table.view
    card = page._card
    assert card is not None
    assert table.row_key() == card.members[0].id
    assert {"Enter", "F2", "Del", "F7"} <= caps(page)
    empty.press(K.Key_F2)
    assert page.member_facts.isVisible()
    empty.press(K.Key_Escape, K.Key_Insert)
    page.member_form.field("name").setFocus()
    empty.press("Бекова Айнура", K.Key_F10)
    assert page._card is not None
    assert table.row_key() == page._card.members[1].id, "the new row is chosen"


def test_a_name_of_somebody_known_asks_whether_she_is_meant(person: PageDesk) -> None:
    page, before = person.go("groups", GroupsPage, (person.made, "members")), people(person)
    person.press(K.Key_Return, K.Key_Insert)
    page.member_form.field("name").setFocus()
    write("Айгүл KB-03 4")
    press(K.Key_F10)  # in one movement: the list has not come yet
    person.rest()
    assert people(person) == before, "nobody becomes two persons without a word"
    assert page.member_form.field("name").problem()
    assert page.member_form.field("name").edit.hasFocus()
    assert "↓" in caps(page)
    person.press(K.Key_Return)
    links = page.member_form.choices._choices
    assert [link.hasFocus() for link in links] == [True, False]
    assert "Enter" in caps(page)
    assert links[-1].accessibleName() == "a new person: Айгүл KB-03 4"
    person.press(K.Key_Down, K.Key_Return)
    assert page.member_form.save_button.hasFocus()
    assert not page.member_form.problems.isVisible()
    person.press(K.Key_F10)
    assert people(person) == before + 1, "said to be new"


def test_a_name_nobody_has_is_a_new_person_at_once(person: PageDesk) -> None:
    page, before = person.go("groups", GroupsPage, (person.made, "members")), people(person)
    person.press(K.Key_Return, K.Key_Insert)
    page.member_form.field("name").setFocus()
    person.press("Жибек эже", K.Key_Return)
    assert page.member_form.save_button.hasFocus()
    person.press(K.Key_Return)
    assert people(person) == before + 1


def test_a_number_is_no_father_s_name(person: PageDesk) -> None:
    from shg_desk.actions.registering import Told
    from shg_desk.actions.registering import register_home

    def register(desk: Desk) -> list[tuple[str, str]]:
        try:
            register_home(desk, "1", "", Told("Айнура", "", {"father": "1985", "nickname": "А"}))
        except KnownError as told:
            return [(one.code.value, one.where) for one in told.problems]
        return []

    before = people(person)
    assert person.ask(register) == [("name-without-letter", "father")]
    assert people(person) == before


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    """Two groups so large that their members are not all in sight."""

    def fill(desk: Desk) -> str:
        make_group(desk, "KB-01", members=MANY)
        return make_group(desk, "KB-02", members=MANY)

    at = PageDesk(qtbot, tmp_path, fill)
    yield at
    at.end()


def test_esc_from_her_page_goes_to_her_row(two: PageDesk) -> None:
    page = two.go("groups", GroupsPage, (two.made, "members"))
    two.press(K.Key_Return, K.Key_Down, K.Key_Down)
    table = page.detail.tables["members"]
    hers = table.row_key()
    two.press(K.Key_F7)
    two.page(DeathPage)
    two.press(K.Key_Escape)
    assert two.page(GroupsPage) is page
    assert two.focus() is table.view
    assert table.row_key() == hers
    assert page._card is not None
    assert page._card.id == two.made


def test_another_group_s_members_stand_at_their_beginning(two: PageDesk) -> None:
    page = two.go("groups", GroupsPage, (two.made, "members"))
    table = page.detail.tables["members"]
    two.press(K.Key_Return, *[K.Key_PageDown] * 4)
    assert table.view.verticalScrollBar().value() > 0
    two.press(K.Key_Escape, K.Key_Up if page.table.view.currentIndex().row() else K.Key_Down)
    assert page._card is not None
    assert page._card.id != two.made
    assert table.view.verticalScrollBar().value() == 0
    assert table.view.currentIndex().row() == 0
