"""The head of a table: group names over their columns, the column's name, its usual amount; all painted."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPainterPath
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.table_model import TableModel
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

PADDING = 8
CLOSE_PADDING = 6
"""At each side of a name where columns stand close, at 100 %."""
SPARE = 3
"""So much of the space above and below may a name of several lines take."""
_LEFT_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
_RIGHT_WRAP = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


def head_width(column: Column, *, broken: bool = False, close: bool = False) -> int:
    """Screen pixels the name (broken between words where it must be) and the usual amount take.

    `broken` asks for the least of a name that may stand on several lines, `close` for that of small type.
    """
    size, padding = (tokens.SMALL, CLOSE_PADDING) if close else (tokens.GRID, PADDING)
    words = column.name.split()
    longest = max((fonts.text_width(word, size, tokens.MEDIUM) for word in words), default=0)
    whole = fonts.text_width(column.name, size, tokens.MEDIUM)
    name = whole if len(words) <= 2 else max(longest, whole // 2 + px(20))
    if broken and column.breaks:
        name = longest
    return max(name, fonts.text_width(column.usual, tokens.SMALL)) + 2 * px(padding) + 1


def _group_line() -> int:
    return fonts.metrics(tokens.SMALL, tokens.MEDIUM).height() + px(1)


def _usual_line() -> int:
    return fonts.metrics(tokens.SMALL).height()


class TableHead(QHeaderView):
    """Head of a `GridView`; it paints itself from the model's columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.stands_close = False
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _padding(self) -> int:
        return CLOSE_PADDING if self.stands_close else PADDING

    def _size(self) -> int:
        return tokens.SMALL if self.stands_close else tokens.GRID

    def _columns(self) -> tuple[Column, ...]:
        model = self.model()
        return model.columns() if isinstance(model, TableModel) else ()

    def _name_height(self, section: int) -> int:
        """A column's name, in lines as broken at the width of the moment."""
        room = max(1, self.sectionSize(section) - 2 * px(self._padding()))
        name = self._columns()[section].name
        return fonts.metrics(self._size(), tokens.MEDIUM).boundingRect(0, 0, room, 1000, _LEFT_WRAP, name).height()

    def _under_names_of_groups(self) -> set[int]:
        """The columns over which the name of a group of columns is written."""
        columns, found, group = self._columns(), set(), ""
        left = 0
        for i, column in enumerate(columns):
            if self.isSectionHidden(i):
                continue
            if column.group != group:
                left = fonts.text_width(column.group, tokens.SMALL, tokens.MEDIUM) if column.group else 0
                left += px(self._padding()) if left else 0
                group = column.group
            if left > 0:
                found.add(i)
            left -= self.sectionSize(i)
        return found

    def sizeHint(self) -> QSize:
        """35 px for names alone, 62 with groups and usual amounts; more where a name finds no room for its lines.

        A name of two lines takes the line of the group's name, or of the usual amount, where its column has none.
        """
        columns = self._columns()
        groups, usual = any(c.group for c in columns), any(c.usual for c in columns)
        height = px(62) if groups and usual else px(36)
        if groups != usual:
            height = px(50)
        under = self._under_names_of_groups()
        most = line = fonts.metrics(tokens.GRID, tokens.MEDIUM).height()
        for i, column in enumerate(columns):
            if column.name and not self.isSectionHidden(i):
                free = _group_line() + px(SPARE) if groups and i not in under else 0
                free += _usual_line() + px(SPARE) if usual and not column.usual else 0
                most = max(most, self._name_height(i) - free)
        return QSize(super().sizeHint().width(), height + most - line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        rect = QRectF(self.viewport().rect())
        painter.fillRect(rect, colour(tokens.CANVAS))
        path = QPainterPath()
        radius = px(tokens.RADIUS_TABLE) - 1
        path.addRoundedRect(rect.adjusted(0, 0, 0, 2 * radius), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, colour(tokens.SUNKEN))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(QRectF(0, rect.height() - 2, rect.width(), 2), colour(tokens.BORDER))
        columns = self._columns()
        group = ""
        for visual in range(self.count()):
            section = self.logicalIndex(visual)
            if self.isSectionHidden(section) or section >= len(columns):
                continue
            column = columns[section]
            self._paint_section(painter, section, with_group=column.group != group)
            group = column.group

    def _paint_section(self, painter: QPainter, section: int, *, with_group: bool) -> None:
        columns = self._columns()
        column, padding = columns[section], px(self._padding())
        groups, usual = any(c.group for c in columns), any(c.usual for c in columns)
        place = QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height() - 2)
        if column.divider:
            painter.fillRect(QRect(place.left(), 0, 1, place.height() + 2), colour(tokens.COLLINE))
        inner = QRectF(place).adjusted(padding, 0, -padding, 0)
        top = float(px(4)) if groups else 0.0
        if groups:
            if with_group and column.group:
                wide = QRectF(inner.left(), top, 10_000, fonts.metrics(tokens.SMALL, tokens.MEDIUM).height())
                paint.text(painter, wide, column.group, size=tokens.SMALL, weight=tokens.MEDIUM, ink=tokens.INK2)
            top += _group_line()
        bottom = float(place.height() - (px(4) + _usual_line() if usual else 0))
        missing = self._name_height(section) - (bottom - top)
        if missing > 0 and usual and not column.usual:
            bottom, missing = bottom + _usual_line() + px(SPARE), missing - _usual_line() - px(SPARE)
        if missing > 0 and groups and section not in self._under_names_of_groups():
            top -= _group_line() + px(SPARE)
        flags = _RIGHT_WRAP if column.right else _LEFT_WRAP
        painter.setFont(fonts.font(self._size(), tokens.MEDIUM))
        painter.setPen(colour(tokens.INK2))
        painter.drawText(QRectF(inner.left(), top, inner.width() + 1, bottom - top), flags, column.name)
        if column.usual:
            align = paint.RIGHT_MIDDLE if column.right else paint.LEFT_MIDDLE
            low = QRectF(inner.left(), place.height() - px(4) - _usual_line(), inner.width(), _usual_line())
            paint.text(painter, low, column.usual, size=tokens.SMALL, ink=tokens.INK3, align=align)

    def cut_sections(self) -> list[str]:
        """Names of columns whose head does not fit; tests ask."""
        columns = self._columns()
        cut = []
        for i, column in enumerate(columns):
            if self.isSectionHidden(i):
                continue
            room = self.sectionSize(i) - 2 * px(self._padding()) + 1
            longest = max((fonts.text_width(w, self._size(), tokens.MEDIUM) for w in column.name.split()), default=0)
            if max(longest, fonts.text_width(column.usual, tokens.SMALL)) > room:
                cut.append(column.name)
        return cut
