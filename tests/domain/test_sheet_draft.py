"""Every key of the sheet as a command, one after the other, on the group of the drawings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet_causes import CauseKind
from shg_desk.domain.sheet_causes import likely_causes
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.domain.sheet_preview import preview_of
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from tests.meeting_grounds import DUES
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

SAVING, SOCIAL, REPAY, FINE, LOAN = "saving.compulsory", "social", "repayment", "fine", "loan"


def test_the_meeting_of_the_proof() -> None:
    """20 members, all present, the usual, five repayments, eight notes: commands counted as keys."""
    dues = {n: DUES[n] for n in (2, 4, 7, 12, 13)}
    draft = Draft(yrys(20, dues))
    keys = 1
    at = draft.all_usual()
    for n in dues:
        assert at == Place(n - 1, REPAY)
        assert draft.cell(at).state is CellState.PROPOSAL
        at = draft.confirm(at)
        keys += 1
    counted = {5000: 2, 2000: 0, 1000: 3, 500: 1, 200: 3, 100: 1, 50: 0, 20: 2}
    for value, number in counted.items():
        draft.count_note(value * 100, number)
        keys += len(str(number)) + 1
    assert keys + 4 + 1 + 2 <= 60  # opening, F8, F10 and Enter
    assert len(draft.figures.done) == 20
    cash = draft.cash()
    assert cash.in_minor == (20 * 120 + sum(dues.values())) * 100
    assert cash.counted_minor == sum(v * n for v, n in counted.items()) * 100
    assert cash.difference_minor == (14_240 - 6_240 - 2_400 - 5_610) * 100
    sheet = draft.sheet()
    assert all(row.attendance is Attendance.PRESENT for row in sheet.rows)
    assert [row.member for row in sheet.rows if len(row.ins) == 3] == ["2", "4", "7", "12", "13"]
    draft.name_difference("unknown")
    assert not sheet_problems(draft.ground, draft.sheet())


def test_f5_is_taken_back_whole_and_never_books_repayments_or_the_absent() -> None:
    draft = Draft(yrys())
    draft.mark(8, Attendance.ABSENT)
    draft.mark(13, Attendance.REPRESENTED, "Азамат")
    before = draft.state
    draft.all_usual()
    assert draft.figures.column_total_minor(draft.columns[0]) == 16 * 10_000
    assert draft.figures.column_total_minor(draft.columns[2]) == 0
    draft.undo()
    assert draft.state == before
    draft.redo()
    assert draft.figures.there() == 16
    assert draft.figures.represented() == 1


def test_money_confirmed_in_her_own_row_stays_when_she_is_not_there_after_all() -> None:
    """Her proposals go, and what F5 took for granted; what was confirmed for her alone is money in somebody's hand."""
    draft = Draft(yrys())
    draft.confirm(Place(8, SAVING))
    draft.mark(8, Attendance.ABSENT)
    assert (draft.cell(Place(8, SAVING)).state, draft.cell(Place(8, SAVING)).amount_minor) == (
        CellState.CONFIRMED,
        10_000,
    )
    assert draft.cell(Place(8, SOCIAL)).state is CellState.EMPTY
    assert draft.figures.unexplained_minor(draft.lines[8].member.id) == 10_000
    draft.confirm_row(5)
    draft.mark(5, Attendance.EXCUSED)
    assert draft.figures.row_total_minor(draft.lines[5].member.id) == 12_000, "confirmed with Space"
    draft.all_usual()
    draft.mark(6, Attendance.ABSENT)
    assert draft.figures.row_total_minor(draft.lines[6].member.id) == 0, "F5 speaks of those who are there"
    draft.type_text(Place(7, SAVING), "100")
    again, _ = restored(yrys(), kept(draft))
    for one in (draft, again):
        for line in (7, 8, 9):
            one.mark(line, Attendance.ABSENT)
        assert [one.cell(Place(line, SAVING)).amount_minor for line in (7, 8, 9)] == [10_000, 10_000, 0]


def test_a_confirmed_fine_of_before_stays_and_one_of_today_is_open_again() -> None:
    ground = yrys()
    members = [replace(one, fines_owed_minor=3_000) if one.number == "9" else one for one in ground.members]
    draft = Draft(replace(ground, members=tuple(members)))
    draft.mark(8, Attendance.PRESENT)
    draft.confirm(Place(8, FINE))
    assert draft.cell(Place(8, FINE)).amount_minor == 3_000
    draft.mark(8, Attendance.EXCUSED)
    assert (draft.cell(Place(8, FINE)).state, draft.cell(Place(8, FINE)).amount_minor) == (CellState.CONFIRMED, 3_000)
    draft.mark(9, Attendance.LATE)
    draft.confirm(Place(9, FINE))
    draft.mark(9, Attendance.PRESENT)
    assert draft.cell(Place(9, FINE)).state is CellState.EMPTY


