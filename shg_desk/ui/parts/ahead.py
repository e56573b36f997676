"""What will be written, shown in the page before it is: lines, what to heed, how to undo it, the button that writes.

Only Enter writes; F10, which has shown it, does nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import emptied
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.hint_bar import Hint

WIDTH = 700

Line = tuple[str, str, bool]
"""A name (empty: the words go over the whole width), what stands beside it, and whether it is one of the figures."""


class Ahead(QWidget):
    """The preview. `written` is Enter or the button that writes, `left` is Esc or the one that goes back.

    `own` are parts of the page between the lines and what is to be heeded, of which the first one grows; with them the
    card is as large as the page.
    """

    written = Signal()
    left = Signal()

    def __init__(self, *own: QWidget) -> None:
        super().__init__()
        column = rows(self, gap=12)
        self.card = Card(" ", gap=8)
        self._lines, self._below = rows(gap=5), rows(gap=5)
        self.card.body.addLayout(self._lines)
        for part in own:
            self.card.body.addWidget(part, 1 if part is own[0] else 0)
        self.card.body.addLayout(self._below)
        self.card.body.addStretch(0)
        line = columns(gap=0)
        line.addWidget(self.card)
        if not own:
            set_width(self.card, WIDTH)
            line.addStretch(1)
        column.addLayout(line, 1 if own else 0)
        buttons = columns(gap=12)
        self.write_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.write_button.clicked.connect(self.written)
        self.back_button = Button(keys=("Esc",))
        self.back_button.clicked.connect(self.left)
        for button in (self.write_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(0 if own else 1)
        self._first: QWidget = self.write_button
        self._verb = ""
        self.lines: tuple[Line, ...] = ()

    def show_lines(
        self,
        words: Words,
        lines: Sequence[Line],
        write: str,
        *,
        title: str = "",
        verb: str = "",
        heed: Sequence[str] = (),
        below: Sequence[str] = (),
        first: QWidget | None = None,
    ) -> None:
        """Every line anew. `write` stands on the button, `verb` in the hint bar; `first` has the cursor, or the button.

        `heed` are warnings, `below` what is said in small letters.
        """
        self.lines, self._first, self._verb = tuple(lines), first or self.write_button, verb or words._("write it")
        self.card.title.setText(title or words._("What will be written"))
        self.write_button.set_words(write)
        self.back_button.set_words(words._("Back"))
        emptied(self._lines)
        emptied(self._below)
        for name, text, is_figure in self.lines:
            line = columns(gap=12)
            if name:
                line.addWidget(Label(name, ink=tokens.INK2, wrap=True), 1)
            line.addWidget(Label(text, weight=tokens.SEMIBOLD if is_figure else tokens.REGULAR, wrap=True), 1)
            self._lines.addLayout(line)
        for ink, some in ((tokens.AMBER, heed), (tokens.INK2, below)):
            for said in some:
                self._below.addWidget(Label(said, size=tokens.GRID, ink=ink, wrap=True))

    def hints(self, words: Words) -> tuple[Hint, ...]:
        """The keys of the preview."""
        return (
            Hint(("Enter",), self._verb, self.written.emit),
            Hint(("Esc",), words._("back"), self.left.emit),
        )

    def focus_first(self) -> None:
        """What has to be answered before, or the button that writes."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        """Enter, Esc, and an F10 that does nothing."""
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.written.emit()
        else:
            return keys.is_plain(event, Qt.Key.Key_F10)
        return True
