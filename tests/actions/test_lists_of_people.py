"""Lists of people taken in: every row goes in, the same list again adds nothing, nobody shares a stranger's home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_group
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.actions.consent import withdraw_consent
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import draft_group
from shg_desk.actions.groups import draft_member
from shg_desk.actions.import_people import Imported
from shg_desk.actions.import_same import Here
from shg_desk.actions.import_same import Told
from shg_desk.actions.import_same import paired
from shg_desk.actions.imports import import_roster
from shg_desk.actions.imports import import_savings
from shg_desk.actions.people import register_village
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.store import groups as group_store
from shg_desk.store import people as people_store
from shg_desk.store import revisions
from shg_desk.store.dump import dump
from shg_desk.tables import shipped_data
from shg_desk.tables.mapping import TableMap

DAY = date(2026, 3, 10)


@pytest.fixture
def take(tmp_path: Path, desk: Desk) -> Taking:
    return Taking(tmp_path / "list.csv", desk)


class Taking:
    """Takes a list in, and once more: the second time nothing may be added."""

    def __init__(self, path: Path, desk: Desk) -> None:
        self.path, self.desk = path, desk

    def once(self, text: str) -> Imported:
        self.path.write_text(text, "utf-8")
        return import_roster(self.desk, self.path, TableMap()).value

    def __call__(self, text: str) -> Imported:
        found = self.once(text)
        before = dump(self.desk.book)
        again = self.once(text)
        assert (again.operations, again.households, again.persons, again.members, again.officers) == (0,) * 5
        assert dump(self.desk.book) == before
        return found

    def savings(self, text: str, given: TableMap | None = None) -> Imported:
        self.path.write_text(text, "utf-8")
        given = replace(given or TableMap(), source="sums")
        return import_savings(self.desk, self.path, given, day=DAY).value

    def people(self) -> list[tuple[str | None, str | None, str | None]]:
        return sorted(
            ((one.household_code, one.name, one.birth) for one in people_store.persons(self.desk.book)), key=repr
        )

    def members(self, code: str) -> list[tuple[str, str | None, str | None]]:
        group = group_store.id_with_code(self.desk.book, code)
        assert group is not None
        return [(one.number, one.name, one.household_code) for one in group_store.memberships(self.desk.book, group)]


def told(found: Imported) -> list[tuple[Code, object]]:
    return [(one.code, one.facts.get("row")) for one in found.problems]


# -- nobody is lost


def test_all_people_of_a_household_go_in(take: Taking) -> None:
    found = take("household,name,birth\nh1,Айгүл,1980\nh1,Бакыт,1978\nh1,Нурлан,3.5.2010\nh2,Гүлнара,\n")
    assert (found.households, found.persons, found.known, found.problems) == (2, 4, 0, [])
    assert take.people() == [
        ("h1", "Айгүл", "1980-01-01"),
        ("h1", "Бакыт", "1978-01-01"),
        ("h1", "Нурлан", "2010-05-03"),
        ("h2", "Гүлнара", None),
    ]


def test_a_longer_list_adds_only_who_is_new(take: Taking) -> None:
    take("household,name,birth\nh1,Айгүл,1980\n")
    found = take("household,name,birth\nh1,Нурлан,2010\nh1,айгүл,1980\n")
    assert (found.households, found.persons, found.known) == (0, 1, 1)


def test_two_of_one_name_are_two_people_and_told_by_row(take: Taking) -> None:
    found = take("name\nАйжан\nАйжан\nБермет\n")
    assert (found.persons, found.households) == (3, 3)
    assert told(found) == [(Code.ROW_ALIKE, 3)]
    assert found.problems[0].facts == {"row": 3, "first": 2, "name": "Айжан"}
    assert found.problems[0].level is Level.WARNING
    found = take("household,name\nh1,Айжан\nh1,Айжан\n")
    assert (found.persons, told(found)) == (2, [(Code.ROW_ALIKE, 3)])


def test_a_name_is_nobodys_code(take: Taking) -> None:
    """What stands in clear in a line outlives the key of the household: no name may."""
    take("name,village\nАйжан,Самат\n")
    assert [one.code for one in people_store.households(take.desk.book)] == [None]
    assert any("Самат".encode() in line for line in lines_of(take.desk)), "the lines can be read here"
    assert not any("Айжан".encode() in line for line in lines_of(take.desk))


def lines_of(desk: Desk) -> list[bytes]:
    return [bytes(line) for (line,) in desk.book.db.rows("SELECT line FROM operation")]


def test_one_name_with_other_fathers_and_births_is_told_apart(take: Taking) -> None:
    found = take("name,father name,birth\nАйжан,Бакыт кызы,1980\nАйжан,Асан кызы,1980\nАйжан,Бакыт кызы,2004\n")
    assert (found.persons, found.problems) == (3, [])


def test_an_age_told_again_next_year_is_the_same_woman(take: Taking, desk: Desk) -> None:
    take("household,name,birth\nh1,Айжан,45\nh1,Айжан,19\n")
    found = take.once("household,name,birth\nh1,Айжан,20\nh1,Айжан,46\n")
    assert (found.persons, found.known) == (0, 2)


def test_a_birthday_left_out_of_a_later_list_makes_nobody_new(take: Taking) -> None:
    take("household,name,birth\nh1,Айжан,1980\nh1,Айжан,2005\n")
    found = take.once("household,name,birth\nh1,Айжан,\nh1,Айжан,1980\n")
    assert (found.persons, found.known) == (0, 2), "the row that says it exactly is looked for first"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["Айжан", "Бермет"]), st.sampled_from(["", "1980"]))))
def test_every_row_is_somebody_and_only_once(rows: list[tuple[str, str, str]]) -> None:
    """Against a plain book of tuples: after any list all its rows are people, and the list again finds each of them."""
    book: list[Here] = []
    for _ in range(2):
        numbered = [(at, Told(name, birth=birth, certainty="year")) for at, (_, name, birth) in enumerate(rows)]
        pools = {at: [one for one in book if one.household == rows[at][0]] for at, _ in numbered}
        found = paired(numbered, pools)
        assert len({one.person for one in found.values()}) == len(found)
        book += [Here(f"p{at}", rows[at][0], one) for at, one in numbered if at not in found]
        assert len(book) == len(rows)


# -- groups without numbers


def test_members_are_numbered_after_the_highest_in_use(take: Taking) -> None:
    found = take("group,household,name\nG,h1,Айгүл\nG,h1,Бермет\nG,h2,Сайкал\n")
    assert (found.persons, found.members, found.problems) == (3, 3, [])
    assert take.members("G") == [("1", "Айгүл", "h1"), ("2", "Бермет", "h1"), ("3", "Сайкал", "h2")]
    found = take("group,household,name\nG,h3,Назгүл\nG,h1,Бермет\n")
    assert (found.members, found.known) == (1, 1)
    assert take.members("G")[-1] == ("4", "Назгүл", "h3")


def test_members_without_number_and_household(take: Taking, desk: Desk) -> None:
    make_group(desk, "G", members=2)
    found = take("group,name\nG,Сайкал\nG,Сайкал\nG,Айгүл G 1\n")
    assert (found.persons, found.members, found.known) == (2, 2, 1)
    assert told(found) == [(Code.ROW_ALIKE, 3)]
    assert take.members("G")[2:] == [("3", "Сайкал", "G-3"), ("4", "Сайкал", "G-4")]


def test_somebody_of_a_known_household_joins(take: Taking) -> None:
    take("household,name\nh1,Айгүл\nh1,Бермет\n")
    found = take("group,household,name\nG,h1,Бермет\n")
    assert (found.persons, found.members) == (0, 1)
    assert take.members("G") == [("1", "Бермет", "h1")]


# -- two groups


def test_one_woman_in_two_groups_is_one_person_and_told(take: Taking) -> None:
    text = "group,member,household,name,birth\nP,1,h1,Айгүл,12.03.1980\nQ,5,h1,Айгул,12.03.1980\nQ,6,h1,Бермет,1990\n"
    found = take(text)
    assert (found.persons, found.members, found.households) == (2, 3, 1)
    assert told(found) == [(Code.IN_TWO_GROUPS, 3)]
    assert found.problems[0].level is Level.WARNING
    assert take.members("Q") == [("5", "Айгүл", "h1"), ("6", "Бермет", "h1")]


def test_spellings_that_sound_alike_are_two_without_a_birthday(take: Taking) -> None:
    found = take("group,member,household,name\nP,1,h1,Айгүл\nQ,5,h1,Айгул\n")
    assert (found.persons, found.problems) == (2, [])


# -- sums


def test_members_of_two_groups_with_one_number_share_no_household(take: Taking, desk: Desk) -> None:
    found = take.savings("group,member,amount\nP,1,10\nQ,1,20\n")
    assert (found.households, found.members) == (2, 2)
    assert [one.code for one in people_store.households(desk.book)] == ["P-1", "Q-1"]
    again = take.savings("group,member,amount\nP,1,10\nQ,1,20\n")
    assert (again.operations, again.known) == (0, 2)


def test_made_codes_never_meet_by_chance(take: Taking, desk: Desk) -> None:
    """Group P with member 1-2, and group P-1 with member 2, would both be P-1-2."""
    take.savings("group,member,amount\nP,1-2,10\nP-1,2,20\n")
    assert [one.code for one in people_store.households(desk.book)] == ["P-1-2", "P-1-2-2"]


def test_a_number_that_is_a_households_stays_its_code_but_for_strangers(take: Taking, desk: Desk) -> None:
    given = TableMap(columns={"group": "group", "member": "hhid"})
    take.savings("group,hhid,amount\nP,101,10\nQ,101,20\nQ,102,5\n", given)
    assert {one.code for one in people_store.households(desk.book)} == {"101", "Q-101", "102"}


def test_an_old_book_takes_further_quarters_without_doubling(take: Taking, desk: Desk) -> None:
    """As books were written before: the bare number was the household's code, of both groups."""
    drafted = Drafted(desk, "import")
    groups = {}
    for code in "PQ":
        groups[code] = draft_group(desk, drafted, NewGroup(code, code))
    household = drafted.household()
    drafted.revise("household", household, "place", {"code": "1"})
    for group in groups.values():
        draft_member(drafted, NewMember(group, "1", None, household))
    with desk.book.writing() as writer:
        writer.append(desk.line("import", {"source": "sums", **drafted.body()}))
    found = take.savings("group,member,amount\nP,1,10\nQ,1,20\n")
    assert (found.entries, found.members, found.households) == (2, 0, 0)
    found = take("group,member,name\nP,1,Айгүл\nQ,1,Бермет\n")
    assert (found.persons, found.members) == (2, 0)
    assert take.members("P") == [("1", "Айгүл", "P-1")]
    homes = {group_store.memberships(desk.book, group)[0].household for group in groups.values()}
    assert len(homes) == 2, "two strangers no longer share the keys of one household"


