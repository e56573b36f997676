"""Buttons with their key painted on them: primary, secondary, quiet, chip, filter; and links that look like words.

A button that must wait says why: `set_reason` greys it, keeps it in the tab order and tells the reason when pressed.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QSizePolicy

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.tokens import px

Kind = Literal["primary", "office", "secondary", "quiet", "chip", "filter"]
PRIMARY_FILL = {"primary": tokens.LAKE, "office": tokens.PLUM7}


class Button(QAbstractButton):
    """A painted button. `keys` are shown as keycaps; pressing them is the page's matter.

    Kinds: `primary` (one a page), `office` (primary in the office), `secondary`, `quiet` (no box: a row under a
    table), `chip` (checkable, one of several), `filter` (round, with a chevron). Enter and Space press it.
    """

    refused = Signal(str)
    """Pressed while it waits; carries the reason."""

    def __init__(
        self,
        words: str = "",
        *,
        kind: Kind = "secondary",
        keys: tuple[str, ...] = (),
        icon: str = "",
        alone: bool = False,
        ink: str | None = None,
    ) -> None:
        super().__init__()
        self._kind, self._keys, self._icon, self._alone, self._ink = kind, keys, icon, alone, ink
        self._reason = ""
        self._hovered = False
        self.setText(words)
        self.setCheckable(kind == "chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        wants_ring(self, 15 if kind == "filter" else tokens.RADIUS_FIELD)
        self.restyle()

    # -- words and state

    def set_words(self, words: str, spoken: str = "") -> None:
        """Other words; `spoken` adds what the button belongs to, for a screen reader."""
        self.setText(words)
        self.setAccessibleName(spoken or words)
        self.updateGeometry()
        self.update()

    def set_keys(self, keys: tuple[str, ...]) -> None:
        """Other keycaps."""
        if keys != self._keys:
            self._keys = keys
            self.updateGeometry()
            self.update()

    def keys(self) -> tuple[str, ...]:
        """The keycaps shown."""
        return self._keys

    def set_reason(self, reason: str) -> None:
        """Make the button wait and say why; an empty reason makes it work again."""
        self._reason = reason
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)
        self.update()

    def reason(self) -> str:
        """Why it waits; empty when it works."""
        return self._reason

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        self.setFont(fonts.font(self._size(), self._weight()))
        self.updateGeometry()

    # -- measures

    def _size(self) -> int:
        return tokens.GRID if self._kind in ("filter", "quiet") else tokens.BODY

    def _weight(self) -> int:
        if self._kind == "chip" and not self.isChecked():
            return tokens.REGULAR
        return tokens.SEMIBOLD if self._kind in ("chip", "quiet") else tokens.MEDIUM

    def _padding(self) -> int:
        return 0 if self._kind == "quiet" else 13

    def sizeHint(self) -> QSize:
        """Words, icon and keycaps, and the padding around them."""
        weight = tokens.SEMIBOLD if self._kind == "chip" else self._weight()
        width = fonts.text_width(self.text(), self._size(), weight) + 2 * px(self._padding()) + 1
        if self._icon or self._kind == "filter":
            width += px(20) + (px(8) if self.text() else 0)
        if self._keys:
            width += px(10) + paint.keys_width(self._keys)
        heights = {"chip": tokens.BUTTON_HEIGHT if self._alone else 30, "filter": 26, "quiet": 32}
        height = heights.get(self._kind, tokens.BUTTON_HEIGHT_ALONE if self._alone else tokens.BUTTON_HEIGHT)
        return QSize(width, px(height))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    # -- hand and eye

    def nextCheckState(self) -> None:
        """A waiting button does not change."""
        if not self._reason:
            super().nextCheckState()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.press()
            return
        if self._reason and event.key() == Qt.Key.Key_Space:
            self.press()
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # Alt and an arrow go back, whatever has the cursor; a button would take any arrow
            return
        super().keyPressEvent(event)

    def press(self) -> None:
        """Press it as a hand would: works, or says why not."""
        if self._reason:
            self.refused.emit(self._reason)
        elif self.isEnabled():
            self.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._reason:
            self.refused.emit(self._reason)
            return
        super().mousePressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    # -- painting

    def _inks(self) -> tuple[str | None, str | None, str]:
        """Fill, line and ink of the moment."""
        kind, on = self._kind, self.isChecked()
        if self._reason or not self.isEnabled():
            boxed = kind != "quiet"
            return (tokens.SUNKEN if boxed else None), (tokens.LINE if boxed else None), tokens.DISABLED
        if kind in PRIMARY_FILL or (kind == "chip" and on):
            fill = PRIMARY_FILL.get(kind, tokens.LAKE)
            return fill, fill, tokens.WHITE
        if kind == "quiet":
            return None, None, self._ink or tokens.LAKE
        pressed = self.isDown() or self._hovered
        return (tokens.CANVAS if pressed else tokens.SURFACE), tokens.BORDER, self._ink or tokens.INK

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, line, ink = self._inks()
        rect = QRectF(self.rect())
        if fill is not None:
            radius = 13 if self._kind == "filter" else tokens.RADIUS_FIELD
            paint.box(painter, rect, fill=fill, line=line, radius=radius, width=max(1.0, px(12) / 10))
        middle = rect.center().y()
        left = float(px(self._padding()))
        drawn = "chevron_down" if self._kind == "filter" else self._icon
        if drawn:
            icons.draw(painter, drawn, left, middle, 20 if self._kind != "filter" else 18, ink)
            left += px(20) + (px(8) if self.text() else 0)
        weight = self._weight()
        words = QRectF(left, 0, rect.width() - left, rect.height())
        paint.text(painter, words, self.text(), size=self._size(), weight=weight, ink=ink)
        left += fonts.text_width(self.text(), self._size(), weight) + px(10)
        dark = fill in (tokens.LAKE, tokens.PLUM7)
        for key in self._keys:
            cap = None if dark or self._reason else tokens.SURFACE
            line_ink = tokens.WHITE if dark else tokens.BORDER
            key_ink = tokens.WHITE if dark else (tokens.DISABLED if self._reason else tokens.INK)
            left += paint.keycap(painter, left, middle, key, ink=key_ink, fill=cap, line=line_ink) + px(5)


class LinkButton(QAbstractButton):
    """Words that lead somewhere: underlined lake; as a tab (`kind="tab"`) plain, the chosen one ink and 600."""

    def __init__(self, words: str = "", *, kind: Literal["link", "tab"] = "link", size: int = tokens.BODY) -> None:
        super().__init__()
        self._kind, self._size = kind, size
        self._weight = tokens.MEDIUM if kind == "link" else tokens.REGULAR
        self.setCheckable(kind == "tab")
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        wants_ring(self, tokens.RADIUS_TABLE)
        self.restyle()

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        self.setFont(fonts.font(self._size, self._weight))
        self.updateGeometry()

    def set_words(self, words: str, spoken: str = "") -> None:
        """Other words; `spoken` says where the link leads."""
        self.setText(words)
        self.setAccessibleName(spoken or words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The words and a little room, at least 36 px high so that a finger finds it."""
        return QSize(fonts.text_width(self.text(), self._size, tokens.SEMIBOLD) + px(4), px(36))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        chosen = self._kind == "tab" and self.isChecked()
        ink = tokens.INK if chosen else (tokens.LAKE if self.isEnabled() else tokens.DISABLED)
        weight = tokens.SEMIBOLD if chosen else self._weight
        rect = QRectF(self.rect()).adjusted(px(2), 0, 0, 0)
        painter = QPainter(self)
        paint.text(painter, rect, self.text(), size=self._size, weight=weight, ink=ink, underline=self._kind == "link")
