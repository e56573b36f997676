"""Photos of signed sheets: their records are derived, their sealed bytes lie beside the log and can be removed.

Bytes are named by their SHA-256 (hex). What partners (the office, laptops) were sent and have is kept with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass

from shg_desk.domain.problems import Code
from shg_desk.store.db import Db

LISTED_MOST = 500
"""Names of pictures that one parcel tells of; the next one tells of the rest."""

_REMOVED = "EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = f.thing)"
Opens = Callable[[bytes, str, int], bool]
"""Whether sealed bytes open under the key of a group (id) with this number. So it is told whose bytes they are where
records of several groups name them; the order in which records came tells nothing.
"""

_JOINED = (
    "FROM file f JOIN operation o ON o.id = f.op JOIN chain c ON c.id = o.chain JOIN thing t ON t.id = f.thing "
    "JOIN thing g ON g.id = f.shg"
)


@dataclass(frozen=True, slots=True)
class PictureRow:
    """The record of one picture: its operation's name, its id, its group (id), name and length of the sealed bytes.

    `key` is the number of the group's key, `page` of `pages` as they were numbered when it was added, `is_here` whether
    the bytes are here.
    """

    op: str
    id: str
    group: str
    hash: str
    length: int
    media: str
    key: int
    page: int | None
    pages: int | None
    is_here: bool


def of_meeting(db: Db, op: str, *, removed: bool = False) -> list[PictureRow]:
    """The pictures of an operation in the order of their pages; those taken away only with `removed`."""
    rows = db.rows(
        "SELECT c.device || '.' || c.epoch || '.' || o.seq, t.gid, g.gid, f.hash, f.length, f.media, f.key, f.page, "
        f"f.pages, EXISTS (SELECT 1 FROM picture p WHERE p.hash = f.hash) {_JOINED} "
        "JOIN operation m ON m.id = f.about JOIN chain n ON n.id = m.chain JOIN standing s ON s.op = m.id "
        "WHERE n.device || '.' || n.epoch || '.' || m.seq = ? AND m.id = f.about AND s.shg = f.shg "
        f"AND {_REMOVED} = ? ORDER BY f.page, f.op",
        (op, int(removed)),
    )
    return [
        PictureRow(name, gid, group, hash_, length, media, key, page, pages, bool(here))
        for name, gid, group, hash_, length, media, key, page, pages, here in rows
    ]


def meetings_with_pictures(db: Db, groups: Iterable[str]) -> list[tuple[str, int]]:
    """The meetings of these groups (ids) that have pictures: group and day number, by day."""
    wanted = set(groups)
    rows = db.rows(
        f"SELECT DISTINCT g.gid, s.day {_JOINED} JOIN standing s ON s.op = f.about AND s.shg = f.shg "
        f"WHERE NOT {_REMOVED} AND s.day IS NOT NULL ORDER BY 2, 1"
    )
    return [(str(gid), int(day)) for gid, day in rows if gid in wanted]


def content(db: Db, name: str) -> bytes | None:
    """The sealed bytes, or None where they are not here."""
    found = db.value("SELECT content FROM picture WHERE hash = ?", (name,))
    return None if found is None else bytes(found)


def whole_lengths(db: Db, names: Iterable[str]) -> dict[str, int]:
    """How long those of these are whose bytes are here and undamaged, in the order asked."""
    found = {}
    for name in names:
        sealed = content(db, name)
        if sealed is not None and hashlib.sha256(sealed).hexdigest() == name:
            found[name] = len(sealed)
    return found


def put(db: Db, content: bytes) -> bool:
    """Keeps sealed bytes under their own name, also in place of damaged ones; True where they were not here whole."""
    name = hashlib.sha256(content).hexdigest()
    kept = db.value("SELECT content FROM picture WHERE hash = ?", (name,))
    if kept is not None and bytes(kept) == content:
        return False
    db.run("INSERT OR REPLACE INTO picture VALUES (?, ?)", (name, content))
    return True


def is_here(db: Db, name: str) -> bool:
    """True where these bytes are kept."""
    return db.value("SELECT 1 FROM picture WHERE hash = ?", (name,)) is not None


def is_wanted(db: Db, name: str) -> bool | None:
    """True for bytes that a record names, False where every such record was taken away, None where there is none."""
    found = [bool(removed) for (removed,) in db.rows(f"SELECT {_REMOVED} FROM file f WHERE f.hash = ?", (name,))]
    return not all(found) if found else None


def is_over(db: Db, name: str, sealed: bytes, opens: Opens) -> bool:
    """True for bytes that are not to be kept: every record that names them was taken away, or every one of the group
    under whose key they open. While that cannot be told here, any record that stands keeps them.
    """
    rows = db.rows(
        f"SELECT g.gid, f.key, {_REMOVED} FROM file f JOIN thing g ON g.id = f.shg WHERE f.hash = ? ORDER BY 1, 2",
        (name,),
    )
    keeping = {gid for gid, _, removed in rows if not removed}
    return bool(rows) and (
        not keeping or any(gid not in keeping and opens(sealed, gid, number) for gid, number, _ in rows)
    )


def lengths_said(db: Db, name: str) -> set[int]:
    """How many bytes they have, by the records that name them and stand."""
    return {int(one) for (one,) in db.rows(f"SELECT length FROM file f WHERE hash = ? AND NOT {_REMOVED}", (name,))}


def waiting_lengths(db: Db) -> dict[str, int]:
    """The names of bytes that no record that counts names yet, and how many there are of each."""
    rows = db.rows(
        "SELECT p.hash, length(p.content) FROM picture p "
        "WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.hash = p.hash) ORDER BY 1"
    )
    return {str(name): int(length) for name, length in rows}


def unnamed(db: Db) -> list[str]:
    """Those of them that no record in the log names: neither one that waits for an earlier file nor one that waits for
    the office's decision. What the office has set aside for good names nothing.
    """
    rows = db.rows(
        "SELECT p.hash FROM picture p WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.hash = p.hash) "
        "AND NOT EXISTS (SELECT 1 FROM standing s JOIN operation o ON o.id = s.op WHERE s.state > 0 "
        "AND s.code IS NOT ? AND instr(o.line, CAST(p.hash AS BLOB)) > 0) ORDER BY 1",
        (Code.REJECTED.value,),
    )
    return [str(name) for (name,) in rows]


def forget_unnamed(db: Db, names: Iterable[str]) -> None:
    """Removes bytes that nothing names, and what partners were told of them: when their record comes, they are missing
    and are asked for.
    """
    waiting = set(unnamed(db))
    gone = [(name,) for name in names if name in waiting]
    for table in ("picture", "picture_at"):
        db.run_many(f"DELETE FROM {table} WHERE hash = ?", gone)


def forget_taken_away(db: Db, opens: Opens) -> int:
    """Removes the bytes of pictures whose records were taken away (`is_over`); gives how many there were."""
    named = db.rows(f"SELECT DISTINCT f.hash FROM file f JOIN picture p ON p.hash = f.hash WHERE {_REMOVED}")
    gone = [(name,) for (name,) in named if is_over(db, name, content(db, name) or b"", opens)]
    db.run_many("DELETE FROM picture WHERE hash = ?", gone)
    return len(gone)


# what partners have -------------------------------------------------------------------------------------------------


def to_send(db: Db, partner: str, groups: Iterable[str], *, by: Iterable[str] = (), again: bool = False) -> list[str]:
    """Names of pictures of these groups (ids) that are here and that the partner is not known to have.

    With `by` only those recorded by these devices; with `again` also what the partner has.
    """
    wanted, devices = set(groups), set(by)
    rows = db.rows(
        f"SELECT f.hash, g.gid, c.device {_JOINED} JOIN picture p ON p.hash = f.hash "
        f"WHERE NOT {_REMOVED} AND (? OR f.hash NOT IN (SELECT hash FROM picture_at WHERE partner = ? AND has = 1)) "
        "ORDER BY f.op",
        (again, partner),
    )
    named = [name for name, gid, device in rows if gid in wanted and (not devices or device in devices)]
    return list(dict.fromkeys(named))


def missing(db: Db, *, by: str = "", groups: Iterable[str] = ()) -> list[str]:
    """Names of pictures that records name and that are not here: recorded by one device, or of these groups."""
    wanted = set(groups)
    rows = db.rows(
        f"SELECT f.hash, g.gid, c.device {_JOINED} WHERE NOT {_REMOVED} "
        "AND NOT EXISTS (SELECT 1 FROM picture p WHERE p.hash = f.hash) ORDER BY f.op"
    )
    return [name for name, gid, device in rows if device == by or gid in wanted][:LISTED_MOST]


def groups_of_pictures(db: Db) -> set[str]:
    """The ids of the groups that have pictures."""
    return {str(gid) for (gid,) in db.rows("SELECT DISTINCT g.gid FROM file f JOIN thing g ON g.id = f.shg")}


def set_sent(db: Db, partner: str, names: Iterable[str]) -> None:
    """These went out to a partner."""
    db.run_many(
        "INSERT INTO picture_at (partner, hash, sent) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET sent = 1",
        [(partner, name) for name in names],
    )


def set_has(db: Db, partner: str, names: Iterable[str], *, has: bool = True) -> None:
    """A partner has these, or lacks them."""
    db.run_many(
        "INSERT INTO picture_at (partner, hash, has) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET has = ?3",
        [(partner, name, int(has)) for name in names],
    )


def set_to_tell(db: Db, partner: str, names: Iterable[str]) -> None:
    """That these came is to be told to the partner they came from."""
    db.run_many("UPDATE picture_at SET told = 0 WHERE partner = ? AND hash = ?", [(partner, name) for name in names])


def to_tell(db: Db, partner: str, heard: int) -> list[str]:
    """What a partner is to be told has come, once it is known which receipt it has read."""
    rows = db.rows(
        "SELECT hash FROM picture_at WHERE partner = ? AND told IS NOT NULL AND (told = 0 OR told > ?) ORDER BY 1",
        (partner, heard),
    )
    return [str(name) for (name,) in rows][:LISTED_MOST]


def set_told(db: Db, partner: str, names: Iterable[str], number: int) -> None:
    """A receipt of this number tells of them."""
    db.run_many(
        "UPDATE picture_at SET told = ? WHERE partner = ? AND hash = ?", [(number, partner, name) for name in names]
    )


def sent_and_unheard(db: Db, partner: str) -> list[str]:
    """What went out to a partner and it has not said that it came."""
    rows = db.rows("SELECT hash FROM picture_at WHERE partner = ? AND sent = 1 AND has = 0 ORDER BY 1", (partner,))
    return [str(name) for (name,) in rows][:LISTED_MOST]


def reached(db: Db, partner: str, name: str) -> tuple[bool, bool]:
    """Whether a picture went out to a partner, and whether the partner has it."""
    found = db.row("SELECT sent, has FROM picture_at WHERE partner = ? AND hash = ?", (partner, name))
    return (bool(found[0]), bool(found[1])) if found else (False, False)
