"""A recorded meeting opened again: its sheet stands as it was written, and only what was changed is put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.reopening import Reopened
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_state import SheetState
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.store import meetings as meeting_store
from shg_desk.store.check import check
from shg_desk.store.dump import dump
from shg_desk.store.meetings import attendance

MARCH, APRIL = date(2026, 3, 12), date(2026, 4, 12)
TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    assert check(made.book) == []
    before = dump(made.book)
    made.book.rebuild()
    assert dump(made.book) == before, "what corrections say does not depend on when they came"
    made.close()


@pytest.fixture
def group(desk: Desk) -> str:
    return make_group(desk)


def two_meetings(desk: Desk, group: str) -> str:
    """In March 1 and 3 save, 2 is late, 4 absent, 3 borrows 300; in April 3 pays all of it back and 2 her old fine."""
    usual = (In("saving", 10_000, product="compulsory"), In("social", 2_000))
    first = Sheet(
        group,
        MARCH,
        rows=(
            SheetRow("1", Attendance.PRESENT, ins=usual),
            SheetRow("2", Attendance.LATE, ins=(*usual, In("fine-owed", 4_000, why="late"))),
            SheetRow("3", Attendance.PRESENT, ins=usual, outs=(Out("loan", 30_000, terms=TERMS),)),
            SheetRow("4", Attendance.ABSENT, ins=(In("fine-owed", 2_000, why="absent"),)),
        ),
    )
    record_meeting(desk, first)
    second = Sheet(
        group,
        APRIL,
        rows=(
            SheetRow("1", Attendance.REPRESENTED, represented_by="Азамат", paid_by="3", ins=usual),
            SheetRow("2", Attendance.PRESENT, ins=(*usual, In("fine", 4_000), In("fine", 1_000, text="чай"))),
            SheetRow("3", Attendance.PRESENT, ins=(*usual, In("repayment", 31_800))),
            SheetRow("4", Attendance.LATE, ins=(In("fine", 4_000, why="late"),), outs=(Out("grant", 500, why="оору"),)),
        ),
        lines=(GroupLine("expense", 3_000, text="дептер", what="supplies"),),
        counts=(Count(total_minor=72_300),),  # 60 som before it, 768 in, 35 out, 70 missing
        differences=(NamedDifference(-7_000, "табылган жок"),),
        decisions=(Decision("Дептер алынсын", 3, 0, 0),),
    )
    name = record_meeting(desk, second).value.name
    assert name is not None
    return name


def drafted(opened: Reopened) -> Draft:
    state = state_of(opened.ground, opened.sheet)
    return Draft(opened.ground, state, state)


def at(draft: Draft, number: str, column: str) -> Place:
    line = draft.line_of(number)
    assert line is not None
    return Place(line, column)


def test_the_sheet_stands_as_it_was_written(desk: Desk, group: str) -> None:
    meeting = two_meetings(desk, group)
    opened = reopen_meeting(desk, meeting)
    draft = drafted(opened)
    assert opened.ground.on == APRIL
    # the box before April: 3 x 120 came in March, 300 went out
    assert draft.cash().start_minor == 6_000
    assert (draft.cash().counted_minor, draft.cash().difference_minor) == (72_300, -7_000)
    third = draft.line_of("3")
    assert third is not None
    loan = draft.lines[third].loan
    assert loan is not None
    assert loan.expected_minor(APRIL) == 10_600, "the loan stands as it was before it was paid"
    cell = draft.cell(Place(third, "repayment"))
    assert cell is not None
    assert cell.amount_minor == 31_800
    assert draft.figures.column_total_minor(draft.columns[0]) == 30_000
    assert opened.sheet.decisions == (Decision("Дептер алынсын", 3, 0, 0),)
    assert [row.attendance for row in opened.sheet.rows] == ["represented", "present", "present", "late"]
    assert draft.state.row(opened.ground.members[0].id).represented_by == "Азамат"


def test_a_sheet_nobody_changed_changes_nothing(desk: Desk, group: str) -> None:
    meeting = two_meetings(desk, group)
    with pytest.raises(KnownError) as refused:
        plan_meeting(desk, meeting, drafted(reopen_meeting(desk, meeting)).sheet())
    assert [problem.code for problem in refused.value.problems] == [Code.NOTHING_CHANGED]


def test_only_the_changed_cell_is_touched_and_the_sheet_opens_as_corrected(desk: Desk, group: str) -> None:
    meeting = two_meetings(desk, group)
    before = sums(desk, group)
    draft = drafted(reopen_meeting(desk, meeting))
    draft.type_text(at(draft, "1", "saving.compulsory"), "30")
    plan = plan_meeting(desk, meeting, draft.sheet())
    assert [(one.kind, one.on) for one in plan.reversed] == [("saving", APRIL)]
    assert [one.kind for one in plan.fresh] == ["saving", "difference"]
    assert plan.fresh[0].paid_by is not None, "who brought the money is not forgotten"
    correct_meeting(desk, meeting, plan, group, "30 сом болчу")
    after = sums(desk, group)
    assert before["differences"] == 7_000
    assert "differences" not in after, "the 70 som missing in April were never brought"
    assert after["saving.compulsory"] == before["saving.compulsory"] + 7_000
    assert after["box"] == before["box"]
    again = drafted(reopen_meeting(desk, meeting))
    cell = again.cell(at(again, "1", "saving.compulsory"))
    assert cell is not None
    assert cell.amount_minor == 3_000
    assert again.cash().start_minor == 6_000
    again.type_text(at(again, "1", "saving.compulsory"), "100")
    correct_meeting(desk, meeting, plan_meeting(desk, meeting, again.sheet()), group, "100 экен")
    assert sums(desk, group) == before


def test_a_line_that_was_forgotten_is_added_and_found_again(desk: Desk, group: str) -> None:
    """Nothing is taken back, so nothing but the correction's own word says that it belongs to the meeting."""
    meeting = two_meetings(desk, group)
    draft = drafted(reopen_meeting(desk, meeting))
    draft.type_text(at(draft, "4", "saving.compulsory"), "100")
    draft.add_line(GroupLine("gift", 2_000, text="коноктон"))
    plan = plan_meeting(desk, meeting, draft.sheet())
    assert plan.reversed == ()
    assert sorted(one.kind for one in plan.fresh) == ["difference", "gift", "saving"]
    correct_meeting(desk, meeting, plan, group, "унутулган")
    opened = reopen_meeting(desk, meeting)
    assert [line.text for line in opened.sheet.lines] == ["дептер", "коноктон"], "free words of a line stay with it"
    with pytest.raises(KnownError):
        plan_meeting(desk, meeting, drafted(opened).sheet())


