"""The editing machine against plain arithmetic: any commands in any order, and every figure reckoned by hand again."""

from __future__ import annotations

import json
from copy import deepcopy

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import precondition
from hypothesis.stateful import rule

from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.domain.sheet_steps import Place
from tests.meeting_grounds import yrys

DUE = {2: 1060, 4: 530}
COLUMNS = ("saving.compulsory", "social", "repayment", "fine", "loan")
MEMBERS = 6
HOW = st.sampled_from([*Attendance, None])
AT = st.tuples(st.integers(1, MEMBERS), st.sampled_from(COLUMNS))


class Book:
    """The sheet as a careful person would keep it on squared paper, in whole som."""

    def __init__(self) -> None:
        self.how: dict[int, Attendance | None] = dict.fromkeys(range(1, MEMBERS + 1))
        self.cells: dict[tuple[int, str], tuple[int, bool]] = {}  # som, typed
        self.lines: list[tuple[str, int]] = []
        self.notes: dict[int, int] = {}
        self.clip: int | None = None
        self.waived: set[int] = set()
        self.usual: set[tuple[int, str]] = set()  # confirmed by F5, for all who are there

    def proposed(self, n: int) -> dict[str, int]:
        if self.how[n] in (Attendance.ABSENT, Attendance.EXCUSED):
            return {}
        found = {"saving.compulsory": 100, "social": 20}
        if n in DUE:
            found["repayment"] = DUE[n]
        if self.how[n] is Attendance.LATE and n not in self.waived:
            found["fine"] = 40
        return {column: som for column, som in found.items() if (n, column) not in self.cells}

    def mark(self, n: int, how: Attendance | None) -> None:
        if how is self.how[n]:
            return
        self.how[n] = how
        gone = how in (Attendance.ABSENT, Attendance.EXCUSED)
        for key in [k for k, (_, typed) in self.cells.items() if k[0] == n and not typed]:
            if (gone and key in self.usual) or key[1] == "fine":
                del self.cells[key]

    def money(self) -> int:
        """What the box should hold."""
        of_members = sum(-som if column == "loan" else som for (_, column), (som, _) in self.cells.items())
        return 6240 + of_members + sum(som if kind == "income" else -som for kind, som in self.lines)


