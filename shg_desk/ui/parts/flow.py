"""Places that give way: a row that goes on in the next line, and a side column that moves under the main one."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QLayout
from PySide6.QtWidgets import QLayoutItem
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import SPACING
from shg_desk.ui.parts.boxes import UNBOUND
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.tokens import px


class Flow(QLayout):
    """Widgets from left to right as far as they fit, then the next line; each as large as it wishes."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self._items: list[QLayoutItem] = []
        self.setProperty(SPACING, [0, 0, 0, 0, gap])
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(px(gap))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        return self._lay(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest of the widgets."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, place: bool) -> int:
        inner = self.contentsMargins()
        rect = rect.adjusted(inner.left(), inner.top(), -inner.right(), 0)
        left, top, line = rect.left(), rect.top(), 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > rect.width() >= item.minimumSize().width():  # rather broken into lines than out of sight
                wide = rect.width()
                high = item.heightForWidth(wide) if item.hasHeightForWidth() else size.height()
                size = QSize(wide, max(high, size.height()))
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, line = rect.left(), top + line + self.spacing(), 0
            if place:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()
            line = max(line, size.height())
        return top + line - rect.top() + inner.top() + inner.bottom()


class _Pair(QWidget):
    """Two columns, one of a fixed width; one under the other with large type."""

    def __init__(
        self, first: QWidget | QLayout, second: QWidget | QLayout, *, fixed: int, width: int, gap: int
    ) -> None:
        super().__init__()
        parts = (_held(first), _held(second))
        self._fixed, self._width = parts[fixed], width
        self._layout = columns(self, gap=gap)
        for i, part in enumerate(parts):
            self._layout.addWidget(part, 0 if i == fixed else 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()

    def restyle(self) -> None:
        """Beside or below, as the letter size in force asks."""
        below = tokens.large()
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._fixed.setMinimumWidth(0 if below else px(self._width))
        self._fixed.setMaximumWidth(UNBOUND if below else px(self._width))


class MainAndSide(_Pair):
    """Main column, and a side column of 232 to 330 at its right; with large type the side goes under the main."""

    def __init__(self, main: QWidget | QLayout, side: QWidget | QLayout, *, side_width: int, gap: int = 20) -> None:
        super().__init__(main, side, fixed=1, width=side_width, gap=gap)


class ListAndDetail(_Pair):
    """A list of fixed width at the left, what is chosen in it at the right; with large type one under the other."""

    def __init__(self, list_: QWidget | QLayout, detail: QWidget | QLayout, *, list_width: int, gap: int = 14) -> None:
        super().__init__(list_, detail, fixed=0, width=list_width, gap=gap)


def _held(part: QWidget | QLayout) -> QWidget:
    if isinstance(part, QWidget):
        return part
    holder = QWidget()
    holder.setLayout(part)
    return holder


def one_column(page: QWidget, width: int, *, gap: int = 12) -> QVBoxLayout:
    """The body of a page that is one column of at most `width`, at the left.

    Qt measures the height of a part at the width of its layout, not at the part's own greatest one; a column beside an
    empty place is measured at its true width, so that nothing is cut.
    """
    line = columns(page, margins=(20, 14, 20, 12), gap=0)
    holder = QWidget()
    set_width(holder, 0, width)
    line.addWidget(holder, 100)
    line.addStretch(1)
    return rows(holder, gap=gap)
