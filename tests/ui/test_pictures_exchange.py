"""Photos on the Exchange page: a parcel of their own, asked for until the office says that they came."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from open_books import OpenBook
from open_books import meet
from PySide6.QtCore import Qt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_makers import phone_photo

from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.photos import add_photos
from shg_desk.store import meetings as meeting_store
from shg_desk.ui import choosing
from shg_desk.ui.exchange_page import ExchangePage

from desk_maker import enrol  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip

K = Qt.Key


def cells(page: ExchangePage) -> dict[str, tuple[str, int | None]]:
    """What the table of parcels says by name: what is inside, and the state."""
    model = page.table.model
    return {
        model.cell(row, 1).text: (model.cell(row, 4).text, model.cell(row, 5).state) for row in range(model.rowCount())
    }


def test_pictures_are_asked_for_until_the_office_has_them(
    person: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "KB-2"
    place.mkdir()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: place)
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    enrol(office, desk, tmp_path)
    group = make_group(desk)
    meet(desk, group, date(2026, 3, 10), 10000, 5000)
    last = meeting_store.last_meeting(desk.book, group)
    assert last is not None
    add_photos(desk, last.op, [phone_photo(tmp_path / f"{n}.jpg", (400, 300), seed=n) for n in (1, 2)])
    desk.close()
    person.open(tmp_path / "first.shgbook")
    person.go("exchange")
    page = person.window.page()
    assert isinstance(page, ExchangePage)
    person.press(K.Key_Return)
    assert {one.name.split("-")[2] for one in place.iterdir()} == {"ops", "files"}
    assert cells(page)["Parcel of pictures"] == ("2 pictures", 2)
    [lost] = place.glob("*-files-*")
    lost.unlink()
    import_parcels(office, [place])
    export_parcels(office, place)
    person.press(K.Key_Insert)
    assert "2 pictures" in page.now_below.text()
    assert page.cards.four[2].number.text() == "2"  # received, and no green tick
    assert cells(page)["Parcel of pictures"][1] == 2
    person.press(K.Key_Return)
    import_parcels(office, [place])
    export_parcels(office, place)
    person.press(K.Key_Insert)
    assert page.cards.four[2].number.text() == "0"
    assert "2 pictures" not in page.now_below.text()
    assert cells(page)["Parcel of pictures"] == ("2 pictures", 4)
    office.close()