def test_marking_absent_clears_what_nobody_typed() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    draft.type_text(Place(8, SOCIAL), "15")
    draft.mark(8, Attendance.ABSENT)
    assert draft.cell(Place(8, SAVING)).state is CellState.EMPTY
    assert draft.cell(Place(8, SAVING)).left_minor == 10_000
    assert draft.cell(Place(8, SOCIAL)).amount_minor == 1_500, "absent members can still pay"
    assert draft.figures.row_total_minor(draft.lines[8].member.id) == 1_500
    draft.mark(8, Attendance.PRESENT)
    assert draft.cell(Place(8, SAVING)).state is CellState.PROPOSAL


def test_enter_goes_down_the_column_and_on_to_the_next_with_something_open() -> None:
    draft = Draft(yrys())
    assert draft.confirm(Place(0, SAVING)) == Place(1, SAVING)
    assert draft.confirm(Place(17, SAVING)) == Place(0, SOCIAL)
    draft.all_usual()
    draft.mark(4, Attendance.LATE)
    assert draft.confirm(Place(15, REPAY)) == Place(4, FINE)
    assert draft.confirm(Place(4, FINE)) == Place(5, FINE), "nothing is open after it: one row down"


def test_f3_goes_round_the_rows_that_are_not_done() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    assert draft.next_row(0) == Place(1, REPAY)
    assert draft.next_row(15) == Place(1, REPAY)
    assert draft.next_row(0, -1) == Place(15, REPAY)
    for n in DUES:
        draft.confirm(Place(n - 1, REPAY))
    assert draft.next_row(0) is None
    draft.mark(5, None)
    assert draft.next_row(0) == Place(5, "attendance")


def test_typing_in_cells() -> None:
    draft = Draft(yrys())
    draft.type_text(Place(14, SAVING), "50+50+100")
    assert (draft.cell(Place(14, SAVING)).amount_minor, draft.cell(Place(14, SAVING)).ahead_minor) == (20_000, 10_000)
    draft.type_text(Place(3, REPAY), "500")
    assert draft.cell(Place(3, REPAY)).left_minor == 56_000
    draft.type_text(Place(3, REPAY), "0")
    assert draft.cell(Place(3, REPAY)).state is CellState.TYPED
    assert draft.cell(Place(3, REPAY)).left_minor == 106_000
    draft.clear(Place(3, REPAY))
    assert draft.cell(Place(3, REPAY)).state is CellState.PROPOSAL
    found = draft.type_text(Place(0, SAVING), "сто")
    assert found is not None
    assert (found.code, found.where) == (Code.AMOUNT_UNREADABLE, "member 1 saving")
    assert draft.type_text(Place(0, SAVING), "12,5") is None
    assert draft.cell(Place(0, SAVING)).amount_minor == 1_250


def test_a_cell_is_moved_to_another_row() -> None:
    draft = Draft(yrys())
    draft.type_text(Place(0, SAVING), "500")
    assert draft.cut(Place(0, SAVING))
    assert draft.cell(Place(0, SAVING)).state is CellState.PROPOSAL
    assert draft.paste(Place(3, REPAY))
    assert draft.cell(Place(3, REPAY)).amount_minor == 50_000
    assert not draft.paste(Place(4, SAVING)), "money is put down once"
    assert not draft.cut(Place(5, SAVING)), "a proposal is no money"


def test_paid_by_another() -> None:
    draft = Draft(yrys())
    draft.type_text(Place(3, REPAY), "500")
    assert draft.set_paid_by(3, "7") is None
    assert draft.sheet().rows[3].paid_by == "7"
    assert draft.set_paid_by(3, "77").code is Code.MEMBER_UNKNOWN
    assert draft.sheet().rows[3].paid_by == "7"
    draft.set_paid_by(3, "")
    assert draft.sheet().rows[3].paid_by is None


def test_a_fine_is_paid_owed_or_let_pass() -> None:
    draft = Draft(replace(yrys(), rules=rules(fines={"late": "40", "absent": "50"})))
    draft.mark(4, Attendance.LATE)
    draft.type_text(Place(4, FINE), "15")
    assert draft.sheet().rows[4].ins == (In("fine", 1_500, why="late"), In("fine-owed", 2_500, why="late"))
    draft.mark(8, Attendance.ABSENT)
    assert draft.cell(Place(8, FINE)).owed_minor == 5_000
    assert draft.sheet().rows[8].ins == (), "nothing is owed before a person says so"
    draft.confirm(Place(8, FINE))
    assert draft.sheet().rows[8].ins == (In("fine-owed", 5_000, why="absent"),)
    assert draft.cash().in_minor == 1_500
    draft.waive(8, "vote 12:0")
    assert draft.sheet().rows[8].ins == ()
    assert [(w.member, w.why, w.text) for w in draft.sheet().waivers] == [("9", "absent", "vote 12:0")]
    draft.waive(8, None)
    assert draft.cell(Place(8, FINE)).state is CellState.PROPOSAL


