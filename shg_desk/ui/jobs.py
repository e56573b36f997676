"""Long work in a child process of the same program: import, rebuild, backup, parcels, thick papers.

The child is `shg-desk job`; how the two talk stands there. The book's key goes over a pipe, never on a command line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtCore import QProcess
from PySide6.QtCore import QProcessEnvironment
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from shg_desk.actions.long_work import pack
from shg_desk.actions.long_work import unpack

KILL_AFTER_MS = 5000
ERRORS_KEPT = 8000


def own_program() -> tuple[str, list[str]]:
    """Program and arguments that start this same program for a job, from a checkout, a wheel or an installer."""
    if getattr(sys, "frozen", False):
        return sys.executable, ["job"]
    return sys.executable, ["-m", "shg_desk", "job"]


class Job(QObject):
    """One child process. Exactly one of `done`, `problems`, `cancelled` and `failed` is told at its end."""

    progress = Signal(int, int)
    done = Signal(object)
    problems = Signal(object)
    cancelled = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, *, command: tuple[str, list[str]] | None = None) -> None:
        super().__init__(parent)
        self._program, self._arguments = own_program() if command is None else command
        self._answer: dict[str, object] | None = None
        self._stopping = False
        self._ended = False
        self._errors = b""
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._error)

    def start(
        self, work: Callable[..., object], book: str = "", key: bytes = b"", slot: int = 0, ways: bytes = b""
    ) -> None:
        """Start the child and hand it the work, a `functools.partial` of an action's function, and the book with it."""
        self._process.start(self._program, self._arguments)
        line = json.dumps({"book": book, "key": key.hex(), "slot": slot, "ways": ways.decode(), "work": pack(work)})
        self._process.write(line.encode() + b"\n")

    def running(self) -> bool:
        """True until the end is told."""
        return not self._ended

    def cancel(self) -> None:
        """Ask the child to stop; what it has not finished leaves no trace. After five seconds it is ended."""
        if self._ended or self._stopping:
            return
        self._stopping = True
        self._process.write(b"cancel\n")
        self._process.closeWriteChannel()
        QTimer.singleShot(KILL_AFTER_MS, self, self._end_it)

    def end_now(self) -> None:
        """The window closes: the child is asked to stop and waited for, so that the book is free."""
        self.cancel()
        if not self._ended and not self._process.waitForFinished(KILL_AFTER_MS):
            self._process.kill()
            self._process.waitForFinished(KILL_AFTER_MS)

    def _end_it(self) -> None:
        if not self._ended:
            self._process.kill()

    def _read_errors(self) -> None:
        self._errors = (self._errors + bytes(self._process.readAllStandardError().data()))[-ERRORS_KEPT:]

    def _read(self) -> None:
        while self._process.canReadLine():
            self._line(bytes(self._process.readLine().data()))

    def _line(self, line: bytes) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            self._errors = (self._errors + line)[-ERRORS_KEPT:]
            return
        if not isinstance(told, dict):
            return
        step = told.get("progress")
        if isinstance(step, dict):
            self.progress.emit(int(step.get("done", 0)), int(step.get("total", 0)))
        elif "result" in told or "problems" in told:
            self._answer = told

    def _finished(self, _exit_code: int, _status: QProcess.ExitStatus) -> None:
        if self._ended:
            return
        self._read()
        rest = bytes(self._process.readAllStandardOutput().data())
        if rest:
            self._line(rest)
        self._read_errors()
        self._ended = True
        if self._answer is not None and "problems" in self._answer and not self._stopping:
            self.problems.emit(unpack(str(self._answer["problems"])))
        elif self._answer is not None and "result" in self._answer:
            self.done.emit(unpack(str(self._answer["result"])))
        elif self._stopping:
            self.cancelled.emit()
        else:
            self.failed.emit(self._errors.decode("utf-8", "replace"))

    def _error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and not self._ended:
            self._ended = True
            self.failed.emit(self._process.errorString())
