"""Every page in Kyrgyz and Russian at 1366x768, empty, with 20 rows, with 10,000, with long names: nothing is cut.

The real window on real encrypted books. What is wrong is found by `seen_faults`, which has tests of its own. Sheets of
all views lie in `build/contact-sheet`, one a language and filling, to be looked at.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import laptop_views
import office_views
import pytest
from contact_sheet import Camera
from contact_sheet import Window
from full_books import FILLINGS
from full_books import LONG
from full_books import USUAL
from full_books import make_books
from pytestqt.qtbot import QtBot

from shg_desk.ui import choosing

LANGUAGES = ("ky", "ru")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen whenever one is asked for, and a file in it."""
    place = tmp_path / "KB-2"
    place.mkdir()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: place)
    monkeypatch.setattr(choosing, "file", lambda *_asked: next(iter(sorted(tmp_path.glob("*.request"))), None))
    return place


def judged(cameras: list[Camera], capsys: pytest.CaptureFixture[str]) -> None:
    sheets = [camera.sheet() for camera in cameras]
    with capsys.disabled():
        print("\ncontact sheet:", *sheets)  # noqa: T201 - to be looked at
    found = [str(one) for camera in cameras for one in camera.found]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize("filling", FILLINGS)
def test_nothing_is_wrong_on_any_page(
    qtbot: QtBot, tmp_path: Path, stick: Path, filling: str, capsys: pytest.CaptureFixture[str]
) -> None:
    books = make_books(tmp_path, filling)
    cameras = [Camera(filling, lang) for lang in LANGUAGES]
    for camera in cameras:
        for book in (books.laptop, books.office):
            copy = tmp_path / f"{camera.lang}-{book.name}"
            shutil.copytree(book, copy)
            window = Window(qtbot, copy, camera.lang)

            def take(view: str, window: Window = window, camera: Camera = camera, kind: str = book.stem) -> None:
                camera.take(f"{kind}, {view}", window.window)

            laptop_views.pages(window, books, take)
            if filling == "long" and book is books.laptop:
                laptop_views.states(window, books, take)
            if book is books.office:
                office_views.office(window, books, tmp_path, take)
            elif books.large_group:
                laptop_views.large(window, books, take)
            elif books.group:
                laptop_views.sheet(window, books, take, asked=filling == "long")
            if book is books.laptop and filling != "ten_thousand":
                laptop_views.exchange(window, stick, take)
            window.end()
    judged(cameras, capsys)


@pytest.mark.parametrize("words", [USUAL, LONG], ids=["usual", "long"])
def test_nothing_is_wrong_before_a_book_is_open(
    qtbot: QtBot, words: object, capsys: pytest.CaptureFixture[str]
) -> None:
    cameras = [Camera(f"before, {'long' if words is LONG else 'usual'}", lang) for lang in LANGUAGES]
    for camera in cameras:
        office_views.before_a_book(qtbot, camera, LONG if words is LONG else USUAL)
    judged(cameras, capsys)
