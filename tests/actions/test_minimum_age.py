"""A group's rules may name the youngest age of a member: one who joins below it is told of, and taken in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import RULES
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import set_rules
from shg_desk.actions.imports import import_roster
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.rules import read_rules
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store
from shg_desk.tables.mapping import TableMap

JUNE = date(2026, 6, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=JUNE)
    yield made
    made.close()


@pytest.fixture
def group(desk: Desk) -> str:
    return make_group(desk, members=1, rules={**RULES, "minimum_age": 16})


def joins(desk: Desk, group: str, birth: str, certainty: str = "day", on: date = JUNE) -> list[tuple[Code, object]]:
    number = str(len(group_store.memberships(desk.book, group)) + 1)
    born = {"birth": birth, "birth_certainty": certainty} if birth else {}
    made = register_household(desk, NewHousehold(f"H-{number}", persons=[NewPerson("Айпери", born)])).value
    outcome = add_member(desk, NewMember(group, number, made.persons[0], made.household, joined=on))
    assert group_store.memberships_by_number(desk.book, group, number), "never refused"
    assert all(one.level is Level.WARNING for one in outcome.warnings)
    return [(one.code, one.facts["age"]) for one in outcome.warnings]


def test_one_day_below_is_told_and_taken_in(desk: Desk, group: str) -> None:
    assert joins(desk, group, "2010-06-02") == [(Code.BELOW_MINIMUM_AGE, 15)]
    assert joins(desk, group, "2010-06-01") == []
    assert joins(desk, group, "2011-01-01", "about") == [(Code.BELOW_MINIMUM_AGE, 15)]
    assert joins(desk, group, "") == [], "nothing is said of one whose birthday nobody knows"


def test_the_rules_of_the_day_she_joins_are_asked(desk: Desk, group: str) -> None:
    set_rules(desk, group, {**RULES}, date(2026, 5, 1))
    assert joins(desk, group, "2015-01-01") == []
    assert joins(desk, group, "2015-01-01", on=date(2026, 4, 1)) == [(Code.BELOW_MINIMUM_AGE, 11)]


def test_a_list_of_people_tells_of_it_by_row(desk: Desk, group: str, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["group", "member", "name", "birth"])
        rows.writerows([["A-1", "7", "Бегимай", "2012"], ["A-1", "8", "Назгүл", "1.2.1990"]])
    found = import_roster(desk, table, TableMap()).value
    assert [(one.code, one.facts["member"], one.level) for one in found.problems] == [
        (Code.BELOW_MINIMUM_AGE, "7", Level.WARNING)
    ]
    assert found.members == 2
    said = sentence(Words("en"), found.problems[0])
    assert "age 14" in said
    assert "at least 16" in said


@pytest.mark.parametrize("age", [0, 14, 120])
def test_the_word_is_read(age: int) -> None:
    rules, problems = read_rules({"minimum_age": age}, 2)
    assert problems == []
    assert rules.minimum_age == age


@pytest.mark.parametrize("typed", [-1, 121, "16", 15.5, True])
def test_another_word_is_a_problem_of_the_rules(typed: object) -> None:
    _, problems = read_rules({"minimum_age": typed}, 2)
    assert [(one.code, one.where) for one in problems] == [(Code.RULE_UNREADABLE, "minimum_age")]
