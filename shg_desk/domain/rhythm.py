"""When a group meets by its rules: the words of `meeting` in a version's content, as `rules` knows them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LAST_WEEKDAY = 6
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Day of the week (Monday 0; None: not said), every how many weeks (0: not said), and the hour as written."""

    weekday: int | None = None
    every_weeks: int = 0
    time: str = ""


def read_rhythm(content: Mapping[str, Any]) -> Rhythm:
    """The rhythm of a version of the rules; what cannot be read counts as not said, as in `rules.read_rules`."""
    said = content.get("meeting")
    if not isinstance(said, Mapping):
        return Rhythm()
    weekday = said.get("weekday")
    return Rhythm(
        None if weekday is None else _whole(weekday, LAST_WEEKDAY),
        _whole(said.get("every_weeks"), MOST_WEEKS),
        str(said.get("time", "")),
    )


def _whole(typed: object, most: int) -> int:
    return typed if type(typed) is int and 0 <= typed <= most else 0
