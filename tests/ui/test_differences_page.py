"""Differences worked off by keys on a real office book; what comes of it is compared with sums worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from cut_text import cut_text
from office_book import closed
from office_book import made_three
from office_book import opened
from office_book import trip
from open_books import OpenBook
from open_books import meet
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import change_person
from shg_desk.actions.views_differences import differences_view
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store
from shg_desk.store.check import check
from shg_desk.store.differences import settled_differences
from shg_desk.ui.parts.boxes import Label

from desk_maker import RULES  # isort: skip
from desk_maker import sums  # isort: skip

K = Qt.Key
DAY = date(2026, 3, 10)


def twice(tmp_path: Path) -> str:
    """One evening typed on both laptops: 100 and 100 on the first, 100 and 70 and a third's 50 on the second."""
    office, first, second, group = made_three(tmp_path)
    meet(first, group, DAY, 10000, 10000)
    meet(second, group, DAY, 10000, 7000, 5000)
    trip(office, first, second)
    assert sums(office, group)["box"] == 42000
    closed(office, first, second)
    return group


def test_nothing_is_chosen_beforehand_and_enter_alone_writes_nothing(person: OpenBook, tmp_path: Path) -> None:
    twice(tmp_path)
    page = opened(person, tmp_path)
    assert page.detail.answer() is None
    assert page.detail.button.reason()
    person.press(K.Key_Return)
    assert page.detail.problem.isVisible()
    assert person.ask(lambda desk: settled_differences(desk.book)) == []


@pytest.mark.parametrize("key", [K.Key_1, K.Key_2, K.Key_4])
def test_two_meetings_are_answered_by_a_digit_and_enter(person: OpenBook, tmp_path: Path, key: Qt.Key) -> None:
    group = twice(tmp_path)
    page = opened(person, tmp_path)
    assert page.list.model.rowCount() == 1
    totals = page.detail.view.totals
    assert sorted(totals) == [20000, 22000]
    labels = [side.label for side in page.detail.view.sides]
    assert labels[0] != labels[1]
    wanted = 42000 if key == K.Key_4 else totals[0 if key == K.Key_1 else 1]
    person.press(key)
    person.press(K.Key_Return)
    assert person.ask(lambda desk: sums(desk, group))["box"] == wanted
    assert page.list.model.rowCount() == 0
    assert page.empty.isVisible()
    assert person.ask(lambda desk: check(desk.book)) == []
    said = " ".join(label.text() for label in page.given.findChildren(Label))
    if key != K.Key_4:
        assert f"the side of {labels[0 if key == K.Key_1 else 1]} was kept" in said
    [settled] = person.ask(lambda desk: settled_differences(desk.book))
    assert settled.choice == ("both" if key == K.Key_4 else f"keep {1 if key == K.Key_1 else 2}")
    person.until(lambda: person.window.rail.items["differences"].badge == 0)


def test_row_by_row_keeps_one_side_of_each_member(person: OpenBook, tmp_path: Path) -> None:
    """The 70 of member 2 is true, the 50 of member 3 is not: whichever sheet is the first one, 170 som stay."""
    group = twice(tmp_path)
    page = opened(person, tmp_path)
    short = page.detail.view.totals.index(20000)
    person.press(K.Key_3)
    assert page.detail.by_row()
    rows = [page.detail.table.model.row(i).key for i in range(page.detail.table.model.rowCount())]
    differing = [row for row in page.detail.view.rows if row.differs]
    assert len(differing) == 2
    for row in differing:
        side = 1 - short if row.number == "2" else short
        page.detail.table.view.put_cursor(rows.index(row.key), 0)
        person.press(K.Key_Right if side else K.Key_Left)
    person.press(K.Key_Return)
    found = person.ask(lambda desk: sums(desk, group))
    assert found["box"] == 17000
    assert page.list.model.rowCount() == 0


