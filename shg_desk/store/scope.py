"""Whose is what: which groups, families and people a laptop may write of, told from who made them and what was granted.

A thing is its maker's: the device whose operation first recorded it. Beyond that a laptop may write of the groups it
was granted, of their members, and of these members' households and people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from shg_desk.domain.profiles import Revision
from shg_desk.domain.profiles import references
from shg_desk.domain.profiles import revision_of
from shg_desk.store.db import Db

GUARDED = frozenset(
    {"group", "household", "person", "membership", "officer", "residence", "lender-loan", "referral", "file"}
)
"""Types of things that belong to somebody; villages, services, training and the like are everybody's."""

_EVERY_GROUP = "*"
_BROUGHT = "brought.{kind}.{gid}"

_MAKER = (
    "SELECT c.device FROM revision r JOIN thing t ON t.id = r.thing JOIN operation o ON o.id = r.op "
    "JOIN chain c ON c.id = o.chain WHERE t.type = ? AND t.gid = ? ORDER BY r.op LIMIT 1"
)
_FILE = "file"
_GROUPS = {
    "group": "SELECT ?",
    _FILE: "SELECT g.gid FROM file f JOIN thing t ON t.id = f.thing JOIN thing g ON g.id = f.shg "
    "WHERE t.type = 'file' AND t.gid = ?",
    "membership": "SELECT g.gid FROM membership m JOIN thing t ON t.id = m.thing JOIN thing g ON g.id = m.shg "
    "WHERE t.type = 'membership' AND t.gid = ?",
    "person": "SELECT g.gid FROM membership m JOIN thing t ON t.id = m.person JOIN thing g ON g.id = m.shg "
    "WHERE t.type = 'person' AND t.gid = ?",
    "household": "SELECT g.gid FROM membership m JOIN thing g ON g.id = m.shg LEFT JOIN person p ON p.thing = m.person "
    "JOIN thing t ON t.id = ifnull(m.household, p.household) WHERE t.type = 'household' AND t.gid = ?",
}


def reach(db: Db, device: str) -> frozenset[str] | None:
    """The ids of the groups a device was granted; None where it was granted every group.

    A code that was granted before its group was known stands for the group a laptop granted that code made with it
    (`grants.bind_code`), or at an office for one the office made itself; never for whoever uses the code first. A
    laptop takes the codes its office tells of a colleague at their word. A code of several groups means none of them.
    """
    rows = db.rows("SELECT code, shg FROM device_group WHERE device = ?", (device,))
    if any(code == _EVERY_GROUP for code, _ in rows):
        return None
    said: dict[str, str] = dict(db.rows("SELECT name, value FROM setting WHERE name IN ('role', 'device')"))
    found = {str(gid) for _, gid in rows if gid}
    for code in [code for code, gid in rows if not gid]:
        meant = [
            str(gid)
            for (gid,) in db.rows(
                "SELECT t.gid FROM shg s JOIN thing t ON t.id = s.thing WHERE s.code = ? ORDER BY 1", (code,)
            )
            if said.get("role") != "office" or maker(db, "group", gid) == said.get("device")
        ]
        if len(meant) == 1:
            found.update(meant)
    return frozenset(found)


def maker(db: Db, kind: str, gid: str) -> str | None:
    """The device that first recorded a thing, or None where the book has nothing of it.

    For a device that is not known here it is the laptop that handed its record on.
    """
    found = db.value(_MAKER, (kind, gid))
    brought = db.value("SELECT value FROM setting WHERE name = ?", (_BROUGHT.format(kind=kind, gid=gid),))
    if brought is None or (found is not None and db.value("SELECT 1 FROM device WHERE code = ?", (found,))):
        return None if found is None else str(found)
    return str(brought)


def brought_by(db: Db, kind: str, gid: str, device: str) -> None:
    """A thing that nobody here has recorded comes in a record that a laptop hands on."""
    db.run("INSERT OR IGNORE INTO setting VALUES (?, ?)", (_BROUGHT.format(kind=kind, gid=gid), device))


def is_within(db: Db, device: str, granted: frozenset[str] | None, kind: str, gid: str) -> bool:
    """Whether a laptop may write of a thing; `granted` are ids of groups, None stands for all of them.

    What the book does not know yet is for whoever records it first. The derived tables have to be written out.
    """
    if granted is None or kind not in GUARDED:
        return True
    if kind == _FILE:  # whoever may write of its group
        return all(is_within(db, device, granted, "group", group) for (group,) in db.rows(_GROUPS[kind], (gid,)))
    by = maker(db, kind, gid)
    if by is None or by == device:
        return True
    if kind in _GROUPS and any(group in granted for (group,) in db.rows(_GROUPS[kind], (gid,))):
        return True
    if kind == "person":
        home = db.value(
            "SELECT h.gid FROM person p JOIN thing t ON t.id = p.thing JOIN thing h ON h.id = p.household "
            "WHERE t.gid = ?",
            (gid,),
        )
        return home is not None and is_within(db, device, granted, "household", home)
    if kind in _GROUPS:
        return False
    about = _about(db, kind, gid)
    return bool(about) and all(is_within(db, device, granted, *one) for one in about)


def _about(db: Db, kind: str, gid: str) -> set[tuple[str, str]]:
    """The guarded things that what is known of a thing refers to."""
    rows = db.rows(
        "SELECT r.field_group, r.clear FROM revision r JOIN thing t ON t.id = r.thing WHERE t.type = ? AND t.gid = ?",
        (kind, gid),
    )
    named = [references(Revision(kind, gid, str(group), json.loads(clear))) for group, clear in rows]
    return {one for refs in named for one in refs if one[0] in GUARDED}


def written_of(body: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The guarded things, as (type, id), that an operation's own parts write of or lay hands on."""
    things: set[tuple[str, str]] = set()
    if group := body.get("group"):
        things.add(("group", group))
    if household := body.get("household"):
        things.add(("household", household))
    if "type" in body:
        things.update((body["type"], body[part]) for part in ("id", "other") if part in body)
    for line in body.get("revisions", ()):
        revision = revision_of(line)
        things.add((revision.type, revision.id))
        things.update(references(revision))
    return {one for one in things if one[0] in GUARDED}


def foreign_owners(db: Db, device: str, owners: Iterable[str]) -> set[str]:
    """The households and groups among these that another device made: their keys are not this device's to bring."""
    found = set()
    for owner in set(owners):
        makers = {by for kind in ("household", "group") if (by := maker(db, kind, owner)) is not None}
        if makers - {device}:
            found.add(owner)
    return found