def test_a_wrong_loan_is_given_anew(desk: Desk, group: str) -> None:
    sheet = Sheet(group, MARCH, rows=(SheetRow("3", Attendance.PRESENT, outs=(Out("loan", 60_000),)),))
    meeting = record_meeting(desk, sheet).value.name
    assert meeting is not None
    draft = drafted(reopen_meeting(desk, meeting))
    assert all(line.loan is None for line in draft.lines), "its own loan is not there to be paid"
    draft.type_text(at(draft, "3", "loan"), "60")
    correct_meeting(desk, meeting, plan_meeting(desk, meeting, draft.sheet()), group, "60, 600 эмес")
    assert sums(desk, group) == {"principal": 6_000, "box": -6_000}, "nobody counted"
    again = drafted(reopen_meeting(desk, meeting))
    cell = again.cell(at(again, "3", "loan"))
    assert cell is not None
    assert cell.amount_minor == 6_000


def marks_of(desk: Desk, group: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in attendance(desk.book, group, APRIL, APRIL):
        for mark, number in one.marks.items():
            found[mark] = found.get(mark, 0) + number
    return found


def test_attendance_and_decisions_are_put_right(desk: Desk, group: str) -> None:
    meeting = two_meetings(desk, group)
    assert marks_of(desk, group) == {"represented": 1, "present": 2, "late": 1}
    draft = drafted(reopen_meeting(desk, meeting))
    draft.mark(0, Attendance.PRESENT)
    draft.change_decision(0, Decision("Дептер алынсын", 2, 1, 0))
    plan = plan_meeting(desk, meeting, draft.sheet())
    assert (plan.reversed, plan.fresh) == ((), ()), "no money is touched"
    money = sums(desk, group)
    correct_meeting(desk, meeting, plan, group, "өзү келген")
    assert sums(desk, group) == money
    assert marks_of(desk, group) == {"present": 3, "late": 1}
    assert [(one.present, one.represented) for one in meeting_store.meetings(desk.book, group)][1] == (4, 0)
    opened = reopen_meeting(desk, meeting)
    assert opened.sheet.decisions == (Decision("Дептер алынсын", 2, 1, 0),)
    second = drafted(opened)
    second.mark(1, Attendance.REPRESENTED, "Гүлзат")
    correct_meeting(desk, meeting, plan_meeting(desk, meeting, second.sheet()), group, "сиңдиси келген")
    assert marks_of(desk, group) == {"present": 2, "late": 1, "represented": 1}
    rows = reopen_meeting(desk, meeting).sheet.rows
    assert {row.represented_by for row in rows} == {None, "Гүлзат"}
    assert reopen_meeting(desk, meeting).sheet.decisions == (Decision("Дептер алынсын", 2, 1, 0),), "still as put right"


def test_a_meeting_that_nobody_knows_is_said(desk: Desk) -> None:
    with pytest.raises(KnownError) as refused:
        reopen_meeting(desk, "aaaaaaaa.bbbbbbbb.7")
    assert refused.value.problems[0].code is Code.MEETING_UNKNOWN


def test_nothing_is_proposed_on_a_sheet_opened_again(desk: Desk, group: str) -> None:
    meeting = two_meetings(desk, group)
    draft = drafted(reopen_meeting(desk, meeting))
    state: SheetState = draft.state
    draft.all_usual()
    draft.confirm_row(3)
    assert draft.state == state


def test_a_meeting_that_was_not_held_takes_no_money(desk: Desk, group: str) -> None:
    meeting = record_meeting(desk, Sheet(group, MARCH, held=False, reason="snow")).value.name
    assert meeting is not None
    draft = drafted(reopen_meeting(desk, meeting))
    draft.type_text(at(draft, "1", "saving.compulsory"), "100")
    with pytest.raises(KnownError) as refused:
        plan_meeting(desk, meeting, draft.sheet())
    (told,) = refused.value.problems
    assert (told.code, told.facts["date"]) == (Code.MONEY_WITHOUT_MEETING, "2026-03-12")
    assert sums(desk, group) == {}
