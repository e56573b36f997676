"""Joining an office in two trips of a stick: the request goes, the answer comes; figures are compared by phone."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import Granted
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.key_care import compare_keys
from shg_desk.actions.views_exchange import ExchangeView
from shg_desk.actions.views_exchange import exchange_view
from shg_desk.i18n.messages import sentence
from shg_desk.sync.enrolment import shown_fingerprint
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
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
REQUEST_NAME = "request.shgb"


class JoinPage(TellingPage):
    """Two cards: what goes to the office, what comes back. Once joined, the second one compares figures."""

    place = "exchange"
    shows = Changed.EXCHANGE | Changed.SETTINGS

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame, session)
        self.view: ExchangeView | None = None
        body = one_column(self, WIDTH)
        self.add_banners(body)
        self.ask_card, self.answer_card = Card("\u00a0", gap=8), Card("\u00a0", gap=8)
        for card in (self.ask_card, self.answer_card):
            body.addWidget(card)
        body.addStretch(1)
        self.ask_words = Label(ink=tokens.INK2, wrap=True)
        self.own_digits = Label(size=tokens.CARD_TITLE, weight=tokens.MEDIUM, wrap=True)
        self.ask_button = Button(icon="stick")
        self.ask_button.clicked.connect(self.write_request)
        self.ask_card.body.addWidget(self.ask_words)
        self.ask_card.body.addWidget(self.own_digits)
        self.ask_card.body.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.answer_words = Label(ink=tokens.INK2, wrap=True)
        self.typed = Field(width=420)
        self.typed.entered.connect(self.go_on)
        self.answer_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.answer_button.clicked.connect(self.go_on)
        self.answer_card.body.addWidget(self.answer_words)
        self.answer_card.body.addWidget(self.typed)
        line = Flow(gap=12)
        line.addWidget(self.answer_button)
        self.answer_card.body.addLayout(line)

    # -- the frame's questions

    def reading(self) -> Callable[[Desk], ExchangeView]:
        return exchange_view

    def title(self) -> str:
        say = self.frame.words._
        joined = self.view is not None and self.view.office is not None
        return say("Compare the figures") if joined else say("Join an office")

    def sentence(self) -> str:
        say = self.frame.words._
        if self.view is not None and self.view.office is not None:
            return say("Office: {office}").format(office=self.view.office.name)
        return say("The book works already; what is written before the answer is sent after it")

    def hints(self) -> Sequence[Hint]:
        say = self.frame.words._
        return (
            Hint(("Enter",), self.answer_button.text().lower(), self.go_on),
            Hint(("Tab",), say("next")),
            Hint(("Esc",), say("back"), self.frame.back),
            Hint(("F1",), say("help")),
        )

    def focus_first(self) -> None:
        if self.view is not None and not self.view.asked and self.view.office is None:
            self.ask_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
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
        say = self.frame.words._
        self.ask_card.title.setText(say("1. The request goes to the office"))
        self.ask_card.setVisible(view.office is None)
        self.ask_words.setText(
            say("Write the request onto a stick or send it by mail. Tell the office these figures by phone:")
        )
        self.own_digits.setText(shown_fingerprint(view.own_fingerprint))
        self.ask_button.set_words(say("Write the request again") if view.asked else say("Write the request"))
        joined = view.office is not None
        self.answer_card.title.setText(
            say("Figures of the office") if joined else say("2. The office's answer comes back")
        )
        self.answer_words.setText(
            say("Call the office and type the figures it reads to you. They must be the same.")
            if joined
            else say(
                "Type the figures the office reads to you by phone, then choose its file. "
                "Without them it also goes; compare them later."
            )
        )
        self.typed.set_words(say("Figures of the office"), say("30 figures, spaces do not matter"))
        self.answer_button.set_words(say("Compare") if joined else say("Take in the answer"))
        waits = "" if joined or view.asked else say("The request has to be written first")
        self.answer_button.set_reason(waits)
        if first and self.isVisible():
            self.focus_first()

    # -- doing

    def write_request(self) -> None:
        """The request into a file on a stick."""
        say = self.frame.words._
        folder = choosing.folder(self, say("Where should the request go?"), self.session.settings.text("stick"))
        if folder is None or self.view is None:
            return
        self.session.settings.keep("stick", str(folder))

        def action(desk: Desk) -> Outcome[Granted]:
            return request_enrolment(desk, folder / f"{desk.book.device}-{REQUEST_NAME}")

        def done(_outcome: Outcome[Granted]) -> None:
            self.tell(
                "done", say("The request is written"), say("Bring it to the office and come back with its answer.")
            )

        self.session.write(action, done, self._tell_problems)

    def go_on(self) -> None:
        """Take the answer in, or compare the figures."""
        if self.view is None or self.answer_button.reason():
            return
        say, typed = self.frame.words._, self.typed.text()
        if self.view.office is not None:
            code = self.view.office.code
            self.session.write(lambda desk: compare_keys(desk, code, typed), self._compared, self._tell_problems)
            return
        kinds = say("Parcels") + " (*.shgb)"
        file = choosing.file(self, say("Which file is the answer?"), kinds, self.session.settings.text("stick"))
        if file is not None:
            self.session.write(
                lambda desk: accept_grant(desk, file, typed or None), self._accepted, self._tell_problems
            )

    def _accepted(self, outcome: Outcome[Granted]) -> None:
        say = self.frame.words._
        if outcome.value.compared:
            self.tell("done", say("Joined; the figures are the same"))
        else:
            self.tell("warning", say("Joined"), sentence(self.frame.words, outcome.warnings[0]))
        self.typed.set_text("")

    def _compared(self, _outcome: Outcome[str]) -> None:
        self.tell("done", self.frame.words._("The figures are the same"))
        self.typed.set_text("")
