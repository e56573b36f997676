"""What closing a sheet will do, told before it is done: what stands in the way, what is left open, the totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_cash import Cash
from shg_desk.domain.sheet_cash import line_cash_minor
from shg_desk.domain.sheet_cash import row_taken_minor
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_steps import Place


@dataclass(frozen=True, slots=True)
class OpenDue:
    """A due that is not, or not wholly, paid and will be carried over: where it stands and how much is left."""

    place: Place
    left_minor: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The closing preview. `unmarked` and `unconfirmed` are lines of the table; amounts are minor units.

    `left` is what is owed afterwards too: a proposal nobody confirmed counts for nothing, what it asked for from before
    stays due.

    `columns` are the columns with money and their totals, `lines` the kinds of group lines with what they change in
    the box: with the start and the interest kept back of new loans they add up to what the book expects there.
    `lines_elsewhere` are lines that leave the box alone; `entries` counts cells, group lines and the difference.
    `open_difference_minor` is the cash difference left open: above zero money is missing, below there was too much.
    `missed` is what of compulsory savings, which are carried over, and of the social fund, which is not, was settled
    with less than was asked.
    """

    problems: tuple[Problem, ...]
    unmarked: tuple[int, ...]
    unconfirmed: tuple[Place, ...]
    left: tuple[OpenDue, ...]
    columns: tuple[tuple[SheetColumn, int], ...]
    cash: Cash
    there: int
    represented: int
    members: int
    entries: int
    lines: tuple[tuple[str, int], ...] = ()
    lines_elsewhere: tuple[tuple[str, int], ...] = ()
    kept_back_minor: int = 0
    open_difference_minor: int = 0
    missed: tuple[OpenDue, ...] = ()

    @property
    def blocks(self) -> bool:
        """True where a problem stands in the way of closing."""
        return any(problem.level is Level.PROBLEM for problem in self.problems)


def preview_of(draft: Draft) -> Preview:
    """The closing preview of a sheet as it stands."""
    figures = draft.figures
    sheet = draft.sheet()
    unconfirmed, left, missed = [], [], []
    for i, line in enumerate(draft.lines):
        for column in draft.columns:
            view = figures.cell(line, column)
            if view.state is CellState.PROPOSAL:
                unconfirmed.append(Place(i, column.key))
            due = view.left_minor
            if view.state is CellState.PROPOSAL:  # today's fine is none until it is confirmed; one from before is owed
                due = line.member.fines_owed_minor if column.kind == "fine" else view.expected_minor
            if due > 0 and column.kind in ("repayment", "fine"):
                left.append(OpenDue(Place(i, column.key), due))
            asked = column.kind == "social" or (column.product or "") in line.member.saving_due_minor
            if asked and column.side == "in" and view.left_minor:
                missed.append(OpenDue(Place(i, column.key), view.left_minor))
    return Preview(
        problems=(*sheet_problems(draft.ground, sheet), *draft.misplaced()),
        unmarked=tuple(
            i
            for i, line in enumerate(draft.lines)
            if line.first
            and draft.state.row(line.member.id).attendance is None
            and not line.member.has_left(draft.ground.on)
        ),
        unconfirmed=tuple(unconfirmed),
        left=tuple(left),
        columns=tuple(
            (column, total) for column in figures.every_column if (total := figures.column_total_minor(column))
        ),
        cash=draft.cash("box"),
        there=figures.there(),
        represented=figures.represented(),
        members=len(figures.members),
        entries=sum(len(row.ins) + len(row.outs) for row in sheet.rows)
        + len(sheet.lines)
        + sum(named.bearer != "awaiting" for named in sheet.differences),
        lines=_by_kind((line.kind, change) for line in sheet.lines if (change := line_cash_minor(line, "box"))),
        lines_elsewhere=_by_kind(
            (line.kind, line.amount_minor) for line in sheet.lines if not line_cash_minor(line, "box")
        ),
        open_difference_minor=_left_open(draft, sheet),
        missed=tuple(missed),
        kept_back_minor=sum(row_taken_minor(draft.ground, row) for row in sheet.rows),
    )


def _left_open(draft: Draft, sheet: Sheet) -> int:
    """What was open before, less what the sheet settles, with what it leaves open itself."""
    left = draft.ground.open_difference_minor
    sign = 1 if left > 0 else -1
    left -= sign * sum(line.amount_minor for line in sheet.lines if line.kind == SETTLEMENT)
    return left - sum(named.amount_minor for named in sheet.differences if named.bearer == "open")


def _by_kind(changes: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for kind, change in changes:
        sums[kind] = sums.get(kind, 0) + change
    return tuple(sums.items())
