"""A page on which something is typed, shown whole by F10 before it is written, and written by Enter there alone."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.ui import keys
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.ahead import Ahead
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList

Ran = Callable[[], object]


class AheadPage(DeskPage):
    """What is typed (`typed`) or what will be written (`ahead`) is in sight, one of them; the page lays them out.

    A page says what its keys do while it is typed in (`typed_keys`), its hints and controls then (`typed_hints`,
    `typed_controls`), where the cursor begins (`focus_typed`), how it looks ahead (`look_ahead`, which ends in
    `put_ahead`) and what is written (`write_shown`).
    """

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None, ahead: Ahead | None = None) -> None:
        super().__init__(frame, store, ways)
        self.problems = ProblemList()
        self.typed = QWidget()
        self.ahead = ahead or Ahead()
        self.ahead.written.connect(self._entered)
        self.ahead.left.connect(self.leave_ahead)
        self.ahead.hide()
        self.ahead_button = Button(kind="primary", keys=("F10",))
        self.ahead_button.clicked.connect(self.look_ahead)
        self.armed = False
        self._show_again: Ran = lambda: None

    # -- what a page says

    def typed_keys(self) -> Mapping[Qt.Key, Ran]:
        """What plain keys do beside Esc, F10 and Enter, while it is typed."""
        return {}

    def typed_hints(self) -> Sequence[Hint]:
        """The hints then."""
        return ()

    def typed_controls(self) -> Sequence[QWidget]:
        """The controls then."""
        return ()

    def focus_typed(self) -> None:
        """The cursor goes to where typing begins."""

    def next_field(self) -> None:
        """Enter, while it is typed."""
        self.focusNextChild()

    def print_paper(self) -> None:
        """Ctrl+P."""

    def currency(self) -> Currency | None:
        """That of the sums in what is told."""
        return None

    def look_ahead(self) -> None:
        """F10: everything that would be written; nothing is."""

    def write_shown(self) -> None:
        """Enter in the preview: what it shows is written."""

    # -- one of both in sight

    def is_ahead(self) -> bool:
        """True while the preview is in sight."""
        return self.ahead.isVisibleTo(self)

    def put_ahead(self, show: Ran) -> None:
        """The preview in place of what is typed; `show` fills it, now and whenever its words are to be others."""
        self._show_again, self.armed = show, True
        show()
        self._in_sight(ahead=True)
        self.ahead.focus_first()

    def put_typed(self) -> None:
        """What is typed in place of the preview."""
        self.armed = False
        self._in_sight(ahead=False)

    def leave_ahead(self) -> None:
        """Esc: back to what was typed, all of it still there."""
        self.put_typed()
        self.focus_typed()

    def show_again(self) -> None:
        """The preview in other words, or of a book that has changed."""
        if self.is_ahead():
            self._show_again()

    def _in_sight(self, *, ahead: bool) -> None:
        self.ahead.setVisible(ahead)
        self.typed.setVisible(not ahead)
        self.reworded.emit()

    def _entered(self) -> None:
        """A second Enter has nothing to write."""
        if self.armed:
            self.armed = False
            self.write_shown()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Nothing was written; what stands in the way is told over what was typed."""
        self.put_typed()
        lines = [ProblemLine(said) for said in self.sentences(problems, self.currency())]
        self.problems.show_problems(self.frame.words._("This cannot be written so"), lines)

    # -- what the window asks

    def hints(self) -> Sequence[Hint]:
        return self.ahead.hints(self.frame.words) if self.is_ahead() else self.typed_hints()

    def controls(self) -> Sequence[QWidget]:
        return () if self.is_ahead() else self.typed_controls()

    def focus_first(self) -> None:
        if self.is_ahead():
            self.ahead.focus_first()
        else:
            self.focus_typed()

    def on_key(self, event: QKeyEvent) -> bool:
        if self.is_ahead():
            return self.ahead.on_key(event)
        ways = {Qt.Key.Key_Escape: self.frame.back, Qt.Key.Key_F10: self.look_ahead, **self.typed_keys()}
        run: Ran | None = next((run for key, run in ways.items() if keys.is_plain(event, key)), None)
        if run is None and keys.is_ctrl(event, "P"):
            run = self.print_paper
        if run is None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            run = self.next_field
        if run is not None:
            run()
        return run is not None
