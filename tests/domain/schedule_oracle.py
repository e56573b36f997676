"""A slow plain second reckoning of level and equal-principal loans in 60-digit decimals, month by month as by hand."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN
from decimal import ROUND_HALF_UP
from decimal import Decimal
from decimal import localcontext

MODES = {"half-even": ROUND_HALF_EVEN, "half-up": ROUND_HALF_UP}


def whole(amount: Decimal, mode: str) -> int:
    # thirty places decide what 60 digits left of thirds and roots; a tie to the thirtieth place is a tie
    return int(amount.quantize(Decimal(10) ** -30).quantize(Decimal(1), rounding=MODES[mode]))


def level_instalments(principal: int, rate: Decimal, count: int, mode: str) -> list[tuple[int, int]]:
    """(principal, interest) of an annuity, the last taking what is left; the textbook formula with powers."""
    with localcontext() as context:
        context.prec = 80
        level = Decimal(principal) / count
        if rate:
            level = principal * rate * (1 + rate) ** count / ((1 + rate) ** count - 1)
        instalment, left, lines = whole(level, mode), principal, []
        for n in range(1, count + 1):
            interest = whole(left * rate, mode)
            part = left if n == count else min(max(instalment - interest, 0), left)
            left -= part
            lines.append((part, interest))
        return lines


def equal_principals(principal: int, rate: Decimal, count: int, mode: str) -> list[tuple[int, int]]:
    """(principal, interest) of equal principal parts, the last taking what is left."""
    with localcontext() as context:
        context.prec = 80
        part, left, lines = whole(Decimal(principal) / count, mode), principal, []
        for n in range(1, count + 1):
            interest = whole(left * rate, mode)
            taken = left if n == count else min(part, left)
            left -= taken
            lines.append((taken, interest))
        return lines
