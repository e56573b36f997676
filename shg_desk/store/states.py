"""Where every record is: saved here, on its way, received, reconciled (or backed up). Calculated, never stored.

Three things decide: up to where a chain was exported and read back, up to where the office acknowledged it (with a head
that is ours), and which (group, month)s were equal in that return.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from shg_desk.domain.ids import OpName
from shg_desk.store import exchange
from shg_desk.store import log
from shg_desk.store.book import Book
from shg_desk.store.days import month_of
from shg_desk.store.exchange import Mark

if TYPE_CHECKING:
    from shg_desk.store.entries import EntryRow


_WITHOUT_PICTURE = (
    "SELECT f.op, c.epoch, o.seq FROM file f JOIN operation o ON o.id = f.op JOIN chain c ON c.id = o.chain "
    "WHERE c.device = ? AND NOT EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = f.thing) "
    "AND f.hash NOT IN (SELECT hash FROM picture_at WHERE partner = ? AND has = 1)"
)
"""Records of a device (arrival number, epoch, number) whose pictures a partner is not known to have."""


_NEWEST_OF_GROUP = (
    "WITH own AS (SELECT op FROM standing WHERE shg = ?1 UNION SELECT op FROM revision WHERE thing = ?1 "
    "UNION SELECT r.op FROM membership m JOIN revision r ON r.thing = m.thing WHERE m.shg = ?1 "
    "UNION SELECT r.op FROM officer f JOIN revision r ON r.thing = f.thing WHERE f.shg = ?1) "
    "SELECT c.device, c.epoch, max(o.seq), max(o.id) FROM own JOIN operation o ON o.id = own.op "
    "JOIN chain c ON c.id = o.chain GROUP BY c.id"
)
"""Of each chain what it said last of a group, its members and officers (device, epoch, number, arrival number)."""


class RecordState(StrEnum):
    """How far a record has come. `BACKED_UP` is for a book without an office."""

    SAVED = "saved"
    ON_ITS_WAY = "on-its-way"
    RECEIVED = "received"
    RECONCILED = "reconciled"
    BACKED_UP = "backed-up"


class States:
    """The states of a book's records as they are now; made once for a page or a list."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._device = book.device
        self._is_office = book.setting("role") == "office"
        self._has_office = self._is_office or has_office(book)
        self._backed_up = int(book.setting("backed_up") or 0)
        self._differing: set[tuple[int, str]] | None = None
        self._pictureless: set[tuple[int, str]] | None = None
        self._agreed = frozenset(exchange.agreed(book.db))
        self._reach: dict[tuple[str, str], Mark] = {
            chain: exchange.mark(book.db, *chain) for chain in log.chains(book.db)
        }

    def of_entry(self, entry: EntryRow) -> RecordState:
        """The state of one entry."""
        name = OpName.parse(entry.op)
        state = self._by_number(name)
        if state is RecordState.RECEIVED and not self._is_office:
            bucket = entry.group, month_of(entry.effective.toordinal())
            return RecordState.RECONCILED if bucket in self._agreed else state
        return state

    def of_operation(self, op: str) -> RecordState | None:
        """The state of one operation by name, or None where it is not here. Raises ValueError for no name."""
        name = OpName.parse(op)
        stored = log.by_name(self._book.db, name)
        if stored is None:
            return None
        state = self._by_number(name, stored.id)
        if state is not RecordState.RECEIVED or self._is_office or (stored.id, name.device) in self._without_picture():
            return state
        buckets = {
            (gid, month_of(day))
            for gid, day in self._book.db.rows(
                "SELECT DISTINCT t.gid, e.day FROM entry e JOIN thing t ON t.id = e.shg WHERE e.id BETWEEN ? AND ?",
                (stored.id * 4096, stored.id * 4096 + 4095),
            )
        }
        return RecordState.RECONCILED if buckets <= self._agreed else state

    def of_group(self, gid: str) -> RecordState | None:
        """The least state of all that is recorded of a group, its money, members and officers; None of no such group.

        A chain goes out and is received in order, so that its newest record is the least far. In an office's own book
        what laptops sent decides.
        """
        db = self._book.db
        shg = db.value("SELECT id FROM thing WHERE type = 'group' AND gid = ?", (gid,))
        rows = db.rows(_NEWEST_OF_GROUP, (shg,)) if shg is not None else []
        if self._is_office:
            rows = [row for row in rows if row[0] != self._device] or rows
        found = [self._by_number(OpName(device, epoch, seq), number) for device, epoch, seq, number in rows]
        least = min(found, key=list(RecordState).index, default=None)
        if least is not RecordState.RECEIVED or self._is_office:
            return least
        pictures = {op for (op,) in db.rows("SELECT op FROM file WHERE shg = ?", (shg,))}
        months = {(gid, month) for (month,) in db.rows("SELECT month FROM digest WHERE shg = ?", (shg,))}
        waits = any(op in pictures for op, _ in self._without_picture())
        return RecordState.RECONCILED if months <= self._agreed and not waits else least

    def _by_number(self, name: OpName, number: int | None = None) -> RecordState:
        if not self._has_office:
            if number is None:
                stored = log.by_name(self._book.db, name)
                number = stored.id if stored else 0
            return RecordState.BACKED_UP if 0 < number <= self._backed_up else RecordState.SAVED
        reach = self._mark(name.device, name.epoch)
        if self._is_office:
            if name.device == self._device:
                return RecordState.SAVED
            return RecordState.RECONCILED if name.seq <= reach.received else RecordState.RECEIVED
        if name.seq <= reach.received:
            return RecordState.RECEIVED
        return RecordState.ON_ITS_WAY if name.seq <= reach.exported else RecordState.SAVED

    def _mark(self, device: str, epoch: str) -> Mark:
        return self._reach.get((device, epoch), Mark(device, epoch, 0, 0))

    def counts(self, *, own: bool = False) -> dict[RecordState, int]:
        """How many operations of the log are in each state; states that nothing is in are left out.

        With `own` only what this device wrote is counted: the colleagues' records are theirs to send.
        """
        found = dict.fromkeys(RecordState, 0)
        db = self._book.db
        if not self._has_office:
            total = log.newest(db)  # arrival numbers have no gaps
            found[RecordState.BACKED_UP] = min(self._backed_up, total)
            found[RecordState.SAVED] = total - found[RecordState.BACKED_UP]
            return {state: count for state, count in found.items() if count}
        for chain, device, epoch in db.rows("SELECT id, device, epoch FROM chain"):
            if own and device != self._device:
                continue
            reach = self._mark(device, epoch)
            first, second = reach.received, 0 if self._is_office else reach.exported
            low, middle, high = db.rows(
                "SELECT count(*) FILTER (WHERE seq <= ?1), count(*) FILTER (WHERE seq > ?1 AND seq <= ?2), "
                "count(*) FILTER (WHERE seq > ?1 AND seq > ?2) FROM operation WHERE chain = ?3",
                (first, second, chain),
            )[0]
            if self._is_office:
                is_ours = device == self._device
                found[RecordState.SAVED] += low + high if is_ours else 0
                found[RecordState.RECONCILED] += 0 if is_ours else low
                found[RecordState.RECEIVED] += 0 if is_ours else high
            else:
                found[RecordState.RECONCILED] += low
                found[RecordState.ON_ITS_WAY] += middle
                found[RecordState.SAVED] += high
        if not self._is_office:
            waiting = sum(1 for _, device in self._not_agreed() if device == self._device or not own)
            found[RecordState.RECONCILED] -= waiting
            found[RecordState.RECEIVED] += waiting
        return {state: count for state, count in found.items() if count}

    def agreed_upto(self, epoch: str, first: int, last: int) -> bool:
        """True where a part of a life of this device is received and none of it stands in a month that differs."""
        if last > self._mark(self._device, epoch).received:
            return False
        low, high = (log.by_name(self._book.db, OpName(self._device, epoch, seq)) for seq in (first, last))
        if low is None or high is None:
            return False
        return not any(low.id <= op <= high.id and device == self._device for op, device in self._not_agreed())

    def _without_picture(self) -> set[tuple[int, str]]:
        """Our records of pictures that the office has received without the picture itself."""
        if self._pictureless is None:
            office = None if self._is_office else self._book.setting("office")
            rows = self._book.db.rows(_WITHOUT_PICTURE, (self._device, office)) if office else ()
            received = {
                epoch: reach.received for (device, epoch), reach in self._reach.items() if device == self._device
            }
            self._pictureless = {(int(op), self._device) for op, epoch, seq in rows if seq <= received.get(epoch, 0)}
        return self._pictureless

    def _not_agreed(self) -> set[tuple[int, str]]:
        """The operations, with their devices, that were received and have entries in a month that is not agreed on.

        Or whose picture is not there.
        """
        if self._differing is not None:
            return self._differing
        db = self._book.db
        found = set(self._without_picture())
        self._differing = found
        if not any(reach.received for reach in self._reach.values()):
            return found
        for shg, gid, month in db.rows("SELECT d.shg, t.gid, d.month FROM digest d JOIN thing t ON t.id = d.shg"):
            if (gid, month) in self._agreed:
                continue
            first = date(month // 12, month % 12 + 1, 1)
            last = first.replace(day=monthrange(first.year, first.month)[1])
            for op, device, epoch, seq in db.rows(
                "SELECT DISTINCT o.id, c.device, c.epoch, o.seq FROM entry e JOIN operation o ON o.id = e.id / 4096 "
                "JOIN chain c ON c.id = o.chain WHERE e.shg = ? AND e.day BETWEEN ? AND ?",
                (shg, first.toordinal(), last.toordinal()),
            ):
                if seq <= self._mark(device, epoch).received:
                    found.add((op, device))
        return found


def has_office(book: Book) -> bool:
    """True once this desk was taken in by an office, whose code is then among its settings."""
    return bool(book.setting("office"))
