"""The page before the book is open: whose book, the passphrase, and what the keyboard is doing meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.language_and_letters import LanguageBox
from shg_desk.ui.language_and_letters import LetterSizes
from shg_desk.ui.language_and_letters import change_letters
from shg_desk.ui.language_and_letters import size_asked
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.focus import FocusRing
from shg_desk.ui.parts.progress import Progress
from shg_desk.ui.passphrase_aid import PassphraseAid


@dataclass(frozen=True, slots=True)
class UnlockVerbs:
    """What the page can ask for. `open_book` gets the passphrase; its answer comes back by `tell_problem`."""

    open_book: Callable[[str], None]
    practice: Callable[[], None] | None
    other_book: Callable[[], None]
    language_chosen: Callable[[str], None]
    letters_chosen: Callable[[int], None]


class UnlockPage(QWidget):
    """A window of its own, before the main one. Enter opens; Esc empties nothing."""

    def __init__(
        self, words: Words, book: str, verbs: UnlockVerbs, languages: Sequence[str] = tuple(LANGUAGES)
    ) -> None:
        super().__init__()
        self._words, self._verbs = words, verbs
        self.from_sheet = False
        self.setAccessibleName(book)
        outer = columns(self, margins=(28, 28, 28, 28), gap=0)
        column = rows(gap=12)
        column.addStretch(1)
        column.addWidget(self._card(book, languages))
        column.addLayout(self._other_ways())
        self.progress_line = Progress(words)
        column.addWidget(self.progress_line)
        column.addStretch(2)
        holder = QWidget()
        holder.setLayout(column)
        set_width(holder, 420)
        outer.addStretch(1)
        outer.addWidget(holder)
        outer.addStretch(4)
        self._ring = FocusRing(self)
        self.retranslate()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, owner: str, languages: Sequence[str]) -> Card:
        card = Card(gap=12)
        head = columns(gap=10)
        head.addWidget(Picture("laptop", size=24))
        head.addWidget(Label(owner, size=tokens.CARD_TITLE, weight=tokens.SEMIBOLD, wrap=True), 1)
        card.body.addLayout(head)
        choices = columns(gap=8)
        self.language = LanguageBox(self._words.lang, languages)
        self.language.activated.connect(lambda _i: self._choose_language(str(self.language.currentData())))
        self.letters = LetterSizes(self._choose_letters)
        choices.addWidget(self.language, 1)
        choices.addWidget(self.letters)
        card.body.addLayout(choices)
        self.passphrase = Field(width=388, lang=self._words.lang, letters="always")
        self.passphrase.entered.connect(self._open)
        self.passphrase.changed.connect(self._forget_problem)
        card.body.addWidget(self.passphrase)
        self.aid = PassphraseAid(self._words, self.passphrase.edit)
        card.body.addWidget(self.aid)
        self.open_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.open_button.clicked.connect(self._open)
        self.sheet = LinkButton()
        self.sheet.clicked.connect(lambda: self.ask_for_sheet(on=not self.from_sheet))
        last = columns(gap=16)
        last.addWidget(self.open_button)
        last.addWidget(self.sheet)
        last.addStretch(1)
        card.body.addLayout(last)
        return card

    def _other_ways(self) -> Flow:
        line = Flow(gap=20)
        self.practice, self.other = LinkButton(), LinkButton()
        self.practice.setVisible(self._verbs.practice is not None)
        if self._verbs.practice is not None:
            self.practice.clicked.connect(self._verbs.practice)
        self.other.clicked.connect(self._verbs.other_book)
        for link in (self.practice, self.other):
            line.addWidget(link)
        return line

    def ask_for_sheet(self, *, on: bool) -> None:
        """Ask for what stands on the recovery sheet, in letters that are shown; or for the passphrase again."""
        self.from_sheet = on
        self.passphrase.set_text("")
        if on:
            self.aid.show_text()
        else:
            self.aid.hide_text()
        self.retranslate()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- words

    def retranslate(self) -> None:
        """All words anew."""
        words = self._words
        self.setWindowTitle("SHG Desk")
        if self.from_sheet:
            hint = words._("The code of 28 letters; of an office's sheet also its long key")
            self.passphrase.set_words(words._("Code or key from the recovery sheet"), hint)
        else:
            self.passphrase.set_words(words._("Passphrase"))
        self.sheet.set_words(words._("Passphrase") if self.from_sheet else words._("Recovery sheet"))
        self.passphrase.set_language(words.lang)
        self.open_button.set_words(words._("Open"))
        self.practice.set_words(words._("Practice book"))
        self.other.set_words(words._("Another book"))
        self.progress_line.retranslate()
        self.letters.retranslate(words)
        self.language.setAccessibleName(words._("Language"))
        self.aid.retranslate()

    def _choose_language(self, lang: str) -> None:
        self._words.switch(lang)
        self.retranslate()
        self._verbs.language_chosen(lang)

    def _choose_letters(self, percent: int) -> None:
        change_letters(self, percent)
        self._verbs.letters_chosen(percent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if wanted := size_asked(event):
            self._choose_letters(wanted)
        else:
            super().keyPressEvent(event)

    # -- opening

    def _open(self) -> None:
        self.tell_problem("")
        self.open_button.set_reason(self._words._("The book is being opened"))
        self._verbs.open_book(self.passphrase.edit.text())

    def _forget_problem(self) -> None:
        """Other words are being typed: what was told of those before is told no more."""
        if self.passphrase.problem():
            self.passphrase.tell_problem("")

    def tell_problem(self, sentence: str) -> None:
        """The book did not open, and why; the passphrase stays so that it can be mended."""
        self.open_button.set_reason("")
        self.passphrase.tell_problem(sentence)
        if sentence:
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
