"""One loan: what is left to pay, its schedule against what came, and how it was calculated."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_loans import LoanSheet
from shg_desk.actions.views_loans import loan_sheet
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Remainder
from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.ledger_rows import amount_cell
from shg_desk.ui.ledger_rows import reached_word
from shg_desk.ui.loan_rows import schedule_columns
from shg_desk.ui.loan_rows import schedule_foot
from shg_desk.ui.loan_rows import schedule_row
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Figure
from shg_desk.ui.parts.card import Figures
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table

ROUNDINGS = {
    "half-even": N_("halves are rounded to the even coin"),
    "half-up": N_("halves are rounded up"),
    "up": N_("every part is rounded up"),
    "down": N_("every part is rounded down"),
}
REMAINDERS = {
    Remainder.LAST: N_("what rounding leaves is in the last instalment"),
    Remainder.FIRST: N_("what rounding leaves is in the first instalment"),
    Remainder.SPREAD: N_("what rounding leaves is spread over all instalments"),
}


class LoanPage(DeskPage):
    """`open` takes a loan's id."""

    place = "loans"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._id = ""
        self._sheet: LoanSheet | None = None
        self.member_button = Button(icon="person")
        self.member_button.clicked.connect(self._to_member)
        body = rows(self, margins=(20, 12, 20, 12), gap=10)
        self.figures = Figures()
        body.addWidget(self.figures)
        self.about = Label(size=tokens.GRID, wrap=True)
        body.addWidget(self.about)
        self.table = Table([], size=tokens.GRID, row_height=(28, 32))
        body.addWidget(self.table, 3)
        self.how = Card(" ", small_title=True, gap=2)
        self.how_words = Label(size=tokens.GRID, wrap=True)
        self.how.body.addWidget(self.how_words)
        body.addWidget(self.how)
        self._paid_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD)
        body.addWidget(self._paid_title)
        self.payments = Table([], size=tokens.GRID, row_height=(28, 28))
        self.payments.view.opened.connect(lambda _row, _column: self._open_payment())
        body.addWidget(self.payments, 1)
        body.addStretch(0)

    def title(self) -> str:
        if self._sheet is None:
            return self.frame.words._("Loan")
        line = self._sheet.line
        who = line.name or f"№ {line.number}"
        return self.frame.words._("{name}: loan {code}").format(name=who, code=line.code)

    def sentence(self) -> str:
        words, sheet = self.frame.words, self._sheet
        if sheet is None:
            return ""
        line = sheet.line
        lent = formats.money(words, line.lent_minor, line.currency)
        given = words._("{sum} given on {date}").format(sum=lent, date=formats.date(line.on))
        parts = (f"№ {line.number}", line.group_name, given, reached_word(words, sheet.reached))
        return " · ".join(part for part in parts if part)

    def controls(self) -> Sequence[QWidget]:
        return (self.member_button,)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        return (
            Hint(("↑", "↓"), words._("line")),
            Hint(("F6",), words._("schedule, payments"), self._next_area),
            Hint(("Enter",), words._("the payment's meeting")),
            Hint(("Esc",), words._("back"), self.frame.back),
            Hint(("F1",), words._("help")),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        if isinstance(target, str):
            self._id = target
        if self._id:
            self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible() and self._id:
            self._read()

    def focus_first(self) -> None:
        if self._sheet is not None:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.frame.back()
        elif keys.is_plain(event, Qt.Key.Key_F6):
            self._next_area()
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.member_button.set_words(words._("Open the member"))
        self.how.title.setText(words._("How it is calculated"))
        self._paid_title.setText(words._("What was given and paid"))
        if self._sheet is not None:
            self._show(self._sheet)

    def _read(self) -> None:
        self.ask("loan", partial(loan_sheet, loan=self._id), self._show)

    def _show(self, sheet: LoanSheet) -> None:
        words, currency = self.frame.words, sheet.line.currency
        fresh = self._sheet is None or self._sheet.line.id != sheet.line.id
        self._sheet = sheet
        self._show_figures(words, sheet)
        self.table.set_columns(schedule_columns(words, currency))
        lines = [schedule_row(words, one, sheet) for one in sheet.schedule]
        self.table.set_rows(lines, [schedule_foot(words, sheet)])
        if fresh:
            next_at = next((i for i, one in enumerate(sheet.schedule) if one.state in ("late", "due")), 0)
            self.table.view.put_cursor(next_at)
        self.how_words.setText(how_words(words, sheet))
        self.about.setText(ledger_words.loan_said(words, sheet.purpose, sheet.guarantors))
        self.about.setVisible(bool(self.about.text()))
        self._show_payments(words, sheet)
        self.reworded.emit()
        self.settle_cursor()

    def _show_figures(self, words: Words, sheet: LoanSheet) -> None:
        line = sheet.line
        unit = formats.unit(words, line.currency.code)

        def sum_of(amount_minor: int) -> str:
            return formats.amount(words, amount_minor, line.currency)

        left = words._("with interest {sum}").format(sum=formats.money(words, line.left_to_pay_minor, line.currency))
        due = words._("nothing falls due")
        if line.next_on is not None:
            when = formats.when(words, line.next_on, sheet.today)
            due = words._("{date}, {when}").format(date=formats.date(line.next_on), when=when)
        figures = [
            Figure(words._("Debt left"), sum_of(line.outstanding_minor), unit, left),
            Figure(words._("Next due"), sum_of(line.next_minor), unit, due, "clock" if line.next_on else ""),
        ]
        if line.arrears_minor:
            late = words._("{days} late").format(days=formats.days(words, line.late_days))
            figures.append(
                Figure(words._("Overdue"), sum_of(line.arrears_minor), unit, late, "triangle", tokens.AMBERMARK)
            )
        of = words._("of {sum} in all").format(sum=formats.money(words, sheet.total_minor, line.currency))
        figures.append(Figure(words._("Paid"), sum_of(sheet.paid_minor), unit, of))
        self.figures.set_figures(figures)

    def _show_payments(self, words: Words, sheet: LoanSheet) -> None:
        currency = sheet.line.currency
        unit = formats.unit(words, currency.code)
        self.payments.set_columns(
            (
                Column(words._("Date"), 120),
                Column(words._("What"), 240, grows=1, wraps=True),
                Column(words._("Given, {unit}").format(unit=unit), 120, right=True, divider=True),
                Column(words._("Principal, {unit}").format(unit=unit), 130, right=True),
                Column(words._("Interest, {unit}").format(unit=unit), 130, right=True),
            )
        )
        made = []
        for one in sheet.payments:
            cells = (
                Cell(formats.date(one.on)),
                link(ledger_words.what(words, one.kind)),
                amount_cell(words, one.given_minor, currency),
                amount_cell(words, one.principal_minor, currency),
                amount_cell(words, one.interest_minor, currency),
            )
            made.append(Row(cells, key=one.entry))
        self.payments.set_rows(made)

    def _open_payment(self) -> None:
        key = self.payments.row_key()
        if isinstance(key, str):
            self.frame.go("minutes", key.partition("#")[0])

    def _to_member(self) -> None:
        if self._sheet is not None:
            self.frame.go("member", self._sheet.line.member)

    def _next_area(self) -> None:
        other = self.payments if self.table.view.hasFocus() else self.table
        other.view.setFocus(Qt.FocusReason.TabFocusReason)


def how_words(words: Words, sheet: LoanSheet) -> str:
    """How a loan was calculated, in sentences: terms, rounding, and the version of the rules."""
    parts = [ledger_words.terms(words, sheet.terms)]
    if sheet.agreed is not None:
        parts += _agreed_words(words, sheet.agreed, sheet.line.currency)
    said = ", ".join(part for part in parts if part)
    said = f"{said[:1].upper()}{said[1:]}." if said else ""
    if sheet.rules_since is None:
        return said
    since = formats.date(sheet.rules_since)
    return f"{said} " + words._("By the group's rules of {date}.").format(date=since)


def _agreed_words(words: Words, agreed: LoanTerms, currency: Currency) -> Iterator[str]:
    """Grace, interest taken at the start, rounding and where its rest goes."""
    if agreed.grace_principal:
        count = agreed.grace_principal
        grace = words.n_("{n} instalment of interest only first", "{n} instalments of interest only first", count)
        yield grace.format(n=count)
    if agreed.interest_at_start:
        yield words._("interest was taken when the money was handed out")
    yield words.say(ROUNDINGS[agreed.rounding]) if agreed.rounding in ROUNDINGS else agreed.rounding
    if agreed.coin_minor > 1:
        yield words._("to whole {sum}").format(sum=formats.money(words, agreed.coin_minor, currency))
    yield words.say(REMAINDERS[agreed.remainder])