def test_row_by_row_nothing_is_chosen_for_anybody(person: OpenBook, tmp_path: Path) -> None:
    """Two rows differ. Enter writes nothing until both have a side, and says how many are left."""
    twice(tmp_path)
    page = opened(person, tmp_path)
    person.press(K.Key_3)
    table = page.detail.table
    ticked = [cell for row in table.model.rows() for cell in row.cells if cell.icon == "tick"]
    assert ticked == []
    assert page.hints()[0].words == "row"
    person.press(K.Key_Return)
    assert page.list.model.rowCount() == 1
    assert page.detail.problem.title() == "Choose a side with ← and → in 2 more rows"
    person.press(K.Key_Right, K.Key_Return)
    assert page.detail.problem.title() == "Choose a side with ← and → in 1 more row"
    assert page.list.model.rowCount() == 1
    person.press(K.Key_Left, K.Key_Return)
    assert page.list.model.rowCount() == 0


def test_a_cash_difference_leads_to_its_lines_in_the_ledger(person: OpenBook, tmp_path: Path) -> None:
    """Nothing is answered here: the page says where it ends, and Enter opens the account there."""
    office, first, second, group = made_three(tmp_path)
    counts = (Count(total_minor=4_000),)
    record_meeting(first, Sheet(group, DAY, counts=counts, differences=(NamedDifference(4_000, "unknown", "open"),)))
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    assert page.detail.ledger_button.isVisible()
    assert [one.words for one in page.hints() if one.keys == ("Enter",)] == ["open in the ledger"]
    assert "not known" in page.detail.table.model.cell(0, 0).text
    person.press(K.Key_Return)
    assert person.window.page().title() == "Ledger: cash differences, open"


def test_small_letters_again_put_the_answers_two_in_a_line(person: OpenBook, tmp_path: Path) -> None:
    twice(tmp_path)
    page = opened(person, tmp_path)
    first, second = page.detail.choices[:2]
    for percent, beside in ((150, False), (100, True)):
        person.window.set_letter_size(percent)
        person.rest()
        assert (first.y() == second.y()) is beside
    assert page.detail.choices[0] is first, "and what was chosen stays"


def test_the_reason_typed_stands_in_the_record_and_both_laptops_learn(person: OpenBook, tmp_path: Path) -> None:
    group = twice(tmp_path)
    page = opened(person, tmp_path)
    person.press(K.Key_1)
    wanted = page.detail.view.totals[0]
    page.detail.reason.setFocus()
    write("эки жолу терилген")
    person.press(K.Key_Return)
    [settled] = person.ask(lambda desk: settled_differences(desk.book))

    def text(desk: Desk) -> object:
        operation = operation_store.operation(desk.book, settled.op)
        assert operation is not None
        return operation_store.texts(desk.book, operation)

    assert person.ask(text) == ("эки жолу терилген",)
    assert page.given.isVisible()
    said = " ".join(label.text() for label in page.given.findChildren(Label))
    assert "Meeting written twice" in said
    assert "Why: эки жолу терилген" in said
    folder = tmp_path / "back"
    person.ask(lambda desk: export_parcels(desk, folder))
    person.desktop.end()
    from desk_maker import PASSPHRASE

    from shg_desk.actions.books import open_desk

    for name in ("first", "second"):
        desk = open_desk(tmp_path / f"{name}.shgbook", PASSPHRASE)
        import_parcels(desk, [folder])
        assert sums(desk, group)["box"] == wanted
        assert differences_view(desk).items == ()
        desk.close()


