"""A group's members are those of a day, wherever they are counted: joined by then, not left, died or taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import Vote
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import end_membership
from shg_desk.actions.groups import set_typed_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import share_out_view
from shg_desk.actions.views_groups import group_card
from shg_desk.actions.views_groups import group_lines
from shg_desk.actions.views_papers import paper_choices
from shg_desk.actions.views_today import meetings_ahead
from shg_desk.actions.views_today_rest import expected_minor
from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_figures import sheet_lines
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.ui.paper_words import whose_data

MET, DIED, LEFT, JOINED = date(2026, 3, 7), date(2026, 3, 10), date(2026, 3, 14), date(2026, 3, 20)
RULES = {
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}],
    "meeting": {"weekday": 5, "every_weeks": 1, "time": "14:00"},
}
COUNTS = {
    date(2026, 3, 1): 5, DIED - timedelta(days=1): 5,
    DIED: 4, LEFT: 4,  # she who died is none on the day, she who leaves still is
    LEFT + timedelta(days=1): 3, JOINED - timedelta(days=1): 3,
    JOINED: 4, date(2026, 12, 31): 4,
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=LEFT)
    yield made
    made.close()


@pytest.fixture
def group(desk: Desk) -> str:
    """Six members of whom one was taken away again; one dies, one leaves, one comes. Another group has three."""
    group = make_group(desk, members=6, rules=RULES)
    make_group(desk, "B-1", members=3, rules=RULES)
    of = {one.number: one.id for one in group_store.memberships(desk.book, group)}
    with desk.book.writing() as writer:
        writer.append(desk.line("tombstone", {"type": "membership", "id": of["6"], "reason": "?", "saw": []}, group))
    rows = tuple(SheetRow(str(n), Attendance.PRESENT) for n in range(1, 6))
    record_meeting(desk, Sheet(group, MET, rows=rows))
    write_death(desk, Death(of["2"], DIED, DIED))
    end_membership(desk, of["3"], LEFT)
    add_member(desk, NewMember(group, "7", joined=JOINED))
    return group


def test_the_count_is_that_of_the_day(desk: Desk, group: str) -> None:
    found = {on: group_store.members_on(desk.book, on, group)[group] for on in COUNTS}
    assert found == COUNTS
    assert {on: len(group_store.memberships(desk.book, group, on)) for on in COUNTS} == COUNTS
    assert sorted(group_store.members_on(desk.book, DIED).values()) == [3, 4]


@pytest.mark.parametrize("on", [one for one in COUNTS if one >= DIED])
def test_the_list_and_the_page_of_a_group_count_those_of_today(desk: Desk, group: str, on: date) -> None:
    assert isinstance(desk.clock, DemoClock)
    desk.clock.move(on)
    card = group_card(desk, group)
    assert card is not None
    (line,) = [one for one in group_lines(desk) if one.id == group]
    assert (line.members, card.count) == (COUNTS[on], COUNTS[on])
    there = next(one.there for one in card.steps if one.name == "members")
    assert there is not None
    assert there[0] == COUNTS[on]


def test_today_counts_those_of_the_meetings_day(desk: Desk, group: str) -> None:
    assert isinstance(desk.clock, DemoClock)
    (ahead,) = [one for one in meetings_ahead(desk) if one.group == group]
    assert (ahead.on, ahead.members) == (LEFT, 4)
    desk.drafts.put("meeting", group, {"date": "2026-03-21"}, 1)
    (begun,) = [one for one in meetings_ahead(desk) if one.group == group]
    assert (begun.on, begun.members, begun.done) == (date(2026, 3, 21), 4, (0, 4))
    desk.drafts.put("meeting", group, {"date": "2026-03-15"}, 1)
    (begun,) = [one for one in meetings_ahead(desk) if one.group == group]
    assert (begun.on, begun.members, begun.done) == (date(2026, 3, 15), 3, (0, 3))


def test_today_expects_nothing_of_who_is_no_member_yet(desk: Desk) -> None:
    """100 of savings and 20 for the social fund of each who is there."""
    group = make_group(desk, "C-1", members=2)
    add_member(desk, NewMember(group, "3", joined=JOINED))
    found = [expected_minor(ground_of(desk, group, on)) for on in (JOINED - timedelta(days=1), JOINED)]
    assert found == [24_000, 36_000]


def test_who_was_taken_away_has_no_row_and_no_voice(desk: Desk, group: str) -> None:
    """Five at the meeting of 7 March: not the sixth, whose membership was taken away again; rebuilt it is the same."""
    for _ in range(2):
        ground = ground_of(desk, group, MET)
        assert [line.member.number for line in sheet_lines(ground)] == ["1", "2", "3", "4", "5"]
        assert ground.there_could_be() == 5
        assert expected_minor(ground) == 5 * 10_000
        desk.book.rebuild()


def test_what_she_saved_is_not_shared_out_among_the_others(desk: Desk) -> None:
    """Two brought 120 each, one was taken away again: of the 240 in the box 120 stay hers."""
    group = make_group(desk, "C-1", members=2, rules=RULES | {"lifecycle": "share-out"})
    rows = tuple(SheetRow(n, Attendance.PRESENT, ins=(In("saving", 12_000),)) for n in "12")
    record_meeting(desk, Sheet(group, MET, rows=rows))
    second = group_store.memberships_by_number(desk.book, group, "2")[0].id
    with desk.book.writing() as writer:
        writer.append(desk.line("tombstone", {"type": "membership", "id": second, "reason": "?", "saw": []}, group))
    plan = share_out_view(desk, ShareOutAsked(group, MET)).plan
    assert plan is not None
    assert [(one.member.number, one.part_minor) for one in plan.parts] == [("1", 12_000)]
    assert plan.owed_minor == 12_000
    (meeting,) = [one.op for one in meeting_store.meetings(desk.book, group)]
    opened = reopen_meeting(desk, meeting)
    assert [row.member for row in opened.sheet.rows if row.has_money] == [one.id for one in opened.ground.members]
    assert sheet_lines(opened.ground)[1].member.number == "2", "at that meeting she was one"


def test_reports_name_as_many_as_the_paper_is_of(desk: Desk, group: str) -> None:
    choices, words = paper_choices(desk, group), Words("en")
    assert len(choices.members) == 6
    assert (choices.next_on, choices.on_sheet) == (LEFT, 4)
    assert "4 members" in whose_data(words, choices, "", "sheet")
    assert "5 members" in whose_data(words, choices, "", "minutes", MET.isoformat())
    assert "6 members" in whose_data(words, choices, "", "passbook"), "those who left have booklets too"


def test_votes_are_held_against_the_members_of_the_day(desk: Desk, group: str) -> None:
    done = set_typed_rules(desk, group, RULES, LEFT + timedelta(days=2), Vote(4))
    assert [(one.code, one.facts) for one in done.warnings] == [(Code.VOTES_TOO_MANY, {"votes": 4, "members": 3})]
    assert set_typed_rules(desk, group, RULES, JOINED, Vote(4)).warnings == ()
