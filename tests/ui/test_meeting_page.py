"""The meeting page by the keyboard alone: real key presses into the real page, figures checked by plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from typing import Any

import pytest
from pressing import ALT
from pressing import CTRL
from pressing import PLAIN
from pressing import SHIFT
from pressing import press
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import cash_of
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Words
from shg_desk.ui import main_window
from shg_desk.ui.cut_text import cut_text
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_after import Booklets
from shg_desk.ui.meeting_after import ReadAloud
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_verbs import ClosedSheet
from shg_desk.ui.meeting_verbs import MeetingVerbs
from shg_desk.ui.meeting_verbs import SheetOffer
from tests.meeting_grounds import DUES
from tests.meeting_grounds import TODAY
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

K = Qt.Key
NOTES = [value * 100 for value in (5000, 2000, 1000, 500, 200, 100, 50, 20)]
NAMED = {"Enter": K.Key_Return, "Esc": K.Key_Escape, "Tab": K.Key_Tab, "Space": K.Key_Space, "Ins": K.Key_Insert,
         "Del": K.Key_Delete, "Up": K.Key_Up, "Down": K.Key_Down, "Left": K.Key_Left, "Right": K.Key_Right,
         "Home": K.Key_Home, "End": K.Key_End, "Back": K.Key_Backspace} | {
             f"F{n}": K(K.Key_F1 + n - 1) for n in range(1, 13)}  # fmt: skip
HELD = {"Alt": ALT, "Ctrl": CTRL, "Shift": SHIFT}


class Village:
    """Stands for the program behind the page: real values, answers at once or when told to."""

    def __init__(self, *grounds: Ground) -> None:
        self.grounds = {ground.group: ground for ground in grounds}
        self.kept: dict[str, Mapping[str, Any]] = {}
        self.closed: list[Sheet] = []
        self.refuse: list[Problem] = []
        self.later: list[Callable[[], None]] | None = None
        self.times_kept = 0

    def answer(self, run: Callable[[], None]) -> None:
        if self.later is None:
            run()
        else:
            self.later.append(run)

    def offers(self, answer: Callable[[Sequence[SheetOffer]], None]) -> None:
        made = []
        for ground in self.grounds.values():
            record = self.kept.get(ground.group)
            done = tuple(record["done"]) if record else None
            made.append(SheetOffer(ground.group, ground.name, "Кара-Булак", TODAY, "14:00", done, is_today=True))
        self.answer(lambda: answer(made))

    def ground(self, group: str, on: date, answer: Callable[[Ground], None], _bad: object) -> None:
        self.answer(lambda: answer(replace(self.grounds[group], on=on)))

    def keep(self, group: str, record: Mapping[str, Any], answer: Callable[[datetime], None]) -> None:
        self.kept[group] = record
        self.times_kept += 1
        self.answer(lambda: answer(datetime(2026, 11, 21, 14, 32, tzinfo=UTC)))

    def drop(self, group: str) -> None:
        self.kept.pop(group, None)

    def close(self, sheet: Sheet, answer: Callable[[ClosedSheet], None], bad: Callable[..., None]) -> None:
        if self.refuse:
            self.answer(lambda: bad(self.refuse))
            return
        self.closed.append(sheet)
        self.kept.pop(sheet.group, None)
        self.answer(lambda: answer(ClosedSheet(replace(self.grounds[sheet.group], on=sheet.on))))

    def verbs(self) -> MeetingVerbs:
        return MeetingVerbs(
            offers=self.offers,
            ground=self.ground,
            draft=lambda group, answer: self.answer(lambda: answer(self.kept.get(group))),
            keep=self.keep,
            drop=self.drop,
            close=self.close,
            today=lambda: TODAY,
            notes=lambda _currency, _on: NOTES,
            reasons=(("snow", "Snow"), ("harvest", "Harvest")),
        )


class Hands:
    """A person at the keyboard; counts every key, modifiers too."""

    def __init__(self, qtbot: QtBot, village: Village, words: Words | None = None) -> None:
        self.village = village
        self.keys = 0
        made: list[MeetingPage] = []

        def factory(frame: Any) -> MeetingPage:
            made.append(MeetingPage(frame, village.verbs()))
            return made[0]

        places = [main_window.Place("meeting", "sheet", N_("Meeting"))]
        self.window = MainWindow(words or Words("en"), places, {"meeting": factory})
        qtbot.addWidget(self.window)
        self.window.resize(1366, 690)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.go("meeting")
        self.page = made[0]

    def press(self, *presses: str) -> None:
        """Keys by name: `Enter`, `Alt+4`, `Ctrl+Z`; anything else is typed letter by letter."""
        for one in presses:
            *held, name = one.split("+") if len(one) > 1 and one[0].isalpha() else [one]
            modifiers = PLAIN
            for modifier in held:
                modifiers |= HELD[modifier]
            self.keys += len(held)
            if name in NAMED:
                press(NAMED[name], modifiers, {"Space": " ", "Tab": "\t"}.get(name, ""))
                self.keys += 1
            elif held:
                press(ord(name), modifiers, name)
                self.keys += 1
            else:
                for letter in one:
                    press(ord(letter) if letter.isascii() else 0, PLAIN, letter)
                    self.keys += 1

    @property
    def sheet(self) -> SheetView:
        view = self.page.view()
        assert isinstance(view, SheetView)
        return view

    @property
    def draft(self) -> Draft:
        return self.sheet.draft

    def begin(self) -> None:
        self.press("Enter", "Enter")


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
    hands.press("F7", "Enter", "1", "Enter")
    named = hands.draft.state.named
    assert named is not None
    assert (named.amount_minor, named.reason, named.bearer) == (76_000, "unknown", "open")
    assert hands.sheet.side.named.isVisible()
    hands.press("F8", "+", "6240", "Enter")
    assert hands.draft.state.count.total_minor == 624_000
    assert hands.sheet.side.agreement.isVisible()


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
    (out,) = hands.draft.sheet().rows[9].outs
    assert out.amount_minor == 600_000
    assert out.terms == {"rate": "3", "method": "annuity", "instalments": 4, "every": 1, "unit": "month"}


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


def test_the_sheet_comes_back_after_a_power_cut(qtbot: QtBot, village: Village) -> None:
    first = Hands(qtbot, village)
    first.begin()
    first.press("F5", "500", "Enter", "77")
    qtbot.waitUntil(lambda: "typing" in village.kept["groupyrysaaaaaaa"], timeout=3000)
    state = first.draft.state
    left = Village(*village.grounds.values())
    left.kept = dict(village.kept)  # what was kept before the power went
    first.window.hide()
    again = Hands(qtbot, left)
    again.press("Enter")
    assert again.draft.state == state
    assert again.sheet.table.view.editor_text() == "77"
    again.press("Enter")
    assert again.draft.cell(Place(3, "repayment")).amount_minor == 7_700


def test_leaving_a_cell_keeps_the_draft(hands: Hands) -> None:
    hands.begin()
    before = hands.village.times_kept
    hands.press("500", "Enter")
    assert hands.village.times_kept > before
    assert hands.window.hint_bar.saved() == "Saved 14:32"


def test_a_begun_sheet_is_taken_away_and_put_back(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("F5", "Esc")
    record = village.kept["groupyrysaaaaaaa"]
    hands.press("Del")
    assert village.kept == {}
    hands.window._toast._button.click()
    assert village.kept == {"groupyrysaaaaaaa": record}
    hands.press("Enter")
    assert hands.draft.figures.there() == 18


def test_a_day_is_read_without_a_planned_one(qtbot: QtBot, village: Village) -> None:
    hands = Hands(qtbot, village)
    hands.page.opening.show_offers([SheetOffer("groupyrysaaaaaaa", "Ырыс")])
    hands.press("Enter", "Enter")
    assert hands.page.view() is hands.page.opening
    assert hands.page.opening.day.problem()
    hands.press("5", "Enter")
    assert hands.draft.ground.on == date(2026, 11, 5)


def test_an_open_sheet_learns_what_was_written_meanwhile(hands: Hands) -> None:
    hands.begin()
    hands.press("F5")
    before = hands.draft.state
    village = hands.village
    village.grounds["groupyrysaaaaaaa"] = replace(yrys(), places_minor={"box": 100_000})
    hands.page.refresh({"ledger"})
    assert hands.draft.cash().start_minor == 100_000
    assert hands.draft.state == before


def test_a_sheet_asked_for_by_day_goes_on_where_it_was_begun(qtbot: QtBot, village: Village) -> None:
    first = Hands(qtbot, village)
    first.begin()
    first.press("F5")
    first.window.hide()
    again = Hands(qtbot, village)
    again.page.open(("groupyrysaaaaaaa", date(2026, 11, 28)))
    assert again.draft.figures.there() == 18
    assert again.draft.ground.on == TODAY


def test_answers_may_come_later(hands: Hands) -> None:
    hands.village.later = []
    hands.press("Enter", "21", "Enter", "Enter")
    assert not isinstance(hands.page.view(), SheetView)
    for run in hands.village.later:
        run()
    hands.village.later = None
    assert isinstance(hands.page.view(), SheetView)
    assert len(hands.page.sheets) == 1


def test_a_refused_closing_says_why_and_loses_nothing(hands: Hands) -> None:
    hands.begin()
    hands.press("F5")
    hands.village.refuse = [Problem(Code.DISK_FULL)]
    hands.press("F10", "Enter")
    assert hands.page._problems.isVisible()
    assert "groupyrysaaaaaaa" in hands.page.sheets
    hands.village.refuse = []
    hands.page.focus_first()
    hands.press("Enter")
    assert len(hands.village.closed) == 1


def test_two_sheets_open_and_the_next_group_of_today(qtbot: QtBot) -> None:
    other = replace(yrys(6, {}), group="groupberekeaaaaa", name="Береке")
    hands = Hands(qtbot, Village(yrys(), other))
    hands.begin()
    hands.press("F5", "Alt+Down", "Enter")
    assert hands.draft.ground.name == "Береке"
    hands.press("F5", "Alt+Down")
    assert hands.draft.ground.name == "Ырыс"
    assert hands.draft.figures.there() == 18
    hands.press("Alt+Down", "F10", "Enter")
    assert [sheet.group for sheet in hands.village.closed] == ["groupberekeaaaaa"]
    hands.press("Alt+Down")
    assert hands.draft.ground.name == "Ырыс"


def test_reading_aloud_and_the_booklets(hands: Hands) -> None:
    hands.begin()
    hands.press("F5", "Enter", "F10", "Enter", "Enter")
    aloud = hands.page.view()
    assert isinstance(aloud, ReadAloud)
    assert aloud.who.text() == "1. Субанова Гүлнара"
    hands.press("Space")
    assert aloud.who.text() == "2. Бакыт кызы Айгүл"
    assert aloud.lines[0].text().endswith("1\u00a0180\u00a0som")
    hands.press("Esc", "Tab", "Space")
    booklets = hands.page.view()
    assert isinstance(booklets, Booklets)
    assert booklets.table.model.rowCount() == 18
    assert booklets.table.model.cell(1, 2).text == "Savings 100, Social fund 20, Loan repayment 1\u00a0060"
    hands.press("Esc")
    assert isinstance(hands.page.view(), AfterView)


def test_correcting_a_closed_meeting_shows_what_changes(hands: Hands) -> None:
    draft = Draft(yrys())
    draft.all_usual()
    was = state_of(draft.ground, draft.sheet())
    handed: list[Draft] = []
    hands.page.show_correction(Draft(draft.ground, was, was), "Ырыс, 36: correct", handed.append)
    assert hands.page.title() == "Ырыс, 36: correct"
    hands.press("150", "Enter")
    cell = hands.sheet.table.model.cell(0, 3)
    assert (cell.was, cell.text) == ("100", "150")
    hands.press("F10")
    assert handed[0].cell(Place(0, "saving.compulsory")).was_minor == 10_000
    assert hands.village.times_kept == 0, "a correction is no draft of a meeting"


def test_every_cell_is_spoken_with_what_belongs_to_it(hands: Hands) -> None:
    hands.begin()
    model = hands.sheet.table.model
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = model.data(model.index(12, 5), role)
    assert spoken == "Loan repayment, 13, Жумагулова Сайкал, 530, due 530, proposal"
    hands.press("F5")
    assert model.data(model.index(0, 3), role) == "Savings, 1, Субанова Гүлнара, 100, due 100, confirmed"
    assert model.data(model.index(0, 8), role) == "Total, 1, 120, done"
    for edit in hands.sheet.side.count.edits:
        assert edit.accessibleName()


def wide_grounds() -> list[Ground]:
    long = replace(
        yrys(20),
        members=tuple(
            member(n, f"Абдыкадырова-Токтогулова Бактыгүл {n}", [loan(str(n), DUES[2], f"L-{n}")] if n == 3 else [])
            for n in range(1, 21)
        ),
    )
    products = [{"code": "compulsory", "amount": "100", "compulsory": True}, {"code": "voluntary", "amount": "0"}]
    many = replace(yrys(40), rules=rules(savings=products, share={"price": "200", "min": 1, "max": 5}))
    return [yrys(20), long, many]


@pytest.mark.parametrize("percent", [100, 125, 150])
@pytest.mark.parametrize("lang", ["x-long", "ru"])
def test_nothing_is_cut_in_any_size(qtbot: QtBot, percent: int, lang: str) -> None:
    for ground in wide_grounds():
        hands = Hands(qtbot, Village(ground), Words(lang))
        hands.begin()
        hands.window.set_letter_size(percent)
        hands.press("F5", "F8", "1", "Enter")
        hands.sheet.go_to(Place(1, "repayment"))
        for size in ((1366, 768), (1366, 690)):
            hands.window.resize(*size)
            qtbot.waitUntil(lambda w=hands.window: cut_text(w) == [], timeout=2000)
        hands.window.hide()


def test_twenty_rows_stand_without_scrolling(hands: Hands, qtbot: QtBot) -> None:
    hands = Hands(qtbot, Village(yrys(20)))
    hands.begin()
    hands.press("Ins", "1", "180", "Enter", "1", "notebooks", "Enter")
    bar = hands.sheet.table.view.verticalScrollBar()
    assert bar.maximum() == 0
    assert not hands.sheet.table.view.isColumnHidden(7)


def test_two_loans_stand_in_two_lines(qtbot: QtBot) -> None:
    loans = [loan("1", 1060, "L-1"), loan("1", 530, "L-2")]
    ground = replace(yrys(dues={}), members=(member(1, "А", loans), member(2, "Б")))
    hands = Hands(qtbot, Village(ground))
    hands.begin()
    hands.press("F5", "Enter", "Enter")
    assert [line.amount_minor for line in hands.draft.sheet().rows[0].ins] == [10_000, 2_000, 106_000, 53_000]
    assert hands.sheet.table.model.cell(1, 0).text == ""


def test_the_focus_is_never_lost(hands: Hands) -> None:
    def focus() -> QObject | None:
        return QApplication.focusWidget()

    hands.begin()
    for keys in ("F5", "F8", "F6", "Esc", "F6", "F6", "F6", "Esc", "Ins", "Esc", "F10", "Esc", "Esc"):
        hands.press(keys)
        assert focus() is not None, keys
        assert hands.page.isAncestorOf(focus()), keys
