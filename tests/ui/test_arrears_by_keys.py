"""What is missed of savings and of the fund: the same on Today, on the sheet, on paper, and told when it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_group
from page_desk import DAY
from page_desk import K
from page_desk import PageDesk
from pressing import ALT
from pytestqt.qtbot import QtBot
from village import RULES

from shg_desk.actions.agenda import agenda_of_meeting
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_today import Records
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store.meetings import last_meeting
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.parts.wrapped_link import WrappedLink
from shg_desk.ui.today_page import TodayPage


def behind(desk: Desk) -> str:
    """Asked for 100 and 20 on 07.11: the first and the fourth brought both, the second 50 and 20, the third nothing."""
    group = make_group(desk, "KB-03", members=4, rules=RULES)
    brought = {"1": (10_000, 2_000), "2": (5_000, 2_000), "3": (0, 0), "4": (10_000, 2_000)}
    rows = tuple(
        SheetRow(
            number,
            Attendance.PRESENT if saved else Attendance.EXCUSED,
            ins=(In("saving", saved, product="compulsory"), In("social", fund)) if saved else (),
        )
        for number, (saved, fund) in brought.items()
    )
    record_meeting(desk, Sheet(group, date(2026, 11, 7), rows=rows, counts=(Count(total_minor=31_000),)))
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, behind)
    yield at
    at.end()


def said(closing: ClosingView) -> list[str]:
    return [link.text() for link in closing.findChildren(WrappedLink)]


def test_today_expects_what_the_cells_of_the_sheet_need(person: PageDesk) -> None:
    """100 and 20 of each of four, and 50 and 100 more of the second and the third."""
    page = person.go("today", TodayPage)
    assert page.meetings is not None
    person.press(K.Key_Return, K.Key_Return)
    sheet = person.page(MeetingPage).view()
    assert isinstance(sheet, SheetView)
    needed = [sheet.draft.figures.column_expected_minor(column) for column in sheet.draft.columns]
    assert sum(needed) == 63_000
    ahead = page._view.meetings[0]  # type: ignore[union-attr]
    assert ahead.expected_minor == 63_000


def test_closing_names_who_missed_savings_and_fund(person: PageDesk) -> None:
    """The fourth sends nothing; the others bring the usual: 50 of the second stay, 100 of the third."""
    person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    page = person.page(MeetingPage)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_Down, K.Key_Down, K.Key_Down)
    person.press(K.Key_4, held=ALT)
    person.press(K.Key_F5, K.Key_F8, "+")
    person.press(str(sheet.draft.cash().expected_minor // 100), K.Key_F10)
    closing = page.view()
    assert isinstance(closing, ClosingView)
    assert closing.preview.cash.counted_minor == 67_000, "F10 takes the sum that is being typed"
    lines = said(closing)
    assert "Savings not brought, carried over: № 2: 50; № 3: 100; № 4: 100" in lines
    assert "Social fund not brought: № 4: 20" in lines
    person.fits_everywhere()
    person.press(K.Key_Return)


def test_the_agenda_in_the_minutes_says_the_planned_day_where_nothing_else_was_agreed(person: PageDesk) -> None:
    """Every second Saturday: after 07.11 it is 21.11."""

    def look(desk: Desk) -> tuple[str, ...]:
        last = last_meeting(desk.book, str(person.made))
        assert last is not None
        assert last.next_on is None
        assert last.on < DAY
        return agenda_of_meeting(desk, last.op, Words("en"))

    points = person.ask(look)
    assert isinstance(points, tuple)
    assert points[-1] == "Next meeting: 21.11.2026"


def test_words_of_the_sheet_are_of_nothing_else(person: PageDesk) -> None:
    """Two thirds of four is three: nobody is there yet. A fine is no loan in Kyrgyz."""
    person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    page = person.page(MeetingPage)
    person.window.switch_language("ru")
    assert page.progress.quorum.accessibleName() == "Кворума нет: 0, нужно 3"
    assert "карыз" not in Words("ky")._("owes {sum}")


def test_bars_of_what_the_office_has_are_those_of_the_page_of_exchange(person: PageDesk) -> None:
    cards = person.go("today", TodayPage).records
    for reconciled, bars in ((179, "Reconciled"), (178, "Received by the office")):
        records = Records(True, 5, DAY, 179, DAY, None, reconciled=reconciled)
        cards.show_records(records, DAY)
        assert cards.received.bars is not None
        assert cards.received.bars.accessibleName() == bars
