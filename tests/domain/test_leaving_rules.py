"""The last day of a membership, also at the ends of the calendar."""

from __future__ import annotations

from datetime import date

from shg_desk.domain.leaving import DIED
from shg_desk.domain.leaving import last_day


def test_who_died_is_no_member_on_that_day() -> None:
    assert last_day(date(2026, 3, 1), DIED) == date(2026, 2, 28)
    assert last_day(date(2026, 3, 1), "left") == date(2026, 3, 1)
    assert last_day(date.min, DIED) == date.min
    assert last_day(None, DIED) is None
