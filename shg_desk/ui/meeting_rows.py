"""The meeting sheet as table columns, rows and foot: finished cells made of the draft's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_cash import line_cash_minor
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_figures import SheetLine
from shg_desk.domain.sheet_steps import ATTENDANCE
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import alike
from shg_desk.ui.meeting_words import attendance_words
from shg_desk.ui.meeting_words import column_name
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.meeting_words import moved_words
from shg_desk.ui.meeting_words import small_type
from shg_desk.ui.meeting_words import spoken_cell
from shg_desk.ui.parts import cells
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.steady_table import two_lines

NUMBER, NAME, MARK, FIRST_MONEY = 0, 1, 2, 3
"""Columns of the table before the money; behind the money stands the total."""

WIDTHS = {"saving": 92, "shares": 100, "social": 88, "repayment": 134, "fine": 60, "loan": 102}
PLAUSIBLE_WHOLE = 999_999
"""The largest sum, in whole units, for which every column of money has room before it is typed."""
PLAUSIBLE_TOTAL = 99_999
"""The same for a member's total where columns stand close."""
PLAUSIBLE_AHEAD = 9_999
"""The same for a sum paid beyond what is expected, which stands beside it in small type."""

AWAY = frozenset({Attendance.ABSENT, Attendance.EXCUSED})


def table_columns(draft: Draft, words: Words) -> list[Column]:
    """The heads: the group's columns in the order of its paper book, usual amounts under their names."""
    currency = draft.ground.currency
    unit = formats.unit(words, currency.code)
    sides = {"in": words._("Into the box, {unit}").format(unit=unit), "out": words._("Out")}
    shared = alike(draft.figures.members)
    names = tuple(dict.fromkeys(Cell(member_name(words, one, shared)) for one in draft.figures.everybody))
    marks = _plausible_marks(draft, words)
    heads = [
        Column(words._("№"), 36, right=True, fixed=True, plausible=(Cell("99"),)),
        Column(words._("Name"), 182, fixed=True, grows=2, two_lines=True, plausible=names),
        Column(words._("Attendance"), 134, fixed=True, grows=1, two_lines=True, plausible=marks, one_line=marks[:3]),
    ]
    side = ""
    for column in draft.columns:
        heads.append(
            Column(
                column_name(words, column),
                WIDTHS.get(column.kind, 84),
                right=True,
                group=sides[column.side],
                usual=_usual(draft, column, words),
                divider=column.side != side,
                breaks=True,
                plausible=_plausible(draft, column, words),
            )
        )
        side = column.side
    sums = (f"−{_amount(draft, words, whole)}" for whole in (PLAUSIBLE_WHOLE, PLAUSIBLE_TOTAL))
    totals = tuple(money(sum_, icon="tick", weight=tokens.SEMIBOLD) for sum_ in sums)
    heads.append(Column(words._("Total"), 80, right=True, divider=True, fixed=True, plausible=totals))
    return heads


def _amount(draft: Draft, words: Words, whole: int) -> str:
    currency = draft.ground.currency
    return formats.amount(words, whole * 10**currency.minor_digits, currency)


def _plausible_marks(draft: Draft, words: Words) -> tuple[Cell, ...]:
    """The attendances, and the lines that a representative's name and the sum at the foot are broken into."""
    found = []
    for one in (None, *(one for one in Attendance if one is not Attendance.REPRESENTED)):
        how = cells.Attendance.UNMARKED if one is None else cells.Attendance(one.value)
        found.append(cells.attendance(how, attendance_words(words, one)))
    longest = max((word for one in draft.figures.members for word in (one.name or "").split()), key=len, default="")
    came = attendance_words(words, Attendance.REPRESENTED, longest)
    found += [cells.attendance(cells.Attendance.REPRESENTED, line) for line in two_lines(came)]
    all_ = len(draft.figures.members)
    return (*found, *(Cell(line) for line in two_lines(_attendance_words(words, all_, all_))))


