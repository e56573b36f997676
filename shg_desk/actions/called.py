"""What members are called on pages and papers: namesakes of a group are told apart by father's name and number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from shg_desk.actions.desk import Desk
from shg_desk.domain.namesakes import names_apart
from shg_desk.domain.namesakes import told_apart
from shg_desk.store import groups as group_store
from shg_desk.store.groups import Membership


class Numbered(Protocol):
    """A member as entries and loans name her."""

    @property
    def id(self) -> str:
        """Her membership."""

    @property
    def number(self) -> str:
        """Her number in the group."""

    @property
    def name(self) -> str | None:
        """Her name, None where it is closed."""


def namesakes(desk: Desk, group: str | None = None) -> Mapping[str, str]:
    """By membership, what those are called who share a name with another in their group, or in one group alone."""
    by_group: dict[str, list[Membership]] = {}
    for one in group_store.namesakes(desk.book, group):
        by_group.setdefault(one.group, []).append(one)
    return {gid: name for some in by_group.values() for gid, name in names_apart(some).items()}


def beside_numbers(desk: Desk, group: str | None = None) -> Mapping[str, str | None]:
    """The same for a place that shows the number itself: name and father's name."""
    some = group_store.namesakes(desk.book, group)
    return {one.id: told_apart(one.name, one.father, frozenset(filter(None, [one.name]))) for one in some}


def called(apart: Mapping[str, str], member: Numbered | None) -> str:
    """Her name, told apart where that is needed; her number where the name is closed; empty for nobody."""
    if member is None:
        return ""
    return apart.get(member.id) or member.name or f"№ {member.number}"
