"""The forms of a group: forming it, a member joining or leaving, an officer's term, handing it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from shg_desk.actions.group_forms import Candidate
from shg_desk.actions.views_groups import GroupCard
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.person_choice import PersonChoices
from shg_desk.ui.rules_words import LIFECYCLES

CURRENCIES = ("KGS", "TJS", "UZS", "KZT", "RUB", "USD", "EUR")


class GroupForm(Form):
    """A new group: code and name as it uses them, village, kind, currency."""

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("name", 300, letters=True), Ask("code", 150)),
                (Ask("village", 300, letters=True), Ask("formed_on", 130)),
                (Ask("lifecycle", 230, choice=True), Ask("currency", 140, choice=True), Ask("smallest", 130)),
            ),
            lang=lang,
        )

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self.set_language(words.lang)
        self.picker("lifecycle").set_choices(
            [("", words._("not decided yet")), *((code, words.say(text)) for code, text in LIFECYCLES.items())]
        )
        currencies = [code for code in CURRENCIES if code in MINOR_DIGITS]
        self.picker("currency").set_choices([(code, f"{code}, {formats.unit(words, code)}") for code in currencies])
        self.set_words(
            words._("New group"),
            {
                "name": (words._("Name of the group"), words._("as the group calls itself")),
                "code": (words._("Code"), words._("as you write it")),
                "village": (words._("Village"),),
                "formed_on": (words._("Formed on"),),
                "lifecycle": (words._("Kind of group"), " "),
                "currency": (words._("Currency"), " "),
                "smallest": (words._("Smallest note"), words._("1 if left empty")),
            },
            words._("Make the group"),
            words._("Back"),
        )


class MemberForm(Form):
    """A member joins: her number as the group counts, and who she is. `picked` tells somebody known here."""

    searched = Signal(str)
    picked = Signal(object)

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("number", 90), Ask("booklet", 120), Ask("joined", 130)),
                (Ask("name", 420, letters=True),),
            ),
            lang=lang,
        )
        self.person: str | None = None
        self._words: Words | None = None
        self._asked_number = self._new = ""
        self._shown: tuple[str, tuple[Candidate, ...]] | None = None
        self.choices = PersonChoices(self.field("name").edit)
        self.choices.chosen.connect(self._choose)
        self.choices.new.connect(self._choose_new)
        self.body.insertWidget(4, self.choices)
        self.field("name").changed.connect(self._typed)

    def begin(self, number: str) -> None:
        """Open it for the next number."""
        self.set_texts({"number": number})
        self.person = None
        self._asked_number = self._new = ""
        self._shown = None
        self.show_candidates([])

    def _go_on(self, key: str) -> None:
        """Enter in the name never writes a half-typed one: it goes to those known here by it, else to the button."""
        if key == "name":
            if not self.choices.go_in():
                self.save_button.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super()._go_on(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.choices.step(event, self.save_button):
            super().keyPressEvent(event)

    def finish(self) -> None:
        """A number without a figure is asked about once: mostly a name was typed into the wrong field."""
        number, words = self.text("number"), self._words
        strange = bool(number) and not any(sign.isdecimal() for sign in number)
        if words is not None and strange and number != self._asked_number:
            self._asked_number = number
            told = words._("“{text}” has no figure in it. Is it her number? Correct it, or press F10 once more.")
            self.tell(words._("Look at the number"), [("number", told.format(text=number))])
            return
        super().finish()

    def is_new(self) -> bool:
        """It was said of the name that stands there that this is a new person."""
        return bool(self._new) and self._new == self.text("name")

    def _choose_new(self) -> None:
        self._new = self.text("name")
        self._settled()

    def _settled(self) -> None:
        self.problems.clear()
        self.field("name").tell_problem("")
        self.save_button.setFocus()

    def hints(self, words: Words) -> tuple[Hint, ...]:
        """The keys of the form that are true at this moment."""
        if self.choices.isAncestorOf(QApplication.focusWidget() or self):
            return self.choices.hints(words)
        known = self.choices.hints(words) if self.field("name").edit.hasFocus() else ()
        enter, save = super().hints(words)
        return (enter, *known, save)

    def _typed(self, text: str) -> None:
        self.person = None
        self.searched.emit(text)

    def show_candidates(self, found: Sequence[Candidate]) -> None:
        """People known here by that name; Down or Enter goes to them and Enter chooses one."""
        shown = self.text("name"), tuple(found)
        said = self.person is not None or self.is_new()
        if shown != self._shown and not (found and said):  # else the cursor stays where it is
            self._shown = shown
            self.choices.show_found(found, self.text("name"))

    def _choose(self, one: Candidate) -> None:
        self.set_name(one.name)
        self.person = one.id
        self._settled()

    def set_name(self, name: str) -> None:
        """Fill the name without searching for it."""
        field = self.field("name")
        field.blockSignals(True)  # noqa: FBT003 - Qt's own
        field.set_text(name)
        field.blockSignals(False)  # noqa: FBT003 - Qt's own

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = self.choices.words = words
        self.set_language(words.lang)
        hint = words._("somebody registered here, or a new name; her household is registered with her")
        self.set_words(
            words._("New member"),
            {
                "number": (words._("Number"),),
                "booklet": (words._("Booklet"),),
                "joined": (words._("Joined on"),),
                "name": (words._("Who"), hint),
            },
            words._("Take her in"),
            words._("Back"),
        )


class LeaveForm(Form):
    """A member leaves; her number stays hers."""

    def __init__(self, lang: str) -> None:
        super().__init__(((Ask("left", 130),), (Ask("why", 420, letters=True),)), lang=lang)
        self.member = ""
        self._name = ""
        self._words: Words | None = None

    def begin(self, member: str, name: str, today: date) -> None:
        """Open it for a member."""
        self.member, self._name = member, name
        self.set_texts({"left": formats.date(today)})
        if self._words is not None:
            self.retranslate(self._words)

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.set_language(words.lang)
        title = words._("{name} leaves the group").format(name=self._name)
        below = words._("her number stays hers, her savings and debts stay in the ledger")
        self.set_words(
            title,
            {"left": (words._("Last day"),), "why": (words._("Reason"), below)},
            words._("Write it down"),
            words._("Back"),
        )


class OfficerForm(Form):
    """Somebody is elected into a post."""

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("post", 230, choice=True), Ask("member", 320, choice=True)),
                (Ask("since", 130), Ask("until", 130)),
            ),
            lang=lang,
        )

    def begin(self, card: GroupCard, today: date) -> None:
        """Open it for a group."""
        people = [(one.id, f"{one.number} {one.name or ''}".strip()) for one in card.members]
        self.picker("member").set_choices(people)
        self.set_texts({"since": formats.date(today), "post": "leader", "member": people[0][0] if people else ""})

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self.picker("post").set_choices([(code, words.say(text)) for code, text in formats.POSTS.items()])
        self.set_words(
            words._("Election"),
            {
                "post": (words._("Post"),),
                "member": (words._("Member"),),
                "since": (words._("Since"),),
                "until": (words._("Until"), ""),
            },
            words._("Write it down"),
            words._("Back"),
        )


class HandOverForm(Form):
    """Another laptop becomes the group's keeper."""

    def __init__(self, lang: str) -> None:
        super().__init__(((Ask("laptop", 320, choice=True),),), lang=lang)

    def begin(self, card: GroupCard) -> None:
        """Open it for a group."""
        self.picker("laptop").set_choices([(one.code, one.label or one.code) for one in card.laptops])
        self.set_texts({})

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        below = words._("from now on that laptop writes the group; this one asks before it does")
        self.set_words(
            words._("Hand the group over"),
            {"laptop": (words._("To which laptop"), below)},
            words._("Hand over"),
            words._("Back"),
        )
