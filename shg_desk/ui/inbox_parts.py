"""The parts of the Inbox: the card in which a laptop is let in, and what is told of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from shg_desk.actions.changes import Outcome
from shg_desk.actions.enrolment import Granted
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.views_inbox import LaptopSeen
from shg_desk.actions.views_inbox import RequestSeen
from shg_desk.actions.views_inbox import request_seen
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import choosing
from shg_desk.ui import tokens
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.session import Session


class EnrolCard(Card):
    """One laptop is let in: its request file, what people call it, its groups, its figures as it reads them by phone.

    `joined` carries tone, title and sentence of what came of it.
    """

    joined = Signal(str, str, str)

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__("\u00a0", gap=8)
        self._frame, self._session = frame, session
        self.request: RequestSeen | None = None
        self.file: Path | None = None
        self.words = Label(ink=tokens.INK2, wrap=True)
        self.label = Field(letters="focused", lang=frame.words.lang, names=True)
        self.groups = Field(width=420)
        self.digits = Field(width=420)
        self.problem = Label(weight=tokens.MEDIUM, ink=tokens.RED, wrap=True)
        self.problem.hide()
        self.body.addWidget(self.words)
        for field in (self.label, self.groups, self.digits):
            self.body.addWidget(field)
            field.entered.connect(self.go_on)
        self.body.addWidget(self.problem)
        line = Flow(gap=12)
        self.go_button = Button(kind="office", keys=("Enter",))
        self.stop_button = Button(keys=("Esc",))
        self.go_button.clicked.connect(self.grant)
        self.stop_button.clicked.connect(self.close_card)
        line.addWidget(self.go_button)
        line.addWidget(self.stop_button)
        self.body.addLayout(line)
        self.hide()

    def retranslate(self) -> None:
        """All words anew."""
        say = self._frame.words._
        self.title.setText(say("Let a laptop join"))
        self.label.set_words(say("What people call this laptop"), say("for instance the village and who works there"))
        self.groups.set_words(
            say("Codes of groups it may also write"), say("with commas; * is all; its own it always has")
        )
        self.digits.set_words(
            say("Figures the laptop shows"), say("30 figures, read by phone; without them: not compared")
        )
        self.label.set_language(self._frame.words.lang)
        self.go_button.set_words(say("Write the answer"))
        self.stop_button.set_words(say("Back"))
        if self.request is not None:
            told = say("Request of the laptop {code}.")
            if self.request.known_as:
                told = say("Request of the laptop {code}, known here as {label}.")
            self.words.setText(told.format(code=self.request.device, label=self.request.known_as))

    def begin(self) -> None:
        """Asks for the request file and opens the card with it."""
        say, settings = self._frame.words._, self._session.settings
        kinds = say("Requests") + " (*.shgb)"
        file = choosing.file(self, say("Which file is the request?"), kinds, settings.text("stick"))
        if file is None:
            return

        def read(seen: RequestSeen) -> None:
            self.file, self.request = file, seen
            for field in (self.label, self.groups, self.digits):
                field.set_text("")
            self.label.set_text(seen.known_as)
            self.problem.hide()
            self.retranslate()
            self.show()
            self.label.setFocus(Qt.FocusReason.OtherFocusReason)

        self._session.run(lambda desk: request_seen(desk, file), read, self._tell_elsewhere)

    def close_card(self) -> None:
        """Back; nothing is written."""
        self.hide()
        self.file = self.request = None

    def go_on(self) -> None:
        """Enter: the next field, from the last one the answer."""
        fields = (self.label, self.groups, self.digits)
        here = next((i for i, field in enumerate(fields) if field.edit.hasFocus()), 2)
        if here < 2:
            fields[here + 1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.grant()

    def grant(self) -> None:
        """Writes the answer where a person says."""
        file, request, say = self.file, self.request, self._frame.words._
        if file is None or request is None:
            return
        missing = say("Something has to stand here") if not self.label.text() else ""
        self.label.tell_problem(missing)
        if missing:
            self.label.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        folder = choosing.folder(self, say("Where should the answer go?"), str(file.parent))
        if folder is None:
            return
        out = folder / f"{request.device}-answer.shgb"
        groups = [code.strip() for code in self.groups.text().split(",") if code.strip()]
        label, typed = self.label.text(), self.digits.text() or None
        self._session.write(
            lambda desk: grant_enrolment(desk, file, out, groups=groups, typed_fingerprint=typed, label=label),
            self._granted,
            self._tell,
        )

    def _granted(self, outcome: Outcome[Granted]) -> None:
        say, label = self._frame.words._, self.label.text()
        self.close_card()
        title = say("{laptop} has joined").format(laptop=label)
        if outcome.value.compared:
            self.joined.emit("done", title, say("Give the answer back on the stick; its figures are compared."))
        else:
            self.joined.emit("warning", title, sentence(self._frame.words, outcome.warnings[0]))

    def _tell(self, problems: Sequence[Problem]) -> None:
        self.problem.setText("\n".join(sentence(self._frame.words, one) for one in problems))
        self.problem.show()

    def _tell_elsewhere(self, problems: Sequence[Problem]) -> None:
        told = "\n".join(sentence(self._frame.words, one) for one in problems)
        self.joined.emit("warning", self._frame.words._("This file cannot be used"), told)


class LaptopCard(Card):
    """The laptop under the cursor: its groups with their last meetings, and what to do when it is lost."""

    lost = Signal(str)

    def __init__(self) -> None:
        super().__init__("\u00a0", icon="laptop", small_title=True, gap=6)
        self.title.setWordWrap(True)
        self.code = ""
        self._sure = False
        self.groups = Label(size=tokens.GRID, wrap=True)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.button, self.back_button = Button(icon="stop"), Button()
        self.button.clicked.connect(self._press)
        self.back_button.clicked.connect(lambda: self._ask(sure=False))
        self.body.addWidget(self.groups)
        self.body.addWidget(self.below)
        line = Flow(gap=8)
        line.addWidget(self.button)
        line.addWidget(self.back_button)
        self.body.addLayout(line)
        self._words: Words | None = None

    def retranslate(self, words: Words) -> None:
        """All words anew."""
        self._words = words
        self._ask(sure=self._sure)

    def show_laptop(self, words: Words, one: LaptopSeen | None) -> None:
        """Another laptop; a question about the one before is over."""
        self._words = words
        self.setVisible(one is not None)
        if one is None:
            return
        if one.code != self.code:
            self._sure = False
        self.code = one.code
        say = words._
        self.title.setText(one.label)
        lines = []
        for group in one.groups:
            last = say("no meeting yet")
            if group.last_on is not None:
                last = say("last meeting {number}, {date}").format(
                    number=group.last_meeting or "", date=formats.date(group.last_on)
                )
            lines.append(f"{group.name or group.code}: {last}")
        self.groups.setText("\n".join(lines) if lines else say("It has no groups yet."))
        self.button.setVisible(not one.revoked)
        self._ask(sure=self._sure)
        if one.revoked:
            self.below.setText(say("Reported lost: later meetings are written again from paper."))
            self.below.show()

    def _ask(self, *, sure: bool) -> None:
        self._sure = sure
        if self._words is None:
            return
        say = self._words._
        self.button.set_words(say("Take nothing more of it") if sure else say("Laptop lost"))
        self.back_button.set_words(say("Back"))
        self.back_button.setVisible(sure)
        self.below.setText(
            say(
                "What was received stays. Anything it wrote later will wait for a decision; "
                "meetings after those above are written again from paper."
            )
        )
        self.below.setVisible(sure)

    def _press(self) -> None:
        """First what it means, then it is done."""
        if self._sure:
            self._ask(sure=False)
            self.lost.emit(self.code)
        else:
            self._ask(sure=True)
