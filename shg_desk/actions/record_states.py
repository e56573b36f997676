"""How far a record has come, for pages that show one thing: saved here, on its way, received, reconciled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shg_desk.actions.desk import Desk
from shg_desk.domain.profiles import TYPES
from shg_desk.store import revisions as revision_store
from shg_desk.store.states import RecordState
from shg_desk.store.states import States
from shg_desk.store.states import has_office

ORDER = tuple(RecordState)
"""From the least to the farthest; what is backed up is as safe as a record on its way."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The state of what was least far (a word of the contract), and how many states there are: 4, or 2 of no office."""

    state: str
    of: int


def reached(desk: Desk, ops: Iterable[str]) -> Reached | None:
    """The least state of some records, by their operations' names; None where none of them is here."""
    states = States(desk.book)
    found = [state for op in dict.fromkeys(ops) if (state := states.of_operation(op)) is not None]
    return _reached(desk, min(found, key=ORDER.index, default=None))


def reached_by_group(desk: Desk, group: str) -> Reached | None:
    """The least state of everything recorded of a group; None where it is not here."""
    return _reached(desk, States(desk.book).of_group(group))


def _reached(desk: Desk, least: RecordState | None) -> Reached | None:
    if least is None:
        return None
    return Reached(least.value, 4 if desk.is_office or has_office(desk.book) else 2)


def reached_of(desk: Desk, things: Iterable[tuple[str, str]]) -> Reached | None:
    """The least state of what is said now of some things, each a type and an id: a household and its people."""
    names: list[str] = []
    for kind, gid in things:
        for field_group in TYPES[kind]:
            names += revision_store.to_be_seen(desk.book.db, kind, gid, field_group)
    return reached(desk, (name.partition("#")[0] for name in names))
