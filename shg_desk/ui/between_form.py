"""What was answered of a receipt or payment between meetings, whole, or what is still missing, told at its field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.actions.between import Between
from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.group_places import kept_by
from shg_desk.domain.money import major
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_settling import VOTE
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.between_fields import NEEDED
from shg_desk.ui.between_fields import BetweenFields
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.place_choices import is_unnamed_keeper


class BetweenForm(BetweenFields):
    """The fields with their answers and keys."""

    def __init__(self, lang: str) -> None:
        super().__init__(lang)
        self._gone_on = False
        for field in self.fields():
            field.entered.connect(lambda f=field: self._entered(f))

    # -- what was answered

    def begin(self, kind: str = "", member: str = "") -> None:
        """An empty form; a kind and a member where they are known."""
        for field in (self.amount, self.votes_for, self.votes_against, self.interest, self.receipt, self.text):
            field.set_text("")
            field.tell_problem("")
        self.member.tell_problem("")
        self.given = Out("loan", 0)
        if kind:
            self.kind.picker.set_key(kind)
        self._chosen()
        if member:
            self.member.picker.set_key(member)
            self._chosen()
        if kind == SETTLEMENT and self.kind.picker.key() == SETTLEMENT and self.ground is not None:
            digits = self.ground.currency.minor_digits
            typed = major(abs(self.ground.open_difference_minor), digits)
            self.amount.set_text(typed.removesuffix("." + "0" * digits))

    def day(self) -> date | None:
        """The day typed, the placeholder's where nothing is; None (and told) where it is no day."""
        if self.ground is None:
            return None
        text = self.on.text()
        if not text:
            return self.ground.on
        try:
            self.on.tell_problem("")
            return parse_date(text, reference=self.ground.on)
        except DateError as trouble:
            if self._words is not None:
                self.on.tell_problem(sentence(self._words, Problem(trouble.code, "date", {"text": text})))
            return None

    def answer(self) -> Between | None:
        """What was asked, whole; None while something is missing."""
        ground, kind, on = self.ground, str(self.kind.picker.key() or ""), self.day()
        amount, interest = self._sum(self.amount), self._sum(self.interest)
        member = self._member()
        if ground is None or on is None or not amount or (self._needs_member() and member is None):
            return None
        loan = str(self.loan.picker.key()) if kind == "repayment" and self.loan.picker.key() else None
        product = str(self.product.picker.key()) if kind in NEEDED["product"] and self.product.picker.key() else None
        lender = self.lender.picker.key() if kind in NEEDED["lender"] else None
        return Between(
            ground.group,
            on,
            kind,
            amount,
            member.id if member and self._needs_member() else None,
            loan,
            product,
            _kept(self.place, self.keeper),
            _kept(self.target, self.keeper_to),
            self._said(),
            self.receipt.text(),
            str(lender) if lender else None,
            interest or 0,
            str(self.how.picker.key() or "") if kind == SETTLEMENT else "",
            self.given.terms if kind == "loan" else None,
            self.given.guarantors if kind == "loan" else (),
            self._votes(),
            self._decided(amount),
        )

    def _said(self) -> str:
        """What it was for; of a vote its numbers, too, so that they stand wherever its line does."""
        said, words = self.text.text(), self._words
        votes_for, against = self._votes()
        if votes_for is None or words is None:
            return said
        counted = words._("for {votes}, against {against}").format(votes=votes_for, against=against or 0)
        return f"{said}; {counted}" if said else counted

    def _decided(self, amount_minor: int) -> str:
        """What was decided, where the group bears a difference by vote."""
        words, ground = self._words, self.ground
        if self._votes()[0] is None or words is None or ground is None:
            return ""
        sum_ = formats.money(words, amount_minor, ground.currency)
        text = words._("The group bears the cash difference of {sum}").format(sum=sum_)
        return f"{text}: {self.text.text()}" if self.text.text() else text

    def _votes(self) -> tuple[int | None, int | None]:
        """For and against, where the group bears a difference by vote; None where nothing, or no number, is typed."""
        if self.kind.picker.key() != SETTLEMENT or self.how.picker.key() != VOTE:
            return None, None
        texts = self.votes_for.text().strip(), self.votes_against.text().strip()
        found = [int(text) if text.isdecimal() else None for text in texts]
        return found[0], found[1]

    def tell_missing(self) -> bool:
        """Say what is missing under its field and put the cursor there; False where nothing is."""
        words = self._words
        if words is None:
            return False
        nobody = self._needs_member() and self._member() is None
        self.member.tell_problem(words._("Whose it is: choose the member") if nobody else "")
        wrong = {
            self.on: "" if self.day() is not None else self.on.problem(),
            self.amount: "" if self._sum(self.amount) else self.amount.problem() or words._("Type the sum"),
            self.votes_for: self._missing_votes(words),
        }
        for field, said in wrong.items():
            field.tell_problem(said)
        first = next((field.edit for field, said in wrong.items() if said), None)
        if nobody:
            self.member.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        elif first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return nobody or first is not None

    def _missing_votes(self, words: Words) -> str:
        by_vote = self.kind.picker.key() == SETTLEMENT and self.how.picker.key() == VOTE
        if not by_vote or self._votes()[0]:
            return ""
        return words._("How many were for it: the group bears a difference only by vote")

    # -- keys

    def _entered(self, field: Field) -> None:
        """Enter goes on to the next question, from the last one to the end."""
        self._gone_on = True
        if field is self.text:
            self.done.emit()
        else:
            self.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._gone_on:
                self.focusNextChild()
            self._gone_on = False
        else:
            super().keyPressEvent(event)


def _kept(place: ChoiceField, keeper: ChoiceField) -> str:
    """The place chosen; of a person's keeping hers, where she is named."""
    code, member = str(place.picker.key() or "box"), str(keeper.picker.key() or "")
    return kept_by(member) if is_unnamed_keeper(code) and member else code
