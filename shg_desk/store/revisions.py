"""What a next revision has to know: the heads of a field group and the fields shown of it today."""

from __future__ import annotations

import json
from typing import Any

from shg_desk.store.db import Db

_OF_GROUP = (
    "SELECT c.device, c.epoch, o.seq, r.clear, r.sealed FROM revision r JOIN thing t ON t.id = r.thing "
    "JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain "
    "WHERE t.type = ? AND t.gid = ? AND r.field_group = ? AND {which} "
    "ORDER BY r.ancestors, c.device, c.epoch, o.seq"
)
_HEADS = _OF_GROUP.format(which="r.is_head = 1")
_LATER_HEADS = _OF_GROUP.format(which="r.is_head = 1 AND r.ancestors > 1")
_TO_BE_SEEN = _OF_GROUP.format(which="(r.is_head = 1 OR EXISTS (SELECT 1 FROM annulled x WHERE x.op = r.op))")


def to_be_seen(db: Db, kind: str, gid: str, field_group: str) -> list[str]:
    """The names of the revisions of a field group that a next one takes the place of.

    Those that no later one has seen, and those that were chosen and given up, for readers who have not heard of that.
    """
    return [f"{device}.{epoch}.{seq}" for device, epoch, seq, _, _ in db.rows(_TO_BE_SEEN, (kind, gid, field_group))]


def heads_after_others(db: Db, kind: str, gid: str, field_group: str) -> list[str]:
    """The names of the revisions of a field group that stand and had seen another one; none for one never changed."""
    return [f"{device}.{epoch}.{seq}" for device, epoch, seq, _, _ in db.rows(_LATER_HEADS, (kind, gid, field_group))]


def shown(db: Db, kind: str, gid: str, field_group: str) -> dict[str, Any]:
    """The fields of a field group as shown today, in clear and opened ones together; empty where there are none."""
    found = db.rows(_HEADS, (kind, gid, field_group))
    if not found:
        return {}
    clear, sealed = found[-1][3:]
    return {**json.loads(clear), **(json.loads(sealed) if sealed else {})}


def exists(db: Db, kind: str, gid: str) -> bool:
    """True where anything of that thing was ever recorded."""
    return db.value("SELECT 1 FROM thing WHERE type = ? AND gid = ?", (kind, gid)) is not None


def closed_until(db: Db, group: str) -> int | None:
    """The last day number of a closed period of the group, or None: what is corrected inside it counts today."""
    found = db.value(
        "SELECT max(k.until_day) FROM closing k JOIN thing t ON t.id = k.shg WHERE t.type = 'group' AND t.gid = ?",
        (group,),
    )
    return None if found is None else int(found)