def _plausible(draft: Draft, column: SheetColumn, words: Words) -> tuple[Cell, ...]:
    """What a column of money must have room for, a large sum first, what it keeps longest last.

    That is what is due and paid in part for repayments, elsewhere a sum of itself.
    """
    currency = draft.ground.currency
    ahead = formats.amount(words, PLAUSIBLE_AHEAD * 10**currency.minor_digits, currency)
    found = [money(ahead)]
    expected = max((draft.figures.cell(line, column).expected_minor for line in draft.lines), default=0)
    if column.kind == "fine":
        owed = max((one.fines_owed_minor for one in draft.ground.members), default=0)
        expected = owed + sum(fine.amount_minor for fine in draft.ground.rules.fines)
    if expected:
        text = formats.amount(words, expected, currency)
        small = {"repayment": words._("left {sum}"), "fine": words._("owes {sum}")}.get(column.kind)
        warns = small is not None
        small = small or words._("left {sum}")
        paid = formats.amount(words, 0, currency) if column.kind == "fine" else text
        left = money(paid, small.format(sum=text), warns=warns)
        more = formats.amount(words, PLAUSIBLE_AHEAD * 10**currency.minor_digits, currency, plus=True)
        found = [left, money(ahead, "" if column.kind == "fine" else more), *found]
        if column.kind == "repayment":
            found.reverse()
        elif column.kind == "fine":
            due = max((fine.amount_minor for fine in draft.ground.rules.fines), default=expected)
            found.append(cells.proposal(formats.amount(words, due, currency), words._("owes")))
    return (money(_amount(draft, words, PLAUSIBLE_WHOLE), weight=tokens.SEMIBOLD), *found)


def _usual(draft: Draft, column: SheetColumn, words: Words) -> str:
    currency = draft.ground.currency
    if column.kind == "repayment":
        due = draft.figures.column_expected_minor(column)
        return words._("due {sum}").format(sum=formats.amount(words, due, currency)) if due else ""
    if column.kind == "shares":
        prices = [formats.amount(words, price, currency) for price in draft.ground.share_prices_minor[:1]]
        return "".join(words._("{price} each").format(price=price) for price in prices)
    if column.usual_minor:
        return words._("usually {sum}").format(sum=formats.amount(words, column.usual_minor, currency))
    return ""


def wrong_cells(draft: Draft) -> list[Problem]:
    """What was typed in members' cells and cannot be written so; their attendance may still come."""
    found = sheet_problems(draft.ground, draft.sheet())
    cells_ = (one for one in found if one.level is Level.PROBLEM and one.where.startswith("member "))
    return [one for one in cells_ if len(one.where.split()) > 2]


def wrong_here(draft: Draft, wrong: Sequence[Problem], line: int, column: int) -> Problem | None:
    """What cannot be written so of the cell in a line and column of the table; None where nothing is wrong there."""
    shown = draft.columns[column - FIRST_MONEY] if 0 <= column - FIRST_MONEY < len(draft.columns) else None
    if shown is None or not 0 <= line < len(draft.lines):
        return None
    here = [draft.lines[line].member.number, shown.kind]
    return next((one for one in wrong if one.where.split()[1:3] == here), None)


def table_rows(draft: Draft, words: Words) -> list[Row]:
    """One row a line of the draft; where something cannot be written so, its cell says it and no tick is given."""
    shared = alike(draft.figures.members)
    wrong: dict[str, set[str]] = {}
    for problem in wrong_cells(draft):
        _, called, kind = problem.where.split()[:3]
        wrong.setdefault(called, set()).add(kind)
    return [_marked(draft, line, _row(draft, i, line, words, shared), wrong) for i, line in enumerate(draft.lines)]


def _marked(draft: Draft, line: SheetLine, row: Row, wrong: dict[str, set[str]]) -> Row:
    kinds = wrong.get(line.member.number, set())
    if not kinds:
        return row
    made = list(row.cells)
    for c, column in enumerate(draft.columns, start=FIRST_MONEY):
        if column.kind in kinds and draft.figures.written(line, column) is not None:
            made[c] = replace(made[c], icon="octagon", icon_ink=tokens.RED, small="", warns=False)
    if line.first:
        made[-1] = replace(made[-1], icon="octagon", icon_ink=tokens.RED)
    return replace(row, cells=tuple(made))


