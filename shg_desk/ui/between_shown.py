"""What a receipt or payment between meetings will write, or taking one back; and the lines of those of before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from shg_desk.actions.between import LoanAhead
from shg_desk.actions.between import Recent
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.sheet import Ground
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.ledger_detail import line_words
from shg_desk.ui.ledger_effects import effect_columns
from shg_desk.ui.ledger_effects import effect_rows
from shg_desk.ui.meeting_words import place_name
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import seen_whole
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.table import Table


class BetweenShown(Card):
    """`written` is the button that writes or Enter in the reason, `left` the one that goes back."""

    written = Signal()
    left = Signal()

    def __init__(self, lang: str) -> None:
        super().__init__(" ", gap=6)
        self.effects = Table([], cursor="none", size=tokens.GRID, row_height=(26, 26))
        self.dues = Label(size=tokens.GRID, wrap=True)
        self.warn = Label(size=tokens.GRID, ink=tokens.AMBER, wrap=True)
        self.reason = Field(width=420, letters="focused", lang=lang)
        self.reason.entered.connect(self.written)
        for part in (self.effects, self.dues, self.warn, self.reason):
            self.body.addWidget(part)
        buttons = columns(gap=12)
        self.write_button = Button(kind="primary", keys=("F10",))
        self.write_button.clicked.connect(self.written)
        self.leave_button = Button(keys=("Esc",))
        self.leave_button.clicked.connect(self.left)
        buttons.addWidget(self.write_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        seen_whole(self)

    def retranslate(self, words: Words) -> None:
        """Labels; what is shown comes with `show_preview`."""
        self.effects.set_columns(effect_columns(words))
        self.reason.set_words(words._("Reason"), words._("for the ones who read the booklet"))
        self.reason.set_language(words.lang)

    def show_preview(
        self,
        words: Words,
        preview: Preview | None,
        warnings: Sequence[str] = (),
        loan: LoanAhead | None = None,
        *,
        back: bool = False,
    ) -> None:
        """What would be written (None: something is missing); with `back` what taking a record back would do."""
        self.title.setText(words._("What is taken back") if back else words._("What will be written"))
        self.effects.setVisible(preview is not None)
        self.effects.set_columns(effect_columns(words, preview.effects_on if preview is not None else None))
        self.effects.set_rows(effect_rows(words, preview) if preview is not None else [])
        self.effects.setMinimumHeight(min(self.effects.content_height(), tokens.px(230)))
        dues = ""
        if loan is not None and preview is not None:
            dues = words._("{what}: {name}").format(
                what=loan.code, name=ledger_words.loan_dues(words, loan.schedule, preview.currency)
            )
        if back and preview is not None and not preview.effects:
            self.effects.hide()
            dues = words._("The count alone goes: it moved nothing in the book.")
        for label, said in ((self.dues, dues), (self.warn, "\n".join(warnings))):
            label.setText(said)
            label.setVisible(bool(said))
        self.reason.setVisible(back)
        self.leave_button.setVisible(back)
        self.leave_button.set_words(words._("Back"))
        self.write_button.set_words(words._("Take it back") if back else words._("Write it"))
        missing = words._("Say first what it is, whose and how much")
        self.write_button.set_reason("" if preview is not None else missing)


def box_words(words: Words, ground: Ground) -> tuple[str, ...]:
    """What the book says of the box at the end of the day; where records of later days leave another sum, that too."""
    now_minor = ground.places_minor.get("box", 0)
    then_minor = ground.places_at_end_minor.get("box", 0)
    now, then = (formats.money(words, amount, ground.currency) for amount in (now_minor, then_minor))
    if ground.later_on is None or now_minor == then_minor:
        return (words._("in the box by the book {sum}").format(sum=now),)
    of_day = words._("in the box by the book on {date} {sum}").format(date=formats.date(ground.on), sum=now)
    until = formats.date(ground.later_on)
    return (of_day, words._("after the records up to {date} {sum}").format(date=until, sum=then))


def recent_columns(words: Words) -> tuple[Column, ...]:
    """The heads of the table of what was written since the last meeting."""
    return (
        Column(words._("Date"), 100),
        Column(words._("What"), 420, grows=1, wraps=True),
        Column(words._("Receipt №"), 100),
        Column(words._("Sum"), 110, right=True),
    )


def recent_row(words: Words, one: Recent, ground: Ground) -> Row:
    """A record between meetings; struck out where it was taken back."""
    currency = ground.currency
    what = "; ".join(line_words(words, line, currency) for line in one.lines)
    if one.shared_among:
        among = words.n_("{n} member", "{n} members", one.shared_among).format(n=one.shared_among)
        what = words._("{what}, {detail}").format(what=ledger_words.what(words, "share-out"), detail=among)
    if one.is_count:
        what = words._("Counted: {what}").format(what=place_name(words, one.place, ground.place_names))
    if one.gone:
        what = words._("Taken back: {what}").format(what=what)
    cells = (
        Cell(formats.date(one.on)),
        Cell(what, strike=one.gone, ink=tokens.INK2 if one.gone else ""),
        Cell(one.receipt),
        money(formats.amount(words, one.amount_minor, currency)),
    )
    return Row(cells, key=one.op)
