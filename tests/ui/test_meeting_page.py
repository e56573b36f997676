"""The meeting page by the keyboard alone: real key presses into the real page, figures checked by plain arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from cut_text import cut_text
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_steps import Place
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_count import COINS
from shg_desk.ui.meeting_count import lines_of
from shg_desk.ui.meeting_sheet import SheetView
from tests.meeting_grounds import DUES
from tests.meeting_grounds import yrys


@pytest.fixture
def village() -> Village:
    return Village(yrys())


@pytest.fixture
def hands(qtbot: QtBot, village: Village) -> Hands:
    return Hands(qtbot, village)


PAID = {n: DUES[n] for n in (2, 4, 7, 12, 13)}
COUNTED = {5000: 2, 2000: 1, 1000: 1, 500: 1, 200: 3, 100: 1, 50: 0, 20: 2}


@pytest.mark.parametrize("typed", [False, True])
def test_the_meeting_in_sixty_keys(qtbot: QtBot, typed: bool) -> None:
    """20 members, all present, the usual, five repayments (as due, or each typed), a count of eight notes, closed."""
    dues = PAID if not typed else dict.fromkeys(PAID, 1060)
    box = sum(value * number for value, number in COUNTED.items()) - 20 * 120 - sum(dues.values())
    village = Village(yrys(20, dues, places_minor={"box": box * 100}))
    hands = Hands(qtbot, village)
    hands.press("Enter", "21", "Enter", "F5")
    for due in dues.values():
        hands.press(*([str(due)] if typed else []), "Enter")
    hands.press("F8")
    for number in COUNTED.values():
        hands.press(str(number), "Enter")
    hands.press("F10", "Enter")
    assert hands.keys <= (57 if typed else 29)
    (sheet,) = village.closed
    assert sheet.on == date(2026, 11, 21)
    assert [row.attendance for row in sheet.rows] == [Attendance.PRESENT] * 20
    brought = {int(row.member): sum(line.amount_minor for line in row.ins) for row in sheet.rows}
    assert brought == {n: (120 + dues.get(n, 0)) * 100 for n in range(1, 21)}
    cash = cash_of(village.grounds[sheet.group], sheet)
    assert cash.counted_minor == 14_240 * 100
    assert cash.difference_minor == 0
    assert isinstance(hands.page.view(), AfterView)


def test_a_proposal_is_no_money_until_a_person_says_so(hands: Hands) -> None:
    hands.begin()
    assert hands.draft.figures.cell(hands.draft.lines[0], hands.draft.columns[0]).state is CellState.PROPOSAL
    assert hands.draft.cash().in_minor == 0
    hands.press("Enter")
    assert hands.draft.cash().in_minor == 10_000
    hands.press("F10", "Enter")
    assert isinstance(hands.page.view(), ClosingView | SheetView)
    assert not hands.village.closed, "a member with money is not marked"


def test_typing_in_a_cell(hands: Hands) -> None:
    hands.begin()
    hands.press("50+50", "Enter")
    assert hands.draft.cell(Place(0, "saving.compulsory")).amount_minor == 10_000
    assert hands.sheet.here() == Place(1, "saving.compulsory")
    hands.press("12", "Back", "Down")
    assert hands.draft.cell(Place(1, "saving.compulsory")).amount_minor == 100
    hands.press("0", "Enter", "Up", "F2")
    editor = hands.sheet.table.view.viewport().findChild(QLineEdit)
    assert editor is not None
    hands.press("Esc")
    assert hands.draft.cell(Place(2, "saving.compulsory")).amount_minor == 0
    hands.press("7", "Tab")
    assert hands.sheet.here() == Place(2, "social")
    hands.press("Left", "Del")
    assert hands.draft.cell(Place(2, "saving.compulsory")).state is CellState.PROPOSAL
    hands.press("Ctrl+Z")
    assert hands.draft.cell(Place(2, "saving.compulsory")).state is not CellState.PROPOSAL
    hands.press("Ctrl+Y")
    assert hands.draft.cell(Place(2, "saving.compulsory")).state is CellState.PROPOSAL


def test_what_cannot_be_read_is_told_and_stays_to_be_mended(hands: Hands) -> None:
    hands.begin()
    hands.press("1,2,3", "Enter")
    assert hands.sheet.strip.told.isVisible()
    assert hands.sheet.table.view.editor_text() == "1,2,3"
    hands.press("Back", "Back", "Enter")
    assert hands.draft.cell(Place(0, "saving.compulsory")).amount_minor == 120
    assert hands.sheet.strip.told.isVisible(), "no coins make 1,20"
    hands.press("Up", "1", "Enter")
    assert not hands.sheet.strip.told.isVisible()


def test_attendance_from_any_cell_and_by_bare_digits(hands: Hands) -> None:
    hands.begin()
    hands.press("F5", "Alt+4")
    here = hands.sheet.here()
    assert here is not None
    row = hands.draft.lines[here.line].member
    assert hands.draft.state.row(row.id).attendance is Attendance.ABSENT
    assert hands.draft.figures.row_total_minor(row.id) == 0
    hands.press("Ctrl+Z", "Ctrl+Z")
    assert hands.draft.figures.there() == 0
    hands.press("Home", "1", "Right", "1", "2", "3", "4")
    marks = [hands.draft.state.row(line.member.id).attendance for line in hands.draft.lines[:4]]
    assert marks == [Attendance.PRESENT, Attendance.LATE, Attendance.EXCUSED, Attendance.ABSENT]
    hands.press("5", "Азамат", "Enter")
    fifth = hands.draft.state.row(hands.draft.lines[4].member.id)
    assert (fifth.attendance, fifth.represented_by) == (Attendance.REPRESENTED, "Азамат")


def test_jumping_by_number_and_by_letters(hands: Hands) -> None:
    hands.begin()
    hands.press("Home", "1", "3")
    assert hands.sheet.table.view.currentIndex().row() == 12
    hands.press("Down", "4")
    assert hands.sheet.table.view.currentIndex().row() == 3
    hands.press("Home", "төр")
    assert hands.sheet.table.view.currentIndex().row() == 6
    hands.press("End")
    assert hands.sheet.table.view.currentIndex().column() == hands.sheet.table.model.columnCount() - 1
    hands.press("Ctrl+Home")
    assert hands.sheet.table.view.currentIndex().row() == 0


def test_space_f3_f4_and_moving_a_cell(hands: Hands) -> None:
    hands.begin()
    hands.press("Space", "Space")
    assert len(hands.draft.figures.done) == 2
    assert hands.draft.cell(Place(1, "repayment")).amount_minor == 106_000
    hands.press("F3")
    assert hands.sheet.here() == Place(3, "attendance")
    hands.press("Shift+F3")
    assert hands.sheet.here() == Place(2, "attendance")
    hands.press("Right", "500", "Enter", "Up", "F4", "7", "Enter")
    assert hands.draft.sheet().rows[2].paid_by == "7"
    hands.press("Ctrl+X", "Down", "Right", "Right", "Ctrl+V")
    assert hands.draft.cell(Place(3, "repayment")).amount_minor == 50_000
    hands.press("F4", "99", "Enter")
    assert hands.sheet.panel.problem.text()
    hands.press("Esc")
    assert hands.sheet.here() == Place(3, "repayment")


def test_a_line_of_the_group_and_a_decision(hands: Hands) -> None:
    hands.begin()
    hands.press("Ins", "1", "180", "Enter", "1", "notebooks", "Enter")
    (line,) = hands.draft.state.lines
    assert (line.kind, line.amount_minor, line.place, line.text) == ("expense", 18_000, "box", "notebooks")
    assert hands.draft.cash().out_minor == 18_000
    hands.press("F6", "Enter", "200", "Enter", "Enter", "Enter")
    assert hands.draft.state.lines[0].amount_minor == 20_000
    hands.press("Ins", "8", "loan approved", "Enter", "14", "Enter", "0", "Enter", "1", "Enter")
    decision = hands.draft.state.decisions[0]
    assert (decision.text, decision.votes_for, decision.votes_against, decision.abstained) == (
        "loan approved",
        14,
        0,
        1,
    )
    hands.sheet.go_to(Place(0, "social"))
    hands.press("F6", "Del")
    assert hands.draft.state.lines == ()
    hands.press("Ctrl+Z")
    assert len(hands.draft.state.lines) == 1


def test_a_withdrawal_has_its_column_when_it_is_needed(hands: Hands) -> None:
    hands.begin()
    hands.press("Ins", "9", "2", "200", "Enter")
    assert hands.draft.sheet().rows[0].outs[0].kind == "withdrawal"
    assert hands.draft.cash().out_minor == 20_000


def test_counting_and_naming_the_difference(hands: Hands) -> None:
    hands.begin()
    hands.press("F8", "1", "Enter", "Down", "1", "Enter", "Up", "2", "Enter")
    assert dict(hands.draft.state.count.notes) == {500_000: 1, 100_000: 2}
    assert hands.draft.cash().difference_minor == (7_000 - 6_240) * 100
    assert hands.sheet.side.wrong.isVisible()
    hands.press("F7", "Enter", "Enter", "Enter", "1")
    named = hands.draft.state.named
    assert named is not None
    assert (named.amount_minor, named.reason, named.bearer) == (76_000, "unknown", "open")
    assert hands.sheet.side.named.isVisible()
    hands.press("F8", "+", "6240", "Enter")
    assert hands.draft.state.count.total_minor == 624_000
    assert hands.sheet.side.agreement.isVisible()


def test_small_money_is_counted_in_one_line(qtbot: QtBot) -> None:
    som = [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 3, 1]
    coins = [value * 100 for value in som] + [50, 10]
    assert lines_of(coins, 2_000) == tuple(value * 100 for value in som[:8])
    assert lines_of(coins, 100) == (*(value * 100 for value in som[:8]), COINS)
    hands = Hands(qtbot, Village(yrys()))
    hands.begin()
    hands.sheet.side.count.show_draft(hands.draft, coins)
    hands.press("F8", *["Down"] * 8, "137", "Enter")
    assert hands.draft.sheet().counts[0].notes == {100: 137}


def test_f7_lets_a_fine_pass(hands: Hands) -> None:
    hands.begin()
    hands.press("Home", "5", "Alt+2", "F5")
    hands.sheet.go_to(Place(4, "fine"))
    hands.press("F7", "vote 12", "Enter")
    assert [(w.member, w.why, w.text) for w in hands.draft.sheet().waivers] == [("5", "late", "vote 12")]
    hands.press("F7")
    assert hands.draft.sheet().waivers == ()


def test_terms_of_a_new_loan(hands: Hands) -> None:
    hands.begin()
    hands.sheet.go_to(Place(9, "loan"))
    hands.press("6000", "Enter", "Up", "F2", "3", "Enter", "Enter", "2", "4", "Enter", "1", "Enter", "3")
    hands.press("28.12.2026", "Enter", "seed", "Enter", "3 5", "Enter")
    (out,) = hands.draft.sheet().rows[9].outs
    assert out.amount_minor == 600_000
    terms = {"rate": "3", "method": "annuity", "instalments": 4, "every": 1, "unit": "month", "first": "2026-12-28"}
    assert out.terms == terms
    members = [hands.draft.ground.member(one) for one in out.guarantors]
    assert (out.text, [one.number for one in members if one]) == ("seed", ["3", "5"])
    hands.sheet.go_to(Place(9, "loan"))
    hands.press("F2")
    assert [one.text() for one in hands.sheet.panel.edits][6:] == ["28.12.2026", "seed", "3, 5"]
    hands.press("Esc", "7000", "Enter")
    (more,) = hands.draft.sheet().rows[9].outs
    assert (more.amount_minor, more.terms, more.text) == (700_000, terms, "seed"), "another sum keeps its terms"


def test_the_preview_tells_what_stands_in_the_way_and_leads_there(hands: Hands) -> None:
    hands.begin()
    hands.press("Alt+1", "Right", "100", "Enter", "F8", "1", "Enter", "F10")
    view = hands.page.view()
    assert isinstance(view, ClosingView)
    assert [problem.code for problem in view.preview.problems if problem.level.value == "problem"] == [
        Code.DIFFERENCE_NOT_NAMED
    ]
    assert len(view.problems.links) == 1
    hands.press("Enter")
    assert hands.sheet.panel.isVisible(), "the difference is asked for"
    hands.press("Esc", "F10", "Esc")
    assert hands.sheet.isVisible()


def test_a_long_list_of_what_stays_open_hides_neither_the_sums_nor_the_buttons(qtbot: QtBot) -> None:
    """Eighteen repayments nobody brought are a line each."""
    hands = Hands(qtbot, Village(yrys(dues=dict.fromkeys(range(1, 19), DUES[2]))))
    hands.begin()
    hands.window.resize(1366, 600)
    hands.press("F5", "F10")
    view = hands.page.view()
    assert isinstance(view, ClosingView)
    bar = view._scroll.verticalScrollBar()
    assert bar.maximum() > 0, "else nothing is tried"
    assert (bar.value(), view.close_button.hasFocus()) == (0, True)
    window = hands.window.rect()
    for button in (view.close_button, view.back_button):
        assert window.contains(QRect(button.mapTo(hands.window, QPoint(0, 0)), button.size()))
    hands.press("PageDown")
    assert bar.value() > 0
    hands.press("PageUp", "Enter")
    assert len(hands.village.closed) == 1


def test_not_held(hands: Hands) -> None:
    hands.begin()
    hands.sheet.about()
    hands.press("2", "1", "Enter", "5", "Enter")
    assert not hands.draft.state.held
    assert hands.draft.state.reason == "snow"
    assert hands.draft.state.next_on == date(2026, 12, 5)
    hands.press("F10", "Enter")
    (sheet,) = hands.village.closed
    assert (sheet.held, sheet.rows) == (False, ())


def test_many_columns_take_the_rails_room_and_none_goes_out_of_sight(hands: Hands) -> None:
    hands.window.resize(1440, 690)
    hands.begin()
    hands.press("F5")
    window, table = hands.window, hands.sheet.table
    for column in ("withdrawal.compulsory", "grant", "other"):
        hands.draft.show_column(column)
    hands.sheet.changed()
    QApplication.processEvents()
    assert window.rail.narrow(), "the page needs the room more than the words of the rail"
    assert [c for c in range(table.model.columnCount()) if table.view.isColumnHidden(c)] == []
    assert [str(one) for one in cut_text(window)] == []
    assert table.foot.isVisible()
    hands.press("Esc")
    assert not window.rail.narrow()
