"""A shortage that a member bears is in her hands until she brings it: at a meeting or between, and never more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_maker import sums
from four_savers import APRIL
from four_savers import MAY
from four_savers import four_saved

from shg_desk.actions.between import Between
from shg_desk.actions.between import preview_between
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import group_facts
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_columns import sheet_columns
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_file import proposed_sheet
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.aloud_words import card_lines
from shg_desk.i18n.catalog import Words
from shg_desk.store import entries as entry_store
from shg_desk.store.meetings import meetings


@pytest.fixture
def book_day() -> date:
    return date(2026, 8, 1)


@pytest.fixture
def group(desk: Desk) -> str:
    """Four saved 100 each; 30 were missing, and the second member bears them."""
    made = four_saved(desk, NamedDifference(-3_000, "жетишпейт", "2"))
    assert sums(desk, made)["hand"] == 3_000
    return made


def bring(desk: Desk, group: str, on: date, *amounts: int, member: str = "2") -> str:
    row = SheetRow(member, Attendance.PRESENT, ins=tuple(In("hand", amount) for amount in amounts))
    name = record_meeting(desk, Sheet(group, on, rows=(row,))).value.name
    assert name is not None
    return name


def refused(desk: Desk, group: str, on: date, *amounts: int, member: str = "2") -> list[tuple[Code, object]]:
    with pytest.raises(KnownError) as told:
        bring(desk, group, on, *amounts, member=member)
    return [(one.code, one.facts.get("left")) for one in told.value.problems if one.code is Code.HAND_TOO_MUCH]


def test_the_column_is_there_only_while_somebody_has_something(desk: Desk, group: str) -> None:
    def has(on: date) -> bool:
        return "hand" in [column.key for column in sheet_columns(ground_of(desk, group, on)) if not column.rare]

    assert (has(date(2026, 3, 1)), has(APRIL)) == (False, True)
    assert proposed_sheet(ground_of(desk, group, APRIL))["rows"][1]["proposed"], "what is due is still proposed"
    kinds = {one["kind"] for row in proposed_sheet(ground_of(desk, group, APRIL))["rows"] for one in row["proposed"]}
    assert "hand" not in kinds, "no day was agreed for it"
    bring(desk, group, APRIL, 3_000)
    assert not has(MAY)


def test_it_is_typed_and_brought_at_a_meeting(desk: Desk, group: str) -> None:
    draft = Draft(ground_of(desk, group, APRIL))
    place = Place(1, "hand")
    cell = draft.cell(place)
    assert cell is not None
    assert cell.expected_minor == 3_000
    draft.mark(1, Attendance.PRESENT)
    assert draft.type_text(place, "20") is None
    sheet = draft.sheet()
    assert next(row for row in sheet.rows if row.member == "2").ins == (In("hand", 2_000),)
    name = record_meeting(desk, sheet).value.name
    assert name is not None
    assert (sums(desk, group)["hand"], sums(desk, group)["box"]) == (1_000, 39_000)
    minutes = minutes_of(desk, name)
    assert minutes.totals_minor == {"hand": 2_000}
    assert minutes.in_minor == 2_000
    again = reopen_meeting(desk, name)
    assert [line for row in again.sheet.rows for line in row.ins] == [In("hand", 2_000)]


def test_never_more_than_is_there(desk: Desk, group: str) -> None:
    assert refused(desk, group, APRIL, 3_100) == [(Code.HAND_TOO_MUCH, "30.00")]
    assert refused(desk, group, APRIL, 2_000, 1_100) == [(Code.HAND_TOO_MUCH, "10.00")]
    assert refused(desk, group, APRIL, 100, member="1") == [(Code.HAND_TOO_MUCH, "0.00")]
    bring(desk, group, MAY, 2_000)
    assert refused(desk, group, APRIL, 1_100) == [(Code.HAND_TOO_MUCH, "10.00")], "what was brought later is gone"


def test_it_is_brought_between_meetings_and_stands_in_her_statement(desk: Desk, group: str) -> None:
    member = ground_of(desk, group, APRIL).member("2")
    assert member is not None
    one = Between(group, APRIL, "hand", 3_000, member=member.id)
    with pytest.raises(KnownError):
        preview_between(desk, replace(one, amount_minor=3_100))
    effects = {(e.account, e.before_minor, e.after_minor) for e in preview_between(desk, one).preview.effects}
    assert effects == {("box", 37_000, 40_000), ("hand", 3_000, 0)}
    write_between(desk, one)
    left = sums(desk, group)
    assert (left.get("hand", 0), left["box"]) == (0, 40_000)
    hers = next(book for book in booklets(group_facts(desk, group)) if book.holder.id == member.id)
    last = hers.rows[-1]
    assert (last.what, last.in_minor, last.left_of, last.after.hand_minor) == ("hand", 3_000, "hand", 0)
    assert hers.rows[-2].after.hand_minor == 3_000


def test_what_was_brought_is_put_right_and_never_leaves_less_than_nothing(desk: Desk, group: str) -> None:
    meeting = bring(desk, group, APRIL, 2_000)
    [brought] = entry_store.entries_of(desk.book, meeting)
    plan = plan_entry(desk, brought.name, "other-amount", Change(amount_minor=3_000))
    write_correction(desk, group, plan, "30 алып келди")
    assert sums(desk, group).get("hand", 0) == 0
    fresh = next(row for row in entry_store.entries(desk.book, group, entry_store.ALL) if row.facts.get("instead"))
    with pytest.raises(KnownError):
        plan_entry(desk, fresh.name, "other-amount", Change(amount_minor=3_100))
    borne = next(row for row in entry_store.entries(desk.book, group, entry_store.ALL) if row.kind == "difference")
    with pytest.raises(KnownError) as told:
        plan_entry(desk, borne.name)
    assert [one.code for one in told.value.problems] == [Code.BELOW_ZERO_THEN]


def test_papers_say_what_is_still_in_her_hands_and_not_only_her_debt(desk: Desk, group: str) -> None:
    """30 she bears; 12 are brought in April, so 18 are still to be brought, and the March papers keep saying 30."""
    march, april = meetings(desk.book, group)[0].op, bring(desk, group, APRIL, 1_200)
    words = Words("en")
    for meeting, left in ((march, "30"), (april, "18")):
        after = after_meeting_of(desk, meeting)
        told = {card.number: dict(card_lines(words, card, after.currency)) for card in after.cards}
        assert told["2"]["In a member's hands"].split()[0] == left
        assert told["2"]["Debt left"].split()[0] == "0"
        assert "In a member's hands" not in told["1"]
