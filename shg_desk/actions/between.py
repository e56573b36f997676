"""Money between meetings: one receipt or payment, shown before it is written, its paper, and what was written so far.

What a member brings or takes goes through the box; where it lies elsewhere it is moved there by the same record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from shg_desk.actions.called import called
from shg_desk.actions.called import namesakes
from shg_desk.actions.changes import Outcome
from shg_desk.actions.corrections import plan_taking_back
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import Closed
from shg_desk.actions.meetings import between_written
from shg_desk.actions.meetings import record_between
from shg_desk.actions.printing import printed_now
from shg_desk.actions.share_out_done import print_share_out
from shg_desk.actions.views_entry import Line
from shg_desk.actions.views_entry import Preview
from shg_desk.actions.views_entry import lines_of
from shg_desk.actions.views_entry import preview_of
from shg_desk.actions.views_groups import GroupName
from shg_desk.actions.views_groups import group_names
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.corrections import plan_of_sheet
from shg_desk.domain.kinds import counted_minor
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_schedule import Schedule
from shg_desk.domain.loan_schedule import schedule_of
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.share_record import SHARE_OUT
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_posting import NewLoan
from shg_desk.domain.sheet_settling import DIFFERENCE_ACCEPTED
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_settling import VOTE
from shg_desk.i18n.catalog import Words
from shg_desk.reports.receipt import Receipt
from shg_desk.reports.receipt import Standing
from shg_desk.reports.receipt import receipt_paper
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store

BROUGHT = ("repayment", "saving", "shares", "social", "fine", "hand", "other")
TAKEN = ("loan", "withdrawal", PAYABLE, "grant", "other-out")
OWN = ("expense", "income", "transfer", "charge", "gift", "lender-loan", "lender-repayment", "settlement")
MOST = 30
"""So many of the newest records are listed."""


@dataclass(frozen=True, slots=True)
class Between:
    """One receipt or payment as typed. `kind` is a word of `BROUGHT`, `TAKEN` or `OWN`; a member by id, her loan by id
    (or code, as long as only one has it).

    `place` is where the money lies now (or came from), `target` where a transfer went; `who` brought or got it, where
    that was another person, stands in `text`. Of a new loan `terms` are those that differ from the group's rules, and
    `guarantors` the numbers or ids of the members who answer for it. `how` a cash difference is settled is a word of
    `sheet_settling.HOWS`; the member is then who brings, owes or gets the money. `votes` are those for and against, by
    which the group bears it, and `decided` is that decision in words.
    """

    group: str
    on: date
    kind: str
    amount_minor: int
    member: str | None = None
    loan: str | None = None
    product: str | None = None
    place: str = "box"
    target: str = "bank"
    text: str = ""
    receipt: str = ""
    lender_loan: str | None = None
    interest_minor: int = 0
    how: str = ""
    terms: Mapping[str, Any] | None = None
    guarantors: tuple[str, ...] = ()
    votes: tuple[int | None, int | None] = (None, None)
    decided: str = ""


@dataclass(frozen=True, slots=True)
class LoanAhead:
    """A loan that would be given: its code, its terms in the words of the rules, and the schedule they make."""

    code: str
    terms: Mapping[str, Any]
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class BetweenAhead:
    """A receipt or payment before it is written: what it changes, warnings, and the loan it would give."""

    preview: Preview
    warnings: tuple[Problem, ...]
    loan: LoanAhead | None = None


@dataclass(frozen=True, slots=True)
class Recent:
    """A record between meetings: its name, day, whether it counted money, its lines, paper receipt; `gone`: taken back.

    `amount_minor` is what it moved, or what was counted; of a share-out what stands of it: what it took out of the
    group's places, and `shared_among` how many.
    """

    op: str
    on: date
    is_count: bool
    lines: tuple[Line, ...]
    amount_minor: int
    place: str
    receipt: str
    gone: bool
    shared_among: int = 0


@dataclass(frozen=True, slots=True)
class BetweenView:
    """What the page shows: the groups to choose from, one of them on a day, its records since its last meeting."""

    groups: tuple[GroupName, ...]
    ground: Ground | None
    recent: tuple[Recent, ...] = ()


def between_view(desk: Desk, group: str | None = None, on: date | None = None) -> BetweenView:
    """The choices for a group (by id), or for the first one, on a day (today where none is said)."""
    names = tuple(group_names(desk))
    chosen = next((one.id for one in names if one.id == group), names[0].id if names else None)
    if chosen is None:
        return BetweenView(names, None)
    recent = [_recent(desk, op.name) for op in meeting_store.since_last_meeting(desk.book, chosen)[-MOST:]]
    return BetweenView(names, ground_of(desk, chosen, on or desk.today()), tuple(reversed(recent)))


def _recent(desk: Desk, op: str) -> Recent:
    read = operation_store.operation(desk.book, op)
    assert read is not None
    lines, gone = lines_of(desk, op)
    on = date.fromisoformat(read.body["date"])
    counts = [one for one in meeting_store.cash_counts(desk.book, read.body["group"], on) if one.op == op]
    is_count, said = read.kind == "count", read.body.get("counts") or ()
    amount = counted_minor(said[0]) if said else max((line.amount_minor for line in lines), default=0)
    place = said[0]["place"] if said else "box"
    among = 0
    if any(line.what == "share-out" for line in lines):
        rows = entry_store.entries_of(desk.book, op)
        standing = {row.name: row for row in rows if gone or not row.corrected_by}
        among = len({line.member for line in lines if line.what == "share-out" and line.name in standing})
        amount = -sum(row.cash_minor for row in standing.values())
    taken_back = not counts if is_count else gone and bool(lines)
    return Recent(op, on, is_count, lines, amount, place, str(read.body.get("receipt", "")), taken_back, among)


# one receipt or payment ---------------------------------------------------------------------------------------------


def sheet_of(one: Between, ground: Ground) -> Sheet:
    """It as a sheet of one row or line. Raises KnownError MEMBER_UNKNOWN, KIND_OF_LINE_UNKNOWN."""
    if one.kind in OWN:
        for_, against = one.votes
        voted = one.kind == SETTLEMENT and one.how == VOTE and for_ is not None
        decision = Decision(one.decided, votes_for=for_, votes_against=against, template=DIFFERENCE_ACCEPTED)
        return Sheet(one.group, one.on, lines=(_own(one),), decisions=(decision,) if voted else ())
    member = ground.member(one.member or "")
    if member is None:
        raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": one.member}))
    moved = GroupLine("transfer", one.amount_minor, receipt=one.receipt or None)
    if one.kind in BROUGHT:
        shares = ground.shares_for(one.amount_minor) if one.kind == "shares" else None
        line = In(one.kind, one.amount_minor, one.product, one.loan, shares, text=one.text or None)
        row = SheetRow(member.number, ins=(line,))
        moved = replace(moved, source="box", target=one.place)
    elif one.kind in TAKEN:
        kind = "other" if one.kind == "other-out" else one.kind
        why = one.text or None if kind == "grant" else None
        text = None if why else one.text or None
        out = Out(kind, one.amount_minor, one.product, why=why, text=text)
        if kind == "loan":
            out = replace(out, terms=one.terms, guarantors=one.guarantors)
        row = SheetRow(member.number, outs=(out,))
        moved = replace(moved, source=one.place, target="box")
    else:
        raise KnownError(Problem(Code.KIND_OF_LINE_UNKNOWN, "kind", {"kind": one.kind}))
    return Sheet(one.group, one.on, rows=(row,), lines=() if one.place == "box" else (moved,))


def _own(one: Between) -> GroupLine:
    line = GroupLine(one.kind, one.amount_minor, one.place, text=one.text or None, receipt=one.receipt or None)
    if one.kind == "transfer":
        return replace(line, place="box", source=one.place, target=one.target)
    if one.kind == "settlement":
        return replace(line, what=one.how, carried_by=one.member)
    if one.kind == "lender-repayment":
        return replace(line, lender_loan=one.lender_loan, interest_minor=one.interest_minor)
    return line


def preview_between(desk: Desk, one: Between) -> BetweenAhead:
    """What it would write and change, with warnings. Raises KnownError with everything that stands in the way."""
    ground, warnings, written = between_written(desk, sheet_of(one, ground_of(desk, one.group, one.on)))
    loan = next((_ahead(new, ground) for new in written.new_loans), None)
    return BetweenAhead(preview_of(desk, one.group, plan_of_sheet(written, one.on)), tuple(warnings), loan)


def _ahead(new: NewLoan, ground: Ground) -> LoanAhead | None:
    digits = ground.currency.minor_digits
    dues = schedule_of(new.terms, principal_minor=new.amount_minor, start=ground.on, minor_digits=digits)
    return None if dues is None else LoanAhead(new.code, new.terms, dues)


def write_between(desk: Desk, one: Between) -> Outcome[Closed]:
    """Writes it: one operation. Raises KnownError with everything that stands in the way."""
    sheet = sheet_of(one, ground_of(desk, one.group, one.on))
    return record_between(desk, one.group, one.on, sheet.rows, sheet.lines, one.receipt, sheet.decisions)


# taking back, papers ------------------------------------------------------------------------------------------------


def plan_back(desk: Desk, op: str) -> Preview:
    """What taking a record back would write: as if it had not been on its day, unless its place was counted since.

    A count's own difference goes with it: only what was counted after it holds. Raises KnownError COUNTED_AGAIN where
    a later count of the place says the same, and as `plan_taking_back`.
    """
    read = operation_store.operation(desk.book, op)
    if read is None:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, op, {"entry": op}))
    plan = plan_taking_back(desk, op)
    if plan.reversed and not plan.effects():
        raise KnownError(Problem(Code.COUNTED_AGAIN, op))
    return preview_of(desk, read.body["group"], plan)


def take_back(desk: Desk, op: str, reason: str) -> Outcome[str]:
    """Takes a record between meetings back. Raises KnownError REASON_MISSING and as `plan_back`."""
    preview = plan_back(desk, op)
    return write_correction(desk, preview.group, preview.plan, reason)


def print_receipt(desk: Desk, op: str, out: Path, words: Words) -> Path:
    """The receipt of a record between meetings, twice on a page: one for each; of a share-out its list to be signed.

    Raises KnownError ENTRY_UNKNOWN.
    """
    read = operation_store.operation(desk.book, op)
    if read is None:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, op, {"entry": op}))
    if any(row.kind == SHARE_OUT for row in entry_store.entries_of(desk.book, op)):
        return print_share_out(desk, (op,), out, words)
    group = group_store.group(desk.book, read.body["group"])
    assert group is not None
    lines, _ = lines_of(desk, op)
    name = group.name or group.code or ""
    on = date.fromisoformat(read.body["date"])
    said = [line for line in lines if line.what != "transfer"] or list(lines)
    made = Receipt(
        group=name,
        code=group.code or "",
        on=on,
        number=str(read.body.get("receipt", "")),
        lines=tuple((line.what, line.who, line.amount_minor, line.facts) for line in said),
        currency=Currency(group.currency.code, group.currency.minor_digits, group.currency.smallest_minor),
        left=tuple(_left(desk, read.body["group"], max(on, desk.today()), {one.member for one in said if one.member})),
    )
    receipt_paper(made, words, printed_now(desk, name)).write(out)
    return out


def _left(desk: Desk, group: str, on: date, members: set[str]) -> list[Standing]:
    """What each of these members (by id) has saved and still owes on a day, as her passbook has it."""
    ground = ground_of(desk, group, on)
    apart = namesakes(desk, group)
    found = []
    for member in ground.members:
        if member.id in members:
            due = sum(loan_on(one.loan, ground.on).interest_due_to_date_minor for one in member.loans)
            saved, debt = member.saved_in_all_minor, member.debt_minor(ground.on)
            found.append(Standing(called(apart, member), saved, debt, due, member.loans_overpaid_minor))
    return found
