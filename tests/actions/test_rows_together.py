"""Rows of a difference taken together, added up by hand."""

from __future__ import annotations

from shg_desk.actions.difference_view import SideRow
from shg_desk.actions.difference_view import together


def test_rows_together_by_side() -> None:
    rows = [SideRow("a", "1", "", (100, 250)), SideRow("b", "2", "", (7, None)), SideRow("c", "3", "", ("word", 3))]
    assert together(rows, 2) == (107, 253)
    assert together([], 2) == (None, None)
    assert together([SideRow("c", "3", "", ("word", 0))], 2) == (None, 0)
