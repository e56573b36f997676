"""A share-out before it is written: what each member's part is, what of it is set off, and what she is handed.

Only what lies in the group's places and belongs to its members is divided; what is lent out comes in by being set off.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from shg_desk.domain.allocation import Due
from shg_desk.domain.allocation import DueKind
from shg_desk.domain.allocation import Payment
from shg_desk.domain.allocation import allocate
from shg_desk.domain.loan_book import line_states
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround

BY_SHARES, BY_SAVINGS = "shares", "savings"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one member stands with in a division, minor units: her weight, what is hers besides it, what she owes.

    `tie` orders those whose rests are equal: name, father's name, number.
    """

    id: str
    tie: tuple[str, ...]
    weight: int
    own_minor: int = 0
    owes_minor: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """What a division gives one member, minor units: her part, what of it is set off, and what is handed to her."""

    part_minor: int
    set_off_minor: int
    net_minor: int


@dataclass(frozen=True, slots=True)
class LoanSetOff:
    """What is set off on one loan, minor units. `let_off_minor` is interest to come that nobody asks any more, for the
    loan is paid with it.
    """

    loan: str
    code: str
    interest_minor: int
    principal_minor: int
    let_off_minor: int = 0


@dataclass(frozen=True, slots=True)
class ShareSums:
    """What stands at the foot of a share-out, minor units: savings that go to nothing, parts, what of them is set off,
    put into hands or waits for somebody, and what is still owed in the new cycle.
    """

    saved_minor: int = 0
    part_minor: int = 0
    set_off_minor: int = 0
    handed_minor: int = 0
    later_minor: int = 0
    owes_minor: int = 0

    def __add__(self, other: ShareSums) -> ShareSums:
        return ShareSums(
            self.saved_minor + other.saved_minor,
            self.part_minor + other.part_minor,
            self.set_off_minor + other.set_off_minor,
            self.handed_minor + other.handed_minor,
            self.later_minor + other.later_minor,
            self.owes_minor + other.owes_minor,
        )

    @property
    def net_minor(self) -> int:
        """What the members get, now or later."""
        return self.handed_minor + self.later_minor

    @property
    def profit_minor(self) -> int:
        """The parts less the savings; below zero: a loss."""
        return self.part_minor - self.saved_minor

    @property
    def unpaid_loss_minor(self) -> int:
        """What of a loss comes of debts that are not paid: had they been brought, it would have been so much less."""
        return max(min(-self.profit_minor, self.owes_minor), 0)


@dataclass(frozen=True, slots=True)
class MemberPart:
    """One member in a share-out, minor units.

    `saved_minor` is by product what goes to nothing (with `ahead_minor`, paid ahead), `shares` how many she holds where
    the group has a price. Her part is what is set off (`hand_minor`: the group's money in her hands; fines; loans) and
    `net_minor`, which is handed to her, or waits for her where she `is_absent`. `owes_minor` is what she still owes.
    """

    member: MemberGround
    saved_minor: Mapping[str, int]
    ahead_minor: int
    shares: int | None
    part_minor: int
    hand_minor: int
    fines_minor: int
    loans: tuple[LoanSetOff, ...]
    net_minor: int
    owes_minor: int
    is_absent: bool

    @property
    def saved_in_all_minor(self) -> int:
        """Savings of every product and what was paid ahead."""
        return sum(self.saved_minor.values()) + self.ahead_minor

    @property
    def set_off_minor(self) -> int:
        """What of her part is set off."""
        loans = sum(one.interest_minor + one.principal_minor for one in self.loans)
        return self.hand_minor + self.fines_minor + loans

    @property
    def profit_minor(self) -> int:
        """Her part less her savings; below zero: a loss."""
        return self.part_minor - self.saved_in_all_minor

    @property
    def sums(self) -> ShareSums:
        """Her line as the foot takes it."""
        handed, later = (0, self.net_minor) if self.is_absent else (self.net_minor, 0)
        return ShareSums(self.saved_in_all_minor, self.part_minor, self.set_off_minor, handed, later, self.owes_minor)


@dataclass(frozen=True, slots=True)
class SharePlan:
    """A share-out, minor units. What lies in the places is: `social_minor`, `lenders_minor`, `owed_minor` (to those who
    take no part, and what waits for somebody), `kept_minor` and `cash_minor`, which is divided.

    `by` is what it is divided by, `unit_minor` the smallest note; `rest_minor` is less than one and stays in the box.
    """

    by: str
    unit_minor: int
    parts: tuple[MemberPart, ...]
    social_minor: int
    lenders_minor: int
    owed_minor: int
    kept_minor: int
    cash_minor: int

    @property
    def sums(self) -> ShareSums:
        """All members together."""
        return sum((one.sums for one in self.parts), ShareSums())

    @property
    def handed_minor(self) -> int:
        """What is put into hands now."""
        return self.sums.handed_minor

    @property
    def rest_minor(self) -> int:
        """What no whole note of it can be divided."""
        return self.cash_minor - self.sums.net_minor

    @property
    def let_off_minor(self) -> int:
        """Interest to come that is not asked any more."""
        return sum(loan.let_off_minor for one in self.parts for loan in one.loans)


