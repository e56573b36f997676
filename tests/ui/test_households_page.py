"""Households over a real book: registering with a name alone, changing, settling, ten thousand in the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import homes_of
from shg_desk.actions.people import register_household
from shg_desk.actions.people import set_home
from shg_desk.actions.profiles import Drafted
from shg_desk.store import people as people_store
from shg_desk.ui.households_page import HouseholdsPage
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import Field

LONG = "Абдыкадырова-Жумагулова Сайкалбүбү Өмүрбековна"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def names(person: PageDesk) -> list[str | None]:
    found = person.ask(lambda desk: [one.name for one in people_store.persons(desk.book, limit=1000)])
    assert isinstance(found, list)
    return found


def test_a_name_as_she_gives_it_is_enough(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Return)
    person.press("Жибек эже", K.Key_F10)
    assert names(person) == ["Жибек эже"]
    assert page.detail.isVisible()
    assert page.detail.name.text() == "Жибек эже"
    person.press(K.Key_Insert)
    person.press("Азамат", K.Key_F10)
    assert len(page.detail.persons.model.rows()) == 2
    person.end()


def test_enter_is_said_to_save_where_it_saves(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Return)
    form = page._form
    assert form is not None
    enter = lambda: next(one.words for one in page.hints() if one.keys == ("Enter",))  # noqa: E731
    assert enter() == "next field"
    [*_, last] = [part for part in form.parts.values() if not part.isHidden()]
    last.setFocus()
    assert enter() == "save"
    person.end()


def test_an_age_and_a_new_village_are_understood(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Insert)
    person.press("Зейнеп", K.Key_Return, "67", K.Key_Return, K.Key_Return, "KB-77", K.Key_Return, "Ак-Терек", K.Key_F10)
    row = page.detail.persons.model.row(0)
    assert [cell.text for cell in row.cells][:3] == ["Зейнеп", "", "about 67 years"]
    assert page.detail.where.text() == "KB-77 · Ак-Терек"
    assert person.ask(lambda desk: [one.name for one in people_store.villages(desk.book)]) == ["Ак-Терек"]


def test_a_birthday_that_cannot_be_is_told_at_its_field_and_nothing_is_lost(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Insert)
    person.press("Зейнеп", K.Key_Return, "31.02.1980", K.Key_F10)
    assert page.home_form.field("birth").problem()
    assert page.home_form.text("name") == "Зейнеп"
    person.press(K.Key_Escape)
    assert page.detail.isVisible()
    person.press(K.Key_Insert)
    assert page.home_form.text("birth") == "31.02.1980"


def test_a_birthday_that_cannot_be_names_its_field_and_leads_there(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Return, K.Key_Insert)
    form = page.person_form
    person.press("Зейнеп", K.Key_Return, K.Key_Return, K.Key_Return, "31.02.1980", K.Key_F10)
    birth = form.field("birth")
    assert "“31.02.1980” cannot be read as a birthday or age" in birth.problem()
    assert not [
        key for key, part in form.parts.items() if key != "birth" and isinstance(part, Field) and part.problem()
    ]
    (line,) = [one for one in form.problems.findChildren(QAbstractButton) if one.isVisible()]
    assert line.text().startswith("Birth or age: “31.02.1980”")
    line.setFocus()
    person.press(K.Key_Return)
    assert QApplication.focusWidget() is birth.edit
    birth.edit.selectAll()
    person.press("1980", K.Key_F10)
    assert page.detail.isVisible()


def test_ins_stands_at_one_button_only_and_does_what_it_says(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)

    def with_ins() -> list[Button]:
        shown = [one for one in person.window.findChildren(Button) if one.isVisible() and one.keys() == ("Ins",)]
        assert [one.keys for one in page.hints()].count(("Ins",)) == 1
        return shown

    assert with_ins() == [page.new_button]
    person.press(K.Key_Insert)
    assert page.home_form.isVisible()
    person.press(K.Key_Escape)
    person.press(K.Key_Return)
    assert with_ins() == [page.detail.add_button]
    person.press(K.Key_Insert)
    assert page.person_form.isVisible()
    person.press(K.Key_Escape, K.Key_Escape)
    assert with_ins() == [page.new_button]


def test_f2_on_a_person_changes_her(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Return, K.Key_F2)
    assert page.person_form.isVisible()
    person.press(LONG, K.Key_F10)
    assert LONG in names(person)


def twice(desk: Desk) -> str:
    """A household whose person was named twice by two who did not see each other, and who stays in another home."""
    first = register_household(desk, NewHousehold("A-1", persons=[NewPerson("Айгүл")])).value
    other = register_household(desk, NewHousehold("A-2", persons=[NewPerson("Зейнеп")])).value
    with desk.book.writing() as writer:
        for name in ("Айгүл Бакыт кызы", "Айгүл Асанова"):
            drafted = Drafted(desk, fresh={("person", first.persons[0])})
            drafted.revise("person", first.persons[0], "identity", {"name": name}, first.household)
            writer.append(desk.line("profile", drafted.body()))
    set_home(desk, other.persons[0], first.household, counted=other.household)
    return first.household


def test_two_answers_stand_side_by_side_until_one_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, twice)
    page = person.go("households", HouseholdsPage, person.made)
    card = page._card
    assert card is not None
    (conflict,) = card.conflicts
    assert {str(one.fields["name"]) for one in conflict.versions} >= {"Айгүл Бакыт кызы", "Айгүл Асанова"}
    page.detail.settled.emit(conflict, conflict.versions[0])
    person.rest()
    assert page._card is not None
    assert page._card.conflicts == ()
    guest = next(one for one in page._card.persons if not one.lives_here)
    assert (guest.name, guest.elsewhere) == ("Зейнеп", ("Зейнеп",))
    person.end()


def crowd(desk: Desk) -> None:
    """Ten thousand households: their places and names, without persons, in one writing."""
    with desk.book.writing() as writer:
        for block in range(100):
            drafted = Drafted(desk)
            for place in range(100):
                household = drafted.new("household")
                drafted.revise("household", household, "place", {"code": f"B-{block:03d}-{place:02d}"})
            writer.append(desk.line("profile", drafted.body()))


def test_ten_thousand_households_are_fetched_by_pages(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, crowd)
    page = person.go("households", HouseholdsPage)
    assert page.table.model.rowCount() == 10_000
    view = page.table.view
    assert page.table.model.cell(0, 1).text == "B-000-00"
    person.press(K.Key_End, held=CTRL)
    assert view.currentIndex().row() == 9_999
    assert page.table.model.cell(9_999, 1).text == "B-099-99"
    assert page._card is not None
    assert page._card.code == "B-099-99"
    person.press(K.Key_PageUp)
    assert view.cut_cells() == []
    person.find()
    person.press("B-042-17")
    assert page.table.model.rowCount() == 1
    person.end()


def test_nothing_is_cut(person: PageDesk) -> None:
    person.go("households", HouseholdsPage)
    person.fits_everywhere()
    person.press(K.Key_Insert)
    person.fits_everywhere()


def test_somebody_lives_in_two_households_and_is_counted_in_one(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Insert)
    person.press("Бакыт", K.Key_Return, "12.3.1980", K.Key_Return, K.Key_Return, "KB-90", K.Key_F10)
    person.press(K.Key_Insert, K.Key_Escape, K.Key_Escape)
    person.press(K.Key_Insert)
    person.press("Гүлмира", K.Key_Return, K.Key_Return, K.Key_Return, "KB-91", K.Key_F10)
    person.press(K.Key_F4)
    assert page.stay_form.isVisible()
    person.press("Бакыт")
    found = page.stay_form.choices.flow.itemAt(0)
    assert found is not None
    choice = found.widget()
    assert choice is not None
    choice.setFocus()
    person.press(K.Key_Return)
    assert page.stay_form.person is not None
    page.stay_form.field("since").set_text("1.6.2025")
    person.press(K.Key_F10)
    cells = [cell.text for cell in page.detail.persons.model.row(1).cells]
    assert cells == ["Бакыт", "lives here, too", "46 years", "Бакыт; listed with Бакыт"]

    page.detail.persons.view.put_cursor(1)
    page.detail.persons.view.setFocus()
    person.press(K.Key_F4)
    assert not page.stay_form.parts["name"].isVisible(), "it is about him"
    assert page.stay_form.text("since") == "01.06.2025"
    page.stay_form.picker("counted").set_key(page._card.id if page._card else "")
    person.press(K.Key_F10)
    assert page.detail.persons.model.cell(1, 3).text == "Бакыт; listed here"
    him = page.detail._card.persons[1].id if page.detail._card else ""
    homes = person.ask(lambda desk: [(one.counted, one.stay is None) for one in homes_of(desk, him)])
    assert homes == [(False, True), (True, False)], "counted once, where it was said"

    page.detail.persons.view.setFocus()
    person.press(K.Key_F4)
    page.stay_form.field("until").set_text("20.11.2026")
    person.press(K.Key_F10)
    assert len(page.detail.persons.model.rows()) == 1, "he has left"
    assert person.ask(lambda desk: [one.counted for one in homes_of(desk, him)]) == [True]


def test_a_child_has_a_guardian_and_every_name_has_its_field(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Return, K.Key_Insert)
    form = page.person_form
    fields = {"name", "father", "nickname", "given", "surname", "maiden", "passport_spelling", "birth", "sex"}
    assert fields | {"language", "relation", "spouse_relation", "phone", "guardian"} == set(form.parts)
    person.press("Нурлан", K.Key_F2)
    form.field("birth").set_text("март 2015")
    form.field("surname").set_text("Асанов")
    form.picker("spouse_relation").set_key("none")
    person.press(K.Key_F10)
    assert page.detail.persons.model.cell(1, 2).text == "11 years, no guardian named"
    assert page.detail.persons.model.cell(1, 2).icon == "triangle"
    page.detail.persons.view.put_cursor(1)
    page.detail.persons.view.setFocus()
    person.press(K.Key_F2)
    assert form.text("birth") == "03.2015"
    guardian = form.picker("guardian").keys()[1]
    form.picker("guardian").set_key(guardian)
    person.press(K.Key_F10)
    assert (
        page.detail.persons.model.cell(1, 2).text == f"11 years, guardian {page.detail.persons.model.cell(0, 0).text}"
    )


def test_the_forms_of_people_are_not_cut(person: PageDesk) -> None:
    page = person.go("households", HouseholdsPage)
    person.press(K.Key_Return, K.Key_F4)
    assert page.stay_form.isVisible()
    person.fits_everywhere()
    person.press(K.Key_Escape, K.Key_Insert)
    assert page.person_form.isVisible()
    person.fits_everywhere()
