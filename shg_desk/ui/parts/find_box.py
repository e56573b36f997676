"""The box that finds: a line with its icon and the keys that lead to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.tokens import px


class FindBox(LineEdit):
    """Type to search; Down goes to what was found, Enter opens the first, Esc empties it.

    `keys` are painted at its right while it is empty.
    """

    down_asked = Signal()
    emptied = Signal()

    def __init__(self, *, least: int = 220, keys: tuple[str, ...] = ("Ctrl", "F")) -> None:
        self._keys, self._least = keys, least
        super().__init__(height=38)

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        super().restyle()
        self.setTextMargins(px(26), 0, 0, 0)
        self._widen()

    def _widen(self) -> None:
        """Wide enough for what can be found here, and the keys behind it."""
        words = fonts.text_width(self.placeholderText(), self._size)
        self.setMinimumWidth(max(px(self._least), words + px(66) + paint.keys_width(self._keys)))

    def set_words(self, placeholder: str) -> None:
        """What can be found here."""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._widen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_asked.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.emptied.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        icons.draw(painter, "search", px(12), self.height() / 2, 18, tokens.INK2)
        if self.text():
            return
        room = self.width() - px(52) - fonts.text_width(self.placeholderText(), self._size)
        wide = paint.keys_width(self._keys)
        if room > wide + px(8):
            left = float(self.width() - px(10) - wide)
            for key in self._keys:
                left += paint.keycap(painter, left, self.height() / 2, key, fill=tokens.SURFACE, line=tokens.BORDER)
                left += px(5)
