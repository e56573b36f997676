"""Savings of one kind below zero go off a member's other savings: in a share-out and wherever they are paid out."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums
from test_death_below_zero import moved

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import end_membership
from shg_desk.actions.meetings import record_count
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.share_outs import share_out_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Count
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store

DAY = date(2026, 3, 20)
RULES = {
    "lifecycle": "share-out",
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}, {"code": "voluntary", "amount": "0"}],
}


@pytest.fixture
def book_day() -> date:
    return DAY


@pytest.fixture
def group(desk: Desk) -> str:
    """The first has voluntary 300 and compulsory -100, the second compulsory 500, the third 50 and -50; 700 in all."""
    made = make_group(desk, rules=RULES, members=3)
    one, two, three = [one.id for one in group_store.memberships(desk.book, made)]
    moved(desk, made, two, ("saving.compulsory", 50_000))
    moved(desk, made, one, ("saving.voluntary", 30_000), ("saving.compulsory", -10_000))
    moved(desk, made, three, ("saving.voluntary", 5_000), ("saving.compulsory", -5_000))
    return made


def test_a_share_out_gives_her_what_she_has_in_all_and_leaves_no_kind_behind(desk: Desk, group: str) -> None:
    """Without profit everybody gets what she saved: 300 - 100 = 200, 500, and 50 - 50 = nothing."""
    record_count(desk, group, DAY, [Count(total_minor=70_000)])
    asked = ShareOutAsked(group, DAY, votes=(3, 0))
    assert [(row.saved_minor, row.net_minor) for row in share_out_view(desk, asked).rows] == [
        (20_000, 20_000), (50_000, 50_000), (0, 0),
    ]  # fmt: skip
    record_share_out(desk, asked, Words("en"))
    assert sums(desk, group) == {}


def test_of_one_who_left_no_more_is_kept_aside_than_she_has_in_all(desk: Desk, group: str) -> None:
    end_membership(desk, group_store.memberships(desk.book, group)[0].id, date(2026, 3, 19))
    record_count(desk, group, DAY, [Count(total_minor=70_000)])
    view = share_out_view(desk, ShareOutAsked(group, DAY, votes=(2, 0)))
    assert view.plan is not None
    assert (view.plan.owed_minor, [row.net_minor for row in view.rows]) == (20_000, [50_000, 0])


def test_no_more_is_paid_out_than_she_has_in_all_and_both_sums_are_told(desk: Desk, group: str) -> None:
    one = group_store.memberships(desk.book, group)[0].id
    with pytest.raises(KnownError) as told:
        write_between(desk, Between(group, DAY, "withdrawal", 20_100, one, product="voluntary"))
    [problem] = told.value.problems
    assert (problem.code, problem.facts["saved"], problem.facts["together"]) == (
        Code.WITHDRAWAL_TOO_LARGE, "300.00", "200.00",
    )  # fmt: skip
    said = sentence(Words("en"), problem, ground_of(desk, group, DAY).currency).replace("\N{NO-BREAK SPACE}", " ")
    assert "has 300 of these savings, and all her savings together leave 200:" in said
    write_between(desk, Between(group, DAY, "withdrawal", 20_000, one, product="voluntary"))
    member = ground_of(desk, group, DAY).member("1")
    assert member is not None
    assert (member.saved_in_all_minor, member.free_in_all_minor) == (0, 0)


def test_what_is_owed_to_her_is_less_only_by_what_her_savings_in_all_lack(desk: Desk, group: str) -> None:
    """Savings of 300 and -100 leave 200, so the 40 owed beside them stay 40; with -100 alone 40 are none."""
    first, _, third = [one.id for one in group_store.memberships(desk.book, group)]
    moved(desk, group, first, ("payable", 4_000))
    moved(desk, group, third, ("saving.voluntary", -5_000), ("payable", 4_000))
    one, three = (ground_of(desk, group, DAY).member(number) for number in "13")
    assert one is not None
    assert three is not None
    assert (one.payable_minor, one.free_in_all_minor) == (4_000, 20_000)
    assert (three.payable_minor, three.free_in_all_minor) == (0, 0)
