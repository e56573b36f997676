"""The pages of the desk in the real window over a real encrypted book, its clock told the day, driven by keys."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from cut_text import cut_text
from desk_maker import PASSPHRASE
from desk_maker import book_key_of
from desk_maker import make_desk
from pressing import CTRL
from pressing import PLAIN
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.actions.books import open_desk
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import SETTLE_MS
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.page import Page
from shg_desk.ui.pages import makers
from shg_desk.ui.pages import rail_of
from shg_desk.ui.runner import Runner
from shg_desk.ui.session import BookFacts
from shg_desk.ui.session import Session
from shg_desk.ui.settings import Settings

K = Qt.Key
DAY = date(2026, 11, 21)
"""A Saturday; every test's book believes it is today."""

P = TypeVar("P", bound=Page)


class PageDesk:
    """A person at the window; every step waits for the book's thread."""

    def __init__(self, qtbot: QtBot, folder: Path, fill: Callable[[Desk], object], lang: str = "en") -> None:
        self.qtbot = qtbot
        desk = make_desk(folder, day=DAY)
        self.made = fill(desk)
        desk.close()
        self.mishaps: list[object] = []
        self.runner: Runner[Desk] = Runner(lambda one: one.close(), self.mishaps.append, self.mishaps.append)
        book = folder / "desk.shgbook"
        opened: list[int] = []
        self.runner.open(lambda: open_desk(book, PASSPHRASE, clock=DemoClock(DAY)), lambda: opened.append(1))
        qtbot.waitUntil(lambda: bool(opened), timeout=15_000)
        facts = BookFacts(book, "Ырыс", "Айгүл", is_office=False, is_practice=False, currency="KGS", slot=1)
        self.session = Session(self.runner, Settings(folder / "config"), facts, book_key_of(book, PASSPHRASE))
        pages = makers(self.session)
        self.window = MainWindow(Words(lang), rail_of(office=False), pages)
        self.session.listen(self.window.tell)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 690)
        self.window.show()
        QTest.qWaitForWindowActive(self.window)

    def rest(self) -> None:
        """Until nothing is asked of the book any more, also by what waits for a pause in typing."""
        for _ in range(2):
            self.qtbot.waitUntil(self._is_quiet, timeout=15_000)
            QTest.qWait(10)
        assert self.mishaps == [], self.mishaps

    def _is_quiet(self) -> bool:
        if self.runner.busy():
            return False
        timers = self.window.findChildren(QTimer)
        return not any(one.isActive() and one.interval() == SETTLE_MS for one in timers)

    def go(self, place: str, kind: type[P], target: object = None) -> P:
        self.window.go(place, target)
        self.rest()
        return self.page(kind)

    def page(self, kind: type[P]) -> P:
        page = self.window.page()
        assert isinstance(page, kind), page
        return page

    def press(self, *keys: int | str, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Keys by their names; texts are typed."""
        for key in keys:
            if isinstance(key, str):
                write(key)
            else:
                press(key, held)
            self.rest()

    def find(self) -> None:
        """Ctrl+F."""
        press(K.Key_F, CTRL)
        self.rest()

    def ask(self, action: Callable[[Desk], object]) -> object:
        """Look into the open book, on its own thread."""
        found: list[object] = []
        self.runner.run(action, found.append)
        self.rest()
        return found[0]

    def focus(self) -> object:
        return QApplication.focusWidget()

    def fits_everywhere(self) -> None:
        """Nothing is cut in Kyrgyz, Russian and English made 40 % longer, at 100 and at 150 %, in the low window.

        The size that is there comes first and the other one stays: dressing every part anew is most of the work.
        """
        for percent in sorted((100, 150), key=lambda size: size != tokens.letter_size()):
            self.window.set_letter_size(percent)
            for lang in ("ky", "ru", STRETCHED):
                self.window.switch_language(lang)
                self.rest()
                for _ in range(40):  # a busy machine lays out later
                    cut = cut_text(self.window)
                    if not cut:
                        break
                    QTest.qWait(50)
                assert cut == [], (lang, percent, [str(one) for one in cut])
        self.window.switch_language("en")
        self.rest()

    def end(self) -> None:
        self.window.close()
        self.runner.stop()
        QApplication.processEvents()
