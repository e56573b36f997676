"""Entries of the ledger as pages: in the one order every book shares, by key and never by offset.

The order is (effective day, depth in the chain of what was seen, device, epoch, number, entry number). Tables give the
order; what an entry says is read from its operation's line, which is the fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import cash_minor
from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.domain.entries import Entry
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import entry_name
from shg_desk.domain.ids import split_entry_name
from shg_desk.store import log
from shg_desk.store.book import Book
from shg_desk.store.db import Db
from shg_desk.store.db import Row
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.ledger import account_number
from shg_desk.store.ledger import standing_minor
from shg_desk.store.ledger import thing_number
from shg_desk.store.loan_names import shared_codes
from shg_desk.store.operations import Operation
from shg_desk.store.operations import operations
from shg_desk.store.operations import portions
from shg_desk.store.operations import texts

Place = tuple[int, str, str, int]
"""Where an operation stands within a day: depth, device, epoch, number."""

PAGE = 100
"""Entries on a page, where nobody says otherwise."""


@dataclass(frozen=True, slots=True, order=True)
class EntryKey:
    """The place of an entry among all others; a page begins after one."""

    day: date
    depth: int
    device: str
    epoch: str
    seq: int
    n: int

    @property
    def op(self) -> str:
        """The name of its operation."""
        return f"{self.device}.{self.epoch}.{self.seq}"

    @property
    def place(self) -> Place:
        """Where its operation stands within its day."""
        return self.depth, self.device, self.epoch, self.seq


@dataclass(frozen=True, slots=True)
class Page:
    """Which part is wanted: after a key (None: from the start), how many (-1: all), between which effective days (both
    included), in order or from the newest back.
    """

    after: EntryKey | None = None
    limit: int = PAGE
    newest_first: bool = False
    first: date | None = None
    last: date | None = None


ALL = Page(limit=-1)


@dataclass(frozen=True, slots=True)
class Who:
    """The member an entry belongs to (the borrower's, for a loan): membership id, number, name where it is known."""

    id: str
    number: str
    name: str | None


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One side of an entry: account code, owner (membership or loan id, or None), minor units, debit positive."""

    code: str
    owner: str | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as recorded.

    `recorded` is what its writer's clock claimed; `corrects` is the entry this one takes back, `corrected_by` those
    that take it back today (none where it stands: what took it back may be taken back itself), `takers` all that ever
    did; `source` the table an import read; `meeting` the number of the meeting it was made in.
    `facts` may point to sealed texts by number (`text`).
    """

    key: EntryKey
    name: str
    op: str
    group: str
    effective: date
    recorded: date | None
    kind: str
    by: str | None
    member: Who | None
    loan: str | None
    loan_code: str | None
    postings: tuple[PostingRow, ...]
    facts: Mapping[str, Any]
    op_kind: str
    corrects: str | None
    corrected_by: tuple[str, ...]
    takers: tuple[str, ...]
    stands: bool
    source: str | None
    receipt: str | None
    meeting: str | None
    from_paper: bool

    @property
    def debit_minor(self) -> int:
        """What the entry moved: the sum of its debits."""
        return sum(posting.amount_minor for posting in self.postings if posting.amount_minor > 0)

    @property
    def cash_minor(self) -> int:
        """What it added to the group's places of money (below zero: took)."""
        return cash_minor((posting.code, posting.amount_minor) for posting in self.postings)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One entry on one account: what it put there and what stood there after it, minor units."""

    entry: EntryRow
    amount_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class EntryInFull:
    """An entry with its operation and the free texts of it that this book may read (None where it may not)."""

    row: EntryRow
    operation: Operation
    texts: tuple[str | None, ...]


_COLUMNS = (
    "SELECT e.id, e.day, s.depth, c.device, c.epoch, o.seq, tg.gid, tm.gid, m.number, p.name, tl.gid, l.code, "
    "EXISTS (SELECT 1 FROM corrected x WHERE x.entry = e.id), "
    "ifnull((SELECT times FROM taken_back b WHERE b.entry = e.id), 1)"
)
_JOINS = (
    "JOIN standing s ON s.op = e.id / 4096 JOIN operation o ON o.id = e.id / 4096 JOIN chain c ON c.id = o.chain "
    "JOIN thing tg ON tg.id = e.shg LEFT JOIN thing tm ON tm.id = e.member "
    "LEFT JOIN membership m ON m.thing = e.member LEFT JOIN person p ON p.thing = m.person "
    "LEFT JOIN thing tl ON tl.id = e.loan LEFT JOIN loan l ON l.thing = e.loan"
)
assert ENTRY_BITS == 4096


def entries(
    book: Book, group: str, page: Page = Page(), *, account: str | None = None, kinds: Sequence[str] = ()
) -> list[EntryRow]:
    """A page of a group's entries; `account` is a code or a family's word, `kinds` words of `ENTRY_KINDS`."""
    conditions = ["e.shg = :shg"]
    values: dict[str, object] = {"shg": thing_number(book.db, "group", group)}
    if account is not None:
        conditions.append(
            "EXISTS (SELECT 1 FROM account a JOIN posting q ON q.account = a.id AND q.day = e.day AND q.entry = e.id "
            "WHERE a.shg = :shg AND (a.code = :code OR substr(a.code, 1, length(:code) + 1) = :code || '.'))"
        )
        values["code"] = account
    if kinds:
        conditions.append(f"e.kind IN ({', '.join(str(KIND_NUMBER[kind]) for kind in kinds)})")
    return entry_rows(book.db, _page(book.db, "entry e", conditions, values, page))


def member_entries(book: Book, member: str, page: Page = Page()) -> list[EntryRow]:
    """A page of one member's entries (membership id), her loans' among them."""
    values: dict[str, object] = {"member": thing_number(book.db, "membership", member)}
    return entry_rows(book.db, _page(book.db, "entry e", ["e.member = :member"], values, page))


def entries_of_loans(book: Book, members: Iterable[str], loans: Iterable[str]) -> list[EntryRow]:
    """All entries of some loans (ids) of some members (membership ids), by their day."""
    given = {"members": json.dumps(sorted(members)), "loans": json.dumps(sorted(loans))}
    things = "SELECT t.id FROM json_each(:{0}) j CROSS JOIN thing t ON t.gid = j.value AND t.type = '{1}'"
    whose, of = things.format("members", "membership"), things.format("loans", "loan")
    where = f"e.member IN ({whose}) AND e.loan IN ({of}) ORDER BY e.day, e.id"
    rows = book.db.rows(f"{_COLUMNS} FROM entry e {_JOINS} WHERE {where}", given)
    return entry_rows(book.db, rows)


def account_page(book: Book, account: Account, page: Page = Page()) -> list[AccountRow]:
    """A page of one account, each row with what stood there after it, in whichever direction it is read."""
    db = book.db
    number = account_number(db, account)
    if number is None:
        return []
    table = "posting q CROSS JOIN entry e ON e.id = q.entry"
    values: dict[str, object] = {"account": number}
    found = _page(db, table, ["q.account = :account"], values, page, day="q.day", more="q.amount")
    if not found:
        return []
    oldest = found[-1] if page.newest_first else found[0]
    balance = standing_minor(db, number, oldest[1] - 1)
    balance += db.value(
        "SELECT ifnull(sum(q.amount), 0) FROM posting q JOIN standing s ON s.op = q.entry / 4096 "
        "JOIN operation o ON o.id = s.op JOIN chain c ON c.id = o.chain WHERE q.account = ? AND q.day = ? "
        "AND (s.depth, c.device, c.epoch, o.seq, q.entry) < (?, ?, ?, ?, ?)",
        (number, oldest[1], *oldest[2:6], oldest[0]),
    )
    pairs = list(zip(entry_rows(db, found), found, strict=True))
    rows = []
    for entry_row, row in reversed(pairs) if page.newest_first else pairs:
        balance += row[-1]
        rows.append(AccountRow(entry_row, row[-1], balance))
    return rows[::-1] if page.newest_first else rows


def entry(book: Book, name: str) -> EntryInFull | None:
    """One entry by its name with its operation, or None where it is not here or does not count.

    Raises ValueError for what is no name of an entry.
    """
    op_name, number = split_entry_name(name)
    stored = log.by_name(book.db, OpName.parse(op_name))
    if stored is None:
        return None
    found = book.db.rows(f"{_COLUMNS} FROM entry e {_JOINS} WHERE e.id = ?", (stored.id * ENTRY_BITS + number,))
    if not found or not number < ENTRY_BITS:
        return None
    (row,) = entry_rows(book.db, found)
    op = operations(book.db, [stored.id])[stored.id]
    return EntryInFull(row, op, texts(book, op))


def entries_of(book: Book, op: str) -> list[EntryRow]:
    """All entries of one operation in their own order."""
    stored = log.by_name(book.db, OpName.parse(op))
    if stored is None:
        return []
    found = book.db.rows(
        f"{_COLUMNS} FROM entry e {_JOINS} WHERE e.id BETWEEN ? AND ? ORDER BY e.id",
        (stored.id * ENTRY_BITS, stored.id * ENTRY_BITS + ENTRY_BITS - 1),
    )
    return entry_rows(book.db, found)


def place_in_day(book: Book, op: str) -> Place | None:
    """Where an operation stands within its day, whether it has entries or not; None where it does not count."""
    device, epoch, seq = op.split(".")
    depth = book.db.value(
        "SELECT s.depth FROM standing s JOIN operation o ON o.id = s.op JOIN chain c ON c.id = o.chain "
        "WHERE c.device = ? AND c.epoch = ? AND o.seq = ?",
        (device, epoch, int(seq)),
    )
    return None if depth is None else (int(depth), device, epoch, int(seq))


_TAKEN_BACK_THEN = (
    "NOT EXISTS (SELECT 1 FROM corrected x JOIN entry a ON a.id = x.entry JOIN entry b ON b.id = x.by "
    "JOIN taken_back t ON t.entry = a.id AND t.times < 1 WHERE x.{side} = e.id AND a.day = b.day)"
)
_MOVED = f"{_TAKEN_BACK_THEN.format(side='entry')} AND {_TAKEN_BACK_THEN.format(side='by')}"


def last_day(book: Book, group: str, *, standing: bool = False) -> date | None:
    """The newest effective day among a group's entries, or None where it has none.

    With `standing` what was taken back on its own day, and what took it back, are not looked at: they moved nothing.
    """
    which = f"AND {_MOVED}" if standing else ""
    number = thing_number(book.db, "group", group)
    found = book.db.value(f"SELECT e.day FROM entry e WHERE e.shg = ? {which} ORDER BY e.day DESC LIMIT 1", (number,))
    return None if found is None else _day(found)


def _day(day: int) -> date:
    return date.fromordinal(day)


def _page(
    db: Db,
    table: str,
    conditions: Sequence[str],
    values: Mapping[str, object],
    page: Page,
    *,
    day: str = "e.day",
    more: str | None = None,
) -> list[Row]:
    """Rows in order; the day stands alone in a condition too, so that its index leads the way and sorting is by day."""
    where, given = list(conditions), dict(values)
    if page.first is not None:
        where.append(f"{day} >= :first")
        given["first"] = page.first.toordinal()
    if page.last is not None:
        where.append(f"{day} <= :last")
        given["last"] = page.last.toordinal()
    if page.after is not None:
        key = page.after
        sign = "<" if page.newest_first else ">"
        where.append(f"{day} {sign}= :after_day")
        where.append(
            f"({day}, s.depth, c.device, c.epoch, o.seq, e.id % 4096) {sign} "
            "(:after_day, :depth, :device, :epoch, :seq, :n)"
        )
        given |= {"after_day": key.day.toordinal(), "depth": key.depth, "device": key.device}
        given |= {"epoch": key.epoch, "seq": key.seq, "n": key.n}
    way = "DESC" if page.newest_first else "ASC"
    order = ", ".join(f"{column} {way}" for column in (day, "s.depth", "c.device", "c.epoch", "o.seq", "e.id"))
    columns = _COLUMNS if more is None else f"{_COLUMNS}, {more}"
    return db.rows(
        f"{columns} FROM {table} {_JOINS} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT :limit",
        given | {"limit": page.limit},
    )


def entry_rows(db: Db, found: Sequence[Row]) -> list[EntryRow]:
    """Entries from rows of this module's columns, said by their operations."""
    read = operations(db, (row[0] // ENTRY_BITS for row in found))
    takers = _takers(db, [row[0] for row in found if row[12]])
    shared = shared_codes(db, {row[6] for row in found if row[10]})
    return [_entry_row(row, read[row[0] // ENTRY_BITS], takers.get(row[0], {}), shared) for row in found]


def _entry_row(row: Row, op: Operation, takers: Mapping[str, bool], shared: Mapping[str, str]) -> EntryRow:
    number, day, depth, device, epoch, seq, group, member, member_number, name, loan, loan_code = row[:12]
    n = number % ENTRY_BITS
    said = op.entries[n - 1]
    body = op.body
    return EntryRow(
        key=EntryKey(_day(day), depth, device, epoch, seq, n),
        name=entry_name(op.name, n),
        op=op.name,
        group=group,
        effective=_day(day),
        recorded=op.recorded,
        kind=said.kind,
        by=said.by,
        member=Who(member, member_number or "", name) if member else None,
        loan=loan,
        loan_code=shared.get(loan, loan_code),
        postings=tuple(PostingRow(p.code, _owner(said, p.owner, body), p.amount_minor) for p in said.postings),
        facts=said.facts,
        op_kind=op.kind,
        corrects=said.facts.get("corrects"),
        corrected_by=() if row[13] > 0 else tuple(name for name, stands in takers.items() if stands),
        takers=tuple(takers),
        stands=row[13] > 0,
        source=body.get("source"),
        receipt=said.facts.get("receipt", body.get("receipt")),
        meeting=body.get("number") if op.kind == "meeting" else None,
        from_paper=bool(body.get("paper")) or op.kind == "import",
    )


def _owner(said: Entry, owner: int | None, body: Mapping[str, Any]) -> str | None:
    if owner is None:
        return None
    found: str = body["members" if said.by == "member" else "loans"][owner]
    return found


def _takers(db: Db, numbers: Sequence[int]) -> dict[int, dict[str, bool]]:
    """The entries that take these back, by name in order, and whether they stand; the correcting operation's name where
    it does not say which entry does.
    """
    found: dict[int, dict[str, bool]] = {}
    for part, marks in portions(numbers):
        rows = db.rows(
            "SELECT x.entry, x.by % 4096, c.device, c.epoch, o.seq, ifnull(b.times, 1) FROM corrected x "
            "JOIN operation o ON o.id = x.by / 4096 JOIN chain c ON c.id = o.chain "
            f"LEFT JOIN taken_back b ON b.entry = x.by WHERE x.entry IN ({marks})",
            part,
        )
        for number, by, device, epoch, seq, times in rows:
            op = f"{device}.{epoch}.{seq}"
            found.setdefault(number, {})[entry_name(op, by) if by else op] = times > 0
    return {number: dict(sorted(names.items())) for number, names in found.items()}
