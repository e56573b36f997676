"""A choice of a question: number on a keycap, words, a second line; the chosen one is outlined, filled and ticked."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QSizePolicy

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.tokens import px

_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class Choice(QAbstractButton):
    """One answer. `key` is what chooses it (the page takes the digit), `below` a second line, `several` a tick box."""

    def __init__(self, key: str, words: str, below: str = "", *, several: bool = False) -> None:
        super().__init__()
        self._key, self._below = key, below
        self.setText(words)
        self.setCheckable(True)
        self.setAutoExclusive(not several)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{key}. {words}")
        self.setAccessibleDescription(below)
        wants_ring(self, tokens.RADIUS_FIELD)
        self.restyle()

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        self.setFont(fonts.font(self._size()))
        self.setMinimumHeight(px(52 if self._below else 48))
        self.updateGeometry()

    def set_words(self, words: str, below: str = "") -> None:
        """Other words, in another language; the look (one line or two) stays as made."""
        self.setText(words)
        self._below = below
        self.setAccessibleName(f"{self._key}. {words}")
        self.setAccessibleDescription(below)
        self.restyle()
        self.update()

    def _size(self) -> int:
        return tokens.BODY if self._below else tokens.SECTION

    def _words_rect(self, width: int) -> QRectF:
        return QRectF(px(46 if self._below else 56), px(6), width - px(46 if self._below else 56) - px(44), 10_000)

    def heightForWidth(self, width: int) -> int:
        """The height its words need at a width."""
        room = int(self._words_rect(width).width())
        weight = tokens.SEMIBOLD
        high = fonts.metrics(self._size(), weight).boundingRect(0, 0, room, 10_000, _WRAP, self.text()).height()
        if self._below:
            high += fonts.metrics(tokens.GRID).boundingRect(0, 0, room, 10_000, _WRAP, self._below).height()
        return max(self.minimumHeight(), high + px(14))

    def sizeHint(self) -> QSize:
        """Wide enough for one line of words."""
        wide = max(
            fonts.text_width(self.text(), self._size(), tokens.SEMIBOLD), fonts.text_width(self._below, tokens.GRID)
        )
        return QSize(wide + px(100), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """May be narrow; words then break into lines."""
        return QSize(px(160), self.heightForWidth(max(self.width(), px(160))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # Enter goes on with the page; Space chooses
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        tint = tokens.SAFFRON50 if on and self._below else tokens.SURFACE
        line = tokens.INK if on else tokens.BORDER
        paint.box(painter, rect, fill=tint, line=line, radius=tokens.RADIUS_FIELD, width=px(2) if on else 1)
        side = px(22 if self._below else 26)
        cap = QRectF(px(12), round((rect.height() - side) / 2), side, side)
        paint.box(painter, cap, fill=tokens.INK if on else None, line=tokens.INK if on else tokens.BORDER, radius=4)
        ink = tokens.WHITE if on else tokens.INK2
        paint.text(painter, cap, self._key, size=tokens.GRID, weight=tokens.MEDIUM, ink=ink, align=paint.CENTRE)
        self._paint_words(painter, on)
        if on:
            icons.draw(painter, "tick", rect.right() - px(36), rect.center().y(), 22, tokens.INK)

    def _paint_words(self, painter: QPainter, on: bool) -> None:
        weight = tokens.SEMIBOLD if on or self._below else tokens.REGULAR
        room = self._words_rect(self.width())
        painter.setPen(tokens.INK if self.isEnabled() else tokens.DISABLED)
        painter.setFont(fonts.font(self._size(), weight))
        if not self._below:
            room.setTop(0)
            room.setHeight(self.height())
            painter.drawText(room, _WRAP, self.text())
            return
        measure = fonts.metrics(self._size(), weight)
        high = measure.boundingRect(0, 0, int(room.width()), 10_000, _WRAP, self.text()).height()
        low = fonts.metrics(tokens.GRID).boundingRect(0, 0, int(room.width()), 10_000, _WRAP, self._below).height()
        top = (self.height() - high - low) / 2
        painter.drawText(QRectF(room.left(), top, room.width(), high), _WRAP, self.text())
        painter.setFont(fonts.font(tokens.GRID))
        painter.setPen(tokens.INK2)
        painter.drawText(QRectF(room.left(), top + high, room.width(), low), _WRAP, self._below)
