"""What pages that show the book have in common: questions to the store thread, writing, sentences for trouble."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import Protocol
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLabel

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.messages import sentence
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page

T = TypeVar("T")
SETTLE_MS = 120
"""Typing in a find field is answered when it has paused for so long."""


class Store(Protocol):
    """The one store thread, as `runner.Runner` is."""

    def run(
        self,
        action: Callable[[Any], Any],
        on_done: Callable[[Any], None] | None = None,
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        """Do something with the open book; the answer comes on the window's thread."""
        ...


@dataclass(frozen=True, slots=True)
class SheetOf:
    """Target of the meeting page: a group's sheet, of a day where one is meant."""

    group: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CorrectionOf:
    """Target of the meeting page: a recorded meeting (its name) opened again to be corrected."""

    group: str
    meeting: str


def _show_file(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


@dataclass(frozen=True, slots=True)
class Ways:
    """Where these pages lead outside themselves; whoever makes the window may lead elsewhere."""

    open_sheet: Callable[[SheetOf], None]
    correct_meeting: Callable[[CorrectionOf], None]
    open_file: Callable[[Path], bool] = _show_file


def usual_ways(frame: Frame) -> Ways:
    """The meeting page takes both targets; a paper is shown by the system's own viewer."""
    return Ways(lambda sheet: frame.go("meeting", sheet), lambda meeting: frame.go("meeting", meeting))


def changed_words(changed: Changed) -> frozenset[str]:
    """The names of what changed, as `Frame.tell` carries them: `ledger`, `groups`..."""
    return frozenset(part.name.lower() for part in Changed if part in changed and part.name and part.name.isupper())


class DeskPage(Page):
    """A page over the open book. `ask` reads, `write` writes and lets every page know."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame)
        self.store = store
        self.ways = ways or usual_ways(frame)
        self._newest: dict[str, int] = {}
        self._arriving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._when_settled: Callable[[], None] = lambda: None
        self._timer.timeout.connect(self._settled)

    @property
    def lang(self) -> str:
        """The language in force."""
        return self.frame.words.lang

    def ask(
        self,
        question: str,
        action: Callable[[Desk], T],
        show: Callable[[T], None],
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        """Read from the book; of several answers to one question only the newest is shown."""
        mine = self._newest[question] = self._newest.get(question, 0) + 1

        def shown(answer: T) -> None:
            if self._newest[question] == mine:
                show(answer)

        self.store.run(action, shown, on_problem)

    def arrive(self) -> None:
        """The page is visited: the cursor goes to where work begins once what it shows has come (`settle_cursor`)."""
        self._arriving = True

    def settle_cursor(self) -> None:
        """What the page shows has come; a cursor that waits at the title goes to where work begins."""
        if self._arriving and self.isVisible():
            self._arriving = False
            here = QApplication.focusWidget()
            if here is None or isinstance(here, QLabel):
                self.focus_first()

    def write(
        self,
        action: Callable[[Desk], Outcome[T]],
        done: Callable[[Outcome[T]], None],
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        """Write into the book, then say `saved` and let every page read again."""

        def written(outcome: Outcome[T]) -> None:
            self.say_saved()
            done(outcome)
            if outcome.changed:
                self.frame.tell(changed_words(outcome.changed))

        self.store.run(action, written, on_problem)

    def say_saved(self) -> None:
        """The word at the right of the hint bar."""
        words = self.frame.words
        self.frame.saved(words._("Saved {time}").format(time=formats.time_of_day(datetime.now().astimezone())))

    def _settled(self) -> None:
        self._when_settled()

    def after_pause(self, do: Callable[[], None]) -> None:
        """Do something when typing has paused; a newer wish replaces an older one."""
        self._when_settled = do
        self._timer.start()

    def sentences(self, problems: Sequence[Problem], currency: Currency | None = None) -> list[str]:
        """What is wrong, in the words of the language."""
        return [sentence(self.frame.words, problem, currency) for problem in problems]
