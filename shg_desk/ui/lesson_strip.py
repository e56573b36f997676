"""The lesson that is followed, at the foot of every page of the practice book: its next step, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame

from shg_desk.actions.lessons import Lessons
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.lesson_words import STEPS
from shg_desk.ui.lesson_words import TITLES
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px


class LessonStrip(QFrame):
    """One line; `asked` leads to the page with all lessons and their steps."""

    asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._shown = Lessons()
        line = columns(self, margins=(20, 4, 20, 4), gap=10)
        self.icon = Picture("flag", ink=tokens.OCHRE)
        self.text = Label(size=tokens.GRID, wrap=True)
        self.link = LinkButton(size=tokens.GRID)
        self.link.clicked.connect(self.asked)
        line.addWidget(self.icon)
        line.addWidget(self.text, 1)
        line.addWidget(self.link)

    def show_lessons(self, found: Lessons) -> None:
        """How far the lesson is; without one the way to them is shown."""
        self._shown = found
        words, now = self._words, found.now()
        self.link.set_words(words._("All steps") if now is not None else words._("Choose a lesson"))
        if now is None:
            self.text.setText(words._("Practice: nothing here is real. Lessons show the way and tick themselves off."))
            return
        title = words.say(TITLES[now.name])
        if now.finished:
            self.icon.set_icon("disc_tick", tokens.GREEN)
            self.text.setText(words._("Lesson “{title}” is done. Choose the next one.").format(title=title))
            return
        self.icon.set_icon("flag", tokens.OCHRE)
        done = sum(done for _, done in now.steps)
        told = words._("Lesson “{title}”, {done} of {n} steps done. Now: {step}.")
        step = words.say(STEPS[now.next_step])
        self.text.setText(told.format(title=title, done=done, n=len(now.steps), step=step))

    def retranslate(self) -> None:
        """The same in another language."""
        self.show_lessons(self._shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens.AMBER50))
        painter.fillRect(0, 0, px(5), self.height(), colour(tokens.OCHRE))
