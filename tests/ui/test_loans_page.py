"""Loans over a real book: the list with what is late, and the schedule whose figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_loans import LoanList
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.ui.loan_page import LoanPage
from shg_desk.ui.loans_page import GROUPS_AT_ONCE
from shg_desk.ui.loans_page import LoansPage
from shg_desk.ui.member_page import MemberPage

from desk_maker import make_group  # isort: skip


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


def test_all_groups_are_read_some_at_a_time_and_other_wishes_come_between(qtbot: QtBot, tmp_path: Path) -> None:
    """The list of every group is the same as in one go, and no single reading takes more than a few groups."""

    def many(desk: Desk) -> None:
        for number in range(3 * GROUPS_AT_ONCE):
            group = make_group(desk, f"G-{number}", 2)
            lend = Sheet(group, date(2026, 3, 10), rows=(
                SheetRow("1", Attendance.PRESENT, ins=(In("saving", 50_000),)),
                SheetRow("2", Attendance.PRESENT, outs=(Out("loan", 1_000 * (number + 1)),)),
            ))  # fmt: skip
            record_meeting(desk, lend)

    at = PageDesk(qtbot, tmp_path, many)
    page = at.go("loans", LoansPage)
    whole = at.ask(loan_list)
    assert isinstance(whole, LoanList)
    assert page._list == whole
    assert len(whole.lines) == 3 * GROUPS_AT_ONCE
    between: list[int] = []
    page._read()
    told: list[str] = []
    page.reworded.connect(lambda: told.append(page.sentence()))
    at.runner.run(lambda _desk: None, lambda _none: between.append(page._read_of[0]))
    at.rest()
    assert between
    assert between[0] < 3 * GROUPS_AT_ONCE
    assert "reading the groups: 5 of 15" in told
    assert page._list == whole
    at.end()
