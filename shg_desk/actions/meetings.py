"""Closing meetings, money between meetings, counts, and putting right what was recorded wrong."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.closed_sheets import is_closed
from shg_desk.actions.closed_sheets import remember_closed
from shg_desk.actions.correction_limits import refuse_below_zero
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.corrections import plan_of_sheet
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_cash import Cash
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_days import about_later
from shg_desk.domain.sheet_days import places_of
from shg_desk.domain.sheet_posting import NewLoan
from shg_desk.domain.sheet_posting import Written
from shg_desk.domain.sheet_posting import write_sheet
from shg_desk.domain.votes import votes_problems

LEDGER = Changed.LEDGER | Changed.LOANS | Changed.DRAFTS | Changed.EXCHANGE


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed meeting: its operation's name, how many entries it made, the cash, the loans it gave."""

    name: str | None
    entries: int
    cash: Cash
    new_loans: tuple[NewLoan, ...]
    ground: Ground


def preview_meeting(desk: Desk, sheet: Sheet) -> tuple[Ground, list[Problem], Cash]:
    """What stands in the way of closing a sheet, and its cash; nothing is written."""
    ground = ground_of(desk, sheet.group, sheet.on)
    problems = sheet_problems(ground, sheet)
    for row in sheet.rows:  # the sheet has no column for it: what is owed to her is paid out between meetings
        if any(out.kind == PAYABLE for out in row.outs):
            problems.append(Problem(Code.KIND_OF_LINE_UNKNOWN, f"member {row.member}", {"kind": PAYABLE}))
    return ground, problems, cash_of(ground, sheet)


def record_meeting(desk: Desk, sheet: Sheet, *, dry_run: bool = False, draft: str | None = None) -> Outcome[Closed]:
    """Closes a meeting: one operation, one transaction; the draft it was typed in is dropped after it.

    A draft that cannot be dropped takes nothing back of what was written: `forget_written` knows it at the next open.
    Raises KnownError with every problem, SHEET_WRITTEN for a sheet that was closed here and counts; warnings
    come with the outcome.
    """
    ground, problems, cash = preview_meeting(desk, sheet)
    _refuse(problems)
    if is_closed(desk, sheet):
        raise KnownError(Problem(Code.SHEET_WRITTEN, "sheet", {"date": sheet.on.isoformat()}))
    written = _written(desk, ground, sheet)
    entries = sum(len(block["lines"]) for block in written.body.get("entries", ()))
    name = None
    if not dry_run:
        name = _append_meeting(desk, written, sheet, draft or sheet.group)
        with suppress(KnownError):
            desk.drafts.drop("meeting", draft or sheet.group)
    closed = Closed(name, entries, cash, written.new_loans, ground)
    warnings = tuple(problem for problem in problems if problem.level is Level.WARNING)
    return Outcome(closed, Changed.NOTHING if dry_run else LEDGER, frozenset({sheet.group}), warnings)


def record_between(
    desk: Desk,
    group: str,
    on: date,
    rows: Sequence[SheetRow] = (),
    lines: Sequence[GroupLine] = (),
    receipt: str = "",
    decisions: Sequence[Decision] = (),
) -> Outcome[Closed]:
    """A receipt or payment between meetings: who, what, to whom, the number of the paper receipt, what was decided."""
    sheet = Sheet(group, on, rows=tuple(rows), lines=tuple(lines), decisions=tuple(decisions))
    ground, problems, written = between_written(desk, sheet)
    body = {part: value for part, value in written.body.items() if part not in ("held", "number", "attendance")}
    if receipt:
        body["receipt"] = receipt
    name = _append(desk, "between", Written(body, written.texts, written.new_loans), group)
    entries = sum(len(block["lines"]) for block in body.get("entries", ()))
    closed = Closed(name, entries, cash_of(ground, sheet), written.new_loans, ground)
    return Outcome(closed, LEDGER, frozenset({group}), tuple(problems))


