"""A link of several lines: underlined sentence that breaks where the page is narrow and takes the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QSizePolicy

from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class WrappedLink(QAbstractButton):
    """A sentence that leads somewhere; Enter or a click goes there."""

    def __init__(self, words: str, *, size: int = tokens.BODY, ink: str = tokens.LAKE) -> None:
        super().__init__()
        self._size, self._ink = size, ink
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        wants_ring(self, tokens.RADIUS_TABLE)

    def restyle(self) -> None:
        """Height at the letter size in force."""
        self.setMinimumHeight(self.heightForWidth(max(1, self.width())))

    def heightForWidth(self, width: int) -> int:
        """The height of the sentence broken at a width; at least 30 px, so that a finger finds it."""
        room = max(1, width - px(8))
        lines = fonts.metrics(self._size).boundingRect(0, 0, room, 10_000, _FLAGS, self.text()).height()
        return max(px(30), lines + px(6))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(fonts.text_width(self.text(), self._size) + px(10), px(30))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest word."""
        longest = max((fonts.text_width(word, self._size) for word in self.text().split()), default=0)
        return QSize(longest + px(8), px(30))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(fonts.font(self._size, underline=True))
        painter.setPen(colour(self._ink))
        painter.drawText(QRectF(self.rect()).adjusted(px(4), 0, -px(4), 0), _FLAGS, self.text())
