"""The share-outs that stand, by day, and what their writers knew of their groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.store.book import Book
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.ledger import thing_number


@dataclass(frozen=True, slots=True)
class ShareOutRow:
    """A recorded share-out: the name of its record, its day, and the meeting it had seen (arrival number, None where
    there was none).
    """

    op: str
    on: date
    seen: int | None = None


_LAST = f"s.op * {ENTRY_BITS} + {ENTRY_BITS - 1}"
_STANDING = (
    "SELECT c.device || '.' || c.epoch || '.' || o.seq, s.day, s.seen FROM standing s "
    "JOIN operation o ON o.id = s.op JOIN chain c ON c.id = o.chain "
    "WHERE s.shg = ? AND s.state = 0 AND s.kind = 'between' AND EXISTS "
    f"(SELECT 1 FROM entry e LEFT JOIN taken_back b ON b.entry = e.id WHERE e.id BETWEEN s.op * {ENTRY_BITS} AND "
    f"{_LAST} AND e.kind = {KIND_NUMBER['share-out']} AND ifnull(b.times, 1) > 0) "
    "ORDER BY s.day, s.depth, c.device, c.epoch, o.seq"
)


def share_outs(book: Book, group: str) -> list[ShareOutRow]:
    """Every share-out of a group (by id) that was not taken back, the oldest first."""
    return [
        ShareOutRow(op, date.fromordinal(day), seen)
        for op, day, seen in book.db.rows(_STANDING, (thing_number(book.db, "group", group),))
    ]


def heads_of_group(book: Book, group: str) -> list[list[Any]]:
    """The last record of a group's ledger known here of each chain, by name: device, epoch, number, head in hex, and
    where records below it are not here, or wait, a list of them as [first, last].
    """
    found = []
    for chain, device, epoch, seq, head in book.db.rows(
        "SELECT c.id, c.device, c.epoch, max(o.seq), o.head FROM standing s JOIN operation o ON o.id = s.op "
        "JOIN chain c ON c.id = o.chain WHERE s.shg = ? AND s.state = 0 GROUP BY c.id ORDER BY 2, 3",
        (thing_number(book.db, "group", group),),
    ):
        gaps = [[before + 1, after - 1] for before, after in book.db.rows(_APART, (chain, seq))]
        found.append([device, epoch, seq, bytes(head).hex(), *([gaps] if gaps else [])])
    return found


_APART = (
    "SELECT before, seq FROM (SELECT o.seq AS seq, lag(o.seq, 1, 0) OVER (ORDER BY o.seq) AS before FROM operation o "
    "JOIN standing s ON s.op = o.id AND s.state = 0 WHERE o.chain = ? AND o.seq <= ?) WHERE seq > before + 1"
)
"""The numbers of records of a chain that count here, one after the other, between which others do not."""
