"""Keys by their place on the keyboard: a letter command works in every layout, a digit with or without Shift."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QTextEdit
from PySide6.QtWidgets import QWidget

_CYRILLIC = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ"
_LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM"
_PLACES = dict(zip(_CYRILLIC, _LATIN, strict=True)) | {"Ү": "E", "Ө": "O", "Ң": "N", "Ў": "O", "Қ": "R", "Ҳ": "X"}
"""Letters of the Russian layout by the Latin letter on the same key; our own letters share a key with AltGr."""

_SHIFTED = {c: d for d, c in zip("123456789", "!@#$%^&*(", strict=True)} | dict(zip('"№;:?', "23467", strict=True))
"""Digits as Shift writes them in the Latin and the Russian layout (the percent sign is 5 in both)."""

_SCAN_OF_ONE = {"windows": 0x02, "xcb": 10, "wayland": 10}


def letter(event: QKeyEvent) -> str:
    """The Latin letter on the pressed key whatever the layout; empty for other keys."""
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key)
    if 0x400 <= key <= 0x4FF:
        return _PLACES.get(chr(key).upper(), "")
    return ""


def digit(event: QKeyEvent) -> str:
    """The digit on the pressed key, also with Shift in another layout; empty for other keys."""
    key = event.key()
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    first = _SCAN_OF_ONE.get(QGuiApplication.platformName())
    scan = event.nativeScanCode()
    if first is not None and first <= scan < first + 9:
        return str(scan - first + 1)
    sign = chr(key) if 0 < key < 0x10000 else ""
    return _SHIFTED.get(sign, "") if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else ""


def held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers that matter; the number pad is no modifier."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def is_ctrl(event: QKeyEvent, at: str, *, shift: bool = False) -> bool:
    """True for Ctrl (and Shift, if asked) with the letter at that place."""
    wanted = Qt.KeyboardModifier.ControlModifier
    if shift:
        wanted |= Qt.KeyboardModifier.ShiftModifier
    return held(event) == wanted and letter(event) == at


def is_plain(event: QKeyEvent, key: Qt.Key) -> bool:
    """True for the key with no modifier held."""
    return held(event) == Qt.KeyboardModifier.NoModifier and event.key() == key


def is_alt(event: QKeyEvent, key: Qt.Key) -> bool:
    """True for Alt and the key."""
    return held(event) == Qt.KeyboardModifier.AltModifier and event.key() == key


PLACES_WITH_ONE_DIGIT = 9


def place_caps(number: int) -> tuple[str, ...]:
    """What is pressed for a place of the rail: Ctrl with its digit, from the tenth on with Shift; 0 is at the foot."""
    beyond = number - PLACES_WITH_ONE_DIGIT
    return ("Ctrl", str(number)) if beyond <= 0 else ("Ctrl", "Shift", str(beyond))


def place_number(event: QKeyEvent) -> int | None:
    """Which place of the rail a key asks for; None for a key that asks for none."""
    pressed_digit, ctrl = digit(event), Qt.KeyboardModifier.ControlModifier
    if pressed_digit and held(event) == ctrl:
        return int(pressed_digit)
    shifted = held(event) == ctrl | Qt.KeyboardModifier.ShiftModifier
    return PLACES_WITH_ONE_DIGIT + int(pressed_digit) if shifted and pressed_digit not in ("", "0") else None


_ONCE = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Insert} | {
    Qt.Key(Qt.Key.Key_F1 + at) for at in range(12)
}
_ONCE_OUTSIDE_TEXT = {Qt.Key.Key_Delete, Qt.Key.Key_Space}


def acts_once(event: QKeyEvent) -> bool:
    """True for a key that opens, writes or leaves something: held down it is pressed once.

    Keys that move or type repeat as ever, and so do Space and Del in a text.
    """
    if event.key() in _ONCE or is_ctrl(event, "P"):
        return True
    text = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit | QTextEdit)
    return event.key() in _ONCE_OUTSIDE_TEXT and not text


class OnceHeld(QObject):
    """Lets no repeated press of a key that acts once into a window, whatever part of it has the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            handle = self._window.windowHandle()
            if event.type() is QEvent.Type.Show and handle is not None:
                handle.installEventFilter(self)
            return False
        return isinstance(event, QKeyEvent) and event.isAutoRepeat() and acts_once(event)


_NAMES = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Space": Qt.Key.Key_Space,
    "Tab": Qt.Key.Key_Tab,
    "Ins": Qt.Key.Key_Insert,
    "Del": Qt.Key.Key_Delete,
    "↑": Qt.Key.Key_Up,
    "↓": Qt.Key.Key_Down,
    "←": Qt.Key.Key_Left,
    "→": Qt.Key.Key_Right,
    "/": Qt.Key.Key_Slash,
    "+": Qt.Key.Key_Plus,
    "−": Qt.Key.Key_Minus,
}
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


def pressed(names: tuple[str, ...]) -> QKeyEvent | None:
    """The key press that keycaps stand for (`("Ctrl", "F")`); None for a range such as `1-5`, or arrows in a row."""
    modifiers = Qt.KeyboardModifier.NoModifier
    key: Qt.Key | None = None
    for name in names:
        if name in _HELD:
            modifiers |= _HELD[name]
        elif key is not None:
            return None
        elif name in _NAMES:
            key = _NAMES[name]
        elif len(name) == 1 and (name.isascii() and name.isalnum()):
            key = Qt.Key(ord(name.upper()))
        elif name[0] == "F" and name[1:].isdigit():
            key = Qt.Key(Qt.Key.Key_F1 + int(name[1:]) - 1)
        else:
            return None
    return None if key is None else QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
