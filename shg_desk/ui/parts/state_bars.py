"""The four states of a record as bars and word: saved here, on its way, received by the office, reconciled."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts import paint
from shg_desk.ui.tokens import px

FOUR_STATES: tuple[Marked, ...] = (N_("Saved here"), N_("On its way"), N_("Received by the office"), N_("Reconciled"))
TWO_STATES: tuple[Marked, ...] = (N_("Saved here"), N_("Backed up"))
"""A book without an office knows only these."""


def state_word(words: Words, filled: int, *, of: int = 4) -> str:
    """The word of a state; `filled` counts from 1."""
    return words.say((FOUR_STATES if of == 4 else TWO_STATES)[filled - 1])


class StateBars(QWidget):
    """The bars alone, for a card that names the state beside them."""

    def __init__(self, filled: int, *, of: int = 4, spoken: str = "") -> None:
        super().__init__()
        self._filled, self._of = filled, of
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(filled, spoken)

    def set_state(self, filled: int, spoken: str = "") -> None:
        """Another state; the word is spoken and is the tool tip."""
        self._filled = filled
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def restyle(self) -> None:
        """Size at the letter size in force."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the bars."""
        return QSize(self._of * px(6) + (self._of - 1) * px(3), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.state_bars(QPainter(self), 0, self.height() / 2, self._filled, of=self._of)
