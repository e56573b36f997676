"""What has been typed and confirmed on a meeting sheet so far, as one immutable value; proposals are not in it.

Every command on a sheet makes another value, so taking a step back is taking the value before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from typing import Any
from typing import NamedTuple

from shg_desk.domain.group_places import BOX
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out


class CellKey(NamedTuple):
    """Which cell: the member's id, the loan's id (empty where the cell is not about one loan), the column's key."""

    member: str
    loan: str
    column: str


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a cell: minor units, whether typed by a person or a proposal she confirmed, and what it is for.

    `shares` is what was typed in a column of shares, `terms` the words of a new loan's terms where they differ from
    the group's rules, `text` what it is for, `guarantors` the ids of the members who answer for a new loan. `as_usual`
    is what was confirmed for all who are there at once, and only holds of one who is.
    """

    amount_minor: int
    typed: bool = True
    shares: int | None = None
    text: str = ""
    terms: Mapping[str, Any] | None = None
    guarantors: tuple[str, ...] = ()
    as_usual: bool = False

    def as_loan(self) -> Out:
        """What stands in a cell of new loans, as it goes out."""
        return Out("loan", self.amount_minor, terms=self.terms, text=self.text or None, guarantors=self.guarantors)


@dataclass(frozen=True, slots=True)
class RowState:
    """How a member stands: attendance, who came for her (a name), who paid (a member's id), and a fine let pass.

    `waived` is None where the fines stand, else the words noted about it (perhaps none); `waived_only` names which of
    them were let pass, by their reasons (none named: all of them).
    """

    attendance: Attendance | None = None
    represented_by: str = ""
    paid_by: str = ""
    waived: str | None = None
    waived_only: tuple[str, ...] = ()

    def lets_pass(self, why: str) -> bool:
        """True where a fine for that reason is let pass."""
        return self.waived is not None and (not self.waived_only or why in self.waived_only)


NO_ROW = RowState()
AWAITING = "awaiting"
"""Who bears a difference that another laptop's records will explain: nobody, nothing is posted."""


@dataclass(frozen=True, slots=True)
class CountState:
    """The count of the box: a number for each note, money in coins, or one sum; None and no notes: not counted yet.

    `from_paper` says that nobody counted: the sum was copied from the paper book.
    """

    notes: Mapping[int, int] = field(default_factory=dict)
    coins_minor: int | None = None
    total_minor: int | None = None
    from_paper: bool = False

    @property
    def is_empty(self) -> bool:
        """True while nothing was counted."""
        return not self.notes and self.coins_minor is None and self.total_minor is None

    @property
    def counted_minor(self) -> int | None:
        """What was counted in all; None while nothing was."""
        if self.is_empty:
            return None
        if self.total_minor is not None:
            return self.total_minor
        return sum(value * number for value, number in self.notes.items()) + (self.coins_minor or 0)


@dataclass(frozen=True, slots=True)
class BagState:
    """What was counted in a bag beside the box, and how a difference of it was named."""

    count: CountState = field(default_factory=CountState)
    named: NamedDifference | None = None


NO_BAG = BagState()


@dataclass(frozen=True, slots=True)
class SheetState:
    """All that is written on a sheet. `shown` are rare columns that were asked for, `clip` a cell that was cut.

    `opening_minor` is what was counted in the box before anything came in, where another laptop may have written more.
    `bags` are the counts of the bags beside the box, by place.
    """

    rows: Mapping[str, RowState] = field(default_factory=dict)
    cells: Mapping[CellKey, Written] = field(default_factory=dict)
    lines: tuple[GroupLine, ...] = ()
    count: CountState = field(default_factory=CountState)
    named: NamedDifference | None = None
    decisions: tuple[Decision, ...] = ()
    held: bool = True
    reason: str = ""
    next_on: date | None = None
    number: str = ""
    from_paper: bool = False
    shown: frozenset[str] = frozenset()
    clip: Written | None = None
    opening_minor: int | None = None
    bags: Mapping[str, BagState] = field(default_factory=dict)

    def bag(self, place: str) -> BagState:
        """What was counted in the box or one of its bags."""
        return BagState(self.count, self.named) if place == BOX else self.bags.get(place, NO_BAG)

    def with_bag(self, place: str, bag: BagState) -> SheetState:
        """The same with another count or name of a place; a bag with neither goes."""
        if place == BOX:
            return replace(self, count=bag.count, named=bag.named)
        others = {code: one for code, one in self.bags.items() if code != place}
        return replace(self, bags=others if bag == NO_BAG else {**others, place: bag})

    def row(self, member: str) -> RowState:
        """How a member stands."""
        return self.rows.get(member, NO_ROW)

    def with_row(self, member: str, row: RowState) -> SheetState:
        """The same with another row."""
        return replace(self, rows={**self.rows, member: row})

    def with_cell(self, key: CellKey, written: Written | None) -> SheetState:
        """The same with another cell; None empties it, so that its proposal stands there again."""
        cells = dict(self.cells)
        cells.pop(key, None)
        if written is not None:
            cells[key] = written
        return replace(self, cells=cells)


def awaited_minor(ground: Ground, state: SheetState) -> int:
    """What the box held before the meeting more (below zero: less) than is known here: another laptop's records."""
    return 0 if state.opening_minor is None else state.opening_minor - ground.places_minor.get("box", 0)
