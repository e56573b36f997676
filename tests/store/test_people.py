"""Villages, households, persons, groups, members, officers, rules and their conflicts as read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from villages import Device
from villages import Group
from villages import Ring
from villages import make
from villages import new_device
from villages import new_group
from villages import put_all

from shg_desk.domain.ids import new_id
from shg_desk.domain.spelling import is_found
from shg_desk.store import differences
from shg_desk.store import groups
from shg_desk.store import keys
from shg_desk.store import people
from shg_desk.store.book import Book
from shg_desk.store.differences import DifferenceKind
from shg_desk.store.dump import dump

NAMES = ["Айгүл Токтобекова", "Жапаров Өмүрбек", "Ойгул Раҳимова", "Мээрим уулу Бакыт", "Абдыкадырова Гүлзат"]


@pytest.fixture
def ring() -> Ring:
    return Ring()


@pytest.fixture
def device() -> Device:
    return new_device(Random(1))


@pytest.fixture
def group() -> Group:
    return new_group(Random(2), len(NAMES))


@pytest.fixture
def book(tmp_path: Path, ring: Ring, device: Device, group: Group) -> Book:
    """Names are sealed, each under its household's key."""
    revisions = group.revisions()
    sealed: list[Any] = []
    made = make(tmp_path, unseal=ring.unseal)
    ring.book = made
    for index, (name, person, household) in enumerate(zip(NAMES, group.persons, group.households, strict=True)):
        revisions.append(["person", person, "identity", {}, [], index])
        revisions.append(["household", household, "identity", {}, [], index])
        sealed.append([household, "identity", 1, f"text {index}"])
        ring.contents[f"text {index}"] = {
            f"person/{person}/identity": {"name": name, "sex": "f"},
            f"household/{household}/identity": {"head": name, "phone": f"07{index}"},
        }
        keys.put(made.db, household, "identity", 1, bytes([index]) * 32)
    device.write("profile", {"revisions": revisions, "sealed": sealed})
    put_all(made, device.lines)
    return made


def test_lists_are_found_by_any_spelling_and_paged_by_key(book: Book, group: Group) -> None:
    for typed in ("", "Aigul", "ойг", "Zhapar", "japarov omur", "бак", "Gulzat Abd", "zzz"):
        expected = {name for name in NAMES if is_found(typed, people_key(name))}
        assert {person.name for person in people.persons(book, typed)} == expected, typed
    found: list[people.Person] = []
    while page := people.persons(book, after=found[-1].key if found else None, limit=2):
        found += page
    assert [person.key for person in found] == sorted(person.key for person in found)
    assert {person.id for person in found} == set(group.persons)
    assert [one.head for one in people.households(book, "Өмүр")] == ["Жапаров Өмүрбек"]
    assert len(people.households(book, village=group.village)) == len(NAMES)
    assert people.households(book, village="b" * 16) == []
    (village,) = people.villages(book)
    assert (village.name, village.households) == ("Кара-Булак", len(NAMES))


def people_key(name: str) -> str:
    from shg_desk.domain.spelling import key

    return key(name)


def test_ten_thousand_households_are_read_a_page_at_a_time(tmp_path: Path) -> None:
    chance = Random(5)
    device = new_device(chance)
    for part in range(20):
        lines = [
            ["household", new_id(chance.randbytes), "place", {"code": f"H{part * 500 + number}"}, []]
            for number in range(500)
        ]
        device.write("profile", {"revisions": lines})
    book = make(tmp_path)
    put_all(book, device.lines)
    assert len(people.households(book)) == people.PAGE
    assert [one.code for one in people.households(book, "h9999")] == ["H9999"]
    assert {one.code for one in people.households(book, "H110")} == {"H110", *(f"H110{digit}" for digit in range(10))}


