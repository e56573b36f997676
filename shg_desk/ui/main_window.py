"""The one window: rail, header, the pages made on first visit, hint bar, toast, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.language_and_letters import change_letters
from shg_desk.ui.language_and_letters import size_asked
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.page import PageHolder
from shg_desk.ui.page import saved_words
from shg_desk.ui.page import unsaved_words
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import CursorInSight
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.curtain import Curtain
from shg_desk.ui.parts.curtain import PracticeEdge
from shg_desk.ui.parts.focus import FocusRing
from shg_desk.ui.parts.focus import alive
from shg_desk.ui.parts.header import Header
from shg_desk.ui.parts.hint_bar import HintBar
from shg_desk.ui.parts.rail import Look
from shg_desk.ui.parts.rail import Rail
from shg_desk.ui.parts.rail import RailPlace
from shg_desk.ui.parts.toast import Toast
from shg_desk.ui.visits import Visits
from shg_desk.ui.work_strip import WorkStrip

PageFactory = Callable[[Frame], Page]
LEAST = QSize(1024, 600)
HISTORY = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the rail: name, icon, its word marked for the catalogues; `foot` for the settings, at Ctrl+0.

    `number` says its keys (`keys.place_caps`) where it is not simply its turn on the rail.
    """

    key: str
    icon: str
    words: Marked
    rule_after: bool = False
    foot: bool = False
    number: int = 0


