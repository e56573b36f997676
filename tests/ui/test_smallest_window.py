"""The smallest window (1024 by 600): what is too narrow beside each other stands in more lines there, nothing cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from cut_text import cut_text
from open_books import OpenBook
from page_desk import PageDesk
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.i18n.catalog import STRETCHED
from shg_desk.ui.differences_page import DifferencesPage
from shg_desk.ui.exchange_page import ExchangePage
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.main_window import LEAST
from shg_desk.ui.main_window import MainWindow

from desk_maker import enrol  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip


def nothing_is_cut(window: MainWindow, rest: Callable[[], object], sizes: tuple[int, ...] = (100, 150)) -> None:
    window.resize(LEAST)
    for percent in sizes:
        window.set_letter_size(percent)
        for lang in ("ky", "ru", STRETCHED):
            window.switch_language(lang)
            rest()
            for _ in range(40):  # a busy machine lays out later
                if cut_text(window):
                    QTest.qWait(50)
            assert cut_text(window) == [], (lang, percent)
    window.set_letter_size(100)


def test_a_group_with_large_funds(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, village)
    page = person.go("groups", GroupsPage, person.made)
    card = page._card
    assert card is not None
    large = [tuple((code, amount * 1000) for code, amount in sums) for sums in (card.money.places, card.money.funds)]
    page._show_card(replace(card, money=replace(card.money, places=large[0], funds=large[1])))
    person.rest()
    assert page.detail.glance.cards.per_line() == 2
    nothing_is_cut(person.window, person.rest)
    person.window.resize(LEAST)
    person.rest()
    assert page.detail.glance.cards.per_line() == 1
    person.end()


def test_a_group_with_much_lent_and_members_represented(qtbot: QtBot, tmp_path: Path) -> None:
    """37 000 lent, late loans, 90 % came and 94 % with those somebody came for: the figures stand whole."""
    person = PageDesk(qtbot, tmp_path, village)
    page = person.go("groups", GroupsPage, person.made)
    card = page._card
    assert card is not None
    assert card.loans is not None
    much = replace(card.loans, outstanding_minor=3_700_000, count=7, late=3)
    page._show_card(replace(card, loans=much, attendance=Fraction(90, 100), attendance_sent=Fraction(94, 100)))
    person.rest()
    person.window.switch_language("ru")
    person.window.resize(LEAST)
    person.rest()
    sums = [one for one in page.detail.glance.figures.findChildren(QLabel) if one.text().split() == ["37", "000"]]
    assert [one.visibleRegion().boundingRect().width() >= one.sizeHint().width() for one in sums] == [True]
    nothing_is_cut(person.window, person.rest, (100,))
    person.end()


def test_the_four_states_of_the_records(qtbot: QtBot, tmp_path: Path) -> None:
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    make_group(desk)
    enrol(office, desk, tmp_path)
    office.close()
    desk.close()
    person = OpenBook(qtbot, tmp_path, "en")
    person.open(tmp_path / "first.shgbook")
    person.go("exchange")
    page = person.window.page()
    assert isinstance(page, ExchangePage)
    four = page.cards.lines[0]
    assert four.isVisible()
    assert four.per_line() == 4
    nothing_is_cut(person.window, person.rest, sizes=(100,))
    assert four.per_line() == 2
    tops = [card.geometry().top() for card in page.cards.four]
    assert tops[0] == tops[1] < tops[2] == tops[3]
    person.end()


@pytest.mark.parametrize("key", ["", "1", "3"])
def test_a_difference_at_the_office(qtbot: QtBot, tmp_path: Path, key: str) -> None:
    from test_differences_page import opened
    from test_differences_page import twice

    twice(tmp_path)
    person = OpenBook(qtbot, tmp_path, "en")
    page = opened(person, tmp_path)
    assert isinstance(page, DifferencesPage)
    if key:
        person.press(ord(key))
    nothing_is_cut(person.window, person.rest)
    person.end()
