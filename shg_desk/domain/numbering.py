"""Numbers and codes as people give them: the order people count in, the next free one, one written in two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DIGITS = re.compile(r"[0-9]+")
_BEFORE = re.compile(r"^(?:№|#|no|nr|номер)[.:]?(?=[0-9])")
_POINT_NOUGHT = re.compile(r"^([0-9]+)(?:[.,]0*)$")
_NOUGHTS_BEFORE = re.compile(r"(?<![0-9.,])0+(?=[0-9])")
_WIDTH = 12


def counting_order(text: str | None) -> str:
    """A text that sorts as people count: 2 before 10, 7a after 7, "L-2" before "L-10"; nothing sorts first."""
    return _DIGITS.sub(lambda found: found[0].rjust(_WIDTH, "0"), text or "")


def as_meant(number: str) -> str:
    """What a number says however it is written: `№ 07`, `7.0` and a 7 in other figures say 7, `A-07` says a-7."""
    figures = "".join(str(unicodedata.decimal(sign, sign)) for sign in number.casefold() if not sign.isspace())
    plain = _POINT_NOUGHT.sub(r"\1", _BEFORE.sub("", figures))
    return _NOUGHTS_BEFORE.sub("", plain)


def next_free(numbers: Iterable[str]) -> str:
    """The number after the highest of those that are, or ever were, in use; texts that are no numbers do not count."""
    meant = (as_meant(number) for number in numbers)
    return str(1 + max((int(one) for one in meant if one.isascii() and one.isdecimal()), default=0))
