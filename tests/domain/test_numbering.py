"""Members' numbers, loans' codes and laptops' names stand in the order people count in."""

from __future__ import annotations

from random import Random

import pytest

from shg_desk.domain.numbering import counting_order


@pytest.mark.parametrize(
    "counted",
    [
        ["", "1", "2", "7", "7a", "10", "11", "100"],
        ["L-1", "L-2", "L-9", "L-10", "L-21"],
        ["Кара-Булак", "Кара-Булак 2", "Кара-Булак 10", "Кара-Булак 19"],
        ["KB-01-2", "KB-01-10", "KB-2-1"],
    ],
)
def test_as_people_count(counted: list[str]) -> None:
    mixed = [*counted]
    Random(1).shuffle(mixed)
    assert sorted(mixed, key=counting_order) == counted


def test_no_number_comes_first() -> None:
    assert sorted(["1", None], key=counting_order) == [None, "1"]
