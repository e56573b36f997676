"""Two women of one name in one group are told apart by their father's name, also in the list of members."""

from __future__ import annotations

from pathlib import Path

from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.people import change_person
from shg_desk.actions.views_groups import group_card
from shg_desk.store import groups as group_store


def test_the_list_of_members_says_whose_daughter(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk, members=3)
    people = [one.person for one in group_store.memberships(desk.book, group)]
    for person, father in zip(people[:2], ("Таалай", "Төлөгөн"), strict=True):
        assert person is not None
        change_person(desk, person, {"name": "Кожомкулова Мунира", "father": father})
    card = group_card(desk, group)
    assert card is not None
    assert [one.name for one in card.members] == [
        "Кожомкулова Мунира, Таалай",
        "Кожомкулова Мунира, Төлөгөн",
        "Айгүл A-1 3",
    ]
    desk.close()
