"""Long work in a child process of the same program: import, rebuild, backup, reconciliation, thick papers.

The child is `shg-desk job NAME`. Its first line of input is one JSON object: `{"book", "key", "args"}` with the
book's path and its key in hex; a further line `cancel` asks it to stop. It answers in JSON, one object a line:
`{"progress": {"done", "total", "what"}}` any number of times, then one of `{"result": ...}` and
`{"problems": [{"code", "where", "facts", "level"}]}`. The key never stands on a command line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtCore import QProcess
from PySide6.QtCore import QProcessEnvironment
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem

KILL_AFTER_MS = 5000
ERRORS_KEPT = 8000


def own_program(name: str) -> tuple[str, list[str]]:
    """Program and arguments that start this same program for a job, from a checkout, a wheel or an installer."""
    if getattr(sys, "frozen", False):
        return sys.executable, ["job", name]
    return sys.executable, ["-m", "shg_desk", "job", name]


class Job(QObject):
    """One child process. Exactly one of `done`, `problems`, `cancelled` and `failed` is told at its end.

    `progress` carries done, total and what it is about, in the child's own short word (the page makes the sentence).
    """

    progress = Signal(int, int, str)
    done = Signal(object)
    problems = Signal(object)
    cancelled = Signal()
    failed = Signal(str)

    def __init__(
        self, name: str, parent: QObject | None = None, *, command: tuple[str, list[str]] | None = None
    ) -> None:
        super().__init__(parent)
        self._program, self._arguments = own_program(name) if command is None else command
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

    def start(self, book: str, key: bytes, args: Mapping[str, object]) -> None:
        """Start the child and hand it the book, the key and its arguments."""
        self._process.start(self._program, self._arguments)
        line = json.dumps({"book": book, "key": key.hex(), "args": dict(args)}, ensure_ascii=False)
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
            self.progress.emit(int(step.get("done", 0)), int(step.get("total", 0)), str(step.get("what", "")))
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
            self.problems.emit(problems_of(self._answer["problems"]))
        elif self._answer is not None and "result" in self._answer:
            self.done.emit(self._answer["result"])
        elif self._stopping:
            self.cancelled.emit()
        else:
            self.failed.emit(self._errors.decode("utf-8", "replace"))

    def _error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and not self._ended:
            self._ended = True
            self.failed.emit(self._process.errorString())


def problems_of(told: object) -> Sequence[Problem]:
    """Problems as the child wrote them; a code this program does not know is left out."""
    known = {code.value for code in Code}
    found = []
    for one in told if isinstance(told, list) else []:
        if isinstance(one, dict) and one.get("code") in known:
            facts = one.get("facts")
            level = Level.WARNING if one.get("level") == "warning" else Level.PROBLEM
            where = str(one.get("where", ""))
            found.append(Problem(Code(one["code"]), where, facts if isinstance(facts, dict) else {}, level))
    return tuple(found)
