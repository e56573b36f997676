"""What pages that show the book have in common: questions to the store thread, writing, sentences for trouble."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Protocol
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.ui.long_work import LongWork
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.hint_bar import Hint

if TYPE_CHECKING:
    from shg_desk.ui.parts.form import Form  # not every page has one

T = TypeVar("T")
SETTLE_MS = 120
"""Typing in a find field is answered when it has paused for so long."""


class Store(Protocol):
    """The open book as pages use it; `session.Session` is one."""

    def run(
        self,
        action: Callable[[Desk], Any],
        on_done: Callable[[Any], None] | None = None,
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        """Do something with the open book; the answer comes on the window's thread."""
        ...

    def write(
        self,
        action: Callable[[Desk], Outcome[Any]],
        on_done: Callable[[Outcome[Any]], None] | None = None,
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        """The same for an action that writes; afterwards every page that shows it reads again."""
        ...

    def long(
        self,
        what: str,
        work: Callable[..., T],
        on_done: Callable[[T], None] | None = None,
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> LongWork:
        """The same for long work, in a child process, with the words for what is done."""
        ...


def show_file(frame: Frame, path: Path) -> None:
    """Opens a file or folder with the system's own program; where there is none, says where it lies."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        told = frame.words._("It could not be opened; the file lies at {path}")
        frame.toast(told.format(path=path), done=False)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where these pages lead outside themselves; whoever makes the window may lead elsewhere.

    `open_sheet` is given a group (id), whose page asks the day; `correct_meeting` a group and the recorded meeting's
    name; without it no meeting is offered to be opened again.
    """

    open_sheet: Callable[[str], None]
    open_file: Callable[[Path], None]
    correct_meeting: Callable[[str, str], None] | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """What the meeting page is opened for: a recorded meeting of a group, by its name, to be put right."""

    group: str
    meeting: str


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What the page between meetings is opened for: a record of a group, by its name, to be taken back."""

    group: str
    record: str


def usual_ways(frame: Frame) -> Ways:
    """The meeting page opens the sheet, one to be written or one to be put right; the system shows papers."""
    return Ways(
        lambda group: frame.go("meeting", group),
        partial(show_file, frame),
        lambda group, meeting: frame.go("meeting", Reopen(group, meeting)),
    )


class DeskPage(Page):
    """A page over the open book. `ask` reads, `write` writes and lets every page know."""

    _form: Form | None = None
    """The form in sight."""

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

    def holds_typing(self) -> bool:
        return self._form is not None and self._form.is_typed

    def hint_of_leaving(self) -> Hint:
        """Esc on the form in sight."""
        words = self.frame.words
        return Hint(("Esc",), words._("back, what is typed stays for now") if self.holds_typing() else words._("back"))

    def arrive(self) -> None:
        """The page is visited: the cursor goes to where work begins once what it shows has come (`settle_cursor`)."""
        self._arriving = True

    def settle_cursor(self) -> None:
        """What the page shows has come; a cursor that waits outside goes to where work begins."""
        if self._arriving and self.isVisible():
            self._arriving = False
            here = QApplication.focusWidget()
            if here is None or not self.isAncestorOf(here):
                self.focus_first()

    def write(
        self,
        action: Callable[[Desk], Outcome[T]],
        done: Callable[[Outcome[T]], None],
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        """Write into the book; every page that shows what was changed reads again."""
        self.store.write(action, done, on_problem)

    def _settled(self) -> None:
        self._when_settled()

    def after_pause(self, do: Callable[[], None]) -> None:
        """Do something when typing has paused; a newer wish replaces an older one."""
        self._when_settled = do
        self._timer.start()

    def told_written(self, what: str, warnings: Sequence[Problem]) -> None:
        """Something is written down; what is to be heeded stands behind it."""
        self.frame.toast(". ".join([what, " ".join(self.sentences(warnings))]) if warnings else what, done=not warnings)

    def sentences(self, problems: Sequence[Problem], currency: Currency | None = None) -> list[str]:
        """What is wrong, in the words of the language."""
        from shg_desk.i18n.messages import sentence

        return [sentence(self.frame.words, problem, currency) for problem in problems]

    def tell_form(self, form: Form, problems: Sequence[Problem], currency: Currency | None = None) -> None:
        """Why a form was not written: above it and at its fields, by their labels."""
        words = self.frame.words
        title = words.n_("{n} thing is wrong", "{n} things are wrong", len(problems)).format(n=len(problems))
        said = self.sentences([form.labelled(one) for one in problems], currency)
        where = {"household": "name", "person": "name"}
        form.tell(title, [(where.get(one.where, one.where), text) for one, text in zip(problems, said, strict=True)])
