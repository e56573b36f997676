"""Members' numbers of a table that differ from a known one only in how they are written."""

from __future__ import annotations

from collections.abc import Iterable

from shg_desk.actions.desk import Desk
from shg_desk.domain.numbering import as_meant
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import in_table
from shg_desk.store import groups as groups_store
from shg_desk.tables.roster import RosterRow
from shg_desk.tables.savings import MemberSeen


def written_otherwise(desk: Desk, rows: Iterable[RosterRow | MemberSeen]) -> list[Problem]:
    """A warning for each number that is new to its group and says what one of the book, or of a row above, says."""
    numbers: dict[str, set[str]] = {}
    meant: dict[tuple[str, str], str] = {}
    told = []
    for row in rows:
        if not row.group or not row.member:
            continue
        if row.group not in numbers:
            gid = groups_store.id_with_code(desk.book, row.group)
            known = groups_store.memberships(desk.book, gid, with_removed=True) if gid else []
            numbers[row.group] = {one.number for one in known}
            meant |= {(row.group, as_meant(one.number)): one.number for one in known}
        if row.member in numbers[row.group]:
            continue
        numbers[row.group].add(row.member)
        first = meant.setdefault((row.group, as_meant(row.member)), row.member)
        if first != row.member:
            facts: dict[str, Fact] = {"row": row.number, "number": row.member, "member": first, "group": row.group}
            told.append(Problem(Code.PERHAPS_HERE_ALREADY, in_table(row.number), facts, Level.WARNING))
    return told
