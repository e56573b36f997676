"""A4 papers that flow: a running head, a foot, headings, paragraphs and tables that go on over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shg_desk.i18n.catalog import Words
from shg_desk.reports.page import A4
from shg_desk.reports.page import MM
from shg_desk.reports.page import Align
from shg_desk.reports.page import Pages
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.page import foot_texts
from shg_desk.reports.typeface import BOLD
from shg_desk.reports.typeface import MEDIUM
from shg_desk.reports.typeface import REGULAR
from shg_desk.reports.typeface import fitting
from shg_desk.reports.typeface import wrapped

LEADING = 1.3
CELL_GAP = 3.0
FOOT_SIZE = 7.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its width in millimetres (0: a share of what is left), where texts stand."""

    title: str
    width_mm: float = 0
    align: Align = Align.LEFT
    weight: int = REGULAR


class Frame:
    """One paper being written from top to bottom; `y` is the next free place, in points from the top."""

    def __init__(
        self,
        words: Words,
        printed: Printed,
        *,
        title: str,
        running: str,
        size: tuple[float, float] = A4,
        margin_mm: float = 16,
    ) -> None:
        self.words = words
        self.printed = printed
        self.running = running
        self.pages = Pages(size, title, words.lang)
        self.left = margin_mm * MM
        self.width = size[0] - 2 * self.left
        self.top = margin_mm * MM + 14
        self.bottom = size[1] - margin_mm * MM - 2 * FOOT_SIZE
        self.y = self.top
        self.page()

    def page(self) -> None:
        """Goes on at the top of a new page."""
        self.pages.new_page()
        self.y = self.top

    def need(self, height: float) -> bool:
        """Makes room for something `height` points high; true where that took a new page."""
        if self.y + height <= self.bottom or self.y == self.top:
            return False
        self.page()
        return True

    def space(self, points: float) -> None:
        """Leaves a gap, but none at the top of a page."""
        if self.y > self.top:
            self.y += points

    def text(self, text: str, size: float = 11, weight: int = REGULAR, *, indent: float = 0, keep: float = 0) -> None:
        """A paragraph, wrapped; `keep` points more must fit under it, so that a heading never stands alone."""
        lines = wrapped(text, size, weight, self.width - indent)
        for number, line in enumerate(lines):
            self.need(size * LEADING + (keep if number == 0 else 0))
            self.pages.text(self.left + indent, self.y + size, line, size, weight, width=self.width - indent)
            self.y += size * LEADING

    def title(self, text: str, under: str = "") -> None:
        """The paper's own head: what it is, and where and when under it."""
        self.text(text, 18, BOLD)
        if under:
            self.text(under, 11)
        self.space(6)

    def heading(self, text: str) -> None:
        """A section's head."""
        self.space(10)
        self.text(text, 13, BOLD, keep=30)
        self.space(2)

    def pairs(self, rows: Sequence[tuple[str, str]], width_mm: float = 90, size: float = 11) -> None:
        """Words with a figure behind each, right-aligned in a narrow block; a row with a bold figure ends the block."""
        width = min(width_mm * MM, self.width)
        figure = width * 0.4
        for number, (name, amount) in enumerate(rows):
            lines = wrapped(name, size, REGULAR, width - figure - CELL_GAP)
            height = max(len(lines) * size * LEADING, size * LEADING)
            self.need(height)
            for index, line in enumerate(lines):
                self.pages.text(self.left, self.y + size + index * size * LEADING, line, size)
            weight = BOLD if number == len(rows) - 1 else REGULAR
            self.pages.text(
                self.left + width - figure, self.y + size, amount, size, weight, align=Align.RIGHT, width=figure
            )
            self.y += height

    def signatures(self, names: Sequence[str]) -> None:
        """A line to sign on for each of the names, two beside each other."""
        size, row = 10.0, 12 * MM
        half = self.width / 2
        for start in range(0, len(names), 2):
            self.need(row)
            for place, name in enumerate(names[start : start + 2]):
                x = self.left + place * half
                label = half * 0.45
                lines = wrapped(name, size, REGULAR, label)
                for index, line in enumerate(lines):
                    self.pages.text(x, self.y + row - 4 - (len(lines) - 1 - index) * size * LEADING, line, size)
                self.pages.rule(x + label + CELL_GAP, self.y + row - 2, half - label - 4 * CELL_GAP)
            self.y += row

    def finish(self) -> Paper:
        """Draws heads and feet and closes the paper."""
        return self.pages.finish(self._dress)

    def _dress(self, page: int) -> None:
        pages, size = self.pages, FOOT_SIZE
        if page:
            pages.text(self.left, self.top - 12, self.running, 9, MEDIUM, width=self.width)
        who, whose, number = foot_texts(self.words, self.printed, page + 1, pages.count)
        y = pages.height - 16 - size * LEADING
        side = self.width * 0.18
        pages.rule(self.left, y - size - 3, self.width)
        pages.text(self.left, y, who, size, width=self.width - side)
        pages.text(self.left, y + size * LEADING, whose, size, width=self.width - side)
        pages.text(self.left + self.width - side, y, number, size, align=Align.RIGHT, width=side)


