"""How many things wait for this person, as the rail counts them."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.attention import GROUPS_AT_ONCE
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_differences import count_open
from shg_desk.actions.views_inbox import laptops_waiting
from shg_desk.store.states import RecordState
from shg_desk.store.states import States


@dataclass(frozen=True, slots=True)
class Badges:
    """`unsent` records of a laptop that are only here; for an office laptops that wait for it, and open differences.

    `differences` is None while groups are still to be looked at: asked again, it goes on from there.
    """

    unsent: int = 0
    inbox: int = 0
    differences: int | None = 0


def badges(desk: Desk) -> Badges:
    """Counts what waits."""
    if desk.is_office:
        return Badges(inbox=laptops_waiting(desk), differences=count_open(desk, GROUPS_AT_ONCE))
    return Badges(unsent=States(desk.book).counts(own=True).get(RecordState.SAVED, 0))
