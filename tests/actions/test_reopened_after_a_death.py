"""A meeting opened again when one who was there died, or left, that same day: her line is on it, and stays hers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from mourning import MAY
from mourning import of
from mourning import plain
from mourning import village

from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import end_membership
from shg_desk.actions.last_closed import closed_meeting
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.store import meetings as meeting_store
from shg_desk.store.check import check


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=date(2026, 6, 10))
    yield made
    assert check(made.book) == []
    made.close()


def last(desk: Desk, group: str) -> str:
    found = meeting_store.last_meeting(desk.book, group)
    assert found is not None
    return found.op


def opened(desk: Desk, meeting: str) -> Draft:
    again = reopen_meeting(desk, meeting)
    state = state_of(again.ground, again.sheet)
    return Draft(again.ground, state, state)


def at(draft: Draft, number: str, column: str) -> Place:
    line = draft.line_of(number)
    assert line is not None, number
    return Place(line, column)


def corrected(desk: Desk, group: str, meeting: str, draft: Draft) -> None:
    plan = plan_meeting(desk, meeting, draft.sheet())
    correct_meeting(desk, meeting, plan, group, "каталашты")


def dies(desk: Desk, member: str) -> None:
    """After the meeting of that day, and settled the same day."""
    write_death(desk, Death(member, MAY, MAY, {"fines": "set-off"}, votes=(3, 0), decided="чечим"))


def test_her_line_is_there_and_the_sums_add_up(desk: Desk) -> None:
    """Four were there in May and No 2 paid 318 on her loan."""
    group, member = village(desk)
    meeting = last(desk, group)
    dies(desk, member)
    draft = opened(desk, meeting)
    assert [line.member.number for line in draft.lines] == ["1", "2", "3", "4"]
    assert (draft.figures.there(), len(draft.figures.members)) == (4, 4)
    shown = draft.cell(at(draft, "2", "repayment"))
    assert shown is not None
    assert shown.amount_minor == 31_800
    rows = [draft.figures.row_total_minor(line.member.id) or 0 for line in draft.lines]
    assert sum(rows) == draft.figures.total_minor == 31_800
    before = opened(desk, meeting).lines[1].member
    assert before.saved_minor["compulsory"] == 200_000, "as before the settlement"
    assert len(closed_meeting(desk, meeting).after.cards) == 4


def test_one_who_left_that_day_for_an_earlier_last_day_too(desk: Desk) -> None:
    group, _ = village(desk)
    meeting = last(desk, group)
    third = opened(desk, meeting).lines[2].member.id
    end_membership(desk, third, date(2026, 5, 6))
    draft = opened(desk, meeting)
    assert [line.member.number for line in draft.lines] == ["1", "2", "3", "4"]
    assert draft.figures.there() == 4


def test_another_line_put_right_leaves_hers_as_it_is(desk: Desk) -> None:
    group, member = village(desk)
    meeting = last(desk, group)
    dies(desk, member)
    hers, marks = of(desk, group, member), meeting_store.attendance(desk.book, group)
    draft = opened(desk, meeting)
    draft.type_text(at(draft, "3", "social"), "10")
    plan = plan_meeting(desk, meeting, draft.sheet())
    assert plan.reversed == ()
    assert [one.kind for one in plan.fresh] == ["social", "difference"]
    assert plan.amends is None or not plan.amends.changes
    correct_meeting(desk, meeting, plan, group, "каталашты")
    assert of(desk, group, member) == hers
    assert meeting_store.attendance(desk.book, group) == marks


def test_her_own_line_can_be_put_right(desk: Desk) -> None:
    """She had saved 50 that day too: they are owed to her heirs' account as savings until somebody settles them."""
    group, member = village(desk)
    meeting = last(desk, group)
    dies(desk, member)
    before = plain(desk, group)
    draft = opened(desk, meeting)
    draft.type_text(at(draft, "2", "saving.compulsory"), "50")
    corrected(desk, group, meeting, draft)
    after = plain(desk, group)
    moved = {key: after.get(key, 0) - before.get(key, 0) for key in {*before, *after}}
    assert moved.pop(("saving.compulsory", member)) == -5_000
    assert {code for (code, _), amount in moved.items() if amount} == {"differences"}, "the count of that day stands"
    cell = opened(desk, meeting).cell(at(opened(desk, meeting), "2", "saving.compulsory"))
    assert cell is not None
    assert cell.amount_minor == 5_000
