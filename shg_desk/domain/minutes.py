"""The minutes of one meeting as a finished value, as paper, screen and the reading aloud show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from shg_desk.domain.loan_schedule import Schedule
from shg_desk.domain.money import Currency

IN_COLUMNS = ("saving", "shares", "social", "repayment", "fine", "hand", "other-in")
OUT_COLUMNS = ("loan", "withdrawal", "grant", "other-out")
THERE = ("present", "late")


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the minutes name her: membership id, number in the group, name as she gives it, father's name."""

    id: str
    number: str
    name: str | None
    father: str | None = None


@dataclass(frozen=True, slots=True)
class LoanName:
    """A loan that is older than the meeting: its code in the group and the membership id of its borrower."""

    code: str
    member: str


@dataclass(frozen=True, slots=True)
class RepaidPart:
    """What one repayment took off a loan: its id and code, principal and interest, minor units.

    `over_minor` is what was paid above the rest of the loan, where that was no whole coin.
    """

    loan: str
    code: str
    principal_minor: int
    interest_minor: int
    over_minor: int = 0


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """A member's row: attendance, and by column (a kind, with the product behind a point) what she brought or took.

    `repaid` splits the column `repayment` by loan; `fine_owed_minor` was written down and not paid; `paid_by` is who
    brought her money, where it was another member.
    """

    person: Person
    attendance: str
    represented_by: str | None
    cells_minor: Mapping[str, int]
    in_minor: int
    out_minor: int
    repaid: tuple[RepaidPart, ...] = ()
    fine_owed_minor: int = 0
    paid_by: Person | None = None

    @property
    def moved(self) -> bool:
        """True where there is money in her row, or a fine was written down."""
        return bool(self.cells_minor or self.fine_owed_minor)


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """A line of the group's own: kind, amount, the account it is for, where the money came from and went to."""

    kind: str
    amount_minor: int
    account: str | None
    source: str | None
    target: str | None
    text: str | None = None
    receipt: str | None = None
    carried_by: Person | None = None


@dataclass(frozen=True, slots=True)
class CashBlock:
    """One place of money through the meeting; `notes` is (value, number) from the largest, None for a count in total.

    `counted_minor` is None where nothing was counted, `start_minor` where it is not known. `difference_minor` is
    counted less expected; `bearer` is `open`, `group`, `awaiting` or the member who bears it. `before_minor` is what
    counts said that were made again, the last one first.
    """

    place: str
    start_minor: int | None
    in_minor: int
    out_minor: int
    expected_minor: int | None
    counted_minor: int | None
    notes: tuple[tuple[int, int], ...] | None = None
    from_paper: bool = False
    difference_minor: int = 0
    bearer: str | Person | None = None
    reason: str | None = None
    before_minor: tuple[int, ...] = ()
    held_minor: int | None = None
    """What was there at the end of the day, of a place that nobody counted."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with its votes; None where no number was noted."""

    text: str | None
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    template: str | None = None

    @property
    def votes(self) -> int:
        """All votes noted together."""
        return sum(cast or 0 for cast in (self.votes_for, self.votes_against, self.abstained))


@dataclass(frozen=True, slots=True)
class Waived:
    """A fine the meeting let pass: whose, for what, and what was said."""

    person: Person
    why: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class LoanGiven:
    """A loan this meeting gave: its terms in the words of the rules, and the schedule they make (None: unreadable).

    `purpose` is what it is for (None: nothing was said, or it is closed to us), `guarantors` who answers for it.
    """

    id: str
    code: str
    person: Person
    amount_minor: int
    terms: Mapping[str, Any]
    schedule: Schedule | None
    purpose: str | None = None
    guarantors: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a meeting was: people, money by member and column, the box, decisions, loans. `columns` are those used.

    `name` is the record's name; `quorum_needed` 0 where the rules name none; `totals_minor` is by column.
    `corrections` are the days corrections were recorded on and their reasons: everything here is as they left it.
    `later_corrections` are those whose money moved on a later day (the third), which the money here does not show.
    `place_names` are what the group calls its places, by code, and its people by id.
    """

    name: str
    group_name: str
    group_code: str
    currency: Currency
    number: str | None
    on: date
    held: bool
    reason: str | None
    rows: tuple[MinutesRow, ...]
    present: int
    quorum_needed: int
    columns: tuple[str, ...]
    totals_minor: Mapping[str, int]
    in_minor: int
    out_minor: int
    lines: tuple[MinutesLine, ...]
    cash: tuple[CashBlock, ...]
    decisions: tuple[Decided, ...] = ()
    waived: tuple[Waived, ...] = ()
    loans: tuple[LoanGiven, ...] = ()
    next_on: date | None = None
    from_paper: bool = False
    corrections: tuple[tuple[date | None, str], ...] = ()
    later_corrections: tuple[tuple[date | None, str, date], ...] = ()
    place_names: Mapping[str, str] = field(default_factory=dict)
    members: int = 0
    """How many members the group had that day; 0 where the reader does not know."""

    @property
    def of_members(self) -> int:
        """How many could have come: a file may have rows of some of them only."""
        return max(self.members, len(self.rows))

    @property
    def has_quorum(self) -> bool:
        """True where enough members were there, or the rules ask for no number."""
        return self.present >= self.quorum_needed

    @property
    def there(self) -> int:
        """How many stood behind the votes: those there, and those somebody stood for."""
        return self.present + sum(row.attendance == "represented" for row in self.rows)


def column_order(column: str) -> tuple[int, str]:
    """Where a column stands: first what comes in, then what goes out, products by name."""
    kind = column.partition(".")[0]
    return ([*IN_COLUMNS, *OUT_COLUMNS].index(kind), column)


def is_in(column: str) -> bool:
    """True for a column of money that members bring."""
    return column.partition(".")[0] in IN_COLUMNS
