"""The book as plain values: every derived table by global names, its digest and its counts.

Two books that hold the same operations, or one before and after a rebuild, give the same. Nothing local is in it
(arrival numbers, states, drafts), and nothing that was sealed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shg_desk.domain.digest import LANE
from shg_desk.store import schema
from shg_desk.store.book import Book
from shg_desk.store.db import Db
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.standings import State

SHAPES = {
    "standing": "h..t..o.",
    "waiting": ".o",
    "thing": "l..",
    "revision": "ot..ll...",
    "village": "t...",
    "household": "t.tlllll",
    "person": "ttllllllll",
    "shg": "t..t.........",
    "membership": "tttt......",
    "officer": "ttt...",
    "tombstone": "to.",
    "same_as": "tto.",
    "rules": "ot...",
    "loan": "ttt.o...",
    "meeting": "ot........",
    "attendance": "ot..",
    "amended": "oo.",
    "marks_twice": "oo",
    "annulled": "o",
    "cash_count": "o.a.....",
    "account": "lt.t.",
    "entry": "et..tt.",
    "posting": "a.e.",
    "month_total": "a...",
    "digest": "t.....",
    "corrected": "ee",
    "taken_back": "e.",
    "undone": "o",
    "import_key": ".e",
    "settled": ".o.",
    "closing": "ot..",
    "note": "ot..",
    "file": "otto......",
}
"""What each column of a derived table is: `o` an operation, `h` one with its hash (names of forks are equal), `t` a
thing, `a` an account, `e` an entry, `l` left out (local or sealed), `.` plain."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in a book: operations of any standing, entries that count, groups."""

    operations: int
    entries: int
    groups: int


def dump(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Every derived table as sorted rows by global names, sealed fields left out."""
    names = Namer(book.db)
    found = {}
    for table, shape in SHAPES.items():
        convert = [None if letter == "." else names.by_letter(letter) for letter in shape]
        left_out = {place for place, letter in enumerate(shape) if letter == "l"}
        rows = []
        for row in book.db.each(f"SELECT * FROM {table}"):
            if len(row) != len(shape):
                raise AssertionError(f"{table} has {len(row)} columns, its shape {len(shape)}")
            rows.append(
                tuple(
                    value if how is None or value is None else how(value)
                    for place, (value, how) in enumerate(zip(row, convert, strict=True))
                    if place not in left_out
                )
            )
        found[table] = sorted(rows, key=repr)
    return found


assert set(SHAPES) == set(schema.DERIVED)


class Namer:
    """Local numbers to global names, as they are now."""

    def __init__(self, db: Db) -> None:
        self._ops: dict[int, tuple[str, str]] = {}
        for number, device, epoch, seq, hashed in db.each(
            "SELECT o.id, c.device, c.epoch, o.seq, o.hash FROM operation o JOIN chain c ON c.id = o.chain"
        ):
            self._ops[number] = (f"{device}.{epoch}.{seq}", bytes(hashed).hex())
        self._things = {row[0]: f"{row[1]}/{row[2]}" for row in db.each("SELECT id, type, gid FROM thing")}
        self._accounts = {
            number: f"{self._things.get(shg, '?')} {code} {self._things.get(owner, '-')}"
            for number, shg, code, owner in db.each("SELECT id, shg, code, owner FROM account")
        }

    def by_letter(self, letter: str) -> Callable[[Any], Any]:
        """What turns a value of a column of that letter (see `SHAPES`) into its global name."""
        return {
            "o": lambda number: self._op(number)[0],
            "h": lambda number: " ".join(self._op(number)),
            "t": lambda number: self._things.get(number, f"?{number}"),
            "a": lambda number: self._accounts.get(number, f"?{number}"),
            "e": lambda number: f"{self._op(number // ENTRY_BITS)[0]}#{number % ENTRY_BITS}",
            "l": lambda number: None,
        }[letter]

    def _op(self, number: int) -> tuple[str, str]:
        return self._ops.get(number, (f"?{number}", ""))


def book_digest(book: Book | Db) -> str:
    """SHA-256, hex, over the sorted lines of operations, of digests and of month totals, each ended by LF.

    An operation's line is `name hash standing`; a digest's `group month count debit lane lane`; a month total's `group
    code owner month count sum`, `-` where nobody owns the account. Hashes and lanes are lower-case hex, a month
    `YYYY-MM`.
    """
    db = book.db if isinstance(book, Book) else book
    hashed = hashlib.sha256()
    for part in (_operation_lines(db), _digest_lines(db), _total_lines(db)):
        for line in sorted(part):
            hashed.update(line.encode() + b"\n")
    return hashed.hexdigest()


def _operation_lines(db: Db) -> Iterator[str]:
    for device, epoch, seq, line_hash, state in db.each(
        "SELECT c.device, c.epoch, o.seq, o.hash, s.state FROM operation o JOIN chain c ON c.id = o.chain "
        "LEFT JOIN standing s ON s.op = o.id"
    ):
        standing = "missing" if state is None else State(state).name.lower()
        yield f"{device}.{epoch}.{seq} {bytes(line_hash).hex()} {standing}"


def _digest_lines(db: Db) -> Iterator[str]:
    for gid, month, count, debit, lane0, lane1 in db.each(
        "SELECT t.gid, d.month, d.count, d.debit, d.lane0, d.lane1 FROM digest d JOIN thing t ON t.id = d.shg"
    ):
        yield f"{gid} {month_text(month)} {count} {debit} {lane0 % LANE:016x} {lane1 % LANE:016x}"


def _total_lines(db: Db) -> Iterator[str]:
    for gid, code, owner, month, count, total in db.each(
        "SELECT tg.gid, a.code, t.gid, m.month, m.count, m.sum FROM month_total m JOIN account a ON a.id = m.account "
        "JOIN thing tg ON tg.id = a.shg LEFT JOIN thing t ON t.id = a.owner"
    ):
        yield f"{gid} {code} {owner or '-'} {month_text(month)} {count} {total}"


def month_text(month: int) -> str:
    """`YYYY-MM` of a month number (year x 12 + month - 1)."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_number(text: str) -> int:
    """The month number of `YYYY-MM`. Raises ValueError."""
    year, _, month = text.partition("-")
    if not 1 <= int(month) <= 12:
        raise ValueError(text)
    return int(year) * 12 + int(month) - 1


def counts(book: Book | Db) -> Counts:
    """How much is in the book."""
    db = book.db if isinstance(book, Book) else book
    tables = ("operation", "entry", "shg")
    return Counts(*(int(db.value(f"SELECT count(*) FROM {table}")) for table in tables))
