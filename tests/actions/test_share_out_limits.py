"""Whom and what a share-out leaves alone, when the money counts as counted, and what goes together in the ledger."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import Any

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.death import Death
from shg_desk.actions.death import preview_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store

RULES: dict[str, Any] = {
    "lifecycle": "share-out",
    "saving": [{"product": "compulsory", "amount": "100"}],
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3},
}
FIRST = date(2026, 3, 7)
DAY = date(2026, 4, 4)
EN = Words("en")


@pytest.fixture
def book_day() -> date:
    return date(2026, 5, 1)


@pytest.fixture
def group(desk: Desk) -> str:
    """Four members saved 100, 200, 300 and 400; the third has a loan of 300."""
    made = make_group(desk, rules=RULES)
    rows = [
        SheetRow(
            str(n),
            Attendance.PRESENT,
            ins=(In("saving", 10_000 * n),),
            outs=(Out("loan", 30_000),) if n == 3 else (),
        )
        for n in range(1, 5)
    ]
    record_meeting(desk, Sheet(made, FIRST, rows=tuple(rows)))
    return made


def counted(desk: Desk, group: str, on: date = DAY) -> None:
    record_count(desk, group, on, [Count(total_minor=sums(desk, group)["box"])])


def shared(desk: Desk, group: str, **more: Any) -> str:
    name = record_share_out(desk, ShareOutAsked(group, **{"on": DAY, "votes": (4, 0), **more}), EN).value.name
    assert name is not None
    return name


def refused(desk: Desk, group: str, on: date = DAY) -> list[Code]:
    with pytest.raises(KnownError) as told:
        shared(desk, group, on=on)
    return [one.code for one in told.value.problems]


def member(desk: Desk, group: str, number: str) -> str:
    return next(one.id for one in group_store.memberships(desk.book, group) if one.number == number)


def saved(desk: Desk, group: str, owner: str) -> int:
    found = ledger_store.balances(desk.book, group)
    return -sum(one.amount_minor for one in found if one.account.owner == owner and "saving" in one.account.code)


def test_one_who_joins_after_the_day_keeps_what_she_saved_before(desk: Desk, group: str) -> None:
    house = register_household(desk, NewHousehold("Z-9", persons=[NewPerson("Зуура")])).value
    late = NewMember(group, "9", house.persons[0], house.household, joined=DAY + timedelta(days=27))
    zuura = add_member(desk, late).value
    write_between(desk, Between(group, DAY - timedelta(days=3), "saving", 10_000, member=zuura, product="compulsory"))
    counted(desk, group)
    plan = record_share_out(desk, ShareOutAsked(group, DAY, votes=(4, 0)), EN).value.plan
    assert plan.owed_minor == 10_000
    # 1 000 saved less 300 lent out lie in the box beside her 100
    assert (plan.cash_minor, plan.handed_minor) == (70_000, 70_000)
    assert saved(desk, group, zuura) == 10_000
    assert sums(desk, group)["box"] == 10_000, "her money still lies in the box"


def test_a_count_of_a_later_day_alone_is_told_as_later(desk: Desk, group: str) -> None:
    counted(desk, group, DAY + timedelta(days=2))
    assert refused(desk, group) == [Code.SHARE_OUT_LATER]
    shared(desk, group, on=DAY + timedelta(days=2))


def test_money_that_came_after_the_count_is_counted_too(desk: Desk, group: str) -> None:
    counted(desk, group)
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000),)) for n in range(1, 5))
    record_meeting(desk, Sheet(group, DAY, rows=rows))
    assert refused(desk, group) == [Code.SHARE_OUT_NOT_COUNTED]
    counted(desk, group)
    shared(desk, group)


def test_what_was_taken_back_after_the_count_needs_no_other_one(desk: Desk, group: str) -> None:
    counted(desk, group)
    write_between(desk, Between(group, DAY, "expense", 1_000))
    assert refused(desk, group) == [Code.SHARE_OUT_NOT_COUNTED]
    (row,) = entry_store.entries(desk.book, group, entry_store.Page(limit=-1, first=DAY, last=DAY))
    write_correction(desk, group, plan_entry(desk, row.name, cash="never-moved"), "not spent")
    shared(desk, group)


@pytest.mark.parametrize("which", [0, 1])
def test_a_loan_set_off_comes_back_with_the_interest_let_off(desk: Desk, group: str, which: int) -> None:
    before = loan_list(desk, group, only="open").lines
    counted(desk, group)
    op = shared(desk, group)
    own = [row for row in entry_store.entries_of(desk.book, op) if row.loan]
    assert len(own) == 2, "the set-off, and 18 of interest to come"
    write_correction(desk, group, plan_entry(desk, own[which].name, cash="never-moved"), "she keeps her loan")
    (back,) = loan_list(desk, group, only="open").lines
    assert (back.outstanding_minor, back.left_to_pay_minor) == (before[0].outstanding_minor, 31_800)


def test_she_who_was_handed_hers_cannot_have_died_before(desk: Desk, group: str) -> None:
    counted(desk, group)
    shared(desk, group, absent=("2",))
    gone = Death(member(desk, group, "4"), DAY - timedelta(days=5), DAY + timedelta(days=5))
    with pytest.raises(KnownError) as told:
        preview_death(desk, gone)
    problems = [one for one in told.value.problems if one.level is Level.PROBLEM]
    assert (Code.RECORDS_AFTER_DEATH, DAY.isoformat()) in [(one.code, one.facts.get("date")) for one in problems]
    away = Death(member(desk, group, "2"), DAY - timedelta(days=5), DAY + timedelta(days=5))
    preview_death(desk, away)  # her envelope waits, nothing was put into her hand
