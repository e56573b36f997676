"""The window of an open book: the rail of its role, badges, the word of saving, languages, and its pages kept true."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.pages import makers
from shg_desk.ui.pages import rail_of
from shg_desk.ui.parts.focus import alive
from shg_desk.ui.parts.rail import Look
from shg_desk.ui.role_words import has_place
from shg_desk.ui.session import Session

if TYPE_CHECKING:
    from shg_desk.actions.views_badges import Badges
    from shg_desk.ui.handed_over import HandedOver
    from shg_desk.ui.lesson_strip import LessonStrip

LESSON_LOOKS_MS = 2000
BADGES_AFTER_MS = 400
"""Badges are counted once things are quiet."""


class Workplace(QObject):
    """Joins window and session. `leave_book` asks to lock the book or to go back from the practice book,
    `practice_asked` to open that in its place.
    """

    leave_book = Signal()
    practice_asked = Signal()

    def __init__(self, words: Words, session: Session) -> None:
        super().__init__()
        self.words, self.session = words, session
        facts = session.facts
        look = Look.OFFICE if facts.is_office else Look.DESK
        if facts.is_practice:
            look = Look.PRACTICE
        self._makers = makers(session)
        self._places = [one for one in rail_of(office=facts.is_office) if has_place(facts.role, one.key)]
        self.window = MainWindow(words, self._places, self._makers, look=look)
        self._keep_gate()
        self._badge_timer = QTimer(self)
        self._badge_timer.setSingleShot(True)
        self._badge_timer.setInterval(BADGES_AFTER_MS)
        self._badge_timer.timeout.connect(self._count_badges)
        session.listen(self.window.tell)
        session.lending.added = self.window.work_strip.follow
        session.lending.held_back = self._say_held_back
        session.leave = self.leave_book.emit
        session.practice = self.practice_asked.emit
        session.hand = self.hand_over
        self.handed: HandedOver | None = None
        window = self.window
        window.told.connect(self._told)
        window.language_changed.connect(self._language_changed)
        window.letters_changed.connect(lambda percent: session.settings.keep("letters", percent))
        window.find_asked.connect(lambda: self._go_if_there("today", "find"))
        window.help_asked.connect(self._help)
        self.lesson_strip: LessonStrip | None = None
        if facts.is_practice and not facts.is_office:
            self._add_lessons()
        self._set_owner()
        self.window.saved(None)

    def _add_lessons(self) -> None:
        """The practice book shows the lesson that is followed; drafts tell nobody, so it looks again now and then."""
        from shg_desk.ui.lesson_strip import LessonStrip

        self.lesson_strip = LessonStrip(self.words)
        self.lesson_strip.asked.connect(lambda: self._go_if_there("lessons"))
        self.window.foot.addWidget(self.lesson_strip)
        self._lesson_timer = QTimer(self)
        self._lesson_timer.setInterval(LESSON_LOOKS_MS)
        self._lesson_timer.timeout.connect(lambda: None if self.session.runner.busy() else self.look_at_lessons())
        self._lesson_timer.start()
        for ending in (self.leave_book, self.practice_asked):
            ending.connect(self._lesson_timer.stop)
        self.window.closing.connect(self._lesson_timer.stop)
        self.lesson_strip.retranslate()

    def look_at_lessons(self) -> None:
        """How far the lesson has come."""
        from shg_desk.actions.lessons import lessons

        if self.lesson_strip is not None:
            self.session.run(lessons, self.lesson_strip.show_lessons, lambda _problems: None)

    def hand_over(self, group: str, name: str) -> None:
        """Hand the window to the treasurer of a group, until the passphrase is given again."""
        from shg_desk.ui.handed_over import HandedOver

        if self.handed is None:
            self.handed = HandedOver(self.window, self.session, self.words, group, name, self._given_back)

    def _given_back(self) -> None:
        self.handed = None
        self._keep_gate()

    def _keep_gate(self) -> None:
        """Pages that a person's role has not are not shown; that is a curtain, for each passphrase opens the book."""
        role = self.session.facts.role
        if role.does_all:
            return

        def lets(place: str, _target: object) -> bool:
            if not has_place(role, place):
                self.window.toast(self.words._("This page belongs to the animator's passphrase."))
                return False
            return True

        self.window.gate = lets

    @property
    def place_keys(self) -> list[str]:
        """The places of the rail, in order."""
        return [place.key for place in self._places]

    def begin(self, go: str = "", how: str = "") -> None:
        """The first page: the one asked for, else the first on the rail."""
        home = self._places[0].key
        self.window.go(home)
        if go and go in self._makers:
            self.window.go(go, how or None)
        self.session.run(lambda _desk: None, self._page_is_there)

    def _page_is_there(self, _nothing: None) -> None:
        """Answered after all the first page asked for: what is counted for the rail comes behind its rows."""
        if not alive(self.window):
            return
        page, cursor = self.window.page(), QApplication.focusWidget()
        if cursor is None or not page.isAncestorOf(cursor):  # two pages were gone to at once: the cursor is on neither
            page.focus_first()
        self._badge_timer.start(BADGES_AFTER_MS)

    def _help(self, topic: str) -> None:
        """F1: the page's help with the keys that are true on it at this moment; on the help itself it goes back."""
        if self.window.here() == "help":
            self.window.back()
        else:
            self._go_if_there("help", (topic, tuple(self.window.page().hints())))

    def _go_if_there(self, key: str, target: object = None) -> None:
        if key in self._makers:
            self.window.go(key, target)

    def _set_owner(self) -> None:
        facts, say = self.session.facts, self.words._
        person = facts.person or (say("Office of the district") if facts.is_office else "")
        self.window.rail.set_owner(facts.name, person)

    def _told(self, _changes: object) -> None:
        """Something was written, by whichever page: it is said to be saved, and badges are counted."""
        self.look_at_lessons()
        self.window.saved(datetime.now().astimezone())
        self._badge_timer.start(BADGES_AFTER_MS)

    def _say_held_back(self) -> None:
        self.window.toast(self.words._("It will be written as soon as the work at the foot of the page has ended."))

    def _language_changed(self, lang: str) -> None:
        if self.handed is not None:
            self.handed.strip.retranslate()
        self.session.settings.keep("lang", lang)
        if self.lesson_strip is not None:
            self.lesson_strip.retranslate()
        self._set_owner()
        if not self.words.has_texts(lang):
            told = self.words._("{language}: not translated yet. Everything is shown in Russian.")
            self.window.toast(told.format(language=LANGUAGES[lang]))

    # -- badges

    def _count_badges(self) -> None:
        from shg_desk.actions.views_badges import badges

        self.session.run(badges, self._show_badges, lambda _problems: None)

    def _show_badges(self, counted: Badges) -> None:
        if not alive(self.window):
            return  # the book was left meanwhile
        shown = {"exchange": counted.unsent, "inbox": counted.inbox, "differences": counted.differences}
        there = {place.key for place in self._places}
        for key, count in shown.items():
            if key in there and count is not None:
                self.window.set_badge(key, count)
        if counted.differences is None:
            self._badge_timer.start(0)
