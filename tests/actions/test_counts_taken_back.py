"""A count dated wrongly is warned of, and goes away though it moved nothing: then it blocks and prints nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from three_desks import met
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.between import Between
from shg_desk.actions.between import between_view
from shg_desk.actions.between import plan_back
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_count
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import preview_share_out
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import NamedDifference
from shg_desk.store import operations as operation_store
from shg_desk.store.check import check
from shg_desk.store.dump import dump
from shg_desk.store.meetings import cash_counts

TODAY = date(2026, 3, 26)
HELD = date(2026, 3, 10)
WRONG = date(2027, 1, 20)
RULES = {"lifecycle": "share-out", "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}]}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=TODAY)
    yield made
    before = dump(made.book)
    made.book.rebuild()
    assert dump(made.book) == before
    assert check(made.book) == []
    made.close()


@pytest.fixture
def group(desk: Desk) -> str:
    """Two members saved 100 each."""
    group = make_group(desk, rules=RULES)
    met(desk, group, HELD, counted=20_000)
    return group


def counted(desk: Desk, group: str, on: date, total: int = 20_000, named: int = 0) -> str:
    said = [NamedDifference(named, "белгисиз", "open")] if named else []
    name = record_count(desk, group, on, [Count(total_minor=total)], said, "Асан").value.name
    assert name is not None
    return name


def in_the_way(desk: Desk, group: str) -> list[Code]:
    try:
        preview_share_out(desk, ShareOutAsked(group, TODAY, votes=(2, 0)))
    except KnownError as error:
        return [one.code for one in error.problems]
    return []


@pytest.mark.parametrize(("on", "told"), [(TODAY, False), (TODAY + timedelta(days=1), True), (WRONG, True)])
def test_a_count_of_a_day_to_come_is_warned_of(desk: Desk, group: str, on: date, told: bool) -> None:
    warnings = record_count(desk, group, on, [Count(total_minor=20_000)]).warnings
    assert [(one.code, one.level) for one in warnings] == [(Code.DATE_AHEAD, Level.WARNING)] * told


@pytest.mark.parametrize("named", [0, -500, 500])
def test_a_count_of_a_wrong_day_is_taken_back_and_blocks_no_share_out(desk: Desk, group: str, named: int) -> None:
    before = sums(desk, group)
    wrong = counted(desk, group, WRONG, 20_000 + named, named)
    counted(desk, group, TODAY)
    assert in_the_way(desk, group) == [Code.SHARE_OUT_LATER]
    take_back(desk, wrong, "башка күн")
    assert wrong not in [one.op for one in cash_counts(desk.book, group)]
    assert {code: minor for code, minor in sums(desk, group).items() if minor} == before
    assert in_the_way(desk, group) == []
    shown = {one.op: one for one in between_view(desk, group).recent}
    assert (shown[wrong].is_count, shown[wrong].gone, shown[wrong].amount_minor) == (True, True, 20_000 + named)
    with pytest.raises(KnownError):
        plan_back(desk, wrong)


def test_money_of_a_wrong_day_taken_back_blocks_no_share_out_either(desk: Desk, group: str) -> None:
    wrong = write_between(desk, Between(group, WRONG, "gift", 5_000)).value.name
    counted(desk, group, TODAY)
    assert in_the_way(desk, group) == [Code.SHARE_OUT_LATER]
    take_back(desk, wrong or "", "башка күн")
    assert in_the_way(desk, group) == []


def test_another_days_count_stays_and_the_money_counts_as_counted_again(desk: Desk, group: str) -> None:
    """Taken back, the count of today is none: the share-out wants another one."""
    first, second = counted(desk, group, TODAY), counted(desk, group, TODAY)
    take_back(desk, first, "эки жолу")
    assert [one.op for one in cash_counts(desk.book, group, TODAY)] == [second]
    assert in_the_way(desk, group) == []
    take_back(desk, second, "ката")
    assert in_the_way(desk, group) == [Code.SHARE_OUT_NOT_COUNTED]
    counted(desk, group, TODAY)
    assert in_the_way(desk, group) == []


def test_only_a_count_of_the_group_goes_so(desk: Desk, group: str) -> None:
    """What names another group's count, or gives another reason, takes nothing back; nor does a meeting go so."""
    other = make_group(desk, "B-1")
    name = counted(desk, group, TODAY)
    meeting = cash_counts(desk.book, group)[0].op
    for gid, how, about in ((other, "reverse", name), (group, "other-date", name), (group, "reverse", meeting)):
        with desk.book.writing() as writer:
            body = {"group": gid, "date": TODAY.isoformat(), "how": how, "meeting": about}
            writer.append(desk.line("correction", body))
    assert [one.op for one in cash_counts(desk.book, group)] == [meeting, name]


def test_it_is_a_correction_that_every_book_reads_alike(tmp_path: Path) -> None:
    with three_desks(tmp_path) as (office, first, second, group):
        met(first, group, HELD, counted=20_000)
        name = counted(first, group, date(2026, 3, 12))
        for _ in range(2):
            trip(office, first, second)
        made = take_back(second, name, "башка күн").value
        op = operation_store.operation(second.book, made)
        assert op is not None
        assert (op.kind, op.body["how"], op.body["meeting"], op.body.get("entries")) == (
            "correction", "reverse", name, None,
        )  # fmt: skip
        for _ in range(2):
            trip(office, first, second)
        for one in (office, first, second):
            assert name not in [count.op for count in cash_counts(one.book, group)]
