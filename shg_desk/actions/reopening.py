"""A recorded meeting opened again: its sheet as it stands in the book now, and what would put it right.

The sheet stands on the group as it was right before the meeting in the book's order, so that dues and the box are those
of that moment. What was corrected before is in it; what a correction moved to another day is not. Whom the meeting had
as a member is one on it, though she left or died that day and it was recorded later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

from shg_desk.actions.changes import Outcome
from shg_desk.actions.correction_limits import refuse_paid_loan
from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.corrections import settled_plan
from shg_desk.actions.corrections import with_interest
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.corrections import written_again
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import as_recorded
from shg_desk.actions.ground import ground_without
from shg_desk.actions.place_in_day import later_that_day
from shg_desk.actions.recounting import counted_other
from shg_desk.actions.recounting import recounted
from shg_desk.actions.standing import Standing
from shg_desk.actions.standing import said_of
from shg_desk.actions.standing import standing_items
from shg_desk.actions.views_entry import Preview
from shg_desk.actions.views_entry import preview_of
from shg_desk.domain.amendments import Amended
from shg_desk.domain.amendments import amendment
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.corrections import Plan
from shg_desk.domain.corrections import changed_items
from shg_desk.domain.kinds import ATTENDANCE
from shg_desk.domain.kinds import UNCHANGED
from shg_desk.domain.loan_names import loan_meant
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet import Waiver
from shg_desk.domain.sheet_check import only_settles
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_posting import write_sheet
from shg_desk.domain.sheet_reading import Item
from shg_desk.domain.sheet_reading import items_of
from shg_desk.domain.sheet_written import state_of
from shg_desk.store import meetings as meeting_store
from shg_desk.store.entries import EntryRow

KIND = "again"
"""Drafts of corrections are kept apart from drafts of meetings, by the meeting's name."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A meeting to be corrected: its name, the group as it was before it, its sheet as it stands, a kept draft."""

    meeting: str
    ground: Ground
    sheet: Sheet
    kept: dict[str, Any] | None = None


def reopen_meeting(desk: Desk, meeting: str) -> Reopened:
    """A recorded meeting as a sheet. Raises KnownError MEETING_UNKNOWN, and MEMBER_UNKNOWN for one no more known."""
    full = meeting_store.meeting(desk.book, meeting)
    if full is None:
        raise KnownError(Problem(Code.MEETING_UNKNOWN, meeting))
    body, on, group = full.operation.body, full.meeting.on, full.meeting.group
    standing = standing_items(desk, meeting)
    later = later_that_day(desk, group, meeting, on)
    said = said_of(desk, meeting)
    every = _rows(standing, said)
    ground = ground_without(desk, group, on, [row for _, row in standing], later, _members_then(every))
    rows = tuple(row for row in every if _is_known(row, ground))
    sheet = Sheet(
        group,
        on,
        held=full.meeting.held,
        reason=full.meeting.reason,
        number=said.number or "",
        rows=rows,
        lines=tuple(_line(item.line, ground) for item, _ in standing if isinstance(item.line, GroupLine)),
        counts=tuple(_count(count) for count in said.counts if count["place"] == "box"),
        differences=_named(standing),
        decisions=tuple(_decision(one, text) for one, text in said.decisions),
        waivers=tuple(Waiver(member, why, text or "") for member, why, text in said.waived),
        next_on=full.meeting.next_on,
        from_paper=bool(body.get("paper")),
    )
    draft = desk.drafts.get(KIND, meeting)
    kept = draft.content if draft is not None and isinstance(draft.content, dict) else None
    return Reopened(meeting, ground, sheet, kept)


def keep_reopened(desk: Desk, meeting: str, record: dict[str, Any]) -> int:
    """Keeps what is being corrected, so that a power cut loses nothing; gives the claimed UTC seconds."""
    at, _ = desk.clock()
    desk.drafts.put(KIND, meeting, record, at)
    return at


def drop_reopened(desk: Desk, meeting: str) -> None:
    """Forgets what was being corrected."""
    desk.drafts.drop(KIND, meeting)


def preview_meeting_correction(desk: Desk, meeting: str, sheet: Sheet, cash: str = IN_DIFFERENCES) -> Preview:
    """What correcting a meeting would write, before it is written. Raises as `plan_meeting`.

    Where the money is, is not asked of a meeting whose count is another: the count says it.
    """
    plan = plan_meeting(desk, meeting, sheet, cash=cash)
    preview = preview_of(desk, sheet.group, plan)
    return replace(preview, moves_cash=False) if plan.amends and plan.amends.counts else preview


