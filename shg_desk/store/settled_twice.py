"""What is settled once and stands there from several laptops: a share-out, the account of a member who died."""

from __future__ import annotations

from collections import defaultdict

from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.domain.leaving import DIED
from shg_desk.store.book import Book
from shg_desk.store.db import Row
from shg_desk.store.derive_ledger import ENTRY_BITS

_STANDS = "NOT EXISTS (SELECT 1 FROM taken_back b WHERE b.entry = e.id AND b.times < 1)"
_NAME = "t.gid, s.day, c.device, c.epoch, o.seq"
_JOINS = (
    "JOIN standing s ON s.op = f.op JOIN thing t ON t.id = s.shg JOIN operation o ON o.id = s.op "
    "JOIN chain c ON c.id = o.chain WHERE s.state = 0 AND (:group IS NULL OR t.gid = :group)"
)
_SHARED = (
    "WITH few AS (SELECT s.shg, s.seen FROM standing s JOIN operation o ON o.id = s.op JOIN chain c ON c.id = o.chain "
    "WHERE s.kind = 'between' AND s.state = 0 GROUP BY 1, 2 HAVING count(DISTINCT c.device) > 1), "
    "f AS (SELECT s.op FROM few CROSS JOIN standing s ON s.shg = few.shg AND s.seen IS few.seen AND s.kind = 'between' "
    f"AND EXISTS (SELECT 1 FROM entry e WHERE e.id BETWEEN s.op * {ENTRY_BITS} AND s.op * {ENTRY_BITS} + "
    f"{ENTRY_BITS - 1} AND e.kind = {KIND_NUMBER['share-out']} AND {_STANDS})) "
    f"SELECT ifnull(s.seen, ''), {_NAME} FROM f {_JOINS} ORDER BY s.op"
)
"""Share-outs of groups where several laptops wrote between the same two meetings."""

_DIED = (
    f"WITH f AS (SELECT DISTINCT e.member, e.id / {ENTRY_BITS} AS op FROM membership m "
    f"CROSS JOIN entry e ON e.member = m.thing WHERE m.why = '{DIED}' AND e.kind = {KIND_NUMBER['settlement']} "
    f"AND json_extract(e.facts, '$.why') = '{DIED}' AND {_STANDS}) "
    f"SELECT f.member, {_NAME} FROM f {_JOINS} ORDER BY s.op"
)
"""Accounts of members who died: the records that settled one, by her."""


def settled_twice(book: Book, group: str | None = None) -> list[tuple[str, int, list[str]]]:
    """By (group id, day as a number) the records of different laptops that settled one thing and stand, two or more."""
    found = []
    for about, sql in (("shared", _SHARED), ("died", _DIED)):
        together: dict[tuple[str, str, object], list[Row]] = defaultdict(list)
        for row in book.db.rows(sql, {"group": group}):
            together[about, row[1], row[0]].append(row)
        for (_, gid, _), rows in together.items():
            if len({row[3] for row in rows}) > 1:
                found.append((gid, min(row[2] for row in rows), sorted({f"{r[3]}.{r[4]}.{r[5]}" for r in rows})))
    return found