def test_two_versions_of_the_rules(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    set_rules(first, group, RULES | {"social": "30"}, date(2026, 4, 1))
    set_rules(second, group, RULES | {"social": "40"}, date(2026, 4, 1))
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    values = {row.key: [json.loads(one) for one in row.values] for row in page.detail.view.rows}
    folded = [cell.text for cell in page.detail.table.model.rows()[-1].cells]
    assert "more rows" in folded[0]
    assert folded[1:3] == ["", ""], "what the versions share is no sum"
    assert sorted(values["social"]) == ["30", "40"]
    wanted = values["social"][1]
    person.press(K.Key_2, K.Key_Return)
    heads = person.ask(lambda desk: [one for one in group_store.rules_versions(desk.book, group) if one.is_head])
    assert [one.content["social"] for one in heads] == [wanted]
    assert page.list.model.rowCount() == 0


def test_a_person_changed_on_two_laptops(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    who = group_store.memberships(office.book, group)[0].person
    assert who is not None
    change_person(first, who, {"nickname": "Айка"})
    change_person(second, who, {"nickname": "Гүлка"})
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    name = person.ask(lambda desk: group_store.memberships(desk.book, group)[0].name)
    assert isinstance(name, str)
    assert name in page.detail.title.text(), "it is said whose it is"
    nicknames = next(row.values for row in page.detail.view.rows if row.key == "nickname")
    assert sorted(nicknames) == ["Айка", "Гүлка"]
    person.press(K.Key_1, K.Key_Return)
    assert page.list.model.rowCount() == 0
    assert person.ask(lambda desk: group_store.memberships(desk.book, group)[0].nickname) == nicknames[0]


def test_one_number_given_twice(person: OpenBook, tmp_path: Path) -> None:
    from shg_desk.actions.groups import NewMember
    from shg_desk.actions.groups import add_member
    from shg_desk.actions.people import NewHousehold
    from shg_desk.actions.people import NewPerson
    from shg_desk.actions.people import register_household

    office, first, second, group = made_three(tmp_path)
    for desk, name in ((first, "Чынара"), (second, "Бурул")):
        made = register_household(desk, NewHousehold(name, persons=[NewPerson(name)])).value
        add_member(desk, NewMember(group, "5", made.persons[0], made.household))
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    keeps = page.detail.view.sides[1].label
    person.press(K.Key_2, K.Key_Return)
    members = person.ask(lambda desk: {one.name: one.number for one in group_store.memberships(desk.book, group)})
    assert members[keeps] == "5"
    assert sorted(members.values()) == ["1", "2", "3", "4", "5", "6"]


def test_f3_goes_round_the_list_and_filters_go_round_the_kinds(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    set_rules(first, group, RULES | {"social": "30"}, date(2026, 4, 1))
    set_rules(second, group, RULES | {"social": "40"}, date(2026, 4, 1))
    meet(first, group, DAY, 10000)
    meet(second, group, DAY, 5000)
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    assert page.list.model.rowCount() == 2
    first_row = page.list.row_key()
    person.press(K.Key_F3)
    assert page.list.row_key() != first_row
    person.press(K.Key_F3)
    assert page.list.row_key() == first_row
    page.sort_button.press()
    person.rest()
    assert page.list.model.rowCount() == 1
    for _ in range(2):
        page.sort_button.press()
    person.rest()
    assert page.list.model.rowCount() == 2


@pytest.mark.parametrize("lang", ["ky", "ru", "x-long"])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_word_is_cut_with_a_difference_open(qtbot: QtBot, tmp_path: Path, lang: str, percent: int) -> None:
    twice(tmp_path)
    person = OpenBook(qtbot, tmp_path, lang)
    page = opened(person, tmp_path)
    person.window.set_letter_size(percent)
    for key in (K.Key_1, K.Key_3):
        press(key)
        person.rest()
        assert cut_text(person.window) == []
    assert page.detail.by_row()
    if percent == 100 and lang != "x-long":
        bottom = page.detail.button.mapTo(person.window, page.detail.button.rect().bottomLeft()).y()
        assert bottom < person.window.hint_bar.y(), "the answer is written without scrolling"
    person.end()


def test_an_answer_chosen_before_answers_nothing_of_the_next_difference(person: OpenBook, tmp_path: Path) -> None:
    """The third answer of two meetings is chosen; the next difference has only two, and says its fields in words."""
    office, first, second, group = made_three(tmp_path)
    meet(first, group, DAY, 10000, 10000)
    meet(second, group, DAY, 10000, 7000)
    who = group_store.memberships(first.book, group)[0].person
    assert who is not None
    for desk, named in ((first, "Айгүл"), (second, "Айнура")):
        change_person(desk, who, {"name": named, "sex": "f", "birth": "1985-03-05", "birth_certainty": "day"})
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    person.press(K.Key_3)
    assert page.detail.answer() is not None
    page.list.view.put_cursor(1)
    person.rest()
    assert page.detail.answer() is None
    said = [[cell.text for cell in row.cells][:3] for row in page.detail.table.model.rows()]
    assert ["Birth or age", "05.03.1985", "05.03.1985"] in said
    assert ["Sex", "woman", "woman"] in said
