"""After closing: what can be done now, and what goes into the booklets by hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.domain.booklet import AfterMeeting
from shg_desk.domain.booklet import MemberAfter
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.parts.banner import Agreement
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.table import Table


class Booklets(QWidget):
    """One list of exactly what to write by hand in each booklet."""

    def __init__(self, after: AfterMeeting, words: Words) -> None:
        super().__init__()
        self._after, self.words = after, words
        column = rows(self, margins=(16, 10, 16, 8), gap=8)
        self.table = Table((), cursor="row", size=tokens.GRID, row_height=(26, 34))
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        w = self.words
        self.table.set_columns(
            [
                Column(w._("№"), 36, right=True),
                Column(w._("Name"), 180, wraps=True, grows=1),
                Column(w._("To write in the booklet"), 300, wraps=True, grows=3),
                Column(w._("In all"), 90, right=True),
                Column(w._("Savings in all"), 110, right=True),
                Column(w._("Debt left"), 100, right=True),
            ]
        )
        self.table.set_rows([self._row(card) for card in self._after.booklets])

    def _row(self, card: MemberAfter) -> Row:
        w, currency = self.words, self._after.currency

        def sum_(amount_minor: int) -> str:
            return formats.amount(w, amount_minor, currency)

        said = [
            " ".join(
                [
                    ledger_words.line(w, line.what, line.facts, currency),
                    *([sum_(moved)] if (moved := line.in_minor - line.out_minor) else []),
                ]
            )
            for line in card.lines
        ]
        return Row(
            (
                Cell(card.number, ink=tokens.INK2),
                Cell(card.called or ""),
                Cell("; ".join(said)),
                money(sum_(card.paid_minor - card.taken_minor)),
                money(sum_(card.saved_minor), weight=tokens.SEMIBOLD),
                money(sum_(card.debt_minor) if card.debt_minor else ""),
            ),
            key=card.member,
        )


class AfterView(QWidget):
    """The closed meeting: what was written, and what can be done now. Signals are the choices."""

    aloud_asked = Signal()
    booklets_asked = Signal()
    minutes_asked = Signal()
    correct_asked = Signal()
    photos_asked = Signal()
    next_asked = Signal()
    done_asked = Signal()

    def __init__(
        self,
        words: Words,
        sentence_: str,
        *,
        has_next: bool,
        can_correct: bool = False,
        can_photograph: bool = False,
    ) -> None:
        super().__init__()
        self.can_photograph = can_photograph
        self.words, self._sentence, self._has_next, self.can_correct = words, sentence_, has_next, can_correct
        column = rows(self, margins=(20, 20, 20, 20), gap=14)
        self.banner = Agreement()
        column.addWidget(self.banner)
        self.aloud = Button(kind="primary", keys=("Enter",), alone=True)
        self.booklets = Button(icon="book_open", alone=True)
        self.minutes = Button(icon="print", keys=("Ctrl", "P"), alone=True)
        self.correct = Button(keys=("F2",), alone=True)
        self.photos = Button(keys=("F4",), alone=True)
        self.next = Button(keys=("Alt", "↓"), alone=True)
        self.done = Button(keys=("Esc",), alone=True)
        holder = QWidget()
        line = Flow(holder, gap=12)
        for button, signal in (
            (self.aloud, self.aloud_asked),
            (self.booklets, self.booklets_asked),
            (self.minutes, self.minutes_asked),
            (self.correct, self.correct_asked),
            (self.photos, self.photos_asked),
            (self.next, self.next_asked),
            (self.done, self.done_asked),
        ):
            button.clicked.connect(signal)
            button.installEventFilter(self)
            line.addWidget(button)
        column.addWidget(holder)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        w = self.words
        self.banner.set_words(self._sentence)
        self.aloud.set_words(w._("Read aloud"))
        self.booklets.set_words(w._("Write into the booklets"))
        self.minutes.set_words(w._("Print the minutes"))
        self.correct.set_words(w._("Correct this meeting"))
        self.correct.setVisible(self.can_correct)
        self.photos.set_words(w._("Photo of the signed sheet"))
        self.photos.setVisible(self.can_photograph)
        self.next.set_words(w._("Next group of today"))
        self.next.setVisible(self._has_next)
        self.done.set_words(w._("Done"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down: Qt's buttons would take it for a step to their neighbour."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and isinstance(event, QKeyEvent) and keys.is_alt(event, Qt.Key.Key_Down):
            self.next_asked.emit()
            return True
        return False

    def focus_first(self) -> None:
        """Reading aloud comes first."""
        self.aloud.setFocus(Qt.FocusReason.OtherFocusReason)
