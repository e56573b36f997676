"""Loans as the ledger holds them: the terms agreed at the start, what was lent, and each movement by date."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.domain.entries import ENTRY_KINDS
from shg_desk.domain.ids import entry_name
from shg_desk.domain.ids import split_entry_name
from shg_desk.store.book import Book
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.entries import Who
from shg_desk.store.loan_names import LENT
from shg_desk.store.loan_names import shared_codes


@dataclass(frozen=True, slots=True)
class LoanMovement:
    """What one entry did to a loan on its effective day, minor units taken off principal and paid in interest.

    A handing out takes off less than nothing: `is_lent` tells it (and what takes it back) from payments.
    """

    on: date
    entry: str
    kind: str
    principal_minor: int
    interest_minor: int
    facts: Mapping[str, Any]
    is_lent: bool


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One loan: its id, code in the group, borrower, operation and day, terms and movements; minor units.

    Where several loans of the group were given under one code, `code` says with it what tells this one apart.
    `agreed_minor` is the amount its record names. The schedule is of what was handed out first (`principal_minor`), so
    that what is left of it is what the ledger holds of the loan, whatever the record names.
    """

    id: str
    group: str
    member: Who
    code: str
    op: str
    on: date
    agreed_minor: int
    terms: Mapping[str, Any]
    movements: tuple[LoanMovement, ...]

    @property
    def lent_minor(self) -> int:
        """What was really handed out, corrections counted."""
        return -sum(movement.principal_minor for movement in self.movements if movement.is_lent)

    @property
    def is_given(self) -> bool:
        """False where the handing out was taken back."""
        return self.lent_minor > 0

    @property
    def _given_first(self) -> frozenset[int]:
        """Which movements are the schedule's: the first handing out of what was agreed, else all that the record which
        handed out first says.
        """
        given = [(i, one) for i, one in enumerate(self.movements) if one.is_lent and one.principal_minor < 0]
        whole = next((i for i, one in given if one.principal_minor == -self.agreed_minor), None)
        if whole is not None:
            return frozenset({whole})
        ops = [split_entry_name(one.entry)[0] for _, one in given]
        return frozenset(i for (i, _), op in zip(given, ops, strict=True) if op == ops[0])

    @property
    def principal_minor(self) -> int:
        """What the schedule is of: what was handed out first; nothing where nothing was."""
        return -sum(self.movements[i].principal_minor for i in self._given_first)

    @property
    def since_given(self) -> tuple[LoanMovement, ...]:
        """The movements without the handing out that is the schedule's."""
        first = self._given_first
        return tuple(one for i, one in enumerate(self.movements) if i not in first)

    @property
    def outstanding_minor(self) -> int:
        """The principal left by everything in `movements`."""
        return -sum(movement.principal_minor for movement in self.movements)


_LOAN = (
    "SELECT l.thing, t.gid, tg.gid, tm.gid, m.number, p.name, l.code, c.device, c.epoch, o.seq, l.day, l.principal, "
    "l.terms FROM loan l JOIN thing t ON t.id = l.thing JOIN thing tg ON tg.id = l.shg "
    "JOIN thing tm ON tm.id = l.member LEFT JOIN membership m ON m.thing = l.member "
    "LEFT JOIN person p ON p.thing = m.person JOIN operation o ON o.id = l.op JOIN chain c ON c.id = o.chain"
)


def loans(book: Book, group: str | None = None, *, member: str | None = None, at: date | None = None) -> list[LoanRow]:
    """The loans of a group, of one member (membership id) or of the whole book, given by a day, oldest first.

    `at` leaves out what took effect later, loans and movements alike.
    """
    until = (at or date.max).toordinal()
    conditions, values = ["l.day <= :until"], {"until": until, "group": group, "member": member}
    if group is not None:
        conditions.append("l.shg = (SELECT id FROM thing WHERE type = 'group' AND gid = :group)")
    if member is not None:
        conditions.append("l.member = (SELECT id FROM thing WHERE type = 'membership' AND gid = :member)")
    where = " AND ".join(conditions)
    movements: dict[int, list[LoanMovement]] = {}
    for thing, day, entry, device, epoch, seq, kind, facts, principal, interest in book.db.rows(
        "SELECT l.thing, p.day, p.entry, c.device, c.epoch, o.seq, e.kind, e.facts, "
        "sum(CASE a.code WHEN 'principal' THEN -p.amount ELSE 0 END), "
        "sum(CASE a.code WHEN 'interest' THEN -p.amount ELSE 0 END) "
        "FROM loan l JOIN account a ON a.shg = l.shg AND a.code IN ('principal', 'interest') "
        "AND ifnull(a.owner, 0) = l.thing JOIN posting p ON p.account = a.id AND p.day <= :until "
        "JOIN entry e ON e.id = p.entry JOIN standing s ON s.op = e.id / 4096 JOIN operation o ON o.id = s.op "
        f"JOIN chain c ON c.id = o.chain WHERE {where} GROUP BY l.thing, p.entry "
        "ORDER BY l.thing, p.day, s.depth, c.device, c.epoch, o.seq, p.entry",
        values,
    ):
        movements.setdefault(thing, []).append(
            LoanMovement(
                on=date.fromordinal(day),
                entry=entry_name(f"{device}.{epoch}.{seq}", entry % ENTRY_BITS),
                kind=ENTRY_KINDS[kind],
                principal_minor=principal,
                interest_minor=interest,
                facts=json.loads(facts) if facts else {},
                is_lent=kind in LENT,
            )
        )
    found = []
    rows = book.db.rows(f"{_LOAN} WHERE {where} ORDER BY l.day, c.device, c.epoch, o.seq, l.code, t.gid", values)
    shared = shared_codes(book.db, (row[2] for row in rows)) if rows else {}
    for row in rows:
        thing, gid, group_gid, member_gid, number, name, code, device, epoch, seq, day, principal, terms = row
        found.append(
            LoanRow(
                id=gid,
                group=group_gid,
                member=Who(member_gid, number or "", name),
                code=shared.get(gid) or code,
                op=f"{device}.{epoch}.{seq}",
                on=date.fromordinal(day),
                agreed_minor=principal,
                terms=json.loads(terms),
                movements=tuple(movements.get(thing, ())),
            )
        )
    return found


def loan(book: Book, gid: str) -> LoanRow | None:
    """One loan by its id, or None."""
    member = book.db.value(
        "SELECT tm.gid FROM loan l JOIN thing t ON t.id = l.thing JOIN thing tm ON tm.id = l.member WHERE t.gid = ?",
        (gid,),
    )
    return next((one for one in loans(book, member=member) if one.id == gid), None) if member else None


def borrower(book: Book, gid: str) -> Who | None:
    """Who a loan was given to, or None where there is no such loan."""
    row = book.db.row(
        "SELECT tm.gid, m.number, p.name FROM thing t JOIN loan l ON l.thing = t.id JOIN thing tm ON tm.id = l.member "
        "LEFT JOIN membership m ON m.thing = l.member LEFT JOIN person p ON p.thing = m.person "
        "WHERE t.type = 'loan' AND t.gid = ?",
        (gid,),
    )
    return None if row is None else Who(row[0], row[1] or "", row[2])
