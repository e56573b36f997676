"""Brush strokes shared by the painted parts: boxes, keycaps, state bars, the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

KEYCAP_HEIGHT = 22
RING = 3
"""Width of the saffron glow around what has the focus, in pixels at 100 %."""

ARROWS = {"↑": "arrow_up", "↓": "arrow_down", "←": "arrow_left", "→": "arrow_right"}
LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: str | None = tokens.SURFACE,
    line: str | None = tokens.LINE,
    radius: float = tokens.RADIUS_CARD,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A box with round corners, its line drawn wholly inside `rect`; `radius` at 100 %, `width` in screen pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(colour(line), width)
        if dashed:
            pen.setDashPattern([2.6, 2.0])
        painter.setPen(pen)
        rect = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(colour(fill) if fill is not None else QColor(0, 0, 0, 0))
    painter.drawRoundedRect(rect, px(radius), px(radius))
    painter.restore()


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    *,
    size: int = tokens.BODY,
    weight: int = tokens.REGULAR,
    ink: str = tokens.INK,
    align: Qt.AlignmentFlag = LEFT_MIDDLE,
    strike: bool = False,
    underline: bool = False,
) -> None:
    """One line of text; it is never shortened here, the place has been measured for it."""
    painter.setFont(fonts.font(size, weight, strike=strike, underline=underline))
    painter.setPen(colour(ink))
    painter.drawText(rect, int(align) | int(Qt.TextFlag.TextDontClip) | int(Qt.TextFlag.TextSingleLine), words)


def keycap_width(key: str) -> int:
    """Screen pixels a keycap takes."""
    if key in ARROWS:
        return px(22)
    return max(px(20), fonts.text_width(key, tokens.SMALL, tokens.MEDIUM) + px(10))


def keycap(
    painter: QPainter, left: float, middle: float, key: str, *, ink: str = tokens.INK2, fill: str | None, line: str
) -> int:
    """Draw a key as it stands on the keyboard; gives the width used. Arrows are drawn, the font's are too thin."""
    width = keycap_width(key)
    height = px(KEYCAP_HEIGHT)
    rect = QRectF(left, round(middle - height / 2), width, height)
    box(painter, rect, fill=fill, line=line, radius=4, width=max(1.0, px(10) / 10))
    if key in ARROWS:
        icons.draw(painter, ARROWS[key], left + (width - px(14)) / 2, rect.center().y(), 14, ink)
    else:
        text(painter, rect, key, size=tokens.SMALL, weight=tokens.MEDIUM, ink=ink, align=CENTRE)
    return width


def keys_width(keys: tuple[str, ...]) -> int:
    """Screen pixels of a row of keycaps with their gaps."""
    return sum(keycap_width(key) for key in keys) + px(5) * max(0, len(keys) - 1)


STATE_INK = {0: tokens.INK3, 1: tokens.INK2, 2: tokens.AMBERMARK, 3: tokens.LAKE, 4: tokens.GREEN}


def state_bars(painter: QPainter, left: float, middle: float, state: int, *, of: int = 4) -> int:
    """Small bars, `state` of them filled; gives the width used. The number of filled bars speaks, colour comes last."""
    bar, gap, height = px(6), px(3), px(13)
    ink = STATE_INK[state if of == 4 else state * 2]
    top = round(middle - height / 2)
    for i in range(of):
        rect = QRectF(left + i * (bar + gap), top, bar, height)
        filled = i < state
        box(painter, rect, fill=ink if filled else tokens.SURFACE, line=ink if filled else tokens.BORDER, radius=2)
    return of * (bar + gap) - gap


def focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The one look of focus: 2 px ink on the edge of `rect`, 3 px saffron around it."""
    ring, ink = px(RING), px(2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(tokens.SAFFRON), ring + 1))
    outer = rect.adjusted(-ring / 2 + 0.5, -ring / 2 + 0.5, ring / 2 - 0.5, ring / 2 - 0.5)
    painter.drawRoundedRect(outer, px(radius) + ring / 2, px(radius) + ring / 2)
    painter.setPen(QPen(colour(tokens.INK), ink))
    painter.drawRoundedRect(rect.adjusted(ink / 2, ink / 2, -ink / 2, -ink / 2), px(radius), px(radius))
    painter.restore()
