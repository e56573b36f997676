"""A village for the tests of pages: a group with rules, three meetings, a loan that is late, a short cash box."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import Any

from desk_maker import make_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import set_officer
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import groups as group_store

RULES: dict[str, Any] = {
    "lifecycle": "permanent",
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}],
    "social": "20",
    "fines": {"late": "40"},
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3},
    "quorum_percent": 66,
    "meeting": {"weekday": 5, "every_weeks": 2, "time": "14:00"},
}
FIRST = date(2026, 10, 10)
TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3}


def village(desk: Desk) -> str:
    """Four members save 100 and 20 at each of three meetings; the second one borrows 300 at the first and pays nothing.

    At the third 40 are missing from the box. The next meeting is due on the day itself.
    """
    group = make_group(desk, "KB-03", members=4, rules=RULES)
    leader = group_store.memberships(desk.book, group)[0].id
    set_officer(desk, group, "treasurer", leader, FIRST, date(2026, 12, 3))
    box = 0
    for at in range(3):
        on = FIRST + timedelta(weeks=2 * at)
        rows = []
        for number in range(1, 5):
            ins = (In("saving", 10_000, product="compulsory"), In("social", 2_000))
            outs = (Out("loan", 30_000, terms=TERMS),) if (number, at) == (2, 0) else ()
            rows.append(SheetRow(str(number), Attendance.PRESENT, ins=ins, outs=outs))
            box += 12_000 - (30_000 if outs else 0)
        short = 4_000 if at == 2 else 0
        box -= short
        named = (NamedDifference(-short, "not found", "open"),) if short else ()
        counts = (Count(total_minor=box),)
        record_meeting(desk, Sheet(group, on, rows=tuple(rows), counts=counts, differences=named))
    return group


CYCLE_END = date(2027, 3, 31)


def saving_group(desk: Desk) -> str:
    """Four members with 400 saved each, two guarantors a loan by the rules, a cycle until 31.03.2027."""
    cycle = {"from": "2026-04-01", "until": CYCLE_END.isoformat()}
    group = make_group(desk, "KB-03", members=4, rules={**RULES, "guarantors": 2, "cycle": cycle, "loan_multiple": "3"})
    rows = tuple(
        SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 40_000, product="compulsory"),)) for n in range(1, 5)
    )
    record_meeting(desk, Sheet(group, date(2026, 11, 7), rows=rows, counts=(Count(total_minor=160_000),)))
    return group


def nothing(_desk: Desk) -> None:
    """An empty book."""
