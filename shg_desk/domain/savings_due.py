"""When compulsory saving falls due, and what of the money brought counts towards it.

The planned days count from the first meeting held under rules (in a cycle: its first), each rhythm of weeks from the
last planned day before it; those of months stand in the calendar. A meeting held less than half a period from a planned
day stands for it, once; any other meeting makes nothing due. Nothing is due for days before the first rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import timedelta
from itertools import pairwise

from shg_desk.domain.rhythm import Rhythm


def due_days(
    held: Iterable[date], on: date, rhythms: Sequence[tuple[date, Rhythm]], since: date | None = None
) -> tuple[date, ...]:
    """The days a compulsory saving fell due up to and with the sheet of `on`, which counts as a meeting held.

    `held` are the days of meetings that took place; those before `since` (the day a cycle began), or before the first
    of the `rhythms`, are left out. `rhythms` are (day it holds from, how often), in order.
    The first meeting under a new rhythm begins it where it comes before its first planned day, half a period at least
    after what was due last. One that is as near to a planned day of its own rhythm as to a missed one of the rhythm
    before is its own rhythm's.
    A planned day falls due on the day of the meeting that stands for it, be it early or postponed, else on its own:
    weeks without a meeting are owed as well, and an extra meeting is not. Where no rhythm is said every meeting is due.
    """
    begins = max([day for day in (since, *(start for start, _ in rhythms[:1])) if day is not None], default=date.min)
    meetings = sorted({day for day in held if begins <= day < on} | {on})
    found = [meetings[0]]
    free = meetings[1:]
    last = meetings[0]
    before = None
    stretches = list(_stretches(rhythms, last, on))
    for at, (starts, ends, rhythm) in enumerate(stretches, start=1):
        if not rhythm.is_said:
            own = [day for day in free if starts <= day < ends]
            found += own
            free = [day for day in free if day not in own]
            last, before = own[-1] if own else last, None
            continue
        day = _first_planned(last, before, rhythm, starts)
        if starts > meetings[0]:
            day = min(day, next(_begins(free, max(found), rhythm, starts, ends), day))
        limit = min(on, ends - timedelta(days=1))
        while day <= limit or rhythm.stands_for(limit, day):
            stands = next((one for one in free if one >= starts and rhythm.stands_for(one, day)), None)
            if stands is not None and stands >= ends and _has_its_own(stands, day, rhythm, stretches[at:]):
                stands = None
            early = stands is not None and stands < ends
            if (day > on and stands is None) or (day >= ends and not early):
                break
            if stands is not None:
                free.remove(stands)
            found.append(stands or day)
            last = stands if stands is not None and day >= ends else day
            day = rhythm.following(day)
        before = rhythm
    return tuple(sorted(found))


def _begins(free: Sequence[date], due_last: date, rhythm: Rhythm, starts: date, ends: date) -> Iterator[date]:
    """The meetings of a rhythm's stretch that are half a period at least after what was due last."""
    for one in free:
        if starts <= one < ends and 2 * (one - due_last) >= rhythm.after(one) - rhythm.preceding(rhythm.after(one)):
            yield one


def _has_its_own(one: date, day: date, rhythm: Rhythm, later: Sequence[tuple[date, date, Rhythm]]) -> bool:
    """Whether a meeting held when `rhythm` was no more is at least as near to a planned day of its own as to `day`."""
    last, before = day, rhythm
    for starts, ends, new in later:
        if not new.is_said:
            if starts <= one < ends:
                return True
            continue
        planned = _first_planned(last, before, new, starts)
        while True:
            if new.stands_for(one, planned) and abs(one - planned) <= abs(one - day):
                return True
            if planned > one or planned >= ends:
                break
            last, planned = planned, new.following(planned)
        before = new
    return False


def _stretches(rhythms: Sequence[tuple[date, Rhythm]], first: date, on: date) -> Iterator[tuple[date, date, Rhythm]]:
    """(first day, day after the last, rhythm) of each rhythm between two days; what did not change is one stretch."""
    bare = [(start, rhythm.bare) for start, rhythm in rhythms]
    known = [one for one in bare if one[0] <= on] or [(first, bare[0][1] if bare else Rhythm())]
    changes = [(first, [rhythm for start, rhythm in known if start <= first][-1])]
    for start, rhythm in known:
        if start > first and rhythm != changes[-1][1]:
            changes.append((start, rhythm))
    for (start, rhythm), (end, _) in pairwise([*changes, (on + timedelta(days=1), Rhythm())]):
        if start < end:
            yield start, end, rhythm


def _first_planned(last: date, before: Rhythm | None, rhythm: Rhythm, starts: date) -> date:
    """The first planned day after the one `last`, planned by the rhythm `before`, that is not before `starts`.

    What fell due less than half the shorter of both periods from a day of the calendar stands for it.
    """
    if not rhythm.is_monthly:
        step = timedelta(weeks=rhythm.every_weeks)
        return last + step * max(1, -((last - starts) // step))
    near = rhythm.nearest(last)
    if near is not None and before is not None and 2 * abs(last - near) >= before.following(last) - last:
        near = None
    day = rhythm.after(near or last)
    while day < starts:
        day = rhythm.after(day)
    return day


def _asked(day: date, versions: Sequence[tuple[date, int]]) -> int:
    return next((amount for start, amount in reversed(versions) if start <= day), 0)


def left_to_bring_minor(
    days: Iterable[date],
    versions: Sequence[tuple[date, int]],
    brought_minor: Mapping[date, int],
    taken_minor: Mapping[date, int],
) -> int:
    """What of the saving due on `days` is not brought yet, minor units; below zero: paid ahead.

    `versions` are (day it holds from, amount) in order; nothing is due for days before the first that asks anything,
    and what was moved before that day is savings, neither ahead nor behind. `brought_minor` is what came in by day and
    `taken_minor` what was withdrawn or shared out, both of this cycle only: what was carried into it is neither ahead
    nor behind. Money taken out was brought all the same: it takes what was paid ahead first, and never makes arrears.
    """
    begins = next((start for start, amount in versions if amount), None)
    if begins is None:
        return 0
    due = list(days)
    total = paid = 0
    for day in sorted(day for day in {*due, *brought_minor, *taken_minor} if day >= begins):
        total += due.count(day) * _asked(day, versions)
        paid += brought_minor.get(day, 0)
        paid -= min(max(paid - total, 0), max(taken_minor.get(day, 0), 0))
    return total - paid
