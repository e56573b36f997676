"""The desktop on real encrypted books in a temporary folder, driven as a person drives it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from desk_maker import CHEAP
from desk_maker import PASSPHRASE
from pressing import PLAIN
from pressing import press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.ui.app import Desktop
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.settings import Settings

SIZE = (1366, 690)


def meet(desk: Desk, group: str, day: date, *amounts: int) -> str:
    """A meeting where members 1, 2, ... save these amounts."""
    rows = tuple(
        SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", amount),)) for n, amount in enumerate(amounts, start=1)
    )
    return str(record_meeting(desk, Sheet(group, day, rows=rows)).value.name)


class OpenBook:
    """A person at an open desktop. Waits for the book's thread after every key."""

    def __init__(self, qtbot: QtBot, folder: Path, lang: str = "en") -> None:
        self.qtbot = qtbot
        self.desktop = Desktop(Words(lang), Settings(folder / "config"), cost=CHEAP, books=folder / "books")
        self.mishaps: list[str] = []
        self.desktop.crashes._keep = self.mishaps.append

    def open(self, book: Path, passphrase: str = PASSPHRASE) -> OpenBook:
        self.desktop.start(book, passphrase)
        self.until(lambda: self.desktop.work is not None)
        self.window.resize(*SIZE)
        self.rest()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        return self

    @property
    def window(self) -> MainWindow:
        assert self.desktop.work is not None
        return self.desktop.work.window

    @property
    def screen(self) -> QWidget:
        assert self.desktop.screen is not None
        return self.desktop.screen

    def go(self, place: str, target: object = None) -> None:
        self.window.go(place, target)
        self.rest()

    def press(self, *keys: int, held: Qt.KeyboardModifier = PLAIN) -> None:
        for key in keys:
            press(key, held)
            self.rest()

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=15_000)

    def rest(self) -> None:
        """Until the book's thread has nothing to do and the window has shown and laid out what came."""
        for _ in range(3):
            self.until(lambda: not self.desktop.runner.busy())
            QTest.qWait(5)
        assert self.mishaps == []

    def ask(self, action: Callable[[Desk], object]) -> object:
        """Look into the open book, on its own thread."""
        found: list[object] = []
        self.desktop.runner.run(action, found.append)
        self.rest()
        return found[0]

    def end(self) -> None:
        self.desktop.end()
        if self.desktop.screen is not None:
            self.desktop.screen.hide()
            self.desktop.screen.deleteLater()
        QApplication.processEvents()
