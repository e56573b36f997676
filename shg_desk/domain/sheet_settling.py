"""An open cash difference brought to its end: borne by the group by vote, owed by a member, brought or given back.

A line of the group on a sheet, of kind `settlement`: its `what` says how, its `carried_by` who. What is written names
no cause; a cause that is found is a correction of the entry it lies in.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from shg_desk.domain.accounts import is_counted
from shg_desk.domain.entries import Entry
from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine

SETTLEMENT = "settlement"
VOTE, OWED, BROUGHT, RETURNED = "vote", "owed", "brought", "returned"
HOWS = (VOTE, OWED, BROUGHT, RETURNED)
OPEN = "differences"
DIFFERENCE_ACCEPTED = "difference-accepted"
"""The usual decision by which a group bears a difference itself."""


def hows_of(open_minor: int) -> tuple[str, ...]:
    """How an open difference can end: missing money (above zero) is borne or brought, what was over is given back."""
    return (VOTE, BROUGHT, OWED) if open_minor > 0 else (VOTE, RETURNED) if open_minor else ()


def settling_problems(ground: Ground, lines: Sequence[GroupLine]) -> Iterator[Problem]:
    """What stands in the way of the settlements among a sheet's lines: none open, more than is open, nobody named."""
    left = ground.open_difference_minor
    for index, line in enumerate(lines, start=1):
        if line.kind != SETTLEMENT:
            continue
        where = f"line {index}"
        if line.what not in HOWS:
            yield Problem(Code.KIND_OF_LINE_UNKNOWN, where, {"kind": line.what})
        elif line.what not in hows_of(left) or line.amount_minor > abs(left):
            facts = {"left": major(abs(left), ground.currency.minor_digits)}
            yield Problem(Code.DIFFERENCE_NOT_OPEN, where, facts)
        elif line.what != VOTE and not line.carried_by:
            yield Problem(Code.MEMBER_UNKNOWN, where, {"member": None})
        else:
            left -= line.amount_minor if left > 0 else -line.amount_minor


def settling_postings(line: GroupLine, open_minor: int) -> list[tuple[str, int]]:
    """What is written for it; `hand` is the account of the member named. `open_minor` is above zero for missing."""
    amount = line.amount_minor
    if line.what == VOTE and open_minor < 0:
        return [(OPEN, amount), ("income.differences", -amount)]
    if line.what == RETURNED:
        return [(OPEN, amount), (line.place, -amount)]
    account = {VOTE: "expense.differences", OWED: "hand", BROUGHT: line.place}[line.what or VOTE]
    return [(account, amount), (OPEN, -amount)]


def read_settling(entry: Entry, member: Callable[[int], str], text: str | None) -> GroupLine | None:
    """An entry as the line it was written from; `member` gives a member's name for her place in the operation."""
    accounts = {posting.code: posting.amount_minor for posting in entry.postings}
    settled = accounts.pop(OPEN, 0)
    if len(accounts) != 1 or not settled:
        return None
    other = next(iter(accounts))
    carrier: Any = entry.facts.get("carried_by")
    if is_counted(other):
        how, place = (BROUGHT if settled < 0 else RETURNED), other
    else:
        how, place = (OWED if other == "hand" else VOTE), "box"
        carrier = entry.owner if how == OWED else carrier
    named = member(carrier) if isinstance(carrier, int) else None
    return GroupLine(
        SETTLEMENT, abs(settled), place, text=text, what=how, carried_by=named, receipt=entry.facts.get("receipt")
    )
