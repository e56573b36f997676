"""Savings that the rules do not name are shared out and settled at a death like any others."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words

DAY = date(2026, 3, 25)
RULES = {"lifecycle": "share-out", "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}]}


@pytest.fixture
def book_day() -> date:
    return DAY


@pytest.fixture
def group(desk: Desk) -> str:
    """Two members saved 300 and 100 before there were rules; the first 50 under them."""
    group = make_group(desk, members=2, rules=RULES, voted=date(2026, 3, 15))
    for on, brought, box in ((date(2026, 3, 12), (300, 100), 400), (date(2026, 3, 19), (50, 0), 450)):
        rows = tuple(
            SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", som * 100),) if som else ())
            for n, som in enumerate(brought, 1)
        )
        record_meeting(desk, Sheet(group, on, rows=rows, counts=(Count(total_minor=box * 100),)))
    assert sums(desk, group) == {"box": 45_000, "saving.usual": -40_000, "saving.compulsory": -5_000}
    return group


def test_between_meetings_the_one_kind_she_has_is_taken(desk: Desk, group: str) -> None:
    first, second = (one.id for one in ground_of(desk, group, DAY).members)
    write_between(desk, Between(group, DAY, "withdrawal", 4_000, second))
    assert sums(desk, group)["saving.usual"] == -36_000
    with pytest.raises(KnownError) as error:
        write_between(desk, Between(group, DAY, "withdrawal", 4_000, first))
    assert [one.code for one in error.value.problems] == [Code.PRODUCT_NOT_NAMED]
    write_between(desk, Between(group, DAY, "withdrawal", 30_000, first, product="usual"))
    assert sums(desk, group) == {"box": 11_000, "saving.usual": -6_000, "saving.compulsory": -5_000}


def test_a_share_out_hands_it_out(desk: Desk, group: str) -> None:
    record_count(desk, group, DAY, (Count(total_minor=45_000),))
    record_share_out(desk, ShareOutAsked(group, DAY, votes=(2, 0)), Words("en"))
    assert sums(desk, group) == {}


def test_at_a_death_it_is_owed_to_the_heirs(desk: Desk, group: str) -> None:
    member = ground_of(desk, group, DAY).members[0].id
    write_death(desk, Death(member, DAY, DAY, votes=(1, 0), decided="мураскорлорго"))
    assert sums(desk, group) == {"box": 45_000, "saving.usual": -10_000, "payable": -35_000}
