"""Digests of a (group, month): they find where two books differ; they prove nothing about honesty.

A digest is a count, a sum of debits and two 64-bit lanes, each lane the sum mod 2^64 of one half of the first 16 bytes
of SHA-256(entry's operation name || line hash || entry number), so an entry is added or taken away in O(1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from struct import Struct
from struct import unpack

LANE = 2**64
_TAIL = Struct(">I")
_HALVES = Struct(">QQ")


DEBIT_TOLD_MINOR = 2**53 - 1
"""The largest sum of debits a line can say; of a larger one the count and the lanes tell."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What one (group, month) holds: entries, sum of debits in minor units, and two lanes of hashes."""

    count: int = 0
    debit_minor: int = 0
    lane0: int = 0
    lane1: int = 0

    def __add__(self, other: Digest) -> Digest:
        return Digest(
            self.count + other.count,
            self.debit_minor + other.debit_minor,
            (self.lane0 + other.lane0) % LANE,
            (self.lane1 + other.lane1) % LANE,
        )

    def __sub__(self, other: Digest) -> Digest:
        return Digest(
            self.count - other.count,
            self.debit_minor - other.debit_minor,
            (self.lane0 - other.lane0) % LANE,
            (self.lane1 - other.lane1) % LANE,
        )

    def told(self) -> Digest:
        """The digest as a line says it; of equal contents it is equal."""
        return replace(self, debit_minor=min(self.debit_minor, DEBIT_TOLD_MINOR))

    def __bool__(self) -> bool:
        return self != EMPTY


EMPTY = Digest()


def entry_lanes(op_name: str, hash_of_line: bytes, number: int) -> tuple[int, int]:
    """The two lane values of one entry."""
    found: tuple[int, int] = _HALVES.unpack_from(
        hashlib.sha256(op_name.encode("ascii") + hash_of_line + _TAIL.pack(number)).digest()
    )
    return found


def operation_lanes(op_name: str, hash_of_line: bytes, numbers: Iterable[int]) -> tuple[int, int]:
    """The sums of the lanes of several entries of one operation, mod 2^64."""
    prefix = hashlib.sha256(op_name.encode("ascii") + hash_of_line)
    pack = _TAIL.pack
    hashes = []
    for number in numbers:
        one = prefix.copy()
        one.update(pack(number))
        hashes.append(one.digest())
    quarters = unpack(f">{4 * len(hashes)}Q", b"".join(hashes))
    return sum(quarters[0::4]) % LANE, sum(quarters[1::4]) % LANE
