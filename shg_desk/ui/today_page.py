"""Today: the meetings of the week, what waits for somebody, where this laptop's records are, and finding anything."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_today import MeetingAhead
from shg_desk.actions.views_today import Today
from shg_desk.actions.views_today import Waiting
from shg_desk.actions.views_today import today_at_first
from shg_desk.i18n import formats
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.find_box import FindBox
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.focus import alive
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.list_card import Item
from shg_desk.ui.parts.list_card import ListCard
from shg_desk.ui.parts.table import Table
from shg_desk.ui.today_records import RecordCards
from shg_desk.ui.today_words import hit_below
from shg_desk.ui.today_words import hit_kind
from shg_desk.ui.today_words import meeting_lines
from shg_desk.ui.today_words import meeting_when
from shg_desk.ui.today_words import waiting_lines

if TYPE_CHECKING:
    from shg_desk.actions.views_people import Found
    from shg_desk.actions.views_people import Hit

WAITS_SHOWN = 5
HIT_ICONS = {"person": "person", "household": "house", "group": "people"}
WAIT_ICONS = {
    "difference": ("triangle", tokens.AMBERMARK),
    "overdue": ("clock", tokens.AMBERMARK),
    "twice": ("differences", tokens.AMBERMARK),
    "silent": ("calendar", tokens.LAKE),
    "sheets": ("print", tokens.LAKE),
    "term": ("person", tokens.LAKE),
    "vacant": ("person", tokens.LAKE),
    "recovery": ("key", tokens.AMBERMARK),
    "broken": ("scales", tokens.AMBERMARK),
    "papers": ("print", tokens.LAKE),
    "late": ("clock", tokens.AMBERMARK),
    "after-death": ("person", tokens.AMBERMARK),
}


class TodayPage(DeskPage):
    """Picture 02. `open("find")` puts the cursor into the find box."""

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._view: Today | None = None
        self._all_waits = False
        self._wants_find = False
        self._actions: list[QAbstractButton] = []
        self.find_box = FindBox()
        self.find_box.textChanged.connect(lambda _text: self.after_pause(self._search))
        self.find_box.entered.connect(self._open_first_hit)
        self.find_box.down_asked.connect(self._into_hits)
        self._build()

    def _build(self) -> None:
        body = rows(self, margins=(20, 12, 20, 12))
        self.results = Table([], row_height=(36, 36))
        self.results.view.opened.connect(lambda row, _column: self._open_hit(row))
        self.results_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD, wrap=True)
        body.addWidget(self.results_title)
        body.addWidget(self.results, 1)
        self._empty = EmptyState()
        self._empty.pressed.connect(lambda: self.frame.go("groups", "new"))
        left = rows(gap=8)
        head = columns(gap=12)
        self._meetings_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD)
        self._week = Label(size=tokens.GRID, ink=tokens.INK2)
        head.addWidget(self._meetings_title)
        head.addStretch(1)
        head.addWidget(self._week)
        left.addLayout(head)
        left.addWidget(self._empty)
        self.meetings = ListCard()
        left.addWidget(self.meetings)
        self._no_meetings = Label(ink=tokens.INK2, wrap=True)
        left.addWidget(self._no_meetings)
        left.addSpacing(tokens.px(6))
        self._waits_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD)
        left.addWidget(self._waits_title)
        self.waits = ListCard()
        left.addWidget(self.waits)
        self._all_link = LinkButton()
        self._all_link.clicked.connect(self._show_all_waits)
        left.addWidget(self._all_link, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        self.records = RecordCards(self.frame)
        self._day = MainAndSide(left, self.records, side_width=330)
        body.addWidget(self._day, 1)
        body.addStretch(0)
        self._show_results(found=None)

    # -- what the window asks

    def title(self) -> str:
        return self.frame.words._("Today")

    def sentence(self) -> str:
        if self._view is None:
            return ""
        words, day = self.frame.words, self._view.on
        weekday = formats.weekday(words, day)
        return f"{weekday[:1].upper()}{weekday[1:]}, {formats.date(day)} · {self._view.book}"

    def controls(self) -> Sequence[QWidget]:
        return (self.find_box,)

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        found = [Hint(("↑", "↓"), words._("choose")), Hint(("Enter",), words._("open"))]
        if self.find_box.text():
            return (*found, Hint(("Esc",), words._("back to today"), self.find_box.clear))
        return (
            *found,
            Hint(("Ctrl", "F"), words._("find")),
            Hint(("F1",), words._("help")),
            Hint(("F9",), words._("hide the screen")),
        )

    def open(self, target: object = None) -> None:
        self._wants_find = target == "find"
        self.arrive()
        self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self.ask("today", today_at_first, self._arrived)

    def _arrived(self, view: Today) -> None:
        """Show what is known and ask for the rest; other wishes come between."""
        if not alive(self):
            return  # the book was left meanwhile
        shown = view
        if not view.is_whole and self._view is not None:
            before = {(one.group, one.on): one.expected_minor for one in self._view.meetings}
            meetings = (
                replace(one, expected_minor=before.get((one.group, one.on))) if one.expected_minor is None else one
                for one in view.meetings
            )
            shown = replace(view, meetings=tuple(meetings))
        if shown != self._view:  # a further part may have found nothing new to show
            self._show(shown)
        if not view.is_whole:
            from shg_desk.actions.views_today_rest import today_further

            self.ask("today", partial(today_further, view=view), self._arrived)

    def focus_find(self) -> None:
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    def focus_first(self) -> None:
        if self._wants_find:
            self.focus_find()
        elif self._actions:
            self._actions[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if self.results.isVisible():
            if keys.is_plain(event, Qt.Key.Key_Escape):
                self.find_box.clear()
                self.find_box.setFocus()
                return True
            return False
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not step or keys.held(event) or not self._actions:
            return False
        here = QApplication.focusWidget()
        at = self._actions.index(here) if isinstance(here, QAbstractButton) and here in self._actions else -1
        at = max(0, min(at + step, len(self._actions) - 1))
        self._actions[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- the day

    def retranslate(self) -> None:
        words = self.frame.words
        self.find_box.set_words(words._("Find a person, household or group"))
        self._meetings_title.setText(words._("Meetings"))
        self._week.setText(words._("this week"))
        self._waits_title.setText(words._("Waits for attention"))
        self._no_meetings.setText(words._("No meeting is planned this week."))
        self._empty.set_words(words._("Start with a group."), words._("Make a group"), ("Enter",))
        self.records.retranslate()
        if self._view is not None:
            self._show(self._view)

    def _show(self, view: Today) -> None:
        before = QApplication.focusWidget()
        at = next((i for i, one in enumerate(self._actions) if one is before), None)
        self._view = view
        self._actions = []
        self._empty.setVisible(not view.groups)
        self.meetings.setVisible(bool(view.meetings))
        self._no_meetings.setVisible(bool(view.groups) and not view.meetings)
        self._week.setVisible(bool(view.meetings))
        self.meetings.set_items([self._meeting(one, first=not i) for i, one in enumerate(view.meetings)])
        shown = view.waiting if self._all_waits else view.waiting[:WAITS_SHOWN]
        self._waits_title.setVisible(bool(shown))
        self.waits.setVisible(bool(shown))
        self.waits.set_items([self._wait(one) for one in shown])
        rest = len(view.waiting) - len(shown)
        self._all_link.setVisible(rest > 0)
        self._all_link.set_words(self.frame.words._("All {n}").format(n=len(view.waiting)))
        if not view.groups:
            self._actions = [self._empty.button]
        elif rest > 0:
            self._actions.append(self._all_link)
        self.records.show_records(view.records, view.on)
        self._actions += self.records.buttons()
        if at is not None and self._actions:
            self._actions[min(at, len(self._actions) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.settle_cursor()
        self.reworded.emit()

    def _meeting(self, one: MeetingAhead, *, first: bool) -> Item:
        words = self.frame.words
        assert self._view is not None
        title, below = meeting_lines(words, one)
        hour, beside = meeting_when(words, one, self._view.on)
        button = Button(kind="primary" if first else "secondary", keys=("Enter",) if first else ())
        word = words._("Go on") if one.done is not None else words._("Open the sheet")
        button.set_words(word, f"{word}: {title}, {beside}")
        button.clicked.connect(partial(self._open_sheet, one))
        self._actions.append(button)
        below = f"{below} · {beside}" if beside else below
        ink = tokens.GROUP_COLOURS[one.colour]
        return Item(title, below, icon="group_mark", icon_ink=ink, hour=hour, side=button)

    def _open_sheet(self, one: MeetingAhead) -> None:
        """A sheet that is begun goes on; of another one the day is asked first, the planned one in grey."""
        self.ways.open_sheet(one.group)

    def _wait(self, one: Waiting) -> Item:
        title, below, word = waiting_lines(self.frame.words, one)
        icon, ink = WAIT_ICONS[one.kind]
        side = LinkButton()
        side.set_words(word, f"{word}: {title}")
        side.clicked.connect(partial(self._go_to, one))
        self._actions.append(side)
        return Item(title, below, icon=icon, icon_ink=ink, side=side)

    def _go_to(self, one: Waiting) -> None:
        ways: dict[str, Callable[[], None]] = {
            "difference": lambda: self.frame.go("ledger", (one.group, "differences")),
            "overdue": lambda: self.frame.go("loans", "late"),
            "twice": lambda: self.frame.go("differences"),
            "silent": lambda: self.frame.go("groups", one.group),
            "sheets": lambda: self.frame.go("reports", "week"),
            "broken": lambda: self.frame.go("ledger", (one.group, one.facts.get("place"))),
            "papers": lambda: self.frame.go("reports", "waiting"),
            **dict.fromkeys(("late", "after-death"), lambda: self._to_late_record(one)),
            **dict.fromkeys(("term", "vacant"), lambda: self.frame.go("groups", (one.group, "officers"))),
            "recovery": lambda: self.frame.go("settings", "recovery"),
        }
        ways[one.kind]()

    def _to_late_record(self, one: Waiting) -> None:
        """Where it is answered, at an office and in a book of none; at an office's laptop where it can be put right."""
        if self._view is not None and (self._view.records.is_office or not self._view.records.has_office):
            self.frame.go("differences")
        else:
            self.frame.go("ledger", one.group)

    def _show_all_waits(self) -> None:
        self._all_waits = True
        if self._view is not None:
            self._show(self._view)

    # -- finding

    def _search(self) -> None:
        text = self.find_box.text()
        if not text.strip():
            self._show_results(None)
        else:
            from shg_desk.actions.views_people import find

            self.ask("find", partial(find, search=text), self._show_results)

    def _show_results(self, found: Found | None) -> None:
        words = self.frame.words
        self._hits: tuple[Hit, ...] = found.hits if found is not None else ()
        self._day.setVisible(found is None)
        self.results_title.setVisible(found is not None)
        self.results.setVisible(bool(self._hits))
        if found is not None:
            count = words.n_("{n} found", "{n} found", len(found.hits)).format(n=len(found.hits))
            self.results_title.setText(count if found.hits else words._("Nothing is found by this spelling."))
            if found.more:
                self.results_title.setText(words._("{what}; type more letters to see the others").format(what=count))
            self.results.set_columns(
                (
                    Column(words._("Name"), 300, grows=2, wraps=True),
                    Column(words._("What it is"), 150),
                    Column(words._("Where"), 260, grows=1, wraps=True),
                    Column(words._("Village"), 150, wraps=True),
                )
            )
            self.results.set_rows([self._hit_row(hit) for hit in self._hits])
        self.reworded.emit()

    def _hit_row(self, hit: Hit) -> Row:
        words = self.frame.words
        name = link(hit.name or hit_kind(words, hit.kind), icon=HIT_ICONS[hit.kind])
        below = hit_below(words, hit)
        return Row((name, Cell(hit_kind(words, hit.kind)), Cell(below), Cell(hit.place)), key=(hit.kind, hit.id))

    def _into_hits(self) -> None:
        if self._hits:
            self.results.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.results.view.put_cursor(0)
        elif self._actions and not self.find_box.text():
            self._actions[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first_hit(self) -> None:
        text = self.find_box.text()
        if text.strip():
            from shg_desk.actions.views_people import find

            self.ask("find", partial(find, search=text), self._found_at_once)

    def _found_at_once(self, found: Found) -> None:
        self._show_results(found)
        if len(found.hits) == 1:
            self._open_hit(0)
        else:
            self._into_hits()

    def _open_hit(self, row: int) -> None:
        hit = self._hits[row]
        if hit.kind == "group":
            self.frame.go("groups", hit.id)
        elif hit.kind == "household":
            self.frame.go("households", hit.id)
        else:
            from shg_desk.actions.views_people import household_of

            self.ask("home", partial(household_of, person=hit.id), lambda home: self.frame.go("households", home))
