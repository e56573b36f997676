"""The first run, one question a page: language, kind of work, name and village, five words, recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.sync.keyslots import as_kept
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.first_step import Step
from shg_desk.ui.language_and_letters import LetterSizes
from shg_desk.ui.language_and_letters import change_letters
from shg_desk.ui.language_and_letters import size_asked
from shg_desk.ui.parts.boxes import CursorInSight
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Scroll
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.focus import FocusRing
from shg_desk.ui.parts.progress import Bar
from shg_desk.ui.parts.progress import Progress
from shg_desk.ui.tokens import px

Work = Literal["village", "office", "join"]
WORKS: tuple[Work, ...] = ("village", "office", "join")
Recovery = Literal["print", "copy", "later"]
RECOVERIES: tuple[Recovery, ...] = ("print", "copy", "later")
LEAST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What the first run has asked: enough to make a book."""

    lang: str
    work: Work
    person: str
    place: str
    passphrase: str
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class FirstRunVerbs:
    """`propose` makes five words in a language; `finish` makes the book of the answers, and prints or copies.

    `practice` opens the practice book, where there can be one; `other_book` a book that lies on this computer already.
    """

    propose: Callable[[str], str]
    finish: Callable[[FirstAnswers], None]
    language_chosen: Callable[[str], None]
    letters_chosen: Callable[[int], None]
    practice: Callable[[], None] | None = None
    other_book: Callable[[], None] | None = None


