"""What a sheet begins with: money of the days before it, and a box that another laptop's records have changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import press
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.between import Between
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import hand_over
from shg_desk.actions.sheet_desk import kept_sheet
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet_keeping import restored
from shg_desk.store import meetings as meeting_store
from shg_desk.ui.meeting_opening import OpeningView
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView


def moved_since(desk: Desk) -> str:
    """A repayment at the door, one kept elsewhere, money to the bank, and a mistake that was taken back."""
    group = village(desk)
    second = ground_of(desk, group, date(2026, 11, 12)).members[1].id
    one = Between(group, date(2026, 11, 12), "repayment", 10_600, member=second)
    write_between(desk, one)
    write_between(desk, Between(group, date(2026, 11, 13), "saving", 5_000, member=second, place="keeper"))
    wrong = write_between(desk, Between(group, date(2026, 11, 13), "expense", 7_700)).value.name
    assert wrong is not None
    take_back(desk, wrong, "ката")
    write_between(desk, Between(group, date(2026, 11, 14), "transfer", 30_000))
    write_between(desk, Between(group, date(2026, 11, 30), "expense", 100, text="after the sheet"))
    return group


def elsewhere(desk: Desk) -> str:
    """The village, kept by another laptop."""
    group = village(desk)
    hand_over(desk, group, "aaaabbbb")
    return group


def lines_of(page: MeetingPage) -> list[str]:
    view = page.view()
    assert isinstance(view, SheetView)
    return [line.text().replace("\u00a0", " ") for line in view.before.lines if line.isVisible()]


def begun(qtbot: QtBot, folder: Path, fill: object) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, folder, fill)  # type: ignore[arg-type]
    at.go("meeting", MeetingPage)
    at.press(K.Key_Return)
    yield at
    at.end()


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    yield from begun(qtbot, tmp_path, moved_since)


@pytest.fixture
def second(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    yield from begun(qtbot, tmp_path, elsewhere)


def test_money_of_the_days_before_stands_at_the_top(person: PageDesk) -> None:
    page = person.page(MeetingPage)
    name = page.view().draft.ground.members[1].name  # type: ignore[attr-defined]
    assert lines_of(page) == [
        "Cash difference open from before: 40 som short",
        f"12.11.2026: {name} loan repayment 106 som, already here: cash box",
        f"13.11.2026: {name} saving 50 som, already here: in keeping",
        "14.11.2026: Moved 300 som, Cash box → Bank",
    ]
    person.fits_everywhere()


def test_the_box_is_counted_first_where_another_laptop_writes_too(second: PageDesk) -> None:
    page = second.page(MeetingPage)
    view = page.view()
    assert isinstance(view, SheetView)
    known = view.draft.ground.places_minor["box"]
    assert view.panel.isVisible()
    assert [edit.accessibleName() for edit in view.panel.edits] == ["In the box now"]
    second.press(str((known + 30_000) // 100), K.Key_Return)
    assert view.draft.cash().start_minor == known + 30_000
    assert lines_of(page)[:2] == [
        "Another laptop also writes this group. The last meeting known here is of 07.11.2026.",
        "At the start 300 som more was in the box than is known here: it waits for the other laptop.",
    ]
    second.press(K.Key_F5)
    came = view.draft.cash().in_minor
    view.draft.count_total(known + 30_000 + came - 1_000)
    assert view.draft.cash().difference_minor == -1_000, "what is awaited is no difference of this meeting"
    view.draft.name_difference("табылган жок")
    assert view.draft.sheet().differences == (
        NamedDifference(30_000, "", "awaiting"),
        NamedDifference(-1_000, "табылган жок"),
    )
    view.changed()
    second.rest()
    group = view.draft.ground.group

    def again(desk: Desk) -> object:
        record = kept_sheet(desk, group)
        assert record is not None
        return restored(ground_of(desk, group, view.draft.ground.on), record)[0].state.opening_minor

    assert second.ask(again) == known + 30_000
    second.press(K.Key_F10, K.Key_Return)

    def counted(desk: Desk) -> object:
        count = meeting_store.cash_counts(desk.book, group)[-1]
        [cash] = meeting_store.open_differences(desk.book, group)
        return count.awaiting, count.counted_minor - count.expected_minor, cash.amount_minor

    assert second.ask(counted) == (True, 30_000, 4_000 + 1_000)


def test_nobody_has_to_count_first(second: PageDesk) -> None:
    view = second.page(MeetingPage).view()
    assert isinstance(view, SheetView)
    second.press(K.Key_Escape)
    assert view.draft.state.opening_minor is None
    assert view.draft.cash().start_minor == view.draft.ground.places_minor["box"]
    assert len(lines_of(second.page(MeetingPage))) == 2
    second.fits_everywhere()


def test_the_day_may_be_typed_while_the_list_of_groups_has_the_cursor(qtbot: QtBot, tmp_path: Path) -> None:
    at = PageDesk(qtbot, tmp_path, village)
    page = at.go("meeting", MeetingPage)
    at.press(K.Key_Escape)
    opening = page.view()
    assert isinstance(opening, OpeningView)
    assert opening.table.view.hasFocus()
    press(K.Key_2, text="2")
    assert opening.day.edit.hasFocus()
    assert opening.day.text() == "2"
    press(K.Key_1, text="1")
    at.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    assert sheet.draft.ground.on == date(2026, 11, 21)
    at.end()
