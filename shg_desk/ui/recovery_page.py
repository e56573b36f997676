"""The recovery sheet: its code on the screen, as a paper, and the proof that it is on paper: one group typed back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.books import confirm_recovery
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.first_book import layout_twins
from shg_desk.actions.key_care import RecoveryWays
from shg_desk.actions.key_care import make_recovery
from shg_desk.actions.key_care import save_recovery_sheet
from shg_desk.domain.problems import Problem
from shg_desk.i18n.messages import sentence
from shg_desk.sync.recovery_code import folded
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import show_file
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import one_column
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.session import Session

PER_ROW = 4
WIDTH = 760


class RecoveryPage(Page):
    """Makes a code that is kept nowhere else. It counts once a person has typed one of its groups from the paper."""

    place = "settings"

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self.session = session
        self.code = self.office_key = ""
        self.asked = 0
        self.on_paper = False
        body = one_column(self, WIDTH)
        self.wrong, self.done = Banner("wrong"), Banner("done")
        for banner in (self.wrong, self.done):
            banner.hide()
            body.addWidget(banner)
        card = Card(gap=12)
        self.words = Label(wrap=True)
        card.body.addWidget(self.words)
        buttons = Flow(gap=12)
        self.print_button = Button(icon="print", kind="primary")
        self.copy_button = Button(icon="pencil")
        self.later_button = Button(keys=("Esc",))
        for button, run in (
            (self.print_button, self.make_paper),
            (self.copy_button, self.show_code),
            (self.later_button, frame.back),
        ):
            button.clicked.connect(run)
            buttons.addWidget(button)
        card.body.addLayout(buttons)
        self.grid = QGridLayout()
        self.grid.setSpacing(10)
        card.body.addLayout(self.grid)
        self.groups: list[Label] = []
        self.key_words, self.key_text = Label(wrap=True), Label(weight=tokens.MEDIUM, wrap=True)
        card.body.addWidget(self.key_words)
        card.body.addWidget(self.key_text)
        self.typed = Field(width=200)
        self.typed.entered.connect(self.confirm)
        self.confirm_button = Button(keys=("Enter",))
        self.confirm_button.clicked.connect(self.confirm)
        card.body.addWidget(self.typed)
        card.body.addWidget(self.confirm_button, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(card)
        body.addStretch(1)
        self._show_code()

    # -- the frame's questions

    def open(self, target: object = None) -> None:
        """Visited; `print` or `copy` begins at once, as the first run was answered."""
        if target == "copy":
            self.show_code()
        elif target == "print":
            self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """The code goes from the screen and is not kept."""
        self.code, self.office_key, self.on_paper = "", "", False
        self.wrong.hide()
        self.done.hide()
        self.later_button.set_words(self.frame.words._("Later"))
        self._show_code()
        return True

    def title(self) -> str:
        return self.frame.words._("Recovery sheet")

    def sentence(self) -> str:
        return self.frame.words._("Opens the book when the passphrase is forgotten")

    def hints(self) -> Sequence[Hint]:
        say = self.frame.words._
        help_ = Hint(("F1",), say("help"))
        if self._counts():
            return (Hint(("Enter",), say("done"), self.frame.back), help_)
        found = [Hint(("Esc",), say("later"), self.frame.back), help_]
        if self.code and self.on_paper:
            return (Hint(("Enter",), say("check what is typed"), self.confirm), *found)
        if self.code:
            return (Hint(("Enter",), say("it is on paper"), self.confirm), *found)
        return (Hint(("Enter",), say("save for printing"), self.make_paper), *found)

    def focus_first(self) -> None:
        part: QWidget = self.print_button
        if self.code:  # a part that is hidden takes no cursor, and Enter would do nothing
            part = self.typed if self.on_paper else self.confirm_button
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        say = self.frame.words._
        self.words.setText(
            say(
                "A code on paper, kept in another house than the laptop. Without it and without the words nobody can "
                "open the book. A new sheet makes the old one worthless."
            )
        )
        self.print_button.set_words(say("Save the sheet for printing"))
        self.copy_button.set_words(say("Show the code to copy it by hand"))
        self.later_button.set_words(say("Done") if self._counts() else say("Later"))
        self._show_code()

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self.frame.back()
            return True
        if keys.is_plain(event, Qt.Key.Key_Return) or keys.is_plain(event, Qt.Key.Key_Enter):
            (self.confirm if self.code else self.make_paper)()
            return True
        return False

    # -- the code

    def _counts(self) -> bool:
        """The sheet counts: nothing is left to be done here."""
        return not self.code and not self.done.isHidden()

    def show_code(self) -> None:
        """A new code on the screen."""
        self.session.write(make_recovery, self._made, self._tell_problems)

    def make_paper(self) -> None:
        """A new code as a paper, saved where a person says and shown by the system's own viewer."""
        say, words = self.frame.words._, self.frame.words
        out = choosing.new_file(self, say("Where should the sheet go?"), say("recovery sheet") + ".pdf", "PDF (*.pdf)")
        if out is None:
            return

        def made(outcome: Outcome[RecoveryWays]) -> None:
            self._made(outcome)
            show_file(self.frame, out)

        self.session.write(lambda desk: save_recovery_sheet(desk, out, words), made, self._tell_problems)

    def _made(self, outcome: Outcome[RecoveryWays]) -> None:
        ways = outcome.value
        self.code, self.office_key = ways.code, ways.office_key
        parts = self.code.split("-")
        self.asked = (sum(map(ord, self.code)) % (len(parts) - 1)) + 1
        self.on_paper = False
        self.wrong.hide()
        self.done.hide()
        self.later_button.set_words(self.frame.words._("Later"))
        self._show_code()
        self.reworded.emit()
        self.confirm_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_code(self) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # without its parent it would become a window of its own and take the focus
                widget.deleteLater()
        self.groups = []
        parts = self.code.split("-") if self.code and not self.on_paper else []
        for i, part in enumerate(parts):
            label = Label(part, size=tokens.FIGURE, weight=tokens.SEMIBOLD)
            label.setAccessibleName(f"{i + 1}: {' '.join(part)}")
            number = Label(f"{i + 1}", size=tokens.SMALL, ink=tokens.INK2)
            self.grid.addWidget(number, 2 * (i // PER_ROW), i % PER_ROW)
            self.grid.addWidget(label, 2 * (i // PER_ROW) + 1, i % PER_ROW)
            self.groups.append(label)
        say = self.frame.words._
        shown = bool(parts) and bool(self.office_key)
        self.key_words.setText(say("Key to the books of the laptops"))
        self.key_text.setText(" ".join(self.office_key[i : i + 12] for i in range(0, len(self.office_key), 12)))
        for label in (self.key_words, self.key_text):
            label.setVisible(shown)
        self.confirm_button.setVisible(bool(self.code))
        self.confirm_button.set_words(say("Check") if self.on_paper else say("It is on paper"))
        self.typed.setVisible(bool(self.code) and self.on_paper)
        if self.on_paper:
            asked = say("Type group {n} from your paper").format(n=self.asked + 1)
            self.typed.set_words(asked, say("So it is certain that the paper can be read"))
        self.typed.set_text("")

    def confirm(self) -> None:
        """First the code leaves the screen, then what is typed from the paper is held against it; then it counts."""
        if not self.code:
            return
        say = self.frame.words._
        if not self.on_paper:
            self.on_paper = True
            self._show_code()
            self.reworded.emit()
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        typed = self.typed.text()
        if self.code.split("-")[self.asked] not in map(folded, (typed, *layout_twins(typed))):
            self.typed.tell_problem(say("This is not group {n}; look at the paper once more").format(n=self.asked + 1))
            return

        def action(desk: Desk) -> Outcome[None]:
            confirm_recovery(desk)
            return Outcome(None, Changed.SETTINGS)

        def done(_outcome: Outcome[None]) -> None:
            self.code, self.office_key, self.on_paper = "", "", False
            self._show_code()
            self.done.tell(
                say("The recovery sheet counts"), say("Put it into an envelope and keep it in another house.")
            )
            self.done.show()
            self.later_button.set_words(say("Done"))
            self.reworded.emit()
            self.later_button.setFocus(Qt.FocusReason.OtherFocusReason)

        self.session.write(action, done, self._tell_problems)

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        told = [sentence(self.frame.words, one) for one in problems]
        self.wrong.tell(told[0], "\n".join(told[1:]))
        self.wrong.show()
