"""Corrections: the fewest reversals and new entries that turn what was recorded into what should have been.

A correction that moves no cash takes effect on the first day and breaks no count. One that moves cash says where the
cash is: `in-differences` (the box was right by count: the gap is named as an open difference on the same day),
`moves-today` (money really changes hands: the whole correction takes effect today) or `never-moved` (what is taken back
on its own day, where nobody counted since and so there is no gap). One that only moves cash to another day names the
gap on both days, where the money was counted between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.domain.accounts import Owner
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.amendments import Amendment
from shg_desk.domain.amendments import amendment_parts
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.entries import expand
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet_posting import NewLoan
from shg_desk.domain.sheet_posting import Written
from shg_desk.domain.sheet_posting import new_loan_part
from shg_desk.domain.sheet_reading import Item

IN_DIFFERENCES = "in-differences"
MOVES_TODAY = "moves-today"
NEVER_MOVED = "never-moved"

HOWS = ("other-member", "other-loan", "other-kind", "other-amount", "other-date", "twice", "reverse", "meeting")
"""The named one-step corrections, reversal of any entry, and a meeting's sheet opened again."""

ELSEWHERE = frozenset({"other-date", "twice", "reverse"})
"""Corrections whose own lines do not stand on the sheet of the meeting they correct."""

TAKES_COUNT_BACK = "reverse"
"""How a correction is made that takes back the count it names, with whatever the count moved."""

