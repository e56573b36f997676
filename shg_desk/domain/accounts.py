"""The chart of a group's accounts: which codes there are, what each holds, and whose it is.

Debits are positive. Places of money and what members owe are debits; savings, funds and lenders' money are credits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Holds(StrEnum):
    """The five classes of double-entry bookkeeping."""

    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"
    EQUITY = "equity"


class Owner(StrEnum):
    """Whose account it is: the group's own, one member's, or one loan's (and through it the borrower's)."""

    GROUP = "group"
    MEMBER = "member"
    LOAN = "loan"


@dataclass(frozen=True, slots=True)
class AccountKind:
    """A code of the chart, or the first word of a family of codes (`saving` of `saving.compulsory`)."""

    code: str
    holds: Holds
    owner: Owner
    family: bool = False
    is_place: bool = False


PAYABLE = "payable"
"""What is owed to a member and not paid out yet: her part of a share-out, what is her heirs'."""

CHART = (
    AccountKind("box", Holds.ASSET, Owner.GROUP, family=True, is_place=True),
    AccountKind("hand", Holds.ASSET, Owner.MEMBER, is_place=True),
    AccountKind("keeper", Holds.ASSET, Owner.GROUP, family=True, is_place=True),
    AccountKind("bank", Holds.ASSET, Owner.GROUP, family=True, is_place=True),
    AccountKind("wallet", Holds.ASSET, Owner.GROUP, family=True, is_place=True),
    AccountKind("transit", Holds.ASSET, Owner.GROUP, family=True, is_place=True),
    AccountKind("notes", Holds.ASSET, Owner.GROUP, family=True, is_place=True),
    AccountKind("goods", Holds.ASSET, Owner.GROUP, family=True, is_place=True),
    AccountKind("principal", Holds.ASSET, Owner.LOAN),
    AccountKind("fines", Holds.ASSET, Owner.MEMBER),
    AccountKind("differences", Holds.ASSET, Owner.GROUP),
    AccountKind("saving", Holds.LIABILITY, Owner.MEMBER, family=True),
    AccountKind("ahead", Holds.LIABILITY, Owner.MEMBER),
    AccountKind("payable", Holds.LIABILITY, Owner.MEMBER),
    AccountKind("social", Holds.LIABILITY, Owner.GROUP),
    AccountKind("lender", Holds.LIABILITY, Owner.GROUP, family=True),
    AccountKind("interest", Holds.INCOME, Owner.LOAN),
    AccountKind("income", Holds.INCOME, Owner.GROUP, family=True),
    AccountKind("expense", Holds.EXPENSE, Owner.GROUP, family=True),
    AccountKind("surplus", Holds.EQUITY, Owner.GROUP),
    AccountKind("opening", Holds.EQUITY, Owner.GROUP),
)

NEVER_BELOW_ZERO = frozenset({"saving", "ahead", "payable", "lender", "principal", "fines", "hand"})
"""First words of account codes: what somebody has with the group, or owes it, ends at nothing."""

BY_WORD = {kind.code: kind for kind in CHART}
_CODE = re.compile(r"[a-z]+(\.[A-Za-z0-9_-]{1,24})?")


@lru_cache(maxsize=1024)
def account_kind(code: str) -> AccountKind:
    """The kind of an account code such as `box` or `saving.compulsory`. Raises ValueError for any other code."""
    word, mark, _ = code.partition(".")
    kind = BY_WORD.get(word)
    if kind is None or not _CODE.fullmatch(code) or (mark and not kind.family):
        raise ValueError(code)
    return kind


def is_account(code: str) -> bool:
    """True for a code of the chart, such as `saving.compulsory`."""
    try:
        account_kind(code)
    except ValueError:
        return False
    return True


def is_place(code: str) -> bool:
    """True where the account is a place of money (box, a person's hands, bank, on its way...)."""
    return account_kind(code).is_place


def is_counted(code: str) -> bool:
    """True for a place money of the group is counted in; what a member has in her hands is her debt to the group."""
    kind = account_kind(code)
    return kind.is_place and kind.owner is Owner.GROUP


def stands_on(code: str, account: str) -> bool:
    """Whether a code is of the account asked for: a place of money is itself alone, so that no money stands in two; of
    the others a word is its family (`saving`: every product).
    """
    return code == account or (not is_place(account) and code.startswith(f"{account}."))


def is_below_zero(code: str, amount_minor: int) -> bool:
    """Whether an account (its debits less its credits) has less than nothing of what it may not have less of."""
    if code.partition(".")[0] not in NEVER_BELOW_ZERO:
        return False
    return amount_minor < 0 if account_kind(code).holds is Holds.ASSET else amount_minor > 0


def cash_minor(postings: Iterable[tuple[str, int]]) -> int:
    """Money that (account code, minor units) bring into the group's places; below zero: takes out of them."""
    return sum(amount for code, amount in postings if is_counted(code))


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One account of one group: its code and, where it has one, the member (membership id) or loan (entry name)."""

    group: str
    code: str
    owner: str | None = None
