"""What has just happened, at the right of the hint bar for six seconds, with the key that takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtGui import QHideEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.hint_bar import HintBar
from shg_desk.ui.tokens import px

SHOWN_MS = 6000


class Toast(QWidget):
    """Lies on the right end of the hint bar, so that it covers nothing of the page: no button, no row.

    Words too long for one line make it higher than the bar. Never for trouble, never the only trace.
    """

    def __init__(self, parent: QWidget, bar: HintBar) -> None:
        super().__init__(parent)
        self._bar = bar
        self._undo: Callable[[], None] | None = None
        self._words = Label(weight=tokens.MEDIUM, ink=tokens.WHITE)
        self._button = Button(kind="quiet", keys=("Ctrl", "Z"), ink=tokens.SAFFRON)
        self._button.clicked.connect(self.take_back)
        layout = columns(self, margins=(16, 0, 16, 0), gap=10)
        self.tick = Picture("ring_tick", ink=tokens.WHITE)
        layout.addWidget(self.tick)
        layout.addWidget(self._words)
        layout.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        bar.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay on the bar wherever that goes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and watched is self._bar:
            self.place()
        return False

    def words(self) -> str:
        """What it says, or said last."""
        return self._words.text()

    def tell(
        self, words: str, undo_word: str = "", undo: Callable[[], None] | None = None, *, done: bool = True
    ) -> None:
        """Show it; with `undo` there is a button beside the words. The words are spoken too.

        The tick stands before what is `done`, not before an answer to a key that did nothing.
        """
        self._undo = undo
        self.tick.setVisible(done)
        self._words.setText(words)
        self._button.set_words(undo_word)
        self._button.setVisible(undo is not None)
        self.show()
        self.raise_()
        self.place()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def place(self) -> None:
        """At the right end of the bar, as wide as the words are; longer than the bar they break into lines."""
        bar = self._bar.geometry()
        room = bar.width() - px(8)
        self._words.setWordWrap(False)
        wanted = self.sizeHint()
        if wanted.width() > room:
            self._words.setWordWrap(True)
            wanted = QSize(room, self.heightForWidth(room) + px(8))
        self.resize(wanted.width(), max(wanted.height(), bar.height()))
        self.move(bar.right() + 1 - self.width(), bar.bottom() + 1 - self.height())
        self._bar.give_room(self.width() if self.isVisible() else 0)

    def hideEvent(self, event: QHideEvent) -> None:
        """The hints have their room again."""
        self._bar.give_room(0)
        super().hideEvent(event)

    def take_back(self) -> bool:
        """Undo what was told last, also when the words have gone already; False where there is nothing to undo."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()
        return undo is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()), fill=tokens.INK, line=None, radius=tokens.RADIUS_CARD)
