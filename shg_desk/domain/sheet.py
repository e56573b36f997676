"""The meeting sheet as values, in minor units: the group on that day (the ground), and what was written on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Any

from shg_desk.domain.brought import Brought
from shg_desk.domain.group_places import GroupPlace
from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_book import can_be_brought_minor
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_book import open_dues
from shg_desk.domain.money import Currency
from shg_desk.domain.rules import NO_RULES
from shg_desk.domain.rules import Rules


class Attendance(StrEnum):
    """Who was there. Absent and represented members can save, repay and owe all the same."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    REPRESENTED = "represented"


IS_THERE = frozenset({Attendance.PRESENT, Attendance.LATE})
"""Only persons count for the quorum; a representative brings money, not a vote."""

IN_KINDS = ("saving", "shares", "social", "repayment", "fine", "fine-owed", "hand", "other")
OUT_KINDS = ("loan", "withdrawal", "grant", "other")
OWED_KINDS = frozenset({"repayment", "fine", "hand"})
"""What one who has left still brings: what she owed, and what she bears of a shortage (`hand`)."""
LINE_KINDS = (
    "expense", "income", "transfer", "charge", "gift", "lender-loan", "lender-repayment", "settlement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoanGround:
    """A loan that is open on the day: its id, its code in the group with what tells it apart from another one of that
    code, and its schedule with all movements.
    """

    id: str
    code: str
    loan: Loan

    def loan_left_minor(self, on: date) -> int:
        """What can still be brought for it on that day, interest to come included."""
        return can_be_brought_minor(self.loan, on)

    def expected_minor(self, on: date) -> int:
        """What the meeting of that day expects: arrears and what is due, less what was paid of it since."""
        return sum(due.amount_minor for due in open_dues(self.loan, on) if due.date <= on)


@dataclass(frozen=True, slots=True)
class MemberGround:
    """A member on the day: who, what she has saved by product, what savings fell due by then, fines owed, loans.

    `left` is her last day, `died` the day she died, if so; who `is_removed` was entered by mistake. `in_hand_minor` is
    the group's money in her hands, `payable_minor` what is owed to her, `overdrawn_minor` what she got beyond all that
    was hers to take, `ahead_minor` what she paid ahead, `saved_at_end_minor` by product what later entries leave of her
    savings (empty: there are none). `loans` are those with anything left to pay, `brought` is what was paid beyond her
    debts.
    """

    id: str
    number: str
    name: str | None
    father: str | None = None
    nickname: str | None = None
    joined: date | None = None
    left: date | None = None
    died: date | None = None
    saved_minor: Mapping[str, int] = field(default_factory=dict)
    saving_due_minor: Mapping[str, int] = field(default_factory=dict)
    fines_owed_minor: int = 0
    loans: tuple[LoanGround, ...] = ()
    saved_at_end_minor: Mapping[str, int] = field(default_factory=dict)
    in_hand_minor: int = 0
    payable_minor: int = 0
    is_removed: bool = False
    ahead_minor: int = 0
    overdrawn_minor: int = 0
    brought: tuple[Brought, ...] = ()

    @property
    def saved_in_all_minor(self) -> int:
        """Savings of every product together."""
        return sum(self.saved_minor.values())

    def has_left(self, on: date) -> bool:
        """True for one who is no member any more that day, or never was; what she owes is still hers to pay."""
        return self.is_removed or (self.left is not None and self.left < on)

    def is_in(self, on: date) -> bool:
        """True for one who has joined by that day and not left."""
        return not self.has_left(on) and (self.joined or on) <= on

    def due_minor(self, on: date, loan: str | None = None) -> int:
        """What is due of her loans by a day, arrears with it, and was not paid since; of one where its id is given."""
        return sum(one.expected_minor(on) for one in self.loans if loan in (None, one.id))

    def debt_minor(self, on: date) -> int:
        """The principal left of all her loans, as her passbook has it: what was overpaid is set off."""
        left = sum(max(loan_on(one.loan, on).principal_outstanding_minor, 0) for one in self.loans)
        return left - sum(self.loans_overpaid_minor.values())

    @property
    def loans_overpaid_minor(self) -> dict[str, int]:
        """By code what was paid of a loan beyond its principal."""
        return {one.said: one.amount_minor for one in self.brought if one.loan and one.amount_minor}

    @property
    def brought_minor(self) -> int:
        """All that was paid beyond her debts."""
        return sum(one.whole_minor for one in self.brought)

    @property
    def has_unsettled(self) -> bool:
        """True where she owes the group, or has savings in it: of one who has left that is still to be settled."""
        owes = self.loans or self.fines_owed_minor or self.in_hand_minor > 0
        return bool(owes) or self.free_in_all_minor > 0

    def free_minor(self, product: str) -> int:
        """What of a product can still be withdrawn on the day: what is there, and is not withdrawn later already."""
        saved = self.saved_minor.get(product, 0)
        return min(saved, self.saved_at_end_minor.get(product, saved))

    @property
    def free_in_all_minor(self) -> int:
        """The same of all her savings together: what is below zero goes off what she has of the others."""
        saved = self.saved_in_all_minor
        return max(min(saved, sum(self.saved_at_end_minor.values()) if self.saved_at_end_minor else saved), 0)


@dataclass(frozen=True, slots=True)
class MovedBefore:
    """Money that came or went between meetings: the day, what it was (an entry's kind), whose, and where it lies now.

    `source` is the place of money that has less by it, `target` the one that has more; one of them may be None.
    """

    on: date
    what: str
    who: str
    amount_minor: int
    source: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A group on the day of a sheet: rules, members in their order, money by place, and what was seen last.

    `seen` is the name of the last meeting known here, `number` the next meeting's; `codes` are loan and lender codes
    already used, `loan_names` are by id what the loans of all days are called; `since` is the first day the group is
    known to have existed; `social_minor` is the social fund.
    `lenders_minor` is what is owed on each lender's loan, `lenders_at_end_minor` what later entries leave of it.
    `notes_minor` are the notes and coins in use that day (none: we know no list), `coin_minor` is the smallest,
    `today` what the clock claims (None: nobody asked it).
    `open_difference_minor` is the open cash difference: above zero money is missing, below there was too much.
    `places` is the group's own list of places, `place_names` what it calls them by code, and its people by id.
    `before` is what moved between meetings and no meeting has seen, where a sheet is begun.
    `terms_ending` are the officers whose term ends soon: name, last day. `key_holder` is the member (id) who holds
    the key of the box by her post: the key holder, the treasurer where there is none. `shared_on` is the day of the
    last share-out, where something was recorded after the day of the ground: the last of that is of `later_on`, and
    leaves `places_at_end_minor`. `recorded_products` are the kinds of savings that records being put right were of,
    `recorded_price_minor` what a share cost in them: those stay possible, whatever the rules name by now.
    """

    group: str
    code: str
    name: str
    currency: Currency
    on: date
    rules: Rules = NO_RULES
    members: tuple[MemberGround, ...] = ()
    places_minor: Mapping[str, int] = field(default_factory=dict)
    seen: str | None = None
    seen_on: date | None = None
    number: str = "1"
    codes: frozenset[str] = frozenset()
    loan_names: Mapping[str, str] = field(default_factory=dict)
    lenders_minor: Mapping[str, int] = field(default_factory=dict)
    since: date | None = None
    is_keeper: bool = True
    social_minor: int = 0
    lenders_at_end_minor: Mapping[str, int] = field(default_factory=dict)
    notes_minor: tuple[int, ...] = ()
    coin_minor: int = 1
    today: date | None = None
    open_difference_minor: int = 0
    places: tuple[GroupPlace, ...] = ()
    place_names: Mapping[str, str] = field(default_factory=dict)
    terms_ending: tuple[tuple[str, date], ...] = ()
    key_holder: str = ""
    before: tuple[MovedBefore, ...] = ()
    shared_on: date | None = None
    later_on: date | None = None
    places_at_end_minor: Mapping[str, int] = field(default_factory=dict)
    recorded_products: frozenset[str] = frozenset()
    recorded_price_minor: int = 0
    _named: Mapping[str, tuple[MemberGround, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named: dict[str, tuple[MemberGround, ...]] = {}
        for member in self.members:
            for name in {member.number, member.id}:
                named[name] = (*named.get(name, ()), member)
        object.__setattr__(self, "_named", named)

    @property
    def share_prices_minor(self) -> tuple[int, ...]:
        """What a share can cost: as the records being put right have it, and by the rules. None: nobody can buy any."""
        return tuple(dict.fromkeys(one for one in (self.recorded_price_minor, self.rules.share_price_minor) if one))

    def shares_for(self, amount_minor: int) -> int | None:
        """How many whole shares a sum buys; None where it buys none without a rest."""
        return next((amount_minor // one for one in self.share_prices_minor if amount_minor % one == 0), None)

    def there_could_be(self) -> int:
        """How many members could be there: those who joined by the day and have not left."""
        return sum(member.is_in(self.on) for member in self.members)

    def member(self, number_or_id: str) -> MemberGround | None:
        """The member with that number in the group, or that id."""
        return next(iter(self._named.get(number_or_id, ())), None)

    def called(self, member: MemberGround) -> str:
        """What a sheet calls a member: her number, her id where the group gave that number twice."""
        alike = self._named.get(member.number, ())
        return member.number if [one.id for one in alike] == [member.id] else member.id


@dataclass(frozen=True, slots=True)
class In:
    """Money a member brings (or a fine written down as owed): kind, amount, and what it is for.

    `loan` is the loan's id; a file or a person may say its code, as long as only one has it.
    """

    kind: str
    amount_minor: int
    product: str | None = None
    loan: str | None = None
    shares: int | None = None
    why: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Out:
    """Money a member takes: a new loan with its terms (words as in rules), savings withdrawn, a grant, other.

    `text` is what it is for; `guarantors` are the members (numbers or ids) who answer for a new loan.
    """

    kind: str
    amount_minor: int
    product: str | None = None
    terms: Mapping[str, Any] | None = None
    why: str | None = None
    text: str | None = None
    guarantors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What is written for one member. `represented_by` is a name, `paid_by` another member's number or id."""

    member: str
    attendance: Attendance | None = None
    represented_by: str | None = None
    paid_by: str | None = None
    ins: tuple[In, ...] = ()
    outs: tuple[Out, ...] = ()

    @property
    def has_money(self) -> bool:
        """True where anything is written in a money column."""
        return bool(self.ins or self.outs)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A line of the group's own under the members: expense, income, transfer between places, lender's money...

    `place` is where the money came from or went to; a transfer has `source` and `target` instead. `interest_minor` is
    the part of a lender's instalment that is interest or fees. How a settlement of a cash difference ends it stands in
    `what` (a word of `sheet_settling.HOWS`), who brings, owes or gets the money in `carried_by`.
    """

    kind: str
    amount_minor: int
    place: str = "box"
    source: str | None = None
    target: str | None = None
    text: str | None = None
    what: str | None = None
    lender_loan: str | None = None
    interest_minor: int = 0
    carried_by: str | None = None
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Money counted in one place: by note {value: number}, as one total, or copied from paper."""

    place: str = "box"
    notes: Mapping[int, int] | None = None
    total_minor: int | None = None
    from_paper: bool = False

    @property
    def counted_minor(self) -> int:
        """What there was."""
        if self.notes is None:
            return self.total_minor or 0
        return sum(value * number for value, number in self.notes.items())

    @property
    def is_below_zero(self) -> bool:
        """Whether it says less than nothing, in all or of one note: nobody counts that."""
        return min(self.total_minor or 0, *(self.notes or {}).values(), 0) < 0


@dataclass(frozen=True, slots=True)
class NamedDifference:
    """A difference between counted and expected, named: counted less expected, why, and who bears it.

    `bearer` is `open` (to be settled later), `group`, `awaiting` (a colleague's entries: nothing is posted), or a
    member's number.
    """

    amount_minor: int
    reason: str = "unknown"
    bearer: str = "open"
    place: str = "box"


@dataclass(frozen=True, slots=True)
class Decision:
    """Something the meeting decided, with its votes; `template` names a usual one (loan approved, fine waived...)."""

    text: str
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    template: str | None = None

    @property
    def votes(self) -> tuple[int | None, int | None, int | None]:
        """For, against and abstained."""
        return self.votes_for, self.votes_against, self.abstained


@dataclass(frozen=True, slots=True)
class Waiver:
    """A fine that the rules would ask and the meeting let pass."""

    member: str
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole meeting sheet as written: the day, whether it was held, rows, group lines, counts, decisions."""

    group: str
    on: date
    held: bool = True
    reason: str | None = None
    number: str | None = None
    rows: tuple[SheetRow, ...] = ()
    lines: tuple[GroupLine, ...] = ()
    counts: tuple[Count, ...] = ()
    differences: tuple[NamedDifference, ...] = ()
    decisions: tuple[Decision, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    next_on: date | None = None
    from_paper: bool = False
