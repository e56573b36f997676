"""A table to type in whose rows and columns stay where they are: measured from what may be typed, not from what is.

Rows are of one height, and words that do not fit on one line stand on two lines of small type. Where so tall rows, or
all columns, find no room, the columns stand close: names come first, then what figures may grow to, and only a row
whose words still take two lines is taller.
"""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollBar

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts import cell_painter
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.cell_painter import CellPainter
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Kind
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.grid import GridView
from shg_desk.ui.parts.table import Table
from shg_desk.ui.parts.table_head import CLOSE_PADDING
from shg_desk.ui.parts.table_head import head_width
from shg_desk.ui.parts.table_model import TableModel
from shg_desk.ui.tokens import px


class QuietBar(QScrollBar):
    """A scroll bar that keeps its room and is seen only while there is something to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


OPEN = ((0, False), (1, False))
CLOSE = (*((dropped, True) for dropped in range(5)), (4, False))
"""How widths are tried, the first that fits: how many of `Column.plausible` are dropped where figures stand, and
whether all words of the `two_lines` columns have one line."""


def two_lines(text: str, weight: int = tokens.REGULAR) -> tuple[str, str]:
    """Words broken once, between words, where both lines of small type are shortest."""
    words = text.split()
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words) + 1)]
    return min(breaks, key=lambda pair: max(_small_width(one, weight) for one in pair), default=(text, ""))


def _small_width(text: str, weight: int) -> int:
    return fonts.text_width(text, tokens.SMALL, weight)


def _leading() -> int:
    """The least distance of two lines of small type at which no letter touches another's line."""
    measure = fonts.metrics(tokens.SMALL)
    return int(measure.capHeight() + measure.descent())


def two_lines_height() -> int:
    """Screen pixels of the lowest row that takes two lines of small type."""
    return 2 * _leading() + px(1)


def two_lines_width(cell: Cell, weight: int, padding: int = 0) -> int:
    """Screen pixels a cell of words takes on two lines, padding and icon included."""
    icon = px(cell_painter.ICON + cell_painter.ICON_GAP) if cell.icon else 0
    return max(_small_width(line, weight) for line in two_lines(cell.text, weight)) + icon + 2 * px(padding)


class SteadyPainter(CellPainter):
    """Paints words of a `two_lines` column in small type on two lines where one line of the usual size is too long."""

    def _paint_words(self, painter: QPainter, inner: QRectF, cell: Cell, column: Column, ink: str, weight: int) -> None:
        icon = px(cell_painter.ICON + cell_painter.ICON_GAP) if cell.icon else 0
        room = inner.adjusted(icon, 0, 0, 0)
        if not column.two_lines or fonts.text_width(cell.text, self.size, weight) <= room.width():
            super()._paint_words(painter, inner, cell, column, ink, weight)
            return
        if cell.icon:
            icons.draw(painter, cell.icon, inner.left(), inner.center().y(), cell_painter.ICON, cell.icon_ink)
        step = min(float(fonts.metrics(tokens.SMALL).height()), max(float(_leading()), room.height() / 2 - 1))
        for i, line in enumerate(two_lines(cell.text, weight)):
            middle = room.center().y() + (i - 0.5) * step
            place = QRectF(room.left(), middle - step / 2, room.width() + 1, step)
            paint.text(painter, place, line, size=tokens.SMALL, weight=weight, ink=ink)

    def fits(self, index: cell_painter.AnyIndex, rect: QRect) -> bool:
        """Also where the words stand on two lines of small type."""
        if super().fits(index, rect):
            return True
        model = index.model()
        assert isinstance(model, TableModel)
        cell = model.cell(index.row(), index.column())
        if not model.columns()[index.column()].two_lines or cell.kind is not Kind.TEXT:
            return False
        strong = index.row() == self.current_row and not cell.icon
        wide = two_lines_width(cell, tokens.SEMIBOLD if strong else cell.weight, self.padding)
        return wide <= rect.width() and two_lines_height() <= rect.height()


