"""The one way an operation becomes bytes: UTF-8, NFC, JSON with keys sorted by code point, no spaces, no floats.

Writers produce exactly this and readers refuse anything else: a line has one spelling, a hash is over received bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection
from typing import Any

INTEGER_LIMIT = 2**53
DEPTH_LIMIT = 12
LINE_LIMIT_BYTES = 1024 * 1024

Json = Any


class NotCanonicalError(ValueError):
    """The bytes or the value cannot be a canonical line; the text says why (for the log, not for users)."""


def encode(value: Json) -> bytes:
    """The canonical bytes of dicts, lists, strings, integers, booleans and None. Raises NotCanonicalError."""
    _check(value, 0)
    return written(value)


_WRITER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)  # what is written was checked or parsed: nothing holds itself


def written(value: Json) -> bytes:
    """The same of a value that `parse` gave, or a part of one: it was checked then."""
    return _WRITER.encode(value).encode()


def parse(line: bytes) -> Json:
    """The value of a canonical line; refuses every other spelling of it. Raises NotCanonicalError."""
    if len(line) > LINE_LIMIT_BYTES:
        raise NotCanonicalError("line too long")
    try:
        text = line.decode("utf-8", "strict")
        value = _READER.decode(text)
        spelling = written(value)  # also tells keys that stand twice, minus zero and lone surrogates
    except NotCanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("not JSON in UTF-8") from error
    if spelling != line:
        raise NotCanonicalError("another spelling of the same value")
    if not _is_plain(line, text):
        _check(value, 0)
    return value


def parse_strict(text: bytes) -> Json:
    """JSON without duplicate keys, floats, NaN, BOM, NUL or lone surrogates; any spacing. Raises NotCanonicalError."""
    if b"\x00" in text or text.startswith(b"\xef\xbb\xbf"):
        raise NotCanonicalError("NUL or byte order mark")
    try:
        value = json.loads(
            text.decode("utf-8", "strict"),
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotCanonicalError("not JSON in UTF-8") from error
    _check(value, 0)
    return value


def line_hash(line: bytes) -> bytes:
    """SHA-256 over the raw bytes of an operation's line (32 bytes)."""
    return hashlib.sha256(line).digest()


def first_head(device: str, epoch: str) -> bytes:
    """The head before the first operation of a chain, so a chain cannot be moved to another book."""
    return hashlib.sha256(f"shgb/1.{device}.{epoch}".encode("ascii")).digest()


def next_head(head_before: bytes, hash_of_line: bytes) -> bytes:
    """head(n) = SHA-256(head(n-1) || SHA-256(line n))."""
    return hashlib.sha256(head_before + hash_of_line).digest()


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonicalError("a key stands twice")
    return found


def _no_float(text: str) -> Json:
    raise NotCanonicalError(f"not an integer: {text[:20]}")


def _integer(text: str) -> int:
    if len(text) > 17:
        raise NotCanonicalError("integer too large")
    if text == "-0":
        raise NotCanonicalError("minus zero")
    return int(text)


_READER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
_LONG_NUMBER = re.compile(rb"[0-9]{16}")
_NO_BRACKETS = bytes(sign for sign in range(256) if sign not in b"[]{}")


def _is_plain(line: bytes, text: str) -> bool:
    """True where a look at the letters tells that `_check` has nothing to find; nearly every line is so plain.

    No number of sixteen digits is above the limit; brackets that vanish in pairs within half the depth are no deeper
    than it (a step takes away at most two levels); a part of a text that is NFC is NFC.
    """
    if b"\\u0000" in line or _LONG_NUMBER.search(line):
        return False
    brackets = line.translate(None, _NO_BRACKETS)
    for _ in range(DEPTH_LIMIT // 2):
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return not brackets and (text.isascii() or unicodedata.is_normalized("NFC", text))


def _check(value: Json, depth: int) -> None:
    """Raises NotCanonicalError for whatever a line cannot hold; types are exact, a bool is no integer."""
    if type(value) is dict:
        for key in value:
            _check_key(key)
        _check_items(value.values(), depth + 1)
    else:
        _check_items((value,), depth)


def _check_items(items: Collection[Json], depth: int) -> None:
    """What `_check` does, for many values at once: lines are mostly short lists of numbers, and calls are dear."""
    if items and depth > DEPTH_LIMIT:
        raise NotCanonicalError("nested too deeply")
    for item in items:
        kind = type(item)
        if kind is int:
            if not -INTEGER_LIMIT <= item <= INTEGER_LIMIT:
                raise NotCanonicalError("integer too large")
        elif kind is list:
            _check_items(item, depth + 1)
        elif kind is str:
            _check_text(item)
        elif kind is dict:
            _check(item, depth)
        elif item is not None and kind is not bool:
            raise NotCanonicalError(f"a {kind.__name__} has no place in a line")


def _check_key(key: Json) -> None:
    if type(key) is not str:
        raise NotCanonicalError("a key that is no text")
    _check_text(key)


def _check_text(text: str) -> None:
    if text.isascii():
        if "\x00" in text:
            raise NotCanonicalError("NUL in a text")
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("lone surrogate") from error
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonicalError("text is not NFC")
