"""The one registry of operation kinds: version, parts of the body, references and who may write them.

A kind is applied by copying and adding only; what should have been different is another operation. Kinds and fields are
only ever added. A body may hold keys this version does not know: they are kept in the line and passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from shg_desk.domain.accounts import Owner
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.entries import Block
from shg_desk.domain.entries import read_blocks
from shg_desk.domain.ids import are_ids
from shg_desk.domain.ids import is_code
from shg_desk.domain.ids import is_entry_name
from shg_desk.domain.ids import is_id
from shg_desk.domain.ids import is_op_name
from shg_desk.domain.ids import split_entry_name
from shg_desk.domain.kind_versions import KIND_VERSIONS
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.profiles import check_revision
from shg_desk.domain.profiles import is_amount
from shg_desk.domain.profiles import is_day
from shg_desk.domain.profiles import is_day_of_records
from shg_desk.domain.profiles import is_flag
from shg_desk.domain.profiles import is_list
from shg_desk.domain.profiles import is_table
from shg_desk.domain.profiles import is_text
from shg_desk.domain.profiles import is_whole
from shg_desk.domain.profiles import one_of
from shg_desk.domain.profiles import references as revision_references
from shg_desk.domain.profiles import revision_of

Body = Mapping[str, Any]
FILE_LIMIT_BYTES = 2 * 1024 * 1024
"""The longest file (sealed, as it is kept) that a record may name."""

ATTENDANCE = {"p": "present", "l": "late", "e": "excused", "a": "absent", "r": "represented", "-": "unmarked"}
UNCHANGED = "-"
"""The mark of one who was not marked; in a correction, of one whose mark stays as it was."""

SEAL_PURPOSES = ("identity", "life", "group")


class KindError(ValueError):
    """An operation that is not of its kind; the text says where."""


def _optional(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _is_count(value: Any) -> bool:
    """One cash count: a place, and either notes [[value, number]...] or a total; minor units."""
    if not is_table(value) or not is_text(value.get("place")) or type(value.get("expected")) is not int:
        return False
    notes = value.get("notes")
    if notes is None:
        whole = is_amount(value.get("total"))
    else:
        whole = is_list(notes) and all(
            is_list(pair) and len(pair) == 2 and is_amount(pair[0]) and is_amount(pair[1]) for pair in notes
        )
    return whole and counted_minor(value) <= AMOUNT_LIMIT_MINOR


def _is_sealed(value: Any) -> bool:
    """One sealed part: owner, purpose of the key, its number, and the text of the ciphertext."""
    return (
        is_list(value)
        and len(value) == 4
        and is_id(value[0])
        and value[1] in SEAL_PURPOSES
        and is_amount(value[2])
        and type(value[3]) is str
    )


def _is_hash(value: Any) -> bool:
    """SHA-256 in lower-case hex."""
    return type(value) is str and len(value) == 64 and not set(value) - set("0123456789abcdef")


def _is_from_one(most: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and 1 <= value <= most


def _is_new_loan(value: Any) -> bool:
    return (
        is_table(value)
        and is_id(value.get("loan"))
        and is_text(value.get("code"))
        and is_whole(value.get("member"))
        and is_amount(value.get("amount"))
        and is_table(value.get("terms"))
        and is_list(value.get("guarantors", []))
        and all(is_whole(one) for one in value.get("guarantors", []))
    )


def _every(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: is_list(value) and all(check(item) for item in value)


_PARTS: Mapping[str, Callable[[Any], bool]] = {
    "group": is_id,
    "date": is_day_of_records,
    "seen": _optional(is_op_name),
    "rules": _optional(is_op_name),
    "members": lambda value: is_list(value) and are_ids(value),
    "loans": lambda value: is_list(value) and are_ids(value),
    "new_loans": _every(_is_new_loan),
    "entries": is_list,
    "revisions": is_list,
    "sealed": _every(_is_sealed),
    "number": is_text,
    "held": is_flag,
    "reason": is_text,
    "attendance": is_text,
    "represented": is_table,
    "counts": _every(_is_count),
    "decisions": _every(is_table),
    "waived": _every(is_table),
    "next": is_day_of_records,
    "paper": is_flag,
    "receipt": is_text,
    "corrects": _every(is_entry_name),
    "how": is_text,
    "text": is_amount,
    "source": is_text,
    "keys": is_table,
    "from": is_day,
    "until": is_day,
    "content": is_table,
    "vote": is_table,
    "saw": _every(is_op_name),
    "difference": is_text,
    "choice": is_text,
    "links": _every(is_op_name),
    "household": is_id,
    "purposes": _every(one_of("identity", "life")),
    "note": is_text,
    "roles": _every(is_text),
    "type": is_text,
    "id": is_id,
    "other": is_id,
    "same": is_flag,
    "balances": is_list,
    "heads": _every(is_list),
    "device": is_code,
    "meeting": is_op_name,
    "about": is_op_name,
    "file": is_id,
    "sha256": _is_hash,
    "length": _is_from_one(FILE_LIMIT_BYTES),
    "media": is_text,
    "key": _is_from_one(1_000_000),
    "page": _is_from_one(99),
    "pages": _is_from_one(99),
}

_LEDGER = ("group", "date", "seen", "rules", "members", "loans", "new_loans", "entries", "sealed", "paper")


@dataclass(frozen=True, slots=True)
class Kind:
    """One operation kind: its version, and which parts its body must and may have.

    `aside` are parts read only as far as they fit: earlier programs applied the record whatever stood there.
    """

    name: str
    version: int
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("profile", 1, ("revisions",), ("sealed", "reason")),
        Kind("rules", 1, ("group", "from", "content", "saw"), ("vote", "seen", "sealed", "text")),
        Kind(
            "meeting",
            1,
            ("group", "date", "held"),
            (*_LEDGER, "number", "reason", "attendance", "represented", "counts", "decisions", "waived", "next"),
        ),
        Kind("between", 1, ("group", "date", "entries"), (*_LEDGER, "receipt", "text", "decisions"), aside=("heads",)),
        Kind("count", 1, ("group", "date", "counts"), (*_LEDGER, "text")),
        Kind(
            "correction",
            1,
            ("group", "date", "how"),
            (
                *(*_LEDGER, "corrects", "text", "counts", "meeting", "saw", "number"),
                *("attendance", "represented", "decisions", "waived"),
            ),
        ),
        Kind("import", 1, ("source",), (*_LEDGER, "keys", "revisions")),
        Kind("settlement", 1, ("difference", "choice"), ("group", "seen", "links", "text", "sealed"), aside=("heads",)),
        Kind("closing", 1, ("group", "from", "until", "balances", "heads"), ("seen", "rules")),
        Kind("note", 1, ("household", "note", "roles"), ("sealed",)),
        Kind("destroy", 1, ("household", "purposes"), ("reason",)),
        Kind("tombstone", 1, ("type", "id"), ("reason", "saw")),
        Kind("same-as", 1, ("type", "id", "other", "same"), ("saw",)),
        Kind(
            "file",
            1,
            ("group", "about", "file", "sha256", "length", "media", "key"),
            ("page", "pages", "text", "sealed"),
        ),
    )
}
assert {kind.name: kind.version for kind in KINDS.values()} == KIND_VERSIONS


@dataclass(frozen=True, slots=True)
class References:
    """What an operation cannot be applied without: operations by name, things by (type, id), loans by id."""

    operations: frozenset[str] = frozenset()
    things: frozenset[tuple[str, str]] = frozenset()
    loans: frozenset[str] = frozenset()
    households: frozenset[str] = field(default_factory=frozenset)


def is_known(kind: str, version: int) -> bool:
    """True when this program can apply the kind at that version; others are kept and wait for an upgrade."""
    return kind in KINDS and 1 <= version <= KINDS[kind].version


def own_parts(kind: str, body: Body) -> dict[str, Any]:
    """The parts of a body that its kind has at this version; whatever else stands there is never interpreted."""
    if type(body) is not dict:
        raise KindError("the body is no object")
    spec = KINDS[kind]
    return {part: body[part] for part in (*spec.needs, *spec.may) if part in body}


def validate(kind: str, body: Body) -> list[Block]:
    """Raises KindError where a body does not fit its kind (unknown keys are let through); gives its entries' blocks."""
    body = own_parts(kind, body)
    for part in KINDS[kind].needs:
        if part not in body:
            raise KindError(f"{kind}: {part} is missing")
    for part, value in body.items():
        if not _PARTS[part](value):
            raise KindError(f"{kind}: {part} does not fit")
    if (body.get("entries") or body.get("new_loans")) and not {"group", "date"} <= body.keys():
        raise KindError(f"{kind}: entries without a group or a day")
    try:
        _validate_members(kind, body)
        _validate_counts(kind, body)
        _validate_keys(kind, body)
        _validate_said(kind, body)
        for line in body.get("revisions", ()):
            check_revision(line, len(body.get("sealed", ())))
        return read_blocks(body.get("entries", ()), len(body.get("members", ())), len(body.get("loans", ())))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise KindError(f"{kind}: {error}") from error


