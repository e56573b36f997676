"""Sums typed in one field, added up by hand; and rows of a difference taken together."""

from __future__ import annotations

import pytest

from shg_desk.actions.difference_view import SideRow
from shg_desk.actions.difference_view import together
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import added
from shg_desk.domain.money import parse_amount

READ = added(lambda text: parse_amount(text, 2))


@pytest.mark.parametrize(
    ("text", "minor"), [("50", 5_000), ("50+50", 10_000), ("12,50 + 0.25+3", 1_250 + 25 + 300), ("-5", -500)]
)
def test_a_sum_of_sums(text: str, minor: int) -> None:
    assert READ(text) == minor


@pytest.mark.parametrize("text", ["50+", "50++50", "50+x", "+"])
def test_a_sum_with_a_hole_is_none(text: str) -> None:
    with pytest.raises(AmountError):
        READ(text)


def test_rows_together_by_side() -> None:
    rows = [SideRow("a", "1", "", (100, 250)), SideRow("b", "2", "", (7, None)), SideRow("c", "3", "", ("word", 3))]
    assert together(rows, 2) == (107, 253)
    assert together([], 2) == (None, None)
    assert together([SideRow("c", "3", "", ("word", 0))], 2) == (None, 0)
