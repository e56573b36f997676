"""What a group has and whose it is: two lists that come to the same sum."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import BY_WORD
from shg_desk.domain.accounts import Holds
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.accounts import is_place
from shg_desk.store import ledger as ledger_store

Sums = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GroupMoney:
    """Sums in minor units by the first word of their account; places of money by their whole code, the box always.

    `places` is money by place and `owed` what else the group has: loans, fines, cash that is missing. `funds` is what
    is somebody's, `profit_minor` what is nobody's yet; below zero it is a loss.
    The first two come to as much as the last two (double entry).
    """

    places: Sums = (("box", 0),)
    owed: Sums = ()
    funds: Sums = ()
    profit_minor: int = 0

    @property
    def has_minor(self) -> int:
        """All the group has."""
        return sum(amount for _, amount in (*self.places, *self.owed))

    @property
    def whose_minor(self) -> int:
        """All that is somebody's, and what is nobody's yet."""
        return sum(amount for _, amount in self.funds) + self.profit_minor


def group_money(desk: Desk, gid: str) -> GroupMoney:
    """A group's money on the day of its last record."""
    places, owed, funds = {"box": 0}, dict[str, int](), dict[str, int]()
    profit = 0
    for one in ledger_store.balances(desk.book, gid):
        code, amount = one.account.code, one.amount_minor
        word, holds = code.partition(".")[0], account_kind(code).holds
        if is_place(code):
            places[code] = places.get(code, 0) + amount
        elif holds is Holds.ASSET:
            owed[word] = owed.get(word, 0) + amount
        elif holds is Holds.LIABILITY:
            funds[word] = funds.get(word, 0) - amount
        else:
            profit -= amount
    return GroupMoney(_there(places), _there(owed), _there(funds), profit)


def _there(sums: dict[str, int]) -> Sums:
    """Those there are, in the order of the chart."""
    chart = list(BY_WORD)
    found = [(code, amount) for code, amount in sums.items() if amount or code == "box"]
    return tuple(sorted(found, key=lambda one: (chart.index(one[0].partition(".")[0]), one[0])))
