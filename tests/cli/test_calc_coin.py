"""`calc schedule --coin`: every line is whole coins, by an arithmetic of its own in this file."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from calling import call
from calling import good

WHEN = ("--instalments", "3", "--from", "2026-01-15")


def schedule(method: str, coin: str | None, principal: str = "1000", rate: str = "2") -> list[dict[str, Any]]:
    words = ("calc", "schedule", "--principal", principal, "--rate", rate, "--rate-per", "month", "--method", method)
    lines = good(*words, *WHEN, *(("--coin", coin) if coin else ()))["instalments"]
    assert isinstance(lines, list)
    return lines


def in_coins(exact: Fraction, coin: int) -> Decimal:
    """To the nearest coin, a half to the even number of them."""
    number = (Decimal(exact.numerator) / Decimal(exact.denominator) / coin).quantize(Decimal(1), ROUND_HALF_EVEN)
    return number * coin


def test_by_hand_with_coins_of_five_som() -> None:
    """1,000 som, 2 % a month, three instalments: a third is 333.33, in fives 335; 13.30 and 6.60 are 15 and 5."""
    found = [(one["principal"], one["interest"], one["balance"]) for one in schedule("equal-principal", "5")]
    assert found == [("335.00", "20.00", "665.00"), ("335.00", "15.00", "330.00"), ("330.00", "5.00", "0.00")]
    found = [(one["principal"], one["interest"], one["total"]) for one in schedule("bullet", "5", "1001.00", "1")]
    assert [one[1] for one in found] == ["10.00", "10.00", "10.00"], "10.01 in fives is 10"


@pytest.mark.parametrize("coin", [1, 5, 10, 50])
@pytest.mark.parametrize("method", ["equal-principal", "annuity", "flat", "bullet"])
@pytest.mark.parametrize(("principal", "rate"), [(1000, "2"), (3550, "2.5"), (12_350, "1.75")])
def test_every_line_is_whole_coins_and_nothing_is_lost(method: str, coin: int, principal: int, rate: str) -> None:
    lines = schedule(method, str(coin), str(principal), rate)
    left = Decimal(principal)
    for line in lines:
        parts = [Decimal(line[name]) for name in ("principal", "interest", "total")]
        assert parts[0] + parts[1] == parts[2]
        assert parts[1] % coin == 0, "interest is whole coins on every line"
        if line is not lines[-1]:
            assert parts[2] % coin == 0
        if method != "flat":
            assert parts[1] == in_coins(Fraction(left) * Fraction(rate) / 100, coin)
        left -= parts[0]
        assert Decimal(line["balance"]) == left
    assert left == 0
    if method == "flat":
        whole = sum(Decimal(line["interest"]) for line in lines)
        assert whole == in_coins(Fraction(principal) * Fraction(rate) / 100 * 3, coin)


def test_without_a_coin_tyiyn_are_owed_and_what_is_no_coin_is_refused() -> None:
    assert [one["interest"] for one in schedule("equal-principal", None)] == ["20.00", "13.33", "6.67"]
    words = ("calc", "schedule", "--principal", "1000", "--rate", "2", "--rate-per", "month", "--method", "flat", *WHEN)
    for coin in ("0", "-5", "five", "0.001"):
        assert call(*words, "--coin", coin).code in (1, 2)
