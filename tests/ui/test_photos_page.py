"""Photos of a signed sheet by keys: from the closed meeting, added, seen large, taken away, not here yet."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from village import village

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_makers import phone_photo

from shg_desk.actions import photos
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.photos import Photos
from shg_desk.store.meetings import last_meeting
from shg_desk.tables.photos import small_photo
from shg_desk.ui import choosing
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.minutes_page import MinutesPage
from shg_desk.ui.photo_parts import picture
from shg_desk.ui.photo_parts import small_size
from shg_desk.ui.photos_page import PhotosPage

Added = Outcome[Photos]


def met(desk: Desk) -> str:
    last = last_meeting(desk.book, village(desk))
    assert last is not None
    assert last.on == date(2026, 11, 7)
    return last.op


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, met)
    yield at
    at.end()


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """What the system's window for files answers with."""
    files = [phone_photo(tmp_path / f"{n}.jpg", (1200, 900), seed=n) for n in (1, 2)]
    monkeypatch.setattr(choosing, "files", lambda *_: list(files))
    return files


def added(person: PageDesk, page: PhotosPage, pages: int) -> None:
    """Ins, until the child process has ended and the small pictures are there."""
    person.press(K.Key_Insert)
    person.qtbot.waitUntil(lambda: len(page.tiles) == pages, timeout=60_000)
    person.rest()
    person.qtbot.waitUntil(lambda: all(tile.image is not None for tile in page.tiles), timeout=15_000)


def test_a_small_picture_is_unpacked_small(tmp_path: Path) -> None:
    made = small_photo(phone_photo(tmp_path / "a.jpg", (3000, 2000)))
    full, small = picture(made), picture(made, small_size())
    assert full is not None
    assert small is not None
    assert small.size() == full.size().scaled(small_size(), Qt.AspectRatioMode.KeepAspectRatio)
    assert picture(made, full.size() * 2) == full  # never larger than it is


def test_from_the_closed_meeting_by_keys_and_back(person: PageDesk, chosen: list[Path]) -> None:
    person.go("meeting", MeetingPage)
    person.press(K.Key_F4)  # the last meeting
    assert ("F4",) in [hint.keys for hint in person.window.page().hints()]
    person.press(K.Key_F4)
    page = person.page(PhotosPage)
    assert page.empty.isVisible()
    assert person.window.rail.items["meeting"].isChecked(), "it was opened from the meeting"
    assert person.focus() is page.empty.button
    assert "07.11.2026" in page.sentence()
    added(person, page, 2)
    assert page.sentence().endswith("2 pages")
    assert person.focus() is page.tiles[0]
    assert page.tiles[0].image is not None
    assert page.tiles[0].image.height() > page.tiles[0].image.width()  # upright
    person.press(K.Key_Right)
    assert person.focus() is page.tiles[1]
    person.press(K.Key_Escape)
    person.page(MeetingPage)
    minutes = person.go("minutes", MinutesPage, str(person.made))
    assert "photo of the signed sheet: 2 pages" in minutes.sentence()
    person.press(K.Key_F4)
    assert person.page(PhotosPage) is page
    assert person.window.rail.items["ledger"].isChecked()
    person.fits_everywhere()


