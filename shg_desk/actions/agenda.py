"""What a meeting decides and goes through, in words: usual decisions to choose from, and the agenda of a day."""

from __future__ import annotations

from shg_desk.actions.desk import Desk
from shg_desk.actions.not_held import said_in
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.agenda import due
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Ground
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.tables import shipped_data


def usual_decisions(lang: str) -> tuple[tuple[str, str], ...]:
    """Code and words in a language, in the order they are offered."""
    return tuple((one.code, said_in(lang, one.code, one.words)) for one in shipped_data.decision_templates())


def agenda_of(ground: Ground, words: Words) -> tuple[str, ...]:
    """The points of a meeting of that day, what is due with its sum, day or names."""
    holds = due(ground)
    facts = {"difference": _difference(ground, words), "cycle-ending": _cycle(ground), "terms-ending": _terms(ground)}
    found = []
    for point in shipped_data.agenda():
        if point.when in holds:
            said, fact = said_in(words.lang, point.code, point.words), facts.get(point.when)
            found.append(f"{said}: {fact}" if fact else said)
    return tuple(found)


def agenda_of_meeting(desk: Desk, meeting: str, words: Words) -> tuple[str, ...]:
    """The agenda a recorded meeting had: of the group as it was right before it; nothing where that cannot be told."""
    try:
        return agenda_of(reopen_meeting(desk, meeting).ground, words)
    except KnownError:
        return ()


def _difference(ground: Ground, words: Words) -> str:
    return formats.money(words, abs(ground.open_difference_minor), ground.currency)


def _cycle(ground: Ground) -> str:
    return formats.date(ground.rules.cycle_until) if ground.rules.cycle_until else ""


def _terms(ground: Ground) -> str:
    return ", ".join(f"{name} ({formats.date(until)})" for name, until in ground.terms_ending)
