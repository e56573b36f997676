"""Decisions by the keyboard: usual ones by number, ready with whose and how much; the agenda; minutes that say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cut_text import cut_text
from page_desk import DAY
from page_desk import K
from page_desk import PageDesk
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.agenda import agenda_of
from shg_desk.actions.agenda import agenda_of_meeting
from shg_desk.actions.agenda import usual_decisions
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Words
from shg_desk.store import meetings as meeting_store
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.minutes_page import MinutesPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    """At a book whose group meets today."""
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def begun(person: PageDesk) -> SheetView:
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    return sheet


def decide(person: PageDesk) -> None:
    """Ins, and the number of a decision."""
    person.press(K.Key_Insert, "8")


def test_a_new_loan_offers_its_decision_by_one_number(person: PageDesk) -> None:
    sheet = begun(person)
    for line, sum_ in ((0, "500"), (2, "700")):
        assert sheet.draft.type_text(Place(line, "loan"), sum_) is None
    names = [sheet.draft.lines[line].member.name for line in (0, 2)]
    decide(person)
    assert [edit.accessibleName() for edit in sheet.panel.edits][:2] == ["Usual decision", "What was decided"]
    person.press("1", K.Key_Return, "3", K.Key_Return, "1", K.Key_Return, "0", K.Key_Return)
    decide(person)
    person.press("1", K.Key_F10)
    decide(person)
    person.press("1", K.Key_F10)
    first, second, third = sheet.draft.state.decisions
    assert first == Decision(f"Loan approved: {names[0]}, 500\u00a0som", 3, 1, 0, "loan-approved")
    assert second.text == f"Loan approved: {names[1]}, 700\u00a0som", "the loan that was not decided on yet"
    assert (third.text, third.template) == ("Loan approved", "loan-approved"), "no other loan is on the sheet"


def test_an_expense_a_grant_and_a_fine_let_pass_offer_theirs(person: PageDesk) -> None:
    sheet = begun(person)
    draft = sheet.draft
    draft.add_line(GroupLine("expense", 15_000, text="чай"))
    draft.mark(1, Attendance.LATE)
    draft.waive(1, "")
    assert draft.type_text(Place(3, "grant"), "300") is None
    for number in ("2", "3", "4"):
        decide(person)
        person.press(number, K.Key_F10)
    late, helped = draft.lines[1].member.name, draft.lines[3].member.name
    assert [(one.template, one.text) for one in draft.state.decisions] == [
        ("fine-waived", f"Fine waived: {late}, 40\u00a0som"),
        ("grant-approved", f"Help from the social fund approved: {helped}, 300\u00a0som"),
        ("expense-approved", "Expense approved: чай, 150\u00a0som"),
    ]


def test_who_writes_in_own_words_types_at_once(person: PageDesk) -> None:
    sheet = begun(person)
    decide(person)
    person.press("жалпы чогулуш", K.Key_F10)
    (one,) = sheet.draft.state.decisions
    assert (one.text, one.template) == ("жалпы чогулуш", None)


def test_another_wording_keeps_its_kind_and_an_unknown_kind_stays(person: PageDesk) -> None:
    sheet = begun(person)
    sheet.draft.change_decision(0, Decision("Айгүл кирди", template="member-admitted"))
    sheet.draft.change_decision(1, Decision("Башка", template="of-a-newer-program"))
    sheet.changed()
    for at in (0, 1):
        sheet.ask(lambda at=at: sheet.questions.decision(at))
        person.press(K.Key_Return, "Ботагөз кирди", K.Key_F10)
    said = [(one.text, one.template) for one in sheet.draft.state.decisions]
    assert said == [("Ботагөз кирди", "member-admitted"), ("Ботагөз кирди", "of-a-newer-program")]


def test_the_words_are_those_of_the_language_shown(person: PageDesk) -> None:
    sheet = begun(person)
    person.window.switch_language("ky")
    person.rest()
    decide(person)
    person.press("7", K.Key_F10)
    assert [one.text for one in sheet.draft.state.decisions] == ["Эреже өзгөртүлдү"]
    assert usual_decisions("uz-Cyrl")[0] == ("loan-approved", "Қарз тасдиқланди")


def test_the_agenda_stands_in_about_this_meeting(person: PageDesk) -> None:
    sheet = begun(person)
    sheet.about()
    said = sheet.panel._said.text()
    assert said.startswith("Agenda: 1.\u00a0Who came; 2.\u00a0Quorum; 3.\u00a0Savings; 4.\u00a0Social fund; ")
    assert "Open cash difference: 40\u00a0som" in said
    assert "Election: terms end soon" in said
    assert "(03.12.2026)" in said
    assert "Shares" not in said


def test_questions_fit_in_every_language_and_letter_size(person: PageDesk) -> None:
    sheet = begun(person)
    for percent in (100, 150):
        person.window.set_letter_size(percent)
        for lang in ("ky", "ru", STRETCHED):
            person.window.switch_language(lang)
            for ask in (sheet.about, lambda: decide(person)):
                ask()
                person.rest()
                QTest.qWait(50)
                assert [str(one) for one in cut_text(person.window)] == [], (lang, percent)
    person.window.set_letter_size(100)


def test_the_agenda_follows_rules_and_standing(person: PageDesk) -> None:
    def look(desk: Desk) -> list[tuple[str, ...]]:
        ground = ground_of(desk, str(person.made), DAY)
        words = Words("en")
        ending = replace(ground, rules=replace(ground.rules, cycle_until=date(2026, 12, 20)))
        far = replace(ground, rules=replace(ground.rules, cycle_until=date(2026, 12, 22)), open_difference_minor=0)
        return [agenda_of(one, words) for one in (ground, ending, far)]

    found = person.ask(look)
    assert isinstance(found, list)
    usual, ending, far = found
    assert "The cycle ends soon: 20.12.2026" in ending
    assert not any("cycle" in one for one in (*usual, *far))
    assert not any("difference" in one for one in far)


def test_a_recorded_meeting_had_the_agenda_of_its_own_day(person: PageDesk) -> None:
    def look(desk: Desk) -> tuple[str, ...]:
        first = meeting_store.meetings(desk.book, str(person.made))[0].op
        return agenda_of_meeting(desk, first, Words("en"))

    points = person.ask(look)
    assert isinstance(points, tuple)
    assert "Savings" in points
    assert not any(one.startswith(("Open cash", "Repayments", "Election")) for one in points), "these came later"


def few_came(desk: Desk) -> str:
    """A meeting without quorum, counted by note, that decided something; and one copied from paper."""
    group = village(desk)
    rows = [SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000, product="compulsory"),))]
    rows += [SheetRow(str(number), Attendance.ABSENT) for number in (2, 3, 4)]
    box = 3 * 4 * 12_000 - 30_000 - 4_000 + 10_000
    notes = {100_000: 1, 20_000: 1}
    notes[1_000] = (box - 120_000) // 1_000
    decision = Decision("Чай сатып алабыз", 1, 0, 0, "expense-approved")
    count = Count(notes=notes)
    record_meeting(desk, Sheet(group, DAY, rows=tuple(rows), counts=(count,), decisions=(decision,)))
    return group


def test_the_page_of_minutes_says_votes_quorum_and_kind_of_count(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, few_came)
    try:
        meetings = person.ask(lambda desk: [one.op for one in meeting_store.meetings(desk.book, str(person.made))])
        assert isinstance(meetings, list)
        page = person.go("minutes", MinutesPage, meetings[-1])
        assert page._decisions.text().splitlines() == [
            "Decided without quorum.",
            "Чай сатып алабыз (1 for, 0 against, 0 abstained)",
        ]
        assert "Quorum: 3 needed, not reached" in page.sentence()
        assert "by note: 1 × 1\u00a0000, 1 × 200" in page._cash.text()
        person.fits_everywhere()
        page = person.go("minutes", MinutesPage, meetings[0])
        assert "counted as one sum" in page._cash.text()
        assert "Quorum" not in page.sentence()
    finally:
        person.end()
