"""Long work: how much is done, about how long it still takes, and a button that stops it without harm."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtCore import QRectF
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.tokens import px

SILENT_MS = 1000


class Bar(QWidget):
    """A bar of 8 px, filled as far as work is done."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.restyle()

    def restyle(self) -> None:
        """Height at the letter size in force."""
        self.setFixedHeight(px(8))

    def set_share(self, done: int, total: int) -> None:
        """How much of the whole."""
        self._share = min(1.0, max(0.0, done / total)) if total > 0 else 0.0
        self.update()

    def share(self) -> float:
        """What is filled, 0 to 1."""
        return self._share

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint.box(painter, rect, fill=tokens.SURFACE, line=tokens.BORDER, radius=4)
        if self._share > 0:
            filled = QRectF(0, 0, max(rect.height(), rect.width() * self._share), rect.height())
            paint.box(painter, filled, fill=tokens.LAKE, line=tokens.LAKE, radius=4)


def time_left(done: int, total: int, passed_ms: int) -> int | None:
    """Seconds still to go at the pace so far; None before a twentieth is done, when any figure would be a guess."""
    if done <= 0 or done * 20 < total:
        return None
    return max(1, round(passed_ms * (total - done) / done / 1000))


def time_words(words: Words, seconds: int) -> str:
    """About how long: seconds under a minute, then whole minutes."""
    if seconds < 60:
        return words.n_("about {n} second left", "about {n} seconds left", seconds).format(n=seconds)
    minutes = round(seconds / 60)
    return words.n_("about {n} minute left", "about {n} minutes left", minutes).format(n=minutes)


class Progress(QWidget):
    """Bar, sentence, Cancel. Nothing is seen in the first second; quick work should not flicker."""

    cancelled = Signal()

    def __init__(self, words: Words, silent_ms: int = SILENT_MS) -> None:
        super().__init__()
        self._words = words
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(silent_ms)
        self._timer.timeout.connect(self.show)
        self.bar = Bar()
        self.sentence = Label(size=tokens.GRID, wrap=True)
        self.cancel = Button()
        self.cancel.clicked.connect(self.cancelled)
        line = columns(self, gap=16)
        left = rows(gap=6)
        left.addWidget(self.sentence)
        left.addWidget(self.bar)
        line.addLayout(left, 1)
        line.addWidget(self.cancel)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The word on the button."""
        self.cancel.set_words(self._words._("Cancel"))

    def begin(self) -> None:
        """Work starts; after a second it is shown."""
        self._clock.start()
        self.bar.set_share(0, 1)
        self.sentence.setText("")
        self._timer.start()

    def step(self, done: int, total: int, what: str) -> None:
        """`what` is the finished sentence so far (`3 из 12 файлов`); the estimate is added here."""
        self.bar.set_share(done, total)
        left = time_left(done, total, self._clock.elapsed()) if done < total else None
        self.sentence.setText(what if left is None else f"{what}, {time_words(self._words, left)}")
        self.bar.setAccessibleName(self.sentence.text())

    def end(self) -> None:
        """Work is over."""
        self._timer.stop()
        self.hide()
