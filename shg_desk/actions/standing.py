"""A recorded meeting as it stands in the book now: its lines, marks and decisions with all its corrections in them.

Papers of the meeting show its own day: money that a correction moved on a later day is only mentioned on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.corrections import meeting_items
from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.amendments import Amended
from shg_desk.domain.amendments import amended
from shg_desk.domain.corrections import ELSEWHERE
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.entries import pointed
from shg_desk.domain.sheet_reading import Item
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.operations import Operation

Standing = tuple[Item, EntryRow]


@dataclass(frozen=True, slots=True)
class MeetingNow:
    """A meeting's record with every correction laid over it, in the form of the record; `texts` belong to `body`.

    Of corrections whose money moved on a later day its lines are as they were: they are only told of.

    `corrections` are the days they were recorded on and their reasons, `later_corrections` the same and the day they
    moved money on, of those that did so after the meeting's day. `moves_minor` is the money that came to and went
    from each place on the meeting's own day, what only a count has shown aside; None where nothing was corrected.
    `counted_before` is by place what counts said that were made again.
    """

    body: Mapping[str, Any]
    texts: tuple[str | None, ...]
    corrections: tuple[tuple[date | None, str], ...] = ()
    later_corrections: tuple[tuple[date | None, str, date], ...] = ()
    moves_minor: Mapping[str, Sequence[int]] | None = None
    counted_before: Mapping[str, Sequence[int]] = field(default_factory=dict)


def standing_items(desk: Desk, meeting: str) -> list[Standing]:
    """The lines of a meeting that count today with their entries, what corrections put in place of others among them.

    Raises KnownError ENTRY_UNKNOWN.
    """
    found: list[Standing] = []
    for op in _walk(desk, meeting):
        if op.name != meeting and op.body.get("how") in ELSEWHERE:
            continue
        items = {item.number: item for item in meeting_items(desk, op.name)}
        for row in entry_store.entries_of(desk.book, op.name):
            if row.corrects is None and row.stands:
                found.append((items[row.key.n], row))
    return found


def meeting_entries(desk: Desk, meeting: str) -> list[EntryRow]:
    """Every entry of a meeting, and of what was put in its place by corrections, that counts today."""
    rows = (row for op in _walk(desk, meeting) for row in entry_store.entries_of(desk.book, op.name))
    return [row for row in rows if row.corrects is None and row.stands]


def gone_out(entries: Iterable[EntryRow]) -> Counter[str]:
    """What entries handed to each member or keep for her, minor units by membership id; the group's own aside."""
    found: Counter[str] = Counter()
    for row in entries:
        if row.member is not None:
            found[row.member.id] -= sum(
                one.amount_minor for one in row.postings if one.code == PAYABLE or is_counted(one.code)
            )
    return found


def _walk(desk: Desk, meeting: str) -> Iterator[Operation]:
    """The meeting's record and every correction of it, and of those."""
    names = [meeting]
    for name in names:  # grows while it is walked
        op = operation_store.operation(desk.book, name)
        if op is None:
            continue
        yield op
        takers = [taker for row in entry_store.entries_of(desk.book, name) for taker in row.takers]
        takers += [one.name for one in meeting_store.amendments(desk.book, name)]
        names += [one for one in dict.fromkeys(taker.partition("#")[0] for taker in takers) if one not in names]


def said_of(desk: Desk, meeting: str) -> Amended:
    """How members stood by today's knowledge, who came for whom, and what was decided."""
    op = operation_store.operation(desk.book, meeting)
    records = [*([op] if op is not None else []), *meeting_store.amendments(desk.book, meeting)]
    return amended((one.body, operation_store.texts(desk.book, one)) for one in records)


