"""Between meetings: a receipt or payment, shown before it is written, its paper, and what was written so far.

A record is taken back here, whole and with a reason.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.between import Between
from shg_desk.actions.between import BetweenAhead
from shg_desk.actions.between import BetweenView
from shg_desk.actions.between import LoanAhead
from shg_desk.actions.between import Recent
from shg_desk.actions.between import between_view
from shg_desk.actions.between import plan_back
from shg_desk.actions.between import preview_between
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import Closed
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.between_form import BetweenForm
from shg_desk.ui.between_shown import BetweenShown
from shg_desk.ui.between_shown import recent_columns
from shg_desk.ui.between_shown import recent_row
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.loan_question import loan_question
from shg_desk.ui.meeting_ask import AskPanel
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.table import Table

K = Qt.Key


class BetweenPage(DeskPage):
    """`open` takes a group's id, or (group, kind of money, membership id)."""

    place = "meeting"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._group: str | None = None
        self._begin: tuple[str, str] | None = None
        self._view: BetweenView | None = None
        self._preview: Preview | None = None
        self._warnings: Sequence[Problem] = ()
        self._loan: LoanAhead | None = None
        self._back: tuple[Recent, Preview] | None = None
        self.count_button = Button(keys=("F8",))
        self.count_button.clicked.connect(self._count)
        body = rows(self, margins=(20, 12, 20, 12), gap=10)
        self.problems = ProblemList()
        body.addWidget(self.problems)
        self.terms = AskPanel(frame.words)
        self.terms.answered.connect(self._terms_over)
        self.terms.left.connect(self._terms_over)
        body.addWidget(self.terms)
        self._line = columns(gap=14)
        self.form = BetweenForm(self.lang)
        self.form.wanted.connect(lambda: self.after_pause(self._ask_preview))
        self.form.asked.connect(self._other)
        self.form.done.connect(self._to_button)
        self.form.terms_asked.connect(self._ask_terms)
        self._line.addWidget(self.form, 3, Qt.AlignmentFlag.AlignTop)
        self._shown = BetweenShown(self.lang)
        self._shown.written.connect(self._write)
        self._shown.left.connect(self._leave_back)
        self.effects, self.dues, self.reason = self._shown.effects, self._shown.dues, self._shown.reason
        self.write_button, self.leave_button = self._shown.write_button, self._shown.leave_button
        self._line.addWidget(self._shown, 2, Qt.AlignmentFlag.AlignTop)
        body.addLayout(self._line)
        self._head = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD)
        body.addWidget(self._head)
        self.table = Table([], size=tokens.GRID, row_height=(28, 28))
        self.table.view.moved.connect(lambda _row, _column: self.reworded.emit())
        self.table.view.opened.connect(lambda _row, _column: self._print())
        body.addWidget(self.table, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(lambda: self.frame.go("groups", "new"))
        self._empty.hide()
        body.addWidget(self._empty)
        body.addStretch(0)
        self.restyle()

    def restyle(self) -> None:
        """What is typed and what it changes stand beside each other; one under the other in large letters."""
        large = tokens.large()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("Between meetings")

    def sentence(self) -> str:
        ground = self._view.ground if self._view is not None else None
        if ground is None:
            return ""
        words = self.frame.words
        box = formats.money(words, ground.places_minor.get("box", 0), ground.currency)
        return " · ".join((ground.name, words._("in the box by the book {sum}").format(sum=box)))

    def controls(self) -> Sequence[QWidget]:
        return (self.count_button,)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        if self.table.view.hasFocus():
            return (
                Hint(("Enter",), words._("its receipt"), self._print),
                Hint(("Del",), words._("take back"), self._ask_back),
                Hint(("F6",), words._("next area"), self._next_area),
                Hint(("Esc",), words._("back"), self._leave),
            )
        if self.terms.isVisible():
            return (Hint(("Enter",), words._("next field")), Hint(("Esc",), words._("back"), self._terms_over))
        loan = (Hint(("F2",), words._("terms"), self._ask_terms),) if self.form.is_loan() else ()
        return (
            Hint(("Enter",), words._("next field")),
            *loan,
            Hint(("F10",), words._("write it"), self._write),
            Hint(("F8",), words._("count the money"), self._count),
            Hint(("F6",), words._("next area"), self._next_area),
            Hint(("Esc",), words._("back"), self._leave),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        self._begin = ("", "")
        if isinstance(target, str):
            self._group = target
        elif isinstance(target, tuple):
            self._group, *rest = target
            self._begin = (rest[0] if rest else "", rest[1] if len(rest) > 1 else "")
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_first(self) -> None:
        if self._view is not None and self._view.ground is not None:
            self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._empty.isHidden():
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if self.terms.isVisible() and keys.is_plain(event, K.Key_Escape):
            self._terms_over()
            return True
        plain = {
            K.Key_F2: self._ask_terms,
            K.Key_F10: self._write,
            K.Key_F8: self._count,
            K.Key_F6: self._next_area,
            K.Key_Escape: self._leave,
        }
        if self.table.view.hasFocus():
            plain[K.Key_Delete] = self._ask_back
        run = next((run for key, run in plain.items() if keys.is_plain(event, key)), None)
        if run is None and keys.is_ctrl(event, "P"):
            run = self._print
        if run is not None:
            run()
        return run is not None

    def retranslate(self) -> None:
        words = self.frame.words
        self.count_button.set_words(words._("Count the money"))
        self.form.retranslate(words)
        self._shown.retranslate(words)
        self._head.setText(words._("Written since the last meeting"))
        self._empty.set_words(
            words._("There is no group yet. Start with a group."), words._("Make a group"), ("Enter",)
        )
        self.table.set_columns(recent_columns(words))
        self.terms.set_words(words)
        if self._view is not None:
            self._show(self._view)

    # -- reading

    def _read(self) -> None:
        on = self.form.day() if self._view is not None and self.form.on.text() else None
        self.ask("between", partial(between_view, group=self._group, on=on), self._show)

    def _other(self) -> None:
        """Another group or another day."""
        self._group = str(self.form.group.picker.key() or "") or None
        self._read()

    def _show(self, view: BetweenView) -> None:
        self._view = view
        there = view.ground is not None
        for part in (self.form, self._shown, self._head, self.table):
            part.setVisible(there)
        self._empty.setVisible(not there)
        if view.ground is not None:
            self._group = view.ground.group
            self.form.show_view(view)
            if self._begin is not None:
                self.form.begin(*self._begin)
                self._begin = None
                self.focus_first()
            self.table.set_rows([recent_row(self.frame.words, one, view.ground) for one in view.recent])
            self._head.setVisible(bool(view.recent))
            self.table.setVisible(bool(view.recent))
        self._show_preview(self._preview, self._warnings, self._loan)
        self.reworded.emit()
        self.settle_cursor()

    # -- writing

    def _ask_preview(self) -> None:
        one = self.form.answer()
        self._back = None
        self.problems.clear()
        if one is None:
            self._show_preview(None, ())
            return
        self.ask("preview", partial(preview_between, one=one), self._show_ahead, self._tell)

    def _show_ahead(self, found: BetweenAhead) -> None:
        self._show_preview(found.preview, found.warnings, found.loan)

    # -- the terms of a new loan

    def _ask_terms(self) -> None:
        """F2: the questions of a new loan, the same as on the sheet."""
        ground = self.form.ground
        if ground is None or not self.form.is_loan():
            return
        words = self.frame.words
        title, hers = words._("Terms of the loan"), str(self.form.member.picker.key() or "") or None
        self.terms.ask(loan_question(words, ground, title, self.form.given_loan(), self.form.take_loan, hers))
        self.reworded.emit()

    def _terms_over(self) -> None:
        self.terms.hide()
        self.form.terms_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reworded.emit()

    def _show_preview(
        self, preview: Preview | None, warnings: Sequence[Problem], loan: LoanAhead | None = None
    ) -> None:
        self._preview, self._warnings, self._loan = preview, warnings, loan
        said = self.sentences(warnings, self._currency())
        self._shown.show_preview(self.frame.words, preview, said, loan, back=self._back is not None)

    def _tell(self, problems: Sequence[Problem]) -> None:
        self._show_preview(None, ())
        lines = [ProblemLine(said) for said in self.sentences(problems, self._currency())]
        self.problems.show_problems(self.frame.words._("This cannot be written so"), lines)

    def _currency(self) -> Currency | None:
        return self._view.ground.currency if self._view is not None and self._view.ground is not None else None

    def _to_button(self) -> None:
        """The last Enter: the answer is asked for at once, the cursor stands on the button that writes."""
        self.write_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _write(self) -> None:
        if self._back is not None:
            self._take_back()
            return
        one = self.form.answer()
        if one is None:
            self.frame.toast(self.frame.words._("Say first what it is, whose and how much"))
            return

        def write(desk: Desk) -> Outcome[Closed]:
            return write_between(desk, one)

        self.write(write, partial(self._written, one), self._tell)

    def _written(self, one: Between, _outcome: Outcome[Closed]) -> None:
        words = self.frame.words
        self._preview = None
        self.form.begin()
        self._read()
        self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        sum_ = formats.money(words, one.amount_minor, self.form.ground.currency) if self.form.ground else ""
        self.frame.toast(words._("Written: {sum}. Ctrl+P prints its receipt.").format(sum=sum_))

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
        if one is None or one.gone or not one.lines:
            return

        def come(preview: Preview) -> None:
            self._back = (one, preview)
            self.reason.set_text("")
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

    def _leave(self) -> None:
        if self._back is not None:
            self._leave_back()
        else:
            self.frame.back()

    def _count(self) -> None:
        self.frame.go("count", self._group)

    def _next_area(self) -> None:
        """F6: from the questions to the list, and back."""
        if self.table.view.hasFocus() or self.table.isHidden():
            self.focus_first()
        else:
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)
        self.reworded.emit()
