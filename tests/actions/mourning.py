"""A village in which a member dies, and its accounts added up from the raw lines of the log."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from desk_maker import make_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import set_officer
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import groups as group_store
from shg_desk.store import log

MARCH, APRIL, MAY, DIED, DECIDED = (
    date(2026, 3, 12), date(2026, 4, 9), date(2026, 5, 7), date(2026, 5, 20), date(2026, 6, 4),
)  # fmt: skip


def plain(desk: Desk, group: str) -> dict[tuple[str, str | None], int]:
    """Every account from the raw lines: entries as the format says, the last account takes the rest."""
    book, found = desk.book, Counter[tuple[str, str | None]]()
    for op in log.between(book.db, book.device, book.epoch, 1, log.tip(book.db, book.device, book.epoch).seq):
        body: dict[str, Any] = json.loads(op.line)["body"]
        if body.get("group") != group:
            continue
        for block in body.get("entries", ()):
            owners = body.get({"member": "members", "loan": "loans"}.get(block.get("by"), ""), [])
            for whose, *amounts in block["lines"]:
                given = [one for one in amounts if not isinstance(one, dict)]
                given.append(-sum(given))
                assert sum(given) == 0
                for code, amount in zip(block["accounts"], given, strict=True):
                    word = code.partition(".")[0]
                    own = word in ("saving", "ahead", "payable", "fines", "hand", "principal", "interest")
                    found[code, owners[whose] if own else None] += amount
    return {key: amount for key, amount in found.items() if amount}


def village(desk: Desk) -> tuple[str, str]:
    """Four members; the second has savings, a loan, fines and a post, and answers for a loan of the first."""
    group = make_group(desk)
    members = {one.number: one.id for one in group_store.memberships(desk.book, group)}
    for number, post in (("1", "leader"), ("2", "treasurer"), ("3", "secretary")):
        set_officer(desk, group, post, members[number], date(2026, 3, 1))
    rows = [
        SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 200_000), In("social", 50_000))) for n in range(1, 5)
    ]
    record_meeting(desk, Sheet(group, MARCH, rows=tuple(rows), counts=(Count(total_minor=1_000_000),)))
    lent = Out("loan", 90_000)
    rows = [
        SheetRow("1", Attendance.PRESENT, outs=(Out("loan", 60_000, guarantors=("2",)),)),
        SheetRow("2", Attendance.LATE, ins=(In("fine-owed", 4_000, why="late"),), outs=(lent,)),
        *(SheetRow(str(n), Attendance.PRESENT) for n in (3, 4)),
    ]
    record_meeting(desk, Sheet(group, APRIL, rows=tuple(rows), counts=(Count(total_minor=850_000),)))
    pay = In("repayment", 31_800)
    rows = [SheetRow("2", Attendance.PRESENT, ins=(pay,)), *(SheetRow(n, Attendance.PRESENT) for n in ("1", "3", "4"))]
    record_meeting(desk, Sheet(group, MAY, rows=tuple(rows), counts=(Count(total_minor=881_800),)))
    return group, members["2"]


def of(desk: Desk, group: str, member: str) -> dict[str, int]:
    return {code: amount for (code, owner), amount in plain(desk, group).items() if owner == member}
