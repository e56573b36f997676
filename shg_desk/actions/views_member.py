"""A member of a group on one page: what she has, what she owes, her booklet, her loans, how often she came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from shg_desk.actions.desk import Desk
from shg_desk.actions.statements import holder_of
from shg_desk.actions.views_ledger import Named
from shg_desk.actions.views_ledger import read_facts
from shg_desk.actions.views_loans import LoanLine
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_people import PersonCard
from shg_desk.actions.views_people import household_card
from shg_desk.domain.ledger_fact import Balances
from shg_desk.domain.statement import Statement
from shg_desk.domain.statement import member_statement
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.entries import Page
from shg_desk.store.states import has_office


@dataclass(frozen=True, slots=True)
class MeetingMark:
    """How a member stood at one meeting: its day and number, and the mark (`present`, `late`...)."""

    op: str
    on: date
    number: str | None
    mark: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member's page. `now` is what stands in her name today, with what was paid too much on loans (`overpaid_minor`,
    by code) taken off her debt; `statement` her booklet over the period asked for.

    `lent_minor` is what her open loans were, `next_minor` what she is to bring on `next_on` for all of them together.

    `came` and `meetings` count over all meetings held that had a mark for her; `family` are the others of her home.
    """

    id: str
    group: Named
    village: str
    household: str | None
    joined: date | None
    left: date | None
    died: date | None
    statement: Statement
    now: Balances
    overpaid_minor: Mapping[str, int]
    loans: tuple[LoanLine, ...]
    lent_minor: int
    late_minor: int
    late_days: int
    next_on: date | None
    next_minor: int
    came: int
    came_or_sent: int
    meetings: int
    marks: tuple[MeetingMark, ...]
    counts: Mapping[str, int]
    family: tuple[PersonCard, ...]
    years: tuple[int, ...]
    state_of: int
    today: date


def member_view(desk: Desk, member: str, since: date | None = None, until: date | None = None) -> MemberView | None:
    """One member's page, her booklet over a period; None where there is no such membership."""
    membership = group_store.membership(desk.book, member)
    group = None if membership is None else group_store.group(desk.book, membership.group)
    if membership is None or group is None:
        return None
    rows = entry_store.member_entries(desk.book, member, Page(limit=-1))
    facts = read_facts(desk, group, rows)
    statement = partial(
        member_statement,
        facts,
        holder_of(membership),
        group_name=group.name or "",
        group_code=group.code or "",
        currency=group.currency,
    )
    whole, shown = statement(), statement(since=since, until=until)
    attendance = next((one for one in meeting_store.attendance(desk.book, group.id) if one.member == member), None)
    loans = tuple(line for line in loan_list(desk, group.id, only="all").lines if line.member == member)
    next_on = min((one.next_on for one in loans if one.next_on), default=None)
    home = household_card(desk, membership.household) if membership.household else None
    return MemberView(
        id=member,
        group=Named(group.id, group.name or group.code or "", group.code or ""),
        village=group.village_name or "",
        household=membership.household,
        joined=date.fromisoformat(membership.joined) if membership.joined else None,
        left=membership.left_on,
        died=membership.died_on,
        statement=shown,
        now=whole.closing,
        overpaid_minor=whole.overpaid_minor,
        loans=loans,
        lent_minor=sum(one.lent_minor for one in loans if one.is_open),
        late_minor=sum(one.arrears_minor for one in loans),
        late_days=max((one.late_days for one in loans), default=0),
        next_on=next_on,
        next_minor=sum(one.next_minor for one in loans if one.next_on == next_on),
        came=attendance.here if attendance else 0,
        came_or_sent=attendance.here_or_sent if attendance else 0,
        meetings=attendance.meetings if attendance else 0,
        marks=tuple(_marks(desk, group.id, member)),
        counts=attendance.marks if attendance else {},
        family=tuple(one for one in (home.persons if home else ()) if one.id != membership.person),
        years=tuple(sorted({row.effective.year for row in rows}, reverse=True)),
        state_of=4 if desk.is_office or has_office(desk.book) else 2,
        today=desk.today(),
    )


def _marks(desk: Desk, group: str, member: str) -> list[MeetingMark]:
    """The newest first."""
    by_op = {one.op: one for one in meeting_store.meetings(desk.book, group)}
    found = []
    for op, mark in meeting_store.marks_of(desk.book, member):
        meeting = by_op.get(op)
        if meeting is not None and meeting.held:
            found.append(MeetingMark(op, meeting.on, meeting.number, mark))
    return sorted(found, key=lambda one: one.on, reverse=True)
