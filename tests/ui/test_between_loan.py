"""An urgent loan between meetings, by the keyboard: its terms, its schedule, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pytestqt.qtbot import QtBot
from village import CYCLE_END
from village import saving_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.loan_page import LoanPage
from shg_desk.ui.loans_page import LoansPage
from shg_desk.ui.meeting_page import MeetingPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, saving_group)
    yield at
    at.end()


def begin_loan(person: PageDesk, som: str) -> BetweenPage:
    """From the meeting page: a new loan for the third member."""
    person.go("meeting", MeetingPage)
    person.press(K.Key_Insert)
    page = person.page(BetweenPage)
    while page.form.kind.picker.key() != "loan":
        person.press(K.Key_Down)
    person.press(K.Key_Return, *[K.Key_Down] * 3, K.Key_Return, som)
    return page


def answer_terms(person: PageDesk, guarantors: str = "1, 4") -> None:
    """3 % a month on what is left, six months, from 28.12.2026, for medicine."""
    person.press(K.Key_F2, "3", K.Key_Return, "2", "3", "6", K.Key_Return, "1", K.Key_Return, "3")
    person.press("28.12", K.Key_Return, "medicine", K.Key_Return, guarantors, K.Key_Return)


def on_what_is_left(principal: int, percent: int, months: int) -> list[tuple[Decimal, Decimal]]:
    """Equal parts of the principal and a month's interest on what is left, by plain arithmetic."""
    part = Decimal(principal) / months
    return [(part, (principal - part * n) * percent / 100) for n in range(months)]


def test_the_terms_are_asked_shown_kept_and_due_on_the_next_sheet(person: PageDesk) -> None:
    page = begin_loan(person, "600")
    assert page.form.terms_words.text() == "2 % a month, 3 instalments, interest on the first amount"
    answer_terms(person)
    assert page.form.answer() is not None
    expected = on_what_is_left(600, 3, 6)
    interest = sum(part for _, part in expected)
    assert (interest, expected[0], expected[-1]) == (63, (100, 18), (100, 3))
    said = page.dues.text().replace("\u00a0", " ")
    assert said == "L-1: First 118 som on 28.12.2026, last 103 som on 28.05.2027; in all 663 som, interest 63 som"
    assert page.form.text.text() == "medicine"
    assert "Guarantors: № 1 Айгүл KB-03 1, № 4 Айгүл KB-03 4" in page.form.terms_words.text().replace("\u00a0", " ")
    assert "after the end of the cycle on 31.03.2027" in page._shown.warn.text()
    assert "guarantors are named" not in page._shown.warn.text()
    person.press(K.Key_F10)
    assert page.form.given == Out("loan", 0), "the next one begins with the rules again"

    loans = person.go("loans", LoansPage)
    assert [cell.text for cell in loans.table.model.row(0).cells][3:5] == ["21.11.2026", "600"]
    loans.table.view.setFocus()
    person.press(K.Key_Return)
    loan = person.page(LoanPage)
    lines = [[cell.text for cell in row.cells][1:5] for row in loan.table.model.rows()]
    days = ["28.12.2026", "28.01.2027", "28.02.2027", "28.03.2027", "28.04.2027", "28.05.2027"]
    assert lines == [
        [day, str(int(part)), str(int(rate)), str(int(part + rate))]
        for day, (part, rate) in zip(days, expected, strict=True)
    ]
    about = loan.about.text().replace("\u00a0", " ")
    assert about == "For: medicine. Guarantors: № 1 Айгүл KB-03 1, № 4 Айгүл KB-03 4"

    def due(desk: Desk) -> list[int]:
        days = (date(2026, 12, 27), date(2026, 12, 28), date(2027, 1, 28))
        grounds = [ground_of(desk, str(person.made), on) for on in days]
        return [member.due_minor(ground.on) for ground in grounds if (member := ground.member("3"))]

    assert person.ask(due) == [0, 11_800, 11_800 + 11_500]


def test_too_few_guarantors_and_too_much_are_told_and_do_not_stop(person: PageDesk) -> None:
    page = begin_loan(person, "1300")
    told = page._shown.warn.text()
    assert "more than 3 times the savings" in told, "1300 against three times 400"
    assert "guarantors are named: 0. The rules ask for 2." in told
    answer_terms(person, "3")
    assert page.terms.isVisible()
    assert "cannot answer for this loan" in page.terms.problem.text(), "it is her own"
    person.press("4", K.Key_Return)  # over what was refused
    assert not page.terms.isVisible()
    assert not page.problems.isVisible()
    assert "guarantors are named: 1. The rules ask for 2." in page._shown.warn.text()
    person.press(K.Key_F10)
    assert person.go("loans", LoansPage).table.model.rows()


def test_esc_leaves_the_terms_and_not_the_page(person: PageDesk) -> None:
    page = begin_loan(person, "600")
    person.press(K.Key_F2, "9", K.Key_Escape)
    assert not page.terms.isVisible()
    assert page.form.given.terms is None
    assert page.form.amount.text() == "600"
    person.press(K.Key_F2)
    before = page.terms.title.text()
    person.window.switch_language("ru")
    person.rest()
    assert page.terms.has_cursor()
    assert page.terms.title.text() != before
    person.window.switch_language("en")


def test_a_first_payment_before_the_loan_is_refused_in_its_field(person: PageDesk) -> None:
    page = begin_loan(person, "600")
    person.press(K.Key_F2, *[K.Key_Return] * 6, "1.11.2026", K.Key_Return, K.Key_Return, K.Key_Return)
    assert page.terms.problem.text() == "The first payment cannot be before the loan"
    person.press(K.Key_A, held=CTRL)
    person.press("1.12.2026", K.Key_Return, K.Key_Return, K.Key_Return)
    assert page.form.given.terms == {"first": "2026-12-01", "every": 1, "unit": "month"}


def test_a_sheet_after_the_cycle_is_told(person: PageDesk) -> None:
    def codes(desk: Desk) -> list[bool]:
        group, days = str(person.made), (CYCLE_END, date(2027, 4, 1))
        told = (sheet_problems(ground_of(desk, group, on), Sheet(group, on)) for on in days)
        return [Code.AFTER_CYCLE in {one.code for one in some} for some in told]

    assert person.ask(codes) == [False, True]


def test_nothing_is_cut(person: PageDesk) -> None:
    page = begin_loan(person, "1300")
    answer_terms(person, "4")
    person.press(K.Key_F2)
    assert page.terms.isVisible()
    person.fits_everywhere()
