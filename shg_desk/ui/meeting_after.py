"""After closing: what is read aloud, a member a screen in letters seen across the room, and what goes into booklets."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from shg_desk.domain.money import Currency
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_aloud import Reading
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import fonts
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.meeting_words import ATTENDANCE
from shg_desk.ui.meeting_words import COLUMNS
from shg_desk.ui.parts.banner import Agreement
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.table import Table

NAME_LETTERS, LINE_LETTERS, LEAST_LETTERS = 84, 62, 26
"""Pixels, at every letter size: lines of about two centimetres on a small laptop held up to the group; where much is to
be said of a member they are as small as it takes for all of it to stand there."""
TWO_LINES = 40
"""Letters of a name that stand in two lines of the large letters."""
LINES = 7


class BigLabel(Label):
    """Words in letters larger than the type sizes of pages."""

    def __init__(self, pixels: int, *, weight: int = tokens.REGULAR, ink: str = tokens.INK) -> None:
        self._pixels = pixels
        super().__init__(weight=weight, ink=ink, wrap=True)

    def set_pixels(self, pixels: int) -> None:
        """Other letters: a long name is read out of smaller ones."""
        self._pixels = pixels
        self.restyle()

    def restyle(self) -> None:
        """Font and colour at the letter size in force."""
        super().restyle()
        font = QFont(fonts.font(tokens.COUNTER, self._weight))
        font.setPixelSize(self._pixels)
        self.setFont(font)
        self.updateGeometry()


class ReadAloud(QWidget):
    """One member a screen; Space or Enter goes on, backspace back. `finished` after the last."""

    finished = Signal()

    def __init__(self, readings: tuple[Reading, ...], currency: Currency, words: Words) -> None:
        super().__init__()
        self._readings, self._currency, self.words = readings, currency, words
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = rows(self, margins=(40, 14, 40, 12), gap=4)
        self.who = BigLabel(NAME_LETTERS, weight=tokens.SEMIBOLD)
        self.lines = [BigLabel(LINE_LETTERS) for _ in range(LINES)]
        self._count = Label(size=tokens.SECTION, ink=tokens.INK2)
        column.addWidget(self.who)
        for line in self.lines:
            column.addWidget(line)
        column.addStretch(1)
        column.addWidget(self._count)
        self.retranslate()

    def retranslate(self) -> None:
        """The member of the moment."""
        if not self._readings:
            return
        w, reading = self.words, self._readings[self._at]
        self.who.setText(f"{reading.number}. {reading.name or ''}")
        texts = spoken_lines(w, reading, self._currency)
        for label, text in zip(self.lines, [*texts, *[""] * len(self.lines)], strict=False):
            label.setText(text)
            label.setVisible(bool(text))
        self._count.setText(w._("{n} of {all}").format(n=self._at + 1, all=len(self._readings)))
        self.setAccessibleName(". ".join((self.who.text(), *texts)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The largest letters in which everything about the member stands on the screen, the count under it."""
        name = NAME_LETTERS if len(self.who.text()) <= TWO_LINES else LINE_LETTERS
        for pixels in range(LINE_LETTERS, LEAST_LETTERS - 1, -4):
            self.who.set_pixels(min(name, round(pixels * NAME_LETTERS / LINE_LETTERS)))
            for line in self.lines:
                line.set_pixels(pixels)
            if self._needed() <= self.height():
                break
        if (column := self.layout()) is not None:
            column.activate()

    def _needed(self) -> int:
        """How high the lines are at the width there is."""
        column = self.layout()
        if column is None:
            return 0
        margins = column.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        shown = [label for label in (self.who, *self.lines, self._count) if label.text()]
        heights = [max(label.heightForWidth(width), label.minimumSizeHint().height()) for label in shown]
        return sum(heights) + column.spacing() * len(shown) + margins.top() + margins.bottom()

    def step(self, by: int) -> None:
        """The next member, or the one before."""
        self._at += by
        if self._at >= len(self._readings):
            self._at = max(0, len(self._readings) - 1)
            self.finished.emit()
        self._at = max(0, self._at)
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_PageDown)
        if event.key() in on:
            self.step(1)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.step(-1)
        else:
            event.ignore()


