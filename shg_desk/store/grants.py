"""Which groups the codes mean that laptops were granted: said with the grant, or when a group is made with one."""

from __future__ import annotations

from shg_desk.store.db import Db
from shg_desk.store.exchange import grant_group
from shg_desk.store.exchange import granted_codes
from shg_desk.store.scope import maker


def let_have(db: Db, device_code: str, code: str, group: str | None) -> None:
    """A device may have a group by its code; what is bound already stays so.

    A second group under a code it has already stands beside the first, under its id.
    """
    granted = granted_codes(db, device_code)
    if group is None:
        db.run("INSERT OR IGNORE INTO device_group VALUES (?, ?, NULL)", (device_code, code))
    elif granted.get(code) in (None, group):
        grant_group(db, device_code, code, group)
    elif group not in granted.values():
        grant_group(db, device_code, group, group)


def bind_code(db: Db, device_code: str, code: str, group: str) -> None:
    """A device has made a group with a code: the group is its own, and the one meant by grants of that code.

    For other devices it is so only where this one was granted the code too: nobody gets hold of what was meant for
    others by being the first to use a code.
    """
    granted = granted_codes(db, device_code)
    if code in granted and granted[code] is None:
        _mean(db, code, group)
    else:
        let_have(db, device_code, code, group)


def _mean(db: Db, code: str, group: str) -> None:
    db.run("UPDATE device_group SET shg = ? WHERE code = ? AND shg IS NULL", (group, code))


def bind_new_groups(db: Db, own: str) -> set[str]:
    """Binds every group that is nobody's yet to its maker (see `bind_code`); gives the ids of those bound now.

    A group that the office (`own`) made is meant by every grant of its code that means no group yet.
    """
    waiting = {str(code) for (code,) in db.rows("SELECT code FROM device_group WHERE shg IS NULL")}
    found = set()
    for gid, code in db.rows(
        "SELECT t.gid, s.code FROM thing t JOIN shg s ON s.thing = t.id WHERE t.type = 'group' AND s.code IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM device_group d WHERE d.shg = t.gid) ORDER BY t.id"
    ):
        by = maker(db, "group", gid)
        if by == own and code in waiting:
            _mean(db, code, gid)
        elif by is not None and by != own:
            bind_code(db, by, code, gid)
        else:
            continue
        waiting.discard(code)
        found.add(str(gid))
    return found
