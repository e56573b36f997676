"""What a group is on a day, in one read: members, savings, fines, loans with their movements, money by place, meetings.

Balances come from month totals and the postings of one month, whatever the book's size.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store.days import month_of
from shg_desk.store.db import Db
from shg_desk.store.last_meeting import STANDING
from shg_desk.store.last_meeting import STANDS
from shg_desk.store.last_meeting import seen_meeting

RULES_JOINS = "JOIN standing s ON s.op = r.op JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain"
RULES_ORDER = "r.day, s.depth, c.device, c.epoch, o.seq"
"""How versions of rules follow each other: one that had seen another comes after it, wherever either arrived first."""


@dataclass(frozen=True, slots=True)
class MemberState:
    """A member: membership id, person and household ids, number, booklet, names, days of joining and leaving."""

    id: str
    person: str | None
    household: str | None
    number: str
    booklet: str | None
    name: str | None
    father: str | None
    nickname: str | None
    language: str | None
    joined: date | None
    left: date | None
    code: str | None


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """A loan: id, code, borrower (membership id), day, principal, terms, and what each entry took off it.

    `movements` are (day, principal, interest, entry kind), minor units; the handing out is not among them.
    """

    id: str
    code: str
    member: str
    on: date
    principal_minor: int
    terms: Mapping[str, Any]
    movements: tuple[tuple[date, int, int, int], ...] = ()

    @property
    def is_given(self) -> bool:
        """False where the handing out was taken back."""
        taken_back = sum(principal for _, principal, _, kind in self.movements if kind == KIND_NUMBER["loan"])
        return taken_back < self.principal_minor


@dataclass(frozen=True, slots=True)
class MeetingMark:
    """A meeting in short: its name, day, number, whether it was held."""

    name: str
    on: date
    number: str | None
    held: bool


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group on a day. `balances_minor` is by (account code, owner id or None); debit positive.

    `last_meeting` and `meeting_days` are of meetings that stand; `seen` names the newest known, taken back or not.
    """

    id: str
    code: str
    name: str
    village: str | None
    lifecycle: str | None
    currency: str
    minor_digits: int
    smallest_minor: int
    keeper: str | None
    formed_on: date | None
    first_day: date | None
    last_day: date | None
    members: tuple[MemberState, ...]
    balances_minor: Mapping[tuple[str, str | None], int]
    loans: tuple[LoanFacts, ...]
    codes: frozenset[str]
    last_meeting: MeetingMark | None
    seen: str | None = None
    meeting_days: tuple[date, ...] = field(default_factory=tuple)