def test_the_cursor_is_on_the_new_picture_also_when_the_page_has_read_before(
    person: PageDesk, chosen: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = person.go("photos", PhotosPage, str(person.made))
    assert person.focus() is page.empty.button

    def long(
        _what: str, work: partial[Outcome[Photos]], done: Callable[[Outcome[Photos]], None], _wrong: object
    ) -> None:
        outcome = person.ask(work)
        assert isinstance(outcome, Outcome)
        page.refresh(())
        person.rest()
        done(outcome)

    monkeypatch.setattr(page.store, "long", long)
    page.add()
    assert person.focus() is page.tiles[0]
    person.rest()
    chosen[:] = chosen[:1]
    chosen[0] = phone_photo(chosen[0].with_name("3.jpg"), (1200, 900), seed=3)
    page.add()
    person.rest()
    assert person.focus() is page.tiles[2], "the new one"


def test_large_closer_moved_and_the_other_page(person: PageDesk, chosen: list[Path]) -> None:
    page = person.go("photos", PhotosPage, str(person.made))
    added(person, page, 2)
    person.press(K.Key_Return)
    assert page.large.isVisible()
    assert not page.holder.isVisible()
    assert person.focus() is page.large
    assert page.title().endswith("page 1")
    shown = page.large.widget()
    assert shown.width() >= page.large.viewport().width() - 4  # as wide as there is room
    across, upright = page.large.horizontalScrollBar(), page.large.verticalScrollBar()
    person.press(K.Key_Down, K.Key_Down)
    assert upright.value() > 0
    width = shown.width()
    person.press(K.Key_Plus, K.Key_Plus)
    assert shown.width() > width * 1.5
    person.press(K.Key_Right)
    before = across.value()
    person.press(K.Key_Right)
    assert across.value() > before > 0
    person.press(K.Key_Minus, K.Key_Minus)
    assert abs(shown.width() - width) < 4
    person.press(K.Key_PageDown)
    assert page.title().endswith("page 2")
    person.press(K.Key_PageDown)
    assert page.title().endswith("page 2")
    person.fits_everywhere()
    person.press(K.Key_Escape)
    assert person.focus() is page.tiles[1]
    assert page.holder.isVisible()


def test_a_page_is_taken_away_for_a_reason(person: PageDesk, chosen: list[Path]) -> None:
    page = person.go("photos", PhotosPage, str(person.made))
    added(person, page, 2)
    person.press(K.Key_Right, K.Key_Delete)
    assert page.why.isVisible()
    person.fits_everywhere()
    person.press(K.Key_Escape)
    assert not page.why.isVisible()
    assert len(page.tiles) == 2
    person.press(K.Key_Delete, K.Key_Down, K.Key_Return)
    assert len(page.tiles) == 1
    assert person.focus() is page.tiles[0]
    person.press(K.Key_Delete)
    person.press(K.Key_1)
    assert page.empty.isVisible()
    assert person.focus() is page.empty.button

    def look(desk: Desk) -> object:
        lines = desk.book.db.rows("SELECT line FROM operation ORDER BY id DESC LIMIT 2")
        return [bytes(line).decode() for (line,) in lines], desk.book.db.value("SELECT count(*) FROM picture")

    lines, pictures = person.ask(look)
    assert ['"reason":"wrong-photo"' in lines[0], '"reason":"unreadable"' in lines[1], pictures] == [True, True, 0]


def test_what_is_no_picture_is_told_and_nothing_added(person: PageDesk, chosen: list[Path]) -> None:
    page = person.go("photos", PhotosPage, str(person.made))
    chosen[1].write_text("a letter")
    person.press(K.Key_Insert)
    person.qtbot.waitUntil(page.problems.isVisible, timeout=60_000)
    person.rest()
    assert page.tiles == []
    assert page.empty.isVisible()
    person.fits_everywhere()


def test_where_only_the_record_is_here(person: PageDesk, chosen: list[Path]) -> None:
    page = person.go("photos", PhotosPage, str(person.made))
    added(person, page, 2)
    person.ask(lambda desk: desk.book.db.run("DELETE FROM picture WHERE hash = (SELECT min(hash) FROM picture)"))
    page.tiles.clear()
    page._read()
    person.rest()
    told = [tile.place.words.isVisible() for tile in page.tiles]
    assert sorted(told) == [False, True]
    absent = told.index(True)
    page.tiles[absent].setFocus()
    person.press(K.Key_Return)
    assert not page.large.isVisible()
    person.fits_everywhere()


def test_a_picture_of_another_sort_is_told_and_never_unpacked(
    person: PageDesk, chosen: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A progressive JPEG, as another program may have sealed it."""

    def progressive(file: Path) -> bytes:
        out = io.BytesIO()
        Image.new("L", (600, 400), 128).save(out, "JPEG", progressive=True)
        return out.getvalue()

    with monkeypatch.context() as other:
        other.setattr(photos, "small_photo", progressive)
        person.ask(lambda desk: photos.add_photos(desk, str(person.made), chosen[:1]))
    person.ask(lambda desk: photos.add_photos(desk, str(person.made), chosen[1:]))
    page = person.go("photos", PhotosPage, str(person.made))
    person.qtbot.waitUntil(lambda: page.tiles[1].image is not None, timeout=15_000)
    odd = page.tiles[0]
    assert odd.image is None
    assert odd.place.words.text() in odd.accessibleName()
    assert [tile.place.words.isVisible() for tile in page.tiles] == [True, False]
    odd.setFocus()
    person.press(K.Key_Return)
    person.rest()
    assert not page.large.isVisible()
    person.fits_everywhere()


def test_a_long_caption_stands_whole_below_its_picture(person: PageDesk, chosen: list[Path]) -> None:
    long = "Субанова-Токтогулова Гүлнара Абдыкадыр-Жумабековна кол койгон үчүнчү барактын сүрөтү"
    person.ask(lambda desk: photos.add_photos(desk, str(person.made), chosen, long))
    page = person.go("photos", PhotosPage, str(person.made))
    for percent in (100, 150):
        person.window.set_letter_size(percent)
        person.rest()
        for tile in page.tiles:
            assert long in tile.below.text()
            assert tile.place.height() >= tile.place.minimumHeight()
            assert tile.below.height() >= tile.below.heightForWidth(tile.below.width())
            places = [part.geometry() for part in (tile.place, tile.title, tile.below)]
            assert not any(one.intersects(other) for one, other in pairwise(places))
    person.window.set_letter_size(100)
