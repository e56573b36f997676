"""What is read aloud after closing, from the sheet and the group as it is then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shg_desk.domain.booklet import NextDue
from shg_desk.domain.booklet import next_due
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_aloud import readings
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from tests.meeting_grounds import yrys

REPAY = "repayment"


def test_what_is_read_aloud() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    draft.confirm(Place(1, REPAY))
    second = readings(draft.sheet(), draft.ground)[1]
    assert (second.number, second.paid_minor, second.saved_minor) == ("2", 118_000, 250_000)
    assert (second.debt_minor, second.next_due) == (600_000, NextDue(date(2026, 12, 5), 106_000, 106_000))


def test_what_is_read_aloud_is_what_the_paper_reads() -> None:
    """Number 2 pays nothing: her dues of the day are late on the screen as on paper, the next ones told apart."""
    draft = Draft(yrys())
    draft.mark(1, Attendance.ABSENT)
    said = readings(draft.sheet(), draft.ground)
    assert [one.next_due for one in said] == [next_due(member, draft.ground.on) for member in draft.ground.members]
    assert said[1].next_due == NextDue(date(2026, 12, 5), 106_000, 106_000)


def test_namesakes_are_read_with_their_fathers_names() -> None:
    ground = yrys()
    first, second, *rest = ground.members
    ground = replace(
        ground,
        members=(replace(first, name="Айша", father="Осмон"), replace(second, name="Айша", father="Бакыт"), *rest),
    )
    names = [one.name for one in readings(Draft(ground).sheet(), ground)]
    assert names[:2] == ["Айша, Осмон", "Айша, Бакыт"]
    assert names[2] == rest[0].name
