"""What a correction may not do: leave less than nothing where money was withdrawn, repaid or paid out since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import Holds
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.corrections import Plan
from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store

NEVER_BELOW_ZERO = frozenset({"saving", "ahead", "payable", "lender", "principal", "fines"})
"""First words of account codes: what somebody has with the group, or owes it, ends at nothing."""


def refuse_below_zero(desk: Desk, group: str, plan: Plan) -> None:
    """Raises KnownError BELOW_ZERO_THEN for every account that would stand below zero at the end of some day, and lower
    than it stood there before.
    """
    digits = group_store.currency_of(desk.book, group).minor_digits
    problems = []
    for (code, owner), by_day in plan.movements().items():
        if code.partition(".")[0] not in NEVER_BELOW_ZERO or not any(by_day.values()):
            continue
        lowest = _lowest(desk, Account(group, code, owner), by_day)
        if lowest is not None:
            day, amount_minor = lowest
            facts: dict[str, Fact] = {"amount": major(amount_minor, digits), "date": day.isoformat()}
            member = group_store.membership(desk.book, owner) if owner is not None else None
            if member is not None:
                facts |= {"member": member.number, "name": member.name}
            problems.append(Problem(Code.BELOW_ZERO_THEN, code, facts))
    if problems:
        raise KnownError(*problems)


def _lowest(desk: Desk, account: Account, changes: Mapping[date, int]) -> tuple[date, int] | None:
    """The first day on which an account would end below zero and lower than now, in minor units of its own side."""
    sign = 1 if account_kind(account.code).holds in (Holds.ASSET, Holds.EXPENSE) else -1
    moved = Counter[date]()
    for row in entry_store.account_page(desk.book, account, entry_store.ALL):
        moved[row.entry.effective] += row.amount_minor
    stood = stands = 0
    for day in sorted({*moved, *changes}):
        stood += sign * moved[day]
        stands += sign * (moved[day] + changes.get(day, 0))
        if stands < min(stood, 0):
            return day, stands
    return None
