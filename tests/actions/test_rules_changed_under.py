"""What was recorded keeps the savings it was recorded for, whatever rules were typed in since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from desk_maker import RULES
from desk_maker import make_group
from desk_maker import sums
from mourning import plain

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.store.entries import entries_of

FIRST = date(2026, 3, 5)
NO_PRODUCT: dict[str, Any] = {"social": "20"}
SHARES: dict[str, Any] = {"share": {"price": "50", "min": 1, "max": 5}}


@pytest.fixture
def book_day() -> date:
    return date(2026, 3, 25)


def met(desk: Desk, rules: dict[str, Any], line: In, voted: dict[str, Any]) -> tuple[str, str]:
    """Three of four bring the same at the first meeting and are counted; then the rules of that day are typed in."""
    group = make_group(desk, rules=rules)
    rows = [SheetRow(str(n), Attendance.PRESENT, ins=(line,) if n < 4 else ()) for n in range(1, 5)]
    sheet = Sheet(group, FIRST, rows=tuple(rows), counts=(Count(total_minor=3 * line.amount_minor),))
    name = record_meeting(desk, sheet).value.name
    assert name is not None
    set_rules(desk, group, voted, FIRST)
    return group, name


def reopened(desk: Desk, meeting: str) -> Draft:
    opened = reopen_meeting(desk, meeting)
    was = state_of(opened.ground, opened.sheet)
    return Draft(opened.ground, was, was)


def put_right(desk: Desk, group: str, meeting: str, draft: Draft) -> None:
    correct_meeting(desk, meeting, plan_meeting(desk, meeting, draft.sheet()), group, "башкача болчу")


def savings_of(desk: Desk, group: str) -> list[dict[str, int]]:
    """What each member has saved, in whole som by account."""
    owners = [one.id for one in ground_of(desk, group, desk.today()).members]
    book = plain(desk, group)
    return [{code: -minor // 100 for (code, own), minor in book.items() if own == one} for one in owners]


def test_a_meeting_opened_again_shows_savings_where_they_were_recorded(desk: Desk) -> None:
    group, meeting = met(desk, NO_PRODUCT, In("saving", 30_000), RULES)
    draft = reopened(desk, meeting)
    usual, compulsory = (draft.figures.column(f"saving.{code}") for code in ("usual", "compulsory"))
    assert usual is not None
    assert compulsory is not None
    assert usual in draft.columns
    totals = [draft.figures.column_total_minor(one) for one in (usual, compulsory)]
    assert (totals, draft.figures.total_minor) == ([90_000, 0], 90_000)
    assert [one for one in sheet_problems(draft.ground, draft.sheet()) if one.code is Code.PRODUCT_UNKNOWN] == []
    with pytest.raises(KnownError) as refused:
        plan_meeting(desk, meeting, draft.sheet())
    assert [one.code for one in refused.value.problems] == [Code.NOTHING_CHANGED]
    # the first brought 200, the second nothing, the third 300 of the new kind, and the fourth was forgotten
    draft.type_text(Place(0, "saving.usual"), "200")
    draft.clear(Place(1, "saving.usual"))
    draft.cut(Place(2, "saving.usual"))
    draft.paste(Place(2, "saving.compulsory"))
    draft.type_text(Place(3, "saving.usual"), "50")
    put_right(desk, group, meeting, draft)
    assert savings_of(desk, group) == [{"saving.usual": 200}, {}, {"saving.compulsory": 300}, {"saving.usual": 50}]
    # 900 were counted and 550 are known of: 350 too much
    assert sums(desk, group) == {
        "box": 90_000,
        "differences": -35_000,
        "saving.usual": -25_000,
        "saving.compulsory": -30_000,
    }
    again = reopened(desk, meeting)
    assert again.figures.total_minor == 55_000
    again.type_text(Place(1, "saving.usual"), "350")
    put_right(desk, group, meeting, again)
    assert "differences" not in sums(desk, group)
    assert savings_of(desk, group)[1] == {"saving.usual": 350}


def test_shares_recorded_before_there_was_no_price_keep_theirs(desk: Desk) -> None:
    group, meeting = met(desk, SHARES, In("shares", 10_000, shares=2), RULES)
    draft = reopened(desk, meeting)
    assert draft.figures.total_minor == 30_000
    draft.type_text(Place(0, "shares"), "3")
    draft.clear(Place(1, "shares"))
    draft.type_text(Place(3, "shares"), "1")
    put_right(desk, group, meeting, draft)
    assert savings_of(desk, group) == [{"saving.share": 150}, {}, {"saving.share": 100}, {"saving.share": 50}]
    assert "differences" not in sums(desk, group)


def test_shares_recorded_before_another_price_keep_theirs(desk: Desk) -> None:
    dearer = {"share": {"price": "60", "min": 1, "max": 5}}
    group, meeting = met(desk, SHARES, In("shares", 10_000, shares=2), dearer)
    draft = reopened(desk, meeting)
    draft.type_text(Place(0, "shares"), "3")
    put_right(desk, group, meeting, draft)
    assert savings_of(desk, group)[:2] == [{"saving.share": 150}, {"saving.share": 100}]


@pytest.mark.parametrize(
    ("rules", "line"), [(NO_PRODUCT, In("saving", 10_000)), (SHARES, In("shares", 10_000, shares=2))]
)
@pytest.mark.parametrize(
    ("how", "change", "som"),
    [
        ("other-amount", Change(amount_minor=15_000), [150, 100, 100, 0]),
        ("other-member", Change(member="4"), [0, 100, 100, 100]),
        ("other-date", Change(on=date(2026, 3, 6)), [100, 100, 100, 0]),
    ],
)
def test_an_entry_the_rules_do_not_name_any_more_is_put_right(
    desk: Desk, rules: dict[str, Any], line: In, how: str, change: Change, som: list[int]
) -> None:
    group, meeting = met(desk, rules, line, RULES)
    entry = next(one for one in entries_of(desk.book, meeting) if one.kind == line.kind)
    write_correction(desk, group, plan_entry(desk, entry.name, how, change), "башкача болчу")
    account = "saving.share" if line.shares else "saving.usual"
    assert savings_of(desk, group) == [{account: one} if one else {} for one in som]
    fresh = [one for one in entries_of(desk.book, meeting) if one.name == entry.name]
    assert [one.stands for one in fresh] == [False]


def test_nothing_becomes_what_neither_the_rules_nor_the_record_name(desk: Desk) -> None:
    _, meeting = met(desk, NO_PRODUCT, In("saving", 10_000), RULES)
    entry = entries_of(desk.book, meeting)[0]
    for change in (Change(kind="saving", product="school"), Change(kind="saving", product="share")):
        with pytest.raises(KnownError) as refused:
            plan_entry(desk, entry.name, "other-kind", change)
        assert [one.code for one in refused.value.problems] == [Code.PRODUCT_UNKNOWN]
