"""The grid of a table: a `QTableView` whose cursor is the saffron marker, whose keys a page may take first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import bring_into_sight
from shg_desk.ui.parts.cell_painter import CellPainter
from shg_desk.ui.parts.cells import Kind
from shg_desk.ui.parts.table_head import TableHead
from shg_desk.ui.parts.table_model import TableModel
from shg_desk.ui.tokens import px

Cursor = Literal["cell", "row", "none"]


class GridView(QTableView):
    """Rows of a `TableModel`. `cursor`: `cell` for the sheet, `row` for lists, `none` for figures to read only.

    `take_key` is asked first about every key; it answers True for a key it has used. `opened` tells the row and
    column on Enter or double click, `moved` the new place of the cursor.
    """

    opened = Signal(int, int)
    moved = Signal(int, int)
    sideways_asked = Signal(int)
    """Left or right where the cursor is a whole row: other columns are wanted in sight."""

    def __init__(self, model: TableModel, *, size: int, cursor: Cursor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take_key: Callable[[QKeyEvent], bool] | None = None
        self.cursor_kind: Cursor = cursor
        self.painter_of_cells = CellPainter(self, size=size, cursor=cursor)
        self.setModel(model)
        self.setItemDelegate(self.painter_of_cells)
        self.setHorizontalHeader(TableHead(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        rows = QAbstractItemView.SelectionBehavior.SelectRows
        cells = QAbstractItemView.SelectionBehavior.SelectItems
        self.setSelectionBehavior(cells if cursor == "cell" else rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if cursor == "none":
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))

    def cells(self) -> TableModel:
        """The model, by its own type."""
        model = self.model()
        assert isinstance(model, TableModel)
        return model

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._forget_cursor)

    def _forget_cursor(self) -> None:
        self.painter_of_cells.current_row = -1

    # -- the cursor

    def put_cursor(self, row: int, column: int = 0) -> None:
        """Set the cursor and bring it into sight; out of range is ignored."""
        index = self.model().index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row under the cursor stays in sight whole while what stands below takes room from the rows."""
        super().resizeEvent(event)
        if self.currentIndex().isValid() and event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.painter_of_cells.current_row = current.row() if self.cursor_kind != "none" else -1
        self.viewport().update()
        if current.isValid():
            self.moved.emit(current.row(), current.column())
            if self.hasFocus():
                bring_into_sight(self)

    def down_to_cursor(self, room: int) -> QRect:
        """Head and rows down to the cursor: a page that is too tall need not show the rows below it, nor empty room."""
        found, cursor = self.rect(), self.visualRect(self.currentIndex()).translated(self.viewport().pos())
        if not self.currentIndex().isValid():
            return found
        found.setBottom(min(found.bottom(), cursor.bottom()))
        if found.height() > room:
            found.setTop(cursor.top())
        return found

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def selectionCommand(self, index: object, event: object = None) -> QItemSelectionModel.SelectionFlag:
        """Qt's selection is not used: the cursor is the one mark."""
        del index, event
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.painter_of_cells.focused = True
        if not self.currentIndex().isValid() and self.cursor_kind != "none":
            self.put_cursor(0, 0)
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.painter_of_cells.focused = self._editor() is not None
        super().focusOutEvent(event)
        self.viewport().update()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.take_key is not None and self.take_key(event):
            event.accept()
            return
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid() and not _commands(event):
            self.opened.emit(here.row(), here.column())
            event.accept()
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.cursor_kind == "cell" and here.isValid() and not _commands(event):
            self.put_cursor(here.row(), here.column() + step)  # also to a column that is out of sight
            event.accept()
            return
        if step is not None and self.cursor_kind == "row" and not _commands(event):
            self.sideways_asked.emit(step)
            event.accept()
            return
        if event.key() in _MOVES and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        event.ignore()  # the page and the window know the rest; Qt's search by letters would swallow them

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and self.cells().cell(index.row(), index.column()).kind is Kind.LINK:
            self.opened.emit(index.row(), index.column())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turned sideways, or with Shift, brings other columns into sight."""
        across = event.angleDelta().x() or (
            event.angleDelta().y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        )
        if across:
            self.sideways_asked.emit(-1 if across > 0 else 1)
            event.accept()
            return
        super().wheelEvent(event)

    # -- typing in a cell

    def edit_cell(self, text: str | None = None) -> bool:
        """Open the editor in the cell under the cursor, with its figure or with `text` typed over it."""
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.edit(index)
        editor = self._editor()
        if editor is None:
            return False
        if text is None:
            editor.selectAll()
        else:
            editor.setText(text)
        return True

    def updateEditorGeometries(self) -> None:
        """The editor stays where it is while its cell is out of sight between two layouts: hidden, it would end."""
        if self._editor() is None or self.visualRect(self.currentIndex()).isValid():
            super().updateEditorGeometries()

    def editor_text(self) -> str | None:
        """What stands in the open editor; None while nothing is typed."""
        editor = self._editor()
        return None if editor is None else editor.text()

    def close_editor(self, *, keep: bool) -> None:
        """Close the editor; `keep` tells the model what was typed."""
        editor = self._editor()
        if editor is not None:
            if keep:
                self.commitData(editor)
            self.closeEditor(editor, CellPainter.EndEditHint.NoHint)

    def _editor(self) -> QLineEdit | None:
        return next((e for e in self.viewport().findChildren(QLineEdit) if e.isVisible()), None)

    # -- the ring

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._paint_beside()
        index = self.currentIndex()
        if self.cursor_kind != "cell" or not index.isValid() or not self.painter_of_cells.focused:
            return
        if self.isColumnHidden(index.column()):
            return
        sight = QRectF(self.viewport().rect()).adjusted(px(paint.RING), 0, -px(paint.RING), -px(paint.RING))
        rect = QRectF(self.visualRect(index)).adjusted(1, 0, -1, -1).intersected(sight)
        painter = QPainter(self.viewport())
        painter.setClipRect(self.viewport().rect())
        paint.box(painter, rect, fill=tokens.SURFACE, line=None, radius=2)
        tight = self.cells().columns()[index.column()].two_lines  # two lines fill the row: its ring gives way by a line
        paint.focus_ring(painter, rect.adjusted(0, -px(1), 0, px(1)) if tight else rect, 2)
        if self._editor() is None:  # over the ring, so that no letter is under it
            self.painter_of_cells.paint_content(painter, rect.adjusted(-1, 0, 1, 1), index, bold_name=True)
        reach = rect.adjusted(-px(paint.RING), -px(paint.RING), px(paint.RING), px(paint.RING))
        painter.setClipRect(reach, Qt.ClipOperation.IntersectClip)  # words painted twice are bold
        for row in (index.row() - 1, index.row() + 1) if tight else ():  # nor one of the rows it reaches into
            beside = index.siblingAtRow(row)
            if beside.isValid():
                self.painter_of_cells.paint_content(painter, QRectF(self.visualRect(beside)), beside)

    def _paint_beside(self) -> None:
        """Rows go on to the edge where the columns end before it (beside a scroll bar of the rows above)."""
        end = self.horizontalHeader().length()
        spare = self.viewport().width() - end
        if spare <= 0 or self.cursor_kind != "none":
            return
        painter = QPainter(self.viewport())
        for row in range(self.cells().rowCount()):
            beside = QRect(end, self.rowViewportPosition(row), spare, self.rowHeight(row))
            self.painter_of_cells.paint_ground(painter, beside, self.cells().row(row))

    # -- what tests ask

    def cut_cells(self) -> list[tuple[int, int, str]]:
        """Row, column and text of every cell in sight that is not painted whole."""
        sight: QRect = self.viewport().rect()
        cut: list[tuple[int, int, str]] = []
        first, last = self.rowAt(0), self.rowAt(sight.height() - 1)
        last = self.cells().rowCount() - 1 if last < 0 else last
        for row in range(max(0, first), last + 1):
            for column in range(self.cells().columnCount()):
                if self.isColumnHidden(column):
                    continue
                index = self.cells().index(row, column)
                rect = self.visualRect(index)
                whole = sight.left() <= rect.left() and rect.right() <= sight.right()
                if not self.painter_of_cells.fits(index, rect) or not whole:
                    cut.append((row, column, self.cells().cell(row, column).text))
        return cut


_MOVES = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}


def _commands(event: QKeyEvent) -> bool:
    """True when Ctrl or Alt is held: the key then belongs to the page."""
    held = event.modifiers()
    return bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
