"""Where a loan was paid twice, every paper and page says the same debt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import group_facts
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_member import member_view
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.groups import memberships


def test_what_was_overpaid_is_set_off_on_every_paper(tmp_path: Path) -> None:
    """318 of a loan of 300 paid twice, the second time by another program's record, and 600 lent: 600 - 300 is left."""
    desk = make_desk(tmp_path, day=date(2026, 6, 30))
    group = make_group(desk)
    here, march, april = Attendance.PRESENT, date(2026, 3, 19), date(2026, 4, 20)
    saved = tuple(SheetRow(str(n), here, ins=(In("saving", 200_000),)) for n in (1, 2))
    record_meeting(desk, Sheet(group, date(2026, 3, 5), rows=saved))
    record_meeting(desk, Sheet(group, march, rows=(SheetRow("1", here, outs=(Out("loan", 30_000),)),)))
    (loan,) = loan_list(desk, group).lines
    member = next(one.id for one in memberships(desk.book, group) if one.number == "1")
    write_between(desk, Between(group, april, "repayment", 31_800, member))
    again = {"accounts": ["box", "interest", "principal"], "by": "loan", "kind": "repayment"}
    body = {"group": group, "date": april.isoformat(), "members": [member], "loans": [loan.id]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", {**body, "entries": [{**again, "lines": [[0, 31_800, -1_800]]}]}))
    row = SheetRow("1", here, outs=(Out("loan", 60_000),))
    sheet = Sheet(group, date(2026, 4, 23), rows=(row,))
    meeting = record_meeting(desk, sheet).value.name
    assert meeting is not None
    after = after_meeting_of(desk, meeting)
    (booklet,), (card, *_) = after.booklets, after.cards
    assert (booklet.debt_minor, card.debt_minor) == (30_000, 30_000)
    assert [(one.left_of, one.left_minor) for one in booklet.lines] == [("debt", 30_000)]
    assert member_view(desk, member).now.debt_minor == 30_000
    assert next(one for one in booklets(group_facts(desk, group)) if one.holder.number == "1").closing.debt_minor == (
        30_000
    )
    desk.close()
