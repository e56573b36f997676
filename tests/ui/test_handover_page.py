"""The end of an office by keys: new keys for its book, a laptop that goes on alone, and what Exchange says of both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cut_text import cut_text
from open_books import OpenBook
from open_books import meet
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.actions.leaving import offices_left
from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.ui import choosing
from shg_desk.ui.exchange_page import ExchangePage
from shg_desk.ui.handover_page import HandoverPage
from shg_desk.ui.recovery_page import RecoveryPage

from desk_maker import enrol  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip

K = Qt.Key
DAY = date(2026, 3, 10)


def made(folder: Path) -> str:
    """An office and a laptop that belongs to it, with records the office has confirmed; the laptop's code."""
    office, desk = make_desk(folder, "office", "office"), make_desk(folder, "first")
    enrol(office, desk, folder)
    meet(desk, make_group(desk), DAY, 10000)
    export_parcels(desk, folder / "to")
    import_parcels(office, [folder / "to"])
    export_parcels(office, folder / "back")
    import_parcels(desk, [folder / "back"])
    for one in (office, desk):
        one.close()
    return desk.folder.name


def exchange(person: OpenBook) -> ExchangePage:
    person.go("exchange")
    page = person.window.page()
    assert isinstance(page, ExchangePage)
    return page


def handover(person: OpenBook) -> HandoverPage:
    exchange(person)
    person.press(K.Key_F8)
    page = person.window.page()
    assert isinstance(page, HandoverPage)
    return page


def test_an_office_makes_new_keys_by_f10_twice(person: OpenBook, tmp_path: Path) -> None:
    made(tmp_path)
    person.open(tmp_path / "office.shgbook")
    card = exchange(person).office_card
    old = card.digits.text()
    assert card.handover.isVisible()
    assert not card.history.isVisible()
    page = handover(person)
    assert not page.reason.isVisible()
    person.press(K.Key_F10)
    assert page.banners["warning"].isVisible()
    person.press(K.Key_Escape)  # leaves everything as it is
    assert exchange(person).office_card.digits.text() == old
    page = handover(person)
    assert not page.banners["warning"].isVisible()
    person.press(K.Key_F10, K.Key_F10)
    assert page.banners["done"].isVisible()
    assert page.next_card.isVisible()
    assert page.digits.text() != old
    shown = page.digits.text()
    person.press(K.Key_F10)  # done is done
    assert page.digits.text() == shown
    person.press(K.Key_Return)
    assert isinstance(person.window.page(), RecoveryPage)
    card = exchange(person).office_card
    assert card.digits.text() == shown
    assert card.history.isVisible()  # the laptop has not heard of them


def test_a_laptop_hears_of_new_keys_on_its_exchange_page(
    person: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shg_desk.actions.books import open_desk

    made(tmp_path)
    office = open_desk(tmp_path / "office.shgbook", "a long passphrase")
    told = renew_office_keys(office).value.fingerprint
    stick = tmp_path / "stick"
    export_parcels(office, stick)
    office.close()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: stick)
    person.open(tmp_path / "first.shgbook")
    page = exchange(person)
    person.press(K.Key_Return)
    banner = page.banners["warning"]
    assert banner.isVisible()
    assert told[:5] in banner.accessibleName()
    assert page.office_card.digits.text().replace(" ", "") == told
    assert page.office_card.pill.accessibleName() == "Not compared"
    assert page.office_card.compare.isVisible()


def test_a_laptop_goes_on_alone_by_keys_and_is_led_to_the_recovery_sheet(person: OpenBook, tmp_path: Path) -> None:
    made(tmp_path)
    person.open(tmp_path / "first.shgbook")
    page = handover(person)
    assert page.reason.isVisible()
    person.press(K.Key_F10)  # nothing without a reason
    assert page.banners["wrong"].isVisible()
    write("долбоор бүттү")
    press(K.Key_Return)
    person.rest()
    assert page.banners["warning"].isVisible()
    assert person.ask(offices_left) == []
    person.press(K.Key_F10)
    assert page.banners["done"].isVisible()
    assert page.next_card.isVisible()
    assert page.sheet_wanted
    person.press(K.Key_Return)
    assert isinstance(person.window.page(), RecoveryPage)
    page_of_exchange = exchange(person)
    assert page_of_exchange.cards.two[0].isVisible()
    card = page_of_exchange.office_card
    assert "долбоор бүттү" in card.history.text()
    assert "office" in card.history.text()
    assert card.compare.isVisible()  # to join another office
    assert not card.handover.isVisible()


@pytest.mark.parametrize("book", ["office", "first"])
@pytest.mark.parametrize("lang", ["ky", "ru", "x-long"])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_word_is_cut(qtbot: QtBot, tmp_path: Path, lang: str, percent: int, book: str) -> None:
    made(tmp_path)
    person = OpenBook(qtbot, tmp_path, lang).open(tmp_path / f"{book}.shgbook")
    person.window.set_letter_size(percent)
    page = handover(person)
    QApplication.processEvents()
    assert cut_text(person.window) == []
    if book == "first":
        write("долбоор бүттү")
    for _ in range(2):
        person.press(K.Key_F10)
        QApplication.processEvents()
        assert cut_text(person.window) == []
    assert page.next_card.isVisible()
    exchange(person)
    QApplication.processEvents()
    assert cut_text(person.window) == []
    person.end()
