"""What a new version of the rules would change, before it is written: rule by rule, until now and from now on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shg_desk.actions.rules_forms import RulesPreview
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.table import Table
from shg_desk.ui.rules_words import RuleChange
from shg_desk.ui.rules_words import rule_changes


class RulesPreviewPart(QWidget):
    """Sentences on the vote, a table of what changes, and what stays. `changes` are the rules that differ."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[RuleChange] = []
        self._found: RulesPreview | None = None
        column = rows(self, gap=10)
        self.vote = Label(wrap=True)
        column.addWidget(self.vote)
        self.warning = Banner("warning")
        column.addWidget(self.warning)
        self.table = Table([], row_height=(34, 34))
        column.addWidget(self.table)
        self.stays = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        column.addWidget(self.stays)

    def retranslate(self, words: Words) -> None:
        """Words in another language."""
        if self._found is not None:
            self.show_preview(words, self._found)

    def show_preview(self, words: Words, found: RulesPreview) -> None:
        """Another version."""
        self._found = found
        say = words._
        self.changes = rule_changes(words, found.before, found.after, found.currency)
        self.vote.setText(_vote_words(words, found))
        warning = _warning(words, found)
        self.warning.setVisible(bool(warning))
        self.warning.tell(warning)
        since = formats.date(found.since)
        self.table.set_columns(
            (
                Column(say("Rule"), 230, wraps=True),
                Column(say("Until now"), 300, grows=1, wraps=True),
                Column(say("From {date}").format(date=since), 300, grows=1, wraps=True),
            )
        )
        nothing = say("not agreed")
        self.table.set_rows(
            [
                Row(
                    (
                        Cell(one.label),
                        Cell(one.before or nothing, ink=tokens.INK if one.before else tokens.INK3),
                        Cell(one.after or nothing, weight=tokens.SEMIBOLD if one.after else tokens.REGULAR),
                    ),
                    key=at,
                )
                for at, one in enumerate(self.changes)
            ]
        )
        self.table.setVisible(bool(self.changes))
        stays = say("Everything else stays as it was. Loans already given keep the rules they were given under.")
        self.stays.setText(stays if self.changes else say("Nothing is different from the rules in force"))


def _vote_words(words: Words, found: RulesPreview) -> str:
    if found.vote is None:
        return words._("No votes are written down.")
    told = words._("For {votes_for}, against {against}, abstained {abstained}; the group has {members} members.")
    return told.format(
        votes_for=found.vote.votes_for,
        against=found.vote.against,
        abstained=found.vote.abstained,
        members=found.members,
    )


def _warning(words: Words, found: RulesPreview) -> str:
    """What is odd about the vote; it is written all the same."""
    vote = found.vote
    if vote is None:
        return words._("Without votes nobody can say later who agreed. It can be written all the same.")
    voted = vote.votes_for + vote.against + vote.abstained
    if voted > found.members:
        return words._("More votes than members.")
    if voted < found.quorum:
        return words._("Fewer than the quorum of {n} have voted.").format(n=found.quorum)
    if vote.votes_for <= vote.against:
        return words._("There is no majority for it.")
    return ""
