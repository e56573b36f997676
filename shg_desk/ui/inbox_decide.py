"""The card of the Inbox in which the office answers what waits for its decision: record by record, and why."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from shg_desk.actions.changes import Outcome
from shg_desk.actions.decisions import Decided
from shg_desk.actions.decisions import decide_records
from shg_desk.actions.decisions import decide_sender
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_exchange import Waiting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.messages import sentence
from shg_desk.ui import tokens
from shg_desk.ui.exchange_words import waiting_sentence
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.session import Session


class DecideCard(Card):
    """What waits, the first of it in words; its buttons let it count or leave it out, one by one or a laptop's at once.

    `decided` carries tone, title and sentence of what came of an answer.
    """

    decided = Signal(str, str, str)

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__("\u00a0", gap=8)
        self._frame, self._session = frame, session
        self._waiting: tuple[Waiting, ...] = ()
        self._at = 0
        self.what = Label(weight=tokens.MEDIUM, wrap=True)
        self.why_aside = Label(ink=tokens.INK2, wrap=True)
        self.reason = Field(letters="focused", lang=frame.words.lang)
        self.problem = Label(weight=tokens.MEDIUM, ink=tokens.RED, wrap=True)
        self.problem.hide()
        for part in (self.what, self.why_aside, self.reason, self.problem):
            self.body.addWidget(part)
        self.count_button, self.leave_button = Button(kind="office"), Button()
        self.every_button, self.none_button = Button(), Button()
        self.next_button, self.stop_button = Button(), Button(keys=("Esc",))
        line = Flow(gap=10)
        for button, run in (
            (self.count_button, lambda: self._answer(counts=True)),
            (self.leave_button, lambda: self._answer(counts=False)),
            (self.every_button, lambda: self._answer(counts=True, every=True)),
            (self.none_button, lambda: self._answer(counts=False, every=True)),
            (self.next_button, self.show_next),
            (self.stop_button, self.close_card),
        ):
            button.clicked.connect(run)
            line.addWidget(button)
        self.body.addLayout(line)
        self.hide()

    def retranslate(self) -> None:
        """All words anew."""
        words, say = self._frame.words, self._frame.words._
        n = len(self._waiting)
        self.title.setText(
            words.n_("{n} record waits for your decision", "{n} records wait for your decision", n).format(
                n=formats.number(words, n)
            )
        )
        self.reason.set_words(say("Why"), say("the reason is kept with the record"))
        self.reason.set_language(words.lang)
        self.count_button.set_words(say("Let it count"))
        self.leave_button.set_words(say("Leave it out"))
        self.next_button.set_words(say("The next one"))
        self.stop_button.set_words(say("Back"))
        one = self.shown()
        if one is None:
            return
        self.every_button.set_words(say("Let all of {laptop} count").format(laptop=one.sender))
        self.none_button.set_words(say("Leave all of {laptop} out").format(laptop=one.sender))
        several = sum(other.sender == one.sender for other in self._waiting) > 1
        self.every_button.setVisible(several)
        self.none_button.setVisible(several)
        self.next_button.setVisible(n > 1)
        self.what.setText(waiting_sentence(words, one))
        self.why_aside.setText(sentence(words, Problem(Code(one.code), one.sender, {"device": one.sender})))

    def shown(self) -> Waiting | None:
        """The record the card is about."""
        return self._waiting[self._at] if self._at < len(self._waiting) else None

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """What waits now; the card closes with the last of it."""
        one = self.shown()
        self._waiting = tuple(other for other in waiting if not other.held and not other.at_office)
        self._at = self._waiting.index(one) if one in self._waiting else 0
        if self._waiting:
            self.retranslate()
        else:
            self.hide()

    def begin(self) -> None:
        """Opens the card with the first record that waits."""
        if self.shown() is not None:
            self.reason.set_text("")
            self.problem.hide()
            self.retranslate()
            self.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_next(self) -> None:
        """Another record; the one before goes on waiting."""
        self._at = (self._at + 1) % max(len(self._waiting), 1)
        self.problem.hide()
        self.retranslate()

    def close_card(self) -> None:
        """Back; nothing is answered."""
        self.hide()

    def _answer(self, *, counts: bool, every: bool = False) -> None:
        one, reason = self.shown(), self.reason.text()
        if one is None:
            return
        missing = self._frame.words._("Something has to stand here") if not reason.strip() else ""
        self.reason.tell_problem(missing)
        if missing:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name, device = one.name, one.name.partition(".")[0]

        def decide(desk: Desk) -> Outcome[Decided]:
            if every:
                return decide_sender(desk, device, counts=counts, reason=reason)
            return decide_records(desk, [name], counts=counts, reason=reason)

        self.problem.hide()
        self._session.write(decide, self._done(counts=counts), self._tell)

    def _done(self, *, counts: bool) -> Callable[[Outcome[Decided]], None]:
        def done(outcome: Outcome[Decided]) -> None:
            words, n = self._frame.words, len(outcome.value.names)
            title = words.n_("{n} record counts now", "{n} records count now", outcome.value.counting)
            number = outcome.value.counting
            if not counts:
                title, number = words.n_("{n} record stays out", "{n} records stay out", n), n
            self.reason.set_text("")
            told = [sentence(words, problem) for problem in outcome.warnings[:1]]
            self.decided.emit(
                "warning" if told else "done", title.format(n=formats.number(words, number)), *told or [""]
            )

        return done

    def _tell(self, problems: Sequence[Problem]) -> None:
        self.problem.setText("\n".join(sentence(self._frame.words, one) for one in problems[:1]))
        self.problem.show()
