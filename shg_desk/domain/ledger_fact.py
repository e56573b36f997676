"""Entries of the ledger as plain facts, and what they leave behind: the ground every statement is worked out from."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.domain import accounts
from shg_desk.domain.problems import Fact

Order = tuple[int, str, str, int, int]
"""Place of an entry among others of its day: (depth in the seen-chain, device, epoch, sequence, number in it)."""

COMES_IN = frozenset({"saving", "shares", "social", "repayment", "fine", "hand", "other-in"})
GOES_OUT = frozenset({"loan", "withdrawal", "payable", "grant", "share-out", "other-out"})


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """One entry as the ledger holds it: the plain input of every statement.

    `postings` are (account code, owner's id or None, minor units; debit positive) adding up to zero; `member` is the
    membership it belongs to (the borrower's for a loan); `corrects` and `corrected_by` are names of entries; `facts`
    may hold `product`, `why`, `shares`, `loan` (its code), `text`, `receipt`, `paid_by` (a name or number).
    """

    name: str
    effective: date
    recorded: date | None
    order: Order
    kind: str
    postings: tuple[tuple[str, str | None, int], ...]
    member: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    meeting: str | None = None
    corrects: str | None = None
    corrected_by: str | None = None
    state: str = "saved"


@dataclass(frozen=True, slots=True)
class Balances:
    """What stands in a member's name, in minor units.

    Her savings, principal of loans left, fines owed, paid ahead, payable to her, and the group's money in her hands.
    """

    saved_minor: int = 0
    debt_minor: int = 0
    fines_minor: int = 0
    ahead_minor: int = 0
    payable_minor: int = 0
    hand_minor: int = 0

    def __add__(self, other: Balances) -> Balances:
        return Balances(*(a + b for a, b in zip(self.amounts(), other.amounts(), strict=True)))

    def amounts(self) -> tuple[int, int, int, int, int, int]:
        """The six amounts in the order of the fields."""
        return (
            self.saved_minor,
            self.debt_minor,
            self.fines_minor,
            self.ahead_minor,
            self.payable_minor,
            self.hand_minor,
        )


_PLACE_IN_BALANCES = {"saving": (0, -1), "principal": (1, 1), "fines": (2, 1), "ahead": (3, -1), "payable": (4, -1)}
_PLACE_IN_BALANCES["hand"] = (5, 1)


def what_of(kind: str, cash_minor: int, codes: Collection[str] = (), *, is_said: bool = False) -> str:
    """What an entry is in the words of a booklet: its kind, with `other` told apart by the way its cash went.

    A transfer that adds to the group's places is money a member brought from her hands (`hand`). `codes` are those of
    its accounts: a settlement of no cash difference is one at a `death`, what was owed to her and is paid out
    (`payable`) is no saving withdrawn, and what a share-out did not hand out it set off against what she owed
    (`set-off`) or nobody asks any more (`let-off`). What it puts to `payable` of one without savings is her part where
    something is said at it (`is_said`), else it sets off what was paid out to her too much.
    """
    if kind == "transfer" and cash_minor > 0:
        return "hand"
    if kind == "withdrawal" and "payable" in codes:
        return "payable"
    if kind == "settlement" and codes and "differences" not in codes:
        return "death"
    if kind == "share-out" and codes and not cash_minor and not _is_part(codes, is_said=is_said):
        return "let-off" if any(code.startswith("expense") for code in codes) else "set-off"
    if kind != "other":
        return kind
    return "other-out" if cash_minor < 0 else "other-in"


def _is_part(codes: Collection[str], *, is_said: bool) -> bool:
    return any(code == "ahead" or code.startswith("saving") for code in codes) or ("payable" in codes and is_said)


def what_of_fact(fact: LedgerFact) -> str:
    """The same of an entry whole."""
    codes = [code for code, _, _ in fact.postings]
    return what_of(fact.kind, cash_minor(fact), codes, is_said="text" in fact.facts)


def cash_minor(fact: LedgerFact) -> int:
    """Money that came into the group's places by an entry (below zero: went out); what a member holds is hers."""
    return accounts.cash_minor((code, amount) for code, _, amount in fact.postings)


def moved(fact: LedgerFact) -> list[int]:
    """What an entry adds to the six balances of its member, in the order of the fields of `Balances`."""
    changes = [0] * 6
    for code, _, amount in fact.postings:
        found = _PLACE_IN_BALANCES.get(code.partition(".")[0])
        if found is not None:
            changes[found[0]] += found[1] * amount
    return changes


def balances_of(facts: Iterable[LedgerFact]) -> Balances:
    """What entries of members leave behind, added up straight from their postings."""
    sums = [0] * 6
    for fact in facts:
        for place, amount in enumerate(moved(fact)):
            sums[place] += amount
    return Balances(*sums)


def overpaid_of(facts: Iterable[LedgerFact]) -> dict[str, int]:
    """By a loan's code what entries paid of it beyond its principal."""
    left, codes = dict[str | None, int](), dict[str | None, str]()
    for fact in facts:
        for code, owner, amount in fact.postings:
            if code == "principal":
                left[owner] = left.get(owner, 0) + amount
                codes[owner] = str(fact.facts.get("loan") or codes.get(owner, ""))
    return {codes[owner]: -amount for owner, amount in left.items() if amount < 0}


def columns(what: str, cash: int, corrected_what: str | None) -> tuple[int, int]:
    """In and out of a line, minor units: usual kinds have a column of their own, others go by the sign of the cash."""
    kind = corrected_what or what
    if kind in COMES_IN or (kind not in GOES_OUT and cash > 0):
        return cash, 0
    return 0, -cash