class SteadyTable(Table):
    """A `Table` whose geometry is decided from `Column.plausible`, the window, the size of letters and the language.

    A figure longer than all that was thought of widens its column, and nothing typed afterwards narrows it again.
    """

    def __init__(self, *, size: int, row_height: tuple[int, int]) -> None:
        self._decided: Hashable = None
        self._tallest = 0
        self._longest: list[int] = []
        self._measured: Hashable = None
        self._one_line = False
        self._whole_width = 0
        self._unsettled = False
        super().__init__((), cursor="cell", size=size, row_height=row_height, fills=True)
        for grid, cursor in ((self.view, "cell"), (self.foot, "none")):
            self._paint_steadily(grid, cursor, size)
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        # its room is kept: columns do not move when the first row goes out of sight
        self.view.setVerticalScrollBar(QuietBar())
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @staticmethod
    def _paint_steadily(grid: GridView, cursor: str, size: int) -> None:
        grid.painter_of_cells = SteadyPainter(grid, size=size, cursor=cursor)
        grid.setItemDelegate(grid.painter_of_cells)

    # -- columns

    def set_rows(self, table_rows: Sequence[Row], foot: Sequence[Row] = ()) -> None:
        super().set_rows(table_rows, foot)
        self.foot.clearSpans()
        last = self.foot_model.columnCount() - 1
        for i, row in enumerate(foot):
            if row.span_from is not None and last - row.span_from > 1:
                self.foot.setSpan(i, row.span_from, 1, last - row.span_from)

    def _measure(self) -> None:
        columns = self.model.columns()
        key = (px(100), tuple((column.name, column.plausible) for column in columns), self.window().size())
        if key != self._decided:
            self._decided, self._tallest, self._longest = key, 0, [0] * len(columns)
            self._unsettled = True
            self._settling.start()
        self._note_height()
        self._longest = [max(self._longest[c], self._typed(c, column)) for c, column in enumerate(columns)]
        measured = (key, tuple(self._longest), self._tallest, self._room(), self._lines())
        if measured == self._measured:
            return
        self._measured = measured
        self._stand(close=False)
        self._whole_width = self._width_of_all()
        broken, unseen = self._broken(), self._unseen()
        if tokens.large() or not (broken or unseen):
            return
        self._stand(close=True)
        if self._broken() and not unseen:  # names take two lines so or so
            self._stand(close=False)

    def _stand(self, *, close: bool) -> None:
        self._close = close
        for grid in (self.view, self.foot):
            grid.painter_of_cells.padding = self._padding()
        self.head().stands_close = close
        self._decide_widths()
        self._lay_columns()

    def _padding(self) -> int:
        return CLOSE_PADDING if self._close else cell_painter.PADDING

    def _decide_widths(self) -> None:
        """Where not every column has room for the largest sum, each has for the usual ones."""
        columns = self.model.columns()
        for dropped, one_line in CLOSE if self._close else OPEN:
            self._one_line = one_line
            self._widest = [max(self._thought(one, dropped), self._typed_here(c)) for c, one in enumerate(columns)]
            heads = (head_width(one, close=self._close) for one in columns)
            self._needs = [max(widest, head) for widest, head in zip(self._widest, heads, strict=True)]
            if sum(self._least(c, one) for c, one in enumerate(columns)) <= self._room():
                break

    def _broken(self) -> bool:
        """True where a name takes two lines."""
        return any(self._broken_names(c) for c in range(self.model.columnCount()))

    def _unseen(self) -> bool:
        """True where a column, or a row as tall as it is, is out of sight."""
        every = range(self.model.columnCount())
        if any(self.view.isColumnHidden(c) for c in every):
            return True
        return self._tallest - 2 - self._head_height() < self._lines() * self._least_row()

    def _least_row(self) -> int:
        least = px(self._heights[0])
        open_ = not self._close and any(self._breaks(c) for c in range(self.model.columnCount()))
        return max(least, two_lines_height()) if open_ else least

    def _lines(self) -> int:
        """Rows and the totals; other lines at the foot come while one types."""
        return self.model.rowCount() + min(1, self.foot_model.rowCount())

    def _needed(self, cell: Cell, *, strong: bool = False) -> int:
        return cell_painter.needed_width(cell, self._size, strong=strong and not cell.icon, padding=self._padding())

    def _thought(self, column: Column, dropped: int) -> int:
        if column.two_lines:
            thought = column.one_line if self._close and column.one_line else column.plausible
        else:
            last = len(column.plausible) - 1
            thought = column.plausible[min(max(0, dropped - 1), last) if column.fixed else dropped :]
        return max((self._needed(one, strong=not column.right) for one in thought), default=0)

    def _typed(self, c: int, column: Column) -> int:
        """What the cells of the moment take at least, without padding."""
        cells = [row.cells[c] for row in self.model.rows() if c < len(row.cells)]
        spanned = [row for row in self.foot_model.rows() if row.span_from is not None and c >= row.span_from]
        cells += [row.cells[c] for row in self.foot_model.rows() if c < len(row.cells) and row not in spanned]
        if column.two_lines:
            return max((self._two_lines(cell) for cell in cells), default=0)
        return max((cell_painter.needed_width(cell, self._size, padding=0) for cell in cells), default=0)

    def _typed_here(self, c: int) -> int:
        """What was typed at its longest, at the padding of the moment."""
        return self._longest[c] + 2 * px(self._padding()) if self._longest[c] else 0

    def _two_lines(self, cell: Cell) -> int:
        """The least width of words, without padding."""
        weight = cell.weight if cell.icon else tokens.SEMIBOLD
        whole = cell_painter.needed_width(cell, self._size, strong=not cell.icon, padding=0)
        return min(whole, two_lines_width(cell, weight)) if cell.text else 0

    def _least(self, c: int, column: Column) -> int:
        head = head_width(column, broken=column.breaks, close=self._close)
        if not column.two_lines:
            return max(self._widest[c], head)
        if self._close and (self._one_line or column.one_line):
            return max(self._widest[c], head)
        thought = max((self._two_lines(one) for one in column.plausible), default=0) + 2 * px(self._padding())
        return max(thought, self._typed_here(c), head)

    def _room(self) -> int:
        return self.width() - 2 - self.view.verticalScrollBar().sizeHint().width()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settling.start()

    def _settle(self) -> None:
        """Once other letters, words or another window are laid out: the height it had before them says nothing."""
        if self._unsettled and self.isVisible():
            self._unsettled, self._tallest = False, 0
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self._changing:
            self._measure()
        super().resizeEvent(event)
        self._show_cursor()  # what was put under the cursor before there was room for it

    # -- rows

    def _lay_rows(self) -> None:
        super()._lay_rows()
        self.setMaximumHeight(self.content_height())

    def _note_height(self) -> None:
        """The tallest this table was in this window, without what lines of the group made it grow."""
        lines = max(0, self.foot_model.rowCount() - 1)
        self._tallest = max(self._tallest, self.height() - px(self._heights[1]) * lines)

    def _wrapping(self) -> list[int]:
        every = enumerate(self.model.columns())
        return [c for c, one in every if self._close and one.two_lines and not self.view.isColumnHidden(c)]

    def _broken_height(self, row: int, wrapping: Sequence[int]) -> int:
        return self._height_of_words(self.model.row(row), wrapping)

    def _height_of_words(self, row: Row, wrapping: Sequence[int]) -> int:
        """What two lines take where words of a row need them; 0 for a row of one line."""
        for c in wrapping:
            width = self.view.columnWidth(c)
            if row.span_from is not None and c >= row.span_from:
                width = sum(self.view.columnWidth(i) for i in range(c, self.model.columnCount() - 1))
            if self._needed(row.cells[c], strong=True) > width:
                return two_lines_height()
        return 0

    def _grow_rows(self, numbers: range) -> None:
        wrapping, height = self._wrapping(), self._row_height()
        header = self.view.verticalHeader()
        for i in numbers:
            needed = max(height, self._broken_height(i, wrapping))
            if header.sectionSize(i) != needed:
                header.resizeSection(i, needed)

    def _lay_foot(self, height: int) -> int:
        wrapping, header = self._wrapping(), self.foot.verticalHeader()
        for i, row in enumerate(self.foot_model.rows()):
            header.resizeSection(i, max(height, self._height_of_words(row, wrapping)))
        return header.length()

    def _row_height(self) -> int:
        """Decided once by the tallest this table was in this window: what opens under it takes rows, not their height.

        Only the totals count among what stands at the foot: other lines come while one types. Where columns stand
        close, the names of two lines are counted as such, whatever else takes two lines later.
        """
        least, two = self._least_row(), two_lines_height()
        most = max(px(self._heights[1]), least)
        broken = sum(self._broken_names(c) for c in range(self.model.columnCount())) if self._close else 0
        self._note_height()
        if not self._lines():
            return least
        room = self._tallest - 2 - self._head_height()
        for spare in (2, 1, 0):  # lines of the group that are still to come
            count = self._lines() + spare
            if room >= two * count:
                return min(most, room // count)
            if room >= two * broken + least * (count - broken):
                return min(two, (room - two * broken) // max(1, count - broken))
        if self._close:
            return least
        seen = max(1, room * 2 // (least + most))
        return max(least, min(most, room // seen))

    def _broken_names(self, c: int) -> int:
        """How many words of a column take two lines, of those that stand there from the beginning."""
        column, width = self.model.columns()[c], self.view.columnWidth(c)
        if not column.two_lines or column.one_line or not width or self.view.isColumnHidden(c):
            return 0
        return sum(self._needed(cell, strong=True) > width for cell in column.plausible)

    def _breaks(self, c: int) -> bool:
        """True where words of a column stand on two lines at the width of the moment."""
        column, width = self.model.columns()[c], self.view.columnWidth(c)
        if not column.two_lines or not width or self.view.isColumnHidden(c):
            return False
        cells = [*column.plausible, *(row.cells[c] for row in self.model.rows())]
        return any(self._needed(cell, strong=True) > width for cell in cells)

    def _width_of_all(self) -> int:
        columns = self.model.columns()
        wide = (self._needs[c] if column.two_lines else self._least(c, column) for c, column in enumerate(columns))
        return sum(wide) + self.view.verticalScrollBar().sizeHint().width() + 2

    def whole_width(self) -> int:
        """Screen pixels at which every column is in sight and no name is broken; heads may be."""
        return self._whole_width
