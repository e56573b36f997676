"""A share-out before it is written: what each member's part is, what of it is set off, and what she is handed.

Only what lies in the group's places and belongs to its members is divided; what is lent out comes in by being set off.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from shg_desk.domain.allocation import Due
from shg_desk.domain.allocation import DueKind
from shg_desk.domain.allocation import Payment
from shg_desk.domain.allocation import allocate
from shg_desk.domain.allocation import covered
from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.division import Claim
from shg_desk.domain.division import Cut
from shg_desk.domain.division import divide
from shg_desk.domain.loan_book import line_states
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MemberGround

BY_SHARES, BY_SAVINGS = "shares", "savings"
AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class LoanSetOff:
    """What is set off on one loan, minor units; below zero: what was paid beyond it and is given back. `let_off_minor`
    is interest to come that nobody asks any more, for the loan is paid with it.
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

    `saved_minor` is by account what goes to nothing (of one below zero what is covered), `shares` how many she holds
    where the group has a price. Her part is what is set off (`overdrawn_minor`: what was paid out to her too much,
    below zero what of her savings is covered from what waits for her; `hand_minor`: the group's money in her hands;
    fines; loans; below zero what she paid beyond them) and `net_minor`, which is handed to her, or waits for her where
    she `is_absent`. `owes_minor` is what she still owes.
    """

    member: MemberGround
    saved_minor: Mapping[str, int]
    shares: int | None
    overdrawn_minor: int
    hand_minor: int
    fines_minor: int
    loans: tuple[LoanSetOff, ...]
    net_minor: int
    owes_minor: int
    is_absent: bool

    @property
    def saved_in_all_minor(self) -> int:
        """Savings of every product and what was paid ahead."""
        return sum(self.saved_minor.values())

    @property
    def set_off_minor(self) -> int:
        """What of her part is set off, less what she paid beyond her debts."""
        loans = sum(one.interest_minor + one.principal_minor for one in self.loans)
        return self.overdrawn_minor + self.hand_minor + self.fines_minor + loans

    @property
    def part_minor(self) -> int:
        """What she gets of the division: her savings and her share of the profit."""
        return self.net_minor + self.set_off_minor

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


# a group ------------------------------------------------------------------------------------------------------------


def plan_share_out(
    ground: Ground,
    *,
    kept_minor: int = 0,
    absent: Collection[str] = (),
) -> SharePlan | None:
    """The share-out of a group on a day among those who are members then; None where there is nothing to share out.

    Divided are the group's places without the social fund, what its lenders are owed, what is owed to those who take no
    part (who left or join later) or waits for somebody, and what the group keeps back (`kept_minor`). By shares where
    it has a price of one and somebody holds some: savings of other products are given back as they are. Else by
    savings, and also where the cash does not reach for that. As at a death, what a member paid beyond her debts is
    given back to her, and what she got beyond what was hers is a debt. `absent` are ids or numbers of members.
    """
    members = [one for one in ground.members if one.is_in(ground.on)]
    owed = sum(_waits_for(one, takes_part=one.is_in(ground.on)) for one in ground.members)
    social, lenders = max(ground.social_minor, 0), sum(max(owed_, 0) for owed_ in ground.lenders_minor.values())
    cash = sum(ground.places_minor.values()) - social - lenders - owed - kept_minor
    unit = note_minor(ground)
    debts = {one.id: tuple(_debts(ground, one)) for one in members}
    for by in _ways(ground, members):
        claims = [_claim(one, by, debts[one.id]) for one in members]
        cuts = divide(cash, claims, unit)
        if cuts is not None:
            price = ground.rules.share_price_minor if by == BY_SHARES else 0
            parts = tuple(_member_part(ground, one, cuts[one.id], debts[one.id], price, absent) for one in members)
            return SharePlan(by, unit, parts, social, lenders, owed, kept_minor, cash)
    return None


def note_minor(ground: Ground) -> int:
    """The smallest note or coin anybody can be handed, in whole ones of which a share-out is divided."""
    return max(ground.currency.smallest_minor, ground.coin_minor)


def _ways(ground: Ground, members: Sequence[MemberGround]) -> Iterator[str]:
    if ground.rules.share_price_minor and any(one.saved_minor.get(SHARES, 0) > 0 for one in members):
        yield BY_SHARES
    yield BY_SAVINGS


def _waits_for(member: MemberGround, *, takes_part: bool) -> int:
    """What of the group's money is hers whatever is divided."""
    if takes_part:
        return member.payable_minor
    return max(_in_all(member) + member.payable_minor + member.brought_minor - member.overdrawn_minor, 0)


def _in_all(member: MemberGround) -> int:
    """What she has saved and paid ahead: an account of hers below zero goes off the others."""
    return max(member.saved_in_all_minor + member.ahead_minor, 0)