def correct_meeting(desk: Desk, meeting: str, plan: Plan, group: str, reason: str) -> Outcome[str]:
    """Writes the correction of a meeting as shown and forgets its draft. Raises KnownError REASON_MISSING."""
    outcome = write_correction(desk, group, plan, reason)
    with suppress(KnownError):  # it is written, whatever becomes of the draft
        drop_reopened(desk, meeting)
    return outcome


def plan_meeting(desk: Desk, meeting: str, sheet: Sheet, *, cash: str = IN_DIFFERENCES) -> Plan:
    """The fewest reversals and new entries that turn a recorded meeting into the sheet as it should have been.

    Only what differs from the sheet as it was opened is touched. Raises KnownError NOTHING_CHANGED,
    LOAN_HAS_REPAYMENTS, MONEY_WITHOUT_MEETING for money on one that was not held, PERIOD_CLOSED and those of a sheet.
    """
    opened = reopen_meeting(desk, meeting)
    ground = opened.ground
    was = Draft(ground, state_of(ground, opened.sheet)).sheet()
    # a difference named at the count stays: what explains it is settled on its own
    standing = [one for one in standing_items(desk, meeting) if not isinstance(one[0].line, NamedDifference)]
    gone, added = _changed(standing, _items_of_sheet(ground, was), _items_of_sheet(ground, sheet))
    if added and not opened.sheet.held:
        raise KnownError(Problem(Code.MONEY_WITHOUT_MEETING, "held", {"date": sheet.on.isoformat()}))
    for row in gone:
        refuse_paid_loan(desk, row)
    taken = with_interest(desk, gone)
    later = later_that_day(desk, sheet.group, meeting, sheet.on)
    without = ground_without(desk, sheet.group, sheet.on, taken, later, _members_then(opened.sheet.rows))
    without = as_recorded(without, [row for _, row in standing])
    fresh, new_loans = written_again(desk, without, added)
    saw = [op.name for op in meeting_store.amendments(desk.book, meeting)]
    # the sheet shows only fines that the rules ask for; what else was let pass stays so
    unseen = _not_in(ground, opened.sheet.waivers, was.waivers)
    before, after = (
        replace(one, waivers=(*one.waivers, *_not_in(ground, unseen, one.waivers))) for one in (was, sheet)
    )
    amends = amendment(ground, meeting, before, after, saw)
    counted = counted_other(was, sheet)
    plan = Plan("meeting", sheet.on, (), (), {})
    if taken or fresh:
        where = IN_DIFFERENCES if counted is not None else cash
        plan = settled_plan(desk, sheet.group, "meeting", [recorded_of(row) for row in taken], fresh, where)
    elif not amends.changes and counted is None:
        raise KnownError(Problem(Code.NOTHING_CHANGED, "meeting"))
    plan = replace(plan, new_loans=new_loans, amends=amends)
    return plan if counted is None else recounted(desk, meeting, sheet, counted, plan)


def _not_in(ground: Ground, waivers: Sequence[Waiver], others: Sequence[Waiver]) -> list[Waiver]:
    """Those of some fines let pass that are not among others, whatever the members are called there."""

    def key(one: Waiver) -> tuple[str, str]:
        member = ground.member(one.member)
        return (member.id if member is not None else one.member, one.why)

    known = {key(one) for one in others}
    return [one for one in waivers if key(one) not in known]


def _changed(
    standing: Sequence[Standing], was: Sequence[Item], now: Sequence[Item]
) -> tuple[list[EntryRow], list[Item]]:
    """Entries to take back and items to write: cell by cell, and only of cells that are other than when opened."""
    cells: dict[Any, tuple[list[Standing], list[Item], list[Item]]] = defaultdict(lambda: ([], [], []))
    for one in standing:
        cells[_cell(one[0])][0].append(one)
    for item in was:
        cells[_cell(item)][1].append(item)
    for item in now:
        cells[_cell(item)][2].append(item)
    gone: list[EntryRow] = []
    added: list[Item] = []
    for recorded, before, after in cells.values():
        if changed_items(before, after) == ([], []):
            continue
        rows = {id(item): row for item, row in recorded}
        old, new = changed_items([item for item, _ in recorded], after)
        gone += [rows[id(item)] for item in old]
        added += new
    return gone, added


