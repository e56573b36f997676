"""Records that a share-out does not hold though they are of days before it: its writer did not have them, or wrote them
after it.

A share-out says which records of its group its writer had (`heads`); one that does not say so is not asked. So the
answer depends on what the records say, not on the order they came in.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.domain.ids import OpName
from shg_desk.store.book import Book
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.ledger import thing_number
from shg_desk.store.operations import operation
from shg_desk.store.share_outs import ShareOutRow
from shg_desk.store.share_outs import share_outs


@dataclass(frozen=True, slots=True)
class LateRecord:
    """A record (its name) that came late for a share-out (the name of its record), and the day it is of."""

    op: str
    share_out: str
    group: str
    on: date


_UNKNOWN = (
    "SELECT c.device, c.epoch, o.seq, e.day, z.device, z.epoch, q.seq FROM standing s "
    "CROSS JOIN operation o ON o.id = s.op CROSS JOIN chain c ON c.id = o.chain AND (o.seq > "
    "ifnull(json_extract(:known, '$.\"' || c.device || '.' || c.epoch || '\"'), 0) "
    "OR o.id IN (SELECT value FROM json_each(:missed))) "
    f"CROSS JOIN entry e ON e.id BETWEEN s.op * {ENTRY_BITS} AND s.op * {ENTRY_BITS} + {ENTRY_BITS - 1} "
    "AND (e.day < :day OR (e.day = :day AND s.kind = 'meeting' AND NOT (c.device = :device AND c.epoch = :epoch))) "
    "AND NOT EXISTS (SELECT 1 FROM taken_back b WHERE b.entry = e.id AND b.times < 1) "
    f"LEFT JOIN corrected x ON x.by = e.id LEFT JOIN operation q ON q.id = x.entry / {ENTRY_BITS} "
    "LEFT JOIN chain z ON z.id = q.chain WHERE s.shg = :shg AND s.state = 0 "
    "ORDER BY e.day, c.device, c.epoch, o.seq"
)
"""Standing entries of records that a share-out's writer did not know, of days before it (another's meeting also of its
day), each with the record it takes back something of. What he wrote himself after it, he did not know at it either.
"""


def late_records(book: Book, group: str) -> list[LateRecord]:
    """Every such record of a group (id) once, with the first share-out that does not hold it.

    What only takes back a record that the writer did not know either changes nothing. Two share-outs written after one
    meeting stand against each other already (`settled_twice`).
    """
    found: dict[str, LateRecord] = {}
    every = share_outs(book, group)
    seen = {one.op: one.seen for one in every}
    for shared in every:
        for op, on in _unknown_to(book, group, shared):
            if op not in seen or seen[op] != shared.seen:
                found.setdefault(op, LateRecord(op, shared.op, group, on))
    return list(found.values())


def _unknown_to(book: Book, group: str, shared: ShareOutRow) -> Iterator[tuple[str, date]]:
    """The records, each with its first such day."""
    name, read = OpName.parse(shared.op), operation(book, shared.op)
    if read is None or not isinstance(read.body.get("heads"), list):
        return
    heads = _heads(read.body)
    heads[name.device, name.epoch] = name.seq, ()
    every = _records_of(book, group, heads)
    missed = [op for op, device, epoch, seq in every if not _is_in(heads, device, epoch, seq)]
    values = {
        "known": json.dumps({f"{device}.{epoch}": last for (device, epoch), (last, _) in heads.items()}),
        "missed": json.dumps(missed),
        "day": shared.on.toordinal(),
        "shg": thing_number(book.db, "group", group),
        "device": name.device,
        "epoch": name.epoch,
    }
    for device, epoch, seq, day, *taken in book.db.rows(_UNKNOWN, values):
        if taken[0] is None or _is_in(heads, *taken):
            yield f"{device}.{epoch}.{seq}", date.fromordinal(day)


_Gaps = Sequence[tuple[int, int]]
_Heads = dict[tuple[str, str], tuple[int, _Gaps]]
"""By chain the number of the last record known, and the numbers below it that were not."""


def _records_of(book: Book, group: str, heads: _Heads) -> list[tuple[int, str, str, int]]:
    """The records of a group by arrival number, device, epoch and number; none where the writer had all there were."""
    if not any(gaps for _, gaps in heads.values()):
        return []
    return list(
        book.db.rows(
            "SELECT o.id, c.device, c.epoch, o.seq FROM standing s JOIN operation o ON o.id = s.op "
            "JOIN chain c ON c.id = o.chain WHERE s.shg = ? AND s.state = 0",
            (thing_number(book.db, "group", group),),
        )
    )


def _is_in(heads: _Heads, device: str, epoch: str, seq: int) -> bool:
    """True for a record the writer knew."""
    last, gaps = heads.get((device, epoch), (0, ()))
    at = bisect_right(gaps, seq, key=lambda one: one[0])
    return seq <= last and not (at and seq <= gaps[at - 1][1])


def _heads(body: Mapping[str, Any]) -> _Heads:
    """What a share-out says of what its writer knew; what does not fit says nothing."""
    found: _Heads = {}
    for one in body["heads"]:
        match one:
            case [str(device), str(epoch), int(seq), _, *more] if (
                0 < seq < 2**53 and device.isalnum() and epoch.isalnum()
            ):
                said = more[0] if more and isinstance(more[0], list) else []
                found[device, epoch] = seq, tuple(sorted(gap for each in said for gap in _gap(each)))
    return found


def _gap(said: Any) -> Iterator[tuple[int, int]]:
    match said:
        case [int(first), int(last)] if 0 < first <= last < 2**53:
            yield first, last
