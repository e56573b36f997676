"""What lies in a file or on a stick, shown before anything of it is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from shg_desk.actions.parcel_inside import Inside
from shg_desk.actions.parcel_inside import Lying
from shg_desk.i18n import formats
from shg_desk.i18n import record_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.exchange_words import inside
from shg_desk.ui.exchange_words import pictures
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.table import Table


class InsidePart(Card):
    """A table of files with what is in them. `wanted` takes them in, `left` leaves them where they are."""

    wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("\u00a0", icon="inbox", gap=8)
        self.paths: list[Path] = []
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.body.addWidget(self.below)
        self.table = Table([], row_height=(38, 38))
        self.table.view.opened.connect(lambda _row, _column: self._take())
        self.body.addWidget(self.table)
        foot = columns(gap=12)
        self.take_button = Button(kind="primary", keys=("Enter",))
        self.leave_button = Button(keys=("Esc",))
        self.take_button.clicked.connect(self.wanted)
        self.leave_button.clicked.connect(self.left)
        foot.addWidget(self.take_button)
        foot.addWidget(self.leave_button)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_inside(self, words: Words, paths: Sequence[Path], lying: Lying, place: str) -> None:
        """What lies there."""
        say = words._
        self.paths, found = list(paths), lying.parcels
        self.title.setText(say("What is inside: {place}").format(place=place))
        mine = [one for one in found if not one.for_other and one.problem is None]
        others = sum(one.for_other for one in found)
        told = [say("Nothing of it is taken in yet.")]
        if others:
            told.append(
                words.n_("{n} file is for another book.", "{n} files are for other books.", others).format(n=others)
            )
        if lying.more:
            more = words.n_(
                "{n} more file lies there and is not listed; it is taken in with the others.",
                "{n} more files lie there and are not listed; they are taken in with the others.",
                lying.more,
            )
            told.append(more.format(n=formats.number(words, lying.more)))
        self.below.setText(" ".join(told if found else [say("No parcel lies there")]))
        self.table.set_columns(
            (
                Column(say("What it is"), 150, grows=1, wraps=True),
                Column(say("From whom"), 150, grows=1, wraps=True),
                Column(say("Made"), 104),
                Column(say("Records"), 84, right=True),
                Column(say("New here"), 84, right=True),
                Column(say("What is inside"), 230, grows=2, wraps=True),
            )
        )
        shown = [_row(words, one) for one in found if not one.for_other]
        self.table.set_rows(shown)
        self.table.setVisible(bool(shown))
        self.take_button.set_words(say("Take in"))
        self.take_button.set_reason("" if mine or lying.more else say("There is nothing for this book"))
        self.leave_button.set_words(say("Leave it there"))

    def focus_first(self) -> None:
        """The cursor onto what goes on."""
        (self.leave_button if self.take_button.reason() else self.take_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        if not self.take_button.reason():
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _row(words: Words, one: Inside) -> Row:
    say = words._
    if one.problem is not None:
        told = sentence(words, one.problem)
        cells = (Cell(one.file), Cell(one.sender), Cell(), Cell(), Cell(), _wrong(told))
        return Row(cells, key=one.file)
    name = record_words.word(words, record_words.PARCELS, one.kind)
    if one.kind == "return" and one.number:
        name = say("Receipt № {n}").format(n=one.number)
    held = pictures(words, one.pictures) if one.pictures else inside(words, one.kinds)
    groups = ", ".join(one.groups)
    return Row(
        (
            Cell(name, weight=tokens.MEDIUM),
            Cell(one.sender),
            Cell(formats.date(one.made) if one.made is not None else ""),
            money("" if one.pictures else formats.number(words, one.records)),
            money(formats.number(words, one.new + one.pictures_new), weight=tokens.SEMIBOLD),
            Cell(" · ".join(part for part in (held, groups) if part)),
        ),
        key=one.file,
    )


def _wrong(told: str) -> Cell:
    return Cell(told, icon="octagon", icon_ink=tokens.RED)