class SheetMachine(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.draft = Draft(yrys(MEMBERS, DUE))
        self.book = Book()
        self.past: list[tuple[object, Book]] = []
        self.future: list[tuple[object, Book]] = []

    def at(self, where: tuple[int, str]) -> Place:
        return Place(where[0] - 1, where[1])

    def command(self) -> Book:
        """Remember how it was; the caller changes both sides."""
        self.before = (self.draft.state, deepcopy(self.book))
        return self.book

    def done(self) -> None:
        if self.draft.state != self.before[0]:
            self.past.append(self.before)
            self.future.clear()

    @rule(where=AT)
    def confirm(self, where: tuple[int, str]) -> None:
        book = self.command()
        som = book.proposed(where[0]).get(where[1])
        self.draft.confirm(self.at(where))
        if som is not None:
            book.cells[where] = (som, False)
            book.usual.discard(where)
        self.done()

    @rule(n=st.integers(1, MEMBERS))
    def confirm_row(self, n: int) -> None:
        book = self.command()
        self.draft.confirm_row(n - 1)
        book.how[n] = book.how[n] or Attendance.PRESENT
        for column, som in book.proposed(n).items():
            book.cells[n, column] = (som, False)
            book.usual.discard((n, column))
        self.done()

    @rule()
    def all_usual(self) -> None:
        book = self.command()
        self.draft.all_usual()
        for n in book.how:
            book.how[n] = book.how[n] or Attendance.PRESENT
            if book.how[n] in (Attendance.PRESENT, Attendance.LATE):
                usual = {c: som for c, som in book.proposed(n).items() if c in ("saving.compulsory", "social")}
                book.cells.update({(n, column): (som, False) for column, som in usual.items()})
                book.usual |= {(n, column) for column in usual}
        self.done()

    @rule(n=st.integers(1, MEMBERS), how=HOW)
    def mark(self, n: int, how: Attendance | None) -> None:
        book = self.command()
        self.draft.mark(n - 1, how, "Азамат")
        book.mark(n, how)
        self.done()

    @rule(where=AT, parts=st.lists(st.integers(0, 3000), min_size=1, max_size=3))
    def type_sum(self, where: tuple[int, str], parts: list[int]) -> None:
        book = self.command()
        assert self.draft.type_text(self.at(where), "+".join(map(str, parts))) is None
        book.cells[where] = (sum(parts), True)
        self.done()

    @rule(where=AT, text=st.sampled_from(["abc", "-5", "1,234,5", "--", "1.234", "10^5"]))
    def type_nonsense(self, where: tuple[int, str], text: str) -> None:
        before = self.draft.state
        assert self.draft.type_text(self.at(where), text) is not None
        assert self.draft.state is before

    @rule(where=AT)
    def clear(self, where: tuple[int, str]) -> None:
        book = self.command()
        self.draft.clear(self.at(where))
        book.cells.pop(where, None)
        self.done()

    @rule(where=AT)
    def cut(self, where: tuple[int, str]) -> None:
        book = self.command()
        assert self.draft.cut(self.at(where)) == (where in book.cells)
        if where in book.cells:
            book.clip = book.cells.pop(where)[0]
        self.done()

    @rule(where=AT)
    def paste(self, where: tuple[int, str]) -> None:
        book = self.command()
        assert self.draft.paste(self.at(where)) == (book.clip is not None)
        if book.clip is not None:
            book.cells[where] = (book.clip, True)
            book.clip = None
        self.done()

    @rule(n=st.integers(1, MEMBERS), on=st.booleans())
    def waive(self, n: int, on: bool) -> None:
        book = self.command()
        if on == (n in book.waived):
            return
        self.draft.waive(n - 1, "" if on else None)
        book.waived ^= {n}
        if not book.cells.get((n, "fine"), (0, True))[1]:
            del book.cells[n, "fine"]
        self.done()

    @rule(kind=st.sampled_from(["expense", "income", "gift"]), som=st.integers(1, 900))
    def add_line(self, kind: str, som: int) -> None:
        book = self.command()
        self.draft.add_line(GroupLine(kind, som * 100))
        book.lines.append(("income" if kind != "expense" else "expense", som))
        self.done()

    @precondition(lambda self: self.book.lines)
    @rule(data=st.data())
    def drop_line(self, data: st.DataObject) -> None:
        book = self.command()
        i = data.draw(st.integers(0, len(book.lines) - 1))
        self.draft.change_line(i, None)
        del book.lines[i]
        self.done()

    @rule(value=st.sampled_from([5000, 1000, 200, 20]), number=st.integers(0, 9) | st.none())
    def count_note(self, value: int, number: int | None) -> None:
        book = self.command()
        self.draft.count_note(value * 100, number)
        book.notes.pop(value, None)
        if number is not None:
            book.notes[value] = number
        self.done()

    @rule()
    def undo(self) -> None:
        self.draft.undo()
        if self.past:
            now = (self.draft.state, self.book)
            state, self.book = self.past.pop()
            assert self.draft.state == state
            self.future.append(now)

    @rule()
    def redo_what_was_undone(self) -> None:
        before, book = self.draft.state, deepcopy(self.book)
        if self.draft._undo:
            self.draft.undo()
            self.draft.redo()
        assert self.draft.state == before
        assert self.book.cells == book.cells

    @rule()
    def power_cut(self) -> None:
        record = json.loads(json.dumps(kept(self.draft)))
        draft, problems = restored(self.draft.ground, record)
        assert not problems
        assert draft.state == self.draft.state
        draft._undo, draft._redo = self.draft._undo, self.draft._redo  # steps are not kept over a power cut
        self.draft = draft

    @invariant()
    def the_figures_are_those_of_the_squared_paper(self) -> None:
        figures, book = self.draft.figures, self.book
        for i, line in enumerate(self.draft.lines):
            n = i + 1
            proposed = book.proposed(n)
            for column in self.draft.columns:
                view = figures.cell(line, column)
                if (n, column.key) in book.cells:
                    som, typed = book.cells[n, column.key]
                    assert view.state is (CellState.TYPED if typed else CellState.CONFIRMED)
                    assert view.amount_minor == som * 100
                elif column.key in proposed:
                    assert (view.state, view.amount_minor) == (CellState.PROPOSAL, proposed[column.key] * 100)
                else:
                    assert view.state is CellState.EMPTY
            assert (line.member.id in figures.done) == (book.how[n] is not None and not proposed)
        for column in self.draft.columns:
            total = sum(som for (_, c), (som, _) in book.cells.items() if c == column.key)
            assert figures.column_total_minor(column) == total * 100
        cash = self.draft.cash()
        assert cash.expected_minor == book.money() * 100
        counted = sum(value * number for value, number in book.notes.items())
        assert cash.counted_minor == (counted * 100 if book.notes else None)
        assert figures.there() == sum(how in (Attendance.PRESENT, Attendance.LATE) for how in book.how.values())

    @invariant()
    def nothing_proposed_is_on_the_sheet(self) -> None:
        sheet = self.draft.sheet()
        found = sorted(
            (int(row.member), line.kind, line.amount_minor // 100)
            for row in sheet.rows
            for line in (*row.ins, *row.outs)
            if line.kind != "fine-owed"
        )
        meant = []
        for (n, column), (som, _) in self.book.cells.items():
            if column == "fine":
                today = 40 if self.book.how[n] is Attendance.LATE and n not in self.book.waived else 0
                meant += [(n, "fine", part) for part in (min(som, today), max(0, som - today)) if part]
            elif som:
                meant.append((n, column.partition(".")[0], som))
        assert found == sorted(meant)
        owed = sum(line.amount_minor for row in sheet.rows for line in row.ins if line.kind == "fine-owed")
        late = [n for n, how in self.book.how.items() if how is Attendance.LATE and n not in self.book.waived]
        unpaid = [40 - self.book.cells[n, "fine"][0] for n in late if (n, "fine") in self.book.cells]
        assert owed == 100 * sum(max(0, som) for som in unpaid)
        sheet_problems(self.draft.ground, sheet)  # whatever was typed can be checked


TestSheet = SheetMachine.TestCase
TestSheet.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
