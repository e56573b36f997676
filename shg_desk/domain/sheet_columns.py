"""The columns of a group's meeting sheet, from its rules in the order of its paper book, and what is proposed in them.

A proposal is what most often turns out to be right; it counts for nothing until a person has confirmed it.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace

from shg_desk.domain.loan_book import line_states
from shg_desk.domain.money import payable_minor
from shg_desk.domain.rules import SHARES
from shg_desk.domain.rules import FineRule
from shg_desk.domain.rules import Rules
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet_products import saving_products
from shg_desk.domain.sheet_products import withdrawal_products

SHARES_COLUMN = "shares"
OTHER_OUT = "other-out"
PROPOSED_FOR = frozenset({None, Attendance.PRESENT, Attendance.LATE, Attendance.REPRESENTED})
"""Whose money is proposed: those there, those who sent it, and those nobody has marked yet."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One money column: its key, side (`in` or `out`), kind of line, saving product, usual amount in minor units.

    Keys: `saving.<product>`, `shares`, `social`, `repayment`, `fine`, `hand` (where somebody has), `other`; `loan`,
    `withdrawal.<product>` (for every product that is, or was, saved), `grant`, `other-out`. A `rare` one is shown once
    it is asked for (a withdrawal is none where one who has left still has such savings); a `further` one is of other
    savings than are usually paid in or out, and is told by them.
    """

    key: str
    side: str
    kind: str
    product: str | None = None
    usual_minor: int = 0
    rare: bool = False
    further: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a cell proposes: cash in minor units, and for a fine of one who is not there what she comes to owe."""

    amount_minor: int
    owed_minor: int = 0


def sheet_columns(ground: Ground, used: Collection[str] = ()) -> tuple[SheetColumn, ...]:
    """Every column the group can use, first those for money in, then those for money out.

    Where the rules list columns these stand in that order and the others are rare; `saving` there means every product,
    `withdrawal` the usual one. What stands in a column keeps it: of those `used` (keys) there is each, whatever the
    rules name by now.
    """
    rules = ground.rules
    every = list(_ins(ground, used)) + list(_outs(ground, used))
    if not rules.columns:
        return tuple(every)
    place = {name: i for i, name in enumerate(rules.columns)}

    def listed(column: SheetColumn) -> int | None:
        has_own_word = column.side == "out" and (column.further or column.kind == "other")
        return place.get(column.key, None if has_own_word else place.get(column.kind))

    has_loans = any(member.loans for member in ground.members)
    chosen = []
    for column in every:
        needed = listed(column) is not None or column.kind == "hand" or (column.kind == "repayment" and has_loans)
        needed = needed or (column.kind == "withdrawal" and not column.rare)
        chosen.append(replace(column, rare=not needed))
    last = len(place)
    sides = ("in", "out")
    return tuple(sorted(chosen, key=lambda c: (sides.index(c.side), c.rare, last if (at := listed(c)) is None else at)))


def saving_column(product: str) -> str:
    """The key of the column in which a kind of savings is paid in."""
    return f"saving.{product}"


def withdrawal_column(product: str) -> str:
    """The key of the column in which a kind of savings is paid out."""
    return f"withdrawal.{product}"


def _of(kind: str, used: Collection[str]) -> list[str]:
    """The products of a kind's columns that are used."""
    return sorted(key.partition(".")[2] for key in used if key.startswith(f"{kind}."))


def _ins(ground: Ground, used: Collection[str]) -> Iterator[SheetColumn]:
    rules = ground.rules
    usual_minor = dict(saving_products(ground))
    for code in dict.fromkeys([*usual_minor, *_of("saving", used)]):
        usual, further = usual_minor.get(code, 0), code not in usual_minor
        yield SheetColumn(saving_column(code), "in", "saving", code, usual, further=further)
    if ground.share_prices_minor or SHARES_COLUMN in used:
        usual = rules.shares_min * rules.share_price_minor
        yield SheetColumn(SHARES_COLUMN, "in", "shares", SHARES, usual)
    yield SheetColumn("social", "in", "social", None, rules.social_minor, rare=not (rules.none or rules.social_minor))
    lends = rules.none or bool(rules.loan_terms) or any(member.loans for member in ground.members)
    yield SheetColumn("repayment", "in", "repayment", rare=not lends)
    fines = bool(rules.fines) or rules.none or any(member.fines_owed_minor for member in ground.members)
    yield SheetColumn("fine", "in", "fine", rare=not fines)
    if "hand" in used or any(member.in_hand_minor > 0 for member in ground.members):
        yield SheetColumn("hand", "in", "hand")
    yield SheetColumn("other", "in", "other", rare=True)


