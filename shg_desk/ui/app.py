"""The desktop from its start to its end: which screen comes first, the book opened, the window with its pages.

Nothing heavy is loaded here: pages come on their first visit, papers and tables when they are asked for.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Protocol
from typing import runtime_checkable

from PySide6.QtCore import QLocale
from PySide6.QtCore import QObject
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QWidget

from shg_desk import __version__
from shg_desk.actions.books import by_sheet
from shg_desk.actions.desk import Desk
from shg_desk.actions.first_book import FirstBook
from shg_desk.actions.first_book import make_first_book
from shg_desk.actions.first_book import open_typed
from shg_desk.actions.first_book import propose_phrase
from shg_desk.actions.own_keys import own_keys
from shg_desk.actions.owner import owner_of
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.catalog import closest
from shg_desk.sync.keyslots import FULL_COST
from shg_desk.sync.keyslots import Cost
from shg_desk.ui import theme
from shg_desk.ui import tokens
from shg_desk.ui.crash_presenter import CrashPresenter
from shg_desk.ui.qt_words import QtWords
from shg_desk.ui.runner import Runner
from shg_desk.ui.session import NEW_PASSPHRASE
from shg_desk.ui.session import BookFacts
from shg_desk.ui.session import Session
from shg_desk.ui.settings import BOOK_ENDING
from shg_desk.ui.settings import KnownBook
from shg_desk.ui.settings import Settings
from shg_desk.ui.settings import books_folder
from shg_desk.ui.settings import settings_folder
from shg_desk.ui.unlock_page import UnlockPage
from shg_desk.ui.unlock_page import UnlockVerbs
from shg_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from shg_desk.ui.first_run import FirstAnswers
    from shg_desk.ui.practice import PracticeMaker

PASSPHRASE = "SHG_DESK_PASSPHRASE"  # noqa: S105 - the name of a variable
USUAL = QSize(1366, 768)
MISHAPS = "mishaps.txt"
MISHAPS_LIMIT_BYTES = 1_000_000


@runtime_checkable
class _Asking(Protocol):
    """A screen before the window, with a place for what went wrong."""

    def tell_problem(self, sentence: str) -> None:
        """Say it there."""


class Desktop(QObject):
    """Owns the one book thread and the window in sight; screens follow each other in one place of the desktop."""

    def __init__(self, words: Words, settings: Settings, *, cost: Cost = FULL_COST, books: Path | None = None) -> None:
        super().__init__()
        self.words, self.settings = words, settings
        self._cost, self._books = cost, books or books_folder()
        self.crashes = CrashPresenter(words, __version__, self._keep_mishap)
        self.runner: Runner[Desk] = Runner(Desk.close, self.crashes, self._tell_problems, self)
        self.screen: QWidget | None = None
        self.work: Workplace | None = None
        self.practice: PracticeMaker | None = None
        self._opening: KnownBook | None = None

    # -- screens

    def start(self, book: Path | None = None, passphrase: str = "") -> None:
        """The first screen: a book by name or the last one, to be opened; without any, the first run."""
        known = self.settings.books()
        if book is not None:
            found = self.settings.book(book.absolute()) or KnownBook(str(book.absolute()))
            self.unlock(found, passphrase)
        elif known:
            self.unlock(known[0], passphrase)
        else:
            self.first_run()

    def first_run(self) -> None:
        """Language, work, name, five words, recovery sheet."""
        from shg_desk.ui.first_run import FirstRun
        from shg_desk.ui.first_run import FirstRunVerbs
        from shg_desk.ui.practice import practice_exists

        practice = self.open_practice if practice_exists() else None
        verbs = FirstRunVerbs(
            propose_phrase,
            self._make_book,
            self._language_chosen,
            self._letters_chosen,
            practice=practice,
            other_book=self.other_book,
        )
        self._show(FirstRun(self.words, verbs))

    def unlock(self, book: KnownBook, passphrase: str = "") -> None:
        """The page that asks for the passphrase; with one at hand the book opens at once."""
        self._opening = book
        verbs = UnlockVerbs(
            self._open, self.open_practice, self.other_book, self._language_chosen, self._letters_chosen
        )
        self._show(UnlockPage(self.words, book.name, verbs))
        if passphrase:
            self._open(passphrase)

    def other_book(self) -> None:
        """A book that lies elsewhere, or a new one."""
        folder = QFileDialog.getExistingDirectory(
            self.screen, self.words._("Choose the folder of the book"), str(self._books)
        )
        if not folder:
            return
        path = Path(folder)
        if not (path / "book.db").exists():
            inside = sorted(path.glob(f"*{BOOK_ENDING}/book.db"))
            path = inside[0].parent if inside else path
        self.unlock(self.settings.book(path) or KnownBook(str(path)))

    def _show(self, screen: QWidget) -> None:
        """Another screen takes the place of the one in sight."""
        before, self.screen = self.screen, screen
        if before is None:
            room = screen.screen().availableGeometry().size()
            full = room.width() <= USUAL.width() or room.height() <= USUAL.height()
            screen.resize(USUAL.boundedTo(room))
        else:
            full = before.isMaximized()
            screen.setGeometry(before.geometry())
        if full:
            screen.showMaximized()
        else:
            screen.show()
        if before is not None:
            before.hide()
            before.deleteLater()
        screen.activateWindow()

    # -- opening and making

    def _open(self, passphrase: str) -> None:
        book = self._opening
        if book is None:
            return
        path, twin = Path(book.path), [False]

        def make() -> Desk:
            desk, twin[0] = open_typed(path, passphrase)
            return desk

        self.runner.open(make, lambda: self._opened(other_layout=twin[0]), self._tell_problems)

    def _make_book(self, answers: FirstAnswers) -> None:
        self._language_chosen(answers.lang)  # also one that was accepted as it stood
        role = "office" if answers.work == "office" else "desk"
        first = FirstBook(self._books, role, answers.place, answers.person, answers.passphrase)
        go = {"print": "recovery", "copy": "recovery", "later": ""}[answers.recovery]
        if answers.work == "join":
            go = "join"
        self.runner.open(
            lambda: make_first_book(first, cost=self._cost), lambda: self._opened(go, how=answers.recovery)
        )

    def _opened(self, go: str = "", *, how: str = "", other_layout: bool = False) -> None:
        self.runner.run(read_facts, lambda read: self._work(*read, go=go, how=how, other_layout=other_layout))

    def _work(self, facts: BookFacts, key: bytes, *, go: str, how: str, other_layout: bool) -> None:
        path = str(facts.path)
        self.settings.opened(KnownBook(path, facts.is_practice))
        session = Session(self.runner, self.settings, facts, key)
        self.work = Workplace(self.words, session)
        self.work.window.closing.connect(self.end)
        self.work.leave_book.connect(self.leave_book)
        self.work.practice_asked.connect(self.leave_for_practice)
        self._show(self.work.window)
        if facts.by_sheet:
            go, how = "settings", NEW_PASSPHRASE
        self.work.begin(go, how)
        if other_layout:
            said = self.words._("The passphrase was typed with another keyboard. It fits all the same.")
            self.work.window.toast(said)

    def leave_for_practice(self) -> None:
        """The book is locked, and the practice book opens; what it takes to make it is shown on the page between."""
        self.leave_book(self.open_practice)

    def leave_book(self, then: Callable[[], None] | None = None) -> None:
        """Lock: the book is closed, and its unlock page is shown; from the practice book back to a real one."""
        facts = self.work.session.facts if self.work is not None else None
        if self.work is not None:
            self.work.session.lending.end_now()
        self.work = None
        self.runner.shut(lambda: self._after_leaving(facts, then))

    def _after_leaving(self, facts: BookFacts | None, then: Callable[[], None] | None) -> None:
        known = self.settings.books()
        if facts is not None and facts.is_practice:
            known = [one for one in known if not one.practice] or known
        if known:
            self.unlock(known[0])
        else:
            self.first_run()
        if then is not None:
            then()

    # -- practice

    def open_practice(self) -> None:
        """The practice book: made by the demo in a child process the first time."""
        if self.practice is None:
            from shg_desk.ui.practice import PracticeMaker

            self.practice = PracticeMaker(self.words, self.settings, self._books, self)
            self.practice.ready.connect(self._practice_ready)
            self.practice.failed.connect(self._say)
        self.practice.begin(self.screen)

    def _practice_ready(self, path: str, passphrase: str) -> None:
        self.unlock(KnownBook(path, practice=True), passphrase)

    # -- settings and trouble

    def _language_chosen(self, lang: str) -> None:
        self.settings.keep("lang", lang)

    def _letters_chosen(self, percent: int) -> None:
        self.settings.keep("letters", percent)

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        from shg_desk.i18n.messages import sentence

        self._say("\n".join(sentence(self.words, problem) for problem in problems))

    def _say(self, what: str) -> None:
        """Words for the screen in sight, wherever it has a place for them."""
        screen: object = self.screen
        if isinstance(screen, _Asking):
            screen.tell_problem(what)
        elif self.work is not None:
            self.work.window.trouble(self.words._("This could not be done"), what)

    def _keep_mishap(self, text: str) -> None:
        """What nobody foresaw is kept for whoever mends it, on this computer only."""
        file = settings_folder() / MISHAPS
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.exists() and file.stat().st_size > MISHAPS_LIMIT_BYTES:
                file.unlink()
            with file.open("a", encoding="utf-8") as out:
                out.write(text + "\n")

    def end(self) -> None:
        """The book is closed; long work is stopped, whatever else was asked for is finished first."""
        if self.work is not None:
            self.work.session.lending.end_now()
        self.runner.stop()


def read_facts(desk: Desk) -> tuple[BookFacts, bytes]:
    """What the window has to know of an open book, and its key for the program's own child processes."""
    owner = owner_of(desk)
    facts = BookFacts(
        path=desk.folder.absolute(),
        name=owner.place,
        person=owner.person,
        is_office=desk.is_office,
        is_practice=desk.is_practice,
        currency=desk.currency,
        slot=desk.slot,
        role=desk.role,
        by_sheet=by_sheet(desk),
        ways=own_keys(desk).content(),
    )
    return facts, desk.book_key


