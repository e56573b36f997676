"""A group's own list of places of money: reading it with the money that lies there, adding, renaming, giving up."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.group_places import BOX
from shg_desk.domain.group_places import FAMILIES
from shg_desk.domain.group_places import KEEPER
from shg_desk.domain.group_places import LOAN_BAG
from shg_desk.domain.group_places import NAME_LIMIT
from shg_desk.domain.group_places import SOCIAL_BAG
from shg_desk.domain.group_places import GroupPlace
from shg_desk.domain.group_places import code_for
from shg_desk.domain.group_places import kept_by
from shg_desk.domain.group_places import offered
from shg_desk.domain.group_places import read_places
from shg_desk.domain.group_places import whole_list
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.namesakes import names_apart
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store.groups import Group
from shg_desk.store.groups import Membership

NOTES = "notes"
KINDS = (SOCIAL_BAG, LOAN_BAG, BOX, KEEPER, "bank", "wallet", "transit", NOTES, "goods")
"""What a new place may be: one of the two usual bags, or one of a family under a name of its own."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place as the group's page lists it: its code, its own name (perhaps none), and the money there."""

    code: str
    name: str
    amount_minor: int


def own_places(group: Group) -> tuple[GroupPlace, ...]:
    """The list of a group, with the places it gave up."""
    return read_places(group.places)


def names_of(group: Group, members: Sequence[Membership]) -> dict[str, str]:
    """What the group calls its places, by account code, and its members' names by membership id: a person's keeping is
    called by her name.
    """
    return {**names_apart(members), **{place.code: place.name for place in own_places(group) if place.name}}


def place_names(desk: Desk, gid: str) -> dict[str, str]:
    """The same of a group by its id; nothing where there is none."""
    group = group_store.group(desk.book, gid)
    return {} if group is None else names_of(group, group_store.memberships(desk.book, gid, with_removed=True))


def place_lines(desk: Desk, group: Group) -> tuple[PlaceLine, ...]:
    """Every place that is offered to the group, with the money there now."""
    there = _amounts(desk, group.id)
    own = own_places(group)
    names = {place.code: place.name for place in own}
    return tuple(PlaceLine(code, names.get(code, ""), there.get(code, 0)) for code in offered(own, there))


def _amounts(desk: Desk, gid: str) -> dict[str, int]:
    found = ledger_store.balances(desk.book, gid)
    return {
        one.account.code: one.amount_minor
        for one in found
        if one.account.owner is None and one.account.code.partition(".")[0] in FAMILIES
    }


def save_place(desk: Desk, gid: str, typed: Mapping[str, str]) -> Outcome[str]:
    """Adds a place, or with its `code` renames one: `kind` (of `KINDS`), `name`, and of a keeper the `member` (id).

    Gives its code. Raises KnownError NAME_MISSING, PLACE_TAKEN, CURRENCY_UNKNOWN, NOTHING_CHANGED.
    """
    group = _group(desk, gid)
    own = {place.code: place for place in whole_list(own_places(group))}
    name = " ".join(typed["name"].split())[:NAME_LIMIT]
    code = typed.get("code", "") or _new_code(group, typed["kind"], name, typed.get("member", ""), own)
    if name and any(
        one.name.casefold() == name.casefold() and one.code != code and not one.gone for one in own.values()
    ):
        raise KnownError(Problem(Code.PLACE_TAKEN, "name", {"name": name}))
    shown = "" if code.partition(".")[0] == NOTES and not typed.get("code") else name
    if own.get(code) == GroupPlace(code, shown):
        raise KnownError(Problem(Code.NOTHING_CHANGED, "name"))
    return _write(desk, gid, {**own, code: GroupPlace(code, shown)}, code)


def _new_code(group: Group, kind: str, name: str, member: str, own: Mapping[str, GroupPlace]) -> str:
    if kind in (SOCIAL_BAG, LOAN_BAG):
        code = kind
    elif kind == KEEPER and member:
        code = kept_by(member)
    elif kind == NOTES:
        currency = name.upper()
        if currency not in MINOR_DIGITS or currency == group.currency.code:
            raise KnownError(Problem(Code.CURRENCY_UNKNOWN, "name", {"currency": name}))
        code = f"{NOTES}.{currency}"
    elif not name and kind != BOX and (kind not in own or own[kind].gone):
        code = kind
    elif not name:
        raise KnownError(Problem(Code.NAME_MISSING, "name"))
    else:
        alike = next((one.code for one in own.values() if _is_again(one, kind, name)), None)
        return alike or code_for(kind, name, own)
    if code in own and not own[code].gone:
        raise KnownError(Problem(Code.PLACE_TAKEN, "kind", {"name": own[code].name or name}))
    return code


def _is_again(one: GroupPlace, kind: str, name: str) -> bool:
    """True for a place of that name that was given up: it comes back under the code it had."""
    return one.gone and one.name.casefold() == name.casefold() and one.code.partition(".")[0] == kind


def drop_place(desk: Desk, gid: str, code: str) -> Outcome[str]:
    """A place is given up; its old lines keep their name. Raises KnownError PLACE_HAS_MONEY, PLACE_UNKNOWN."""
    group = _group(desk, gid)
    own = {place.code: place for place in whole_list(own_places(group))}
    if code not in own or code == BOX:
        raise KnownError(Problem(Code.PLACE_UNKNOWN, "place", {"place": code}))
    if _amounts(desk, gid).get(code, 0):
        raise KnownError(Problem(Code.PLACE_HAS_MONEY, "place", {"place": own[code].name or code}))
    return _write(desk, gid, {**own, code: GroupPlace(code, own[code].name, gone=True)}, code)


def _group(desk: Desk, gid: str) -> Group:
    found = group_store.group(desk.book, gid)
    if found is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, gid, {"group": gid}))
    return found


def _write(desk: Desk, gid: str, places: Mapping[str, GroupPlace], code: str) -> Outcome[str]:
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        drafted.revise("group", gid, "places", {"places": [place.as_item() for place in places.values()]})
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(code, Changed.GROUPS | Changed.LEDGER, frozenset({gid}))
