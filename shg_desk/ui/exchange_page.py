"""Exchange: what to do now, how far the records have come, the parcels, the stick, the office and the colleagues."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.care import back_up
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.parcel_inside import Lying
from shg_desk.actions.parcel_inside import look_inside
from shg_desk.actions.parcel_writing import Sent
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.received import Received
from shg_desk.actions.views_exchange import ExchangeView
from shg_desk.actions.views_exchange import exchange_view
from shg_desk.domain.problems import Problem
from shg_desk.i18n.messages import sentence
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.book_page import BookPage
from shg_desk.ui.exchange_parts import OfficeCard
from shg_desk.ui.exchange_parts import StateCards
from shg_desk.ui.exchange_parts import StickCard
from shg_desk.ui.exchange_parts import columns_of
from shg_desk.ui.exchange_parts import parcel_rows
from shg_desk.ui.exchange_words import taken_in
from shg_desk.ui.exchange_words import waiting_sentence
from shg_desk.ui.exchange_words import waiting_title
from shg_desk.ui.exchange_words import what_now
from shg_desk.ui.page import Frame
from shg_desk.ui.parcel_inside_part import InsidePart
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Tone
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table
from shg_desk.ui.session import Session

WAITING_SHOWN = 3


class ExchangePage(BookPage):
    """Picture 04. The primary button does what the sentence says; Ins takes in, F4 writes for colleagues."""

    shows = Changed.EXCHANGE | Changed.LEDGER | Changed.PEOPLE | Changed.GROUPS | Changed.SETTINGS

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame, session)
        self.view: ExchangeView | None = None
        self.primary = Button(kind="office" if session.facts.is_office else "primary", keys=("Enter",), alone=True)
        self.primary.clicked.connect(self.do_now)
        self.take_button = Button(icon="inbox", keys=("Ins",))
        self.take_button.clicked.connect(self.take_in)
        self.file_button = Button(icon="sheet")
        self.file_button.clicked.connect(self.take_file)
        self.look_button = Button(icon="eye", keys=("F3",))
        self.look_button.clicked.connect(self.choose_and_look)
        self.colleague_button = Button(icon="people", keys=("F4",))
        self.colleague_button.clicked.connect(self.write_for_colleagues)
        self.result: tuple[Tone, str, str] | None = None
        body = rows(self, margins=(20, 14, 20, 12), gap=12)
        body.addWidget(self._now_card())
        self.banners = {tone: Banner(tone, large=True) for tone in ("done", "warning", "wrong", "info")}
        for banner in self.banners.values():
            banner.hide()
            body.addWidget(banner)
        self.inside = InsidePart()
        self.inside.wanted.connect(self._take_inside)
        self.inside.left.connect(self._leave_inside)
        self.inside.hide()
        body.addWidget(self.inside)
        self.cards = StateCards()
        body.addWidget(self.cards)
        self.table = Table(columns_of(frame.words), row_height=(38, 38))
        self.table.view.setAccessibleName("")
        self.empty = EmptyState()
        left = rows(gap=0)
        left.addWidget(self.table, 1)
        left.addWidget(self.empty)
        left.addStretch(0)
        side = rows(gap=10)
        self.stick_card, self.office_card = StickCard(), OfficeCard()
        self.stick_card.again.clicked.connect(self.look_for_sticks)
        self.stick_card.look_asked.connect(lambda place: self.look_inside([place]))
        self.office_card.compare.clicked.connect(lambda: frame.go("join"))
        self.office_card.handover.clicked.connect(self.hand_over)
        self.waiting = Banner("warning", icon="clock")
        for part in (self.waiting, self.stick_card, self.office_card):
            side.addWidget(part)
        side.addStretch(1)
        body.addWidget(MainAndSide(left, side, side_width=270, gap=16), 1)

    def _now_card(self) -> Card:
        card = Card()
        line = columns(gap=14)
        line.addWidget(Picture("stick", size=34, ink=tokens.LAKE), 0, Qt.AlignmentFlag.AlignVCenter)
        words = rows(gap=0)
        self.now_title = Label(size=tokens.CARD_TITLE, weight=tokens.MEDIUM, wrap=True)
        self.now_below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        words.addWidget(self.now_title)
        words.addWidget(self.now_below)
        line.addLayout(words, 1)
        line.addWidget(self.primary)
        if not tokens.large():
            line.addWidget(self.take_button)
        card.body.addLayout(line)
        if tokens.large():
            more = Flow(gap=12)
            more.addWidget(self.take_button)
            card.body.addLayout(more)
        return card

    # -- the frame's questions

    def reading(self) -> Callable[[Desk], ExchangeView]:
        return exchange_view

    def title(self) -> str:
        return self.frame.words._("Exchange")

    def sentence(self) -> str:
        say, view = self.frame.words._, self.view
        if view is None:
            return ""
        if view.is_office:
            return say("Parcels of the laptops come in, receipts go back")
        if view.office is None:
            return say("This book has no office: its records are saved here and backed up")
        return say("Records go to the office {office}, it answers with a receipt").format(office=view.office.name)

    def controls(self) -> Sequence[QWidget]:
        if self.view is None or self.view.office is None:
            return ()
        if not self.view.is_office and self.view.colleagues:
            return (self.look_button, self.file_button, self.colleague_button)
        return (self.look_button, self.file_button)

    def hints(self) -> Sequence[Hint]:
        say, view = self.frame.words._, self.view
        if not self.inside.isHidden():
            return (Hint(("Enter",), say("take in"), self._take_inside), Hint(("Esc",), say("leave it there")))
        found = [Hint(("Ins",), say("take in"))] if view is not None and view.office is not None else []
        if view is not None and view.colleagues and not view.is_office:
            found.append(Hint(("F4",), say("for a colleague")))
        if view is not None and view.office is not None:
            ends = say("hand over") if view.is_office else say("without the office")
            found += [Hint(("F3",), say("what is inside")), Hint(("F8",), ends)]
        found.append(Hint(("F5",), say("look for sticks")))
        moves = [Hint(("↑", "↓"), say("choose a parcel")), Hint(("Tab",), say("next")), Hint(("F1",), say("help"))]
        return (Hint(("Enter",), self.primary.text().lower(), self.do_now), *found, *moves)

    def focus_first(self) -> None:
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        pressed = {
            Qt.Key.Key_Insert: self.take_in,
            Qt.Key.Key_F3: self.choose_and_look,
            Qt.Key.Key_F4: self.write_for_colleagues,
            Qt.Key.Key_F5: self.look_for_sticks,
            Qt.Key.Key_F8: self.hand_over,
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
        self.file_button.set_words(say("Take in a file"))
        self.look_button.set_words(say("What is inside"))
        self.colleague_button.set_words(say("For a colleague"))
        self.primary.set_words(say("Write parcel"))
        self.table.set_columns(columns_of(self.frame.words))
        self.empty.set_words(say("No parcel has been written yet."))
        if self.view is not None:
            self.show_view(self.view)

    def show_view(self, view: ExchangeView) -> None:
        words, say = self.frame.words, self.frame.words._
        self.view = view
        now = what_now(words, view)
        self.now_title.setText(now.title)
        self.now_below.setText(now.below)
        verbs = {
            "write": say("Write receipts") if view.is_office else say("Write parcel"),
            "take-in": say("Take in the receipt"),
            "back-up": say("Back up"),
            "join": say("Join the office"),
        }
        self.primary.set_words(verbs[now.do])
        self.take_button.setVisible(view.office is not None and now.do != "take-in")
        self.cards.show_view(words, view)
        self.table.set_rows(parcel_rows(words, view))
        self.table.setVisible(self.table.model.rowCount() > 0)
        self.empty.setVisible(self.table.model.rowCount() == 0)
        self.table.view.setAccessibleName(say("Parcels"))
        self.stick_card.show_view(words, view, self.session.facts.name)
        self.look_for_sticks()
        self.office_card.show_view(words, view)
        self._show_waiting()

    def _show_waiting(self) -> None:
        words, view = self.frame.words, self.view
        waiting = view.waiting if view is not None else ()
        self.waiting.setVisible(bool(waiting))
        if waiting:
            told = [waiting_sentence(words, one) for one in waiting[:WAITING_SHOWN]]
            self.waiting.tell(waiting_title(words, waiting), "\n".join(told))

    def tell(self, tone: Tone, title: str, below: str = "") -> None:
        """What has just been done, above everything else, until the next thing is done."""
        for one, banner in self.banners.items():
            banner.setVisible(one == tone)
        self.banners[tone].tell(title, below)

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        self.primary.set_reason("")
        told = [sentence(self.frame.words, one) for one in problems]
        if not told:
            self.tell("info", self.frame.words._("Stopped. What was done before stays; begin again for the rest."))
            return
        self.tell("wrong", told[0], "\n".join(told[1:]))

    # -- doing

    def do_now(self) -> None:
        """What the sentence on top says."""
        if self.view is None:
            return
        now = what_now(self.frame.words, self.view)
        verbs: dict[str, Callable[[], None]] = {
            "write": self.write_parcel,
            "take-in": self.take_in,
            "back-up": self.make_backup,
            "join": lambda: self.frame.go("join"),
        }
        verbs[now.do]()

    def _folder(self, title: str) -> Path | None:
        """A folder or stick, remembered for the next time."""
        settings = self.session.settings
        start = settings.text("stick")
        here = choosing.sticks_here()
        if here and not Path(start).is_dir():
            start = str(here[0].place)
        chosen = choosing.folder(self, title, start)
        if chosen is not None:
            settings.keep("stick", str(chosen))
        return chosen

    def _busy(self) -> str:
        what = self.frame.words._("Parcels are being written or read")
        self.primary.set_reason(what)
        return what

    def write_parcel(self) -> None:
        """A parcel to the office, or the office's receipts, onto a stick; it counts when it was read back."""
        folder = self._folder(self.frame.words._("Where should the parcel go?"))
        if folder is not None:
            self.session.long(
                self._busy(),
                partial(export_parcels, folder=folder, called=choosing.label(folder)),
                partial(self._written, folder),
                self._tell_problems,
            )

    def write_for_colleagues(self) -> None:
        """The shared groups' records of this laptop, a file for each colleague."""
        if self.view is None or self.view.is_office or not self.view.colleagues:
            return
        folder = self._folder(self.frame.words._("Where should the colleague's parcel go?"))
        if folder is not None:
            self.session.long(
                self._busy(),
                partial(export_colleague, folder=folder, called=choosing.label(folder)),
                partial(self._written, folder),
                self._tell_problems,
            )

    def _written(self, folder: Path, outcome: Outcome[list[Sent]]) -> None:
        self.primary.set_reason("")
        words = self.frame.words
        sent = outcome.value
        if not sent:
            self.tell("info", words._("Nothing to write: everybody has everything"))
            return
        name = choosing.stick_name(folder)
        n = sum(one.operations for one in {one.path.name: one for one in sent}.values())
        title = words.n_("{n} record is on {stick}", "{n} records are on {stick}", n).format(n=n, stick=name)
        if self.view is not None and self.view.is_office:
            n = sum(one.kind == "return" for one in sent)
            title = words.n_("{n} receipt is on {stick}", "{n} receipts are on {stick}", n).format(n=n, stick=name)
        self.tell("done", title, words._("It was read back and is whole. Take the stick out."))

    def take_in(self) -> None:
        """Every parcel for this book from a folder or stick; the files there are never touched."""
        if self.view is None or (self.view.office is None and not self.view.asked):
            return
        folder = self._folder(self.frame.words._("Where do the parcels lie?"))
        if folder is not None:
            self._take([folder])

    def hand_over(self) -> None:
        """F8: the end of the office, for its book or for this laptop."""
        self.frame.go("handover")

    def look_for_sticks(self) -> None:
        """F5: the sticks that are in this laptop now."""
        self.stick_card.show_sticks(self.frame.words, choosing.sticks_here())

    def choose_and_look(self) -> None:
        """F3: what is inside the parcels of a folder or stick, before anything is taken in."""
        if self.view is None or self.view.office is None:
            return
        folder = self._folder(self.frame.words._("Where do the parcels lie?"))
        if folder is not None:
            self.look_inside([folder])

    def look_inside(self, paths: list[Path]) -> None:
        """Open and verify the parcels there, and say what they hold; nothing is taken in."""
        place = choosing.stick_name(paths[0])

        def show(found: Lying) -> None:
            self.primary.set_reason("")
            self.inside.show_inside(self.frame.words, paths, found, place)
            self.inside.show()
            self.inside.focus_first()
            self.reworded.emit()

        self.session.long(self._busy(), partial(look_inside, paths=paths), show, self._tell_problems)

    def _take_inside(self) -> None:
        paths = self.inside.paths
        self._leave_inside()
        self._take(paths)

    def _leave_inside(self) -> None:
        """Esc: what lies there is left as it is."""
        self.inside.hide()
        self.focus_first()
        self.reworded.emit()

    def take_file(self) -> None:
        """One file, from a colleague or out of a mail."""
        kinds = self.frame.words._("Parcels") + " (*.shgb)"
        file = choosing.file(self, self.frame.words._("Which file?"), kinds, self.session.settings.text("stick"))
        if file is not None:
            self.look_inside([file])

    def _take(self, paths: list[Path]) -> None:
        self.session.long(self._busy(), partial(import_parcels, paths=paths), self._taken, self._tell_problems)

    def _taken(self, outcome: Outcome[Received]) -> None:
        self.primary.set_reason("")
        self.tell(*taken_in(self.frame.words, outcome.value))

    def make_backup(self) -> None:
        """A backup onto a stick, opened again before it counts."""
        folder = self._folder(self.frame.words._("Where should the backup go?"))
        if folder is None:
            return
        words = self.frame.words
        what = words._("The backup is being made")
        self.primary.set_reason(what)

        def done(outcome: Outcome[Any]) -> None:
            self.primary.set_reason("")
            self.tell("done", words._("The backup is made and proved"), outcome.value.file.name)

        self.session.long(
            what, partial(back_up, folder=folder, called=choosing.stick_name(folder)), done, self._tell_problems
        )
