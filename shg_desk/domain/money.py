"""Money as integers of one currency's smallest unit: reading what was typed, writing it, splitting it without loss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING
from decimal import ROUND_FLOOR
from decimal import ROUND_HALF_EVEN
from decimal import ROUND_HALF_UP
from decimal import Decimal
from fractions import Fraction

from shg_desk.domain.problems import Code

AMOUNT_LIMIT_MINOR = 10**12
"""No record of a village moves ten thousand million; a larger one is a slipped key."""

RECORDS_LIMIT = 9_000_000
"""How many records a book takes in: so many together still add up within 64 bits, whatever each of them says."""

ROUNDING_MODES = {"half-even": ROUND_HALF_EVEN, "half-up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}

MINOR_DIGITS = {"KGS": 2, "TJS": 2, "UZS": 2, "RUB": 2, "USD": 2, "EUR": 2, "KZT": 2, "MZN": 2}
"""Decimal places of ISO 4217; a group may keep fewer, never more."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A group's currency: ISO code, decimal places it keeps, smallest note or coin in minor units."""

    code: str
    minor_digits: int = 2
    smallest_minor: int = 1


class AmountError(ValueError):
    """A text is no amount; `code` says in which way."""

    def __init__(self, code: Code) -> None:
        self.code = code
        super().__init__(code.value)


_SPACES = re.compile("[\\s\u00a0\u202f\u2009']")
_IN_THREES = re.compile("\\d{1,3}(?:[\\s\u00a0\u202f\u2009']\\d{3})+(?:[.,]\\d*)?")


def parse_amount(
    text: str, minor_digits: int = 2, *, decimal: str | None = None, rounding: str | None = None, grouped: bool = True
) -> int:
    """Minor units of an amount as people write it: `1 234,50`, `1234.5`, `1.234,50`, `-40`.

    `decimal` fixes the decimal sign (`,` or `.`). Without it a lone `1,234` or `1.234` could mean two things and is
    refused when `grouped`; where thousands are never grouped (a cell being typed) it is a fraction.
    `rounding` names the mode for amounts finer than the currency; without it they are refused. Raises AmountError.
    """
    body = _without_spaces(text.replace("\u2212", "-"))
    if not re.fullmatch(r"[+-]?(\d[\d.,]*|[.,]\d+)", body):
        raise AmountError(Code.AMOUNT_UNREADABLE)
    exact = Decimal(_with_point(body, decimal, grouped))
    return to_minor(exact, minor_digits, rounding)


def _without_spaces(text: str) -> str:
    """The number in one piece. Raises AmountError where a space parts other digits than thousands: `12 34` is two."""
    body = text.strip()
    sign = body[:1] if body[:1] in ("+", "-") else ""
    rest = body.removeprefix(sign).lstrip()
    if _SPACES.search(rest) and not _IN_THREES.fullmatch(rest):
        raise AmountError(Code.AMOUNT_UNREADABLE)
    return sign + _SPACES.sub("", rest)


def to_minor(exact: Decimal, minor_digits: int, rounding: str | None = None) -> int:
    """Minor units of an exact decimal amount; finer ones need a named rounding. Raises AmountError."""
    scaled = exact.scaleb(minor_digits)
    if abs(scaled) > AMOUNT_LIMIT_MINOR:
        raise AmountError(Code.AMOUNT_TOO_LARGE)
    if rounding is not None:
        return int(scaled.quantize(Decimal(1), rounding=ROUNDING_MODES[rounding]))
    if scaled != scaled.to_integral_value():
        raise AmountError(Code.AMOUNT_TOO_FINE)
    return int(scaled)


def _with_point(body: str, decimal: str | None, grouped: bool) -> str:
    """The same number with `.` as its only sign. Raises AmountError where it could be two numbers or none."""
    marks = [c for c in body if c in ".,"]
    if not marks:
        return body
    if decimal is None:
        decimal = _decimal_sign(body, marks, grouped)
    thousands = ("," if decimal == "." else ".") if decimal else marks[0]
    if decimal and marks.count(decimal) > 1:
        raise AmountError(Code.AMOUNT_UNREADABLE)
    whole, _, part = body.partition(decimal) if decimal else (body, "", "")
    if thousands in part or not _grouped_right(whole, thousands):
        raise AmountError(Code.AMOUNT_UNREADABLE)
    return (whole.replace(thousands, "").replace(",", "").replace(".", "") or "0") + ("." + part if part else "")


def _decimal_sign(body: str, marks: list[str], grouped: bool) -> str:
    """Which of the signs is the decimal one; empty where all of them group thousands."""
    if len(set(marks)) == 2:
        return marks[-1]
    sign = marks[0]
    if len(marks) > 1:
        return ""
    whole, part = body.lstrip("+-").split(sign)
    if grouped and len(part) == 3 and 1 <= len(whole) <= 3 and whole.lstrip("0"):
        raise AmountError(Code.AMOUNT_AMBIGUOUS)
    return sign


def _grouped_right(whole: str, thousands: str) -> bool:
    """True when the whole part has no thousands sign, or groups of three after it."""
    first, *rest = re.split(f"[{re.escape(thousands)}]", whole.lstrip("+-"))
    return not rest or (1 <= len(first) <= 3 and all(len(group) == 3 for group in rest))


def major(amount_minor: int, minor_digits: int = 2) -> str:
    """The amount as a decimal string in major units: 291149 -> '2911.49', as on the command line and in lines."""
    sign = "-" if amount_minor < 0 else ""
    digits = str(abs(amount_minor)).rjust(minor_digits + 1, "0")
    return sign + (f"{digits[:-minor_digits]}.{digits[-minor_digits:]}" if minor_digits else digits)


def payable_minor(amount_minor: int, coin_minor: int) -> int:
    """The least that can be paid in whole coins and is not less than an amount, minor units: 362.17 in 1.00 -> 363."""
    return -(-amount_minor // coin_minor) * coin_minor


def round_ratio(exact: Fraction, mode: str) -> int:
    """An exact number rounded to an integer by a named mode (half-even, half-up = away from zero, up, down)."""
    floor = exact.numerator // exact.denominator
    rest = exact - floor
    if mode == "down":
        return floor
    if mode == "up":
        return floor + (1 if rest else 0)
    if rest != Fraction(1, 2):
        return floor + (1 if rest > Fraction(1, 2) else 0)
    if mode == "half-even":
        return floor + floor % 2
    if mode == "half-up":
        return floor + (1 if exact > 0 else 0)
    raise KeyError(mode)


def split(pool_minor: int, weights: Mapping[str, int], unit_minor: int = 1) -> dict[str, int]:
    """Shares of a pool in whole units by largest remainder; ties go to the name first by code point.

    The parts and what is left (less than one unit) add up to the pool. Weights are whole, not negative; raises
    ValueError when all are zero or the pool is negative.
    """
    total = sum(weights.values())
    if total <= 0 or pool_minor < 0 or min(weights.values()) < 0:
        raise ValueError("a split needs a pool and weights")
    units = pool_minor // unit_minor
    parts = {name: units * weight // total for name, weight in weights.items()}
    by_rest = sorted(weights, key=lambda name: (-(units * weights[name] % total), name))
    for name in by_rest[: units - sum(parts.values())]:
        parts[name] += 1
    return {name: part * unit_minor for name, part in parts.items()}
