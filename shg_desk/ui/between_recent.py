"""What was written between meetings before: its paper, and how it is taken back, whole and with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from shg_desk.actions.between import BetweenView
from shg_desk.actions.between import LoanAhead
from shg_desk.actions.between import Recent
from shg_desk.actions.between import plan_back
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import take_back
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.between_shown import BetweenShown
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.table import Table


class RecentPage(DeskPage):
    """The half of the page that shows: what would be written, and the records since the last meeting."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._view: BetweenView | None = None
        self._preview: Preview | None = None
        self._warnings: Sequence[Problem] = ()
        self._loan: LoanAhead | None = None
        self._back: tuple[Recent, Preview] | None = None
        self._wanted_back: str | None = None
        self._line = columns(gap=14)
        self.problems = ProblemList()
        self._shown = BetweenShown(self.lang)
        self._shown.written.connect(self._write)
        self._shown.left.connect(self._leave_back)
        self.effects, self.dues, self.reason = self._shown.effects, self._shown.dues, self._shown.reason
        self.write_button, self.leave_button = self._shown.write_button, self._shown.leave_button
        self.table = Table([], size=tokens.GRID, row_height=(28, 28))
        self.table.view.moved.connect(lambda _row, _column: self.reworded.emit())
        self.table.view.opened.connect(lambda _row, _column: self._print())

    def restyle(self) -> None:
        """What is typed and what it changes stand beside each other; one under the other in large letters."""
        large = tokens.large()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    def _write(self) -> None:
        """Writes what is shown."""

    def _ask_preview(self) -> None:
        """Asks what the answers would write."""

    # -- what would be written

    def _show_preview(
        self, preview: Preview | None, warnings: Sequence[Problem], loan: LoanAhead | None = None
    ) -> None:
        self._preview, self._warnings, self._loan = preview, warnings, loan
        said = self.sentences(warnings, self._currency())
        self._shown.show_preview(self.frame.words, preview, said, loan, back=self._back is not None)

    def _tell(self, problems: Sequence[Problem], *, in_sight: bool = True) -> None:
        self._show_preview(None, ())
        lines = [ProblemLine(said) for said in self.sentences(problems, self._currency())]
        self.problems.show_problems(self.frame.words._("This cannot be written so"), lines, in_sight=in_sight)

    def _currency(self) -> Currency | None:
        return self._view.ground.currency if self._view is not None and self._view.ground is not None else None

    # -- a record of before

    def _recent(self) -> Recent | None:
        """The record under the cursor, or the newest."""
        recent = self._view.recent if self._view is not None else ()
        key = self.table.row_key() if self.table.view.hasFocus() else None
        return next((one for one in recent if one.op == key), recent[0] if recent else None)

    def _print(self) -> None:
        one = self._recent()
        if one is None or one.is_count:
            return
        words = Words(self.lang)

        def make(desk: Desk) -> Path:
            return print_receipt(desk, one.op, paper_path(f"receipt-{one.on.isoformat()}.pdf"), words)

        self.store.run(make, self.ways.open_file)

    def _ask_back(self) -> None:
        """Del: what taking the record back would do; it wants a reason."""
        one = self._recent()
        if one is None or one.gone:
            return
        self._ask_back_of(one)

    def _ask_back_wanted(self) -> None:
        """The record the page was opened for, once the records have come."""
        name, self._wanted_back = self._wanted_back, None
        one = next((one for one in (self._view.recent if self._view else ()) if one.op == name), None)
        if one is not None and not one.gone:
            self._ask_back_of(one)

    def _ask_back_of(self, one: Recent) -> None:
        def come(preview: Preview) -> None:
            self._back = (one, preview)
            self.problems.clear()
            self.reason.set_text("")
            self.reason.tell_problem("")
            self._show_preview(preview, preview.warnings)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reworded.emit()

        self.ask("back", partial(plan_back, op=one.op), come, self._tell)

    def _take_back(self) -> None:
        if self._back is None:
            return
        op, reason = self._back[0].op, self.reason.text()

        def write(desk: Desk) -> Outcome[str]:
            return take_back(desk, op, reason)

        def done(_outcome: Outcome[str]) -> None:
            self._leave_back()
            self.frame.toast(self.frame.words._("It is taken back; the old line stays as it was"))

        def refused(problems: Sequence[Problem]) -> None:
            said = self.sentences(problems)
            self.reason.tell_problem(said[0] if said else "")

        self.write(write, done, refused)

    def _leave_back(self) -> None:
        self._back = None
        self._show_preview(None, ())
        self._ask_preview()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reworded.emit()
