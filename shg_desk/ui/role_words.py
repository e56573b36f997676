"""Roles of the users of a book: their words, the choice for a new user, and which places of the window she has."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shg_desk.domain import roles
from shg_desk.domain.roles import Role
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words

if TYPE_CHECKING:  # the rail asks for roles before any page is loaded
    from shg_desk.actions.views_groups import GroupName

SAID: Mapping[str, Marked] = {
    roles.ANIMATOR: N_("Animator: everything"),
    roles.TREASURER: N_("Treasurer of one group"),
    roles.VIEWER: N_("Viewer: reads and prints"),
}
PLACES: Mapping[str, frozenset[str]] = {
    roles.TREASURER: frozenset(
        {"today", "meeting", "ledger", "loans", "reports", "settings", "member", "loan", "correction", "minutes"}
        | {"between", "count", "photos", "help"}
    ),
    roles.VIEWER: frozenset(
        {"today", "households", "groups", "ledger", "loans", "services", "reports", "indicators", "settings"}
        | {"member", "household", "group", "rules", "loan", "minutes", "photos", "find", "help"}
    ),
}
"""The pages a role has; a word of a newer program has those of a viewer, the animator has every one."""


def has_place(role: Role, place: str) -> bool:
    """Whether the window has a page for this person."""
    return role.does_all or place in PLACES.get(role.name, PLACES[roles.VIEWER])


def say_role(words: Words, role: Role, groups: Sequence[GroupName] = ()) -> str:
    """A role in words: of a treasurer with the name of her group, where it is known."""
    name = next((one.name for one in groups if one.id == role.group), "")
    if role.name == roles.TREASURER and name:
        return words._("Treasurer of {group}").format(group=name)
    return words.say(SAID.get(role.name, SAID[roles.VIEWER]))


def choices(words: Words, groups: Sequence[GroupName]) -> list[tuple[Role, str]]:
    """The roles a new user may have: a treasurer is one of a group there is."""
    every = [Role(), *(Role(roles.TREASURER, one.id) for one in groups), Role(roles.VIEWER)]
    return [(one, say_role(words, one, groups)) for one in every]


def role_of(key: object) -> Role:
    """The role that a choice stands for."""
    return key if isinstance(key, Role) else Role()


def user_below(words: Words, role: Role, groups: Sequence[GroupName], since: str) -> str:
    """What stands below a user: her role, where it is not everything, and since when."""
    return " · ".join(part for part in ("" if role.does_all else say_role(words, role, groups), since) if part)
