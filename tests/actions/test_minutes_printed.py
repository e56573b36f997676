"""What a printed meeting says that its own record does not: who could have come, what a keeper holds, what was open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.agenda import agenda_of_meeting
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.printing import minutes_of
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.reports.booklets import write_into_booklets
from shg_desk.reports.minutes import minutes_paper
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.store import entries as entry_store

MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 7)
PRINTED = Printed(APRIL, "A", "A")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    made.close()


def came(number: str, amount_minor: int = 10_000) -> SheetRow:
    return SheetRow(number, Attendance.PRESENT, ins=(In("saving", amount_minor),))


def held(desk: Desk, sheet: Sheet) -> str:
    return record_meeting(desk, sheet).value.name or ""


def said(paper: Paper) -> str:
    with pypdfium2.PdfDocument(paper.data) as found:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in found)


def test_a_sheet_with_rows_of_some_is_counted_against_all_members(desk: Desk) -> None:
    group = make_group(desk, members=3)
    meeting = held(desk, Sheet(group, MARCH, rows=(came("1"),)))
    text = said(minutes_paper(minutes_of(desk, meeting), Words("en"), PRINTED))
    assert "1 of 3 members were there. Quorum: 2 needed, not reached." in text


def test_a_keepers_place_says_what_is_held_now(desk: Desk) -> None:
    group = make_group(desk)
    keeper = minutes_of(desk, held(desk, Sheet(group, MARCH, rows=(came("1"),)))).rows[0].person.id
    for day, amount in ((date(2026, 3, 17), 3_000), (date(2026, 3, 24), 2_000)):
        line = GroupLine("transfer", amount, source="box", target=f"keeper.{keeper}")
        last = held(desk, Sheet(group, day, rows=(came("1"),), lines=(line,)))
    text = said(minutes_paper(minutes_of(desk, last), Words("en"), PRINTED))
    assert "Came in 20 som Went out 0 som Held at the end of the day 50 som Not counted." in text


def test_the_agenda_says_what_was_open_before_and_when_to_meet_again(desk: Desk) -> None:
    group = make_group(desk)
    first = replace(
        Sheet(group, MARCH, rows=(came("1"), came("2"))),
        counts=(Count(total_minor=16_000),),
        differences=(NamedDifference(-4_000, "counted wrongly"),),
    )
    held(desk, first)
    second = replace(
        Sheet(group, APRIL, rows=(came("1"), came("2"))),
        counts=(Count(total_minor=35_000),),
        differences=(NamedDifference(-1_000, "counted wrongly"),),
        next_on=date(2026, 5, 5),
    )
    meeting = held(desk, second)
    wrong = next(row for row in entry_store.entries_of(desk.book, meeting) if row.kind == "saving")
    plan = plan_entry(desk, wrong.name, "other-amount", Change(amount_minor=9_500))
    write_correction(desk, group, plan, "95")
    agenda = agenda_of_meeting(desk, meeting, Words("en"))
    assert "Open cash difference: 40\u00a0som short" in agenda
    assert "Next meeting: 05.05.2026" in agenda
    text = said(minutes_paper(minutes_of(desk, meeting), Words("en"), PRINTED))
    assert "Stays open. Counted wrongly" in text


def test_what_a_booklet_must_end_on_has_what_is_in_her_hands(desk: Desk) -> None:
    group = make_group(desk)
    sheet = replace(
        Sheet(group, MARCH, rows=(came("1"), came("2"))),
        counts=(Count(total_minor=16_000),),
        differences=(NamedDifference(-4_000, "lost", "1"),),
    )
    meeting = held(desk, sheet)
    text = said(write_into_booklets(after_meeting_of(desk, meeting), Words("en"), PRINTED))
    assert "in her hands 40 som" in text
