"""What a group's sheet begins with, in words, on the page and on paper alike: what is open, what moved before it."""

from __future__ import annotations

from collections.abc import Iterator

from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MovedBefore
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words


def before_lines(words: Words, ground: Ground, most: int | None = None) -> Iterator[str]:
    """The open cash difference, then what moved since the last meeting, the oldest first; of more than `most` records
    the last line says how many.
    """
    if still_open := open_words(words, ground):
        yield words._("Cash difference {open}").format(open=still_open)
    rest = len(ground.before) - (most or len(ground.before))
    for one in ground.before[:most] if rest > 1 else ground.before:
        yield words._("{date}: {what}").format(date=formats.date(one.on), what=moved_words(words, one, ground))
    if rest > 1:
        more = words.n_("and {n} more record between meetings", "and {n} more records between meetings", rest)
        yield more.format(n=rest)


def open_words(words: Words, ground: Ground) -> str:
    """The cash difference that is open from before, in a few words; empty where none is."""
    open_minor = ground.open_difference_minor
    if not open_minor:
        return ""
    text = words._("open from before: {sum} short") if open_minor > 0 else words._("open from before: {sum} over")
    return text.format(sum=formats.money(words, abs(open_minor), ground.currency))


def moved_words(words: Words, one: MovedBefore, ground: Ground) -> str:
    """What moved between meetings, and where the money is: by the names the group has for its places."""
    what = ledger_words.what(words, one.what if one.what != "other" else "other-in" if one.target else "other-out")
    sum_ = formats.money(words, one.amount_minor, ground.currency)
    said = " ".join(part for part in (one.who, what.lower() if one.who else what, sum_) if part)
    names = ground.place_names
    if one.source and one.target:
        source, target = (ledger_words.account(words, place, names) for place in (one.source, one.target))
        return f"{said}, " + words._("{source} → {target}").format(source=source, target=target)
    if one.target:
        place = ledger_words.account_inside(words, one.target, names)
        return words._("{said}, already here: {place}").format(said=said, place=place)
    if one.source:
        place = ledger_words.account_inside(words, one.source, names)
        return words._("{said}, taken from: {place}").format(said=said, place=place)
    return said
