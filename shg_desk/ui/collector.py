"""The interpreter's search for cycles, kept on the window's thread while another thread works beside it.

Python searches on whichever thread makes one value too many. A page that nobody needs any more is such a cycle; found
by the book's thread it would be destroyed there, and Qt ends the process. So the search that runs by itself is off as
long as a second thread runs, and a timer of the window's thread does it instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer

EVERY_MS = 1000
MADE_SINCE = (2000, 10, 10)
"""What makes a search of each generation worth its time: values made, searches of the younger one since the last."""


class Collector(QObject):
    """One for the application; counts the threads that run beside the window's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._threads = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def thread_begins(self) -> None:
        """Called on the window's thread before another one starts."""
        self._threads += 1
        gc.disable()
        self._timer.start()

    def thread_ended(self) -> None:
        """Called on the window's thread when one has ended; after the last one Python searches by itself again."""
        self._threads -= 1
        if self._threads == 0:
            self._timer.stop()
            gc.enable()

    def look(self) -> None:
        """Search the oldest generation that is due, with the younger ones; nothing where little was made."""
        made = gc.get_count()
        due = [n for n, (count, enough) in enumerate(zip(made, MADE_SINCE, strict=True)) if count > enough]
        if due:
            gc.collect(due[-1])


def collector() -> Collector:
    """The application's own."""
    application = QCoreApplication.instance()
    assert application is not None
    found = application.findChild(Collector)
    return found if isinstance(found, Collector) else Collector(application)
