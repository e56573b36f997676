"""Is the book sound? Everything is counted again from the raw lines, by other code than what wrote the tables.

Each finding is a Problem whose place names an operation, an entry or a group. A sound book gives an empty list.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from shg_desk.domain.accounts import Owner
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.canonical import first_head
from shg_desk.domain.canonical import line_hash
from shg_desk.domain.canonical import next_head
from shg_desk.domain.digest import Digest
from shg_desk.domain.digest import entry_lanes
from shg_desk.domain.entries import ENTRY_KINDS
from shg_desk.domain.money import RECORDS_LIMIT
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import log
from shg_desk.store import schema
from shg_desk.store.book import Book
from shg_desk.store.check_derived import check_derived
from shg_desk.store.check_pictures import check_pictures
from shg_desk.store.db import Db
from shg_desk.store.decided import decisions
from shg_desk.store.decided import mark_of
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.dump import month_text
from shg_desk.store.standings import State

Key = tuple[str, str | None, int]
"""An account code, its owner's id and a month number."""


Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Counted:
    """One group added up from its operations' lines: postings and entries by entry, month totals, digests."""

    postings: dict[int, list[tuple[int, str, str | None, int]]] = field(default_factory=dict)
    entries: dict[int, tuple[int, str, str | None, str | None, str | None]] = field(default_factory=dict)
    totals: dict[Key, list[int]] = field(default_factory=dict)
    digests: dict[int, Digest] = field(default_factory=dict)


def check(book: Book, progress: Progress = lambda done, of: None) -> list[Problem]:
    """Everything that is wrong with the book: file, guards, chains, standings, sums, digests, keys, derived tables.

    `progress(done, of)` is told as groups are added up, and as the log is gone through once more.
    """
    log_faults = [*check_file(book.db), *check_chains(book.db)]
    found = [
        *log_faults,
        *_check_room(book.db),
        *_check_standings(book.db),
        *_check_ledger(book.db, progress),
        *_check_keys(book.db),
        *check_pictures(book.db),
    ]
    # a log that is not whole says nothing about the tables
    return found if log_faults else [*found, *check_derived(book, progress)]


def check_file(db: Db) -> Iterator[Problem]:
    """The file page by page, the references between tables, and the guards of the log."""
    for pragma in ("cipher_integrity_check", "integrity_check"):
        for (said,) in db.rows(f"PRAGMA {pragma}"):
            if said != "ok":
                yield Problem(Code.BOOK_DAMAGED, str(db.path), {"reason": str(said)})
    for row in db.rows("PRAGMA foreign_key_check"):
        yield Problem(Code.BOOK_DAMAGED, str(row[0]), {"reason": f"{row[0]} {row[1]}: {row[2]}"})
    try:
        schema.check_guards(db)
    except KnownError as error:
        yield from error.problems


def check_chains(db: Db) -> Iterator[Problem]:
    """Every line's hash and every head again from the raw lines; a chain of ours has no gap.

    Where the predecessor is not here (it came through somebody else) the head it was said to have is taken.
    """
    own: dict[str, str] = dict(db.rows("SELECT name, value FROM setting WHERE name IN ('device', 'epoch')"))
    let_in = {mark for mark, counts in decisions(db).items() if counts}
    for chain, device, epoch in db.rows("SELECT id, device, epoch FROM chain ORDER BY 1"):
        known: dict[int, set[bytes]] = {0: {first_head(device, epoch)}}
        for seq, line, hashed, head_before, head, relayed, state in db.each(
            "SELECT o.seq, o.line, o.hash, o.head_before, o.head, o.relayed, s.state FROM operation o "
            "LEFT JOIN standing s ON s.op = o.id WHERE o.chain = ? ORDER BY o.seq, o.id",
            (chain,),
        ):
            name = f"{device}.{epoch}.{seq}"
            known = {at: heads for at, heads in known.items() if at >= seq - 1}
            before = known.get(seq - 1)
            # one that waits for a decision, or was let in by one, may have been written after another past
            is_next = next_head(head_before, hashed) == head and (
                before is None or head_before in before or state == State.QUARANTINED or mark_of(hashed) in let_in
            )
            if line_hash(line) != hashed or not is_next:
                yield Problem(Code.CHAIN_BROKEN, name)
            elif before is None and (device == own.get("device") or (not relayed and state == 0)):
                yield Problem(Code.CHAIN_BROKEN, name, {"missing": seq - 1})
            known.setdefault(seq, set()).add(bytes(head))


def _check_room(db: Db) -> Iterator[Problem]:
    """More records than add up within 64 bits for certain: an older program took in any number."""
    if log.newest(db) > RECORDS_LIMIT:
        yield Problem(Code.RECORDS_TOO_MANY, "operation", {}, Level.WARNING)


