"""One of several, in a closed box: a group, a member, a period. Up and Down change it, Alt+Down opens the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtCore import QSignalBlocker
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QStyle
from PySide6.QtWidgets import QStyleOptionComboBox
from PySide6.QtWidgets import QStylePainter

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.keys import is_plain
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
_BESIDE = 66
"""Beside the words: the lines, the gaps and the chevron, in pixels at 100 %."""


class Picker(QComboBox):
    """A list of (key, words); `picked` tells the key a person chose, never what the program set.

    Words that are wider than its place stand in lines, in a higher box.
    """

    picked = Signal(object)

    def __init__(self, *, most: int = 320, size: int = tokens.BODY, height: int = 38) -> None:
        super().__init__()
        self._most, self._size, self._height = most, size, height
        self._keys: list[object] = []
        self._name = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaxVisibleItems(16)
        self.activated.connect(lambda at: self.picked.emit(self._keys[at]))
        self.currentIndexChanged.connect(lambda _at: self._chosen())
        wants_ring(self, tokens.RADIUS_FIELD)
        self.restyle()

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        self.setFont(fonts.font(self._size))
        self.setMinimumHeight(px(self._height))
        self._grow()

    def _grow(self) -> None:
        """As high as the words need, never higher."""
        self.setMaximumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    def _chosen(self) -> None:
        self._speak()
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def set_name(self, name: str) -> None:
        """What is chosen here, for a screen reader."""
        self._name = name
        self._speak()

    def set_choices(self, choices: Sequence[tuple[object, str]], chosen: object = None) -> None:
        """Other choices; the one chosen before stays where it is still there and none is named."""
        wanted = self.key() if chosen is None else chosen
        with QSignalBlocker(self):
            self.clear()
            self._keys = [key for key, _ in choices]
            self.addItems([words for _, words in choices])
            self.setCurrentIndex(self._keys.index(wanted) if wanted in self._keys else (0 if choices else -1))
        self._chosen()

    def key(self) -> object:
        """The key of what is chosen; None where there is nothing to choose."""
        at = self.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def keys(self) -> list[object]:
        """Everything that can be chosen."""
        return list(self._keys)

    def set_key(self, key: object) -> None:
        """Choose without telling."""
        if key in self._keys:
            with QSignalBlocker(self):
                self.setCurrentIndex(self._keys.index(key))
            self._chosen()

    def _speak(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.currentText()}" if self._name else self.currentText())

    def sizeHint(self) -> QSize:
        """As wide as the longest choice, up to `most`; the list is as wide as it needs."""
        longest = max((fonts.text_width(self.itemText(i), self._size) for i in range(self.count())), default=px(60))
        self.view().setMinimumWidth(longest + px(48))
        shown = fonts.text_width(self.currentText(), self._size)
        return QSize(max(min(longest, px(self._most)), shown) + px(_BESIDE), px(self._height))

    def minimumSizeHint(self) -> QSize:
        """The chosen words are never cut: where there is no more than `most`, they stand in lines."""
        wish = self.sizeHint()
        return QSize(min(wish.width(), px(self._most + _BESIDE)), wish.height())

    def heightForWidth(self, width: int) -> int:
        """The height the chosen words need at a width."""
        if self._in_one_line(width):
            return px(self._height)
        room = max(1, width - px(_BESIDE))
        high = fonts.metrics(self._size).boundingRect(0, 0, room, 10_000, _WRAP, self.currentText()).height()
        return max(px(self._height), high + px(16))

    def _in_one_line(self, width: int) -> bool:
        return fonts.text_width(self.currentText(), self._size) + px(_BESIDE) <= width or not self.currentText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # commands are the window's, also those with a digit or letter: it is not typed
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape) or not event.text().strip():
            steps = (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if any(is_plain(event, key) for key in steps) or event.modifiers() & Qt.KeyboardModifier.AltModifier:
                super().keyPressEvent(event)
                self.updateGeometry()
                return
            event.ignore()  # Enter, Esc and commands are the page's
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel scrolls the page, it never changes a choice unseen."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._in_one_line(self.width()):
            super().paintEvent(event)
        else:
            self._paint_lines()
        painter = QPainter(self)
        icons.draw(painter, "chevron_down", self.width() - px(28), self.height() / 2, 18, tokens.INK2)

    def _paint_lines(self) -> None:
        """The box as the style makes it, without its one line; then the words in theirs."""
        box = QStyleOptionComboBox()
        self.initStyleOption(box)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box)
        painter.setFont(self.font())
        painter.setPen(colour(tokens.INK if self.isEnabled() else tokens.DISABLED))
        room = QRectF(self.rect()).adjusted(px(14), 0, -px(_BESIDE - 14), 0)
        painter.drawText(room, _WRAP, self.currentText())