def _row(draft: Draft, i: int, line: SheetLine, words: Words, shared: frozenset[str]) -> Row:
    member = line.member
    state = draft.state.row(member.id)
    away = state.attendance in AWAY
    if line.first:
        head = [
            Cell(member.number, ink=tokens.INK2),
            _name(draft, member_name(words, member, shared), state.paid_by, words),
            _mark(draft, line, words),
        ]
    else:
        code = line.loan.code if line.loan is not None else ""
        head = [EMPTY, Cell(words._("loan {code}").format(code=code), ink=tokens.INK3), EMPTY]
    made = [_money(draft, line, column, words) for column in draft.columns]
    return Row(
        (*head, *made, _total(draft, line, words)),
        key=i,
        fill=Fill.MUTED if away else Fill.SURFACE,
        rule=Rule.HAIR if i + 1 < len(draft.lines) and not draft.lines[i + 1].first else Rule.LINE,
    )


def _name(draft: Draft, name: str, payer: str, words: Words) -> Cell:
    """The name, and behind an arrow the number of the member who brought the money."""
    member = draft.ground.member(payer) if payer else None
    if member is None:
        return Cell(name)
    spoken = words._("{name}, paid by № {number}").format(name=name, number=member.number)
    whose = words._("№ {number}").format(number=member.number)
    return Cell(f"{name} ← {whose}", spoken=spoken)


def _mark(draft: Draft, line: SheetLine, words: Words) -> Cell:
    """How she stands; on a sheet opened again what was changed is heavy and says what stood there."""
    row = draft.state.row(line.member.id)
    if line.member.died is not None and line.member.has_left(draft.ground.on):
        return Cell(words._("died {date}").format(date=formats.date(line.member.died)), ink=tokens.INK2)
    if line.member.is_removed:
        return Cell(words._("no member any more"), ink=tokens.INK2)
    if line.member.left is not None and line.member.has_left(draft.ground.on):
        return Cell(words._("left {date}").format(date=formats.date(line.member.left)), ink=tokens.INK2)
    said = attendance_words(words, row.attendance, row.represented_by)
    how = cells.Attendance.UNMARKED if row.attendance is None else cells.Attendance(row.attendance.value)
    cell = cells.attendance(how, said)
    was = draft.was.row(line.member.id) if draft.was is not None else row
    if (was.attendance, was.represented_by) == (row.attendance, row.represented_by):
        return cell
    old = attendance_words(words, was.attendance, was.represented_by)
    spoken = words._("{what}: {old} → {new}").format(what=words._("Attendance"), old=old, new=said)
    return replace(cell, weight=tokens.SEMIBOLD, spoken=spoken)


def _money(draft: Draft, line: SheetLine, column: SheetColumn, words: Words) -> Cell:
    view = draft.figures.cell(line, column)
    if view.state is CellState.NONE:
        return EMPTY
    currency = draft.ground.currency
    small, warns = small_type(words, view, column, currency)
    spoken = spoken_cell(words, view, column, line.member, currency)
    if view.state is CellState.PROPOSAL:
        shown = view.owed_minor or view.amount_minor
        if view.owed_minor:
            small = words._("owes")
        return cells.proposal(formats.amount(words, shown, currency), small, spoken=spoken)
    text = "" if view.state is CellState.EMPTY else formats.amount(words, view.amount_minor, currency)
    was, weight = "", tokens.REGULAR
    if view.was_minor is not None:
        was, weight = formats.amount(words, view.was_minor, currency), tokens.SEMIBOLD
        small, text = "", text or words._("none")
    return money(text, small, warns=warns, editable=True, spoken=spoken, was=was, weight=weight)


