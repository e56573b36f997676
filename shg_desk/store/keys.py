"""Keys of households and groups: kept beside the log, so that they can be destroyed.

A destroyed key leaves its number behind: the same key never comes back by a later file or backup.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from shg_desk.store.book import Writer
from shg_desk.store.db import Db


@dataclass(frozen=True, slots=True)
class OwnerKey:
    """A key: whose it is (household or group id), what for (identity, life, group), its number, the 32 bytes."""

    owner: str
    purpose: str
    number: int
    key: bytes


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The number of a destroyed key, and the operation or order that destroyed it."""

    owner: str
    purpose: str
    number: int
    by: str


def key(db: Db, owner: str, purpose: str, number: int) -> bytes | None:
    """The key with this number, or None where it is not here or was destroyed."""
    found = db.value(
        "SELECT key FROM household_key WHERE owner = ? AND purpose = ? AND number = ?", (owner, purpose, number)
    )
    return None if found is None else bytes(found)


def newest(db: Db, owner: str, purpose: str) -> tuple[int, bytes]:
    """The number and the key to seal with now. Raises KeyError where there is none (never made, or destroyed)."""
    row = db.row(
        "SELECT number, key FROM household_key WHERE owner = ? AND purpose = ? ORDER BY number DESC LIMIT 1",
        (owner, purpose),
    )
    if row is None or row[1] is None:
        raise KeyError((owner, purpose))
    return int(row[0]), bytes(row[1])


def has_key(db: Db, owner: str, purpose: str) -> bool:
    """True where something can be sealed for this owner and purpose now."""
    try:
        newest(db, owner, purpose)
    except KeyError:
        return False
    return True


def put(db: Db, owner: str, purpose: str, number: int, key: bytes) -> bool:
    """Keeps a key; True where it was new. One that was destroyed stays so, one that is here is not replaced."""
    found = db.row(
        "SELECT 1 FROM household_key WHERE owner = ? AND purpose = ? AND number = ?", (owner, purpose, number)
    )
    if found is not None:
        return False
    db.run("INSERT INTO household_key VALUES (?, ?, ?, ?, NULL)", (owner, purpose, number, key))
    return True


def put_many(db: Db, writer: Writer, keys: Iterable[OwnerKey]) -> int:
    """Keeps keys that came in a file and opens what they seal; gives how many were new."""
    new = [one for one in keys if put(db, one.owner, one.purpose, one.number, one.key)]
    for one in new:
        writer.refresh_sealed(one.owner, one.purpose, one.number)
    return len(new)


def destroy(db: Db, writer: Writer, owner: str, purposes: Sequence[str], by: str) -> int:
    """Destroys every key of an owner for these purposes and closes what they sealed; gives how many there were.

    So are those that have not come: an older file may still be on its way with one. Numbers go up one by one from 1,
    and what was sealed here so far tells how far. The bytes are overwritten in the file (`secure_delete`); call
    `forget_traces` once the transaction is done.
    """
    destroyed = 0
    for purpose in purposes:
        known = db.value("SELECT max(number) FROM household_key WHERE owner = ? AND purpose = ?", (owner, purpose))
        sealed = db.rows(
            "SELECT DISTINCT seal_owner FROM revision WHERE seal_owner >= ? AND seal_owner < ?",
            (f"{owner} {purpose} ", f"{owner} {purpose}!"),
        )
        newest = max(1, known or 0, *(int(text.rpartition(" ")[2]) for (text,) in sealed))
        for number in range(1, newest + 1):
            destroyed += destroy_one(db, writer, owner, purpose, number, by)
    return destroyed


def destroy_one(db: Db, writer: Writer, owner: str, purpose: str, number: int, by: str) -> bool:
    """Obeys an order: the key with this number is gone, and will not be taken again. True where it was here."""
    had = key(db, owner, purpose, number) is not None
    if had or not is_destroyed(db, owner, purpose, number):
        db.run("INSERT OR REPLACE INTO household_key VALUES (?, ?, ?, NULL, ?)", (owner, purpose, number, by))
        writer.refresh_sealed(owner, purpose, number)
    return had


def forget_traces(db: Db) -> None:
    """Folds the write-ahead log into the file and empties it, so that no old page keeps a destroyed key."""
    db.run("PRAGMA wal_checkpoint(TRUNCATE)")


def is_destroyed(db: Db, owner: str, purpose: str, number: int) -> bool:
    """True for a key that was here, or ordered, to be destroyed."""
    found = db.row(
        "SELECT 1 FROM household_key WHERE owner = ? AND purpose = ? AND number = ? AND key IS NULL",
        (owner, purpose, number),
    )
    return found is not None


def destroyed(db: Db) -> list[Destroyed]:
    """Every destroyed key: each return repeats them all."""
    rows = db.rows("SELECT owner, purpose, number, destroyed_by FROM household_key WHERE key IS NULL ORDER BY 1, 2, 3")
    return [Destroyed(owner, purpose, number, by or "") for owner, purpose, number, by in rows]


def keys_of(db: Db, owners: Iterable[str], purposes: Sequence[str] = ("identity", "life", "group")) -> list[OwnerKey]:
    """The keys of these owners for these purposes that are here, in order of owner, purpose and number."""
    wanted = iter(sorted(set(owners)))
    found = []
    for part in iter(lambda: list(islice(wanted, 500)), []):
        marks = ", ".join("?" * len(part))
        found += [
            OwnerKey(owner, purpose, number, bytes(key))
            for owner, purpose, number, key in db.rows(
                f"SELECT owner, purpose, number, key FROM household_key WHERE key IS NOT NULL AND owner IN ({marks}) "
                "ORDER BY 1, 2, 3",
                part,
            )
            if purpose in purposes
        ]
    return found
