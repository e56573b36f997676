"""What the share-out's page shows: its table, the line of sums that ends in the box, and everything before it is
written.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.actions.share_out_done import ShareOutDone
from shg_desk.actions.share_outs import ShareOutWritten
from shg_desk.domain.money import Currency
from shg_desk.domain.share_plan import BY_SHARES
from shg_desk.domain.share_plan import SharePlan
from shg_desk.domain.share_record import BOX
from shg_desk.domain.share_record import box_after_minor
from shg_desk.domain.sheet import Ground
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.reports.share_out import ShareOutRow
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import money

Line = tuple[str, str, bool]
"""A name, what stands beside it, and whether it is one of the figures."""


def share_columns(words: Words) -> tuple[Column, ...]:
    """The heads: who, what she saved, her part, what of it is set off, what she gets and what she still owes."""
    return (
        Column("№", 44, right=True, fixed=True),
        Column(words._("Name"), 220, grows=2, fixed=True, wraps=True),
        Column(words._("Savings"), 130, right=True),
        Column(words._("Her part"), 110, right=True),
        Column(words._("Set off"), 110, right=True),
        Column(words._("In the hand"), 170, right=True, divider=True),
        Column(words._("Still owes"), 110, right=True, divider=True),
    )


def share_row(words: Words, one: ShareOutRow, currency: Currency) -> Row:
    """One member; an envelope that waits for her has its mark and word."""

    def cell(amount_minor: int) -> Cell:
        return money(formats.amount(words, amount_minor, currency)) if amount_minor else EMPTY

    saved = cell(one.saved_minor)
    if one.shares:
        shares = words.n_("{n} share", "{n} shares", one.shares).format(n=formats.number(words, one.shares))
        saved = money(formats.amount(words, one.saved_minor, currency), shares)
    net = money(formats.amount(words, one.net_minor, currency), weight=tokens.SEMIBOLD)
    if one.is_later:
        later = words._("for later")
        net = money(net.text, later, icon="envelope", icon_ink=tokens.LAKE, weight=tokens.SEMIBOLD)
    fill = Fill.MUTED if one.is_later else Fill.SURFACE
    cells = (Cell(one.number, ink=tokens.INK2), Cell(one.name), saved, cell(one.part_minor), cell(one.set_off_minor))
    return Row((*cells, net, cell(one.owes_minor)), key=one.id, fill=fill)


def sums_row(words: Words, shown: Sequence[ShareOutRow], currency: Currency) -> Row:
    """All members together."""
    figures = (
        sum(one.saved_minor for one in shown),
        sum(one.part_minor for one in shown),
        sum(one.set_off_minor for one in shown),
        sum(one.net_minor for one in shown),
        sum(one.owes_minor for one in shown),
    )
    cells = (
        EMPTY,
        Cell(words._("All together"), weight=tokens.SEMIBOLD),
        *(money(formats.amount(words, one, currency), weight=tokens.SEMIBOLD) for one in figures),
    )
    return Row(cells, fill=Fill.SUNKEN, rule=Rule.STRONG)


def plan_sums(words: Words, ground: Ground, plan: SharePlan) -> str:
    """The line of sums: what lies in the places, what of it stays, what is divided, and the box after it."""

    def said(text: str, amount_minor: int) -> str:
        return text.format(sum=formats.money(words, amount_minor, ground.currency))

    parts = [said(words._("the group's money {sum}"), sum(ground.places_minor.values()))]
    for text, amount in (
        (words._("social fund {sum}"), plan.social_minor),
        (words._("the lender's {sum}"), plan.lenders_minor),
        (words._("owed to others {sum}"), plan.owed_minor),
        (words._("kept back {sum}"), plan.kept_minor),
    ):
        if amount:
            parts.append("− " + said(text, amount))
    parts.append("= " + said(words._("to share out {sum}"), plan.cash_minor))
    if plan.later_minor:
        parts.append(said(words._("of it for later {sum}"), plan.later_minor))
    if plan.rest_minor:
        parts.append(said(words._("not divided {sum}"), plan.rest_minor))
    return " · ".join((*parts, box_after(words, ground, box_after_minor(plan, ground.places_minor))))


def box_after(words: Words, ground: Ground, left_minor: int) -> str:
    """What the box (and its bags, where it has some) holds when everybody has hers."""
    has_bags = any(place.startswith(f"{BOX}.") for place in ground.places_minor)
    said = words._("box and bags after: {sum}") if has_bags else words._("box after: {sum}")
    return said.format(sum=formats.money(words, left_minor, ground.currency))


def done_sums(words: Words, done: ShareOutDone) -> str:
    """The same of one that is written."""
    currency = done.ground.currency

    def said(text: str, amount_minor: int) -> str:
        return text.format(sum=formats.money(words, amount_minor, currency))

    parts = [said(words._("handed out {sum}"), done.handed_minor)]
    if done.later_minor:
        parts.append(said(words._("for later {sum}"), done.later_minor))
    parts.append(box_after(words, done.ground, done.box_after_minor))
    if voted := ledger_words.votes(words, *done.votes, None):
        parts.append(words._("Decided by vote: {votes}").format(votes=voted))
    return " · ".join(parts)


class ShareOutAhead(QWidget):
    """The preview. `written` is Enter or the button, `left` goes back to the table."""

    written = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = rows(self, gap=12)
        self.card = Card(" ", gap=8)
        set_width(self.card, 700)
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

    def show_ahead(self, words: Words, ahead: ShareOutWritten, votes: str, warnings: Sequence[str]) -> None:
        """Every line anew."""
        self.card.title.setText(words._("What will be written"))
        self.write_button.set_words(words._("Write the share-out"))
        self.back_button.set_words(words._("Back to the table"))
        self.lines = tuple(_lines(words, ahead, votes))
        if self._holder is not None:
            self.card.body.removeWidget(self._holder)
            self._holder.setParent(None)
            self._holder.deleteLater()
        self._holder = QWidget()
        column = rows(self._holder, gap=5)
        for name, text, is_figure in self.lines:
            line = columns(gap=12)
            line.addWidget(Label(name, ink=tokens.INK2, wrap=True), 3)
            line.addWidget(Label(text, weight=tokens.SEMIBOLD if is_figure else tokens.REGULAR, wrap=True), 2)
            column.addLayout(line)
        for said in warnings:
            column.addWidget(Label(said, size=tokens.GRID, ink=tokens.AMBER, wrap=True))
        column.addWidget(Label(_undo_words(words), size=tokens.GRID, ink=tokens.INK2, wrap=True))
        self.card.body.addWidget(self._holder)

    def focus_first(self) -> None:
        """The button that writes; nothing is written before it."""
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _lines(words: Words, ahead: ShareOutWritten, votes: str) -> Iterator[Line]:
    w, ground, plan = words, ahead.ground, ahead.plan

    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, ground.currency)

    yield ground.name, formats.date_with_weekday(w, ground.on), False
    by = w._("by shares") if plan.by == BY_SHARES else w._("by savings")
    yield w._("Shared out among"), f"{_members(w, len(plan.parts))}, {by}", False
    yield w._("Savings that go to nothing"), sum_(plan.saved_minor), True
    profit = w._("Profit in it") if plan.profit_minor >= 0 else w._("Loss borne")
    yield profit, sum_(abs(plan.profit_minor)), True
    if plan.set_off_minor:
        yield w._("Debts set off"), sum_(plan.set_off_minor), True
    if plan.let_off_minor:
        yield w._("Interest to come that is not asked"), sum_(plan.let_off_minor), True
    yield w._("The group keeps back"), sum_(plan.kept_minor), True
    yield w._("Handed out now"), sum_(plan.handed_minor), True
    away = [one.member.number for one in plan.parts if one.is_absent and one.net_minor]
    if away:
        numbers = ", ".join(f"№\u00a0{number}" for number in away)
        yield w._("For later: {numbers}").format(numbers=numbers), sum_(plan.later_minor), True
    if plan.owes_minor:
        yield w._("Still owed in the new cycle"), sum_(plan.owes_minor), True
    yield w._("Decided by vote"), votes, False
    name, _, left = box_after(w, ground, ahead.box_after_minor).partition(": ")
    yield name[:1].upper() + name[1:], left, True


def _members(words: Words, count: int) -> str:
    return words.n_("{n} member", "{n} members", count).format(n=formats.number(words, count))


def _undo_words(words: Words) -> str:
    return words._("If it was a mistake: Del on its line under “Between meetings”, while nothing was counted since.")
