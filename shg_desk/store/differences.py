"""What two laptops made of one thing, for a person to settle: nothing here is decided by the program.

A difference has a name made of what it is about, the same on every book; a `settlement` operation of the office that
names it takes it off the list, and so does whatever removes its cause.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from shg_desk.domain.ids import entry_name
from shg_desk.domain.profiles import TEXT_LIMIT
from shg_desk.store.after_death import AfterDeath
from shg_desk.store.book import Book
from shg_desk.store.db import Row
from shg_desk.store.decided import REOPENED
from shg_desk.store.decided import SET_ASIDE
from shg_desk.store.decided import answering
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.last_meeting import STANDS
from shg_desk.store.late_records import LateRecord
from shg_desk.store.ledger import thing_number
from shg_desk.store.marks_apart import meetings_apart
from shg_desk.store.operations import operation
from shg_desk.store.settled_twice import settled_twice


class DifferenceKind(StrEnum):
    """What stands against each other."""

    SAME_PREDECESSOR = "same-predecessor"
    SAME_DATE = "same-date"
    CORRECTED_TWICE = "corrected-twice"
    ENTERED_TWICE = "entered-twice"
    MARKS_TWICE = "marks-twice"
    SETTLED_TWICE = "settled-twice"
    LATE = "late-record"
    AFTER_DEATH = "after-death"
    RULES_TWICE = "rules-twice"
    PROFILE_TWICE = "profile-twice"
    CODE_TWICE = "code-twice"
    NUMBER_TWICE = "number-twice"


@dataclass(frozen=True, slots=True)
class Difference:
    """One open difference: its name, kind, group (id) where it has one, the day it is about, and who stands in it.

    `parties` are names of operations or entries, or ids of things, in order; of a late record first its own name, then
    the share-out's, of one after a death its name and the membership's id.
    """

    name: str
    kind: DifferenceKind
    group: str | None
    on: date | None
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One of several versions of a field group: the operation's name, its number of ancestors, the fields it says."""

    op: str
    ancestors: int
    fields: Mapping[str, Any]
    seal_state: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field group edited twice unseen: the thing's type and id, the field group, all heads; the last one is shown."""

    type: str
    id: str
    field_group: str
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A difference somebody settled: its name, the choice, the operation that says so."""

    name: str
    choice: str
    op: str


def difference_name(kind: DifferenceKind, parties: Iterable[str]) -> str:
    """The name of a difference: its kind and what stands in it, in order; a hash of that where it is too long."""
    name = " ".join([kind.value, *sorted(parties)])
    return name if len(name) <= TEXT_LIMIT else f"{kind.value} {sha256(name.encode()).hexdigest()}"


def open_differences(
    book: Book,
    group: str | None = None,
    *,
    settled: Iterable[Settled] | None = None,
    apart: Iterable[Conflict] | None = None,
) -> list[Difference]:
    """Every difference that is not settled (of one group), by kind and name.

    `settled` and `apart` are what `settled_differences` and `conflicts` say, where the caller has just asked them.
    """
    # what was answered by keeping one side is settled by what that took back, for as long as it is taken back
    answers = settled_differences(book) if settled is None else settled
    done = {one.name for one in answers if not one.choice.startswith("keep")}
    found = [
        *_meeting_pairs(book, group, done),
        *_corrected_twice(book, group),
        *_entered_twice(book, group),
        *_marks_twice(book, group),
        *_settled_twice(book, group),
        *_rules_twice(book, group),
        *_codes_twice(book, group),
    ]
    if group is None:
        for conflict in conflicts(book) if apart is None else apart:
            found.append(_of(DifferenceKind.PROFILE_TWICE, None, None, [head.op for head in conflict.heads]))
    return sorted((one for one in found if one.name not in done), key=lambda one: (one.kind, one.name))


def settled_differences(book: Book) -> list[Settled]:
    """Every settlement that counts here and was not undone, by the difference's name: whose do, `answering` says."""
    found = [
        Settled(name, choice, f"{device}.{epoch}.{seq}")
        for name, choice, device, epoch, seq in book.db.rows(
            "SELECT d.difference, d.choice, c.device, c.epoch, o.seq FROM settled d JOIN operation o ON o.id = d.op "
            "JOIN chain c ON c.id = o.chain WHERE c.device IN (SELECT value FROM json_each(?)) ORDER BY 1, 3, 4, 5",
            (json.dumps(answering(book.db)),),
        )
    ]
    undoing = (operation(book, one.op) for one in found if one.choice == REOPENED)
    undone = {link for one in undoing if one is not None for link in one.body.get("links", ())}
    return [one for one in found if one.choice != REOPENED and one.op not in undone]


