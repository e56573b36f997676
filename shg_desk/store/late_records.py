"""Records that a share-out does not hold though they are of days before it: its writer did not have them, or wrote them
after it.

A share-out says which records of its group its writer had (`heads`); one that does not say so is not asked. So the
answer depends on what the records say, not on the order they came in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shg_desk.domain.ids import OpName
from shg_desk.domain.known_heads import Gaps
from shg_desk.domain.known_heads import had
from shg_desk.domain.known_heads import read_known_heads
from shg_desk.store import log
from shg_desk.store.book import Book
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.ledger import thing_number
from shg_desk.store.operations import read_line
from shg_desk.store.share_outs import ShareOutRow
from shg_desk.store.share_outs import share_outs

LINE_MOST_BYTES = 256 * 1024
"""A longer share-out is not asked what its writer had: with all the heads and gaps that are read, it would share among
more than five hundred members.
"""


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
    records = _Records(book, group)
    for shared in every:
        for op, on in _unknown_to(book, group, shared, records):
            if op not in seen or seen[op] != shared.seen:
                found.setdefault(op, LateRecord(op, shared.op, group, on))
    return list(found.values())


def _unknown_to(book: Book, group: str, shared: ShareOutRow, records: _Records) -> Iterator[tuple[str, date]]:
    """The records, each with its first such day."""
    name = OpName.parse(shared.op)
    heads = _heads_of(book, name)
    if not heads:
        return
    heads[name.device, name.epoch] = name.seq, ()
    missed = [op for chain, (_, gaps) in heads.items() for op in records.within(chain, gaps)]
    values = {
        "known": json.dumps({f"{device}.{epoch}": last for (device, epoch), (last, _) in heads.items()}),
        "missed": json.dumps(missed),
        "day": shared.on.toordinal(),
        "shg": thing_number(book.db, "group", group),
        "device": name.device,
        "epoch": name.epoch,
    }
    for device, epoch, seq, day, *taken in book.db.rows(_UNKNOWN, values):
        if taken[0] is None or had(heads, *taken):
            yield f"{device}.{epoch}.{seq}", date.fromordinal(day)


def _heads_of(book: Book, name: OpName) -> dict[tuple[str, str], tuple[int, Gaps]]:
    """What a share-out says its writer had; nothing where it does not say it, or is longer than a true one."""
    stored = log.by_name(book.db, name)
    if stored is None or len(stored.line) > LINE_MOST_BYTES:
        return {}
    return read_known_heads(read_line(stored.id, str(name), stored.line).body.get("heads"))


class _Records:
    """The records of a group by chain, read once and only where a share-out's writer lacked some in between."""

    def __init__(self, book: Book, group: str) -> None:
        self._book, self._group = book, group
        self._chains: dict[tuple[str, str], list[tuple[int, int]]] | None = None

    def within(self, chain: tuple[str, str], gaps: Gaps) -> Iterator[int]:
        """The arrival numbers of those that stand in these gaps of a chain."""
        if not gaps:
            return
        lacked = {chain: (2**53, gaps)}
        yield from (op for op, seq in self._read().get(chain, ()) if not had(lacked, *chain, seq))

    def _read(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        if self._chains is None:
            self._chains = {}
            for op, device, epoch, seq in self._book.db.rows(
                "SELECT o.id, c.device, c.epoch, o.seq FROM standing s JOIN operation o ON o.id = s.op "
                "JOIN chain c ON c.id = o.chain WHERE s.shg = ? AND s.state = 0",
                (thing_number(self._book.db, "group", self._group),),
            ):
                self._chains.setdefault((device, epoch), []).append((op, seq))
        return self._chains
