"""A page that shows a part of the book: read on the book's own thread, shown again only when that part has changed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.desk import Desk
from shg_desk.domain.problems import Problem
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.session import Session
from shg_desk.ui.session import names_of


class BookPage(Page):
    """Base of the pages of an open book: `reading` says what to read, `show_view` shows it.

    `shows` names the parts of the book that stand on the page. A page out of sight reads again on its next visit.
    """

    shows = Changed.EVERYTHING

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self.session = session
        self.target: object = None
        self._stale = True
        self._asked = 0

    # -- what a page says

    def reading(self) -> Callable[[Desk], Any]:
        """A function of the desk that gives the value the page shows; called on the book's thread."""
        raise NotImplementedError

    def show_view(self, view: Any) -> None:
        """Show what was read; called on the window's thread, also after a change of language."""
        raise NotImplementedError

    # -- what the frame calls

    def open(self, target: object = None) -> None:
        """The page is visited; what has changed since the last visit is read again."""
        if target is not None or self.target is not None:
            self._stale = self._stale or target != self.target
            self.target = target
        if self._stale:
            self.read_again()

    def refresh(self, changes: Collection[str]) -> None:
        """Read again if something on the page has changed: now if it is in sight, else on its next visit."""
        if changes and not set(changes) & names_of(self.shows):
            return
        self._stale = True
        if self.isVisible():
            self.read_again()

    def read_again(self) -> None:
        """Read the page's value and show it. Of several readings on their way only the newest is shown."""
        self._stale = False
        self._asked += 1
        asked = self._asked

        def done(view: Any) -> None:
            if asked == self._asked:
                self.show_view(view)
                self.reworded.emit()

        self.session.run(self.reading(), done, self.tell_problems)

    def tell_problems(self, problems: Sequence[Problem]) -> None:
        """What to do with problems of reading; the session's own presenter unless a page knows better."""
        self.session.runner.present(problems)
