"""What imports of tables have taken already: which cells, with which amounts, and who is known under which code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from shg_desk.store.db import Db
from shg_desk.store.derive_profiles import CLEAR
from shg_desk.store.derive_profiles import OPEN

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


@dataclass(frozen=True, slots=True)
class MemberHere:
    """A membership of the book: its id, its group, the number, and whose it is; removed ones too."""

    id: str
    group: str
    number: str
    person: str | None
    household: str | None


@dataclass(frozen=True, slots=True)
class PersonHere:
    """A person of the book as names are compared; `is_open` is False where her names are closed on this laptop."""

    id: str
    household: str | None
    name: str
    father: str
    surname: str
    birth: str
    certainty: str
    is_open: bool


def members(db: Db) -> list[MemberHere]:
    """Every membership there ever was; of two with one number in a group the older comes last."""
    return [
        MemberHere(str(gid), str(group), str(number or ""), person, household)
        for gid, group, number, person, household in db.rows(
            "SELECT t.gid, g.gid, m.number, tp.gid, th.gid FROM membership m CROSS JOIN thing t ON t.id = m.thing "
            "JOIN thing g ON g.id = m.shg LEFT JOIN thing tp ON tp.id = m.person "
            "LEFT JOIN person p ON p.thing = m.person LEFT JOIN thing th ON th.id = ifnull(m.household, p.household) "
            "ORDER BY t.gid DESC"
        )
    ]


def persons(db: Db) -> list[PersonHere]:
    """Every person there ever was, the older first."""
    rows = db.rows(
        "SELECT t.gid, th.gid, p.name, p.father, p.birth, p.seal_state, (SELECT r.sealed FROM revision r "
        "JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain WHERE r.thing = p.thing "
        "AND r.field_group = 'identity' AND r.is_head = 1 "
        "ORDER BY r.ancestors DESC, c.device DESC, c.epoch DESC, o.seq DESC LIMIT 1) "
        "FROM person p CROSS JOIN thing t ON t.id = p.thing LEFT JOIN thing th ON th.id = p.household ORDER BY t.gid"
    )
    found = []
    for gid, household, name, father, birth, state, sealed in rows:
        more = json.loads(sealed) if sealed else {}
        surname, certainty = more.get("surname") or "", more.get("birth_certainty") or ""
        is_open = state in (CLEAR, OPEN)
        found.append(
            PersonHere(str(gid), household, name or "", father or "", surname, birth or "", certainty, is_open)
        )
    return found


def households(db: Db) -> dict[str, str]:
    """Household code to id, for every household that has a code."""
    rows = db.rows("SELECT h.code, t.gid FROM household h JOIN thing t ON t.id = h.thing ORDER BY t.gid DESC")
    return {str(code): str(gid) for code, gid in rows if code}
