"""When compulsory saving falls due, and what of the money brought counts towards it.

The planned days count from the first meeting held (in a cycle: its first), each rhythm from the last planned day before
it. A meeting held less than half a period from a planned day stands for it, once; any other meeting makes nothing due.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import timedelta
from itertools import pairwise


def due_days(
    held: Iterable[date], on: date, rhythms: Sequence[tuple[date, int]], since: date | None = None
) -> tuple[date, ...]:
    """The days a compulsory saving fell due up to and with the sheet of `on`, which counts as a meeting held.

    `held` are the days of meetings that took place; those before `since` (the day a cycle began) are left out.
    `rhythms` are (day it holds from, every how many weeks; 0: none said), in order; the first holds backwards as well.
    The first meeting under a new rhythm begins it where it comes before its first planned day, half a period at least
    after what was due last.
    A planned day falls due on the day of the meeting that stands for it, be it early or postponed, else on its own:
    weeks without a meeting are owed as well, and an extra meeting is not. Where no rhythm is said every meeting is due.
    """
    meetings = sorted({day for day in held if day < on and (since is None or day >= since)} | {on})
    found = [meetings[0]]
    free = meetings[1:]
    last = meetings[0]
    for starts, ends, weeks in _stretches(rhythms, last, on):
        if not weeks:
            own = [day for day in free if starts <= day < ends]
            found += own
            free = [day for day in free if day not in own]
            last = own[-1] if own else last
            continue
        step = timedelta(weeks=weeks)
        day = _first_planned(last, starts, step)
        if starts > meetings[0]:
            own_begin = (one for one in free if starts <= one < ends and 2 * (one - max(found)) >= step)
            day = min(day, next(own_begin, day))
        while 2 * (day - min(on, ends - timedelta(days=1))) < step:
            near = (one for one in free if one >= starts and 2 * abs(one - day) < step)
            stands = next(near, None)
            early = stands is not None and stands < ends
            if (day > on and stands is None) or (day >= ends and not early):
                break
            if stands is not None:
                free.remove(stands)
            found.append(stands or day)
            last = stands if stands is not None and day >= ends else day
            day += step
    return tuple(sorted(found))


def _stretches(rhythms: Sequence[tuple[date, int]], first: date, on: date) -> Iterator[tuple[date, date, int]]:
    """(first day, day after the last, weeks) of each rhythm between two days; what did not change is one stretch."""
    known = [(start, weeks) for start, weeks in rhythms if start <= on] or [(first, rhythms[0][1] if rhythms else 0)]
    before = [weeks for start, weeks in known if start <= first]
    changes = [(first, before[-1] if before else known[0][1])]
    for start, weeks in known:
        if start > first and weeks != changes[-1][1]:
            changes.append((start, weeks))
    for (start, weeks), (end, _) in pairwise([*changes, (on + timedelta(days=1), 0)]):
        if start < end:
            yield start, end, weeks


def _first_planned(last: date, starts: date, step: timedelta) -> date:
    """The first day after `last`, whole periods from it, that is not before `starts`."""
    return last + step * max(1, -((last - starts) // step))


def due_minor(days: Iterable[date], versions: Sequence[tuple[date, int]]) -> int:
    """What fell due on those days in all, minor units; `versions` are (day it holds from, amount) in order.

    What falls due before the first of them is due by the first: the rules had to begin somewhere.
    """
    return sum(_asked(day, versions) for day in days)


def _asked(day: date, versions: Sequence[tuple[date, int]]) -> int:
    holding = [amount for start, amount in versions if start <= day]
    return holding[-1] if holding else versions[0][1] if versions else 0


def left_to_bring_minor(
    days: Iterable[date],
    versions: Sequence[tuple[date, int]],
    brought_minor: Mapping[date, int],
    taken_minor: Mapping[date, int],
) -> int:
    """What of the saving due on `days` is not brought yet, minor units; below zero: paid ahead.

    `brought_minor` is what came in by day and `taken_minor` what was withdrawn or shared out, both of this cycle only:
    what was carried into it is neither ahead nor behind. Money taken out was brought all the same: it takes what was
    paid ahead first, and never makes arrears.
    """
    due = list(days)
    total = paid = 0
    for day in sorted({*due, *brought_minor, *taken_minor}):
        total += due.count(day) * _asked(day, versions)
        paid += brought_minor.get(day, 0)
        paid -= min(max(paid - total, 0), max(taken_minor.get(day, 0), 0))
    return total - paid
