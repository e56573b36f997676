"""The group's own places of money on its page: their table, and the form that adds or renames one."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.actions.group_places import KINDS
from shg_desk.actions.group_places import NOTES
from shg_desk.actions.group_places import PlaceLine
from shg_desk.actions.views_groups import GroupCard
from shg_desk.domain.group_places import BOX
from shg_desk.domain.group_places import KEEPER
from shg_desk.domain.group_places import LOAN_BAG
from shg_desk.domain.group_places import NAME_LIMIT
from shg_desk.domain.group_places import SOCIAL_BAG
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form

PLACE_KINDS: Mapping[str, Marked] = {
    SOCIAL_BAG: N_("Bag of the social fund"),
    LOAN_BAG: N_("Bag of the loan fund"),
    BOX: N_("Another bag of the box"),
    KEEPER: N_("In a person's keeping"),
    "bank": N_("Bank"),
    "wallet": N_("Mobile wallet"),
    "transit": N_("On its way to or from a lender"),
    "notes": N_("Foreign notes"),
    "goods": N_("Goods taken in payment"),
}


class PlaceForm(Form):
    """A place of money of the group: what it is, whose keeping, what the group calls it."""

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("kind", 300, choice=True), Ask("member", 300, choice=True)),
                (Ask("name", 420, letters=True),),
            ),
            lang=lang,
        )
        self.code = ""
        self._was = ""
        self._words: Words | None = None
        self.field("name").edit.setMaxLength(NAME_LIMIT)
        self.picker("kind").picked.connect(lambda _key: self._kind_chosen())

    def begin(self, card: GroupCard, code: object = None) -> None:
        """Open it for a new place, or to rename the one of that code."""
        words = self._words
        line = next((one for one in card.own if one.code == code), None)
        self.code = line.code if line is not None else ""
        people = [(one.id, f"{one.number} {one.name or ''}".strip()) for one in card.members]
        somebody = words._("not a member") if words is not None else ""
        self.picker("member").set_choices([*people, ("", somebody)])
        self._was = ledger_words.account(words, self.code, card.names) if words is not None and self.code else ""
        kind = next((kind for kind in KINDS if not any(one.code == kind for one in card.own)), BOX)
        first = people[0][0] if people else ""
        self.set_texts({"kind": kind, "name": line.name if line is not None else "", "member": first})
        self._kind_chosen()

    def _kind_chosen(self) -> None:
        kind = self.text("kind")
        self.parts["kind"].setVisible(not self.code)
        self.parts["member"].setVisible(not self.code and kind == KEEPER)
        if self._words is not None:
            self.retranslate(self._words)

    def texts(self) -> dict[str, str]:
        """Everything typed; whose keeping only where it is one."""
        found = super().texts()
        return found if found["kind"] == KEEPER else {**found, "member": ""}

    def focus_first(self) -> None:
        """The cursor into the first field in sight."""
        self.parts["name" if self.code else "kind"].setFocus()

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.set_language(words.lang)
        chosen = self.picker("kind").key()
        self.picker("kind").set_choices([(kind, words.say(PLACE_KINDS[kind])) for kind in KINDS], chosen)
        hint = words._("as the group says it; the usual word if left empty")
        if self.text("kind") == NOTES and not self.code:
            hint = words._("three letters of the currency: RUB, USD")
        title = words._("Place of money: {name}").format(name=self._was) if self.code else words._("New place of money")
        self.set_words(
            title,
            {
                "kind": (words._("What it is"),),
                "member": (words._("In whose keeping"),),
                "name": (words._("What the group calls it"), hint),
            },
            words._("Write it down"),
            words._("Back"),
        )


def place_columns(words: Words, card: GroupCard) -> tuple[Column, ...]:
    """Heads of the places."""
    unit = formats.unit(words, card.currency.code)
    return (
        Column(words._("Place of money"), 260, grows=2, wraps=True),
        Column(words._("What it is"), 220, grows=1, wraps=True),
        Column(words._("There now, {unit}").format(unit=unit), 130, right=True),
    )


def place_row(words: Words, one: PlaceLine, card: GroupCard) -> Row:
    """A place: what the group calls it, what it is, and the money there."""
    kind = PLACE_KINDS.get(one.code) or PLACE_KINDS[one.code.partition(".")[0]]
    what = words._("the box of the group") if one.code == BOX else words.say(kind)
    amount = formats.amount(words, one.amount_minor, card.currency)
    cells = (
        Cell(ledger_words.account(words, one.code, card.names), weight=tokens.MEDIUM),
        Cell(what, ink=tokens.INK2),
        money(amount) if one.amount_minor else EMPTY,
    )
    return Row(cells, key=one.code)