def test_a_destroyed_key_leaves_numbers_and_takes_names(book: Book, ring: Ring, group: Group) -> None:
    before = dump(book)
    household = group.households[0]
    with book.writing() as writer:
        assert keys.destroy(book.db, writer, household, ["identity", "life"], "order 1") == 1
    keys.forget_traces(book.db)
    gone = people.person(book, group.persons[0])
    assert gone is not None
    assert (gone.name, gone.seal_state, gone.key[0]) == (None, "withdrawn", "")
    assert people.persons(book, "Айгүл") == []
    member = groups.membership(book, group.members[0])
    assert member is not None
    assert (member.number, member.name, member.household) == ("1", None, household)
    assert dump(book) == before
    book.rebuild()
    assert dump(book) == before
    assert people.persons(book, "Айгүл") == []
    with book.writing() as writer:
        back = [keys.OwnerKey(household, "identity", 1, bytes(32))]
        assert keys.put_many(book.db, writer, back) == 0
    assert keys.key(book.db, household, "identity", 1) is None
    destroyed = {(one.owner, one.purpose, one.number, one.by) for one in keys.destroyed(book.db)}
    assert destroyed == {(household, "identity", 1, "order 1"), (household, "life", 1, "order 1")}
    assert not keys.has_key(book.db, household, "identity")
    assert len(keys.keys_of(book.db, [*group.households, "z"])) == len(NAMES) - 1
    raw = (book.folder / "book.db").read_bytes()
    assert NAMES[0].encode() not in raw


def test_an_order_for_a_key_not_here_yet_keeps_it_out(book: Book) -> None:
    with book.writing() as writer:
        assert keys.destroy_one(book.db, writer, "c" * 16, "life", 3, "return 5") is False
    assert keys.put(book.db, "c" * 16, "life", 3, bytes(32)) is False


def test_a_key_that_comes_later_opens_what_it_seals(book: Book, group: Group) -> None:
    household = group.households[1]
    book.db.run("DELETE FROM household_key WHERE owner = ?", (household,))
    book.rebuild()
    sealed = people.person(book, group.persons[1])
    assert sealed is not None
    assert (sealed.name, sealed.seal_state) == (None, "sealed")
    with book.writing() as writer:
        assert keys.put_many(book.db, writer, [keys.OwnerKey(household, "identity", 1, bytes(32))]) == 1
    opened = people.person(book, group.persons[1])
    assert opened is not None
    assert (opened.name, opened.seal_state) == (NAMES[1], "open")
    assert [person.id for person in people.persons(book, "Жапаров")] == [group.persons[1]]


def test_members_stand_in_the_order_of_their_numbers_on_a_day(book: Book, device: Device, group: Group) -> None:
    changes = []
    first = str(device.lines[0].name)
    for member, number in zip(group.members, ["10", "2", "7a", "7", ""], strict=True):
        changes.append(["membership", member, "number", {"number": number, "booklet": "B" + number}, [first]])
    left = {"joined": "2024-01-01", "left": "2025-03-31", "why": "moved"}
    changes.append(["membership", group.members[1], "interval", left, [first]])
    put_all(book, [device.write("profile", {"revisions": changes})])
    assert [one.number for one in groups.memberships(book, group.gid)] == ["", "2", "7", "7a", "10"]
    assert [one.number for one in groups.memberships(book, group.gid, date(2025, 3, 31))] == ["", "2", "7", "7a", "10"]
    assert [one.number for one in groups.memberships(book, group.gid, date(2025, 4, 1))] == ["", "7", "7a", "10"]
    assert groups.memberships(book, group.gid, date(2023, 12, 31)) == []
    (seven,) = groups.memberships_by_number(book, group.gid, "7a")
    assert (seven.id, seven.booklet, seven.name, seven.household_code) == (group.members[2], "B7a", NAMES[2], "H-3")
    assert [one.group for one in groups.memberships_of_person(book, group.persons[0])] == [group.gid]
    assert [one.id for one in groups.memberships_of_household(book, group.households[4])] == [group.members[4]]
    (shown,) = groups.groups(book, "ак жол")
    assert (shown.code, shown.village_name, shown.currency.smallest_minor) == ("G-1", "Кара-Булак", 100)
    days = (date(2023, 12, 31), date(2025, 3, 31), date(2025, 4, 1))
    assert [groups.members_on(book, day)[group.gid] for day in days] == [0, 5, 4]
    assert groups.groups_by_code(book, "G-1") == [shown]
    assert groups.group(book, group.gid) == shown


