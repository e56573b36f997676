"""The cash book on paper: a line for each kind of money of a meeting, its sums the ledger's own, or every line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.views_papers import Wanted
from shg_desk.actions.views_papers import make_paper
from shg_desk.i18n.catalog import Words
from shg_desk.store.ledger import balances
from shg_desk.ui.reports_page import ReportsPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def printed(person: PageDesk, out: Path, wanted: Wanted) -> list[str]:
    """The lines of the paper."""

    def make(desk: Desk) -> None:
        make_paper(desk, wanted, out, Words("en"))

    person.ask(make)
    with pypdfium2.PdfDocument(out) as paper:
        text = "\n".join(page.get_textpage().get_text_range() for page in paper)
    return text.replace("\u00a0", " ").splitlines()


def test_a_line_for_each_kind_of_money_of_a_meeting(person: PageDesk, tmp_path: Path) -> None:
    wanted = Wanted("ledger", "KB-03", year=2026)
    lines = printed(person, tmp_path / "short.pdf", wanted)
    text = " ".join(lines)
    # four women bring 100 and 20 three times; 300 are lent at the first meeting, 40 are missing at the third
    box, expected = 0, []
    for came in (400, 80, -300, 400, 80, 400, 80, -40):
        box += came
        expected.append((abs(came), box))
    assert box == 4 * 120 * 3 - 300 - 40 == 1100
    for amount, after in expected:
        assert re.search(rf"\b{amount} {after:,}\b".replace(",", " "), text), (amount, after, text)
    assert re.search(r"1 440 340 1 100", text), "in, out and what is left, as added up above"
    assert text.count("of 4 members") + text.count("4 members") >= 6

    def box_now(desk: Desk) -> int:
        return sum(one.amount_minor for one in balances(desk.book) if one.account.code == "box")

    assert person.ask(box_now) == box * 100, "the ledger says the same"
    full = " ".join(printed(person, tmp_path / "full.pdf", Wanted("ledger", "KB-03", year=2026, full=True)))
    assert "1 440 340 1 100" in full
    assert len(re.findall(r"Social fund", full)) == 12
    assert len(re.findall(r"Social fund", text)) == 3


def test_the_page_asks_which_lines(person: PageDesk) -> None:
    page = person.go("reports", ReportsPage, "ledger")
    assert page.lines.isVisible()
    assert page.wanted() == Wanted("ledger", "KB-03")
    page.lines.picker.setFocus()
    person.press(K.Key_Down)
    assert page.wanted() == Wanted("ledger", "KB-03", full=True)
    page.member.picker.setFocus()
    person.press(K.Key_Down)
    assert not page.lines.isVisible(), "one woman's lines are always all there"
    assert page.wanted() == Wanted("ledger", "KB-03", "1")
    person.fits_everywhere()