def _check_standings(db: Db) -> Iterator[Problem]:
    """Every operation has one standing, and what waits waits for something that is really not here."""
    name = "c.device || '.' || c.epoch || '.' || o.seq"
    joins = "JOIN chain c ON c.id = o.chain"
    for (op,) in db.rows(f"SELECT {name} FROM operation o {joins} WHERE o.id NOT IN (SELECT op FROM standing)"):
        yield Problem(Code.TOTALS_DIFFER, op, {"reason": "no standing"})
    for (op,) in db.rows(
        f"SELECT {name} FROM standing s JOIN operation o ON o.id = s.op {joins} "
        "WHERE s.state = 1 AND s.op NOT IN (SELECT op FROM waiting)"
    ):
        yield Problem(Code.TOTALS_DIFFER, op, {"reason": "waits for nothing"})
    for need, op in db.rows(
        f"SELECT w.need, {name} FROM waiting w JOIN operation o ON o.id = w.op {joins} ORDER BY 2, 1"
    ):
        if _is_met(db, need):
            yield Problem(Code.TOTALS_DIFFER, op, {"reason": f"waits for {need}, which is here"})


def _is_met(db: Db, need: str) -> bool:
    what, _, rest = need.partition(":")
    if what == "t":
        kind, _, gid = rest.rpartition(":")  # a type is any text; an id has no colon
        return db.row("SELECT 1 FROM thing WHERE type = ? AND gid = ?", (kind, gid)) is not None
    if what not in ("o", "s"):
        return False
    device, epoch, seq = rest.split(".")
    state = db.row(
        "SELECT s.state FROM operation o JOIN chain c ON c.id = o.chain JOIN standing s ON s.op = o.id "
        "WHERE c.device = ? AND c.epoch = ? AND o.seq = ? ORDER BY o.id LIMIT 1",
        (device, epoch, int(seq)),
    )
    return state is not None and (what == "s" or state[0] == 0)


def _check_keys(db: Db) -> Iterator[Problem]:
    """Keys of nobody known: what they open has not come yet. A destroyed one is only remembered."""
    for (owner,) in db.rows(
        "SELECT DISTINCT owner FROM household_key WHERE key IS NOT NULL AND owner NOT IN "
        "(SELECT gid FROM thing WHERE type IN ('household', 'group')) ORDER BY 1"
    ):
        yield Problem(Code.REFERENCE_MISSING, owner, {"owner": owner}, Level.WARNING)


# the ledger ---------------------------------------------------------------------------------------------------------


def _check_ledger(db: Db, progress: Progress) -> Iterator[Problem]:
    by_group: dict[int, list[int]] = {}
    for op, shg in db.rows("SELECT op, shg FROM standing WHERE state = 0 AND shg IS NOT NULL ORDER BY op"):
        by_group.setdefault(shg, []).append(op)
    groups = db.rows(
        "SELECT t.id, t.gid, ifnull(g.code, t.gid) FROM thing t LEFT JOIN shg g ON g.thing = t.id "
        "WHERE t.type = 'group' ORDER BY t.gid"
    )
    borrowers: dict[str, str] = dict(
        db.rows("SELECT t.gid, m.gid FROM loan l JOIN thing t ON t.id = l.thing JOIN thing m ON m.id = l.member")
    )
    named: set[str] = set()
    for done, (shg, gid, code) in enumerate(groups):
        progress(done, len(groups))
        counted = _Counted()
        for op in by_group.get(shg, ()):
            # a line that counts and cannot be read was changed: `check_chains` names it
            with suppress(ValueError, KeyError, TypeError, IndexError, AttributeError):
                _count(db, op, counted, borrowers)
        for problem in (*_compare_entries(db, shg, code, counted), *_compare_totals(db, shg, gid, code, counted)):
            named.add(problem.where)
            yield problem
    for (entry,) in db.rows(
        "SELECT entry FROM posting WHERE entry NOT IN (SELECT id FROM entry) UNION "
        "SELECT id FROM entry WHERE id / 4096 NOT IN (SELECT op FROM standing WHERE state = 0)"
    ):
        where = _entry_name(db, entry)
        if where not in named:
            yield Problem(Code.TOTALS_DIFFER, where, {"reason": "an entry of no operation that counts"})


