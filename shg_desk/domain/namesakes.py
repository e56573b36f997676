"""Women of one name in one group: her father's name and her number tell them apart wherever they are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol


class Called(Protocol):
    """Somebody with a place in a group: what she is known by."""

    @property
    def id(self) -> str:
        """Her membership."""

    @property
    def number(self) -> str:
        """Her number in the group."""

    @property
    def name(self) -> str | None:
        """Her name, None where it is closed."""

    @property
    def father(self) -> str | None:
        """Her father's name, None where nobody wrote it."""


def shared_names(names: Iterable[str | None]) -> frozenset[str]:
    """Names that two of them have."""
    return frozenset(name for name, times in Counter(names).items() if name and times > 1)


def told_apart(name: str | None, father: str | None, shared: frozenset[str]) -> str | None:
    """Her name, with her father's behind it where another has the same: for a place that shows her number too."""
    return f"{name}, {father}" if name in shared and father else name


def names_apart(members: Iterable[Called]) -> dict[str, str]:
    """Each one's name by her id; where two are alike with father's name and number; the number where it is closed."""
    everyone = list(members)
    shared = shared_names(one.name for one in everyone)
    found = {}
    for one in everyone:
        number = f"№ {one.number}"
        named = told_apart(one.name, one.father, shared)
        found[one.id] = f"{named} ({number})" if one.name in shared else named or number
    return found
