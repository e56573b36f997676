"""Which of the office's records a laptop is known to have read: those its newest confirmed receipt rested on or held.

A number alone would not do: a record that waited, or that belongs to a group only since somebody joined it, is older
than what went out before it.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from shg_desk.actions.desk import Desk
from shg_desk.store import exchange as exchange_store
from shg_desk.store.exchange import Device

_NAME = "carried.{device}.{number}"


def confirmed(desk: Desk, device: Device) -> frozenset[int]:
    """The arrival numbers of what the laptop has told it read; nothing where that is not known, so that all goes."""
    if device.newest_return is None:
        return frozenset()
    return _unpacked(desk.book.setting(_NAME.format(device=device.code, number=device.newest_return)) or "")


def remember(desk: Desk, device: Device, number: int, carried: frozenset[int]) -> None:
    """What the laptop has once it has read this receipt; what older receipts than the confirmed one say is dropped."""
    desk.book.set_setting(_NAME.format(device=device.code, number=number), _packed(carried))
    before = _NAME.format(device=device.code, number="")
    for name in exchange_store.settings_named(desk.book.db, before):
        told = name.removeprefix(before)
        if told.isdecimal() and int(told) < (device.newest_return or 0):
            exchange_store.drop_setting(desk.book.db, name)


def _packed(numbers: frozenset[int]) -> str:
    """One bit a number, compressed."""
    bits = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        bits[number // 8] |= 1 << number % 8
    return base64.b64encode(zlib.compress(bytes(bits))).decode()


def _unpacked(text: str) -> frozenset[int]:
    try:
        bits = zlib.decompress(base64.b64decode(text)) if text else b""
    except (binascii.Error, zlib.error, ValueError):
        return frozenset()
    return frozenset(8 * at + bit for at, byte in enumerate(bits) if byte for bit in range(8) if byte >> bit & 1)
