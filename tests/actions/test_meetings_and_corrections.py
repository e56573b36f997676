"""Meetings, money between them and corrections, held against sums done here by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_between
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.domain.corrections import MOVES_TODAY
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
from shg_desk.domain.sheet import Waiver
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store

MARCH = date(2026, 3, 12)
APRIL = date(2026, 4, 12)


def first_sheet(group: str) -> Sheet:
    """Four members; 2 is late and fined, 3 borrows 600, 4 is represented and pays by 1's hand."""
    usual = (In("saving", 10000, product="compulsory"), In("social", 2000))
    return Sheet(
        group,
        MARCH,
        rows=(
            SheetRow("1", Attendance.PRESENT, ins=(*usual, In("saving", 5000, product="voluntary"))),
            SheetRow("2", Attendance.LATE, ins=(*usual, In("fine", 4000, why="late"))),
            SheetRow("3", Attendance.PRESENT, ins=usual, outs=(Out("loan", 30000),)),
            SheetRow("4", Attendance.REPRESENTED, represented_by="Азамат", paid_by="1", ins=usual),
        ),
        lines=(
            GroupLine("expense", 3000, text="дептер", what="supplies"),
            GroupLine("transfer", 10000, source="box", target="bank"),
        ),
        counts=(Count(notes={10000: 1, 5000: 1, 200: 1}, total_minor=None),),
        differences=(NamedDifference(1200, "тыйын ашык"),),
        decisions=(Decision("Карыз берилсин", 3, 0, 1, "loan-approved"),),
        waivers=(Waiver("4", "absent", "ооруп калды"),),
    )


BOX = 4 * 12000 + 5000 + 4000 - 30000 - 3000 - 10000  # 14,000; counted 15,200


def close(desk: Desk, group: str) -> str:
    closed = record_meeting(desk, first_sheet(group)).value
    assert closed.name is not None
    return closed.name


def test_a_closed_meeting_is_the_sum_of_its_lines(desk: Desk) -> None:
    group = make_group(desk)
    close(desk, group)
    assert BOX == 14000
    assert sums(desk, group) == {
        "box": 15200,
        "bank": 10000,
        "saving.compulsory": -40000,
        "saving.voluntary": -5000,
        "social": -8000,
        "income.fines": -4000,
        "principal": 30000,
        "expense.supplies": 3000,
        "differences": -1200,
    }


def test_a_difference_not_named_blocks_and_leaves_nothing(desk: Desk) -> None:
    group = make_group(desk)
    with pytest.raises(KnownError) as refused:
        record_meeting(desk, replace(first_sheet(group), differences=()))
    assert Code.DIFFERENCE_NOT_NAMED in {problem.code for problem in refused.value.problems}
    assert sums(desk, group) == {}


def test_a_repayment_is_split_by_the_loans_schedule(desk: Desk) -> None:
    """300 flat at 2 % a month in 3: 6.00 interest and 100.00 principal a month, so 106.00 is the first instalment."""
    group = make_group(desk)
    close(desk, group)
    sheet = Sheet(group, APRIL, rows=(SheetRow("3", Attendance.PRESENT, ins=(In("repayment", 10600),)),))
    record_meeting(desk, sheet)
    found = sums(desk, group)
    assert found["interest"] == -600
    assert found["principal"] == 20000
    ground = ground_of(desk, group, APRIL)
    assert [loan.expected_minor(APRIL) for loan in ground.members[2].loans] == [0]


def test_between_meetings_money_is_in_the_next_sheets_box(desk: Desk) -> None:
    group = make_group(desk)
    close(desk, group)
    rows = [SheetRow("3", ins=(In("repayment", 5000),))]
    record_between(desk, group, date(2026, 3, 20), rows, receipt="17")
    ground = ground_of(desk, group, APRIL)
    assert ground.places_minor["box"] == 15200 + 5000
    with pytest.raises(KnownError):
        record_between(desk, group, date(2026, 3, 21))


