"""When a group meets by its rules: the words of `meeting` in a version's content, as `rules` knows them too."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import Any

LAST_WEEKDAY = 6
MOST_WEEKS = 52
LAST_DAY = 31
LAST_IN_MONTH = 5
"""As `month_week`: the last such weekday of the month, be it the fourth or the fifth."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Day of the week (Monday 0; None: not said), every how many weeks (0: not said), and the hour as written.

    Once a calendar month instead: on `month_day` (1 to 31; a shorter month's last day stands for the days it has not),
    or on the `month_week`-th such `weekday` (1 to 4, 5 the last one). Zero is not said; weeks are then left aside.

    Planned days of weeks count from one another; those of months are the calendar's, whatever day is asked about.
    """

    weekday: int | None = None
    every_weeks: int = 0
    time: str = ""
    month_day: int = 0
    month_week: int = 0

    @property
    def is_monthly(self) -> bool:
        """Once a calendar month."""
        return self.month_day > 0 or (self.month_week > 0 and self.weekday is not None)

    @property
    def is_said(self) -> bool:
        """Whether it names days at all."""
        return self.is_monthly or self.every_weeks > 0

    @property
    def bare(self) -> Rhythm:
        """What of it decides on which days something falls due: two that are equal in it are one rhythm."""
        if self.month_day:
            return Rhythm(month_day=self.month_day)
        if self.is_monthly:
            return Rhythm(self.weekday, month_week=self.month_week)
        return Rhythm(every_weeks=self.every_weeks)

    def following(self, day: date) -> date:
        """The planned day after `day`, or after the one that `day` stands for."""
        if not self.is_monthly:
            return day + timedelta(weeks=self.every_weeks)
        return self.after(self.nearest(day) or day)

    def preceding(self, day: date) -> date:
        """The planned day before `day`."""
        if not self.is_monthly:
            return day - timedelta(weeks=self.every_weeks)
        this = self._in_month(day.year, day.month)
        if this < day:
            return this
        before = day.replace(day=1) - timedelta(days=1)
        return self._in_month(before.year, before.month)

    def after(self, day: date) -> date:
        """The first planned day after `day`, however near it is."""
        if not self.is_monthly:
            return day + timedelta(weeks=self.every_weeks)
        this = self._in_month(day.year, day.month)
        if this > day:
            return this
        later = day.replace(day=1) + timedelta(days=LAST_DAY)
        return self._in_month(later.year, later.month)

    def nearest(self, day: date) -> date | None:
        """The planned day that is less than half a period from `day`; None where it lies in the middle of two."""
        if not self.is_monthly:
            return day
        later = self.after(day)
        earlier = self.preceding(later)
        if 2 * (day - earlier) == later - earlier:
            return None
        return earlier if 2 * (day - earlier) < later - earlier else later

    def stands_for(self, held: date, planned: date) -> bool:
        """Whether a meeting is less than half a period from a planned day."""
        if held < planned:
            return 2 * (planned - held) < planned - self.preceding(planned)
        return 2 * (held - planned) < self.following(planned) - planned

    def _in_month(self, year: int, month: int) -> date:
        first_weekday, days = monthrange(year, month)
        if self.month_day:
            return date(year, month, min(self.month_day, days))
        first = 1 + ((self.weekday or 0) - first_weekday) % 7
        day = first + 7 * (self.month_week - 1)
        return date(year, month, day if day <= days else day - 7)


def read_rhythm(content: Mapping[str, Any]) -> Rhythm:
    """The rhythm of a version of the rules; what cannot be read counts as not said, as in `rules.read_rules`."""
    said = content.get("meeting")
    if not isinstance(said, Mapping):
        return Rhythm()
    weekday = said.get("weekday")
    return Rhythm(
        weekday if type(weekday) is int and 0 <= weekday <= LAST_WEEKDAY else None,
        _whole(said.get("every_weeks"), MOST_WEEKS),
        str(said.get("time", "")),
        _whole(said.get("month_day"), LAST_DAY),
        _whole(said.get("month_week"), LAST_IN_MONTH),
    )


def _whole(typed: object, most: int) -> int:
    return typed if type(typed) is int and 0 <= typed <= most else 0
