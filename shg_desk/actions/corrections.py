"""Putting right what was recorded wrong: named one-step corrections, reversal of any entry, a meeting opened again.

Every correction is shown first (`plan_…`) and then written (`write_correction`) as one operation that names what it
takes back; nothing recorded is ever changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from shg_desk.actions.changes import Outcome
from shg_desk.actions.correction_limits import accepted_as_it_stood
from shg_desk.actions.correction_limits import accepted_now
from shg_desk.actions.correction_limits import refuse_below_zero
from shg_desk.actions.correction_limits import refuse_day
from shg_desk.actions.correction_limits import refuse_paid_loan
from shg_desk.actions.correction_limits import refuse_too_large
from shg_desk.actions.correction_limits import stood_before
from shg_desk.actions.correction_writing import append_plan
from shg_desk.actions.correction_writing import counted_since
from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_without
from shg_desk.actions.meetings import LEDGER
from shg_desk.actions.meetings import new_ids
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.corrections import TAKES_COUNT_BACK
from shg_desk.domain.corrections import Fresh
from shg_desk.domain.corrections import Plan
from shg_desk.domain.corrections import Recorded
from shg_desk.domain.corrections import fresh_of
from shg_desk.domain.corrections import plan
from shg_desk.domain.leaving import DIED
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.share_record import SHARE_OUT
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_posting import NewLoan
from shg_desk.domain.sheet_posting import write_sheet
from shg_desk.domain.sheet_reading import Item
from shg_desk.domain.sheet_reading import items_of
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.operations import Operation
from shg_desk.store.share_outs import share_outs


@dataclass(frozen=True, slots=True)
class Change:
    """What a named correction changes: only the field its name says is set. Member by number, loan by id.

    `accepted`: a person has read that somebody is left with less than nothing, and wants it written all the same.
    """

    member: str | None = None
    loan: str | None = None
    kind: str | None = None
    product: str | None = None
    amount_minor: int | None = None
    on: date | None = None
    accepted: bool = False


_FIELD = {
    "other-member": "member",
    "other-loan": "loan",
    "other-kind": "kind",
    "other-amount": "amount_minor",
    "other-date": "on",
}


def plan_entry(
    desk: Desk, name: str, how: str = "reverse", change: Change | None = None, *, cash: str = IN_DIFFERENCES
) -> Plan:
    """The correction of one entry, to be shown before it is written.

    `how` is `reverse`, `twice` or a word of `_FIELD` with its change. What takes another entry back goes only with all
    that its correction wrote, so that old and new never stand side by side. Raises KnownError ENTRY_UNKNOWN,
    ALREADY_CORRECTED, CORRECTED_SINCE, LOAN_HAS_REPAYMENTS, CORRECT_BY_REVERSAL, NOTHING_CHANGED, BELOW_ZERO_THEN,
    DAY_IN_FUTURE, DAY_BEFORE_GROUP, AMOUNT_TOO_LARGE and those of a sheet.
    """
    row = _entry(desk, name)
    fresh: list[Fresh] = []
    new_loans: tuple[NewLoan, ...] = ()
    if row.corrects and how in _FIELD:
        raise KnownError(Problem(Code.CORRECT_BY_REVERSAL, row.name))
    if how in _FIELD:
        refuse_paid_loan(desk, row)
        fresh, new_loans = _replacement(desk, row, how, change or Change())
    taken = whole_correction(desk, row) if row.corrects else with_interest(desk, [row])
    for one in taken:
        refuse_paid_loan(desk, one)
    gone, accepted = [recorded_of(one) for one in taken], change is not None and change.accepted
    found = settled_plan(desk, row.group, how, gone, fresh, cash, accepted=accepted)
    if not new_loans:
        return found
    # a loan runs from the day of the record that gives it: the one it was really given on
    given_on = next(one.on for one in found.fresh if one.kind == "loan")
    return replace(found, on=given_on, new_loans=new_loans)


def whole_correction(desk: Desk, row: EntryRow) -> list[EntryRow]:
    """Everything a correction wrote that counts today. Raises KnownError CORRECTED_SINCE where a later correction put
    something in place of what it wrote: that one is taken back first.
    """
    rows = entry_store.entries_of(desk.book, row.op)
    for one in rows:
        for taker in one.corrected_by:
            later = entry_store.entries_of(desk.book, taker.partition("#")[0])
            put = [new for new in later if not new.corrects and new.kind != "difference" and not new.corrected_by]
            if not one.corrects and any(new.facts.get("instead") in (None, one.name) for new in put):
                raise KnownError(Problem(Code.CORRECTED_SINCE, one.name, {"entry": one.name, "by": taker}))
    return [one for one in rows if not one.corrected_by]


def plan_taking_back(desk: Desk, op: str) -> Plan:
    """Everything one operation wrote, taken back; a count between meetings goes itself, though it moved nothing.

    What stood below zero before a share-out that gave it back may stand so again, and no lower. Raises KnownError
    ENTRY_UNKNOWN, LOAN_HAS_REPAYMENTS, NOTHING_CHANGED, BELOW_ZERO_THEN.
    """
    rows = entry_store.entries_of(desk.book, op)
    count = _count_that_stands(desk, op)
    if not rows and count is None:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, op, {"entry": op}))
    left = [row for row in rows if not row.corrected_by]
    for row in left:
        refuse_paid_loan(desk, row)
    if count is not None and not left:
        return Plan(TAKES_COUNT_BACK, date.fromisoformat(count.body["date"]), (), (), {}, count=op)
    gone = [recorded_of(row) for row in left]
    taken = None if count is None else op
    shared, group = any(row.kind == SHARE_OUT for row in left), rows[0].group
    found = settled_plan(desk, group, TAKES_COUNT_BACK, gone, [], IN_DIFFERENCES, accepted=shared, count=taken)
    if shared:
        found = accepted_as_it_stood(desk, group, found, stood_before(desk, rows, found.movements()))
    return replace(found, count=taken)


def _count_that_stands(desk: Desk, op: str) -> Operation | None:
    """A count between meetings that was not taken back; None for any other record."""
    read = operation_store.operation(desk.book, op)
    if read is None or read.kind != "count":
        return None
    counts = meeting_store.cash_counts(desk.book, read.body["group"], date.fromisoformat(read.body["date"]))
    return read if any(one.op == op for one in counts) else None


def meeting_items(desk: Desk, meeting: str) -> list[Item]:
    """A recorded meeting (or other operation) read back as lines of a sheet. Raises KnownError ENTRY_UNKNOWN."""
    operation = operation_store.operation(desk.book, meeting)
    if operation is None:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, meeting, {"entry": meeting}))
    texts = [text or "" for text in operation_store.texts(desk.book, operation)]
    borrowers = {
        row.loan: row.member.id for row in entry_store.entries_of(desk.book, meeting) if row.loan and row.member
    }
    return items_of(operation.body, texts, borrowers)


def write_correction(desk: Desk, group: str, plan_: Plan, reason: str) -> Outcome[str]:
    """Writes a plan as shown, with its reason; gives the operation's name.

    What came since it was shown is looked at again. Raises KnownError REASON_MISSING, ALREADY_CORRECTED, and
    BELOW_ZERO_THEN for what nobody has accepted.
    """
    if not reason.strip():
        raise KnownError(Problem(Code.REASON_MISSING, "reason"))
    if desk.book.only_group not in (None, group):
        raise KnownError(Problem(Code.ROLE_MAY_NOT, group))
    with desk.book.writing() as writer:
        for recorded in plan_.reversed:
            _entry(desk, recorded.name)
        refuse_below_zero(desk, group, plan_)
        name = append_plan(desk, writer, group, plan_, reason)
    return Outcome(name, LEDGER, frozenset({group}))


def _entry(desk: Desk, name: str) -> EntryRow:
    """The entry, which must be here and not taken back already."""
    try:
        found = entry_store.entry(desk.book, name)
    except ValueError:
        found = None
    if found is None:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, name, {"entry": name}))
    if desk.book.only_group not in (None, found.row.group):
        raise KnownError(Problem(Code.ROLE_MAY_NOT, name))
    if found.row.corrected_by:
        raise KnownError(Problem(Code.ALREADY_CORRECTED, name, {"entry": name, "by": found.row.corrected_by[0]}))
    return found.row


def settled_plan(
    desk: Desk,
    group: str,
    how: str,
    gone: Sequence[Recorded],
    fresh: Sequence[Fresh],
    cash: str,
    *,
    accepted: bool = False,
    count: str | None = None,
) -> Plan:
    """Old and new as one plan, its cash settled. Raises as `plan_entry`; `accepted`: whatever it leaves below zero;
    `count` goes with what is taken back.
    """
    if not gone and not fresh:
        raise KnownError(Problem(Code.NOTHING_CHANGED, how))
    today = desk.today()
    closed = _closed_until(desk, group, gone)
    counted = counted_since(desk, group, gone, fresh, count)
    found = plan(how, gone, fresh, today=today, cash=cash, counted=counted)
    if closed is not None and found.on.toordinal() <= closed:
        fresh = [replace(one, on=today) for one in fresh]
        gone = [replace(one, on=today) for one in gone]
        found = plan(how, gone, fresh, today=today, cash=cash, counted=counted)
    refuse_too_large(found.reversed, found.fresh)
    if accepted:
        return accepted_now(desk, group, found)
    refuse_below_zero(desk, group, found)
    return found


def _closed_until(desk: Desk, group: str, gone: Sequence[Recorded]) -> int | None:
    """The last day number that is settled for good: of a closed period, or of a share-out other than what is taken back
    itself. What is put right of a day up to it takes effect today (so the money of a share-out stays as handed out).
    """
    ops = {one.name.partition("#")[0] for one in gone}
    shared = [one.on.toordinal() for one in share_outs(desk.book, group) if one.op not in ops]
    closed = revision_store.closed_until(desk.book.db, group)
    return max(filter(None, (closed, *shared)), default=None)


def with_interest(desk: Desk, rows: Sequence[EntryRow]) -> list[EntryRow]:
    """The entries, each handing out of a loan followed by the interest that was kept back of it; what was settled at
    a death is one whole, but for the grant; what a share-out set off on a loan and what it let off go together.
    """
    found = []
    for row in rows:
        if row.facts.get("why") == DIED and row.kind != "grant":
            found += death_of(desk, row.op)
            continue
        if row.kind == SHARE_OUT and row.loan is not None:
            own = entry_store.entries_of(desk.book, row.op)
            found += [one for one in own if one.loan == row.loan and not one.corrected_by]
            continue
        found.append(row)
        if row.kind == "loan":
            own = entry_store.entries_of(desk.book, row.op)
            found += [one for one in own if one.kind == "repayment" and one.loan == row.loan and not one.corrected_by]
    return found


def death_of(desk: Desk, op: str) -> list[EntryRow]:
    """What one record settled at a death and counts today, without the grant: it goes over the same accounts."""
    rows = entry_store.entries_of(desk.book, op)
    return [row for row in rows if row.facts.get("why") == DIED and row.kind != "grant" and not row.corrected_by]


def _replacement(desk: Desk, row: EntryRow, how: str, change: Change) -> tuple[list[Fresh], tuple[NewLoan, ...]]:
    """The new entries that stand for a wrong one; a loan is given again on the same terms, its schedule anew."""
    if row.kind == "loan" and how == "other-kind":
        raise KnownError(Problem(Code.CORRECT_BY_REVERSAL, row.name))
    item = next(item for item in meeting_items(desk, row.op) if item.number == row.key.n)
    wanted = getattr(change, _FIELD[how])
    if item.line is None or wanted is None or isinstance(item.line, NamedDifference):
        raise KnownError(Problem(Code.CORRECT_BY_REVERSAL, row.name))
    if change.on is not None:
        refuse_day(desk, row.group, change.on)
    on = change.on or row.effective
    # what stands for the entry must not see what was wrong: a loan it paid off, a difference it settled
    ground = ground_without(desk, row.group, on, [row])
    changed = _changed(item, how, change, ground)
    if changed == item and on == row.effective:
        raise KnownError(Problem(Code.NOTHING_CHANGED, row.name))
    return written_again(desk, ground, [changed], row.name)


def _changed(item: Item, how: str, change: Change, ground: Ground) -> Item:
    """The item with the one field of the correction changed."""
    if how == "other-member" and change.member is not None:
        member = ground.member(change.member)
        if member is None:
            raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": change.member}))
        line = item.line
        if isinstance(line, In) and line.kind == "repayment":
            line = replace(line, loan=None)
        return replace(item, member=member.id, line=line)
    line = item.line
    if how == "other-amount" and change.amount_minor is not None and isinstance(line, In | Out | GroupLine):
        line = replace(line, amount_minor=change.amount_minor)
        if isinstance(line, In) and line.shares:
            line = replace(line, shares=ground.shares_for(line.amount_minor))
        return replace(item, line=line)
    if how == "other-loan" and isinstance(line, In):
        return replace(item, line=replace(line, loan=change.loan))
    if how == "other-kind" and change.kind is not None and isinstance(line, In | Out | GroupLine):
        return replace(item, line=_other_kind(line, change, ground))
    return item


def _other_kind(line: In | Out | GroupLine, change: Change, ground: Ground) -> In | Out | GroupLine:
    """The same money as another kind, or of another product or loan; what only its old kind had is left behind, what is
    not said anew of the same kind stays.
    """
    kind = change.kind or line.kind
    if isinstance(line, GroupLine):
        return replace(line, kind=kind)
    if kind == line.kind:
        line = replace(line, product=change.product or line.product)
        return replace(line, loan=change.loan or line.loan) if isinstance(line, In) else line
    if isinstance(line, Out):
        return replace(line, kind=kind, product=change.product, why=None)
    shares = ground.shares_for(line.amount_minor) if kind == "shares" else None
    loan = change.loan if kind == "repayment" else None
    return replace(line, kind=kind, product=change.product, loan=loan, shares=shares, why=None)


def written_again(
    desk: Desk, ground: Ground, items: Sequence[Item], instead: str | None = None
) -> tuple[list[Fresh], tuple[NewLoan, ...]]:
    """New entries for items, split by the group's rules on that ground, and the loans they give out.

    Raises KnownError with a sheet's problems.
    """
    sheet = Sheet(
        ground.group,
        ground.on,
        rows=_rows(items),
        lines=tuple(item.line for item in items if isinstance(item.line, GroupLine)),
    )
    problems = [
        problem
        for problem in sheet_problems(ground, sheet)
        if problem.level is Level.PROBLEM and problem.code is not Code.BEFORE_GROUP
    ]
    if problems:
        raise KnownError(*problems)
    written = write_sheet(ground, sheet, new_ids(desk))
    return fresh_of(written, ground.on, instead), written.new_loans


def _rows(items: Sequence[Item]) -> tuple[SheetRow, ...]:
    """One row a member: two repayments of one loan are split one after the other, not twice over the same dues."""
    rows: dict[str, SheetRow] = {}
    for item in items:
        if item.member is None or not isinstance(item.line, In | Out):
            continue
        row = rows.get(item.member) or SheetRow(item.member, Attendance.PRESENT, paid_by=item.paid_by)
        if isinstance(item.line, In):
            rows[item.member] = replace(row, ins=(*row.ins, item.line))
        else:
            rows[item.member] = replace(row, outs=(*row.outs, item.line))
    return tuple(rows.values())
