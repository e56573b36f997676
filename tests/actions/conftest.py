"""Desks of this room's tests: one, and three that exchange."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from three_desks import Three
from three_desks import trip

from shg_desk.actions.desk import Desk
from shg_desk.store.check import check


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    assert check(made.book) == []
    made.close()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    """An office, two laptops that share a group the first one made, everybody up to date."""
    office = make_desk(tmp_path, "office", "office")
    first, second = make_desk(tmp_path, "first"), make_desk(tmp_path, "second")
    for one in (first, second):
        enrol(office, one, tmp_path, ("A-1",))
    group = make_group(first)
    for _ in range(2):
        trip(office, first, second)
    yield office, first, second, group
    for one in (office, first, second):
        assert check(one.book) == []
        one.close()
