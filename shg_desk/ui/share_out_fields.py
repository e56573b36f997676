"""What is typed for a share-out: its day, what the group keeps back, the votes; read anew whenever it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.money import AmountError
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_draft import typed_minor
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow


@dataclass(frozen=True, slots=True)
class Typed:
    """The day (None: nothing is typed, it is today), minor units kept back, votes for and against."""

    on: date | None
    kept_minor: int
    votes: tuple[int | None, int | None]


class ShareOutFields(QWidget):
    """The fields beside each other."""

    def __init__(self) -> None:
        super().__init__()
        flow = Flow(self, gap=14)
        self.on, self.kept = Field(width=130), Field(width=130)
        self.votes_for, self.votes_against = Field(width=90), Field(width=90)
        for field in self.fields():
            flow.addWidget(field)
        self._last: tuple[date | None, int] = (None, 0)

    def fields(self) -> Sequence[Field]:
        """In the order of the cursor."""
        return (self.on, self.kept, self.votes_for, self.votes_against)

    def clear(self) -> None:
        """Empty, without trouble told."""
        self._last = None, 0
        for field in self.fields():
            field.set_text("")

    def retranslate(self, words: Words) -> None:
        """The labels."""
        self.on.set_words(words._("Date"))
        self.kept.set_words(words._("The group keeps back"))
        self.votes_for.set_words(words._("For"))
        self.votes_against.set_words(words._("Against"))

    def show_ground(self, ground: Ground) -> None:
        """The day in force stands in grey."""
        self.on.edit.setPlaceholderText(formats.date(ground.on))
        self.kept.edit.setPlaceholderText("0")

    def read(self, words: Words, ground: Ground | None) -> Typed | None:
        """What is typed now; None where a field cannot be read, each of them told. Nothing unread counts as nothing."""
        on, read = self._day(words, ground)
        kept = self._kept_minor(words, ground)
        votes = [self._votes(words, field) for field in (self.votes_for, self.votes_against)]
        if not read or kept is None or not all(fine for _, fine in votes):
            return None
        return Typed(on, kept, (votes[0][0], votes[1][0]))

    def read_day_and_kept(self, words: Words, ground: Ground | None) -> tuple[date | None, int]:
        """Of the first two fields what the table shows: while one cannot be read (and says so) what it said before."""
        (on, read), kept = self._day(words, ground), self._kept_minor(words, ground)
        self._last = on if read else self._last[0], self._last[1] if kept is None else kept
        return self._last

    def wrong(self) -> Field | None:
        """The first field that trouble is told of."""
        return next((field for field in self.fields() if field.problem()), None)

    def _day(self, words: Words, ground: Ground | None) -> tuple[date | None, bool]:
        text = self.on.text()
        self.on.tell_problem("")
        if not text:
            return None, True
        try:
            return parse_date(text, reference=(ground.today or ground.on) if ground is not None else None), True
        except DateError as trouble:
            self.on.tell_problem(sentence(words, Problem(trouble.code, "date", {"text": text})))
            return None, False

    def _kept_minor(self, words: Words, ground: Ground | None) -> int | None:
        text = self.kept.text()
        self.kept.tell_problem("")
        if not text:
            return 0
        if ground is None:
            return None
        try:
            return typed_minor(text, ground.currency.minor_digits)
        except AmountError as trouble:
            self.kept.tell_problem(sentence(words, Problem(trouble.code, "amount"), ground.currency))
            return None

    def _votes(self, words: Words, field: Field) -> tuple[int | None, bool]:
        text = field.text()
        fine = not text or (text.isascii() and text.isdecimal() and len(text) < 4)
        field.tell_problem("" if fine else words._("A number of votes"))
        return (int(text) if text and fine else None), fine
