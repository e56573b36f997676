"""Settling a difference: what was not so is taken back whole by a correction, and the answer itself is a record.

Both are written in one transaction. A duplicate's money was never there a second time, so taking it back moves no cash
and names no missing money.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from shg_desk.actions.answers_given import must_answer_here
from shg_desk.actions.answers_given import not_kept
from shg_desk.actions.answers_given import reason_parts
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.decisions import decide_records
from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_books import AGAIN
from shg_desk.actions.difference_entries import append_correction
from shg_desk.actions.difference_entries import carry_to_differences
from shg_desk.actions.difference_marks import keep_marks
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.doubled_corrections import doubled
from shg_desk.actions.profiles import Drafted
from shg_desk.actions.repeating import ask_again
from shg_desk.actions.standing import meeting_entries
from shg_desk.actions.views_difference_sides import conflict_of
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_difference_sides import loan_in_the_way
from shg_desk.actions.views_differences import Sort
from shg_desk.domain.corrections import Fresh
from shg_desk.domain.numbering import next_free
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as groups_store
from shg_desk.store import last_meeting as last_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.book import Writer
from shg_desk.store.decided import LETS_IN
from shg_desk.store.entries import EntryRow
from shg_desk.store.overtaken import former_heads

CARRY = "carry"
ALL_CHANGED = Changed.LEDGER | Changed.LOANS | Changed.GROUPS | Changed.PEOPLE | Changed.EXCHANGE


def settle(
    desk: Desk,
    name: str,
    code: str,
    side: int = 0,
    *,
    rows: Mapping[str, int] | None = None,
    reason: str = "",
) -> Outcome[str]:
    """Answers one difference and gives its name.

    `code` is an answer of its view: `keep` a side, `both` happened, `rows` (side by membership id; rows not named
    follow `side`), `noted`, `carry` (a count's gap goes to the open cash differences), and of a record set aside
    `accept` or `reject`. `reason` is the person's own words, sealed.
    Raises KnownError NOT_AN_OFFICE at a laptop that has one, NOTHING_CHANGED where it is settled already,
    LOAN_HAS_REPAYMENTS where what is to go was paid on, and those of `decide_records`.
    """
    must_answer_here(desk)
    view = difference_view(desk, name)
    if view is None:
        raise KnownError(Problem(Code.NOTHING_CHANGED, name))
    _refuse_no_answer(view, code, side, rows or {})
    if view.item.sort is Sort.SET_ASIDE:
        decided = decide_records(desk, view.item.parties, counts=code == LETS_IN, reason=reason)
        return Outcome(name, decided.changed, decided.groups, decided.warnings)
    with desk.book.writing() as writer:
        words = _reason_parts(desk, view, side, reason.strip())
        if code == AGAIN:
            ask_again(desk, view.item.parties[0])
        links = _take_back(desk, writer, view, code, side, rows or {}, reason)
        links += _chosen(desk, writer, view, code, side, rows or {}, reason)
        if code == CARRY and view.item.sort is Sort.COUNT:
            links.append(carry_to_differences(desk, writer, view.item, reason))
        body: dict[str, Any] = {"choice": f"{code} {side + 1}" if code == "keep" else code, **words}
        if links:
            body["links"] = sorted(links)
        # a laptop may tell sums of a group that nobody here knows
        if view.item.group and revision_store.exists(desk.book.db, "group", view.item.group):
            body["group"] = view.item.group
        heads = former_heads(desk.book.db, desk.book.device, desk.book.epoch)
        if heads:
            body["heads"] = heads
        for difference in view.item.members:
            writer.append(desk.line("settlement", {**body, "difference": difference}))
    groups = frozenset({view.item.group}) if view.item.group else frozenset()
    return Outcome(name, ALL_CHANGED, groups, not_kept(reason.strip(), words))


def _refuse_no_answer(view: DifferenceView, code: str, side: int, rows: Mapping[str, int]) -> None:
    """Raises KnownError NOTHING_CHANGED for an answer that this difference does not have, or a side it has not."""
    sides = range(max(len(view.sides), 1))
    known = any(one.code == code and (code != "keep" or one.side == side) for one in view.answers)
    if not known or side not in sides or any(one not in sides for one in rows.values()):
        raise KnownError(Problem(Code.NOTHING_CHANGED, code))


def _reason_parts(desk: Desk, view: DifferenceView, side: int, reason: str) -> dict[str, Any]:
    """The person's words as sealed parts of a settlement, under the key of the group or household it is about."""
    owner, purpose = view.item.group, "group"
    if view.item.sort is Sort.GROUP_CODE:
        owner = view.sides[side].parties[0]
    elif view.item.sort is Sort.PROFILE:
        owner, purpose = _whose(desk, view)
    return reason_parts(desk, [(owner, purpose)], reason)


def _whose(desk: Desk, view: DifferenceView) -> tuple[str | None, str]:
    """Under whose key what is said of a profile is sealed: a group's, or a household's for it and its people."""
    conflict = conflict_of(desk, view.item)
    if conflict is None:
        return None, "group"
    db = desk.book.db
    if conflict.type in ("group", "household"):
        return conflict.id, "group" if conflict.type == "group" else "identity"
    place = revision_store.shown(db, conflict.type, conflict.id, "place")
    if conflict.type == "person":
        return place.get("household"), "identity"
    return place.get("group"), "group"


# money --------------------------------------------------------------------------------------------------------------


def _take_back(
    desk: Desk,
    writer: Writer,
    view: DifferenceView,
    code: str,
    side: int,
    rows: Mapping[str, int],
    reason: str,
) -> list[str]:
    """The correction of everything that was not so; gives its name, nothing where all of it was."""
    sort, group = view.item.sort, view.item.group
    if code not in ("keep", "rows") or group is None:
        return []
    gone: list[EntryRow]
    fresh: list[Fresh] = []
    if sort is Sort.TWO_MEETINGS:
        gone = _meeting_rows_to_go(desk, view, side, rows if code == "rows" else {})
    elif sort is Sort.SETTLED_TWICE:
        not_so = [one.parties[0] for i, one in enumerate(view.sides) if i != side]
        gone = [row for op in not_so for row in meeting_entries(desk, op)]
    elif sort is Sort.ENTERED_TWICE:
        gone = _named(desk, (party for i, one in enumerate(view.sides) if i != side for party in one.parties))
    elif sort is Sort.CORRECTED_TWICE:
        others = [one.parties[0] for i, one in enumerate(view.sides) if i != side]
        gone, fresh = doubled(desk, view.sides[side].parties[0], others)
    else:
        return []
    gone = [row for row in gone if row.stands]
    blocked = loan_in_the_way(desk, gone)
    if blocked:
        raise KnownError(Problem(Code.LOAN_HAS_REPAYMENTS, view.item.name, {"loan": blocked}))
    if not gone:
        return []
    return [append_correction(desk, writer, group, gone, reason, fresh)]


def _meeting_rows_to_go(desk: Desk, view: DifferenceView, side: int, rows: Mapping[str, int]) -> list[EntryRow]:
    """Every entry of a member's row on the side that was not so, what corrections put in its place among them.

    The group's own lines follow the kept side.
    """
    gone = []
    for i, one in enumerate(view.sides):
        for row in meeting_entries(desk, one.parties[0]):
            kept = rows.get(row.member.id if row.member else "", side)
            if kept != i:
                gone.append(row)
    return gone


def _named(desk: Desk, names: Iterable[str]) -> list[EntryRow]:
    found = (entry_store.entry(desk.book, name) for name in names)
    return [one.row for one in found if one is not None]


# marks, people, groups, rules ---------------------------------------------------------------------------------------


def _chosen(
    desk: Desk, writer: Writer, view: DifferenceView, code: str, side: int, rows: Mapping[str, int], reason: str
) -> list[str]:
    """What is written where two versions of a thing, or one code for two things, are settled."""
    if code != "keep" and (code != "rows" or view.item.sort is not Sort.MARKS):
        return []
    sort = view.item.sort
    if sort is Sort.MARKS:
        return [keep_marks(desk, writer, view, side, rows, reason)]
    if sort is Sort.RULES:
        return [_keep_rules(desk, writer, view, side)]
    if sort is Sort.PROFILE:
        return [_keep_profile(desk, writer, view, side)]
    if sort in (Sort.GROUP_CODE, Sort.MEMBER_NUMBER):
        return [_other_code(desk, writer, view, side)]
    return []


def _keep_rules(desk: Desk, writer: Writer, view: DifferenceView, side: int) -> str:
    group = view.item.group or ""
    version = next(one for one in groups_store.rules_versions(desk.book, group) if one.name == view.item.parties[side])
    body: dict[str, Any] = {
        "group": group,
        "from": version.starts.isoformat(),
        "content": dict(version.content),
        "saw": groups_store.rules_heads(desk.book, group),
    }
    seen = last_store.seen_meeting(desk.book.db, group)
    if seen:
        body["seen"] = seen
    return str(writer.append(desk.line("rules", body)).name)


def _keep_profile(desk: Desk, writer: Writer, view: DifferenceView, side: int) -> str:
    conflict = conflict_of(desk, view.item)
    if conflict is None:
        raise KnownError(Problem(Code.NOTHING_CHANGED, view.item.name))
    head = next(one for one in conflict.heads if one.op == view.sides[side].parties[0])
    drafted = Drafted(desk)
    owner = conflict.id if conflict.type == "household" else None
    if conflict.type == "person":
        owner = revision_store.shown(desk.book.db, "person", conflict.id, "place").get("household")
    drafted.revise(conflict.type, conflict.id, conflict.field_group, head.fields, owner)
    return str(writer.append(desk.line("profile", drafted.body())).name)


def _other_code(desk: Desk, writer: Writer, view: DifferenceView, side: int) -> str:
    """Every other thing gets the next free code or number of its kind."""
    drafted = Drafted(desk)
    db = desk.book.db
    others = [one.parties[0] for i, one in enumerate(view.sides) if i != side]
    if view.item.sort is Sort.GROUP_CODE:
        taken = {one.code or "" for one in groups_store.groups(desk.book)}
        for gid in others:
            before = revision_store.shown(db, "group", gid, "identity")
            code = _free(str(before.get("code", "")), taken)
            drafted.revise("group", gid, "identity", {**before, "code": code})
    else:
        members = groups_store.memberships(desk.book, view.item.group or "", with_removed=True)
        taken = {one.number for one in members}
        for gid in others:
            before = revision_store.shown(db, "membership", gid, "number")
            number = next_free(taken)
            taken.add(number)
            drafted.revise("membership", gid, "number", {**before, "number": number})
    return str(writer.append(desk.line("profile", drafted.body())).name)


def _free(code: str, taken: set[str]) -> str:
    number = 2
    while f"{code}-{number}" in taken:
        number += 1
    taken.add(f"{code}-{number}")
    return f"{code}-{number}"
