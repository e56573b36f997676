"""When compulsory saving falls due: against dates counted on a wall calendar, and against a walk day by day."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.rhythm import Rhythm
from shg_desk.domain.savings_due import due_days
from shg_desk.domain.savings_due import left_to_bring_minor

BEGINS = date(2026, 3, 1)
FIRST = date(2026, 3, 12)
SATURDAYS = [date(2026, 10, 10), date(2026, 10, 24), date(2026, 11, 7)]
TODAY = date(2026, 11, 21)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def weekly(weeks: int) -> Rhythm:
    return Rhythm(every_weeks=weeks)


def every(weeks: int) -> list[tuple[date, Rhythm]]:
    return [(BEGINS, weekly(weeks))]


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
    to_weekly = [*every(4), (date(2026, 8, 7), weekly(1))]
    assert due_days(monthly, date(2026, 8, 13), to_weekly) == (*monthly, date(2026, 8, 13))
    each_week = [FIRST + WEEK * i for i in range(12)]
    to_monthly = [*every(1), (date(2026, 6, 4), weekly(4))]
    later = march("25.06", "23.07", "20.08", "17.09")
    assert due_days(each_week, date(2026, 9, 17), to_monthly) == (*each_week, *later)
    same = [*every(4), (date(2026, 5, 20), weekly(4))]
    assert due_days(monthly, date(2026, 8, 13), same) == due_days(monthly, date(2026, 8, 13), every(4))


def test_the_first_meeting_of_a_new_rhythm_begins_it() -> None:
    monthly = [FIRST + 4 * WEEK * i for i in range(6)]  # the last one on Thursday, 30 July
    to_weekly = [*every(4), (date(2026, 8, 7), weekly(1))]
    sundays = march("09.08", "16.08", "23.08")
    assert due_days([*monthly, *sundays[:2]], sundays[2], to_weekly) == (*monthly, *sundays)
    moved = date(2026, 8, 8)
    assert due_days([*monthly[:5], moved], date(2026, 8, 13), to_weekly)[5:] == (moved, date(2026, 8, 13)), "30 July"


def test_a_saving_taken_early_is_not_due_again_by_a_new_rhythm() -> None:
    rhythms = [*every(4), (date(2026, 4, 6), weekly(1))]
    assert due_days(march("12.03"), date(2026, 4, 5), every(4)) == tuple(march("12.03", "05.04"))
    assert due_days(march("12.03", "05.04"), date(2026, 4, 6), rhythms) == tuple(march("12.03", "05.04"))
    assert due_days(march("12.03", "05.04"), date(2026, 4, 12), rhythms) == tuple(march("12.03", "05.04", "12.04"))


SECOND_SATURDAY = Rhythm(weekday=5, month_week=2)


def test_once_a_calendar_month_is_twelve_savings_a_year() -> None:
    saturdays = march("14.03", "11.04", "09.05", "13.06", "11.07", "08.08", "12.09", "10.10", "14.11", "12.12")
    saturdays += [date(2027, 1, 9), date(2027, 2, 13), date(2027, 3, 13)]
    assert due_days(saturdays, date(2027, 3, 12), [(BEGINS, SECOND_SATURDAY)])[:12] == tuple(saturdays[:12])
    assert len(due_days(saturdays[:1], date(2027, 2, 26), [(BEGINS, SECOND_SATURDAY)])) == 12
    assert len(due_days(saturdays[:1], date(2027, 3, 1), [(BEGINS, SECOND_SATURDAY)])) == 13, "13 March is near"
    last_days = Rhythm(month_day=31)
    found = due_days(march("31.01"), date(2026, 7, 5), [(date(2026, 1, 1), last_days)])
    assert found == tuple(march("31.01", "28.02", "31.03", "30.04", "31.05", "05.07")), "30 June was five days ago"
    last_saturdays = [(date(2026, 1, 1), Rhythm(weekday=5, month_week=5))]
    found = due_days(march("31.01"), date(2026, 5, 10), last_saturdays)
    assert found == tuple(march("31.01", "28.02", "28.03", "10.05"))


def test_weeks_become_months_without_a_month_twice_or_left_out() -> None:
    weeks = [*every(4), (date(2026, 5, 9), SECOND_SATURDAY)]
    assert due_days(march("12.03", "11.04"), date(2026, 5, 9), weeks) == tuple(march("12.03", "11.04", "09.05"))
    assert due_days(march("12.03", "11.04", "09.05"), date(2026, 6, 13), weeks)[2:] == tuple(march("09.05", "13.06"))
    each_week = [*every(1), (date(2026, 4, 3), Rhythm(month_day=15))]
    held = march("12.03", "19.03", "26.03", "02.04")
    assert due_days(held, date(2026, 4, 15), each_week) == (*held, *march("15.04"))


def test_a_cycle_begins_anew_with_its_first_meeting() -> None:
    cycle = date(2026, 10, 20)
    assert due_days(SATURDAYS, TODAY, [(cycle, weekly(2))], cycle) == (*SATURDAYS[1:], TODAY)
    assert due_days(SATURDAYS, TODAY, every(2), date(2026, 11, 20)) == (TODAY,)


def test_a_raised_saving_is_owed_from_the_day_it_was_voted() -> None:
    versions = [(date(2026, 10, 1), 10_000), (date(2026, 11, 1), 20_000)]
    assert left_to_bring_minor((*SATURDAYS, TODAY), versions, {}, {}) == 10_000 + 10_000 + 20_000 + 20_000
    assert left_to_bring_minor([date(2026, 1, 1)], versions, {}, {}) == 0
    assert left_to_bring_minor([TODAY], [], {}, {}) == 0


def test_nothing_is_due_for_days_before_the_first_rules() -> None:
    voted = date(2026, 11, 20)
    first = date(2026, 11, 26)
    rhythms = [(voted, weekly(2))]
    assert due_days([date(2026, 2, 12)], first, rhythms) == (first,), "the meeting of February had no rules"
    assert due_days([date(2026, 2, 12), first], date(2026, 12, 10), rhythms) == (first, date(2026, 12, 10))
    assert due_days([date(2026, 2, 12)], first, rhythms, date(2026, 1, 1)) == (first,), "nor by an older cycle"


def test_savings_of_before_the_rule_are_neither_due_nor_ahead() -> None:
    asked = [(date(2026, 10, 1), 0), (date(2026, 11, 20), 50)]
    first, second = date(2026, 11, 26), date(2026, 12, 10)
    old = {date(2026, 2, 12): 2_000}
    assert left_to_bring_minor([first], asked, old, {}) == 50
    assert left_to_bring_minor([first, second], asked, {**old, first: 50}, {}) == 50
    assert left_to_bring_minor([first, second], asked, {**old, first: 120}, {}) == -20, "120 of the 100 asked"
    assert left_to_bring_minor([first], asked, old, {date(2026, 3, 1): 2_000}) == 50, "taken out before the rule, too"
    assert left_to_bring_minor([first], [(date(2026, 10, 1), 0)], old, {}) == 0


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
@example(on=FIRST + DAY * 42, first=5, later=[(36, 1)])
def test_several_rhythms_as_a_walk_day_by_day(on: date, first: int, later: list[tuple[int, int]]) -> None:
    rhythms = [*every(first), *((FIRST + DAY * n, weekly(weeks)) for n, weeks in sorted(later))]
    last = day = FIRST
    expected = [FIRST]
    while (day := day + DAY) <= on:
        weeks = [rhythm.every_weeks for start, rhythm in rhythms if start <= day][-1]
        if (day - last).days % (7 * weeks) == 0:
            expected.append(day)
            last = day
    own = [day for day in due_days([FIRST], on, rhythms) if day != on]
    assert own == [day for day in expected if day != on][: len(own)]
    assert len(expected) - len(own) in (0, 1), "a sheet shortly before a planned day stands for it"


MONTHLY = st.one_of(
    st.builds(Rhythm, month_day=st.integers(1, 31)),
    st.builds(Rhythm, weekday=st.integers(0, 6), month_week=st.integers(1, 5)),
)
RHYTHMS = st.one_of(st.integers(1, 5).map(weekly), MONTHLY)


def is_planned(day: date, rhythm: Rhythm) -> bool:
    """Whether a day of the wall calendar is one of a rhythm once a month, by looking at that day and its neighbours."""
    is_last = (day + DAY).month != day.month
    if rhythm.month_day:
        return day.day == rhythm.month_day or (is_last and day.day < rhythm.month_day)
    if day.weekday() != rhythm.weekday:
        return False
    if rhythm.month_week == 5:
        return (day + WEEK).month != day.month
    return [(day - WEEK * n).month == day.month for n in range(6)].count(True) == rhythm.month_week


@given(held=meetings, on=sheets, rhythm=MONTHLY)
@example(held=[], on=date(2027, 3, 1), rhythm=Rhythm(month_day=31))
@example(held=[], on=date(2027, 3, 1), rhythm=Rhythm(weekday=5, month_week=5))
def test_once_a_month_as_a_walk_along_the_calendar(held: list[date], on: date, rhythm: Rhythm) -> None:
    came = sorted({day for day in held if day < on} | {on})
    days = [came[0] + DAY * n for n in range(-70, (on - came[0]).days + 70)]
    planned = [day for day in days if is_planned(day, rhythm)]
    belongs = {}
    for day in came:
        around = [(abs((one - day).days), one) for one in planned]
        least = min(away for away, _ in around)
        near = [one for away, one in around if away == least]
        if len(near) == 1:  # in the middle of two it is neither's
            belongs.setdefault(near[0], day)
    first = next((one for one, day in belongs.items() if day == came[0]), came[0])
    expected = [came[0]]
    expected += [belongs.get(one, one) for one in planned if one > first and (one in belongs or one <= on)]
    assert due_days(held, on, [(BEGINS, rhythm)]) == tuple(expected)


@given(on=sheets, first=RHYTHMS, later=st.lists(st.tuples(st.integers(1, 400), RHYTHMS), max_size=3))
def test_a_calendar_month_owes_once(on: date, first: Rhythm, later: list[tuple[int, Rhythm]]) -> None:
    rhythms = [(BEGINS, first), *((FIRST + DAY * n, one) for n, one in sorted(later, key=lambda two: two[0]))]
    due = due_days([FIRST], on, rhythms)
    assert all(one < two for one, two in pairwise(due))
    for day in due[1:]:
        rhythm = [one for start, one in rhythms if start <= day][-1]
        assert day == on or not rhythm.is_monthly or is_planned(day, rhythm)


@given(
    held=meetings,
    days=st.tuples(sheets, sheets),
    first=st.one_of(st.just(Rhythm()), RHYTHMS),
    later=st.lists(st.tuples(st.integers(1, 400), RHYTHMS), max_size=3),
)
def test_what_fell_due_never_gets_less(
    held: list[date], days: tuple[date, date], first: Rhythm, later: list[tuple[int, Rhythm]]
) -> None:
    rhythms = [(BEGINS, first), *((FIRST + DAY * n, one) for n, one in sorted(later, key=lambda two: two[0]))]
    found = []
    for on in sorted(days):
        due = due_days([FIRST, *held], on, [one for one in rhythms if one[0] <= on])
        assert all(one < two for one, two in pairwise(due))
        assert due[0] == FIRST
        assert due[-1] <= on
        found.append(len(due))
    assert found == sorted(found) or not first.is_said, "without a rhythm only meetings count, a sheet may not"
