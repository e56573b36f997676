"""One sheet as it was found: rows of texts with the numbers a spreadsheet gives them, before anything is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from shg_desk.domain.problems import Problem

NO_EXACT: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: its number as the spreadsheet counts, its cells as texts without outer blanks, and in
    `exact` the columns that hold a number or a date of the spreadsheet's own (written with a point, or as ISO), so that
    no guess about decimal signs is due.
    """

    number: int
    cells: tuple[str, ...]
    exact: frozenset[int] = NO_EXACT

    def cell(self, column: int) -> str:
        """The text of a column, empty beyond the row's end."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a whole text file.

    `encoding` and `delimiter` are empty for workbooks. `merged` gives, for (row number, column) of a cell that lies
    under another one it is merged with, the text of that upper cell.
    """

    name: str
    rows: tuple[Row, ...]
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def letters(column: int) -> str:
    """The name a spreadsheet gives a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
