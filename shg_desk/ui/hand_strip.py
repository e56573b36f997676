"""While the laptop is with the treasurer: whose sheet is open, and the animator's words that give the rest back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame

from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.parts.letter_bar import LetterBar
from shg_desk.ui.passphrase_aid import PassphraseAid
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px


class HandStrip(QFrame):
    """One line at the foot of the page. `tried` carries what was typed."""

    tried = Signal(str)

    def __init__(self, words: Words, group: str) -> None:
        super().__init__()
        self._words, self._group = words, group
        column = rows(self, margins=(20, 4, 20, 4), gap=4)
        line = columns(gap=12)
        self.text = Label(size=tokens.GRID, weight=tokens.MEDIUM)
        self.wrong = Label(size=tokens.GRID, weight=tokens.MEDIUM, ink=tokens.RED)
        self.edit = LineEdit(size=tokens.BODY, height=36)
        set_width(self.edit, 200)
        self.edit.entered.connect(self._try)
        self.aid = PassphraseAid(words, self.edit)
        self.letters = LetterBar(self.edit, words.lang)
        self.edit.letter_bar = self.letters
        self.button = Button()
        self.button.clicked.connect(self._pressed)
        line.addWidget(Picture("key", ink=tokens.LAKE))
        line.addWidget(self.text)
        line.addWidget(self.wrong)
        line.addStretch(1)
        line.addWidget(self.edit)
        line.addWidget(self.button)
        under = columns(gap=12)
        under.addWidget(self.letters, 1)
        under.addWidget(self.aid)
        column.addLayout(line)
        column.addLayout(under)
        self.wrong.hide()
        self._ask(shown=False)
        self.retranslate()

    def _ask(self, *, shown: bool) -> None:
        """The field with its letters; hidden again it forgets what was typed: the laptop is in other hands."""
        for part in (self.edit, self.aid, self.letters):
            part.setVisible(shown)
        if not shown:
            self.edit.clear()
            self.aid.hide_text()

    def retranslate(self) -> None:
        """Every word anew."""
        w = self._words
        self.text.setText(w._("With the treasurer of {group}: only this sheet is open").format(group=self._group))
        self.wrong.setText(w._("These are not the words this book was opened with"))
        self.edit.setPlaceholderText(w._("the passphrase this book was opened with"))
        self.edit.setAccessibleName(self.edit.placeholderText())
        self.button.set_words(w._("Take the laptop back"))
        self.aid.retranslate()
        self.letters.set_language(w.lang)

    def _pressed(self) -> None:
        if self.edit.isHidden():
            self._ask(shown=True)
            self.edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._try()

    def _try(self) -> None:
        self.wrong.hide()
        typed = self.edit.text()
        if typed:
            self.tried.emit(typed)

    def tell_wrong(self) -> None:
        """What was typed does not open the book; it stays to be mended, and typing over it begins anew."""
        self.wrong.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.edit.isHidden():
            self._ask(shown=False)
            self.wrong.hide()
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens.LAKE50))
        painter.fillRect(0, 0, px(5), self.height(), colour(tokens.LAKE))
