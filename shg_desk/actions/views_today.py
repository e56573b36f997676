"""What the first page of the day says at once: meetings of the week, what waits for somebody, where the records are.

It is what a person waits for at every start, so it reads no group's ledger and loads only what it needs; the rest is in
`views_today_rest`.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from shg_desk.actions.backed_up import BackedUp
from shg_desk.actions.backed_up import newest_backup
from shg_desk.actions.books import recovery_is_on_paper
from shg_desk.actions.called import namesakes
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_colours import group_colours
from shg_desk.actions.next_meetings import next_meetings
from shg_desk.actions.print_list import count_waiting
from shg_desk.domain.accounts import Account
from shg_desk.domain.ids import OpName
from shg_desk.domain.money import Currency
from shg_desk.domain.planned import next_number
from shg_desk.domain.problems import Fact
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store import meetings as meeting_store
from shg_desk.store.groups import Group
from shg_desk.store.states import RecordState
from shg_desk.store.states import States
from shg_desk.store.states import has_office

if TYPE_CHECKING:
    pass

WEEK_DAYS = 7
SILENT_DAYS = 60
"""A group that has not met for so long is asked after, and no longer stands among the week's meetings."""

TERM_ENDS_DAYS = 30
MEETINGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A group's next meeting. `on` is None for a started sheet of a group whose rules name no day.

    `done` is (rows done, rows) of a started sheet; `expected_minor` what the members should bring, None until it is
    worked out; `keeper_elsewhere` is true where another laptop keeps the group; `colour` is the group's.
    """

    group: str
    code: str
    name: str
    village: str
    on: date | None
    time: str
    number: str
    members: int
    currency: Currency
    expected_minor: int | None = None
    done: tuple[int, int] | None = None
    keeper_elsewhere: bool = False
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody: its kind, the group it is about, and what its sentence says.

    Kinds: `difference` (amount_minor above zero: missing), `overdue`, `twice`, `silent`, `sheets`, `term`, `recovery`,
    `broken` (counts that no longer agree with the book), `papers` (waiting for a printer), `late` (records that came
    after the share-out of their days), `after-death` (records that have a member as alive after her death).
    """

    kind: str
    group: str | None = None
    name: str = ""
    currency: Currency | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """Where this laptop's own records are; days are None where nothing has happened yet.

    `received` counts what the office has, `reconciled` of it what it found the same in both books. In an office's own
    book `received` is what came from laptops, and `last_parcel` the day the newest of their parcels came.
    """

    has_office: bool
    unsent: int
    oldest_unsent: date | None
    received: int
    last_receipt: date | None
    backed_up: BackedUp | None
    reconciled: int = 0
    is_office: bool = False
    last_parcel: date | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the page of today. `groups` counts the groups of the book.

    Until `is_whole`, sums expected, loans overdue and what was written twice are missing.
    """

    on: date
    book: str
    groups: int
    meetings: tuple[MeetingAhead, ...]
    waiting: tuple[Waiting, ...]
    records: Records
    is_whole: bool = True


def today_at_first(desk: Desk) -> Today:
    """What of the page can be said at once, whatever the size of the book; `views_today_rest` adds the rest."""
    on = desk.today()
    every = group_store.groups(desk.book)
    groups = [one for one in every if one.state == "active"]
    meetings, silent = _meetings(desk, groups, on)
    week = sum(one.on is not None and one.on >= on for one in meetings)
    waiting = [*_differences(desk, groups), *silent]
    if week:
        waiting.append(Waiting("sheets", facts={"n": week}))
    waiting += [*_vacant(desk, groups, on), *_terms(desk, groups, on)]
    if papers := count_waiting(desk):
        waiting.append(Waiting("papers", facts={"n": papers}))
    if not recovery_is_on_paper(desk) and not desk.is_practice:
        waiting.append(Waiting("recovery"))
    return Today(
        on,
        desk.book.setting("name") or "",
        len(every),
        tuple(meetings[:MEETINGS_SHOWN]),
        tuple(waiting),
        records(desk),
        is_whole=False,
    )


def meetings_ahead(desk: Desk) -> list[MeetingAhead]:
    """Every meeting of the week ahead and every started sheet, by day and hour; sums are not worked out."""
    groups = [one for one in group_store.groups(desk.book) if one.state == "active"]
    return _meetings(desk, groups, desk.today())[0]


# meetings -----------------------------------------------------------------------------------------------------------


def _meetings(desk: Desk, groups: list[Group], on: date) -> tuple[list[MeetingAhead], list[Waiting]]:
    started = {draft.key: draft.content for draft in desk.drafts.every("meeting")}
    planned = next_meetings(desk, groups)
    colours = group_colours(desk)
    of_days: dict[date, Mapping[str, int]] = {}

    def members(group: Group, day: date) -> int:
        if day not in of_days:
            of_days[day] = group_store.members_on(desk.book, day)
        return of_days[day].get(group.id, 0)

    found, silent = [], []
    for group in groups:
        rhythm, last, day = planned[group.id].rhythm, planned[group.id].last, planned[group.id].on
        if last is not None and (on - last.on).days > SILENT_DAYS and group.id not in started:
            facts: dict[str, Fact] = {"days": (on - last.on).days, "last": last.on.isoformat()}
            silent.append(Waiting("silent", group.id, group.name or group.code or "", facts=facts))
            continue
        if group.id in started or (day is not None and (day - on).days < WEEK_DAYS):
            number = next_number(last.number if last else None)
            ahead = _ahead(desk, group, rhythm.time, day, number, started.get(group.id), members)
            found.append(replace(ahead, colour=colours[group.id]))
    found.sort(key=lambda one: (one.on or on, one.time, one.code))
    return found, silent


def _ahead(
    desk: Desk,
    group: Group,
    time: str,
    day: date | None,
    number: str,
    draft: object,
    members: Callable[[Group, date], int],
) -> MeetingAhead:
    done = None
    if isinstance(draft, dict):
        written = draft.get("date")
        day = date.fromisoformat(written) if isinstance(written, str) else day
        number = str(draft.get("number") or number)
        rows = draft.get("done")
        done = (0, members(group, day or desk.today()))
        if isinstance(rows, list) and len(rows) == 2:
            done = (int(rows[0]), int(rows[1]))
    return MeetingAhead(
        group=group.id,
        code=group.code or "",
        name=group.name or group.code or "",
        village=group.village_name or "",
        on=day,
        time=time,
        number=number,
        members=members(group, day or desk.today()),
        currency=group.currency,
        done=done,
        keeper_elsewhere=group.keeper not in (None, desk.book.device),
    )


# what waits ---------------------------------------------------------------------------------------------------------


def _differences(desk: Desk, groups: list[Group]) -> list[Waiting]:
    found = []
    by_id = {group.id: group for group in groups}
    for one in meeting_store.open_differences(desk.book):
        group = by_id.get(one.group)
        if group is None:
            continue
        facts: dict[str, Fact] = {"amount_minor": one.amount_minor}
        found_since = _open_since(desk, group.id)
        if found_since is not None:
            since, named = found_since
            facts["since"] = since.isoformat()
            facts["named_minor"] = named
            facts["settled_minor"] = named - abs(one.amount_minor)
        apart = namesakes(desk, group.id)
        terms = group_store.officers(desk.book, group.id, desk.today())
        officers = {one.post: apart.get(one.membership or "") or one.name for one in terms}
        facts["key"] = officers.get("key-holder") or officers.get("treasurer")
        found.append(Waiting("difference", group.id, group.name or group.code or "", group.currency, facts))
    return sorted(found, key=lambda one: -abs(int(one.facts["amount_minor"] or 0)))


def _open_since(desk: Desk, group: str) -> tuple[date, int] | None:
    """The day since which the open difference of a group has not been nothing, and how much was named since then.

    Named is what went onto the difference in the direction it has now, in minor units; what went the other way was
    settled. What a correction took back is neither. None where no beginning is found among its newest lines.
    """
    from shg_desk.store.entries import Page
    from shg_desk.store.entries import account_page

    rows = account_page(desk.book, Account(group, "differences"), Page(limit=60, newest_first=True))
    left = rows[0].balance_minor if rows else 0
    named, short = 0, left > 0
    for row in rows:
        if row.entry.corrects is not None or row.entry.corrected_by:
            continue
        named += abs(row.amount_minor) if (row.amount_minor > 0) == short else 0
        left -= row.amount_minor
        if not left:
            return row.entry.effective, named
    return None


def _vacant(desk: Desk, groups: list[Group], on: date) -> list[Waiting]:
    """Posts left empty by a death: one who held such a post until then has not been followed by anybody."""
    by_id = {group.id: group for group in groups}
    found = []
    for officer in group_store.vacant_posts(desk.book, on):
        group = by_id.get(officer.group)
        held = group_store.membership(desk.book, officer.membership) if officer.membership else None
        if group is not None and held is not None and held.died_on is not None:
            facts: dict[str, Fact] = {"post": officer.post, "since": held.died_on.isoformat()}
            found.append(Waiting("vacant", group.id, group.name or group.code or "", facts=facts))
    return found


def _terms(desk: Desk, groups: list[Group], on: date) -> list[Waiting]:
    found = []
    by_id = {group.id: group for group in groups}
    apart: dict[str, str] = {}
    for officer in group_store.terms_ending(desk.book, on, on + timedelta(days=TERM_ENDS_DAYS)):
        group = by_id.get(officer.group)
        if group is None or officer.until is None:
            continue
        apart |= namesakes(desk, group.id)
        facts: dict[str, Fact] = {
            "post": officer.post,
            "who": apart.get(officer.membership or "") or officer.name or f"№ {officer.number}",
            "until": officer.until,
            "days": (date.fromisoformat(officer.until) - on).days,
        }
        found.append(Waiting("term", group.id, group.name or group.code or "", facts=facts))
    return found


# records ------------------------------------------------------------------------------------------------------------


def records(desk: Desk) -> Records:
    """Where this laptop's own records are, and when it was backed up last."""
    book = desk.book
    with_office = desk.is_office or has_office(book)
    own = with_office and not desk.is_office
    counts = States(book).counts(own=own)
    came = [one for one in exchange_store.parcels(book.db) if not one.outgoing]
    receipts = [one for one in came if one.kind == "return"]
    return Records(
        has_office=with_office,
        unsent=counts.get(RecordState.SAVED, 0),
        oldest_unsent=_oldest_unsent(desk) if with_office else None,
        received=counts.get(RecordState.RECEIVED, 0) + counts.get(RecordState.RECONCILED, 0),
        last_receipt=max((desk.day_of(one.at) for one in receipts), default=None),
        backed_up=newest_backup(desk),
        reconciled=counts.get(RecordState.RECONCILED, 0),
        is_office=desk.is_office,
        last_parcel=max((desk.day_of(one.at) for one in came), default=None),
    )


def _oldest_unsent(desk: Desk) -> date | None:
    book = desk.book
    reach = exchange_store.mark(book.db, book.device, book.epoch)
    first = log.by_name(book.db, OpName(book.device, book.epoch, max(reach.exported, reach.received) + 1))
    if first is None:
        return None
    from shg_desk.store.operations import claimed_day
    from shg_desk.store.operations import read_line

    return claimed_day(read_line(first.id, str(first.name), first.line).at)
