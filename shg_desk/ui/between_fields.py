"""The fields of a receipt or payment between meetings: which are asked, and what can be chosen in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.actions.between import BROUGHT
from shg_desk.actions.between import OWN
from shg_desk.actions.between import TAKEN
from shg_desk.actions.between import BetweenView
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import payable_minor
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet_draft import typed_minor
from shg_desk.domain.sheet_products import products_had
from shg_desk.domain.sheet_products import saving_products
from shg_desk.domain.sheet_products import withdrawal_products
from shg_desk.domain.sheet_settling import OWED
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_settling import VOTE
from shg_desk.domain.sheet_settling import hows_of
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import tokens
from shg_desk.ui.line_question import second_place
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import SETTLED
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.meeting_words import product_name
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.form import ChoiceField
from shg_desk.ui.place_choices import is_unnamed_keeper
from shg_desk.ui.place_choices import people_choices
from shg_desk.ui.place_choices import place_choices

NEEDED = {
    "member": frozenset((*BROUGHT, *TAKEN)),
    "loan": frozenset({"repayment"}),
    "product": frozenset({"saving", "withdrawal"}),
    "target": frozenset({"transfer"}),
    "lender": frozenset({"lender-repayment"}),
    "interest": frozenset({"lender-repayment"}),
    "terms": frozenset({"loan"}),
    "how": frozenset({"settlement"}),
}
"""Which kinds need which further answers."""


class BetweenFields(Card):
    """`wanted` tells that an answer has changed, `asked` another group or day, `done` the last Enter, `terms_asked`
    that the terms of a new loan are to be asked for.
    """

    wanted = Signal()
    terms_asked = Signal()
    asked = Signal()
    done = Signal()

    def __init__(self, lang: str) -> None:
        super().__init__(" ", gap=10)
        self._words: Words | None = None
        self.ground: Ground | None = None
        self.group, self.kind = ChoiceField(260), ChoiceField(260)
        self.on, self.amount = Field(width=130), Field(width=130)
        self.member, self.loan, self.product = ChoiceField(300), ChoiceField(220), ChoiceField(200)
        self.place, self.target = ChoiceField(240), ChoiceField(240)
        self.keeper, self.keeper_to = ChoiceField(300), ChoiceField(300)
        self.lender, self.interest = ChoiceField(150), Field(width=110)
        self.receipt, self.how = Field(width=130), ChoiceField(300)
        self.votes_for, self.votes_against = Field(width=90), Field(width=90)
        self.text = Field(width=420, letters="focused", lang=lang)
        self.terms_button = Button(keys=("F2",))
        self.terms_button.clicked.connect(self.terms_asked)
        self.terms_words = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.given = Out("loan", 0)
        self.parts: dict[str, QWidget] = {
            "terms": self.terms_button,
            "member": self.member,
            "loan": self.loan,
            "product": self.product,
            "target": self.target,
            "lender": self.lender,
            "interest": self.interest,
            "how": self.how,
        }
        lines = (
            (self.group, self.on, self.kind),
            (self.how, self.member, self.loan, self.product, self.lender),
            (self.amount, self.votes_for, self.votes_against, self.interest, self.place, self.keeper, self.target),
            (self.keeper_to, self.receipt),
            (self.text, self.terms_button),
        )
        for line in lines:
            holder = QWidget()
            flow = Flow(holder, gap=14)
            for part in line:
                flow.addWidget(part)
            self.body.addWidget(holder)
        self.body.addWidget(self.terms_words)
        self.group.picker.picked.connect(lambda _key: self.asked.emit())
        chosen = (self.kind, self.member, self.loan, self.product, self.lender, self.how)
        for choice in (*chosen, self.place, self.keeper, self.target, self.keeper_to):
            choice.picker.picked.connect(lambda _key: self._chosen())
        self.on.edit.left.connect(self.asked)
        for field in self.fields():
            field.changed.connect(lambda _text: self.wanted.emit())

    def fields(self) -> Iterator[Field]:
        """Everything that is typed."""
        yield from (self.on, self.amount, self.votes_for, self.votes_against, self.interest, self.receipt, self.text)

    # -- words and choices

    def retranslate(self, words: Words) -> None:
        """Labels; choices come with `show_view`."""
        self._words = words
        self.title.setText(words._("Money brought or paid out"))
        self.group.set_words(words._("Group"))
        self.kind.set_words(words._("What it is"))
        self.on.set_words(words._("Date"))
        self.member.set_words(words._("Member"))
        self.loan.set_words(words._("Loan"))
        self.product.set_words(words._("Which savings"))
        self.lender.set_words(words._("Loan of the lender"))
        self.amount.set_words(words._("Sum"))
        self.interest.set_words(words._("of it interest"))
        self.how.set_words(words._("How it was settled"))
        self.votes_for.set_words(words._("For"))
        self.votes_against.set_words(words._("Against"))
        self.receipt.set_words(words._("Paper receipt №"))
        self.keeper.set_words(words._("In whose keeping"))
        self.keeper_to.set_words(words._("In whose keeping"))
        self.text.set_words(words._("What for, from whom or to whom"))
        self.text.set_language(words.lang)
        self.terms_button.set_words(words._("Terms of the loan"))
        self._offer_kinds(words)

    def show_view(self, view: BetweenView, group: str | None = None) -> None:
        """The group and its members on the day; what was typed stays."""
        words, ground = self._words, view.ground
        self.ground = ground
        if words is None or ground is None:
            return
        self.group.picker.set_choices([(one.id, one.name) for one in view.groups], group or ground.group)
        self.on.edit.setPlaceholderText(formats.date(ground.on))
        self._offer_kinds(words)
        self._offer_members(words, ground)
        places = list(place_choices(words, ground))
        self.place.picker.set_choices(places)
        self.target.picker.set_choices(places, self.target.picker.key() or second_place(ground))
        for choice in (self.keeper, self.keeper_to):
            choice.picker.set_choices(people_choices(words, ground))
        self.lender.picker.set_choices([(code, code) for code in sorted(ground.lenders_minor)])
        self._chosen()

    def _offer_kinds(self, words: Words) -> None:
        """The kinds; a repayment only where somebody has a loan, money from hands where some is in hers."""
        members = self.ground.members if self.ground is not None else ()
        open_minor = self.ground.open_difference_minor if self.ground is not None else 0
        there = {
            "repayment": self.ground is None or any(one.loans for one in members),
            "hand": any(one.in_hand_minor > 0 for one in members),
            PAYABLE: any(one.payable_minor for one in members),
            SETTLEMENT: bool(open_minor),
        }
        kinds = [kind for kind in (*BROUGHT, *TAKEN, *OWN) if there.get(kind, True)]
        if open_minor:  # what is open stands among the first
            kinds.remove(SETTLEMENT)
            kinds.insert(1, SETTLEMENT)
        chosen = self.kind.picker.key()
        self.how.picker.set_choices([(how, words.say(SETTLED[how])) for how in hows_of(open_minor)])
        self.kind.picker.set_choices([(kind, _kind_words(words, kind)) for kind in kinds], chosen)

    def _offer_members(self, words: Words, ground: Ground) -> None:
        """Whose it can be: of a repayment those with a loan, of money from hands those who have some."""
        kind = self.kind.picker.key()
        people = [one for one in ground.members if not one.has_left(ground.on) or one.has_unsettled]
        if kind == "repayment":
            people = [one for one in people if one.loans]
        elif kind == "hand":
            people = [one for one in people if one.in_hand_minor > 0]
        elif kind == PAYABLE:
            people = [one for one in ground.members if one.payable_minor]
        shared = alike(ground.members)
        named = [(one.id, f"{one.number} {member_name(words, one, shared)}") for one in people]
        self.member.picker.set_choices([("", words._("choose")), *named])

    def _chosen(self) -> None:
        words, ground = self._words, self.ground
        kind = self.kind.picker.key()
        if words is None or ground is None:
            return
        self._offer_members(words, ground)
        member = self._member()
        loans = [(one.id, one.code) for one in member.loans] if member else []
        self.loan.picker.set_choices(loans)
        products = _products(ground, member, str(kind))
        self.product.picker.set_choices([(code, product_name(words, code)) for code in products])
        for name, part in self.parts.items():
            # never hidden for a moment: the cursor may be in it
            part.setVisible(self._needs_member() if name == "member" else kind in NEEDED[name])
        self.loan.setVisible(kind == "repayment" and len(loans) > 1)
        self.product.setVisible(kind in NEEDED["product"] and len(products) > 1)
        how = self.how.picker.key() if kind == SETTLEMENT else ""
        self.place.setVisible(how not in (VOTE, OWED))
        for votes in (self.votes_for, self.votes_against):
            votes.setVisible(how == VOTE)
        self.place.set_words(words._("From") if kind == "transfer" else words._("Where the money is"))
        self.target.set_words(words._("To"))
        self.keeper.setVisible(self.place.isVisibleTo(self) and is_unnamed_keeper(str(self.place.picker.key())))
        self.keeper_to.setVisible(kind == "transfer" and is_unnamed_keeper(str(self.target.picker.key())))
        self.amount.set_words(words._("Sum"), self._still_open(words, ground), placeholder=self._due(member))
        terms = self._said_terms(words, ground) if kind == "loan" else ""
        self.terms_words.setText(terms)
        self.terms_words.setVisible(bool(terms))
        self.wanted.emit()

    def _still_open(self, words: Words, ground: Ground) -> str:
        """What is open of a cash difference, and which way."""
        if self.kind.picker.key() != SETTLEMENT:
            return ""
        open_minor = ground.open_difference_minor
        text = words._("open: {sum} short") if open_minor > 0 else words._("open: {sum} over")
        return text.format(sum=formats.money(words, abs(open_minor), ground.currency))

    def _said_terms(self, words: Words, ground: Ground) -> str:
        """A new loan's terms and who answers for it, in a sentence."""
        agreed = {**ground.rules.loan_terms, **(self.given.terms or {})}
        terms = ledger_words.terms(words, agreed) or words._("The rules say nothing about loans: give the terms")
        found, shared = [ground.member(one) for one in self.given.guarantors], alike(ground.members)
        named = [(one.number, member_name(words, one, shared)) for one in found if one is not None]
        answering = ledger_words.loan_said(words, None, named)
        return ". ".join(part for part in (terms, answering) if part)

    def is_loan(self) -> bool:
        """True while a new loan is being given."""
        return self.kind.picker.key() == "loan"

    def given_loan(self) -> Out:
        """The new loan as far as it is typed: its terms, what it is for, who answers for it."""
        return replace(self.given, amount_minor=self._sum(self.amount) or 0, text=self.text.text() or None)

    def take_loan(self, given: Out) -> None:
        """Terms as answered; what it is for stands in the field of every payment."""
        self.given = given
        self.text.set_text(given.text or "")
        self._chosen()

    def _needs_member(self) -> bool:
        kind = self.kind.picker.key()
        return kind in NEEDED["member"] or (kind == SETTLEMENT and self.how.picker.key() != VOTE)

    def _member(self) -> MemberGround | None:
        key = self.member.picker.key()
        return self.ground.member(str(key)) if self.ground is not None and key else None

    def _due(self, member: MemberGround | None) -> str:
        """What is due of a repayment, or is in her hands, stands in grey; it counts for nothing until it is typed."""
        assert self._words is not None
        if self.ground is not None and self.kind.picker.key() == SETTLEMENT:
            return formats.amount(self._words, abs(self.ground.open_difference_minor), self.ground.currency)
        if self.ground is None or member is None or self.kind.picker.key() not in ("repayment", "hand", PAYABLE):
            return ""
        if self.kind.picker.key() == PAYABLE:
            whole = member.payable_minor - member.payable_minor % self.ground.currency.smallest_minor
            return formats.amount(self._words, whole, self.ground.currency)
        if self.kind.picker.key() == "hand":
            return formats.amount(self._words, max(member.in_hand_minor, 0), self.ground.currency)
        loan = self.loan.picker.key()
        due = member.due_minor(self.ground.on, loan if loan is None else str(loan))
        due = payable_minor(due, self.ground.currency.smallest_minor)
        return formats.amount(self._words, due, self.ground.currency) if due else ""

    def _sum(self, field: Field) -> int | None:
        """Minor units of a sum; None (and told) where it is none."""
        text, words = field.text(), self._words
        field.tell_problem("")
        if not text or self.ground is None or words is None:
            return None
        try:
            return typed_minor(text, self.ground.currency.minor_digits)
        except AmountError as trouble:
            field.tell_problem(sentence(words, Problem(trouble.code, "amount"), self.ground.currency))
            return None


def _products(ground: Ground, member: MemberGround | None, kind: str) -> list[str]:
    """What can be paid into; of a withdrawal what she has."""
    if kind != "withdrawal":
        return [code for code, _ in saving_products(ground)]
    return (products_had(ground, member) if member is not None else []) or withdrawal_products(ground)


def _kind_words(words: Words, kind: str) -> str:
    """A kind as people call it, and which way the money goes."""
    if kind in OWN:
        return words.say(LINES[kind])
    code = "other-in" if kind == "other" else kind
    return ledger_words.what(words, code)
