"""A closed meeting's count, fines let pass and number put right: the sums added up by hand, old and new in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import RULES
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.reopening import correct_meeting
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import preview_meeting_correction
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.views_today import today_at_first
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet import Waiver
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.store.check import check
from shg_desk.store.dump import dump
from shg_desk.store.meetings import cash_counts
from shg_desk.store.meetings import meetings

FIRST, SECOND, THIRD = date(2026, 10, 10), date(2026, 10, 24), date(2026, 11, 7)


def meeting(desk: Desk, group: str, on: date, counted_som: int, *, named_som: int = 0, bearer: str = "open") -> str:
    """Four members bring 100 each; so much was counted, and so much of it named as a difference."""
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000),)) for n in range(1, 5))
    named = (NamedDifference(named_som * 100, "not found", bearer),) if named_som else ()
    sheet = Sheet(group, on, rows=rows, counts=(Count(total_minor=counted_som * 100),), differences=named)
    return str(record_meeting(desk, sheet).value.name)


def draft_of(desk: Desk, name: str) -> Draft:
    opened = reopen_meeting(desk, name)
    state = state_of(opened.ground, opened.sheet)
    return Draft(opened.ground, state, state)


def recount(desk: Desk, group: str, name: str, som: int) -> None:
    draft = draft_of(desk, name)
    draft.count_total(som * 100)
    plan = plan_meeting(desk, name, draft.sheet())
    correct_meeting(desk, name, plan, group, "two digits were swapped")


def counted(desk: Desk, group: str) -> list[tuple[int, bool]]:
    return [(one.counted_minor // 100, one.broken) for one in cash_counts(desk.book, group)]


def sound(desk: Desk) -> None:
    """The book is sound, and made again from its records it is the same."""
    assert list(check(desk.book)) == []
    before = list(dump(desk.book))
    desk.book.rebuild()
    assert list(dump(desk.book)) == before


def test_of_the_last_meeting_the_difference_follows_the_count(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    meeting(desk, group, FIRST, 400)
    last = meeting(desk, group, SECOND, 760, named_som=-40)
    before = sums(desk, group)
    assert (before["box"], before["differences"]) == (76_000, 4_000)
    recount(desk, group, last, 790)  # 800 by the book: 10 are missing, not 40
    after = sums(desk, group)
    assert (after["box"], after["differences"]) == (79_000, 1_000)
    assert after["saving.compulsory"] == before["saving.compulsory"]
    assert counted(desk, group) == [(400, False), (790, False)]
    (block,) = minutes_of(desk, last).cash
    assert (block.counted_minor, block.before_minor, block.difference_minor) == (79_000, (76_000,), -1_000)
    assert block.reason == "not found"
    assert minutes_of(desk, last).corrections[0][1] == "two digits were swapped"
    recount(desk, group, last, 800)
    assert counted(desk, group) == [(400, False), (800, False)]
    assert "differences" not in sums(desk, group)
    (block,) = minutes_of(desk, last).cash
    assert (block.counted_minor, block.before_minor, block.difference_minor) == (80_000, (79_000, 76_000), 0)
    assert reopen_meeting(desk, last).sheet.counts[0].counted_minor == 80_000
    sound(desk)


def test_nobody_counts_less_than_nothing_anew(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    name = meeting(desk, group, FIRST, 400)
    with pytest.raises(KnownError) as told:
        recount(desk, group, name, -1)
    assert [(one.code, one.where) for one in told.value.problems] == [(Code.AMOUNT_NEGATIVE, "count")]


def test_a_count_after_it_was_made_with_the_money_and_stays(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    first = meeting(desk, group, FIRST, 360, named_som=-40)  # 400 lay there, 360 were written
    meeting(desk, group, SECOND, 800, named_som=40)  # 360 + 400 by the book, 800 in the box
    third = meeting(desk, group, THIRD, 1200)
    before = sums(desk, group)
    assert (before["box"], before.get("differences", 0)) == (120_000, 0)
    recount(desk, group, first, 400)
    after = sums(desk, group)
    assert after == before, "nothing is otherwise today: both mistakes had taken each other back"
    assert counted(desk, group) == [(400, False), (800, False), (1200, False)]
    assert [one.counted_minor for one in minutes_of(desk, third).cash] == [120_000]
    sound(desk)


def test_who_bore_the_difference_bears_what_is_left_of_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    name = meeting(desk, group, FIRST, 360, named_som=-40, bearer="2")
    assert sums(desk, group)["hand"] == 4_000
    recount(desk, group, name, 390)
    assert (sums(desk, group)["hand"], sums(desk, group)["box"]) == (1_000, 39_000)
    recount(desk, group, name, 405)
    left = sums(desk, group)
    assert (left.get("hand", 0), left["box"], left["differences"]) == (0, 40_500, -500), "too much is nobody's"
    sound(desk)


def test_a_cell_and_the_count_together(tmp_path: Path) -> None:
    """One brought 60 and not 100, and the box held 350: by the book 360, 10 are missing."""
    desk = make_desk(tmp_path)
    group = make_group(desk)
    name = meeting(desk, group, FIRST, 400)
    draft = draft_of(desk, name)
    column = next(one for one in draft.columns if one.kind == "saving")
    draft.type_text(Place(0, column.key), "60")
    draft.count_total(35_000)
    preview = preview_meeting_correction(desk, name, draft.sheet(), MOVES_TODAY)
    assert not preview.moves_cash, "the count says where the money is"
    correct_meeting(desk, name, preview.plan, group, "counted again")
    after = sums(desk, group)
    assert (after["box"], after["saving.compulsory"], after["differences"]) == (35_000, -36_000, 1_000)
    assert counted(desk, group) == [(350, False)]
    (block,) = minutes_of(desk, name).cash
    assert (block.expected_minor, block.counted_minor, block.difference_minor) == (36_000, 35_000, -1_000)
    sound(desk)


def late_meeting(desk: Desk, group: str, line: In | None, waivers: tuple[Waiver, ...] = ()) -> str:
    ins = (In("saving", 10_000), *((line,) if line is not None else ()))
    rows = [SheetRow("1", Attendance.LATE, ins=ins)]
    rows += [SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000),)) for n in range(2, 5)]
    brought = 40_000 + (line.amount_minor if line is not None and line.kind == "fine" else 0)
    sheet = Sheet(group, FIRST, rows=tuple(rows), counts=(Count(total_minor=brought),), waivers=waivers)
    return str(record_meeting(desk, sheet).value.name)


def fined_group(desk: Desk) -> str:
    return make_group(desk, rules={**RULES, "fines": {"late": "40"}})


def test_a_fine_owed_is_let_pass_and_asked_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = fined_group(desk)
    name = late_meeting(desk, group, In("fine-owed", 4_000, why="late"))
    assert (sums(desk, group)["fines"], sums(desk, group)["income.fines"]) == (4_000, -4_000)
    draft = draft_of(desk, name)
    draft.waive(0, "by vote, 12 for")
    correct_meeting(desk, name, plan_meeting(desk, name, draft.sheet()), group, "the vote was forgotten")
    assert "fines" not in sums(desk, group)
    assert "income.fines" not in sums(desk, group)
    (passed,) = minutes_of(desk, name).waived
    assert (passed.person.number, passed.why, passed.text) == ("1", "late", "by vote, 12 for")
    again = draft_of(desk, name)
    assert again.state.row(again.lines[0].member.id).waived == "by vote, 12 for"
    with pytest.raises(KnownError) as unchanged:
        plan_meeting(desk, name, again.sheet())
    assert [one.code for one in unchanged.value.problems] == [Code.NOTHING_CHANGED]
    again.waive(0, None)
    correct_meeting(desk, name, plan_meeting(desk, name, again.sheet()), group, "it was another meeting")
    assert (sums(desk, group)["fines"], sums(desk, group)["income.fines"]) == (4_000, -4_000)
    assert minutes_of(desk, name).waived == ()
    sound(desk)


def test_a_fine_paid_and_let_pass_says_where_the_money_is(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=date(2026, 11, 21))
    group = fined_group(desk)
    name = late_meeting(desk, group, In("fine", 4_000, why="late"))
    draft = draft_of(desk, name)
    draft.waive(0, "")
    preview = preview_meeting_correction(desk, name, draft.sheet(), MOVES_TODAY)
    assert preview.moves_cash
    assert preview.on == desk.today()
    correct_meeting(desk, name, preview.plan, group, "given back")
    after = sums(desk, group)
    assert (after["box"], after.get("income.fines", 0)) == (40_000, 0), "her 40 are given back today"
    assert counted(desk, group) == [(440, False)]
    sound(desk)


def test_a_waiver_of_the_closing_can_be_taken_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = fined_group(desk)
    name = late_meeting(desk, group, None, (Waiver("1", "late", "ill"),))
    draft = draft_of(desk, name)
    assert draft.state.row(draft.lines[0].member.id).waived == "ill"
    draft.waive(0, None)
    correct_meeting(desk, name, plan_meeting(desk, name, draft.sheet()), group, "nobody voted")
    assert sums(desk, group)["fines"] == 4_000
    assert minutes_of(desk, name).waived == ()


def test_a_meetings_number_is_put_right(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    name = meeting(desk, group, FIRST, 400)
    draft = draft_of(desk, name)
    draft.set_number("37")
    correct_meeting(desk, name, plan_meeting(desk, name, draft.sheet()), group, "as in the paper book")
    assert [one.number for one in meetings(desk.book, group)] == ["37"]
    assert minutes_of(desk, name).number == "37"
    assert reopen_meeting(desk, name).sheet.number == "37"
    sheet = replace(draft.sheet(), on=SECOND, number=None)
    second = str(record_meeting(desk, replace(sheet, counts=(), rows=sheet.rows)).value.name)
    assert minutes_of(desk, second).number == "38", "the next one counts on from it"
    sound(desk)


def test_an_open_difference_counted_anew_was_neither_named_twice_nor_settled(tmp_path: Path) -> None:
    """40 missing were named; the box held 25 more than was written, so that 15 are missing and were ever named."""
    desk = make_desk(tmp_path)
    group = make_group(desk)
    meeting(desk, group, FIRST, 400)
    last = meeting(desk, group, SECOND, 760, named_som=-40)
    recount(desk, group, last, 785)
    assert sums(desk, group)["differences"] == 15_00
    (waits,) = [one for one in today_at_first(desk).waiting if one.kind == "difference"]
    facts = {name: waits.facts[name] for name in ("amount_minor", "named_minor", "settled_minor", "since")}
    assert facts == {"amount_minor": 15_00, "named_minor": 15_00, "settled_minor": 0, "since": SECOND.isoformat()}
    meeting(desk, group, THIRD, 1195, named_som=10)  # 1185 by the book: 10 of what was missing came back
    (waits,) = [one for one in today_at_first(desk).waiting if one.kind == "difference"]
    assert (waits.facts["named_minor"], waits.facts["settled_minor"]) == (15_00, 10_00)
