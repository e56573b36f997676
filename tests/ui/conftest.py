"""Every test of the desktop starts with the dressed application at 100 %, and ends there; most have a person at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from open_books import OpenBook
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.ui import theme
from shg_desk.ui import tokens


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    dress(qapp)
    yield qapp
    dress(qapp)


def dress(qapp: QApplication) -> None:
    """As at a start. The windows of a test that is over go first: each of their parts would be dressed anew."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
    tokens.set_letter_size(100)
    if qapp.styleSheet() != theme.style_sheet():
        theme.apply(qapp)


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenBook]:
    """A person at a desktop on which no book is open yet."""
    at = OpenBook(qtbot, tmp_path)
    yield at
    at.end()
