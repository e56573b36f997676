"""What a record says of what its writer had: `heads`, the last record of each chain it names, and what lacked below."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

Gaps = Sequence[tuple[int, int]]
KnownHeads = Mapping[tuple[str, str], tuple[int, Gaps]]
"""By chain (device, epoch) the number of the last record its writer had, and the numbers below it that he had not."""

HEADS_MOST = 500
"""A group's records, or an office's former lives, are in so many chains at most: each is one laptop, or one of its
books put back. A district with its hundred laptops has a fifth of it.
"""
GAPS_MOST = 4000
"""Gaps of all chains together. One gap lies between two records of a group on a laptop that keeps other groups too:
fifty a year where every meeting has a correction, so that this is eighty years of one laptop, or eight of ten.
"""


def read_known_heads(said: object) -> dict[tuple[str, str], tuple[int, Gaps]]:
    """`heads` as a body carries them; what does not fit says nothing, and nothing does where there are too many.

    No true book has more than `HEADS_MOST` heads or `GAPS_MOST` gaps.
    """
    found: dict[tuple[str, str], tuple[int, Gaps]] = {}
    left = GAPS_MOST
    if not isinstance(said, list | tuple) or len(said) > HEADS_MOST:
        return {}
    for one in said:
        match one:
            case [str(device), str(epoch), int(seq), _, *more] if (
                0 < seq < 2**53 and device.isalnum() and epoch.isalnum()
            ):
                gaps = more[0] if more and isinstance(more[0], list) else []
                left -= len(gaps)
                if left < 0:
                    return {}
                found[device, epoch] = seq, tuple(sorted((each[0], each[1]) for each in gaps if _is_gap(each)))
    return found


def _is_gap(said: Any) -> bool:
    if type(said) is not list or len(said) != 2:
        return False
    first, last = said
    return type(first) is int and type(last) is int and 0 < first <= last < 2**53


def had(heads: KnownHeads, device: str, epoch: str, seq: int) -> bool:
    """True for a record the writer had."""
    last, gaps = heads.get((device, epoch), (0, ()))
    at = bisect_right(gaps, seq, key=lambda one: one[0])
    return seq <= last and not (at and seq <= gaps[at - 1][1])
