"""The end of an office: its book gets new keys for whoever takes it over; a laptop goes on as a book of its own."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.leaving import OfficeLeft
from shg_desk.actions.leaving import leave_office
from shg_desk.actions.office_keys import Renewed
from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.views_exchange import ExchangeView
from shg_desk.actions.views_exchange import exchange_view
from shg_desk.domain.problems import Problem
from shg_desk.sync.enrolment import shown_fingerprint
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.handover_words import lines_of
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import one_column
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.session import Session
from shg_desk.ui.telling_page import TellingPage

WIDTH = 760
LINES = 5


class HandoverPage(TellingPage):
    """What happens, in lines; a laptop says why. F10 asks once more, the second F10 does it."""

    place = "exchange"
    shows = Changed.EXCHANGE | Changed.SETTINGS

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame, session)
        self.view: ExchangeView | None = None
        self.asked_once = False
        self.done_once = False
        self.sheet_wanted = False
        body = one_column(self, WIDTH)
        self.add_banners(body)
        self.card = Card("\u00a0", gap=8)
        self.lines = [Label(wrap=True) for _ in range(LINES)]
        for line in self.lines:
            self.card.body.addWidget(line)
        self.reason = Field(width=520)
        self.reason.entered.connect(self.go_on)
        self.card.body.addWidget(self.reason)
        foot = Flow(gap=12)
        self.do_button = Button(kind="primary", keys=("F10",))
        self.back_button = Button(keys=("Esc",))
        self.do_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(frame.back)
        for button in (self.do_button, self.back_button):
            foot.addWidget(button)
        self.card.body.addLayout(foot)
        body.addWidget(self.card)
        self.next_card = Card("\u00a0", gap=8)
        self.next_words = Label(wrap=True)
        self.digits = Label(size=tokens.CARD_TITLE, weight=tokens.MEDIUM, wrap=True)
        self.sheet_button = Button(kind="primary", icon="print", keys=("Enter",), alone=True)
        self.sheet_button.clicked.connect(lambda: frame.go("recovery", "print"))
        self.other_button = Button()
        self.other_button.clicked.connect(self._go_elsewhere)
        self.next_card.body.addWidget(self.next_words)
        self.next_card.body.addWidget(self.digits)
        more = Flow(gap=12)
        for button in (self.sheet_button, self.other_button):
            more.addWidget(button)
        self.next_card.body.addLayout(more)
        self.next_card.hide()
        body.addWidget(self.next_card)
        body.addStretch(1)

    # -- the frame's questions

    def open(self, target: object = None) -> None:
        """Visited anew: nothing is asked or done yet."""
        self.asked_once = self.done_once = False
        for banner in self.banners.values():
            banner.hide()
        super().open(target)
        if self.view is not None:
            self.show_view(self.view)

    def reading(self) -> Callable[[Desk], ExchangeView]:
        return exchange_view

    @property
    def is_office(self) -> bool:
        """True for an office's book."""
        return self.view.is_office if self.view is not None else self.session.facts.is_office

    def title(self) -> str:
        say = self.frame.words._
        return say("Hand the books over") if self.is_office else say("Go on without the office")

    def sentence(self) -> str:
        say = self.frame.words._
        if self.is_office:
            return say("New keys for whoever keeps this office's book from now on")
        return say("This book becomes one of its own; nothing that is written changes")

    def hints(self) -> Sequence[Hint]:
        say = self.frame.words._
        last = (Hint(("Tab",), say("next")), Hint(("Esc",), say("back"), self.frame.back), Hint(("F1",), say("help")))
        if self.done_once:
            return last
        return (Hint(("F10",), self.do_button.text().lower(), self.go_on), *last)

    def focus_first(self) -> None:
        part = self.do_button if self.is_office else self.reason
        (self.sheet_button if self.done_once else part).setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_F10):
            self.go_on()
            return True
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.frame.back()
            return True
        return False

    # -- showing

    def retranslate(self) -> None:
        if self.view is not None:
            self.show_view(self.view)

    def show_view(self, view: ExchangeView) -> None:
        first = self.view is None
        self.view = view
        words, say = self.frame.words, self.frame.words._
        self.card.title.setText(self.title())
        told = lines_of(words, view)
        for label, text in zip(self.lines, [*told, *[""] * LINES][:LINES], strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self.reason.set_words(say("Why"), say("for example: the programme has ended"))
        self.reason.setVisible(not view.is_office)
        self.do_button.set_words(say("Make new keys") if view.is_office else say("Go on without the office"))
        self.do_button.set_reason("" if view.office is not None else say("This book has no office"))
        self.back_button.set_words(say("Back"))
        self.card.setVisible(not self.done_once)
        self.next_card.setVisible(self.done_once)
        self._show_next(view)
        if first and self.isVisible():
            self.focus_first()

    def _show_next(self, view: ExchangeView) -> None:
        say = self.frame.words._
        self.next_card.title.setText(say("What to do next"))
        self.digits.setVisible(view.is_office)
        self.sheet_button.set_words(say("Recovery sheet"))
        if view.is_office:
            self.digits.setText(shown_fingerprint(view.office.fingerprint) if view.office is not None else "")
            self.next_words.setText(
                say(
                    "Make a new recovery sheet and change the passphrase, so that nobody else opens this book. Then "
                    "write the receipts: they tell the laptops. Read these figures to whoever calls:"
                )
            )
            self.other_button.set_words(say("Passphrases"))
            return
        text = say("Make a backup on a stick now and then. Another office can take this book in whenever you like.")
        if self.sheet_wanted:
            text = say(
                "Print the recovery sheet now: the office can no longer open this book if the passphrase is forgotten. "
                "Until it is on paper, Today reminds you of it."
            )
        self.next_words.setText(text)
        self.other_button.set_words(say("Join an office"))

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        self.asked_once = False
        super()._tell_problems(problems)

    # -- doing

    def go_on(self) -> None:
        """The first time it is said what cannot be taken back, the second time it is done."""
        if self.view is None or self.done_once or self.do_button.reason():
            return
        say, reason = self.frame.words._, self.reason.text().strip()
        if not self.is_office and not reason:
            self.tell("wrong", say("Write down why; it is kept."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.asked_once:
            self.asked_once = True
            title = say("The old keys do not come back") if self.is_office else say("The office gives no receipts then")
            self.tell("warning", title, say("Press F10 once more to do it, or Esc to leave everything as it is."))
            self.do_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.is_office:
            self.session.write(renew_office_keys, self._renewed, self._tell_problems)
        else:
            self.session.write(lambda desk: leave_office(desk, reason), self._left, self._tell_problems)

    def _renewed(self, outcome: Outcome[Renewed]) -> None:
        words, n = self.frame.words, outcome.value.laptops
        below = words.n_(
            "{n} laptop hears of them with its next receipt.", "{n} laptops hear of them with their next receipts.", n
        ).format(n=n)
        self._finished(words._("This office has new keys"), below if n else "")

    def _left(self, outcome: Outcome[OfficeLeft]) -> None:
        say = self.frame.words._
        self.sheet_wanted = bool(outcome.warnings)
        self.reason.set_text("")
        self._finished(
            say("This book goes on without the office {office}").format(office=outcome.value.name),
            say("Everything that was written is here. Tell the office, so that it does not wait for parcels."),
        )

    def _finished(self, title: str, below: str) -> None:
        self.asked_once, self.done_once = False, True
        self.tell("done", title, below)
        if self.view is not None:
            self.show_view(self.view)
        self.reworded.emit()
        self.focus_first()

    def _go_elsewhere(self) -> None:
        self.frame.go("settings" if self.is_office else "join")
