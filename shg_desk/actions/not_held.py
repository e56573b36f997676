"""Why a meeting was not held: the reasons to choose from, and the words of a kept one."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.i18n.uzbek import to_cyrillic
from shg_desk.tables import shipped_data


def not_held_reasons(lang: str) -> tuple[tuple[str, str], ...]:
    """Code and words in a language, in the order they are offered."""
    return tuple((one.code, said_in(lang, one.code, one.words)) for one in shipped_data.meeting_reasons())


def said_in(lang: str, code: str, words: Mapping[str, str]) -> str:
    """Shipped words in a language: Uzbek in Cyrillic from the Latin ones, English where a language has none."""
    if lang == "uz-Cyrl" and words.get("uz"):
        return to_cyrillic(words["uz"])
    return words.get(lang) or words.get("en") or code


def reason_words(lang: str, reason: str | None) -> str | None:
    """A kept reason as it is read: a code becomes its words, what was written in own words stays."""
    return dict(not_held_reasons(lang)).get(reason, reason) if reason else reason
