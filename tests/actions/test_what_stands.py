"""What was taken back counts nowhere, and what was given back counts everywhere: ledger, minutes, attendance, dues."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums
from three_desks import DAY
from three_desks import Three
from three_desks import been
from three_desks import due
from three_desks import item
from three_desks import met
from three_desks import saved
from three_desks import side_of
from three_desks import take_all_back
from three_desks import take_back
from three_desks import trip

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.profiles import Drafted
from shg_desk.actions.settled_again import reopen
from shg_desk.actions.standing import meeting_now
from shg_desk.actions.standing import standing_items
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import differences as difference_store
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store import revisions as revision_store


def test_a_record_given_back_stands_again_and_can_be_corrected_again(desk: Desk) -> None:
    group = make_group(desk)
    meeting = met(desk, group)
    entry = entry_store.entries_of(desk.book, meeting)[0].name
    for _ in range(2):  # wrong, right, wrong, right
        first = take_back(desk, group, entry)
        assert len(standing_items(desk, meeting)) == 1
        take_back(desk, group, entry_store.entries_of(desk.book, first)[0].name)
        assert sums(desk, group)["box"] == 20000
        row = entry_store.entries_of(desk.book, meeting)[0]
        assert (row.stands, row.corrected_by) == (True, ())
        assert len(standing_items(desk, meeting)) == 2
        said = [line for block in meeting_now(desk, meeting).body["entries"] for line in block["lines"]]
        assert sum(line[1] for line in said) == 20000
    again = write_correction(desk, group, plan_entry(desk, entry, "other-amount", Change(amount_minor=7000)), "70")
    assert saved(desk, group, "1") == 7000
    with pytest.raises(KnownError) as told:
        plan_entry(desk, entry)
    assert [one.code for one in told.value.problems] == [Code.ALREADY_CORRECTED]
    assert str(told.value.problems[0].facts["by"]).startswith(again.value)


def test_a_meeting_taken_back_counts_nowhere_until_it_is_given_back(desk: Desk) -> None:
    group = make_group(desk)
    met(desk, group, date(2026, 3, 3))
    second = met(desk, group)
    assert (been(desk, group), due(desk, group, date(2026, 3, 17))) == ({(2, 2)}, 30000)
    correction = take_all_back(desk, group, second)
    assert (been(desk, group), due(desk, group, date(2026, 3, 17))) == ({(1, 1)}, 20000)
    assert [one.on for one in meeting_store.meetings(desk.book, group)] == [date(2026, 3, 3)]
    ground = ground_of(desk, group, date(2026, 3, 17))
    assert (ground.seen_on, ground.number, ground.seen) == (date(2026, 3, 3), "2", second)
    assert [one.on for one in meeting_store.last_marks(desk.book).values()] == [date(2026, 3, 3)]
    full = meeting_store.meeting(desk.book, second)
    assert full is not None
    assert not full.meeting.stands
    take_back(desk, group, entry_store.entries_of(desk.book, correction)[0].name)  # with it goes all of it
    assert (been(desk, group), due(desk, group, date(2026, 3, 17))) == ({(2, 2)}, 30000)


def test_members_were_at_a_meeting_whose_one_line_was_put_right(desk: Desk) -> None:
    group = make_group(desk)
    meeting = met(desk, group, members=(1,))
    entry = entry_store.entries_of(desk.book, meeting)[0].name
    write_correction(desk, group, plan_entry(desk, entry, "other-amount", Change(amount_minor=6000)), "60")
    assert been(desk, group) == {(1, 1)}
    met(desk, group, members=(2,))
    assert len(difference_store.open_differences(desk.book, group)) == 1  # both count, on one day


def test_of_two_meetings_one_is_kept_and_the_other_counts_nowhere(three: Three) -> None:
    office, first, second, group = three
    met(first, group, counted=20000)
    met(second, group, date(2026, 3, 11), counted=20000)
    trip(office, first, second)
    pair = item(office, Sort.TWO_MEETINGS)
    assert been(office, group) == {(2, 2)}
    settle(office, pair.name, "keep", 0, reason="the other laptop copied it")
    assert sums(office, group)["box"] == 20000
    assert (been(office, group), due(office, group, date(2026, 3, 17))) == ({(1, 1)}, 20000)
    assert [count.broken for count in meeting_store.cash_counts(office.book, group)] == [False]
    assert list(open_items(office)) == []
    correction = meeting_corrections(office, group)
    take_back(office, group, correction[0])  # with it goes all of it
    assert sums(office, group)["saving.compulsory"] == -40000
    assert item(office, Sort.TWO_MEETINGS).name == pair.name  # both count, so it is open again


def meeting_corrections(desk: Desk, group: str) -> list[str]:
    return [row.name for row in entry_store.entries(desk.book, group, entry_store.ALL) if row.corrects and row.stands]


def test_a_meeting_without_money_is_taken_back_by_the_answer(three: Three) -> None:
    office, first, second, group = three
    rows = tuple(SheetRow(str(n), Attendance.PRESENT) for n in (1, 2))
    for one in (first, second):
        record_meeting(one, Sheet(group, DAY, rows=rows))
    trip(office, first, second)
    pair = item(office, Sort.TWO_MEETINGS)
    settle(office, pair.name, "keep", 1)
    assert list(open_items(office)) == []
    assert been(office, group) == {(1, 1)}
    trip(office, first, second)
    assert been(first, group) == {(1, 1)}
    reopen(office, [pair.name])
    assert been(office, group) == {(2, 2)}
    assert item(office, Sort.TWO_MEETINGS).name == pair.name


def test_what_a_correction_put_in_place_goes_with_its_meeting(three: Three) -> None:
    office, first, second, group = three
    met(first, group)
    entry = entry_store.entries_of(second.book, met(second, group))[0].name
    write_correction(second, group, plan_entry(second, entry, "other-amount", Change(amount_minor=9000)), "90")
    trip(office, first, second)
    pair = item(office, Sort.TWO_MEETINGS)
    settle(office, pair.name, "keep", side_of(office, pair.name, first))
    assert sums(office, group) == {"box": 20000, "saving.compulsory": -20000}
    assert list(open_items(office)) == []


def test_a_side_that_is_none_is_no_answer(three: Three) -> None:
    office, first, second, group = three
    met(first, group)
    met(second, group)
    trip(office, first, second)
    name = item(office, Sort.TWO_MEETINGS).name
    for code, side, rows in (
        ("keep", 7, {}),
        ("keep", 2, {}),
        ("keep", -1, {}),
        ("rows", 0, {"x": 2}),
        ("both", 3, {}),
    ):
        with pytest.raises(KnownError) as told:
            settle(office, name, code, side, rows=rows, reason="so")
        assert [one.code for one in told.value.problems] == [Code.NOTHING_CHANGED]
    assert sums(office, group)["box"] == 40000
    assert difference_store.settled_differences(office.book) == []


def corrected_twice(three: Three) -> OpenItem:
    """The first laptop takes back one record of four, the second the whole meeting."""
    office, first, second, group = three
    meeting = met(first, group, members=(1, 2, 3, 4), counted=40000)
    trip(office, first, second)
    trip(office, first, second)
    take_back(first, group, entry_store.entries_of(first.book, meeting)[0].name)
    take_all_back(second, group, meeting)
    trip(office, first, second)
    return item(office, Sort.CORRECTED_TWICE)


def test_keeping_the_correction_of_one_record_gives_no_other_record_back(three: Three) -> None:
    office, first, second, group = three
    twice = corrected_twice(three)
    settle(office, twice.name, "keep", side_of(office, twice.name, first))
    assert [saved(office, group, str(n)) for n in (1, 2, 3, 4)] == [0, 0, 0, 0]
    # the box was counted: the money of all four is named as missing once, and that of the first one not twice
    assert sums(office, group) == {"box": 40000, "differences": -40000}
    assert [one.sort for one in open_items(office)] == [Sort.CASH]
    trip(office, first, second)
    assert sums(second, group) == {"box": 40000, "differences": -40000}


def test_keeping_the_correction_of_all_takes_the_other_back_whole(three: Three) -> None:
    office, _, second, group = three
    twice = corrected_twice(three)
    settle(office, twice.name, "keep", side_of(office, twice.name, second))
    assert [saved(office, group, str(n)) for n in (1, 2, 3, 4)] == [0, 0, 0, 0]
    assert sums(office, group) == {"box": 40000, "differences": -40000}
    assert [one.sort for one in open_items(office)] == [Sort.CASH]


def test_the_same_correction_made_twice_is_settled_by_one_answer(three: Three) -> None:
    office, first, second, group = three
    meeting = met(first, group, counted=20000)
    trip(office, first, second)
    trip(office, first, second)
    for one in (first, second):
        take_all_back(one, group, meeting)
    trip(office, first, second)
    twice = [one for one in open_items(office) if one.sort is Sort.CORRECTED_TWICE]
    assert len(twice) == 2
    settle(office, twice[0].name, "keep", 0)
    assert [one.sort for one in open_items(office)] == [Sort.CASH]
    assert sums(office, group) == {"box": 20000, "differences": -20000}


def test_what_is_given_back_by_settling_can_be_corrected(three: Three) -> None:
    office, _, second, group = three
    corrected_twice(three)
    every = entry_store.entries(office.book, group, entry_store.ALL)
    made = {row.op for row in every if row.op_kind == "correction"}
    whole = next(op for op in made if op.startswith(second.book.device))
    rows = [row for row in entry_store.entries_of(office.book, whole) if row.member and row.member.number == "2"]
    take_back(office, group, rows[0].name)
    assert saved(office, group, "2") == 10000
    entry = next(
        row for row in entry_store.entries(office.book, group, entry_store.ALL)
        if row.op_kind == "meeting" and row.member and row.member.number == "2"
    )  # fmt: skip
    assert entry.stands
    write_correction(office, group, plan_entry(office, entry.name, "other-amount", Change(amount_minor=3000)), "30")
    assert saved(office, group, "2") == 3000


def test_a_count_that_does_not_agree_is_told_after_both_happened(three: Three) -> None:
    office, first, second, group = three
    met(first, group, counted=20000)
    met(second, group, counted=20000)
    trip(office, first, second)
    assert [one.sort for one in open_items(office)] == [Sort.TWO_MEETINGS]
    settle(office, item(office, Sort.TWO_MEETINGS).name, "both", reason="morning and evening")
    assert [one.broken for one in meeting_store.cash_counts(office.book, group)].count(True) == 1
    told = item(office, Sort.COUNT)
    assert told.amount_minor == 20000


@pytest.mark.parametrize("kind", ["group", "person"])
def test_the_reason_for_an_answer_about_a_profile_is_kept(three: Three, kind: str) -> None:
    office, first, second, group = three
    for number, one in enumerate((first, second)):
        drafted = Drafted(one)
        db = one.book.db
        if kind == "group":
            shown = revision_store.shown(db, "group", group, "identity")
            drafted.revise("group", group, "identity", {**shown, "name": f"Ырыс {number}"})
        else:
            gid, owner = min(db.rows("SELECT t.gid, h.gid FROM person p JOIN thing t ON t.id = p.thing "
                                     "JOIN thing h ON h.id = p.household"))  # fmt: skip
            drafted.revise("person", gid, "identity", {"name": f"Айгүл {number}"}, owner)
        with one.book.writing() as writer:
            writer.append(one.line("profile", drafted.body()))
    trip(office, first, second)
    settle(office, item(office, Sort.PROFILE).name, "keep", 1, reason="they voted this name")
    (settled,) = difference_store.settled_differences(office.book)
    said = operation_store.operation(office.book, settled.op)
    assert said is not None
    assert operation_store.texts(office.book, said)[said.body["text"]] == "they voted this name"
    trip(office, first, second)
    assert list(open_items(office)) == []
