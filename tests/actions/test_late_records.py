"""What came late: a record of a day before a share-out, a meeting held after a member's death. Said until answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from three_desks import DAY
from three_desks import Three
from three_desks import item
from three_desks import made_three
from three_desks import met
from three_desks import take_all_back
from three_desks import take_back
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.books import rebuild_book
from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.share_out_done import read_share_out
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.actions.views_today_rest import today
from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import after_death
from shg_desk.store import groups as group_store
from shg_desk.store.book import Book
from shg_desk.store.groups import Membership

HELD, LATER = date(2026, 3, 3), date(2026, 3, 6)
RULES = {"lifecycle": "share-out", "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}]}


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_desks(tmp_path) as made:
        on_day(*made[:3])
        yield made


def on_day(*desks: Desk) -> None:
    for one in desks:
        assert isinstance(one.clock, DemoClock)
        one.clock.move(DAY)


def told(desk: Desk, sort: Sort) -> list[str]:
    return sorted(one.name for one in open_items(desk) if one.sort is sort)


def waits(desk: Desk) -> dict[str, object]:
    return {one.kind: one.facts.get("of" if one.kind == "after-death" else "n") for one in today(desk).waiting}


def share_out(desk: Desk, group: str) -> str:
    record_count(desk, group, DAY, [Count(total_minor=sums(desk, group)["box"])])
    return record_share_out(desk, ShareOutAsked(group, DAY, votes=(2, 0)), Words("en")).value.name or ""


def shared(three: Three) -> str:
    """Both members saved 100; the first laptop shares 200 out, and the second one does not know of it."""
    office, first, second, group = three
    set_rules(first, group, RULES, HELD)
    met(first, group, HELD, counted=20_000)
    for _ in range(2):
        trip(office, first, second)
    return share_out(first, group)


def members(desk: Desk, group: str) -> dict[str, str]:
    return {one.number: one.id for one in group_store.memberships(desk.book, group)}


def test_a_record_of_a_day_before_the_share_out_is_told_until_somebody_says_it_is_right(three: Three) -> None:
    office, first, second, group = three
    shared(three)
    late = write_between(second, Between(group, LATER, "saving", 3_000, members(second, group)["2"])).value.name
    trip(office, first, second)
    assert sums(office, group)["saving.compulsory"] == -3_000
    one = item(office, Sort.LATE)
    assert (one.on, one.amount_minor, one.subject, one.parties[0]) == (LATER, 3_000, "2026-03-10", late)
    view = difference_view(office, one.name)
    assert view is not None
    assert [(row.on, row.values) for row in view.rows] == [(LATER, (3_000,))]
    assert [answer.code for answer in view.answers] == ["noted"]
    trip(office, first, second)
    for desk in (first, second):
        assert waits(desk)["late"] == 1
        assert "twice" not in waits(desk)
        found = difference_view(desk, one.name)
        assert found is not None
        assert found.answers == ()
    settle(office, one.name, "noted", reason="жаңы айлампага калсын")
    trip(office, first, second)
    assert [told(desk, Sort.LATE) for desk in (office, first, second)] == [[], [], []]
    assert "late" not in waits(first)


def test_what_the_writer_had_or_is_of_a_later_day_is_not_told(three: Three) -> None:
    office, first, second, group = three
    set_rules(first, group, RULES, HELD)
    met(second, group, HELD, counted=20_000)
    write_between(second, Between(group, LATER, "saving", 3_000, members(second, group)["1"]))
    for _ in range(2):
        trip(office, first, second)
    share_out(first, group)
    write_between(second, Between(group, DAY, "saving", 3_000, members(second, group)["1"]))
    trip(office, first, second)
    assert told(office, Sort.LATE) == []


def test_it_ends_when_the_record_is_taken_back_and_with_the_share_out(three: Three) -> None:
    office, first, second, group = three
    name = shared(three)
    late = met(second, group, LATER, (2,))
    trip(office, first, second)
    assert len(told(office, Sort.LATE)) == 1
    take_all_back(second, group, late)
    trip(office, first, second)
    assert told(office, Sort.LATE) == []
    other = met(second, group, DAY, (2,))  # of the very day, unseen
    trip(office, first, second)
    assert item(office, Sort.LATE).parties == (other, name)
    take_all_back(first, group, name)
    trip(office, first, second)
    assert told(office, Sort.LATE) == []


@pytest.mark.parametrize("first_writes", [True, False])
def test_an_envelope_another_laptop_gave_two_days_later_is_marked(three: Three, first_writes: bool) -> None:
    office, first, second, group = three
    set_rules(first, group, RULES, HELD)
    met(first, group, HELD, counted=20_000)
    for _ in range(2):
        trip(office, first, second)
    low, high = sorted((first, second), key=lambda one: one.book.device)
    writer, payer = (low, high) if first_writes else (high, low)
    record_count(writer, group, DAY, [Count(total_minor=20_000)])
    her = members(writer, group)["1"]
    asked = ShareOutAsked(group, DAY, absent=frozenset({her}), votes=(2, 0))
    name = record_share_out(writer, asked, Words("en")).value.name or ""
    for _ in range(2):
        trip(office, writer, payer)
    write_between(payer, Between(group, DAY + timedelta(days=2), "payable", 10_000, her))
    for _ in range(2):
        trip(office, payer, writer)
    assert [one.paid_on for one in read_share_out(writer, name).rows] == [DAY + timedelta(days=2), None]


def test_a_meeting_after_her_death_is_told_with_her_there_or_her_money(three: Three) -> None:
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    for _ in range(2):
        trip(office, first, second)
    her = members(first, group)["1"]
    write_death(first, Death(her, HELD, DAY))
    rows = (SheetRow("1", Attendance.PRESENT), SheetRow("2", Attendance.PRESENT, ins=(In("saving", 10_000),)))
    there = record_meeting(second, Sheet(group, LATER, rows=rows)).value.name or ""
    paid = write_between(second, Between(group, DAY, "saving", 3_000, her)).value.name or ""
    write_between(second, Between(group, DAY, "saving", 3_000, members(second, group)["2"]))
    trip(office, first, second)
    names = [f"after-death {chr(32).join(sorted((op, her)))}" for op in (there, paid)]
    assert told(office, Sort.AFTER_DEATH) == sorted(names)
    sums_told = {one.parties[0]: one.amount_minor for one in open_items(office) if one.sort is Sort.AFTER_DEATH}
    assert sums_told == {there: 0, paid: 3_000}
    trip(office, first, second)
    assert "Айгүл A-1 1" in str(waits(first)["after-death"])
    take_back(second, group, f"{paid}#1")
    trip(office, first, second)
    assert item(office, Sort.AFTER_DEATH).parties == (there, her)
    settle(office, item(office, Sort.AFTER_DEATH).name, "noted", reason="белги жаңылыш коюлган")
    trip(office, first, second)
    assert [told(one, Sort.AFTER_DEATH) for one in (office, first, second)] == [[], [], []]


def test_what_the_family_settles_is_not_told_and_it_ends_with_the_death(three: Three) -> None:
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    for _ in range(2):
        trip(office, first, second)
    her = members(first, group)["1"]
    write_death(first, Death(her, HELD, LATER))
    payout = write_between(first, Between(group, DAY, "payable", 10_000, her)).value.name or ""
    trip(office, first)
    assert told(office, Sort.AFTER_DEATH) == []
    met(second, group, LATER, (1, 2))
    trip(office, second)
    assert len(told(office, Sort.AFTER_DEATH)) == 1
    trip(office, first, second)
    take_all_back(first, group, payout)
    undo_death(first, her, "башка Айгүл")
    trip(office, first, second)
    assert told(office, Sort.AFTER_DEATH) == []


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_whatever_comes_first_the_same_is_told_and_after_a_rebuild(tmp_path: Path, order: tuple[int, ...]) -> None:
    office, first, second, group = made_three(tmp_path)
    on_day(office, first, second)
    shared((office, first, second, group))
    write_death(second, Death(members(second, group)["1"], HELD, DAY))
    met(second, group, LATER, (2,))
    met(first, group, date(2026, 3, 10), (1, 2))
    sticks = []
    for one in (first, second):
        sticks.append(tmp_path / f"from-{one.book.device}")
        export_parcels(one, sticks[-1])
    for number in order:
        import_parcels(office, [sticks[number]])
    found = told(office, Sort.LATE), told(office, Sort.AFTER_DEATH)
    assert [len(names) for names in found] == [1, 2], "the share-out put money into her hand, and she is in the meeting"
    rebuild_book(office)
    assert (told(office, Sort.LATE), told(office, Sort.AFTER_DEATH)) == found
    for one in (office, first, second):
        one.close()


def test_what_is_written_after_it_on_the_share_outs_own_laptop_is_warned_of_and_told(three: Three) -> None:
    office, first, _, group = three
    name = shared(three)
    written = write_between(first, Between(group, LATER, "saving", 3_000, members(first, group)["2"]))
    rows = (SheetRow("2", Attendance.PRESENT, ins=(In("saving", 10_000),)),)
    held = record_meeting(first, Sheet(group, LATER, rows=rows))
    for outcome in (written, held):
        assert Code.BEFORE_SHARE_OUT in [one.code for one in outcome.warnings]
    same_day = write_between(first, Between(group, DAY, "saving", 3_000, members(first, group)["2"]))
    assert Code.BEFORE_SHARE_OUT not in [one.code for one in same_day.warnings]
    met(first, group, DAY, (2,))  # after it, of the very day: he knows
    trip(office, first)
    late = [written.value.name or "", held.value.name or ""]
    assert told(office, Sort.LATE) == sorted(f"late-record {' '.join(sorted((op, name)))}" for op in late)


def test_one_that_waited_is_told_though_a_later_one_of_its_laptop_was_known(tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    third = make_desk(tmp_path, "third")
    enrol(office, third, tmp_path, ("A-1",))
    on_day(office, first, second, third)
    set_rules(first, group, RULES, HELD)
    met(first, group, HELD, counted=20_000)
    for _ in range(3):
        trip(office, first, second, third)
    household = register_household(first, NewHousehold("A-1-5", persons=[NewPerson("Айгүл")])).value
    add_member(first, NewMember(group, "5", household.persons[0], household.household))
    given = tmp_path / "given"
    given.mkdir()
    export_colleague(first, given, second.book.device)
    import_parcels(second, [given])
    waited = write_between(second, Between(group, LATER, "saving", 5_000, members(second, group)["5"])).value.name or ""
    write_between(second, Between(group, LATER, "saving", 3_000, members(second, group)["2"]))
    trip(office, second)
    for _ in range(2):
        trip(office, third)
    assert sums(third, group)["box"] == 23_000, "the 30 that came after it, and not the 50 of the new member"
    name = share_out(third, group)
    for _ in range(3):
        trip(office, first, second, third)
    assert [item(one, Sort.LATE).parties for one in (office, first, second, third)] == [(waited, name)] * 4
    rebuild_book(office)
    assert item(office, Sort.LATE).parties == (waited, name)
    for one in (office, first, second, third):
        one.close()


def test_one_who_died_is_read_once_and_again_when_something_changes(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    her = members(first, group)["1"]
    met(first, group, LATER, (2,))
    read: list[str] = []
    was = after_death.records_after

    def noted(book: Book, one: Membership, died: date) -> dict[str, date]:
        read.append(one.id)
        return was(book, one, died)

    monkeypatch.setattr(after_death, "records_after", noted)
    assert told(first, Sort.AFTER_DEATH) == []
    write_death(first, Death(her, HELD, DAY))
    paid = write_between(second, Between(group, DAY, "saving", 3_000, members(second, group)["1"])).value.name or ""
    read.clear()
    for _ in range(3):
        assert told(first, Sort.AFTER_DEATH) == []
    assert read == [her]
    trip(office, first, second)
    trip(office, first, second)
    read.clear()
    for _ in range(3):
        assert item(first, Sort.AFTER_DEATH).parties == (paid, her)
    assert read == [her]
    undo_death(first, her, "башка Айгүл")
    assert told(first, Sort.AFTER_DEATH) == []


@pytest.mark.parametrize("odd", [5, None, {"a": 1}, [5], [[]], [["x", "y", 3, "", [[9, 1], 4, "z"]]], [[1, 2, 3, 4]]])
def test_odd_words_of_what_a_writer_knew_do_not_keep_a_share_out_from_counting(desk: Desk, odd: object) -> None:
    group = make_group(desk)
    met(desk, group, HELD)
    line = {"accounts": ["saving.compulsory", "box"], "by": "member", "kind": "share-out", "lines": [[0, 10_000]]}
    body = {"group": group, "date": DAY.isoformat(), "members": [members(desk, group)["1"]], "entries": [line]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", {**body, "heads": odd}))
    assert sums(desk, group)["box"] == 10_000
    assert isinstance(list(open_items(desk)), list)