def test_a_fine_of_last_time_is_paid_first() -> None:
    ground = yrys()
    owing = replace(ground.members[4], fines_owed_minor=2_000)
    draft = Draft(replace(ground, members=(*ground.members[:4], owing, *ground.members[5:])))
    draft.mark(4, Attendance.LATE)
    assert draft.cell(Place(4, FINE)).amount_minor == 6_000
    draft.type_text(Place(4, FINE), "30")
    owed_after = 2_000 + 4_000 - 3_000
    ins = draft.sheet().rows[4].ins
    assert [line for line in ins if line.kind == "fine"] == [In("fine", 2_000), In("fine", 1_000, why="late")]
    assert sum(line.amount_minor for line in ins if line.kind == "fine-owed") == owed_after


def test_two_loans_are_two_lines() -> None:
    loans = [loan("1", 1060, "L-1"), loan("1", 530, "L-2")]
    draft = Draft(replace(yrys(dues={}), members=(member(1, "А", loans), member(2, "Б"))))
    assert [(line.member.number, line.first) for line in draft.lines] == [("1", True), ("1", False), ("2", True)]
    assert draft.figures.cell(draft.lines[1], draft.columns[0]).state is CellState.NONE
    draft.confirm_row(1)
    assert draft.sheet().rows[0].ins[-2:] == (
        In("repayment", 106_000, loan=loans[0].id),
        In("repayment", 53_000, loan=loans[1].id),
    )
    assert draft.figures.row_total_minor(draft.lines[1].member.id) == (100 + 20 + 1060 + 530) * 100


def test_shares_are_typed_as_their_number() -> None:
    some = rules(savings=[], share={"price": "200", "min": 1, "max": 5})
    draft = Draft(replace(yrys(dues={}), rules=some))
    assert draft.cell(Place(0, "shares")).amount_minor == 20_000
    draft.type_text(Place(0, "shares"), "3")
    assert draft.sheet().rows[0].ins == (In("shares", 60_000, shares=3),)
    assert draft.type_text(Place(0, "shares"), "1,5").code is Code.AMOUNT_TOO_FINE


def test_rows_stand_in_the_order_of_the_groups_numbers() -> None:
    numbers = ("10", "2", "7a", "7", "1")
    some = tuple(replace(member(i, n), number=n) for i, n in enumerate(numbers))
    gone = replace(member(8, "gone"), left=date(2026, 1, 1))
    later = replace(member(9, "later"), joined=date(2027, 1, 1))
    draft = Draft(replace(yrys(dues={}), members=(*some, gone, later)))
    assert [line.member.number for line in draft.lines] == ["1", "2", "7", "7a", "10"]
    assert (draft.line_of("7"), draft.line_of("1"), draft.line_of("10"), draft.line_of("5")) == (2, 0, 4, None)


def test_count_by_note_by_total_and_from_paper() -> None:
    draft = Draft(yrys())
    assert draft.sheet().counts == ()
    draft.count_note(100_000, 6)
    draft.count_coins(24_000)
    assert draft.sheet().counts == (Count(notes={100_000: 6, 100: 240}),)
    assert draft.cash().difference_minor == 0
    draft.count_total(620_000)
    assert draft.sheet().counts == (Count(total_minor=620_000),)
    assert draft.cash().difference_minor == -4_000
    draft.count_total(620_000, from_paper=True)
    assert draft.sheet().counts[0].from_paper
    draft.count_note(500_000, 1)
    assert draft.sheet().counts == (Count(notes={500_000: 1}),), "notes were counted after all"
    draft.undo()
    assert draft.cash().counted_minor == 620_000


def test_a_named_difference_is_only_good_for_its_amount() -> None:
    draft = Draft(yrys())
    draft.count_total(620_000)
    codes = [problem.code for problem in sheet_problems(draft.ground, draft.sheet())]
    assert Code.DIFFERENCE_NOT_NAMED in codes
    draft.name_difference("unknown", "open")
    assert sheet_problems(draft.ground, draft.sheet()) == []
    draft.count_total(610_000)
    found = sheet_problems(draft.ground, draft.sheet())
    assert [(p.code, p.facts["difference"], p.facts["named"]) for p in found] == [
        (Code.DIFFERENCE_NAMED_WRONG, "-140.00", "-40.00")
    ]


