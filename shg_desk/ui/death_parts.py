"""The parts of the page of a death: her account as a table with what becomes of each debt, and the fields beside it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.actions.death_account import DeathSheet
from shg_desk.actions.death_estate import DeathView
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.death import BELOW
from shg_desk.domain.death import BROUGHT
from shg_desk.domain.death import CHOICES
from shg_desk.domain.death import KEPT
from shg_desk.domain.death import Decided
from shg_desk.domain.share_record import BOX
from shg_desk.i18n import death_words
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.reports.death_account import DeathAccount
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.form import ChoiceField


def account_columns(words: Words) -> tuple[Column, ...]:
    """The heads of her account."""
    return (
        Column(words._("What she had and owed"), 190, grows=1, wraps=True),
        Column(words._("Sum"), 110, right=True),
        Column(words._("What becomes of it"), 180, grows=1, wraps=True),
        Column(words._("To the heirs"), 120, right=True, divider=True),
    )


def account_rows(words: Words, sheet: DeathSheet) -> tuple[list[Row], list[Row]]:
    """The lines and the foot; a row of a debt that can be decided on has the debt's key.

    The last column adds up to its foot: what changes nothing of what the heirs get is empty in it.
    """
    view, account, settled = sheet.view, sheet.account, sheet.settled

    def sum_(amount_minor: int | None) -> Cell:
        return EMPTY if amount_minor is None else money(formats.money(words, amount_minor, view.currency))

    made = []
    for line in account.lines:
        if line.what == "kept":
            continue
        brought = line.what == BROUGHT
        said = death_words.brought_words(words, line.key) if brought else death_words.has_words(words, line.key)
        becomes = words._("became payable to her heirs")
        if line.key == PAYABLE and line.what == "had":
            becomes = words._("to her heirs")
        elif line.what == "grant":
            said, becomes = words._("Grant from the social fund"), words._("paid to the family")
        elif line.what == BELOW:
            becomes = death_words.choice_words(words, line.what)
        elif not (brought or line.what == "had"):
            said, becomes = death_words.debt_words(words, line.key), death_words.choice_words(words, line.what)
        whole = -line.amount_minor if line.what == BELOW else line.amount_minor
        cells = (Cell(said), sum_(whole), Cell(becomes, ink=tokens.INK2), sum_(line.to_heirs_minor))
        made.append(Row(cells, key=("settled", line.what, line.key), fill=Fill.MUTED))
    saved = [*view.estate.saved_minor.items(), ("ahead", view.estate.ahead_minor)]
    has = [("had", code, death_words.has_words(words, code), amount) for code, amount in saved if amount]
    for one in view.estate.brought:
        has.append((BROUGHT, one.loan or one.said, death_words.brought_words(words, one.said), one.whole_minor))
    for what, key, said, amount in has:
        cells = (Cell(said), sum_(amount), Cell(words._("to her heirs")), sum_(amount))
        made.append(Row(cells, key=(what, key)))
    for code, taken in view.estate.covered_minor.items():
        below = Cell(death_words.has_words(words, code)), sum_(-taken)
        to_what = Cell(death_words.choice_words(words, BELOW))
        made.append(Row((*below, to_what, sum_(-taken)), key=(BELOW, code)))
    for paid in account.paid:
        said = death_words.paid_words(words, paid.on, paid.receipt)
        made.append(_paid_row(said, sum_(-paid.handed_minor), ("paid", len(made))))
        if rest := paid.taken_minor - paid.handed_minor:
            said = death_words.rounded_words(words)
            made.append(_paid_row(said, sum_(-rest), ("paid", len(made))))
    made += [_debt_row(words, view, decided) for decided in settled.decided]
    left = formats.money(words, settled.payable_minor, view.currency)
    name = Cell(words._("Still to be paid out to the heirs"), weight=tokens.SEMIBOLD)
    cells = (name, EMPTY, EMPTY, money(left, weight=tokens.SEMIBOLD))
    foot = Row(cells, key="left", fill=Fill.SUNKEN, rule=Rule.STRONG)
    return made, [foot]


def _paid_row(said: str, taken: Cell, key: object) -> Row:
    return Row((Cell(said), EMPTY, EMPTY, taken), key=key, fill=Fill.MUTED)


def _debt_row(words: Words, view: DeathView, one: Decided) -> Row:
    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, view.currency)

    becomes = death_words.choice_words(words, one.choice)
    if one.set_off_minor and one.left_minor:
        becomes = words._("{sum} set off, {left} stays a debt of the family").format(
            sum=sum_(one.set_off_minor), left=sum_(one.left_minor)
        )
    weight = tokens.REGULAR if one.choice == KEPT else tokens.SEMIBOLD
    owed = Cell(death_words.debt_words(words, one.debt.said))
    cell = Cell(becomes, weight=weight, icon="" if one.choice == KEPT else "tick", icon_ink=tokens.GREEN)
    taken = money(sum_(-one.set_off_minor)) if one.set_off_minor else EMPTY
    return Row((owed, money(sum_(one.debt.owed_minor)), cell, taken), key=one.debt.key)


def next_choice(choice: str) -> str:
    """The one after it, from the last again the first."""
    return CHOICES[(CHOICES.index(choice) + 1) % len(CHOICES)]


class DeathFields(Card):
    """Days, grant, votes, to whom the rest goes. `asked` is another day, `wanted` any other answer."""

    asked = Signal()
    wanted = Signal()

    def __init__(self, lang: str) -> None:
        super().__init__(" ", gap=8)
        self.died, self.settled_on, self.grant = Field(width=130), Field(width=130), Field(width=110)
        self.place = ChoiceField(220)
        self.votes_for, self.votes_against = Field(width=80), Field(width=80)
        self.heir = Field(width=330, letters="focused", lang=lang)
        for line in (
            (self.died, self.settled_on),
            (self.votes_for, self.votes_against, self.grant, self.place),
            (self.heir,),
        ):
            holder = QWidget()
            flow = Flow(holder, gap=14)
            for part in line:
                flow.addWidget(part)
            self.body.addWidget(holder)
        for field in (self.died, self.settled_on):
            field.edit.left.connect(self.asked)
        self.grant.changed.connect(lambda _text: self.wanted.emit())
        self.place.picker.picked.connect(lambda _key: self.wanted.emit())

    def fields(self) -> Iterator[Field]:
        """Everything that is typed."""
        yield from (self.died, self.settled_on, self.votes_for, self.votes_against, self.grant, self.heir)

    def clear(self) -> None:
        """Empty, without trouble told."""
        for field in self.fields():
            field.set_text("")
            field.tell_problem("")

    def retranslate(self, words: Words) -> None:
        """Labels; days in grey and places come with `show_view`."""
        self.title.setText(words._("What the group decided"))
        self.died.set_words(words._("Day of her death"))
        self.settled_on.set_words(words._("Decided on"))
        self.votes_for.set_words(words._("For"))
        self.votes_against.set_words(words._("Against"))
        self.grant.set_words(words._("Grant to the family"))
        self.place.set_words(words._("Paid from"))
        self.heir.set_words(words._("To whom the rest is to be paid"), words._("name, relation, paper"))
        self.heir.set_language(words.lang)

    def show_view(self, words: Words, view: DeathView) -> None:
        """The days in force stand in grey; a place is asked for where money lies in several."""
        self.died.setVisible(view.died is None)
        self.died.edit.setPlaceholderText(formats.date(view.on))
        self.settled_on.edit.setPlaceholderText(formats.date(view.settled_on))
        places = [code for code, amount in view.places_minor.items() if amount > 0]
        places.sort(key=lambda code: (code != BOX, code))  # cash is usual
        found = [(code, ledger_words.account(words, code, view.place_names)) for code in places]
        self.place.picker.set_choices(list(found))
        self.place.setVisible(len(found) > 1)


class DeathNotes(Card):
    """What is told beside the figures: whom she answered for, her posts, her share of the profit, other groups."""

    def __init__(self) -> None:
        super().__init__(" ", gap=4)
        self.said = Label(size=tokens.GRID, wrap=True)
        self.body.addWidget(self.said)

    def show_sheet(self, words: Words, sheet: DeathSheet) -> None:
        """All of it, a paragraph each."""
        self.title.setText(words._("To be thought of"))
        self.said.setText("\n".join((*_decisions(words, sheet.account), *note_lines(words, sheet.view))))


def _decisions(words: Words, account: DeathAccount) -> Iterator[str]:
    """What was decided already, and to whom the rest goes."""
    for text, votes_for, against in account.decisions:
        votes = ledger_words.votes(words, votes_for, against, None)
        yield f"{text} ({votes})" if votes else text
    if account.heir:
        yield words._("{what}: {name}").format(what=words._("To be paid to"), name=account.heir)


def note_lines(words: Words, view: DeathView) -> Iterator[str]:
    """A sentence for each thing that ends or goes on without her."""
    for one in view.guarantees:
        left = formats.money(words, one.left_minor, view.currency)
        who = ledger_words.person(one.number, one.name)
        said = words._("She answered for loan {loan} of {name}, {sum} left: the group names somebody else.")
        yield said.format(loan=one.loan, name=who, sum=left)
    if view.posts:
        posts = ", ".join(formats.post(words, one) for one in view.posts)
        yield words._("{posts}: her post ends, the group elects somebody.").format(posts=posts)
    if view.shares_out:
        yield death_words.profit_words(words)
    if view.on_a_sheet:
        yield words._("A sheet of the group is begun with something typed for her: it counts no more, look at it.")
    for name in view.others:
        yield words._("She is also in the group {name}: write it on her page there too.").format(name=name)
    yield words._("From that day she has no row on the sheet, no fines and no dues.")
