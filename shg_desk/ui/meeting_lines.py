"""The keys of the group's lines and decisions under the table of a sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.ui import keys
from shg_desk.ui.meeting_menus import Asks
from shg_desk.ui.meeting_rows import NAME


class LineKeys:
    """Takes a key press for a line under the table; True when it was one of its own."""

    def __init__(self, sheet: Asks) -> None:
        self._sheet = sheet
        self._under = 1

    def take(self, event: QKeyEvent) -> bool:
        """Enter and F2 change the line under the cursor, Del takes it away."""
        sheet, table = self._sheet, self._sheet.table
        index = table.foot.currentIndex()
        key = table.foot_model.row(index.row()).key if index.isValid() else None
        if not isinstance(key, tuple) or key[0] == "total":
            return False
        kind, at, self._under = str(key[0]), int(key[1]), index.row()
        if keys.is_plain(event, Qt.Key.Key_Delete):
            (sheet.draft.change_line if kind == "line" else sheet.draft.change_decision)(at, None)
            sheet.changed()
            self.back()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or keys.is_plain(event, Qt.Key.Key_F2):
            questions, line = sheet.questions, kind == "line"
            changed = partial(questions.line, sheet.draft.state.lines[at].kind) if line else questions.decision
            sheet.ask(partial(changed, at))
            return True
        return False

    def back(self) -> None:
        """Where the cursor is among the lines: on the row that was asked about, or the one in its place."""
        table = self._sheet.table
        if table.foot.hasFocus():
            table.foot.put_cursor(min(self._under, table.foot_model.rowCount() - 1), NAME)