def test_numbers_of_a_table_of_sums_get_their_names_from_a_later_list(take: Taking, desk: Desk) -> None:
    take.savings("group,member,amount\nP,1,10\nP,2,20\n")
    found = take("group,member,household,name,village\nP,1,h1,Айгүл,Самат\nP,2,,Бермет,\n")
    assert (found.persons, found.members, found.households) == (2, 0, 0)
    assert take.members("P") == [("1", "Айгүл", "h1"), ("2", "Бермет", "P-2")]
    [village] = people_store.villages(desk.book)
    assert (village.name, village.households) == ("Самат", 1)


def test_a_named_sum_of_a_household_of_another_group_is_the_same_woman(take: Taking) -> None:
    found = take.savings("group,member,household,name,amount\nP,1,h1,Айгүл,10\nQ,1,h1,Айгүл,20\n")
    assert told(found) == [(Code.IN_TWO_GROUPS, 3)]
    assert len(take.people()) == 1


# -- posts and villages


def test_posts_are_written_as_terms_and_unknown_words_told(take: Taking, desk: Desk) -> None:
    text = (
        "group,member,name,role\nP,1,A,Төрайым\nP,2,B,казначей и секретарь\nP,3,C,Key holder\nP,4,D,член группы\n"
        "P,5,E,космонавт\n"
    )
    found = take(text)
    assert found.officers == 4
    assert told(found) == [(Code.ROLE_UNKNOWN, 6)]
    group = group_store.id_with_code(desk.book, "P")
    assert group is not None
    terms = [(one.post, one.number, one.since, one.until) for one in group_store.officers(desk.book, group, DAY)]
    assert terms == [
        ("key-holder", "3", None, None),
        ("leader", "1", None, None),
        ("secretary", "2", None, None),
        ("treasurer", "2", None, None),
    ]


