"""Why a meeting was not held: the reasons to choose from, and the words of a kept one."""

from __future__ import annotations

from shg_desk.tables import shipped_data


def not_held_reasons(lang: str) -> tuple[tuple[str, str], ...]:
    """Code and words in a language, in the order they are offered."""
    column = "uz" if lang == "uz-Cyrl" else lang
    found = []
    for one in shipped_data.meeting_reasons():
        found.append((one.code, one.words.get(column) or one.words.get("en") or one.code))
    return tuple(found)


def reason_words(lang: str, reason: str | None) -> str | None:
    """A kept reason as it is read: a code becomes its words, what was written in own words stays."""
    return dict(not_held_reasons(lang)).get(reason, reason) if reason else reason
