"""Is a JPEG of the plain sort this program writes? Told from its head alone, before anything is unpacked.

A picture came from somebody: a few hundred kilobytes can say they are fifty million pixels in a thousand passes, and
whoever unpacks them stands still. Markers and frame header: ITU-T T.81 (1992), annex B.
"""

from __future__ import annotations

_BEGINS, _BASELINE, _SCAN = b"\xff\xd8", 0xC0, 0xDA
_FRAMES = frozenset(range(0xC1, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Frames of other sorts: progressive, lossless, arithmetic...; between them stand tables, which every picture has."""

_WITH_LENGTH = frozenset(range(0xC0, 0xFF)) - frozenset(range(0xD0, 0xDA))


def is_plain_jpeg(content: bytes, side_pixels: int) -> bool:
    """True for a baseline JPEG in one pass, grey or in three colours, each side at most `side_pixels`."""
    at, colours = 2, 0
    if content[:2] != _BEGINS:
        return False
    while at + 4 <= len(content):
        mark, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at] != 0xFF or mark not in _WITH_LENGTH or mark in _FRAMES or length < 2:
            return False
        body = content[at + 4 : at + 2 + length]
        if mark == _SCAN:  # one that leaves a colour out has others after it, as many as there is room for
            return colours > 0 and body[:1] == bytes([colours])
        if mark == _BASELINE:
            if colours or not _fits(body, side_pixels):
                return False
            colours = body[5]
        at += 2 + length
    return False


def _fits(frame: bytes, side_pixels: int) -> bool:
    if len(frame) < 6 or frame[0] != 8 or frame[5] not in (1, 3):
        return False
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    return 0 < height <= side_pixels and 0 < width <= side_pixels
