"""Which of a few colours a group has: the same on every laptop, and another one than its neighbours in the village."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

COLOURS: Final = 6
"""How many colours there are; the page that paints has as many."""


def colours_of(groups: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The colour (0 to `COLOURS` - 1) of each group by its id; `groups` are (id, village) in the order of their codes.

    A group takes the colour its id says (first byte of its SHA-256), or where an earlier group of the same village has
    that one the next that is free there; after `COLOURS` groups of a village the colours begin again. So a group
    registered later, or in another village, changes nobody's colour.
    """
    taken: dict[str, list[int]] = {}
    found: dict[str, int] = {}
    for gid, village in groups:
        used = taken.setdefault(village, [])
        if len(used) == COLOURS:
            used.clear()
        wanted = hashlib.sha256(gid.encode()).digest()[0] % COLOURS
        colour = next(c for c in ((wanted + step) % COLOURS for step in range(COLOURS)) if c not in used)
        used.append(colour)
        found[gid] = colour
    return found
