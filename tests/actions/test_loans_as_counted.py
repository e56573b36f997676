"""The list of loans stands in the order of the members' numbers, as the group counts them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow

TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3}
RULES = {"lifecycle": "permanent", "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}]}


def test_the_second_member_stands_before_the_tenth(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk, "KB-03", members=12, rules=RULES)
    rows = tuple(
        SheetRow(
            str(number),
            Attendance.PRESENT,
            ins=(In("saving", 10_000, product="compulsory"),),
            outs=(Out("loan", 5_000, terms=TERMS),),
        )
        for number in (11, 2, 1, 12, 3, 10)
    )
    record_meeting(desk, Sheet(group, date(2026, 10, 10), rows=rows, counts=(Count(total_minor=30_000),)))
    assert [one.number for one in loan_list(desk, only="all", on=date(2026, 11, 21)).lines] == [
        "1",
        "2",
        "3",
        "10",
        "11",
        "12",
    ]
    desk.close()
