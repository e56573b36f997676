"""Reading aloud after closing: a member a screen, her name and sums in letters two centimetres high and more."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QWidget

from shg_desk.domain.booklet import AfterMeeting
from shg_desk.i18n.aloud_words import MOST_LINES
from shg_desk.i18n.aloud_words import card_lines
from shg_desk.i18n.catalog import Words
from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.tokens import px

MOST_LETTERS, LEAST_LETTERS = 132, 40
"""Pixels of the letters' size: where it is 112, capitals and digits are 79 pixels high, two centimetres on a small
laptop of 100 dots an inch. They are as large as all that is said of a member lets them be."""
NAME_SHRINKS_TO = 0.55
"""A name too long for one line is as small as this part of the sums' letters, then it stands in two lines."""
BESIDE = 2
GAP = 24
SUM_HEIGHT = 0.86


class BigLabel(Label):
    """Words in letters larger than the type sizes of pages."""

    def __init__(self, pixels: int, *, weight: int = tokens.REGULAR, wrap: bool = False) -> None:
        self._pixels = pixels
        super().__init__(weight=weight, wrap=wrap)

    def set_pixels(self, pixels: int) -> None:
        """Other letters."""
        self._pixels = pixels
        self.restyle()

    def pixels(self) -> int:
        """The size of the letters."""
        return self._pixels

    def face(self, pixels: int) -> QFont:
        """Its font in another size."""
        font = QFont(fonts.font(tokens.COUNTER, self._weight))
        font.setPixelSize(pixels)
        return font

    def advance(self, pixels: int) -> int:
        """How wide its words are in that size, on one line."""
        return QFontMetrics(self.face(pixels)).horizontalAdvance(self.text())

    def height_in(self, width: int) -> int:
        """How high its words are in lines of that width."""
        room = QRect(0, 0, width, 10_000)
        return QFontMetrics(self.face(self._pixels)).boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height()

    def restyle(self) -> None:
        """Font and colour at the letter size in force."""
        super().restyle()
        self.setFont(self.face(self._pixels))
        self.updateGeometry()


class SumLabel(BigLabel):
    """A sum: digits and the currency's name have nothing below the line, and no room is kept for it."""

    def sizeHint(self) -> QSize:
        """As wide as its words, as high as its digits with a little air."""
        return QSize(super().sizeHint().width(), round(self._pixels * SUM_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Said(QWidget):
    """One thing that is read: what it is, in usual letters, and under it the sum."""

    def __init__(self) -> None:
        super().__init__()
        column = rows(self, gap=0)
        self.what = Label(size=tokens.SECTION, ink=tokens.INK2)
        self.sum = SumLabel(LEAST_LETTERS, weight=tokens.MEDIUM)
        column.addWidget(self.what)
        column.addWidget(self.sum)

    def set_letters(self, pixels: int) -> None:
        """The sum in that size."""
        self.sum.set_pixels(pixels)
        self.sum.setFixedHeight(self.sum.sizeHint().height())

    def needed(self) -> int:
        """How high it is."""
        return self.what.sizeHint().height() + self.sum.sizeHint().height()


class ReadAloud(QWidget):
    """One member a screen; Space or Enter goes on, backspace back. `finished` after the last."""

    finished = Signal()

    def __init__(self, after: AfterMeeting, words: Words) -> None:
        super().__init__()
        self._after, self.words = after, words
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = rows(self, margins=(32, 6, 32, 8), gap=2)
        self.who = BigLabel(LEAST_LETTERS, weight=tokens.SEMIBOLD, wrap=True)
        self.said = [Said() for _ in range(MOST_LINES)]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(GAP))
        self._grid.setVerticalSpacing(0)
        for beside in range(BESIDE):
            self._grid.setColumnStretch(beside, 1)
        for at, said in enumerate(self.said):
            self._grid.addWidget(said, at // BESIDE, at % BESIDE)
        self._count = Label(size=tokens.GRID, ink=tokens.INK2)
        column.addWidget(self.who)
        column.addLayout(self._grid)
        column.addStretch(1)
        column.addWidget(self._count)
        self.retranslate()

    def retranslate(self) -> None:
        """The member of the moment."""
        if not self._after.cards:
            return
        w, card = self.words, self._after.cards[self._at]
        self.who.setText(f"{card.number}. {card.called or ''}")
        pairs = card_lines(w, card, self._after.currency)
        for said, (what, sum_) in zip(self.said, [*pairs, *[("", "")] * MOST_LINES], strict=False):
            said.what.setText(what)
            said.sum.setText(sum_)
            said.setVisible(bool(what))
        self._count.setText(w._("{n} of {all}").format(n=self._at + 1, all=len(self._after.cards)))
        self.setAccessibleName(
            ". ".join((self.who.text(), *(f"{what}: {sum_}" if sum_ else what for what, sum_ in pairs)))
        )
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The largest letters in which everything about the member stands on the screen, the count under it."""
        column = self.layout()
        if column is None:
            return
        margins = column.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        for pixels in range(MOST_LETTERS, LEAST_LETTERS - 1, -2):
            self._set_letters(pixels, width)
            if self._needed(width) <= self.height() - margins.top() - margins.bottom() and self._is_wide_enough(width):
                break
        column.activate()

    def _shown(self) -> list[Said]:
        return [said for said in self.said if said.what.text()]

    def _set_letters(self, pixels: int, width: int) -> None:
        name = pixels
        while name > pixels * NAME_SHRINKS_TO and self.who.advance(name) > width:
            name -= 2
        self.who.set_pixels(name)
        self.who.setFixedHeight(self.who.height_in(width))
        for said in self._shown():
            said.set_letters(pixels)

    def _each(self, width: int) -> int:
        return (width - self._grid.horizontalSpacing() * (BESIDE - 1)) // BESIDE

    def _is_wide_enough(self, width: int) -> bool:
        each = self._each(width)
        return all(max(one.sum.sizeHint().width(), one.what.sizeHint().width()) <= each for one in self._shown())

    def _needed(self, width: int) -> int:
        """How high everything is at the width there is."""
        column = self.layout()
        spacing = 0 if column is None else column.spacing() * 3
        heights = [one.needed() for one in self._shown()]
        lines = [max(heights[at : at + BESIDE]) for at in range(0, len(heights), BESIDE)]
        return self.who.height_in(width) + sum(lines) + self._count.sizeHint().height() + spacing

    def step(self, by: int) -> None:
        """The next member, or the one before."""
        self._at += by
        if self._at >= len(self._after.cards):
            self._at = max(0, len(self._after.cards) - 1)
            self.finished.emit()
        self._at = max(0, self._at)
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_PageDown)
        if event.key() in on:
            self.step(1)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.step(-1)
        else:
            event.ignore()
