"""How members stand with their compulsory saving through a change of rhythm, a share-out, a table and moved meetings.

Every figure was counted by hand from the days in it; the saving is 100.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.ground import rules_on
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import end_membership
from shg_desk.actions.groups import set_rules
from shg_desk.actions.imports import import_savings
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.savings_standing import savings_standing
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_columns import expected_minor
from shg_desk.domain.sheet_columns import sheet_columns
from shg_desk.store import entries as entry_store
from shg_desk.store.group_state import group_state
from shg_desk.tables.mapping import TableMap

MARCH, APRIL, MAY, JUNE = date(2026, 3, 12), date(2026, 4, 9), date(2026, 5, 7), date(2026, 6, 4)
WEEK = timedelta(weeks=1)


def rules(weeks: int, **more: Any) -> dict[str, Any]:
    savings = [{"code": "compulsory", "amount": "100", "compulsory": True}]
    return {"savings": savings, "meeting": {"weekday": 3, "every_weeks": weeks}, **more}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, day=date(2026, 12, 31))
    yield desk
    desk.close()


def met(desk: Desk, group: str, on: date, som: tuple[int, ...], out: int = 0) -> str:
    rows = tuple(
        SheetRow(
            str(number),
            Attendance.PRESENT,
            ins=(In("saving", amount * 100),) if amount else (),
            outs=(Out("withdrawal", out * 100, product="compulsory"),) if out else (),
        )
        for number, amount in enumerate(som, 1)
    )
    return record_meeting(desk, Sheet(group, on, rows=rows)).value.name or ""


def in_ground(ground: Ground) -> list[int]:
    column = next(one for one in sheet_columns(ground) if one.key == "saving.compulsory")
    return [expected_minor(ground, member, column) // 100 for member in ground.members]


def expected(desk: Desk, group: str, on: date) -> list[int]:
    """What each member should bring, in som."""
    return in_ground(ground_of(desk, group, on))


def test_a_new_rhythm_asks_for_no_past_weeks(desk: Desk) -> None:
    group = make_group(desk, members=2, rules=rules(4))
    for i in range(6):
        met(desk, group, MARCH + 4 * WEEK * i, (100, 100))
    set_rules(desk, group, rules(1), date(2026, 8, 7))
    first = ground_of(desk, group, date(2026, 8, 13)).members[0]
    assert first.saving_due_minor == {"compulsory": 70_000}
    assert expected(desk, group, date(2026, 8, 13)) == [100, 100]


def test_a_slower_rhythm_is_owed_from_its_day_on(desk: Desk) -> None:
    group = make_group(desk, members=1, rules=rules(1))
    for i in range(12):
        met(desk, group, MARCH + WEEK * i, (100,))
    set_rules(desk, group, rules(4), date(2026, 6, 4))
    assert ground_of(desk, group, date(2026, 9, 17)).members[0].saving_due_minor == {"compulsory": 160_000}
    assert expected(desk, group, date(2026, 9, 17)) == [400]


def test_nobody_is_behind_by_a_cycle_that_was_shared_out(desk: Desk) -> None:
    group = make_group(desk, members=2, rules=rules(4, cycle={"from": "2026-03-01", "until": "2026-05-31"}))
    met(desk, group, MARCH, (100, 100))
    met(desk, group, APRIL, (100, 100))
    met(desk, group, MAY, (100, 100), out=300)
    new = rules(4, cycle={"from": "2026-06-01", "until": "2027-02-28"})
    set_rules(desk, group, new, date(2026, 5, 20))
    assert expected(desk, group, date(2026, 5, 28)) == [100, 100], "the new rules hold, the cycle has not begun"
    assert expected(desk, group, JUNE) == [100, 100]
    met(desk, group, JUNE, (100, 0))
    assert expected(desk, group, JUNE + 4 * WEEK) == [100, 200]


def test_savings_carried_into_a_cycle_are_neither_ahead_nor_behind(desk: Desk) -> None:
    group = make_group(desk, members=2, rules=rules(4))
    met(desk, group, MARCH, (500, 0))
    met(desk, group, APRIL, (100, 0))
    set_rules(desk, group, rules(4, cycle={"from": "2026-06-01"}), date(2026, 6, 1))
    assert expected(desk, group, MAY) == [0, 300]
    assert expected(desk, group, JUNE) == [100, 100]


def test_a_withdrawal_takes_what_was_ahead_and_makes_no_arrears(desk: Desk) -> None:
    group = make_group(desk, members=2, rules=rules(4))
    met(desk, group, MARCH, (100, 400))
    met(desk, group, APRIL, (100, 0), out=200)
    assert expected(desk, group, MAY) == [100, 100]


def test_one_row_of_a_table_leaves_the_arrears_of_the_others(desk: Desk, tmp_path: Path) -> None:
    group = make_group(desk, rules=rules(4))
    for on in (MARCH, APRIL, MAY):
        met(desk, group, on, (100, 100, 0, 0))
    path = tmp_path / "more.csv"
    path.write_text("group;member;amount\nA-1;1;50\nA-1;3;50\n")
    given = TableMap(columns={"group": "group", "member": "member", "amount": "amount"})
    import_savings(desk, path, given, day=date(2026, 5, 20))
    assert expected(desk, group, JUNE) == [50, 100, 350, 400]


def test_moved_and_extra_meetings_cost_one_saving(desk: Desk) -> None:
    group = make_group(desk, members=1, rules=rules(4))
    met(desk, group, MARCH, (100,))
    record_meeting(desk, Sheet(group, APRIL, held=False, reason="snow"))
    assert expected(desk, group, APRIL + WEEK) == [100]
    met(desk, group, APRIL + WEEK, (100,))
    assert expected(desk, group, APRIL + 2 * WEEK) == [0], "an extra meeting"
    met(desk, group, APRIL + 2 * WEEK, (0,))
    assert expected(desk, group, MAY) == [100]
    assert expected(desk, group, JUNE) == [200]


def test_what_was_taken_back_was_not_brought(desk: Desk) -> None:
    group = make_group(desk, members=2, rules=rules(4))
    name = met(desk, group, MARCH, (300, 100))
    wrong = next(row for row in entry_store.entries_of(desk.book, name) if row.kind == "saving")
    taken = write_correction(desk, group, plan_entry(desk, wrong.name, "reverse"), "not hers").value
    assert expected(desk, group, APRIL) == [200, 100]
    again = entry_store.entries_of(desk.book, taken)[0]
    write_correction(desk, group, plan_entry(desk, again.name, "reverse"), "hers after all")
    assert expected(desk, group, APRIL) == [0, 100]


def test_a_meeting_opened_again_expects_what_it_did_before(desk: Desk) -> None:
    group = make_group(desk, members=2, rules=rules(4))
    met(desk, group, MARCH, (100, 0))
    name = met(desk, group, APRIL, (300, 100), out=0)
    assert expected(desk, group, APRIL) == [0, 100]
    assert in_ground(reopen_meeting(desk, name).ground) == [100, 200]


def test_rules_voted_for_the_first_time_ask_nothing_of_the_days_before(desk: Desk, tmp_path: Path) -> None:
    group = make_group(desk, members=3, rules=rules(2), voted=date(2026, 11, 20))
    rows = (SheetRow("2", Attendance.PRESENT, ins=(In("saving", 200_000, product="compulsory"),)),)
    record_meeting(desk, Sheet(group, MARCH, rows=rows))
    path = tmp_path / "old.csv"
    path.write_text("group;member;amount\nA-1;3;700\n")
    given = TableMap(columns={"group": "group", "member": "member", "amount": "amount"})
    import_savings(desk, path, given, day=date(2026, 7, 1))
    first = date(2026, 11, 26)
    assert ground_of(desk, group, date(2026, 11, 19)).members[1].saving_due_minor == {}, "no rule yet"
    assert expected(desk, group, first) == [100, 100, 100]
    met(desk, group, first, (100, 0, 150))
    assert expected(desk, group, first + 2 * WEEK) == [100, 200, 50]


def test_savings_are_due_between_joining_and_leaving(desk: Desk) -> None:
    group = make_group(desk, members=1, rules=rules(4))
    met(desk, group, MARCH, (100,))
    for number, joined in (("2", APRIL), ("3", APRIL + WEEK)):
        made = register_household(desk, NewHousehold(f"A-1-{number}", persons=[NewPerson(f"Гүл {number}")])).value
        member = add_member(desk, NewMember(group, number, made.persons[0], made.household, joined=joined)).value
    assert expected(desk, group, APRIL) == [100, 100, 0]
    assert expected(desk, group, JUNE) == [300, 300, 200]
    end_membership(desk, member, MAY)
    assert expected(desk, group, MAY) == [200, 200, 100]
    state = group_state(desk.book, group, JUNE)
    standing = savings_standing(desk, state, rules_on(desk, group, JUNE, 2), JUNE)
    assert [standing.due_minor(one, {})["compulsory"] for one in state.members] == [30_000, 30_000, 10_000]
