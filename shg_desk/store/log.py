"""The operation log: lines as received, chained per device and epoch, in order of arrival. Insert-only."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shg_desk.domain.canonical import first_head
from shg_desk.domain.canonical import line_hash
from shg_desk.domain.canonical import next_head
from shg_desk.domain.ids import OpName
from shg_desk.store.db import Db
from shg_desk.store.db import Row


@dataclass(frozen=True, slots=True)
class Stored:
    """One operation of the log: its arrival number here, name, raw line, line hash, head after and before."""

    id: int
    name: OpName
    line: bytes
    hash: bytes
    head: bytes
    relayed: bool
    head_before: bytes = b""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A verified line of somebody's chain on its way into the log: its name, the raw line, the head before it."""

    name: OpName
    line: bytes
    head_before: bytes


class Put(StrEnum):
    """What storing a line came to: it was new, already here, or another line under the same name."""

    NEW = "new"
    KNOWN = "known"
    FORK = "fork"


@dataclass(frozen=True, slots=True)
class Tip:
    """How far a chain is here without a gap: the last number and the head after it."""

    seq: int
    head: bytes


_COLUMNS = "o.id, c.device, c.epoch, o.seq, o.line, o.hash, o.head, o.relayed, o.head_before"
_FROM = "operation o JOIN chain c ON c.id = o.chain"
_INSERT = (
    "INSERT INTO operation (id, chain, seq, line, hash, head_before, head, relayed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def _stored(row: Row) -> Stored:
    return Stored(row[0], OpName(row[1], row[2], row[3]), row[4], row[5], row[6], bool(row[7]), row[8])


def chain_id(db: Db, device: str, epoch: str) -> int:
    """The book's own number for a chain, made at its first use."""
    found = db.value("SELECT id FROM chain WHERE device = ? AND epoch = ?", (device, epoch))
    return int(found) if found else db.run("INSERT INTO chain (device, epoch) VALUES (?, ?)", (device, epoch))


def tip(db: Db, device: str, epoch: str) -> Tip:
    """Where a chain stands without a gap (0 and the first head for an empty one).

    A fork keeps the line that came first; the chain goes on from that one.
    """
    chain = db.value("SELECT id FROM chain WHERE device = ? AND epoch = ?", (device, epoch))
    if chain is None:
        return Tip(0, first_head(device, epoch))
    last = db.row(
        "SELECT o.seq, o.head FROM operation o WHERE o.chain = ? AND NOT EXISTS "
        "(SELECT 1 FROM operation n WHERE n.chain = o.chain AND n.seq = o.seq + 1) ORDER BY o.seq, o.id LIMIT 1",
        (chain,),
    )
    first = db.value("SELECT 1 FROM operation WHERE chain = ? AND seq = 1", (chain,))
    return Tip(int(last[0]), bytes(last[1])) if last and first else Tip(0, first_head(device, epoch))


def last(db: Db, device: str, epoch: str) -> Tip:
    """The newest operation of a chain, gaps before it or not: the tip of our own chain, which has none."""
    row = db.row(
        "SELECT o.seq, o.head FROM operation o JOIN chain c ON c.id = o.chain WHERE c.device = ? AND c.epoch = ? "
        "ORDER BY o.seq DESC, o.id LIMIT 1",
        (device, epoch),
    )
    return Tip(int(row[0]), bytes(row[1])) if row else Tip(0, first_head(device, epoch))


def append(db: Db, device: str, epoch: str, line: bytes) -> Stored:
    """Adds our own next operation to the log, inside the caller's transaction."""
    before = last(db, device, epoch)
    name = OpName(device, epoch, before.seq + 1)
    ((_, stored),) = put_many(db, [Arrived(name, line, before.head)], relayed=False)
    assert stored is not None
    return stored


def put_many(db: Db, arrived: Sequence[Arrived], *, relayed: bool) -> list[tuple[Put, Stored | None]]:
    """Stores verified lines of chains in their order; knows a line again, and keeps both where one name has two."""
    chains = {chain: chain_id(db, *chain) for chain in {(one.name.device, one.name.epoch) for one in arrived}}
    known = _known(db, chains, arrived)
    number = newest(db)
    found: list[tuple[Put, Stored | None]] = []
    rows = []
    for one in arrived:
        name, hashed = one.name, line_hash(one.line)
        chain = chains[name.device, name.epoch]
        hashes = known.setdefault((chain, name.seq), set())
        if hashed in hashes:
            found.append((Put.KNOWN, None))
            continue
        number += 1
        head = next_head(one.head_before, hashed)
        rows.append((number, chain, name.seq, one.line, hashed, one.head_before, head, int(relayed)))
        stored = Stored(number, name, one.line, hashed, head, relayed, one.head_before)
        found.append((Put.FORK if hashes else Put.NEW, stored))
        hashes.add(hashed)
    db.run_many(_INSERT, rows)
    return found


def _known(
    db: Db, chains: Mapping[tuple[str, str], int], arrived: Sequence[Arrived]
) -> dict[tuple[int, int], set[bytes]]:
    """The line hashes already here by (chain, number), for the stretch of each chain that arrives."""
    spans: dict[int, list[int]] = {}
    for one in arrived:
        spans.setdefault(chains[one.name.device, one.name.epoch], []).append(one.name.seq)
    known: dict[tuple[int, int], set[bytes]] = {}
    for chain, numbers in spans.items():
        span = (chain, min(numbers), max(numbers))
        for seq, hashed in db.rows("SELECT seq, hash FROM operation WHERE chain = ? AND seq BETWEEN ? AND ?", span):
            known.setdefault((chain, seq), set()).add(bytes(hashed))
    return known


def everything(db: Db) -> Iterator[Stored]:
    """The whole log in order of arrival."""
    for row in db.each(f"SELECT {_COLUMNS} FROM {_FROM} ORDER BY o.id"):
        yield _stored(row)


def between(db: Db, device: str, epoch: str, first: int, last: int) -> Iterator[Stored]:
    """A chain's operations from one number to another, both included (the first comer of a fork)."""
    seen = 0
    for row in db.each(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE c.device = ? AND c.epoch = ? AND o.seq BETWEEN ? AND ? "
        "ORDER BY o.seq, o.id",
        (device, epoch, first, last),
    ):
        if row[3] != seen:
            seen = row[3]
            yield _stored(row)


def by_name(db: Db, name: OpName) -> Stored | None:
    """The operation of that name (the first comer of a fork), or None."""
    row = db.row(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE c.device = ? AND c.epoch = ? AND o.seq = ? ORDER BY o.id LIMIT 1",
        (name.device, name.epoch, name.seq),
    )
    return _stored(row) if row else None


def named(db: Db, name: OpName) -> list[Stored]:
    """Every line that is here under this name, the first comer first."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE c.device = ? AND c.epoch = ? AND o.seq = ? ORDER BY o.id",
        (name.device, name.epoch, name.seq),
    )
    return [_stored(row) for row in rows]


def lines_of(db: Db, device: str, holding: str) -> list[tuple[str, int, bytes]]:
    """The lines of a device's chains that hold this text, chain after chain, each in its order: epoch, number, line."""
    rows = db.rows(
        "SELECT c.epoch, o.seq, o.line FROM operation o JOIN chain c ON c.id = o.chain "
        "WHERE c.device = ? AND instr(o.line, ?) ORDER BY c.id, o.seq, o.id",
        (device, holding.encode()),
    )
    return [(str(epoch), int(seq), bytes(line)) for epoch, seq, line in rows]


def heads(db: Db, name: OpName) -> set[bytes]:
    """The heads after every line that is here under this name: one, several of a fork, or none."""
    rows = db.rows(
        "SELECT o.head FROM operation o JOIN chain c ON c.id = o.chain "
        "WHERE c.device = ? AND c.epoch = ? AND o.seq = ?",
        (name.device, name.epoch, name.seq),
    )
    return {bytes(head) for (head,) in rows}


def same_up_to(db: Db, device: str, epoch: str, seq: int, head: bytes) -> tuple[int | None, bool]:
    """How far what counts here of a chain, gaps or not, can be the one that has this head after this number.

    Gives the last number here that may be (0: none), and whether something after it, up to `seq`, is of another past.
    None where the head alone shows that: nobody knows then from where on.
    """
    last, before = 0, b""
    run_from, twice = 1, None  # where what is here without a gap begins; the first name with two lines
    for number, head_before, after in db.each(
        "SELECT o.seq, o.head_before, o.head FROM operation o JOIN chain c ON c.id = o.chain "
        "WHERE c.device = ? AND c.epoch = ? AND o.seq <= ? ORDER BY o.seq, o.id",
        (device, epoch, seq),
    ):
        if number == last:
            twice = twice or last
            continue
        if number == last + 1 and last and bytes(head_before) != before:
            return (twice or last) - 1, True
        if number > last + 1:
            run_from = number
        last, before = int(number), bytes(after)
    is_at_head = last == seq > 0
    if is_at_head and before == head and (twice is None or twice >= run_from):
        return last, False  # of two lines under one name the one that counts here is the office's too
    if twice is not None:
        return twice - 1, True
    return (None, True) if is_at_head and before != head else (last, False)


def by_id(db: Db, number: int) -> Stored:
    """The operation with this arrival number. Raises KeyError."""
    row = db.row(f"SELECT {_COLUMNS} FROM {_FROM} WHERE o.id = ?", (number,))
    if row is None:
        raise KeyError(number)
    return _stored(row)


def names_of(db: Db, numbers: Collection[int]) -> set[str]:
    """The names of the operations with these arrival numbers."""
    rows = db.each("SELECT o.id, c.device, c.epoch, o.seq FROM operation o JOIN chain c ON c.id = o.chain")
    return {f"{device}.{epoch}.{seq}" for number, device, epoch, seq in rows if number in numbers}


def chains(db: Db) -> list[tuple[str, str]]:
    """Every (device, epoch) the log holds something of."""
    return [(str(device), str(epoch)) for device, epoch in db.rows("SELECT device, epoch FROM chain ORDER BY 1, 2")]


def newest(db: Db) -> int:
    """The arrival number of the newest operation: the number a report was made at."""
    return int(db.value("SELECT ifnull(max(id), 0) FROM operation"))
