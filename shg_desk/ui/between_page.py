"""Between meetings: a receipt or payment, shown before it is written, its paper, and what was written so far.

A record is taken back here, whole and with a reason.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from shg_desk.actions.between import Between
from shg_desk.actions.between import BetweenAhead
from shg_desk.actions.between import BetweenView
from shg_desk.actions.between import between_view
from shg_desk.actions.between import preview_between
from shg_desk.actions.between import write_between
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import Closed
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.i18n import formats
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.asked import Question
from shg_desk.ui.between_form import BetweenForm
from shg_desk.ui.between_recent import RecentPage
from shg_desk.ui.between_shown import box_words
from shg_desk.ui.between_shown import recent_columns
from shg_desk.ui.between_shown import recent_row
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import TakingBack
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.loan_question import loan_question
from shg_desk.ui.meeting_ask import AskPanel
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import is_in_sight
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.hint_bar import Hint

K = Qt.Key


class BetweenPage(RecentPage):
    """`open` takes a group's id, (group, kind of money, membership id), or a record to be taken back."""

    place = "meeting"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._group: str | None = None
        self._begin: tuple[str, str] | None = None
        self._looked_at: Between | None = None  # what the preview beside it is of
        self.count_button = Button(keys=("F8",))
        self.count_button.clicked.connect(self._count)
        body = rows(self, margins=(20, 12, 20, 12), gap=10)
        body.addWidget(self.problems)
        self.terms = AskPanel(frame.words)
        self.terms.answered.connect(self._terms_over)
        self.terms.left.connect(self._terms_over)
        body.addWidget(self.terms)
        self.form = BetweenForm(self.lang)
        self.form.wanted.connect(lambda: self.after_pause(self._ask_preview))
        self.form.asked.connect(self._other)
        self.form.done.connect(self._to_button)
        self.form.terms_asked.connect(self._ask_terms)
        self._line.addWidget(self.form, 3, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._shown, 2, Qt.AlignmentFlag.AlignTop)
        body.addLayout(self._line)
        self._head = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD)
        body.addWidget(self._head)
        body.addWidget(self.table, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(lambda: self.frame.go("groups", "new"))
        self._empty.hide()
        body.addWidget(self._empty)
        body.addStretch(0)
        self.restyle()

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("Between meetings")

    def sentence(self) -> str:
        ground = self._view.ground if self._view is not None else None
        if ground is None:
            return ""
        return " · ".join((ground.name, *box_words(self.frame.words, ground)))

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
        if isinstance(target, str | tuple):
            group, *asked = (target,) if isinstance(target, str) else target
            if group != self._group or any(asked):  # else what was typed for this group before is still there
                kind, member, *_ = (*asked, "", "")
                self._begin = (kind, member)
            self._group = group
        elif isinstance(target, TakingBack):
            self._group, self._wanted_back = target.group, target.record
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
        self.terms.put_by()(self.terms.ask)
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
        if self._wanted_back is not None:
            self._ask_back_wanted()

    # -- writing

    def _ask_preview(self) -> None:
        typed_in = QApplication.focusWidget()
        if self._back is not None and not (typed_in is not None and self.form.isAncestorOf(typed_in)):
            return  # what is taken back stays in sight until something else is typed
        one = self.form.answer()
        self._back = None
        self.problems.clear()
        if one is None:
            self._show_preview(None, ())
            return
        self.ask(
            "preview", partial(preview_between, one=one), partial(self._show_ahead, one), partial(self._tell_ahead, one)
        )

    def _tell_ahead(self, one: Between, problems: Sequence[Problem]) -> None:
        """Trouble with the answers so far: it comes in sight unless somebody is typing."""
        self._looked_at = one
        self._tell(problems, in_sight=not isinstance(QApplication.focusWidget(), QLineEdit))

    def _show_ahead(self, one: Between, found: BetweenAhead) -> None:
        self._looked_at = one
        self._show_preview(found.preview, found.warnings, found.loan)

    # -- the terms of a new loan

    def _ask_terms(self) -> None:
        """F2: the questions of a new loan, the same as on the sheet."""
        ground = self.form.ground
        if ground is None or not self.form.is_loan():
            return
        words, form = self.frame.words, self.form
        hers = str(form.member.picker.key() or "") or None

        def make() -> Question:
            return loan_question(words, ground, words._("Terms of the loan"), form.given_loan(), form.take_loan, hers)

        self.terms.ask(make)
        self.reworded.emit()

    def _terms_over(self) -> None:
        self.terms.hide()
        self.form.terms_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reworded.emit()

    def _to_button(self) -> None:
        """The last Enter: the answer is asked for at once, the cursor stands on the button that writes."""
        self.write_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _write(self) -> None:
        if self._back is not None:
            self._take_back()
            return
        one = self.form.answer()
        if self.form.tell_missing() or one is None:
            return
        unseen = not (self.write_button.hasFocus() or is_in_sight(self._shown))  # large letters hide it
        if unseen or one != self._looked_at:
            self._to_button()
            self._ask_preview()
            return

        def write(desk: Desk) -> Outcome[Closed]:
            return write_between(desk, one)

        self.write(write, partial(self._written, one), self._tell)

    def _written(self, one: Between, _outcome: Outcome[Closed]) -> None:
        words = self.frame.words
        self._preview = self._looked_at = None
        self.form.begin()
        self._read()
        self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        sum_ = formats.money(words, one.amount_minor, self.form.ground.currency) if self.form.ground else ""
        if one.kind == SETTLEMENT:
            self.frame.toast(words._("The cash difference is settled: {sum}").format(sum=sum_))
        else:
            self.frame.toast(words._("Written: {sum}. Ctrl+P prints its receipt.").format(sum=sum_), here=True)

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
