"""One meeting sheet on the screen: table, the group's lines under it, the side with box and count, and its questions.

It computes nothing: figures come from the draft, and every key becomes one of its commands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_state import SheetState
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.asked import Make
from shg_desk.ui.cause_question import ask_cause
from shg_desk.ui.meeting_ask import AskPanel
from shg_desk.ui.meeting_before import BeforeStrip
from shg_desk.ui.meeting_cells import CellHands
from shg_desk.ui.meeting_foot import FootStrip
from shg_desk.ui.meeting_foot import WideLine
from shg_desk.ui.meeting_keys import SheetKeys
from shg_desk.ui.meeting_lines import LineKeys
from shg_desk.ui.meeting_menus import about_question
from shg_desk.ui.meeting_menus import add_question
from shg_desk.ui.meeting_menus import ask_fine
from shg_desk.ui.meeting_menus import fine_here
from shg_desk.ui.meeting_menus import lead_to
from shg_desk.ui.meeting_menus import name_difference
from shg_desk.ui.meeting_questions import Offered
from shg_desk.ui.meeting_questions import Questions
from shg_desk.ui.meeting_rows import FIRST_MONEY
from shg_desk.ui.meeting_rows import NAME
from shg_desk.ui.meeting_rows import foot_rows
from shg_desk.ui.meeting_rows import table_columns
from shg_desk.ui.meeting_rows import table_rows
from shg_desk.ui.meeting_rows import wrong_cells
from shg_desk.ui.meeting_rows import wrong_here
from shg_desk.ui.meeting_side import Side
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.steady_table import SteadyTable


class SheetView(QWidget):
    """The sheet of one draft. `saved_with` asks to keep the draft, with the open cell and its text if one is typed.

    `finish_asked` is F10, `next_asked` Alt+Down, `day_asked` another day for the sheet; `reworded` when header or hints
    have changed.
    """

    saved_with = Signal(object)
    finish_asked = Signal()
    next_asked = Signal()
    day_asked = Signal(object)
    hand_asked = Signal()
    reworded = Signal()

    def __init__(self, draft: Draft, words: Words, notes: Sequence[int], offered: Offered) -> None:
        super().__init__()
        self.draft, self.words = draft, words
        self._heads: list[Column] = []
        self._wrong = wrong_cells(draft)
        self._told_of: SheetState | None = None
        self._asked_from: QWidget | None = None
        self.keys, self.lines = SheetKeys(self), LineKeys(self)
        self.questions = Questions(draft, words, self.changed, offered, self.ask)
        self._build()
        self.side.count.show_draft(draft, notes)
        self.refresh()
        self.go_to(Place(0, draft.columns[0].key) if draft.columns else None)

    def _build(self) -> None:
        line = columns(self, margins=(tokens.SHEET_MARGIN, 9, 12, 4), gap=12)
        left = rows(gap=0)
        self.table = SteadyTable(size=tokens.GRID, row_height=(22, 28))
        self.table.view.take_key = self._table_key
        self.table.view.moved.connect(self._moved)
        self.panel = AskPanel(self.words)
        self.unfinished = self.panel.unfinished
        self.cells = CellHands(self.draft, self.table.view, self.keys.mark, self.unfinished)
        self.cells.changed.connect(self.changed)
        self.cells.told.connect(self._tell)
        self.cells.typing.connect(self._keep_typing)
        self.cells.left.connect(self._remind)
        self.cells.refused.connect(self._cannot_type)
        self.table.view.opened.connect(lambda _row, _column: self.edit_here())
        foot = self.table.foot
        foot.cursor_kind = foot.painter_of_cells.cursor = "row"
        foot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        foot.take_key = lambda event: self.keys.take(event) or self.lines.take(event)
        foot.installEventFilter(self)
        self.table.view.installEventFilter(self)
        self.strip = FootStrip()
        self.strip.add.clicked.connect(self.ask_line)
        self.strip.about.clicked.connect(self.about)
        self.table.sideways.connect(self.strip.show_beside)
        self.panel.answered.connect(self._panel_over)
        self.panel.left.connect(self._panel_over)
        self.panel.typing.connect(lambda: self.saved_with.emit(None))
        self.panel.typing.connect(self.reworded)
        self.wide = WideLine()
        self.wide.name_asked.connect(partial(name_difference, self))
        self.wide.count_asked.connect(self.count)
        self.before = BeforeStrip()
        left.addWidget(self.before)
        left.addWidget(self.table, 1)
        left.addWidget(self.strip)
        left.addWidget(self.panel)
        left.addWidget(self.wide)
        left.addStretch(0)
        line.addLayout(left, 1)
        self.side: Side = Side(self.words)
        self.side.name_asked.connect(partial(name_difference, self))
        self.side.cause_shown.connect(self.lead)
        self.side.count.take_key = self._count_key
        self.side.count.changed.connect(self.changed)
        self.side.count.told.connect(self.strip.tell)
        line.addWidget(self.side)

    # -- showing

    def refresh(self) -> None:
        """Everything anew from the draft; the cursor stays."""
        here = self.here()
        heads = table_columns(self.draft, self.words)
        if heads != self._heads:
            self._heads = heads
            self.table.set_columns(heads)
        self.table.set_rows(table_rows(self.draft, self.words), foot_rows(self.draft, self.words))
        self.table.setMaximumHeight(self.table.content_height())
        if here is not None and self.here() is None:
            self.go_to(here)
        self.before.refresh(self.draft, self.words)
        self.side.refresh(self.draft)
        self.wide.refresh(self.draft, self.words)
        self._say_naming()
        self.strip.refresh(self.draft, self.words, self.table.view.currentIndex().row())
        self._share_room()
        self.reworded.emit()

    def _share_room(self) -> None:
        """In large type the side is there while money is counted, and the strip under the table gives way to it."""
        large, counting, asking = tokens.large(), self.side.count.has_cursor(), self.panel.isVisibleTo(self)
        self.side.setVisible(not large or (counting and not asking))
        self.wide.button.setVisible(not counting)
        self.strip.setVisible(not asking and not (large and counting))
        self.wide.setVisible(large and not asking)

    def restyle(self) -> None:
        """The side goes under the table in large type; an open question is measured anew and stays as typed."""
        again = self.panel.put_by()
        self.refresh()
        again(self.ask)

    def whole_width(self) -> int:
        """Screen pixels at which all columns stand beside the box and its count."""
        beside = 0 if tokens.large() else self.side.width() + tokens.px(12)
        return tokens.px(tokens.SHEET_MARGIN + 12) + self.table.whole_width() + beside

    def retranslate(self) -> None:
        """Every word anew."""
        self._heads = []
        again = self.panel.put_by()
        self.side.count.retranslate()
        self.refresh()
        again(self.ask)

    def changed(self) -> None:
        """A command changed the draft: show it and have it kept; what cannot be written so is told at once."""
        fresh = [problem for problem in wrong_cells(self.draft) if problem not in self._wrong]
        if fresh:
            self._told_of = self.draft.state
            self._tell(fresh[0])
        elif self.draft.state is not self._told_of:
            self.strip.tell("")
        self._wrong = wrong_cells(self.draft)
        self.refresh()
        self.saved_with.emit(None)

    # -- the cursor

    def here(self) -> Place | None:
        """The line and column under the cursor."""
        return self.cells.here()

    def _moved(self, line: int, column: int) -> None:
        self.strip.note_row(self.draft, self.words, line)
        self._tell(wrong_here(self.draft, self._wrong, line, column))
        self._say_naming()
        self.reworded.emit()

    def _say_naming(self) -> None:
        """F7 stands on the button that names a difference while it does that: on a fine it lets the fine pass."""
        caps = ("F7",) if fine_here(self) is None else ()
        for banner in (self.side.wrong, self.side.named, self.wide.wrong, self.wide.named):
            banner.button().set_keys(caps)

    def go_to(self, place: Place | None) -> None:
        """Put the cursor into a cell and the keyboard into the table."""
        self.cells.go_to(place)

    # -- keys

    def _table_key(self, event: QKeyEvent) -> bool:
        hands = self.cells
        taken = self.keys.take(event) or hands.move(event) or hands.jump(event)
        return taken or self.keys.take_in_row(event) or hands.type_key(event)

    def edit_here(self) -> None:
        """F2: the figure itself; on what needs words or terms, those."""
        here = self.here()
        if here is None or self.table.view.currentIndex().column() < FIRST_MONEY:
            return
        column, view = self.draft.figures.column(here.column), self.draft.cell(here)
        written = view is not None and view.state is CellState.TYPED
        if column is not None and column.kind == "loan" and written:
            self.ask(partial(self.questions.terms, here))
        elif column is not None and column.kind in ("other", "grant") and written:
            self.ask(partial(self.questions.text_of, here))
        else:
            self.cells.edit(None)

    # -- what was typed, and what the keys ask for

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table.foot and event.type() == QEvent.Type.FocusOut:
            self.table.foot.setCurrentIndex(QModelIndex())
        if watched is self.table.view and event.type() == QEvent.Type.FocusIn:
            self._share_room()
        if watched is self.table.view and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._say_naming()
        return False

    def commit(self) -> bool:
        """Take what is typed in the open cell and in the count; False (and told) where it is no amount."""
        return self.cells.commit() and self.side.count.take_typed()

    def _tell(self, problem: object) -> None:
        if isinstance(problem, Problem):
            self.strip.tell(sentence(self.words, problem, self.draft.ground.currency))

    def _keep_typing(self) -> None:
        text, here = self.table.view.editor_text(), self.here()
        if text is not None and here is not None:
            self.saved_with.emit((here, text))

    def _remind(self, text: str) -> None:
        self.strip.remind(self.words._("{text} is kept: F2 brings it back").format(text=text))

    def _cannot_type(self) -> None:
        self.strip.tell(self.words._("No sum is typed in this cell: it is worked out, or stays empty"))

    def type_again(self, at: Place, text: str) -> None:
        """Open a cell with a text that was being typed when the power went."""
        self.go_to(at)
        self.cells.edit(text)

    def all_usual(self) -> None:
        """F5; nothing is proposed on a closed sheet."""
        if self.draft.was is not None:
            return
        place = self.draft.all_usual(self.here())
        self.changed()
        self.go_to(place)

    def undo(self, *, again: bool = False) -> None:
        """Ctrl+Z and Ctrl+Y; the cursor goes where it happened."""
        place = self.draft.redo() if again else self.draft.undo()
        self.changed()
        if place is not None and not self.side.count.has_cursor():
            self.go_to(place)

    def next_sheet(self) -> None:
        """Alt+Down."""
        self.next_asked.emit()

    def finish(self) -> None:
        """F10; a question that is open is answered first."""
        if self.panel.isVisible():
            self.panel.finish()
        elif self.commit():
            self.finish_asked.emit()

    def count(self) -> None:
        """F8; where the count has the cursor already, on to the group's next bag."""
        self.side.count.go_on()
        self.side.show()
        self.side.count.begin()
        self._share_room()
        self.reworded.emit()

    def ask(self, make: Make) -> None:
        """Ask in the panel under the table; afterwards the cursor is where it was."""
        if not self.panel.isVisible():
            focus = QApplication.focusWidget()
            in_cell = isinstance(focus, QLineEdit) and self.table.isAncestorOf(focus)
            self._asked_from = self.table.view if in_cell else focus  # a cell's field goes with its cell
        self.panel.ask(make)
        self._share_room()
        here = self.table.view.currentIndex()
        QTimer.singleShot(0, lambda: self.table.view.scrollTo(here) if here.isValid() else None)
        self.reworded.emit()

    def _panel_over(self) -> None:
        self.panel.hide()
        asked, self._asked_from = self._asked_from, None
        before = asked if asked is not None and self.isAncestorOf(asked) else self.table.view
        if self.side.isAncestorOf(before):
            self.side.show()
        before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines.back()
        self._share_room()
        self.reworded.emit()

    def about(self) -> None:
        """The meeting itself: next one's day, not held, date, number, from paper; of a closed one only its number."""
        self.ask(partial(about_question, self) if self.draft.was is None else self.questions.number)

    def ask_reason(self) -> None:
        """F7: lets a fine under the cursor pass (or takes that back), else names the difference."""
        if (line := fine_here(self)) is not None:
            ask_fine(self, line)
        else:
            name_difference(self)

    def ask_cause(self) -> None:
        """Shift+F7: where the difference may come from."""
        if self.side.count.take_typed():
            ask_cause(self)

    def ask_line(self) -> None:
        """Ins: which line, then the line itself; or another column for the member under the cursor."""
        self.ask(partial(add_question, self))

    def lead(self, where: object) -> None:
        """Go to where a problem is mended, or a difference may come from: a cell, a line, an area."""
        lead_to(self, where)

    # -- areas

    def focus_first(self) -> None:
        """The cursor into a question that is open, else into the table."""
        if not self.panel.take_cursor():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_area(self) -> None:
        """F6: table, lines and decisions, count, a new decision; back to a question that is open."""
        foot = self.table.foot
        under = foot.hasFocus() or self.strip.add.hasFocus()
        if self.panel.take_cursor():
            return
        if self.side.count.has_cursor():
            self.ask(self.questions.decision)
        elif under:
            self.count()
        elif self.table.view.hasFocus() and self.table.foot_model.rowCount() > 1:
            foot.setFocus(Qt.FocusReason.OtherFocusReason)
            foot.put_cursor(1, NAME)
        elif self.table.view.hasFocus():
            self.strip.add.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.go_to(self.here())
            self.refresh()
            return True
        return self.keys.take(event)

    def on_key(self, event: QKeyEvent) -> bool:
        """A key nobody in the sheet has used: Esc leaves an open question first; the sheet's own keys from its bars."""
        if self.panel.isVisible() and keys.is_plain(event, Qt.Key.Key_Escape):
            self.panel.leave()
            return True
        return self.keys.take(event)
