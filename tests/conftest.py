"""What every test stands on: Qt without a screen, and tests collected only where what they need is there.

A test that needs real data or another program is left out of the collection where that is missing, never skipped, and
the last lines of the run say so: `.ci/run` makes sure that no program is missing, the data cannot lie everywhere.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from hypothesis import HealthCheck
from hypothesis import settings

# Nothing is judged by the clock: a busy machine makes no example wrong.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared"

MISSING: set[str] = set()
"""What tests of this run would have needed."""

LONGEST = "test_contact_sheet.py"
"""Minutes each: begun first, so that at the end no worker waits for another's last one."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out the tests whose `needs` are missing on this machine; the longest ones first."""
    left_out = {item for item in items if not all(map(is_here, needs(item)))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        MISSING.update(name for item in left_out for name in needs(item) if not is_here(name))
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: item.path.name != LONGEST)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands what it missed to the run it belongs to."""
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["missing"] = sorted(MISSING)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes that from a worker; one that died has told nothing."""
    MISSING.update(getattr(node, "workeroutput", {}).get("missing", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Whoever reads `passed` reads beneath it what was never tried."""
    for name in sorted(MISSING):
        what = f"the real data is not at {SHARED}" if name == "shared" else f"{name} is not installed"
        terminalreporter.write_line(f"NOT TRIED: {what}, so the tests that need it were left out.", red=True, bold=True)


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
