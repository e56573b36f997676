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
_LEFT_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
_RIGHT_WRAP = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


def head_width(column: Column, *, broken: bool = False) -> int:
    """Screen pixels the name (broken between words where it must be) and the usual amount take.

    `broken` asks for the least of a name that may stand on several lines.
    """
    words = column.name.split()
    longest = max((fonts.text_width(word, tokens.GRID, tokens.MEDIUM) for word in words), default=0)
    whole = fonts.text_width(column.name, tokens.GRID, tokens.MEDIUM)
    name = whole if len(words) <= 2 else max(longest, whole // 2 + px(20))
    if broken and column.breaks:
        name = longest
    return max(name, fonts.text_width(column.usual, tokens.SMALL)) + 2 * px(PADDING) + 1


class TableHead(QHeaderView):
    """Head of a `GridView`; it paints itself from the model's columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _columns(self) -> tuple[Column, ...]:
        model = self.model()
        return model.columns() if isinstance(model, TableModel) else ()

    def _name_height(self) -> int:
        """The tallest column name, in lines as broken at the widths of the moment."""
        line = fonts.metrics(tokens.GRID, tokens.MEDIUM)
        tallest = line.height()
        for i, column in enumerate(self._columns()):
            if column.name and not self.isSectionHidden(i):
                room = max(1, self.sectionSize(i) - 2 * px(PADDING))
                tallest = max(tallest, line.boundingRect(0, 0, room, 1000, _LEFT_WRAP, column.name).height())
        return tallest

    def sizeHint(self) -> QSize:
        """35 px for names alone, 62 with groups and usual amounts; more where a name takes two lines."""
        columns = self._columns()
        name = self._name_height()
        extra = name - fonts.metrics(tokens.GRID, tokens.MEDIUM).height()
        groups, usual = any(c.group for c in columns), any(c.usual for c in columns)
        height = px(62) if groups and usual else px(36)
        if groups != usual:
            height = px(50)
        return QSize(super().sizeHint().width(), height + extra)

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
            place = QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height() - 2)
            self._paint_section(painter, place, column, with_group=column.group != group)
            group = column.group

    def _paint_section(self, painter: QPainter, place: QRect, column: Column, *, with_group: bool) -> None:
        columns = self._columns()
        groups, usual = any(c.group for c in columns), any(c.usual for c in columns)
        if column.divider:
            painter.fillRect(QRect(place.left(), 0, 1, place.height() + 2), colour(tokens.COLLINE))
        inner = QRectF(place).adjusted(px(PADDING), 0, -px(PADDING), 0)
        top = float(px(4)) if groups else 0.0
        line = fonts.metrics(tokens.SMALL, tokens.MEDIUM).height()
        if groups:
            if with_group and column.group:
                wide = QRectF(inner.left(), top, 10_000, line)
                paint.text(painter, wide, column.group, size=tokens.SMALL, weight=tokens.MEDIUM, ink=tokens.INK2)
            top += line + px(1)
        bottom = place.height() - (px(4) + fonts.metrics(tokens.SMALL).height() if usual else 0)
        flags = _RIGHT_WRAP if column.right else _LEFT_WRAP
        painter.setFont(fonts.font(tokens.GRID, tokens.MEDIUM))
        painter.setPen(colour(tokens.INK2))
        painter.drawText(QRectF(inner.left(), top, inner.width() + 1, bottom - top), flags, column.name)
        if column.usual:
            align = paint.RIGHT_MIDDLE if column.right else paint.LEFT_MIDDLE
            low = QRectF(inner.left(), bottom, inner.width(), fonts.metrics(tokens.SMALL).height())
            paint.text(painter, low, column.usual, size=tokens.SMALL, ink=tokens.INK3, align=align)

    def cut_sections(self) -> list[str]:
        """Names of columns whose head does not fit; tests ask."""
        columns = self._columns()
        cut = []
        for i, column in enumerate(columns):
            if self.isSectionHidden(i):
                continue
            room = self.sectionSize(i) - 2 * px(PADDING) + 1
            longest = max((fonts.text_width(w, tokens.GRID, tokens.MEDIUM) for w in column.name.split()), default=0)
            if max(longest, fonts.text_width(column.usual, tokens.SMALL)) > room:
                cut.append(column.name)
        return cut
