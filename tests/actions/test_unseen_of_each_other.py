"""Two laptops change one thing unseen of each other: the office is asked, answers, and may take the answer back."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import RULES
from desk_maker import rules_in_force
from three_desks import Three
from three_desks import item
from three_desks import met
from three_desks import put_right
from three_desks import side_of
from three_desks import trip

from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import set_rules
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import change_person
from shg_desk.actions.people import register_household
from shg_desk.actions.settled_again import reopen
from shg_desk.actions.standing import said_of
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.store import groups as group_store
from shg_desk.store import people as people_store
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump


def marks_of(desk: Desk, meeting: str) -> str:
    return "".join(letter for _, letter in sorted(said_of(desk, meeting).marks.items()))


def decided(desk: Desk, meeting: str) -> list[str | None]:
    return [text for _, text in said_of(desk, meeting).decisions]


def again(desk: Desk, name: str) -> None:
    """The answer is taken back, and what was told before it is told again."""
    before = difference_view(desk, name)
    assert before is None
    reopen(desk, [name])
    assert difference_view(desk, name) is not None


def sound(*desks: Desk) -> None:
    """A rebuild makes of every book what it is."""
    for desk in desks:
        before = dump(desk.book), book_digest(desk.book)
        desk.book.rebuild()
        assert (dump(desk.book), book_digest(desk.book)) == before


def test_one_mark_put_right_on_two_laptops_is_asked_about(three: Three) -> None:
    """The same stands in all three books until the office answers, and then what the office chose."""
    office, first, second, group = three
    meeting = met(first, group)
    trip(office, first, second)
    trip(office, first, second)
    put_right(first, group, meeting, {"1": Attendance.ABSENT, "2": Attendance.LATE})
    put_right(second, group, meeting, {"1": Attendance.EXCUSED})
    trip(office, first, second)
    trip(office, first, second)
    standing = {marks_of(desk, meeting) for desk in (office, first, second)}
    assert len(standing) == 1
    asked = item(office, Sort.MARKS)
    view = difference_view(office, asked.name)
    assert view is not None
    assert [row.number for row in view.rows] == ["1"], "of member 2 only one laptop spoke"
    assert [side.stands for side in view.sides].count(True) == 1
    for writer, letter in ((first, "a"), (second, "e")):
        settle(office, asked.name, "keep", side_of(office, asked.name, writer), reason="сурадык")
        assert not [one for one in open_items(office) if one.sort is Sort.MARKS]
        trip(office, first, second)
        trip(office, first, second)
        for desk in (office, first, second):
            assert sorted(marks_of(desk, meeting)) == sorted(letter + "l")
        again(office, asked.name)
        trip(office, first, second)
        trip(office, first, second)
        assert {marks_of(desk, meeting) for desk in (office, first, second)} == standing
    sound(office, first, second)


def test_marks_and_decisions_are_chosen_row_by_row(three: Three) -> None:
    office, first, second, group = three
    meeting = met(first, group)
    trip(office, first, second)
    trip(office, first, second)
    put_right(first, group, meeting, {"1": Attendance.ABSENT}, (Decision("фонд 50 сом", 4, 0),))
    put_right(second, group, meeting, {"1": Attendance.LATE}, (Decision("фонд 60 сом", 4, 0),))
    trip(office, first, second)
    asked = item(office, Sort.MARKS)
    view = difference_view(office, asked.name)
    assert view is not None
    assert [row.key for row in view.rows][-1] == "decisions"
    one, other = (side_of(office, asked.name, desk) for desk in (first, second))
    settle(office, asked.name, "rows", rows={view.rows[0].key: one, "decisions": other})
    assert sorted(marks_of(office, meeting)) == ["a", "p"]
    assert decided(office, meeting) == ["фонд 60 сом"]
    trip(office, first, second)
    assert decided(first, meeting) == decided(second, meeting) == ["фонд 60 сом"]
    again(office, asked.name)
    sound(office, first, second)


def test_the_same_words_on_both_laptops_are_no_difference(three: Three) -> None:
    office, first, second, group = three
    meeting = met(first, group)
    trip(office, first, second)
    trip(office, first, second)
    for desk in (first, second):
        put_right(desk, group, meeting, {"1": Attendance.LATE}, (Decision("фонд 50 сом", 4, 0),))
    trip(office, first, second)
    assert list(open_items(office)) == []
    sound(office)


# a chosen version is given up again


def test_a_chosen_version_of_the_rules_is_given_up_again(three: Three) -> None:
    office, first, second, group = three
    for desk, social in ((first, "30"), (second, "40")):
        set_rules(desk, group, {**RULES, "social": social}, date(2026, 4, 1))
    trip(office, first, second)
    trip(office, first, second)
    asked = item(office, Sort.RULES)
    before = rules_in_force(office.book, date(2026, 4, 2))
    for writer, social in ((first, "30"), (second, "40")):
        settle(office, asked.name, "keep", side_of(office, asked.name, writer))
        trip(office, first, second)
        for desk in (office, first, second):
            assert rules_in_force(desk.book, date(2026, 4, 2))[group]["social"] == social
        again(office, asked.name)
        trip(office, first, second)
        for desk in (office, first, second):
            assert rules_in_force(desk.book, date(2026, 4, 2)) == before
    sound(office, first, second)


def test_a_chosen_version_of_a_person_is_given_up_again(three: Three) -> None:
    office, first, second, group = three
    person = group_store.memberships(first.book, group)[0].person or ""
    for desk, name in ((first, "Айгүл Садыкова"), (second, "Айгуль Садыкова")):
        change_person(desk, person, {"name": name})
    trip(office, first, second)
    trip(office, first, second)
    asked = item(office, Sort.PROFILE)
    side = next(
        i for i in (0, 1) if difference_view(office, asked.name).sides[i].parties[0].startswith(first.book.device)
    )  # type: ignore[union-attr]
    settle(office, asked.name, "keep", side)
    trip(office, first, second)
    assert people_store.person(second.book, person).name == "Айгүл Садыкова"  # type: ignore[union-attr]
    again(office, asked.name)
    trip(office, first, second)
    settle(office, asked.name, "keep", 1 - side)
    trip(office, first, second)
    for desk in (office, first, second):
        assert people_store.person(desk.book, person).name == "Айгуль Садыкова"  # type: ignore[union-attr]
    sound(office, first, second)


def test_what_somebody_went_on_from_is_not_given_up(three: Three) -> None:
    """The first laptop has meanwhile changed what the office had chosen: nothing would be open again."""
    office, first, second, group = three
    person = group_store.memberships(first.book, group)[0].person or ""
    for desk, name in ((first, "Айгүл Садыкова"), (second, "Айгуль Садыкова")):
        change_person(desk, person, {"name": name})
    trip(office, first, second)
    asked = item(office, Sort.PROFILE)
    settle(office, asked.name, "keep", 0)
    trip(office, first, second)
    change_person(first, person, {"name": "Айгүл Садык кызы"})
    trip(office, first, second)
    before = dump(office.book)
    with pytest.raises(KnownError):
        reopen(office, [asked.name])
    assert dump(office.book) == before
    assert people_store.person(office.book, person).name == "Айгүл Садык кызы"  # type: ignore[union-attr]


def test_a_number_given_twice_is_given_up_again(three: Three) -> None:
    office, first, second, group = three
    for desk, name in ((first, "Бермет"), (second, "Бүбүсара")):
        made = register_household(desk, NewHousehold(f"H-{name}", persons=[NewPerson(name)])).value
        add_member(desk, NewMember(group, "9", made.persons[0], made.household))
    trip(office, first, second)
    asked = item(office, Sort.MEMBER_NUMBER)
    settle(office, asked.name, "keep", 0)
    numbers = sorted(one.number for one in group_store.memberships(office.book, group))
    assert numbers.count("9") == 1
    again(office, asked.name)
    trip(office, first, second)
    for desk in (office, first, second):
        assert [one.number for one in group_store.memberships(desk.book, group)].count("9") == 2
    sound(office, first, second)