def _total(draft: Draft, line: SheetLine, words: Words) -> Cell:
    if not line.first:
        return EMPTY
    total = draft.figures.row_total_minor(line.member.id)
    done = draft.figures.is_done(line.member.id)
    text = "" if total is None else formats.amount(words, total, draft.ground.currency)
    spoken = ", ".join(
        part
        for part in (words._("Total"), line.member.number, text, words._("done") if done else words._("not done"))
        if part
    )
    icon = ("tick", tokens.GREEN) if done else ("dashed_ring", tokens.INK3)
    return money(text, icon=icon[0], icon_ink=icon[1], weight=tokens.SEMIBOLD, spoken=spoken)


def foot_rows(draft: Draft, words: Words) -> list[Row]:
    """Totals and the group's own lines."""
    figures, currency = draft.figures, draft.ground.currency

    def heavy(amount_minor: int, *, empty: bool) -> Cell:
        text = "" if empty and not amount_minor else formats.amount(words, amount_minor, currency)
        return money(text, weight=tokens.SEMIBOLD)

    totals = [heavy(figures.column_total_minor(column), empty=True) for column in draft.columns]
    first = Row(
        (
            EMPTY,
            Cell(words._("Total"), weight=tokens.SEMIBOLD),
            Cell(attendance_sum(draft, words)),
            *totals,
            heavy(figures.total_minor, empty=False),
        ),
        key=("total", 0),
        fill=Fill.SUNKEN,
        rule=Rule.STRONG,
    )
    lines = [_line(draft, i, words) for i in range(len(draft.state.lines))]
    return [first, *lines, *(_decision(draft, i, words) for i in range(len(draft.state.decisions)))]


def _decision(draft: Draft, i: int, words: Words) -> Row:
    decision = draft.state.decisions[i]
    votes = (decision.votes_for, decision.votes_against, decision.abstained)
    shown = " : ".join("–" if vote is None else str(vote) for vote in votes) if votes != (None, None, None) else ""
    kind = Cell(words._("decision"), icon="scales", ink=tokens.INK2)
    blank = [EMPTY] * len(draft.columns)
    return Row((EMPTY, kind, Cell(decision.text), *blank, money(shown)), key=("decision", i), span_from=MARK)


def attendance_sum(draft: Draft, words: Words) -> str:
    """How many are there, and for how many somebody came."""
    return _attendance_words(words, draft.figures.there(), draft.figures.represented())


def _attendance_words(words: Words, there: int, represented: int) -> str:
    text = words.n_("{n} present", "{n} present", there).format(n=there)
    if represented:
        more = words.n_("{n} represented", "{n} represented", represented).format(n=represented)
        text = f"{text}, {more}"
    return text


def _line(draft: Draft, i: int, words: Words) -> Row:
    """What kind of line and what for; its sum stands in the total, under no column of the members' money."""
    line, currency = draft.state.lines[i], draft.ground.currency
    signed = line_cash_minor(line, "box")
    kind = words.say(LINES[line.kind]) if line.kind in LINES else line.kind
    said = line.text or ""
    if line.kind == "transfer" and line.source and line.target:
        moved = moved_words(words, line, draft.ground)
        said = f"{moved}, {said}" if said else moved
    if not signed:  # nothing of it went through the box: its sum is said, the box keeps what it has
        amount = formats.amount(words, line.amount_minor, currency)
        said = f"{said}, {amount}" if said else amount
    blank = [EMPTY] * len(draft.columns)
    total = money(formats.amount(words, signed, currency), weight=tokens.SEMIBOLD, icon="tick", icon_ink=tokens.GREEN)
    return Row(
        (EMPTY, Cell(kind, icon="note", ink=tokens.INK2), Cell(said), *blank, total), key=("line", i), span_from=MARK
    )


def column_of(draft: Draft, number: int) -> str:
    """The key of a table column: `attendance`, a money column's key, or empty."""
    if number == MARK:
        return ATTENDANCE
    place = number - FIRST_MONEY
    return draft.columns[place].key if 0 <= place < len(draft.columns) else ""


def number_of(draft: Draft, key: str) -> int:
    """The table column of a key; the attendance for a column that is not shown."""
    keys = [column.key for column in draft.columns]
    return FIRST_MONEY + keys.index(key) if key in keys else MARK
