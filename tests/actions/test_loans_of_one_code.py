"""No loan gets a code another one had; where two have one all the same, each is seen, chosen and booked as itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from three_desks import met
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.death import Death
from shg_desk.actions.death import preview_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_file import read_sheet
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.store.entries import entries_of
from shg_desk.store.entries import member_entries
from shg_desk.store.groups import memberships

HERE, MAY = Attendance.PRESENT, date(2026, 4, 30)
OLDER, NEWER = "L-1 (10.03.2026)", "L-1 (11.03.2026)"


def left(desk: Desk, group: str) -> dict[str, int]:
    """What every loan of the group is called, and what of its principal is left."""
    lines = loan_list(desk, group, only="all").lines
    found = {one.code: one.outstanding_minor for one in lines}
    assert len(found) == len(lines), "no two loans are called alike"
    return found


def lend(desk: Desk, group: str, on: date, amount_minor: int) -> str:
    rows = (SheetRow("1", HERE, outs=(Out("loan", amount_minor),)),)
    return record_meeting(desk, Sheet(group, on, rows=rows)).value.name or ""


def test_a_code_of_another_day_is_never_given_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=MAY)
    group = make_group(desk)
    record_meeting(desk, Sheet(group, date(2026, 3, 5), rows=(SheetRow("1", HERE, ins=(In("saving", 500_000),)),)))
    lend(desk, group, date(2026, 3, 19), 90_000)
    earlier = lend(desk, group, date(2026, 3, 12), 60_000)
    assert left(desk, group) == {"L-1": 90_000, "L-2": 60_000}
    (given,) = entries_of(desk.book, earlier)
    write_correction(desk, group, plan_entry(desk, given.name, "other-amount", Change(amount_minor=63_000)), "630")
    assert left(desk, group) == {"L-1": 90_000, "L-3": 63_000}
    desk.close()


@pytest.fixture
def lent_twice(tmp_path: Path) -> Iterator[tuple[Desk, str, str]]:
    """Two laptops unseen of each other lent her 900 on 10 March and 600 on 11 March: two loans L-1, at three desks."""
    with three_desks(tmp_path) as (office, first, second, group):
        for one in (office, first, second):
            one.clock.move(MAY)  # type: ignore[attr-defined]
        member = next(one.id for one in memberships(first.book, group) if one.number == "1")
        met(first, group, date(2026, 3, 3), (1, 2, 3, 4))
        for _ in range(2):
            trip(office, first, second)
        write_between(first, Between(group, date(2026, 3, 10), "loan", 90_000, member))
        write_between(second, Between(group, date(2026, 3, 11), "loan", 60_000, member))
        for _ in range(2):
            trip(office, first, second)
        assert left(office, group) == left(second, group) == {OLDER: 90_000, NEWER: 60_000}
        yield first, group, member


def test_a_sheet_books_each_line_on_its_own_loan_and_opens_again_so(lent_twice: tuple[Desk, str, str]) -> None:
    """Of 600 in three instalments 200 and 12 are due on 11 April, of 900 it was 300 and 18 of interest."""
    desk, group, _ = lent_twice
    april = date(2026, 4, 11)
    draft = Draft(ground_of(desk, group, april))
    assert [one.loan.code for one in draft.lines if one.loan is not None] == [OLDER, NEWER]
    draft.mark(0, HERE)
    assert draft.type_text(Place(1, "repayment"), "212") is None
    sheet = draft.sheet()
    meeting = record_meeting(desk, sheet).value.name or ""
    assert left(desk, group) == {OLDER: 90_000, NEWER: 40_000}
    assert [one.facts["loan"] for card in after_meeting_of(desk, meeting).booklets for one in card.lines] == [NEWER]
    assert [part.code for row in minutes_of(desk, meeting).rows for part in row.repaid] == [NEWER]
    opened = reopen_meeting(desk, meeting)
    state = state_of(opened.ground, opened.sheet)
    again = Draft(opened.ground, state, state)
    assert again.type_text(Place(1, "repayment"), "") is None
    assert again.type_text(Place(0, "repayment"), "318") is None
    correct_meeting(desk, meeting, plan_meeting(desk, meeting, again.sheet()), group, "it was the other one")
    assert left(desk, group) == {OLDER: 60_000, NEWER: 60_000}


def test_between_meetings_a_shared_code_is_refused_and_told_apart(lent_twice: tuple[Desk, str, str]) -> None:
    desk, group, member = lent_twice
    ground = ground_of(desk, group, MAY)
    older, _ = next(one.loans for one in ground.members if one.number == "1")
    with pytest.raises(KnownError) as refused:
        write_between(desk, Between(group, MAY, "repayment", 60_000, member, loan="L-1"))
    (problem,) = (one for one in refused.value.problems if one.code is Code.LOAN_CODE_SHARED)
    assert problem.facts["loans"] == f"{OLDER}; {NEWER}"
    row = {"member": "1", "attendance": "present", "in": [{"kind": "repayment", "amount": "600", "loan": "L-1"}]}
    sheet, problems = read_sheet({"rows": [row]}, ground)
    assert problems == []
    with pytest.raises(KnownError) as refused:
        record_meeting(desk, sheet)
    assert Code.LOAN_CODE_SHARED in [one.code for one in refused.value.problems]
    write_between(desk, Between(group, MAY, "repayment", 95_400, member, loan=older.id))
    assert left(desk, group) == {OLDER: 0, NEWER: 60_000}
    write_between(desk, Between(group, MAY, "repayment", 63_600, member, loan=NEWER))
    assert left(desk, group) == {OLDER: 0, NEWER: 0}
    codes = [one.loan_code for one in member_entries(desk.book, member) if one.kind == "repayment"]
    assert sorted(filter(None, codes)) == [OLDER, NEWER]


def test_a_loan_taken_back_takes_its_code_from_nobody(lent_twice: tuple[Desk, str, str]) -> None:
    desk, group, member = lent_twice
    (given,) = (one for one in member_entries(desk.book, member) if one.loan_code == NEWER)
    write_correction(desk, group, plan_entry(desk, given.name), "it was never given")
    assert left(desk, group) == {"L-1": 90_000}


def test_at_a_death_each_loan_goes_as_it_was_chosen(lent_twice: tuple[Desk, str, str]) -> None:
    desk, group, member = lent_twice
    older, _ = next(one.loans for one in ground_of(desk, group, MAY).members if one.number == "1")

    def decided(choices: dict[str, str]) -> dict[str, tuple[str, int]]:
        ahead = preview_death(desk, Death(member, MAY, MAY, choices=choices, votes=(3, 0), decided="чечим"))
        return {one.debt.said: (one.choice, one.left_minor) for one in ahead.settled.decided}

    # 18 and 12 of interest fell due in April
    kept = {OLDER: ("kept", 91_800), NEWER: ("kept", 61_200)}
    assert decided({older.id: "forgiven"}) == {**kept, OLDER: ("forgiven", 0)}
    assert decided({NEWER: "forgiven"}) == {**kept, NEWER: ("forgiven", 0)}
    with pytest.raises(KnownError) as refused:
        decided({"L-1": "forgiven"})
    assert refused.value.problems[0].code is Code.LOAN_CODE_SHARED
