"""The form of a group's rules: every rule, by keys alone; before it is written a preview says what changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from shg_desk.actions.rules_forms import COLUMNS
from shg_desk.actions.rules_forms import ORDERS
from shg_desk.actions.rules_forms import RulesPreview
from shg_desk.actions.rules_forms import rules_texts
from shg_desk.actions.views_groups import GroupCard
from shg_desk.domain.rules import FINE_REASONS
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui.keys import is_plain
from shg_desk.ui.parts.form import Ask
from shg_desk.ui.parts.form import Form
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.rules_preview import RulesPreviewPart
from shg_desk.ui.rules_words import GRACE
from shg_desk.ui.rules_words import LIFECYCLES
from shg_desk.ui.rules_words import REMAINDERS
from shg_desk.ui.rules_words import RHYTHMS
from shg_desk.ui.rules_words import ROUNDINGS
from shg_desk.ui.rules_words import UNITS
from shg_desk.ui.rules_words import column
from shg_desk.ui.rules_words import order
from shg_desk.ui.rules_words import resting_days
from shg_desk.ui.rules_words import weekday

RATES: Mapping[str, Marked] = {
    "month": N_("a month"),
    "year": N_("a year"),
    "week": N_("a week"),
    "period": N_("an instalment"),
}
RESTING = ("", "sun", "sat sun", "fri")
LINES: tuple[tuple[Ask, ...] | str, ...] = (
    "vote",
    (Ask("since", 130), Ask("votes_for", 90), Ask("against", 90), Ask("abstained", 90)),
    "group",
    (
        Ask("lifecycle", 210, choice=True),
        Ask("cycle.from", 130),
        Ask("cycle.until", 130),
        Ask("minimum_age", 130),
    ),
    (
        Ask("weekday", 170, choice=True),
        Ask("rhythm", 290, choice=True),
        Ask("every_weeks", 110),
        Ask("month_day", 110),
        Ask("time", 100),
        Ask("quorum_percent", 110),
    ),
    "savings",
    (
        Ask("savings.compulsory", 130),
        Ask("savings.voluntary", 130),
        Ask("social", 130),
        Ask("share.price", 130),
        Ask("share.min", 90),
        Ask("share.max", 90),
    ),
    "loans",
    (
        Ask("loan.rate", 90),
        Ask("loan.rate_per", 150, choice=True),
        Ask("loan.method", 250, choice=True),
        Ask("loan.interest_at_start", 250, choice=True),
    ),
    (
        Ask("loan.instalments", 110),
        Ask("loan.every", 90),
        Ask("loan.unit", 130, choice=True),
        Ask("loan_multiple", 110),
        Ask("guarantors", 110),
    ),
    (Ask("loan.grace_principal", 110), Ask("loan.grace_interest", 110), Ask("loan.grace_kind", 250, choice=True)),
    (
        Ask("loan.instalment_multiple", 110),
        Ask("loan.rounding", 300, choice=True),
        Ask("loan.remainder", 220, choice=True),
        Ask("loan.non_working", 200, choice=True),
    ),
    (Ask("order", 620, choice=True),),
    "fines",
    tuple(Ask(f"fines.{why}", 130) for why in FINE_REASONS),
    "sheet",
    (Ask("columns", 200),),
)


class RulesForm(Form):
    """A version of the rules, voted on a day. F10 asks for the preview (`preview_asked`); there Enter writes, as on
    every preview, and a second F10 does nothing. `turned` says that the one has come in place of the other.
    """

    preview_asked = Signal()
    turned = Signal()

    def __init__(self, lang: str) -> None:
        super().__init__(LINES, lang=lang)
        self._words: Words | None = None
        self.preview = RulesPreviewPart()
        self.preview.hide()
        self.body.insertWidget(self.body.indexOf(self._letters), self.preview)

    def begin(self, card: GroupCard, today: date) -> None:
        """Open it with the newest version."""
        content = card.rules[0].content if card.rules else {}
        texts = rules_texts(content, card.lifecycle)
        for key in ("cycle.from", "cycle.until"):
            texts[key] = formats.date(texts[key]) if texts[key] else ""
        self._show_preview(shown=False)
        self._offer(texts["order"], texts["loan.non_working"])
        self.set_texts(texts | {"since": formats.date(today)})

    def _offer(self, ordered: str, resting: str) -> None:
        """The usual orders and resting days, and those of the group where they are others."""
        words = self._words
        if words is None:
            return
        orders = dict.fromkeys([*(" ".join(one) for one in ORDERS), ordered])
        self.picker("order").set_choices([(one, order(words, one.split())) for one in orders if one])
        days = dict.fromkeys([*RESTING, resting])
        none = words._("any day may be one")
        self.picker("loan.non_working").set_choices([(one, resting_days(words, one.split()) or none) for one in days])

    # -- the two steps

    def finish(self) -> None:
        """First what changes, then the writing."""
        if self.preview.isHidden():
            self.preview_asked.emit()
        elif not self.save_button.reason():
            self.saved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.preview.isHidden() or not is_plain(event, Qt.Key.Key_F10):
            super().keyPressEvent(event)

    def go_back(self) -> None:
        """Esc: from the preview to the form, from the form to the group."""
        if self.preview.isHidden():
            self.left.emit()
            return
        self._show_preview(shown=False)
        self.focus_first()
        self.turned.emit()

    def show_preview(self, found: RulesPreview) -> None:
        """What the version would change, in the place of the form."""
        if self._words is None:
            return
        self.problems.clear()
        self.preview.show_preview(self._words, found)
        self._show_preview(shown=True)
        nothing = "" if self.preview.changes else self._words._("Nothing is different from the rules in force")
        self.save_button.set_reason(nothing)
        (self.back_button if nothing else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()

    def _show_preview(self, *, shown: bool) -> None:
        for part in (*self.holders, *self.section_labels.values()):
            part.setVisible(not shown)
        self.preview.setVisible(shown)
        self.save_button.set_reason("")
        if self._words is not None:
            self._say_buttons(self._words)

    def _say_buttons(self, words: Words) -> None:
        first = self.preview.isHidden()
        title = words._("New version of the rules")
        self.title.setText(title if first else words._("What the new version changes"))
        save = words._("See what changes") if first else words._("Put into force")
        self.save_button.set_words(save, f"{save}: {title}")
        self.save_button.set_keys(("F10",) if first else ("Enter",))
        self.back_button.set_words(words._("Back") if first else words._("Change something"))

    def hints(self, words: Words) -> tuple[Hint, ...]:
        """In the preview there is no field to go on to: Enter writes on its button alone."""
        if self.preview.isHidden():
            return super().hints(words)
        writes = self.save_button.hasFocus() and not self.save_button.reason()
        return (Hint(("Enter",), self.done_word(words)),) if writes else ()

    def done_word(self, words: Words) -> str:
        """First what changes is shown, then it is put into force."""
        return words._("see what changes") if self.preview.isHidden() else words._("put into force")

    # -- words

    def retranslate(self, words: Words) -> None:
        """All words of the form."""
        self._words = words
        self.picker("lifecycle").set_choices([("", words._("not decided yet")), *_said(words, LIFECYCLES)])
        days = [(str(n), weekday(words, n)) for n in range(7)]
        self.picker("weekday").set_choices([("", words._("no fixed day")), *days])
        self.picker("rhythm").set_choices(_said(words, RHYTHMS))
        self.picker("loan.rate_per").set_choices(_said(words, RATES))
        self.picker("loan.method").set_choices(_said(words, ledger_words.METHODS))
        self.picker("loan.interest_at_start").set_choices(
            [("", words._("with each instalment")), ("1", words._("when the money is handed out"))]
        )
        self.picker("loan.unit").set_choices(_said(words, UNITS))
        self.picker("loan.grace_kind").set_choices(_said(words, GRACE))
        self.picker("loan.rounding").set_choices(_said(words, ROUNDINGS))
        self.picker("loan.remainder").set_choices(_said(words, REMAINDERS))
        self._offer(self.text("order"), self.text("loan.non_working"))
        sections = {
            "vote": words._("The vote"),
            "group": words._("The group and its meetings"),
            "savings": words._("Savings, a member at a meeting"),
            "loans": words._("Loans to members"),
            "fines": words._("Fines"),
            "sheet": words._("The meeting sheet"),
        }
        labels = {**_group_labels(words), **_loan_labels(words)}
        labels |= {f"fines.{why}": (_capital(ledger_words.why(words, why)),) for why in FINE_REASONS}
        digits = ", ".join(f"{(at + 1) % 10}\u00a0{column(words, name)}" for at, name in enumerate(COLUMNS))
        hint = words._("digits in the order of the paper book, empty for the usual one: {list}").format(list=digits)
        labels["columns"] = (words._("Columns in order"), hint)
        self.set_words("", labels, "", "", sections=sections)
        self._say_buttons(words)
        self.preview.retranslate(words)


def _group_labels(words: Words) -> dict[str, tuple[str, ...]]:
    return {
        "since": (words._("Holds from"),),
        "votes_for": (words.p_("votes", "For"),),
        "against": (words._("Against"),),
        "abstained": (words._("Abstained"),),
        "lifecycle": (words._("Kind of group"),),
        "cycle.from": (words._("Cycle from"),),
        "cycle.until": (words._("Cycle until"),),
        "weekday": (words._("Meets on"),),
        "rhythm": (words._("How often"),),
        "every_weeks": (words._("Every … weeks"),),
        "month_day": (words._("Day of the month"),),
        "time": (words._("At"),),
        "quorum_percent": (words._("Quorum, %"),),
        "savings.compulsory": (words._("Compulsory saving"),),
        "savings.voluntary": (words._("Voluntary, usual"),),
        "social": (words._("Social fund"),),
        "share.price": (words._("Price of a share"),),
        "share.min": (words._("Least"),),
        "share.max": (words._("Most"),),
    }


def _loan_labels(words: Words) -> dict[str, tuple[str, ...]]:
    return {
        "loan.rate": (words._("Interest, %"),),
        "loan.rate_per": (words._("for"),),
        "loan.method": (words._("Calculated as"),),
        "loan.interest_at_start": (words._("Interest is taken"),),
        "loan.instalments": (words._("Instalments"),),
        "loan.every": (words._("One every"),),
        "loan.unit": (" ",),
        "loan_multiple": (words._("Loan, times her savings"),),
        "guarantors": (words._("Guarantors"),),
        "minimum_age": (words._("Youngest member, years"),),
        "loan.grace_principal": (words._("First ones without principal"),),
        "loan.grace_interest": (words._("First ones without interest"),),
        "loan.grace_kind": (words._("That interest"),),
        "loan.instalment_multiple": (words._("Round to whole"),),
        "loan.rounding": (words._("How it is rounded"),),
        "loan.remainder": (words._("What is over goes"),),
        "loan.non_working": (words._("No instalment falls on"),),
        "order": (words._("A repayment settles first"),),
    }


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _said(words: Words, choices: Mapping[str, Marked]) -> list[tuple[str, str]]:
    return [(key, words.say(text)) for key, text in choices.items()]
