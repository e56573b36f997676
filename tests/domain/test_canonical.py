"""A line has one spelling: what is written is read back, and whatever else bytes may be is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.canonical import DEPTH_LIMIT
from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import parse
from shg_desk.domain.canonical import parse_strict

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text('aZ0 "\\/é́ңĸ̈{}[]:,\n', max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abң", max_size=2), inner, max_size=3),
    max_leaves=12,
)


def slow(line: bytes) -> Any:
    """The definition: strict JSON whose only spelling this is."""
    value = parse_strict(line)
    if encode(value) != line:
        raise NotCanonicalError("another spelling")
    return value


def outcome(read: Any, line: bytes) -> Any:
    try:
        return "read", repr(read(line))
    except NotCanonicalError:
        return "refused"


@settings(max_examples=300, deadline=None)
@given(VALUES, st.integers(0, 400), st.binary(max_size=2), st.integers(0, 2))
@example({"a": [1]}, 5, b"", 0)
def test_reading_is_its_definition_on_hurt_lines_too(value: Any, at: int, put: bytes, taken: int) -> None:
    try:
        line = encode(value)
    except NotCanonicalError:
        return
    assert parse(line) == value
    at %= len(line) + 1
    hurt = line[:at] + put + line[at + taken :]
    assert outcome(parse, hurt) == outcome(slow, hurt)


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":1}', b'{"b":1,"a":1}', b"-0", b"1.0", b"1e2", b"NaN", b"Infinity",
       b'{"a": 1}', b"\xef\xbb\xbf1", b"1\n",
        b'"\\ud800"', b'"\\u0000"', b'"\\u0041"', '"e\u0301"'.encode(), b'"\xff"', b"9007199254740993", b"9" * 5000,
        b"[" * (DEPTH_LIMIT + 2) + b"]" * (DEPTH_LIMIT + 2), b"[" * 100_000, b"", b"nul", b"[1,]", b'"\\/"',
    ],
)  # fmt: skip
def test_every_other_spelling_is_refused(line: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        parse(line)


def test_depth_is_counted_in_lists_and_objects_alike() -> None:
    deep: Any = 1
    for level in range(DEPTH_LIMIT):
        deep = [deep] if level % 2 else {"a": deep}
    assert parse(encode(deep)) == deep
    for deeper in ([deep], {"a": deep}):
        with pytest.raises(NotCanonicalError):
            encode(deeper)