def _validate_members(kind: str, body: Body) -> None:
    members = body.get("members", [])
    loans = body.get("loans", [])
    if len(set(members)) != len(members) or len(set(loans)) != len(loans):
        raise KindError(f"{kind}: somebody stands twice")
    attendance = body.get("attendance")
    if attendance is not None and (len(attendance) != len(members) or set(attendance) - set(ATTENDANCE)):
        raise KindError(f"{kind}: attendance does not fit the members")
    for new in body.get("new_loans", ()):
        if not 0 <= new["member"] < len(members) or new["loan"] not in loans:
            raise KindError(f"{kind}: a new loan without its member or its line")
        if not all(0 <= one < len(members) for one in new.get("guarantors", ())):
            raise KindError(f"{kind}: who answers for a loan?")
    made = [new["loan"] for new in body.get("new_loans", ())]
    if len(set(made)) != len(made):
        raise KindError(f"{kind}: a new loan stands twice")
    if not all(value is None or is_text(value) or is_whole(value) for value in body.get("represented", {}).values()):
        raise KindError(f"{kind}: who represented is no text")


_SAID: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("text", "for", "against", "abstained", "member"), is_amount),
    **dict.fromkeys(("template", "why"), is_text),
}


def _validate_said(kind: str, body: Body) -> None:
    """What is known of decisions, fines let pass and votes fits; other words are let through."""
    members = len(body.get("members", ()))
    for part in ("decisions", "waived"):
        for said in body.get(part, ()):
            _require(all(_SAID[name](v) for name, v in said.items() if name in _SAID and v is not None), kind, part)
    for said in body.get("waived", ()):
        _require(
            type(said.get("member")) is int and said["member"] < members and is_text(said.get("why")), kind, "waived"
        )
    places = [*body.get("represented", {})]
    _require(all(place.isdecimal() and int(place) < members for place in places), kind, "represented")
    _require(all(is_amount(n) for n in body.get("vote", {}).values() if type(n) is not str), kind, "vote")


