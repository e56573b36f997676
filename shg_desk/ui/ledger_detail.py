"""The card under the ledger: what the line under the cursor is, who wrote it, what corrects what and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from shg_desk.actions.views_entry import EntryDetail
from shg_desk.actions.views_entry import Line
from shg_desk.actions.views_ledger import LedgerView
from shg_desk.domain.money import Currency
from shg_desk.domain.statement import GroupRow
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.ledger_rows import what_words
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card


def line_words(words: Words, line: Line, currency: Currency) -> str:
    """An entry in a few words: `Loan repayment L-3: Төрөева Айнура, 1 060 сом`."""
    text = ledger_words.line(words, line.what, line.facts, currency)
    if line.who:
        text = words._("{what}: {name}").format(what=text, name=line.who)
    return words._("{what}, {sum}").format(what=text, sum=formats.money(words, line.amount_minor, currency))


class LedgerDetail(Card):
    """Icon, title, sentence; origin and correction at the right."""

    origin_asked = Signal()
    correct_asked = Signal()
    meeting_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = columns(gap=12)
        self._icon = Picture("note", ink=tokens.LAKE)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        text = rows(gap=2)
        self.headline = Label(weight=tokens.SEMIBOLD, wrap=True)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        text.addWidget(self.headline)
        text.addWidget(self.below)
        line.addLayout(text, 1)
        self._line = columns(gap=12)
        self._line.addLayout(line, 1)
        self.body.addLayout(self._line)
        self.origin_button = Button(keys=("Enter",))
        self.meeting_button = Button()
        self.correct_button = Button(keys=("F2",))
        self.origin_button.clicked.connect(self.origin_asked)
        self.meeting_button.clicked.connect(self.meeting_asked)
        self.correct_button.clicked.connect(self.correct_asked)
        buttons = columns(gap=10)
        for button in (self.origin_button, self.meeting_button, self.correct_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addLayout(buttons)
        self.restyle()

    def restyle(self) -> None:
        """Buttons beside the words; under them where letters are large."""
        large = tokens.large()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    def retranslate(self, words: Words) -> None:
        """The words on the buttons."""
        self.meeting_button.set_words(words._("Correct this meeting"))
        self.correct_button.set_words(words._("Correct"))

    def show_folded(self, words: Words, row: GroupRow, view: LedgerView, *, opened: bool) -> None:
        """A line that stands for several of one meeting."""
        self._icon.set_icon("sheet", tokens.LAKE)
        self.headline.setText(what_words(words, row, view))
        parts = [formats.date(row.effective)]
        if row.meeting:
            parts.insert(0, words._("Meeting {number}").format(number=row.meeting))
        some = words.n_("{n} line of the ledger", "{n} lines of the ledger", len(row.names)).format(n=len(row.names))
        self.below.setText(" · ".join([*parts, some]))
        self.origin_button.set_words(words._("Close the lines") if opened else words._("Show each line"))
        self.origin_button.show()
        self.correct_button.set_reason(words._("Open the lines and choose the one that is wrong"))
        self.correct_button.setVisible(self.meeting_button.isHidden())
        self.meeting_button.set_keys(("F2",))

    def show_entry(self, words: Words, detail: EntryDetail, number: int, *, origin: bool) -> None:
        """One entry: what it is, when and by whom it was written, what corrects what."""
        corrects = detail.corrects is not None
        self._icon.set_icon("undo" if corrects or detail.corrected_by else "note", tokens.LAKE)
        self.headline.setText(f"{number} · {line_words(words, detail.line, detail.currency)}")
        self.below.setText("\n".join(entry_sentences(words, detail)))
        self.origin_button.set_words(words._("Open the meeting"))
        self.origin_button.setVisible(origin)
        why = "" if detail.hows else words._("This line is a correction itself, or was corrected already")
        self.correct_button.set_reason(why)
        self.correct_button.show()
        self.meeting_button.set_keys(("Shift", "F2"))


def entry_sentences(words: Words, detail: EntryDetail) -> list[str]:
    """What is known of an entry, a sentence each."""
    first = []
    if detail.meeting:
        meeting = words._("Meeting {number} of {date}").format(
            number=detail.meeting, date=formats.date(detail.effective)
        )
        first.append(meeting)
    else:
        first.append(formats.date(detail.effective))
    if detail.recorded is not None:
        day = formats.date(detail.recorded)
        by = words._("written by {name}, {date}").format(name=detail.by, date=day)
        first.append(by if detail.by else words._("written {date}").format(date=day))
    if detail.receipt:
        first.append(words._("receipt {number}").format(number=detail.receipt))
    if detail.source:
        first.append(words._("from the table {name}").format(name=detail.source))
    elif detail.from_paper:
        first.append(words._("from paper"))
    found = [" · ".join(first)]
    if detail.corrects is not None:
        text = words._("Takes back: {what}").format(what=line_words(words, detail.corrects, detail.currency))
        found.append(_with_reason(words, text, detail.reason))
    elif detail.reason:
        found.append(_with_reason(words, words._("Written by a correction"), detail.reason))
    if detail.corrected_by is not None:
        found.append(_with_reason(words, words._("This line was taken back"), detail.correction_reason))
    return found


def _with_reason(words: Words, text: str, reason: str) -> str:
    return words._("{what}, reason: «{reason}»").format(what=text, reason=reason) if reason else text
