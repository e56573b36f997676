"""What is typed for a share-out: its day, what the group keeps back, the votes; read anew whenever it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from shg_desk.domain.sheet import Ground
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.typed_fields import typed_day
from shg_desk.ui.typed_fields import typed_sum
from shg_desk.ui.typed_fields import typed_votes


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
        (on, read), kept = self._day_and_kept(words, ground)
        votes = [typed_votes(words, field) for field in (self.votes_for, self.votes_against)]
        if not read or kept is None or not all(fine for _, fine in votes):
            return None
        return Typed(on, kept, (votes[0][0], votes[1][0]))

    def read_day_and_kept(self, words: Words, ground: Ground | None) -> tuple[date | None, int]:
        """Of the first two fields what the table shows: while one cannot be read (and says so) what it said before."""
        (on, read), kept = self._day_and_kept(words, ground)
        self._last = on if read else self._last[0], self._last[1] if kept is None else kept
        return self._last

    def _day_and_kept(self, words: Words, ground: Ground | None) -> tuple[tuple[date | None, bool], int | None]:
        reference = (ground.today or ground.on) if ground is not None else None
        currency = ground.currency if ground is not None else None
        return typed_day(words, self.on, reference), typed_sum(words, self.kept, currency)

    def wrong(self) -> Field | None:
        """The first field that trouble is told of."""
        return next((field for field in self.fields() if field.problem()), None)