def _count(db: Db, op: int, counted: _Counted, borrowers: dict[str, str]) -> None:
    """Adds one operation's line to a group's sums, in the plainest way there is."""
    row = db.row(
        "SELECT o.line, o.hash, c.device || '.' || c.epoch || '.' || o.seq FROM operation o "
        "JOIN chain c ON c.id = o.chain WHERE o.id = ?",
        (op,),
    )
    if row is None:
        return
    line, hashed, name = row
    read = json.loads(line)
    body = read["body"]
    if read["kind"] not in ("meeting", "between", "count", "correction", "import"):
        return
    number = 0
    for block in body.get("entries", []):
        when = date.fromisoformat(block.get("date") or body["date"])
        month = when.year * 12 + when.month - 1
        owners = body["members"] if block.get("by") == "member" else body["loans"] if block.get("by") == "loan" else []
        codes = block["accounts"]
        for said in block["lines"]:
            number += 1
            whose = None if said[0] is None else owners[said[0]]
            amounts = said[1 : len(codes)]
            facts = said[len(codes)] if len(said) > len(codes) else None
            postings = _postings(codes, [*amounts, -sum(amounts)], whose, when.toordinal())
            entry = op * ENTRY_BITS + number
            loan = whose if block.get("by") == "loan" else None
            member = borrowers.get(loan) if loan else whose
            text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if facts else None
            counted.entries[entry] = (when.toordinal(), block["kind"], member, loan, text)
            counted.postings[entry] = postings
            for _, code, owner, amount in postings:
                total = counted.totals.setdefault((code, owner, month), [0, 0])
                total[0] += 1
                total[1] += amount
            debit = sum(posting[3] for posting in postings if posting[3] > 0)
            one = Digest(1, debit, *entry_lanes(name, hashed, number))
            counted.digests[month] = counted.digests.get(month, Digest()) + one


def _postings(
    codes: list[str], amounts: list[int], whose: str | None, day: int
) -> list[tuple[int, str, str | None, int]]:
    return sorted(
        (day, code, None if account_kind(code).owner is Owner.GROUP else whose, amount)
        for code, amount in zip(codes, amounts, strict=True)
        if amount
    )


def _compare_entries(db: Db, shg: int, code: str, counted: _Counted) -> Iterator[Problem]:
    entries: dict[int, Any] = {
        row[0]: (row[1], ENTRY_KINDS[row[2]], *row[3:])
        for row in db.rows(
            "SELECT e.id, e.day, e.kind, m.gid, l.gid, e.facts FROM entry e LEFT JOIN thing m ON m.id = e.member "
            "LEFT JOIN thing l ON l.id = e.loan WHERE e.shg = ?",
            (shg,),
        )
    }
    postings: dict[int, list[tuple[int, str, str | None, int]]] = {entry: [] for entry in entries}
    for entry, day, account, owner, amount in db.rows(
        "SELECT p.entry, p.day, a.code, t.gid, p.amount FROM account a JOIN posting p ON p.account = a.id "
        "LEFT JOIN thing t ON t.id = a.owner WHERE a.shg = ?",
        (shg,),
    ):
        postings.setdefault(entry, []).append((day, account, owner, amount))
    for entry in sorted(postings.keys() | entries.keys() | counted.entries.keys()):
        there = postings.get(entry, [])
        where = _entry_name(db, entry)
        if sum(posting[3] for posting in there):
            yield Problem(Code.NOT_BALANCED, where, {"group": code})
        elif sorted(there) != counted.postings.get(entry) or entries.get(entry) != counted.entries.get(entry):
            yield Problem(Code.TOTALS_DIFFER, where, {"group": code})


def _entry_name(db: Db, entry: int) -> str:
    op = db.value(
        "SELECT c.device || '.' || c.epoch || '.' || o.seq FROM operation o JOIN chain c ON c.id = o.chain "
        "WHERE o.id = ?",
        (entry // ENTRY_BITS,),
    )
    return f"{op or '?'}#{entry % ENTRY_BITS}"


def _compare_totals(db: Db, shg: int, gid: str, code: str, counted: _Counted) -> Iterator[Problem]:
    totals = {
        (account, owner, month): [count, amount]
        for account, owner, month, count, amount in db.rows(
            "SELECT a.code, t.gid, m.month, m.count, m.sum FROM account a JOIN month_total m ON m.account = a.id "
            "LEFT JOIN thing t ON t.id = a.owner WHERE a.shg = ?",
            (shg,),
        )
    }
    for key in sorted(totals.keys() | counted.totals.keys(), key=str):
        if totals.get(key) != counted.totals.get(key):
            facts = {"group": code, "account": key[0], "owner": key[1], "month": month_text(key[2])}
            yield Problem(Code.TOTALS_DIFFER, f"{gid} {key[0]}", facts)
    digests = {
        month: Digest(count, debit, lane0 % 2**64, lane1 % 2**64)
        for month, count, debit, lane0, lane1 in db.rows(
            "SELECT month, count, debit, lane0, lane1 FROM digest WHERE shg = ?", (shg,)
        )
    }
    for month in sorted(digests.keys() | counted.digests.keys()):
        if digests.get(month) != counted.digests.get(month):
            yield Problem(Code.TOTALS_DIFFER, gid, {"group": code, "month": month_text(month)})
