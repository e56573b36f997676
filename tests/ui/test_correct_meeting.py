"""A closed meeting put right in the real window over a real book, by the keyboard alone: changed, shown, written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_maker import make_group
from page_desk import K
from page_desk import PageDesk
from pressing import ALT
from pressing import CTRL
from pressing import SHIFT
from pytestqt.qtbot import QtBot
from village import FIRST
from village import RULES
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_steps import Place
from shg_desk.store.ledger import balances
from shg_desk.store.meetings import attendance
from shg_desk.store.meetings import cash_counts
from shg_desk.store.meetings import meetings
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.meeting_again import AgainView
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.minutes_page import MinutesPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def standing(person: PageDesk) -> dict[str, int]:
    def read(desk: Desk) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in balances(desk.book):
            found[one.account.code] = found.get(one.account.code, 0) + one.amount_minor
        return {code: amount for code, amount in found.items() if amount}

    found = person.ask(read)
    assert isinstance(found, dict)
    return found


def to_third_meeting(person: PageDesk) -> MeetingPage:
    """From the ledger, the cursor on a line of the third meeting, by F2 to its sheet."""
    person.go("ledger", LedgerPage)
    person.press(K.Key_Home, held=CTRL)
    person.press(*[K.Key_Down] * 6, K.Key_F2)
    page = person.page(MeetingPage)
    assert isinstance(page.view(), SheetView)
    return page


def test_a_missing_sum_is_found_and_the_difference_is_gone(person: PageDesk) -> None:
    before = standing(person)
    assert before["differences"] == 4_000
    page = to_third_meeting(person)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    assert page.title() == "Ырыс, meeting 3: correct"
    assert [one.text for one in sheet.table.model.row(0).cells[3:5]] == ["100", "20"]
    assert sheet.side.named.title() == "40\u00a0som short", "as it was named then"
    person.press("60", K.Key_Return)
    assert (sheet.table.model.cell(0, 3).was, sheet.table.model.cell(0, 3).text) == ("100", "60")
    assert sheet.side.agreement.isVisible()
    person.press(K.Key_F10)
    again = page.view()
    assert isinstance(again, AgainView)
    assert again.what.text().splitlines() == [
        "№ 1 Айгүл KB-03 1, savings: 100 → 60",
        "Count of 07.11.2026: 40\u00a0som short → agrees with the book",
        "Takes effect on 07.11.2026.",
    ]
    effects = {row.key: [cell.text for cell in row.cells] for row in again.effects.model.rows()}
    saved = next(cells for key, cells in effects.items() if isinstance(key, tuple) and key[0] == "saving.compulsory")
    assert saved == ["Savings, compulsory: Айгүл KB-03 1", "300\u00a0som", "260\u00a0som"]
    open_ = next(cells for key, cells in effects.items() if isinstance(key, tuple) and key[0] == "differences")
    assert open_[1:] == ["40\u00a0som short", "0\u00a0som"]
    assert standing(person) == before, "nothing is written by looking"
    person.press(K.Key_F10)
    assert page.view() is again, "a correction wants a reason"
    assert again.problems.isVisible()
    person.press("she brought 60", K.Key_F10)
    assert isinstance(person.window.page(), LedgerPage), "back to where it was asked for"
    after = standing(person)
    assert "differences" not in after
    assert after["saving.compulsory"] == before["saving.compulsory"] + 4_000
    assert after["box"] == before["box"]
    assert person.ask(lambda desk: any(count.broken for count in cash_counts(desk.book, str(person.made)))) is False


def test_from_the_minutes_how_she_stood_is_put_right(person: PageDesk) -> None:
    page = to_third_meeting(person)
    meeting = next(iter(page._reopened.values()))
    person.press(K.Key_Escape)
    minutes = person.go("minutes", MinutesPage, meeting)
    assert minutes.correct_button in minutes.controls()
    money = standing(person)
    person.press(K.Key_F2)
    page = person.page(MeetingPage)
    person.press(K.Key_2, held=ALT)
    person.press(K.Key_F10)
    again = page.view()
    assert isinstance(again, AgainView)
    assert again.what.text().splitlines()[0] == "№ 1 Айгүл KB-03 1: Present → Came late"
    assert not again.effects.isVisible()
    person.press("came at three", K.Key_Return)
    assert isinstance(person.window.page(), MinutesPage)
    assert standing(person) == money
    marks = person.ask(lambda desk: [dict(one.marks) for one in attendance(desk.book, str(person.made))])
    assert marks == [{"present": 2, "late": 1}, *[{"present": 3}] * 3]
    shown = person.page(MinutesPage).table.model.row(0).cells[2]
    assert shown.text == "came late", "the minutes say how it was"


def test_what_was_changed_waits_on_esc_and_through_a_power_cut(person: PageDesk) -> None:
    page = to_third_meeting(person)
    person.press("60", K.Key_Return, K.Key_Escape)
    assert isinstance(person.window.page(), LedgerPage)
    person.press(K.Key_F2)
    view = page.view()
    assert isinstance(view, SheetView)
    assert view.table.model.cell(0, 3).text == "60"
    meeting = page._reopened[view]
    page._reopened.clear()  # as after the power went: only what was kept is known
    person.press(K.Key_Escape)
    person.press(K.Key_F2)
    other = page.view()
    assert isinstance(other, SheetView)
    assert other is not view
    assert page._reopened[other] == meeting
    assert (other.table.model.cell(0, 3).was, other.table.model.cell(0, 3).text) == ("100", "60")


def test_a_sheet_nobody_changed_says_so(person: PageDesk) -> None:
    page = to_third_meeting(person)
    person.press(K.Key_F10)
    assert isinstance(page.view(), SheetView)
    assert page._problems.isVisible()


def test_a_begun_sheet_of_the_group_is_left_alone(person: PageDesk) -> None:
    group = str(person.made)
    page = person.go("meeting", MeetingPage, group)
    person.press(K.Key_Return)
    begun = page.sheets[group]
    person.press(K.Key_F5)
    to_third_meeting(person)
    assert page.sheets[group] is begun
    person.press("60", K.Key_Return)
    assert begun.draft.figures.column_total_minor(begun.draft.columns[0]) == 40_000


def test_one_line_leads_to_its_meeting_too(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    person.press(K.Key_Home, held=CTRL)
    person.press(K.Key_Down, K.Key_Return, K.Key_Down)
    assert page.detail.meeting_button.isVisible()
    person.press(K.Key_F2, held=SHIFT)
    assert person.page(MeetingPage).title() == "Ырыс, meeting 1: correct"
    person.fits_everywhere()
    person.press("60", K.Key_Return, K.Key_F10)
    assert isinstance(person.page(MeetingPage).view(), AgainView)
    person.fits_everywhere()


def test_a_mistyped_count_is_counted_anew(person: PageDesk) -> None:
    """By the book 1140 lay there and 1100 were written: 40 short. It was 1130."""
    before = standing(person)
    page = to_third_meeting(person)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_F8)
    assert sheet.side.count.has_cursor()
    person.press(K.Key_A, held=CTRL)
    person.press("1130", K.Key_Return, K.Key_F10)
    again = page.view()
    assert isinstance(again, AgainView)
    assert again.what.text().replace("\u00a0", " ").splitlines()[:2] == [
        "Counted: 1 100 som → 1 130 som",
        "Count of 07.11.2026: 40 som short → 10 som short",
    ]
    assert not again.cash.isVisible(), "the count says where the money is"
    person.fits_everywhere()
    again.reason.setFocus()
    person.press("two digits were swapped", K.Key_F10)
    after = standing(person)
    moved = {code: after[code] - before[code] for code in after if after[code] != before[code]}
    assert moved == {"box": 3_000, "differences": -3_000}
    meeting = person.ask(lambda desk: cash_counts(desk.book, str(person.made))[-1])
    assert (meeting.counted_minor, meeting.broken) == (113_000, False)  # type: ignore[attr-defined]


def counted_in_coins(desk: Desk) -> str:
    """One meeting: four bring 100, and 3 x 100, 4 x 20, 1 x 10 and 2 x 5 lie in the box."""
    group: str = make_group(desk, "KB-04", members=4, rules=RULES)
    saved = (In("saving", 10_000, product="compulsory"),)
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=saved) for n in range(1, 5))
    notes = {10_000: 3, 2_000: 4, 1_000: 1, 500: 2}
    record_meeting(desk, Sheet(group, FIRST, rows=rows, counts=(Count(notes=notes),)))
    return group


def test_small_money_counted_anew_takes_the_place_of_what_was_counted(qtbot: QtBot, tmp_path: Path) -> None:
    """300 and 80 in notes stay; 45 in small money instead of 20 make 425."""
    person = PageDesk(qtbot, tmp_path, counted_in_coins)
    person.go("ledger", LedgerPage)
    person.press(K.Key_Home, held=CTRL)
    person.press(K.Key_Down, K.Key_F2)
    page = person.page(MeetingPage)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_F8, *[K.Key_Down] * 8)
    assert sheet.side.count.edits[-1].hasFocus()
    assert sheet.side.count.edits[-1].text() == "20"
    person.press(K.Key_A, held=CTRL)
    person.press("45", K.Key_Return, K.Key_F10)
    again = page.view()
    assert isinstance(again, AgainView)
    assert again.what.text().replace("\u00a0", " ").splitlines()[0] == "Counted: 400 som → 425 som"
    again.reason.setFocus()
    person.press("coins lay under the cloth", K.Key_F10)
    found = person.ask(lambda desk: [one.counted_minor for one in cash_counts(desk.book, str(person.made))])
    assert found == [42_500]
    person.end()


def test_a_forgotten_vote_on_a_fine_is_written_later(person: PageDesk) -> None:
    page = to_third_meeting(person)
    person.press(K.Key_2, held=ALT)  # she came late: 40 by the rules
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    sheet.go_to(Place(0, "fine"))
    person.press("0", K.Key_Return, K.Key_F10, "the fine was forgotten", K.Key_F10)
    assert standing(person)["fines"] == 4_000
    page = to_third_meeting(person)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    sheet.go_to(Place(0, "fine"))
    person.press(K.Key_F7, "11 for", K.Key_Return, K.Key_F10)
    again = page.view()
    assert isinstance(again, AgainView)
    assert "№ 1 Айгүл KB-03 1, the fine: stands → let pass" in again.what.text()
    person.press("the vote was forgotten", K.Key_F10)
    assert "fines" not in standing(person)


def test_the_number_of_a_closed_meeting_is_put_right(person: PageDesk) -> None:
    page = to_third_meeting(person)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    sheet.about()
    person.press(K.Key_A, held=CTRL)
    person.press("36", K.Key_Return, K.Key_F10)
    again = page.view()
    assert isinstance(again, AgainView)
    assert again.what.text().splitlines()[0] == "Number of the meeting: 3 → 36"
    person.press("as in the paper book", K.Key_F10)
    found = person.ask(lambda desk: [one.number for one in meetings(desk.book, str(person.made))])
    assert found == ["1", "2", "36"]
