"""A window on a full book that goes from view to view: each is judged, and kept as a picture on a contact sheet."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from pathlib import Path

from full_books import DAY
from full_books import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from seen_faults import Fault
from seen_faults import faults

from shg_desk.actions.books import open_desk
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.i18n.catalog import Words
from shg_desk.ui.app import read_facts
from shg_desk.ui.desk_page import SETTLE_MS
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.page import Page
from shg_desk.ui.runner import Runner
from shg_desk.ui.session import Session
from shg_desk.ui.settings import Settings
from shg_desk.ui.workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "contact-sheet"
SIZE = (1366, 768)
TILE = (683, 384)
CAPTION = 22
WHOLE_PICTURES = "SHG_CONTACT_PICTURES"
"""With this in the environment every view is kept at its full size too."""
ACROSS = 4
PATIENCE_MS = 240_000


@dataclass
class Finding:
    """A fault and the view it was seen in."""

    view: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.view}: {self.fault}"


@dataclass
class Camera:
    """Judges and keeps what is in sight; joins the pictures of one filling and language to one sheet."""

    filling: str
    lang: str
    found: list[Finding] = field(default_factory=list)
    tiles: list[tuple[str, QImage]] = field(default_factory=list)

    def take(self, view: str, window: QWidget) -> None:
        """Judge the window; one that is still being laid out gets a moment more."""
        found = faults(window, self.lang)
        for _ in range(5):
            if not found:
                break
            QTest.qWait(30)
            found = faults(window, self.lang)
        self.found += [Finding(f"{self.filling} {self.lang} {view}", one) for one in found]
        picture = window.grab().toImage()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self.tiles.append((view, picture.scaled(*TILE, keep, smooth)))
        if WHOLE_PICTURES in os.environ:
            folder = FOLDER / f"{self.lang} {self.filling}"
            folder.mkdir(parents=True, exist_ok=True)
            picture.save(str(folder / f"{len(self.tiles):03d} {view}.png"))

    def sheet(self) -> Path:
        """All pictures side by side, each under its name."""
        down = -(-len(self.tiles) // ACROSS)
        sheet = QImage(ACROSS * TILE[0], down * (TILE[1] + CAPTION), QImage.Format.Format_RGB32)
        sheet.fill(QColor("white"))
        painter = QPainter(sheet)
        for at, (view, picture) in enumerate(self.tiles):
            left, top = at % ACROSS * TILE[0], at // ACROSS * (TILE[1] + CAPTION)
            painter.drawText(left + 6, top + 16, f"{at + 1}  {view}")
            painter.drawImage(left + 2, top + CAPTION, picture)
        painter.end()
        FOLDER.mkdir(parents=True, exist_ok=True)
        out = FOLDER / f"{self.lang} {self.filling}.png"
        sheet.save(str(out))
        return out


class Window:
    """The real window of an open book; its clock believes it is the day of the books."""

    def __init__(self, qtbot: QtBot, book: Path, lang: str, passphrase: str = PASSPHRASE, day: date = DAY) -> None:
        self.qtbot = qtbot
        self._own = tempfile.TemporaryDirectory()
        self.mishaps: list[object] = []
        self.told: list[object] = []
        self.runner: Runner[Desk] = Runner(lambda one: one.close(), self.mishaps.append, self.told.append)
        facts: list[tuple[object, bytes]] = []
        self.runner.open(lambda: open_desk(book, passphrase, clock=DemoClock(day)), lambda: None)
        self.runner.run(read_facts, facts.append)
        self.until(lambda: bool(facts))
        known, key = facts[0]
        self.session = Session(self.runner, Settings(Path(self._own.name)), known, key)  # type: ignore[arg-type]
        self.work = Workplace(Words(lang), self.session)
        self.window: MainWindow = self.work.window
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.work.begin()
        self.rest()

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=PATIENCE_MS)

    def rest(self) -> None:
        """Until nothing is asked of the book and nothing waits for a pause in typing; then it is laid out."""
        for _ in range(2):
            self.until(self._is_quiet)
            QTest.qWait(3)
        assert self.mishaps == [], self.mishaps

    def _is_quiet(self) -> bool:
        if self.runner.busy():  # asked a thousand times; the timers are looked for only when the book rests
            return False
        timers = self.window.findChildren(QTimer)
        return not any(one.isActive() and one.interval() == SETTLE_MS for one in timers)

    def go(self, place: str, target: object = None) -> Page:
        self.window.go(place, target)
        self.rest()
        return self.window.page()

    def ask(self, action: Callable[[Desk], object]) -> object:
        """Look into the open book, on its own thread."""
        found: list[object] = []
        self.runner.run(action, found.append)
        self.until(lambda: bool(found or self.mishaps))
        assert self.mishaps == [], self.mishaps
        return found[0]

    def end(self) -> None:
        self.window.close()
        self.runner.stop()
        self.window.deleteLater()
        QApplication.processEvents()
        self._own.cleanup()
