"""The ledger over a real book: figures that add up by hand, lines opened, corrections shown and written, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_between
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.money import Currency
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store.groups import memberships
from shg_desk.store.ledger import balances
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.ledger_rows import ledger_columns
from shg_desk.ui.member_page import MemberPage
from shg_desk.ui.minutes_page import MinutesPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def texts(page: LedgerPage, column: int) -> list[str]:
    return [row.cells[column].text for row in page.table.model.rows()]


def first_line(person: PageDesk) -> None:
    """The cursor onto the first line under what stood there before."""
    person.press(K.Key_Home, held=CTRL)
    person.press(K.Key_Down)


def standing(person: PageDesk) -> dict[tuple[str, str | None], int]:
    def read(desk: Desk) -> dict[tuple[str, str | None], int]:
        return {(one.account.code, one.account.owner): one.amount_minor for one in balances(desk.book)}

    found = person.ask(read)
    assert isinstance(found, dict)
    return found


def test_the_box_runs_from_line_to_line_and_the_foot_adds_up(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    # 400 + 80 - 300, + 480, + 480 - 40 missing
    assert texts(page, 7) == ["0", "400", "480", "180", "580", "660", "1\u00a0060", "1\u00a0140", "1\u00a0100"]
    foot = [cell.text for cell in page.table.foot_model.row(0).cells]
    assert foot[5:8] == ["1\u00a0440", "340", "1\u00a0100"]
    assert texts(page, 2)[1:] == ["1", "5", "9", "10", "14", "18", "22", "26"]


def test_enter_opens_a_line_and_then_its_meeting(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    first_line(person)
    assert page.detail.correct_button.reason()
    person.press(K.Key_Return)
    assert texts(page, 4)[2:6] == [f"Айгүл KB-03 {n}" for n in (1, 2, 3, 4)]
    person.press(K.Key_Down)
    assert "Айгүл KB-03 1, 100\u00a0som" in page.detail.headline.text()
    person.press(K.Key_Return)
    assert person.page(MinutesPage).title() == "Ырыс, meeting 1"
    person.press(K.Key_Escape)
    assert person.page(LedgerPage) is page


def test_a_sum_is_corrected_in_place_and_the_old_line_stays(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    before = standing(person)
    first_line(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_F2)
    assert page.panel.isVisible()
    page.panel.how.picker.setFocus()
    while page.panel.how.picker.key() != "other-amount":
        person.press(K.Key_Down)
    person.press(K.Key_Return, "150")
    effects = {row.key: [cell.text for cell in row.cells] for row in page.panel.effects.model.rows()}
    assert standing(person) == before, "a preview writes nothing"
    saved = next(cells for (code, _), cells in effects.items() if code == "saving.compulsory")  # type: ignore[misc]
    assert saved[1:] == ["300\u00a0som", "350\u00a0som"]
    person.press(K.Key_F10)
    assert page.panel.problems.isVisible(), "a correction without a reason is not written"
    page.panel.amount.edit.setFocus()
    person.press(K.Key_Return, "she brought 150", K.Key_F10)
    assert page.panel.isHidden()
    after = standing(person)
    changed = {key[0]: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)}
    assert changed == {"saving.compulsory": -5_000, "differences": 5_000}
    assert "Correction of 1" in texts(page, 3)
    assert texts(page, 7)[-1] == "1\u00a0100"


def test_esc_keeps_what_was_typed_into_a_correction(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    first_line(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_F2)
    page.panel.reason.setFocus()
    person.press("half a rea", K.Key_Escape)
    assert page.panel.isHidden()
    assert page.table.view.hasFocus()
    person.press(K.Key_F2)
    assert page.panel.reason.text() == "half a rea"


def test_what_leaves_less_than_nothing_is_asked_about_and_then_written(person: PageDesk) -> None:
    """The saving of a woman who has withdrawn all since: F10 first shows what she owes then, and F10 writes it."""
    group = str(person.made)
    row = SheetRow("1", Attendance.PRESENT, outs=(Out("withdrawal", 30_000, product="compulsory"),))
    person.ask(lambda desk: record_meeting(desk, Sheet(group, date(2026, 11, 20), rows=(row,))))
    first = person.ask(lambda desk: memberships(desk.book, group)[0].id)
    page = person.go("ledger", LedgerPage, (group, "saving", first))
    before = standing(person)
    first_line(person)
    person.press(K.Key_F2)
    ways = page.panel.how.picker.keys()
    for _ in ways:
        if page.panel.how.picker.key() != "reverse":
            person.press(K.Key_Down)
    said = " ".join(label.text() for label in page.panel.problems.findChildren(QLabel))
    assert "Nothing was written" in said
    assert page.panel.preview is None
    page.panel.reason.setFocus()
    person.press("never brought", K.Key_F10)
    assert page.panel.preview is not None
    assert "owes it to the group" in page.panel.what.text()
    assert standing(person) == before
    person.press(K.Key_F10)
    assert page.panel.isHidden()
    after = standing(person)
    assert after["saving.compulsory", str(first)] == 10_000


def test_a_members_lines_and_her_booklet_say_the_same(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    page.choices.member.setFocus()
    person.press(K.Key_Down, K.Key_Down)
    assert page.table.foot_model.row(0).cells[5].text == "360"
    assert page.table.foot_model.row(0).cells[6].text == "300"
    member = page._wish.member
    booklet = person.go("member", MemberPage, member)
    assert booklet.title() == "Айгүл KB-03 2"
    assert booklet.tables["records"].foot_model.row(0).cells[5].text == "360"
    assert booklet.tables["records"].foot_model.row(0).cells[6].text == "300"


def test_the_paper_is_made_and_handed_to_the_viewer(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    shown: list[Path] = []
    object.__setattr__(page.ways, "open_file", shown.append)
    person.press(K.Key_P, held=CTRL)
    assert shown[0].read_bytes().startswith(b"%PDF")


def test_without_a_group_it_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("ledger", LedgerPage)
    assert page._empty.isVisible()
    assert not page.table.isVisible()
    person.end()


def many(desk: Desk) -> str:
    """Ten thousand lines between meetings, ten operations of one row each a day."""
    group = village(desk)
    for _ in range(20):
        rows = [SheetRow("1", Attendance.PRESENT, ins=tuple(In("other", 100, text="x") for _ in range(500)))]
        record_between(desk, group, desk.today(), rows)
    return group


def test_ten_thousand_lines_scroll_and_only_those_in_sight_are_painted(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, many)
    page = person.go("ledger", LedgerPage)
    assert page.table.model.rowCount() == 10_009
    first_line(person)
    person.press(K.Key_PageDown)
    assert 10 < page.table.view.currentIndex().row() < 60
    person.press(K.Key_End, held=CTRL)
    assert page.table.view.currentIndex().row() == 10_008
    assert page.table.view.cut_cells() == []
    person.end()


def test_nothing_is_cut(person: PageDesk) -> None:
    person.go("ledger", LedgerPage)
    first_line(person)
    person.press(K.Key_Return, K.Key_Down)
    person.fits_everywhere()
    person.press(K.Key_F2)
    person.fits_everywhere()


def test_cash_differences_are_missing_or_over_and_do_not_come_in() -> None:
    som = Currency("KGS", 2, 100)
    heads = [column.name for column in ledger_columns(Words("en"), som, "differences")]
    assert heads[5:7] == ["Missing, som", "Over, som"]
    assert [column.name for column in ledger_columns(Words("en"), som, "box")][5:7] == ["In, som", "Out, som"]


def test_where_the_money_is_says_whether_it_was_counted_since(person: PageDesk) -> None:
    """The village counts at its meetings; a gift of 50 brought afterwards was never in a count."""

    def bring(desk: Desk) -> object:
        lines = (GroupLine("gift", 5_000),)
        return record_between(desk, str(person.made), desk.today(), (), lines)

    person.ask(bring)
    page = person.go("ledger", LedgerPage)
    first_line(person)
    person.press(K.Key_Return, K.Key_Down)
    assert "counted right" in reversal_says(person, page)
    person.press(K.Key_End, held=CTRL)
    assert "nobody has counted since" in reversal_says(person, page)


def reversal_says(person: PageDesk, page: LedgerPage) -> str:
    """Where the money is proposed to be, when the line under the cursor is reversed."""
    person.press(K.Key_F2)
    page.panel.how.picker.setFocus()
    person.press(*[K.Key_Down] * 8)
    assert page.panel.how.picker.key() == "reverse"
    assert page.panel.cash.isVisible()
    said = page.panel.cash.picker.currentText()
    person.press(K.Key_Escape)
    return said