def test_a_surprise_count_is_an_assertion_that_a_later_correction_breaks(desk: Desk) -> None:
    group = make_group(desk)
    meeting = close(desk, group)
    record_count(desk, group, date(2026, 3, 20), [Count(total_minor=15200)], who="район")
    rows = entry_store.entries_of(desk.book, meeting)
    fine = next(row for row in rows if row.kind == "fine")
    plan = plan_entry(desk, fine.name, "reverse", cash=MOVES_TODAY)
    desk.clock.move(date(2026, 4, 2))  # type: ignore[attr-defined]
    plan = plan_entry(desk, fine.name, "reverse", cash=MOVES_TODAY)
    assert plan.on == date(2026, 4, 2)
    write_correction(desk, group, plan, "ал кечиккен эмес")
    assert sums(desk, group)["box"] == 15200 - 4000
    assert not any(count.broken for count in meeting_store.cash_counts(desk.book, group))


def test_a_correction_that_moves_no_cash_counts_on_the_first_day(desk: Desk) -> None:
    group = make_group(desk)
    meeting = close(desk, group)
    rows = entry_store.entries_of(desk.book, meeting)
    voluntary = next(row for row in rows if any(p.code == "saving.voluntary" for p in row.postings))
    plan = plan_entry(desk, voluntary.name, "other-member", Change(member="2"))
    assert not plan.moves_cash
    assert plan.on == MARCH
    effects = {(code, amount) for (code, _), amount in plan.effects().items()}
    assert effects == {("saving.voluntary", 5000), ("saving.voluntary", -5000)}
    before = sums(desk, group)
    write_correction(desk, group, plan, "башканын катарына жазылган")
    assert sums(desk, group) == before
    ground = ground_of(desk, group, APRIL)
    assert [member.saved_minor.get("voluntary", 0) for member in ground.members] == [0, 5000, 0, 0]
    with pytest.raises(KnownError) as refused:
        plan_entry(desk, voluntary.name, "twice")
    assert refused.value.problems[0].code is Code.ALREADY_CORRECTED


def test_another_amount_leaves_the_count_whole_and_the_gap_open(desk: Desk) -> None:
    group = make_group(desk)
    meeting = close(desk, group)
    rows = entry_store.entries_of(desk.book, meeting)
    saving = next(row for row in rows if row.kind == "saving" and row.member and row.member.number == "2")
    plan = plan_entry(desk, saving.name, "other-amount", Change(amount_minor=1000))
    write_correction(desk, group, plan, "10 сом болчу")
    found = sums(desk, group)
    assert found["box"] == 15200
    assert found["saving.compulsory"] == -31000
    assert found["differences"] == -1200 - 9000
    assert not any(count.broken for count in meeting_store.cash_counts(desk.book, group))


def test_a_meeting_opened_again_is_put_right_by_the_fewest_entries(desk: Desk) -> None:
    group = make_group(desk)
    meeting = close(desk, group)
    sheet = first_sheet(group)
    rows = list(sheet.rows)
    rows[1] = replace(rows[1], ins=rows[1].ins[:2])  # no fine after all
    plan = plan_meeting(desk, meeting, replace(sheet, rows=tuple(rows)))
    assert [recorded.kind for recorded in plan.reversed] == ["fine"]
    assert [fresh.kind for fresh in plan.fresh] == ["difference"]
    write_correction(desk, group, plan, "айып алынган эмес")
    with pytest.raises(KnownError) as refused:
        plan_meeting(desk, meeting, replace(sheet, rows=tuple(rows)))
    assert refused.value.problems[0].code is Code.NOTHING_CHANGED


def test_a_loan_paid_on_is_not_taken_back_before_its_payments(desk: Desk) -> None:
    group = make_group(desk)
    meeting = close(desk, group)
    loan = next(row for row in entry_store.entries_of(desk.book, meeting) if row.kind == "loan")
    record_between(desk, group, APRIL, [SheetRow("3", ins=(In("repayment", 10600),))])
    with pytest.raises(KnownError) as refused:
        plan_entry(desk, loan.name, "reverse")
    assert refused.value.problems[0].code is Code.LOAN_HAS_REPAYMENTS


def test_a_meeting_before_the_group_existed_is_refused(desk: Desk) -> None:
    group = make_group(desk)
    with pytest.raises(KnownError) as refused:
        record_meeting(desk, replace(first_sheet(group), on=date(2026, 2, 1)))
    assert Code.BEFORE_GROUP in {problem.code for problem in refused.value.problems}
