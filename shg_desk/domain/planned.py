"""When a group meets next, and how old somebody is: plain calendar rules that several pages and papers show."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from shg_desk.domain.rhythm import Rhythm


def planned_day(
    rhythm: Rhythm,
    *,
    last_on: date | None,
    agreed: date | None,
    formed_on: date | None,
    today: date,
    since: date | None = None,
) -> date | None:
    """The day of a group's next meeting; None where neither rules nor the last meeting say.

    What the last meeting agreed stands first. Else it is so many weeks after the last meeting, on the nearest day that
    is the group's weekday; or the day of the calendar after the one that the last meeting stood for, where the rhythm
    did not begin (`since`) only with that meeting or after it. A group that has not met yet meets on its first such day
    from today on.
    """
    weekday = rhythm.weekday
    if last_on is not None and agreed is not None and agreed > last_on:
        return agreed
    if last_on is None:
        first = max(today, formed_on or today)
        if rhythm.is_monthly:
            return rhythm.after(first - timedelta(days=1))
        return None if weekday is None else first + timedelta(days=(weekday - first.weekday()) % 7)
    if not rhythm.is_said:
        return None
    if rhythm.is_monthly:
        if since is not None and since >= last_on:
            return rhythm.after(max(last_on, since - timedelta(days=1)))
        return rhythm.following(last_on)
    day = last_on + timedelta(weeks=rhythm.every_weeks)
    return day if weekday is None else day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def next_number(number: str | None) -> str:
    """The number of the next meeting, as the group counts."""
    if number is None:
        return "1"
    return str(int(number) + 1) if number.isdecimal() else ""


def age_on(born: date, on: date) -> int:
    """Whole years of age on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
