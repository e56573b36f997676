"""Which operations another laptop needs of the groups it may have: their ledger, and all that these refer to.

With a thing goes that it was removed; that two things are the same goes with both of them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Iterable

from shg_desk.domain.kinds import own_parts
from shg_desk.domain.kinds import references
from shg_desk.store import log
from shg_desk.store.db import Db
from shg_desk.store.log import Stored

_FILES = "SELECT t.gid FROM file f JOIN thing t ON t.id = f.thing JOIN thing g ON g.id = f.shg WHERE g.gid = ?"
_PEOPLE = """
WITH shg (id) AS (SELECT id FROM thing WHERE type = 'group' AND gid = ?),
mine (thing, person, household) AS (
    SELECT m.thing, m.person, ifnull(m.household, (SELECT household FROM person WHERE thing = m.person))
    FROM shg CROSS JOIN membership m ON m.shg = shg.id)
SELECT t.type, t.gid FROM (
    SELECT thing AS id FROM mine UNION SELECT person FROM mine UNION SELECT household FROM mine
    UNION SELECT f.thing FROM shg CROSS JOIN officer f ON f.shg = shg.id) x
CROSS JOIN thing t ON t.id = x.id
"""
"""The members of a group (by id), their households and the group's officers. From the group outwards: left to itself
the database walks through all things for each group.
"""


def operations_of_groups(
    db: Db, groups: Iterable[str], without: str, known: Collection[int] = frozenset()
) -> list[Stored]:
    """Applied operations of these groups, of their members and of what those refer to, in order of arrival.

    Operations of the device `without` are left out (it made them), and those with the arrival numbers `known`.
    """
    wanted: set[int] = set()
    things: set[tuple[str, str]] = set()
    groups = sorted(groups)
    for group in groups:
        wanted.update(
            int(op)
            for (op,) in db.rows(
                "SELECT s.op FROM standing s JOIN thing t ON t.id = s.shg WHERE t.type = 'group' AND t.gid = ? "
                "AND s.state = 0",
                (group,),
            )
        )
        things.add(("group", group))
        things.update((str(kind), str(gid)) for kind, gid in db.rows(_PEOPLE, (group,)))
    seen: set[tuple[str, str]] = set()
    checked: set[int] = set()
    while things - seen or wanted - checked:
        for kind, gid in sorted(things - seen):
            seen.add((kind, gid))
            wanted.update(
                int(op)
                for (op,) in db.rows(
                    "SELECT DISTINCT r.op FROM revision r JOIN thing t ON t.id = r.thing "
                    "WHERE t.type = ? AND t.gid = ?",
                    (kind, gid),
                )
            )
        for op in sorted(wanted - checked):
            checked.add(op)
            read = json.loads(log.by_id(db, op).line)
            things.update(references(own_parts(read["kind"], read["body"])).things)
    things |= {("file", str(gid)) for group in groups for (gid,) in db.rows(_FILES, (group,))}
    wanted |= _about(db, things)
    wanted |= _answers_to(db, wanted)
    found = [log.by_id(db, op) for op in sorted(wanted) if op not in known]
    return [op for op in found if op.name.device != without]


def handed_on(db: Db, devices: Iterable[str], newest: int, *, everything: bool = False) -> list[tuple[Stored, bool]]:
    """What these devices wrote, is here up to an arrival number and the office has not confirmed; by arrival.

    With each whether it counts. With `everything` also what was confirmed.
    """
    sql = (
        "SELECT o.id, EXISTS (SELECT 1 FROM standing s WHERE s.op = o.id AND s.state = 0) "
        "FROM chain c JOIN operation o ON o.chain = c.id "
        "LEFT JOIN chain_mark m ON m.device = c.device AND m.epoch = c.epoch "
        "WHERE c.device = ? AND o.id <= ? AND (? OR o.seq > ifnull(m.received, 0))"
    )
    found = {int(op): bool(counts) for device in devices for op, counts in db.rows(sql, (device, newest, everything))}
    return [(log.by_id(db, op), found[op]) for op in sorted(found)]


def first_after(db: Db, device: str, epoch: str, newest: int) -> int | None:
    """The lowest number of a chain that came after an arrival number, or None."""
    found = db.value(
        "SELECT min(o.seq) FROM operation o JOIN chain c ON c.id = o.chain "
        "WHERE c.device = ? AND c.epoch = ? AND o.id > ?",
        (device, epoch, newest),
    )
    return None if found is None else int(found)


def _about(db: Db, things: set[tuple[str, str]]) -> set[int]:
    """What was said of these things as such: that one was removed, and that two of them are the same or are not."""
    removed = db.rows("SELECT x.op, t.type, t.gid FROM tombstone x JOIN thing t ON t.id = x.thing")
    same = db.rows(
        "SELECT s.op, a.type, a.gid, b.gid FROM same_as s JOIN thing a ON a.id = s.thing JOIN thing b ON b.id = s.other"
    )
    found = {int(op) for op, kind, gid in removed if (kind, gid) in things}
    return found | {int(op) for op, kind, one, other in same if {(kind, one), (kind, other)} <= things}


def _answers_to(db: Db, wanted: set[int]) -> set[int]:
    """Settlements of no group that say which of these records holds, and those that undo them, all they name here."""
    found: set[int] = set()
    names: set[str] | None = None
    for (op,) in db.rows("SELECT d.op FROM settled d JOIN standing s ON s.op = d.op WHERE s.shg IS NULL ORDER BY d.op"):
        stored = log.by_id(db, op)
        links = json.loads(stored.line)["body"].get("links")
        if not links:
            continue
        if names is None:
            names = log.names_of(db, wanted)
        if names.issuperset(links):
            found.add(op)
            names.add(str(stored.name))
    return found


def households_of_groups(db: Db, groups: Iterable[str]) -> set[str]:
    """The ids of the households whose people are or were members of these groups."""
    found: set[str] = set()
    for group in groups:
        found.update(str(gid) for kind, gid in db.rows(_PEOPLE, (group,)) if kind == "household")
    return found
