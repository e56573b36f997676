"""When compulsory saving falls due: against dates counted on a wall calendar."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.savings_due import due_days
from shg_desk.domain.savings_due import due_minor

SATURDAYS = [date(2026, 10, 10), date(2026, 10, 24), date(2026, 11, 7)]
TODAY = date(2026, 11, 21)


def test_every_recorded_meeting_and_today() -> None:
    assert due_days(SATURDAYS, TODAY, None, 2) == (*SATURDAYS, TODAY)


def test_a_harvest_without_meetings_is_owed_all_the_same() -> None:
    found = due_days(SATURDAYS[:1], date(2026, 12, 5), None, 2)
    assert found == (
        date(2026, 10, 10),
        date(2026, 10, 24),
        date(2026, 11, 7),
        date(2026, 11, 21),
        date(2026, 12, 5),
    )
    assert due_days(SATURDAYS[:1], date(2026, 12, 5), None, 0) == (SATURDAYS[0], date(2026, 12, 5))


def test_a_day_moved_within_the_week_is_the_same_due() -> None:
    assert len(due_days(SATURDAYS, TODAY + timedelta(days=3), None, 2)) == 4
    assert len(due_days(SATURDAYS, TODAY - timedelta(days=3), None, 2)) == 4


def test_who_joined_later_owes_from_then() -> None:
    assert due_days(SATURDAYS, TODAY, date(2026, 10, 20), 2) == (*SATURDAYS[1:], TODAY)
    assert due_days(SATURDAYS, TODAY, TODAY, 2) == (TODAY,)


def test_a_raised_saving_is_owed_from_the_day_it_was_voted() -> None:
    versions = [(date(2026, 10, 1), 10_000), (date(2026, 11, 1), 20_000)]
    assert due_minor((*SATURDAYS, TODAY), versions) == 10_000 + 10_000 + 20_000 + 20_000
    assert due_minor([date(2026, 1, 1)], versions) == 10_000
    assert due_minor([TODAY], []) == 0


@given(
    days=st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=40),
    on=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    weeks=st.integers(0, 5),
)
def test_a_saving_is_due_at_least_at_every_meeting_and_never_twice_in_a_day(
    days: list[date], on: date, weeks: int
) -> None:
    found = due_days(days, on, None, weeks)
    assert found[-1] == on
    assert list(found) == sorted(set(found))
    assert len(found) >= len({day for day in days if day < on}) + 1
