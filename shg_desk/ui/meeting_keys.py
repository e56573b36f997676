"""The keys of the meeting sheet, from any place of it: each is one command on the draft and says where to go next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import ATTENDANCE
from shg_desk.domain.sheet_steps import Place
from shg_desk.ui import keys
from shg_desk.ui.asked import Make
from shg_desk.ui.meeting_questions import Questions

MARKS = {
    "1": Attendance.PRESENT,
    "2": Attendance.LATE,
    "3": Attendance.EXCUSED,
    "4": Attendance.ABSENT,
    "5": Attendance.REPRESENTED,
}


class SheetHands(Protocol):
    """What the sheet does for its keys."""

    draft: Draft
    questions: Questions

    def here(self) -> Place | None:
        """Where the cursor is in the table; None where there is no line."""
        ...

    def go_to(self, place: Place | None) -> None:
        """Put the cursor there."""
        ...

    def changed(self) -> None:
        """The draft has changed."""
        ...

    def ask(self, make: Make) -> None: ...
    def ask_line(self) -> None: ...
    def ask_reason(self) -> None: ...
    def ask_cause(self) -> None: ...
    def edit_here(self) -> None: ...
    def next_area(self) -> None: ...
    def count(self) -> None: ...
    def finish(self) -> None: ...
    def all_usual(self) -> None: ...
    def next_sheet(self) -> None: ...
    def undo(self, *, again: bool = False) -> None: ...


class SheetKeys:
    """Takes a key press for a sheet; True when it was one of its own."""

    def __init__(self, hands: SheetHands) -> None:
        self._hands = hands
        self._plain: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_F2: hands.edit_here,
            Qt.Key.Key_F5: hands.all_usual,
            Qt.Key.Key_F6: hands.next_area,
            Qt.Key.Key_F7: hands.ask_reason,
            Qt.Key.Key_F8: hands.count,
            Qt.Key.Key_F10: hands.finish,
            Qt.Key.Key_Insert: hands.ask_line,
        }

    def take(self, event: QKeyEvent) -> bool:
        """Keys that work wherever the cursor is on the sheet."""
        none = Qt.KeyboardModifier.NoModifier
        run = self._plain.get(Qt.Key(event.key())) if keys.held(event) == none else None
        if run is not None:
            run()
            return True
        if event.key() == Qt.Key.Key_F3 and keys.held(event) in (none, Qt.KeyboardModifier.ShiftModifier):
            self._next_row(-1 if keys.held(event) else 1)
            return True
        if event.key() == Qt.Key.Key_F7 and keys.held(event) == Qt.KeyboardModifier.ShiftModifier:
            self._hands.ask_cause()
            return True
        if keys.is_alt(event, Qt.Key.Key_Down):
            self._hands.next_sheet()
            return True
        if keys.is_ctrl(event, "Z") or keys.is_ctrl(event, "Y"):
            self._hands.undo(again=keys.is_ctrl(event, "Y"))
            return True
        return False

    def take_in_row(self, event: QKeyEvent) -> bool:
        """Keys that mean the row or cell under the cursor."""
        here = self._hands.here()
        if here is None:
            return False
        if keys.held(event) == Qt.KeyboardModifier.AltModifier and keys.digit(event) in MARKS:
            self.mark(here.line, MARKS[keys.digit(event)])
            return True
        if keys.is_plain(event, Qt.Key.Key_F4):
            self._hands.ask(partial(self._hands.questions.paid_by, here.line))
            return True
        if keys.is_plain(event, Qt.Key.Key_Space):
            self._confirm_row(here)
            return True
        if keys.is_plain(event, Qt.Key.Key_Delete):
            self._clear(here)
            return True
        if keys.is_ctrl(event, "X") or keys.is_ctrl(event, "V"):
            draft = self._hands.draft
            done = draft.cut(here) if keys.is_ctrl(event, "X") else draft.paste(here)
            if done:
                self._hands.changed()
            return True
        return False

    def mark(self, line: int, attendance: Attendance) -> None:
        """Mark a row; who came for her is asked."""
        if attendance is Attendance.REPRESENTED:
            self._hands.ask(partial(self._hands.questions.represented, line))
            return
        self._hands.draft.mark(line, attendance)
        self._hands.changed()

    def _next_row(self, step: int) -> None:
        here = self._hands.here()
        self._hands.go_to(self._hands.draft.next_row(here.line if here is not None else 0, step))

    def _confirm_row(self, here: Place) -> None:
        self._hands.draft.confirm_row(here.line)
        self._hands.changed()
        self._hands.go_to(Place(min(here.line + 1, len(self._hands.draft.lines) - 1), here.column))

    def _clear(self, here: Place) -> None:
        if here.column == ATTENDANCE:
            self._hands.draft.mark(here.line, None)
        else:
            self._hands.draft.clear(here)
        self._hands.changed()
