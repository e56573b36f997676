"""The bar at the foot: the keys that are true at this moment, each a button that does the same; at the right, saved."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

LAST_STEP, HELP = ("F10",), ("F1",)


@dataclass(frozen=True, slots=True)
class Hint:
    """Keycaps and what they do. Without `run` a click sends the key itself to what has the focus."""

    keys: tuple[str, ...]
    words: str
    run: Callable[[], None] | None = None


class HintButton(QAbstractButton):
    """One hint: keycaps and words; a click does what the key does. It never takes the focus."""

    def __init__(self, hint: Hint, parent: QWidget) -> None:
        super().__init__(parent)
        self.hint = hint
        self.setText(hint.words)
        self.setAccessibleName(f"{' '.join(hint.keys)}: {hint.words}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(fonts.font(tokens.HINT))
        self.clicked.connect(self._do)

    def sizeHint(self) -> QSize:
        """Keycaps, gap, words."""
        width = paint.keys_width(self.hint.keys) + px(6) + fonts.text_width(self.text(), tokens.HINT)
        return QSize(width + 1, px(31))

    def _do(self) -> None:
        if self.hint.run is not None:
            self.hint.run()
            return
        target = QApplication.focusWidget() or self.window()
        event = keys.pressed(self.hint.keys)
        if event is not None:
            QCoreApplication.sendEvent(target, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle, left = self.height() / 2, 0.0
        for key in self.hint.keys:
            left += paint.keycap(painter, left, middle, key, fill=tokens.SURFACE, line=tokens.BORDER) + px(5)
        left += px(1)
        words = QRectF(left, 0, self.width() - left, self.height())
        paint.text(painter, words, self.text(), size=tokens.HINT, ink=tokens.INK2)


class HintBar(QWidget):
    """Hints from the left, the word of saving at the right. Where not all fit, the page's last step (F10, or else its
    first hint) and F1 stay, and of the others the first ones that have room.
    """

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[HintButton] = []
        self._hints: tuple[Hint, ...] = ()
        self._given = 0
        self._saved = Label(size=tokens.HINT, ink=tokens.INK2)
        self._saved.setParent(self)
        self.restyle()

    def hints(self) -> tuple[Hint, ...]:
        """What stands there."""
        return self._hints

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Show other hints; told again with the same ones nothing moves."""
        if tuple(hints) == self._hints:
            return
        self._hints = tuple(hints)
        self._build()

    def _build(self) -> None:
        for button in self._buttons:
            button.setParent(None)
            button.deleteLater()
        self._buttons = [HintButton(hint, self) for hint in self._hints]
        self._lay()

    def set_saved(self, words: str) -> None:
        """`Saved 14:32`, or what else must always stand in sight at the right."""
        self._saved.setText(words)
        self._lay()

    def give_room(self, width: int) -> None:
        """So many screen pixels at the right are somebody else's for a while: no hint is seen half."""
        if width != self._given:
            self._given = width
            self._lay()

    def saved(self) -> str:
        """The words at the right."""
        return self._saved.text()

    def restyle(self) -> None:
        """Height and keycaps at the letter size in force."""
        self.setFixedHeight(px(32))
        self._saved.restyle()
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        size = self._saved.sizeHint()
        self._saved.setGeometry(self.width() - size.width() - px(16), 0, size.width(), self.height())
        left, most = px(16), self.width() - max(size.width() + px(16), self._given) - px(20)
        shown = self._fitting(most - left)
        for button in self._buttons:
            wide = button.sizeHint().width()
            button.setGeometry(left, 1, wide, self.height() - 1)
            button.setVisible(button in shown)
            left += wide + px(19) if button in shown else 0

    def _fitting(self, room: int) -> list[HintButton]:
        """Those of the hints that have room together, chosen by their weight."""
        last = [one for one in self._buttons if one.hint.keys == LAST_STEP] or self._buttons[:1]
        staying = (*last, *(one for one in self._buttons if one.hint.keys == HELP))
        found: list[HintButton] = []
        for button in dict.fromkeys((*staying, *self._buttons)):
            wide = button.sizeHint().width()
            if wide <= room:
                found.append(button)
                room -= wide + px(19)
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens.SUNKEN))
        painter.fillRect(0, 0, self.width(), 1, colour(tokens.LINE))