def test_officers_and_rules_by_day(book: Book, device: Device, group: Group) -> None:
    chance = Random(8)
    terms = [("leader", 0, "2024-01-01", "2024-12-31"), ("leader", 1, "2024-12-31", None), ("treasurer", 2, None, None)]
    lines = [
        ["officer", new_id(chance.randbytes), "term",
         {"group": group.gid, "membership": group.members[who], "post": post, "since": since, "until": until}, []]
        for post, who, since, until in terms
    ]  # fmt: skip
    device.write("profile", {"revisions": lines})
    one = device.write("rules", {"group": group.gid, "from": "2024-01-01", "content": {"n": 1}, "saw": []})
    two = device.write("rules", {"group": group.gid, "from": "2024-06-01", "content": {"n": 2}, "saw": [str(one.name)]})
    put_all(book, device.lines)
    on_the_day = [(officer.post, officer.number) for officer in groups.officers(book, group.gid, date(2024, 12, 31))]
    assert on_the_day == [("leader", "1"), ("leader", "2"), ("treasurer", "3")]
    assert [f.number for f in groups.officers(book, group.gid, date(2025, 1, 1))] == ["2", "3"]
    assert len(groups.officers(book, group.gid)) == 3
    versions = groups.rules_versions(book, group.gid)
    assert [(v.name, v.starts, v.content, v.is_head) for v in versions] == [
        (str(one.name), date(2024, 1, 1), {"n": 1}, False),
        (str(two.name), date(2024, 6, 1), {"n": 2}, True),
    ]
    put_all(
        book, [device.write("rules", {"group": group.gid, "from": "2024-07-01", "content": {}, "saw": [str(one.name)]})]
    )
    (open_one,) = differences.open_differences(book, group.gid)
    assert (open_one.kind, open_one.group) == (DifferenceKind.RULES_TWICE, group.gid)


def test_one_field_group_edited_twice_is_a_conflict_until_somebody_saw_both(
    book: Book, device: Device, group: Group
) -> None:
    first = str(device.lines[0].name)
    colleague = new_device(Random(77), relayed=True)
    mine = device.write(
        "profile", {"revisions": [["group", group.gid, "identity", {"code": "A", "name": "Бир"}, [first]]]}
    )
    hers = colleague.write(
        "profile", {"revisions": [["group", group.gid, "identity", {"code": "B", "name": "Эки"}, [first]]]}
    )
    other = colleague.write("profile", {"revisions": [["group", group.gid, "state", {"state": "paused"}, []]]})
    put_all(book, [mine, hers, other])
    (conflict,) = differences.conflicts(book)
    assert (conflict.type, conflict.id, conflict.field_group) == ("group", group.gid, "identity")
    assert {head.op for head in conflict.heads} == {str(mine.name), str(hers.name)}
    shown = groups.group(book, group.gid)
    assert shown is not None
    assert shown.name == conflict.heads[-1].fields["name"]
    assert shown.state == "paused"
    assert [one.kind for one in differences.open_differences(book)] == [DifferenceKind.PROFILE_TWICE]
    saw = sorted([str(mine.name), str(hers.name)])
    put_all(book, [device.write("profile", {"revisions": [["group", group.gid, "identity", {"code": "C"}, saw]]})])
    assert differences.conflicts(book) == []
    assert differences.open_differences(book) == []


def test_what_has_a_tombstone_leaves_the_lists(book: Book, device: Device, group: Group) -> None:
    put_all(book, [device.write("tombstone", {"type": "person", "id": group.persons[0], "reason": "twice"})])
    assert group.persons[0] not in {person.id for person in people.persons(book)}
    removed = people.person(book, group.persons[0])
    assert removed is not None
    assert removed.removed


def test_which_head_is_shown_does_not_depend_on_the_order_of_arrival(tmp_path: Path, group: Group) -> None:
    """The head with most ancestors is shown, then the greater name: no clock and no order of files."""
    first_device = new_device(Random(1))
    first = first_device.write("profile", {"revisions": group.revisions()})
    others = [new_device(Random(seed), relayed=True) for seed in range(50, 54)]
    heads = [
        other.write(
            "profile", {"revisions": [["group", group.gid, "identity", {"name": f"N{index}"}, [str(first.name)]]]}
        )
        for index, other in enumerate(others)
    ]
    expected = {str(head.name): f"N{index}" for index, head in enumerate(heads)}
    for number, order in enumerate((heads, heads[::-1])):
        book = make(tmp_path / str(number))
        put_all(book, [first, *order])
        shown = groups.group(book, group.gid)
        assert shown is not None
        assert shown.name == expected[max(expected)]
        book.close()
