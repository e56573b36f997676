"""Lessons of the practice book: what each is about, its steps with the ticks the book itself has set, and its begin."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Changed
from shg_desk.actions.desk import Desk
from shg_desk.actions.lessons import Lesson
from shg_desk.actions.lessons import Lessons
from shg_desk.actions.lessons import begin_lesson
from shg_desk.actions.lessons import lessons
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.book_page import BookPage
from shg_desk.ui.lesson_words import ABOUT
from shg_desk.ui.lesson_words import STEPS
from shg_desk.ui.lesson_words import TITLES
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.flow import one_column
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.session import Session

WIDTH = 900


class LessonCard(Card):
    """One lesson with its steps and the button that begins it."""

    def __init__(self) -> None:
        super().__init__("\u00a0", gap=6)
        self.about = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.body.addWidget(self.about)
        self.steps = rows(gap=4)
        self.body.addLayout(self.steps)
        self.button = Button()
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)


class LessonsPage(BookPage):
    """A card a lesson; Up and Down go from button to button, Enter begins."""

    shows = Changed.EVERYTHING
    place = "today"

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame, session)
        self.view = Lessons()
        body = one_column(self, WIDTH)
        self.nothing = Label(wrap=True)
        body.addWidget(self.nothing)
        self.cards: dict[str, LessonCard] = {}
        for name in TITLES:
            card = self.cards[name] = LessonCard()
            card.button.clicked.connect(partial(self._begin, name))
            body.addWidget(card)
        body.addStretch(1)

    def reading(self) -> Callable[[Desk], Lessons]:
        return lessons

    def title(self) -> str:
        return self.frame.words._("Lessons")

    def sentence(self) -> str:
        return self.frame.words._("Steps tick themselves off by what is written in the practice book")

    def hints(self) -> Sequence[Hint]:
        say = self.frame.words._
        return (
            Hint(("↑", "↓"), say("choose")),
            Hint(("Enter",), say("begin")),
            Hint(("Ctrl", "1"), say("to today")),
            Hint(("Esc",), say("back"), self.frame.back),
            Hint(("F1",), say("help")),
        )

    def focus_first(self) -> None:
        now = self.view.now()
        wanted = now.name if now is not None and not now.finished else ""
        first = next((one.name for one in self.view.lessons if not one.finished), next(iter(self.cards)))
        self.cards[wanted or first].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.frame.back()
            return True
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        buttons: list[QWidget] = [card.button for card in self.cards.values()]
        here = QApplication.focusWidget()
        if not step or keys.held(event) or here not in buttons:
            return False
        at = max(0, min(buttons.index(here) + step, len(buttons) - 1))
        buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def retranslate(self) -> None:
        say = self.frame.words._
        self.nothing.setText(say("Lessons are in the practice book: Settings, Practice book. This is a real book."))
        self.show_view(self.view)

    def show_view(self, view: Lessons) -> None:
        self.view = view
        self.nothing.setVisible(not view.lessons)
        by_name = {one.name: one for one in view.lessons}
        for name, card in self.cards.items():
            card.setVisible(name in by_name)
            if name in by_name:
                self._show_card(card, by_name[name])

    def _show_card(self, card: LessonCard, lesson: Lesson) -> None:
        words, say = self.frame.words, self.frame.words._
        card.title.setText(words.say(TITLES[lesson.name]))
        card.about.setText(words.say(ABOUT[lesson.name]))
        while (taken := card.steps.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for step, done in lesson.steps:
            holder = QWidget()
            line = columns(holder, gap=10)
            icon, ink = ("disc_tick", tokens.GREEN) if done else ("dashed_ring", tokens.INK3)
            line.addWidget(Picture(icon, ink=ink), 0, Qt.AlignmentFlag.AlignTop)
            said = words.say(STEPS[step])
            text = Label(said, weight=tokens.REGULAR if done else tokens.MEDIUM, wrap=True)
            state = say("done") if done else say("not yet")
            text.setAccessibleName(f"{said}: {state}")
            line.addWidget(text, 1)
            card.steps.addWidget(holder)
        card.set_chosen(lesson.name == self.view.current)
        word = say("Begin again") if lesson.begun else say("Begin")
        card.button.set_words(word, f"{word}: {words.say(TITLES[lesson.name])}")

    def _begin(self, name: str) -> None:
        def begun(_outcome: object) -> None:
            self.frame.toast(self.frame.words._("The lesson has begun; its next step stands at the foot of every page"))

        self.session.write(lambda desk: begin_lesson(desk, name), begun)
