"""Loans over a real book: the list with what is late, and the schedule whose figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.ui.loan_page import LoanPage
from shg_desk.ui.loans_page import LoansPage
from shg_desk.ui.member_page import MemberPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def test_the_list_says_what_is_left_and_late(person: PageDesk) -> None:
    page = person.go("loans", LoansPage)
    (row,) = page.table.model.rows()
    # 300 at 2 % a month flat in three: 100 + 6 each, on 10.11, 10.12 and 10.01
    assert [cell.text for cell in row.cells][3:] == [
        "10.10.2026",
        "300",
        "300",
        "10.12.2026",
        "106",
        "106",
        "11 days",
    ]
    assert [cell.text for cell in page.table.foot_model.row(0).cells][4:6] == ["300", "300"]


def test_enter_opens_the_schedule_and_esc_comes_back(person: PageDesk) -> None:
    page = person.go("loans", LoansPage)
    person.press(K.Key_Return)
    loan = person.page(LoanPage)
    lines = [[cell.text for cell in row.cells] for row in loan.table.model.rows()]
    assert [line[1:5] for line in lines] == [
        ["10.11.2026", "100", "6", "106"],
        ["10.12.2026", "100", "6", "106"],
        ["10.01.2027", "100", "6", "106"],
    ]
    assert lines[0][7] == "late, left 106\u00a0som"
    assert lines[1][7].startswith("next, in 19 days")
    assert "By the group's rules of 01.03.2026." in loan.how_words.text()
    loan.member_button.setFocus()
    person.press(K.Key_Return)
    person.page(MemberPage)
    person.press(K.Key_Escape, K.Key_Escape)
    assert person.page(LoansPage) is page
    assert page.table.view.hasFocus()


def test_chips_choose_and_an_empty_list_says_so(person: PageDesk) -> None:
    page = person.go("loans", LoansPage, "week")
    assert len(page.table.model.rows()) == 1
    page.chips["late"].press()
    person.rest()
    assert len(page.table.model.rows()) == 1


def test_without_loans_it_says_where_they_come_from(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("loans", LoansPage, "all")
    assert page._empty.isVisible()
    assert not page.table.isVisible()
    person.end()


def test_nothing_is_cut(person: PageDesk) -> None:
    person.go("loans", LoansPage)
    person.fits_everywhere()
    person.press(K.Key_Return)
    person.fits_everywhere()