class MainWindow(QWidget):
    """The frame of all pages; it is the `Frame` they are given.

    `places` make the rail in order (`keys.place_caps`, settings Ctrl+0); `pages` makes a page by name when it is first
    visited, those of the rail and others (`member`). `languages` are what Ctrl+Shift+L goes through.
    """

    language_changed = Signal(str)
    letters_changed = Signal(int)
    help_asked = Signal(str)
    find_asked = Signal()
    closing = Signal()
    told = Signal(object)
    """What was changed, whoever changed it: the names as pages get them."""

    def __init__(
        self,
        words: Words,
        places: Sequence[Place],
        pages: Mapping[str, PageFactory],
        *,
        look: Look = Look.DESK,
        languages: Sequence[str] = tuple(LANGUAGES),
    ) -> None:
        super().__init__()
        self._words, self._places, self._factories = words, tuple(places), dict(pages)
        self._languages, self._look = tuple(languages), look
        self._pages: dict[str, Page] = {}
        self._holders: dict[str, PageHolder] = {}
        self._here = self._toast_here = ""
        self._saved_at: datetime | None = None
        self.gate: Callable[[str, object], bool] | None = None
        self._history: list[tuple[str, object]] = []
        self._visits = Visits()
        self._build()
        self._retranslate()
        self.setMinimumSize(LEAST)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        CursorInSight(self.stack)

    def _build(self) -> None:
        shortcuts = {key: "+".join(keys.place_caps(number)) for number, key in self._by_number().items()}
        there = [RailPlace(p.key, p.icon, "", p.rule_after, p.foot, shortcuts.get(p.key, "")) for p in self._places]
        self.rail = Rail(there, self._look)
        self.rail.chosen.connect(self.go)
        self.header = Header()
        self.hint_bar = HintBar()
        self.stack = QStackedWidget()
        edge = 4 if self._look is Look.PRACTICE else 0
        self._edge = PracticeEdge(self) if edge else None
        outer = columns(self, margins=(edge, edge, edge, edge), gap=0)
        outer.addWidget(self.rail)
        right = rows(gap=0)
        right.addWidget(self.header)
        self.notice = Banner("wrong")
        self.notice.button_pressed.connect(self.notice.hide)
        self.notice.hide()
        right.addWidget(self.notice)
        right.addWidget(self.stack, 1)
        self.work_strip = WorkStrip(self._words)
        right.addWidget(self.work_strip)
        self.foot = rows(gap=0)
        right.addLayout(self.foot)
        right.addWidget(self.hint_bar)
        outer.addLayout(right, 1)
        self._toast = Toast(self, self.hint_bar)
        self._ring = FocusRing(self)
        keys.OnceHeld(self)
        self._curtain = Curtain(self)

    # -- what pages ask

    @property
    def words(self) -> Words:
        """The words of the language in force."""
        return self._words

    def go(self, place: str, target: object = None) -> None:
        """Show a page; made on the first visit. A page that will not be left keeps the person."""
        if self._visit(place, target) and (not self._history or self._history[-1] != (place, target)):
            self._history.append((place, target))
            del self._history[:-HISTORY]

    def back(self) -> None:
        """The page before; nothing happens on the first one."""
        if len(self._history) > 1 and self._visit(*self._history[-2], back=True):
            self._history.pop()

    def toast(
        self, words: str, undo: Callable[[], None] | None = None, *, here: bool = False, done: bool = True
    ) -> None:
        """Tell what has happened."""
        self._toast.tell(words, self._words._("Take back"), undo, done=done)
        self._toast_here = self._here if here else ""
        self._curtain.raise_()  # what is hidden stays hidden

    def trouble(self, title: str, words: str) -> None:
        """Tell above the page what went wrong and has no place on it; it stays until it is closed or a page is left."""
        self.notice.tell(title, words, "", self._words._("Understood"))
        self.notice.show()

    def saved(self, at: datetime | None) -> None:
        """When something was kept or written last, at the right of the hint bar, in any language."""
        self._saved_at = at
        self._show_saved()

    def _show_saved(self) -> None:
        page = self._pages.get(self._here)
        is_typed = page is not None and page.holds_typing()
        self.hint_bar.set_saved(unsaved_words(self._words) if is_typed else saved_words(self._words, self._saved_at))

    def tell(self, changes: Collection[str]) -> None:
        """Let every page made so far read again; the one in sight first."""
        pages = sorted(self._pages.items(), key=lambda named: named[0] != self._here)
        for _, page in pages:
            page.refresh(changes)
        self._show_head()
        self.told.emit(frozenset(changes))

    def set_badge(self, place: str, count: int) -> None:
        """A count at a place of the rail."""
        self.rail.set_badge(place, count)

    def page(self, place: str | None = None) -> Page:
        """A page made already: the one in sight, or the named one. Raises KeyError for one never visited."""
        return self._pages[self._here if place is None else place]

    def here(self) -> str:
        """The name of the page in sight; empty before the first."""
        return self._here

    # -- going

    def _visit(self, place: str, target: object, *, back: bool = False) -> bool:
        if self.gate is not None and not self.gate(place, target):
            return False
        before, page = self._pages.get(self._here), self._made(place)
        if not self._visits.leave(before, page, back=back):
            self._kept_here()
            return False
        if place != self._here:
            self.notice.hide()
            if self._toast_here:  # it spoke of keys of the page that is left
                self._toast.hide()
        self._here = place
        stands = self._visits.stands(page, back=back)
        if not stands:
            (page.come_back if back else page.open)(target)
        self.rail.choose(page.place or place)
        self.stack.setCurrentWidget(self._holders[place])
        if stands:
            page.refresh(())
        self._show_head()
        self._visits.arrive(page, self.header.title)
        return True

    def _made(self, place: str) -> Page:
        if place not in self._pages:
            page = self._pages[place] = self._factories[place](self)
            page.reworded.connect(self._reworded)
            self._holders[place] = PageHolder(page)
            self.stack.addWidget(self._holders[place])
            page.retranslate()
        return self._pages[place]

    def _kept_here(self) -> None:
        """Who may not leave sees why: where the page under help keeps them, that one comes back."""
        page = self._pages[self._here]
        self.back() if page.on_the_way else self.rail.choose(page.place or self._here)

    def _reworded(self) -> None:
        if self.sender() is self._pages.get(self._here):
            self._show_head()

    def _show_head(self) -> None:
        page = self._pages.get(self._here)
        if page is None:
            return
        title = page.title()
        if self._look is Look.PRACTICE:
            title = self._words._("Practice: {title}").format(title=title)
        self.header.set_words(title, page.sentence())
        self.header.set_controls(page.controls(), page.before_title())
        self._give_room(page)
        self.setWindowTitle(f"{title} · SHG Desk")
        self._show_hints()

    def _focus_moved(self) -> None:
        if alive(self):  # the window may be just going
            self._show_hints()

    def _give_room(self, page: Page) -> None:
        """The rail shows icons only while the page needs its room and has enough with it."""
        self.rail.give_room(gives=page.whole_width() > self.width() - self.rail.whole_width())

    def _show_hints(self) -> None:
        page = self._pages.get(self._here)
        if page is not None:
            self.hint_bar.set_hints(page.hints())
            self._show_saved()

    # -- language and letters

    def switch_language(self, lang: str) -> None:
        """Every word of the window in another language, at once."""
        self._words.switch(lang)
        self._toast.hide()  # said already, in the language of before; Ctrl+Z still takes it back
        self._retranslate()
        self.language_changed.emit(lang)

    def _retranslate(self) -> None:
        self.rail.set_words({p.key: self._words.say(p.words) for p in self._places})
        self._curtain.set_words(self._words._("The screen is hidden"), self._words._("F9 shows it again"))
        self.work_strip.retranslate()
        for page in self._pages.values():
            page.retranslate()
        self._show_head()

    def set_letter_size(self, percent: int) -> None:
        """100, 125 or 150 %: everything is measured anew, nothing typed is lost."""
        if percent == tokens.letter_size():
            return
        change_letters(self, percent)
        self._toast.place()
        self._show_head()
        self.letters_changed.emit(percent)

    def _next_language(self) -> None:
        known = [lang for lang in self._languages if lang == self._words.lang or self._words.has_texts(lang)]
        at = known.index(self._words.lang) if self._words.lang in known else -1
        self.switch_language(known[(at + 1) % len(known)])

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._curtain.isVisible():
            self._curtain.take_key(event)
            return
        page = self._pages.get(self._here)
        focus = QApplication.focusWidget()
        outside = page is not None and (focus is None or not page.isAncestorOf(focus))
        taken = self._everywhere(event) or (page is not None and outside and page.on_key(event))
        if taken or (keys.is_ctrl(event, "Z") and self._toast.take_back()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _everywhere(self, event: QKeyEvent) -> bool:
        """The keys of every page; True when one of them was pressed."""
        plain: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_F1: lambda: self.help_asked.emit(self._pages[self._here].help_topic() if self._here else ""),
            Qt.Key.Key_F9: self.hide_screen,
            Qt.Key.Key_F11: self.showNormal if self.isFullScreen() else self.showFullScreen,
            Qt.Key.Key_Slash: self._find,
        }
        typing = isinstance(QApplication.focusWidget(), QLineEdit)  # a stroke belongs to what is being typed: 5/3/85
        for key, run in plain.items():
            if keys.is_plain(event, key) and not (typing and key is Qt.Key.Key_Slash):
                run()
                return True
        if keys.is_alt(event, Qt.Key.Key_Left):
            self.back()
            return True
        if keys.is_ctrl(event, "L", shift=True):
            self._next_language()
            return True
        if keys.is_ctrl(event, "F"):
            self._find()
            return True
        return self._ctrl_sign(event)

    def _ctrl_sign(self, event: QKeyEvent) -> bool:
        if size := size_asked(event):
            self.set_letter_size(size)
            return True
        number = keys.place_number(event)
        wanted = "" if number is None else self._by_number().get(number, "")
        if wanted:
            self.go(wanted)
        elif number is not None:  # places keep their numbers where one is missing: not every number leads somewhere
            told = self._words._("{keys} leads nowhere here. What Ctrl leads to: {list}")
            said = told.format(keys="+".join(keys.place_caps(number)), list=self._numbers_said())
            self._toast.tell(said, done=False)
        return number is not None

    def _by_number(self) -> dict[int, str]:
        """The places by their numbers, the one at the foot by 0."""
        body = [p for p in self._places if not p.foot]
        found = {p.number or turn: p.key for turn, p in enumerate(body, start=1)}
        return {0: next((p.key for p in self._places if p.foot), ""), **found}

    def _numbers_said(self) -> str:
        """Every place after what is pressed with Ctrl, as they stand on the rail."""
        words = {p.key: self._words.say(p.words) for p in self._places}
        caps = {key: "+".join(keys.place_caps(number)[1:]) for number, key in self._by_number().items()}
        return " · ".join(f"{caps[p.key]}\u00a0{words[p.key]}" for p in self._places if p.key in caps)

    def _find(self) -> None:
        page = self._pages.get(self._here)
        before = QApplication.focusWidget()
        if page is not None:
            page.focus_find()
        if QApplication.focusWidget() is before:
            self.find_asked.emit()

    def hide_screen(self) -> None:
        """F9: a plain sheet over everything, until F9 again."""
        self._curtain.draw()

    # -- window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._here in self._pages:
            self._give_room(self._pages[self._here])
        self._toast.place()
        self._curtain.setGeometry(self.rect())
        if self._edge is not None:
            self._edge.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._visits.leave(self._pages.get(self._here), None):
            self._kept_here()
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
