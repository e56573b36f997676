"""The desk's own line icons: drawn from `resources/icons`, in one colour, kept by size, colour and screen density."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray
from PySide6.QtCore import QPointF
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPixmap
from PySide6.QtSvg import QSvgRenderer

from shg_desk.domain.problems import BugError
from shg_desk.shipped import shipped
from shg_desk.ui import tokens


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    path = shipped("resources") / "icons" / f"{name}.svg"
    if not path.is_file():
        raise BugError(f"no icon {name}")
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _rendered(name: str, pixels: int, colour: str, density: float) -> QPixmap:
    svg = _drawing(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    side = int(pixels * density + 0.5)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


def pixmap(name: str, size: int = 20, colour: str = tokens.INK2, density: float | None = None) -> QPixmap:
    """The icon as a kept picture; `size` in pixels at 100 %. Raises BugError for a name without a drawing."""
    if density is None:
        screen = QGuiApplication.primaryScreen()
        density = screen.devicePixelRatio() if screen else 1.0
    return _rendered(name, tokens.px(size), colour, density)


def draw(painter: QPainter, name: str, left: float, middle: float, size: int = 20, colour: str = tokens.INK2) -> None:
    """Paint the icon with its left edge at `left` and its centre line at `middle`."""
    device = painter.device()
    picture = pixmap(name, size, colour, device.devicePixelRatioF() if device is not None else None)
    painter.drawPixmap(QPointF(round(left), round(middle - tokens.px(size) / 2)), picture)
