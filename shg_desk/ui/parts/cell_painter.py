"""The one painting delegate of all tables, and the measures that make columns wide enough for what it paints."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Kind
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.table_model import TableModel
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

AnyIndex = QModelIndex | QPersistentModelIndex
PADDING = 8
ICON = 18
ICON_GAP = 6
RULES = {Rule.LINE: tokens.LINE, Rule.HAIR: tokens.HAIR, Rule.GROUP: tokens.COLLINE, Rule.STRONG: tokens.BORDER}
FILLS = {Fill.SURFACE: tokens.SURFACE, Fill.SUNKEN: tokens.SUNKEN, Fill.MUTED: tokens.CANVAS}
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


def _icon_room(cell: Cell) -> int:
    return px(ICON + ICON_GAP) if cell.icon else 0


def _small_width(cell: Cell) -> int:
    if not cell.small or cell.kind is not Kind.MONEY:
        return 0
    weight = tokens.MEDIUM if cell.warns else tokens.REGULAR
    return fonts.text_width(cell.small, tokens.SMALL, weight) + (px(18) if cell.warns else 0)


def needed_width(cell: Cell, size: int, *, strong: bool = False, padding: int = PADDING) -> int:
    """Screen pixels the cell takes on one line, padding (at 100 %, each side) included."""
    weight = tokens.SEMIBOLD if strong else cell.weight
    words = fonts.text_width(cell.text, size, weight)
    if cell.was:
        words += fonts.text_width(cell.was, size) + px(8)
    if cell.tail:
        words += fonts.text_width(cell.tail, tokens.SMALL) + px(6)
    if cell.proposal:
        words += px(4)
    if cell.kind is Kind.STATE:
        words += px(tokens.STATE_WIDTH) + (px(7) if cell.text else 0)
    if cell.kind is Kind.MONEY:
        small = _small_width(cell)
        words += small + (px(8) if small and cell.text else 0)
    elif cell.small:
        words = max(words, fonts.text_width(cell.small, tokens.SMALL))
    return words + _icon_room(cell) + 2 * px(padding)


def longest_word(cell: Cell, size: int) -> int:
    """The narrowest width at which the cell can be broken into lines without cutting a word."""
    widest = max((fonts.text_width(word, size, cell.weight) for word in cell.text.split()), default=0)
    if cell.kind is not Kind.MONEY:
        widest = max([widest, *(fonts.text_width(word, tokens.SMALL) for word in cell.small.split())])
    return widest + _icon_room(cell) + 2 * px(PADDING)


def wrapped_height(cell: Cell, size: int, width: int) -> int:
    """Screen pixels of height the cell takes when its words are broken at a column width; padding included."""
    return sum(_two_heights(cell, size, cell.weight, width - _icon_room(cell) - 2 * px(PADDING))) + px(8)


def _two_heights(cell: Cell, size: int, weight: int, room: float) -> tuple[int, int]:
    """Of the words and of the small line under them, both broken at a width."""
    high = fonts.metrics(size, weight).boundingRect(0, 0, max(1, int(room)), 10_000, _WRAPPED, cell.text).height()
    if not cell.small or cell.kind is Kind.MONEY:
        return high, 0
    return high, fonts.metrics(tokens.SMALL).boundingRect(
        0, 0, max(1, int(room)), 10_000, _WRAPPED, cell.small
    ).height()


class CellPainter(QStyledItemDelegate):
    """Paints every kind of cell of a `TableModel`; makes the editor of the one cell that is being typed in.

    `size` is the type size at 100 %, `cursor` says what the saffron marks: a `cell` (sheet) or a `row` (lists).
    """

    def __init__(self, parent: QWidget, *, size: int, cursor: str) -> None:
        super().__init__(parent)
        self.size = size
        self.cursor = cursor
        self.padding = PADDING
        self.current_row = -1
        self.focused = False

    # -- ground

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, TableModel):
            return
        rect: QRect = option.rect
        row = model.row(index.row())
        here = index.row() == self.current_row
        self.paint_ground(painter, rect, row, here=here)
        column = model.columns()[index.column()]
        if column.divider:
            painter.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), colour(tokens.COLLINE))
        if here and self.cursor == "row" and index.column() == self._first_column(model):
            bar = QRect(rect.left(), rect.top(), px(5), rect.height())
            painter.fillRect(bar, colour(tokens.INK if self.focused else tokens.BORDER))
        self.paint_content(painter, QRectF(rect), index, bold_name=here and self.cursor == "cell")

    def paint_ground(self, painter: QPainter, rect: QRect, row: Row, *, here: bool = False) -> None:
        """Fill of a row and the rule under it."""
        painter.fillRect(rect, colour(tokens.SAFFRON50 if here else FILLS[row.fill]))
        thick = 2 if row.rule is Rule.STRONG else 1
        painter.fillRect(QRect(rect.left(), rect.bottom() - thick + 1, rect.width(), thick), colour(RULES[row.rule]))

    def _first_column(self, model: QAbstractItemModel) -> int:
        view = self.parent()
        hidden = getattr(view, "isColumnHidden", None)
        return next((c for c in range(model.columnCount()) if hidden is None or not hidden(c)), 0)

    # -- words and figures

    def paint_content(self, painter: QPainter, rect: QRectF, index: AnyIndex, *, bold_name: bool = False) -> None:
        """The cell without its ground; also used inside the cursor's ring."""
        model = index.model()
        assert isinstance(model, TableModel)
        cell = model.cell(index.row(), index.column())
        column = model.columns()[index.column()]
        row = model.row(index.row())
        ink = cell.ink or (tokens.INK3 if row.fill is Fill.MUTED and cell.kind is Kind.TEXT else tokens.INK)
        inner = rect.adjusted(px(self.padding), 0, -px(self.padding), -1)
        if cell.kind is Kind.MONEY:
            self._paint_money(painter, inner, cell, ink)
        elif cell.kind is Kind.STATE:
            left = inner.left()
            left += paint.state_bars(painter, left, inner.center().y(), cell.state, of=cell.state_of) + px(7)
            if cell.text:
                words = QRectF(left, inner.top(), inner.right() - left, inner.height())
                paint.text(painter, words, cell.text, size=self.size, weight=cell.weight, ink=ink)
        else:
            weight = tokens.SEMIBOLD if bold_name and not column.right and not cell.icon else cell.weight
            self._paint_words(painter, inner, cell, column, ink, weight)

    def _paint_words(self, painter: QPainter, inner: QRectF, cell: Cell, column: Column, ink: str, weight: int) -> None:
        left = inner.left()
        if cell.icon:
            icons.draw(painter, cell.icon, left, inner.center().y(), ICON, cell.icon_ink)
            left += _icon_room(cell)
        room = QRectF(left, inner.top(), inner.right() - left, inner.height())
        under = cell.kind is Kind.LINK
        if cell.small:
            high, low = fonts.metrics(self.size, weight).height(), fonts.metrics(tokens.SMALL).height()
            if column.wraps:
                high, low = _two_heights(cell, self.size, weight, room.width())
            top = room.center().y() - (high + low) / 2
            if column.wraps:
                self._paint_broken(painter, QRectF(left, top, room.width(), high), cell.text, self.size, weight, ink)
                below = QRectF(left, top + high, room.width(), low)
                self._paint_broken(painter, below, cell.small, tokens.SMALL, tokens.REGULAR, tokens.INK2)
                return
            paint.text(
                painter, QRectF(left, top, room.width(), high), cell.text, size=self.size, weight=weight, ink=ink
            )
            below = QRectF(left, top + high, room.width(), low)
            paint.text(painter, below, cell.small, size=tokens.SMALL, ink=tokens.INK2)
            return
        if column.wraps and fonts.text_width(cell.text, self.size, weight) > room.width():
            painter.setFont(fonts.font(self.size, weight, strike=cell.strike, underline=under))
            painter.setPen(colour(ink))
            painter.drawText(room, _WRAPPED, cell.text)
            return
        align = paint.RIGHT_MIDDLE if column.right else paint.LEFT_MIDDLE
        if cell.was:
            paint.text(painter, room, cell.was, size=self.size, ink=tokens.INK3, align=align, strike=True)
            room.setLeft(left + fonts.text_width(cell.was, self.size) + px(8))
        paint.text(
            painter,
            room,
            cell.text,
            size=self.size,
            weight=weight,
            ink=ink,
            align=align,
            strike=cell.strike,
            underline=under,
        )

    def _paint_broken(self, painter: QPainter, room: QRectF, words: str, size: int, weight: int, ink: str) -> None:
        """Words broken into lines at the width they have."""
        painter.setFont(fonts.font(size, weight))
        painter.setPen(colour(ink))
        painter.drawText(room, _WRAPPED, words)

    def _paint_money(self, painter: QPainter, inner: QRectF, cell: Cell, ink: str) -> None:
        left, middle = inner.left(), inner.center().y()
        if cell.icon:
            icons.draw(painter, cell.icon, left, middle, 16, cell.icon_ink)
            left += px(16 + ICON_GAP)
        if cell.small:
            if cell.warns:
                icons.draw(painter, "triangle", left, middle, 15, tokens.AMBERMARK)
                left += px(18)
            weight = tokens.MEDIUM if cell.warns else tokens.REGULAR
            small_ink = tokens.AMBER if cell.warns else tokens.INK3
            room = QRectF(left, inner.top(), inner.right() - left, inner.height())
            paint.text(painter, room, cell.small, size=tokens.SMALL, weight=weight, ink=small_ink)
        right = inner.right()
        if cell.tail:
            room = QRectF(inner.left(), inner.top(), right - inner.left(), inner.height())
            paint.text(painter, room, cell.tail, size=tokens.SMALL, ink=tokens.INK3, align=paint.RIGHT_MIDDLE)
            right -= fonts.text_width(cell.tail, tokens.SMALL) + px(6)
        width = fonts.text_width(cell.text, self.size, cell.weight)
        if cell.proposal and cell.text:
            high = min(inner.height() - px(4), px(22))
            dashed = QRectF(right - width - px(5), round(middle - high / 2), width + px(9), high)
            paint.box(painter, dashed, fill=None, line=tokens.BORDER, radius=4, dashed=True)
        room = QRectF(right - width, inner.top(), width, inner.height())
        paint.text(painter, room, cell.text, size=self.size, weight=cell.weight, ink=ink, strike=cell.strike)
        if cell.was:
            old = fonts.text_width(cell.was, self.size)
            room = QRectF(right - width - px(8) - old, inner.top(), old, inner.height())
            paint.text(painter, room, cell.was, size=self.size, ink=tokens.INK3, strike=True)

    # -- measures

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        model = index.model()
        assert isinstance(model, TableModel)
        cell = model.cell(index.row(), index.column())
        return QSize(needed_width(cell, self.size), fonts.metrics(self.size).height() + px(6))

    def fits(self, index: AnyIndex, rect: QRect) -> bool:
        """Whether everything the cell says is painted inside `rect`; tests ask it for every cell in sight."""
        model = index.model()
        assert isinstance(model, TableModel)
        cell = model.cell(index.row(), index.column())
        strong = self.cursor == "cell" and index.row() == self.current_row and cell.kind is Kind.TEXT and not cell.icon
        line = fonts.metrics(self.size).height()
        if cell.small and cell.kind is not Kind.MONEY:
            line += fonts.metrics(tokens.SMALL).height()
        if needed_width(cell, self.size, strong=strong, padding=self.padding) <= rect.width():
            return line <= rect.height()
        if not model.columns()[index.column()].wraps:
            return False
        high = wrapped_height(cell, self.size, rect.width()) - px(8)
        return longest_word(cell, self.size) <= rect.width() and high <= rect.height()

    # -- typing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("cell", "true")
        editor.setFont(fonts.font(self.size))
        model = index.model()
        assert isinstance(model, TableModel)
        column = model.columns()[index.column()]
        editor.setAccessibleName(column.name)
        if column.right or model.cell(index.row(), index.column()).kind is Kind.MONEY:
            editor.setAlignment(paint.RIGHT_MIDDLE)
        editor.setText(model.cell(index.row(), index.column()).text)
        return editor

    def setEditorData(self, _editor: QWidget, _index: AnyIndex) -> None:
        """What is being typed stays, whatever is told of its cell meanwhile (another language)."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(px(2), px(2), -px(2), -px(2) - 1))
