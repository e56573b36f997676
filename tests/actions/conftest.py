"""Desks of this room's tests: one, and three that exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from office_trio import Trio
from office_trio import office_trio
from three_desks import Three
from three_desks import three_desks

from shg_desk.actions.desk import Desk
from shg_desk.store.check import check


@pytest.fixture
def book_day() -> date:
    """What day it is for the one desk; a file of tests may say another."""
    return date(2026, 3, 1)


@pytest.fixture
def desk(tmp_path: Path, book_day: date) -> Iterator[Desk]:
    """One desk, sound in the end."""
    made = make_desk(tmp_path, day=book_day)
    yield made
    assert check(made.book) == []
    made.close()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_desks(tmp_path) as desks:
        yield desks


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    with office_trio(tmp_path) as desks:
        yield desks
