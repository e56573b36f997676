"""What needs a person is kept beside the book: the same as worked out afresh, whatever was written and whatever day."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import make_desk
from desk_maker import make_group

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

from village import RULES
from village import village

from shg_desk.actions.attention import attention
from shg_desk.actions.books import open_desk
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_between
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_today import today_at_first
from shg_desk.actions.views_today_rest import today
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store

DAY = date(2026, 11, 21)
LARGE = ("operation", "entry", "posting", "account", "month_total", "attendance", "cash_count", "standing", "revision")
"""Tables that grow with every meeting, or with every person."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=DAY)
    yield made
    made.close()


def unread(desk: Desk) -> int:
    return attention(desk, group_store.groups(desk.book), 0).unread


def is_as_worked_out_afresh(desk: Desk) -> None:
    groups = group_store.groups(desk.book)
    found = attention(desk, groups)
    late = loan_list(desk, only="late").lines
    assert {(one.id, one.group, one.arrears_minor, (desk.today() - one.since).days) for one in found.late} == {
        (line.id, line.group, line.arrears_minor, line.late_days) for line in late
    }
    broken = [one for group in groups for one in meeting_store.cash_counts(desk.book, group.id) if one.broken]
    assert list(found.broken) == broken


def test_it_is_kept_and_only_a_group_that_changed_is_looked_at_again(desk: Desk, tmp_path: Path) -> None:
    group = village(desk)
    make_group(desk, "B-1", rules=RULES)
    assert unread(desk) == 2
    is_as_worked_out_afresh(desk)
    assert attention(desk, group_store.groups(desk.book)).late, "the village has a loan that is late"
    desk.close()
    again = open_desk(tmp_path / "desk.shgbook", PASSPHRASE, clock=DemoClock(DAY))
    assert unread(again) == 0
    is_as_worked_out_afresh(again)
    rows = (SheetRow("2", Attendance.PRESENT, ins=(In("saving", 10_000, product="compulsory"),)),)
    record_meeting(again, Sheet(group, DAY, rows=rows))
    assert unread(again) == 1
    is_as_worked_out_afresh(again)
    again.close()


def test_a_receipt_written_late_breaks_the_counts_after_it(desk: Desk) -> None:
    group = village(desk)
    is_as_worked_out_afresh(desk)
    assert not attention(desk, group_store.groups(desk.book)).broken
    row = SheetRow("3", ins=(In("saving", 5_000, product="compulsory"),))
    record_between(desk, group, date(2026, 10, 12), [row])
    is_as_worked_out_afresh(desk)
    assert len(attention(desk, group_store.groups(desk.book)).broken) == 2, "of three, the two after that day"


def test_every_day_it_says_what_is_true_of_that_day(desk: Desk) -> None:
    village(desk)
    assert isinstance(desk.clock, DemoClock)
    # the loan of 10 October falls due on the 10th of three months; the clock may also go back
    for day in (*(DAY + timedelta(days=ahead) for ahead in range(-14, 60)), DAY):
        desk.clock.move(day)
        is_as_worked_out_afresh(desk)


def test_kept_answers_of_another_life_of_the_book_are_not_believed(desk: Desk) -> None:
    village(desk)
    attention(desk, group_store.groups(desk.book))
    assert unread(desk) == 0
    desk.book.begin_new_life(desk.random_bytes)
    assert unread(desk) == 1


def test_an_entry_of_a_day_to_come_counts_when_the_day_has_come(desk: Desk) -> None:
    group = village(desk)
    ahead = DAY + timedelta(days=5)
    row = SheetRow("2", Attendance.PRESENT, ins=(In("repayment", 10_600, loan="L-1"),))
    record_meeting(desk, Sheet(group, ahead, rows=(row,)))
    assert isinstance(desk.clock, DemoClock)
    late = []
    for day in (DAY, ahead - timedelta(days=1), ahead, ahead + timedelta(days=1)):
        desk.clock.move(day)
        is_as_worked_out_afresh(desk)
        late.append(len(attention(desk, group_store.groups(desk.book)).late))
    assert late == [1, 1, 0, 0]


def test_the_first_rows_of_today_never_go_through_the_ledger(desk: Desk) -> None:
    village(desk)
    statements: list[str] = []
    desk.book.db.connection.set_trace_callback(statements.append)
    at_first = today_at_first(desk)
    desk.book.db.connection.set_trace_callback(None)
    assert [one.number for one in at_first.meetings] == ["4"]
    plans = [row[3] for said in statements for row in desk.book.db.rows(f"EXPLAIN QUERY PLAN {said}")]
    assert any(plan.startswith("SEARCH") for plan in plans)
    aliases = {"o": "operation", "e": "entry", "p": "posting", "s": "standing", "a": "account", "k": "cash_count"}
    through = [plan for plan in plans if plan.startswith("SCAN ")]
    assert not [plan for plan in through if aliases.get(plan.split()[1], plan.split()[1]) in LARGE], through


def test_today_at_first_and_further_come_to_the_whole(desk: Desk) -> None:
    village(desk)
    whole = today(desk)
    assert whole.is_whole
    assert [one.kind for one in whole.waiting] == ["difference", "overdue", "sheets", "term", "recovery"]
    assert [one.kind for one in today_at_first(desk).waiting] == ["difference", "sheets", "term", "recovery"]
    late = next(one for one in whole.waiting if one.kind == "overdue")
    assert (late.facts["n"], late.facts["amount_minor"], late.facts["days"]) == (1, 10_600, 11)
