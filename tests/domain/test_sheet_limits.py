"""What a sheet cannot hold is told before closing: too much money, places that are none, more votes than people."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from shg_desk.domain.kinds import validate
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_posting import write_sheet
from tests.meeting_grounds import TODAY
from tests.meeting_grounds import yrys


def told(ground: Ground, sheet: Sheet) -> list[tuple[Code, str]]:
    return [(one.code, one.where) for one in sheet_problems(ground, sheet) if one.level is Level.PROBLEM]


def saved(*amounts: int) -> Sheet:
    rows = (
        SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", amount),)) for n, amount in enumerate(amounts, start=1)
    )
    return Sheet("groupyrysaaaaaaa", TODAY, rows=tuple(rows))


def test_sums_that_one_record_cannot_hold_are_too_large() -> None:
    """What passes is taken by the record's own rules, and what they refuse does not pass."""
    ground = yrys()
    half = AMOUNT_LIMIT_MINOR // 2 // 100 * 100
    for sheet, expected in (
        (saved(half, half), []),
        (saved(half, half, 100), [(Code.AMOUNT_TOO_LARGE, "sheet")]),
        (saved(AMOUNT_LIMIT_MINOR + 100), [(Code.AMOUNT_TOO_LARGE, "member 1 saving")]),
    ):
        assert told(ground, sheet) == expected
        body = write_sheet(ground, sheet, (f"newloan{n:02d}aaaaaaa" for n in count())).body
        body["members"] = [f"{'a' * 15}{letter}" for letter in "abcdefgh"[: len(body["members"])]]
        body["group"] = "a" * 16
        if expected:
            with pytest.raises(ValueError, match="large"):
                validate("meeting", body)
        else:
            validate("meeting", body)
    counted = replace(saved(100), counts=(Count(total_minor=AMOUNT_LIMIT_MINOR + 100),))
    assert (Code.AMOUNT_TOO_LARGE, "count") in told(ground, counted)
    full = replace(ground, places_minor={"box": AMOUNT_LIMIT_MINOR + 100})  # by many records: a count says that too
    short = (NamedDifference(-100, bearer="awaiting"),)
    counted = Sheet(ground.group, TODAY, counts=(Count(total_minor=AMOUNT_LIMIT_MINOR),), differences=short)
    assert told(full, counted) == [(Code.AMOUNT_TOO_LARGE, "count")]


@pytest.mark.parametrize(
    "line",
    [
        GroupLine("transfer", 1_000, source="hand", target="box"),
        GroupLine("transfer", 1_000, source="box", target="hand"),
        GroupLine("expense", 1_000, place="hand"),
        GroupLine("income", 1_000, place="social"),
    ],
)
def test_what_is_no_place_of_the_group_is_no_place(line: GroupLine) -> None:
    assert told(yrys(), Sheet("groupyrysaaaaaaa", TODAY, lines=(line,))) == [(Code.PLACE_UNKNOWN, "line 1")]


def test_nobody_counts_less_than_nothing() -> None:
    ground = replace(yrys(), places_minor={"box": 0})
    for one in (Count(total_minor=-1_000), Count(notes={50: 30, 500: -1})):
        named = (NamedDifference(one.counted_minor),)  # named as large as it is
        sheet = Sheet(ground.group, TODAY, counts=(one,), differences=named)
        assert told(ground, sheet) == [(Code.AMOUNT_NEGATIVE, "count")]


def test_hands_are_not_counted_as_a_place_of_the_group() -> None:
    sheet = Sheet("groupyrysaaaaaaa", TODAY, counts=(Count("hand", total_minor=1_000),))
    assert told(yrys(), sheet) == [(Code.PLACE_UNKNOWN, "count")]


def test_two_differences_of_one_place_are_both_booked() -> None:
    ground = yrys()
    differences = (NamedDifference(-3_000, "x", "2"), NamedDifference(-1_000, "y"))
    sheet = Sheet(ground.group, TODAY, counts=(Count(total_minor=620_000),), differences=differences)
    assert told(ground, sheet) == []
    body = write_sheet(ground, sheet, iter(())).body
    assert body["counts"] == [{"place": "box", "expected": 620_000, "total": 620_000}]
    booked = {tuple(block["accounts"]): [line[1] for line in block["lines"]] for block in body["entries"]}
    assert booked == {("box", "hand"): [-3_000], ("box", "differences"): [-1_000]}


def test_more_votes_than_people_is_a_warning() -> None:
    rows = tuple(SheetRow(n, Attendance.PRESENT) for n in ("1", "2"))
    rows += (SheetRow("3", Attendance.REPRESENTED, "Азамат"), SheetRow("4", Attendance.ABSENT))
    for decision, wrong in ((Decision("чечим", 2, 1), False), (Decision("чечим", 2, 1, 1), True)):
        sheet = Sheet("groupyrysaaaaaaa", TODAY, rows=rows, decisions=(Decision("башка"), decision))
        found = [one for one in sheet_problems(yrys(), sheet) if one.code is Code.VOTES_TOO_MANY]
        assert [(one.where, one.level, one.facts["votes"], one.facts["there"]) for one in found] == (
            [("decision 2", Level.WARNING, 4, 3)] if wrong else []
        )


def test_a_group_bears_a_difference_by_a_decision_or_is_told() -> None:
    here = (SheetRow("1", Attendance.PRESENT),)
    borne = Sheet("groupyrysaaaaaaa", TODAY, rows=here, differences=(NamedDifference(-1_000, "x", "group"),))
    voted = GroupLine("settlement", 1_000, text="x", what="vote")
    settled = Sheet("groupyrysaaaaaaa", TODAY, rows=here, lines=(voted,))
    accepted = Decision("чечим", 1, template="difference-accepted")
    for sheet in (borne, settled):
        for decisions, wrong in (((), True), ((Decision("башка", 1),), True), ((accepted,), False)):
            found = sheet_problems(yrys(), replace(sheet, decisions=decisions))
            told_so = [one.level for one in found if one.code is Code.BORNE_WITHOUT_VOTE]
            assert told_so == ([Level.WARNING] if wrong else [])
    open_still = replace(borne, differences=(NamedDifference(-1_000, "x", "open"),))
    assert Code.BORNE_WITHOUT_VOTE not in {one.code for one in sheet_problems(yrys(), open_still)}
