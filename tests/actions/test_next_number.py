"""A new member's number: the next free one, whoever works it out, and never one that was anybody's."""

from __future__ import annotations

from pathlib import Path

from desk_maker import make_desk
from desk_maker import make_group
from three_desks import item
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.imports import import_roster
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_groups import group_card
from shg_desk.store import groups as group_store
from shg_desk.tables.mapping import TableMap


def joins(desk: Desk, group: str, number: str) -> str:
    made = register_household(desk, NewHousehold(f"H-{number}", persons=[NewPerson(f"Ж{number}")])).value
    return str(add_member(desk, NewMember(group, number, made.persons[0], made.household)).value)


def numbers(desk: Desk, group: str) -> list[str]:
    return [one.number for one in group_store.memberships(desk.book, group)]


def taken_away(desk: Desk, group: str, membership: str) -> None:
    with desk.book.writing() as writer:
        writer.append(desk.line("tombstone", {"type": "membership", "id": membership, "reason": "жаңылыш"}, group))


def test_one_number_twice_is_settled_beside_odd_numbers(tmp_path: Path) -> None:
    """In use are 1-4 of the group as made, 7 twice, 5², and 8, which was taken away: the next free one is 9."""
    with three_desks(tmp_path) as (office, first, second, group):
        for desk in (first, second):
            joins(desk, group, "7")
        joins(first, group, "5²")
        taken_away(first, group, joins(first, group, "8"))
        trip(office, first, second)
        settle(office, item(office, Sort.MEMBER_NUMBER).name, "keep", 0)
        assert sorted(set(numbers(office, group)) - {"1", "2", "3", "4"}) == ["5²", "7", "9"]


def test_the_card_and_a_list_offer_no_number_that_was_anybodys(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk, "A", members=2)
    joins(desk, group, "5²")
    joins(desk, group, "٣")
    taken_away(desk, group, joins(desk, group, "06"))
    card = group_card(desk, group)
    assert card is not None
    assert card.next_number == "7"
    table = tmp_path / "people.csv"
    table.write_text("group;name\nA;Айгүл\n", "utf-8")
    assert import_roster(desk, table, TableMap()).value.members == 1
    assert "7" in numbers(desk, group)
    desk.close()
