"""The forms of a group: forming it, its rules, a member joining or leaving, an officer's term, handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.actions.group_forms import FINES
from shg_desk.actions.group_forms import Candidate
from shg_desk.actions.group_forms import rules_texts
from shg_desk.actions.views_groups import GroupCard
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form
from shg_desk.ui.today_words import POSTS

LIFECYCLES = (("share-out", N_("share-out cycle")), ("permanent", N_("permanent fund")))
CURRENCIES = ("KGS", "TJS", "UZS", "KZT", "RUB", "USD", "EUR")
RATES = (
    ("month", N_("a month")),
    ("year", N_("a year")),
    ("week", N_("a week")),
    ("period", N_("an instalment")),
)


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
        self.picker("lifecycle").set_choices([("", words._("not decided yet")), *_said(words, LIFECYCLES)])
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
        self._found = QWidget()
        self._flow = Flow(self._found, gap=14)
        self.body.insertWidget(4, self._found)
        self.field("name").changed.connect(self._typed)

    def begin(self, number: str) -> None:
        """Open it for the next number."""
        self.set_texts({"number": number})
        self.person = None
        self.show_candidates([])

    def _typed(self, text: str) -> None:
        self.person = None
        self.searched.emit(text)

    def show_candidates(self, found: Sequence[Candidate]) -> None:
        """People known here by that name; Tab and Enter choose one."""
        while (taken := self._flow.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for one in found:
            choice = LinkButton()
            choice.set_words(" · ".join(part for part in (one.name, one.household, one.village) if part))
            choice.clicked.connect(partial(self._choose, one))
            self._flow.addWidget(choice)
        self._found.setVisible(bool(found))
        self._found.updateGeometry()

    def _choose(self, one: Candidate) -> None:
        self.set_name(one.name)
        self.person = one.id
        self.show_candidates([])
        self.save_button.setFocus()

    def set_name(self, name: str) -> None:
        """Fill the name without searching for it."""
        field = self.field("name")
        field.blockSignals(True)  # noqa: FBT003 - Qt's own
        field.set_text(name)
        field.blockSignals(False)  # noqa: FBT003 - Qt's own

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
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
        self.picker("post").set_choices([(code, words.say(text)) for code, text in POSTS.items()])
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


class RulesForm(Form):
    """A version of the rules, voted on a day. What it does not ask stays as it was."""

    def __init__(self, lang: str) -> None:
        super().__init__(
            (
                (Ask("since", 130), Ask("votes_for", 90), Ask("against", 90), Ask("abstained", 90)),
                (Ask("lifecycle", 210, choice=True), Ask("weekday", 170, choice=True), Ask("every_weeks", 110)),
                (Ask("time", 100), Ask("quorum_percent", 110), Ask("loan_multiple", 110)),
                (Ask("savings.compulsory", 130), Ask("savings.voluntary", 130), Ask("social", 130)),
                (Ask("share.price", 130), Ask("share.min", 90), Ask("share.max", 90)),
                (
                    Ask("loan.rate", 90),
                    Ask("loan.rate_per", 150, choice=True),
                    Ask("loan.method", 250, choice=True),
                    Ask("loan.instalments", 110),
                ),
                tuple(Ask(f"fines.{why}", 130) for why in FINES),
            ),
            lang=lang,
        )

    def begin(self, card: GroupCard, today: date) -> None:
        """Open it with the newest version."""
        content = card.rules[0].content if card.rules else {}
        self.set_texts(rules_texts(content, card.lifecycle) | {"since": formats.date(today)})

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self.picker("lifecycle").set_choices([("", words._("not decided yet")), *_said(words, LIFECYCLES)])
        monday = date(2024, 1, 1)
        days = [(str(n), formats.weekday(words, monday.replace(day=1 + n))) for n in range(7)]
        self.picker("weekday").set_choices([("", words._("no fixed day")), *days])
        self.picker("loan.rate_per").set_choices(_said(words, RATES))
        methods = [(code, words.say(text)) for code, text in ledger_words.METHODS.items()]
        self.picker("loan.method").set_choices(methods)
        labels: Mapping[str, tuple[str, ...]] = {
            "since": (words._("Voted on"),),
            "votes_for": (words.p_("votes", "For"),),
            "against": (words._("Against"),),
            "abstained": (words._("Abstained"),),
            "lifecycle": (words._("Kind of group"),),
            "weekday": (words._("Meets on"),),
            "every_weeks": (words._("Every … weeks"),),
            "time": (words._("At"),),
            "quorum_percent": (words._("Quorum, %"),),
            "savings.compulsory": (words._("Compulsory saving"),),
            "savings.voluntary": (words._("Voluntary, usual"),),
            "social": (words._("Social fund"),),
            "share.price": (words._("Price of a share"),),
            "share.min": (words._("Least"),),
            "share.max": (words._("Most"),),
            "loan.rate": (words._("Interest, %"),),
            "loan.rate_per": (words._("for"),),
            "loan.method": (words._("Calculated as"),),
            "loan.instalments": (words._("Instalments"),),
            "loan_multiple": (words._("Loan, times her savings"),),
        }
        fines = {f"fines.{why}": (words._("Fine: {why}").format(why=ledger_words.why(words, why)),) for why in FINES}
        self.set_words(
            words._("New version of the rules"), {**labels, **fines}, words._("Put into force"), words._("Back")
        )


class HandOverForm(Form):
    """Another laptop becomes the group's keeper."""

    def __init__(self, lang: str) -> None:
        super().__init__(((Ask("laptop", 320, choice=True),),), lang=lang)

    def begin(self, card: GroupCard) -> None:
        """Open it for a group."""
        self.picker("laptop").set_choices([(one.code, one.label or one.code) for one in card.laptops])

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        below = words._("from now on that laptop writes the group; this one asks before it does")
        self.set_words(
            words._("Hand the group over"),
            {"laptop": (words._("To which laptop"), below)},
            words._("Hand over"),
            words._("Back"),
        )


def _said(words: Words, choices: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(key, words.say(text)) for key, text in choices]  # type: ignore[arg-type]
