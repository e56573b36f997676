"""What is recorded of lasting things (villages, households, persons, groups...): types, field groups, fields.

A field group is what must change together; a revision carries one field group whole. Fields named `sealed` travel only
encrypted under the key of the household (or, for a group, the group's key) and are null to whoever lacks it.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.domain.dates import FIRST_YEAR
from shg_desk.domain.dates import LAST_YEAR
from shg_desk.domain.ids import is_code
from shg_desk.domain.ids import is_id
from shg_desk.domain.ids import is_op_name

TEXT_LIMIT = 4000

MOST_MINOR_DIGITS = 6
"""No currency has more than four; a number of any size would be the power of ten that every sum is drawn with."""

Check = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    """True for a text a field may hold."""
    return type(value) is str and len(value) <= TEXT_LIMIT


def is_whole(value: Any) -> bool:
    """True for an integer that is no bool."""
    return type(value) is int


def is_amount(value: Any) -> bool:
    """True for a whole number of minor units, not negative."""
    return type(value) is int and value >= 0


def is_flag(value: Any) -> bool:
    """True for a yes or no."""
    return type(value) is bool


def is_day(value: Any) -> bool:
    """True for a civil date `YYYY-MM-DD`."""
    if type(value) is not str or len(value) != 10:
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_day_of_records(value: Any) -> bool:
    """True for a day on which a group can have met or money can have moved: next to the ends of the calendar no day
    before or after it could be planned any more.
    """
    return is_day(value) and FIRST_YEAR <= int(value[:4]) <= LAST_YEAR


def is_minor_digits(value: Any) -> bool:
    """True for a number of minor digits that a currency may have."""
    return type(value) is int and 0 <= value <= MOST_MINOR_DIGITS


def is_list(value: Any) -> bool:
    """True for a list; its items are checked by who reads it."""
    return type(value) is list


def is_table(value: Any) -> bool:
    """True for an object; its keys are checked by who reads it."""
    return type(value) is dict


def one_of(*words: str) -> Check:
    """A check for a fixed list of words."""
    allowed = frozenset(words)
    return lambda value: type(value) is str and value in allowed


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it may hold, whether it travels sealed, and the type of thing it refers to."""

    check: Check
    sealed: bool = False
    refers_to: str | None = None


def _ref(kind: str) -> Field:
    return Field(is_id, refers_to=kind)


_SEALED = Field(is_text, sealed=True)
_TEXT = Field(is_text)
_DAY = Field(is_day)

TYPES: Mapping[str, Mapping[str, Mapping[str, Field]]] = {
    "village": {
        "place": {"name": _TEXT, "latin": _TEXT, "soate": _TEXT, "community": _TEXT, "district": _TEXT},
    },
    "household": {
        "place": {"code": _TEXT, "village": _ref("village")},
        "identity": {"address": _SEALED, "phone": _SEALED, "head": _SEALED},
        "life": {"note": _SEALED},
    },
    "person": {
        "place": {"household": _ref("household")},
        "identity": {
            "name": _SEALED,
            "given": _SEALED,
            "father": _SEALED,
            "surname": _SEALED,
            "nickname": _SEALED,
            "maiden": _SEALED,
            "passport_spelling": _SEALED,
            "sex": Field(one_of("f", "m"), sealed=True),
            "birth": _SEALED,
            "birth_certainty": Field(one_of("day", "month", "year", "about"), sealed=True),
            "phone": _SEALED,
            "relation": _SEALED,
            "spouse_relation": Field(one_of("registered", "nikah", "former", "widowed", "none"), sealed=True),
            "language": _SEALED,
            "guardian": _SEALED,
        },
    },
    "residence": {
        "stay": {
            "person": _ref("person"),
            "household": _ref("household"),
            "counted_here": Field(is_flag),
            "since": _DAY,
            "until": _DAY,
        },
    },
    "group": {
        "identity": {
            "code": _TEXT,
            "name": _TEXT,
            "village": _ref("village"),
            "lifecycle": Field(one_of("share-out", "permanent")),
            "formed_on": _DAY,
        },
        "money": {
            "currency": _TEXT,
            "minor_digits": Field(is_minor_digits),
            "smallest_minor": Field(is_amount),
        },
        "places": {"places": Field(is_list)},
        "keeper": {"device": Field(is_code)},
        "state": {"state": Field(one_of("active", "paused", "closed")), "since": _DAY},
    },
    "membership": {
        "place": {"group": _ref("group"), "person": _ref("person"), "household": _ref("household")},
        "number": {"number": _TEXT, "booklet": _TEXT},
        "interval": {"joined": _DAY, "left": _DAY, "why": Field(is_text)},
    },
    "officer": {
        "term": {
            "group": _ref("group"),
            "membership": _ref("membership"),
            "post": Field(one_of("leader", "treasurer", "secretary", "inspector", "key-holder", "signatory")),
            "since": _DAY,
            "until": _DAY,
        },
    },
    "lender-loan": {
        "terms": {
            "group": _ref("group"),
            "code": _TEXT,
            "lender": _TEXT,
            "contract": _TEXT,
            "principal": Field(is_amount),
            "received_on": _DAY,
            "terms": Field(is_table),
        },
    },
    "service": {"identity": {"name": _TEXT, "kind": _TEXT, "contact": _TEXT, "village": _ref("village")}},
    "training": {"session": {"module": _TEXT, "held_on": _DAY, "group": _ref("group")}},
    "referral": {"path": {"service": _ref("service"), "household": _ref("household"), "state": _TEXT}},
    "programme": {"identity": {"name": _TEXT, "donor": _TEXT, "from": _DAY, "until": _DAY}},
    "rate": {"rate": {"currency": _TEXT, "against": _TEXT, "day": _DAY, "rate": _TEXT, "source": _TEXT}},
}
"""Every type of lasting thing, its field groups and their fields. Additive only: a field is never renamed or reused."""


