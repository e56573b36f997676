"""The ledger as its page shows it: an account over a period, one entry in full, and what a correction would do."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta

from shg_desk.actions.desk import Desk
from shg_desk.actions.group_colours import colours_among
from shg_desk.actions.group_places import own_places
from shg_desk.actions.statements import fact_of
from shg_desk.actions.statements import facts_said
from shg_desk.domain.accounts import CHART
from shg_desk.domain.accounts import Holds
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.accounts import stands_on
from shg_desk.domain.ledger_fact import LedgerFact
from shg_desk.domain.money import Currency
from shg_desk.domain.namesakes import names_apart
from shg_desk.domain.statement import GroupRow
from shg_desk.domain.statement import GroupStatement
from shg_desk.domain.statement import account_statement
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Page
from shg_desk.store.groups import Group
from shg_desk.store.states import States
from shg_desk.store.states import has_office

RECENT_MEETINGS = 3
RECENT_DAYS = 45
"""A group without meetings shows the days of about three."""

ALWAYS = ("box", "saving", "principal", "social")
"""Accounts that stand on the page before anything is on them."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something to choose: its id, and its words."""

    id: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class LedgerWish:
    """What is asked for: a group, an account or family of accounts, a period (both days included), a member's lines.

    `recent` asks for the last few meetings instead of `since` and `until`.
    """

    group: str | None = None
    account: str = "box"
    since: date | None = None
    until: date | None = None
    recent: bool = True
    member: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """One account over a period. `rows` are folded by meeting, `single` has the lines behind a folded one by its name.

    `state_of` is 4, or 2 for a book without an office; `years` those with entries; `now_minor` what stands there today;
    `made_by` is the kind of record (`meeting`, `between`, `import`...) of each entry by name; `colour` the group's.
    """

    wish: LedgerWish
    groups: tuple[Named, ...]
    group: Named
    village: str
    currency: Currency
    members: tuple[Named, ...]
    accounts: tuple[str, ...]
    statement: GroupStatement
    single: Mapping[str, tuple[GroupRow, ...]]
    now_minor: int
    years: tuple[int, ...]
    state_of: int
    made_by: Mapping[str, str]
    colour: int = 0
    open_difference_minor: int = 0

    def settles(self, what: str | None) -> bool:
        """True where a cash difference is open, and these are its lines, or this line (by its word) names one."""
        return self.open_difference_minor != 0 and (self.wish.account == "differences" or what == "difference")


def ledger_view(desk: Desk, wish: LedgerWish) -> LedgerView | None:
    """An account over a period; None in a book without groups."""
    groups = group_store.groups(desk.book)
    group = next((one for one in groups if one.id == wish.group), groups[0] if groups else None)
    if group is None:
        return None
    wish = _bounded(desk, replace(wish, group=group.id))
    sign = 1 if account_kind(wish.account).holds in (Holds.ASSET, Holds.EXPENSE) else -1
    entries, opening, before = _entries(desk, group, wish, sign)
    facts = read_facts(desk, group, entries)
    members = group_store.memberships(desk.book, group.id)
    names = names_apart(members)

    def made(*, fold: bool) -> GroupStatement:
        return account_statement(
            facts,
            wish.account,
            opening_minor=opening,
            since=wish.since,
            until=wish.until,
            member=wish.member,
            fold=fold,
            names={**names, **{place.code: place.name for place in own_places(group) if place.name}},
            group_name=group.name or "",
            group_code=group.code or "",
            currency=group.currency,
        )

    single = {row.names[0]: row for row in made(fold=False).rows}
    numbers = {name: before + place for place, name in enumerate(single, start=1)}
    corrects = {fact.name: fact.corrects for fact in facts}
    folded = made(fold=True)
    rows = tuple(_numbered(row, numbers, corrects) for row in folded.rows)
    inside = {
        row.names[0]: tuple(_numbered(single[name], numbers, corrects) for name in row.names)
        for row in rows
        if len(row.names) > 1
    }
    balances = ledger_store.balances(desk.book, group.id)
    return LedgerView(
        wish,
        tuple(Named(one.id, one.name or one.code or "", one.code or "") for one in groups),
        Named(group.id, group.name or group.code or "", group.code or ""),
        group.village_name or "",
        group.currency,
        tuple(Named(one.id, names[one.id], one.number) for one in members),
        _accounts(balances),
        replace(folded, rows=rows),
        inside,
        sign * sum(one.amount_minor for one in balances if stands_on(one.account.code, wish.account)),
        _years(desk, group.id),
        4 if desk.is_office or has_office(desk.book) else 2,
        {one.name: one.op_kind for one in entries},
        colours_among(groups)[group.id],
        sum(one.amount_minor for one in balances if one.account.code == "differences"),
    )