class FirstRun(QWidget):
    """A window of its own. Enter goes on, Esc back, nothing typed is lost on the way; language switches at once."""

    def __init__(self, words: Words, verbs: FirstRunVerbs, languages: Sequence[str] = tuple(LANGUAGES)) -> None:
        super().__init__()
        self._words, self._verbs, self._languages = words, verbs, tuple(languages)
        outer = columns(self, margins=(28, 28, 28, 28), gap=0)
        card = Card(gap=14)
        set_width(card, 640)
        self._card = card
        self.progress = Bar()
        self._where = Label(size=tokens.GRID, ink=tokens.INK2)
        self.letters = LetterSizes(self._choose_letters)
        head = columns(gap=14)
        head.addWidget(self._where, 1)
        head.addWidget(self.letters)
        card.body.addLayout(head)
        card.body.addWidget(self.progress)
        self.steps = QStackedWidget()
        for step in (self._language(), self._work(), self._name(), self._five_words(), self._recovery()):
            step.done()
            self.steps.addWidget(step)
        self._scroll = Scroll(self.steps)
        CursorInSight(self)
        card.body.addWidget(self._scroll, 1)
        self._trouble = Label(weight=tokens.MEDIUM, ink=tokens.RED, wrap=True)
        self._trouble.hide()
        card.body.addWidget(self._trouble)
        foot = columns(gap=14)
        self.back_button = Button(keys=("Esc",), alone=True)
        self.back_button.clicked.connect(self.back)
        self.on_button = Button(kind="primary", keys=("Enter",), alone=True)
        self.on_button.clicked.connect(self.go_on)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.on_button)
        card.body.addLayout(foot)
        column = rows(gap=10)
        column.addWidget(card, 1)
        column.addLayout(self._other_ways())
        self.progress_line = Progress(words)
        column.addWidget(self.progress_line)
        outer.addStretch(1)
        outer.addLayout(column)
        outer.addStretch(2)
        self.restyle()
        self._ring = FocusRing(self)
        self._forget_when_changed()
        self.retranslate()
        self._show(0)

    def _forget_when_changed(self) -> None:
        """What is told of an answer goes as soon as it, or another answer of its page, is another one."""
        for step in (self.language, self.work, self.name, self.phrase, self.recovery):
            for field in step.fields:
                field.changed.connect(self._forget_problems)
            for choice in step.choices:
                choice.toggled.connect(self._forget_problems)

    def _forget_problems(self) -> None:
        step = self.steps.currentWidget()
        for field in step.fields if isinstance(step, Step) else ():
            if field.problem():
                field.tell_problem("")
        self._say("")

    def restyle(self) -> None:
        """The card's height at the letter size in force."""
        self._card.setMaximumHeight(px(620))

    def _choose_letters(self, percent: int) -> None:
        change_letters(self, percent)
        self._verbs.letters_chosen(percent)

    def _other_ways(self) -> Flow:
        """Besides making a book: practising, or opening one that is there."""
        line = Flow(gap=20)
        self.practice, self.other = LinkButton(), LinkButton()
        for link, verb in ((self.practice, self._verbs.practice), (self.other, self._verbs.other_book)):
            line.addWidget(link)
            link.setVisible(verb is not None)
            if verb is not None:
                link.clicked.connect(verb)
        return line

    def tell_problem(self, sentence: str) -> None:
        """The book could not be made, and why; every answer stays."""
        self.on_button.set_reason("")
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    # -- the steps

    def _language(self) -> Step:
        self.language = Step()
        at = self._languages.index(self._words.lang) if self._words.lang in self._languages else 0
        self.language.add_choices([LANGUAGES[code] for code in self._languages], at)
        for code, choice in zip(self._languages, self.language.choices, strict=True):
            choice.toggled.connect(lambda on, lang=code: self._switch(lang) if on else None)
        return self.language

    def _work(self) -> Step:
        self.work = Step()
        self.work.add_choices(["", "", ""])
        return self.work

    def _name(self) -> Step:
        self.name = Step()
        self.person = self.name.add_field(Field(letters="focused", lang=self._words.lang, names=True))
        self.place = self.name.add_field(Field(letters="focused", lang=self._words.lang, names=True))
        return self.name

    def _five_words(self) -> Step:
        self.phrase = Step()
        self.proposed = Label(size=tokens.CARD_TITLE, weight=tokens.MEDIUM, wrap=True)
        self.phrase.column.addWidget(self.proposed)
        self.other_words, self.own_words = Button(icon="undo"), Button(kind="chip", alone=True)
        self.other_words.clicked.connect(self._propose)
        self.own_words.clicked.connect(self._own_or_proposed)
        buttons = Flow(gap=12)
        buttons.addWidget(self.other_words)
        buttons.addWidget(self.own_words)
        self.phrase.column.addLayout(buttons)
        self.typed = self.phrase.add_field(Field(letters="always", lang=self._words.lang, width=560))
        self.again = self.phrase.add_field(Field(letters="focused", lang=self._words.lang, width=560))
        self.again.hide()
        return self.phrase

    def _own_or_proposed(self) -> None:
        """Words of one's own are typed twice; the proposed ones once, for they stand above."""
        own = self.own_words.isChecked()
        self.proposed.setVisible(not own)
        self.other_words.setVisible(not own)
        self.again.setVisible(own)
        for field in self.phrase.fields:
            field.set_text("")
        self.own_words.restyle()
        self.retranslate()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recovery(self) -> Step:
        self.recovery = Step()
        self.recovery.add_choices(["", "", ""])
        return self.recovery

    def _propose(self) -> None:
        self.proposed.setText(self._verbs.propose(self._words.lang))

    # -- words

    def _switch(self, lang: str) -> None:
        if lang != self._words.lang:
            self._words.switch(lang)
            self._propose()
            self.retranslate()
            self._verbs.language_chosen(lang)

    def retranslate(self) -> None:
        """All words anew; trouble told in the language before is taken back."""
        self._forget_problems()
        say = self._words._
        self.setWindowTitle("SHG Desk")
        texts = (
            (self.language, say("Language"), ""),
            (self.work, say("What is this laptop for?"), ""),
            (self.name, say("Who works here, and where?"), say("This stands on every sheet you print.")),
            (self.phrase, say("Five words open your book"), self._phrase_hint()),
            (
                self.recovery,
                say("A recovery sheet, in case the words are lost"),
                say("Without it and without the words nobody can open the book, not even the office."),
            ),
        )
        for step, question, hint in texts:
            step.question.setText(question)
            step.hint.setText(hint)
            step.hint.setVisible(bool(hint))
        works = (say("My village"), say("An office"), say("Join a colleague"))
        ways = (say("Print it"), say("Copy it by hand"), say("Later: Today will remind you"))
        for step, named in ((self.work, works), (self.recovery, ways)):
            for choice, word in zip(step.choices, named, strict=True):
                choice.set_words(word)
        self.person.set_words(say("Your name"), say("as you give it yourself"))
        self.place.set_words(say("Village or office"))
        own = self.own_words.isChecked()
        self.typed.set_words(say("The words of your own") if own else say("The five words"))
        self.again.set_words(say("The same words once more"))
        self.own_words.set_words(say("Words of my own"))
        self.practice.set_words(say("Practice book"))
        self.other.set_words(say("Another book"))
        self.progress_line.retranslate()
        self.letters.retranslate(self._words)
        for field in (self.person, self.place, self.typed, self.again):
            field.set_language(self._words.lang)
        self.other_words.set_words(say("Other words"))
        self.back_button.set_words(say("Back"))
        self._show_place()

    def _phrase_hint(self) -> str:
        if self.own_words.isChecked():
            return self._words._("At least 8 letters. Several words are easier to remember and harder to guess.")
        return self._words._("Write them down, then type them here.")

    def _show_place(self) -> None:
        at, count = self.steps.currentIndex() + 1, self.steps.count()
        self._where.setText(self._words._("Step {n} of {count}").format(n=at, count=count))
        self.progress.set_share(at, count)
        self.on_button.set_words(self._words._("Make the book") if at == count else self._words._("Go on"))
        self.back_button.setVisible(at > 1)

    # -- going

    def _show(self, number: int) -> None:
        self._forget_problems()
        self.steps.setCurrentIndex(number)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_place()
        step = self.steps.currentWidget()
        if isinstance(step, Step):
            step.focus_first()
        if step is self.phrase and not self.proposed.text():
            self._propose()

    def back(self) -> None:
        """The question before; nothing happens on the first."""
        if self.steps.currentIndex():
            self._show(self.steps.currentIndex() - 1)

    def go_on(self) -> None:
        """The next question, or the book; a missing answer is told at its field."""
        if not self._complete():
            return
        if self.steps.currentIndex() + 1 < self.steps.count():
            self._show(self.steps.currentIndex() + 1)
        else:
            self.tell_problem("")
            self.on_button.set_reason(self._words._("The book is being made"))
            self._verbs.finish(self.answers())

    def answers(self) -> FirstAnswers:
        """What has been answered so far."""
        return FirstAnswers(
            self._words.lang,
            WORKS[self.work.chosen()],
            self.person.text(),
            self.place.text(),
            as_kept(self.typed.text()),
            RECOVERIES[self.recovery.chosen()],
        )

    def _complete(self) -> bool:
        step = self.steps.currentWidget()
        wrong: list[tuple[Field, str]] = []
        if step is self.name:
            missing = self._words._("Something has to stand here")
            wrong = [(field, missing) for field in (self.person, self.place) if not field.text()]
        if step is self.phrase:
            wrong = self._wrong_phrase()
        for field in step.fields if isinstance(step, Step) else ():
            field.tell_problem(dict(wrong).get(field, ""))
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _wrong_phrase(self) -> list[tuple[Field, str]]:
        if not self.own_words.isChecked():
            same = as_kept(self.typed.text()).casefold() == self.proposed.text().casefold()
            told = self._words._("These are not the words above; letters and order count")
            return [] if same else [(self.typed, told)]
        if len(as_kept(self.typed.text())) < LEAST_LETTERS:
            return [(self.typed, self._words._("This is shorter than 8 letters"))]
        if as_kept(self.typed.text()) != as_kept(self.again.text()):
            return [(self.again, self._words._("This is not what stands above"))]
        return []

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.steps.currentWidget()
        if wanted := size_asked(event):
            self._choose_letters(wanted)
            return
        number = keys.digit(event)
        if keys.held(event) == Qt.KeyboardModifier.NoModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go_on()
                return
            if event.key() == Qt.Key.Key_Escape:
                self.back()
                return
            if number and isinstance(step, Step) and step.choose(int(number) - 1):
                return
        super().keyPressEvent(event)
