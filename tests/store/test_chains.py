"""How far a chain that is here in pieces is the one whose head somebody tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from villages import Device
from villages import make
from villages import new_device
from villages import put_all

from shg_desk.store import log


def lives(common: int, length: int) -> tuple[Device, Device]:
    """Two lives of one device that wrote the same so many times, and then each its own."""
    one = new_device(Random(3), relayed=True)
    other = Device(one.code, one.epoch, relayed=True)
    for number in range(length):
        one.write("profile", {"revisions": []}, at=(number, 0))
        other.write("profile", {"revisions": []}, at=(number if number < common else 1000 + number, 0))
    return one, other


@pytest.mark.parametrize(
    ("ours", "also", "expected"),
    [
        ((1, 2, 3, 4, 5), (), (None, True)),  # the last head shows it, and nobody knows from where on
        ((1, 2), (), (2, False)),
        ((1, 2, 4), (), (4, False)),  # in between nothing can be compared
        ((1, 3), (4,), (2, True)),
        ((1, 2, 5), (), (None, True)),
        ((1, 2, 3), (3, 4, 5), (2, True)),
        ((), (1, 2, 3, 4, 5), (5, False)),
        ((), (2, 5), (5, False)),
        ((), (), (0, False)),
    ],
)
def test_a_chain_is_followed_to_the_head_that_is_told(
    tmp_path: Path, ours: Sequence[int], also: Sequence[int], expected: tuple[int | None, bool]
) -> None:
    """`ours` came first and are of another life from the third on; `also` are of the one that is told."""
    told, other = lives(2, 6)
    book = make(tmp_path)
    put_all(book, [other.lines[n - 1] for n in ours])
    put_all(book, [told.lines[n - 1] for n in also])
    head = told.lines[5].head_before  # after the fifth
    found = log.same_up_to(book.db, told.code, told.epoch, 5, head)
    assert found == expected
    book.close()


def test_the_second_line_under_a_name_hurts_nobody_where_the_first_is_the_told_one(tmp_path: Path) -> None:
    told, other = lives(2, 6)
    book = make(tmp_path)
    put_all(book, [*told.lines, *other.lines])
    assert log.same_up_to(book.db, told.code, told.epoch, 5, told.lines[5].head_before) == (5, False)
    assert log.same_up_to(book.db, told.code, told.epoch, 5, other.lines[5].head_before) == (2, True)
    book.close()
