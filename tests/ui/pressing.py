"""Presses keys as a keyboard does. Never QTest's keyClicks with Cyrillic: it ends the interpreter."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QEvent
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(key: int, held: Qt.KeyboardModifier = PLAIN, text: str = "", target: QWidget | None = None) -> None:
    """One key down and up, at what has the focus unless a widget is named."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        where = target or QApplication.focusWidget()
        assert where is not None, "nothing has the focus"
        QCoreApplication.sendEvent(where, QKeyEvent(kind, key, held, text))
    QApplication.processEvents()


def write(text: str, target: QWidget | None = None) -> None:
    """Type a text, letter by letter, in any alphabet."""
    for letter in text:
        press(0, PLAIN, letter, target)