def divide(cash_minor: int, claims: Sequence[Claim], unit_minor: int = 1) -> dict[str, Cut] | None:
    """Divides cash among members of whom some owe; by id. None where nobody has a weight, there is no cash, or it does
    not even give back what is theirs besides their weights.

    The pool is the cash and the debts really set off, and a part is her own and her weight's share of the rest of it.
    One whose part does not reach her debt gets nothing in hand: all of her part is set off, so she takes from the pool
    exactly what she brings to it, and the others share the cash and their own debts among themselves. So the value of
    one unit of weight is (cash + what the others owe - what is their own) / their weights, and who they are is found by
    leaving out, round by round, those whose debt is more than their part at the value of the round. The value only
    falls, so this ends, with the largest pool that fits. The cash is taken in whole notes (what is less than one stays)
    and the nets, which add up to it, are rounded once, to notes by largest remainder, ties by `tie`. A part that is all
    set off needs no note and is rounded down. Without debts this is `share_out`. Raises ValueError for a unit below 1,
    a negative weight, debt or own.
    """
    figures = [figure for one in claims for figure in (one.weight, one.own_minor, one.owes_minor)]
    if unit_minor < 1 or min(figures, default=0) < 0:
        raise ValueError("weights, debts and own are not negative, a unit at least 1")
    within, whole_minor = list(claims), cash_minor - cash_minor % unit_minor
    while True:
        weights = sum(one.weight for one in within)
        pool = whole_minor + sum(one.owes_minor - one.own_minor for one in within)
        if whole_minor <= 0 or not weights or pool < 0:
            return None
        value = Fraction(pool, weights)
        left = [one for one in within if one.owes_minor <= _part(one, value)]
        if len(left) == len(within):
            break
        within = left
    nets = _in_notes(whole_minor, {one: _part(one, value) - one.owes_minor for one in within}, unit_minor)
    found = {}
    for one in claims:
        if one.id in nets:
            found[one.id] = Cut(nets[one.id] + one.owes_minor, one.owes_minor, nets[one.id])
        else:
            part = int(_part(one, value))
            found[one.id] = Cut(part, part, 0)
    return found


def _part(claim: Claim, value: Fraction) -> Fraction:
    return claim.own_minor + claim.weight * value