def _cell(item: Item) -> tuple[str | None, ...]:
    """Where on the sheet a line stands; a fine and what became owed of it are one cell."""
    line = item.line
    if isinstance(line, In):
        kind = "fine" if line.kind == "fine-owed" else line.kind
        return (item.member, "in", kind, line.product, line.loan)
    if isinstance(line, Out):
        return (item.member, "out", line.kind, line.product)
    return (None, type(line).__name__)


def _members_then(rows: Iterable[SheetRow]) -> frozenset[str]:
    """Whom a meeting had as members: those it marked, and those who did what one who has left does not do."""
    return frozenset(row.member for row in rows if row.attendance is not None or not only_settles(row))


def _is_known(row: SheetRow, ground: Ground) -> bool:
    """False for a mark of one who is not known any more. Raises KnownError MEMBER_UNKNOWN where she has money."""
    if ground.member(row.member) is not None:
        return True
    if row.has_money:
        raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": row.member}))
    return False


def _rows(standing: Iterable[Standing], said: Amended) -> tuple[SheetRow, ...]:
    rows = {
        member: SheetRow(member, Attendance(ATTENDANCE[letter]), said.represented.get(member))
        for member, letter in said.marks.items()
        if letter != UNCHANGED
    }
    for item, _ in standing:
        if item.member is None or not isinstance(item.line, In | Out):
            continue
        row = rows.get(item.member, SheetRow(item.member))
        row = replace(row, paid_by=row.paid_by or item.paid_by)
        if isinstance(item.line, In):
            rows[item.member] = replace(row, ins=(*row.ins, item.line))
        else:
            rows[item.member] = replace(row, outs=(*row.outs, item.line))
    return tuple(rows.values())


def _line(line: GroupLine, ground: Ground) -> GroupLine:
    """A line with its carrier by number, as a sheet has it."""
    carrier = ground.member(line.carried_by) if line.carried_by else None
    return replace(line, carried_by=carrier.number if carrier is not None else line.carried_by)


def _decision(one: Mapping[str, Any], text: str | None) -> Decision:
    return Decision(text or "", one.get("for"), one.get("against"), one.get("abstained"), one.get("template"))


def _named(standing: Iterable[Standing]) -> tuple[NamedDifference, ...]:
    """The difference of the box as it is named now: what corrections found of it is no more missing."""
    named = [item.line for item, _ in standing if isinstance(item.line, NamedDifference) and item.line.place == "box"]
    left = sum(one.amount_minor for one in named)
    return (replace(named[0], amount_minor=left),) if left else ()


def _count(count: Mapping[str, Any]) -> Count:
    notes = count.get("notes")
    if notes is None:
        return Count(total_minor=int(count["total"]), from_paper=bool(count.get("paper")))
    return Count(notes={int(value): int(number) for value, number in notes}, from_paper=bool(count.get("paper")))


def _items_of_sheet(ground: Ground, sheet: Sheet) -> list[Item]:
    """A sheet's lines as items, so that they can be held against recorded ones.

    A repayment is taken as it is said: whether there is as much to pay is asked of what has changed, once it is known.
    """
    said = [_apart(ground, row) for row in sheet.rows]
    rows = tuple(row for row, _ in said)
    written = write_sheet(ground, replace(sheet, rows=rows, counts=(), differences=()), iter(_placeholders()))
    borrowers = {new.id: new.member for new in written.new_loans}
    return [*items_of(written.body, written.texts, borrowers), *(item for _, items in said for item in items)]


def _apart(ground: Ground, row: SheetRow) -> tuple[SheetRow, list[Item]]:
    """A row without its repayments, and these as items: the loan by its id where it is known which one is meant."""
    member, payer = ground.member(row.member), ground.member(row.paid_by or "")
    if member is None:
        raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": row.member}))
    items = []
    for line in (line for line in row.ins if line.kind == "repayment"):
        meant = loan_meant(member, line)
        named = line if meant is None else replace(line, loan=meant.id)
        items.append(Item(0, member.id, named, payer.id if payer is not None else None))
    return replace(row, ins=tuple(line for line in row.ins if line.kind != "repayment")), items


def _placeholders() -> Iterable[str]:
    """Ids for loans of a sheet that is only being compared."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ("a" * 14 + first + second for first in letters for second in letters)
