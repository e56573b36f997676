"""Letters and drawings are really there: a missing font or icon fails here, not as a box on somebody's screen."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from shg_desk.domain.problems import BugError
from shg_desk.shipped import shipped
from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts.card import TONE_ICONS
from shg_desk.ui.parts.cells import ATTENDANCE_ICONS
from shg_desk.ui.parts.letter_bar import ALL
from shg_desk.ui.parts.paint import ARROWS

ALPHABET = (
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    "ҢӨҮңөү"
    "ҒӢҚӮҲҶғӣқӯҳҷ"
    "Ўў"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    "\u02bb\u2018\u2019«»„“–—−×÷·№%§/+=≠→←↑↓\u00a00123456789.,:;!?()[]"
)
"""Every letter and sign the desk writes. Not in Fira Sans: tick, tab arrow, U+202F, som sign; we draw or avoid them."""
SIZES = (
    *(tokens.SMALL, tokens.HINT, tokens.GRID, tokens.BODY, tokens.SECTION, tokens.CARD_TITLE),
    *(tokens.TITLE, tokens.QUESTION, tokens.FIGURE, tokens.COUNTER),
)
ICONS = sorted(path.stem for path in (shipped("resources") / "icons").glob("*.svg"))


def test_the_application_speaks_fira_sans(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Fira Sans"


@pytest.mark.parametrize("weight", tokens.WEIGHTS)
def test_every_letter_of_every_language_is_drawn(weight: int) -> None:
    font = fonts.font(tokens.BODY, weight)
    info = QFontInfo(font)
    assert (info.family(), info.weight()) == ("Fira Sans", weight)
    raw = QRawFont.fromFont(font)
    missing = [letter for letter in ALPHABET + ALL + ALL.upper() if not raw.supportsCharacter(ord(letter))]
    assert missing == []


def test_signs_known_to_be_missing_are_not_in_the_alphabet() -> None:
    raw = QRawFont.fromFont(fonts.font())
    absent = [sign for sign in "✓⇥\u202f\u20c0" if not raw.supportsCharacter(ord(sign))]
    assert absent
    assert not set(absent) & set(ALPHABET)


@pytest.mark.parametrize("size", SIZES)
def test_figures_are_of_equal_width(size: int) -> None:
    for weight in tokens.WEIGHTS:
        widths = {fonts.text_width(digit * 10, size, weight) for digit in "0123456789"}
        assert len(widths) == 1, (size, weight)


def test_fonts_are_kept() -> None:
    assert fonts.font(15, 500) is fonts.font(15, 500)
    assert fonts.metrics(15, 500) is fonts.metrics(15, 500)
    assert isinstance(fonts.metrics(), QFontMetrics)


def test_letters_grow_with_the_letter_size() -> None:
    before = fonts.font(tokens.BODY).pixelSize()
    tokens.set_letter_size(150)
    assert fonts.font(tokens.BODY).pixelSize() == before * 1.5


def test_the_icons_are_those_the_program_names() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in Path(icons.__file__).parents[1].rglob("*.py"))
    assert [name for name in ICONS if f'"{name}"' not in written] == []


@pytest.mark.parametrize("name", ICONS)
def test_icon_is_a_drawing_of_one_colour_on_the_grid(name: str) -> None:
    text = (shipped("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke-width") == "1.9"
    assert root.get("stroke-linecap") == "round"
    colours = {e.get(a) for e in root.iter() for a in ("fill", "stroke")} - {None, "none", "currentColor"}
    assert colours <= {"#FFFFFF"}
    image = icons.pixmap(name, 24, tokens.RED, 1.0).toImage()
    red = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200 and image.pixelColor(x, y).red() > image.pixelColor(x, y).blue() + 60
    ]
    assert len(red) > 12


def test_icons_follow_size_and_density() -> None:
    assert icons.pixmap("house", 20, tokens.INK, 2.0).width() == 40
    tokens.set_letter_size(150)
    assert icons.pixmap("house", 20, tokens.INK, 1.0).width() == 30


def test_every_icon_the_parts_name_exists() -> None:
    named = {icon for icon, _ in ATTENDANCE_ICONS.values()} | set(ARROWS.values())
    named |= {icon for icon in TONE_ICONS.values() if icon}
    assert named <= set(ICONS)
    assert len({icon for icon, _ in ATTENDANCE_ICONS.values()}) == len(ATTENDANCE_ICONS)


def test_an_icon_without_drawing_is_a_bug() -> None:
    with pytest.raises(BugError, match="unicorn"):
        icons.pixmap("unicorn")