def newest_answers(book: Book, first_word: str | None, most: int) -> list[Settled]:
    """The answers written last that were not undone, the newest first: of differences with this first word, or without
    any of a record set aside.
    """
    word = SET_ASIDE if first_word is None else first_word
    found = [
        Settled(name, choice, f"{device}.{epoch}.{seq}")
        for name, choice, device, epoch, seq in book.db.rows(
            "SELECT d.difference, d.choice, c.device, c.epoch, o.seq FROM settled d JOIN operation o ON o.id = d.op "
            "JOIN chain c ON c.id = o.chain WHERE (d.difference BETWEEN ?1 || ' ' AND ?1 || '!') = ?2 "
            "AND c.device IN (SELECT value FROM json_each(?4)) ORDER BY o.id DESC LIMIT ?3",
            (word, first_word is not None, most, json.dumps(answering(book.db))),
        )
    ]
    standing = {one.op for one in settled_differences(book)} if found else set()
    return [one for one in found if one.op in standing]


def _of(kind: DifferenceKind, group: str | None, day: int | None, parties: Iterable[str]) -> Difference:
    named = tuple(sorted(parties))
    on = None if day is None else date.fromordinal(day)
    return Difference(difference_name(kind, named), kind, group, on, named)


_TWINS = (
    "SELECT s.shg, s.{same}, s.seen, s.day, t.gid, c.device, c.epoch, o.seq FROM (SELECT shg, {same} FROM standing "
    "WHERE kind = 'meeting' AND state = 0 AND (?1 IS NULL OR shg = ?1) GROUP BY shg, {same} HAVING count(*) > 1) d "
    "CROSS JOIN standing s ON s.shg = d.shg AND s.{same} IS d.{same} AND s.kind = 'meeting' AND s.state = 0 "
    "JOIN thing t ON t.id = s.shg JOIN operation o ON o.id = s.op JOIN chain c ON c.id = o.chain "
    f"WHERE {STANDS.format(op='s.op')} ORDER BY s.shg, s.day, c.device, c.epoch, o.seq"
)
"""Meetings of one group that are the same in one thing and stand; those that stand alone are never read."""


def _meeting_pairs(book: Book, group: str | None, done: Collection[str]) -> list[Difference]:
    """Meetings of a group that saw the same one before them, or were held on one date: each with one other of them.

    That is the first one it was not found to be another meeting than, so that every two come to be asked about, and
    not all of them at once. A meeting that was taken back is out of it, for as long as it is.
    """
    shg = None if group is None else thing_number(book.db, "group", group)
    found = []
    for kind, same in ((DifferenceKind.SAME_PREDECESSOR, "seen"), (DifferenceKind.SAME_DATE, "day")):
        table = defaultdict(list)
        for row in book.db.rows(_TWINS.format(same=same), (shg,)):
            table[row[0], row[1]].append(row)
        for together in table.values():
            for at, one in enumerate(together):
                pairs = (_pair(other, one) for other in together[:at])
                first = next((pair for pair in pairs if pair.name not in done), None)
                if first is not None and first.kind is kind:  # a pair that is the same in both is of the first kind
                    found.append(first)
    return found


def _pair(one: Row, two: Row) -> Difference:
    kind = DifferenceKind.SAME_PREDECESSOR if one[2] == two[2] else DifferenceKind.SAME_DATE
    return _of(kind, one[4], one[3], [f"{row[5]}.{row[6]}.{row[7]}" for row in (one, two)])


def _corrected_twice(book: Book, group: str | None) -> list[Difference]:
    """Entries that more than one correction takes back today."""
    rows = book.db.rows(
        "SELECT t.gid, e.day, b.entry, c.device, c.epoch, o.seq FROM taken_back b JOIN entry e ON e.id = b.entry "
        "JOIN thing t ON t.id = e.shg JOIN operation o ON o.id = b.entry / 4096 JOIN chain c ON c.id = o.chain "
        "WHERE b.times < 0 AND (SELECT count(DISTINCT x.by / 4096) FROM corrected x LEFT JOIN taken_back y "
        "ON y.entry = x.by WHERE x.entry = b.entry AND ifnull(y.times, 1) > 0) > 1 "
        "AND (?1 IS NULL OR t.gid = ?1) ORDER BY b.entry",
        (group,),
    )
    return [
        _of(DifferenceKind.CORRECTED_TWICE, gid, day, [entry_name(f"{device}.{epoch}.{seq}", number % ENTRY_BITS)])
        for gid, day, number, device, epoch, seq in rows
    ]


def _entered_twice(book: Book, group: str | None) -> list[Difference]:
    """Cells of one table that two devices imported, as long as more than one of the entries counts."""
    rows = book.db.rows(
        "SELECT k.key, t.gid, e.day, k.entry, c.device, c.epoch, o.seq FROM import_key k "
        "JOIN entry e ON e.id = k.entry JOIN thing t ON t.id = e.shg JOIN operation o ON o.id = k.entry / 4096 "
        "JOIN chain c ON c.id = o.chain WHERE k.key IN (SELECT key FROM import_key GROUP BY key HAVING count(*) > 1) "
        "AND NOT EXISTS (SELECT 1 FROM taken_back b WHERE b.entry = k.entry AND b.times < 1) "
        "AND (?1 IS NULL OR t.gid = ?1) ORDER BY k.key",
        (group,),
    )
    together = defaultdict(list)
    for row in rows:
        together[row[0]].append(row)
    return [
        _of(
            DifferenceKind.ENTERED_TWICE,
            same[0][1],
            same[0][2],
            [entry_name(f"{row[4]}.{row[5]}.{row[6]}", row[3] % ENTRY_BITS) for row in same],
        )
        for same in together.values()
        if len({row[4] for row in same}) > 1
    ]


