"""After a meeting: what is read aloud and written into the booklets, one value for the screen and for the paper."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import end_membership
from shg_desk.actions.last_closed import closed_meeting
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.sheet_desk import close_sheet
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import group_facts
from shg_desk.domain.booklet import MemberAfter
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.groups import memberships

HERE, MARCH, APRIL = Attendance.PRESENT, date(2026, 3, 10), date(2026, 4, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, day=date(2026, 12, 1))


def meet(desk: Desk, group: str, on: date, *rows: SheetRow) -> str:
    """A meeting closed on its page; right after it and later on the screen says what the paper says."""
    written = close_sheet(desk, Sheet(group, on, rows=rows)).value
    paper = after_meeting_of(desk, written.name)
    assert written.after == closed_meeting(desk, written.name).after == paper
    assert [one.number for one in paper.booklets] == [one.number for one in paper.cards if one.lines]
    return written.name


def cards(desk: Desk, meeting: str) -> dict[str, MemberAfter]:
    return {one.number: one for one in after_meeting_of(desk, meeting).cards}


def test_interest_kept_back_is_not_cash_and_is_written_into_the_booklet(desk: Desk) -> None:
    """She brings 4 000 and is lent 400; 24 of interest (three months at 2 %) stay in the box: 376 are in her hand."""
    group = make_group(desk)
    lent = Out("loan", 400_00, terms={"interest_at_start": True})
    one = cards(desk, meet(desk, group, MARCH, SheetRow("1", HERE, ins=(In("saving", 4_000_00),), outs=(lent,))))["1"]
    assert (one.paid_minor, one.taken_minor, one.saved_minor, one.debt_minor) == (4_000_00, 376_00, 4_000_00, 400_00)
    assert [(line.what, line.in_minor, line.out_minor) for line in one.lines] == [
        ("saving", 4_000_00, 0),
        ("loan", 0, 400_00),
        ("repayment", 24_00, 0),
    ]


def test_who_joins_later_has_no_card(desk: Desk) -> None:
    group = make_group(desk)
    home = register_household(desk, NewHousehold("A-1-9", persons=[NewPerson("Later Joiner")])).value
    add_member(desk, NewMember(group, "9", home.persons[0], home.household, joined=date(2026, 5, 20)))
    meeting = meet(desk, group, MARCH, SheetRow("1", HERE, ins=(In("saving", 100_00),)))
    assert list(cards(desk, meeting)) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("paid", "owed"), [(100_00, 206_00), (318_00, 0)])
def test_who_left_and_pays_her_debt_has_a_card_and_lines(desk: Desk, paid: int, owed: int) -> None:
    """300 lent at 2 % a month for three: of 100 paid 6 are the first interest; 318 are all there is to pay."""
    group = make_group(desk)
    lent = SheetRow("3", HERE, outs=(Out("loan", 300_00),))
    meet(desk, group, MARCH, SheetRow("1", HERE, ins=(In("saving", 900_00),)), lent)
    third = next(one.id for one in memberships(desk.book, group) if one.number == "3")
    end_membership(desk, third, date(2026, 4, 1))
    member = ground_of(desk, group, APRIL).member("3")
    assert member is not None
    paying = SheetRow("3", None, ins=(In("repayment", paid, loan=member.loans[0].id),))
    found = cards(desk, meet(desk, group, APRIL, SheetRow("1", HERE, ins=(In("saving", 100_00),)), paying))
    assert list(found) == ["1", "2", "3", "4"]
    assert (found["3"].paid_minor, found["3"].debt_minor, len(found["3"].lines)) == (paid, owed, 1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_any_meeting_the_lines_are_those_of_the_passbook(desk: Desk, seed: int) -> None:
    group, chance, on = make_group(desk), Random(seed), MARCH
    for _ in range(8):
        on += timedelta(chance.choice([7, 14, 30]))
        rows = [row_of(chance, member, on) for member in ground_of(desk, group, on).members]
        found = cards(desk, meet(desk, group, on, *rows))
        for book in booklets(group_facts(desk, group)):
            one, end = found[book.holder.number], book.rows[-1].after if book.rows else None
            told = [(row.what, row.in_minor, row.out_minor) for row in book.rows if row.effective == on]
            assert sorted((line.what, line.in_minor, line.out_minor) for line in one.lines) == sorted(told)
            if end is not None:
                assert (one.saved_minor, one.debt_minor, one.fines_minor) == (
                    end.saved_minor, end.debt_minor, end.fines_minor,
                )  # fmt: skip
            moved = sum(line.in_minor - line.out_minor for line in one.lines)
            assert one.paid_minor - one.taken_minor == moved


def row_of(chance: Random, member: MemberGround, on: date) -> SheetRow:
    """Something of what a meeting can have of a member."""
    ins, outs = [In("saving", chance.randrange(1, 9) * 100_00)], []
    for loan in member.loans:
        pay = min(chance.randrange(1, 200) * 1_00, loan.loan_left_minor(on) // 100 * 100)
        if pay:
            ins.append(In("repayment", pay, loan=loan.id))
    if chance.random() < 0.3:
        ins.append(In("fine", 20_00, why="late"))
    if chance.random() < 0.3:
        ins.append(In("fine-owed", 40_00, why="late"))
    if not member.loans and chance.random() < 0.4:
        outs.append(Out("loan", chance.randrange(1, 10) * 100_00, terms={"interest_at_start": chance.random() < 0.5}))
    if member.free_minor("compulsory") > 200_00 and chance.random() < 0.2:
        outs.append(Out("withdrawal", 100_00, product="compulsory"))
    return SheetRow(
        member.number, chance.choice([HERE, Attendance.LATE, Attendance.ABSENT]), ins=tuple(ins), outs=tuple(outs)
    )
