"""The share-outs of a group that stand, by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.store.book import Book
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.ledger import thing_number


@dataclass(frozen=True, slots=True)
class ShareOutRow:
    """A recorded share-out: the name of its record and its day."""

    op: str
    on: date


def share_outs(book: Book, group: str) -> list[ShareOutRow]:
    """Every share-out of a group (by id) that was not taken back, the oldest first."""
    return [
        ShareOutRow(f"{device}.{epoch}.{seq}", date.fromordinal(day))
        for device, epoch, seq, day in book.db.rows(
            "SELECT c.device, c.epoch, o.seq, s.day FROM standing s JOIN operation o ON o.id = s.op "
            "JOIN chain c ON c.id = o.chain WHERE s.shg = ? AND s.state = 0 AND s.kind = 'between' AND EXISTS "
            "(SELECT 1 FROM entry e LEFT JOIN taken_back b ON b.entry = e.id WHERE e.id BETWEEN s.op * ? AND "
            "s.op * ? + ? AND e.kind = ? AND ifnull(b.times, 1)) ORDER BY s.day, s.depth, c.device, c.epoch, o.seq",
            (thing_number(book.db, "group", group), ENTRY_BITS, ENTRY_BITS, ENTRY_BITS - 1, KIND_NUMBER["share-out"]),
        )
    ]
