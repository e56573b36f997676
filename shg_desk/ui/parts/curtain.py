"""What lies over the whole window: the plain sheet of F9, and the edge that marks the practice book."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px


class Curtain(QWidget):
    """A plain sheet that shows nothing of the page; F9 takes it away and the cursor is where it was."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = Label(size=tokens.TITLE, weight=tokens.SEMIBOLD)
        self._below = Label(ink=tokens.INK2)
        layout = rows(self, margins=(28, 28, 28, 28), gap=4)
        layout.addWidget(self._title)
        layout.addWidget(self._below)
        layout.addStretch(1)
        self.hide()

    def set_words(self, title: str, below: str) -> None:
        """What the sheet says: that it hides, and which key shows the page again."""
        self._title.setText(title)
        self._below.setText(below)
        self.setAccessibleName(f"{title}. {below}")

    def draw(self) -> None:
        """Cover the window."""
        self._before = QApplication.focusWidget()
        host = self.parentWidget()
        if host is not None:
            self.setGeometry(host.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_key(self, event: QKeyEvent) -> None:
        """Only F9 does anything; every other key is swallowed."""
        if keys.is_plain(event, Qt.Key.Key_F9):
            self.hide()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.take_key(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab does not lead under the sheet."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(tokens.CANVAS))


class PracticeEdge(QWidget):
    """Four pixels of ochre round the window: this is the practice book."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = px(4)
        for left, top, wide, high in (
            (0, 0, self.width(), width),
            (0, self.height() - width, self.width(), width),
            (0, 0, width, self.height()),
            (self.width() - width, 0, width, self.height()),
        ):
            painter.fillRect(left, top, wide, high, colour(tokens.OCHRE))
