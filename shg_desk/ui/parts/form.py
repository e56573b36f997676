"""A form in the page: fields in lines, Enter goes on to the next and saves at the last, trouble stands at its field."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.keys import is_plain
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import seen_whole
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.letter_bar import LetterBar
from shg_desk.ui.parts.picker import Picker
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.tokens import px


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked: its key, width at 100 %, whether it may want letters of its own, or is a choice of several."""

    key: str
    width: int = 300
    letters: bool = False
    choice: bool = False


class ChoiceField(QWidget):
    """A choice of several with its label above, in the same lines as fields."""

    def __init__(self, width: int) -> None:
        super().__init__()
        column = rows(self, gap=4)
        self._label = Label(weight=tokens.MEDIUM, wrap=True)
        self._hint = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.picker = Picker(most=width, height=46)
        for part in (self._label, self._hint):
            column.addWidget(part)
        column.addWidget(self.picker, 0, Qt.AlignmentFlag.AlignLeft)
        self._problem = Label(size=tokens.GRID, weight=tokens.MEDIUM, ink=tokens.RED, wrap=True)
        column.addWidget(self._problem)
        column.addStretch(0)
        self.setFocusProxy(self.picker)
        seen_whole(self)
        self._hint.hide()
        self._problem.hide()

    def set_words(self, label: str, hint: str = "") -> None:
        """Label and hint."""
        self._label.setText(label)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.picker.set_name(label)

    def tell_problem(self, sentence: str) -> None:
        """Say under it why this choice cannot stay so; empty takes that back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def problem(self) -> str:
        """What is said under it."""
        return self._problem.text()

    def label(self) -> str:
        """The label above it."""
        return self._label.text()


class Form(Card):
    """A card with a title, lines of fields, and two buttons. `saved` asks to save, `left` to go back.

    `is_typed` is true from the first letter a person types, or the first choice, until the form is filled anew;
    `touched` says that it has become so.
    """

    saved = Signal()
    left = Signal()
    touched = Signal()

    def __init__(self, lines: Sequence[Sequence[Ask] | str], *, lang: str = "ru") -> None:
        super().__init__(" ", gap=10)
        self.problems = ProblemList()
        self.body.addWidget(self.problems)
        self.parts: dict[str, Field | ChoiceField] = {}
        self._gone_on = False
        self.is_typed = False
        self._bars: list[LetterBar] = []
        self.holders: list[QWidget] = []
        self.section_labels: dict[str, Label] = {}
        self._letters = QWidget()
        self._strip = rows(self._letters, gap=0)
        for line in lines:
            if isinstance(line, str):
                self.section_labels[line] = Label(weight=tokens.SEMIBOLD, ink=tokens.LAKE, wrap=True)
                self.body.addWidget(self.section_labels[line])
                continue
            holder = QWidget()
            flow = Flow(holder, gap=16)
            for ask in line:
                part = self._part(ask, lang)
                self.parts[ask.key] = part
                flow.addWidget(part)
            holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            self.body.addWidget(holder)
            self.holders.append(holder)
        self._letters.setVisible(bool(self._bars))
        self.body.addWidget(self._letters)
        self.restyle()
        foot = columns(gap=12)
        self.save_button = Button(kind="primary", keys=("F10",))
        self.back_button = Button(keys=("Esc",))
        self.save_button.clicked.connect(lambda: self.finish())  # noqa: PLW0108 - what a form makes of it
        self.back_button.clicked.connect(lambda: self.go_back())  # noqa: PLW0108 - the same
        foot.addWidget(self.save_button)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def finish(self) -> None:
        """F10, the button, or Enter in the last field."""
        self.saved.emit()

    def go_back(self) -> None:
        """Esc, or the button."""
        self.left.emit()

    def hints(self, words: Words) -> tuple[Hint, ...]:
        """The keys of the form that are true at this moment."""
        done = self.done_word(words)
        return (Hint(("Enter",), done if self._in_last() else words._("next field")), Hint(("F10",), done))

    def done_word(self, words: Words) -> str:
        """What F10 does, and Enter in the last field."""
        return words._("save")

    def _in_last(self) -> bool:
        """The cursor is where Enter goes on to no other field: in the last one, or on the button that saves."""
        shown: list[QWidget] = [part for part in self.parts.values() if not part.isHidden()]
        focus = QApplication.focusWidget()
        return focus is not None and any(
            part is focus or part.isAncestorOf(focus) for part in (*shown[-1:], self.save_button)
        )

    def restyle(self) -> None:
        """The letters of the field being typed in have their place, so that nothing moves when they come."""
        self._letters.setMinimumHeight(px(36))

    def _part(self, ask: Ask, lang: str) -> Field | ChoiceField:
        if ask.choice:
            choice = ChoiceField(ask.width)
            choice.picker.picked.connect(self._touch)
            return choice
        field = Field(width=ask.width)
        field.edit.textEdited.connect(self._touch)
        if ask.letters:
            bar = LetterBar(field.edit, lang, names=True)
            field.edit.letter_bar = bar
            field.edit.letters_follow_focus = True
            bar.hide()
            self._strip.addWidget(bar)
            self._bars.append(bar)
        field.entered.connect(lambda: self._entered(ask.key))
        return field

    def set_words(
        self,
        title: str,
        labels: Mapping[str, tuple[str, ...]],
        save: str,
        back: str,
        units: Mapping[str, str] = {},
        sections: Mapping[str, str] = {},
    ) -> None:
        """All words: of each key its label and, if there is one, its hint; of each section its heading."""
        self.title.setText(title)
        self.setAccessibleName(title)
        for key, words in labels.items():
            part = self.parts[key]
            if isinstance(part, Field):
                part.set_words(words[0], words[1] if len(words) > 1 else "", units.get(key, ""))
            else:
                part.set_words(*words[:2])
        for name, heading in sections.items():
            self.section_labels[name].setText(heading)
        self.save_button.set_words(save, f"{save}: {title}")
        self.back_button.set_words(back)

    def set_language(self, lang: str) -> None:
        """The language whose letters stand first."""
        for bar in self._bars:
            bar.set_language(lang)

    def field(self, key: str) -> Field:
        """One of the fields."""
        part = self.parts[key]
        assert isinstance(part, Field)
        return part

    def picker(self, key: str) -> Picker:
        """One of the choices."""
        part = self.parts[key]
        assert isinstance(part, ChoiceField)
        return part.picker

    def text(self, key: str) -> str:
        """What is typed, or the key chosen."""
        part = self.parts[key]
        return part.text() if isinstance(part, Field) else str(part.picker.key() or "")

    def texts(self) -> dict[str, str]:
        """Everything typed and chosen."""
        return {key: self.text(key) for key in self.parts}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Fill the form; keys not named are emptied."""
        self.is_typed = False
        self.problems.clear()
        for key, part in self.parts.items():
            if isinstance(part, Field):
                part.set_text(texts.get(key, ""))
            else:
                part.picker.set_key(texts.get(key, ""))

    def put_back(self, kept: Mapping[str, str] | None) -> None:
        """What a person has typed before, if anything: it is still written nowhere."""
        if kept is not None:
            self.set_texts(kept)
            self.is_typed = True

    def _touch(self) -> None:
        if not self.is_typed:
            self.is_typed = True
            self.touched.emit()

    def focus_first(self) -> None:
        """The cursor into the first field."""
        next(iter(self.parts.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def labelled(self, problem: Problem) -> Problem:
        """The same problem with the label of its field as its place: sentences never say the record's word."""
        named = self.parts.get(problem.where)
        return problem if named is None else replace(problem, where=named.label())

    def tell(self, title: str, problems: Sequence[tuple[str, str]]) -> None:
        """Trouble as (key or empty, sentence): on top with its field's label and a way there, and at the field.

        The cursor goes to the first field that is wrong; the ways on top are reached with Shift+Tab.
        """
        for part in self.parts.values():
            if isinstance(part, Field):
                part.tell_problem("")
        lines = []
        for key, sentence in problems:
            named = self.parts.get(key)
            if isinstance(named, Field):
                named.tell_problem(sentence)
            said = sentence if named is None else f"{named.label()}: {sentence}"
            lines.append(ProblemLine(said, None if named is None else named.setFocus))
        self.problems.show_problems(title, lines)
        wrong = {key for key, _ in problems}
        first = next((part for key, part in self.parts.items() if key in wrong and not part.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self, key: str) -> None:
        """Enter in a field; the same key press comes to the form afterwards and must not go on once more."""
        self._gone_on = True
        self._go_on(key)

    def _go_on(self, key: str) -> None:
        keys = [k for k, part in self.parts.items() if not part.isHidden()]
        at = keys.index(key)
        if at + 1 < len(keys):
            self.parts[keys[at + 1]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_plain(event, Qt.Key.Key_F10):
            self.finish()
        elif is_plain(event, Qt.Key.Key_Escape):
            self.go_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._gone_on:
                self._gone_on = False
                return
            chosen = next((k for k, p in self.parts.items() if isinstance(p, ChoiceField) and p.picker.hasFocus()), "")
            if chosen:
                self._go_on(chosen)
        else:
            super().keyPressEvent(event)
