"""How a table shares its width: every column what it needs, spare width where it is wanted; whole columns or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """A column's widths in screen pixels: with words broken, on one line, as drawn; its share of what is spare.

    `headed` is the width with the head's name broken and the cells on one line; 0 where that is the same as `needs`.
    """

    least: int
    needs: int
    wants: int
    grows: int = 0
    fixed: bool = False
    headed: int = 0


def window_of(wishes: Sequence[Wish], room: int, first: int) -> set[int]:
    """Which columns are in sight: all where they fit, else the fixed ones and whole others from the `first`-th on."""
    everything = set(range(len(wishes)))
    if sum(wish.least for wish in wishes) <= room:
        return everything
    shown = {c for c, wish in enumerate(wishes) if wish.fixed}
    left = room - sum(wishes[c].least for c in shown)
    scrolling = [c for c in range(len(wishes)) if c not in shown]
    first = min(first, max(0, len(scrolling) - 1))
    used: list[int] = []
    for c in scrolling[first:]:
        if used and wishes[c].least > left:
            break
        used.append(c)
        left -= wishes[c].least
    for c in reversed(scrolling[:first]):  # near the end of the table there is room on the other side
        if used[-1:] != scrolling[-1:] or wishes[c].least > left:
            break
        used.append(c)
        left -= wishes[c].least
    return shown | set(used)


def shared(wishes: Sequence[Wish], room: int) -> list[int]:
    """Widths that add up to `room`, or to the least widths where these are more.

    First what is drawn, then what is needed on one line, then what is needed with names of heads broken, then with all
    words broken; spare width goes to the columns that grow, to the last one where none does.
    """
    least = [wish.least for wish in wishes]
    needs = [wish.needs for wish in wishes]
    headed = [wish.headed or wish.needs for wish in wishes]
    drawn = [max(wish.wants, wish.needs) for wish in wishes]
    if sum(drawn) <= room:
        return _spread(drawn, [wish.grows for wish in wishes], room)
    if sum(needs) <= room:
        return _between(needs, drawn, room)
    if sum(headed) <= room:
        return _between(headed, needs, room)
    if sum(least) <= room:  # names first: what stays in sight and grows, before the names of heads are on one line
        named = [headed[i] if wish.fixed and wish.grows else least[i] for i, wish in enumerate(wishes)]
        fit = sum(named) <= room
        return _between(named, headed, room) if fit else _between(least, named, room)
    return least


def _spread(widths: list[int], grows: list[int], room: int) -> list[int]:
    spare, shares = room - sum(widths), sum(grows)
    if spare <= 0 or not widths:
        return widths
    if not shares:
        grows, shares = [0] * (len(widths) - 1) + [1], 1
    grown = [w + spare * g // shares for w, g in zip(widths, grows, strict=True)]
    last = max(i for i, g in enumerate(grows) if g)
    grown[last] += room - sum(grown)
    return grown


def _between(lower: list[int], upper: list[int], room: int) -> list[int]:
    """Everybody the lower width, and the rest in proportion to what is missing to the upper."""
    spare, missing = room - sum(lower), sum(upper) - sum(lower)
    widths = [a + (b - a) * spare // missing for a, b in zip(lower, upper, strict=True)]
    for i in range(len(widths)):
        if sum(widths) < room and widths[i] < upper[i]:
            widths[i] += 1
    return widths
