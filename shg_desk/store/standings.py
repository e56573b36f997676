"""What can become of an operation."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """What became of an operation."""

    APPLIED = 0
    HELD = 1
    QUARANTINED = 2