def _require(holds: bool, kind: str, part: str) -> None:
    if not holds:
        raise KindError(f"{kind}: {part} does not fit")


def _validate_counts(kind: str, body: Body) -> None:
    """Counted are places of money; what is in one person's hands is counted with that `member` (an index)."""
    members = len(body.get("members", ()))
    for count in body.get("counts", ()):
        place = account_kind(count["place"])
        if not place.is_place:
            raise KindError(f"{kind}: {count['place']} is no place of money")
        member = count.get("member")
        if member is None:
            continue
        if place.owner is not Owner.MEMBER or type(member) is not int or not 0 <= member < members:
            raise KindError(f"{kind}: in whose hands?")


def _validate_keys(kind: str, body: Body) -> None:
    """The keys of an import: the group's name in its table, and each member's number there, in the members' order."""
    keys = body.get("keys")
    if not keys:
        return
    numbers = keys.get("members", [])
    if not is_text(keys.get("group", "")) or not is_list(numbers) or not all(is_text(number) for number in numbers):
        raise KindError(f"{kind}: keys do not fit")
    if len(numbers) != len(body.get("members", ())):
        raise KindError(f"{kind}: keys do not fit the members")


def references(body: Body) -> References:
    """What must be here before the operation counts, without what it makes itself."""
    operations = {name for part in ("seen", "rules", "meeting", "about") if (name := body.get(part))}
    operations.update(body.get("links", ()), body.get("saw", ()))
    operations.update(split_entry_name(name)[0] for name in body.get("corrects", ()))
    things: set[tuple[str, str]] = {("membership", member) for member in body.get("members", ())}
    if group := body.get("group"):
        things.add(("group", group))
    if "type" in body:
        things.update((body["type"], body[part]) for part in ("id", "other") if part in body)
    made = set()
    for line in body.get("revisions", ()):
        revision = revision_of(line)
        made.add((revision.type, revision.id))
        operations.update(revision.saw)
        things.update(revision_references(revision))
    loans = set(body.get("loans", ())) - {new["loan"] for new in body.get("new_loans", ())}
    households = {body["household"]} if "household" in body else set()
    return References(frozenset(operations), frozenset(things - made), frozenset(loans), frozenset(households))


def group_of(body: Body) -> str | None:
    """The group whose fact this is, or None for what is nobody's ledger."""
    group = body.get("group")
    return group if isinstance(group, str) else None


def counted_minor(count: Mapping[str, Any]) -> int:
    """What a count says there was, in minor units: the notes added up, or the total."""
    notes: Iterable[list[int]] | None = count.get("notes")
    if notes is None:
        return int(count["total"])
    return sum(value * number for value, number in notes)
