"""Inbox, for an office: taking parcels in, every laptop with how far it is, receipts, joining, a laptop lost."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import revoke
from shg_desk.actions.parcel_writing import Sent
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.received import Received
from shg_desk.actions.views_inbox import InboxView
from shg_desk.actions.views_inbox import LaptopSeen
from shg_desk.actions.views_inbox import inbox_view
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.exchange_words import taken_in
from shg_desk.ui.exchange_words import waiting_sentence
from shg_desk.ui.exchange_words import waiting_title
from shg_desk.ui.exchange_words import written_out
from shg_desk.ui.given_card import GivenCard
from shg_desk.ui.inbox_decide import DecideCard
from shg_desk.ui.inbox_parts import EnrolCard
from shg_desk.ui.inbox_parts import LaptopCard
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table
from shg_desk.ui.session import Session
from shg_desk.ui.telling_page import TellingPage

WAITING_SHOWN = 3


class InboxPage(TellingPage):
    """Enter takes a stick in, F10 writes the receipts, Ins lets one join; the one under the cursor stands right."""

    shows = Changed.EXCHANGE | Changed.LEDGER | Changed.GROUPS

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame, session, large=True)
        self.view: InboxView | None = None
        self.take_button = Button(kind="office", icon="inbox", keys=("Enter",))
        self.write_button = Button(icon="stick", keys=("F10",))
        self.join_button = Button(icon="plus", keys=("Ins",))
        for button, run in (
            (self.take_button, self.take_in),
            (self.write_button, self.write_receipts),
            (self.join_button, self.begin_joining),
        ):
            button.clicked.connect(run)
        body = rows(self, margins=(20, 14, 20, 12), gap=12)
        self.add_banners(body)
        self.enrol = EnrolCard(frame, session)
        self.enrol.joined.connect(self._joined)
        body.addWidget(self.enrol)
        self.decide = DecideCard(frame, session)
        self.decide.decided.connect(self._decided)
        body.addWidget(self.decide)
        self.day = Label(size=tokens.SECTION, weight=tokens.MEDIUM, wrap=True)
        body.addWidget(self.day)
        self.table = Table([], row_height=(40, 40))
        self.table.view.moved.connect(lambda _row, _column: self._show_laptop())
        self.table.view.opened.connect(lambda _row, _column: self.take_in())
        self.empty = EmptyState()
        self.empty.pressed.connect(self.begin_joining)
        left = rows(gap=0)
        left.addWidget(self.table, 1)
        left.addWidget(self.empty)
        left.addStretch(0)
        side = rows(gap=10)
        self.waiting = Banner("warning", icon="clock")
        self.waiting.button_pressed.connect(self.begin_deciding)
        self.laptop = LaptopCard()
        self.laptop.lost.connect(self._revoke)
        side.addWidget(self.waiting)
        self.given = GivenCard()
        side.addWidget(self.laptop)
        side.addWidget(self.given)
        side.addStretch(1)
        body.addWidget(MainAndSide(left, side, side_width=300, gap=16), 1)

    # -- the frame's questions

    def reading(self) -> Callable[[Desk], InboxView]:
        return inbox_view

    def title(self) -> str:
        return self.frame.words._("Inbox")

    def sentence(self) -> str:
        say, view = self.frame.words._, self.view
        return say("Parcels of the laptops come in, receipts go back") if view is not None else ""

    def controls(self) -> Sequence[QWidget]:
        return (self.join_button, self.write_button, self.take_button)

    def hints(self) -> Sequence[Hint]:
        say = self.frame.words._
        if self.enrol.isVisible():
            return (
                Hint(("Enter",), say("next")),
                Hint(("Esc",), say("back"), self.enrol.close_card),
                Hint(("F1",), say("help")),
            )
        return (
            Hint(("Enter",), say("take in"), self.take_in),
            Hint(("F10",), say("write receipts"), self.write_receipts),
            Hint(("Ins",), say("let a laptop join"), self.begin_joining),
            Hint(("↑", "↓"), say("choose a laptop")),
            Hint(("F1",), say("help")),
        )

    def focus_first(self) -> None:
        if self.view is not None and self.view.laptops:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        open_card = next((card for card in (self.enrol, self.decide) if card.isVisible()), None)
        if keys.is_plain(event, Qt.Key.Key_Escape) and open_card is not None:
            open_card.close_card()
            self.focus_first()
            self.reworded.emit()
            return True
        pressed = {
            Qt.Key.Key_F10: self.write_receipts,
            Qt.Key.Key_Insert: self.begin_joining,
            Qt.Key.Key_F7: self.begin_deciding,
        }
        for key, run in pressed.items():
            if keys.is_plain(event, key):
                run()
                return True
        return False

    # -- showing

    def retranslate(self) -> None:
        say = self.frame.words._
        self.take_button.set_words(say("Take in"))
        self.write_button.set_words(say("Write receipts"))
        self.join_button.set_words(say("Let a laptop join"))
        self.empty.set_words(say("No laptop has joined this office yet."), say("Let a laptop join"), ("Ins",))
        self.enrol.retranslate()
        self.decide.retranslate()
        self.laptop.retranslate(self.frame.words)
        self.table.view.setAccessibleName(say("Laptops"))
        if self.view is not None:
            self.show_view(self.view)

    def show_view(self, view: InboxView) -> None:
        first = self.view is None
        self.view = view
        words, say = self.frame.words, self.frame.words._
        told = say("Laptops {n} · came today {came} · receipts to write {answer} · waiting {waiting}")
        self.day.setText(
            told.format(n=len(view.laptops), came=view.came_today, answer=view.to_answer, waiting=len(view.waiting))
        )
        self.table.set_columns(
            [
                Column(say("Laptop"), 190, grows=2, wraps=True),
                Column(say("Last parcel"), 106),
                Column(say("Records"), 84, right=True),
                Column(say("Waiting"), 84, right=True),
                Column(say("Receipt"), 150, grows=1, wraps=True),
                Column(say("Figures"), 140, wraps=True),
            ]
        )
        self.table.set_rows([self._row(one) for one in view.laptops])
        self.table.setVisible(bool(view.laptops))
        self.day.setVisible(bool(view.laptops))
        self.empty.setVisible(not view.laptops)
        if view.laptops and not self.table.view.currentIndex().isValid():
            self.table.view.put_cursor(0, 0)
        self._show_laptop()
        self.waiting.setVisible(bool(view.waiting))
        if view.waiting:
            lines = [waiting_sentence(words, one) for one in view.waiting[:WAITING_SHOWN]]
            asked = any(not one.held for one in view.waiting)
            button = say("Decide") if asked else ""
            self.waiting.tell(
                waiting_title(words, view.waiting), "\n".join(lines), button=button, keys=("F7",) if asked else ()
            )
        self.decide.show_waiting(view.waiting)
        self.given.show_given(words, view.given)
        if first and self.isVisible():
            self.focus_first()

    def _row(self, one: LaptopSeen) -> Row:
        words, say = self.frame.words, self.frame.words._
        waiting = one.held + one.set_aside
        receipt = say("to be written") if one.has_news else say("№ {n}").format(n=one.receipt) if one.receipt else ""
        if one.revoked:
            receipt = say("reported lost")
        figures = Cell(say("compared"), icon="tick", icon_ink=tokens.GREEN)
        if not one.compared:
            figures = Cell(say("not compared"), icon="triangle", icon_ink=tokens.AMBERMARK, weight=tokens.MEDIUM)
        cells = (
            Cell(one.label, weight=tokens.MEDIUM, strike=one.revoked),
            Cell(formats.date(one.came_on) if one.came_on else say("never")),
            money(formats.number(words, one.records)),
            money(formats.number(words, waiting)) if waiting else Cell(),
            Cell(receipt, weight=tokens.MEDIUM if one.has_news or one.revoked else tokens.REGULAR),
            figures,
        )
        return Row(cells, key=one.code)

    def _chosen(self) -> LaptopSeen | None:
        key = self.table.row_key()
        laptops = self.view.laptops if self.view is not None else ()
        return next((one for one in laptops if one.code == key), None)

    def _show_laptop(self) -> None:
        self.laptop.show_laptop(self.frame.words, self._chosen())

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        self.take_button.set_reason("")
        super()._tell_problems(problems)

    # -- doing

    def _folder(self, title: str) -> Path | None:
        settings = self.session.settings
        chosen = choosing.folder(self, title, settings.text("stick"))
        if chosen is not None:
            settings.keep("stick", str(chosen))
        return chosen

    def take_in(self) -> None:
        """Every parcel for this office from a stick; then who it was and that it may be taken out."""
        folder = self._folder(self.frame.words._("Where do the parcels lie?"))
        if folder is None:
            return
        what = self.frame.words._("Parcels are being written or read")
        self.take_button.set_reason(what)
        self.session.long(what, partial(import_parcels, paths=[folder]), self._taken, self._tell_problems)

    def _taken(self, outcome: Outcome[Received]) -> None:
        self.take_button.set_reason("")
        words = self.frame.words
        tone, title, below = taken_in(words, outcome.value)
        labels = {one.code: one.label for one in self.view.laptops} if self.view is not None else {}
        senders = sorted(
            {labels.get(one.sender, one.sender) for one in outcome.value.files if one.sender and not one.skipped}
        )
        if tone == "done" and senders:
            due = self.view is not None and self.view.to_answer > 0
            due = due or any(one.new for one in outcome.value.files)  # the list is read again only after this
            now = words._("Nothing wrong. Take the stick out.")
            if due:
                now = words._("Nothing wrong. Leave the stick in and write the receipts now: F10.")
            below = "\n".join(filter(None, (now, below)))
        self.tell(tone, " · ".join([*senders, title]) if len(senders) <= 3 else title, below)

    def write_receipts(self) -> None:
        """A receipt for every laptop that has something coming, each a file of its own."""
        folder = self._folder(self.frame.words._("Where should the receipts go?"))
        if folder is not None:
            what = self.frame.words._("Parcels are being written or read")
            write = partial(export_parcels, folder=folder, called=choosing.label(folder))
            self.session.long(what, write, partial(self._written, folder), self._tell_problems)

    def _written(self, folder: Path, outcome: Outcome[list[Sent]]) -> None:
        words, n = self.frame.words, len({one.to for one in outcome.value})
        if not n and not outcome.warnings:
            self.tell("info", words._("Nothing to write: everybody has everything"))
            return
        name = choosing.stick_name(folder)
        title = words.n_("{n} receipt is on {stick}", "{n} receipts are on {stick}", n).format(n=n, stick=name)
        self.tell(*written_out(words, title, outcome.warnings))

    def begin_joining(self) -> None:
        """Opens the card in which a laptop is let in."""
        self.enrol.begin()
        self.reworded.emit()

    def begin_deciding(self) -> None:
        """Opens the card in which what waits for the office's decision is answered."""
        self.decide.begin()
        self.reworded.emit()

    def _decided(self, tone: str, title: str, below: str) -> None:
        self.tell("done" if tone == "done" else "warning", title, below)
        self.reworded.emit()

    def _joined(self, tone: str, title: str, below: str) -> None:
        self.tell("done" if tone == "done" else "warning", title, below)
        self.focus_first()
        self.reworded.emit()

    def _revoke(self, code: str) -> None:
        say = self.frame.words._

        def done(_outcome: Outcome[str]) -> None:
            self.tell(
                "warning",
                say("Nothing more is taken of this laptop"),
                say("What it wrote after its last parcel is written again from paper. Its groups stand at the right."),
            )

        self.session.write(lambda desk: revoke(desk, code), done, self._tell_problems)
