"""An open cash difference ends: borne by the group by vote, owed or brought by a member, given back; never twice."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import sums
from four_savers import APRIL
from four_savers import MARCH
from four_savers import MAY
from four_savers import four_saved

from shg_desk.actions.between import Between
from shg_desk.actions.between import preview_between
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_file import read_sheet
from shg_desk.store import entries as entry_store
from shg_desk.store.meetings import open_differences


@pytest.fixture
def book_day() -> date:
    return date(2026, 8, 1)


def group_with(desk: Desk, difference: int) -> str:
    """Four members saved 100 each; the count found so much more (or less), and nobody knows why."""
    return four_saved(desk, NamedDifference(difference, "белгисиз", "open"))


def line(how: str, amount: int, who: str | None = None, place: str = "box") -> GroupLine:
    return GroupLine("settlement", amount, place, what=how, carried_by=who, text="чечилди")


def settle(desk: Desk, group: str, on: date, *lines: GroupLine) -> str:
    name = record_meeting(desk, Sheet(group, on, lines=lines)).value.name
    assert name is not None
    return name


def refused(desk: Desk, group: str, on: date, *lines: GroupLine) -> list[tuple[Code, object]]:
    with pytest.raises(KnownError) as told:
        settle(desk, group, on, *lines)
    return [(one.code, one.facts.get("left")) for one in told.value.problems if one.level == "problem"]


@pytest.mark.parametrize(
    ("difference", "how", "who", "after"),
    [
        (-4_000, "vote", None, {"box": 36_000, "expense.differences": 4_000}),
        (-4_000, "brought", "3", {"box": 40_000}),
        (-4_000, "owed", "3", {"box": 36_000, "hand": 4_000}),
        (4_000, "vote", None, {"box": 44_000, "income.differences": -4_000}),
        (4_000, "returned", "3", {"box": 40_000}),
    ],
)
def test_each_end_at_a_meeting(desk: Desk, difference: int, how: str, who: str | None, after: dict[str, int]) -> None:
    group = group_with(desk, difference)
    assert ground_of(desk, group, APRIL).open_difference_minor == -difference
    meeting = settle(desk, group, APRIL, line(how, 4_000, who))
    left = {code: amount for code, amount in sums(desk, group).items() if amount and not code.startswith("saving")}
    assert left == after
    assert open_differences(desk.book, group) == []
    minutes = minutes_of(desk, meeting)
    assert [(one.kind, one.amount_minor) for one in minutes.lines] == [("settlement", 4_000)]
    carrier = minutes.lines[0].carried_by
    assert (carrier.number if carrier else None) == who
    assert minutes.totals_minor == {}, "it is the group's line, in no member's column"
    moved = [(block.in_minor, block.out_minor) for block in minutes.cash if block.place == "box"]
    assert moved == {"brought": [(4_000, 0)], "returned": [(0, 4_000)]}.get(how, [])
    [again] = reopen_meeting(desk, meeting).sheet.lines
    assert (again.kind, again.amount_minor, again.what, again.text) == ("settlement", 4_000, how, "чечилди")
    assert (again.carried_by is None) == (who is None)


def test_in_parts_and_never_more_than_is_open(desk: Desk) -> None:
    group = group_with(desk, -4_000)
    assert refused(desk, group, APRIL, line("vote", 4_100)) == [(Code.DIFFERENCE_NOT_OPEN, "40.00")]
    assert refused(desk, group, APRIL, line("returned", 1_000, "1")) == [(Code.DIFFERENCE_NOT_OPEN, "40.00")]
    assert refused(desk, group, APRIL, line("brought", 1_000)) == [(Code.MEMBER_UNKNOWN, None)]
    assert refused(desk, group, APRIL, line("somehow", 1_000)) == [(Code.KIND_OF_LINE_UNKNOWN, None)]
    two = (line("brought", 1_500, "1"), line("vote", 2_600))
    assert refused(desk, group, APRIL, *two) == [(Code.DIFFERENCE_NOT_OPEN, "25.00")]
    settle(desk, group, APRIL, line("brought", 1_500, "1"), line("vote", 1_000), line("owed", 500, "2"))
    assert sums(desk, group)["differences"] == 1_000
    assert refused(desk, group, MARCH, line("vote", 1_100)) == [(Code.DIFFERENCE_NOT_OPEN, "10.00")], (
        "what was settled later is gone"
    )
    settle(desk, group, MAY, line("vote", 1_000))
    assert refused(desk, group, MAY, line("vote", 100)) == [(Code.DIFFERENCE_NOT_OPEN, "0.00")]


def test_before_there_was_one_nothing_can_be_settled(desk: Desk) -> None:
    group = group_with(desk, -4_000)
    assert ground_of(desk, group, date(2026, 3, 1)).open_difference_minor == 0
    assert refused(desk, group, date(2026, 3, 1), line("vote", 100)) == [(Code.DIFFERENCE_NOT_OPEN, "0.00")]


def test_the_money_brought_is_counted_with_the_box(desk: Desk) -> None:
    group = group_with(desk, -4_000)
    sheet = Sheet(group, APRIL, lines=(line("brought", 4_000, "3"),), counts=(Count(total_minor=40_000),))
    record_meeting(desk, sheet)
    assert sums(desk, group)["box"] == 40_000


def test_between_meetings_and_taken_back_by_a_correction(desk: Desk) -> None:
    group = group_with(desk, -4_000)
    member = ground_of(desk, group, APRIL).member("3")
    assert member is not None
    one = Between(group, APRIL, "settlement", 4_000, member=member.id, how="brought", text="эсептеп чыкты")
    effects = {(e.account, e.before_minor, e.after_minor) for e in preview_between(desk, one).preview.effects}
    assert effects == {("box", 36_000, 40_000), ("differences", 4_000, 0)}
    name = write_between(desk, one).value.name
    assert name is not None
    [entry] = entry_store.entries_of(desk.book, name)
    write_correction(desk, group, plan_entry(desk, entry.name, "reverse", cash=MOVES_TODAY), "башка акча экен")
    assert sums(desk, group)["differences"] == 4_000
    write_between(desk, Between(group, desk.today(), "settlement", 4_000, how="vote"))
    assert open_differences(desk.book, group) == []


def test_a_sheet_file_can_say_it(desk: Desk) -> None:
    group = group_with(desk, -4_000)
    ground = ground_of(desk, group, APRIL)
    said = {
        "date": "2026-04-09",
        "lines": [{"kind": "settlement", "amount": "40.00", "what": "owed", "carried_by": "2", "text": "табылган жок"}],
    }
    sheet, problems = read_sheet(said, ground)
    assert [one for one in problems if one.level == "problem"] == []
    record_meeting(desk, sheet)
    assert sums(desk, group)["hand"] == 4_000
