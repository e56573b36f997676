"""What recording a death will write, or taking it back: each account before and after, and what the group decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from shg_desk.actions.views_entry import Preview
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.ledger_effects import effect_columns
from shg_desk.ui.ledger_effects import effect_rows
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.table import Table


class DeathShown(Card):
    """`written` is the button that writes, `left` the one that goes back; with `back` a reason is asked for."""

    written = Signal()
    left = Signal()

    def __init__(self, lang: str) -> None:
        super().__init__(" ", gap=8)
        self.said = Label(wrap=True)
        self.effects = Table([], cursor="none", size=tokens.GRID, row_height=(26, 26))
        self.warn = Label(size=tokens.GRID, ink=tokens.AMBER, wrap=True)
        self.undo = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.reason = Field(width=420, letters="focused", lang=lang)
        for part in (self.said, self.effects, self.warn, self.undo, self.reason):
            self.body.addWidget(part, 1 if part is self.effects else 0)
        buttons = columns(gap=12)
        self.write_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.write_button.clicked.connect(self.written)
        self.back_button = Button(keys=("Esc",))
        self.back_button.clicked.connect(self.left)
        for button in (self.write_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addStretch(0)
        self.back = False

    def show_preview(
        self, words: Words, said: str, preview: Preview | None, warnings: Sequence[str] = (), *, back: bool = False
    ) -> None:
        """Every line anew."""
        self.back = back
        self.title.setText(words._("What is taken back") if back else words._("What will be written"))
        self.said.setText(said)
        self.effects.set_columns(effect_columns(words))
        self.effects.set_rows(effect_rows(words, preview) if preview is not None else [])
        self.effects.setVisible(preview is not None)
        self.warn.setText("\n".join(warnings))
        self.warn.setVisible(bool(warnings))
        undo = words._("If it was a mistake: Del on this page takes all of it back, as long as nothing was paid out.")
        self.undo.setText("" if back else undo)
        self.undo.setVisible(not back)
        self.reason.set_words(words._("Reason"), words._("for the ones who read the booklet"))
        self.reason.set_language(words.lang)
        self.reason.setVisible(back)
        self.write_button.set_words(words._("Take it back") if back else words._("Write it"))
        self.back_button.set_words(words._("Back"))

    def focus_first(self) -> None:
        """The reason, or the button that writes; nothing is written before it."""
        part = self.reason if self.back else self.write_button
        part.setFocus(Qt.FocusReason.OtherFocusReason)
