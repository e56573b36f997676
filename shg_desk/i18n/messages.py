"""The sentence a person reads for a problem: what happened, what is safe, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Counted
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.sentences import SENTENCES
from shg_desk.i18n.sentences import Sentence

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"-?\d+\.\d+")


def sentence(words: Words, problem: Problem) -> str:
    """The problem in the words' language, its facts written as people write them.

    Of a code's variants the first is taken whose placeholders the problem fills; `{where}` is the problem's place.
    """
    facts = {**problem.facts, **({"where": problem.where} if problem.where else {})}
    variants = SENTENCES[problem.code]
    chosen = next((variant for variant in variants if placeholders(variant) <= facts.keys()), variants[-1])
    return _text(words, chosen, facts).format_map(_Shown(words, facts))


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

    def __init__(self, words: Words, facts: Mapping[str, Fact]) -> None:
        super().__init__({name: shown(words, name, facts) for name in facts})

    def __missing__(self, key: str) -> str:
        return "\u2014"


def shown(words: Words, name: str, facts: Mapping[str, Fact]) -> str:
    """One fact as people write it.

    ISO days become dd.mm.yyyy; integers named `..._minor` are money of the fact `currency` with `minor_digits` (2);
    decimal texts are numbers, with the currency's word where one is given; everything else stays.
    """
    value = facts[name]
    currency = facts.get("currency")
    if value is None:
        return "\u2014"
    if isinstance(value, int):
        if name.endswith("_minor"):
            digits = facts.get("minor_digits")
            kept = Currency(str(currency or ""), digits if isinstance(digits, int) else 2)
            return formats.money(words, value, kept) if currency else formats.amount(words, value, kept)
        return formats.number(words, value)
    if _ISO_DAY.fullmatch(value):
        return formats.date(value)
    if _DECIMAL.fullmatch(value):
        unit = f"{formats.NBSP}{formats.unit(words, str(currency))}" if currency else ""
        return formats.number(words, value) + unit
    return value
