"""The line under a list that names the columns out of sight, at the side where they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px


class ColumnsAside(QWidget):
    """`← Day` and `Overdue · Late +1 →`; `asked` is -1 or 1 where a side is clicked. Flat while all are in sight."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._left: tuple[str, ...] = ()
        self._right: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_names(self, left: Sequence[str], right: Sequence[str]) -> None:
        """The names of the columns on both sides."""
        self._left, self._right = tuple(left), tuple(right)
        told = [f"← {' · '.join(left)}" if left else "", f"→ {' · '.join(right)}" if right else ""]
        self.setAccessibleName(" ".join(filter(None, told)))
        self.updateGeometry()
        self.update()

    def height_taken(self) -> int:
        """Screen pixels it takes of the list; none while all columns are in sight."""
        return self.sizeHint().height()

    def sizeHint(self) -> QSize:
        """One line, or nothing. It is never hidden: hidden while its list is being shown, it would stay in sight."""
        line = fonts.metrics(tokens.SMALL, tokens.MEDIUM).height() + px(8)
        return QSize(0, line if self._left or self._right else 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            to_left = self._left and (not self._right or event.position().x() < self.width() / 2)
            self.asked.emit(-1 if to_left else 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens.SUNKEN))
        inner = QRectF(self.rect()).adjusted(px(8), 0, -px(8), 0)
        room = inner.width() if not (self._left and self._right) else inner.width() / 2 - px(4)
        shown = ((self._left[::-1], "← {}", paint.LEFT_MIDDLE), (self._right, "{} →", paint.RIGHT_MIDDLE))
        for names, form, align in shown:
            if names:
                said = _as_many_as_fit(names, form, room)
                paint.text(painter, inner, said, size=tokens.SMALL, weight=tokens.MEDIUM, ink=tokens.LAKE, align=align)


def _as_many_as_fit(names: Sequence[str], form: str, room: float) -> str:
    """The names nearest, as many as have room, and how many more there are."""
    for count in range(len(names), -1, -1):
        more = f"+{len(names) - count}" if count < len(names) else ""
        said = form.format(" ".join(filter(None, (" · ".join(names[:count]), more))))
        if not count or fonts.text_width(said, tokens.SMALL, tokens.MEDIUM) <= room:
            return said
    return ""
