"""One entry of the ledger in full: what it is, what corrects what, and a correction shown before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.actions.called import called
from shg_desk.actions.called import namesakes
from shg_desk.actions.correction_choices import OtherKind
from shg_desk.actions.correction_choices import hows_of
from shg_desk.actions.correction_choices import kinds_of
from shg_desk.actions.correction_limits import accepted_warnings
from shg_desk.actions.correction_limits import below_zero_warnings
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_places import place_names
from shg_desk.actions.statements import fact_of
from shg_desk.actions.statements import facts_said
from shg_desk.actions.views_ledger import Named
from shg_desk.actions.writers import writer_of
from shg_desk.domain import accounts
from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import Holds
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.corrections import Plan
from shg_desk.domain.ledger_fact import what_of
from shg_desk.domain.ledger_fact import what_of_fact
from shg_desk.domain.money import Currency
from shg_desk.domain.namesakes import names_apart
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store.entries import EntryInFull
from shg_desk.store.loans import loans as loan_rows


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a few words: what, whose, how much, with what is known of it; `member` is whose by id."""

    name: str
    what: str
    who: str
    amount_minor: int
    facts: Mapping[str, Fact]
    member: str | None = None


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """One entry in full, what it corrects and what corrects it, and what it may be corrected to.

    `by` is who wrote it, `reason` why it was corrected; `members` by number, `loans` of its member by code; `kinds` is
    what else it may have been; `op_kind` is `meeting`, `between`, `count`, `correction`, `import`...
    """

    line: Line
    group: str
    member: str | None
    op: str
    op_kind: str
    effective: date
    recorded: date | None
    meeting: str | None
    meeting_on: date | None
    by: str
    reason: str
    source: str | None
    receipt: str | None
    from_paper: bool
    corrects: Line | None
    corrected_by: Line | None
    correction_reason: str
    currency: Currency
    members: tuple[Named, ...]
    loans: tuple[Named, ...]
    hows: tuple[str, ...]
    kinds: tuple[OtherKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction does to one account, minor units on the account's own side: now, and afterwards."""

    account: str
    who: str
    before_minor: int
    after_minor: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A correction before it is written: what is taken back, what is written instead, and what changes today.

    `warnings` tell what it may be written in spite of; of what is no correction its sheet tells them. `names` are what
    the group calls its places, by code, and its people by id. `effects_on` is the day whose sums `effects` are, at its
    end; None: today.
    """

    plan: Plan
    group: str
    on: date
    currency: Currency
    gone: tuple[Line, ...]
    fresh: tuple[Line, ...]
    effects: tuple[Effect, ...]
    moves_cash: bool
    warnings: tuple[Problem, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    effects_on: date | None = None


def entry_detail(desk: Desk, name: str) -> EntryDetail:
    """One entry in full. Raises KnownError ENTRY_UNKNOWN."""
    full = _full(desk, name)
    row = full.row
    group = group_store.group(desk.book, row.group)
    assert group is not None
    meeting_op = row.op if row.op_kind == "meeting" else None
    taker = _entry(desk, row.corrected_by[0]) if row.corrected_by else None
    members = group_store.memberships(desk.book, row.group)
    names = names_apart(members)
    borrower = row.member.id if row.member else None
    own = loan_rows(desk.book, row.group, member=borrower) if borrower else []
    return EntryDetail(
        line=_line(desk, full),
        group=row.group,
        member=borrower,
        op=row.op,
        op_kind=row.op_kind,
        effective=row.effective,
        recorded=row.recorded,
        meeting=row.meeting,
        meeting_on=row.effective if meeting_op else None,
        by=writer_of(desk, full.operation),
        reason=_reason(full),
        source=row.source,
        receipt=row.receipt,
        from_paper=row.from_paper,
        corrects=_line_of(desk, row.corrects),
        corrected_by=_line(desk, taker) if taker else None,
        correction_reason=_reason(taker) if taker else "",
        currency=group.currency,
        members=tuple(Named(m.id, names[m.id], m.number) for m in members),
        loans=tuple(Named(loan.id, loan.code, loan.code) for loan in own if loan.id != row.loan),
        hows=(hows := hows_of(desk, row, len(own))),
        kinds=kinds_of(desk, row, len(own)) if "other-kind" in hows else (),
    )


def _full(desk: Desk, name: str) -> EntryInFull:
    found = _entry(desk, name)
    if found is None:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, name, {"entry": name}))
    return found


def _entry(desk: Desk, name: str) -> EntryInFull | None:
    try:
        return entry_store.entry(desk.book, name)
    except ValueError:  # a correction that does not say which of its entries takes this one back
        rows = entry_store.entries_of(desk.book, name)
        return entry_store.entry(desk.book, rows[0].name) if rows else None


def _line_of(desk: Desk, name: str | None) -> Line | None:
    found = _entry(desk, name) if name else None
    return None if found is None else _line(desk, found)


def _line(desk: Desk, full: EntryInFull, apart: Mapping[str, str] | None = None) -> Line:
    row = full.row
    said = facts_said(desk, [row], {})
    fact = fact_of(row, "saved", *([said[row.op]] if row.op in said else []))
    facts = {name: value for name, value in fact.facts.items() if name != "paid_by"}
    if row.kind == "transfer":
        own = place_names(desk, row.group)
        facts |= {name: own.get(str(facts[name]), facts[name]) for name in ("from_place", "to_place") & facts.keys()}
    who = called(namesakes(desk, row.group) if apart is None else apart, row.member)
    return Line(row.name, what_of_fact(fact), who, row.debit_minor, facts, fact.member)


def lines_of(desk: Desk, op: str) -> tuple[tuple[Line, ...], bool]:
    """The entries of an operation in words, and whether all of them were taken back."""
    rows = entry_store.entries_of(desk.book, op)
    found = [full for row in rows if (full := entry_store.entry(desk.book, row.name)) is not None]
    apart = namesakes(desk, rows[0].group) if rows else {}
    return tuple(_line(desk, full, apart) for full in found), all(row.corrected_by for row in rows)


def _reason(full: EntryInFull) -> str:
    index = full.operation.body.get("text")
    if full.row.op_kind != "correction" or not isinstance(index, int) or index >= len(full.texts):
        return ""
    return full.texts[index] or ""


# corrections --------------------------------------------------------------------------------------------------------


def preview_correction(desk: Desk, name: str, how: str, change: Change, cash: str = IN_DIFFERENCES) -> Preview:
    """What a correction of one entry would write. Raises as `corrections.plan_entry`."""
    return preview_of(desk, _full(desk, name).row.group, plan_entry(desk, name, how, change, cash=cash))


def preview_of(desk: Desk, group: str, plan: Plan) -> Preview:
    """A plan in words: what is taken back, what is new, and each account before and after.

    Of a correction the sums of today change, or those of the day ahead from which on it is whole; what is recorded
    between meetings changes those at the end of its day.
    """
    found = group_store.group(desk.book, group)
    assert found is not None
    members = names_apart(group_store.memberships(desk.book, group))
    loans = {one.id: (members.get(one.member.id, ""), one.code) for one in loan_rows(desk.book, group)}
    loans |= {one.id: (members.get(one.member, ""), one.code) for one in plan.new_loans}
    owners = {**members, **{gid: f"{who}, {code}" for gid, (who, code) in loans.items()}}
    fresh = []
    for one in plan.fresh:
        amount = sum(amount for _, amount in one.postings if amount > 0)
        facts: dict[str, Fact] = {"loan": loans[one.owner][1]} if one.owner in loans else {}
        who = loans[one.owner][0] if one.owner in loans else members.get(one.owner or "", "")
        cash = accounts.cash_minor(one.postings)
        fresh.append(Line("", what_of(one.kind, cash, [code for code, _ in one.postings]), who, amount, facts))
    effects = []
    today = desk.today()
    last = max((day for by_day in plan.movements().values() for day in by_day), default=today)
    on = plan.on if plan.how == "between" else last if last > today else None
    for (code, owner), amount in plan.effects().items():
        sign = 1 if account_kind(code).holds in (Holds.ASSET, Holds.EXPENSE) else -1
        before = sign * ledger_store.balance_minor(desk.book, Account(group, code, owner), on or today)
        effects.append(Effect(code, owners.get(owner or "", ""), before, before + sign * amount))
    gone = tuple(line for one in plan.reversed if (line := _line_of(desk, one.name)) is not None)
    warnings: tuple[Problem, ...] = ()
    if plan.how != "between":
        warnings = (*below_zero_warnings(desk, group, plan), *accepted_warnings(desk, group, plan))
    shown = (gone, tuple(fresh), tuple(effects), _touches_cash(plan), warnings)
    return Preview(plan, group, plan.on, found.currency, *shown, place_names(desk, group), on)


def _touches_cash(plan: Plan) -> bool:
    """True where money of a place would be another: then somebody has to say where the money is."""
    return plan.moves_cash or any(one.kind == "difference" for one in plan.fresh)
