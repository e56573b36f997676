"""Votes as they were counted, held against how many could have cast them."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem

VOTES_MOST = 1_000_000
"""Votes of one decision; a record holds no number without an end, and no group is larger."""


def votes_problems(where: str, cast: Iterable[int | None], members: int) -> Iterator[Problem]:
    """More votes than any group has stop a record; more than its members are a warning."""
    impossible = list(impossible_votes(where, cast := list(cast)))
    yield from impossible
    if not impossible and (votes := sum(one or 0 for one in cast)) > members:
        yield Problem(Code.VOTES_TOO_MANY, where, {"votes": votes, "members": members}, Level.WARNING)


def impossible_votes(where: str, cast: Iterable[int | None]) -> Iterator[Problem]:
    """More votes together than any group has."""
    votes = sum(one or 0 for one in cast)
    if votes > VOTES_MOST:
        yield Problem(Code.VOTES_IMPOSSIBLE, where, {"votes": votes, "most": VOTES_MOST})
