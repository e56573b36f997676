"""A question asked in the page, under the table: one to five short fields, Enter through them, Esc back."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout

from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Make
from shg_desk.ui.asked import Question
from shg_desk.ui.asked import UnreadableError
from shg_desk.ui.asked import digits
from shg_desk.ui.asked import listed
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import emptied
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import seen_whole
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import FieldLabel
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.parts.letter_bar import LetterBar
from shg_desk.ui.unfinished import Unfinished

TYPING_MS = 300
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class AskPanel(QFrame):
    """The panel a question stands in. `answered` and `left` tell that it is over, `typing` comes after typing stops.

    Nothing typed is forgotten: what was left unanswered stands there when the question of that name is asked again.
    """

    answered = Signal()
    left = Signal()
    typing = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._question: Question | None = None
        self._make: Make | None = None
        self.unfinished = Unfinished()
        self.edits: list[LineEdit] = []
        self._chosen: list[Any] = []
        self._asked: tuple[str, ...] = ()
        self._led_here: tuple[str, ...] = ()
        self._at = 0  # the field that has the cursor, or had it last
        self._by_digit = self._fresh = False
        """A digit is just opening what is asked next; what it opened has had no key yet."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.keep)
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
        self.back.clicked.connect(self.leave)
        head.addWidget(self.back)
        head.addWidget(self.go)
        self._column.addLayout(head)
        self._said = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self._column.addWidget(self._said)
        self._fields = rows(gap=4)
        self._column.addLayout(self._fields)
        self._column.addWidget(self.problem)
        self._below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self._column.addWidget(self._below)
        self._letters = columns(gap=4)
        self._column.addLayout(self._letters)
        seen_whole(self)
        self.hide()

    def has_cursor(self) -> bool:
        """True while one of its fields has the cursor."""
        return any(edit.hasFocus() for edit in self.edits)

    def take_cursor(self) -> bool:
        """The cursor back into the field of the open question that had it; False where none is open."""
        if not self.isVisible() or not self.edits:
            return False
        if not self.has_cursor():
            self.edits[min(self._at, len(self.edits) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def put_by(self) -> Callable[[Callable[[Make], None]], None]:
        """Leaves an open question as typed; what it gives asks it again, made anew, with that and in the same field."""
        make, at = self._make if self.isVisible() else None, self._at
        typed, led_here = self.typed(), self._led_here

        def again(ask: Callable[[Make], None]) -> None:
            if make is not None:
                ask(make)
                self._led_here = led_here
                self._put_back(typed)
                self.edits[min(at, len(self.edits) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

        if make is not None:
            self.leave()
        return again

    def ask(self, make: Make) -> None:
        """Show a question and put the cursor into its first field."""
        self.keep()  # what stood here half answered
        question, self._make = make(), make
        self._at = 0
        self._clear()
        self._question = question
        self.title.setText(question.title)
        self._said.setText(question.said)
        self._said.setVisible(bool(question.said))
        self._tell("")
        self.go.set_words(question.button or self._words._("Write it"))
        self.go.setVisible(not question.is_menu)
        self._fresh = self._by_digit
        self.back.set_words(self._words._("Back"))
        self._chosen = [None] * len(question.fields)
        line = columns(gap=14)
        for i, asked in enumerate(question.fields):
            if i in question.breaks:
                line = self._end(line)
            self._add(i, asked, line)
        self._end(line)
        self._asked = self.typed()
        self._put_back(self.unfinished.of(question.name))
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
        set_width(edit, asked.width)
        edit.setAccessibleName(asked.label)
        edit.setText(asked.text)
        edit.installEventFilter(self)
        edit.textChanged.connect(lambda _text: self._timer.start())
        if asked.letters:
            bar = LetterBar(edit, self._words.lang)
            edit.letter_bar = bar
            self._letters.addWidget(bar)
            bar.setHidden(any(one.letter_bar for one in self.edits))
        for value, words in asked.choices:
            if words == asked.text:
                self._chosen[i] = value
        if asked.choices:
            edit.setReadOnly(True)
            edit.setAccessibleDescription(listed(asked.choices))
        pair = rows(gap=2)
        label = FieldLabel(asked.label, asked.width)
        pair.addStretch(1)
        pair.addWidget(label)
        pair.addWidget(edit)
        line.addLayout(pair)
        self.edits.append(edit)

    def _clear(self) -> None:
        self._timer.stop()
        for layout in (self._fields, self._letters):
            emptied(layout)
        self.edits = []

    # -- what is typed stays

    def typed(self) -> tuple[str, ...]:
        """The texts in the fields; of a choice its value."""
        fields = self._question.fields if self._question is not None else ()
        found = []
        for i, (asked, edit) in enumerate(zip(fields, self.edits, strict=False)):
            chosen = "" if self._chosen[i] is None else str(self._chosen[i])
            found.append(chosen if asked.choices else edit.text())
        return tuple(found)

    def _put_back(self, texts: Sequence[str] | None) -> None:
        """What was typed the last time this was asked, and not taken."""
        if self._question is None or texts is None or len(texts) != len(self.edits):
            return
        for i, (asked, text) in enumerate(zip(self._question.fields, texts, strict=True)):
            chosen = next((pair for pair in asked.choices if str(pair[0]) == text), None)
            if chosen is not None:
                self._chosen[i] = chosen[0]
            if chosen is not None or not asked.choices:
                self.edits[i].setText(text if chosen is None else chosen[1])

    def keep(self) -> None:
        """Keep what stands in the fields, where it is other than when it was asked."""
        self._timer.stop()
        if self._question is None or self.isHidden():
            return
        texts = self.typed()
        if texts == self._asked:
            self.unfinished.drop(self._question.name)
        else:
            self.unfinished.keep(self._question.name, texts)
        self.typing.emit()

    def leave(self) -> None:
        """Back without an answer; what was typed is kept."""
        self.keep()
        self._led_here = ()
        self.left.emit()

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched not in self.edits:
            return False
        i = self.edits.index(watched)
        if event.type() == QEvent.Type.FocusIn:
            self._at = i
            self._show_below(i)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if keys.is_plain(event, Qt.Key.Key_Return) or keys.is_plain(event, Qt.Key.Key_Enter):
            self._enter(i)
            self._fresh = False
            return True
        self._fresh = False
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not keys.held(event) & ~_SHIFT:
            self._go_round(i, 1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        if keys.is_plain(event, Qt.Key.Key_F10):  # what is asked is answered first, never left
            self.finish()
            return True
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.leave()
            return True
        return self._choose(i, event)

    def _go_round(self, i: int, step: int) -> None:
        """Tab goes round inside the question; out of it lead Enter and Esc."""
        edit = self.edits[(i + step) % len(self.edits)]
        edit.setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)

    def _choose(self, i: int, event: QKeyEvent) -> bool:
        assert self._question is not None
        choices = self._question.fields[i].choices
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if choices and step:  # the way to the eleventh, and to look through them
            at = next((n for n, (value, _) in enumerate(choices) if value == self._chosen[i]), -1 if step > 0 else 0)
            self._chosen[i], words = choices[(at + step) % len(choices)]
            self.edits[i].setText(words)
            self._show_below(i)
            return True
        typed = keys.digit(event) or event.text()
        if not choices or keys.held(event) & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        if not typed.isdecimal() or keys.held(event) != Qt.KeyboardModifier.NoModifier:
            return self._letter_goes_on(i, event)
        number = int(typed) or 10
        if 1 <= number <= min(len(choices), 10):
            self._chosen[i] = choices[number - 1][0]
            self.edits[i].setText(choices[number - 1][1])
            fills = self._question.fields[i].fills
            if fills is not None:
                self.edits[i + 1].setText(fills(self._chosen[i]))
            self._by_digit = self._question.is_menu
            self._enter(i)
            self._by_digit = False
        return True

    def _letter_goes_on(self, i: int, event: QKeyEvent) -> bool:
        """Who writes in own words need not step over the list of usual ones."""
        assert self._question is not None
        text = event.text()
        if self._question.fields[i].fills is None or not text.isalpha():
            return False
        self._chosen[i] = None
        self.edits[i].clear()
        self._enter(i)
        self.edits[i + 1].insert(text)
        return True

    def enter_writes(self) -> bool:
        """Whether Enter in the field of the cursor ends the question; F10 does so in every field."""
        goes = self._question.fields[self._at].goes if self._question is not None else None
        return (self._at + 1 if goes is None else goes(self._chosen[self._at])) >= len(self.edits)

    def _show_below(self, i: int) -> None:
        assert self._question is not None
        self.go.set_keys(("Enter",) if self.enter_writes() else ("F10",))
        asked = self._question.fields[i]
        if asked.letters:  # one bar at a time; the last one keeps its room while a field without letters is asked
            for bar in self.findChildren(LetterBar):
                bar.setVisible(bar is self.edits[i].letter_bar)
        self._below.setText(listed(asked.choices) or asked.hint)
        self._below.setVisible(bool(self._below.text()))

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _enter(self, i: int) -> None:
        assert self._question is not None
        asked = self._question.fields[i]
        if self._question.is_menu and self._chosen[i] is None:
            return
        try:
            answer = self._chosen[i] if asked.choices or i + 1 == len(self.edits) else self._read(i)
        except UnreadableError as trouble:
            if not self._fresh:  # who says a number says Enter: it is no answer to what the digit has just opened
                self._refuse(i, str(trouble))
            return
        following = i + 1 if asked.goes is None else asked.goes(answer)
        if following >= len(self.edits):
            self.finish()
            return
        self.edits[following].setFocus(Qt.FocusReason.TabFocusReason)
        self.edits[following].selectAll()

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
        question, texts = self._question, self.typed()
        self._timer.stop()
        self.answered.emit()
        question.done(found)
        if self._question is question or self.isHidden():
            for name in (*self._led_here, question.name):
                self.unfinished.drop(name)
            self._led_here = ()
        elif question.name:  # it is taken when what it asked next is answered
            self.unfinished.keep(question.name, texts)
            self._led_here = (*self._led_here, question.name)

    def digits(self) -> str:
        """The digits of a question that is a choice and nothing else; empty for others."""
        return digits(self._question.fields[0].choices) if self._question and self._question.is_menu else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect().toRectF(), line=tokens.INK, radius=tokens.RADIUS_CARD)