def _marks_twice(book: Book, group: str | None) -> list[Difference]:
    """Meetings whose attendance or decisions were put right on two laptops, unseen of each other."""
    return [_of(DifferenceKind.MARKS_TWICE, gid, day, ops) for _, gid, day, ops in meetings_apart(book, group)]


def _settled_twice(book: Book, group: str | None) -> list[Difference]:
    """A share-out, or the account of one who died, that two laptops wrote unseen of each other."""
    return [_of(DifferenceKind.SETTLED_TWICE, gid, day, ops) for gid, day, ops in settled_twice(book, group)]


def late_difference(one: LateRecord) -> Difference:
    """A record of a day before a share-out whose writer did not have it, as a difference; it takes reading a group's
    records to find them (`late_records`), so they are not among `open_differences`.
    """
    kind = DifferenceKind.LATE
    return Difference(difference_name(kind, (one.op, one.share_out)), kind, one.group, one.on, (one.op, one.share_out))


def after_death_difference(one: AfterDeath) -> Difference:
    """A record of a day after a member's death (`after_deaths`), as a difference; among those no more than the late."""
    kind = DifferenceKind.AFTER_DEATH
    return Difference(difference_name(kind, (one.op, one.member)), kind, one.group, one.on, (one.op, one.member))


def _rules_twice(book: Book, group: str | None) -> list[Difference]:
    together = defaultdict(list)
    for gid, device, epoch, seq in book.db.rows(
        "SELECT t.gid, c.device, c.epoch, o.seq FROM rules r JOIN thing t ON t.id = r.shg "
        "JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain WHERE r.is_head = 1 "
        "AND (?1 IS NULL OR t.gid = ?1)",
        (group,),
    ):
        together[gid].append(f"{device}.{epoch}.{seq}")
    return [_of(DifferenceKind.RULES_TWICE, gid, None, ops) for gid, ops in together.items() if len(ops) > 1]


_SAME_CODE = (
    "SELECT g.code, NULL, t.gid FROM shg g JOIN thing t ON t.id = g.thing WHERE g.code <> '' "
    "AND g.code IN (SELECT code FROM shg GROUP BY code HAVING count(*) > 1)"
)
_SAME_NUMBER = (
    "SELECT m.number, tg.gid, t.gid FROM membership m JOIN thing t ON t.id = m.thing "
    "JOIN thing tg ON tg.id = m.shg WHERE m.number <> '' AND (m.shg, m.number) IN "
    "(SELECT shg, number FROM membership GROUP BY shg, number HAVING count(*) > 1)"
)


def _codes_twice(book: Book, group: str | None) -> list[Difference]:
    """Groups with one code, and members of a group with one number, given on two laptops."""
    found = []
    for kind, sql in ((DifferenceKind.CODE_TWICE, _SAME_CODE), (DifferenceKind.NUMBER_TWICE, _SAME_NUMBER)):
        together = defaultdict(list)
        for same, gid, thing in book.db.rows(
            f"{sql} AND NOT EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = t.id) ORDER BY 1, 3"
        ):
            together[same, gid].append(thing)
        for (_, gid), things in together.items():
            whose = {gid} if gid else set(things)
            if len(things) > 1 and (group is None or group in whose):
                found.append(_of(kind, gid, None, things))
    return found


def conflicts(book: Book, type_: str | None = None, gid: str | None = None) -> list[Conflict]:
    """Every field group with more than one head (of one type, of one thing); the head shown stands last."""
    # of one thing only its own revisions are looked at, not every one of the book
    of_thing = "" if gid is None else "AND thing IN (SELECT id FROM thing WHERE gid = ?2 AND type = ifnull(?1, type)) "
    rows = book.db.rows(
        "SELECT t.type, t.gid, r.field_group, c.device, c.epoch, o.seq, r.ancestors, r.clear, r.sealed, r.seal_state "
        f"FROM (SELECT thing, field_group FROM revision WHERE is_head = 1 {of_thing}"
        "GROUP BY thing, field_group HAVING count(*) > 1) d CROSS JOIN revision r ON r.thing = d.thing "
        "AND r.field_group = d.field_group AND r.is_head = 1 JOIN thing t ON t.id = r.thing "
        "JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain "
        "WHERE (?1 IS NULL OR t.type = ?1) AND (?2 IS NULL OR t.gid = ?2) "
        "ORDER BY t.type, t.gid, r.field_group, r.ancestors, c.device, c.epoch, o.seq",
        (type_, gid),
    )
    together: dict[tuple[str, str, str], list[Head]] = {}
    for kind, thing, field_group, device, epoch, seq, ancestors, clear, sealed, seal_state in rows:
        fields = {**json.loads(clear), **(json.loads(sealed) if sealed else {})}
        head = Head(f"{device}.{epoch}.{seq}", ancestors, fields, seal_state)
        together.setdefault((kind, thing, field_group), []).append(head)
    return [Conflict(*key, tuple(heads)) for key, heads in together.items()]
