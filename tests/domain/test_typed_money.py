"""Amounts as people type them: a space groups thousands and nothing else."""

from __future__ import annotations

import pytest

from shg_desk.domain.money import AmountError
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1 234,50", 123_450),
        ("1 234", 123_400),
        ("12 345 678", 1_234_567_800),
        ("1'234.5", 123_450),
        ("1\u202f234,50", 123_450),
        ("-1 234,50", -123_450),
        ("- 40", -4_000),
        (" 40 ", 4_000),
        ("1 234,567", None),
    ],
)
def test_a_space_groups_three_digits(text: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(AmountError) as told:
            parse_amount(text)
        assert told.value.code is Code.AMOUNT_TOO_FINE, "a fraction after grouped thousands is no thousands"
    else:
        assert parse_amount(text) == minor


@pytest.mark.parametrize("text", ["12 34", "1 2345", "1234 567", "12 34,50", "1 23", "1 234 56", "50 50", "1 234 , 5"])
def test_any_other_space_parts_two_numbers(text: str) -> None:
    with pytest.raises(AmountError) as told:
        parse_amount(text)
    assert told.value.code is Code.AMOUNT_UNREADABLE
