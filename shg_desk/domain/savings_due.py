"""When compulsory saving fell due, and how much: by the calendar from the first meeting this book knows.

What a table brought in before counts as what was due by then: nobody is ahead or behind by a past that is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from datetime import timedelta


def due_days(meeting_days: Iterable[date], on: date, since: date | None, every_weeks: int) -> tuple[date, ...]:
    """The days a saving was due to the sheet of `on`, that day the last of them.

    `meeting_days` are those recorded, held or not; those before `since` are left out. Where more meetings were planned
    (`every_weeks`, 0: no rhythm) than recorded, the calendar says the days: a month without a meeting is owed as well.
    """
    recorded = sorted({day for day in meeting_days if day < on and (since is None or day >= since)})
    days = (*recorded, on)
    if not every_weeks:
        return days
    step = timedelta(weeks=every_weeks)
    planned = round((on - days[0]) / step) + 1
    if planned <= len(days):
        return days
    return (*(days[0] + step * i for i in range(planned - 1)), on)


def due_minor(days: Iterable[date], versions: Sequence[tuple[date, int]]) -> int:
    """What fell due on those days in all, minor units; `versions` are (day it holds from, amount) in order.

    What falls due before the first of them is due by the first: the rules had to begin somewhere.
    """
    total = 0
    for day in days:
        holding = [amount for start, amount in versions if start <= day]
        total += holding[-1] if holding else versions[0][1] if versions else 0
    return total
