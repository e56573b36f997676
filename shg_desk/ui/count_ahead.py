"""The words of a count before it is written: book, money, their difference, who counted, and how to undo it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_cash import Cash
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.difference_reason import UNKNOWN
from shg_desk.ui.parts.ahead import Line


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a count in words; `how` is the bearer's code: `open`, `awaiting`, or a member's number."""

    day: str
    place: str
    who: str
    reason: str
    bearer: str
    how: str


def count_lines(words: Words, ground: Ground, cash: Cash, said: Said) -> Iterator[Line]:
    """Every line of the preview."""

    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, ground.currency)

    w, difference = words, cash.difference_minor or 0
    yield ground.name, f"{said.place} · {said.day}", False
    if said.who:
        yield w._("Who counted"), said.who, False
    yield w._("By the book"), sum_(cash.expected_minor), True
    yield w._("Counted"), sum_(cash.counted_minor or 0), True
    if not difference:
        yield w._("Difference"), w._("The money and the book agree"), True
        return
    text = w._("{sum} short") if difference < 0 else w._("{sum} over")
    yield w._("Difference"), text.format(sum=sum_(abs(difference))), True
    yield w._("Why, as far as known"), w._("not known") if said.reason == UNKNOWN else said.reason, False
    yield w._("Who bears it"), said.bearer, False
    after = cash.expected_minor if said.how == "awaiting" else cash.counted_minor or 0
    yield w._("By the book afterwards"), sum_(after), True
    yield w._("Written"), _written(words, said, sum_(abs(difference))), False


def _written(words: Words, said: Said, sum_: str) -> str:
    """What becomes of the difference."""
    if said.how == "awaiting":
        return words._("the count alone; its difference waits for the other laptop's records")
    if said.how == "open":
        return words._("{sum} as a cash difference of the group that is open").format(sum=sum_)
    return words._("{sum} as money in the hands of {name}").format(sum=sum_, name=said.bearer)


def undo_words(words: Words) -> str:
    """How it goes away again."""
    return words._(
        "If it was a mistake: Ctrl+Z takes it back right after it is written, "
        "later Del on its line under “Between meetings”."
    )
