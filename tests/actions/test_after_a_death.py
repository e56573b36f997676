"""After a death: paid out years later, corrected line by line, meetings opened again, the next sheet, its paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_group
from mourning import DECIDED
from mourning import DIED
from mourning import of
from mourning import plain
from mourning import village

from shg_desk.actions.between import Between
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import death_sheet
from shg_desk.actions.death_account import print_death
from shg_desk.actions.death_account import settled_rows
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.reopening import Reopened
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.views_entry import entry_detail
from shg_desk.actions.views_member import MeetingMark
from shg_desk.actions.views_member import member_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.ledger_words import statement_line
from shg_desk.reports.death_account import PaidOut
from shg_desk.store import groups as group_store


@pytest.fixture
def book_day() -> date:
    return date(2026, 6, 10)


def test_paid_out_years_later_and_then_it_stays(desk: Desk) -> None:
    group, member = village(desk)
    write_death(desk, Death(member, DIED, DECIDED, {"fines": "set-off"}))
    clock = desk.clock
    assert isinstance(clock, DemoClock)
    later = date(2029, 3, 1)
    clock.move(later)
    out = Between(group, later, "payable", 196_000, member, text="кызы Айпери", receipt="44")
    with pytest.raises(KnownError) as caught:
        write_between(desk, replace(out, amount_minor=196_100))
    assert [one.code for one in caught.value.problems] == [Code.PAYABLE_TOO_MUCH]
    write_between(desk, out)
    assert {code: amount for code, amount in of(desk, group, member).items() if amount} == {}
    with pytest.raises(KnownError) as caught:
        undo_death(desk, member, "башка Айгүл")
    assert {one.code for one in caught.value.problems} == {Code.BELOW_ZERO_THEN}
    view = member_view(desk, member)
    assert view is not None
    assert [row.what for row in view.statement.rows][-1] == "payable"
    assert view.statement.rows[-1].out_minor == 196_000


def test_the_account_says_what_was_paid_since_and_what_is_left(desk: Desk, tmp_path: Path) -> None:
    """2 000 saved, 40 of fines set off; of the 1 960 left, 1 000 and 250 are paid, and the 250 taken back again."""
    group, member = village(desk)
    write_death(desk, Death(member, DIED, DECIDED, {"fines": "set-off"}))
    on = date(2026, 6, 9)
    write_between(desk, Between(group, on, "payable", 100_000, member, receipt="44"))
    wrong = write_between(desk, Between(group, on, "payable", 25_000, member)).value.name
    assert wrong is not None
    account = death_sheet(desk, member).account
    assert account.paid == (PaidOut(on, 100_000, 100_000, "44"), PaidOut(on, 25_000, 25_000))
    assert account.payable_minor == 71_000
    take_back(desk, wrong, "жаңылыш")
    account = death_sheet(desk, member).account
    assert account.paid == (PaidOut(on, 100_000, 100_000, "44"),)
    assert account.payable_minor == 96_000
    assert [line.key for line in account.lines] == ["saving.compulsory", "fines", "L-2"]
    assert print_death(desk, member, tmp_path / "account.pdf", Words("ky")).read_bytes().startswith(b"%PDF")


def test_what_waited_for_her_before_is_a_line_of_its_own(desk: Desk) -> None:
    """She was away at a share-out: 300 wait in her envelope when she dies, 100 of them are paid to her heirs."""
    group = make_group(desk, rules={"lifecycle": "share-out", "savings": [{"code": "compulsory", "amount": "100"}]})
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 30_000),)) for n in range(1, 5))
    record_meeting(desk, Sheet(group, date(2026, 5, 7), rows=rows, counts=(Count(total_minor=120_000),)))
    shared = ShareOutAsked(group, date(2026, 5, 7), absent=("1",), votes=(3, 0))
    record_share_out(desk, shared, Words("en"))
    (member,) = [one.id for one in group_store.memberships(desk.book, group) if one.number == "1"]
    assert [(one.key, one.amount_minor) for one in death_sheet(desk, member).account.lines] == [("payable", 30_000)]
    write_death(desk, Death(member, DIED, DECIDED))
    write_between(desk, Between(group, date(2026, 6, 9), "payable", 10_000, member))
    account = death_sheet(desk, member).account
    assert [(one.key, one.amount_minor) for one in account.lines] == [("payable", 30_000)]
    assert [one.taken_minor for one in account.paid] == [10_000]
    assert account.payable_minor == 20_000


def test_one_line_taken_back_in_the_ledger_takes_the_whole_settlement(desk: Desk) -> None:
    """Without the grant: that was cash, and is a line of its own."""
    group, member = village(desk)
    before = plain(desk, group)
    choices = {debt.key: "set-off" for debt in death_view(desk, member, DIED, DECIDED).estate.debts}
    write_death(desk, Death(member, DIED, DECIDED, choices, grant_minor=50_000))
    rows = settled_rows(desk, member)
    one = next(row for row in rows if row.kind == "repayment")
    assert entry_detail(desk, one.name).hows == ("reverse",)
    write_correction(desk, group, plan_entry(desk, one.name), "жаңылыш")
    after = Counter(plain(desk, group))
    after.subtract(before)
    assert {key[0]: amount for key, amount in after.items() if amount} == {"social": 50_000, "box": -50_000}
    assert [row.kind for row in settled_rows(desk, member)] == ["grant"]
    write_death(desk, Death(member, DIED, DECIDED, choices))
    assert of(desk, group, member) == {"payable": -136_000}


def test_an_older_settlement_does_not_say_it_was_a_cash_difference(desk: Desk) -> None:
    _, member = village(desk)
    write_death(desk, Death(member, DIED, DECIDED, {"fines": "forgiven"}, votes=(3, 0)))
    view = member_view(desk, member)
    assert view is not None
    words = Words("en")
    said = [statement_line(words, row, view.statement.currency) for row in view.statement.rows if row.what == "death"]
    assert said == [
        "Settled at her death, compulsory, 2\u00a0000\u00a0som",
        "Settled at her death, 40\u00a0som",
    ]


def drafted(opened: Reopened) -> Draft:
    state = state_of(opened.ground, opened.sheet)
    return Draft(opened.ground, state, state)


@pytest.mark.parametrize("day", [DIED, date(2026, 5, 28)])
def test_a_meeting_of_that_day_or_after_is_opened_again(desk: Desk, day: date) -> None:
    """She was there in the morning of the day, or was marked excused on a later one; her mark stays as it was."""
    group, member = village(desk)
    mark = Attendance.PRESENT if day == DIED else Attendance.EXCUSED
    rows = [SheetRow("2", mark), *(SheetRow(n, Attendance.PRESENT) for n in ("1", "3", "4"))]
    name = record_meeting(desk, Sheet(group, day, rows=tuple(rows), counts=(Count(total_minor=881_800),))).value.name
    assert name is not None
    choices = {debt.key: "set-off" for debt in death_view(desk, member, DIED, DECIDED).estate.debts}
    write_death(desk, Death(member, DIED, DECIDED, choices))
    opened = reopen_meeting(desk, name)
    draft = drafted(opened)
    saving = next(one for one in draft.columns if one.kind == "saving")
    draft.type_text(Place(0, saving.key), "50")
    plan = plan_meeting(desk, name, draft.sheet())
    correct_meeting(desk, name, plan, group, "50 жазылбай калыптыр")
    assert member_marks(desk, member)[0].mark == mark.value


def test_the_way_out_that_is_told_leads_there(desk: Desk) -> None:
    """The meeting after her death is corrected as the sentence says: marked as excused, her money taken out."""
    group, member = village(desk)
    on = date(2026, 5, 28)
    rows = [SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000),)) for n in range(1, 5)]
    name = record_meeting(desk, Sheet(group, on, rows=tuple(rows), counts=(Count(total_minor=921_800),))).value.name
    assert name is not None
    with pytest.raises(KnownError) as caught:
        write_death(desk, Death(member, DIED, DECIDED))
    assert [one.facts["date"] for one in caught.value.problems] == [on.isoformat()]
    draft = drafted(reopen_meeting(desk, name))
    line = draft.line_of("2")
    assert line is not None
    draft.mark(line, Attendance.EXCUSED)
    draft.clear(Place(line, next(one.key for one in draft.columns if one.kind == "saving")))
    correct_meeting(desk, name, plan_meeting(desk, name, draft.sheet()), group, "ал каза болгон")
    write_death(desk, Death(member, DIED, DECIDED))
    assert of(desk, group, member)["payable"] == -200_000


def member_marks(desk: Desk, member: str) -> list[MeetingMark]:
    view = member_view(desk, member)
    assert view is not None
    return list(view.marks)


def test_its_paper(desk: Desk, tmp_path: Path) -> None:
    _, member = village(desk)
    write_death(desk, Death(member, DIED, DECIDED, {"fines": "forgiven"}, votes=(3, 0), heir="уулу Азамат"))
    out = print_death(desk, member, tmp_path / "paper.pdf", Words("ru"))
    assert out.read_bytes().startswith(b"%PDF")
