"""The sentence a person reads for a problem: what happened, what is safe, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Problem
from shg_desk.domain.profiles import is_day
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Counted
from shg_desk.i18n.catalog import Sentence
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.sentences import ANY
from shg_desk.i18n.sentences import SENTENCES

MONEY_FACTS = frozenset(
    {"amount", "before", "counted", "difference", "expected", "left", "named", "now", "price", "saved", "smallest"}
)
"""Facts of the meeting sheet that are minor units of the group's currency when they are integers."""

AS_TYPED = frozenset({"member", "number"})
"""Facts that are members' numbers: `2.0` may be another than 2."""

NOTHING = "\u2014"
_DECIMAL = re.compile(r"-?\d+\.\d+")


def sentence(words: Words, problem: Problem, currency: Currency | None = None) -> str:
    """The problem in the words' language, its facts written as people write them.

    Of a code's variants the first is taken whose placeholders the problem fills; `{where}` is the problem's place and
    `{problem_code}` its code. `currency` is the group's, for facts that are money (see `shown`).
    """
    facts = {name: value for name, value in problem.facts.items() if value is not None}
    facts |= {"problem_code": str(problem.code), **({"where": problem.where} if problem.where else {})}
    variants = SENTENCES.get(problem.code, (ANY,))
    chosen = next((variant for variant in variants if placeholders(variant) <= facts.keys()), variants[-1])
    return _text(words, chosen, facts).format_map(_Shown(words, facts, currency))


def placeholders(variant: Sentence) -> set[str]:
    """The names a sentence wants filled."""
    texts = (variant.one, variant.many) if isinstance(variant, Counted) else (variant,)
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def _text(words: Words, variant: Sentence, facts: Mapping[str, Fact]) -> str:
    if isinstance(variant, Counted):
        count = facts.get(variant.fact)
        return words.say_counted(variant, count if isinstance(count, int) else 2)
    return words.say(variant)


class _Shown(dict[str, str]):
    """Facts as people write them; one that is not there is a dash, for a sentence about trouble must never fail."""

    def __init__(self, words: Words, facts: Mapping[str, Fact], currency: Currency | None) -> None:
        super().__init__({name: shown(words, name, facts, currency) for name in facts})

    def __missing__(self, key: str) -> str:
        return NOTHING


def _without_nothing(text: str, currency: Currency | None) -> str:
    """A decimal text without its zeros behind the point, where the group has no money finer than the whole."""
    whole, _, part = text.partition(".")
    finer = currency is not None and currency.smallest_minor % 10**currency.minor_digits
    return text if finer or int(part) else whole


def shown(words: Words, name: str, facts: Mapping[str, Fact], currency: Currency | None = None) -> str:
    """One fact as people write it.

    ISO days become dd.mm.yyyy. Integers named in MONEY_FACTS or `..._minor` are money of `currency`, else of the facts
    `currency` and `minor_digits` (2). A member's number stays as it is, followed by the fact `name`. Other decimal
    texts are numbers, with the currency's word where a fact names it and without places that say nothing. Everything
    else stays.
    """
    value = facts[name]
    code = facts.get("currency")
    if value is None:
        return NOTHING
    if isinstance(value, int):
        if name not in MONEY_FACTS and not name.endswith("_minor"):
            return formats.number(words, value)
        if currency is None:
            digits = facts.get("minor_digits")
            currency = Currency(str(code or ""), digits if isinstance(digits, int) else 2)
        return formats.money(words, value, currency) if currency.code else formats.amount(words, value, currency)
    if name == "member" and facts.get("name"):
        return f"{value} {facts['name']}"
    if name in AS_TYPED:
        return value
    if is_day(value):  # a name may look like a day that no calendar has
        return formats.date(value)
    if _DECIMAL.fullmatch(value):
        value = _without_nothing(value, currency)
        unit = f"{formats.NBSP}{formats.unit(words, str(code))}" if code else ""
        return formats.number(words, value) + unit
    return value
