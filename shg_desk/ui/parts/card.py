"""White sheets on the page: a card with a title, figures side by side in one card, and the pill of a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.beside import Beside
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import Rule
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.state_bars import StateBars
from shg_desk.ui.tokens import px


class Card(QFrame):
    """A white sheet with a thin line. Widgets go into `body`; `chosen` gives it the ink outline.

    With `title` it has a head: icon, title (18/600, or 16/600 as `small_title`), bars of `state`, a control at the
    right by `head.addWidget`.
    """

    def __init__(
        self, title: str = "", *, icon: str = "", state: int | None = None, small_title: bool = False, gap: int = 6
    ) -> None:
        super().__init__()
        self.chosen = False
        self.body = rows(self, margins=(16, 12, 16, 14), gap=gap)
        self.head = columns(gap=10)
        size = tokens.BODY if small_title else tokens.SECTION
        self.title = Label(title, size=size, weight=tokens.SEMIBOLD, wrap=True)
        self.bars: StateBars | None = None
        if icon:
            self.head.addWidget(Picture(icon))
        self.head.addWidget(self.title, 1)
        if state is not None:
            self.bars = StateBars(state)
            self.head.addWidget(self.bars)
        if title or icon or state is not None:
            self.body.addLayout(self.head)
        else:
            self.title.setParent(self)
            self.title.hide()

    def set_chosen(self, chosen: bool) -> None:
        """The ink outline of what is selected."""
        self.chosen = chosen
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = tokens.INK if self.chosen else tokens.LINE
        paint.box(QPainter(self), QRectF(self.rect()), line=line, width=px(2) if self.chosen else 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """A large figure with its name above, its unit beside it, a sentence below (with an icon, if it warns)."""

    name: str
    figure: str
    unit: str = ""
    below: str = ""
    icon: str = ""
    icon_ink: str = tokens.LAKE


def figure_column(figure: Figure) -> QWidget:
    """One figure as a column of labels."""
    holder = QWidget()
    column = rows(holder, gap=0)
    column.addWidget(Label(figure.name, size=tokens.GRID, ink=tokens.INK2, wrap=True))
    line = columns(gap=6)
    big = Label(figure.figure, size=tokens.FIGURE, weight=tokens.SEMIBOLD)
    line.addWidget(big)
    unit = Label(figure.unit, ink=tokens.INK2)
    line.addWidget(unit, 0, Qt.AlignmentFlag.AlignBottom)
    line.addStretch(1)
    column.addLayout(line)
    below = columns(gap=6)
    if figure.icon:
        below.addWidget(Picture(figure.icon, size=16, ink=figure.icon_ink))
    below.addWidget(Label(figure.below, size=tokens.GRID, ink=tokens.INK2, wrap=True), 1)
    column.addLayout(below)
    column.addStretch(1)
    spoken = " ".join(part for part in (figure.name, figure.figure, figure.unit, figure.below) if part)
    big.setAccessibleName(spoken)
    return holder


class Figures(QFrame):
    """Figures without boxes of their own: one card, thin rules between; in more lines where the card is narrow."""

    def __init__(self, figures: Sequence[Figure] = ()) -> None:
        super().__init__()
        self._layout = rows(self, margins=(16, 8, 16, 8), gap=0)
        self.set_figures(figures)

    def set_figures(self, figures: Sequence[Figure]) -> None:
        """Other figures."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        between = [Rule(upright=True) for _ in figures[1:]]
        self._layout.addWidget(Beside([figure_column(one) for one in figures], between, gap=18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()))


Tone = Literal["plain", "info", "done", "warning", "wrong"]
TONES: dict[Tone, tuple[str, str, str]] = {
    "plain": (tokens.SUNKEN, tokens.INK, tokens.INK2),
    "info": (tokens.LAKE50, tokens.LAKE, tokens.LAKE),
    "done": (tokens.GREEN50, tokens.GREEN, tokens.GREEN),
    "warning": (tokens.AMBER50, tokens.AMBER, tokens.AMBERMARK),
    "wrong": (tokens.RED50, tokens.RED, tokens.RED),
}
TONE_ICONS: dict[Tone, str] = {
    "plain": "",
    "info": "info",
    "done": "ring_tick",
    "warning": "triangle",
    "wrong": "octagon",
}


class Pill(QWidget):
    """A short word about the page in a round tint, with its icon: `Кворум бар: 15`."""

    def __init__(self, words: str = "", tone: Tone = "plain", icon: str | None = None) -> None:
        super().__init__()
        self._words, self._tone, self._icon = words, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words, tone, icon)

    def set_words(self, words: str, tone: Tone | None = None, icon: str | None = None) -> None:
        """Other words, perhaps another tone."""
        self._words = words
        if tone is not None:
            self._tone = tone
            self._icon = icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Size at the letter size in force."""
        self.updateGeometry()

    def _drawn(self) -> str:
        return TONE_ICONS[self._tone] if self._icon is None else self._icon

    def sizeHint(self) -> QSize:
        """Icon and words in one line."""
        icon = px(18 + 5) if self._drawn() else 0
        return QSize(fonts.text_width(self._words, tokens.HINT, tokens.MEDIUM) + icon + px(20), px(23))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, ink, mark = TONES[self._tone]
        rect = QRectF(self.rect())
        paint.box(painter, rect, fill=fill, line=None, radius=11)
        left = float(px(9))
        if self._drawn():
            icons.draw(painter, self._drawn(), left, rect.center().y(), 16, mark)
            left += px(16 + 5)
        words = QRectF(left, 0, rect.width() - left, rect.height())
        paint.text(painter, words, self._words, size=tokens.HINT, weight=tokens.MEDIUM, ink=ink)