def between_written(desk: Desk, sheet: Sheet) -> tuple[Ground, list[Problem], Written]:
    """What a receipt or payment between meetings would write, with its warnings. Raises KnownError with problems."""
    ground = ground_of(desk, sheet.group, sheet.on)
    ignored = {Code.ATTENDANCE_MISSING, Code.NOT_COUNTED, Code.SAME_DAY_MEETING, Code.BEFORE_LAST_MEETING}
    # nobody was marked: the votes are compared with the members
    ignored |= {Code.NO_QUORUM, Code.VOTES_TOO_MANY, Code.VOTES_IMPOSSIBLE}
    problems = [problem for problem in sheet_problems(ground, sheet) if problem.code not in ignored]
    problems += about_later(ground, places_of(sheet))
    for one in sheet.decisions:
        problems += votes_problems("decision 1", one.votes, ground.there_could_be())
    if not any(row.has_money for row in sheet.rows) and not sheet.lines:
        problems.append(Problem(Code.NOTHING_WRITTEN, "between"))
    _refuse(problems)
    return ground, problems, _written(desk, ground, sheet)


def record_count(
    desk: Desk,
    group: str,
    on: date,
    counts: Sequence[Count],
    differences: Sequence[NamedDifference] = (),
    who: str = "",
) -> Outcome[Closed]:
    """Money counted on any day by a named person; a difference has to be named like at a meeting.

    Warnings DATE_AHEAD, as of a sheet, and LATER_RECORDS come with the outcome.
    """
    sheet = Sheet(group, on, counts=tuple(counts), differences=tuple(differences))
    ground = ground_of(desk, group, on)
    ignored = {Code.SAME_DAY_MEETING, Code.BEFORE_LAST_MEETING}
    problems = [problem for problem in sheet_problems(ground, sheet) if problem.code not in ignored]
    _refuse(problems)
    written = write_sheet(ground, sheet, new_ids(desk))
    body = {part: value for part, value in written.body.items() if part not in ("held", "number", "attendance")}
    texts = written.texts
    if who:
        body["text"] = len(texts)
        texts = (*texts, who)
    name = _append(desk, "count", Written(body, texts, ()), group)
    entries = sum(len(block["lines"]) for block in body.get("entries", ()))
    ahead = (problem for problem in problems if problem.code is Code.DATE_AHEAD)
    warnings = (*ahead, *about_later(ground, places_of(sheet)))
    return Outcome(Closed(name, entries, cash_of(ground, sheet), (), ground), LEDGER, frozenset({group}), warnings)


def _written(desk: Desk, ground: Ground, sheet: Sheet) -> Written:
    """What a sheet writes. Its own day it was held against; raises KnownError BELOW_ZERO_LATER where it leaves somebody
    with less than nothing on a later one.
    """
    written = write_sheet(ground, sheet, new_ids(desk))
    if ground.later_on is not None:
        refuse_below_zero(desk, ground.group, plan_of_sheet(written, ground.on))
    return written


def new_ids(desk: Desk) -> Iterator[str]:
    """Ids for new loans, one at a time."""
    while True:
        yield desk.new_id()


def _refuse(problems: Sequence[Problem]) -> None:
    """What stands in the way is told before what is only worth a look."""
    if any(problem.level is Level.PROBLEM for problem in problems):
        raise KnownError(*sorted(problems, key=lambda problem: problem.level is not Level.PROBLEM))


def _append_meeting(desk: Desk, written: Written, sheet: Sheet, draft: str) -> str:
    """The meeting and, with it, which sheet and draft it was closed from."""
    body: dict[str, Any] = {**written.body, **desk.seal_texts("meeting", sheet.group, written.texts)}
    with desk.book.writing() as writer:
        name = str(writer.append(desk.line("meeting", body)).name)
        remember_closed(desk, sheet, name, draft)
        return name


def _append(desk: Desk, kind: str, written: Written, group: str) -> str:
    body: dict[str, Any] = {**written.body, **desk.seal_texts(kind, group, written.texts)}
    with desk.book.writing() as writer:
        return str(writer.append(desk.line(kind, body)).name)