def _in_notes(cash_minor: int, nets: Mapping[Claim, Fraction], unit_minor: int) -> dict[str, int]:
    """Exact nets (adding up to the cash) in whole notes, by largest remainder."""
    notes = {one: int(net // unit_minor) for one, net in nets.items()}
    by_rest = sorted(nets, key=lambda one: (notes[one] * unit_minor - nets[one], one.tie))
    for one in by_rest[: cash_minor // unit_minor - sum(notes.values())]:
        notes[one] += 1
    return {one.id: count * unit_minor for one, count in notes.items()}


# a group ------------------------------------------------------------------------------------------------------------


def plan_share_out(
    ground: Ground,
    *,
    kept_minor: int = 0,
    absent: Collection[str] = (),
    others_minor: int = 0,
    ahead_minor: Mapping[str, int] | None = None,
) -> SharePlan | None:
    """The share-out of a group on a day among those who are members then; None where there is nothing to share out.

    Divided are the group's places without the social fund, what its lenders are owed, what is owed to those who take no
    part (`others_minor`: savings of those who left or join later) or waits for somebody, and what the group keeps back
    (`kept_minor`). By shares where it has a price of one and somebody holds some: savings of other products are given
    back as they are. Else by savings, and also where the cash does not reach for that. `absent` are ids or numbers of
    members, `ahead_minor` what each (id) has paid ahead.
    """
    members = [one for one in ground.members if one.is_in(ground.on)]
    ahead = ahead_minor or {}
    owed = others_minor + sum(one.payable_minor for one in ground.members)
    social, lenders = max(ground.social_minor, 0), sum(max(owed_, 0) for owed_ in ground.lenders_minor.values())
    cash = sum(ground.places_minor.values()) - social - lenders - owed - kept_minor
    unit = note_minor(ground)
    debts = {one.id: tuple(_debts(ground, one)) for one in members}
    for by in _ways(ground, members):
        claims = [_claim(one, by, ahead.get(one.id, 0), debts[one.id]) for one in members]
        cuts = divide(cash, claims, unit)
        if cuts is not None:
            price = ground.rules.share_price_minor if by == BY_SHARES else 0
            parts = tuple(
                _member_part(ground, one, cuts[one.id], debts[one.id], ahead.get(one.id, 0), price, absent)
                for one in members
            )
            return SharePlan(by, unit, parts, social, lenders, owed, kept_minor, cash)
    return None


def note_minor(ground: Ground) -> int:
    """The smallest note or coin anybody can be handed, in whole ones of which a share-out is divided."""
    return max(ground.currency.smallest_minor, ground.coin_minor)


def _ways(ground: Ground, members: Sequence[MemberGround]) -> Iterator[str]:
    if ground.rules.share_price_minor and any(one.saved_minor.get(SHARES, 0) > 0 for one in members):
        yield BY_SHARES
    yield BY_SAVINGS


def _claim(member: MemberGround, by: str, ahead_minor: int, debts: Sequence[Due]) -> Claim:
    """What she has in all is divided by or given back: an account of hers below zero goes off the others."""
    in_all = max(member.saved_in_all_minor + ahead_minor, 0)
    weight = min(max(member.saved_minor.get(SHARES, 0), 0), in_all) if by == BY_SHARES else in_all
    tie = (member.name or "", member.father or "", member.number, member.id)
    return Claim(member.id, tie, weight, in_all - weight, _hand(member) + sum(due.amount_minor for due in debts))


def owed_minor(ground: Ground, member: MemberGround) -> int:
    """What a member owes on a day: the group's money in her hands, fines, interest due and principal left."""
    return _hand(member) + sum(due.amount_minor for due in _debts(ground, member))


def _hand(member: MemberGround) -> int:
    return max(member.in_hand_minor, 0)


def _debts(ground: Ground, member: MemberGround) -> Iterator[Due]:
    """Fines, and of each loan the interest due by the day and all principal left; interest to come is not owed yet."""
    if member.fines_owed_minor > 0:
        yield Due("fines", ground.on, DueKind.FINE, member.fines_owed_minor)
    for loan in member.loans:
        left = max(loan_on(loan.loan, ground.on).principal_outstanding_minor, 0)
        for line in line_states(loan.loan, ground.on):
            due, day = f"{loan.id}/{line.instalment.n}", line.instalment.due
            if line.interest_unpaid_minor and day <= ground.on:
                yield Due(f"{due}i", day, DueKind.INTEREST, line.interest_unpaid_minor)
            principal = min(line.principal_unpaid_minor, left)
            if principal:
                left -= principal
                yield Due(f"{due}p", day, DueKind.PRINCIPAL, principal)


def _member_part(
    ground: Ground,
    member: MemberGround,
    cut: Cut,
    debts: Sequence[Due],
    ahead_minor: int,
    price_minor: int,
    absent: Collection[str],
) -> MemberPart:
    """A member's cut laid on what she owes: what is in her hands first, then by the group's order of repayment."""
    hand = min(_hand(member), cut.set_off_minor)
    (answer,) = allocate([Payment("", ground.on, cut.set_off_minor - hand)], debts, _order(ground))
    paid = {part.due: part.amount_minor for part in answer.parts}
    return MemberPart(
        member=member,
        saved_minor={product: amount for product, amount in member.saved_minor.items() if amount},
        ahead_minor=ahead_minor,
        shares=shares_held(member.saved_minor.get(SHARES, 0), price_minor),
        part_minor=cut.part_minor,
        hand_minor=hand,
        fines_minor=paid.get("fines", 0),
        loans=tuple(_loans(ground, member.loans, debts, paid)),
        net_minor=cut.net_minor,
        owes_minor=_hand(member) + sum(due.amount_minor for due in debts) - cut.set_off_minor,
        is_absent=member.id in absent or member.number in absent,
    )


def shares_held(in_shares_minor: int, price_minor: int) -> int | None:
    """How many shares stand behind what is saved in them; None without a price (0), or where it was another before."""
    return in_shares_minor // price_minor if price_minor and in_shares_minor % price_minor == 0 else None


def _order(ground: Ground) -> list[str]:
    """The group's order; kinds it does not name come after those it names, and what is to come last."""
    order = [word for word in ground.rules.order if word not in ("left", "next")]
    return [*order, *(kind.value for kind in DueKind if kind.value not in order), "next"]


def _loans(
    ground: Ground, loans: Sequence[LoanGround], debts: Sequence[Due], paid: Mapping[str, int]
) -> Iterator[LoanSetOff]:
    for loan in loans:
        own = [due for due in debts if due.id.rpartition("/")[0] == loan.id]
        kinds = {kind: [due for due in own if due.kind is kind] for kind in (DueKind.INTEREST, DueKind.PRINCIPAL)}
        interest, principal = (sum(paid.get(due.id, 0) for due in dues) for dues in kinds.values())
        is_paid = interest + principal == sum(due.amount_minor for due in own)
        lines = line_states(loan.loan, ground.on)
        to_come = sum(line.interest_unpaid_minor for line in lines if line.instalment.due > ground.on)
        if interest or principal or (is_paid and to_come):
            yield LoanSetOff(loan.id, loan.code, interest, principal, to_come if is_paid else 0)
