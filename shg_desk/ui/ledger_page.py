"""The ledger: an account of a group over a period, what each line is and who wrote it, and corrections in place."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.account_tables import write_account_table
from shg_desk.actions.changes import Outcome
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.printing import print_account
from shg_desk.actions.statements import Period
from shg_desk.actions.views_entry import EntryDetail
from shg_desk.actions.views_entry import Preview
from shg_desk.actions.views_entry import entry_detail
from shg_desk.actions.views_entry import preview_correction
from shg_desk.actions.views_ledger import LedgerView
from shg_desk.actions.views_ledger import LedgerWish
from shg_desk.actions.views_ledger import ledger_view
from shg_desk.domain.problems import Problem
from shg_desk.domain.statement import GroupRow
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.ledger_choices import LedgerChoices
from shg_desk.ui.ledger_choices import ledger_title
from shg_desk.ui.ledger_correct import CorrectionPanel
from shg_desk.ui.ledger_detail import LedgerDetail
from shg_desk.ui.ledger_rows import closing_row
from shg_desk.ui.ledger_rows import ledger_columns
from shg_desk.ui.ledger_rows import ledger_lines
from shg_desk.ui.ledger_rows import span
from shg_desk.ui.page import Frame
from shg_desk.ui.papers import paper_path
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.header import GroupMark
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table


class LedgerPage(DeskPage):
    """Picture 08. `open` takes a group's id, or (group, account), or (group, account, member)."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._wish = LedgerWish()
        self._view: LedgerView | None = None
        self._known = False
        self._detail: EntryDetail | None = None
        self._opened: set[str] = set()
        self._build()

    def _build(self) -> None:
        self._now_label = Label(size=tokens.GRID, ink=tokens.INK2, align=Qt.AlignmentFlag.AlignRight)
        self._now = Label(size=tokens.CARD_TITLE, weight=tokens.SEMIBOLD, align=Qt.AlignmentFlag.AlignRight)
        self._figure = QWidget()
        figure = rows(self._figure, gap=0)
        figure.addWidget(self._now_label)
        figure.addWidget(self._now)
        self._mark = GroupMark()
        self.print_button = Button(icon="print")
        self.table_button = Button()
        self.print_button.clicked.connect(self._print)
        self.table_button.clicked.connect(self._to_table)
        body = rows(self, margins=(20, 10, 20, 10), gap=8)
        self.choices = LedgerChoices()
        self.choices.wished.connect(self._ask_for)
        body.addWidget(self.choices)
        self.table = Table([], size=tokens.GRID, row_height=(27, 27))
        self.table.view.moved.connect(lambda row, _column: self._moved(row))
        self.table.view.opened.connect(lambda _row, _column: self._origin())
        body.addWidget(self.table, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(lambda: self.frame.go("groups", "new"))
        body.addWidget(self._empty)
        self._empty.hide()
        self.detail = LedgerDetail()
        self.detail.origin_asked.connect(self._origin)
        self.detail.correct_asked.connect(self._correct)
        self.detail.meeting_asked.connect(self._correct_meeting)
        body.addWidget(self.detail)
        self.panel = CorrectionPanel(self.lang)
        self.panel.wanted.connect(lambda: self.after_pause(self._preview))
        self.panel.written.connect(self._write)
        self.panel.left.connect(self._close_panel)
        self.panel.hide()
        body.addWidget(self.panel)
        body.addStretch(0)

    # -- what the window asks

    def title(self) -> str:
        return ledger_title(self.frame.words, self._wish, self._view)

    def sentence(self) -> str:
        view = self._view
        return " · ".join(filter(None, (view.group.name, view.village, span(view)))) if view is not None else ""

    def before_title(self) -> QWidget | None:
        return self._mark if self._view is not None else None

    def controls(self) -> Sequence[QWidget]:
        return (self._figure, self.print_button, self.table_button) if self._view is not None else ()

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        if not self.panel.isHidden():
            return (
                Hint(("Enter",), words._("next field")),
                Hint(("F10",), words._("write the correction"), self._write),
                Hint(("Esc",), words._("back"), self._close_panel),
                Hint(("F1",), words._("help")),
            )
        settles = self._settles()
        return (
            Hint(("↑", "↓"), words._("line")),
            Hint(("Enter",), words._("where it comes from"), self._origin),
            Hint(("F2",), words._("correct"), self._correct),
            Hint(("Ins",), words._("settle it") if settles else words._("between meetings"), self._between),
            Hint(("F6",), words._("accounts"), self._next_area),
            Hint(("Ctrl", "P"), words._("print"), self._print),
            Hint(("F1",), words._("help")),
        )

    def open(self, target: object = None) -> None:
        self.arrive()
        if isinstance(target, str):
            self._wish = LedgerWish(group=target)
        elif isinstance(target, tuple):
            group, account, member = (*target, None)[:3]
            self._wish = LedgerWish(group=group, account=account, member=member, recent=account == "box")
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def focus_first(self) -> None:
        if self._view is not None:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._empty.isHidden():
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        self.choices.member.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_ctrl(event, "P"):
            self._print()
        elif not self.panel.isHidden():
            return False
        elif keys.is_plain(event, Qt.Key.Key_F2):
            self._correct()
        elif keys.is_plain(event, Qt.Key.Key_Insert):
            self._between()
        elif event.key() == Qt.Key.Key_F2 and keys.held(event) == Qt.KeyboardModifier.ShiftModifier:
            self._correct_meeting()
        elif keys.is_plain(event, Qt.Key.Key_F6):
            self._next_area()
        elif keys.is_plain(event, Qt.Key.Key_Escape) and not self.table.view.hasFocus():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    def retranslate(self) -> None:
        words = self.frame.words
        self.print_button.set_words(words._("Print"))
        self.table_button.set_words(words._("As a table"))
        self.choices.retranslate(words)
        self._empty.set_words(words._("The ledger begins with the first group."), words._("Make a group"), ("Enter",))
        self.detail.retranslate(words)
        self.panel.retranslate(words)
        if self._known:
            self._show(self._view)

    # -- reading

    def _ask_for(self, wish: LedgerWish) -> None:
        self._wish = wish
        self._opened.clear()
        self._read()

    def _read(self) -> None:
        self.ask("ledger", partial(ledger_view, wish=self._wish), self._show)

    def _show(self, view: LedgerView | None) -> None:
        words = self.frame.words
        first, self._known = not self._known, True
        fresh = self._view is None or view is None or self._view.wish.group != view.wish.group
        other = self._view is None or view is None or self._view.wish != view.wish
        self._view = view
        self.table.setVisible(view is not None)
        self.choices.setVisible(view is not None and self.panel.isHidden())
        self._empty.setVisible(view is None)
        if view is None:
            self.detail.hide()
            self.reworded.emit()
            self.settle_cursor()
            return
        self._wish = replace(self._wish, group=view.group.id)
        self._mark.set_colour(view.colour)
        self.choices.show_choices(words, view)
        name = ledger_words.account_inside(words, view.wish.account, view.statement.names)
        self._now_label.setText(words._("Now: {account}").format(account=name))
        self._now.setText(formats.money(words, view.now_minor, view.currency))
        self.table.set_columns(ledger_columns(words, view.currency, view.wish.account))
        self._show_lines(view)
        if fresh or other:
            self.table.view.put_cursor(self.table.model.rowCount() - 1)
        self._moved(self.table.view.currentIndex().row())
        self._into_sight()
        self.reworded.emit()
        self.settle_cursor()
        if first and self.isVisible():  # Qt hands the cursor to whatever comes next when the page before is hidden
            self.focus_first()

    def _into_sight(self) -> None:  # once the page has found its heights
        view = self.table.view
        QTimer.singleShot(0, view, lambda: view.scrollTo(view.currentIndex()))

    def _show_lines(self, view: LedgerView) -> None:
        self.table.set_rows(ledger_lines(self.frame.words, view, self._opened), [closing_row(self.frame.words, view)])

    # -- the line under the cursor

    def _row(self) -> tuple[GroupRow | None, str]:
        """The line of the statement under the cursor, and the entry's name (of a single line)."""
        key = self.table.row_key()
        if self._view is None or not isinstance(key, str):
            return None, ""
        if key.startswith("in "):
            name, single = key.removeprefix("in "), self._view.single.values()
            return next((one for inside in single for one in inside if one.names[0] == name), None), name
        row = next((one for one in self._view.statement.rows if one.names[0] == key), None)
        return row, key if row is not None and len(row.names) == 1 else ""

    def _moved(self, _row: int) -> None:
        view = self._view
        self._detail, (row, name) = None, self._row()
        self.detail.setVisible(row is not None and self.panel.isHidden())
        self.reworded.emit()
        if view is None or row is None:
            return
        if name:
            self.ask("entry", partial(entry_detail, name=name), partial(self._show_detail, row))
        else:
            self.detail.meeting_button.setVisible(self.ways.correct_meeting is not None and bool(row.meeting))
            self.detail.show_folded(self.frame.words, row, view, opened=row.names[0] in self._opened)

    def _show_detail(self, row: GroupRow, detail: EntryDetail) -> None:
        self._detail = detail
        from_meeting = detail.op_kind == "meeting"
        self.detail.meeting_button.setVisible(from_meeting and self.ways.correct_meeting is not None)
        self.detail.show_entry(self.frame.words, detail, row.line, origin=from_meeting)

    def _origin(self) -> None:
        row, name = self._row()
        if row is None:
            return
        if not name and self._view is not None:
            self._opened ^= {row.names[0]}
            here = self.table.view.currentIndex().row()
            self._show_lines(self._view)
            self.table.view.put_cursor(here)
            self._moved(here)
        elif self._detail is not None and self._detail.op_kind == "meeting":
            self.frame.go("minutes", self._detail.op)

    def _between(self) -> None:
        """Ins: money between meetings; an open difference is settled there."""
        if self._view is not None:
            self.frame.go("between", (self._view.group.id, "settlement" if self._settles() else ""))

    def _settles(self) -> bool:
        row, _ = self._row()
        return self._view is not None and self._view.settles(row.what if row is not None else None)

    def _next_area(self) -> None:
        """F6: from the lines to the accounts, and back."""
        if self.table.view.hasFocus():
            self.choices.focus_chips()
        else:
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)

    # -- correcting

    def _correct(self) -> None:
        detail = self._detail
        if detail is None and not self.detail.meeting_button.isHidden():
            self._correct_meeting()
            return
        if detail is None or not detail.hows:
            reason = self.detail.correct_button.reason()
            if reason:
                self.frame.toast(reason)
            return
        self.detail.hide()
        self.choices.hide()
        self.panel.begin(self.frame.words, detail)
        self.panel.show()
        self.panel.focus_first()
        self._into_sight()
        self.reworded.emit()

    def _close_panel(self) -> None:
        self.panel.hide()
        self.choices.show()
        self._moved(0)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reworded.emit()

    def _preview(self) -> None:
        detail, wanted = self._detail, self.panel.change()
        if detail is None or wanted is None:
            self.panel.show_preview(None)
            return
        how, change, cash = wanted
        read = partial(preview_correction, name=detail.line.name, how=how, change=change, cash=cash)
        self.ask("preview", read, self._have_preview, self._no_preview)

    def _have_preview(self, preview: Preview) -> None:
        self.panel.problems.clear()
        self.panel.show_preview(preview)
        self._into_sight()

    def _no_preview(self, problems: Sequence[Problem]) -> None:
        self.panel.show_preview(None)
        self.panel.tell(problems)

    def _write(self) -> None:
        preview = self.panel.preview
        if preview is None or self.panel.isHidden():
            self.panel.accept()
            return
        reason = self.panel.reason.text()

        def write(desk: Desk) -> Outcome[str]:
            return write_correction(desk, preview.group, preview.plan, reason)

        self.write(write, self._written, self.panel.tell)

    def _written(self, _outcome: Outcome[str]) -> None:
        self.panel.preview = None
        self._close_panel()
        self.frame.toast(self.frame.words._("The correction is written; the old line stays as it was"))

    def _correct_meeting(self) -> None:
        row, _name = self._row()
        offered = not self.detail.meeting_button.isHidden()
        if row is not None and offered and self.ways.correct_meeting is not None and self._view is not None:
            self.ways.correct_meeting(self._view.group.id, row.names[0].partition("#")[0])

    # -- papers

    def _print(self) -> None:
        view = self._view
        if view is None:
            return
        words = Words(self.lang)
        code, wish = view.group.number, view.wish
        member = next((one.number for one in view.members if one.id == wish.member), None)

        def make(desk: Desk) -> Path:
            out = paper_path(f"{code}-{wish.account}.pdf")
            period = Period(wish.since, wish.until)
            print_account(desk, out, words, group=code, account=wish.account, member=member, period=period)
            return out

        self.store.run(make, self.ways.open_file)

    def _to_table(self) -> None:
        if (view := self._view) is None:
            return
        words = self.frame.words
        name = f"{view.group.number}-{view.wish.account}.xlsx"
        title = words._("Save as a table; it can be read by anybody who has the file")
        out = choosing.new_file(self, title, name, "XLSX (*.xlsx);;CSV (*.csv)")
        if out is not None:
            read = partial(write_account_table, out=out, words=Words(self.lang), wish=view.wish)
            self.store.run(read, lambda _count: self.frame.toast(words._("Saved: {name}").format(name=out.name)))
