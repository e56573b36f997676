"""What a field that points to something is called by people: a person's name, a village's, a laptop's."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.views_exchange import label_of
from shg_desk.domain.ids import is_id
from shg_desk.domain.profiles import TYPES
from shg_desk.store import groups as group_store
from shg_desk.store import people as people_store

DEVICE = "device"
_POINTING = {("person", "identity", "guardian"): "person", ("group", "keeper", "device"): DEVICE}
"""Fields that point to something by their meaning: they may also hold a plain text."""


def in_names(desk: Desk, kind: str, field_group: str, versions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The versions of a field group with names in place of ids; an id of what is not known here stays.

    Two things of one name are numbered, so that they are seen to be two.
    """
    found = [dict(one) for one in versions]
    for field in sorted({name for one in versions for name in one}):
        spec = TYPES[kind][field_group].get(field)
        to = _POINTING.get((kind, field_group, field)) or (spec.refers_to if spec is not None else None)
        if to is None:
            continue
        named: dict[str, str] = {}
        for one in versions:
            value = one.get(field)
            if isinstance(value, str) and value not in named and (to == DEVICE or is_id(value)):
                named[value] = name_of(desk, to, value) or value
        same = [name for name in named.values() if list(named.values()).count(name) > 1]
        for number, (value, name) in enumerate(named.items(), 1):
            for one in found:
                if one.get(field) == value:
                    one[field] = f"{name} ({number})" if name in same else name
    return found


def name_of(desk: Desk, kind: str, gid: str) -> str:
    """What people call a thing; nothing where it is not known here, or sealed."""
    book = desk.book
    if kind == DEVICE:
        return label_of(desk, gid)
    if kind == "person":
        person = people_store.person(book, gid)
        return _joined(person.name, person.household_code) if person is not None and person.name else ""
    if kind == "household":
        home = people_store.household(book, gid)
        return _joined(home.code, home.head) if home is not None else ""
    if kind == "village":
        village = people_store.village(book, gid)
        return (village.name or "") if village is not None else ""
    if kind == "group":
        group = group_store.group(book, gid)
        return _joined(group.code, group.name) if group is not None else ""
    if kind == "membership":
        member = group_store.membership(book, gid)
        return _joined(f"№ {member.number}" if member.number else "", member.name) if member is not None else ""
    return ""


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
