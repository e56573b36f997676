"""What of the ledger is shown: group, period, member, and the account as a chip of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_ledger import LedgerView
from shg_desk.actions.views_ledger import LedgerWish
from shg_desk.actions.views_ledger import Named
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.picker import Picker

RECENT = "recent"
EVER = "ever"
SHORT: Mapping[str, Marked] = {
    "principal": N_("Loans"),
    "fines": N_("Fines"),
    "differences": N_("Differences"),
    "interest": N_("Interest"),
}
"""Words of chips where the account's own is long."""


def member_words(one: Named) -> str:
    """A member in a list of choices: number and name; the name alone where it says the number already."""
    return one.name if "№" in one.name else f"{one.number} {one.name}"


def ledger_title(words: Words, wish: LedgerWish, view: LedgerView | None) -> str:
    """Which account it is, as the group calls it."""
    names = view.statement.names if view is not None else {}
    return words._("Ledger: {account}").format(account=ledger_words.account_inside(words, wish.account, names))


class LedgerChoices(QWidget):
    """`wished` tells another wish."""

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wish = LedgerWish()
        self._chips: dict[str, Button] = {}
        self.group, self.period, self.member = Picker(most=240), Picker(most=230), Picker(most=260)
        self.group.picked.connect(lambda key: self.wished.emit(LedgerWish(group=str(key))))
        self.period.picked.connect(self._period_picked)
        self.member.picked.connect(lambda key: self.wished.emit(replace(self._wish, member=key or None)))
        body = rows(self, gap=8)
        choices = QWidget()
        line = Flow(choices, gap=8)
        for part in (self.group, self.period, self.member):
            line.addWidget(part)
        body.addWidget(choices)
        chips = QWidget()
        self._flow = Flow(chips, gap=8)
        body.addWidget(chips)

    def retranslate(self, words: Words) -> None:
        """The spoken names."""
        self.group.set_name(words._("Group"))
        self.period.set_name(words._("Period"))
        self.member.set_name(words._("Member"))

    def show_choices(self, words: Words, view: LedgerView) -> None:
        """What can be chosen, and what is."""
        self._wish = wish = view.wish
        self.group.set_choices([(one.id, one.name) for one in view.groups], view.group.id)
        years: list[tuple[object, str]] = [(year, formats.period(words, str(year))) for year in view.years]
        chosen: object = RECENT if wish.recent else EVER
        if not wish.recent and wish.since is not None:
            chosen = wish.since.year
        periods = [(RECENT, words._("last meetings")), *years, (EVER, words._("from the beginning"))]
        self.period.set_choices(periods, chosen)
        people = [(one.id, member_words(one)) for one in view.members]
        self.member.set_choices([("", words._("all members")), *people], wish.member or "")
        self._show_chips(words, view)

    def _show_chips(self, words: Words, view: LedgerView) -> None:
        if tuple(self._chips) != view.accounts:
            for old in self._chips.values():
                self._flow.removeWidget(old)
                old.deleteLater()
            self._chips = {code: Button(kind="chip") for code in view.accounts}
            for code, chip in self._chips.items():
                chip.setAutoExclusive(True)
                chip.clicked.connect(partial(self._chip_pressed, code))
                self._flow.addWidget(chip)
        for code, chip in self._chips.items():
            long = ledger_words.account(words, code, view.statement.names)
            chip.set_words(words.say(SHORT[code]) if code in SHORT else long, long)
            chip.setChecked(code == view.wish.account)

    def _chip_pressed(self, code: str) -> None:
        self.wished.emit(replace(self._wish, account=code))

    def _period_picked(self, key: object) -> None:
        since = until = None
        if isinstance(key, int):
            since, until = date(key, 1, 1), date(key, 12, 31)
        self.wished.emit(replace(self._wish, recent=key == RECENT, since=since, until=until))

    def focus_chips(self) -> None:
        """The cursor onto the account that is shown."""
        chosen = next((chip for chip in self._chips.values() if chip.isChecked()), None)
        (chosen or self.group).setFocus(Qt.FocusReason.TabFocusReason)