def test_likely_causes() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    draft.mark(4, Attendance.LATE)
    draft.confirm(Place(4, FINE))
    draft.type_text(Place(3, REPAY), "530")
    expected = draft.cash().expected_minor

    def first(difference_som: int) -> tuple[CauseKind, tuple[Place, ...], int]:
        draft.count_total(expected + difference_som * 100)
        cause = likely_causes(draft)[0]
        return cause.kind, cause.places, cause.meant_minor

    assert first(-40) == (CauseKind.NOT_TAKEN, (Place(4, FINE),), 0)
    assert first(2120) == (CauseKind.NOT_WRITTEN, (Place(6, REPAY),), 212_000)
    assert first(-180) == (CauseKind.SWAPPED, (Place(3, REPAY),), 35_000)
    assert first(-265) == (CauseKind.DOUBLED, (Place(3, REPAY),), 26_500)
    assert first(-570) == (CauseKind.PAIR, (Place(3, REPAY), Place(4, FINE)), 0)
    draft.add_line(GroupLine("expense", 18_000))
    draft.count_total(draft.cash().expected_minor + 18_000)
    assert (likely_causes(draft)[0].kind, likely_causes(draft)[0].line) == (CauseKind.NOT_GIVEN, 0)
    draft.count_total(draft.cash().expected_minor)
    assert likely_causes(draft) == []


def test_the_preview_lists_what_is_open() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    draft.mark(8, None)
    draft.clear(Place(8, SAVING))
    draft.type_text(Place(3, REPAY), "500")
    shown = preview_of(draft)
    assert shown.unmarked == (8,)
    assert Place(8, SAVING) in shown.unconfirmed
    assert {(due.place.line, due.left_minor) for due in shown.left} == {
        *((n - 1, som * 100) for n, som in DUES.items() if n != 4),
        (3, 56_000),
    }
    assert shown.blocks, "a member with money is not marked"
    draft.mark(8, Attendance.ABSENT)
    assert not preview_of(draft).blocks
    assert [(column.key, total) for column, total in preview_of(draft).columns] == [
        (SAVING, 170_000),
        (SOCIAL, 34_000),
        (REPAY, 50_000),
    ]


def test_a_draft_survives_with_everything_in_it() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    draft.mark(13, Attendance.REPRESENTED, "Азамат")
    draft.waive(4, "")
    draft.type_text(Place(9, LOAN), "6000")
    draft.set_loan(Place(9, LOAN), {"instalments": 3}, "seeds", ("3", "5"))
    draft.add_line(GroupLine("transfer", 100, source="box", target="bank", text="банк"))
    draft.count_note(500_000, 1)
    draft.name_difference("no", "7")
    draft.set_next(date(2026, 12, 5))
    draft.show_column("grant")
    record = kept(draft, (Place(3, REPAY), "50+"))
    again, problems = restored(yrys(), record)
    assert problems == []
    assert again.state == draft.state
    assert record["done"] == [12, 18]
    fewer = yrys(17)
    _, problems = restored(fewer, record)
    # № 18 brought 100 of savings and 20 for the social fund, and has no line any more
    told = [(p.code, p.level.value, p.facts["amount_minor"]) for p in problems]
    assert told == [(Code.NOT_ON_SHEET, "warning", amount) for amount in (10_000, 2_000)]
    with pytest.raises(ValueError, match="kept draft"):
        restored(replace(yrys(), group="another"), record)


def test_a_closed_sheet_is_reopened_as_it_was_written() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    draft.type_text(Place(6, REPAY), "1060")
    draft.type_text(Place(9, LOAN), "6000")
    draft.type_text(Place(9, "withdrawal.compulsory"), "200")
    draft.count_total(100)
    was = state_of(draft.ground, draft.sheet())
    again = Draft(draft.ground, was, was)
    assert again.sheet() == draft.sheet()
    again.type_text(Place(6, REPAY), "0")
    assert again.cell(Place(6, REPAY)).was_minor == 106_000
    assert again.cell(Place(9, LOAN)).was_minor is None


def test_what_will_be_written_adds_up_to_the_book() -> None:
    draft = Draft(yrys())
    draft.all_usual()
    draft.add_line(GroupLine("gift", 300_000))
    draft.add_line(GroupLine("expense", 15_000))
    draft.add_line(GroupLine("expense", 5_000))
    draft.add_line(GroupLine("charge", 700, place="bank"))
    told = preview_of(draft)
    assert (told.lines, told.lines_elsewhere) == ((("gift", 300_000), ("expense", -20_000)), (("charge", 700),))
    moved = sum(total if column.side == "in" else -total for column, total in told.columns)
    lines = sum(change for _, change in told.lines)
    assert told.cash.start_minor + moved + told.kept_back_minor + lines == told.cash.expected_minor
