"""A sentence that must not be missed, in the page and never as a pop-up: wrong, warning, done, information.

The difference banner is `Banner("wrong", ...)`: sentence, one likely cause as a link to its row, one button.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPainterPath
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QFrame

from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import TONES
from shg_desk.ui.parts.card import Tone
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

ICONS: dict[Tone, str] = {"wrong": "octagon", "warning": "triangle", "done": "disc_tick", "info": "info", "plain": ""}


class Banner(QFrame):
    """Tint, a bar of 5 px at the left, icon, title, words, at most one link and one button.

    `large` is the title of 20 px of a difference; `wide` sets everything in one line (under a table), `lies_down` only
    while letters are large.
    """

    link_pressed = Signal()
    button_pressed = Signal()

    def __init__(
        self, tone: Tone, *, large: bool = False, wide: bool = False, lies_down: bool = False, icon: str = ""
    ) -> None:
        super().__init__()
        self._tone, self._wide, self._lies_down = tone, wide, lies_down
        _, ink, mark = TONES[tone]
        size = tokens.CARD_TITLE if large else tokens.BODY
        self._title = Label(size=size, weight=tokens.SEMIBOLD, ink=ink, wrap=True)
        self._words = Label(size=tokens.GRID, wrap=True)
        self._link = LinkButton(size=tokens.GRID)
        self._button = Button()
        self._link.clicked.connect(self.link_pressed)
        self._button.clicked.connect(self.button_pressed)
        self._layout = rows(self, margins=(14, 9, 12, 10), gap=4)
        head = columns(gap=9)
        self._picture = Picture(icon or ICONS[tone], size=22 if large else 20, ink=mark)
        head.addWidget(self._picture)
        head.addWidget(self._title, 1)
        self._head = head
        self._layout.addLayout(head)
        for part in (self._words, self._link, self._button):
            self._layout.addWidget(part)
            part.hide()
        self.restyle()

    def restyle(self) -> None:
        """Upright, or in one line."""
        lying = self._wide or (self._lies_down and tokens.large())
        direction = QBoxLayout.Direction.LeftToRight if lying else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        self._head.setAlignment(self._picture, middle if lying else top)
        self._layout.setStretch(0, 2 if lying else 0)
        self._layout.setStretch(1, 3 if lying else 0)

    def tell(self, title: str, words: str = "", link: str = "", button: str = "", keys: tuple[str, ...] = ()) -> None:
        """Say it; the title is spoken too when it has changed."""
        changed = title != self._title.text()
        self._title.setText(title)
        self._words.setText(words)
        self._link.set_words(link)
        self._button.set_words(button)
        self._button.set_keys(keys)
        self._words.setVisible(bool(words))
        self._link.setVisible(bool(link))
        self._button.setVisible(bool(button))
        self.setAccessibleName(f"{title}. {words}")
        if changed and title:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{title}. {words}"))

    def title(self) -> str:
        """What it says."""
        return self._title.text()

    def button(self) -> Button:
        """The one button."""
        return self._button

    def link(self) -> LinkButton:
        """The one link."""
        return self._link

    def paintEvent(self, _event: QPaintEvent) -> None:
        tinted_sheet(self, self._tone)


def tinted_sheet(widget: QFrame, tone: Tone) -> None:
    """Paint the ground of a banner or problem list: tint, line, and the bar at the left."""
    painter = QPainter(widget)
    fill, _, mark = TONES[tone]
    rect = QRectF(widget.rect())
    paint.box(painter, rect, fill=fill, line=mark)
    clip = QPainterPath()
    clip.addRoundedRect(rect, px(tokens.RADIUS_CARD), px(tokens.RADIUS_CARD))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(clip)
    painter.fillRect(QRectF(0, 0, px(5), rect.height()), colour(mark))


class Agreement(QFrame):
    """One green line: box and book agree."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        line = columns(self, margins=(14, 8, 14, 8), gap=9)
        line.addWidget(Picture("disc_tick", ink=tokens.GREEN))
        self._words = Label(words, weight=tokens.SEMIBOLD, ink=tokens.GREEN, wrap=True)
        line.addWidget(self._words, 1)

    def set_words(self, words: str) -> None:
        """Other words."""
        self._words.setText(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tinted_sheet(self, "done")