def _claim(member: MemberGround, by: str, debts: Sequence[Due]) -> Claim:
    """What she has in all is divided by or given back."""
    in_all = _in_all(member)
    weight = min(max(member.saved_minor.get(SHARES, 0), 0), in_all) if by == BY_SHARES else in_all
    tie = (member.name or "", member.father or "", member.number, member.id)
    return Claim(member.id, tie, weight, in_all - weight + member.brought_minor, _owes(member, debts))


def owed_minor(ground: Ground, member: MemberGround) -> int:
    """What a member owes on a day: what was paid out to her too much, the group's money in her hands, fines, interest
    due and principal left.
    """
    return _owes(member, tuple(_debts(ground, member)))


def _owes(member: MemberGround, debts: Sequence[Due]) -> int:
    return member.overdrawn_minor + _hand(member) + sum(due.amount_minor for due in debts)


def _hand(member: MemberGround) -> int:
    return max(member.in_hand_minor, 0)


def _debts(ground: Ground, member: MemberGround) -> Iterator[Due]:
    """Fines, and of each loan the interest due by the day and all principal left; interest to come is not owed yet."""
    if member.fines_owed_minor > 0:
        yield Due(FINES, ground.on, DueKind.FINE, member.fines_owed_minor)
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
    price_minor: int,
    absent: Collection[str],
) -> MemberPart:
    """A member's cut laid on what she owes: what she got too much and what is in her hands first, then by the group's
    order of repayment; what she paid beyond a debt is given back on it.
    """
    overdrawn = min(member.overdrawn_minor, cut.set_off_minor)
    hand = min(_hand(member), cut.set_off_minor - overdrawn)
    (answer,) = allocate([Payment("", ground.on, cut.set_off_minor - overdrawn - hand)], debts, _order(ground))
    paid = {part.due: part.amount_minor for part in answer.parts}
    back = {one.said: one.whole_minor for one in member.brought if one.loan is None}
    # what her savings are below nothing is covered on them: first from what waits for her, the rest is what was paid
    # out to her too much; what was beyond that is covered on `payable`
    below = max(-member.saved_in_all_minor - member.ahead_minor, 0)
    waited = max(below - member.overdrawn_minor, 0)
    on_savings = min(overdrawn, below) + waited
    return MemberPart(
        member=member,
        saved_minor=_to_nothing(member, on_savings),
        shares=shares_held(member.saved_minor.get(SHARES, 0), price_minor),
        overdrawn_minor=overdrawn - on_savings,
        hand_minor=hand - back.get(HAND, 0),
        fines_minor=paid.get(FINES, 0) - back.get(FINES, 0),
        loans=tuple(_loans(ground, member, debts, paid)),
        net_minor=cut.net_minor,
        owes_minor=_owes(member, debts) - cut.set_off_minor,
        is_absent=member.id in absent or member.number in absent,
    )


def _to_nothing(member: MemberGround, covered_minor: int) -> dict[str, int]:
    """By account what of her savings goes to nothing: all she has, which goes off those below zero first."""
    saved = {f"saving.{product}": amount for product, amount in member.saved_minor.items()}
    saved[AHEAD] = member.ahead_minor
    has = {code: amount for code, amount in saved.items() if amount > 0}
    below = {code: -amount for code, amount in saved.items() if amount < 0}
    return has | {code: -taken for code, taken in covered(below, sum(has.values()) + covered_minor).items()}


def shares_held(in_shares_minor: int, price_minor: int) -> int | None:
    """How many shares stand behind what is saved in them; None without a price (0), or where it was another before."""
    return in_shares_minor // price_minor if price_minor and in_shares_minor % price_minor == 0 else None


def _order(ground: Ground) -> list[str]:
    """The group's order; kinds it does not name come after those it names, and what is to come last."""
    order = [word for word in ground.rules.order if word not in ("left", "next")]
    return [*order, *(kind.value for kind in DueKind if kind.value not in order), "next"]


def _loans(ground: Ground, member: MemberGround, debts: Sequence[Due], paid: Mapping[str, int]) -> Iterator[LoanSetOff]:
    back = {one.loan: one for one in member.brought if one.loan}
    for loan in member.loans:
        own = [due for due in debts if due.id.rpartition("/")[0] == loan.id]
        kinds = {kind: [due for due in own if due.kind is kind] for kind in (DueKind.INTEREST, DueKind.PRINCIPAL)}
        interest, principal = (sum(paid.get(due.id, 0) for due in dues) for dues in kinds.values())
        is_paid = interest + principal == sum(due.amount_minor for due in own)
        lines = line_states(loan.loan, ground.on)
        to_come = sum(line.interest_unpaid_minor for line in lines if line.instalment.due > ground.on)
        if beyond := back.pop(loan.id, None):
            interest, principal = interest - beyond.interest_minor, principal - beyond.amount_minor
        if interest or principal or (is_paid and to_come):
            yield LoanSetOff(loan.id, loan.code, interest, principal, to_come if is_paid else 0)
    yield from (LoanSetOff(name, one.said, -one.interest_minor, -one.amount_minor) for name, one in back.items())
