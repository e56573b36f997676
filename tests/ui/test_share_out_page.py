"""The share-out by keys over a real book: from the groups, absent by Space, voted, shown, written, printed, undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import make_group
from page_desk import DAY
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pytestqt.qtbot import QtBot
from test_between_page import standing
from village import village

from shg_desk.actions import share_outs
from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.share_out_done import share_out_days
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.ledger import balances
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.count_page import CountPage
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.wrapped_link import WrappedLink
from shg_desk.ui.share_out_page import ShareOutPage

RULES = {
    "lifecycle": "share-out",
    "share": {"price": "50", "min": 1, "max": 5},
    "social": "20",
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3},
    "meeting": {"weekday": 5, "every_weeks": 2, "time": "14:00"},
}


def circle(desk: Desk) -> str:
    """Four members with 4, 8, 12 and 16 shares of 50 and a loan of 500 of the second; nothing is counted today."""
    group = make_group(desk, "KB-02", rules=RULES)
    for at in range(4):
        rows = []
        for n in range(1, 5):
            outs = (Out("loan", 50_000),) if (n, at) == (2, 3) else ()
            ins = (In("shares", 5_000 * n, shares=n), In("social", 2_000))
            rows.append(SheetRow(str(n), Attendance.PRESENT, ins=ins, outs=outs))
        record_meeting(desk, Sheet(group, DAY - timedelta(weeks=8 - 2 * at), rows=tuple(rows)))
    return group


def counted(desk: Desk) -> str:
    group = circle(desk)
    box = sum(one.amount_minor for one in balances(desk.book, group, accounts=["box"]))
    record_count(desk, group, desk.today(), [Count(total_minor=box)])
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, counted)
    yield at
    at.end()


def page_of(person: PageDesk) -> ShareOutPage:
    """From the groups by F5; F9 hides the window here as everywhere."""
    page = person.go("groups", GroupsPage, person.made)
    assert [hint.words for hint in page.hints() if hint.keys == ("F5",)] == ["share-out"]
    person.press(K.Key_F9)
    assert person.window._curtain.isVisible()
    person.press(K.Key_F9)
    assert not person.window._curtain.isVisible()
    person.press(K.Key_F5)
    return person.page(ShareOutPage)


def texts(page: ShareOutPage) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in page.table.model.rows()]


def test_it_is_walked_by_keys(person: PageDesk) -> None:
    before = standing(person)
    page = page_of(person)
    # 1 500 to share out. The second's 8 of 40 shares do not reach her 500: the others share 1 500 by 4, 12 and 16 of 32
    assert texts(page) == [
        ["1", "Айгүл KB-02 1", "200", "188", "", "188", ""],
        ["2", "Айгүл KB-02 2", "400", "375", "375", "0", "125"],
        ["3", "Айгүл KB-02 3", "600", "562", "", "562", ""],
        ["4", "Айгүл KB-02 4", "800", "750", "", "750", ""],
    ]
    assert page.table.view.hasFocus()
    person.press(K.Key_Down, K.Key_Down, K.Key_Space)
    assert "box after" in page.sums.text()
    assert "for later" in page.sums.text()
    person.press(K.Key_F10)
    assert page.votes_for.problem() == "How many were for it: a share-out is voted"
    assert page.votes_for.edit.hasFocus()
    person.press("4", K.Key_Return, "0", K.Key_F10)
    assert page.ahead.isVisible()
    assert standing(person) == before, "nothing is written by looking"
    said = {name: text for name, text, _ in page.ahead.lines}
    assert said["Decided by vote"] == "4 for, 0 against"
    person.press(K.Key_Escape)
    assert not page.ahead.isVisible()
    assert page.votes_for.text() == "4"
    person.press(K.Key_F10, K.Key_Return)
    after = standing(person)
    assert "saving.share" not in after
    assert after["payable"] < 0
    assert after["box"] + after["payable"] == before["social"] * -1, "what is left is the social fund and her envelope"
    assert ("Ctrl", "P") in [hint.keys for hint in page.hints()]
    shown: list[Path] = []
    object.__setattr__(page.ways, "open_file", shown.append)
    person.press(K.Key_P, held=CTRL)
    assert shown[0].read_bytes().startswith(b"%PDF")
    person.press(K.Key_F9)
    assert person.window._curtain.isVisible()
    person.press(K.Key_F9)
    person.press(K.Key_Insert)
    between = person.page(BetweenPage)
    assert between.table.model.row(0).cells[1].text == "Share-out, 4 members"
    between.table.view.setFocus()
    person.press(K.Key_Delete)
    person.press("she did not agree", K.Key_F10)
    assert standing(person) == before


def test_the_book_is_read_once_a_visit(person: PageDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[date] = []
    really = share_outs.ground_of

    def counting(desk: Desk, group: str, on: date) -> Ground:
        read.append(on)
        return really(desk, group, on)

    monkeypatch.setattr(share_outs, "ground_of", counting)
    page = page_of(person)
    person.press(K.Key_Space, K.Key_Down, K.Key_Space)
    page.kept.set_text("20")
    person.rest()
    assert "kept back 20" in page.sums.text().replace("\u00a0", " ")
    assert read == [DAY]
    spent = Between(str(person.made), DAY, "expense", 10_000)
    person.session.write(lambda desk: write_between(desk, spent))
    person.rest()
    assert read == [DAY, DAY]
    assert "the group's money 1 720 som" in page.sums.text().replace("\u00a0", " ")


def test_why_there_is_a_loss_is_said(person: PageDesk) -> None:
    page = page_of(person)
    page.votes_for.set_text("4")
    # 2 000 are saved, the parts are 188 + 375 + 562 + 750; 125 of the second's loan are not paid by hers
    why = "The loss of 125 som comes of debts that are not paid: 125 som are still owed, to the new cycle."
    assert page.sums.text().replace("\u00a0", " ").endswith(why)
    person.press(K.Key_F10)
    assert page.ahead.lines[-1][1].replace("\u00a0", " ") == why
    person.press(K.Key_Return)
    assert page.sums.text().replace("\u00a0", " ").endswith(why)


def test_box_and_bags_after_are_one_figure(qtbot: QtBot, tmp_path: Path) -> None:
    def bagged(desk: Desk) -> str:
        group = circle(desk)
        write_between(desk, Between(group, desk.today(), "transfer", 150_000, place="box", target="box.loan"))
        for place, total in (("box", 32_000), ("box.loan", 150_000)):
            record_count(desk, group, desk.today(), [Count(place, total_minor=total)])
        return group

    person = PageDesk(qtbot, tmp_path, bagged)
    try:
        page = page_of(person)
        page.votes_for.set_text("4")
        person.press(K.Key_F6, "100")
        # 1 820 lie in box and bag; 320 of them are the social fund's, 100 are kept back
        assert "box and bags after: 420 som" in page.sums.text().replace("\u00a0", " ")
        person.press(K.Key_F10)
        assert ("Box and bags after", "420\u00a0som", True) in page.ahead.lines
        person.press(K.Key_Return)
        assert "right after it in the box and the bags: 420" in page.sums.text().replace("\u00a0", " ")
    finally:
        person.end()


def test_what_is_kept_back_and_a_wrong_sum_are_told(person: PageDesk) -> None:
    page = page_of(person)
    person.press(K.Key_F6, "200")
    assert "kept back 200" in page.sums.text().replace("\u00a0", " ")
    page.kept.set_text("")
    person.press("abc")
    assert page.kept.problem()


def test_the_box_is_counted_first(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, circle)
    try:
        page = page_of(person)
        assert page.problems.isVisible()
        assert "F8" in page.problems.findChildren(type(page.sums))[1].text()
        page.votes_for.set_text("4")
        person.press(K.Key_F10)
        assert not page.ahead.isVisible()
        person.press(K.Key_F8)
        person.page(CountPage)
        person.press("+", "1820", K.Key_Return, K.Key_F10, K.Key_Return)
        assert person.page(ShareOutPage) is page
        assert not page.problems.isVisible()
        person.press(K.Key_F10)
        assert page.ahead.isVisible()
    finally:
        person.end()


def test_a_permanent_fund_is_told_why_there_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, village)
    try:
        groups = person.go("groups", GroupsPage, person.made)
        assert ("F5",) not in [hint.keys for hint in groups.hints()]
        person.press(K.Key_F5)
        page = person.page(ShareOutPage)
        assert page._empty.isVisible()
        assert not page.table.isVisible()
        assert list(page.controls()) == []
        assert {hint.keys for hint in page.hints()} == {("Enter",), ("Esc",)}
        person.press(K.Key_F8, K.Key_F10)
        assert person.window.page() is page
        assert not page.ahead.isVisible()
        person.fits_everywhere()
        page._empty.button.setFocus()
        person.press(K.Key_Return)
        person.page(GroupsPage)
    finally:
        person.end()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("kept", "2x00"),
        ("kept", "5oo"),
        ("votes_for", "1z"),
        ("votes_against", "minus 5"),
        ("votes_against", "-5"),
        ("on", "31.02.2026"),
    ],
)
def test_what_cannot_be_read_is_never_nothing(person: PageDesk, field: str, text: str) -> None:
    before = standing(person)
    page = page_of(person)
    page.votes_for.set_text("4")
    typed = getattr(page, field)
    typed.edit.setFocus()
    typed.set_text("")
    person.press(text, K.Key_F10)
    assert not page.ahead.isVisible()
    assert typed.problem()
    assert typed.edit.hasFocus()
    person.press(K.Key_Return, K.Key_F10, K.Key_Return)
    assert not page.ahead.isVisible()
    assert standing(person) == before


def test_while_a_field_is_red_the_table_goes_on(person: PageDesk) -> None:
    page = page_of(person)
    page.kept.set_text("200")
    person.rest()
    page.kept.set_text("200x")
    page.table.view.setFocus()
    person.press(K.Key_Space)
    told = page.sums.text().replace("\u00a0", " ")
    assert "kept back 200" in told
    assert "for later" in told
    assert page.kept.problem()


def test_the_preview_tells_what_is_kept_and_the_votes(person: PageDesk) -> None:
    page = page_of(person)
    person.press(K.Key_F6, "2+198", K.Key_Return, "3", K.Key_Return, "1", K.Key_F10)
    said = {name: text.replace("\u00a0", " ") for name, text, _ in page.ahead.lines}
    assert said["The group keeps back"] == "200 som"
    assert said["Decided by vote"] == "3 for, 1 against"


def counted_the_day_before(desk: Desk) -> str:
    group = circle(desk)
    box = sum(one.amount_minor for one in balances(desk.book, group, accounts=["box"]))
    record_count(desk, group, desk.today() - timedelta(days=1), [Count(total_minor=box)])
    return group


def test_the_day_in_the_field_is_the_day_written(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, counted_the_day_before)
    try:
        page = page_of(person)
        page.votes_for.set_text("4")
        page.on.edit.setFocus()
        person.press("19.11.2026", K.Key_F10)
        assert not page.ahead.isVisible(), "nothing was counted that day"
        page.on.set_text("")
        page.on.edit.setFocus()
        person.press("20.11.2026", K.Key_F10)  # never left
        assert page.ahead.isVisible()
        assert "20.11.2026" in page.ahead.lines[0][1]
        person.press(K.Key_Return)
        days = person.ask(lambda desk: share_out_days(desk, str(person.made)))
        assert days == (DAY - timedelta(days=1),)
    finally:
        person.end()


def test_what_waits_for_the_absent_stands_on_the_groups_page(person: PageDesk) -> None:
    page = page_of(person)
    person.press(K.Key_Space)
    page.votes_for.set_text("4")
    person.press(K.Key_F10, K.Key_Return)
    groups = person.go("groups", GroupsPage, person.made)
    assert "188 som" in [one.text().replace("\u00a0", " ") for one in groups.findChildren(Label)]
    assert "Still to be paid out" in [one.text() for one in groups.findChildren(WrappedLink)]


def test_nothing_is_cut(person: PageDesk) -> None:
    page = page_of(person)
    person.press(K.Key_Space)
    page.votes_for.set_text("4")
    person.fits_everywhere()
    person.press(K.Key_F10)
    person.fits_everywhere()
    person.press(K.Key_Return)
    person.fits_everywhere()
