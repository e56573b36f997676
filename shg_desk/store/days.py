"""Days and months as the tables keep them: numbers that sort and subtract."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def day_and_month(text: str) -> tuple[int, int]:
    """The day number (proleptic ordinal) and month number (year x 12 + month - 1) of an ISO date."""
    day = date.fromisoformat(text)
    return day.toordinal(), day.year * 12 + day.month - 1


def month_of(day: int) -> int:
    """The month number of a day number."""
    when = date.fromordinal(day)
    return when.year * 12 + when.month - 1
