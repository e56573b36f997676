"""Where nothing is yet: one sentence where the first row would be, and one button that makes the first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button


class EmptyState(QWidget):
    """Left-aligned, without a drawing. `pressed` tells the button."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = rows(self, margins=(8, 10, 8, 10), gap=12)
        self._words = Label(size=tokens.SECTION, wrap=True)
        self.button = Button(kind="primary")
        self.button.clicked.connect(self.pressed)
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def set_words(self, sentence: str, button: str = "", keys: tuple[str, ...] = ()) -> None:
        """What to do first; without a word for the button there is none."""
        self._words.setText(sentence)
        self.button.set_words(button)
        self.button.set_keys(keys)
        self.button.setVisible(bool(button))
