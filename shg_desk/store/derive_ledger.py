"""Turns applied operations into entries, postings, month totals and digests, gathered and written in bulk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from collections.abc import Mapping
from itertools import repeat
from typing import Any

from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import written
from shg_desk.domain.digest import LANE
from shg_desk.domain.digest import operation_lanes
from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.domain.entries import Block
from shg_desk.domain.kinds import counted_minor
from shg_desk.store.days import day_and_month
from shg_desk.store.db import Db
from shg_desk.store.log import Stored
from shg_desk.store.names import Names

ENTRY_BITS = 4096
"""An entry's number in the book is its operation's arrival number times this, plus its number in the operation."""

_SIGN = 2**63


def signed(lane: int) -> int:
    """A 64-bit lane as SQLite keeps it."""
    return lane - LANE if lane >= _SIGN else lane


class LedgerRows:
    """Rows of the ledger waiting to be written."""

    def __init__(self, db: Db, names: Names) -> None:
        self._db = db
        self._names = names
        self._entries: list[tuple[Any, ...]] = []
        self._postings: list[tuple[int, int, int, int]] = []
        self._totals: dict[int, dict[int, list[int]]] = {}  # by month, by account
        self._digests: dict[tuple[int, int], list[int]] = {}
        self._keys: list[tuple[bytes, int]] = []
        self._loans: list[tuple[Any, ...]] = []
        self._counts: list[tuple[Any, ...]] = []
        self._borrowers: dict[int, int] = {}

    @property
    def waiting(self) -> int:
        """How many entries wait to be written."""
        return len(self._entries)

    def add(self, op: Stored, body: Mapping[str, Any], blocks: list[Block], shg: int) -> None:
        """Takes the ledger part of an operation whose references are all here."""
        names = self._names
        members = names.make_things("membership", body.get("members", ()))
        for new in body.get("new_loans", ()):
            loan = names.make_thing("loan", new["loan"])
            member = members[new["member"]]
            day, _ = day_and_month(body["date"])
            self._borrowers[loan] = member
            terms = written(new["terms"]).decode()
            self._loans.append((loan, shg, member, new["code"], op.id, day, new["amount"], terms))
        loans = names.make_things("loan", body.get("loans", ()))
        if blocks:
            self._add_entries(op, body["date"], blocks, shg, members, loans)
            self._add_import_keys(op, body)
        for index, count in enumerate(body.get("counts", ())):
            holder = count.get("member")
            account = names.account(shg, count["place"], None if holder is None else members[holder])
            facts = (int(bool(count.get("awaiting"))), int(bool(count.get("paper"))))
            day, _ = day_and_month(body["date"])
            self._counts.append((op.id, index, account, day, counted_minor(count), count["expected"], *facts))

    def _add_entries(
        self, op: Stored, date_text: str, blocks: list[Block], shg: int, members: list[int], loans: list[int]
    ) -> None:
        number = op.id * ENTRY_BITS
        by_month: dict[int, list[int]] = {}
        for block in filter(len, blocks):  # one without lines moves nothing: its month has no digest of it
            day, month = day_and_month(block.day or date_text)
            whose = members if block.by == "member" else loans if block.by == "loan" else None
            first = number
            debit = self._add_block(block, number, shg, day, month, whose)
            number += len(block)
            digest = self._digests.setdefault((shg, month), [0, 0, 0, 0])
            digest[0] += len(block)
            digest[1] += debit
            by_month.setdefault(month, []).extend(range(first % ENTRY_BITS + 1, number % ENTRY_BITS + 1))
        for month, numbers in by_month.items():
            lane0, lane1 = operation_lanes(str(op.name), op.hash, numbers)
            digest = self._digests[shg, month]
            digest[2] = (digest[2] + lane0) % LANE
            digest[3] = (digest[3] + lane1) % LANE

    def _add_block(self, block: Block, number: int, shg: int, day: int, month: int, whose: list[int] | None) -> int:
        """The entries and postings of one block, by columns; gives the sum of their debits. Imports live here."""
        owners = [None if whose is None or index is None else whose[index] for index in block.owners]
        numbers = range(number + 1, number + 1 + len(block))
        moved_minor = 0
        for code, own, amounts in zip(block.codes, block.owned, block.columns, strict=True):
            moved_minor += sum(map(abs, amounts))
            cells = zip(numbers, owners, amounts, strict=True)
            moved = cells if all(amounts) else [cell for cell in cells if cell[2]]
            if own:
                self._add_owned(shg, code, day, month, moved)
            elif any(amounts):
                place = self._names.account(shg, code, None)
                self._postings += [(place, day, entry, amount) for entry, _, amount in moved]
                total = self._totals.setdefault(month, {}).setdefault(place, [0, 0])
                total[0] += len(amounts) - amounts.count(0)
                total[1] += sum(amounts)
        kind = KIND_NUMBER[block.kind]
        is_loan = block.by == "loan"
        members = [None if loan is None else self._borrower(loan) for loan in owners] if is_loan else owners
        loans = owners if is_loan else repeat(None)
        facts = [written(said).decode() if said else None for said in block.facts]
        self._entries += zip(numbers, repeat(shg), repeat(day), repeat(kind), members, loans, facts, strict=False)
        return moved_minor // 2  # what is debited is credited

    def _add_owned(
        self, shg: int, code: str, day: int, month: int, moved: Iterable[tuple[int, int | None, int]]
    ) -> None:
        """The postings of one column of accounts that members or loans have, from (entry, owner, amount)."""
        totals = self._totals.setdefault(month, {})
        account, postings = self._names.account, self._postings
        for entry, owner, amount in moved:
            place = account(shg, code, owner)
            postings.append((place, day, entry, amount))
            total = totals.get(place)
            if total is None:
                totals[place] = [1, amount]
            else:
                total[0] += 1
                total[1] += amount

    def _borrower(self, loan: int) -> int | None:
        found = self._borrowers.get(loan)
        if found is None:
            found = self._db.value("SELECT member FROM loan WHERE thing = ?", (loan,))
            if found is not None:
                self._borrowers[loan] = found
        return found

    def _add_import_keys(self, op: Stored, body: Mapping[str, Any]) -> None:
        """Remembers which cells of which table an import took: the same cell again adds nothing."""
        keys = body.get("keys")
        if not keys:
            return
        numbers = keys.get("members", [])
        number = 0
        for block in body.get("entries", ()):
            for line in block["lines"]:
                number += 1
                facts = line[-1] if type(line[-1]) is dict else {}
                member = numbers[line[0]] if block.get("by") == "member" else ""
                day = block.get("date") or body["date"]
                column = facts.get("column", block.get("column", ""))
                key = import_key(
                    body["source"],
                    keys.get("group", ""),
                    member,
                    day,
                    block["kind"],
                    column,
                    facts.get("occurrence", 1),
                )
                self._keys.append((key, op.id * ENTRY_BITS + number))

    def flush(self) -> None:
        """Writes what was gathered; tables keyed by place are written in key order, which is faster."""
        db = self._db
        db.run_many("INSERT OR IGNORE INTO loan VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._loans)
        db.insert_many("entry", self._entries)
        db.insert_many("posting", sorted(self._postings))
        db.run_many(
            "INSERT INTO month_total VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET count = count + excluded.count, sum = sum + excluded.sum",
            sorted((place, month, *total) for month, of in self._totals.items() for place, total in of.items()),
        )
        db.run_many("INSERT OR IGNORE INTO import_key VALUES (?, ?)", self._keys)
        db.run_many("INSERT INTO cash_count VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._counts)
        self._flush_digests()
        for rows in (self._entries, self._postings, self._keys, self._loans, self._counts):
            rows.clear()
        self._totals.clear()

    def _flush_digests(self) -> None:
        # lanes are added here and not in SQL, where a sum past 2^63 would become a float
        rows = []
        for (shg, month), (count, debit, lane0, lane1) in sorted(self._digests.items()):
            before = self._db.row(
                "SELECT count, debit, lane0, lane1 FROM digest WHERE shg = ? AND month = ?", (shg, month)
            ) or (0, 0, 0, 0)
            lanes = (signed((before[2] + lane0) % LANE), signed((before[3] + lane1) % LANE))
            rows.append((shg, month, before[0] + count, before[1] + debit, *lanes))
        self._db.run_many("INSERT OR REPLACE INTO digest VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._digests.clear()


def import_key(source: str, group: str, member: str, day: str, kind: str, column: str, occurrence: int) -> bytes:
    """16 bytes that name one cell of one imported table: (source, group, member, date, kind, column, occurrence)."""
    return hashlib.sha256(encode([source, group, member, day, kind, column, occurrence])).digest()[:16]
