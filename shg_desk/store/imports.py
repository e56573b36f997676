"""What imports of tables have taken already: which cells, with which amounts, and who is known under which code."""

from __future__ import annotations

from collections.abc import Iterable

from shg_desk.store.db import Db

_AT_ONCE = 400


def known_amounts(db: Db, keys: Iterable[bytes]) -> dict[bytes, int]:
    """The amount (debit of its entry, minor units) of every import key that is here; a corrected entry counts too."""
    wanted = list(keys)
    found: dict[bytes, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        rows = db.rows(f"SELECT key, entry FROM import_key WHERE key IN ({marks})", part)
        entries = {int(entry): bytes(key) for key, entry in rows}
        for entry, amount in _debits(db, list(entries)).items():
            found[entries[entry]] = amount
    return found


def _debits(db: Db, entries: list[int]) -> dict[int, int]:
    """The debit of each entry; postings are found by the entry's own day and group, so no index by entry is kept."""
    if not entries:
        return {}
    marks = ",".join("?" * len(entries))
    rows = db.rows(
        "SELECT e.id, sum(p.amount) FROM entry e JOIN account a ON a.shg = e.shg "
        f"JOIN posting p ON p.account = a.id AND p.day = e.day AND p.entry = e.id WHERE e.id IN ({marks}) "
        "AND p.amount > 0 GROUP BY e.id",
        entries,
    )
    return {int(entry): int(amount) for entry, amount in rows}


def memberships(db: Db, group: str) -> dict[str, str]:
    """Number in the group to membership id, for every member of a group."""
    rows = db.rows(
        "SELECT m.number, t.gid FROM membership m JOIN thing t ON t.id = m.thing JOIN thing g ON g.id = m.shg "
        "WHERE g.gid = ? ORDER BY t.gid DESC",
        (group,),
    )
    return {str(number): str(gid) for number, gid in rows if number}


def households(db: Db) -> dict[str, str]:
    """Household code to id, for every household that has a code."""
    rows = db.rows("SELECT h.code, t.gid FROM household h JOIN thing t ON t.id = h.thing ORDER BY t.gid DESC")
    return {str(code): str(gid) for code, gid in rows if code}


def villages(db: Db) -> dict[str, str]:
    """Folded village name to id."""
    rows = db.rows("SELECT v.search, t.gid FROM village v JOIN thing t ON t.id = v.thing ORDER BY t.gid DESC")
    return {str(search): str(gid) for search, gid in rows}
