"""A share-out read back: what was taken back of it is in none of its figures, and the box after it is one figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import between_view
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.share_out_done import paper_of
from shg_desk.actions.share_out_done import read_share_out
from shg_desk.actions.share_out_done import share_out_on
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.share_outs import share_out_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import entries as entry_store

RULES: dict[str, Any] = {"lifecycle": "share-out", "saving": [{"product": "compulsory", "amount": "100"}]}
FIRST = date(2026, 3, 7)
DAY = date(2026, 4, 4)
EN = Words("en")


@pytest.fixture
def book_day() -> date:
    return DAY


@pytest.fixture
def group(desk: Desk) -> str:
    """Four members saved 100, 200, 300 and 400, and 20 each for the social fund; 1 080 lie in the box."""
    made = make_group(desk, rules={**RULES, "social": "20"})
    rows = [
        SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000 * n), In("social", 2_000))) for n in range(1, 5)
    ]
    record_meeting(desk, Sheet(made, FIRST, rows=tuple(rows)))
    return made


def counted(desk: Desk, group: str, place: str = "box") -> None:
    record_count(desk, group, DAY, [Count(place, total_minor=sums(desk, group).get(place, 0))])


def shared(desk: Desk, group: str, **more: Any) -> str:
    name = record_share_out(desk, ShareOutAsked(group, DAY, **{"votes": (4, 0), **more}), EN).value.name
    assert name is not None
    return name


def hand_out(desk: Desk, op: str, number: str) -> str:
    rows = entry_store.entries_of(desk.book, op)
    return next(row.name for row in rows if row.member is not None and row.member.number == number)


def taken_singly(desk: Desk, group: str, op: str, number: str) -> None:
    plan = plan_entry(desk, hand_out(desk, op, number), cash="never-moved")
    write_correction(desk, group, plan, "she was not there")


def test_a_hand_out_taken_back_singly_is_shown_no_more(desk: Desk, group: str) -> None:
    counted(desk, group)
    op = shared(desk, group)
    taken_singly(desk, group, op, "2")
    done = share_out_view(desk, ShareOutAsked(group, DAY)).done
    assert done is not None
    assert [(row.number, row.net_minor) for row in done.rows] == [("1", 10_000), ("3", 30_000), ("4", 40_000)]
    assert (done.sums.handed_minor, done.box_after_minor) == (80_000, sums(desk, group)["box"])
    assert done.box_after_minor == 28_000, "her 200 lie in the box again"
    assert paper_of(done).rows == done.rows
    recent = next(one for one in between_view(desk, group, DAY).recent if one.op == op)
    assert (recent.shared_among, recent.amount_minor, recent.gone) == (3, 80_000, False)


def test_an_envelope_is_marked_with_the_day_it_was_given(desk: Desk, group: str) -> None:
    """200 wait for the second: 150 of it bring no mark, the rest does; the box right after the share-out stays 280."""
    counted(desk, group)
    op = shared(desk, group, absent=("2",))
    second = next(row.id for row in read_share_out(desk, op).rows if row.is_later)
    for amount, marked in ((15_000, None), (5_000, DAY)):
        write_between(desk, Between(group, DAY, "payable", amount, member=second, receipt=str(amount)))
        done = read_share_out(desk, op)
        assert [row.paid_on for row in done.rows] == [None, marked, None, None]
        assert done.box_after_minor == 28_000


def test_a_second_share_out_of_the_day_stands_beside_the_first(desk: Desk, group: str) -> None:
    counted(desk, group)
    first = shared(desk, group)
    taken_singly(desk, group, first, "2")
    counted(desk, group)
    second = shared(desk, group, absent=("2",))
    assert share_out_on(desk, group) == (first, second)
    done = share_out_view(desk, ShareOutAsked(group, DAY)).done
    assert done is not None
    assert [(row.number, row.net_minor, row.is_later) for row in done.rows] == [
        ("1", 10_000, False),
        ("2", 20_000, True),
        ("3", 30_000, False),
        ("4", 40_000, False),
    ]
    assert (done.sums.handed_minor, done.sums.later_minor) == (80_000, 20_000)
    # each record's own paper is its own
    assert [row.number for row in read_share_out(desk, second).rows] == ["2"]


def test_one_wholly_taken_back_stays_as_it_was_and_has_no_list(desk: Desk, group: str, tmp_path: Path) -> None:
    counted(desk, group)
    op = shared(desk, group)
    take_back(desk, op, "the wrong day")
    recent = next(one for one in between_view(desk, group, DAY).recent if one.op == op)
    assert (recent.shared_among, recent.amount_minor, recent.gone) == (4, 100_000, True)
    assert share_out_view(desk, ShareOutAsked(group, DAY)).done is None
    with pytest.raises(KnownError) as told:
        print_receipt(desk, op, tmp_path / "list.pdf", EN)
    assert [one.code for one in told.value.problems] == [Code.SHARE_OUT_NONE]


def test_the_box_after_is_what_is_left_in_box_and_bags(desk: Desk, group: str) -> None:
    write_between(desk, Between(group, DAY, "transfer", 100_000, place="box", target="box.red"))
    write_between(desk, Between(group, DAY, "transfer", 8_000, place="box", target="box.social"))
    for place in ("box", "box.red", "box.social"):
        counted(desk, group, place)
    asked = ShareOutAsked(group, DAY, kept_minor=10_000, votes=(4, 0))
    ahead = record_share_out(desk, asked, EN, dry_run=True).value
    assert ahead.box_after_minor == 18_000
    op = shared(desk, group, kept_minor=10_000)
    after = sums(desk, group)
    in_all = sum(amount for code, amount in after.items() if code.partition(".")[0] == "box")
    done = read_share_out(desk, op)
    paper = paper_of(done)
    assert in_all == ahead.box_after_minor == done.box_after_minor == paper.box_minor
    assert done.sums.handed_minor + done.box_after_minor == 108_000, "what was counted"
    assert paper.has_bags
