"""One difference at the right of the list: sides, their lines, the question with its answers, the outcome, Settle."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.difference_view import Answer
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.views_differences import Sort
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.difference_fields import in_words
from shg_desk.ui.difference_lines import DifferenceLines
from shg_desk.ui.difference_words import TITLES
from shg_desk.ui.difference_words import age
from shg_desk.ui.difference_words import answer_words
from shg_desk.ui.difference_words import explanation
from shg_desk.ui.difference_words import line_below
from shg_desk.ui.difference_words import outcome_words
from shg_desk.ui.difference_words import side_lines
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import bring_into_sight
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import is_in_sight
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import seen_whole
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.choice import Choice
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.parts.letter_bar import LetterBar
from shg_desk.ui.parts.table import Table


class SideBox(QFrame):
    """Whose side it is and what is told of it, on a sunken ground."""

    def __init__(self, name: str, lines: list[str]) -> None:
        super().__init__()
        column = rows(self, margins=(12, 6, 12, 8), gap=0)
        column.addWidget(Label(name, weight=tokens.SEMIBOLD, wrap=True))
        for line in lines:
            column.addWidget(Label(line, size=tokens.GRID, ink=tokens.INK2, wrap=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()), fill=tokens.CANVAS, radius=tokens.RADIUS_FIELD)


class DifferenceDetail(Card):
    """Shows one difference. `settled` carries its name, the answer, the side, sides by row, and the reason typed."""

    settled = Signal(str, str, int, object, str)
    ledger_asked = Signal(str, str, object)
    """The group, the account and the member whose lines end a difference that is not answered here."""
    changed = Signal()

    def __init__(self, words: Words, *, office: bool) -> None:
        super().__init__("\u00a0", gap=8)
        self._words = words
        self.view: DifferenceView | None = None
        self._today: date | None = None
        self.choices: list[Choice] = []
        self.picked: dict[str, int] = {}
        self._seen = False
        """Whether the answer chosen was in sight since."""
        self.title.setWordWrap(True)
        self.pill = Pill()
        self.head.addWidget(self.pill)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.body.addWidget(self.below)
        self.side_line = columns(gap=12)
        self.body.addLayout(self.side_line)
        self.table = Table([], row_height=(28, 32))
        self.table.view.take_key = self.take_side_key
        self.table.view.opened.connect(lambda _row, _column: self.settle())
        self.body.addWidget(self.table, 1)
        self.ledger_button = Button(icon="book")
        self.ledger_button.clicked.connect(self._ask_for_ledger)
        self.body.addWidget(self.ledger_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.answers = QWidget()
        self.body.addWidget(self.answers)
        self._build_answers(office=office)
        self.body.addStretch(0)
        for panel in (self.answers, self):
            seen_whole(panel)

    def _build_answers(self, *, office: bool) -> None:
        """What is asked, the answers, the reason, and what the answer chosen does."""
        below = rows(self.answers, gap=8)
        self.question = Label(weight=tokens.SEMIBOLD)
        below.addWidget(self.question)
        self.grid = QGridLayout()
        self.grid.setSpacing(8)
        below.addLayout(self.grid)
        self.reason = LineEdit(height=36)
        self.reason.entered.connect(self.settle)
        self.reason_label = Label(weight=tokens.MEDIUM)
        why = columns(gap=10)
        why.addWidget(self.reason_label)
        why.addWidget(self.reason, 1)
        below.addLayout(why)
        self.letters = LetterBar(self.reason, self._words.lang)
        self.reason.letter_bar = self.letters
        self.reason.letters_follow_focus = True
        self.letters.hide()
        below.addWidget(self.letters)
        self.problem = Banner("wrong")
        self.problem.hide()
        below.addWidget(self.problem)
        foot = columns(gap=10)
        self.icon = Picture("info", ink=tokens.LAKE)
        self.outcome = Label(size=tokens.GRID, wrap=True)
        self.button = Button(kind="office" if office else "primary", keys=("Enter",))
        self.button.clicked.connect(self.settle)
        foot.addWidget(self.icon)
        foot.addWidget(self.outcome, 1)
        foot.addWidget(self.button)
        below.addLayout(foot)

    # -- showing

    def retranslate(self) -> None:
        """The words that stay; the rest comes with the difference."""
        say = self._words._
        self.question.setText(say("What was it really?"))
        self.button.set_words(say("Settle"))
        self.ledger_button.set_words(say("Open in the ledger"))
        self.reason_label.setText(say("Why"))
        self.reason.setPlaceholderText(say("stands in the records; may stay empty"))
        self.reason.setAccessibleName(say("Why"))
        self.letters.set_language(self._words.lang)
        self.show_difference(self.view, self._today)

    def show_difference(self, view: DifferenceView | None, today: date | None) -> None:
        """Another difference, or the same one read again: what was chosen of it stays."""
        same = view is not None and self.view is not None and view.item.name == self.view.item.name
        chosen = self._chosen_number() if same else -1
        self.view, self._today = view, today
        if not same:
            self.choices = []  # those of the difference before answer nothing here
            self.picked = {}
            self._seen = False
            self.reason.clear()
            self.problem.hide()
        for part in (self.table, *self._asking(), self.pill):
            part.setVisible(view is not None)
        self.ledger_button.setVisible(self.in_ledger())
        if view is None or today is None:
            self.title.setText("\u00a0")
            self.below.setText("")
            return
        words = self._words
        self.title.setText(" · ".join(filter(None, (words.say(TITLES[view.item.sort]), line_below(words, view.item)))))
        self.below.setText(explanation(words, view))
        old = age(words, view.item, today)
        self.pill.set_words(old, "warning", "clock")
        self.pill.setVisible(bool(old))
        self._show_sides(view)
        self._show_rows()
        self._show_answers(view, chosen)
        self.changed.emit()

    def _asking(self) -> tuple[QWidget, ...]:
        return (self.question, self.reason, self.reason_label, self.button, self.icon)

    def _show_sides(self, view: DifferenceView) -> None:
        _clear(self.side_line)
        for side in view.sides:
            lines = side_lines(self._words, side, view.item)
            if lines:
                self.side_line.addWidget(SideBox(side.label, lines), 1)

    def _show_rows(self) -> None:
        view = in_words(self._words, self.view) if self.view is not None else None
        self.table.setVisible(view is not None and bool(view.rows))
        if view is not None and view.rows:
            lines = DifferenceLines(self._words, view, self.picked if self.by_row() else {})
            self.table.set_columns(lines.heads())
            self.table.set_rows(lines.rows(), lines.totals())

    # -- answers

    def _show_answers(self, view: DifferenceView, chosen: int) -> None:
        _clear(self.grid)
        self.choices = []
        for i, answer in enumerate(view.answers):
            title, below = answer_words(self._words, view, answer)
            choice = Choice(str(i + 1), title, below)
            choice.setChecked(i == chosen)
            choice.toggled.connect(lambda on: self._answered() if on else None)
            self.choices.append(choice)
        self.restyle()
        for part in self._asking():
            part.setVisible(bool(view.answers))
        self._show_outcome()

    def restyle(self) -> None:
        """The answers two in a line, one under the other where letters are large."""
        across = 1 if tokens.large() else 2
        for i, choice in enumerate(self.choices):
            self.grid.addWidget(choice, i // across, i % across)

    def _answered(self) -> None:
        self.problem.hide()
        self._show_outcome()
        self._show_rows()
        self._look_at_chosen()
        self.changed.emit()

    def _look_at_chosen(self) -> None:
        chosen = self.choices[self._chosen_number()]
        bring_into_sight(chosen)
        self._seen = is_in_sight(chosen)

    def _show_outcome(self) -> None:
        say, view, answer = self._words._, self.view, self.answer()
        blocked = ""
        if view is None or not view.answers:
            at_office = view is not None and view.at_office
            told = say("Your office answers this; the answer comes with its receipt.")
            self.outcome.setText(told if at_office else "")
        elif answer is None:
            blocked = say("Choose an answer first")
            self.outcome.setText(say("Choose what was so; nothing is chosen for you."))
        elif left := self._rows_left():
            n = len(left)
            blocked = self._words.n_(
                "Choose a side with ← and → in {n} more row", "Choose a side with ← and → in {n} more rows", n
            ).format(n=n)
            self.outcome.setText(blocked)
        else:
            self.outcome.setText(outcome_words(self._words, view, answer))
            blocked = self.outcome.text() if answer.blocked else ""
        self.button.set_reason(blocked)
        self.icon.set_icon("octagon" if answer and answer.blocked else "info", tokens.LAKE)

    def _chosen_number(self) -> int:
        return next((i for i, choice in enumerate(self.choices) if choice.isChecked()), -1)

    def answer(self) -> Answer | None:
        """The answer chosen, or None."""
        number = self._chosen_number()
        return self.view.answers[number] if self.view is not None and number >= 0 else None

    def by_row(self) -> bool:
        """True while a side is chosen for every row."""
        answer = self.answer()
        return answer is not None and answer.code == "rows"

    def _rows_left(self) -> list[str]:
        """The keys of the rows that differ and have no side yet, while a side is chosen for every row."""
        rows_ = self.view.rows if self.view is not None and self.by_row() else ()
        return [row.key for row in rows_ if row.differs and row.key not in self.picked]

    def choose(self, number: int) -> bool:
        """Choose an answer by its digit; True when there is such an answer."""
        if not 0 <= number < len(self.choices):
            return False
        self.choices[number].setChecked(True)
        if self.by_row():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._go_to_row(next(iter(self._rows_left()), None))
            self._seen = is_in_sight(self.choices[number])  # where not all fits, the rows are in sight now
        return True

    def take_side_key(self, event: QKeyEvent) -> bool:
        """Left and right choose the side of the row under the cursor."""
        if not self.by_row() or self.view is None:
            return False
        side = {Qt.Key.Key_Left: 0, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        key = self.table.row_key()
        if side is None or keys.held(event) != Qt.KeyboardModifier.NoModifier or not isinstance(key, str):
            return False
        if any(row.key == key and row.differs for row in self.view.rows):
            self.picked[key] = side
            self.problem.hide()
            self._show_rows()
            self._show_outcome()
            self.changed.emit()
        return True

    def _go_to_row(self, key: str | None) -> None:
        found = self.table.model.find(key) if key is not None else None
        self.table.view.put_cursor(found or 0, 0)

    def in_ledger(self) -> bool:
        """True where what ends it is written in the group's ledger."""
        return self.view is not None and self.view.item.sort in (Sort.CASH, Sort.BELOW_ZERO)

    def _ask_for_ledger(self) -> None:
        if self.view is not None and self.in_ledger():
            item = self.view.item
            account, owner = item.parties if item.sort is Sort.BELOW_ZERO else ("differences", "")
            self.ledger_asked.emit(item.group, account, owner or None)

    def settle(self) -> None:
        """Write the answer; without one it is said that one is missing, and one never seen is shown first.

        Where there is none to give, the ledger opens that ends the difference.
        """
        answer = self.answer()
        if self.view is None or not self.view.answers:
            self._ask_for_ledger()
            return
        if answer is None or self.button.reason():
            self.tell_problem(self.button.reason())
            if left := self._rows_left():
                self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
                self._go_to_row(left[0])
            return
        if not self._seen:
            self._look_at_chosen()
            return
        self.settled.emit(self.view.item.name, answer.code, answer.side, dict(self.picked), self.reason.text().strip())

    def tell_problem(self, words: str) -> None:
        """Why it was not settled."""
        self.problem.tell(words)
        self.problem.setVisible(bool(words))
        if words:
            bring_into_sight(self.problem)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()  # without its parent it would become a window of its own and take the focus
            widget.deleteLater()
