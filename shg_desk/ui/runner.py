"""The one store thread: it owns the open book, does one thing after another, and answers on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any
from typing import Generic
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import QThread
from PySide6.QtCore import Signal

from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.ui.collector import collector

Desk = TypeVar("Desk")
Problems = Callable[[Sequence[Problem]], None]


@dataclass(frozen=True, slots=True)
class _Task:
    action: Callable[[Any], Any]
    on_done: Callable[[Any], None] | None
    on_problem: Problems | None
    of_book: bool = False


class _Worker(QThread):
    """Takes tasks from a queue in order; the book is opened, used and closed here and nowhere else."""

    done = Signal(object, object)
    problem = Signal(object, object)
    crashed = Signal(object, object)
    left_out = Signal(object)

    def __init__(self, close: Callable[[Any], None]) -> None:
        super().__init__()
        self.tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self.desk: Any = None
        self.is_shut = False
        self._close = close

    def run(self) -> None:
        """Work until None comes."""
        while (task := self.tasks.get()) is not None:
            if task.of_book and self.is_shut:  # the book was closed meanwhile: nobody waits for the answer
                self.left_out.emit(task)
                continue
            try:
                result = task.action(self.desk)
            except KnownError as trouble:
                self.problem.emit(task, tuple(trouble.problems))
            except Exception as bug:
                self.crashed.emit(task, bug)
            else:
                self.done.emit(task, result)
        if self.desk is not None:
            desk, self.desk = self.desk, None
            self._close(desk)


class Runner(QObject, Generic[Desk]):
    """Runs what a person does, one at a time, away from the window.

    `run(action, on_done, on_problem)` calls `action(desk)` on the store thread; its result goes to `on_done`, a
    `KnownError` as its problems to `on_problem` (without one, to `problem_presenter`), any other exception to
    `crash_presenter`. The callables are called on the window's thread, in the order of the runs.
    """

    busy_changed = Signal(bool)

    def __init__(
        self,
        close: Callable[[Desk], None],
        crash_presenter: Callable[[BaseException], None],
        problem_presenter: Problems,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._crash_presenter, self._problem_presenter = crash_presenter, problem_presenter
        self._waiting = 0
        self._answered: _Task | None = None
        self._worker = _Worker(close)
        self._worker.done.connect(self._done)
        self._worker.problem.connect(self._problem)
        self._worker.crashed.connect(self._crashed)
        self._worker.left_out.connect(self._answer)
        collector().thread_begins()
        self._worker.start()

    def open(self, make: Callable[[], Desk], on_done: Callable[[], None], on_problem: Problems | None = None) -> None:
        """Open a book on the store thread, closing one that is open; the runs after it get it."""
        worker = self._worker

        def opened(_before: Desk) -> None:
            if worker.desk is not None:
                before, worker.desk = worker.desk, None
                worker._close(before)
            worker.desk, worker.is_shut = make(), False

        self._put(_Task(opened, lambda _none: on_done(), on_problem))

    def shut(self, on_done: Callable[[], None]) -> None:
        """Close the book that is open; nothing can be run until another one is opened."""
        worker = self._worker

        def shut(_desk: Desk) -> None:
            worker.is_shut = True
            if worker.desk is not None:
                before, worker.desk = worker.desk, None
                worker._close(before)

        self._put(_Task(shut, lambda _none: on_done(), None))

    def run(
        self,
        action: Callable[[Desk], Any],
        on_done: Callable[[Any], None] | None = None,
        on_problem: Problems | None = None,
    ) -> None:
        """Do something with the open book; nothing where it was closed before the turn came."""
        self._put(_Task(action, on_done, on_problem, of_book=True))

    def present(self, problems: Sequence[Problem]) -> None:
        """Tell problems that no page has a place for."""
        self._problem_presenter(problems)

    def busy(self) -> bool:
        """True while something is to be done."""
        return self._waiting > 0

    def stop(self) -> None:
        """Finish what was asked, close the book and end the thread; waits for it."""
        if self._worker.isRunning():
            self._worker.tasks.put(None)
            self._worker.wait()
            collector().thread_ended()

    def hold(self) -> None:
        """Something is done with the book elsewhere, until `release`."""
        self._waiting += 1
        if self._waiting == 1:
            self.busy_changed.emit(self.busy())

    def crash(self, bug: BaseException) -> None:
        """Present what nobody foresaw."""
        self._crash_presenter(bug)

    def _put(self, task: _Task) -> None:
        self.hold()
        self._worker.tasks.put(task)

    def release(self) -> None:
        """What was begun with `hold` has ended."""
        self._waiting -= 1
        if self._waiting == 0:
            self.busy_changed.emit(self.busy())

    def _answer(self, task: _Task) -> None:
        """What was asked is kept until the next answer: the thread has let go of it by then, so the page it may be
        the last to name is never destroyed over there.
        """
        self._answered = task
        self.release()

    def _done(self, task: _Task, result: object) -> None:
        self._answer(task)
        if task.on_done is not None:
            task.on_done(result)

    def _problem(self, task: _Task, problems: Sequence[Problem]) -> None:
        self._answer(task)
        (task.on_problem or self._problem_presenter)(problems)

    def _crashed(self, task: _Task, bug: BaseException) -> None:
        self._answer(task)
        self._crash_presenter(bug)
