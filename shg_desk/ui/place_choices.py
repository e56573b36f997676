"""Places of money to choose from, by the group's own names, and the question in whose keeping money goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shg_desk.domain.group_places import KEEPER
from shg_desk.domain.group_places import keeper_of
from shg_desk.domain.group_places import kept_by
from shg_desk.domain.group_places import offered
from shg_desk.domain.sheet import Ground
from shg_desk.i18n.catalog import Words
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Question
from shg_desk.ui.asked_values import Reads
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.meeting_words import place_name


def place_choices(words: Words, ground: Ground, *also: str | None) -> tuple[tuple[Any, str], ...]:
    """(code, words) of every place the group has, and of those that a line already names."""
    codes = dict.fromkeys((*offered(ground.places, ground.places_minor), *(code for code in also if code)))
    return tuple((code, named(words, ground, code)) for code in codes)


def named(words: Words, ground: Ground, place: str) -> str:
    """A place as this group calls it; the keeping of nobody yet asks who."""
    if place == KEEPER and not ground.place_names.get(KEEPER):
        return words._("In a person's keeping")
    return place_name(words, place, ground.place_names)


def people_choices(words: Words, ground: Ground) -> list[tuple[Any, str]]:
    """(membership id, number and name) of who can keep money of the group; at first nobody named."""
    shared = alike(ground.members)
    there = [one for one in ground.members if not one.has_left(ground.on)]
    people = [(one.id, f"{one.number} {member_name(words, one, shared)}") for one in there]
    return [("", words._("nobody named")), *people]


def keeper_question(words: Words, ground: Ground, reads: Reads, done: Callable[[str], None]) -> Question:
    """In whose keeping: a member by number; `done` gets the place of money."""

    def chosen(values: list[Any]) -> None:
        member = ground.member(values[0]) if values[0] else None
        done(kept_by(member.id) if member is not None else KEEPER)

    asked = Asked(
        words._("Number of the member"), 120, "", lambda text: reads.member(text, empty=True), (),
        words._("May stay empty: nobody is named"),
    )  # fmt: skip
    return Question(words._("In whose keeping is the money?"), (asked,), chosen)


def is_unnamed_keeper(place: str | None) -> bool:
    """True for the keeping of a person nobody has named yet."""
    return place == KEEPER and keeper_of(place) is None
