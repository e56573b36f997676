"""The desktop in a process of its own with somebody typing a meeting sheet in it; it tells what was acknowledged.

`python typing_desk.py BOOK KEY...` starts the program's own window on a book (its passphrase in the environment) and
presses the keys one after another: up to `|` each once the program has answered the one before, then as fast as hands
go. On stdout: `asked N`, `saved N` for each draft handed over and acknowledged (each
with what it held), `closing` before the last key, and `closed` once the program says the meeting is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from shg_desk.ui import app
from shg_desk.ui import meeting_wiring
from shg_desk.ui import theme
from shg_desk.ui.meeting_verbs import ClosedSheet

K = Qt.Key
NAMED = {"Enter": K.Key_Return, "Down": K.Key_Down, "F5": K.Key_F5, "F10": K.Key_F10, ".": K.Key_Period}
PAUSE_MS = 12
UNTIL_OPEN_MS = 50


def say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 - the parent reads it


class Told(meeting_wiring.BookVerbs):
    """The page's own verbs; what is handed over and what comes back is told."""

    asked = 0

    def keep(self, group: str, record: Mapping[str, Any], answer: Callable[[Any], None]) -> None:
        Told.asked += 1
        number = Told.asked
        say("asked", number, json.dumps(record, ensure_ascii=False, sort_keys=True))

        def saved(at: Any) -> None:
            answer(at)
            say("saved", number)

        super().keep(group, record, saved)

    def close(self, sheet: Any, answer: Callable[[ClosedSheet], None], on_problem: Any) -> None:
        def closed(result: ClosedSheet) -> None:
            answer(result)
            say("closed")

        super().close(sheet, closed, on_problem)


class Seen(app.Desktop):
    """The program's own desktop, known to whoever types in it."""

    one: Seen | None = None

    def __init__(self, *how: Any, **more: Any) -> None:
        super().__init__(*how, **more)
        Seen.one = self


class Typist:
    """Presses the next key a moment after the one before, on whichever window has the focus."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._timer = QTimer()
        self._timer.timeout.connect(self._next)
        self._timer.start(UNTIL_OPEN_MS)

    def _next(self) -> None:
        window = QGuiApplication.focusWindow()
        if window is None or not self._names or not window.title().endswith("· SHG Desk"):
            return  # the book is still being opened
        if "|" in self._names and (Seen.one is None or Seen.one.runner.busy()):
            return
        self._timer.setInterval(PAUSE_MS)
        name = self._names.pop(0)
        if name == "|":
            return
        if not self._names:
            say("closing")
        *held, key = name.split("+")
        modifiers = Qt.KeyboardModifier.ControlModifier if held else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(window, NAMED[key] if key in NAMED else K(ord(key)), modifiers)


def main(book: str, names: list[str]) -> int:
    theme.make_application(["shg-desk"])
    meeting_wiring.BookVerbs = Told  # type: ignore[misc]
    app.Desktop = Seen  # type: ignore[misc]
    typist = Typist(names)
    code = app.open_window(["--book", book, "--lang", "ru"])
    del typist
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