def asked_for(arguments: Sequence[str]) -> tuple[Path | None, str]:
    """The book and the language named on the command line."""
    found = {"--book": "", "--lang": ""}
    queue = list(arguments)
    while queue:
        name, mark, value = queue.pop(0).partition("=")
        if name in found:
            found[name] = value if mark else (queue.pop(0) if queue else "")
    return (Path(found["--book"]) if found["--book"] else None), found["--lang"]


def own_language(settings: Settings, named: str = "") -> str:
    """The language to begin with: the one named, the one used last, or this computer's."""
    for lang in (named, settings.text("lang")):
        if lang in LANGUAGES:
            return lang
    return closest(QLocale.system().name())


def open_window(arguments: Sequence[str]) -> int:
    """Opens the desktop and stays until it is closed; gives the exit code."""
    book, lang = asked_for(arguments)
    settings = Settings()
    letters = settings.number("letters", 100)
    if letters in tokens.LETTER_SIZES:
        tokens.set_letter_size(letters)
    application = theme.make_application(["shg-desk"])
    words = Words(own_language(settings, lang))
    application.installTranslator(QtWords(words, application))
    desktop = Desktop(words, settings)
    desktop.crashes.install()
    desktop.start(book, os.environ.pop(PASSPHRASE, ""))
    from shg_desk.ui.papers import forget_old_papers  # the window is in sight first

    forget_old_papers()
    code = application.exec()
    desktop.end()
    return code
