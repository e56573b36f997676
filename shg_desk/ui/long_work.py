"""Long work on the open book, told step by step and stopped without a trace when a person asks for it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from shg_desk.domain.problems import KnownError


class StoppedError(KnownError):
    """A person has stopped the work: what was not finished is not written. It carries no problem."""


class LongWork(QObject):
    """Handed to an action as its `progress(done, total)`; called on the book's thread, heard on the window's."""

    stepped = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = False

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._stopped = True

    def __call__(self, done: int, total: int | None = None) -> None:
        """A step was done. Raises StoppedError once somebody asked to stop."""
        if self._stopped:
            raise StoppedError
        self.stepped.emit(done, total or 0)
