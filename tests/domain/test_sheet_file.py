"""The sheet as a file: every shape of the contract is read, everything unreadable is named with its row."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_file import proposed_sheet
from shg_desk.domain.sheet_file import read_sheet
from shg_desk.domain.sheet_file import sheet_head
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

WHOLE = """
{"group": "KB-03", "date": "2026-11-21", "held": true, "reason": null,
 "rows": [{"member": "7", "attendance": "represented", "represented_by": "Азамат", "paid_by": "2", "proposed": [1],
   "in": [{"kind": "saving", "amount": "50.00", "product": "compulsory"}, {"kind": "shares", "shares": 3},
          {"kind": "repayment", "amount": "560.00", "loan": "L-7"},
          {"kind": "fine", "amount": "10.00", "why": "late"}, {"kind": "social", "amount": "20"},
          {"kind": "other", "amount": "5.00", "text": "entry fee"}],
   "out": [{"kind": "loan", "amount": "5000.00", "terms": {"rate": "2", "rate_per": "month", "method": "flat",
                                                          "instalments": 6}},
           {"kind": "withdrawal", "amount": "200.00"}, {"kind": "grant", "amount": "1000.00", "why": "funeral"}]}],
 "lines": [{"kind": "expense", "amount": "120.00", "text": "notebooks", "place": "box"},
           {"kind": "transfer", "amount": "3000.00", "from": "box", "to": "bank"},
           {"kind": "lender-repayment", "amount": "12060.00", "lender_loan": "X-1", "carried_by": "7"}],
 "count": {"notes": {"1000": 3, "500": 2, "200": 4, "0.50": 5}, "total": null, "copied_from_paper": false},
 "difference": {"amount": "-40.00", "reason": "unknown", "bearer": "open"},
 "decisions": [{"text": "Loan to member 7 approved", "for": 14, "against": 0, "abstained": 1}]}
"""


def test_every_shape_is_read() -> None:
    ground = replace(yrys(), rules=rules(share={"price": "200", "min": 1, "max": 5}))
    data = json.loads(WHOLE)
    assert sheet_head(data) == ("KB-03", date(2026, 11, 21))
    sheet, problems = read_sheet(data, ground)
    assert problems == []
    terms = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 6}
    assert sheet.rows == (
        SheetRow(
            "7",
            Attendance.REPRESENTED,
            "Азамат",
            "2",
            (
                In("saving", 5_000, product="compulsory"),
                In("shares", 60_000, shares=3),
                In("repayment", 56_000, loan="L-7"),
                In("fine", 1_000, why="late"),
                In("social", 2_000),
                In("other", 500, text="entry fee"),
            ),
            (Out("loan", 500_000, terms=terms), Out("withdrawal", 20_000), Out("grant", 100_000, why="funeral")),
        ),
    )
    assert sheet.lines == (
        GroupLine("expense", 12_000, text="notebooks"),
        GroupLine("transfer", 300_000, source="box", target="bank"),
        GroupLine("lender-repayment", 1_206_000, lender_loan="X-1", carried_by="7"),
    )
    assert sheet.counts == (Count(notes={100_000: 3, 50_000: 2, 20_000: 4, 50: 5}),)
    assert sheet.differences == (NamedDifference(-4_000, "unknown", "open"),)
    assert sheet.decisions == (Decision("Loan to member 7 approved", 14, 0, 1),)


def test_a_total_instead_of_notes_and_no_count() -> None:
    total, _ = read_sheet({"count": {"total": "6930", "copied_from_paper": True}}, yrys())
    assert total.counts == (Count(total_minor=693_000, from_paper=True),)
    for nothing in ({}, {"count": None}, {"count": {"notes": None, "total": None}}):
        assert read_sheet(nothing, yrys())[0].counts == ()


def test_a_note_that_does_not_exist_is_not_counted() -> None:
    """With the notes of the currency known; without a list, and for no pieces, nothing is said."""
    count = {"count": {"notes": {"50": 2, "7": 5, "0.50": 1, "3": 0}}}
    ground = replace(yrys(), notes_minor=(5_000, 500, 100))
    _, problems = read_sheet(count, ground)
    assert [(one.code, one.where, one.facts["note"], one.facts["notes"]) for one in problems] == [
        (Code.NOTE_UNKNOWN, "count notes 7", "7", "50, 5, 1"),
        (Code.NOTE_UNKNOWN, "count notes 0.50", "0.50", "50, 5, 1"),
    ]
    assert read_sheet(count, yrys())[1] == []


def test_every_problem_is_named_with_its_row() -> None:
    data = {
        "held": "yes",
        "rows": [
            {"member": "1", "attendance": "here", "in": [{"kind": "saving", "amount": "abc"}]},
            {"member": 2, "in": [{"kind": "saving", "amount": 50}, {"kind": "social", "amount": "-5"}], "out": {}},
            "row",
        ],
        "lines": [{"kind": "expense", "amount": "1.234"}],
        "count": {"notes": {"x": 1, "50": -1}},
        "difference": [],
        "decisions": [{"for": "many"}],
    }
    _, problems = read_sheet(data, yrys())
    assert {(problem.where, problem.code) for problem in problems} == {
        ("held", Code.SHEET_UNREADABLE),
        ("row 1 attendance", Code.SHEET_UNREADABLE),
        ("row 1 in 1 amount", Code.AMOUNT_UNREADABLE),
        ("row 2 member", Code.SHEET_UNREADABLE),
        ("row 2 in 1 amount", Code.AMOUNT_UNREADABLE),
        ("row 2 in 2 amount", Code.AMOUNT_NEGATIVE),
        ("row 2 out", Code.SHEET_UNREADABLE),
        ("rows 3", Code.SHEET_UNREADABLE),
        ("line 1 amount", Code.AMOUNT_TOO_FINE),
        ("count notes x", Code.AMOUNT_UNREADABLE),
        ("count notes 50", Code.SHEET_UNREADABLE),
        ("difference", Code.SHEET_UNREADABLE),
        ("decision 1 text", Code.SHEET_UNREADABLE),
        ("decision 1 for", Code.SHEET_UNREADABLE),
    }


def test_a_head_that_cannot_be_read() -> None:
    for data in ([], "x", None):
        found = sheet_head(data)
        assert isinstance(found, list)
    found = sheet_head({"date": "21.11.2026"})
    assert isinstance(found, list)
    assert [problem.where for problem in found] == ["group", "date"]


def test_the_proposed_sheet_writes_nothing_and_proposes_apart() -> None:
    ground = yrys()
    data = json.loads(json.dumps(proposed_sheet(ground)))
    assert len(data["rows"]) == 18
    assert {row["attendance"] for row in data["rows"]} == {None}
    assert all(row["in"] == row["out"] == [] for row in data["rows"])
    assert data["rows"][1]["proposed"] == [
        {"kind": "saving", "amount": "100.00", "product": "compulsory"},
        {"kind": "social", "amount": "20.00"},
        {"kind": "repayment", "amount": "1060.00", "loan": "L-2"},
    ]
    sheet, problems = read_sheet(data, ground)
    assert problems == []
    assert not any(row.has_money for row in sheet.rows)
    for row in data["rows"]:
        row["in"], row["attendance"] = row["proposed"], "present"
    sheet, problems = read_sheet(data, ground)
    assert problems == []
    assert sum(line.amount_minor for row in sheet.rows for line in row.ins) == (18 * 120 + 6_140) * 100