class Table:
    """A table in a frame: its head again on every page, rows as high as their longest cell, never cut."""

    def __init__(
        self,
        frame: Frame,
        columns: Sequence[Column],
        *,
        size: float = 10,
        row_mm: float = 0,
    ) -> None:
        self.frame = frame
        self.size = size
        self.least = max(row_mm * MM, size * LEADING + 4)
        fixed = sum(column.width_mm for column in columns) * MM
        shares = sum(column.width_mm == 0 for column in columns)
        squeeze = min(1.0, frame.width / fixed) if not shares else min(1.0, (frame.width - shares * 30 * MM) / fixed)
        rest = (frame.width - fixed * squeeze) / shares if shares else 0
        self.widths = [column.width_mm * MM * squeeze or rest for column in columns]
        self.columns = columns
        self._fresh = True

    @property
    def total_width(self) -> float:
        """Points from the left edge to the right."""
        return sum(self.widths)

    def _head(self) -> None:
        frame = self.frame
        inner = [(column, width - 2 * CELL_GAP) for column, width in zip(self.columns, self.widths, strict=True)]
        small = min(fitting(column.title, self.size - 1, MEDIUM, width) for column, width in inner)
        titles = [wrapped(column.title, small, MEDIUM, width) for column, width in inner]
        line = small * LEADING
        height = max(len(title) for title in titles) * line + 6
        frame.need(height + self.least)
        frame.pages.grey(frame.left, frame.y, self.total_width, height)
        x = frame.left
        for column, width, title in zip(self.columns, self.widths, titles, strict=True):
            for index, text in enumerate(title):
                frame.pages.text(
                    x + CELL_GAP,
                    frame.y + small + 2 + index * line,
                    text,
                    small,
                    MEDIUM,
                    align=column.align,
                    width=width - 2 * CELL_GAP,
                )
            x += width
        frame.y += height
        frame.pages.rule(frame.left, frame.y, self.total_width, 1.2)
        self._fresh = False

    def row(self, cells: Sequence[str], weight: int | None = None, *, total: bool = False, keep: int = 0) -> None:
        """One row. A total stands in bold under a thicker rule; `keep` more rows must fit on this one's page."""
        frame = self.frame
        laid = []
        for column, width, cell in zip(self.columns, self.widths, cells, strict=True):
            bold = BOLD if total else weight or column.weight
            lines = (cell,) if column.align is Align.RIGHT else wrapped(cell, self.size, bold, width - 2 * CELL_GAP)
            laid.append((column, width, bold, lines))
        height = max(self.least, max(len(lines) for *_, lines in laid) * self.size * LEADING + 4)
        if self._fresh or frame.y + height + keep * self.least > frame.bottom:
            if not self._fresh:
                frame.page()
            self._head()
        if total:
            frame.pages.rule(frame.left, frame.y, self.total_width, 1.2)
        x = frame.left
        for column, width, bold, lines in laid:
            base = frame.y + (self.least - self.size * LEADING) / 2 + self.size
            for index, line in enumerate(lines):
                y = base + index * self.size * LEADING
                frame.pages.text(x + CELL_GAP, y, line, self.size, bold, align=column.align, width=width - 2 * CELL_GAP)
            x += width
        frame.y += height
        frame.pages.rule(frame.left, frame.y, self.total_width)

    def finish(self, note: str = "") -> None:
        """Ends the table; a table without rows shows its head and the note."""
        if self._fresh:
            self._head()
            if note:
                self.frame.text(note, self.size)
