"""Every figure a meeting sheet shows while it is typed: cells with what is expected, totals, progress, quorum, cash."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum
from functools import cached_property

from shg_desk.domain.numbering import counting_order
from shg_desk.domain.rules import FineRule
from shg_desk.domain.sheet import IS_THERE
from shg_desk.domain.sheet import OWED_KINDS
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_cash import Cash
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_cash import interest_taken_minor
from shg_desk.domain.sheet_columns import PROPOSED_FOR
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_columns import expected_minor
from shg_desk.domain.sheet_columns import fines_asked
from shg_desk.domain.sheet_columns import proposal
from shg_desk.domain.sheet_columns import repays_late
from shg_desk.domain.sheet_columns import sheet_columns
from shg_desk.domain.sheet_columns import stays_due
from shg_desk.domain.sheet_state import CellKey
from shg_desk.domain.sheet_state import SheetState
from shg_desk.domain.sheet_state import Written
from shg_desk.domain.sheet_state import awaited_minor


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the table: a member, and the loan her repayment cell is for. A second loan has a second line."""

    member: MemberGround
    loan: LoanGround | None = None
    first: bool = True


class CellState(StrEnum):
    """How a cell stands: no such cell in this line, nothing in it, proposed, typed, or a proposal confirmed."""

    NONE = "none"
    EMPTY = "empty"
    PROPOSAL = "proposal"
    TYPED = "typed"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as shown, minor units: the figure, what is expected, what of it is left or ahead once it is settled.

    `owed_minor` is what becomes owed of today's fines, `waived` says that they were let pass; `shares` is the number
    of shares behind the figure; `was_minor` what a closed sheet being corrected had there, where it differs.
    """

    state: CellState
    amount_minor: int = 0
    expected_minor: int = 0
    left_minor: int = 0
    ahead_minor: int = 0
    owed_minor: int = 0
    shares: int | None = None
    waived: bool = False
    text: str = ""
    was_minor: int | None = None


NO_CELL = CellView(CellState.NONE)
LEAVERS_KINDS = OWED_KINDS | {"withdrawal"}
"""Columns that one who has left still has."""


def sheet_lines(ground: Ground) -> tuple[SheetLine, ...]:
    """The lines of the table in the order of the group's numbers, without those who join later.

    Who left before stands there, behind the others, as long as she owes something or has savings.
    """
    found: list[SheetLine] = []
    for member in sorted(ground.members, key=lambda m: (m.has_left(ground.on), counting_order(m.number))):
        if (member.has_left(ground.on) and not member.has_unsettled) or (member.joined or ground.on) > ground.on:
            continue
        loans: Sequence[LoanGround | None] = member.loans or (None,)
        found.extend(SheetLine(member, loan, i == 0) for i, loan in enumerate(loans))
    return tuple(found)


class SheetFigures:
    """The figures of one state of a sheet on one ground; made anew for every state."""

    def __init__(
        self, ground: Ground, lines: tuple[SheetLine, ...], state: SheetState, was: SheetState | None = None
    ) -> None:
        self.ground, self.lines, self.state, self._was = ground, lines, state, was
        self._views: dict[tuple[CellKey, bool], CellView] = {}

    @cached_property
    def every_column(self) -> tuple[SheetColumn, ...]:
        """Columns in order, shown or not; what stands in one keeps it, whatever the rules name by now."""
        return sheet_columns(self.ground, self._used | self.state.shown)

    @cached_property
    def _used(self) -> set[str]:
        """Columns something is written in, or was before it was corrected."""
        was = self._was.cells if self._was is not None else ()
        return {key.column for key in (*self.state.cells, *was)}

    @cached_property
    def columns(self) -> tuple[SheetColumn, ...]:
        """The columns shown: the group's own, those asked for, and those something is written in."""
        asked = self._used | self.state.shown
        return tuple(column for column in self.every_column if not column.rare or column.key in asked)

    def column(self, key: str) -> SheetColumn | None:
        """A column by its key, shown or not."""
        return next((column for column in self.every_column if column.key == key), None)

    @cached_property
    def members(self) -> tuple[MemberGround, ...]:
        """The members of the sheet, once each; who has left is none of them."""
        return tuple(one for one in self.everybody if not one.has_left(self.ground.on))

    @property
    def everybody(self) -> tuple[MemberGround, ...]:
        """All who have a line on the sheet, once each."""
        return tuple(line.member for line in self.lines if line.first)

    # -- one cell

    def key(self, line: SheetLine, column: SheetColumn) -> CellKey:
        """The key of a cell."""
        loan = line.loan.id if column.kind == "repayment" and line.loan is not None else ""
        return CellKey(line.member.id, loan, column.key)

    def written(self, line: SheetLine, column: SheetColumn) -> Written | None:
        """What a person put into a cell."""
        return self.state.cells.get(self.key(line, column))

    def has_cell(self, line: SheetLine, column: SheetColumn) -> bool:
        """False where a line has no cell in a column: a member's second line, and most of one who has left."""
        if not line.first and column.kind != "repayment":
            return False
        return column.kind in LEAVERS_KINDS or not line.member.has_left(self.ground.on)

    @cached_property
    def cells(self) -> Mapping[CellKey, Written]:
        """What is written in cells that the sheet has: this is added up and goes into the book, and nothing else."""
        places = (self.key(line, c) for line in self.lines for c in self.every_column if self.has_cell(line, c))
        return {key: self.state.cells[key] for key in places if key in self.state.cells}

    def fines(self, member: MemberGround) -> tuple[FineRule, ...]:
        """The fines asked of a member today, without those let pass."""
        row = self.state.row(member.id)
        return tuple(fine for fine in self.fines_before_waiver(member) if not row.lets_pass(fine.why))

    def fines_before_waiver(self, member: MemberGround) -> tuple[FineRule, ...]:
        """The fines the rules ask of a member today."""
        attendance = self.state.row(member.id).attendance
        if member.has_left(self.ground.on):
            return ()
        missed = self._missed_saving(member, attendance)
        return fines_asked(
            self.ground.rules, attendance, missed_saving=missed, late_repayment=repays_late(self.ground, member)
        )

    def _missed_saving(self, member: MemberGround, attendance: Attendance | None) -> bool:
        """True where a compulsory saving is settled and nothing of it was paid."""
        for product in self.ground.rules.savings:
            column = self.column(f"saving.{product.code}")
            if not product.compulsory or column is None or not expected_minor(self.ground, member, column):
                continue
            paid = self.state.cells.get(CellKey(member.id, "", column.key))
            away = attendance is Attendance.ABSENT
            if (paid is None and away) or (paid is not None and not paid.amount_minor):
                return True
        return False

    def cell(self, line: SheetLine, column: SheetColumn) -> CellView:
        """One cell as shown."""
        if not self.has_cell(line, column):
            return NO_CELL
        key = (self.key(line, column), line.first)
        if key not in self._views:
            self._views[key] = self._view(line, column)
        return self._views[key]

    def _view(self, line: SheetLine, column: SheetColumn) -> CellView:
        member = line.member
        written = self.written(line, column)
        # on a sheet opened again nothing is proposed: what was not written was not paid, and today's fine is not owed
        unasked = self._was is not None and written is None
        asked = sum(fine.amount_minor for fine in self.fines(member)) if column.kind == "fine" and not unasked else 0
        expected = expected_minor(self.ground, member, column, line.loan, asked)
        left_due = stays_due(self.ground, member, column)
        attendance = self.state.row(member.id).attendance
        waived = column.kind == "fine" and self.state.row(member.id).waived is not None and not self.fines(member)
        was = self._was_minor(line, column, written)
        if written is not None:
            paid = written.amount_minor
            owed = max(0, asked - max(0, paid - member.fines_owed_minor)) if column.kind == "fine" else 0
            state = CellState.TYPED if written.typed else CellState.CONFIRMED
            left, ahead = max(0, expected - paid) if left_due else 0, max(0, paid - expected)
            return CellView(
                state, paid, expected, left, ahead if expected else 0, owed, written.shares, waived, written.text, was
            )
        proposed = None
        if not unasked:
            proposed = proposal(self.ground, member, attendance, column, line.loan, asked)
        if proposed is not None:
            shares = self.ground.shares_for(proposed.amount_minor) if column.kind == "shares" else None
            owed = proposed.owed_minor
            return CellView(
                CellState.PROPOSAL, proposed.amount_minor, expected, 0, 0, owed, shares, waived, was_minor=was
            )
        away = attendance is not None and attendance not in (*IS_THERE, Attendance.REPRESENTED)
        return CellView(
            CellState.EMPTY, 0, expected, expected if away and left_due else 0, waived=waived, was_minor=was
        )

    def _was_minor(self, line: SheetLine, column: SheetColumn, written: Written | None) -> int | None:
        if self._was is None:
            return None
        before = self._was.cells.get(self.key(line, column))
        old, new = before.amount_minor if before else 0, written.amount_minor if written else 0
        return None if old == new else old

    # -- rows

    def lines_of(self, member: str) -> Sequence[SheetLine]:
        """The lines of one member."""
        return self._lines_by_member.get(member, ())

    @cached_property
    def _lines_by_member(self) -> dict[str, list[SheetLine]]:
        found: dict[str, list[SheetLine]] = {}
        for line in self.lines:
            found.setdefault(line.member.id, []).append(line)
        return found

    def pending(self, member: str) -> list[tuple[SheetLine, SheetColumn]]:
        """The cells of a member that still hold a proposal."""
        return [
            (line, column)
            for line in self.lines_of(member)
            for column in self.columns
            if self.cell(line, column).state is CellState.PROPOSAL
        ]

    def is_done(self, member: str) -> bool:
        """True where attendance is marked (of who has left, nothing is) and no proposal is left open."""
        known = self.ground.member(member)
        gone = known is not None and known.has_left(self.ground.on)
        return (gone or self.state.row(member).attendance is not None) and not self.pending(member)

    @cached_property
    def done(self) -> frozenset[str]:
        """The ids of the members whose rows are done."""
        return frozenset(member.id for member in self.members if self.is_done(member.id))

    def row_total_minor(self, member: str) -> int | None:
        """What a member brought less what she took, with the interest kept back of her new loan; None where nothing is
        written in her row.
        """
        signs = {column.key: 1 if column.side == "in" else -1 for column in self.every_column}
        amounts = [signs[k.column] * w.amount_minor for k, w in self.cells.items() if k.member == member]
        if not amounts and self.state.row(member).attendance is None:
            return None
        return sum(amounts) + self._taken_minor(member)

    def unexplained_minor(self, member: str) -> int:
        """What stands as brought in the row of one who is not there and of whom nobody says who paid; 0 of others."""
        row = self.state.row(member)
        if row.attendance in PROPOSED_FOR or row.paid_by:
            return 0
        brought = {column.key for column in self.every_column if column.side == "in"}
        return sum(w.amount_minor for k, w in self.cells.items() if k.member == member and k.column in brought)

    def _taken_minor(self, member: str) -> int:
        """The interest that stays in the box of a member's new loan."""
        return sum(
            interest_taken_minor(self.ground, w.amount_minor, w.terms)
            for k, w in self.cells.items()
            if k.member == member and k.column == "loan"
        )

    # -- columns and the whole

    def column_total_minor(self, column: SheetColumn) -> int:
        """What is written in a column."""
        return sum(w.amount_minor for k, w in self.cells.items() if k.column == column.key)

    def column_expected_minor(self, column: SheetColumn) -> int:
        """What is expected in a column of everybody."""
        return sum(self.cell(line, column).expected_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        """In less out of all members."""
        columns = sum((1 if c.side == "in" else -1) * self.column_total_minor(c) for c in self.every_column)
        return columns + sum(self._taken_minor(member.id) for member in self.members)

    def there(self) -> int:
        """How many persons are there; representatives bring money, no vote."""
        return sum(self.state.row(member.id).attendance in IS_THERE for member in self.members)

    def represented(self) -> int:
        """For how many somebody came."""
        return sum(self.state.row(m.id).attendance is Attendance.REPRESENTED for m in self.members)

    def quorum(self) -> int:
        """How many must be there; 0 where the rules name no quorum."""
        return self.ground.rules.quorum(len(self.members))

    def cash(self, sheet: Sheet, place: str = "box") -> Cash:
        """A place through the meeting, of the sheet as written so far."""
        cash = cash_of(self.ground, sheet, place)
        if place != "box":
            return cash
        return replace(cash, start_minor=cash.start_minor + awaited_minor(self.ground, self.state))
