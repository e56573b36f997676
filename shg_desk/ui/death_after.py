"""The half of the page of a death that comes after it: taking it back, paying out to the heirs, the paper to sign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.death import Death
from shg_desk.actions.death_account import DeathSheet
from shg_desk.actions.death_account import plan_undo
from shg_desk.actions.death_account import print_death
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.death import Settled
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.death_shown import DeathShown
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.table import Table


class AfterDeath(DeskPage):
    """What is typed (`_typed`) or what will be written or taken back (`shown`) is in sight, one of them."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._member = ""
        self._sheet: DeathSheet | None = None
        self._asked: Death | None = None
        self._seen: Settled | None = None
        self._typed: QWidget
        self.problems = ProblemList()
        self.table = Table([], size=tokens.GRID, row_height=(32, 32))
        self.shown = DeathShown(self.lang)

    def _read(self) -> None:
        """Asks for her account."""

    def _died(self) -> bool:
        return self._sheet is not None and self._sheet.view.died is not None

    def _is_ahead(self) -> bool:
        return self.shown.isVisibleTo(self)

    def _show_part(self, *, shown: bool) -> None:
        self.shown.setVisible(shown)
        self._typed.setVisible(not shown)
        if shown:
            self.shown.focus_first()
        self.reworded.emit()

    def _leave_shown(self) -> None:
        """Esc: back to what was typed, all of it still there."""
        self._asked = None
        self._show_part(shown=False)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, problems: Sequence[Problem]) -> None:
        self._show_part(shown=False)
        currency = self._sheet.view.currency if self._sheet is not None else None
        lines = [ProblemLine(said) for said in self.sentences(problems, currency)]
        self.problems.show_problems(self.frame.words._("This cannot be written so"), lines)

    # -- after it

    def _ask_back(self) -> None:
        """Del: what taking it back would do; it wants a reason."""
        if not self._died():
            return

        def come(preview: Preview | None) -> None:
            words = self.frame.words
            self.problems.clear()
            self.shown.reason.set_text("")
            self.shown.reason.tell_problem("")
            said = words._("She is a member again with her posts, and what she had and owed is hers as before.")
            warnings = self.sentences(preview.warnings, preview.currency) if preview is not None else []
            self.shown.show_preview(words, said, preview, warnings, back=True)
            self._show_part(shown=True)

        self.ask("back", partial(plan_undo, member=self._member), come, self._tell)

    def _take_back(self) -> None:
        member, reason = self._member, self.shown.reason.text()

        def done(_outcome: Outcome[str | None]) -> None:
            self._leave_shown()
            self._read()
            self.frame.toast(self.frame.words._("It is taken back; the old lines stay as they were"))

        def refused(problems: Sequence[Problem]) -> None:
            said = self.sentences(problems)
            self.shown.reason.tell_problem(said[0] if said else "")

        self.write(partial(undo_death, member=member, reason=reason), done, refused)

    def _pay_out(self) -> None:
        """F8: what is payable is paid between meetings, with a paper receipt."""
        if self._sheet is not None and self._died() and self._sheet.view.estate.payable_minor:
            self.frame.go("between", (self._sheet.view.group, "payable", self._sheet.view.member))

    def _print(self) -> None:
        sheet, member, words = self._sheet, self._member, Words(self.lang)
        if sheet is None or not self._died():
            return
        name = f"death-{sheet.view.group_code}-{sheet.view.number}.pdf"

        def make(desk: Desk) -> Path:
            return print_death(desk, member, paper_path(name), words)

        self.store.run(make, self.ways.open_file)
