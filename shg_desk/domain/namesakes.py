"""Women of one name in one group: her father's name tells them apart wherever they are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def shared_names(names: Iterable[str | None]) -> frozenset[str]:
    """Names that two of them have."""
    return frozenset(name for name, times in Counter(names).items() if name and times > 1)


def told_apart(name: str | None, father: str | None, shared: frozenset[str]) -> str | None:
    """Her name, with her father's behind it where another has the same."""
    return f"{name}, {father}" if name in shared and father else name
