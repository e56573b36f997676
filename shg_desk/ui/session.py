"""What an open book offers the pages: its one thread, long work in a child process, and what this computer remembers.

A page never touches the book itself: it hands an action to `run`, and shows the value that comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any
from typing import TypeVar

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.domain.problems import Problem
from shg_desk.domain.roles import Role
from shg_desk.ui.long_work import Lending
from shg_desk.ui.long_work import LongWork
from shg_desk.ui.long_work import Wrong
from shg_desk.ui.runner import Runner
from shg_desk.ui.settings import Settings

NEW_PASSPHRASE = "new passphrase"  # noqa: S105 - what is asked for, no secret
"""What Settings is opened for where a book was opened with its recovery sheet."""
T = TypeVar("T")
Tell = Callable[[frozenset[str]], None]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What of the open book never changes while it is open, or only by a restart of the window."""

    path: Path
    name: str
    person: str
    is_office: bool
    is_practice: bool
    currency: str
    slot: int
    role: Role = field(default_factory=Role)
    by_sheet: bool = False
    """Opened with what stands on a recovery sheet: a passphrase was lost."""
    ways: bytes = field(default=b"", repr=False)
    """The key file it was opened with, as the program's own child processes get it."""


def names_of(changed: Changed) -> frozenset[str]:
    """The names of changes as `Page.refresh` gets them: `people`, `groups`, `ledger`, `loans`..."""
    return frozenset(str(flag.name).lower() for flag in Changed if flag in changed and flag.name)


class Session:
    """One open book as the pages know it. `facts` are told once; `tell` makes the pages refresh."""

    def __init__(self, runner: Runner[Desk], settings: Settings, facts: BookFacts, key: bytes = b"") -> None:
        self.runner, self.settings, self.facts = runner, settings, facts
        self.lending = Lending(runner, str(facts.path), key, facts.slot, facts.ways)
        self._tell: Tell | None = None
        self.hand: Callable[[str, str], None] = lambda _group, _name: None
        """Hand the window to the treasurer of a group (its id and name)."""
        self.leave: Callable[[], None] = lambda: None
        """Lock the book: it is closed and the page before it is shown."""
        self.practice: Callable[[], None] = lambda: None
        """Lock the book and open the practice book in its place."""

    def listen(self, tell: Tell) -> None:
        """Who hears what was changed: the main window's `tell`."""
        self._tell = tell

    def run(
        self,
        action: Callable[[Desk], Any],
        on_done: Callable[[Any], None] | None = None,
        on_problem: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        """Do something with the book on its own thread; the answers come back on the window's."""
        self.runner.run(action, on_done, on_problem)

    def write(
        self,
        action: Callable[[Desk], Outcome[Any]],
        on_done: Callable[[Outcome[Any]], None] | None = None,
        on_problem: Wrong | None = None,
    ) -> None:
        """Like `run` for an action that writes: every page that shows what it changed reads again after `on_done`.

        While long work has the book it waits.
        """
        if self.lending.is_lent:
            self.lending.afterwards(lambda: self.write(action, on_done, on_problem))
        else:
            self.runner.run(action, self._telling(on_done), on_problem)

    def long(
        self,
        what: str,
        work: Callable[..., T],
        on_done: Callable[[T], None] | None = None,
        on_problem: Wrong | None = None,
    ) -> LongWork:
        """Like `write` for work that may take long: done in a child process, which is handed desk and `progress`.

        `what` is done is said in the window while it lasts.

        `work` is a `functools.partial` of a function of a module, with plain values. One that was stopped, or ended
        by a mishap, tells `on_problem` no problem at all.
        """
        long = LongWork(what, work, self._telling(on_done), on_problem or self.runner.present)
        self.lending.add(long)
        return long

    def _telling(self, on_done: Callable[[T], None] | None) -> Callable[[T], None]:
        def done(outcome: T) -> None:
            if on_done is not None:
                on_done(outcome)
            if isinstance(outcome, Outcome):  # work that only reads gives its bare value
                self.changed(outcome.changed)

        return done

    def changed(self, what: Changed) -> None:
        """Something was changed: the pages that show it read again."""
        if what and self._tell is not None:
            self._tell(names_of(what))
