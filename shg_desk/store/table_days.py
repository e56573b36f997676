"""Up to which day a table told what a group's members had saved."""

from __future__ import annotations

from datetime import date

from shg_desk.store.db import Db


def last_table_day(db: Db, group: str, before: date) -> date | None:
    """The newest effective day of an imported saving of a group before a day, or None."""
    day = db.value(
        "SELECT max(p.day) FROM posting p JOIN account a ON a.id = p.account JOIN thing t ON t.id = a.shg "
        "WHERE t.type = 'group' AND t.gid = :group AND a.code LIKE 'saving.%' AND p.day < :day AND p.entry / 4096 IN "
        "(SELECT s.op FROM standing s WHERE s.shg = a.shg AND s.kind = 'import' AND s.state = 0)",
        {"group": group, "day": before.toordinal()},
    )
    return None if day is None else date.fromordinal(day)
