"""What lies on a stick, seen before it is taken in; which stick was written last, and what to do with it now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from open_books import OpenBook
from open_books import meet
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shg_desk.actions.parcel_inside import Inside
from shg_desk.actions.parcel_inside import Lying
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.store import exchange as exchange_store
from shg_desk.ui import choosing
from shg_desk.ui.exchange_page import ExchangePage
from shg_desk.ui.sticks import Stick
from shg_desk.ui.sticks import Volume
from shg_desk.ui.sticks import is_stick
from shg_desk.ui.sticks import sticks

from desk_maker import enrol  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip

K = Qt.Key
DAY = date(2026, 3, 10)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen whenever one is asked for."""
    place = tmp_path / "KB-2"
    place.mkdir()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: place)
    return place


def exchange(person: OpenBook) -> ExchangePage:
    person.go("exchange")
    page = person.window.page()
    assert isinstance(page, ExchangePage)
    return page


def test_what_is_inside_is_shown_before_anything_is_taken_in(person: OpenBook, tmp_path: Path, stick: Path) -> None:
    office = make_desk(tmp_path, "office", "office")
    for name in ("first", "second"):
        desk = make_desk(tmp_path, name)
        enrol(office, desk, tmp_path)
        group = make_group(desk, name.upper())
        meet(desk, group, DAY, 10000)
        export_parcels(desk, stick)
        desk.close()
    office.close()
    hurt = min(stick.iterdir(), key=lambda one: one.stat().st_mtime_ns)
    hurt.write_bytes(hurt.read_bytes()[:-200])
    person.open(tmp_path / "office.shgbook")
    page = exchange(person)
    person.press(K.Key_F3)
    person.until(page.inside.isVisible)
    told = {row.key: [cell.text for cell in row.cells] for row in page.inside.table.model.rows()}
    assert len(told) == 2
    assert "cut short" in told[hurt.name][5] or "not whole" in told[hurt.name][5]
    whole = next(cells for name, cells in told.items() if name != hurt.name)
    assert whole[0] == "Parcel of a laptop"
    assert whole[3] == whole[4] != "0", "everything is new"
    assert "1 meeting" in whole[5]
    assert person.ask(lambda desk: exchange_store.parcels(desk.book.db)) == [], "nothing is taken in yet"
    person.press(K.Key_Escape)
    assert not page.inside.isVisible()
    assert person.ask(lambda desk: exchange_store.parcels(desk.book.db)) == []
    person.press(K.Key_F3)
    person.until(page.inside.isVisible)
    assert QApplication.focusWidget() is page.inside.take_button
    person.press(K.Key_Return)
    person.until(page.banners["wrong"].isVisible)
    assert len(person.ask(lambda desk: exchange_store.parcels(desk.book.db))) == 1  # type: ignore[arg-type]
    person.press(K.Key_F3)
    person.until(page.inside.isVisible)
    news = [row.cells[4].text for row in page.inside.table.model.rows() if row.key != hurt.name]
    assert news == ["0"], "the second time nothing of it is new"
    page.inside.show_inside(page.frame.words, [stick], Lying((Inside("a.shgb", for_other=True),), more=2), "KB-2")
    assert "2 more files lie there" in page.inside.below.text()
    assert not page.inside.take_button.reason(), "of what is not listed something may be for this book"


def test_the_last_stick_is_named_with_what_it_held_and_what_to_do(
    person: OpenBook, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    enrol(office, desk, tmp_path)
    meet(desk, make_group(desk), DAY, 10000)
    desk.close()
    monkeypatch.setattr(choosing, "sticks_here", list)
    person.open(tmp_path / "first.shgbook")
    page = exchange(person)
    card = page.stick_card
    assert not card.name.isVisible(), "no stick was written yet"
    assert card.here.text() == "No stick is in this laptop now."
    person.press(K.Key_Return)
    assert card.name.text() == "KB-2"
    assert "Parcel 1" in card.below.text()
    assert "1 meeting" in card.below.text()
    assert card.now.text() == "Take it to the office and bring it back with the receipt."
    import_parcels(office, [stick])
    export_parcels(office, stick)
    person.press(K.Key_Insert)
    assert card.now.text() == "The office has what was on it; it may be used again."
    monkeypatch.setattr(choosing, "sticks_here", lambda: [Stick("KB-2", stick)])
    person.press(K.Key_F5)
    assert card.here.text() == "In this laptop now:"
    found = card._links.itemAt(0)
    assert found is not None
    link = found.widget()
    assert link is not None
    link.setFocus()
    person.press(K.Key_Return)
    person.until(page.inside.isVisible)
    assert [row.cells[0].text for row in page.inside.table.model.rows()].count("Receipt № 1") == 1
    office.close()


@pytest.mark.parametrize(
    ("root", "system", "drive", "expected"),
    [
        ("/", "ext4", 0, False),
        ("/home", "ext4", 0, False),
        ("/media/aigul/KB-2", "vfat", 0, True),
        ("/run/media/aigul/KB-2", "ext4", 0, True),
        ("/mnt/stick", "exfat", 0, True),
        ("/mnt/data", "ext4", 0, False),
        ("/Volumes/KB-2", "msdos", 0, True),
        ("C:/", "NTFS", 3, False),
        ("E:/", "FAT32", 2, True),
        ("Z:/", "NTFS", 4, False),
    ],
)
def test_sticks_are_told_from_the_laptop_s_own_places(root: str, system: str, drive: int, expected: bool) -> None:
    volume = Volume(root, "KB-2", system, ready=True, is_root=root == "/", drive_type=drive)
    assert is_stick(volume) is expected
    assert not is_stick(replace(volume, ready=False))


def test_this_computer_is_asked_without_harm() -> None:
    assert all(one.place.is_absolute() for one in sticks())
