"""The meeting sheet as an editing machine: every key of the page is one command here, taken back whole by `undo`.

The draft owns its state and the steps before it; a command makes the next state or changes nothing. Nothing that is
only proposed gets into the sheet that `sheet` answers with.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import IS_THERE
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet_columns import PROPOSED_FOR
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_figures import SheetFigures
from shg_desk.domain.sheet_state import CellKey
from shg_desk.domain.sheet_state import CountState
from shg_desk.domain.sheet_state import SheetState
from shg_desk.domain.sheet_state import Written
from shg_desk.domain.sheet_steps import ATTENDANCE
from shg_desk.domain.sheet_steps import DraftSteps
from shg_desk.domain.sheet_steps import Place

USUAL_KINDS = ("saving", "shares", "social")


class Draft(DraftSteps):
    """The commands on a sheet being typed; the places are `Place`s of its lines and columns."""

    # -- cells

    def confirm(self, at: Place) -> Place:
        """Enter: confirm the proposal of a cell; gives the next unfinished cell, else the line below."""
        self._become(self._confirmed(self._state, [at]), at)
        following = self.next_unfinished(at)
        return following or Place(min(at.line + 1, len(self._lines) - 1), at.column)

    def confirm_row(self, line: int) -> None:
        """Space: confirm all that a row proposes; a member not yet marked is present."""
        member = self._lines[line].member
        row = self._state.row(member.id)
        state = self._state
        if row.attendance is None and not member.has_left(self.ground.on):
            state = state.with_row(member.id, replace(row, attendance=Attendance.PRESENT))
        figures = SheetFigures(self.ground, self._lines, state, self.was)
        cells = [Place(self._lines.index(one), column.key) for one, column in figures.pending(member.id)]
        self._become(self._confirmed(state, cells), Place(line, ATTENDANCE))

    def all_usual(self, at: Place | None = None) -> Place | None:
        """F5: all unmarked are present, and all who are there, or sent somebody, have paid the usual savings
        and social fund.

        Repayments and fines are never confirmed by it. Gives the first repayment that is due, else the first open cell.
        """
        state = self._state
        for line in self._lines:
            row = state.row(line.member.id)
            if row.attendance is None and not line.member.has_left(self.ground.on):
                state = state.with_row(line.member.id, replace(row, attendance=Attendance.PRESENT))
        figures = SheetFigures(self.ground, self._lines, state, self.was)
        cells = [
            Place(i, column.key)
            for i, line in enumerate(self._lines)
            if state.row(line.member.id).attendance in IS_THERE
            for column in figures.columns
            if column.kind in USUAL_KINDS
        ]
        self._become(self._confirmed(state, cells, as_usual=True), at)
        for kind in ("repayment", None):
            for column in self.columns:
                if kind is None or column.kind == kind:
                    found = self.next_unfinished(Place(-1, column.key))
                    if found is not None and (kind is None or found.column == column.key):
                        return found
        return None

    def _confirmed(self, state: SheetState, cells: list[Place], *, as_usual: bool = False) -> SheetState:
        figures = SheetFigures(self.ground, self._lines, state, self.was)
        fresh = dict(state.cells)
        for at in cells:
            column = figures.column(at.column)
            if column is None:
                continue
            view = figures.cell(self._lines[at.line], column)
            if view.state is CellState.PROPOSAL:
                written = Written(view.amount_minor, typed=False, shares=view.shares, as_usual=as_usual)
                fresh[figures.key(self._lines[at.line], column)] = written
        return replace(state, cells=fresh) if fresh != dict(state.cells) else state

    def type_text(self, at: Place, text: str) -> Problem | None:
        """What was typed into a cell: `500`, `50+50`, `12,50`; in a column of shares their number; nothing empties it.

        Gives the problem of a text that is no amount, and changes nothing then.
        """
        column = self.figures.column(at.column)
        if column is None or self.figures.cell(self._lines[at.line], column).state is CellState.NONE:
            return None
        line = self._lines[at.line]
        key = self.figures.key(line, column)
        if not text.strip():
            self._become(self._state.with_cell(key, None), at)
            return None
        where = f"member {line.member.number} {column.kind}"
        if column.kind == "shares" and not self.ground.share_prices_minor:
            return Problem(Code.SHARES_WITHOUT_PRICE, where)
        before = self._state.cells.get(key)
        try:
            written = self._read(column, text, before)
        except AmountError as error:
            facts: dict[str, Fact] = {"text": text, "member": line.member.number}
            return Problem(error.code, where, facts)
        self._become(self._state.with_cell(key, written), at)
        return None

    def _read(self, column: SheetColumn, text: str, before: Written | None) -> Written:
        kept = before if before is not None else Written(0)
        if column.kind == "shares":
            number = typed_minor(text, 0)
            amount = number * self.ground.share_prices_minor[0]
            return replace(kept, amount_minor=amount, typed=True, as_usual=False, shares=number)
        amount = typed_minor(text, self.ground.currency.minor_digits)
        return replace(kept, amount_minor=amount, typed=True, as_usual=False, shares=None)

    def clear(self, at: Place) -> None:
        """Del: take away what was written in a cell; its proposal stands there again."""
        column = self.figures.column(at.column)
        if column is not None:
            self._become(self._state.with_cell(self.figures.key(self._lines[at.line], column), None), at)

    def cut(self, at: Place) -> bool:
        """Ctrl+X: take a cell's figure to put it into another; False where nothing is written in it."""
        column = self.figures.column(at.column)
        written = self.figures.written(self._lines[at.line], column) if column is not None else None
        if column is None or written is None:
            return False
        state = self._state.with_cell(self.figures.key(self._lines[at.line], column), None)
        self._become(replace(state, clip=written), at)
        return True

    def paste(self, at: Place) -> bool:
        """Ctrl+V: put down what was cut; False where nothing was cut or the figure does not go into this cell."""
        column, clip = self.figures.column(at.column), self._state.clip
        if column is None or clip is None:
            return False
        if self.figures.cell(self._lines[at.line], column).state is CellState.NONE:
            return False
        shares = self.ground.shares_for(clip.amount_minor) if column.kind == "shares" else None
        if column.kind == "shares" and shares is None:
            return False
        fresh = replace(clip, typed=True, as_usual=False, shares=shares)
        state = self._state.with_cell(self.figures.key(self._lines[at.line], column), fresh)
        self._become(replace(state, clip=None), at)
        return True

    def set_text(self, at: Place, text: str) -> None:
        """What another income or payment, or a grant, is for."""
        self._rewrite(at, text=text)

    def set_loan(
        self, at: Place, terms: Mapping[str, Any] | None, purpose: str = "", guarantors: Sequence[str] = ()
    ) -> None:
        """A new loan's terms that differ from the group's rules, in words as rules have them; what it is for, and the
        numbers or ids of the members who answer for it.
        """
        found = (self.ground.member(one) for one in guarantors)
        ids = tuple(dict.fromkeys(one.id for one in found if one is not None))
        self._rewrite(at, terms=terms, text=purpose, guarantors=ids)

    def _rewrite(self, at: Place, **changes: Any) -> None:
        column = self.figures.column(at.column)
        written = self.figures.written(self._lines[at.line], column) if column is not None else None
        if column is not None and written is not None:
            key = self.figures.key(self._lines[at.line], column)
            self._become(self._state.with_cell(key, replace(written, **changes)), at)

    def show_column(self, key: str) -> None:
        """Show a rare column; it stays while this sheet is typed."""
        self._become(replace(self._state, shown=self._state.shown | {key}))

    # -- rows

    def mark(self, line: int, attendance: Attendance | None, represented_by: str = "") -> None:
        """Alt+1 to 5. One who is not there has paid nothing that was confirmed only with all the others (F5).

        What a person typed or confirmed in her own row stays: it is money, and she may have sent it. A fine of today
        that was confirmed for how she stood before is open again.
        """
        if self._lines[line].member.has_left(self.ground.on):
            return
        member = self._lines[line].member.id
        row = self._state.row(member)
        by = represented_by if attendance is Attendance.REPRESENTED else ""
        state = self._state.with_row(member, replace(row, attendance=attendance, represented_by=by))
        if attendance is not row.attendance:
            owed_minor = max(0, self._lines[line].member.fines_owed_minor)
            gone = attendance not in PROPOSED_FOR

            def stays(key: CellKey, written: Written) -> bool:
                if key.member != member or written.typed:
                    return True
                if key.column == "fine" and written.amount_minor > owed_minor:
                    return False
                return not (gone and written.as_usual)

            state = replace(state, cells={key: one for key, one in state.cells.items() if stays(key, one)})
        self._become(state, Place(line, ATTENDANCE))

    def set_paid_by(self, line: int, number: str) -> Problem | None:
        """F4: another member brought the money of this row; an empty number takes it back."""
        payer = self.ground.member(number) if number else None
        if number and payer is None:
            return Problem(Code.MEMBER_UNKNOWN, f"member {self._lines[line].member.number}", {"member": number})
        member = self._lines[line].member
        by = payer.id if payer is not None and payer.id != member.id else ""
        state = self._state.with_row(member.id, replace(self._state.row(member.id), paid_by=by))
        self._become(state, Place(line, ATTENDANCE))
        return None

    def waive(self, line: int, words: str | None, only: Sequence[str] = ()) -> None:
        """F7 on a fine: the meeting lets today's fines of this member pass, with words noted; None takes it back.

        `only` are the reasons of those let pass, where not all are. On a sheet opened again what was written of them
        goes with it, and comes back as owed.
        """
        member = self._lines[line].member
        row = replace(self._state.row(member.id), waived=words, waived_only=tuple(only) if words is not None else ())
        state = self._state.with_row(member.id, row)
        key = CellKey(member.id, "", "fine")
        written = state.cells.get(key)
        if self.was is not None:
            asked = SheetFigures(self.ground, self._lines, state, self.was).fines(member) if words is not None else ()
            most = max(0, member.fines_owed_minor) + sum(fine.amount_minor for fine in asked)
            paid = min(written.amount_minor if written else 0, most)
            state = state.with_cell(key, Written(paid) if paid or asked or words is None else None)
        elif written is not None and not written.typed:
            state = state.with_cell(key, None)
        self._become(state, Place(line, "fine"))

    # -- under the table

    def add_line(self, line: GroupLine) -> int:
        """Ins: a line of the group's own; gives its place among them."""
        self._become(replace(self._state, lines=(*self._state.lines, line)))
        return len(self._state.lines) - 1

    def change_line(self, at: int, line: GroupLine | None) -> None:
        """Another line in its place; None takes it away."""
        before, after = self._state.lines[:at], self._state.lines[at + 1 :]
        self._become(replace(self._state, lines=(*before, *((line,) if line is not None else ()), *after)))

    def change_decision(self, at: int, decision: Decision | None) -> None:
        """A decision in its place (behind the last one: a new one); None takes it away."""
        before, after = self._state.decisions[:at], self._state.decisions[at + 1 :]
        middle = (decision,) if decision is not None else ()
        self._become(replace(self._state, decisions=(*before, *middle, *after)))

    def set_held(self, *, held: bool, reason: str = "") -> None:
        """Whether the meeting took place, and why not."""
        self._become(replace(self._state, held=held, reason="" if held else reason))

    def set_next(self, on: date | None) -> None:
        """The day of the next meeting."""
        self._become(replace(self._state, next_on=on))

    def set_number(self, number: str) -> None:
        """The meeting's number as the group counts."""
        self._become(replace(self._state, number=number))

    def set_from_paper(self, *, from_paper: bool) -> None:
        """The whole sheet is copied from the paper book."""
        self._become(replace(self._state, from_paper=from_paper))

    # -- the count

    def count_note(self, value_minor: int, number: int | None) -> None:
        """So many notes of a value lie in the box; None: not counted. A sum typed before is forgotten."""
        notes = {value: n for value, n in self.count.notes.items() if value != value_minor}
        if number is not None:
            notes[value_minor] = number
        self._count(replace(self.count, notes=notes, total_minor=None, from_paper=False))

    def count_coins(self, amount_minor: int | None, besides: Iterable[int] | None = None) -> None:
        """Coins in all; with `besides`, the values counted on their own, no coin counted before is kept next to it."""
        count = self.count
        own = set(count.notes if besides is None else besides)
        notes = {value: number for value, number in count.notes.items() if value in own}
        self._count(replace(count, notes=notes, coins_minor=amount_minor, total_minor=None, from_paper=False))

    def count_total(self, amount_minor: int | None, *, from_paper: bool = False) -> None:
        """One sum instead of notes, counted or copied from the paper book."""
        self._count(CountState(total_minor=amount_minor, from_paper=from_paper and amount_minor is not None))

    def _count(self, count: CountState) -> None:
        self._become(self._state.with_bag(self.place, replace(self._state.bag(self.place), count=count)))

    def count_at_start(self, amount_minor: int | None) -> None:
        """What was in the box before anything came in; None: nobody counted."""
        self._become(replace(self._state, opening_minor=amount_minor))

    def name_difference(self, reason: str, bearer: str = "open") -> None:
        """F7: say why counted and expected differ and who bears it; the amount is what it is at this moment."""
        difference = self.cash().difference_minor
        named = NamedDifference(difference, reason, bearer, self.place) if difference else None
        self._become(self._state.with_bag(self.place, replace(self._state.bag(self.place), named=named)))


def typed_minor(text: str, minor_digits: int) -> int:
    """Minor units of what was typed in a cell, sums added: `50+50`. Raises AmountError; nothing negative is taken."""
    total = 0
    for part in text.strip().strip("+").split("+"):
        amount = parse_amount(part, minor_digits, grouped=False)
        if amount < 0:
            raise AmountError(Code.AMOUNT_NEGATIVE)
        total += amount
    if total > AMOUNT_LIMIT_MINOR:
        raise AmountError(Code.AMOUNT_TOO_LARGE)
    return total
