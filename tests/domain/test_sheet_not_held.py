"""A sheet of a meeting that was said not to be held."""

from __future__ import annotations

from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_state import SheetState
from tests.meeting_grounds import yrys


def test_not_held() -> None:
    draft = Draft(yrys())
    draft.set_held(held=False, reason="snow")
    sheet = draft.sheet()
    assert (sheet.held, sheet.reason, sheet.rows) == (False, "snow", ())
    assert sheet_problems(draft.ground, sheet) == []
    draft.undo()
    assert draft.state == SheetState(number="37")


def test_money_typed_before_it_was_said_not_to_be_held_is_told_of() -> None:
    draft = Draft(yrys())
    draft.mark(3, Attendance.ABSENT)
    draft.set_held(held=False, reason="snow")
    assert sheet_problems(draft.ground, draft.sheet()) == [], "a mark is no money, nor is the fine for it"
    draft.set_held(held=True)
    draft.all_usual()
    draft.set_held(held=False, reason="snow")
    found = {one.code for one in sheet_problems(draft.ground, draft.sheet())}
    assert Code.MONEY_WITHOUT_MEETING in found
