"""A question asked in the page, under the table: one to five short fields, Enter through them, Esc back."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLayout

from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.parts.letter_bar import LetterBar
from shg_desk.ui.tokens import px

Read = Callable[[str], Any]


class UnreadableError(ValueError):
    """What was typed is no answer; the text says so, ready for people."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a question: its label, width at 100 %, what stands in it, and how its text is read.

    `choices` are (value, words), ten at most: their number chooses. `read` raises `UnreadableError`; `letters` shows
    their bar.
    """

    label: str
    width: int = 120
    text: str = ""
    read: Read | None = None
    choices: tuple[tuple[Any, str], ...] = ()
    hint: str = ""
    letters: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A titled question; `done` gets the values in the order of the fields, which begin a new line at `breaks`.

    `check` looks at all answers together before that: the number of the field that cannot stay so, and why.
    """

    title: str
    fields: tuple[Asked, ...]
    done: Callable[[list[Any]], None]
    button: str = ""
    extra: tuple[tuple[str, Callable[[], None]], ...] = field(default=())
    breaks: tuple[int, ...] = ()
    check: Callable[[list[Any]], tuple[int, str] | None] | None = None


class AskPanel(QFrame):
    """The panel a question stands in. `answered` and `left` tell that it is over."""

    answered = Signal()
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._question: Question | None = None
        self.edits: list[LineEdit] = []
        self._chosen: list[Any] = []
        self._column = rows(self, margins=(16, 8, 16, 10), gap=4)
        head = columns(gap=12)
        self.title = Label(size=tokens.BODY, weight=tokens.SEMIBOLD, wrap=True)
        self.problem = Label(size=tokens.GRID, weight=tokens.MEDIUM, ink=tokens.RED, wrap=True)
        head.addWidget(self.title, 1)
        self.go = Button(kind="secondary", keys=("Enter",))
        self.go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.go.clicked.connect(self.finish)
        self.back = Button(kind="secondary", keys=("Esc",))
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back.clicked.connect(self.left)
        head.addWidget(self.back)
        head.addWidget(self.go)
        self._column.addLayout(head)
        self._fields = rows(gap=4)
        self._column.addLayout(self._fields)
        self._column.addWidget(self.problem)
        self._below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self._column.addWidget(self._below)
        self._letters = columns(gap=4)
        self._column.addLayout(self._letters)
        self.hide()

    def set_words(self, words: Words) -> None:
        """Another language: an open question is left."""
        self._words = words
        if not self.isHidden():
            self.left.emit()

    def ask(self, question: Question) -> None:
        """Show a question and put the cursor into its first field."""
        self._clear()
        self._question = question
        self.title.setText(question.title)
        self._tell("")
        self.go.set_words(question.button or self._words._("Write it"))
        self.back.set_words(self._words._("Back"))
        self._chosen = [None] * len(question.fields)
        line = columns(gap=14)
        for i, asked in enumerate(question.fields):
            if i in question.breaks:
                line = self._end(line)
            self._add(i, asked, line)
        self._end(line)
        self.setAccessibleName(question.title)
        self.show()
        self.edits[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edits[0].selectAll()

    def _end(self, line: QHBoxLayout) -> QHBoxLayout:
        """A line of fields is whole; gives the next one."""
        line.addStretch(1)
        self._fields.addLayout(line)
        return columns(gap=14)

    def _add(self, i: int, asked: Asked, line: QHBoxLayout) -> None:
        edit = LineEdit(size=tokens.BODY, height=36)
        edit.setFixedWidth(px(asked.width))
        edit.setAccessibleName(asked.label)
        edit.setText(asked.text)
        edit.installEventFilter(self)
        if asked.letters:
            bar = LetterBar(edit, self._words.lang)
            edit.letter_bar = bar
            self._letters.addWidget(bar)
        for value, words in asked.choices:
            if words == asked.text:
                self._chosen[i] = value
        if asked.choices:
            edit.setReadOnly(True)
            edit.setAccessibleDescription(_listed(asked))
        pair = rows(gap=2)
        label = Label(asked.label, size=tokens.GRID, ink=tokens.INK2, wrap=True)
        label.setFixedWidth(max(px(asked.width), label.minimumSizeHint().width()))
        pair.addStretch(1)
        pair.addWidget(label)
        pair.addWidget(edit)
        line.addLayout(pair)
        self.edits.append(edit)

    def _clear(self) -> None:
        for layout in (self._fields, self._letters):
            _empty(layout)
        self.edits = []

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched not in self.edits:
            return False
        i = self.edits.index(watched)
        if event.type() == QEvent.Type.FocusIn:
            self._show_below(i)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if keys.is_plain(event, Qt.Key.Key_Return) or keys.is_plain(event, Qt.Key.Key_Enter):
            self._enter(i)
            return True
        if keys.is_plain(event, Qt.Key.Key_F10):  # what is asked is answered first, never left
            self.finish()
            return True
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.left.emit()
            return True
        return self._choose(i, event)

    def _choose(self, i: int, event: QKeyEvent) -> bool:
        assert self._question is not None
        choices = self._question.fields[i].choices
        typed = keys.digit(event) or event.text()
        if not choices or not typed.isdecimal() or keys.held(event) != Qt.KeyboardModifier.NoModifier:
            return False
        number = int(typed) or 10
        if 1 <= number <= len(choices):
            self._chosen[i] = choices[number - 1][0]
            self.edits[i].setText(choices[number - 1][1])
            self._enter(i)
        return True

    def _show_below(self, i: int) -> None:
        assert self._question is not None
        asked = self._question.fields[i]
        self._below.setText(_listed(asked) or asked.hint)
        self._below.setVisible(bool(self._below.text()))

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _enter(self, i: int) -> None:
        assert self._question is not None
        if i + 1 < len(self.edits):
            if not self._question.fields[i].choices:
                try:
                    self._read(i)
                except UnreadableError as trouble:
                    self._refuse(i, str(trouble))
                    return
            self.edits[i + 1].setFocus(Qt.FocusReason.TabFocusReason)
            self.edits[i + 1].selectAll()
            return
        self.finish()

    def values(self) -> list[Any] | None:
        """The answers; None where one cannot be read, which is then told and has the cursor."""
        assert self._question is not None
        found: list[Any] = []
        for i, asked in enumerate(self._question.fields):
            if asked.choices:
                found.append(self._chosen[i])
                continue
            try:
                found.append(self._read(i))
            except UnreadableError as trouble:
                self._refuse(i, str(trouble))
                return None
        wrong = self._question.check(found) if self._question.check is not None else None
        if wrong is not None:
            self._refuse(*wrong)
            return None
        return found

    def _read(self, i: int) -> Any:
        """The answer of a field as its question wants it. Raises UnreadableError."""
        assert self._question is not None
        read, text = self._question.fields[i].read, self.edits[i].text().strip()
        found = read(text) if read is not None else text
        if self.problem.text():
            self._tell("")
            self.edits[i].set_wrong(wrong=False)
        return found

    def _refuse(self, i: int, why: str) -> None:
        """An answer that cannot stay so: the panel stays, the words are under its fields and the cursor is in it."""
        self._tell(why)
        self.edits[i].set_wrong(wrong=True)
        self.edits[i].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edits[i].selectAll()

    def finish(self) -> None:
        """Take the answers, if all can be read."""
        found = self.values()
        if found is None or self._question is None:
            return
        done = self._question.done
        self.answered.emit()
        done(found)

    def labels(self) -> Sequence[str]:
        """The labels of the fields, for tests."""
        return [] if self._question is None else [asked.label for asked in self._question.fields]

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect().toRectF(), line=tokens.INK, radius=tokens.RADIUS_CARD)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            _empty(inner)
            inner.deleteLater()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()


def _listed(asked: Asked) -> str:
    """The choices with their numbers, which stay with their words when the line breaks; the tenth has 0."""
    return "   ".join(f"{n % 10}\u00a0{words}" for n, (_, words) in enumerate(asked.choices, start=1))
