"""What came late, as the office's page and a laptop's Today tell it: after a share-out, after a member's death."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cut_text import cut_text
from office_book import closed
from office_book import made_three
from office_book import opened
from office_book import trip
from open_books import OpenBook
from open_books import meet
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shg_desk.actions.books import open_desk
from shg_desk.actions.death import Death
from shg_desk.actions.death import write_death
from shg_desk.actions.groups import set_rules
from shg_desk.actions.leaving import leave_office
from shg_desk.actions.meetings import record_count
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.domain.sheet import Count
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.ui.differences_page import DifferencesPage
from shg_desk.ui.today_page import TodayPage

from desk_maker import PASSPHRASE  # isort: skip
from desk_maker import RULES  # isort: skip
from desk_maker import sums  # isort: skip

K = Qt.Key
HELD, LATER, DAY = date(2026, 3, 3), date(2026, 3, 6), date(2026, 3, 10)


def late_ones(folder: Path) -> None:
    """The first laptop shares out and hears of a death; the second one, which knows of neither, meets before that."""
    office, first, second, group = made_three(folder)
    set_rules(first, group, {**RULES, "lifecycle": "share-out"}, HELD)
    meet(first, group, HELD, 10_000, 10_000)
    for _ in range(2):
        trip(office, first, second)
    meet(second, group, LATER, 10_000, 12_000)
    record_count(first, group, DAY, [Count(total_minor=sums(first, group)["box"])])
    record_share_out(first, ShareOutAsked(group, DAY, absent=("1",), votes=(2, 0)), Words("en"))
    her = next(one.id for one in group_store.memberships(first.book, group) if one.number == "1")
    write_death(first, Death(her, LATER.replace(day=5), DAY))
    for _ in range(2):
        trip(office, first, second)
    closed(office, first, second)


def lines(page: DifferencesPage) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in page.detail.table.model.rows()]


def test_both_are_answered_by_keys(person: OpenBook, tmp_path: Path) -> None:
    late_ones(tmp_path)
    page = opened(person, tmp_path)
    listed = [[cell.text.replace("\u00a0", " ") for cell in row.cells][1:] for row in page.list.model.rows()]
    assert ["Came after the share-out", "220"] in listed
    assert ["Recorded after her death", "100"] in listed
    page.list.view.put_cursor(listed.index(["Came after the share-out", "220"]))
    person.rest()
    assert lines(page) == [
        ["06.03.2026 · Saving · № 1 Айгүл A-1 1", "100"],
        ["06.03.2026 · Saving · № 2 Айгүл A-1 2", "120"],
    ]
    assert "It was not shared out: it counts in the new cycle" in page.detail.below.text()
    assert len(page.detail.choices) == 1
    before = page.list.model.rowCount()
    person.press(K.Key_1, K.Key_Return)
    assert page.list.model.rowCount() == before - 1
    left = [row.cells[1].text for row in page.list.model.rows()]
    page.list.view.put_cursor(left.index("Recorded after her death"))
    person.rest()
    assert lines(page) == [["06.03.2026 · Saving · № 1 Айгүл A-1 1", "100"]]
    person.press(K.Key_1, K.Key_Return)
    assert page.list.model.rowCount() == before - 2


def test_a_laptop_says_it_on_its_first_page_and_leads_to_the_book(person: OpenBook, tmp_path: Path) -> None:
    late_ones(tmp_path)
    person.open(tmp_path / "first.shgbook")
    person.go("today")
    page = person.window.page()
    assert isinstance(page, TodayPage)
    person.until(lambda: page._view is not None and page._view.is_whole)
    kinds = [one.kind for one in page._view.waiting] if page._view is not None else []
    assert kinds.count("late") == kinds.count("after-death") == 1
    late = next(one for one in page._view.waiting if one.kind == "late")
    page._go_to(late)
    person.rest()
    assert person.window.here() == "ledger"


def test_a_book_of_no_office_is_led_from_its_first_page_to_where_it_answers(person: OpenBook, tmp_path: Path) -> None:
    late_ones(tmp_path)
    desk = open_desk(tmp_path / "first.shgbook", PASSPHRASE)
    leave_office(desk, "no office any more")
    desk.close()
    person.open(tmp_path / "first.shgbook")
    for kind in ("late", "after-death"):
        person.go("today")
        today = person.window.page()
        assert isinstance(today, TodayPage)
        person.until(lambda today=today: today._view is not None and today._view.is_whole)
        assert today._view is not None
        today._go_to(next(one for one in today._view.waiting if one.kind == kind))
        person.rest()
        page = person.window.page()
        assert isinstance(page, DifferencesPage)
        listed = [row.cells[1].text for row in page.list.model.rows()]
        page.list.view.put_cursor(
            listed.index("Came after the share-out" if kind == "late" else "Recorded after her death")
        )
        person.rest()
        person.press(K.Key_1, K.Key_Return)
        assert page.list.model.rowCount() == len(listed) - 1


@pytest.mark.parametrize("lang", ["ky", "ru", "x-long"])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_word_of_it_is_cut(qtbot: QtBot, tmp_path: Path, lang: str, percent: int) -> None:
    late_ones(tmp_path)
    person = OpenBook(qtbot, tmp_path, lang)
    page = opened(person, tmp_path)
    person.window.set_letter_size(percent)
    for row in range(page.list.model.rowCount()):
        page.list.view.put_cursor(row)
        person.rest()
        assert cut_text(person.window) == []
    person.go("today")
    assert cut_text(person.window) == []
    person.end()
