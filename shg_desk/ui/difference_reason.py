"""Why counted and expected differ, as one text of the records: the cause, who held the key, and what was tried."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shg_desk.domain.sheet import Ground
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import member_name

UNKNOWN = "unknown"
"""What stands in the records where nobody knows anything about a difference."""
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Reason:
    """The three answers, each empty where nothing was said."""

    why: str = ""
    key: str = ""
    tried: str = ""


def reason_text(words: Words, reason: Reason) -> str:
    """The three answers in one text, as readers of the minutes see them."""
    parts = [reason.why] if reason.why else []
    parts += [_key(words).format(name=reason.key)] if reason.key else []
    parts += [_tried(words).format(what=reason.tried)] if reason.tried else []
    return BETWEEN.join(parts) or UNKNOWN


def read_reason(text: str) -> Reason:
    """Such a text as its three answers again, in whichever language it was written; all else is the cause."""
    if text == UNKNOWN:
        return Reason()
    tried = key = ""
    for _, template in _templates():
        if not tried:
            text, tried = _taken_off(text, template, "{what}")
    for template, _ in _templates():
        if not key:
            text, key = _taken_off(text, template, "{name}")
    return Reason(text, key, tried)


def key_holder(words: Words, ground: Ground) -> str:
    """Who holds the key by her post, as she is called; empty where nobody has the post."""
    member = ground.member(ground.key_holder) if ground.key_holder else None
    return member_name(words, member, alike(ground.members)) if member is not None else ""


@cache
def _templates() -> tuple[tuple[str, str], ...]:
    """How each language says the key and what was tried."""
    return tuple((_key(words), _tried(words)) for words in map(Words, LANGUAGES))


def _key(words: Words) -> str:
    return words._("key held by {name}")


def _tried(words: Words) -> str:
    return words._("tried: {what}")


def _taken_off(text: str, template: str, place: str) -> tuple[str, str]:
    """The text without its last part, and what stands in that part, where it is one of this template."""
    before, _, after = template.partition(place)
    if after and not text.endswith(after):
        return text, ""
    whole = text[: len(text) - len(after)] if after else text
    at = whole.rfind(BETWEEN + before)
    if at >= 0:
        return text[:at], whole[at + len(BETWEEN + before) :]
    return ("", whole[len(before) :]) if before and whole.startswith(before) else (text, "")
