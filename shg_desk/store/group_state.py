"""What a group is on a day, in one read: members, savings, fines, loans with their movements, money by place, meetings.

Balances come from month totals and the postings of one month, whatever the book's size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as group_store
from shg_desk.store import loans as loan_store
from shg_desk.store.book import Book
from shg_desk.store.days import month_of
from shg_desk.store.db import Db
from shg_desk.store.groups import Group
from shg_desk.store.groups import Membership
from shg_desk.store.last_meeting import STANDING
from shg_desk.store.last_meeting import STANDS
from shg_desk.store.last_meeting import seen_meeting
from shg_desk.store.ledger import thing_number
from shg_desk.store.loan_names import shared_codes
from shg_desk.store.loans import LoanRow


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

    `loan_names` are by id what the loans of every day are called, `codes` all that were ever given out, to loans put
    right since and to those of lenders too.
    `last_meeting` and `held_days` (those that took place) are of meetings that stand; `seen` names the newest known,
    taken back or not.
    """

    group: Group
    first_day: date | None
    last_day: date | None
    members: tuple[Membership, ...]
    balances_minor: Mapping[tuple[str, str | None], int]
    loans: tuple[LoanRow, ...]
    loan_names: Mapping[str, str]
    codes: frozenset[str]
    last_meeting: MeetingMark | None
    seen: str | None = None
    held_days: tuple[date, ...] = field(default_factory=tuple)


def group_state(book: Book, gid: str, at: date | None = None) -> GroupState:
    """The state of a group at the end of a day (None: with everything there is). Raises KnownError GROUP_UNKNOWN."""
    db = book.db
    group = group_store.group(book, gid)
    shg = thing_number(db, "group", gid)
    if group is None or shg is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, gid, {"group": gid}))
    loans = loan_store.loans(book, gid, at=at)
    first, last = db.rows(
        "SELECT (SELECT min(day) FROM entry WHERE shg = :shg), (SELECT max(day) FROM entry WHERE shg = :shg)",
        {"shg": shg},
    )[0]
    # those paid back are used up as well: a new loan from a lender never goes on under an old one's name
    lender_codes = {
        str(code).partition(".")[2]
        for (code,) in db.rows("SELECT code FROM account WHERE shg = ? AND code LIKE 'lender.%'", (shg,))
    }
    codes = {
        str(gid): str(code)
        for gid, code in db.rows(
            "SELECT t.gid, l.code FROM loan l JOIN thing t ON t.id = l.thing WHERE l.shg = ?", (shg,)
        )
    }
    return GroupState(
        group=group,
        first_day=None if first is None else date.fromordinal(first),
        last_day=None if last is None else date.fromordinal(last),
        members=tuple(group_store.memberships(book, gid, with_removed=True)),
        balances_minor=_balances(db, shg, at),
        loans=tuple(loans),
        loan_names=codes | shared_codes(db, [gid]),
        codes=frozenset(lender_codes.union(codes.values())),
        last_meeting=_last_meeting(db, shg),
        seen=seen_meeting(db, gid),
        held_days=tuple(
            date.fromordinal(day[0])
            for day in db.rows(
                "SELECT DISTINCT m.day FROM meeting m WHERE m.shg = ? AND m.held "
                f"AND {STANDS.format(op='m.op')} ORDER BY 1",
                (shg,),
            )
        ),
    )


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


def _last_meeting(db: Db, shg: int) -> MeetingMark | None:
    row = db.row(
        "SELECT c.device, c.epoch, o.seq, m.day, m.number, m.held FROM meeting m JOIN operation o ON o.id = m.op "
        f"JOIN chain c ON c.id = o.chain WHERE m.op = {STANDING.format(shg='?')}",
        (shg,),
    )
    if row is None:
        return None
    return MeetingMark(f"{row[0]}.{row[1]}.{row[2]}", date.fromordinal(row[3]), row[4], bool(row[5]))
