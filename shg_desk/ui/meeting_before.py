"""What a sheet begins with, above its table: what is open, what moved since the last meeting, what is unknown here."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_state import awaited_minor
from shg_desk.i18n import formats
from shg_desk.i18n.before_words import before_lines
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows

MOST = 2
"""So many records between meetings have a line of their own; of more the last line says how many."""


class BeforeStrip(QWidget):
    """A line each; not there where a sheet begins with nothing to tell. In large type one line stands for all."""

    def __init__(self) -> None:
        super().__init__()
        column = rows(self, margins=(0, 0, 0, 6), gap=1)
        self.lines = [Label(size=tokens.HINT, ink=tokens.INK2, wrap=True) for _ in range(MOST + 4)]
        for line in self.lines:
            column.addWidget(line)

    def refresh(self, draft: Draft, words: Words) -> None:
        """The words of the moment."""
        found = list(before_words(draft, words))
        if tokens.large():  # there is room for one line: what is most pressing stands first
            found = found[:1]
        for line, said in zip(self.lines, [*found, *[""] * len(self.lines)], strict=False):
            line.setText(said)
            line.setVisible(bool(said))
        self.setVisible(bool(found))


def before_words(draft: Draft, words: Words) -> Iterator[str]:
    """The sentences, the most pressing first."""
    ground = draft.ground
    if draft.was is not None:
        return
    if not ground.is_keeper:
        yield from _elsewhere(draft, words)
    yield from before_lines(words, ground, MOST)


def _elsewhere(draft: Draft, words: Words) -> Iterator[str]:
    ground = draft.ground
    if ground.seen_on is None:
        yield words._("Another laptop also writes this group. No meeting of it is known here yet.")
    else:
        text = words._("Another laptop also writes this group. The last meeting known here is of {date}.")
        yield text.format(date=formats.date(ground.seen_on))
    awaited = awaited_minor(ground, draft.state)
    if awaited:
        more = words._("At the start {sum} more was in the box than is known here: it waits for the other laptop.")
        less = words._("At the start {sum} less was in the box than is known here: it waits for the other laptop.")
        yield (more if awaited > 0 else less).format(sum=formats.money(words, abs(awaited), ground.currency))
