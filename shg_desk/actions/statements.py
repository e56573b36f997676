"""Statements of members and groups, put together from the book for the rules of `domain.statement`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.control_totals import ControlTotals
from shg_desk.domain.control_totals import booklet_totals
from shg_desk.domain.control_totals import ledger_totals
from shg_desk.domain.entries import pointed
from shg_desk.domain.ledger_fact import LedgerFact
from shg_desk.domain.money import Currency
from shg_desk.domain.namesakes import names_apart
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.statement import GroupStatement
from shg_desk.domain.statement import Holder
from shg_desk.domain.statement import Statement
from shg_desk.domain.statement import account_statement
from shg_desk.domain.statement import member_statement
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.groups import Membership
from shg_desk.store.states import States


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; None is without end on that side."""

    since: date | None = None
    until: date | None = None


EVER = Period()


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """One group's whole ledger as plain facts in the order of display, with its members."""

    id: str
    code: str
    name: str
    currency: Currency
    members: tuple[Membership, ...]
    facts: tuple[LedgerFact, ...]

    @property
    def days(self) -> Period:
        """The first and last day with an entry."""
        found = [fact.effective for fact in self.facts]
        return Period(min(found), max(found)) if found else EVER


def group_facts(desk: Desk, group: str) -> GroupFacts:
    """A group (by id) and everything in its ledger. Raises KnownError GROUP_UNKNOWN."""
    found = group_store.group(desk.book, group)
    if found is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, "group", {"group": group}))
    rows = entry_store.entries(desk.book, group, entry_store.ALL)
    states = States(desk.book)
    members = tuple(group_store.memberships(desk.book, group))
    said = facts_said(desk, rows, {member.id: member.number for member in members})
    facts = tuple(fact_of(row, states.of_entry(row).value, said.get(row.op, _NOTHING_SAID)) for row in rows)
    code = found.code or found.id
    return GroupFacts(found.id, code, found.name or code, found.currency, members, facts)


@dataclass(frozen=True, slots=True)
class Said:
    """What entries of one operation point to: its free texts as far as they are open, and its members' numbers."""

    texts: tuple[str | None, ...] = ()
    members: tuple[str, ...] = ()


_NOTHING_SAID = Said()


def facts_said(desk: Desk, rows: Iterable[EntryRow], numbers: Mapping[str, str]) -> dict[str, Said]:
    """By operation's name, for those whose entries point to a text or to somebody who brought the money."""
    found = {}
    for name in sorted({row.op for row in rows if row.facts.keys() & {"text", "paid_by"}}):
        op = operation_store.operation(desk.book, name)
        if op is not None:
            members = tuple(numbers.get(member, member) for member in op.body.get("members", ()))
            found[name] = Said(operation_store.texts(desk.book, op), members)
    return found


def fact_of(row: EntryRow, state: str, said: Said = _NOTHING_SAID) -> LedgerFact:
    """An entry as recorded, as the plain fact that statements are made of."""
    key = row.key
    return LedgerFact(
        name=row.name,
        effective=row.effective,
        recorded=row.recorded,
        order=(key.depth, key.device, key.epoch, key.seq, key.n),
        kind=row.kind,
        postings=tuple((posting.code, posting.owner, posting.amount_minor) for posting in row.postings),
        member=row.member.id if row.member else None,
        facts=_facts(row, said),
        meeting=row.meeting,
        corrects=row.corrects,
        corrected_by=row.corrected_by[0] if row.corrected_by else None,
        state=state,
    )


def _moved_between(row: EntryRow) -> dict[str, Fact]:
    """The places a transfer moved money from and to, by account code; taken back it names those it was about."""
    sign = -1 if row.corrects else 1
    taken = [posting.code for posting in row.postings if sign * posting.amount_minor < 0]
    given = [posting.code for posting in row.postings if sign * posting.amount_minor > 0]
    return {"from_place": taken[0], "to_place": given[0]} if len(taken) == len(given) == 1 else {}


