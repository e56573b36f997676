"""Loans: what is outstanding, what falls due next, what is overdue and since when, over one group or all."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.desk import Desk
from shg_desk.actions.views_groups import GroupName
from shg_desk.actions.views_groups import group_names
from shg_desk.actions.views_loans import LoanList
from shg_desk.actions.views_loans import joined
from shg_desk.actions.views_loans import loan_list
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import N_
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.loan_rows import loan_columns
from shg_desk.ui.loan_rows import loan_row
from shg_desk.ui.loan_rows import totals_rows
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.made_rows import MadeRows
from shg_desk.ui.parts.picker import Picker
from shg_desk.ui.parts.table import Table

GROUPS_AT_ONCE = 5
ONLY = {
    "open": N_("Open loans"),
    "late": N_("Overdue"),
    "week": N_("Due this week"),
    "all": N_("All loans"),
}


class LoansPage(DeskPage):
    """`open` takes a word of `ONLY`, or a group's id."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._only = "open"
        self._group = ""
        self._list: LoanList | None = None
        self._read_of = (0, 0)
        body = rows(self, margins=(20, 12, 20, 12), gap=10)
        line = QWidget()
        flow = Flow(line, gap=8)
        self.group = Picker(most=280)
        self.group.picked.connect(self._group_picked)
        flow.addWidget(self.group)
        self.chips = {only: Button(kind="chip") for only in ONLY}
        for only, chip in self.chips.items():
            chip.setAutoExclusive(True)
            chip.clicked.connect(partial(self._show_only, only))
            flow.addWidget(chip)
        body.addWidget(line)
        self.table = Table([], size=tokens.GRID, row_height=(32, 32))
        self.table.view.opened.connect(lambda _row, _column: self._open_loan())
        body.addWidget(self.table, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(lambda: self._show_only("all"))
        body.addWidget(self._empty)
        body.addStretch(0)

    def title(self) -> str:
        return self.frame.words._("Loans")

    def sentence(self) -> str:
        words = self.frame.words
        done, of = self._read_of
        if done:
            return words._("reading the groups: {n} of {all}").format(n=done, all=of)
        if self._list is None:
            return ""
        parts = [formats.date_with_weekday(words, self._list.on)]
        parts += [
            words._("debt left {sum}").format(sum=formats.money(words, one.outstanding_minor, one.currency))
            for one in self._list.totals
        ]
        parts += [
            words._("paid too much {sum}").format(sum=formats.money(words, one.overpaid_minor, one.currency))
            for one in self._list.totals
            if one.overpaid_minor
        ]
        return " · ".join(parts)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        return (
            Hint(("↑", "↓"), words._("choose")),
            Hint(("Enter",), words._("schedule"), self._open_loan),
            Hint(("F3",), words._("next overdue"), self._next_late),
            Hint(("F6",), words._("choices"), self._next_area),
            Hint(("F1",), words._("help")),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        if target in ONLY:
            self._only, self._group = str(target), ""
        elif isinstance(target, str):
            self._only, self._group = "open", target
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_first(self) -> None:
        if self._list is None:
            return
        part: QWidget = self.table.view if self._list.lines else self.chips[self._only]
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        self.group.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_F3):
            self._next_late()
        elif keys.is_plain(event, Qt.Key.Key_F6):
            self._next_area()
        elif keys.is_plain(event, Qt.Key.Key_Escape) and not self.table.view.hasFocus() and self.table.isVisible():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.group.set_name(words._("Group"))
        for only, chip in self.chips.items():
            chip.set_words(words.say(ONLY[only]))
        if self._list is not None:
            self._show(self._list)
            self._read()

    def _read(self) -> None:
        self.ask("groups", group_names, self._show_groups)
        self._read_of = (0, 0)
        if self._group:
            self.ask("loans", partial(loan_list, group=self._group, only=self._only), self._show)
        else:
            self.ask("loans", group_names, lambda some: self._gather([one.id for one in some], []))

    def _gather(self, left: list[str], found: list[LoanList]) -> None:
        """Every group's loans, some groups at a time, so that whatever else is asked of the book comes between."""
        now, later, only = left[:GROUPS_AT_ONCE], left[GROUPS_AT_ONCE:], self._only
        self._read_of = (len(found), len(found) + len(left))
        self.reworded.emit()

        def read(desk: Desk) -> list[LoanList]:
            return [loan_list(desk, gid, only=only) for gid in now] or [loan_list(desk, only=only)]

        def have(some: list[LoanList]) -> None:
            if later:
                self._gather(later, [*found, *some])
            else:
                self._read_of = (0, 0)
                self._show(joined([*found, *some]))

        self.ask("loans", read, have)

    def _show_groups(self, found: list[GroupName]) -> None:
        choices = [("", self.frame.words._("all groups")), *((one.id, one.name) for one in found)]
        self.group.set_choices(choices, self._group)

    def _show(self, found: LoanList) -> None:
        words = self.frame.words
        self._list = found
        for only, chip in self.chips.items():
            chip.setChecked(only == self._only)
        one = len(found.totals) == 1
        self.table.set_columns(loan_columns(words, found.totals[0].currency if one else None))
        lines = found.lines
        made = MadeRows([line.id for line in lines], lambda at: loan_row(words, lines[at], found.on, unit=not one))
        self.table.set_rows(made, totals_rows(words, found.totals, unit=not one))
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        nothing = {
            "open": words._("No loan is open."),
            "late": words._("Nothing is overdue."),
            "week": words._("Nothing falls due within seven days."),
            "all": words._("No loan has been given yet. A loan is given on the sheet of a meeting."),
        }
        self._empty.set_words(nothing[self._only], "" if self._only == "all" else words._("Show all loans"))
        if lines and self.table.row_key() is None:
            self.table.view.put_cursor(0)
        self.reworded.emit()
        if self._arriving and self.group.hasFocus():  # it had the cursor only while there was no list
            self.group.clearFocus()
        self.settle_cursor()

    def _show_only(self, only: str) -> None:
        self._only = only
        self._read()

    def _group_picked(self, key: object) -> None:
        self._group = str(key)
        self._read()

    def _open_loan(self) -> None:
        key = self.table.row_key()
        if isinstance(key, str):
            self.frame.go("loan", key)

    def _next_late(self) -> None:
        """F3: the next loan that is overdue, from the top again after the last."""
        if self._list is None:
            return
        late = [at for at, one in enumerate(self._list.lines) if one.late_days]
        here = self.table.view.currentIndex().row()
        if late:
            self.table.view.put_cursor(next((at for at in late if at > here), late[0]))

    def _next_area(self) -> None:
        if self.table.view.hasFocus():
            self.chips[self._only].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_first()