def spoken_lines(words: Words, reading: Reading, currency: Currency) -> list[str]:
    """What is said about one member: paid today, taken, savings in all, debt left, what is next."""

    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, currency)

    lines = []
    if reading.attendance in (Attendance.ABSENT, Attendance.EXCUSED) and not reading.paid_minor:
        lines.append(words.say(ATTENDANCE[reading.attendance]))
    else:
        lines.append(words._("Paid today {sum}").format(sum=sum_(reading.paid_minor)))
    if reading.taken_minor:
        lines.append(words._("Received today {sum}").format(sum=sum_(reading.taken_minor)))
    lines.append(words._("Savings in all {sum}").format(sum=sum_(reading.saved_minor)))
    if reading.debt_minor:
        lines.append(words._("Debt left {sum}").format(sum=sum_(reading.debt_minor)))
    if reading.fines_owed_minor:
        lines.append(words._("Fines owed {sum}").format(sum=sum_(reading.fines_owed_minor)))
    due = reading.next_due
    if due is not None and due.late_minor:
        lines.append(words._("Overdue {sum}").format(sum=sum_(due.late_minor)))
    if due is not None and due.amount_minor:
        text = words._("Next: {sum} on {date}")
        lines.append(text.format(sum=sum_(due.amount_minor), date=formats.date(due.on)))
    return lines


class Booklets(QWidget):
    """One list of exactly what to write by hand in each booklet."""

    def __init__(self, readings: tuple[Reading, ...], currency: Currency, words: Words) -> None:
        super().__init__()
        self._readings, self._currency, self.words = readings, currency, words
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
        self.table.set_rows([self._row(reading) for reading in self._readings if reading.ins or reading.outs])

    def _row(self, reading: Reading) -> Row:
        w, currency = self.words, self._currency

        def sum_(amount_minor: int) -> str:
            return formats.amount(w, amount_minor, currency)

        said = [f"{self._kind(line.kind)} {sum_(line.amount_minor)}" for line in reading.ins]
        said += [f"{self._kind(out.kind, out=True)} {sum_(-out.amount_minor)}" for out in reading.outs]
        return Row(
            (
                Cell(reading.number, ink=tokens.INK2),
                Cell(reading.name or ""),
                Cell(", ".join(said)),
                money(sum_(reading.change_minor)),
                money(sum_(reading.saved_minor), weight=tokens.SEMIBOLD),
                money(sum_(reading.debt_minor) if reading.debt_minor else ""),
            ),
            key=reading.member,
        )

    def _kind(self, kind: str, *, out: bool = False) -> str:
        if kind == "fine-owed":
            return self.words._("Fine owed")
        return self.words.say(COLUMNS["other-out" if out and kind == "other" else kind])


class AfterView(QWidget):
    """The closed meeting: what was written, and what can be done now. Signals are the choices."""

    aloud_asked = Signal()
    booklets_asked = Signal()
    next_asked = Signal()
    done_asked = Signal()

    def __init__(self, words: Words, sentence_: str, *, has_next: bool) -> None:
        super().__init__()
        self.words, self._sentence, self._has_next = words, sentence_, has_next
        column = rows(self, margins=(20, 20, 20, 20), gap=14)
        self.banner = Agreement()
        column.addWidget(self.banner)
        self.aloud = Button(kind="primary", keys=("Enter",), alone=True)
        self.booklets = Button(icon="book_open", alone=True)
        self.next = Button(keys=("Alt", "↓"), alone=True)
        self.done = Button(keys=("Esc",), alone=True)
        line = columns(gap=12)
        for button, signal in (
            (self.aloud, self.aloud_asked),
            (self.booklets, self.booklets_asked),
            (self.next, self.next_asked),
            (self.done, self.done_asked),
        ):
            button.clicked.connect(signal)
            button.installEventFilter(self)
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        w = self.words
        self.banner.set_words(self._sentence)
        self.aloud.set_words(w._("Read aloud"))
        self.booklets.set_words(w._("Write into the booklets"))
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
