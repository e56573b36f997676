"""The rail at the left: whose book is open, the places, what waits for this person. Desk, office and practice differ.

Every place is a button of its own, so that a screen reader finds it; the painting is one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px


class Look(StrEnum):
    """Which book is open: a desk's, the office's, or the practice book."""

    DESK = "desk"
    OFFICE = "office"
    PRACTICE = "practice"


GROUND = {Look.DESK: tokens.RAIL, Look.OFFICE: tokens.PLUM, Look.PRACTICE: tokens.OCHRE}
CHOSEN = {Look.DESK: tokens.RAILSEL, Look.OFFICE: tokens.PLUMSEL, Look.PRACTICE: tokens.OCHRESEL}


@dataclass(frozen=True, slots=True)
class RailPlace:
    """A place of the rail: its key, icon and word; `rule_after` draws a line under it, `foot` sets it at the foot.

    `shortcut` is what is pressed to go there (`Ctrl+3`), as its tool tip says.
    """

    key: str
    icon: str
    words: str
    rule_after: bool = False
    foot: bool = False
    shortcut: str = ""


HEAD_LEFT, HEAD_RIGHT = 50, 12
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class RailItem(QAbstractButton):
    """One place: icon, word, badge, and the saffron mark when the page shown belongs to it."""

    def __init__(self, place: RailPlace, rail: Rail) -> None:
        super().__init__(rail)
        self.place, self._rail, self.badge = place, rail, 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(place.words)
        self.restyle()

    def restyle(self) -> None:
        """Height at the letter size in force."""
        self.setFont(fonts.font())
        self.setMinimumHeight(px(28))
        self.setMaximumHeight(px(38))

    def set_words(self, words: str) -> None:
        """The word of the place; with its keys it is the tool tip."""
        self.setText(words)
        self.setToolTip(" · ".join(part for part in (words, self.place.shortcut) if part))
        self.setAccessibleDescription(self.place.shortcut)
        self._speak()

    def set_badge(self, count: int) -> None:
        """How many things there wait for this person."""
        self.badge = count
        self._speak()
        self.update()

    def _speak(self) -> None:
        self.setAccessibleName(f"{self.text()}, {self.badge}" if self.badge else self.text())

    def sizeHint(self) -> QSize:
        """The word with its icon, and room for a badge."""
        return QSize(px(50) + fonts.text_width(self.text(), tokens.BODY, tokens.SEMIBOLD) + px(42), px(38))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        narrow = self._rail.narrow()
        middle = self.height() / 2
        chosen = self.isChecked()
        body = QRectF(self.rect()).adjusted(px(6 if narrow else 8), 0, -px(6 if narrow else 8), 0)
        if chosen:
            paint.box(painter, body, fill=CHOSEN[self._rail.look], line=None, radius=6)
            mark = QRectF(body.left(), middle - px(10), px(4), px(21))
            paint.box(painter, mark, fill=tokens.SAFFRON, line=None, radius=2)
        ink = tokens.WHITE if chosen else tokens.RAILTEXT
        if self.hasFocus():
            paint.focus_ring(painter, body.adjusted(px(2), px(3), -px(2), -px(3)), 5)
        left = (self.width() - px(20)) / 2 if narrow else px(20)
        icons.draw(painter, self.place.icon, left, middle, 20, ink if chosen else tokens.RAILMUTE)
        if not narrow:
            words = QRectF(px(50), 0, self.width() - px(50), self.height())
            weight = tokens.SEMIBOLD if chosen else tokens.REGULAR
            paint.text(painter, words, self.text(), weight=weight, ink=ink)
        if self.badge:
            self._paint_badge(painter, narrow=narrow)

    def _paint_badge(self, painter: QPainter, *, narrow: bool) -> None:
        words = str(self.badge) if self.badge < 1000 else "999+"
        side = px(20)
        width = max(side, fonts.text_width(words, tokens.SMALL, tokens.SEMIBOLD) + px(12))
        left = self.width() - width - px(4 if narrow else 16)
        top = px(1) if narrow else (self.height() - side) / 2
        rect = QRectF(left, top, width, side)
        paint.box(painter, rect, fill=tokens.SAFFRON, line=None, radius=10)
        paint.text(painter, rect, words, size=tokens.SMALL, weight=tokens.SEMIBOLD, align=paint.CENTRE)


class Rail(QWidget):
    """The rail. `chosen` tells the key of the place a person went to."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[RailPlace], look: Look = Look.DESK) -> None:
        super().__init__()
        self.look = look
        self._place, self._person = "", ""
        self._gives = False
        self.items: dict[str, RailItem] = {}
        self._rules: list[RailItem] = []
        layout = rows(self, margins=(0, 68, 0, 9), gap=2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        for place in (p for p in places if not p.foot):
            layout.addWidget(self._item(place))
            if place.rule_after:
                self._rules.append(self.items[place.key])
                layout.addSpacing(px(8))
        layout.addStretch(1)
        for place in (p for p in places if p.foot):
            layout.addWidget(self._item(place))
        self.restyle()

    def _item(self, place: RailPlace) -> RailItem:
        item = RailItem(place, self)
        item.clicked.connect(lambda _on=False, key=place.key: self.chosen.emit(key))
        self.items[place.key] = item
        return item

    def narrow(self) -> bool:
        """True when only icons are shown: in large letters, and where the page needs the room."""
        return tokens.large() or self._gives

    def give_room(self, *, gives: bool) -> None:
        """Show icons only while a page needs the room."""
        if gives != self._gives:
            self._gives = gives
            self.restyle()
            self.update()
            for item in self.items.values():
                item.update()

    def restyle(self) -> None:
        """Width at the letter size in force: wide enough for every word, or icons only."""
        self.setFixedWidth(px(tokens.RAIL_WIDTH_COLLAPSED) if self.narrow() else self.whole_width())
        self.setToolTip(f"{self._place}, {self._person}" if self.narrow() else "")
        top = px(68) if self.narrow() else max(px(68), px(19) + sum(self._head_heights()))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, top, 0, px(9))

    def _head_heights(self) -> tuple[int, int]:
        """Of the place and of the person, each broken into lines where the rail ends."""
        room = self.width() - px(HEAD_LEFT + HEAD_RIGHT)
        place = fonts.metrics(tokens.BODY, tokens.SEMIBOLD).boundingRect(0, 0, room, 10_000, _WRAPPED, self._place)
        person = fonts.metrics(tokens.SMALL).boundingRect(0, 0, room, 10_000, _WRAPPED, self._person)
        return max(px(22), place.height()), max(px(20), person.height())

    def whole_width(self) -> int:
        """Screen pixels at which every word of it is read."""
        least = px(tokens.RAIL_WIDTH_OFFICE if self.look is Look.OFFICE else tokens.RAIL_WIDTH)
        longest = max((item.sizeHint().width() for item in self.items.values() if item.badge), default=0)
        plain = max((item.sizeHint().width() - px(28) for item in self.items.values()), default=0)
        words = [fonts.text_width(word, tokens.BODY, tokens.SEMIBOLD) for word in self._place.split()]
        words += [fonts.text_width(word, tokens.SMALL) for word in self._person.split()]
        head = px(HEAD_LEFT + HEAD_RIGHT) + max(words, default=0)
        return max(least, longest, plain, head)

    def set_owner(self, place: str, person: str) -> None:
        """Whose book is open: the village or office, and the person at work."""
        self._place, self._person = place, person
        self.setAccessibleName(f"{place}, {person}")
        self.restyle()
        self.update()

    def set_words(self, words: dict[str, str]) -> None:
        """The words of the places in another language, by key."""
        for key, word in words.items():
            self.items[key].set_words(word)
        self.restyle()

    def set_badge(self, key: str, count: int) -> None:
        """A count at a place: only what waits for this person; 0 takes it away."""
        self.items[key].set_badge(count)
        self.restyle()

    def choose(self, key: str) -> None:
        """Mark the place a page belongs to."""
        if key in self.items:
            self.items[key].setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(GROUND[self.look]))
        if self.look is Look.PRACTICE:
            self._paint_hatching(painter)
        for item in self._rules:
            line = item.geometry().bottom() + px(6)
            painter.fillRect(px(16), line, self.width() - px(32), 1, colour(tokens.RAILMUTE))
        picture = "office" if self.look is Look.OFFICE else "laptop"
        if self.narrow():
            icons.draw(painter, picture, (self.width() - px(22)) / 2, px(29), 22, tokens.WHITE)
            return
        icons.draw(painter, picture, px(20), px(29), 20, tokens.WHITE)
        high, low = self._head_heights()
        room = self.width() - px(HEAD_LEFT + HEAD_RIGHT)
        ink = tokens.RAILTEXT if self.look is Look.PRACTICE else tokens.RAILMUTE
        painter.setFont(fonts.font(tokens.BODY, tokens.SEMIBOLD))
        painter.setPen(colour(tokens.WHITE))
        painter.drawText(QRectF(px(HEAD_LEFT), px(9), room + 1, high), _WRAPPED, self._place)
        painter.setFont(fonts.font(tokens.SMALL))
        painter.setPen(colour(ink))
        painter.drawText(QRectF(px(HEAD_LEFT), px(9) + high, room + 1, low), _WRAPPED, self._person)

    def _paint_hatching(self, painter: QPainter) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(tokens.OCHREHATCH), px(5)))
        for left in range(-self.height(), self.width(), px(18)):
            painter.drawLine(left, self.height(), left + self.height(), 0)
        painter.restore()
