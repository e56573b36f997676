"""Sheets over time: power cuts, late answers, several groups a day, closing, reading aloud, every size of letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cut_text import cut_text
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.domain.booklet import AfterMeeting
from shg_desk.domain.booklet import HandLine
from shg_desk.domain.booklet import MemberAfter
from shg_desk.domain.booklet import NextDue
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from shg_desk.i18n.catalog import Words
from shg_desk.ui.meeting_after import AfterView
from shg_desk.ui.meeting_after import Booklets
from shg_desk.ui.meeting_aloud import ReadAloud
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_verbs import SheetOffer
from tests.meeting_grounds import DUES
from tests.meeting_grounds import TODAY
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys


@pytest.fixture
def village() -> Village:
    return Village(yrys())


@pytest.fixture
def hands(qtbot: QtBot, village: Village) -> Hands:
    return Hands(qtbot, village)


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
    assert village.kept, "asked about once"
    hands.press("Del")
    assert village.kept == {}
    hands.press("Ctrl+Z")
    assert village.kept == {"groupyrysaaaaaaa": record}
    hands.press("Ctrl+Z")
    assert village.kept == {"groupyrysaaaaaaa": record}
    hands.press("Enter")
    assert hands.draft.figures.there() == 18


def test_the_cursor_stays_with_the_group_whose_sheet_was_left(qtbot: QtBot) -> None:
    village = Village(yrys(), replace(yrys(), group="groupbaaaaaaaaaa", name="Достук"))
    hands = Hands(qtbot, village)
    hands.begin()
    hands.press("F5", "Esc", "Down", "Enter", "Enter")
    here = hands.sheet.draft.ground.group
    assert here == "groupbaaaaaaaaaa"
    hands.press("F5")
    village.grounds = dict(reversed(village.grounds.items()))  # what is begun stands first
    hands.press("Esc", "Del", "Del")
    assert list(village.kept) == ["groupyrysaaaaaaa"]


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
    assert (aloud.said[0].what.text(), aloud.said[0].sum.text()) == ("Paid today", "1\u00a0180\u00a0som")
    for said in (one for one in aloud.said if one.isVisible()):
        assert QFontMetrics(said.sum.font()).tightBoundingRect("8").height() >= 79, "two centimetres at 100 dpi"
    assert QFontMetrics(aloud.who.font()).tightBoundingRect("А").height() >= 79, "an ordinary name as well"
    hands.press("Esc", "Tab", "Space")
    booklets = hands.page.view()
    assert isinstance(booklets, Booklets)
    assert booklets.table.model.rowCount() == 18
    assert (
        booklets.table.model.cell(1, 2).text == "Saving, compulsory 100; Social fund 20; Loan repayment L-2 1\u00a0060"
    )
    hands.press("Esc")
    assert isinstance(hands.page.view(), AfterView)


def test_correcting_a_closed_meeting_shows_what_changes(hands: Hands) -> None:
    draft = Draft(yrys())
    draft.all_usual()
    was = state_of(draft.ground, draft.sheet())
    handed: list[Draft] = []
    hands.page.show_correction(Draft(draft.ground, was, was), handed.append)
    assert hands.page.title() == "Ырыс, meeting 37: correct"
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


def test_a_line_of_the_group_takes_no_row_out_of_sight(qtbot: QtBot) -> None:
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


def test_all_that_is_read_of_a_member_stands_on_a_small_screen(qtbot: QtBot) -> None:
    due = NextDue(date(2026, 12, 16), 166_400, 162_400)
    name = "Абдыкадырова-Жумагулова Сайкалбүбү, Өмүрбек"
    card = MemberAfter("m", "12", "", "", name, "absent", 0, 500_000, 250_000, 600_000, 5_000, due, in_hand_minor=900)
    after = AfterMeeting("g", "Ырыс", "KB-03", "37", TODAY, Currency("KGS", 2, 100), (card,))
    aloud = ReadAloud(after, Words("en"))
    qtbot.addWidget(aloud)
    aloud.resize(1100, 620)
    aloud.show()
    qtbot.waitExposed(aloud)
    shown = [said for said in aloud.said if said.isVisible()]
    assert [(said.what.text(), said.sum.text().replace("\u00a0", " ")) for said in shown] == [
        ("Absent", ""),
        ("Received today", "5 000 som"),
        ("Saved in all", "2 500 som"),
        ("Debt left", "6 000 som"),
        ("Fines owed", "50 som"),
        ("In a member's hands", "9 som"),
        ("Overdue", "1 624 som"),
        ("Next to pay, 16.12.2026", "1 664 som"),
    ]
    assert shown[1].sum.pixels() >= 72, "seven sums and a name of two lines"
    assert aloud._count.geometry().bottom() < aloud.height()
    assert aloud._count.height() >= aloud._count.sizeHint().height()
    assert aloud.who.height() >= aloud.who.height_in(aloud.who.width())
    for said in shown:
        assert said.sum.height() >= said.sum.sizeHint().height()
        assert said.sum.width() >= said.sum.sizeHint().width()
        assert said.geometry().bottom() <= aloud._count.geometry().top()


def test_the_list_for_the_booklets_has_the_interest_kept_back(qtbot: QtBot) -> None:
    """4 000 saved, 400 lent and 24 of it kept back: 3 624 more are in the box."""
    lines = (
        HandLine("saving", 400_000, 0, 400_000, {}, "saved"),
        HandLine("loan", 0, 40_000, 40_000, {"loan": "L-1"}, "debt"),
        HandLine("repayment", 2_400, 0, 40_000, {"loan": "L-1", "interest_minor": 2_400}, "debt"),
        HandLine("fine-owed", 0, 0, 2_000, {"amount_minor": 2_000}, "fines"),
    )
    card = MemberAfter(
        "m", "1", "Айгүл", None, "Айгүл", "present", 400_000, 37_600, 400_000, 40_000, 2_000, None, lines=lines
    )
    still = replace(card, number="2", lines=())
    after = AfterMeeting("g", "Ырыс", "KB-03", "37", TODAY, Currency("KGS", 2, 100), (card, still))
    booklets = Booklets(after, Words("en"))
    qtbot.addWidget(booklets)
    assert booklets.table.model.rowCount() == 1
    told = [booklets.table.model.cell(0, at).text.replace("\u00a0", " ") for at in (2, 3)]
    assert told == [
        "Saving 4 000; New loan L-1 −400; Loan repayment L-1 24; Fine owed, 20 som",
        "3 624",
    ]
