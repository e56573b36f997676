"""Keys by their place: the same hand movement means the same in every layout."""

from __future__ import annotations

import pytest
from pressing import ALT
from pressing import CTRL
from pressing import PLAIN
from pressing import SHIFT
from PySide6.QtCore import QEvent
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.ui import keys


def event(key: int, held: Qt.KeyboardModifier = PLAIN) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held)


# The standard ЙЦУКЕН keyboard over QWERTY, as printed on the keys.
PRINTED = ["QЙ", "WЦ", "EУ", "RК", "TЕ", "YН", "UГ", "IШ", "OЩ", "PЗ", "AФ", "SЫ", "DВ", "FА", "GП", "HР", "JО", "KЛ"]
PRINTED += ["LД", "ZЯ", "XЧ", "CС", "VМ", "BИ", "NТ", "MЬ"]


@pytest.mark.parametrize("pair", PRINTED)
def test_letter_of_a_key_is_the_one_printed_beside_it(pair: str) -> None:
    latin, cyrillic = pair
    assert keys.letter(event(ord(latin))) == latin
    assert keys.letter(event(ord(cyrillic))) == latin


def test_other_keys_are_no_letters() -> None:
    assert keys.letter(event(Qt.Key.Key_F1)) == ""
    assert keys.letter(event(Qt.Key.Key_5)) == ""


@pytest.mark.parametrize(("sign", "digit"), [*zip("!@#$%^&*(", "123456789", strict=True), ('"', "2"), ("№", "3")])
def test_shifted_signs_are_their_digits(sign: str, digit: str) -> None:
    assert keys.digit(event(ord(sign), SHIFT | ALT)) == digit
    assert keys.digit(event(ord(sign))) == ""


def test_ctrl_with_a_letter_wants_nothing_else_held() -> None:
    assert keys.is_ctrl(event(Qt.Key.Key_F, CTRL), "F")
    assert not keys.is_ctrl(event(Qt.Key.Key_F, CTRL | SHIFT), "F")
    assert not keys.is_ctrl(event(Qt.Key.Key_F), "F")


@pytest.mark.parametrize(
    ("names", "key", "held"),
    [
        (("Enter",), Qt.Key.Key_Return, PLAIN),
        (("Ctrl", "F"), Qt.Key.Key_F, CTRL),
        (("F10",), Qt.Key.Key_F10, PLAIN),
        (("Ctrl", "Shift", "L"), Qt.Key.Key_L, CTRL | SHIFT),
        (("Ins",), Qt.Key.Key_Insert, PLAIN),
    ],
)
def test_keycaps_stand_for_key_presses(names: tuple[str, ...], key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    pressed = keys.pressed(names)
    assert pressed is not None
    assert (pressed.key(), pressed.modifiers()) == (key, held)


@pytest.mark.parametrize("names", [("1–5",), ("↑", "↓"), ("Alt", "1–5")])
def test_ranges_stand_for_no_single_press(names: tuple[str, ...]) -> None:
    assert keys.pressed(names) is None
