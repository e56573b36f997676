"""Which meeting of a group is its last one, by the chain of what was seen and no clock: the one answer to that."""

from __future__ import annotations

from shg_desk.store.db import Db

STANDS = "NOT EXISTS (SELECT 1 FROM undone u WHERE u.op = {op})"
"""A condition: the meeting with this arrival number was not taken back."""

NEWEST = (
    "(SELECT n.op FROM standing n JOIN operation no ON no.id = n.op JOIN chain nc ON nc.id = no.chain "
    "WHERE n.shg = {shg} AND n.kind = 'meeting' AND n.state = 0 AND {which} "
    "ORDER BY n.depth DESC, n.day DESC, nc.device DESC, nc.epoch DESC, no.seq DESC LIMIT 1)"
)
"""The arrival number of a group's newest meeting; an index gives it without the others."""

STANDING = NEWEST.format(shg="{shg}", which=STANDS.format(op="n.op"))
"""The newest one that stands: what people call the last meeting."""

KNOWN = NEWEST.format(shg="{shg}", which="1")
"""The newest one known, taken back or not: what was written after it has seen it."""


def seen_meeting(db: Db, group: str) -> str | None:
    """The name of the newest meeting of a group that is known here, or None: what is written now has seen it."""
    row = db.row(
        "SELECT c.device, c.epoch, o.seq FROM thing t JOIN operation o ON o.id = "
        f"{KNOWN.format(shg='t.id')} JOIN chain c ON c.id = o.chain WHERE t.type = 'group' AND t.gid = ?",
        (group,),
    )
    return None if row is None else f"{row[0]}.{row[1]}.{row[2]}"
