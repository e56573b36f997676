"""Pictures of the real window: opens a book, goes through every place of the rail in some languages, and keeps each.

For the demo and for whoever wants to see a change; the window is grabbed as a person would see it at 1366x768.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.ui import theme
from shg_desk.ui.app import PASSPHRASE
from shg_desk.ui.app import Desktop
from shg_desk.ui.app import asked_for
from shg_desk.ui.settings import Settings

SIZE = QSize(1366, 768)
LOOK_AGAIN_MS = 60
STILL_MS = 240
GIVE_UP_MS = 60_000


class _Photographer:
    """Goes from page to page once the book thread is idle and the page has stood still, and keeps a picture of each."""

    def __init__(self, desktop: Desktop, folder: Path, langs: Sequence[str]) -> None:
        self.desktop, self.folder, self.langs = desktop, folder, list(langs)
        self.todo: list[tuple[str, str]] = []
        self.taken: list[Path] = []
        self.still_ms = self.waited_ms = 0
        self.timer = QTimer(desktop)
        self.timer.setInterval(LOOK_AGAIN_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _look(self) -> None:
        self.waited_ms += LOOK_AGAIN_MS
        if self.waited_ms > GIVE_UP_MS:
            self.desktop.runner.stop()
            QApplication.exit(1)
        busy = self.desktop.work is None or self.desktop.runner.busy()
        self.still_ms = 0 if busy else self.still_ms + LOOK_AGAIN_MS
        if self.still_ms >= STILL_MS:
            self.still_ms = 0
            self._next()

    def _next(self) -> None:
        work = self.desktop.work
        assert work is not None
        window = work.window
        if not self.taken and not self.todo:
            window.resize(SIZE)
            self.todo = [(lang, place) for lang in self.langs for place in work.place_keys]
            self._go(*self.todo[0])
            return
        lang, place = self.todo.pop(0)
        file = self.folder / f"{lang}-{len(self.taken) % len(work.place_keys) + 1:02d}-{place}.png"
        window.grab().save(str(file))
        self.taken.append(file)
        if self.todo:
            self._go(*self.todo[0])
        else:
            self.timer.stop()
            QApplication.exit(0)

    def _go(self, lang: str, place: str) -> None:
        work = self.desktop.work
        assert work is not None
        if work.window.words.lang != lang:
            work.window.switch_language(lang)
        work.window.go(place)


def take_pictures(arguments: Sequence[str]) -> int:
    """`--book PATH --pictures DIR [--lang ky,ru]`: pictures of every page; the user's own settings are not touched."""
    book, named = asked_for(arguments)
    langs = [lang for lang in named.split(",") if lang in LANGUAGES] or ["ky", "ru"]
    folder = Path(arguments[list(arguments).index("--pictures") + 1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as own:
        application = theme.make_application(["shg-desk"])
        desktop = Desktop(Words(langs[0]), Settings(Path(own)))
        desktop.crashes.install()
        desktop.start(book, os.environ.pop(PASSPHRASE, ""))
        photographer = _Photographer(desktop, folder, langs)
        code = application.exec()
        desktop.end()
    return code if photographer.taken else 1
