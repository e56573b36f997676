"""A count without a meeting before it is written: book, money, their difference, who counted, and how to undo it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_cash import Cash
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.difference_reason import UNKNOWN
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card

Line = tuple[str, str, bool]
"""A name, what stands beside it, and whether it is one of the figures."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a count in words; `how` is the bearer's code: `open`, `awaiting`, or a member's number."""

    day: str
    place: str
    who: str
    reason: str
    bearer: str
    how: str


class CountAhead(QWidget):
    """The preview of one count. `written` is Enter or the button, `left` goes back to what was typed."""

    written = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = rows(self, gap=12)
        self.card = Card(" ", gap=8)
        set_width(self.card, 620)
        line = columns(gap=0)
        line.addWidget(self.card)
        line.addStretch(1)
        column.addLayout(line)
        buttons = columns(gap=12)
        self.write_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.write_button.clicked.connect(self.written)
        self.back_button = Button(keys=("Esc",))
        self.back_button.clicked.connect(self.left)
        for button in (self.write_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self._holder: QWidget | None = None
        self.lines: tuple[Line, ...] = ()

    def show_count(self, words: Words, ground: Ground, cash: Cash, said: Said) -> None:
        """Every line anew."""
        self.card.title.setText(words._("What will be written"))
        self.write_button.set_words(words._("Write the count"))
        self.back_button.set_words(words._("Back to the count"))
        self.lines = tuple(_lines(words, ground, cash, said))
        if self._holder is not None:
            self.card.body.removeWidget(self._holder)
            self._holder.setParent(None)
            self._holder.deleteLater()
        self._holder = QWidget()
        column = rows(self._holder, gap=5)
        for name, text, is_figure in self.lines:
            weight = tokens.SEMIBOLD if is_figure else tokens.REGULAR
            line = columns(gap=12)
            line.addWidget(Label(name, ink=tokens.INK2, wrap=True), 2)
            line.addWidget(Label(text, weight=weight, wrap=True), 3)
            column.addLayout(line)
        if cash.difference_minor:
            column.addWidget(Label(_undo_words(words), size=tokens.GRID, ink=tokens.INK2, wrap=True))
        self.card.body.addWidget(self._holder)

    def focus_first(self) -> None:
        """The button that writes; nothing is written before it."""
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _lines(words: Words, ground: Ground, cash: Cash, said: Said) -> Iterator[Line]:
    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, ground.currency)

    w, difference = words, cash.difference_minor or 0
    yield ground.name, f"{said.place} · {said.day}", False
    if said.who:
        yield w._("Who counted"), said.who, False
    yield w._("By the book"), sum_(cash.expected_minor), True
    yield w._("Counted"), sum_(cash.counted_minor or 0), True
    if not difference:
        yield w._("Difference"), w._("The money and the book agree"), True
        return
    text = w._("{sum} short") if difference < 0 else w._("{sum} over")
    yield w._("Difference"), text.format(sum=sum_(abs(difference))), True
    yield w._("Why, as far as known"), w._("not known") if said.reason == UNKNOWN else said.reason, False
    yield w._("Who bears it"), said.bearer, False
    after = cash.expected_minor if said.how == "awaiting" else cash.counted_minor or 0
    yield w._("By the book afterwards"), sum_(after), True
    yield w._("Written"), _written(words, said, sum_(abs(difference))), False


def _written(words: Words, said: Said, sum_: str) -> str:
    """What becomes of the difference."""
    if said.how == "awaiting":
        return words._("the count alone; its difference waits for the other laptop's records")
    if said.how == "open":
        return words._("{sum} as a cash difference of the group that is open").format(sum=sum_)
    return words._("{sum} as money in the hands of {name}").format(sum=sum_, name=said.bearer)


def _undo_words(words: Words) -> str:
    return words._(
        "If it was a mistake: Ctrl+Z takes it back right after it is written, "
        "later Del on its line under “Between meetings”."
    )
