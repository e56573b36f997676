"""A field of a form: label, hint, the line to type in, the trouble with it in words, and the bar of letters.

Nothing is refused while typing; what is wrong is said when the field is left or the page's last step is asked for.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import seen_whole
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.parts.letter_bar import LetterBar
from shg_desk.ui.tokens import px

Letters = Literal["none", "always", "focused"]
NAME_WIDTH = 420


_NOT_LEFT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The focus comes back to where it was: nobody went to another field."""


class LineEdit(QLineEdit):
    """The line itself: our height and ring; tells `left` when the focus goes, and asks the letter bar about keys.

    A text too long for it shows its beginning while nobody types in it, and its end, to be gone on with, when one does.
    """

    left = Signal()
    entered = Signal()

    def __init__(self, *, size: int = tokens.BODY, height: int = 46) -> None:
        super().__init__()
        self._size, self._height = size, height
        self.letter_bar: LetterBar | None = None
        self.letters_follow_focus = False
        wants_ring(self, tokens.RADIUS_FIELD)
        self.restyle()

    def restyle(self) -> None:
        """Font and height at the letter size in force."""
        self.setFont(fonts.font(self._size))
        self.setFixedHeight(px(self._height))

    def setText(self, text: str | None) -> None:
        super().setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def set_wrong(self, *, wrong: bool) -> None:
        """The red line round a field whose trouble is told."""
        told = "true" if wrong else "false"
        if self.property("wrong") == told:
            return
        self.setProperty("wrong", told)
        self.style().unpolish(self)
        self.style().polish(self)
        self.restyle()  # the style takes the letters with it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.letter_bar is not None and self.letter_bar.take_key(event):
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            event.ignore()  # Enter goes on with the page
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.letter_bar is not None and self.letters_follow_focus:
            self.letter_bar.show()
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()
        elif event.reason() not in (*_NOT_LEFT, Qt.FocusReason.MouseFocusReason):
            self.setCursorPosition(len(self.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _NOT_LEFT and not self.hasSelectedText():
            self.setCursorPosition(0)
        if self.letter_bar is not None and self.letters_follow_focus:
            self.letter_bar.hide()
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class FieldLabel(Label):
    """The words above a field, as wide as the field (at 100 %) or as their longest word."""

    def __init__(self, words: str, width: int) -> None:
        self._width = width
        super().__init__(words, size=tokens.GRID, ink=tokens.INK2, wrap=True)

    def restyle(self) -> None:
        super().restyle()
        self.setFixedWidth(max(px(self._width), self.minimumSizeHint().width()))


class Field(QWidget):
    """Label above, hint under it, 46 px to type in, as wide as its content (`width` at 100 %).

    `letters`: "always" keeps the bar in its place (one question a page), "focused" shows it while the field has the
    focus and keeps its room, "none" for figures and codes. `unit` stands behind the line (`сом`).
    """

    changed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(
        self,
        *,
        width: int = NAME_WIDTH,
        letters: Letters = "none",
        lang: str = "ru",
        names: bool = False,
        size: int = tokens.BODY,
    ) -> None:
        super().__init__()
        self.edit = LineEdit(size=size)
        self._width, self._letters = width, letters
        self._label = Label(weight=tokens.MEDIUM, wrap=True)
        self._hint = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self._unit = Label(ink=tokens.INK2)
        self._problem = Label(size=tokens.GRID, weight=tokens.MEDIUM, ink=tokens.RED, wrap=True)
        self._octagon = Picture("octagon", size=18, ink=tokens.RED)
        column = rows(self, gap=4)
        column.addWidget(self._label)
        column.addWidget(self._hint)
        column.addLayout(self._problem_line())
        self.line = columns(gap=8)
        self.line.addWidget(self.edit)
        self.line.addWidget(self._unit)
        self.line.addStretch(1)
        column.addLayout(self.line)
        self.letter_bar = LetterBar(self.edit, lang, names=names) if letters != "none" else None
        if self.letter_bar is not None:
            self._add_letters(self.letter_bar)
            column.addWidget(self.letter_bar)
        column.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.edit.textChanged.connect(self.changed)
        self.edit.left.connect(self._leave)
        self.edit.entered.connect(self.entered)
        self.setFocusProxy(self.edit)
        seen_whole(self)
        for part in (self._hint, self._unit, self._label):
            part.hide()
        self.tell_problem("")
        self.restyle()

    def _problem_line(self) -> QHBoxLayout:
        line = columns(gap=6)
        line.addWidget(self._octagon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._problem, 1)
        return line

    def _add_letters(self, bar: LetterBar) -> None:
        self.edit.letter_bar = bar
        if self._letters == "focused":
            policy = bar.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            bar.setSizePolicy(policy)
            bar.hide()
            self.edit.letters_follow_focus = True

    def restyle(self) -> None:
        """Width at the letter size in force."""
        self.edit.setFixedWidth(px(self._width))

    def set_words(self, label: str, hint: str = "", unit: str = "", placeholder: str = "") -> None:
        """Label, hint and unit in the language in force; the label is the field's spoken name."""
        for part, words in ((self._label, label), (self._hint, hint), (self._unit, unit)):
            part.setText(words)
            part.setVisible(bool(words))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label)
        self.edit.setAccessibleDescription(hint)

    def set_language(self, lang: str) -> None:
        """The language whose letters stand first."""
        if self.letter_bar is not None:
            self.letter_bar.set_language(lang)

    def label(self) -> str:
        """The label above it."""
        return self._label.text()

    def text(self) -> str:
        """What is typed, without spaces at the ends."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Another content; trouble told before is gone."""
        self.edit.setText(text)
        self.tell_problem("")

    def tell_problem(self, sentence: str) -> None:
        """Say what is wrong, in words, with the octagon; an empty sentence takes it back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._octagon.setVisible(bool(sentence))
        self.edit.set_wrong(wrong=bool(sentence))
        self.edit.setAccessibleDescription(sentence or self._hint.text())

    def problem(self) -> str:
        """The trouble told, or nothing."""
        return self._problem.text()

    def _leave(self) -> None:
        self.left.emit()
