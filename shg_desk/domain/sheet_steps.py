"""The state of a sheet being typed with the steps before it, and where the cursor goes next."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.domain.group_places import BOX
from shg_desk.domain.group_places import counted_at_meetings
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_cash import Cash
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_figures import CellView
from shg_desk.domain.sheet_figures import SheetFigures
from shg_desk.domain.sheet_figures import SheetLine
from shg_desk.domain.sheet_figures import sheet_lines
from shg_desk.domain.sheet_state import CountState
from shg_desk.domain.sheet_state import SheetState
from shg_desk.domain.sheet_written import written_sheet

UNDO_STEPS = 500
ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor is: a line of the table, and a money column's key or `attendance`."""

    line: int
    column: str


class DraftSteps:
    """A sheet being typed on a ground. `was` is the state of a closed sheet that is being corrected."""

    def __init__(self, ground: Ground, state: SheetState | None = None, was: SheetState | None = None) -> None:
        self.ground = ground
        self.was = was
        self._state = state if state is not None else SheetState(number=ground.number)
        self._undo: list[tuple[SheetState, Place | None]] = []
        self._redo: list[tuple[SheetState, Place | None]] = []
        self._lines = sheet_lines(ground)
        self._figures: SheetFigures | None = None
        self.place = BOX

    # -- what there is

    def places_counted(self) -> tuple[str, ...]:
        """The places this sheet counts: the box and the group's bags; of a closed sheet the box alone."""
        return (BOX,) if self.was is not None else counted_at_meetings(self.ground.places, self.ground.places_minor)

    def count_next(self) -> bool:
        """Count the next place from here on, after the last one the box again; False where there is only the box."""
        places = self.places_counted()
        at = places.index(self.place) if self.place in places else -1
        self.place = places[(at + 1) % len(places)]
        return len(places) > 1

    @property
    def count(self) -> CountState:
        """What was counted in the place that is being counted."""
        return self._state.bag(self.place).count

    @property
    def named(self) -> NamedDifference | None:
        """How the difference of the place that is being counted was named."""
        return self._state.bag(self.place).named

    @property
    def state(self) -> SheetState:
        """What is written so far."""
        return self._state

    @property
    def figures(self) -> SheetFigures:
        """Every figure of the state as it is now."""
        if self._figures is None:
            self._figures = SheetFigures(self.ground, self._lines, self._state, self.was)
        return self._figures

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """The lines of the table."""
        return self._lines

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        """The money columns shown."""
        return self.figures.columns

    def sheet(self) -> Sheet:
        """The sheet as written: proposals are not in it."""
        return written_sheet(self.figures)

    def cash(self, place: str | None = None) -> Cash:
        """A place so far (the one being counted): start, in, out, expected, counted, difference."""
        return self.figures.cash(self.sheet(), place or self.place)

    def cell(self, at: Place) -> CellView | None:
        """The money cell at a place; None in other columns."""
        column = self.figures.column(at.column)
        return None if column is None else self.figures.cell(self._lines[at.line], column)

    # -- steps

    def _become(self, state: SheetState, at: Place | None = None) -> None:
        if state == self._state:
            return
        self._undo.append((self._state, at))
        del self._undo[:-UNDO_STEPS]
        self._redo.clear()
        self._set(state)

    def _set(self, state: SheetState) -> None:
        self._state = state
        self._figures = None

    def misplaced(self) -> list[Problem]:
        """A warning for each sum whose member, loan or column the sheet does not have any more: it is not added up and
        not written.
        """
        told = []
        for key, written in self._state.cells.items():
            if written.amount_minor and key not in self.figures.cells:
                member = self.ground.member(key.member)
                number = member.number if member is not None else key.member
                name = member.name if member is not None else None
                facts: dict[str, Fact] = {"member": number, "name": name, "amount_minor": written.amount_minor}
                told.append(Problem(Code.NOT_ON_SHEET, f"member {number}", facts, Level.WARNING))
        return told

    def undo(self) -> Place | None:
        """Take the last command back, whole; gives the place it was given at."""
        return self._step(self._undo, self._redo)

    def redo(self) -> Place | None:
        """Do again what was taken back last."""
        return self._step(self._redo, self._undo)

    def _step(
        self, source: list[tuple[SheetState, Place | None]], target: list[tuple[SheetState, Place | None]]
    ) -> Place | None:
        if not source:
            return None
        state, at = source.pop()
        target.append((self._state, at))
        self._set(state)
        return at

    def move_to(self, ground: Ground) -> None:
        """The same sheet on another ground of the same group: another day was typed, or something new is known."""
        self.ground = ground
        self._lines = sheet_lines(ground)
        self._figures = None

    # -- going

    def next_unfinished(self, at: Place) -> Place | None:
        """The next cell that holds a proposal: down this column, then the columns after it from the top."""
        keys = [column.key for column in self.columns]
        start = keys.index(at.column) if at.column in keys else 0
        first = at.line + 1 if at.column in keys else 0
        for i, column in enumerate(self.columns[start:]):
            for line in range(first if i == 0 else 0, len(self._lines)):
                if self.figures.cell(self._lines[line], column).state is CellState.PROPOSAL:
                    return Place(line, column.key)
        return None

    def next_row(self, line: int, step: int = 1) -> Place | None:
        """The next (or with -1 the previous) row that is not done, round the table; its first open cell."""
        count = len(self._lines)
        for away in range(1, count + 1):
            i = (line + step * away) % count
            member = self._lines[i].member
            if not self._lines[i].first or self.figures.is_done(member.id):
                continue
            if self._state.row(member.id).attendance is None and not member.has_left(self.ground.on):
                return Place(i, ATTENDANCE)
            open_line, column = self.figures.pending(member.id)[0]
            return Place(self._lines.index(open_line), column.key)
        return None

    def line_of(self, number: str) -> int | None:
        """The line of the member with a number, or whose number begins so."""
        firsts = [(i, line.member.number) for i, line in enumerate(self._lines) if line.first]
        exact = next((i for i, known in firsts if known == number), None)
        return exact if exact is not None else next((i for i, known in firsts if known.startswith(number)), None)
