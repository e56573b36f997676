"""What members brought of a saving and took out of it, by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.store.db import Db

TAKES_OUT = ("withdrawal", "share-out")
"""Kinds of entries that give savings back to their owner."""


@dataclass(frozen=True, slots=True)
class SavingMove:
    """What one entry put on a member's saving (minor units; below zero: took off): whose, which product, which day.

    `is_taken` says that it is a withdrawal or a share-out, `from_table` that an import brought it.
    """

    member: str
    product: str
    on: date
    amount_minor: int
    is_taken: bool
    from_table: bool = False


def saving_moves(db: Db, group: str, products: Sequence[str], until: date) -> list[SavingMove]:
    """What moved a group's savings of these products up to a day, as far as it still stands.

    What was taken back counts no more from its own day on, whenever that was found out.
    """
    marks = ", ".join("?" * len(products))
    out = ", ".join(str(KIND_NUMBER[kind]) for kind in TAKES_OUT)
    rows = db.rows(
        f"SELECT o.gid, a.code, p.day, -p.amount * ifnull(b.times, 1), e.kind IN ({out}), s.kind = 'import' "
        "FROM thing t JOIN account a ON a.shg = t.id JOIN thing o ON o.id = a.owner "
        "CROSS JOIN posting p ON p.account = a.id CROSS JOIN entry e ON e.id = p.entry "
        "JOIN standing s ON s.op = p.entry / 4096 LEFT JOIN taken_back b ON b.entry = p.entry "
        f"WHERE t.type = 'group' AND t.gid = ? AND a.code IN ({marks}) AND p.day <= ? "
        "AND NOT EXISTS (SELECT 1 FROM corrected x WHERE x.by = p.entry)",
        (group, *(f"saving.{product}" for product in products), until.toordinal()),
    )
    return [
        SavingMove(member, code.partition(".")[2], date.fromordinal(day), amount, bool(taken), bool(table))
        for member, code, day, amount, taken, table in rows
        if amount
    ]
