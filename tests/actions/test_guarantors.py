"""Who answers for a loan and what it is for: recorded with it, read back by minutes, loan page and corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import RULES
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_loans import loan_sheet
from shg_desk.actions.views_minutes import meeting_record
from shg_desk.domain.kinds import KindError
from shg_desk.domain.kinds import validate
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_file import read_sheet
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of

ON = date(2026, 11, 7)
TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3}


def loan_meeting(group: str, guarantors: tuple[str, ...]) -> Sheet:
    rows = [SheetRow(str(n), Attendance.PRESENT) for n in range(1, 5)]
    out = Out("loan", 30_000, terms=TERMS, text="for seed", guarantors=guarantors)
    rows[1] = SheetRow("2", Attendance.PRESENT, outs=(out,))
    return Sheet(group, ON, rows=tuple(rows))


def test_they_are_recorded_and_stay_through_a_correction(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk, rules={**RULES, "guarantors": 2})
    closed = record_meeting(desk, loan_meeting(group, ("4", "1")))
    assert Code.GUARANTORS_FEW not in {one.code for one in closed.warnings}
    meeting = str(closed.value.name)
    (line,) = loan_list(desk, group, on=ON).lines
    shown = loan_sheet(desk, line.id, ON)
    assert (shown.purpose, [number for number, _ in shown.guarantors]) == ("for seed", ["4", "1"])
    (given,) = meeting_record(desk, meeting).minutes.loans
    assert (given.purpose, [one.number for one in given.guarantors]) == ("for seed", ["4", "1"])

    opened = reopen_meeting(desk, meeting)
    again = Draft(opened.ground, state_of(opened.ground, opened.sheet))
    with pytest.raises(KnownError) as unchanged:
        plan_meeting(desk, meeting, again.sheet())
    assert [one.code for one in unchanged.value.problems] == [Code.NOTHING_CHANGED]
    again.mark(0, Attendance.LATE)
    correct_meeting(desk, meeting, plan_meeting(desk, meeting, again.sheet()), group, "came late")
    (given,) = meeting_record(desk, meeting).minutes.loans
    assert (given.purpose, [one.number for one in given.guarantors]) == ("for seed", ["4", "1"])
    again.set_loan(Place(1, "loan"), None, "for seed", ("3",))
    correct_meeting(desk, meeting, plan_meeting(desk, meeting, again.sheet()), group, "another guarantor")
    (given,) = meeting_record(desk, meeting).minutes.loans
    assert [one.number for one in given.guarantors] == ["3"]
    (line,) = loan_list(desk, group, on=ON).lines
    assert [number for number, _ in loan_sheet(desk, line.id, ON).guarantors] == ["3"]


@pytest.mark.parametrize(
    ("guarantors", "code"), [(("2",), Code.GUARANTOR_WRONG), (("9",), Code.MEMBER_UNKNOWN), (("1", "1"), None)]
)
def test_the_borrower_and_a_stranger_cannot_answer(
    tmp_path: Path, guarantors: tuple[str, ...], code: Code | None
) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk, rules={**RULES, "guarantors": 2})
    if code is None:
        told = record_meeting(desk, loan_meeting(group, guarantors)).warnings
        facts = [dict(one.facts) for one in told if one.code is Code.GUARANTORS_FEW]
        assert [(one["given"], one["needed"]) for one in facts] == [(1, 2)], "one woman named twice is one"
        return
    with pytest.raises(KnownError) as refused:
        record_meeting(desk, loan_meeting(group, guarantors))
    assert code in {one.code for one in refused.value.problems}


def test_a_sheet_file_names_them(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    meeting = str(record_meeting(desk, loan_meeting(group, ())).value.name)
    ground = reopen_meeting(desk, meeting).ground
    out: dict[str, Any] = {"kind": "loan", "amount": "300.00", "guarantors": ["1", "4"], "text": "for seed"}
    sheet, problems = read_sheet({"rows": [{"member": "2", "out": [out]}]}, ground)
    assert problems == []
    assert (sheet.rows[0].outs[0].guarantors, sheet.rows[0].outs[0].text) == (("1", "4"), "for seed")
    for wrong in ("1", [1], [{}]):
        _, problems = read_sheet({"rows": [{"member": "2", "out": [{**out, "guarantors": wrong}]}]}, ground)
        assert problems, wrong


@pytest.mark.parametrize("guarantors", [[2], [-1], ["a"], "a", {}, [0.5], [True]])
def test_a_record_that_names_nobody_is_refused(guarantors: object) -> None:
    new: Mapping[str, Any] = {
        "loan": "loan22222222222a",
        "code": "L-1",
        "member": 0,
        "amount": 100,
        "terms": {},
        "guarantors": guarantors,
    }
    body = {
        "group": "group2222222222a",
        "date": "2026-11-07",
        "held": True,
        "members": ["member222222222a", "member222222222b"],
        "loans": ["loan22222222222a"],
        "new_loans": [new],
    }
    with pytest.raises(KindError):
        validate("meeting", body)
    validate("meeting", {**body, "new_loans": [{**new, "guarantors": [1]}]})
