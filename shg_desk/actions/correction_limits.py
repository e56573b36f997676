"""What no correction and no late sheet may do: leave less than nothing where money was withdrawn, repaid or paid out
since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import timedelta

from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import NEVER_BELOW_ZERO
from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import Holds
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.corrections import Fresh
from shg_desk.domain.corrections import Plan
from shg_desk.domain.corrections import Recorded
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.group_state import group_state

BEFORE_ITS_FIRST = timedelta(days=366)
"""So much earlier than all that is recorded a day may be, of a group that never said when it began."""


def refuse_below_zero(desk: Desk, group: str, plan: Plan) -> None:
    """Raises KnownError for every account that would stand below zero at the end of some day, and lower than it stood
    there before, or than the plan says was accepted: BELOW_ZERO_THEN, of a plan that takes nothing back
    BELOW_ZERO_LATER.
    """
    code = Code.BELOW_ZERO_THEN if plan.reversed else Code.BELOW_ZERO_LATER
    said = {(code, owner): least_minor for code, owner, least_minor in plan.accepted}
    found = [
        Problem(code, account, _facts(desk, group, owner, day, amount_minor))
        for account, owner, day, amount_minor, least_minor in _left_with_less(desk, group, plan)
        if least_minor < said.get((account, owner), 0)
    ]
    if found:
        raise KnownError(*found)


def accepted_now(desk: Desk, group: str, plan: Plan) -> Plan:
    """The plan with what it leaves below zero today as accepted: whatever comes before it is written is not."""
    left = ((code, owner, least_minor) for code, owner, _, _, least_minor in _left_with_less(desk, group, plan))
    return replace(plan, accepted=tuple(left))


def accepted_as_it_stood(desk: Desk, group: str, plan: Plan, stood_minor: Mapping[tuple[str, str | None], int]) -> Plan:
    """The plan with as much of what it accepts as only brings back what stood below zero, by (account code, owner) in
    minor units of its own side, before what it takes back. Raises as `refuse_below_zero` for anything lower.
    """
    accepted = (one for one in plan.accepted if one[2] >= stood_minor.get(one[:2], 0))
    found = replace(plan, accepted=tuple(accepted))
    refuse_below_zero(desk, group, found)
    return found


def stood_before(
    desk: Desk, rows: Sequence[EntryRow], accounts: Iterable[tuple[str, str | None]]
) -> dict[tuple[str, str | None], int]:
    """What these accounts (code, owner) held right before the first of these entries, minor units of its own side."""
    group, first = rows[0].group, min(row.key for row in rows)
    that_day = entry_store.entries(desk.book, group, entry_store.Page(limit=-1, first=first.day, last=first.day))
    since = Counter[tuple[str, str | None]]()
    for posting in (one for row in that_day if row.key.place >= first.place for one in row.postings):
        since[posting.code, posting.owner] += posting.amount_minor
    return {
        (code, owner): _own_side(code)
        * (ledger_store.balance_minor(desk.book, Account(group, code, owner), first.day) - since[code, owner])
        for code, owner in accounts
    }


def accepted_warnings(desk: Desk, group: str, plan: Plan) -> tuple[Problem, ...]:
    """Warnings for what a correction leaves below zero, once somebody has said that it is right so. A member owes only
    what she has less than nothing of: fines and money in her hands below zero are what she brought too much.
    """
    found = []
    for code, owner, day, amount_minor, _ in _left_with_less(desk, group, plan):
        hers = owner if _own_side(code) < 0 else None
        facts = _facts(desk, group, hers, day, amount_minor)
        found.append(Problem(Code.BELOW_ZERO_ACCEPTED, code, facts, Level.WARNING))
    return tuple(found)


def _left_with_less(desk: Desk, group: str, plan: Plan) -> Iterator[tuple[str, str | None, date, int, int]]:
    """Account code, owner, first day, minor units then and the least, of what would stand below zero."""
    for (code, owner), by_day in plan.movements().items():
        if code.partition(".")[0] not in NEVER_BELOW_ZERO or not any(by_day.values()):
            continue
        lowest = _lowest(desk, Account(group, code, owner), by_day)
        if lowest is not None:
            yield code, owner, *lowest


def _facts(desk: Desk, group: str, owner: str | None, day: date, amount_minor: int) -> dict[str, Fact]:
    digits = group_store.currency_of(desk.book, group).minor_digits
    facts: dict[str, Fact] = {"amount": major(amount_minor, digits), "date": day.isoformat()}
    member = group_store.membership(desk.book, owner) if owner is not None else None
    if member is not None:
        facts |= {"member": member.number, "name": member.name}
    return facts


def refuse_paid_loan(desk: Desk, row: EntryRow) -> None:
    """A loan that has been paid on cannot be taken back before its payments are."""
    if row.kind != "loan" or row.loan is None:
        return
    for other in entry_store.member_entries(desk.book, row.member.id if row.member else "", entry_store.ALL):
        if other.loan == row.loan and other.op != row.op and not other.corrects and not other.corrected_by:
            raise KnownError(Problem(Code.LOAN_HAS_REPAYMENTS, row.name, {"loan": row.loan_code}))


def refuse_too_large(gone: Sequence[Recorded], fresh: Sequence[Fresh]) -> None:
    """Raises KnownError AMOUNT_TOO_LARGE where a correction would move more than one record of the book may hold."""
    taken = sum(abs(amount) for entry in gone for _, amount in entry.postings)
    moved = taken + sum(abs(amount) for entry in fresh for _, amount in entry.postings)
    if moved > 2 * AMOUNT_LIMIT_MINOR:
        raise KnownError(Problem(Code.AMOUNT_TOO_LARGE, "amount"))


def refuse_day(desk: Desk, group: str, on: date) -> None:
    """Raises KnownError for a day on which nothing of the group can have been: DAY_IN_FUTURE, DAY_BEFORE_GROUP.

    A clock that is behind makes no day future that the group already has records of.
    """
    state = group_state(desk.book, group)
    if on > max(desk.today(), state.last_day or on.min):
        raise KnownError(Problem(Code.DAY_IN_FUTURE, "on", {"date": on.isoformat()}))
    formed = date.fromisoformat(state.group.formed_on) if state.group.formed_on else None
    first = state.first_day
    if formed is None:
        if first is not None and on < first - BEFORE_ITS_FIRST:
            raise KnownError(Problem(Code.DAY_BEFORE_GROUP, "on"))
    elif on < (since := min(formed, first or formed)):
        raise KnownError(Problem(Code.DAY_BEFORE_GROUP, "on", {"date": on.isoformat(), "since": since.isoformat()}))


def below_zero_warnings(desk: Desk, group: str, plan: Plan) -> tuple[Problem, ...]:
    """Warnings for every place of the group, and the social fund, that would end a day below zero and lower than it
    ended it before: as a sheet tells them, for a late record or a wrong one.
    """
    digits = group_store.currency_of(desk.book, group).minor_digits
    found = []
    for (code, owner), by_day in plan.movements().items():
        if owner is not None or not (is_counted(code) or code == "social") or not any(by_day.values()):
            continue
        lowest = _lowest(desk, Account(group, code), by_day)
        if lowest is not None:
            day, amount_minor, _ = lowest
            name = {"box": "in_box", "social": "in_fund"}.get(code, "amount")
            facts: dict[str, Fact] = {name: major(amount_minor, digits), "date": day.isoformat(), "place": code}
            found.append(Problem(Code.WOULD_BE_BELOW_ZERO, code, facts, Level.WARNING))
    return tuple(found)


def _lowest(desk: Desk, account: Account, changes: Mapping[date, int]) -> tuple[date, int, int] | None:
    """The first day on which an account would end below zero and lower than now, what it ends at then, and the least
    it ends at on any such day, in minor units of its own side.
    """
    sign = _own_side(account.code)
    moved = ledger_store.moved_by_day(desk.book, account)
    stood = stands = least_minor = 0
    first: tuple[date, int] | None = None
    for day in sorted({*moved, *changes}):
        stood += sign * moved.get(day, 0)
        stands += sign * (moved.get(day, 0) + changes.get(day, 0))
        if stands < min(stood, 0):
            first = first or (day, stands)
            least_minor = min(least_minor, stands)
    return None if first is None else (*first, least_minor)


def _own_side(code: str) -> int:
    """What a debit of the account counts for: 1 where it adds to what the account holds, else -1."""
    return 1 if account_kind(code).holds in (Holds.ASSET, Holds.EXPENSE) else -1
