"""The page before the book is open: whose book, the passphrase, and what the keyboard is doing meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.ui import fonts
from shg_desk.ui import theme
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import restyle
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.focus import FocusRing
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.parts.progress import Progress
from shg_desk.ui.passphrase_aid import PassphraseAid
from shg_desk.ui.tokens import px


@dataclass(frozen=True, slots=True)
class UnlockVerbs:
    """What the page can ask for. `open_book` gets the passphrase; its answer comes back by `tell_problem`."""

    open_book: Callable[[str], None]
    practice: Callable[[], None] | None
    other_book: Callable[[], None]
    language_chosen: Callable[[str], None]
    letters_chosen: Callable[[int], None]


class LanguageBox(QComboBox):
    """The languages, each in its own name."""

    def __init__(self, lang: str, languages: Sequence[str] = tuple(LANGUAGES)) -> None:
        super().__init__()
        for code in languages:
            self.addItem(LANGUAGES[code], code)
        self.setCurrentIndex(max(0, self.findData(lang)))
        wants_ring(self)
        self.restyle()

    def restyle(self) -> None:
        """Font and height at the letter size in force."""
        self.setFont(fonts.font())
        self.setFixedHeight(px(38))
        self.setMinimumWidth(px(150))


class LetterSizes(QWidget):
    """Three letters A, small to large: the letter size, chosen by hand or arrow."""

    def __init__(self, chosen: Callable[[int], None]) -> None:
        super().__init__()
        line = columns(self, gap=4)
        self.buttons: dict[int, Button] = {}
        for percent in tokens.LETTER_SIZES:
            button = Button(f"A {percent}", kind="chip")
            button.setAutoExclusive(True)
            button.setChecked(percent == tokens.letter_size())
            button.clicked.connect(lambda _on=False, size=percent: chosen(size))
            line.addWidget(button)
            self.buttons[percent] = button

    def retranslate(self, words: Words) -> None:
        """The spoken names."""
        for percent, button in self.buttons.items():
            button.setAccessibleName(words._("Letter size {n} %").format(n=percent))


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
        tokens.set_letter_size(percent)
        theme.make_application([])
        restyle(self)
        self._verbs.letters_chosen(percent)

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