def meeting_now(desk: Desk, meeting: str) -> MeetingNow:
    """A recorded meeting with the corrections of its day; without any it is its own record. Raises ENTRY_UNKNOWN."""
    record, *later = _walk(desk, meeting)
    texts = operation_store.texts(desk.book, record)
    if not later:
        return MeetingNow(record.body, texts)
    body = _Body(record.body, list(texts))
    ops = {op.name: op for op in (record, *later)}
    on = date.fromisoformat(record.body["date"])
    every = (row for name in ops for row in entry_store.entries_of(desk.book, name))
    of_the_day = _of_the_day([row for row in every if row.effective == on])
    # a count that a correction elsewhere left as it was is explained beside the meeting's own differences
    elsewhere = {name for name, op in ops.items() if name != meeting and op.body.get("how") in ELSEWHERE}
    for row in sorted(of_the_day, key=lambda row: row.op in elsewhere):
        if row.op not in elsewhere or row.kind == "difference":
            body.add(desk, ops[row.op], row)
    corrections: list[tuple[date | None, str]] = []
    moved_later: list[tuple[date | None, str, date]] = []
    for op in later:
        reason, index = "", op.body.get("text")
        said = operation_store.texts(desk.book, op)
        if isinstance(index, int) and index < len(said):
            reason = said[index] or ""
        days = {row.effective for row in entry_store.entries_of(desk.book, op.name)}
        if days and min(days) > on:
            moved_later.append((op.recorded, reason, min(days)))
        else:
            corrections.append((op.recorded, reason))
    said_now = said_of(desk, meeting)
    whole = body.whole(said_now)
    told = tuple(corrections), tuple(moved_later)
    return MeetingNow(whole, tuple(body.texts), *told, _moves(of_the_day), said_now.counted_before)


def _of_the_day(rows: Sequence[EntryRow]) -> list[EntryRow]:
    """What counts of one day's records on the papers of that day: what a correction of that day takes back does not,
    what a later one takes back does, since its money moved on that later day.
    """
    gone = {row.corrects for row in rows if row.corrects is not None and row.stands}
    return [row for row in rows if row.corrects is None and row.name not in gone and (row.stands or row.corrected_by)]


def _moves(of_the_day: Sequence[EntryRow]) -> dict[str, list[int]]:
    """What moved in each place on one day, of the records that count on it."""
    moves: dict[str, list[int]] = {}
    for row in of_the_day:
        if row.kind == "difference":
            continue
        for posting in row.postings:
            if is_counted(posting.code):
                moves.setdefault(posting.code, []).append(posting.amount_minor)
    return moves


class _Body:
    """The record being made: the first one's parts, and the standing entries of all with what they point to."""

    def __init__(self, body: Mapping[str, Any], texts: list[str | None]) -> None:
        self._base = body
        self.texts = texts
        self._members: dict[str, int] = {member: i for i, member in enumerate(body.get("members", ()))}
        self._loans: dict[str, int] = {}
        self._new_loans: list[dict[str, Any]] = []
        self._writer = BlockWriter()

    def _member(self, member: str) -> int:
        return self._members.setdefault(member, len(self._members))

    def _text(self, words: str | None) -> int:
        self.texts.append(words)
        return len(self.texts) - 1

    def add(self, desk: Desk, op: Operation, row: EntryRow) -> None:
        """One standing entry."""
        members, facts = op.body.get("members", []), dict(row.facts)
        for name in ("paid_by", "carried_by"):
            if name in facts:
                facts[name] = self._member(members[facts[name]])
        if "text" in facts:
            facts["text"] = self._text(pointed(operation_store.texts(desk.book, op), facts["text"]))
        said = recorded_of(row)
        owner = None
        if said.owner is not None:
            owner = (
                self._loans.setdefault(said.owner, len(self._loans)) if said.by == "loan" else self._member(said.owner)
            )
        self._writer.add(said.kind, list(said.postings), owner, by=said.by, facts=facts or None)
        for new in op.body.get("new_loans", ()) if row.kind == "loan" else ():
            if new["loan"] == row.loan:
                part = {**new, "member": self._member(members[new["member"]])}
                if "guarantors" in new:
                    part["guarantors"] = [self._member(members[one]) for one in new["guarantors"]]
                self._new_loans.append(part)

    def whole(self, said: Amended) -> dict[str, Any]:
        """The record, with marks, representatives and decisions as put right."""
        for member in (*said.marks, *(member for member, _, _ in said.waived)):
            self._member(member)
        represented = {str(self._members[one]): self._text(name) for one, name in said.represented.items()}
        return {
            **self._base,
            "members": list(self._members),
            "loans": list(self._loans),
            "new_loans": self._new_loans,
            "entries": self._writer.blocks(),
            "attendance": "".join(said.marks.get(member, "-") for member in self._members),
            "represented": represented,
            "decisions": [{**one, "text": self._text(text)} for one, text in said.decisions],
            "waived": [
                {"member": self._members[member], "why": why, "text": self._text(text)}
                for member, why, text in said.waived
            ],
            "counts": list(said.counts),
            **({"number": said.number} if said.number is not None else {}),
        }