TAKES_MEETING_BACK = frozenset({"twice", "meeting"})
"""Those that say of a whole meeting that it was not so, where nothing of it is left and its sheet was not opened."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the book to be reversed: its name, kind, effective day, `by`, whose (id), postings, facts."""

    name: str
    kind: str
    on: date
    by: str | None
    owner: str | None
    postings: tuple[tuple[str, int], ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry to be written in place of a reversed one: kind, `by`, whose (id), postings; `instead` names the old.

    `paid_by` and `carried_by` are membership ids of who brought the money, where it was another member, and of who
    carried the group's own; `text` free words about it.
    """

    kind: str
    by: str | None
    owner: str | None
    postings: tuple[tuple[str, int], ...]
    on: date
    instead: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    paid_by: str | None = None
    text: str | None = None
    carried_by: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A correction before it is written: what is reversed, what is new, and what it does to money in each place.

    `new_loans` are the loans that fresh entries give out, `amends` what is put right of a meeting beside its money.
    `accepted` are the (account code, owner id, minor units) that a person has let stand below zero, as she was told;
    `count` names the count between meetings that goes with it.
    """

    how: str
    on: date
    reversed: tuple[Recorded, ...]
    fresh: tuple[Fresh, ...]
    cash_minor: Mapping[str, int]
    new_loans: tuple[NewLoan, ...] = ()
    amends: Amendment | None = None
    accepted: tuple[tuple[str, str | None, int], ...] = ()
    count: str | None = None

    @property
    def moves_cash(self) -> bool:
        """True where the money of a place would be another than was counted."""
        return any(self.cash_minor.values())

    @property
    def is_today_only(self) -> bool:
        """True where all of it takes effect on the plan's one day, because money changes hands on it."""
        return {entry.on for entry in self.fresh} <= {self.on} and self.moves_cash

    def movements(self) -> dict[tuple[str, str | None], dict[date, int]]:
        """What it adds to each (account code, owner id) on each day: minor units, debit positive."""
        found: dict[tuple[str, str | None], Counter[date]] = {}
        for entry in self.reversed:
            day = self.on if self.is_today_only else entry.on
            for code, amount in entry.postings:
                found.setdefault((code, _owner(code, entry.owner)), Counter())[day] -= amount
        for new in self.fresh:
            for code, amount in new.postings:
                found.setdefault((code, _owner(code, new.owner)), Counter())[new.on] += amount
        return {key: dict(by_day) for key, by_day in found.items()}

    def effects(self) -> dict[tuple[str, str | None], int]:
        """What changes today, by (account code, owner id): minor units, zero changes left out."""
        sums = {key: sum(by_day.values()) for key, by_day in self.movements().items()}
        return {key: amount for key, amount in sorted(sums.items(), key=str) if amount}


def _owner(code: str, owner: str | None) -> str | None:
    return None if account_kind(code).owner is Owner.GROUP else owner


def fresh_of(written: Written, on: date, instead: str | None = None) -> list[Fresh]:
    """The entries of a written sheet as a plan has them."""
    body = written.body
    members, loans = body.get("members", []), body.get("loans", [])
    fresh = []
    for entry in expand(body.get("entries", ()), len(members), len(loans)):
        owner = None if entry.owner is None else (members if entry.by == "member" else loans)[entry.owner]
        facts = {name: value for name, value in entry.facts.items() if name in ("why", "shares", "receipt")}
        payer, carrier = entry.facts.get("paid_by"), entry.facts.get("carried_by")
        postings = tuple((posting.code, posting.amount_minor) for posting in entry.postings)
        paid_by = None if payer is None else members[payer]
        text = written.texts[entry.facts["text"]] if "text" in entry.facts else None
        carried_by = None if carrier is None else members[carrier]
        fresh.append(Fresh(entry.kind, entry.by, owner, postings, on, instead, facts, paid_by, text, carried_by))
    return fresh


def plan_of_sheet(written: Written, on: date) -> Plan:
    """What a sheet of a day would write, as a plan that takes nothing back."""
    return Plan("sheet", on, (), tuple(fresh_of(written, on)), {})


def plan(
    how: str,
    reversed_: Iterable[Recorded],
    fresh: Iterable[Fresh],
    *,
    today: date,
    cash: str = IN_DIFFERENCES,
    counted: Mapping[str, Collection[date]] | None = None,
) -> Plan:
    """A correction with its cash settled: a difference named for every place that would not agree, or all of it today.

    `counted` are the days money was counted on, by place. Raises ValueError where nothing is reversed and nothing new.
    """
    gone, new = tuple(reversed_), list(fresh)
    if not gone and not new:
        raise ValueError("nothing to correct")
    moved = _cash(gone, new)
    days = {entry.on for entry in gone} | {entry.on for entry in new}
    first = min(days)
    if any(moved.values()) and cash == MOVES_TODAY:
        return Plan(how, today, gone, tuple(replace(entry, on=today) for entry in new), moved)
    gaps = {} if cash == NEVER_MOVED else _gaps(gone, new, counted or {})
    for (place, day), amount in gaps.items():
        new.append(Fresh("difference", None, None, ((place, -amount), ("differences", amount)), day))
    return Plan(how, first, gone, tuple(new), _cash(gone, new))


def _gaps(
    gone: Sequence[Recorded], new: Sequence[Fresh], counted: Mapping[str, Collection[date]]
) -> dict[tuple[str, date], int]:
    """What a correction adds to the money of a place on a day, where a count would not agree with it any more."""
    sums: dict[str, Counter[date]] = {}
    for sign, entries in ((-1, gone), (1, new)):
        for entry in entries:
            for code, amount in entry.postings:
                if is_counted(code):
                    sums.setdefault(code, Counter())[entry.on] += sign * amount
    gaps = {}
    for place, by_day in sums.items():
        days = sorted(day for day, amount in by_day.items() if amount)
        # money that only changed its day is nobody's to explain unless it was counted in between
        if sum(by_day.values()) or any(days[0] <= day <= days[-1] for day in counted.get(place, ()) if days):
            gaps.update({(place, day): by_day[day] for day in days})
    return gaps


def _cash(gone: Sequence[Recorded], new: Sequence[Fresh]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for entry in gone:
        sums.update({code: -amount for code, amount in entry.postings if is_counted(code)})
    for fresh in new:
        sums.update({code: amount for code, amount in fresh.postings if is_counted(code)})
    return dict(sums)


def correction_body(plan_: Plan, base: Mapping[str, Any], reason: str) -> tuple[dict[str, Any], list[str]]:
    """The operation body of a plan, and the free texts to seal: the reason if any, then those of lines and decisions.

    `base` has the ledger parts that do not depend on the plan (group, seen, rules). Each reversing entry takes effect
    on the day of what it reverses, or today where the plan's cash moves today.
    """
    made = _Writing([reason] if reason else [])
    for entry in plan_.reversed:
        made.take_back(entry, plan_.on, plan_.on if plan_.is_today_only else entry.on)
    for fresh in plan_.fresh:
        made.write(fresh, plan_.on)
    body: dict[str, Any] = {**base, "date": plan_.on.isoformat(), "how": plan_.how}
    if reason:
        body["text"] = 0
    body["corrects"] = [entry.name for entry in plan_.reversed]
    if plan_.count is not None:
        body["meeting"] = plan_.count
    new_loans = [new_loan_part(new, made.member) for new in plan_.new_loans]
    members = list(made.members)
    if plan_.amends is not None:
        members, parts, texts = amendment_parts(plan_.amends, members, len(made.texts))
        body.update(parts)
        made.texts.extend(texts)
    body["members"] = members
    for part, value in (("entries", made.writer.blocks()), ("loans", list(made.loans)), ("new_loans", new_loans)):
        if value:
            body[part] = value
    return body, made.texts


@dataclass(slots=True)
class _Writing:
    texts: list[str]
    members: dict[str, int] = field(default_factory=dict)
    loans: dict[str, int] = field(default_factory=dict)
    writer: BlockWriter = field(default_factory=BlockWriter)

    def member(self, member: str) -> int:
        return self.members.setdefault(member, len(self.members))

    def owner(self, by: str | None, owner: str | None) -> int | None:
        if owner is None or by is None:
            return None
        return self.member(owner) if by == "member" else self.loans.setdefault(owner, len(self.loans))

    def take_back(self, entry: Recorded, date_: date, on: date) -> None:
        day = None if on == date_ else on.isoformat()
        turned = [(code, -amount) for code, amount in entry.postings]
        owner = self.owner(entry.by, entry.owner)
        self.writer.add(entry.kind, turned, owner, by=entry.by, day=day, facts={"corrects": entry.name})

    def write(self, fresh: Fresh, date_: date) -> None:
        facts = {**fresh.facts, **({"instead": fresh.instead} if fresh.instead else {})}
        if fresh.paid_by is not None:
            facts["paid_by"] = self.member(fresh.paid_by)
        if fresh.carried_by is not None:
            facts["carried_by"] = self.member(fresh.carried_by)
        if fresh.text:
            self.texts.append(fresh.text)
            facts["text"] = len(self.texts) - 1
        day = None if fresh.on == date_ else fresh.on.isoformat()
        owner = self.owner(fresh.by, fresh.owner)
        self.writer.add(fresh.kind, list(fresh.postings), owner, by=fresh.by, day=day, facts=facts or None)


def changed_items(old: Sequence[Item], new: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The fewest items to reverse and to add so that `old` becomes `new`; equal lines of one member cancel out."""
    wanted = Counter(_key(item) for item in new)
    gone = []
    for item in old:
        key = _key(item)
        if item.line is None or wanted[key]:
            wanted[key] -= 1 if wanted[key] else 0
        else:
            gone.append(item)
    had = Counter(_key(item) for item in old)
    added = []
    for item in new:
        key = _key(item)
        if had[key]:
            had[key] -= 1
        else:
            added.append(item)
    return gone, added


def _key(item: Item) -> str:
    """Items are the same where member, line and payer are; the words of a line do not make it another."""
    line = item.line
    if isinstance(line, In | Out):
        line = replace(line, text=None)
    if isinstance(line, Out) and line.terms is not None:
        line = replace(line, terms=dict(sorted(line.terms.items())))
    return repr((item.member, line, item.paid_by))
