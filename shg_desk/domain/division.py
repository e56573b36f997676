"""Cash divided among people of whom some owe: by weights, in whole notes, what each owes set off."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Claim:
    """What one member stands with in a division, minor units: her weight, what is hers besides it, what she owes.

    `tie` orders those whose rests are equal: name, father's name, number.
    """

    id: str
    tie: tuple[str, ...]
    weight: int
    own_minor: int = 0
    owes_minor: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """What a division gives one member, minor units: her part, what of it is set off, and what is handed to her."""

    part_minor: int
    set_off_minor: int
    net_minor: int


def divide(cash_minor: int, claims: Sequence[Claim], unit_minor: int = 1) -> dict[str, Cut] | None:
    """Divides cash among members of whom some owe; by id. None where nobody has a weight, there is no cash, or it does
    not even give back what is theirs besides their weights.

    The pool is the cash and the debts really set off, and a part is her own and her weight's share of the rest of it.
    One whose part does not reach her debt gets nothing in hand: all of her part is set off, so she takes from the pool
    exactly what she brings to it, and the others share the cash and their own debts among themselves. So the value of
    one unit of weight is (cash + what the others owe - what is their own) / their weights, and who they are is found by
    leaving out, round by round, those whose debt is more than their part at the value of the round. The value only
    falls, so this ends, with the largest pool that fits. The cash is taken in whole notes (what is less than one stays)
    and the nets, which add up to it, are rounded once, to notes by largest remainder, ties by `tie`. A part that is all
    set off needs no note and is rounded down. Without debts this is `share_out`. Raises ValueError for a unit below 1,
    a negative weight, debt or own.
    """
    figures = [figure for one in claims for figure in (one.weight, one.own_minor, one.owes_minor)]
    if unit_minor < 1 or min(figures, default=0) < 0:
        raise ValueError("weights, debts and own are not negative, a unit at least 1")
    within, whole_minor = list(claims), cash_minor - cash_minor % unit_minor
    while True:
        weights = sum(one.weight for one in within)
        pool = whole_minor + sum(one.owes_minor - one.own_minor for one in within)
        if whole_minor <= 0 or not weights or pool < 0:
            return None
        value = Fraction(pool, weights)
        left = [one for one in within if one.owes_minor <= _part(one, value)]
        if len(left) == len(within):
            break
        within = left
    nets = _in_notes(whole_minor, {one: _part(one, value) - one.owes_minor for one in within}, unit_minor)
    found = {}
    for one in claims:
        if one.id in nets:
            found[one.id] = Cut(nets[one.id] + one.owes_minor, one.owes_minor, nets[one.id])
        else:
            part = int(_part(one, value))
            found[one.id] = Cut(part, part, 0)
    return found


def _part(claim: Claim, value: Fraction) -> Fraction:
    return claim.own_minor + claim.weight * value


def _in_notes(cash_minor: int, nets: Mapping[Claim, Fraction], unit_minor: int) -> dict[str, int]:
    """Exact nets (adding up to the cash) in whole notes, by largest remainder."""
    notes = {one: int(net // unit_minor) for one, net in nets.items()}
    by_rest = sorted(nets, key=lambda one: (notes[one] * unit_minor - nets[one], one.tie))
    for one in by_rest[: cash_minor // unit_minor - sum(notes.values())]:
        notes[one] += 1
    return {one.id: count * unit_minor for one, count in notes.items()}
