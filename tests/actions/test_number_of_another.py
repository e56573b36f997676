"""A row that bears somebody's number and names another woman: told with both names, nothing of it taken in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk

from shg_desk.actions.consent import withdraw_consent
from shg_desk.actions.desk import Desk
from shg_desk.actions.import_people import Imported
from shg_desk.actions.imports import import_roster
from shg_desk.actions.imports import import_savings
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store
from shg_desk.store import people as people_store
from shg_desk.tables.mapping import AmountColumn
from shg_desk.tables.mapping import TableMap

LIST = "group,member,name,birth,role\nG,1,Айгүл Токтоева,1980,\nG,2,Бурул,1970,\n"


class Tables:
    """Takes lists and sums in, each under the name of one file."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder

    def people(self, text: str) -> Imported:
        (self.folder / "people.csv").write_text(text, "utf-8")
        return import_roster(self.desk, self.folder / "people.csv", TableMap()).value

    def sums(self, text: str) -> Imported:
        (self.folder / "sums.csv").write_text(text, "utf-8")
        return import_savings(self.desk, self.folder / "sums.csv", TableMap(), day=date(2026, 3, 1)).value

    def members(self) -> list[tuple[str, str | None, tuple[str, ...]]]:
        group = group_store.id_with_code(self.desk.book, "G")
        assert group is not None
        terms = group_store.officers(self.desk.book, group, date(2026, 3, 1))
        posts = {one.id: tuple(t.post for t in terms if t.membership == one.id) for one in self.all(group)}
        return [(one.number, one.name, posts[one.id]) for one in self.all(group)]

    def all(self, group: str) -> list[group_store.Membership]:
        return list(group_store.memberships(self.desk.book, group))


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    desk = make_desk(tmp_path)
    made = Tables(desk, tmp_path)
    assert made.people(LIST).members == 2
    yield made
    desk.close()


def told(found: Imported) -> list[tuple[Code, object, object, object]]:
    return [(one.code, one.facts["row"], one.facts["says"], one.facts["known"]) for one in found.problems]


OTHER = [(Code.NUMBER_OF_ANOTHER, 2, "Зейнеп Маматова", "Айгүл Токтоева")]


def test_a_list_with_another_womans_name_at_her_number(tables: Tables) -> None:
    found = tables.people("group,member,name,birth,role\nG,1,Зейнеп Маматова,1955,казначей\nG,2,Бурул,1970,\n")
    assert told(found) == OTHER
    assert found.problems[0].level is Level.PROBLEM
    assert (found.known, found.persons, found.officers) == (1, 0, 0)
    assert tables.members() == [("1", "Айгүл Токтоева", ()), ("2", "Бурул", ())], "nor is she made treasurer"
    for lang in ("en", "ru", "ky"):
        text = sentence(Words(lang), found.problems[0])
        assert "Зейнеп Маматова" in text
        assert "Айгүл Токтоева" in text
        assert "№ 1 З" not in text


def test_another_spelling_is_the_same_woman(tables: Tables) -> None:
    found = tables.people("group,member,name,surname,birth\nG,1,Aigul,Toktoeva,\nG,2,Бурул Асанова,,1970\n")
    assert (found.known, told(found)) == (2, [])


def test_a_sum_with_another_womans_name_stays_out(tables: Tables) -> None:
    """500 of Зейнеп is not taken, 300 of Aigul is: one entry, 300.00."""
    found = tables.sums("group,member,name,amount\nG,1,Зейнеп Маматова,500\nG,1,Aigul Toktoeva,300\nG,2,,20\n")
    assert told(found) == OTHER
    assert (found.entries, found.amount_minor) == (2, 32_000)
    again = tables.sums("group,member,name,amount\nG,1,Зейнеп Маматова,500\nG,1,Aigul Toktoeva,300\nG,2,,20\n")
    assert (told(again), again.entries, again.known) == (OTHER, 0, 2)


def test_two_names_at_one_number_of_a_table_of_sums(tables: Tables) -> None:
    """Number 7 is new: the first row says whose it is; a row of two sums is told once."""
    text = "group,member,name,saved,saved more\nG,7,Айгүл Токтоева,10,5\nG,7,Зейнеп Маматова,500,20\nG,7,,1,\n"
    (tables.folder / "sums.csv").write_text(text, "utf-8")
    columns = {kind: kind for kind in ("group", "member", "name")}
    given = TableMap(columns=columns, amounts=(AmountColumn("saved"), AmountColumn("saved more")))
    found = import_savings(tables.desk, tables.folder / "sums.csv", given, day=date(2026, 3, 1)).value
    assert told(found) == [(Code.NUMBER_OF_ANOTHER, 3, "Зейнеп Маматова", "Айгүл Токтоева")]
    assert found.amount_minor == 1_600


def test_closed_names_tell_nothing(tables: Tables) -> None:
    home = {one.code: one.id for one in people_store.households(tables.desk.book)}["G-1"]
    withdraw_consent(tables.desk, home, ("identity", "life"))
    assert told(tables.sums("group,member,name,amount\nG,1,Зейнеп Маматова,500\n")) == []
