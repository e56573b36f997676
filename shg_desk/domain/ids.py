"""Names of things: operations by place in a device's chain, entries by number in it, lasting things by chance.

Randomness is an argument, so a demo or a test can make the same names again.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Callable
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

RandomBytes = Callable[[int], bytes]
"""Gives as many random bytes as asked for; `secrets.token_bytes` in the real program."""

_CODE = re.compile(r"[a-z2-7]{8}")
_ID = re.compile(r"[a-z2-7]{16}")
_OP = re.compile(r"[a-z2-7]{8}\.[a-z2-7]{8}\.[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True, order=True)
class OpName:
    """An operation's identity: device code, epoch (a life of its book) and number in that chain, counted from 1."""

    device: str
    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.device}.{self.epoch}.{self.seq}"

    @classmethod
    def parse(cls, text: str) -> OpName:
        """The name in `device.epoch.seq`. Raises ValueError."""
        if not _OP.fullmatch(text):
            raise ValueError(text)
        device, epoch, seq = text.split(".")
        return cls(device, epoch, int(seq))


def new_code(random_bytes: RandomBytes) -> str:
    """A device code or an epoch: 40 random bits as 8 letters of a-z and 2-7."""
    return b32encode(random_bytes(5)).decode().lower()


def new_id(random_bytes: RandomBytes) -> str:
    """A lasting id of a household, person, group...: 80 random bits as 16 letters of a-z and 2-7."""
    return b32encode(random_bytes(10)).decode().lower()


def is_code(text: object) -> bool:
    """True for a device code or an epoch."""
    return isinstance(text, str) and _CODE.fullmatch(text) is not None


def is_id(text: object) -> bool:
    """True for a lasting id."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def are_ids(texts: Collection[Any]) -> bool:
    """True where each of these is a lasting id."""
    return set(map(type, texts)) <= {str} and all(map(_ID.fullmatch, texts))


def is_op_name(text: object) -> bool:
    """True for `device.epoch.seq`."""
    return isinstance(text, str) and _OP.fullmatch(text) is not None


def is_entry_name(text: object) -> bool:
    """True for `device.epoch.seq#n`."""
    if not isinstance(text, str):
        return False
    op, mark, number = text.partition("#")
    return is_op_name(op) and mark == "#" and _NUMBER.fullmatch(number) is not None


def entry_name(op: str, number: int) -> str:
    """The global name of the entry with this number in an operation."""
    return f"{op}#{number}"


def split_entry_name(text: str) -> tuple[str, int]:
    """The operation's name and the entry's number of `device.epoch.seq#n`. Raises ValueError."""
    if not is_entry_name(text):
        raise ValueError(text)
    op, _, number = text.partition("#")
    return op, int(number)