def _outs(ground: Ground, used: Collection[str]) -> Iterator[SheetColumn]:
    rules = ground.rules
    yield SheetColumn("loan", "out", "loan", rare=not (rules.none or rules.loan_terms))
    for i, code in enumerate(dict.fromkeys([*withdrawal_products(ground), *_of("withdrawal", used)])):
        left = any(member.has_left(ground.on) and member.free_minor(code) > 0 for member in ground.members)
        yield SheetColumn(withdrawal_column(code), "out", "withdrawal", code, rare=not left, further=i > 0)
    yield SheetColumn("grant", "out", "grant", rare=True)
    yield SheetColumn(OTHER_OUT, "out", "other", rare=True)


def repays_late(ground: Ground, member: MemberGround) -> bool:
    """True where what was due by the last meeting, where it could be paid, is not paid yet but for less than a coin."""
    last = ground.seen_on
    if last is None or last >= ground.on:
        return False
    return any(
        sum(state.unpaid_minor for state in line_states(one.loan, ground.on) if state.instalment.due <= last)
        >= ground.currency.smallest_minor
        for one in member.loans
    )


def fines_asked(
    rules: Rules, attendance: Attendance | None, *, missed_saving: bool = False, late_repayment: bool = False
) -> tuple[FineRule, ...]:
    """The fines the rules ask of a member: for how she stood at the meeting, for a compulsory saving not paid, and for
    an instalment that is late.
    """
    reasons = []
    if attendance in (Attendance.LATE, Attendance.ABSENT):
        reasons.append(attendance.value)
    if missed_saving and attendance not in (None, Attendance.EXCUSED):
        reasons.append("missed-saving")
    if late_repayment and attendance is not None:
        reasons.append("late-repayment")
    return tuple(FineRule(why, amount) for why in reasons if (amount := rules.fine_minor(why)))


def expected_minor(
    ground: Ground, member: MemberGround, column: SheetColumn, loan: LoanGround | None = None, asked_minor: int = 0
) -> int:
    """What stands in small type in a cell: what the member should bring of it today, in minor units.

    Savings: what fell due to this day less what is saved, where the ground knows it, else the usual amount. Repayment:
    due today with arrears, up to the next whole coin. Fines: owed from before and asked today (`asked_minor`).
    """
    if column.kind == "saving":
        due = member.saving_due_minor.get(column.product or "")
        return column.usual_minor if due is None else max(0, due - member.saved_minor.get(column.product or "", 0))
    if column.kind in ("social", "shares"):
        return column.usual_minor
    if column.kind == "repayment":
        # an older loan's instalment may be no whole coin; rounded up it is never late, and its last one settles it
        return payable_minor(loan.expected_minor(ground.on), ground.currency.smallest_minor) if loan is not None else 0
    if column.kind == "fine":
        return max(0, member.fines_owed_minor + asked_minor)
    if column.kind == "hand":
        return max(0, member.in_hand_minor)
    return 0


def stays_due(ground: Ground, member: MemberGround, column: SheetColumn) -> bool:
    """Whether what is expected of it and not brought is left to bring: of all but voluntary savings."""
    compulsory = {product.code for product in ground.rules.savings if product.compulsory}
    return column.kind != "saving" or column.product in compulsory or (column.product or "") in member.saving_due_minor


def proposal(
    ground: Ground,
    member: MemberGround,
    attendance: Attendance | None,
    column: SheetColumn,
    loan: LoanGround | None = None,
    asked_minor: int = 0,
) -> Proposal | None:
    """What one cell proposes for a member who stands so at the meeting; None where nothing is proposed.

    Money is proposed of those in `PROPOSED_FOR`; of the others only the fine, as owed. Arrears of savings are shown
    and not proposed: the usual amount is what most bring.
    """
    if column.kind == "hand":  # no day was agreed for it
        return None
    expected = expected_minor(ground, member, column, loan, asked_minor)
    if attendance not in PROPOSED_FOR:
        return Proposal(0, asked_minor) if column.kind == "fine" and asked_minor else None
    amount = min(column.usual_minor, expected) if column.kind == "saving" else expected
    return Proposal(amount) if amount > 0 else None


def proposals(
    ground: Ground, member: MemberGround, attendance: Attendance | None, *, missed_saving: bool = False
) -> dict[tuple[str, str], Proposal]:
    """Everything proposed for a member: (column key, loan id or "") with what is proposed there."""
    fines = fines_asked(
        ground.rules, attendance, missed_saving=missed_saving, late_repayment=repays_late(ground, member)
    )
    asked = sum(fine.amount_minor for fine in fines)
    found = {}
    for column in sheet_columns(ground):
        loans: tuple[LoanGround | None, ...] = member.loans if column.kind == "repayment" else (None,)
        for loan in loans:
            proposed = proposal(ground, member, attendance, column, loan, asked)
            if proposed is not None:
                found[column.key, loan.id if loan else ""] = proposed
    return found
