"""The practice book: a sample province made by the demo in a child process, kept, and opened again the next time."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.jobs import Job
from shg_desk.ui.parts.progress import Progress
from shg_desk.ui.settings import Settings

FOLDER = "practice"
BOOK = "first.shgbook"


def practice_exists() -> bool:
    """True where this program can make a practice book."""
    return find_spec("shg_desk.actions.demo") is not None


class PracticeMaker(QObject):
    """Makes the practice book once. `ready` tells its path and passphrase, `failed` why there is none."""

    ready = Signal(str, str)
    failed = Signal(str)

    def __init__(self, words: Words, settings: Settings, books: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._words, self._settings, self._folder = words, settings, books / FOLDER
        self._job: Job | None = None
        self._bar: Progress | None = None

    def begin(self, screen: QWidget | None) -> None:
        """Open the book that was made, or make it; progress is shown on the screen that asked."""
        book, passphrase = self._folder / BOOK, self._settings.text("practice_passphrase")
        if passphrase and (book / "book.db").is_file():
            self.ready.emit(str(book), passphrase)
            return
        if self._job is not None and self._job.running():
            return
        job = self._job = Job(self)
        job.progress.connect(self._step)
        job.done.connect(self._done)
        job.problems.connect(self._problems)
        job.cancelled.connect(self._end)
        job.failed.connect(lambda _why: self._fail(self._words._("The practice book could not be made.")))
        self._bar = getattr(screen, "progress_line", None)
        if self._bar is not None:
            self._bar.cancelled.connect(job.cancel)
            self._bar.begin()
            self._step(0, 1)
        from shg_desk.actions.demo import make_practice  # a year of meetings is not loaded with every window

        job.start(partial(make_practice, self._folder))

    def _step(self, done: int, total: int) -> None:
        if self._bar is not None:
            self._bar.step(done, total, self._words._("The practice book is being made"))

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.end()
        self._bar = None

    def _done(self, result: tuple[Path, str]) -> None:
        self._end()
        book, passphrase = result
        self._settings.keep("practice_passphrase", passphrase)
        self.ready.emit(str(book), passphrase)

    def _problems(self, problems: object) -> None:
        told = [sentence(self._words, one) for one in problems if isinstance(one, Problem)]  # type: ignore[attr-defined]
        self._fail("\n".join(told))

    def _fail(self, why: str) -> None:
        self._end()
        self.failed.emit(why)
