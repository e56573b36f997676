"""The one table model: rows of finished cells, changed with as little noise as possible so that the cursor stays."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Kind
from shg_desk.ui.parts.cells import Row

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class TableModel(QAbstractTableModel):
    """Columns and rows for a `GridView`.

    `rows` may be any sequence, also one that fetches a page when it is asked for row i: only rows in sight are asked.
    """

    typed = Signal(int, int, str)
    """Row, column and the text a person typed into an editable cell; the page answers by `set_rows`."""

    def __init__(self, columns: Sequence[Column] = (), rows: Sequence[Row] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = tuple(columns)
        self._rows: Sequence[Row] = rows

    # -- what stands in it

    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._columns

    def rows(self) -> Sequence[Row]:
        """The rows as given."""
        return self._rows

    def row(self, number: int) -> Row:
        """One row."""
        return self._rows[number]

    def ends(self, first: int, last: int) -> Sequence[Row]:
        """The first rows and the last ones, which have the longest numbers and the largest sums; each of them once."""
        count = len(self._rows)
        return [self._rows[i] for i in (*range(min(count, first)), *range(max(first, count - last), count))]

    def cell(self, row: int, column: int) -> Cell:
        """One cell; a row may be shorter than the columns, the rest is empty."""
        cells = self._rows[row].cells
        return cells[column] if column < len(cells) else EMPTY

    def find(self, key: Hashable) -> int | None:
        """The number of the row that stands for `key`; looked up only where rows are held in memory."""
        finds = getattr(self._rows, "find", None)  # rows that are made in sight know their keys without being made
        if finds is not None:
            at: int | None = finds(key)
            return at
        return next((i for i, row in enumerate(self._rows) if row.key == key), None)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other heads. Where only words change (another language) the cursor stays."""
        fresh = tuple(columns)
        if len(fresh) == len(self._columns):
            self._columns = fresh
            if fresh:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(fresh) - 1)
            return
        self.beginResetModel()
        self._columns = fresh
        self.endResetModel()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Other rows. With the same keys in the same order only changed rows are told; else rows come or go at the end
        or the model is reset.
        """
        old = self._rows
        if len(old) == len(rows) and isinstance(rows, tuple | list) and _keys(old) == _keys(rows):
            self._rows = rows
            for i, (before, after) in enumerate(zip(old, rows, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(i, 0), self.index(i, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    # -- what Qt asks

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        cell = self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(cell, self._columns[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole and cell.kind is Kind.STATE:
            return cell.spoken
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = cell.kind is Kind.MONEY or self._columns[index.column()].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (column.name, column.group, column.usual) if part)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.cell(index.row(), index.column()).editable else flags

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Typing is told, not stored: what the cell shows next is the page's answer."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.typed.emit(index.row(), index.column(), str(value))
        return True


def spoken(cell: Cell, column: Column) -> str:
    """A cell as a screen reader says it: its own sentence, or the words with the head of their column."""
    if cell.spoken:
        return cell.spoken
    words = [part for part in (cell.text, cell.tail, cell.small) if part]
    return f"{column.name}: {', '.join(words)}" if words else column.name


def _keys(rows: Sequence[Row]) -> list[Hashable]:
    return [row.key for row in rows] if isinstance(rows, tuple | list) else []
