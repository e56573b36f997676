"""A correction in the page: which kind, what it should have been, why; and what will be written, before it is."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.corrections import Change
from shg_desk.actions.views_entry import EntryDetail
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.ledger_choices import member_words
from shg_desk.ui.ledger_detail import line_words
from shg_desk.ui.ledger_effects import cash_choices
from shg_desk.ui.ledger_effects import effect_columns
from shg_desk.ui.ledger_effects import effect_rows
from shg_desk.ui.ledger_effects import written_words
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.table import Table

HOWS: Mapping[str, Marked] = {
    "other-member": N_("Another member"),
    "other-loan": N_("Another loan"),
    "other-kind": N_("Another kind"),
    "other-amount": N_("Another sum"),
    "other-date": N_("Another date"),
    "twice": N_("Entered twice"),
    "reverse": N_("Take back"),
}


class CorrectionPanel(Card):
    """Asks for one named correction. `wanted` asks for the preview, `written` to write it, `left` to go back."""

    wanted = Signal()
    written = Signal()
    left = Signal()

    def __init__(self, lang: str) -> None:
        super().__init__(" ", icon="undo", gap=8)
        self._words: Words | None = None
        self._detail: EntryDetail | None = None
        self.preview: Preview | None = None
        self._gone_on = self._accepted = self._offered = False
        self._state = Pill()
        self.head.addWidget(self._state)
        self.problems = ProblemList()
        self.body.addWidget(self.problems)
        line = QWidget()
        flow = Flow(line, gap=14)
        self.how = ChoiceField(230)
        self.member, self.loan, self.kind = ChoiceField(300), ChoiceField(220), ChoiceField(230)
        self.amount, self.on = Field(width=130), Field(width=130)
        self.cash = ChoiceField(430)
        self._parts: dict[str, QWidget] = {
            "other-member": self.member,
            "other-loan": self.loan,
            "other-kind": self.kind,
            "other-amount": self.amount,
            "other-date": self.on,
        }
        for part in (self.how, *self._parts.values(), self.cash):
            flow.addWidget(part)
        for choice in (self.how, self.member, self.loan, self.kind, self.cash):
            choice.picker.picked.connect(lambda _key: self._chosen())
        for field in (self.amount, self.on):
            field.changed.connect(lambda _text: self._other())
            field.entered.connect(self._to_reason)
        self.body.addWidget(line)
        self.effects = Table([], cursor="none", size=tokens.GRID, row_height=(26, 26))
        self.what = Label(size=tokens.GRID, wrap=True)
        self._shown = columns(gap=16)
        self._shown.addWidget(self.what, 2, Qt.AlignmentFlag.AlignTop)
        self._shown.addWidget(self.effects, 3)
        self.body.addLayout(self._shown)
        self.restyle()
        self.reason = Field(width=520, letters="focused", lang=lang)
        self.reason.entered.connect(self.written)
        self.body.addWidget(self.reason)
        foot = columns(gap=12)
        self.write_button = Button(kind="primary", keys=("F10",))
        self.back_button = Button(keys=("Esc",))
        self.write_button.clicked.connect(self.written)
        self.back_button.clicked.connect(self.left)
        foot.addWidget(self.write_button)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def restyle(self) -> None:
        """What is written and what changes stand beside each other; one under the other where letters are large."""
        large = tokens.large()
        self._shown.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    # -- what is asked

    def begin(self, words: Words, detail: EntryDetail) -> None:
        """Open it for an entry; what was typed for the same entry before is still there."""
        again = self._detail is not None and self._detail.line.name == detail.line.name
        self._detail = detail
        self.problems.clear()
        if not again:
            self.reason.set_text("")
            self.amount.set_text("")
            self.on.set_text("")
            self.preview = None
        self.retranslate(words)
        if not again:  # the commonest mistake first, and never what was chosen for another line
            self.how.picker.set_key("other-amount" if "other-amount" in detail.hows else detail.hows[0])
        self._chosen()

    def retranslate(self, words: Words) -> None:
        """All words of the panel."""
        self._words = words
        detail = self._detail
        self._state.set_words(words._("Nothing is written yet"), "info")
        self.how.set_words(words._("What was wrong"))
        self.member.set_words(words._("It was this member's"))
        self.loan.set_words(words._("It was for this loan"))
        self.kind.set_words(words._("It was"))
        self.amount.set_words(words._("It was this sum"))
        self.on.set_words(words._("It was on"))
        self.cash.set_words(words._("Where is the money"))
        self.reason.set_words(words._("Reason"), words._("for the ones who read the booklet"))
        self.reason.set_language(words.lang)
        self.write_button.set_words(words._("Write the correction"))
        self.back_button.set_words(words._("Back"))
        if detail is None:
            return
        title = words._("Correct: {what}").format(what=line_words(words, detail.line, detail.currency))
        self.title.setText(title)
        self.how.picker.set_choices([(how, words.say(HOWS[how])) for how in detail.hows])
        choose = ("", words._("choose"))
        people = [(one.number, member_words(one)) for one in detail.members if one.id != detail.member]
        self.member.picker.set_choices([choose, *people])
        self.loan.picker.set_choices([choose, *((one.id, one.name) for one in detail.loans)])
        kinds = [((one.kind, one.product), ledger_words.column(words, one.column)) for one in detail.kinds]
        self.kind.picker.set_choices([choose, *kinds])
        self.show_preview(self.preview)

    def _chosen(self) -> None:
        how = self.how.picker.key()
        for name, part in self._parts.items():
            part.setVisible(name == how)
        if how == "other-kind":
            self.loan.setVisible(self._needs_loan())
        self.cash.setVisible(self.preview is not None and self.preview.moves_cash)
        self._other()

    def _other(self) -> None:
        """Another correction is meant: what was accepted of the one before is not."""
        self._accepted = self._offered = False
        self.wanted.emit()

    def accept(self) -> None:
        """Where only that somebody is left with less than nothing stands in the way: show what would be written."""
        if self._offered:
            self._offered, self._accepted = False, True
            self.wanted.emit()

    def change(self) -> tuple[str, Change, str] | None:
        """Which correction, to what, and where the cash is; None while something is missing."""
        detail = self._detail
        how = self.how.picker.key()
        if detail is None or not isinstance(how, str):
            return None
        cash = str(self.cash.picker.key() or IN_DIFFERENCES)
        makers: dict[str, Callable[[], Change | None]] = {
            "other-member": lambda: Change(member=str(self.member.picker.key())) if self.member.picker.key() else None,
            "other-loan": lambda: Change(loan=str(self.loan.picker.key())) if self.loan.picker.key() else None,
            "other-kind": self._other_kind,
            "other-amount": lambda: self._amount(detail),
            "other-date": lambda: self._date(detail.effective),
        }
        change = makers.get(how, Change)()
        return None if change is None else (how, replace(change, accepted=self._accepted), cash)

    def _needs_loan(self) -> bool:
        """True where it was a repayment, and there are loans to choose among."""
        kind, detail = self.kind.picker.key(), self._detail
        return isinstance(kind, tuple) and kind[0] == "repayment" and detail is not None and len(detail.loans) > 1

    def _other_kind(self) -> Change | None:
        key = self.kind.picker.key()
        if not isinstance(key, tuple) or self._detail is None:
            return None
        kind, product = key
        loan = str(self.loan.picker.key() or "") if self._needs_loan() else ""
        if kind == "repayment" and not loan:
            loan = self._detail.loans[0].id if len(self._detail.loans) == 1 else ""
            if not loan:
                return None
        return Change(kind=kind, product=product, loan=loan or None)

    def _amount(self, detail: EntryDetail) -> Change | None:
        try:
            amount = parse_amount(self.amount.text(), detail.currency.minor_digits, grouped=False)
        except AmountError:
            return None
        return Change(amount_minor=amount)

    def _date(self, reference: date) -> Change | None:
        try:
            return Change(on=parse_date(self.on.text(), reference=reference))
        except DateError:
            return None

    # -- what will be written

    def show_preview(self, preview: Preview | None) -> None:
        """What would be written; nothing yet where something is missing."""
        self.preview = preview
        words, detail = self._words, self._detail
        if words is None or detail is None:
            return
        self.effects.setVisible(preview is not None and bool(preview.effects))
        self.write_button.set_reason("" if preview is not None else words._("Say first what it should have been"))
        if preview is None:
            self.what.setText("")
            self.what.hide()
            return
        self.cash.picker.set_choices(cash_choices(words, preview.plan.counted_since))
        self.cash.setVisible(preview.moves_cash)
        self.what.setText("\n".join(written_words(words, preview)))
        self.what.show()
        self.effects.set_columns(effect_columns(words, preview.effects_on))
        self.effects.set_rows(effect_rows(words, preview))

    def tell(self, problems: Sequence[Problem]) -> None:
        """What stands in the way."""
        words, detail = self._words, self._detail
        if words is None or detail is None:
            return
        lines = []
        for one in problems:
            go = self.reason.setFocus if one.where == "reason" else None
            said = sentence(words, one, detail.currency)
            if go is not None:
                self.reason.tell_problem(said)
            lines.append(ProblemLine(said, go))
        self._offered = bool(problems) and all(one.code is Code.BELOW_ZERO_THEN for one in problems)
        if self._offered:
            self.show_preview(None)  # what came since it was shown makes it another: F10 answers the question first
            said = words._("It is right all the same: what is less than nothing is then owed (F10)")
            lines.append(ProblemLine(said, self.accept))
        self.problems.show_problems(words._("This cannot be written so"), lines)

    def focus_first(self) -> None:
        """The cursor to what was wrong."""
        self.how.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_reason(self) -> None:
        """Enter in a field; the same key press comes to the panel afterwards and must not go on once more."""
        self._gone_on = True
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_plain(event, Qt.Key.Key_F10):
            self.written.emit()
        elif keys.is_plain(event, Qt.Key.Key_Escape):
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._gone_on:
                self.focusNextChild()
            self._gone_on = False
        else:
            super().keyPressEvent(event)
