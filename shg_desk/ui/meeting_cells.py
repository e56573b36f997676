"""Moving and typing in the table of the sheet: arrows, jumps by number and name, and the one cell being typed in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit

from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import ATTENDANCE
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.spelling import is_found
from shg_desk.domain.spelling import key as name_key
from shg_desk.ui import keys
from shg_desk.ui.meeting_ask import TYPING_MS
from shg_desk.ui.meeting_keys import MARKS
from shg_desk.ui.meeting_rows import FIRST_MONEY
from shg_desk.ui.meeting_rows import MARK
from shg_desk.ui.meeting_rows import NAME
from shg_desk.ui.meeting_rows import column_of
from shg_desk.ui.meeting_rows import number_of
from shg_desk.ui.parts.grid import GridView
from shg_desk.ui.unfinished import Unfinished

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellHands(QObject):
    """The cursor in the table and the cell that is typed in.

    `changed` after the draft has changed, `told` carries a problem of what was typed, `typing` comes 300 ms after
    typing stops. `mark` is asked for attendance. What Esc leaves untaken is kept in `unfinished`; `left` carries it.
    `refused` is a figure typed where none can stand: the total, a second loan's row.
    """

    changed = Signal()
    told = Signal(object)
    typing = Signal()
    left = Signal(str)
    refused = Signal()

    def __init__(
        self, draft: Draft, view: GridView, mark: Callable[[int, Attendance], None], unfinished: Unfinished
    ) -> None:
        super().__init__(view)
        self._draft, self._view, self._mark, self._unfinished = draft, view, mark, unfinished
        self._search = ""
        self._whole = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.typing)
        view.cells().typed.connect(self._typed_elsewhere)
        view.installEventFilter(self)

    # -- the cursor

    def here(self) -> Place | None:
        """The line and column under the cursor; number, name and total count as the attendance."""
        index = self._view.currentIndex()
        if not index.isValid() or index.row() >= len(self._draft.lines):
            return None
        return Place(index.row(), column_of(self._draft, index.column()) or ATTENDANCE)

    def go_to(self, place: Place | None) -> None:
        """Put the cursor into a cell and the keyboard into the table."""
        if place is None or not self._draft.lines:
            return
        self._view.put_cursor(place.line, number_of(self._draft, place.column))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def down(self, line: int, column: int) -> None:
        """The line below, in the same column."""
        self._view.put_cursor(min(line + 1, len(self._draft.lines) - 1), column)

    def move(self, event: QKeyEvent) -> bool:
        """Enter, Tab, Home, End; True when it was one of them. The grid knows the arrows itself."""
        index, held = self._view.currentIndex(), keys.held(event)
        none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
        row, column, last = index.row(), index.column(), self._view.cells().columnCount() - 1
        bottom = len(self._draft.lines) - 1
        key = event.key()
        if key in ENTER and held == none:
            self._enter()
            return True
        goal = None
        if held == none:
            goal = {Qt.Key.Key_Tab: (row, column + 1), Qt.Key.Key_Home: (row, NAME), Qt.Key.Key_End: (row, last)}.get(
                Qt.Key(key)
            )
        elif held == control:
            goal = {Qt.Key.Key_Home: (0, column), Qt.Key.Key_End: (bottom, column)}.get(Qt.Key(key))
        if key == Qt.Key.Key_Backtab:
            goal = (row, column - 1)
        if goal is None:
            return False
        self._view.put_cursor(goal[0], max(0, min(goal[1], last)))
        return True

    def _enter(self) -> None:
        here, column = self.here(), self._view.currentIndex().column()
        if here is None:
            return
        member = self._draft.lines[here.line].member.id
        if column >= FIRST_MONEY and here.column != ATTENDANCE:
            following = self._draft.confirm(here)
            self.changed.emit()
            self.go_to(following)
            return
        pending = self._draft.figures.pending(member)
        if column < MARK and pending:
            self.go_to(Place(self._draft.lines.index(pending[0][0]), pending[0][1].key))
            return
        if column == MARK and self._draft.state.row(member).attendance is None:
            self._mark(here.line, Attendance.PRESENT)
        self.down(here.line, column)

    def jump(self, event: QKeyEvent) -> bool:
        """Digits and letters in the number and name columns look for a member; digits mark in the attendance."""
        column, text = self._view.currentIndex().column(), event.text()
        if keys.held(event) & ~Qt.KeyboardModifier.ShiftModifier or not text.strip() or not text.isprintable():
            self._search = ""
            return False
        here, digit = self.here(), keys.digit(event) or text
        if column == MARK and here is not None and digit in MARKS:
            self._mark(here.line, MARKS[digit])
            if MARKS[digit] is not Attendance.REPRESENTED:
                self.down(here.line, MARK)
            return True
        if column > NAME:
            return False
        for wanted in (self._search + text, text):
            found = self._draft.line_of(wanted) if wanted.isdecimal() else self._named(wanted)
            if found is not None:
                self._search = wanted
                self._view.put_cursor(found, column)
                return True
        self._search = ""
        return True

    def _named(self, text: str) -> int | None:
        lines = enumerate(self._draft.lines)
        return next((i for i, line in lines if line.first and is_found(text, name_key(line.member.name or ""))), None)

    # -- typing

    def type_key(self, event: QKeyEvent) -> bool:
        """A digit or a sign of a sum opens the cell with it."""
        text = event.text()
        plain = not keys.held(event) & ~Qt.KeyboardModifier.ShiftModifier
        in_money = self._view.currentIndex().column() >= FIRST_MONEY
        if not (in_money and plain and text and text in "0123456789+,."):
            return False
        if not self.edit(text):
            self.refused.emit()
        return True

    def edit(self, text: str | None) -> bool:
        """Open the cell under the cursor, with its figure or with `text` typed over it.

        What was typed there before and left by Esc stands there again.
        """
        again = self._unfinished.of(self._name()) if text is None else None
        if not self._view.edit_cell(again[0] if again else text):
            return False
        editor = self._view.viewport().findChild(QLineEdit)
        assert editor is not None
        self._whole = text is None
        if again:
            editor.selectAll()
        editor.installEventFilter(self)
        editor.textEdited.connect(lambda _text: self._timer.start())
        self._timer.start()
        return True

    def commit(self) -> bool:
        """Take what is typed in the open cell; False (and told) where it is no amount. True with no cell open."""
        text, here = self._view.editor_text(), self.here()
        if text is None or here is None:
            return True
        problem = self._draft.type_text(here, text)
        if problem is not None:
            self.told.emit(problem)
            return False
        self._unfinished.drop(self._name())
        self._timer.stop()
        self._view.close_editor(keep=False)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is not self._view:
            return self._editor_key(event)
        # Tab would leave the table before the table is asked; it does so only behind the last column
        column, last = self._view.currentIndex().column(), self._view.cells().columnCount() - 1
        inside = {Qt.Key.Key_Tab: column < last, Qt.Key.Key_Backtab: column > 0}.get(Qt.Key(event.key()), False)
        return inside and self.move(event)

    def _editor_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if keys.is_ctrl(event, "Z") or key == Qt.Key.Key_Escape:
            self._leave()
            return True
        sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self._whole
        leaves = key in (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down)
        other = key in (Qt.Key.Key_Space, Qt.Key.Key_Insert) or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12
        marking = bool(keys.held(event) & Qt.KeyboardModifier.AltModifier)
        if not (sideways or leaves or other or marking):
            return False
        emptied = self._view.editor_text() == ""
        if self.commit():
            if emptied and key in ENTER:  # Enter on an emptied cell confirms nothing that is proposed there
                index = self._view.currentIndex()
                self.down(index.row(), index.column())
            else:
                QApplication.sendEvent(self._view, event)
        return True

    def _name(self) -> str:
        """What the cell under the cursor is called among things left half typed."""
        here = self.here()
        if here is None:
            return ""
        line = self._draft.lines[here.line]
        return f"cell {line.member.id} {line.loan.id if line.loan else ''} {here.column}"

    def _leave(self) -> None:
        """What stood there before stays; what was typed is kept for when the cell is opened again."""
        self._timer.stop()
        text, stood = self._view.editor_text() or "", self._view.currentIndex().data(Qt.ItemDataRole.EditRole)
        if text.strip() and text != stood:
            self._unfinished.keep(self._name(), [text])
        else:
            self._unfinished.drop(self._name())
            text = ""
        self._view.close_editor(keep=False)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        if text:
            self.left.emit(text)

    def _typed_elsewhere(self, row: int, column: int, text: str) -> None:
        """The cell was left by the mouse: what stood in it is taken as with Enter."""
        problem: Problem | None = self._draft.type_text(Place(row, column_of(self._draft, column)), text)
        self.changed.emit()
        if problem is not None:
            self.told.emit(problem)
