"""Are the pictures what their records say? Every one is hashed again; what is not here yet is only told."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store.db import Db


def check_pictures(db: Db) -> Iterator[Problem]:
    """PHOTO_DAMAGED for bytes that are not those their name says, as a warning PHOTO_AWAITED for those not here.

    Nobody is told to wait for what a record of another group named and took away: whose it was only the bytes told.
    """
    for name, content in db.each("SELECT hash, content FROM picture ORDER BY 1"):
        if hashlib.sha256(content).hexdigest() != name:
            yield Problem(Code.PHOTO_DAMAGED, str(name))
    awaited = Counter(
        (str(group), date.fromordinal(day or 1).isoformat())
        for group, day in db.rows(
            "SELECT ifnull(s.code, t.gid), m.day FROM file f "
            "JOIN thing t ON t.id = f.shg LEFT JOIN shg s ON s.thing = f.shg LEFT JOIN standing m ON m.op = f.about "
            "WHERE NOT EXISTS (SELECT 1 FROM picture p WHERE p.hash = f.hash) "
            "AND NOT EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = f.thing) "
            "AND NOT EXISTS (SELECT 1 FROM file y JOIN tombstone x ON x.thing = y.thing "
            "WHERE y.hash = f.hash AND y.shg != f.shg)"
        )
    )
    for (group, day), number in sorted(awaited.items()):
        yield Problem(Code.PHOTO_AWAITED, group, {"group": group, "date": day, "n": number}, Level.WARNING)