class ProfileError(ValueError):
    """A revision that does not fit its type; the text says where."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One field group of one thing, whole, with the operation names of the revisions it had seen.

    `fields` are those in clear; `sealed` is the index of the operation's sealed part that holds the rest, or None.
    """

    type: str
    id: str
    field_group: str
    fields: Mapping[str, Any]
    saw: tuple[str, ...] = ()
    sealed: int | None = None

    def as_json(self) -> list[Any]:
        """As it stands in an operation's `revisions`."""
        line: list[Any] = [self.type, self.id, self.field_group, dict(self.fields), list(self.saw)]
        if self.sealed is not None:
            line.append(self.sealed)
        return line


def revision_of(line: Sequence[Any]) -> Revision:
    """A revision from its place in an operation that `check_revision` has let through."""
    kind, thing, group, fields, saw, *sealed = line
    return Revision(kind, thing, group, fields, tuple(saw), *sealed)


def check_revision(line: Any, sealed_parts: int) -> None:
    """Raises ProfileError where a line of an operation's `revisions` is none. Unknown fields are let through."""
    if type(line) is not list or not 5 <= len(line) <= 6:
        raise ProfileError("a revision has five or six parts")
    kind, thing, group, fields, saw = line[:5]
    sealed = line[5] if len(line) == 6 else None
    if kind not in TYPES or group not in TYPES[kind]:
        raise ProfileError(f"no such field group: {kind} {group}")
    if not is_id(thing) or type(fields) is not dict or type(saw) is not list:
        raise ProfileError(f"{kind}: not whole")
    if not all(is_op_name(name) for name in saw):
        raise ProfileError(f"{kind}: what it saw is no name")
    if sealed is not None and not (type(sealed) is int and 0 <= sealed < sealed_parts):
        raise ProfileError(f"{kind}: no such sealed part")
    _check_fields(kind, group, fields, sealed_allowed=False)


def check_sealed(kind: str, field_group: str, fields: Mapping[str, Any]) -> None:
    """Raises ProfileError where decrypted fields do not fit their field group."""
    if type(fields) is not dict:
        raise ProfileError(f"{kind}: sealed part is no object")
    _check_fields(kind, field_group, fields, sealed_allowed=True)


def _check_fields(kind: str, field_group: str, fields: Mapping[str, Any], *, sealed_allowed: bool) -> None:
    known = TYPES[kind][field_group]
    for name, value in fields.items():
        spec = known.get(name)
        if spec is None or value is None:
            continue
        if spec.sealed != sealed_allowed:
            raise ProfileError(f"{kind} {field_group}: {name} is {'sealed' if spec.sealed else 'not sealed'}")
        if not spec.check(value):
            raise ProfileError(f"{kind} {field_group}: {name} does not fit")


def references(revision: Revision) -> set[tuple[str, str]]:
    """The (type, id) of every thing a revision refers to, without itself."""
    known = TYPES[revision.type][revision.field_group]
    return {
        (known[name].refers_to or "", value)
        for name, value in revision.fields.items()
        if name in known and known[name].refers_to and value is not None
    }
