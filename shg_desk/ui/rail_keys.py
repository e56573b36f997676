"""The keys of the rail's places by their numbers: Ctrl with a digit, and from the tenth on with Shift as well."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.ui import keys

WITH_ONE_DIGIT = 9


def caps(number: int) -> tuple[str, ...]:
    """What is pressed for a place, as keycaps say it; 0 is the one at the foot."""
    return ("Ctrl", str(number)) if number <= WITH_ONE_DIGIT else ("Ctrl", "Shift", str(number - WITH_ONE_DIGIT))


def number(event: QKeyEvent) -> int | None:
    """Which place a key asks for; None for a key that asks for none."""
    held, digit = keys.held(event), keys.digit(event)
    if not digit or not held & Qt.KeyboardModifier.ControlModifier:
        return None
    if held == Qt.KeyboardModifier.ControlModifier:
        return int(digit)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return WITH_ONE_DIGIT + int(digit) if held == both and digit != "0" else None
