"""One share-out, or one death, written on two laptops unseen of each other: told at the office, one record stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import sums
from three_desks import DAY
from three_desks import Three
from three_desks import item
from three_desks import met
from three_desks import side_of
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_count
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Count
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store

HELD = date(2026, 3, 3)
RULES = {"lifecycle": "share-out", "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}]}


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_desks(tmp_path) as made:
        for one in made[:3]:
            assert isinstance(one.clock, DemoClock)
            one.clock.move(DAY)
        yield made


def twice(desk: Desk) -> list[str]:
    return [one.name for one in open_items(desk) if one.sort is Sort.SETTLED_TWICE]


def share_out(desk: Desk, group: str) -> str:
    record_count(desk, group, DAY, [Count(total_minor=sums(desk, group)["box"])])
    name = record_share_out(desk, ShareOutAsked(group, DAY, votes=(2, 0)), Words("en")).value.name
    assert name is not None
    return name


def test_a_share_out_on_two_laptops_is_one_difference_and_one_of_them_stays(three: Three) -> None:
    office, first, second, group = three
    set_rules(first, group, RULES, HELD)
    met(first, group, HELD, counted=20_000)
    trip(office, first, second)
    trip(office, first, second)
    share_out(first, group)
    share_out(second, group)
    assert twice(first) == []
    trip(office, first, second)
    assert sums(office, group)["box"] == -20_000, "both count"
    view = difference_view(office, item(office, Sort.SETTLED_TWICE).name)
    assert view is not None
    assert [row.values for row in view.rows] == [(10_000, 10_000), (10_000, 10_000)]
    assert view.item.amount_minor == 20_000
    settle(office, view.item.name, "keep", side_of(office, view.item.name, second), reason="бир бөлүштүрүү")
    assert twice(office) == []
    assert {code: amount for code, amount in sums(office, group).items() if amount} == {}
    trip(office, first, second)
    trip(office, first, second)
    assert [sums(one, group) for one in (first, second)] == [sums(office, group)] * 2


def test_a_death_settled_on_two_laptops_is_told_and_can_be_asked_again(three: Three) -> None:
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    trip(office, first, second)
    trip(office, first, second)
    (member,) = [one.id for one in group_store.memberships(first.book, group) if one.number == "1"]
    for one in (first, second):
        write_death(one, Death(member, DAY, DAY, votes=(1, 0), decided="мураскорлорго"))
    trip(office, first, second)
    assert sums(office, group)["payable"] == -20_000
    view = difference_view(office, item(office, Sort.SETTLED_TWICE).name)
    assert view is not None
    assert [row.values for row in view.rows] == [(10_000, 10_000)]
    name = view.item.name
    trip(office, first, second)
    with pytest.raises(KnownError) as told:  # what is owed twice is not paid out twice while nobody has answered
        write_between(first, Between(group, DAY, "payable", 20_000, member))
    assert [one.code for one in told.value.problems] == [Code.PAYABLE_TOO_MUCH]
    before = ground_of(first, group, DAY).member(member)
    assert before is not None
    assert before.payable_minor == 10_000
    answer = settle(office, name, "keep", side_of(office, name, first), reason="бир чечим").value
    assert answer == name
    assert sums(office, group)["payable"] == -10_000
    trip(office, first, second)
    assert sums(second, group)["payable"] == -10_000


def test_two_different_members_or_one_laptop_alone_are_no_difference(three: Three) -> None:
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    trip(office, first, second)
    trip(office, first, second)
    members = {one.number: one.id for one in group_store.memberships(first.book, group)}
    write_death(first, Death(members["1"], DAY, DAY))
    write_death(second, Death(members["2"], DAY, DAY))
    trip(office, first, second)
    assert twice(office) == []


def test_a_share_out_here_and_a_death_there_leave_less_than_nothing_and_that_is_told(three: Three) -> None:
    office, first, second, group = three
    set_rules(first, group, RULES, HELD)
    met(first, group, HELD, counted=20_000)
    trip(office, first, second)
    trip(office, first, second)
    members = {one.number: one.id for one in group_store.memberships(first.book, group)}
    share_out(first, group)
    write_death(second, Death(members["1"], DAY, DAY))
    trip(office, first, second)
    below = item(office, Sort.BELOW_ZERO)
    assert (below.parties, below.amount_minor) == (("saving.compulsory", members["1"]), -10_000)
    assert "Айгүл A-1 1" in below.subject
    view = difference_view(office, below.name)
    assert view is not None
    assert [row.values for row in view.rows] == [(-10_000,), (-10_000,), (10_000,)]
    assert len([one for one in open_items(office) if one.sort is Sort.BELOW_ZERO]) == 1
    undo_death(second, members["1"], "бөлүштүрүүдө колуна алган")
    trip(office, first, second)
    assert not [one for one in open_items(office) if one.sort is Sort.BELOW_ZERO]


def test_what_somebody_accepts_below_zero_is_noted_and_told_anew_when_it_changes(three: Three) -> None:
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    trip(office, first, second)
    trip(office, first, second)
    member = next(one for one in group_store.memberships(first.book, group) if one.number == "1")
    for desk in (first, second):
        write_between(desk, Between(group, DAY, "withdrawal", 10_000, member.id, product="compulsory"))
    trip(office, first, second)
    settle(office, item(office, Sort.BELOW_ZERO).name, "noted", reason="эки жолу берилген, кагаз бар")
    assert not [one for one in open_items(office) if one.sort is Sort.BELOW_ZERO]
    write_between(first, Between(group, DAY, "saving", 2_000, member.id, product="compulsory"))
    trip(office, first, second)
    assert item(office, Sort.BELOW_ZERO).amount_minor == -8_000


@pytest.mark.parametrize(("on", "offered"), [(date(2026, 3, 12), ["noted"]), (date(2026, 3, 13), ["noted", "carry"])])
def test_a_gap_is_carried_where_there_is_a_day_for_it(three: Three, on: date, offered: list[str]) -> None:
    """The box agreed on the 11th and on a later day; then the other laptop's 50 of that later day came.

    On the very next day nothing can be named after the one count and before the other; of two days there is one.
    """
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    for _ in range(2):
        trip(office, first, second)
    met(first, group, date(2026, 3, 11), counted=40_000)
    count = record_count(first, group, on, [Count(total_minor=40_000)]).value.name
    write_between(second, Between(group, on, "gift", 5_000))
    trip(office, first, second)
    found = item(office, Sort.COUNT)
    assert (found.parties[0], found.amount_minor) == (count, 5_000)
    view = difference_view(office, found.name)
    assert view is not None
    assert [one.code for one in view.answers] == offered
    settle(office, found.name, offered[-1])
    assert not [one for one in open_items(office) if one.sort is Sort.COUNT]


def test_a_gap_that_is_carried_is_named_between_the_two_counts(three: Three) -> None:
    """40 of the 13th come after a count of the 13th that said nothing of them: they are named for the 12th."""
    office, first, second, group = three
    met(first, group, HELD, counted=20_000)
    for _ in range(2):
        trip(office, first, second)
    met(first, group, date(2026, 3, 11), counted=40_000)
    record_count(first, group, date(2026, 3, 13), [Count(total_minor=40_000)])
    write_between(second, Between(group, date(2026, 3, 13), "gift", 5_000))
    trip(office, first, second)
    settle(office, item(office, Sort.COUNT).name, "carry")
    assert not [one for one in open_items(office) if one.sort is Sort.COUNT]
    assert sums(office, group)["differences"] == 5_000
