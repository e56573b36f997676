"""The strip under the table with what can be added to it, and in large type the line that stands for the side."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QWidget

from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.meeting_side import tell_difference
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.banner import Agreement
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.tokens import px


class FootStrip(QFrame):
    """`+ Add a line` at the left, the next meeting at the right; between them what was typed wrong, in words.

    Where nothing is wrong, the money of one who is not there is pointed at while the cursor is in her row.
    """

    def __init__(self) -> None:
        super().__init__()
        line = columns(self, margins=(20, 0, 12, 0), gap=12)
        self.add = Button(kind="quiet", icon="plus", keys=("Ins",))
        self._octagon = Picture("octagon", size=18, ink=tokens.RED)
        self.told = Label(size=tokens.GRID, weight=tokens.MEDIUM, ink=tokens.RED, wrap=True)
        self.about = Button(kind="quiet", ink=tokens.INK2)
        line.addWidget(self.add)
        line.addWidget(self._octagon)
        line.addWidget(self.told, 100)  # whole, on as many lines as it takes
        self._triangle = Picture("triangle", size=18, ink=tokens.AMBERMARK)
        self.noted = Label(size=tokens.GRID, weight=tokens.MEDIUM, ink=tokens.AMBER)
        line.addWidget(self._triangle)
        line.addWidget(self.noted)
        line.addStretch(1)
        self._beside = Label(size=tokens.HINT, ink=tokens.INK2)
        line.addWidget(self._beside)
        line.addWidget(self.about)
        self.show_beside([], [])
        self.tell("")

    def note_row(self, draft: Draft, words: Words, line: int) -> None:
        """The row under the cursor: money of one who is not there stays, and the person is told so."""
        amount = 0
        if 0 <= line < len(draft.lines) and draft.was is None:
            amount = draft.figures.unexplained_minor(draft.lines[line].member.id)
        said = formats.money(words, amount, draft.ground.currency)
        self.noted.setText(words._("Not there, {sum} stays. F4: who brought it").format(sum=said) if amount else "")
        self._share()

    def remind(self, sentence: str) -> None:
        """Something to know that is not wrong, until the cursor goes on."""
        self.noted.setText(sentence)
        self._share()

    def _share(self) -> None:
        """What is wrong comes first, then the note on the row; the meeting's own button gives way to either."""
        wrong, noted = bool(self.told.text()), bool(self.noted.text())
        for part in (self.told, self._octagon):
            part.setVisible(wrong)
        for part in (self.noted, self._triangle):
            part.setVisible(noted and not wrong)
        self.about.setVisible(not wrong and not noted)
        self._fit()

    def tell(self, sentence: str) -> None:
        """Say what is wrong with what was typed; nothing takes it back."""
        self.told.setText(sentence)
        self._share()

    def show_beside(self, left: list[str], right: list[str]) -> None:
        """The columns out of sight on both sides."""
        parts = [f"{arrow} {shown}" for arrow, shown in (("←", _few(left)), ("→", _few(right))) if shown]
        self._beside.setText("   ".join(parts))
        self._beside.setAccessibleName(", ".join([*left, *right]))
        self._fit()

    def _fit(self) -> None:
        """The columns out of sight are named where there is room for them; the buttons come first."""
        wants = self._beside.sizeHint().width() + self.add.sizeHint().width() + self.about.sizeHint().width()
        free = not self.told.text() and not self.noted.text()
        shown = bool(self._beside.text()) and free and wants + px(20 + 12 + 40) <= self.width()
        self._beside.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def refresh(self, draft: Draft, words: Words, line: int) -> None:
        """The words of the moment; `line` is the one under the cursor."""
        self.note_row(draft, words, line)
        self.add.set_words(words._("Add a line of the group"))
        on = draft.state.next_on
        about = words._("About this meeting")
        if not draft.state.held:
            about = words._("Not held")
        elif on is not None:
            about = words._("Next meeting {date}").format(date=formats.date(on))
        self.about.set_words(about, words._("About this meeting"))
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(self.rect()).adjusted(0, -8, 0, 0)
        paint.box(QPainter(self), rect, line=tokens.LINE, radius=tokens.RADIUS_TABLE)


class WideLine(QWidget):
    """The difference in one line with its two buttons, for large type."""

    name_asked = Signal()
    count_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = columns(self, margins=(0, 10, 0, 0), gap=10)
        self.wrong = Banner("wrong", large=True, wide=True)
        self.named = Banner("info", wide=True)
        self.agreement = Agreement()
        self.rest = Label(size=tokens.GRID, ink=tokens.INK2)
        self.button = Button(keys=("F8",))
        for part in (self.wrong, self.named, self.agreement):
            line.addWidget(part, 1)
        line.addWidget(self.rest)
        line.addStretch(0)
        line.addWidget(self.button)
        self.button.clicked.connect(self.count_asked)
        for banner in (self.wrong, self.named):
            banner.button_pressed.connect(self.name_asked)

    def refresh(self, draft: Draft, words: Words) -> None:
        """The words of the moment."""
        tell_difference(draft, words, self.wrong, self.named, self.agreement)
        cash, currency = draft.cash(), draft.ground.currency
        self.rest.setText(words._("By the book {sum}").format(sum=formats.money(words, cash.expected_minor, currency)))
        self.rest.setVisible(cash.counted_minor is None)
        self.button.set_words(words._("Count"))


def _few(names: list[str]) -> str:
    """The name nearest, and how many more there are."""
    return names[0].lower() + (f" +{len(names) - 1}" if len(names) > 1 else "") if names else ""
