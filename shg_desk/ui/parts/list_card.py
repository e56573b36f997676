"""A list of few things in one card, as on Today: icon or hour, title, sentence, and at the right what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import Rule
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list; `side` is a button, link or label for its right end."""

    title: str
    below: str = ""
    icon: str = ""
    icon_ink: str = tokens.LAKE
    hour: str = ""
    side: QWidget | None = None


class ListCard(QFrame):
    """Items one under the other, a rule between; two-line rows of 56 to 60 px."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        super().__init__()
        self._layout = rows(self, margins=(1, 1, 1, 1), gap=0)
        self.set_items(items)

    def set_items(self, items: Sequence[Item]) -> None:
        """Other items; the old ones and their controls go."""
        while (taken := self._layout.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()  # without its parent it would become a window of its own and take the focus
                widget.deleteLater()
        for i, item in enumerate(items):
            if i:
                self._layout.addWidget(Rule())
            self._layout.addWidget(_line(item))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()))


def _line(item: Item) -> QWidget:
    holder = QWidget()
    line = columns(holder, margins=(15, 10, 15, 10), gap=12)
    if item.hour:
        hour = Label(item.hour, size=tokens.SECTION, weight=tokens.MEDIUM)
        set_width(hour, 58, 90)
        line.addWidget(hour)
    if item.icon:
        line.addWidget(Picture(item.icon, ink=item.icon_ink))
    words = rows(gap=0)
    words.addWidget(Label(item.title, weight=tokens.MEDIUM, wrap=True))
    if item.below:
        words.addWidget(Label(item.below, size=tokens.GRID, ink=tokens.INK2, wrap=True))
    line.addLayout(words, 1)
    if item.side is not None:
        line.addWidget(item.side)
    return holder
