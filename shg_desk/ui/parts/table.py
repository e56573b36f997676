"""A table as pages use it: head, rows, totals that stay at the foot; columns wide enough, rows as tall as fit.

Where the window is too narrow (large type), columns marked `fixed` stay and the others go by whole columns to the
side, so that no figure is ever cut in the middle; `sideways` tells the heads that are out of sight.
"""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts import cell_painter
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import seen_whole
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.columns_aside import ColumnsAside
from shg_desk.ui.parts.grid import Cursor
from shg_desk.ui.parts.grid import GridView
from shg_desk.ui.parts.table_head import TableHead
from shg_desk.ui.parts.table_head import head_width
from shg_desk.ui.parts.table_model import TableModel
from shg_desk.ui.parts.table_widths import Wish
from shg_desk.ui.parts.table_widths import shared
from shg_desk.ui.parts.table_widths import window_of
from shg_desk.ui.tokens import px

LEAST_ROWS = 5
"""Rows that are in sight however low the page is; a page can ask for another number (`least_rows`)."""
LAST_ROWS = 40
MEASURED_ROWS = 400
"""Rows measured for column widths; longer tables are measured where they are in sight."""


class Table(QFrame):
    """Head, rows and foot in one frame.

    `row_height` is (least, most) at 100 %: with two figures rows are as tall as fit; `size` is the type size;
    `fills` keeps the frame as tall as its place, else it ends under its last row. The rows are in `view`
    (a `GridView` with `opened`, `moved`, `take_key`), totals in `foot` (read only unless given a focus policy).
    """

    sideways = Signal(list, list)
    """Names of the columns out of sight on the left and on the right."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        cursor: Cursor = "row",
        size: int = tokens.BODY,
        row_height: tuple[int, int] = (32, 32),
        fills: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heights, self._fills, self._size = row_height, fills, size
        self._first = 0
        self._needs: list[int] = []
        self._close, self._least_height = False, 0
        self._changing = False
        self.least_rows = LEAST_ROWS
        self._widest: list[int] = []
        self.model = TableModel(columns)
        self.foot_model = TableModel(columns)
        self.view = GridView(self.model, size=size, cursor=cursor)
        self.foot = GridView(self.foot_model, size=size, cursor="none")
        self.foot.horizontalHeader().hide()
        layout = rows(self, margins=(1, 1, 1, 1), gap=0)
        layout.setProperty("px_spacing", None)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.foot)
        self.aside = ColumnsAside()
        layout.addWidget(self.aside)
        layout.addStretch(0)
        self.foot.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view.moved.connect(lambda _row, column: self._reveal(column))
        self.view.verticalScrollBar().valueChanged.connect(self._grow_rows_in_sight)
        self.view.verticalScrollBar().installEventFilter(self)
        self.view.sideways_asked.connect(self.shift)
        self.aside.asked.connect(self.shift)
        if cursor == "row":  # a sheet of cells names them in its own foot
            self.sideways.connect(self.aside.show_names)
        self.setFocusProxy(self.view)
        seen_whole(self)

    # -- content

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other heads (another language, another usual amount)."""
        with self._change():
            self.model.set_columns(columns)
            self.foot_model.set_columns(columns)
        self.fit()

    def set_rows(self, table_rows: Sequence[Row], foot: Sequence[Row] = ()) -> None:
        """Other rows and totals; the cursor stays on the thing it stood on."""
        here = self.view.currentIndex()
        key = self.row_key() if here.row() < self.model.rowCount() else None
        with self._change():
            self.model.set_rows(table_rows)
            self.foot_model.set_rows(foot)
            self.foot.setVisible(bool(foot))
        self.fit()
        if here.isValid() and not self.view.currentIndex().isValid():
            found = self.model.find(key) if key is not None and len(table_rows) <= 10_000 else None
            self.view.put_cursor(min(here.row(), len(table_rows) - 1) if found is None else found, here.column())

    @contextmanager
    def _change(self) -> Iterator[None]:
        """While heads or rows change nothing is laid out, whatever Qt sends: what was is measured; `fit` follows."""
        before, self._changing = self._changing, True
        try:
            yield
        finally:
            self._changing = before

    def row_key(self) -> Hashable:
        """The thing under the cursor; None when there is none."""
        here = self.view.currentIndex()
        return self.model.row(here.row()).key if here.isValid() else None

    # -- measures

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        self.fit()
        self.view.viewport().update()

    def fit(self) -> None:
        """Measure columns and rows anew."""
        self._measure()
        self._lay_columns()
        self._lay_rows()
        self._show_cursor()
        self.updateGeometry()

    def _measure(self) -> None:
        self._needs, self._widest = [], []
        measured = [*self.model.ends(MEASURED_ROWS, LAST_ROWS), *self.foot_model.rows()]
        strong = self.view.cursor_kind == "cell"
        for c, column in enumerate(self.model.columns()):
            cells = [row.cells[c] for row in measured if c < len(row.cells)]
            bold = strong and not column.right
            widths = [cell_painter.needed_width(cell, self._size, strong=bold and not cell.icon) for cell in cells]
            self._widest.append(max(widths, default=0))
            self._needs.append(max(self._widest[-1], head_width(column)))

    def _lay_columns(self) -> None:
        columns = self.model.columns()
        room = self._room()
        if room <= 0 or not columns:
            return
        wishes = self._wishes()
        shown = window_of(wishes, room, self._first)
        widths = shared([wish for c, wish in enumerate(wishes) if c in shown], room)
        by_column = dict(zip(sorted(shown), widths, strict=True))
        for grid in (self.view, self.foot):
            for c in range(len(columns)):
                if c in shown and grid.isColumnHidden(c):
                    grid.showColumn(c)
                elif c not in shown and not grid.isColumnHidden(c):
                    grid.hideColumn(c)
                if c in shown:
                    grid.setColumnWidth(c, by_column[c])
        out = [(c, columns[c].name) for c in range(len(columns)) if c not in shown]
        middle = min((c for c in shown if not columns[c].fixed), default=0)
        self.sideways.emit([name for c, name in out if c < middle], [name for c, name in out if c > middle])

    def _wishes(self) -> list[Wish]:
        return [
            Wish(
                least=self._least(c, column),
                needs=self._needs[c],
                wants=px(column.width),
                grows=column.grows,
                fixed=column.fixed,
                headed=max(self._widest[c], head_width(column, broken=True, close=self._close)),
            )
            for c, column in enumerate(self.model.columns())
        ]

    def _least(self, c: int, column: Column) -> int:
        if not column.wraps and not column.breaks:
            return self._needs[c]
        if not column.wraps:
            return max(self._widest[c], head_width(column, broken=True))
        measured = range(min(self.model.rowCount(), MEASURED_ROWS))
        cells = [self.model.cell(i, c) for i in measured]
        words = max((cell_painter.longest_word(cell, self._size) for cell in cells), default=0)
        foot = [row.cells[c] for row in self.foot_model.rows() if c < len(row.cells)]
        # rows of the foot do not grow: what stands there has to fit on one line
        whole = max((cell_painter.needed_width(cell, self._size) for cell in foot), default=0)
        return min(self._needs[c], max(words, whole, head_width(column)))

    def _room(self) -> int:
        bar = self.view.verticalScrollBar()
        return self.width() - 2 - (bar.sizeHint().width() if bar.maximum() > 0 and bar.isVisible() else 0)

    def _head_height(self) -> int:
        return self.view.horizontalHeader().sizeHint().height()

    def _edges(self) -> int:
        """What the frame takes that is no row: its line, the head, the names of columns out of sight."""
        return 2 + self._head_height() + self.aside.height_taken()

    def _row_height(self) -> int:
        """Rows of a range are as tall as fits: all of them where they can, else whole rows of a middle height."""
        least, most = px(self._heights[0]), px(self._heights[1])
        count, foot = self.model.rowCount(), self.foot_model.rowCount()
        if least == most or not count + foot:
            return least
        room = self.height() - self._edges()
        broken = self._broken_rows()
        if room >= least * (count - len(broken) + foot) + sum(broken):
            return min(most, (room - sum(broken)) // max(1, count - len(broken) + foot))
        seen = max(1, room * 2 // (least + most))
        return max(least, min(most, room // seen))

    def _wrapping(self) -> list[int]:
        return [c for c, column in enumerate(self.model.columns()) if column.wraps and not self.view.isColumnHidden(c)]

    def _broken_height(self, row: int, wrapping: Sequence[int]) -> int:
        """What the words of a row take where they are broken at the widths of the moment; 0 for a row of one line."""
        needed = 0
        for c in wrapping:
            cell, width = self.model.cell(row, c), self.view.columnWidth(c)
            if cell_painter.needed_width(cell, self._size) > width:
                needed = max(needed, cell_painter.wrapped_height(cell, self._size, width))
        return needed

    def _broken_rows(self) -> list[int]:
        """The heights of rows that take several lines."""
        wrapping = self._wrapping()
        rows_ = range(min(self.model.rowCount(), MEASURED_ROWS)) if wrapping else ()
        return [height for row in rows_ if (height := self._broken_height(row, wrapping))]

    def _lay_rows(self) -> None:
        height = self._row_height()
        for grid in (self.view, self.foot):
            if grid.verticalHeader().defaultSectionSize() != height:
                grid.verticalHeader().setDefaultSectionSize(height)
        head = self._head_height()
        self.view.horizontalHeader().setFixedHeight(head)
        count = self.model.rowCount()
        self._grow_rows(range(count) if count <= MEASURED_ROWS else self._rows_in_sight())
        foot = self._lay_foot(height)
        self.foot.setFixedHeight(foot)
        if self._heights[0] != self._heights[1]:
            self.view.setMaximumHeight(head + self._whole_rows(self.height() - self._edges() - foot, height))
        if not self._fills:
            self.setMaximumHeight(self.content_height())
        least = self.minimumSizeHint().height()
        if least != self._least_height:  # rows that were broken into more lines want more room
            self._least_height = least
            self.updateGeometry()

    def _lay_foot(self, height: int) -> int:
        """Screen pixels of the rows at the foot."""
        return height * self.foot_model.rowCount()

    def _whole_rows(self, room: int, height: int) -> int:
        """How much of the room whole rows take, from the first one on; one at least."""
        header, used = self.view.verticalHeader(), 0
        for row in range(self.model.rowCount()):
            if used and used + header.sectionSize(row) > room:
                break
            used += header.sectionSize(row)
        return max(used, height)

    def content_height(self) -> int:
        """Screen pixels of head, all rows and foot; with rows of a range, at their tallest."""
        most, foot = px(self._heights[1]), self.foot_model.rowCount()
        if self._heights[0] != self._heights[1]:
            broken = self._broken_rows()
            return self._edges() + most * (self.model.rowCount() - len(broken) + foot) + sum(broken)
        return self._edges() + self.view.verticalHeader().length() + most * foot

    def _rows_in_sight(self) -> range:
        first = max(0, self.view.rowAt(0))
        last = self.view.rowAt(self.view.viewport().height() - 1)
        return range(first, (last if last >= 0 else min(first + 60, self.model.rowCount() - 1)) + 1)

    def _grow_rows_in_sight(self) -> None:
        if self.model.rowCount() > MEASURED_ROWS and not self._changing:
            self._grow_rows(self._rows_in_sight())

    def _grow_rows(self, numbers: range) -> None:
        """Rows whose words are broken into lines take the height they need."""
        wrapping = self._wrapping()
        least = self._row_height()
        header = self.view.verticalHeader()
        for i in numbers if wrapping else ():
            needed = max(least, self._broken_height(i, wrapping))
            if header.sectionSize(i) != needed:
                header.resizeSection(i, needed)

    def whole_width(self) -> int:
        """Screen pixels at which every column is in sight and nothing is broken into lines."""
        return sum(self._needs) + 2

    def sizeHint(self) -> QSize:
        """As wide as the columns wish; as tall as its first rows, the layout gives it the rest of the page."""
        wide = sum(max(px(column.width), need) for column, need in zip(self.model.columns(), self._needs, strict=False))
        return QSize(wide + 2, min(self.content_height(), self.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Head, `least_rows` and foot, or all there is."""
        few, least = min(self.least_rows, max(1, self.model.rowCount())), px(self._heights[0])
        body = few * least
        if self._heights[0] == self._heights[1]:
            lines = self.view.verticalHeader()
            body = max(body, sum(max(least, lines.sectionSize(i)) for i in range(min(few, self.model.rowCount()))))
        return QSize(px(200), self._edges() + body + self.foot_model.rowCount() * least)

    # -- sideways

    def shift(self, step: int) -> None:
        """Bring the next columns on one side into sight; nothing happens where all are, or at the end."""
        columns = self.model.columns()
        hidden = [c for c in range(len(columns)) if self.view.isColumnHidden(c)]
        scrolling = [c for c, column in enumerate(columns) if not column.fixed]
        shown = [c for c in scrolling if c not in hidden]
        beyond = [c for c in hidden if shown and (c > shown[-1] if step > 0 else c < shown[0])]
        if beyond:
            self._first = self._first_showing(beyond[0] if step > 0 else beyond[-1])
            self._lay_columns()
            self._lay_rows()

    def _reveal(self, column: int) -> None:
        """Bring the cursor's column into sight."""
        if self.view.isColumnHidden(column) and not self._changing:
            self._first = self._first_showing(column)
            self._lay_columns()

    def _show_cursor(self) -> None:
        """The cell that keys mean is in sight, whatever changed around it."""
        here = self.view.currentIndex()
        if here.isValid() and self.view.cursor_kind == "cell":
            self._reveal(here.column())
            self.view.scrollTo(here)

    def _first_showing(self, column: int) -> int:
        scrolling = [c for c, col in enumerate(self.model.columns()) if not col.fixed]
        place = scrolling.index(column)
        if place < self._first:
            return place
        wishes = self._wishes()
        for first in range(self._first, place + 1):
            if column in window_of(wishes, self._room(), first):
                return first
        return place

    # -- frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_after_event()

    def _lay_after_event(self) -> None:
        if self._changing:
            return
        if not self._needs:
            self._measure()
        self._lay_columns()
        self._lay_rows()  # narrower columns break words into more lines

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and watched is self.view.verticalScrollBar():
            self._lay_after_event()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, QRectF(self.rect()), fill=tokens.SURFACE, line=tokens.LINE, radius=tokens.RADIUS_TABLE)

    def head(self) -> TableHead:
        """The head, for tests and for clicks on it."""
        head = self.view.horizontalHeader()
        assert isinstance(head, TableHead)
        return head