def _facts(row: EntryRow, op: Said) -> dict[str, Fact]:
    """What a line says besides its amounts: product, loan, why, shares, receipt, the text as far as it is open."""
    said: dict[str, Fact] = {
        name: value
        for name, value in row.facts.items()
        if name in ("why", "shares", "receipt") and isinstance(value, str | int)
    }
    text = pointed(op.texts, row.facts.get("text"))
    if text:
        said["text"] = text
    payer = pointed(op.members, row.facts.get("paid_by"))
    if payer:
        said["paid_by"] = f"№ {payer}"
    if row.kind == "transfer":
        said.update(_moved_between(row))
    if row.loan_code:
        said["loan"] = row.loan_code
    if row.receipt and "receipt" not in said:
        said["receipt"] = row.receipt
    codes = (posting.code.partition(".") for posting in row.postings)
    product = next((rest for word, _, rest in codes if word == "saving"), "")
    if product and row.kind != "share-out":  # of a share-out every product is
        said["product"] = product
    return said


def holder_of(member: Membership) -> Holder:
    """Whose booklet it is."""
    return Holder(member.id, member.number, member.name, member.father, member.booklet)


def booklets(group: GroupFacts, period: Period = EVER, members: Iterable[Membership] | None = None) -> list[Statement]:
    """The booklets of a group's members over a period, in the order of their numbers; one without lines is there."""
    by_member: dict[str | None, list[LedgerFact]] = {}
    for fact in group.facts:
        by_member.setdefault(fact.member, []).append(fact)
    return [
        member_statement(
            by_member.get(member.id, ()),
            holder_of(member),
            group_name=group.name,
            group_code=group.code,
            currency=group.currency,
            since=period.since,
            until=period.until,
        )
        for member in (group.members if members is None else members)
    ]


def control_totals(
    group: GroupFacts, period: Period = EVER, members: Sequence[Membership] | None = None
) -> tuple[ControlTotals, ControlTotals]:
    """The ledger's own figures of a period and the sum of the booklets, each worked out by its own way.

    `members` are those whose booklets are meant, where it is not the whole group.
    """
    meant = group.members if members is None else members
    ids = {member.id for member in meant}
    ledger = ledger_totals(group.facts, ids, since=period.since, until=period.until)
    if not ids:
        return ledger, ledger
    return ledger, booklet_totals(booklets(group, period, meant))


def account_of(
    group: GroupFacts, account: str, period: Period = EVER, member: str | None = None, *, fold: bool = False
) -> GroupStatement:
    """One account (or family of accounts) of a group over a period. Raises ValueError for no account of the chart."""
    return account_statement(
        group.facts,
        account,
        group_name=group.name,
        group_code=group.code,
        currency=group.currency,
        since=period.since,
        until=period.until,
        member=member,
        fold=fold,
        names=names_apart(group.members),
    )


def quarters(period: Period) -> list[Period]:
    """The calendar quarters that a bounded period touches, the outer ones cut to it; itself where it is unbounded."""
    if period.since is None or period.until is None:
        return [period]
    found = []
    year, quarter = period.since.year, (period.since.month - 1) // 3
    while (first := date(year, quarter * 3 + 1, 1)) <= period.until:
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
        last = first.replace(month=first.month + 2, day=monthrange(first.year, first.month + 2)[1])
        found.append(Period(max(first, period.since), min(last, period.until)))
        if last == date.max:
            break  # no day of the calendar is after it
    return found


def whole_quarters(days: Period) -> Period:
    """The calendar quarters that some days lie in, from the first day of the first to the last day of the last."""
    if days.since is None or days.until is None:
        return days
    first = date(days.since.year, (days.since.month - 1) // 3 * 3 + 1, 1)
    month = (days.until.month - 1) // 3 * 3 + 3
    return Period(first, date(days.until.year, month, 30 if month in (6, 9) else 31))
