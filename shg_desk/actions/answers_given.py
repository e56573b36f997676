"""Answers to differences and to records set aside as they stand in the records, with the reason that was given.

A reason is sealed under the key of the group or the household it is about, so that it goes when that key is destroyed.
Where this book has no such key nothing is kept of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.views_exchange import Waiting
from shg_desk.actions.views_exchange import label_of
from shg_desk.actions.views_exchange import record_seen
from shg_desk.domain.entries import pointed
from shg_desk.domain.ids import OpName
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.record_lines import legible_parts
from shg_desk.store import differences as difference_store
from shg_desk.store import groups as group_store
from shg_desk.store import keys as key_store
from shg_desk.store import log
from shg_desk.store import operations as operation_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.decided import SET_ASIDE
from shg_desk.store.decided import answering
from shg_desk.store.decided import set_aside_in
from shg_desk.store.differences import DifferenceKind
from shg_desk.store.operations import Operation

GROUP, IDENTITY = "group", "identity"
NEWEST = 3
TWO = 2
SIDES_IN_NAME = (DifferenceKind.SAME_PREDECESSOR, DifferenceKind.SAME_DATE, DifferenceKind.SETTLED_TWICE)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: the difference's first word, the choice, the group's name, the day, the reason as far as it is open.

    `record` is the record it was about where that had been set aside; `kept` is the laptop whose side was kept.
    """

    kind: str
    choice: str
    group_name: str
    on: date | None
    reason: str
    record: Waiting | None = None
    kept: str = ""


def answers_here(desk: Desk) -> bool:
    """True where this book answers differences: an office's, or one that belongs to none."""
    return desk.book.device in answering(desk.book.db)


def must_answer_here(desk: Desk) -> None:
    """Raises KnownError NOT_AN_OFFICE where an answer of this book would count nowhere."""
    if not answers_here(desk):
        raise KnownError(Problem(Code.NOT_AN_OFFICE, "role"))


def answers_given(desk: Desk, *, set_aside: bool, most: int = NEWEST) -> tuple[Given, ...]:
    """The newest answers that were not undone: those about records set aside, or all others."""
    found: dict[str, Given] = {}
    newest = difference_store.newest_answers(desk.book, SET_ASIDE if set_aside else None, 4 * most)
    for one in newest:  # a list entered twice has an answer for each of its lines, in one record or side by side
        made = operation_store.operation(desk.book, one.op)
        if made is None or len(found) == most:
            continue
        about = set_aside_in(one.name)
        if set_aside and about is None:
            continue
        kind = one.name.partition(" ")[0]
        group = group_store.group(desk.book, str(made.body.get("group", "")))
        named = about[0] if about is not None else ""
        record = record_seen(desk, named) if about is not None else None
        name = (group.name or group.code or "") if group is not None else ""
        kept = _kept(desk, one.name, one.choice)
        given = Given(kind, one.choice, name, made.recorded, reason_in(desk, made), record, kept)
        found.setdefault(f"{kind} {one.choice} {name} {made.recorded} {given.reason} {named}", given)
    return tuple(found.values())


def _kept(desk: Desk, name: str, choice: str) -> str:
    """The laptop whose side an answer kept, where the sides of the difference are the records in its name."""
    kind, *records = name.split(" ")
    code, _, side = choice.partition(" ")
    if kind not in SIDES_IN_NAME or code != "keep" or side not in ("1", "2") or len(records) != TWO:
        return ""
    return label_of(desk, records[int(side) - 1].partition(".")[0])


def reason_in(desk: Desk, made: Operation) -> str:
    """The reason a settlement carries, under whichever key; nothing without one, or without that key."""
    return pointed(operation_store.texts(desk.book, made), 0) or ""


def reason_parts(desk: Desk, owners: Iterable[tuple[str | None, str]], reason: str) -> dict[str, Any]:
    """A reason as parts of a settlement's body, under the first of the (owner, purpose) keys that this book has."""
    for owner, purpose in owners:
        if reason and owner is not None and key_store.has_key(desk.book.db, owner, purpose):
            return {"text": 0, "sealed": [desk.seal("settlement", owner, purpose, {"texts": [reason]})]}
    return {}


def not_kept(reason: str, parts: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A warning where a reason was typed that this book has no key for."""
    return (Problem(Code.REASON_NOT_KEPT, "reason", {}, Level.WARNING),) if reason and not parts else ()


def owners_of_record(desk: Desk, name: str) -> list[tuple[str | None, str]]:
    """Under whose keys what is said of a record may be sealed: its group's, else the households it speaks of."""
    stored = log.by_name(desk.book.db, OpName.parse(name))
    body = legible_parts(stored.line)[1] if stored is not None else {}
    owners: list[tuple[str | None, str]] = []
    if isinstance(body.get("group"), str):
        owners.append((body["group"], GROUP))
    if isinstance(body.get("household"), str):
        owners.append((body["household"], IDENTITY))
    revisions = body.get("revisions")
    for one in revisions if isinstance(revisions, list) else ():
        if isinstance(one, list) and len(one) > 1 and isinstance(one[0], str) and isinstance(one[1], str):
            owners.append(_owner_of(desk, one[0], one[1]))
    return owners


def _owner_of(desk: Desk, kind: str, gid: str) -> tuple[str | None, str]:
    if kind in ("group", "household"):
        return gid, GROUP if kind == "group" else IDENTITY
    place = revision_store.shown(desk.book.db, kind, gid, "place")
    return (place.get("household"), IDENTITY) if kind == "person" else (place.get("group"), GROUP)
