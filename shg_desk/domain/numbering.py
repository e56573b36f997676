"""Numbers and codes as people give them, in the order people count in."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[0-9]+")
_WIDTH = 12


def counting_order(text: str | None) -> str:
    """A text that sorts as people count: 2 before 10, 7a after 7, "L-2" before "L-10"; nothing sorts first."""
    return _DIGITS.sub(lambda found: found[0].rjust(_WIDTH, "0"), text or "")
