"""When compulsory saving falls due: against dates counted on a wall calendar, and against a walk day by day."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.savings_due import due_days
from shg_desk.domain.savings_due import due_minor
from shg_desk.domain.savings_due import left_to_bring_minor

BEGINS = date(2026, 3, 1)
FIRST = date(2026, 3, 12)
SATURDAYS = [date(2026, 10, 10), date(2026, 10, 24), date(2026, 11, 7)]
TODAY = date(2026, 11, 21)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def every(weeks: int) -> list[tuple[date, int]]:
    return [(BEGINS, weeks)]


def march(*days: str) -> list[date]:
    """Days written as the group writes them, "12.03", all of 2026."""
    return [date(2026, int(day[3:]), int(day[:2])) for day in days]


@pytest.mark.parametrize(
    ("weeks", "held", "on", "due"),
    [
        (2, ("10.10", "24.10", "07.11"), "21.11", ("10.10", "24.10", "07.11", "21.11")),
        # a harvest without meetings is owed all the same
        (2, ("10.10",), "05.12", ("10.10", "24.10", "07.11", "21.11", "05.12")),
        # snow on 9 April: the meeting a week later stands for it, and so does one a week too early
        (4, ("12.03",), "16.04", ("12.03", "16.04")),
        (4, ("12.03", "16.04"), "07.05", ("12.03", "16.04", "07.05")),
        (4, ("12.03",), "02.04", ("12.03", "02.04")),
        (4, ("12.03", "02.04"), "09.04", ("12.03", "02.04")),
        # an extra meeting makes nothing due and hides nothing
        (4, ("12.03",), "19.03", ("12.03",)),
        (4, ("12.03", "19.03"), "07.05", ("12.03", "09.04", "07.05")),
        # without a rhythm nothing is known but the meetings that were held
        (0, ("10.10",), "05.12", ("10.10", "05.12")),
    ],
)
def test_by_the_wall_calendar(weeks: int, held: tuple[str, ...], on: str, due: tuple[str, ...]) -> None:
    assert due_days(march(*held), march(on)[0], every(weeks)) == tuple(march(*due))


def test_a_period_counts_when_its_day_has_come() -> None:
    counts = [len(due_days([FIRST], FIRST + WEEK * week, every(2))) for week in range(1, 12)]
    assert counts == [1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]
    days = [len(due_days([FIRST], FIRST + DAY * day, every(2))) for day in (7, 8, 14, 21, 22)]
    assert days == [1, 2, 2, 2, 3], "a meeting six days before the planned day stands for it, one seven days before not"


def test_a_new_rhythm_leaves_the_past_as_it_was() -> None:
    monthly = [FIRST + 4 * WEEK * i for i in range(6)]
    to_weekly = [*every(4), (date(2026, 8, 7), 1)]
    assert due_days(monthly, date(2026, 8, 13), to_weekly) == (*monthly, date(2026, 8, 13))
    weekly = [FIRST + WEEK * i for i in range(12)]
    to_monthly = [*every(1), (date(2026, 6, 4), 4)]
    later = march("25.06", "23.07", "20.08", "17.09")
    assert due_days(weekly, date(2026, 9, 17), to_monthly) == (*weekly, *later)
    same = [*every(4), (date(2026, 5, 20), 4)]
    assert due_days(monthly, date(2026, 8, 13), same) == due_days(monthly, date(2026, 8, 13), every(4))


def test_the_first_meeting_of_a_new_rhythm_begins_it() -> None:
    monthly = [FIRST + 4 * WEEK * i for i in range(6)]  # the last one on Thursday, 30 July
    to_weekly = [*every(4), (date(2026, 8, 7), 1)]
    sundays = march("09.08", "16.08", "23.08")
    assert due_days([*monthly, *sundays[:2]], sundays[2], to_weekly) == (*monthly, *sundays)
    moved = date(2026, 8, 8)
    assert due_days([*monthly[:5], moved], date(2026, 8, 13), to_weekly)[5:] == (moved, date(2026, 8, 13)), "30 July"


def test_a_saving_taken_early_is_not_due_again_by_a_new_rhythm() -> None:
    rhythms = [*every(4), (date(2026, 4, 6), 1)]
    assert due_days(march("12.03"), date(2026, 4, 5), every(4)) == tuple(march("12.03", "05.04"))
    assert due_days(march("12.03", "05.04"), date(2026, 4, 6), rhythms) == tuple(march("12.03", "05.04"))
    assert due_days(march("12.03", "05.04"), date(2026, 4, 12), rhythms) == tuple(march("12.03", "05.04", "12.04"))


def test_a_cycle_begins_anew_with_its_first_meeting() -> None:
    cycle = date(2026, 10, 20)
    assert due_days(SATURDAYS, TODAY, [(cycle, 2)], cycle) == (*SATURDAYS[1:], TODAY)
    assert due_days(SATURDAYS, TODAY, every(2), date(2026, 11, 20)) == (TODAY,)


def test_a_raised_saving_is_owed_from_the_day_it_was_voted() -> None:
    versions = [(date(2026, 10, 1), 10_000), (date(2026, 11, 1), 20_000)]
    assert due_minor((*SATURDAYS, TODAY), versions) == 10_000 + 10_000 + 20_000 + 20_000
    assert due_minor([date(2026, 1, 1)], versions) == 10_000
    assert due_minor([TODAY], []) == 0


def test_one_payment_covers_arrears_then_today_then_days_to_come() -> None:
    asked = [(BEGINS, 100)]
    days = march("12.03", "09.04", "07.05")
    late = dict.fromkeys(march("07.05"), 400)
    assert [left_to_bring_minor(days[:n], asked, {}, {}) for n in (1, 2, 3)] == [100, 200, 300]
    assert left_to_bring_minor(days, asked, late, {}) == -100
    assert left_to_bring_minor([*days, *march("04.06")], asked, late, {}) == 0


def test_what_is_taken_out_was_paid_all_the_same_but_is_ahead_no_more() -> None:
    asked = [(BEGINS, 100)]
    days = march("12.03", "09.04", "07.05")
    brought = dict(zip(march("12.03", "09.04"), (100, 300), strict=True))
    assert left_to_bring_minor(days[:2], asked, brought, {}) == -200
    for taken, left in ((50, -50), (200, 100), (400, 100)):
        assert left_to_bring_minor(days, asked, brought, dict.fromkeys(march("10.04"), taken)) == left
    assert left_to_bring_minor(days, asked, brought, dict.fromkeys(march("07.05"), 400)) == 0


meetings = st.lists(st.integers(0, 500).map(lambda n: FIRST + DAY * n), max_size=30)
sheets = st.integers(0, 520).map(lambda n: FIRST + DAY * n)
changes = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 5)), max_size=3)


@given(held=meetings, on=sheets, weeks=st.integers(1, 6))
def test_one_rhythm_as_a_walk_along_the_calendar(held: list[date], on: date, weeks: int) -> None:
    came = sorted({day for day in held if day < on} | {on})
    expected = []
    planned = came[0]
    while planned < on + WEEK * weeks:
        near = [day for day in came if abs((day - planned).days) < weeks * 7 / 2]
        if near or planned <= on:
            expected.append(near[0] if near else planned)
        planned += WEEK * weeks
    assert due_days(held, on, every(weeks)) == tuple(expected)


@given(on=sheets, first=st.integers(1, 5), later=changes)
def test_several_rhythms_as_a_walk_day_by_day(on: date, first: int, later: list[tuple[int, int]]) -> None:
    rhythms = [(BEGINS, first), *((FIRST + DAY * n, weeks) for n, weeks in sorted(later))]
    last = day = FIRST
    expected = [FIRST]
    while (day := day + DAY) <= on:
        weeks = [weeks for start, weeks in rhythms if start <= day][-1]
        if (day - last).days % (7 * weeks) == 0:
            expected.append(day)
            last = day
    own = [day for day in due_days([FIRST], on, rhythms) if day != on]
    assert own == [day for day in expected if day != on][: len(own)]
    assert len(expected) - len(own) in (0, 1), "a sheet shortly before a planned day stands for it"


@given(held=meetings, days=st.tuples(sheets, sheets), first=st.integers(0, 5), later=changes)
def test_what_fell_due_never_gets_less(
    held: list[date], days: tuple[date, date], first: int, later: list[tuple[int, int]]
) -> None:
    rhythms = [(BEGINS, first), *((FIRST + DAY * n, weeks) for n, weeks in sorted(later))]
    found = []
    for on in sorted(days):
        due = due_days([FIRST, *held], on, [one for one in rhythms if one[0] <= on])
        assert all(one < two for one, two in pairwise(due))
        assert due[0] == FIRST
        assert due[-1] <= on
        found.append(len(due))
    assert found == sorted(found) or first == 0, "without a rhythm only held meetings count, and a sheet may not be"
