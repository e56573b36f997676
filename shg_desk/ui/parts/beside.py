"""Cards beside each other as long as every word in them has room, else in fewer to a line, down to one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.ui.tokens import px


def _size(mark: QWidget) -> QSize:
    """What a mark takes; a picture says nothing of itself but its fixed size."""
    return mark.sizeHint().expandedTo(mark.minimumSize())


class Beside(QWidget):
    """`parts` equally wide; `between` them stand small marks or rules, shown only while all are in one line."""

    def __init__(self, parts: Sequence[QWidget], between: Sequence[QWidget] = (), *, gap: int = 8) -> None:
        super().__init__()
        self._parts, self._between, self._gap = tuple(parts), tuple(between), gap
        for part in (*self._parts, *self._between):
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def per_line(self) -> int:
        """How many stand in a line at this width: all, half, or one."""
        return self._fitting(self.width())

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _room_between(self, count: int) -> int:
        """What gaps and marks take of a line of so many parts."""
        gaps = max(0, count - 1) * px(self._gap)
        if count < len(self._parts):
            return gaps
        return gaps + sum(_size(mark).width() + px(self._gap) for mark in self._between)

    def _fitting(self, width: int) -> int:
        shown = self._shown()
        widest = max((part.minimumSizeHint().width() for part in shown), default=0)
        for count in (len(shown), (len(shown) + 1) // 2):
            if count and count * widest + self._room_between(count) <= width:
                return count
        return 1

    def _heights(self, per_line: int, cell: int) -> list[int]:
        """Of each line, as high as the highest part in it."""
        high = [
            max(part.minimumSizeHint().height(), part.heightForWidth(cell) if part.hasHeightForWidth() else 0)
            for part in self._shown()
        ]
        return [max(high[at : at + per_line]) for at in range(0, len(high), per_line)]

    def _cell(self, per_line: int, width: int) -> int:
        return max(1, (width - self._room_between(per_line)) // per_line)

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        per_line = self._fitting(width)
        heights = self._heights(per_line, self._cell(per_line, width))
        return sum(heights) + max(0, len(heights) - 1) * px(self._gap)

    def hasHeightForWidth(self) -> bool:
        return True

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part alone."""
        widest = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(widest, self.heightForWidth(max(1, self.width())))

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        wide = sum(part.sizeHint().width() for part in shown) + self._room_between(len(shown))
        return QSize(wide, self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def event(self, event: QEvent) -> bool:
        """The words in a part are other ones: lines and heights are asked anew."""
        taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._lay()
            self.updateGeometry()
        return taken

    def _lay(self) -> None:
        shown, per_line = self._shown(), self.per_line()
        cell = self._cell(per_line, self.width())
        heights = self._heights(per_line, cell)
        one_line = bool(self._between) and per_line >= len(self._parts)
        left = top = 0
        for at, part in enumerate(shown):
            line, place = divmod(at, per_line)
            if at and not place:
                left, top = 0, top + heights[line - 1] + px(self._gap)
            part.setGeometry(left, top, cell, heights[line])
            left += cell + px(self._gap)
            if one_line and at < len(self._between):
                mark = self._between[at]
                wide = _size(mark)
                high = wide.height() or heights[0]  # a rule has no height of its own
                mark.setGeometry(left, (heights[0] - high) // 2, wide.width(), high)
                left += wide.width() + px(self._gap)
        for mark in self._between:
            mark.setVisible(one_line)
        self.setMinimumHeight(sum(heights) + max(0, len(heights) - 1) * px(self._gap))
