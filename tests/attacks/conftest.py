"""The makers of small books and of calls stand beside the tests of actions and of the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

for room in ("actions", "cli"):
    sys.path.append(str(Path(__file__).resolve().parents[1] / room))

from three_desks import Three  # noqa: E402
from three_desks import three_desks  # noqa: E402


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_desks(tmp_path) as desks:
        yield desks
