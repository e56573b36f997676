"""What a group calls itself and its members: number, booklet, joining, nickname; name, code, village; put right here.

Each is a further revision of its record: the one before stays readable, and who wrote the last one is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_forms import day_of
from shg_desk.actions.groups import booklet_taken
from shg_desk.actions.profiles import Drafted
from shg_desk.actions.registering import village_named
from shg_desk.actions.writers import writer_of
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.group_state import group_state
from shg_desk.store.groups import Membership


@dataclass(frozen=True, slots=True)
class LastChange:
    """When and by whom something was last put right: a claimed day, and a person or laptop (empty: not known)."""

    on: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What can be put right of a member (`membership` id) or of a group (None), as texts by field, dates as ISO days.

    `name` is whose they are; `closed` are fields whose words are closed on this laptop; `changed` the last change
    of any of them, None where they stand as they were first written.
    """

    group: str
    membership: str | None
    name: str
    texts: Mapping[str, str]
    closed: frozenset[str]
    changed: LastChange | None


def particulars(desk: Desk, group: str, member: str = "") -> Particulars:
    """Those of a member (by id), or of the group where none is said."""
    return member_particulars(desk, member) if member else group_particulars(desk, group)


def member_particulars(desk: Desk, membership: str) -> Particulars:
    """A member's number, booklet, day of joining and nickname. Raises KnownError MEMBER_UNKNOWN."""
    one = _member(desk, membership)
    texts = {
        "number": one.number,
        "booklet": one.booklet or "",
        "joined": one.joined or "",
        "nickname": one.nickname or "",
    }
    things = [("membership", membership, "number"), ("membership", membership, "interval")]
    things += [("person", one.person, "identity")] if one.person else []
    closed = frozenset() if one.person and one.name else frozenset({"nickname"})
    name = beside_numbers(desk, one.group).get(membership) or one.name or ""
    return Particulars(one.group, membership, name, texts, closed, _last_change(desk, things))


def group_particulars(desk: Desk, group: str) -> Particulars:
    """A group's name, code, village and day of forming. Raises KnownError GROUP_UNKNOWN."""
    one = group_store.group(desk.book, group)
    if one is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, "group", {"group": group}))
    texts = {
        "name": one.name or "",
        "code": one.code or "",
        "village": one.village_name or "",
        "formed_on": one.formed_on or "",
    }
    changed = _last_change(desk, [("group", group, "identity")])
    return Particulars(group, None, one.name or one.code or "", texts, frozenset(), changed)


def _last_change(desk: Desk, things: list[tuple[str, str, str]]) -> LastChange | None:
    """The newest revision that had seen another one of the same field group."""
    found = []
    for kind, gid, field_group in things:
        for name in revision_store.heads_after_others(desk.book.db, kind, gid, field_group):
            op = operation_store.operation(desk.book, name)
            if op is not None:
                found.append((op.recorded or date.min, name, op))
    if not found:
        return None
    _, _, newest = max(found, key=lambda one: one[:2])
    return LastChange(newest.recorded, writer_of(desk, newest))


def _member(desk: Desk, membership: str) -> Membership:
    found = group_store.membership(desk.book, membership)
    if found is None or found.removed:
        raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": membership}))
    return found


def change_member(desk: Desk, membership: str, typed: Mapping[str, str]) -> Outcome[str]:
    """Puts a member's number, booklet, day of joining and nickname right; what is as before is not written anew.

    Raises KnownError with everything wrong: NAME_MISSING (no number), NUMBER_TAKEN, BOOKLET_TAKEN, JOINED_AFTER_LEFT,
    DAY_IN_FUTURE, days that cannot be read; NOTHING_CHANGED.
    """
    one = _member(desk, membership)
    number, booklet = typed["number"].strip(), typed["booklet"].strip()
    joined = day_of(typed["joined"], "joined", desk.today())
    problems = _wrong_number(desk, one, number)
    if booklet != (one.booklet or "") and (taken := booklet_taken(desk, one.group, booklet, membership)):
        problems.append(taken)
    if joined is not None and one.left_on is not None and joined > one.left_on:
        facts = {"joined": joined.isoformat(), "left": one.left_on.isoformat()}
        problems.append(Problem(Code.JOINED_AFTER_LEFT, "joined", facts))
    problems += _in_future(desk, joined, "joined", one.joined_on)
    if problems:
        raise KnownError(*problems)
    drafted = Drafted(desk)
    if (number, booklet) != (one.number, one.booklet or ""):
        _revise(desk, drafted, "membership", membership, "number", {"number": number, "booklet": booklet})
    if joined != one.joined_on:
        day = joined.isoformat() if joined else None
        _revise(desk, drafted, "membership", membership, "interval", {"joined": day})
    nickname = typed.get("nickname", "").strip()
    if one.person and one.name and nickname != (one.nickname or ""):
        home = revision_store.shown(desk.book.db, "person", one.person, "place").get("household")
        _revise(desk, drafted, "person", one.person, "identity", {"nickname": nickname}, home)
    return _written(desk, drafted, membership, one.group, Changed.GROUPS | Changed.PEOPLE)


