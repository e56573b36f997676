"""The colours of the groups of a book, for pages on which several of them stand beside each other."""

from __future__ import annotations

from collections.abc import Iterable

from shg_desk.actions.desk import Desk
from shg_desk.domain.group_colours import colours_of
from shg_desk.store.group_villages import group_villages
from shg_desk.store.groups import Group


def group_colours(desk: Desk) -> dict[str, int]:
    """The colour number of every group by its id (see `domain.group_colours`)."""
    return colours_of(group_villages(desk.book))


def colours_among(groups: Iterable[Group]) -> dict[str, int]:
    """The same, of all the groups of a book read already, by code."""
    return colours_of((one.id, one.village or "") for one in groups)
