"""One of several, in a closed box: a group, a member, a period. Up and Down change it, Alt+Down opens the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QSizePolicy

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.keys import is_plain
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.tokens import px


class Picker(QComboBox):
    """A list of (key, words); `picked` tells the key a person chose, never what the program set."""

    picked = Signal(object)

    def __init__(self, *, most: int = 320, size: int = tokens.BODY, height: int = 38) -> None:
        super().__init__()
        self._most, self._size, self._height = most, size, height
        self._keys: list[object] = []
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)
        self.activated.connect(lambda at: self.picked.emit(self._keys[at]))
        self.currentIndexChanged.connect(lambda _at: self._speak())
        wants_ring(self, tokens.RADIUS_FIELD)
        self.restyle()

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        self.setFont(fonts.font(self._size))
        self.setFixedHeight(px(self._height))
        self.updateGeometry()

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
        self._speak()
        self.updateGeometry()

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
            self._speak()

    def _speak(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.currentText()}" if self._name else self.currentText())

    def sizeHint(self) -> QSize:
        """As wide as the longest choice, up to `most`; the list is as wide as it needs."""
        longest = max((fonts.text_width(self.itemText(i), self._size) for i in range(self.count())), default=px(60))
        self.view().setMinimumWidth(longest + px(48))
        shown = fonts.text_width(self.currentText(), self._size)
        return QSize(max(min(longest, px(self._most)), shown) + px(66), px(self._height))

    def minimumSizeHint(self) -> QSize:
        """The chosen words are never cut."""
        return self.sizeHint()

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
        super().paintEvent(event)
        painter = QPainter(self)
        icons.draw(painter, "chevron_down", self.width() - px(28), self.height() / 2, 18, tokens.INK2)
