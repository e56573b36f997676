"""What the closing preview says is carried over is what the group's books hold afterwards."""

from __future__ import annotations

from dataclasses import replace

from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_preview import preview_of
from shg_desk.domain.sheet_steps import Place
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

AWAY = Place(3, "fine")


def fines_carried(draft: Draft) -> list[tuple[int, int]]:
    return [(due.place.line, due.left_minor) for due in preview_of(draft).left if due.place.column == "fine"]


def fines_written(draft: Draft) -> list[tuple[str, str, int]]:
    return [(one.kind, one.why, one.amount_minor) for row in draft.sheet().rows for one in row.ins]


def test_a_fine_nobody_confirmed_is_not_carried_over() -> None:
    draft = Draft(yrys(rules=rules(fines={"absent": "50"})))
    draft.mark(AWAY.line, Attendance.ABSENT)
    assert fines_carried(draft) == []
    assert AWAY in preview_of(draft).unconfirmed
    assert fines_written(draft) == []
    draft.confirm(AWAY)
    assert fines_carried(draft) == [(AWAY.line, 5_000)]
    assert AWAY not in preview_of(draft).unconfirmed
    assert fines_written(draft) == [("fine-owed", "absent", 5_000)]


def test_what_was_owed_before_stays_owed_beside_a_fine_nobody_confirmed() -> None:
    """30 from before and 50 of today: 30 stay."""
    ground = yrys(rules=rules(fines={"absent": "50"}))
    members = tuple(replace(one, fines_owed_minor=3_000) if one.number == "4" else one for one in ground.members)
    draft = Draft(replace(ground, members=members))
    draft.mark(AWAY.line, Attendance.ABSENT)
    assert fines_carried(draft) == [(AWAY.line, 3_000)]
    assert AWAY in preview_of(draft).unconfirmed
