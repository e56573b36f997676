"""Sharing out a pool of cash by shares held, exact to the last unit, net of what members owe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shg_desk.domain.money import split


@dataclass(frozen=True, slots=True)
class ShareOut:
    """What each member is handed, and what follows; minor units.

    `parts` are the shares of the pool before debts, `payouts` what is handed over, `set_off` the debts settled by it,
    `still_owes` the debts that remain (only where something does). Payouts and `left_in_box_minor` add up to the pool;
    what is left in the box is the debts set off, and less than one unit for all.
    """

    parts: Mapping[str, int]
    payouts: Mapping[str, int]
    set_off: Mapping[str, int]
    still_owes: Mapping[str, int]
    left_in_box_minor: int


def share_out(
    pool_minor: int, shares: Mapping[str, int], unit_minor: int = 1, owes: Mapping[str, int] | None = None
) -> ShareOut:
    """Split a pool of cash by whole numbers of shares in whole units by largest remainder, ties by code point of name.

    Debts are set off against the parts and a payout is never negative; set-off money stays in the box, for the pool is
    cash. One who owes and holds no shares still owes all. Where nobody holds a share everything stays in the box.
    Raises ValueError for a negative pool, share or debt, or a unit below 1.
    """
    debts = owes or {}
    if pool_minor < 0 or unit_minor < 1 or min((*shares.values(), *debts.values()), default=0) < 0:
        raise ValueError("a pool, shares and debts are not negative, a unit at least 1")
    parts = split(pool_minor, shares, unit_minor) if sum(shares.values()) else dict.fromkeys(shares, 0)
    everyone = {**parts, **{name: parts.get(name, 0) for name in debts}}
    set_off = {name: min(part, debts.get(name, 0)) for name, part in everyone.items()}
    payouts = {name: part - set_off[name] for name, part in everyone.items()}
    return ShareOut(
        parts=parts,
        payouts=payouts,
        set_off={name: amount for name, amount in set_off.items() if amount},
        still_owes={name: debt - set_off[name] for name, debt in debts.items() if debt > set_off[name]},
        left_in_box_minor=pool_minor - sum(payouts.values()),
    )
