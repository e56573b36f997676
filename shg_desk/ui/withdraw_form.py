"""A family takes its data back: what goes and what stays in plain words, asked twice: nothing brings it back."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from shg_desk.actions.changes import Outcome
from shg_desk.actions.consent import PURPOSES
from shg_desk.actions.consent import withdraw_consent
from shg_desk.actions.desk import Desk
from shg_desk.actions.rotation import KEEP_DAYS
from shg_desk.actions.views_people import HouseholdCard
from shg_desk.domain.spelling import reads_as_name
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.household_forms import HomeForm
from shg_desk.ui.household_forms import PersonForm
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form
from shg_desk.ui.stay_form import StayForm

EVERYTHING, INTERVIEWS = "identity", "life"
NAMED_MOST = 6
"""Meetings with photos that are named one by one."""


class WithdrawForm(Form):
    """What is withdrawn and why. The first F10 asks once more, the second one destroys the keys."""

    def __init__(self, lang: str) -> None:
        super().__init__(((Ask("what", 420, choice=True), Ask("reason", 320, choice=True)),), lang=lang)
        self.key = ("withdraw", "")
        self._card: HouseholdCard | None = None
        self._words: Words | None = None
        self._asked_once = ""
        said = rows(gap=6)
        self.lines = [Label(size=tokens.GRID, wrap=True) for _ in range(7)]
        for line in self.lines:
            said.addWidget(line)
        self.body.insertLayout(1, said)
        self.picker("what").picked.connect(lambda _key: self._say())

    def about(self, card: HouseholdCard) -> None:
        """Whose data it is."""
        self._card = card

    def begin(self, kind: str, gid: str, texts: Mapping[str, str]) -> None:
        """Open it; `about` has said of whom. It always begins with everything, and has not been asked yet."""
        self.key = (kind, gid)
        self._asked_once = ""
        if self._words is not None:
            self.retranslate(self._words)
        self.set_texts({"what": EVERYTHING, "reason": "asked", **texts})
        self._say()

    def finish(self) -> None:
        """Asked twice: the first time it is said once more that there is no way back."""
        words, wanted = self._words, self.text("what")
        if words is not None and self._asked_once != wanted:
            self._asked_once = wanted
            title = words._("It cannot be taken back")
            told = words._("Press F10 once more to withdraw the data, or Esc to leave everything as it is.")
            self.tell(title, [("", told)])
            self.save_button.setFocus()
            return
        super().finish()

    def done_word(self, words: Words) -> str:
        """As its button says."""
        return words._("withdraw the data")

    def action(self) -> Callable[[Desk], Outcome[str]]:
        """What is to be done."""
        gid, what, reason = self.key[1], self.text("what"), self.text("reason")
        purposes = PURPOSES if what == EVERYTHING else (INTERVIEWS,)

        def withdraw(desk: Desk) -> Outcome[str]:
            done = withdraw_consent(desk, gid, purposes, reason)
            return Outcome(gid, done.changed, done.groups, done.warnings)

        return withdraw

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.picker("what").set_choices(
            [
                (EVERYTHING, words._("everything: names, births, phones, interviews")),
                (INTERVIEWS, words._("only interviews and notes")),
            ]
        )
        self.picker("reason").set_choices(
            [
                ("asked", words._("the family asked")),
                ("never-asked", words._("nobody had asked the family")),
                ("moved", words._("the family moved away")),
                ("other", words._("another reason")),
            ]
        )
        card = self._card
        name = (card.head or card.code) if card is not None else ""
        self.set_words(
            words._("Withdraw the data of {name}").format(name=name),
            {"what": (words._("What is withdrawn"),), "reason": (words._("Why"),)},
            words._("Withdraw the data"),
            words._("Back"),
        )
        self._say()

    def _say(self) -> None:
        """What goes and what stays, for what is chosen."""
        words, card = self._words, self._card
        if words is None or card is None:
            return
        goes = words._("Goes for ever: interviews and notes about this household. Nobody can open them again.")
        if self.text("what") == EVERYTHING:
            text = words.n_(
                "Goes for ever: names, births, phones, interviews and notes of {n} person. Nobody can open them again.",
                "Goes for ever: names, births, phones, interviews and notes of {n} people. Nobody can open them again.",
                len(card.persons),
            )
            goes = text.format(n=len(card.persons))
        stays = words._("Stays: the household's code and village.")
        if card.memberships:
            numbers = ", ".join(f"{one.group_name}, № {one.number}" for one in card.memberships)
            stays = words._("Stays: savings, debts and meetings under the member's number ({numbers}).")
            stays = stays.format(numbers=numbers)
        self.lines[0].setText(goes)
        self.lines[1].setText(stays)
        self.lines[2].setText(words._("The office and the other laptops destroy it when they read the next parcels."))
        text = words._(
            "Older parcels and backups on this laptop are cleared away after {n} days, the newest backup once there is "
            "a newer one. Sticks and papers are yours to destroy."
        )
        self.lines[3].setText(text.format(n=KEEP_DAYS))
        self.lines[4].setText(self._written(words, card))
        self.lines[5].setText(self._photographed(words, card))
        self.lines[5].setVisible(bool(card.photographed))
        self.lines[6].setText(words._("Tell the family so before you go on."))

    @staticmethod
    def _photographed(words: Words, card: HouseholdCard) -> str:
        """Which photos of signed sheets may show a name, and what can be done about it."""
        text = words._(
            "Photos of signed sheets may show a name and a signature, and stay: {meetings}. If the family wants it, "
            "take them away at those meetings (F4, then Del); that goes to the office and the other laptops too."
        )
        told = [f"{group} {formats.date(on)}" for group, on in card.photographed[:NAMED_MOST]]
        more = ["…"] if len(card.photographed) > NAMED_MOST else []
        return text.format(meetings=", ".join([*told, *more])) if told else ""

    @staticmethod
    def _written(words: Words, card: HouseholdCard) -> str:
        """Where a name that somebody wrote down as text stays readable, among it one that a table had for a number."""
        text = words._("A name written into a decision stays in minutes and sheets, on this laptop and on others.")
        as_number = dict.fromkeys(one.number for one in card.memberships if reads_as_name(one.number))
        if card.code and reads_as_name(card.code):
            as_number.setdefault(card.code)
        if not as_number:
            return text
        told = words._("A table had a name for a number; it stays readable: {names}.")
        return f"{text} {told.format(names=', '.join(as_number))}"


HouseholdForm = HomeForm | PersonForm | StayForm | WithdrawForm
"""Any form of the household page."""


def written_down(words: Words, kind: str) -> str:
    """What is told once a form of that kind was written."""
    if kind == "withdraw":
        return words._("The data is withdrawn; the next parcel tells the office")
    return words._("Registered") if kind.startswith("new") else words._("Changed")
