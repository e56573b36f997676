"""One page of the first run: a question, and its answers to choose or to type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import seen_whole
from shg_desk.ui.parts.choice import Choice
from shg_desk.ui.parts.field import Field


class Step(QWidget):
    """One question with its answers; `problem` says why one cannot go on, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.column = rows(self, margins=(4, 4, 4, 4), gap=10)
        self.question = Label(size=tokens.QUESTION, weight=tokens.SEMIBOLD, wrap=True)
        self.hint = Label(ink=tokens.INK2, wrap=True)
        self.column.addWidget(self.question)
        self.column.addWidget(self.hint)
        seen_whole(self)
        self.choices: list[Choice] = []
        self.fields: list[Field] = []

    def add_choices(self, words: Sequence[str], chosen: int = 0) -> None:
        """Answers to choose one of; digits choose."""
        for number, word in enumerate(words, start=1):
            choice = Choice(str(number), word)
            choice.setChecked(number - 1 == chosen)
            self.column.addWidget(choice)
            self.choices.append(choice)

    def add_field(self, field: Field) -> Field:
        """Something to type."""
        self.column.addWidget(field)
        self.fields.append(field)
        return field

    def done(self) -> None:
        """Everything is in it; what is left of the page stays empty."""
        self.column.addStretch(1)

    def chosen(self) -> int:
        """The number of the chosen answer, from 0."""
        return next((i for i, choice in enumerate(self.choices) if choice.isChecked()), 0)

    def choose(self, number: int) -> bool:
        """Choose by digit; True when there is such an answer."""
        if not 0 <= number < len(self.choices):
            return False
        self.choices[number].setChecked(True)
        self.choices[number].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> None:
        """The chosen answer, or the first field."""
        if self.fields:
            self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.choices:
            self.choices[self.chosen()].setFocus(Qt.FocusReason.OtherFocusReason)
