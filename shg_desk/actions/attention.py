"""What in each group needs a person whatever page is open: late loans, counts that no longer fit, less than nothing.

It takes a group's whole ledger to say so. The answer is therefore kept beside the book with the drafts, and worked out
anew only for a group that has a record more or less than then, or a day that has come: a due date, or an entry's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk import __version__
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.accounts import is_below_zero
from shg_desk.domain.problems import SurroundingsError
from shg_desk.store import entries as entry_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store.after_death import AfterDeath
from shg_desk.store.after_death import after_deaths
from shg_desk.store.after_death import the_dead
from shg_desk.store.groups import Group
from shg_desk.store.late_records import LateRecord
from shg_desk.store.late_records import late_records
from shg_desk.store.meetings import CashCount

KEPT = "attention"
SHAPE = 4
"""Raised when what is kept says more than before: older answers are worked out anew."""

GROUPS_AT_ONCE = 20
"""Groups that are looked at anew in one go; a person's next wish comes between two of them."""


@dataclass(frozen=True, slots=True)
class LateLoan:
    """A loan with dues unpaid: its id, group, code and first day, arrears in minor units, late since when."""

    id: str
    group: str
    code: str
    on: date
    arrears_minor: int
    since: date


@dataclass(frozen=True, slots=True)
class BelowZero:
    """Somebody's account that holds less than nothing: group, code, whose (membership or loan id, or None), and how
    much less, in minor units below zero.
    """

    group: str
    code: str
    owner: str | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs a person, of the groups looked at so far; `unread` groups are still to be looked at. `unshared` are
    records that came after the share-out of their days, `after_death` those that have one who died as alive.
    """

    late: tuple[LateLoan, ...]
    broken: tuple[CashCount, ...]
    unread: int
    below: tuple[BelowZero, ...] = ()
    unshared: tuple[LateRecord, ...] = ()
    after_death: tuple[AfterDeath, ...] = ()


def attention(desk: Desk, groups: Sequence[Group], at_once: int | None = None) -> Attention:
    """What needs a person in these groups; at most `at_once` of those that changed are worked out in this call."""
    kept, day = _kept(desk), desk.today().toordinal()
    known_records, dead = operation_store.records_of_groups(desk.book), the_dead(desk.book)
    states = {
        group.id: " ".join((known_records[group.id], str(group.currency.minor_digits), *_who_died(dead.get(group.id))))
        for group in groups
        if group.id in known_records
    }
    there = list(states)
    stale = [gid for gid in there if not _holds(kept.get(gid), states[gid], day)]
    for gid in stale[:at_once]:
        kept[gid] = {"state": states[gid], **_worked_out(desk, gid, dead.get(gid, {}))}
    unread = 0 if at_once is None else max(0, len(stale) - at_once)
    if stale and not unread:
        _keep(desk, {gid: kept[gid] for gid in there})
    known = [(gid, kept[gid]) for gid in there if _holds(kept.get(gid), states[gid], day)]
    return Attention(
        tuple(_late(gid, line) for gid, one in known for line in one["late"]),
        tuple(_count(gid, line) for gid, one in known for line in one["broken"]),
        unread,
        tuple(BelowZero(gid, *line) for gid, one in known for line in one["below"]),
        tuple(_unshared(gid, line) for gid, one in known for line in one["unshared"]),
        tuple(
            AfterDeath(op, member, gid, date.fromordinal(on)) for gid, one in known for op, member, on in one["dead"]
        ),
    )


def _who_died(dead: Mapping[str, date] | None) -> list[str]:
    """A death is no record of the ledger: who died, and when, is part of what an answer is kept by."""
    return [f"{gid}:{on.toordinal()}" for gid, on in (dead or {}).items()]


def _holds(known: Any, state: str, day: int) -> bool:
    return known is not None and known["state"] == state and known["from"] <= day < known["until"]


def _worked_out(desk: Desk, gid: str, dead: Mapping[str, date]) -> dict[str, Any]:
    """A group's answer today, and the first day on which it is another one though nothing is written."""
    on = desk.today()
    lines = loan_list(desk, gid, only="open", on=on).lines
    days = [line.next_on for line in lines if line.next_on is not None and line.next_on > on]
    last = entry_store.last_day(desk.book, gid)
    changes_tomorrow = any(line.next_on == on for line in lines) or (last is not None and last > on)
    until = on.toordinal() + 1 if changes_tomorrow else min(days, default=date.max).toordinal() + 1
    return {
        "from": on.toordinal(),
        "until": until,
        "late": [
            [line.id, line.code, line.on.toordinal(), line.arrears_minor, on.toordinal() - line.late_days]
            for line in lines
            if line.late_days
        ],
        "broken": [
            [
                count.op, count.place, count.owner, count.on.toordinal(), count.counted_minor, count.expected_minor,
                count.now_minor, count.awaiting, count.from_paper,
            ]
            for count in meeting_store.cash_counts(desk.book, gid)
            if count.broken
        ],
        "below": [
            [one.account.code, one.account.owner, -abs(one.amount_minor)]
            for one in ledger_store.balances(desk.book, gid)
            if is_below_zero(one.account.code, one.amount_minor)
        ],
        "unshared": [[one.op, one.share_out, one.on.toordinal()] for one in late_records(desk.book, gid)],
        "dead": [[one.op, one.member, one.on.toordinal()] for one in after_deaths(desk.book, gid, dead)],
    }  # fmt: skip


def _late(gid: str, line: Sequence[Any]) -> LateLoan:
    loan, code, on, arrears_minor, since = line
    return LateLoan(loan, gid, code, date.fromordinal(on), arrears_minor, date.fromordinal(since))


def _unshared(gid: str, line: Sequence[Any]) -> LateRecord:
    op, share_out, on = line
    return LateRecord(op, share_out, gid, date.fromordinal(on))


def _count(gid: str, line: Sequence[Any]) -> CashCount:
    op, place, owner, on, *figures = line
    return CashCount(op, gid, place, owner, date.fromordinal(on), *figures)


# kept between two starts --------------------------------------------------------------------------------------------


def _stamp(desk: Desk) -> str:
    """Whose answers they are: of this program, of this life of the book."""
    return f"{SHAPE} {__version__} {desk.book.setting('derived_version')} {desk.book.device} {desk.book.epoch}"


def _kept(desk: Desk) -> dict[str, Any]:
    known: dict[str, Any] = desk.worked_out.get(KEPT, {})
    if not known or known["stamp"] != _stamp(desk):
        draft = desk.drafts.get(KEPT, "groups")
        content = draft.content if draft is not None else {}
        of_here = isinstance(content, dict) and content.get("stamp") == _stamp(desk)
        known = content if of_here else {"stamp": _stamp(desk), "groups": {}}
        desk.worked_out[KEPT] = known
    groups: dict[str, Any] = known["groups"]
    return groups


def _keep(desk: Desk, groups: dict[str, Any]) -> None:
    desk.worked_out[KEPT] = {"stamp": _stamp(desk), "groups": groups}
    with suppress(SurroundingsError):  # a full disk: it is worked out again another time
        desk.drafts.put(KEPT, "groups", desk.worked_out[KEPT], desk.clock()[0])
