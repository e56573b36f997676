"""A group whose past savings came from a table: nobody looks paid ahead, and what falls due since is counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.ground import ground_of
from shg_desk.actions.imports import import_savings
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_columns import proposals
from shg_desk.tables.mapping import parse_map

RULES = {
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}],
    "meeting": {"weekday": 5, "every_weeks": 2},
}


def test_what_a_table_brought_is_neither_ahead_nor_behind(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk, "A", members=2, rules=RULES)
    path = tmp_path / "savings.csv"
    path.write_text("топ;номер;сумма\nA;1;1300\nA;2;700\n", "utf-8")
    columns = {"group": "топ", "member": "номер", "amount": "сумма"}
    given = parse_map({"columns": columns})[0]
    import_savings(desk, path, given, day=date(2026, 3, 31))
    first = date(2026, 4, 4)

    def proposed(on: date) -> list[int]:
        ground = ground_of(desk, group, on)
        found = [proposals(ground, member, None).get(("saving.compulsory", "")) for member in ground.members]
        return [0 if one is None else one.amount_minor for one in found]

    def due(on: date) -> list[int]:
        members = ground_of(desk, group, on).members
        return [m.saving_due_minor["compulsory"] - m.saved_minor.get("compulsory", 0) for m in members]

    saved = [member.saved_minor for member in ground_of(desk, group, first).members]
    assert saved == [{"compulsory": 130_000}, {"compulsory": 70_000}]
    assert proposed(first) == [10_000, 10_000], "the table's money is no payment ahead"
    rows = (SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000, product="compulsory"),)),)
    record_meeting(desk, Sheet(group, first, rows=rows))
    assert due(date(2026, 4, 18)) == [10_000, 20_000], "the second did not bring hers"
    assert due(date(2026, 5, 16)) == [30_000, 40_000], "and weeks without a meeting are owed as well"
    desk.close()
