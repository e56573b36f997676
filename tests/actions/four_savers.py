"""A group whose four members saved 100 each at one meeting: what the tests of its later days begin with."""

from __future__ import annotations

from datetime import date

from desk_maker import make_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow

MARCH, APRIL, MAY = date(2026, 3, 12), date(2026, 4, 9), date(2026, 5, 7)


def four_saved(desk: Desk, difference: NamedDifference | None = None) -> str:
    """The group, which met in March; what the count found more or less is named so."""
    group = make_group(desk)
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000),)) for n in range(1, 5))
    found, named = (0, ()) if difference is None else (difference.amount_minor, (difference,))
    record_meeting(desk, Sheet(group, MARCH, rows=rows, counts=(Count(total_minor=40_000 + found),), differences=named))
    return group