def _bounded(desk: Desk, wish: LedgerWish) -> LedgerWish:
    if not wish.recent:
        return wish
    held = meeting_store.meetings(desk.book, wish.group or "")
    since = held[-RECENT_MEETINGS].on if len(held) >= RECENT_MEETINGS else None
    if not held:
        newest = entry_store.entries(desk.book, wish.group or "", Page(limit=1, newest_first=True))
        since = newest[0].effective - timedelta(days=RECENT_DAYS) if newest else None
    return replace(wish, since=since, until=None)


def _entries(desk: Desk, group: Group, wish: LedgerWish, sign: int) -> tuple[list[EntryRow], int, int]:
    """The entries of the wish with what stood there before them, and how many came before.

    A member's lines are read from her first, for there is no account that says what she brought to the box.
    """
    book = desk.book
    if wish.member is not None:
        rows = entry_store.member_entries(book, wish.member, Page(limit=-1, last=wish.until))
        return rows, 0, 0
    page = Page(limit=-1, first=wish.since, last=wish.until)
    rows = entry_store.entries(book, group.id, page, account=wish.account)
    opening = count = 0
    if wish.since is not None:
        for one in ledger_store.balances(book, group.id, wish.since - timedelta(days=1), [wish.account]):
            if stands_on(one.account.code, wish.account):
                opening += sign * one.amount_minor
                count += one.count
    return rows, opening, count


def read_facts(desk: Desk, group: Group, rows: Sequence[EntryRow]) -> list[LedgerFact]:
    """Entries of a group as plain facts, with their states and what they say."""
    states = States(desk.book)
    numbers = {one.id: one.number for one in group_store.memberships(desk.book, group.id)}
    said = facts_said(desk, rows, numbers)
    known: dict[tuple[str, int, int], str] = {}  # all of an operation's entries in a month are in one state
    found = []
    for row in rows:
        key = row.op, row.effective.year, row.effective.month
        if key not in known:
            known[key] = states.of_entry(row).value
        found.append(fact_of(row, known[key], *([said[row.op]] if row.op in said else [])))
    return found


def _numbered(row: GroupRow, numbers: Mapping[str, int], corrects: Mapping[str, str | None]) -> GroupRow:
    """The line with the lasting number of its first entry, and that of the line it corrects."""
    corrected = corrects.get(row.names[0])
    return replace(row, line=numbers[row.names[0]], corrects_line=numbers.get(corrected) if corrected else None)


def _accounts(balances: Iterable[ledger_store.Balance]) -> tuple[str, ...]:
    """The accounts to choose from: places one by one, families as one, in the order of the chart."""
    moved = [one.account.code for one in balances if one.count]
    found = dict.fromkeys(ALWAYS[:1])
    for kind in CHART:
        own = sorted({code for code in moved if code.partition(".")[0] == kind.code})
        if kind.is_place and kind.family:
            found |= dict.fromkeys(own)
        elif own or kind.code in ALWAYS:
            found[kind.code] = None
    return tuple(found)


def _years(desk: Desk, group: str) -> tuple[int, ...]:
    oldest = entry_store.entries(desk.book, group, Page(limit=1))
    newest = entry_store.entries(desk.book, group, Page(limit=1, newest_first=True))
    if not oldest:
        return ()
    return tuple(range(newest[0].effective.year, oldest[0].effective.year - 1, -1))


# one entry ----------------------------------------------------------------------------------------------------------
