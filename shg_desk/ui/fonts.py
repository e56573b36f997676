"""Fira Sans from its wheel, with figures of equal width: fonts are made once for each size and weight and kept."""

from __future__ import annotations

from functools import lru_cache

import fontpkg_fira_sans
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontDatabase
from PySide6.QtGui import QFontMetrics

from shg_desk.domain.problems import BugError
from shg_desk.ui import tokens

FAMILY = "Fira Sans"

STYLES = {tokens.REGULAR: "Regular", tokens.MEDIUM: "Medium", tokens.SEMIBOLD: "SemiBold"}
"""The files of the weights; the wheel is asked for its folder only: its register of families is slow to read."""


@lru_cache(maxsize=1)
def load() -> str:
    """Register the three weights with Qt and give the family's name. Raises BugError when the wheel's files fail."""
    for weight in tokens.WEIGHTS:
        path = str(fontpkg_fira_sans.ROOT / "files" / f"FiraSans-{STYLES[weight]}.ttf")
        if QFontDatabase.addApplicationFont(path) < 0:
            raise BugError(f"font does not load: {path}")
    return FAMILY


@lru_cache(maxsize=64)
def _made(pixels: int, weight: int, strike: bool, underline: bool) -> QFont:
    font = QFont(load())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    font.setStrikeOut(strike)
    font.setUnderline(underline)
    return font


def font(
    size: int = tokens.BODY, weight: int = tokens.REGULAR, *, strike: bool = False, underline: bool = False
) -> QFont:
    """The kept font of a size (pixels at 100 %, scaled here) and weight (400, 500, 600)."""
    return _made(tokens.px(size), weight, strike, underline)


@lru_cache(maxsize=64)
def _metrics(pixels: int, weight: int) -> QFontMetrics:
    return QFontMetrics(_made(pixels, weight, strike=False, underline=False))


def metrics(size: int = tokens.BODY, weight: int = tokens.REGULAR) -> QFontMetrics:
    """Measures of the same font; kept like the font itself."""
    return _metrics(tokens.px(size), weight)


def text_width(text: str, size: int = tokens.BODY, weight: int = tokens.REGULAR) -> int:
    """Pixels of the screen that a line of text takes."""
    return metrics(size, weight).horizontalAdvance(text)
