"""What every test stands on: Qt without a screen, and tests collected only where what they need is there.

A test that needs real data or another program is left out of the collection where that is missing, never skipped:
`.ci/run` makes sure that nothing is missing where it counts.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from hypothesis import HealthCheck
from hypothesis import settings

# Nothing is judged by the clock: a busy machine makes no example wrong.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared"

LONGEST = "test_contact_sheet.py"
"""Minutes each: begun first, so that at the end no worker waits for another's last one."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out the tests whose `needs` are missing on this machine; the longest ones first."""
    left_out = {item for item in items if not all(map(is_here, needs(item)))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: item.path.name != LONGEST)


def needs(item: pytest.Item) -> set[str]:
    """The programs and folders a test cannot do without, named by its markers and fixtures."""
    named = {name for marker in item.iter_markers("needs") for name in marker.args}
    return named | ({"shared"} & set(getattr(item, "fixturenames", ())))


def is_here(name: str) -> bool:
    return SHARED.is_dir() if name == "shared" else shutil.which(name) is not None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the checkout."""
    return SHARED
