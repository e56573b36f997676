"""Opening a sheet: which group, then which day; a draft that was begun goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.meeting_verbs import SheetOffer
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Rule
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import group_name
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.table import Table


class OpeningView(QWidget):
    """Groups in a list, today's first and chosen; Enter asks the day, Enter again opens. `opened` carries both."""

    opened = Signal(object, object)
    """The offer and the day; no day for a draft that goes on."""
    dropped = Signal(object)
    """The offer whose begun sheet is to be taken away."""
    groups_asked = Signal()
    last_asked = Signal(object)
    moved = Signal()
    """Another group has the cursor; other keys hold."""

    def __init__(self, words: Words, today: Callable[[], date]) -> None:
        super().__init__()
        self.words, self._today = words, today
        self._offers: tuple[SheetOffer, ...] = ()
        self._asked: SheetOffer | None = None
        self._left: str | None = None
        self._sure: str | date | None = None  # what was asked about once: the group of a sheet to go, or a day ahead
        line = columns(self, margins=(20, 16, 20, 16), gap=20)
        self.table = Table((), cursor="row", row_height=(40, 40))
        self.table.view.opened.connect(lambda row, _column: self._chosen(row))
        self.table.view.moved.connect(lambda row, _column: self._show(row))
        self.empty = EmptyState()
        self.empty.pressed.connect(self.groups_asked)
        left = rows(gap=0)
        left.addWidget(self.table, 1)
        left.addWidget(self.empty)
        left.addStretch(0)
        line.addLayout(left, 1)
        self.card = Card(" ", gap=10)
        self._line = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.day = Field(width=170)
        self.open_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.open_button.clicked.connect(self._open)
        self.away = Button(kind="secondary", keys=("Del",))
        self.away.clicked.connect(self._take_away)
        self.between = Button(keys=("Ins",))
        self.count = Button(keys=("F8",))
        self.last = Button(keys=("F4",))
        self.last.clicked.connect(self.ask_last)
        self._offers_last = self._only = False
        self._between: Callable[[str, str], None] | None = None
        self._rule = Rule()
        self.between.clicked.connect(lambda: self._leave_for("between"))
        self.count.clicked.connect(lambda: self._leave_for("count"))
        for part in (
            *(self._line, self.day, self.open_button, self.away, self._rule, self.between, self.count, self.last),
        ):
            self.card.body.addWidget(part)
        for part in (self._rule, self.between, self.count, self.last):
            part.hide()
        self.day.entered.connect(self._open)
        set_width(self.card, 340)
        right = rows(gap=0)
        right.addWidget(self.card)
        right.addStretch(1)
        line.addLayout(right)
        self.retranslate()

    # -- content

    def retranslate(self) -> None:
        """Every word anew."""
        w = self.words
        self.table.set_columns(
            [
                Column(w._("Day"), 150, wraps=True),
                Column(w._("Hour"), 70),
                Column(w._("Group"), 200, grows=2, wraps=True, fixed=True),
                Column(w._("Village"), 140, grows=1, wraps=True),
                Column(w._("Sheet"), 180, grows=1),
            ]
        )
        self.empty.set_words(w._("There is no group yet. Start with a group."), w._("Make a group"))
        self.open_button.set_words(w._("Open the sheet"))
        self.away.set_words(w._("Take the begun sheet away"))
        self.between.set_words(w._("Between meetings"))
        self.count.set_words(w._("Count the money"))
        self.last.set_words(w._("Last meeting"))
        self.show_offers(self._offers)

    def show_offers(self, offers: Sequence[SheetOffer]) -> None:
        """The groups, today's first; the cursor stays with its group, wherever that stands now."""
        here = self.table.row_key() if self._left is None else self._left
        self._left = None
        self._offers = tuple(offers)
        self.table.set_rows([self._row(offer) for offer in offers])
        at = self.table.model.find(here) if here is not None else None
        if at is not None:
            self.table.view.put_cursor(at)
        self.table.setVisible(bool(offers))
        self.card.setVisible(bool(offers))
        self.empty.setVisible(not offers)
        if offers and not self.table.view.currentIndex().isValid():
            self.table.view.put_cursor(0)
        self._show(max(0, self.table.view.currentIndex().row()))

    def stand_at(self, group: str) -> None:
        """The sheet of this group was left: the cursor is there when the list comes."""
        self._left = group

    def _row(self, offer: SheetOffer) -> Row:
        w = self.words
        day = formats.date(offer.planned) if offer.planned else ""
        if offer.is_today:
            day = w._("{date}, today").format(date=day) if day else w._("today")
        if offer.done is not None:
            state = Cell(w._("begun: {done} / {all}").format(done=offer.done[0], all=offer.done[1]), icon="pencil")
        else:
            state = Cell(w._("not begun"), ink=tokens.INK2)
        weight = tokens.SEMIBOLD if offer.is_today else tokens.REGULAR
        named = group_name(offer.name, offer.colour, weight=weight)
        return Row((Cell(day), Cell(offer.time), named, Cell(offer.village), state), key=offer.group)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._offers):
            return
        w, offer = self.words, self._offers[row]
        self._asked, self._sure = offer, None
        self.card.title.setText(offer.name)
        begun = offer.done is not None
        if offer.done is not None:
            text = w._("A sheet was begun here: {done} of {all} rows are done. It goes on where it stopped.")
            self._line.setText(text.format(done=offer.done[0], all=offer.done[1]))
        else:
            self._line.setText(w._("On which day was the meeting? The day alone is enough."))
        planned = formats.date(offer.planned) if offer.planned else ""
        self.day.set_words(w._("Date of the meeting"), placeholder=planned)
        self.day.set_text("")
        self.day.setVisible(not begun)
        self.away.setVisible(begun)
        self.away.set_words(w._("Take the begun sheet away"))
        self.last.setVisible(self.has_last())
        self.moved.emit()

    def can_drop(self) -> bool:
        """A begun sheet is chosen: Del takes it away."""
        return self._asked is not None and self._asked.done is not None

    def has_last(self) -> bool:
        """The group chosen has met: F4 shows its last meeting, with what can be done with it."""
        return self._offers_last and not self._only and self._asked is not None and self._asked.last is not None

    def offer_last(self, *, there: bool) -> None:
        """Offer the last meeting of a group."""
        self._offers_last = there

    def ask_last(self) -> None:
        """F4."""
        if self.has_last():
            self.last_asked.emit(self._asked)

    def choose(self, group: str, *, asks_day: bool = True) -> None:
        """Put the cursor on a group and ask its day; on one that is not listed yet when the list comes."""
        at = self.table.model.find(group)
        if at is None:
            self._left = group
        if at is not None:
            self.table.view.put_cursor(at)
            self._show(at)
            if asks_day and self._offers[at].done is None:
                self.day.setFocus(Qt.FocusReason.TabFocusReason)

    # -- going on

    def offer_between(self, leave: Callable[[str, str], None]) -> None:
        """Offer money between meetings and a count of it; `leave` is given the page and the group."""
        self._between = leave
        for part in (self._rule, self.between, self.count):
            part.show()

    def keep_to(self, *, only: bool) -> None:
        """While the laptop is with the treasurer only the sheet is offered."""
        for part in (self._rule, self.between, self.count):
            part.setVisible(not only and self._between is not None)
        self._only = only
        self.last.setVisible(self.has_last())

    def _leave_for(self, page: str) -> None:
        if self._between is not None and self._asked is not None:
            self._between(page, self._asked.group)

    def _chosen(self, row: int) -> None:
        self._show(row)
        if self._asked is not None and self._asked.done is not None:
            self.opened.emit(self._asked, None)
            return
        self.day.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_away(self) -> None:
        """Asks once: what was typed goes with the sheet."""
        offer, w = self._asked, self.words
        if offer is None or offer.done is None:
            return
        if self._sure != offer.group:
            self._sure = offer.group
            asked = w._("{done} of {all} rows are typed and would be gone. Press Del once more to take the sheet away.")
            self._line.setText(asked.format(done=offer.done[0], all=offer.done[1]))
            self.away.set_words(w._("Yes, take it away"))
            return
        self._sure = None
        self.dropped.emit(offer)

    def _open(self) -> None:
        offer = self._asked
        if offer is None:
            return
        if not self.day.isVisibleTo(self):
            self.opened.emit(offer, None)
            return
        on = self._day(offer)
        if on is None:
            return
        ahead = (on - self._today()).days
        if ahead > 0 and self._sure != on:
            self._sure = on
            w = self.words
            told = w.n_("{date} is in {n} day.", "{date} is in {n} days.", ahead).format(date=formats.date(on), n=ahead)
            self.day.tell_problem(f"{told} " + w._("Press Enter once more to open its sheet already."))
            return
        self.opened.emit(offer, on)

    def _day(self, offer: SheetOffer) -> date | None:
        text = self.day.text()
        if not text and offer.planned is not None:
            return offer.planned
        try:
            return parse_date(text, reference=offer.planned or self._today())
        except DateError as trouble:
            self.day.tell_problem(sentence(self.words, Problem(trouble.code, "date", {"text": text})))
            return None

    def focus_first(self) -> None:
        """The list of groups has the cursor."""
        (self.table.view if self._offers else self.empty.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        """Esc goes from the day back to the list, a figure in the list begins the day; Del takes a begun sheet away."""
        if keys.digit(event) and not keys.held(event) and self.table.view.hasFocus() and self.day.isVisibleTo(self):
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            self.day.edit.insert(keys.digit(event))
            return True
        if event.key() == Qt.Key.Key_Delete and self.table.view.hasFocus() and self.away.isVisible():
            self._take_away()
            return True
        if event.key() in (Qt.Key.Key_Insert, Qt.Key.Key_F8) and self._between is not None:
            self._leave_for("between" if event.key() == Qt.Key.Key_Insert else "count")
            return True
        if keys.is_plain(event, Qt.Key.Key_F4) and self.has_last():
            self.ask_last()
            return True
        if event.key() == Qt.Key.Key_Escape and self.day.edit.hasFocus():
            self.focus_first()
            return True
        return False
