"""Why counted and expected may differ: cells whose figures, alone, in pairs, doubled or with swapped digits, make it.

Only hints: the likeliest first, and one that many cells share equally is hardly a hint at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shg_desk.domain.sheet_cash import line_cash_minor
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_steps import Place


class CauseKind(StrEnum):
    """How a difference may have come about."""

    NOT_TAKEN = "not-taken"
    """Written as brought, but it is not in the box."""
    NOT_GIVEN = "not-given"
    """Written as handed out, but it is still in the box."""
    NOT_WRITTEN = "not-written"
    """Brought (it was proposed) and not confirmed."""
    DOUBLED = "doubled"
    """Written twice as large as the money."""
    SWAPPED = "swapped"
    """Two digits changed places."""
    PAIR = "pair"
    """Two figures together."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One likely cause: the cells (or, with `line`, the group's own line), and what should perhaps stand there."""

    kind: CauseKind
    places: tuple[Place, ...]
    amount_minor: int
    meant_minor: int = 0
    line: int | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the sheet with its sign in the box: what it adds to the expected cash."""

    place: Place
    signed_minor: int
    typed: bool
    line: int | None = None


def likely_causes(draft: Draft, most: int = 5) -> list[Cause]:
    """Likely causes of the difference between count and book, the likeliest first; empty where there is none.

    A figure is suspected the more, the fewer others are equal to it, and a typed one before a confirmed one.
    """
    difference = draft.cash().difference_minor
    if not difference:
        return []
    figures = list(_figures(draft))
    alike = Counter(figure.signed_minor for figure in figures)

    def doubt(figure: _Figure) -> tuple[int, int, int]:
        return alike[figure.signed_minor], 0 if figure.typed else 1, figure.place.line

    ranked = sorted(figures, key=doubt)
    found = [_alone(figure) for figure in ranked if figure.signed_minor == -difference]
    found += _proposed(draft, difference)
    unit = 10**draft.ground.currency.minor_digits
    found += [
        Cause(CauseKind.DOUBLED, (figure.place,), abs(figure.signed_minor), abs(figure.signed_minor) // 2, figure.line)
        for figure in ranked
        if figure.typed and figure.signed_minor == -2 * difference
    ]
    for figure in ranked:
        meant = _swapped(figure, difference, unit)
        if meant is not None and figure.typed:
            found.append(Cause(CauseKind.SWAPPED, (figure.place,), abs(figure.signed_minor), meant, figure.line))
    if not found:
        found = _pairs(ranked, difference, most)
    return found[:most]


def _figures(draft: Draft) -> Iterator[_Figure]:
    for i, line in enumerate(draft.lines if draft.place == "box" else ()):
        for column in draft.columns:
            view = draft.figures.cell(line, column)
            if view.state in (CellState.TYPED, CellState.CONFIRMED) and view.amount_minor:
                sign = 1 if column.side == "in" else -1
                typed = view.state is CellState.TYPED
                yield _Figure(Place(i, column.key), sign * view.amount_minor, typed)
    for i, group_line in enumerate(draft.state.lines):
        signed = line_cash_minor(group_line, draft.place)
        if signed:
            yield _Figure(Place(len(draft.lines), ""), signed, typed=True, line=i)


def _alone(figure: _Figure) -> Cause:
    kind = CauseKind.NOT_TAKEN if figure.signed_minor > 0 else CauseKind.NOT_GIVEN
    return Cause(kind, (figure.place,), abs(figure.signed_minor), 0, figure.line)


def _proposed(draft: Draft, difference: int) -> list[Cause]:
    found = []
    for i, line in enumerate(draft.lines if draft.place == "box" else ()):
        for column in draft.columns:
            view = draft.figures.cell(line, column)
            brought = view.amount_minor if view.state is CellState.PROPOSAL else view.left_minor
            if column.side == "in" and brought and brought == difference:
                found.append(Cause(CauseKind.NOT_WRITTEN, (Place(i, column.key),), brought, brought))
    return found


def _swapped(figure: _Figure, difference: int, unit: int) -> int | None:
    """What the figure would be with two neighbouring digits of its whole units swapped, if that explains it."""
    sign = 1 if figure.signed_minor > 0 else -1
    whole, rest = divmod(abs(figure.signed_minor), unit)
    digits = str(whole)
    for i in range(len(digits) - 1):
        other = int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]) * unit + rest
        if other and sign * (other - abs(figure.signed_minor)) == difference:
            return other
    return None


def _pairs(ranked: list[_Figure], difference: int, most: int) -> list[Cause]:
    found: list[Cause] = []
    for i, one in enumerate(ranked):
        for other in ranked[i + 1 :]:
            if one.signed_minor + other.signed_minor == -difference and len(found) < most:
                places = tuple(sorted((one.place, other.place), key=lambda place: place.line))
                found.append(Cause(CauseKind.PAIR, places, abs(difference), 0, one.line or other.line))
    return found
