"""The edges of a sheet: who has left and still owes, fines for late instalments, counts and days that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from itertools import count

from shg_desk.domain.entries import expand
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet import Waiver
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.domain.sheet_posting import write_sheet
from shg_desk.domain.sheet_steps import Place
from tests.meeting_grounds import LENT
from tests.meeting_grounds import TODAY
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

BEFORE = date(2026, 10, 24)


def codes(ground: Ground, sheet: Sheet) -> dict[Code, Level]:
    return {problem.code: problem.level for problem in sheet_problems(ground, sheet)}


def with_leaver() -> Ground:
    """Six members; the second left a month ago with a loan of which 1 060 is due, the third left with nothing."""
    ground = yrys(6, {2: 1060})
    left = date(2026, 10, 20)
    members = [replace(one, left=left) if one.number in ("2", "3") else one for one in ground.members]
    members = [replace(one, saved_minor={}) if one.number == "3" else one for one in members]
    return replace(ground, members=tuple(members), rules=rules(fines={"absent": "20"}))


def test_who_left_with_a_debt_stands_behind_the_others_and_only_pays() -> None:
    draft = Draft(with_leaver())
    assert [line.member.number for line in draft.lines] == ["1", "4", "5", "6", "2"]
    assert draft.figures.quorum() == 3, "two thirds of four"
    last = len(draft.lines) - 1
    assert draft.cell(Place(last, "saving.compulsory")).state is CellState.NONE  # type: ignore[union-attr]
    draft.mark(last, Attendance.ABSENT)
    draft.all_usual()
    assert draft.state.row(draft.lines[last].member.id).attendance is None, "she is asked nothing"
    assert [row.member for row in draft.sheet().rows] == ["1", "4", "5", "6"]
    draft.confirm(Place(last, "repayment"))
    sheet = draft.sheet()
    assert sheet.rows[-1] == SheetRow("2", ins=(In("repayment", 106_000, loan=loan("2", 1060, "L-2").id),))
    assert codes(with_leaver(), sheet) == {Code.NOT_COUNTED: Level.WARNING}
    assert len(draft.figures.done) == len(draft.figures.members) == 4


def test_who_left_saves_no_more() -> None:
    sheet = Sheet("groupyrysaaaaaaa", TODAY, rows=(SheetRow("2", ins=(In("saving", 10_000),)),))
    assert codes(with_leaver(), sheet)[Code.AFTER_LEAVING] is Level.PROBLEM


def test_the_quorum_of_decisions_counts_no_leavers() -> None:
    there = tuple(SheetRow(number, Attendance.PRESENT) for number in ("1", "4", "5"))
    sheet = Sheet("groupyrysaaaaaaa", TODAY, rows=there, decisions=(Decision("чечим"),))
    assert Code.NO_QUORUM not in codes(with_leaver(), sheet)


def test_a_late_instalment_proposes_its_fine() -> None:
    late = loan("1", 1060, "L-1", start=BEFORE)  # its first instalment fell due on the day of the last meeting
    members = (member(1, "А", [late]), member(2, "Б"))
    ground = replace(yrys(rules=rules(fines={"late-repayment": "30"})), members=members)
    assert ground.seen_on == LENT
    draft = Draft(ground)
    draft.mark(0, Attendance.PRESENT)
    draft.mark(1, Attendance.PRESENT)
    assert draft.cell(Place(0, "fine")).amount_minor == 3_000  # type: ignore[union-attr]
    assert draft.cell(Place(1, "fine")).state is CellState.EMPTY  # type: ignore[union-attr]
    draft.confirm(Place(0, "fine"))
    assert draft.sheet().rows[0].ins == (In("fine", 3_000, why="late-repayment"),)
    due_today = loan("1", 1060, "L-1")
    draft = Draft(replace(ground, members=(member(1, "А", [due_today]),)))
    draft.mark(0, Attendance.PRESENT)
    assert draft.cell(Place(0, "fine")).state is CellState.EMPTY, "what is due today is not late"  # type: ignore[union-attr]


def test_a_difference_without_a_count_is_no_difference() -> None:
    ground = yrys()
    sheet = Sheet(ground.group, TODAY, differences=(NamedDifference(-4_000),))
    assert codes(ground, sheet)[Code.DIFFERENCE_NOT_COUNTED] is Level.PROBLEM
    draft = Draft(ground)
    draft.count_total(620_000)
    draft.name_difference("жок")
    draft.count_total(None)
    assert draft.sheet().differences == ()


def test_a_count_that_no_coins_make_is_asked_about() -> None:
    ground = yrys(coin_minor=10)
    for counted, wrong in ((62_403_7, True), (624_050, True), (624_000, False)):
        sheet = Sheet(ground.group, TODAY, counts=(Count(total_minor=counted),))
        assert (Code.COUNT_NOT_PAYABLE in codes(ground, sheet)) is wrong, counted
    loose = replace(ground, currency=replace(ground.currency, smallest_minor=1))
    assert Code.COUNT_NOT_PAYABLE in codes(loose, Sheet(ground.group, TODAY, counts=(Count(total_minor=50_037),)))
    assert Code.COUNT_NOT_PAYABLE not in codes(loose, Sheet(ground.group, TODAY, counts=(Count(total_minor=50_040),)))


def test_a_sheet_dated_ahead_is_asked_about_and_never_refused() -> None:
    for today, ahead in ((TODAY, False), (TODAY - timedelta(days=1), True), (date(2010, 1, 1), True)):
        found = codes(yrys(today=today), Sheet("groupyrysaaaaaaa", TODAY))
        assert found.get(Code.DATE_AHEAD) == (Level.WARNING if ahead else None)


def written(ground: Ground, sheet: Sheet) -> dict[str, int]:
    """What the written sheet changes in each account, added up from its blocks."""
    body = write_sheet(ground, sheet, (f"newloan{n:02d}aaaaaaa" for n in count())).body
    sums: dict[str, int] = {}
    for entry in expand(body["entries"], len(body["members"]), len(body.get("loans", ()))):
        for posting in entry.postings:
            sums[posting.code] = sums.get(posting.code, 0) + posting.amount_minor
    return sums


def test_two_repayments_of_one_loan_in_a_row_are_counted_together() -> None:
    ground = yrys(2, {1: 1060})
    most = 6 * 106_000
    for first, second, wrong in ((most - 100, 100, False), (most - 100, 200, True), (most, 100, True)):
        pays = tuple(In("repayment", amount, loan="L-1") for amount in (first, second))
        sheet = Sheet(ground.group, TODAY, rows=(SheetRow("1", Attendance.PRESENT, ins=pays),))
        assert (Code.REPAYMENT_TOO_LARGE in codes(ground, sheet)) is wrong
        if not wrong:
            assert written(ground, sheet)["box"] == most


def test_a_fine_given_back_is_no_fine_paid_twice() -> None:
    ground = replace(yrys(2, {}), members=(member(1, "А", fines_owed_minor=-2_000), member(2, "Б")))
    draft = Draft(ground)
    draft.mark(0, Attendance.LATE)
    assert draft.cell(Place(0, "fine")).amount_minor == 2_000, "40 asked, 20 of hers lie with the group"  # type: ignore[union-attr]
    draft.confirm(Place(0, "fine"))
    sums = written(ground, draft.sheet())
    assert (sums["box"], sums["fines"], sums["income.fines"]) == (2_000, 2_000, -4_000)
    draft.type_text(Place(0, "fine"), "40")
    sums = written(ground, draft.sheet())
    assert (sums["box"], sums.get("fines", 0), sums["income.fines"]) == (4_000, 0, -4_000)


def test_a_number_given_twice_does_not_lock_the_group() -> None:
    ground = yrys(3, {})
    first, second, third = ground.members
    ground = replace(ground, members=(first, replace(second, number="1"), third))
    draft = Draft(ground)
    draft.all_usual()
    sheet = draft.sheet()
    assert codes(ground, sheet) == {Code.NOT_COUNTED: Level.WARNING}
    assert [ground.member(row.member) for row in sheet.rows] == list(ground.members)
    body = write_sheet(ground, sheet, iter(())).body
    assert sorted(body["members"]) == sorted(one.id for one in ground.members)


def test_no_vote_against_is_kept_as_none_against() -> None:
    draft = Draft(yrys())
    draft.change_decision(0, Decision("чечим", votes_for=14, votes_against=0, abstained=0))
    again, _ = restored(draft.ground, kept(draft))
    assert again.state.decisions == draft.state.decisions


def test_a_fine_let_pass_of_one_without_a_row_is_written() -> None:
    ground = yrys(3, {})
    sheet = Sheet(ground.group, TODAY, rows=(SheetRow("1", Attendance.PRESENT),), waivers=(Waiver("3", "late", "жок"),))
    body = write_sheet(ground, sheet, iter(())).body
    assert body["members"][body["waived"][0]["member"]] == ground.members[2].id
    assert len(body["attendance"]) == len(body["members"])


def test_all_as_usual_books_nothing_for_who_sent_somebody() -> None:
    draft = Draft(yrys(3, {}))
    draft.mark(1, Attendance.REPRESENTED, "Азамат")
    draft.mark(2, Attendance.LATE)
    draft.all_usual()
    states = [draft.cell(Place(line, "saving.compulsory")).state for line in range(3)]  # type: ignore[union-attr]
    assert states == [CellState.CONFIRMED, CellState.PROPOSAL, CellState.CONFIRMED]


def test_of_two_fines_in_a_row_the_first_pays_what_was_owed() -> None:
    ground = replace(yrys(2, {}), members=(member(1, "А", fines_owed_minor=2_000), member(2, "Б")))
    fines = (In("fine", 2_000, why="late"), In("fine", 3_000, why="absent"))
    sheet = Sheet(ground.group, TODAY, rows=(SheetRow("1", Attendance.PRESENT, ins=fines),))
    assert written(ground, sheet) == {"box": 5_000, "fines": -2_000, "income.fines": -3_000}


def test_what_is_missing_is_not_named_as_over() -> None:
    counted = Sheet("groupyrysaaaaaaa", TODAY, counts=(Count(total_minor=620_000),))  # of 6 240 som 6 200
    for named, wrong in ((4_000, True), (-4_000, False)):
        found = codes(yrys(), replace(counted, differences=(NamedDifference(named),)))
        assert (Code.DIFFERENCE_NAMED_WRONG in found) is wrong


def test_a_rest_of_one_coin_stays_hers_and_less_becomes_the_groups() -> None:
    taken = SheetRow("1", Attendance.PRESENT, outs=(Out("payable", 6_000),))
    for owed, moved in (
        (6_100, {"payable": 6_000, "box": -6_000}),
        (6_099, {"payable": 6_099, "income.rounding": -99, "box": -6_000}),
    ):
        ground = replace(yrys(2, {}), members=(member(1, "А", payable_minor=owed), member(2, "Б")))
        assert written(ground, Sheet(ground.group, TODAY, rows=(taken,))) == moved