def group_state(db: Db, group: str, at: date | None = None) -> GroupState:
    """The state of a group at the end of a day (None: with everything there is). Raises KnownError GROUP_UNKNOWN."""
    row = db.row(
        "SELECT s.thing, s.code, s.name, v.name, s.lifecycle, s.currency, s.minor_digits, s.smallest_minor, s.keeper, "
        "s.formed_on FROM shg s JOIN thing t ON t.id = s.thing LEFT JOIN village v ON v.thing = s.village "
        "WHERE t.type = 'group' AND t.gid = ?",
        (group,),
    )
    if row is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, group, {"group": group}))
    shg = int(row[0])
    loans = _loans(db, shg, at)
    first, last = db.rows(
        "SELECT (SELECT min(day) FROM entry WHERE shg = :shg), (SELECT max(day) FROM entry WHERE shg = :shg)",
        {"shg": shg},
    )[0]
    balances = _balances(db, shg, at)
    # those paid back are used up as well: a new loan from a lender never goes on under an old one's name
    lender_codes = {
        str(code).partition(".")[2]
        for (code,) in db.rows("SELECT code FROM account WHERE shg = ? AND code LIKE 'lender.%'", (shg,))
    }
    return GroupState(
        id=group,
        code=row[1] or "",
        name=row[2] or row[1] or "",
        village=row[3],
        lifecycle=row[4],
        currency=row[5] or "KGS",
        minor_digits=2 if row[6] is None else int(row[6]),
        smallest_minor=row[7] or 1,
        keeper=row[8],
        formed_on=_day(row[9]),
        first_day=None if first is None else date.fromordinal(first),
        last_day=None if last is None else date.fromordinal(last),
        members=tuple(_members(db, shg)),
        balances_minor=balances,
        loans=tuple(loans),
        codes=frozenset({loan.code for loan in loans} | lender_codes),
        last_meeting=_last_meeting(db, shg),
        seen=seen_meeting(db, group),
        meeting_days=tuple(
            date.fromordinal(day[0])
            for day in db.rows(
                f"SELECT DISTINCT m.day FROM meeting m WHERE m.shg = ? AND {STANDS.format(op='m.op')} ORDER BY 1",
                (shg,),
            )
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _members(db: Db, shg: int) -> list[MemberState]:
    rows = db.rows(
        "SELECT t.gid, tp.gid, th.gid, m.number, m.booklet, p.name, p.father, p.nickname, p.language, m.joined, "
        "m.left, h.code FROM membership m JOIN thing t ON t.id = m.thing LEFT JOIN thing tp ON tp.id = m.person "
        "LEFT JOIN thing th ON th.id = ifnull(m.household, (SELECT household FROM person WHERE thing = m.person)) "
        "LEFT JOIN person p ON p.thing = m.person LEFT JOIN household h ON h.thing = th.id "
        "WHERE m.shg = ? ORDER BY m.number_order, t.gid",
        (shg,),
    )
    return [
        MemberState(
            id=gid, person=person, household=household, number=number or "", booklet=booklet, name=name, father=father,
            nickname=nickname, language=language, joined=_day(joined), left=_day(left), code=code,
        )
        for gid, person, household, number, booklet, name, father, nickname, language, joined, left, code in rows
    ]  # fmt: skip


def _balances(db: Db, shg: int, at: date | None) -> dict[tuple[str, str | None], int]:
    if at is None:
        rows = db.rows(
            "SELECT a.code, t.gid, sum(m.sum) FROM account a JOIN month_total m ON m.account = a.id "
            "LEFT JOIN thing t ON t.id = a.owner WHERE a.shg = ? GROUP BY a.id",
            (shg,),
        )
    else:
        day = at.toordinal()
        first_of_month = at.replace(day=1).toordinal()
        rows = db.rows(
            "SELECT a.code, t.gid, "
            "ifnull((SELECT sum(m.sum) FROM month_total m WHERE m.account = a.id AND m.month < ?), 0) + "
            "ifnull((SELECT sum(p.amount) FROM posting p WHERE p.account = a.id AND p.day BETWEEN ? AND ?), 0) "
            "FROM account a LEFT JOIN thing t ON t.id = a.owner WHERE a.shg = ?",
            (month_of(day), first_of_month, day, shg),
        )
    return {(code, gid): int(amount) for code, gid, amount in rows if amount}


def _loans(db: Db, shg: int, at: date | None) -> list[LoanFacts]:
    until = at.toordinal() if at else date.max.toordinal()
    movements: dict[str, dict[int, list[int]]] = {}
    days: dict[int, tuple[int, int]] = {}
    for gid, code, day, entry, kind, amount in db.rows(
        "SELECT t.gid, a.code, p.day, p.entry, e.kind, p.amount FROM account a JOIN thing t ON t.id = a.owner "
        "JOIN posting p ON p.account = a.id JOIN entry e ON e.id = p.entry "
        "WHERE a.shg = ? AND a.code IN ('principal', 'interest') AND p.day <= ? ORDER BY p.entry",
        (shg, until),
    ):
        pair = movements.setdefault(gid, {}).setdefault(entry, [0, 0])
        pair[0 if code == "principal" else 1] -= amount
        days[entry] = (day, kind)
    found = []
    for gid, member, code, day, principal, terms, first in db.rows(
        "SELECT t.gid, tm.gid, l.code, l.day, l.principal, l.terms, l.op * 4096 FROM loan l "
        "JOIN thing t ON t.id = l.thing JOIN thing tm ON tm.id = l.member WHERE l.shg = ? AND l.day <= ? "
        "ORDER BY l.day, t.gid",
        (shg, until),
    ):
        taken = []
        handed_out = False
        for entry, (lent, interest) in movements.get(gid, {}).items():
            if not handed_out and lent == -principal and first < entry < first + 4096:
                handed_out = True
                continue
            when, kind = days[entry]
            taken.append((date.fromordinal(when), lent, interest, kind))
        found.append(LoanFacts(gid, code, member, date.fromordinal(day), principal, json.loads(terms), tuple(taken)))
    return found


def _last_meeting(db: Db, shg: int) -> MeetingMark | None:
    row = db.row(
        "SELECT c.device, c.epoch, o.seq, m.day, m.number, m.held FROM meeting m JOIN operation o ON o.id = m.op "
        f"JOIN chain c ON c.id = o.chain WHERE m.op = {STANDING.format(shg='?')}",
        (shg,),
    )
    if row is None:
        return None
    return MeetingMark(f"{row[0]}.{row[1]}.{row[2]}", date.fromordinal(row[3]), row[4], bool(row[5]))


def group_by_code(db: Db, code: str) -> str | None:
    """The id of the group that uses this code, or None."""
    found = db.value(
        "SELECT t.gid FROM shg s JOIN thing t ON t.id = s.thing WHERE s.code = ? ORDER BY t.gid LIMIT 1", (code,)
    )
    return None if found is None else str(found)


def rules_rows(db: Db, group: str) -> list[tuple[str, date, dict[str, Any], bool]]:
    """Every version of a group's rules in their order: name, the day it holds from, its content, whether it is a head.

    The last one that holds from a day or earlier is in force on it, on every book alike (see `RULES_ORDER`).
    """
    return [
        (f"{device}.{epoch}.{seq}", date.fromordinal(day), json.loads(content), bool(head))
        for device, epoch, seq, day, content, head in db.rows(
            "SELECT c.device, c.epoch, o.seq, r.day, r.content, r.is_head FROM rules r JOIN thing t ON t.id = r.shg "
            f"{RULES_JOINS} WHERE t.gid = ? AND t.type = 'group' ORDER BY {RULES_ORDER}",
            (group,),
        )
    ]


def membership_by_number(db: Db, group: str, number: str) -> str | None:
    """The id of the membership with that number in the group, or None."""
    found = db.value(
        "SELECT t.gid FROM membership m JOIN thing t ON t.id = m.thing JOIN thing g ON g.id = m.shg "
        "WHERE g.gid = ? AND m.number = ? ORDER BY t.gid LIMIT 1",
        (group, number),
    )
    return None if found is None else str(found)


def groups_of_person(db: Db, person: str) -> list[str]:
    """The ids of the groups a person is or was a member of."""
    rows = db.rows(
        "SELECT DISTINCT g.gid FROM membership m JOIN thing p ON p.id = m.person JOIN thing g ON g.id = m.shg "
        "WHERE p.type = 'person' AND p.gid = ? ORDER BY 1",
        (person,),
    )
    return [str(gid) for (gid,) in rows]


def minor_digits(db: Db, group: str) -> int:
    """The decimal places a group's currency keeps. Raises KnownError GROUP_UNKNOWN."""
    row = db.row("SELECT s.minor_digits FROM shg s JOIN thing t ON t.id = s.thing WHERE t.gid = ?", (group,))
    if row is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, group, {"group": group}))
    return 2 if row[0] is None else int(row[0])
