"""What a meeting decides and goes through, in words: usual decisions to choose from, and the agenda of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.actions.next_meetings import planned_after
from shg_desk.actions.not_held import said_in
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.accounts import Account
from shg_desk.domain.agenda import due
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Ground
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.store import ledger as ledger_store
from shg_desk.tables import shipped_data

NEXT = "next"
"""The point that asks when to meet again."""


def usual_decisions(lang: str) -> tuple[tuple[str, str], ...]:
    """Code and words in a language, in the order they are offered."""
    return tuple((one.code, said_in(lang, one.code, one.words)) for one in shipped_data.decision_templates())


def agenda_of(ground: Ground, words: Words, next_on: date | None = None) -> tuple[str, ...]:
    """The points of a meeting of that day, what is due with its sum, day or names; `next_on` where it is known."""
    holds = due(ground)
    day = formats.date(next_on) if next_on is not None else ""
    facts = {"difference": _difference(ground, words), "cycle-ending": _cycle(ground), "terms-ending": _terms(ground)}
    found = []
    for point in shipped_data.agenda():
        if point.when in holds:
            said = said_in(words.lang, point.code, point.words)
            fact = day if point.code == NEXT else facts.get(point.when)
            found.append(f"{said}: {fact}" if fact else said)
    return tuple(found)


def agenda_of_meeting(desk: Desk, meeting: str, words: Words) -> tuple[str, ...]:
    """The agenda a recorded meeting had: of the group as it was right before it; nothing where that cannot be told.

    Its next meeting is on the day it agreed on; where nothing else was agreed, on the day of the group's rules.
    """
    try:
        opened = reopen_meeting(desk, meeting)
    except KnownError:
        return ()
    ground = opened.ground
    # what a later correction says of this meeting's own count is told with the count, not as something it began with
    moved = ledger_store.moved_by_day(desk.book, Account(ground.group, "differences"))
    before = sum(amount for day, amount in moved.items() if day < ground.on)
    next_on = opened.sheet.next_on or planned_after(desk, ground.group, ground.on)
    return agenda_of(replace(ground, open_difference_minor=before), words, next_on)


def _difference(ground: Ground, words: Words) -> str:
    amount = formats.money(words, abs(ground.open_difference_minor), ground.currency)
    said = words._("{sum} short") if ground.open_difference_minor > 0 else words._("{sum} over")
    return said.format(sum=amount)


def _cycle(ground: Ground) -> str:
    return formats.date(ground.rules.cycle_until) if ground.rules.cycle_until else ""


def _terms(ground: Ground) -> str:
    return ", ".join(f"{name} ({formats.date(until)})" for name, until in ground.terms_ending)
