"""Long work on the open book in a child process: told step by step, stopped without a trace when a person asks for it.

While a child has the book pages go on reading, and what they would write waits until the child has ended.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from shg_desk.domain.problems import Problem
from shg_desk.ui.runner import Runner

if TYPE_CHECKING:
    from shg_desk.ui.jobs import Job

Wrong = Callable[[Sequence[Problem]], None]


class LongWork(QObject):
    """One piece of long work: `what` is done (a sentence), how far it is, and how to stop it."""

    began = Signal()
    stepped = Signal(int, int)
    over = Signal()

    def __init__(self, what: str, work: Callable[..., object], ended: Callable[[Any], None], wrong: Wrong) -> None:
        super().__init__()
        self.what, self.work, self.ended, self.wrong = what, work, ended, wrong
        self.job: Job | None = None
        self._stopped = False

    @property
    def is_stopped(self) -> bool:
        """True once somebody asked to stop it."""
        return self._stopped

    def stop(self) -> None:
        """Ask the work to stop at its next step; `wrong` is then told without a problem."""
        self._stopped = True
        if self.job is not None:
            self.job.cancel()


class Lending:
    """Lends the open book to one child process after another; the window's thread is the only one here."""

    def __init__(self, runner: Runner[Any], book: str, key: bytes, slot: int, ways: bytes = b"") -> None:
        self._runner, self._lent = runner, (book, key, slot, ways)
        self._queue: list[LongWork] = []
        self._after: list[Callable[[], None]] = []
        self.added: Callable[[LongWork], None] = lambda long: None
        """Told of every piece of long work, for a place where it is seen."""
        self.held_back: Callable[[], None] = lambda: None
        """Told when something a person wrote waits for long work to end."""

    @property
    def is_lent(self) -> bool:
        """True while a child has the book, or one is about to get it."""
        return bool(self._queue)

    def add(self, work: LongWork) -> None:
        """To be done when what was asked before is done."""
        self._queue.append(work)
        self.added(work)
        self._runner.hold()
        if len(self._queue) == 1:
            self._next()

    def afterwards(self, do: Callable[[], None]) -> None:
        """To be done when the book is back."""
        self._after.append(do)
        self.held_back()

    def _next(self) -> None:
        # whatever was asked of the book before is written first: the runner works in order
        self._runner.run(lambda _desk: None, lambda _none: self._begin(), lambda _problems: self._begin())

    def _begin(self) -> None:
        if not self._queue:
            return
        long = self._queue[0]
        long.began.emit()
        if long.is_stopped:
            self._end(lambda: long.wrong(()))
            return
        from shg_desk.ui.jobs import Job

        job = long.job = Job(self._runner)
        job.progress.connect(long.stepped)
        job.done.connect(lambda value: self._end(lambda: long.ended(value)))
        job.problems.connect(lambda problems: self._end(lambda: long.wrong(problems)))
        job.cancelled.connect(lambda: self._end(lambda: long.wrong(())))
        job.failed.connect(lambda why: self._end(lambda: self._failed(long, why)))
        job.start(long.work, *self._lent)

    def _failed(self, long: LongWork, why: str) -> None:
        long.wrong(())
        self._runner.crash(RuntimeError(why))

    def _end(self, tell: Callable[[], None]) -> None:
        long = self._queue.pop(0)
        if long.job is not None:
            long.job.deleteLater()
        long.over.emit()
        self._runner.release()
        tell()
        if self._queue:
            self._next()
            return
        after, self._after = self._after, []
        for do in after:
            do()

    def end_now(self) -> None:
        """The book is about to be closed: what is not finished is stopped, what waits for it is done."""
        waiting, self._queue = self._queue[1:], self._queue[:1]
        for long in waiting:
            self._runner.release()
            long.wrong(())
        if self._queue and self._queue[0].job is not None:
            self._queue[0].job.end_now()
        elif self._queue:
            self._queue[0].stop()
