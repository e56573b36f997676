"""Warnings about the day of what is being written: one that has not come yet, one after which more is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet


def about_ahead(ground: Ground, on: date) -> Iterator[Problem]:
    """A warning for a day that has not come yet, as far as the clock can be believed."""
    if ground.today is not None and on > ground.today:
        facts: dict[str, Fact] = {"date": on.isoformat(), "today": ground.today.isoformat()}
        yield Problem(Code.DATE_AHEAD, "date", facts, Level.WARNING)


def about_later(ground: Ground, places: Iterable[str]) -> Iterator[Problem]:
    """A warning where records of later days make another sum of a place: who looks there now finds that one.

    A count of a day is compared with the book at the end of that day. One warning, of the first such place.
    """
    for place in places:
        then, now = ground.places_minor.get(place, 0), ground.places_at_end_minor.get(place, 0)
        if ground.later_on is not None and then != now:
            facts: dict[str, Fact] = {"date": ground.on.isoformat(), "until": ground.later_on.isoformat()}
            facts |= {"place": place, "then_minor": then, "later_minor": now}
            facts |= {"currency": ground.currency.code, "minor_digits": ground.currency.minor_digits}
            yield Problem(Code.LATER_RECORDS, "date", facts, Level.WARNING)
            return


def places_of(sheet: Sheet) -> list[str]:
    """The places whose money rows, lines and counts of a sheet speak of, the box first."""
    found = ["box"] if any(row.has_money for row in sheet.rows) else []
    for line in sheet.lines:
        found += [place for place in (line.source, line.target) if place] if line.kind == "transfer" else [line.place]
    return list(dict.fromkeys((*found, *(count.place for count in sheet.counts))))
