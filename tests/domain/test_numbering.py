"""Members' numbers, loans' codes and laptops' names stand in the order people count in."""

from __future__ import annotations

from random import Random

import pytest

from shg_desk.domain.numbering import as_meant
from shg_desk.domain.numbering import counting_order
from shg_desk.domain.numbering import next_free


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


@pytest.mark.parametrize("written", ["7", "007", "7.0", "7,00", "7.", "№ 7", "№7", "No. 07", "#7", "٧", "７", " 7 "])
def test_one_number_in_many_writings(written: str) -> None:
    assert as_meant(written) == "7"


def test_what_is_another_number_stays_another() -> None:
    written = ["7", "70", "7.5", "7.05", "7a", "А-7", "5²", "12/1", "1-2", "0", "north", "", "№"]
    assert len({as_meant(one) for one in written}) == len(written)
    assert as_meant("А-07") == as_meant("а- 7")


@pytest.mark.parametrize(
    ("used", "free"),
    [([], "1"), (["1", "3"], "4"), (["5²", "2"], "3"), (["٣", "1"], "4"), (["07", "8.0"], "9"), (["7a", "Айгүл"], "1")],
)
def test_the_next_free_number(used: list[str], free: str) -> None:
    assert next_free(used) == free