def test_a_village_is_its_name_and_district(take: Taking, desk: Desk) -> None:
    text = "household,name,village,district\nh1,A,Самат,Лейлекский район\nh2,B,Samat,Лейлек\nh3,C,Самат,Баткен\n"
    found = take(text)
    assert (found.villages, found.problems) == (2, [])
    places = [revisions.shown(desk.book.db, "village", one.id, "place") for one in people_store.villages(desk.book)]
    assert sorted((one["name"], one["district"], one.get("community")) for one in places) == [
        ("Самат", "Баткен", None),
        ("Самат", "Лейлек", "Раззаков шаары"),
    ]
    found = take("household,name,village\nh4,D,Самат\n")
    assert (found.villages, found.households, told(found)) == (0, 1, [(Code.VILLAGE_UNCLEAR, 2)])


def test_a_village_of_the_book_without_a_district_is_meant_by_one(take: Taking, desk: Desk) -> None:
    register_village(desk, "Самат", latin="Samat")
    assert take("household,name,village,district\nh1,A,Самат,Лейлек\n").villages == 0
    assert take("household,name,village\nh2,A,Самат\n").villages == 0


def test_a_code_of_the_register_is_given_where_it_is_known(
    take: Taking, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped list knows districts' codes, and villages' own where they are filled in."""
    listed = tuple(
        replace(one, soate="41705236820010") if one.name_latin == "Samat" else one for one in shipped_data.villages()
    )
    monkeypatch.setattr(shipped_data, "villages", lambda: listed)
    take("household,name,village,district\nh1,A,Самат,Лейлек\n")
    assert [one.soate for one in people_store.villages(desk.book)] == ["41705236820010"]


def test_who_withdrew_her_data_does_not_come_back_with_an_old_list(take: Taking, desk: Desk) -> None:
    """Neither by her household nor by her group; her neighbours are found as before, and new people still go in."""
    text = "household,name\nh1,Айгүл\nh2,Бермет\n"
    take(text)
    take("group,name\nG,Сайкал\nG,Назгүл\n")
    codes = {one.code: one.id for one in people_store.households(desk.book)}
    for code in ("h1", "G-1"):
        withdraw_consent(desk, codes[code], ("identity", "life"))
    found = take(text)
    assert (found.persons, found.known, told(found)) == (0, 1, [(Code.ROW_CLOSED_HERE, 2)])
    assert found.problems[0].level is Level.PROBLEM
    found = take("group,name\nG,Сайкал\nG,Назгүл\n")
    assert (found.persons, found.known, told(found)) == (0, 1, [(Code.ROW_CLOSED_HERE, 2)])
    found = take("household,name\nh1,Нурлан\nh2,Жаңыл\n")
    assert (found.persons, told(found)) == (1, [(Code.ROW_CLOSED_HERE, 2)])
    assert [name for _, name, _ in take.people()].count(None) == 2
