"""The look in figures: every colour, type size and space of the desktop, and the one function that scales pixels.

Contrast ratios stand in the tests, which compute them by the formula of WCAG 2.2.
"""

from __future__ import annotations

from typing import Final

# text
INK: Final = "#13201F"
INK2: Final = "#43504D"
INK3: Final = "#56625E"
WHITE: Final = "#FFFFFF"

# sheets and tables
SURFACE: Final = "#FFFFFF"
CANVAS: Final = "#F2F5F2"
SUNKEN: Final = "#E8EDE9"
BORDER: Final = "#6B7772"
LINE: Final = "#CDD5CF"
HAIR: Final = "#E6EBE7"
COLLINE: Final = "#9DA9A3"
DISABLED: Final = "#5C6763"

# meanings, each with its tint
LAKE: Final = "#0B5967"
LAKE50: Final = "#E4F1F2"
SAFFRON: Final = "#FFC533"
SAFFRON50: Final = "#FFF5D1"
RED: Final = "#A3221B"
RED50: Final = "#FBE9E6"
AMBER: Final = "#6F4300"
AMBERMARK: Final = "#B26A00"
AMBER50: Final = "#FFF0CC"
GREEN: Final = "#1A6235"
GREEN50: Final = "#E2F1E6"

# groups, by which their sheets and pages are told apart beside the name; none of them means anything by itself
NAVY: Final = "#27407A"
SAND: Final = "#94896B"
ROSE: Final = "#C05A94"
SKY: Final = "#3E8FC4"
STONE: Final = "#6F6A66"
VIOLET: Final = "#7B4FA8"
GROUP_COLOURS: Final = (NAVY, SAND, ROSE, SKY, STONE, VIOLET)

# the rail of the desk, of the office, of the practice book
RAIL: Final = "#0F3139"
RAILSEL: Final = "#1E525D"
RAILTEXT: Final = "#E4EFEF"
RAILMUTE: Final = "#A9C4C6"
PLUM: Final = "#2E2448"
PLUMSEL: Final = "#4B3D72"
PLUM7: Final = "#54408C"
OCHRE: Final = "#7A4E00"
OCHRESEL: Final = "#5C3A00"
OCHREHATCH: Final = "#6B4400"

# type, in pixels at 100 %
SMALL: Final = 13
HINT: Final = 14
GRID: Final = 15
BODY: Final = 16
SECTION: Final = 18
CARD_TITLE: Final = 20
TITLE: Final = 24
QUESTION: Final = 26
FIGURE: Final = 28
COUNTER: Final = 36

REGULAR: Final = 400
MEDIUM: Final = 500
SEMIBOLD: Final = 600
WEIGHTS: Final = (REGULAR, MEDIUM, SEMIBOLD)

# shape, in pixels at 100 %
SHEET_MARGIN: Final = 16
RADIUS_TABLE: Final = 4
RADIUS_FIELD: Final = 6
RADIUS_CARD: Final = 8
BODY_MAX: Final = 1440
RAIL_WIDTH: Final = 176
RAIL_WIDTH_OFFICE: Final = 200
RAIL_WIDTH_COLLAPSED: Final = 60
BUTTON_HEIGHT: Final = 38
BUTTON_HEIGHT_ALONE: Final = 44
STATE_WIDTH: Final = 34

LETTER_SIZES: Final = (100, 125, 150)
COLLAPSE_FROM: Final = 125
"""From this letter size on the rail shows icons only and side columns become lines under the table."""

_percent = 100


def set_letter_size(percent: int) -> None:
    """Choose 100, 125 or 150 %. Widgets that stand already follow when `parts.boxes.restyle` walks over them."""
    global _percent  # noqa: PLW0603 - one desk has one letter size; every painter asks for it
    if percent not in LETTER_SIZES:
        raise ValueError(percent)
    _percent = percent


def letter_size() -> int:
    """The letter size in force, in percent."""
    return _percent


def large() -> bool:
    """True from 125 % on: collapsed rail, one column, one question a screen."""
    return _percent >= COLLAPSE_FROM


def px(pixels: float) -> int:
    """Pixels of the drawings (100 %) in pixels of the screen at the letter size in force."""
    return int(pixels * _percent / 100 + 0.5)
