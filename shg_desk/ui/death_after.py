"""The half of the page of a death that comes after it: taking it back, paying out to the heirs, the paper to sign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from shg_desk.actions.changes import Outcome
from shg_desk.actions.death import Death
from shg_desk.actions.death_account import DeathSheet
from shg_desk.actions.death_account import plan_undo
from shg_desk.actions.death_account import print_death
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.ahead_page import AheadPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.ledger_effects import effect_columns
from shg_desk.ui.ledger_effects import effect_rows
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.ahead import Ahead
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.table import Table


class AfterDeath(AheadPage):
    """The preview has the effects as a table, and a field for the reason where it is taken back."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        effects = Table([], cursor="none", size=tokens.GRID, row_height=(26, 26))
        reason = Field(width=420, letters="focused")
        super().__init__(frame, store, ways, Ahead(effects, reason))
        self.effects, self.reason = effects, reason
        self._member = ""
        self._sheet: DeathSheet | None = None
        self._asked: Death | None = None
        self.table = Table([], size=tokens.GRID, row_height=(32, 32))

    def _read(self) -> None:
        """Asks for her account."""

    def _died(self) -> bool:
        return self._sheet is not None and self._sheet.view.died is not None

    def currency(self) -> Currency | None:
        return self._sheet.view.currency if self._sheet is not None else None

    def _show_effects(self, preview: Preview | None, *, back: bool) -> None:
        """What stands between the lines of the preview and what is to be heeded."""
        words = self.frame.words
        self.effects.set_columns(effect_columns(words, preview.effects_on if preview is not None else None))
        self.effects.set_rows(effect_rows(words, preview) if preview is not None else [])
        self.effects.setVisible(preview is not None)
        self.reason.set_words(words._("Reason"), words._("for the ones who read the booklet"))
        self.reason.set_language(words.lang)
        self.reason.setVisible(back)

    # -- after it

    def _ask_back(self) -> None:
        """Del: what taking it back would do; it wants a reason."""
        if not self._died():
            return

        def come(preview: Preview | None) -> None:
            self._asked = None
            self.problems.clear()
            self.reason.set_text("")
            self.reason.tell_problem("")
            self.put_ahead(partial(self._show_back, preview))

        self.ask("back", partial(plan_undo, member=self._member), come, self.tell)

    def _show_back(self, preview: Preview | None) -> None:
        words = self.frame.words
        self._show_effects(preview, back=True)
        said = words._("She is a member again with her posts, and what she had and owed is hers as before.")
        heed = self.sentences(preview.warnings, preview.currency) if preview is not None else []
        title, verb = words._("What is taken back"), words._("take it back")
        lines = [("", said, False)]
        self.ahead.show_lines(
            words, lines, words._("Take it back"), title=title, verb=verb, heed=heed, first=self.reason
        )

    def _take_back(self) -> None:
        member, reason = self._member, self.reason.text()

        def done(_outcome: Outcome[str | None]) -> None:
            self.put_typed()
            self._read()
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.frame.toast(self.frame.words._("It is taken back; the old lines stay as they were"))

        def refused(problems: Sequence[Problem]) -> None:
            said = self.sentences(problems)
            self.reason.tell_problem(said[0] if said else "")
            self.armed = True

        self.write(partial(undo_death, member=member, reason=reason), done, refused)

    def _pay_out(self) -> None:
        """F8: what is payable is paid between meetings, with a paper receipt."""
        if self._sheet is not None and self._died() and self._sheet.view.estate.payable_minor:
            self.frame.go("between", (self._sheet.view.group, "payable", self._sheet.view.member))

    def print_paper(self) -> None:
        sheet, member, words = self._sheet, self._member, Words(self.lang)
        if sheet is None or not self._died():
            return
        name = f"death-{sheet.view.group_code}-{sheet.view.number}.pdf"

        def make(desk: Desk) -> Path:
            return print_death(desk, member, paper_path(name), words)

        self.store.run(make, self.ways.open_file)