def change_group(desk: Desk, group: str, typed: Mapping[str, str]) -> Outcome[str]:
    """Puts a group's name, code, village and day of forming right.

    Raises KnownError with everything wrong: NAME_MISSING (no code), CODE_TAKEN, DAY_IN_FUTURE, FORMED_AFTER_RECORDS,
    days that cannot be read; NOTHING_CHANGED, GROUP_UNKNOWN.
    """
    before = group_particulars(desk, group).texts
    code, name, village = (typed[word].strip() for word in ("code", "name", "village"))
    formed = day_of(typed["formed_on"], "formed_on", desk.today())
    problems = []
    if not code:
        problems.append(Problem(Code.NAME_MISSING, "code"))
    elif code != before["code"] and group_store.id_with_code(desk.book, code) not in (None, group):
        problems.append(Problem(Code.CODE_TAKEN, "code", {"code": code}))
    stood = date.fromisoformat(before["formed_on"]) if before["formed_on"] else None
    problems += _in_future(desk, formed, "formed_on", stood)
    first = group_state(desk.book, group).first_day
    if formed is not None and formed != stood and first is not None and formed > first:
        problems.append(Problem(Code.FORMED_AFTER_RECORDS, "formed_on", {"first": first.isoformat()}))
    if problems:
        raise KnownError(*problems)
    day = formed.isoformat() if formed else ""
    if {"name": name or code, "code": code, "village": village, "formed_on": day} == before:
        raise KnownError(Problem(Code.NOTHING_CHANGED, "name"))
    fields: dict[str, Any] = {"name": name or code, "code": code, "formed_on": day}
    if village != before["village"]:
        fields["village"] = village_named(desk, village)
    drafted = Drafted(desk)
    _revise(desk, drafted, "group", group, "identity", fields)
    return _written(desk, drafted, group, group, Changed.GROUPS)


def _wrong_number(desk: Desk, one: Membership, number: str) -> list[Problem]:
    if not number:
        return [Problem(Code.NAME_MISSING, "number")]
    bearers = group_store.memberships_by_number(desk.book, one.group, number, with_removed=True)
    if number != one.number and any(other.id != one.id for other in bearers):
        return [Problem(Code.NUMBER_TAKEN, "number", {"number": number})]
    return []


def _in_future(desk: Desk, day: date | None, where: str, stood: date | None) -> list[Problem]:
    if day is None or day == stood or day <= desk.today():
        return []
    return [Problem(Code.DAY_IN_FUTURE, where, {"date": day.isoformat()})]


def _revise(
    desk: Desk,
    drafted: Drafted,
    kind: str,
    gid: str,
    field_group: str,
    fields: Mapping[str, Any],
    owner: str | None = None,
) -> None:
    """The whole field group again, with these fields as they are now; those not named stay."""
    before = revision_store.shown(desk.book.db, kind, gid, field_group)
    drafted.revise(kind, gid, field_group, {**before, **fields}, owner)


def _written(desk: Desk, drafted: Drafted, gid: str, group: str, changed: Changed) -> Outcome[str]:
    if not len(drafted):
        raise KnownError(Problem(Code.NOTHING_CHANGED, gid))
    with desk.book.writing() as writer:
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(gid, changed, frozenset({group}))
