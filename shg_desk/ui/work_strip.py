"""What long work is doing, at the foot of every page: the sentence, how far it is, about how long, and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.long_work import LongWork
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.progress import Progress


class WorkStrip(QWidget):
    """Shows one piece of long work after another; it takes no room while there is none."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._long: LongWork | None = None
        self.progress = Progress(words)
        self.progress.cancelled.connect(self._stop)
        self.progress.setContentsMargins(20, 4, 20, 8)
        rows(self).addWidget(self.progress)

    def follow(self, long: LongWork) -> None:
        """Show this work from its begin to its end."""
        long.began.connect(lambda: self._began(long))
        long.stepped.connect(self._stepped)
        long.over.connect(lambda: self._over(long))

    def retranslate(self) -> None:
        """The word on the button; the sentence stays as the page said it."""
        self.progress.retranslate()

    def _began(self, long: LongWork) -> None:
        self._long = long
        self.progress.begin()
        self.progress.step(0, 0, long.what)

    def _stepped(self, done: int, total: int) -> None:
        if self._long is None:
            return
        words, what = self._words, self._long.what
        if total > 1:
            of = words._("{done} of {n}").format(done=formats.number(words, done), n=formats.number(words, total))
            what = f"{what}: {of}"
        self.progress.step(done, total, what)

    def _stop(self) -> None:
        if self._long is not None:
            self._long.stop()

    def _over(self, long: LongWork) -> None:
        if self._long is long:
            self._long = None
            self.progress.end()
