"""The head of a page: its title says the thing, its sentence where and when; at the right at most three controls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px


class Initials(QWidget):
    """A disc with the initials of a person, before the title of her page."""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self._letters = letters
        self.restyle()

    def restyle(self) -> None:
        """Size at the letter size in force."""
        self.setFixedSize(px(46), px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint.box(painter, rect, fill=tokens.LAKE50, line=tokens.LAKE, radius=23)
        size = tokens.SECTION
        paint.text(painter, rect, self._letters, size=size, weight=500, ink=tokens.LAKE, align=paint.CENTRE)


class GroupMark(QWidget):
    """A bar in a group's colour before the title that names the group; the colour alone says nothing."""

    def __init__(self, colour: int = 0) -> None:
        super().__init__()
        self._colour = colour
        self.restyle()

    def colour(self) -> str:
        """The token it is painted in."""
        return tokens.GROUP_COLOURS[self._colour]

    def set_colour(self, number: int) -> None:
        """Another group's, by its number among `tokens.GROUP_COLOURS`."""
        self._colour = number
        self.update()

    def restyle(self) -> None:
        """Size at the letter size in force."""
        self.setFixedSize(px(14), px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, QRectF(self.rect()), fill=self.colour(), line=None, radius=tokens.RADIUS_TABLE)


class Header(QWidget):
    """64 px of white with title, sentence and controls. The title can take the focus, so that it is never lost.

    Where words and controls do not fit side by side, the controls stand under the words; nothing is shortened.
    """

    def __init__(self) -> None:
        super().__init__()
        self._layout = columns(self, margins=(20, 5, 20, 5), gap=12)
        self._head = columns(gap=12)
        self._before = columns(gap=0)
        self._head.addLayout(self._before)
        words = rows(gap=0)
        words.addStretch(1)
        self.title = Label(size=tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True)
        self.title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sentence = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self.sentence.hide()
        words.addStretch(1)
        self._head.addLayout(words, 1)
        self._layout.addLayout(self._head, 1)
        self._controls = columns(gap=11)
        self._layout.addLayout(self._controls)
        self._shown: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        """Height and place of the controls at the letter size in force."""
        self._arrange()

    def set_words(self, title: str, sentence: str) -> None:
        """Other title and sentence."""
        self.title.setText(title)
        self.title.setAccessibleName(f"{title}. {sentence}")
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))  # an empty line would push the title out of the header
        self._arrange()

    def set_controls(self, controls: Sequence[QWidget], before: QWidget | None = None) -> None:
        """Show a page's own controls; those of the page before are hidden and stay that page's."""
        wanted = [*controls] if before is None else [before, *controls]
        if wanted == self._shown:
            self._arrange()
            return
        for old in self._shown:
            self._controls.removeWidget(old)
            self._before.removeWidget(old)
            if old not in wanted:
                old.hide()
        for control in controls:
            self._controls.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            control.show()
        if before is not None:
            self._before.addWidget(before)
            before.show()
        self._shown = wanted
        self._arrange()

    def _arrange(self) -> None:
        """Beside each other where title and most of the sentence fit, else one under the other; as high as needed."""
        room = self.width() - px(40)
        controls = self._controls.sizeHint().width()
        before = self._before.sizeHint().width()
        title = fonts.text_width(self.title.text(), tokens.TITLE, tokens.SEMIBOLD)
        sentence = fonts.text_width(self.sentence.text(), tokens.GRID)
        beside = before + max(title, min(sentence, px(200))) + controls + px(28) <= room
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)
        gaps = (px(12) if before else 0) + (px(12) if controls and beside else 0)
        words = max(1, room - before - gaps - (controls if beside else 0))
        high = self.title.heightForWidth(words) + (self.sentence.heightForWidth(words) if sentence else 0)
        high = max(high, self._before.sizeHint().height())
        if not beside:
            high += self._controls.sizeHint().height() + px(12)
        self.setFixedHeight(max(64, high + 2 * px(5) + 2))

    def event(self, event: QEvent) -> bool:
        """A control that became wider or narrower asks for room: words and controls are shared out anew."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(tokens.LINE))
