"""A cell put right after the list was taken in: the next time it fills what is empty, and overwrites nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_desk

from shg_desk.actions.consent import withdraw_consent
from shg_desk.actions.desk import Desk
from shg_desk.actions.import_people import Imported
from shg_desk.actions.imports import import_roster
from shg_desk.domain.problems import Code
from shg_desk.store import groups as group_store
from shg_desk.store import people as people_store
from shg_desk.store import revisions
from shg_desk.store.dump import dump
from shg_desk.tables.mapping import TableMap

HEADS = "group,member,name,surname,sex,birth,village,phone,joined\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    made.close()


def take(desk: Desk, folder: Path, row: str, heads: str = HEADS) -> Imported:
    (folder / "list.csv").write_text(heads + row + "\n", "utf-8")
    return import_roster(desk, folder / "list.csv", TableMap()).value


def her(desk: Desk) -> dict[str, Any]:
    """What the book shows of the only person, membership and household."""
    group = group_store.id_with_code(desk.book, "G")
    assert group is not None
    [member] = group_store.memberships(desk.book, group)
    [person] = people_store.persons(desk.book)
    found = revisions.shown(desk.book.db, "person", person.id, "identity")
    found |= revisions.shown(desk.book.db, "membership", member.id, "interval")
    [home] = people_store.households(desk.book)
    names = {one.id: one.name for one in people_store.villages(desk.book)}
    return found | {"village": names.get(revisions.shown(desk.book.db, "household", home.id, "place").get("village"))}


def test_cells_put_right_get_in(desk: Desk, tmp_path: Path) -> None:
    found = take(desk, tmp_path, "G,6,Жаңыл,,x,кечээ,,,31.02.2026")
    assert [one.code for one in found.problems] == [Code.BIRTH_UNREADABLE, Code.SEX_UNKNOWN, Code.DATE_UNREADABLE]
    assert her(desk) == {"name": "Жаңыл", "village": None}
    found = take(desk, tmp_path, "G,6,Жаңыл,Сапарова,ж,1980,Самат,0700111111,28.02.2026")
    assert (found.filled, found.known, found.persons, found.problems) == (1, 0, 0, [])
    assert her(desk) == {
        "name": "Жаңыл",
        "surname": "Сапарова",
        "sex": "f",
        "birth": "1980-01-01",
        "birth_certainty": "year",
        "phone": "0700111111",
        "joined": "2026-02-28",
        "village": "Самат",
    }
    before = dump(desk.book)
    again = take(desk, tmp_path, "G,6,Жаңыл,Сапарова,ж,1980,Самат,0700111111,28.02.2026")
    assert (again.filled, again.known, again.operations) == (0, 1, 0)
    assert dump(desk.book) == before


def test_what_is_there_stays(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path, "G,6,Жаңыл Сапарова,,f,1980,Самат,0700111111,28.02.2026")
    before = her(desk)
    found = take(desk, tmp_path, "G,6,Жаңыл,Сапарова,m,03.05.1981,Кара-Булак,0555222222,01.01.2026")
    assert (found.filled, found.known) == (0, 1)
    assert her(desk) == before


def test_a_row_without_number_fills_too(desk: Desk, tmp_path: Path) -> None:
    heads = "household,name,phone,group\n"
    take(desk, tmp_path, "h1,Жаңыл,,G", heads)
    assert take(desk, tmp_path, "h1,Жаңыл,0700111111,G", heads).filled == 1
    assert her(desk)["phone"] == "0700111111"


def test_nothing_is_filled_in_of_who_withdrew_her_data(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path, "G,6,Жаңыл,,,,,,")
    [home] = people_store.households(desk.book)
    withdraw_consent(desk, home.id, ("identity", "life"))
    before = dump(desk.book)
    assert take(desk, tmp_path, "G,6,Жаңыл,,f,1980,Самат,0700111111,").filled == 0
    assert dump(desk.book) == before
