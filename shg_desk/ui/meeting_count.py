"""The money counted, note by note or as one sum, and the card of the box: start, in, out, by the book."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.domain.group_places import BOX
from shg_desk.domain.money import AmountError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_draft import typed_minor
from shg_desk.domain.sheet_state import CountState
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.meeting_words import place_name
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import UNBOUND
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Rule
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.tokens import px

COINS = -1
"""The line under the notes where small money is counted in all."""

MOST_LINES = 9
"""Lines of the count that stand beside a sheet of twenty rows on a screen 690 pixels high."""


def lines_of(values: Sequence[int], smallest_minor: int) -> tuple[int, ...]:
    """What the count asks for: the notes and coins the group uses, the small ones in one line where there are many."""
    used = tuple(value for value in values if value >= smallest_minor)
    return used if len(used) <= MOST_LINES else (*used[: MOST_LINES - 1], COINS)


def counted_name(draft: Draft, words: Words) -> str:
    """What the group calls the place that is being counted."""
    return place_name(words, draft.place, draft.ground.place_names)


class CashCard(Card):
    """The box so far; the same four lines for every group."""

    def __init__(self) -> None:
        super().__init__(" ", small_title=True, gap=1)
        self.body.setProperty("px_spacing", [12, 7, 12, 7, 1])
        self.body.setContentsMargins(px(12), px(7), px(12), px(7))
        self._names: list[Label] = []
        self._sums: list[Label] = []
        for last in (False, False, False, True):
            if last:
                self.body.addWidget(Rule())
            line = columns(gap=8)
            weight = tokens.SEMIBOLD if last else tokens.REGULAR
            name = Label(size=tokens.GRID, weight=weight, ink=tokens.INK if last else tokens.INK2)
            sum_ = Label(size=tokens.GRID, weight=tokens.SEMIBOLD if last else tokens.MEDIUM)
            line.addWidget(name)
            line.addStretch(1)
            line.addWidget(sum_)
            self.body.addLayout(line)
            self._names.append(name)
            self._sums.append(sum_)

    def show_cash(self, draft: Draft, words: Words) -> None:
        """The place of a draft that is being counted: the box, or a bag."""
        cash, currency = draft.cash(), draft.ground.currency
        unit = formats.unit(words, currency.code)
        named = words._("{what}, {detail}").format(what=counted_name(draft, words), detail=unit)
        self.title.setText(words._("Cash box, {unit}").format(unit=unit) if draft.place == BOX else named)
        names = (words._("At the start"), words._("Came in"), words._("Went out"), words._("By the book"))
        sums = (
            formats.amount(words, cash.start_minor, currency),
            formats.amount(words, cash.in_minor, currency, plus=True),
            formats.amount(words, -cash.out_minor, currency),
            formats.amount(words, cash.expected_minor, currency),
        )
        for label, name, figure, text in zip(self._names, names, self._sums, sums, strict=True):
            label.setText(name)
            figure.setText(text)
            figure.setAccessibleName(f"{name} {text}")


class CountPanel(Card):
    """One field a note, the largest first; `+` asks for one sum instead, and again for notes.

    `changed` after every figure taken into the draft, `typed` while typing, `told` carries a sentence about a text
    that is no number, `passed` is Enter on the last field.
    """

    changed = Signal()
    typed = Signal()
    told = Signal(str)
    passed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(" ", small_title=True, gap=0)
        self.body.setProperty("px_spacing", [12, 5, 12, 8, 0])
        self.body.setContentsMargins(px(12), px(5), px(12), px(8))
        self._words = words
        self._draft: Draft | None = None
        self._kinds: tuple[int, ...] = ()
        self.edits: list[LineEdit] = []
        self._sums: list[Label] = []
        self.take_key: Callable[[QKeyEvent], bool] | None = None
        self.by_total = False
        self._seen = CountState()
        self.key = Button(kind="quiet", keys=("F8",))
        self.key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head.addWidget(self.key)
        self._lines = rows(gap=0)
        self.body.addLayout(self._lines)
        self.paper = Button(kind="chip")
        self.paper.clicked.connect(self._paper_clicked)
        self.body.addWidget(self.paper)
        foot = columns(margins=(0, 4, 0, 0), gap=8)
        self._name = Label(size=tokens.GRID, weight=tokens.SEMIBOLD)
        self._total = Label(size=tokens.GRID, weight=tokens.SEMIBOLD)
        foot.addWidget(self._name)
        foot.addStretch(1)
        foot.addWidget(self._total)
        self.body.addLayout(foot)

    def show_draft(self, draft: Draft, kinds: Sequence[int]) -> None:
        """Count for a draft; `kinds` are the notes and coins in use, in minor units, the largest first."""
        self._draft = draft
        self._kinds = lines_of(kinds, draft.ground.currency.smallest_minor) if COINS not in kinds else tuple(kinds)
        self.by_total = draft.count.total_minor is not None
        self._build()
        self.refresh()

    def retranslate(self) -> None:
        """Every word anew; the cursor stays in its field, with what is typed there."""
        at = next((i for i, edit in enumerate(self.edits) if edit.hasFocus()), None)
        typed = "" if at is None else self.edits[at].text()
        self._build()
        self.refresh()
        if at is not None:
            self._go(at)
            self.edits[at].setText(typed)

    def kinds(self) -> tuple[int, ...]:
        """The notes it asks for."""
        return self._kinds

    def _build(self) -> None:
        assert self._draft is not None
        self.edits, self._sums = [], []  # before they go: a field that loses the cursor would be taken once more
        for i in reversed(range(self._lines.count())):
            item = self._lines.takeAt(i)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for kind in (0,) if self.by_total else self._kinds:
            self._lines.addWidget(self._line(kind))
        self.paper.setVisible(self.by_total)

    def _line(self, kind: int) -> QWidget:
        assert self._draft is not None
        holder = QWidget()
        line = columns(holder, margins=(0, 1, 0, 1), gap=8)
        words, currency = self._words, self._draft.ground.currency
        if self.by_total:
            name = words._("One sum")
        elif kind == COINS:
            name = words._("Small money")
        else:
            name = f"{formats.amount(words, kind, currency)} ×"
        label = Label(name, size=tokens.GRID, ink=tokens.INK2, align=paint.RIGHT_MIDDLE, wrap=kind in (0, COINS))
        set_width(label, 60, UNBOUND)
        edit = LineEdit(size=tokens.GRID, height=22)
        edit.setProperty("count", "true")
        set_width(edit, 72 if kind in (0, COINS) else 48)
        edit.setAlignment(paint.RIGHT_MIDDLE)
        edit.setAccessibleName(words._("Counted: {what}").format(what=name))
        edit.installEventFilter(self)
        edit.textEdited.connect(lambda _text: self.typed.emit())
        edit.left.connect(lambda e=edit: self._left(e))
        sum_ = Label(size=tokens.GRID)
        line.addWidget(label)
        line.addWidget(edit)
        if self.by_total:
            sum_.setParent(holder)
            sum_.hide()
        else:
            line.addStretch(1)
            line.addWidget(sum_)
        self.edits.append(edit)
        self._sums.append(sum_)
        return holder

    # -- figures

    def refresh(self) -> None:
        """Show what the draft holds; a field being typed in is left alone."""
        if self._draft is None:
            return
        words, currency, count = self._words, self._draft.ground.currency, self._draft.count
        if count != self._seen and not count.is_empty and (count.total_minor is not None) != self.by_total:
            self.by_total = not self.by_total  # a step back, or a sheet that was opened
            self._build()
        self._seen = count
        title = words._("Count of the box")
        if self._draft.place != BOX:
            title = words._("Count: {place}").format(place=counted_name(self._draft, words))
        self.title.setText(title)
        self.key.set_words("", title)
        self.paper.set_words(words._("Copied from paper"))
        self.paper.setChecked(count.from_paper)
        if not self.edits:
            return
        for kind, edit, sum_ in zip((0,) if self.by_total else self._kinds, self.edits, self._sums, strict=True):
            value, amount = self._shown(kind)
            if not edit.hasFocus():
                edit.setText(value)
            sum_.setText("" if not amount or kind in (0, COINS) else formats.amount(words, amount, currency))
        self._name.setText(words._("Counted"))
        counted = count.counted_minor
        self._total.setText("" if counted is None else formats.amount(words, counted, currency))
        self._total.setAccessibleName(f"{self._name.text()} {self._total.text()}")

    def _shown(self, kind: int) -> tuple[str, int]:
        assert self._draft is not None
        count, currency = self._draft.count, self._draft.ground.currency
        if kind > 0:
            number = count.notes.get(kind)
            return "" if number is None else str(number), kind * (number or 0)
        amount = self._coins(count) if kind == COINS else count.total_minor
        return "" if amount is None else formats.amount(self._words, amount, currency), amount or 0

    def _coins(self, count: CountState) -> int | None:
        """Small money: as typed, and on a sheet that was closed all that no field of its own is for."""
        others = sum(value * number for value, number in count.notes.items() if value not in self._kinds)
        return (count.coins_minor or 0) + others if others else count.coins_minor

    def take(self, edit: LineEdit) -> bool:
        """What stands in a field into the draft; False (and told) where it is no number."""
        assert self._draft is not None
        kind = 0 if self.by_total else self._kinds[self.edits.index(edit)]
        text = edit.text().strip()
        before = self._draft.state
        digits = 0 if kind > 0 else self._draft.ground.currency.minor_digits
        try:
            value = typed_minor(text, digits) if text else None
        except AmountError as trouble:
            code = Code.AMOUNT_UNREADABLE if kind > 0 else trouble.code
            self.told.emit(sentence(self._words, Problem(code, "count")))
            edit.setText(self._shown(kind)[0])
            if edit.hasFocus():
                edit.selectAll()
            return False
        if kind > 0:
            self._draft.count_note(kind, value)
        elif kind == COINS:
            if value != self._coins(before.count):
                self._draft.count_coins(value, self._kinds)
        elif value is not None or self._draft.count.total_minor is not None:
            self._draft.count_total(value, from_paper=self.paper.isChecked())
        if self._draft.state != before:
            self.changed.emit()
        return True

    def _left(self, edit: LineEdit) -> None:
        if edit in self.edits and self._draft is not None:
            self.take(edit)

    def take_typed(self) -> bool:
        """Take the field that has the cursor, where one has; False (and told) where it holds no number."""
        return all(self.take(edit) for edit in self.edits if edit.hasFocus())

    # -- keys

    def begin(self) -> None:
        """The cursor into the first field."""
        if self.edits:
            self.edits[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self.edits[0].selectAll()

    def go_on(self) -> None:
        """Where it has the cursor already: to the next place that is counted, where the group has bags."""
        if self._draft is not None and self.has_cursor() and self.take_typed() and self._draft.count_next():
            self.show_draft(self._draft, self._kinds)
            self.changed.emit()

    def has_cursor(self) -> bool:
        """True while one of its fields has the cursor."""
        return any(edit.hasFocus() for edit in self.edits) or self.paper.hasFocus()

    def switch(self) -> None:
        """`+`: one sum instead of notes, or notes again."""
        self.by_total = not self.by_total
        self._build()
        self.refresh()
        self.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched not in self.edits or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        i = self.edits.index(watched)
        plain = keys.held(event) in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = -1 if key == Qt.Key.Key_Up else 1
            if self.take(self.edits[i]):
                self._go(i + step)
                if i + step == len(self.edits) and key != Qt.Key.Key_Down:
                    self.passed.emit()
            return True
        fresh = self.edits[i].selectedText() == self.edits[i].text()
        if plain and event.text() == "+" and fresh:
            self.switch()
            return True
        return self.take_key is not None and self.take_key(event)

    def _go(self, i: int) -> None:
        if 0 <= i < len(self.edits):
            self.edits[i].setFocus(Qt.FocusReason.TabFocusReason)
            self.edits[i].selectAll()

    def _paper_clicked(self) -> None:
        if self._draft is not None and self._draft.count.total_minor is not None:
            self._draft.count_total(self._draft.count.total_minor, from_paper=self.paper.isChecked())
            self.changed.emit()
