"""A correction's preview shows the sums of today, as the book has them today; of a day ahead those of that day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_entry import Preview
from shg_desk.actions.views_entry import preview_of
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.entries import entries_of

TODAY, AHEAD = date(2026, 3, 20), date(2026, 3, 25)


def saved(desk: Desk, group: str, on: date, amount_minor: int) -> str:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", amount_minor),)) for n in range(1, 5))
    name = record_meeting(desk, Sheet(group, on, rows=rows)).value.name
    assert name is not None
    return name


def taken_back(desk: Desk, group: str, meeting: str, cash: str) -> Preview:
    first = entries_of(desk.book, meeting)[0]
    return preview_of(desk, group, plan_entry(desk, first.name, "reverse", cash=cash))


def test_what_changes_today_leaves_out_what_is_dated_ahead(tmp_path: Path) -> None:
    """Four saved 200 each on 5 March and 100 each are dated 25 March: on 20 March 800 lie in the box, not 1200."""
    desk = make_desk(tmp_path, day=TODAY)
    group = make_group(desk)
    meeting = saved(desk, group, date(2026, 3, 5), 20_000)
    ahead = saved(desk, group, AHEAD, 10_000)
    preview = taken_back(desk, group, meeting, MOVES_TODAY)
    assert preview.effects_on is None
    assert {one.account: (one.before_minor, one.after_minor) for one in preview.effects} == {
        "box": (80_000, 60_000),
        "saving.compulsory": (20_000, 0),
    }
    preview = taken_back(desk, group, ahead, IN_DIFFERENCES)
    assert preview.effects_on == AHEAD, "today nothing changes"
    assert {one.account: (one.before_minor, one.after_minor) for one in preview.effects} == {
        "box": (120_000, 110_000),
        "saving.compulsory": (30_000, 20_000),
    }
    desk.close()
