"""A group's own list of places of money: what it calls them, which are offered, and the code each is kept under.

The list stands in the group's profile, one object a place; places given up stay in it, so that old lines keep a name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shg_desk.domain.accounts import is_account
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.ids import is_id
from shg_desk.domain.spelling import latin

BOX = "box"
KEEPER = "keeper"
SOCIAL_BAG, LOAN_BAG = "box.social", "box.loan"
FAMILIES = (BOX, KEEPER, "bank", "wallet", "transit", "notes", "goods")
USUAL = (BOX, KEEPER, "bank", "wallet", "transit")
"""What is offered to a group that has no list of its own."""

NAME_LIMIT = 80
CODE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """A place of the group: its account code, what the group calls it (perhaps nothing), and whether it is given up."""

    code: str
    name: str = ""
    gone: bool = False

    def as_item(self) -> dict[str, Any]:
        """As it stands in the group's profile."""
        return {"code": self.code, "name": self.name, **({"gone": True} if self.gone else {})}


def read_places(items: Iterable[Any]) -> tuple[GroupPlace, ...]:
    """The list of a group's profile; what cannot be read, and a second one of a code, is left aside."""
    found: dict[str, GroupPlace] = {}
    for item in items:
        if not isinstance(item, Mapping):
            continue
        code, name = item.get("code"), item.get("name", "")
        if isinstance(code, str) and isinstance(name, str) and is_group_place(code) and code not in found:
            found[code] = GroupPlace(code, name.strip(), item.get("gone") is True)
    return tuple(found.values())


def is_group_place(code: str) -> bool:
    """True for the code of a place that may stand in a group's list."""
    return is_account(code) and is_counted(code)


def is_cash(code: str) -> bool:
    """True for the box and its bags: what is counted there are the notes and coins in use."""
    return code.partition(".")[0] == BOX


def keeper_of(code: str) -> str | None:
    """The membership in whose keeping the money of a place is, None for any other place."""
    word, _, detail = code.partition(".")
    return detail if word == KEEPER and is_id(detail) else None


def kept_by(member: str) -> str:
    """The place of money in the keeping of a member."""
    return f"{KEEPER}.{member}"


def whole_list(own: Iterable[GroupPlace]) -> tuple[GroupPlace, ...]:
    """The group's list with the box first; a group that has only named its box, or nothing, has the usual places."""
    listed = {place.code: place for place in own}
    box = listed.pop(BOX, GroupPlace(BOX))
    return (box, *(listed.values() or (GroupPlace(code) for code in USUAL if code != BOX)))


def offered(own: Iterable[GroupPlace], places_minor: Mapping[str, int]) -> tuple[str, ...]:
    """The places to choose from: the box, the others of the group's list, and any other with money.

    `own` is the list with the places given up.
    """
    chosen = [place.code for place in whole_list(own) if not place.gone or place.code == BOX]
    with_money = [code for code, amount in places_minor.items() if amount]
    return tuple(dict.fromkeys((*chosen, *with_money)))


def counted_at_meetings(own: Iterable[GroupPlace], places_minor: Mapping[str, int]) -> tuple[str, ...]:
    """The places counted at a meeting: the box, and its bags where the group has some."""
    return tuple(code for code in offered(own, places_minor) if is_cash(code))


def code_for(family: str, name: str, taken: Collection[str]) -> str:
    """An account code for a new place of a family, from the Latin form of its name, unlike those taken.

    Two laptops that name the same place alike give it the same code.
    """
    plain = unicodedata.normalize("NFKD", latin(name)).encode("ascii", "ignore").decode().lower()
    word = "".join(sign for sign in plain if sign.isalnum())[:CODE_LENGTH] or "1"
    code, n = f"{family}.{word}", 1
    while code in taken:
        n += 1
        code = f"{family}.{word[: CODE_LENGTH - len(str(n)) - 1]}-{n}"
    return code
