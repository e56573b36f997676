"""A repayment put right on the sheet of its meeting: what cannot be is refused as on a new sheet, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.corrections import Plan
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.share_plan import owed_minor
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.store.check import check
from shg_desk.store.entries import entries_of
from shg_desk.store.groups import memberships

MARCH, LENT, APRIL, MAY = date(2026, 3, 5), date(2026, 3, 12), date(2026, 4, 9), date(2026, 5, 7)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=date(2026, 7, 1))
    yield made
    assert check(made.book) == []
    made.close()


def lent(desk: Desk) -> tuple[str, str, str]:
    """900 lent to 1, 954 to be brought, of which she brings 318 in April: the group, that meeting, the loan."""
    group = make_group(desk)
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 200_000),)) for n in range(1, 5))
    record_meeting(desk, Sheet(group, MARCH, rows=rows))
    given = SheetRow("1", Attendance.PRESENT, outs=(Out("loan", 90_000),))
    (new,) = record_meeting(desk, Sheet(group, LENT, rows=(given,))).value.new_loans
    brought = (In("repayment", 31_800, loan=new.id), In("saving", 10_000))
    april = tuple(SheetRow(str(n), Attendance.PRESENT, ins=brought if n == 1 else ()) for n in range(1, 5))
    return group, record_meeting(desk, Sheet(group, APRIL, rows=april)).value.name or "", new.id


def typed(desk: Desk, meeting: str, number: str, text: str, column: str = "repayment") -> Plan:
    """What typing that into a member's cell of the sheet opened again would write."""
    opened = reopen_meeting(desk, meeting)
    state = state_of(opened.ground, opened.sheet)
    draft = Draft(opened.ground, state, state)
    line = draft.line_of(number)
    assert line is not None
    assert draft.type_text(Place(line, column), text) is None
    return plan_meeting(desk, meeting, draft.sheet())


def refused(desk: Desk, meeting: str, number: str, text: str) -> list[Code]:
    with pytest.raises(KnownError) as told:
        typed(desk, meeting, number, text)
    return [one.code for one in told.value.problems]


def test_more_than_is_left_is_refused_and_all_of_it_is_taken(desk: Desk) -> None:
    group, meeting, _ = lent(desk)
    assert refused(desk, meeting, "1", "1000") == [Code.REPAYMENT_TOO_LARGE]
    assert refused(desk, meeting, "1", "955") == [Code.REPAYMENT_TOO_LARGE]
    correct_meeting(desk, meeting, typed(desk, meeting, "1", "954"), group, "she brought all of it")
    assert "principal" not in sums(desk, group)


def test_a_member_without_a_loan_has_none_to_repay(desk: Desk) -> None:
    _, meeting, _ = lent(desk)
    assert refused(desk, meeting, "2", "50") == [Code.LOAN_UNKNOWN]


def test_what_was_paid_since_cannot_be_brought_once_more(desk: Desk) -> None:
    group, meeting, loan = lent(desk)
    member = memberships(desk.book, group)[0].id
    write_between(desk, Between(group, MAY, "repayment", 63_600, member, loan=loan))
    assert refused(desk, meeting, "1", "400") == [Code.REPAYMENT_TOO_LARGE]


@pytest.mark.parametrize("day", [date(2026, 4, 2), MAY])
def test_a_loan_that_another_laptop_has_paid_off_can_still_be_put_right(desk: Desk, day: date) -> None:
    """954 brought by another program's record as well: 318 too much, whose row, and her neighbours', can be changed."""
    group, meeting, loan = lent(desk)
    member = memberships(desk.book, group)[0].id
    line = {"accounts": ["box", "interest", "principal"], "by": "loan", "kind": "repayment"}
    entry = {**line, "lines": [[0, 95_400, -5_400]]}
    body = {"group": group, "date": day.isoformat(), "members": [member], "loans": [loan], "entries": [entry]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", body))
    assert sums(desk, group)["principal"] == -30_000
    for number in ("1", "2"):
        fresh = [one for one in typed(desk, meeting, number, "30", "saving.compulsory").fresh if one.by]
        assert [(one.kind, -one.postings[1][1]) for one in fresh] == [("saving", 3_000)]
    assert refused(desk, meeting, "1", "319") == [Code.REPAYMENT_TOO_LARGE]
    correct_meeting(desk, meeting, typed(desk, meeting, "1", ""), group, "written twice")
    assert "principal" not in sums(desk, group)
    assert sums(desk, group)["interest"] == -5_400


def test_what_was_brought_for_a_loan_that_another_laptop_took_back_can_be_emptied(tmp_path: Path) -> None:
    """900 never lent after all; 318 for it came at the other laptop's meeting. Emptied, only the 100 saved are left."""
    with three_desks(tmp_path) as (office, first, second, group):
        for one in (office, first, second):
            one.clock.move(date(2026, 7, 1))  # type: ignore[attr-defined]
        member = memberships(first.book, group)[0].id
        given = write_between(first, Between(group, LENT, "loan", 90_000, member)).value
        (new,) = given.new_loans
        for _ in range(2):
            trip(office, first, second)
        (entry,) = entries_of(first.book, given.name or "")
        write_correction(first, group, plan_entry(first, entry.name, "reverse"), "it was never given")
        brought = (In("repayment", 31_800, loan=new.id), In("saving", 10_000))
        sheet = Sheet(group, MAY, rows=(SheetRow("1", Attendance.PRESENT, ins=brought),))
        meeting = record_meeting(second, sheet).value.name or ""
        for _ in range(2):
            trip(office, first, second)
        assert sums(second, group)["box"] == 41_800
        ground = reopen_meeting(second, meeting).ground
        hers = ground.member("1")
        assert hers is not None
        assert owed_minor(ground, hers) == 0, "18 of interest fell due in April, of a loan she never had"
        assert refused(second, meeting, "1", "300") == [Code.LOAN_TAKEN_BACK]
        correct_meeting(second, meeting, typed(second, meeting, "1", ""), group, "it was brought for nothing")
        assert sums(second, group) == {"box": 10_000, "saving.compulsory": -10_000}
