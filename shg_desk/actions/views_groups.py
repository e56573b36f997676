"""Groups as their page shows them: the list, and one group with members, officers, rules, money and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Any

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import rules_on
from shg_desk.actions.group_colours import group_colours
from shg_desk.actions.group_money import GroupMoney
from shg_desk.actions.group_money import group_money
from shg_desk.actions.group_places import PlaceLine
from shg_desk.actions.group_places import names_of
from shg_desk.actions.group_places import place_lines
from shg_desk.actions.next_meetings import next_day
from shg_desk.actions.next_meetings import next_meetings
from shg_desk.actions.record_states import Reached
from shg_desk.actions.record_states import reached_by_group
from shg_desk.actions.views_loans import LoanTotals
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.money import Currency
from shg_desk.domain.namesakes import shared_names
from shg_desk.domain.namesakes import told_apart
from shg_desk.domain.numbering import next_free
from shg_desk.domain.rhythm import Rhythm
from shg_desk.domain.rules import Rules
from shg_desk.domain.rules import known_content
from shg_desk.domain.rules import read_rules
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store.groups import Group

ATTENDANCE_OVER = 4
"""Meetings over which the page tells how many came."""

MEMBERS_NEEDED = 5
"""A group is formed once so many have joined."""

POSTS_NEEDED = ("leader", "treasurer", "secretary")


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group to choose."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One line of the list. `next_on` is the planned meeting, `colour` the group's."""

    id: str
    code: str
    name: str
    village: str
    members: int
    rhythm: Rhythm
    next_on: date | None
    state: str
    colour: int = 0


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member: minor units of the currency saved and owed; `left` is her last day, `died` the day she died, if so."""

    id: str
    number: str
    booklet: str
    name: str | None
    joined: date | None
    left: date | None
    saved_minor: int
    debt_minor: int
    late_days: int
    died: date | None = None


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """A term in a post; `now` is true while it runs."""

    post: str
    number: str
    name: str | None
    since: date | None
    until: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class RulesLine:
    """A voted version of the rules; `now` is the one in force, `unsettled` one of two that stand beside each other.

    `content` is what of its record is known (`known_content`).

    `votes` are those for, against and abstained, None where none were written.
    """

    name: str
    since: date
    rules: Rules
    content: Mapping[str, Any]
    now: bool
    unsettled: bool
    votes: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a group's formation (`registered`, `members`, `officers`, `rules`, `meeting`) and its day, if done.

    `there` is (how many there are, how many are needed) of one begun and not done.
    """

    name: str
    done: bool
    on: date | None
    there: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop that may keep the group: code, the label people gave it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group in full. `count` is how many members it has today, `members` those who have not left (some join later).
    `attendance` is the part of marks that were present over the last meetings (None: none held), `attendance_sent` with
    those somebody came for, `keeper` the laptop that writes it, `laptops` those it can be handed to. `own` are places
    offered to it, `names` what it calls them, `reached` how far its records have all come; `vacant` the posts that
    nobody holds any more, with the last day somebody did; it `is_past_due` where the day to meet next has gone by.
    """

    id: str
    code: str
    name: str
    village: str
    lifecycle: str | None
    formed_on: date | None
    currency: Currency
    state: str
    next_number: str
    count: int
    members: tuple[MemberLine, ...]
    former: tuple[MemberLine, ...]
    officers: tuple[OfficerLine, ...]
    rules: tuple[RulesLine, ...]
    in_force: Rules
    steps: tuple[Step, ...]
    money: GroupMoney
    loans: LoanTotals | None
    meetings: int
    last_on: date | None
    next_on: date | None
    is_past_due: bool
    attendance: Fraction | None
    attendance_sent: Fraction | None
    attendance_over: int
    keeper_here: bool
    keeper: str
    laptops: tuple[Laptop, ...]
    colour: int = 0
    own: tuple[PlaceLine, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    reached: Reached | None = None
    vacant: tuple[tuple[str, date], ...] = ()


def group_names(desk: Desk) -> list[GroupName]:
    """Every group by code."""
    return [GroupName(one.id, one.code or "", one.name or one.code or "") for one in group_store.groups(desk.book)]


def group_lines(desk: Desk, search: str = "") -> list[GroupLine]:
    """The groups a search finds, by code."""
    found = []
    colours = group_colours(desk)
    groups = group_store.groups(desk.book, search)
    ahead, members = next_meetings(desk, groups), group_store.members_on(desk.book, desk.today())
    for group in groups:
        found.append(
            GroupLine(
                group.id,
                group.code or "",
                group.name or group.code or "",
                group.village_name or "",
                members[group.id],
                ahead[group.id].rhythm,
                ahead[group.id].on,
                group.state,
                colours[group.id],
            )
        )
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def group_card(desk: Desk, gid: str) -> GroupCard | None:
    """One group in full, or None where there is none of that id."""
    group = group_store.group(desk.book, gid)
    if group is None:
        return None
    book, today = desk.book, desk.today()
    held = [one for one in meeting_store.meetings(desk.book, gid) if one.held]
    in_force = rules_on(desk, gid, today, group.currency.minor_digits)
    every, everyone = _members(desk, group), group_store.memberships(book, gid, with_removed=True)
    officers, versions = _officers(desk, group), _versions(desk, group, in_force)
    loans = loan_list(desk, gid)
    came, sent, marks = _attendance(desk, gid)
    keeper = exchange_store.device(desk.book.db, group.keeper) if group.keeper else None
    known = {one.code: one.label for one in exchange_store.devices(desk.book.db) if one.state == "enrolled"}
    return GroupCard(
        id=gid,
        code=group.code or "",
        name=group.name or group.code or "",
        village=group.village_name or "",
        lifecycle=group.lifecycle,
        formed_on=_day(group.formed_on),
        currency=group.currency,
        state=group.state,
        next_number=next_free(one.number for one in everyone),
        count=(count := group_store.members_on(book, today, gid)[gid]),
        members=tuple(one for one in every if one.left is None or one.left >= today),
        former=tuple(one for one in every if one.left is not None and one.left < today),
        officers=officers,
        rules=versions,
        in_force=in_force,
        steps=_steps(group, every, count, officers, versions, held[0].on if held else None),
        money=group_money(desk, gid),
        loans=loans.totals[0] if loans.totals else None,
        meetings=len(held),
        last_on=held[-1].on if held else None,
        next_on=(next_on := next_day(desk, group)),
        is_past_due=next_on is not None and next_on < today,
        attendance=Fraction(came, marks) if marks else None,
        attendance_sent=Fraction(sent, marks) if marks else None,
        attendance_over=min(ATTENDANCE_OVER, len(held)),
        keeper_here=group.keeper in (None, desk.book.device),
        keeper=keeper.label if keeper is not None else (group.keeper or ""),
        laptops=tuple(Laptop(code, label) for code, label in known.items() if code != group.keeper),
        colour=group_colours(desk).get(gid, 0),
        own=place_lines(desk, group),
        names=names_of(group, everyone),
        reached=reached_by_group(desk, gid),
        vacant=tuple((t.post or "", end) for t in group_store.vacant_posts(book, today, gid) if (end := _day(t.until))),
    )


def _members(desk: Desk, group: Group) -> list[MemberLine]:
    saved: dict[str, int] = {}
    for one in ledger_store.balances(desk.book, group.id, accounts=["saving"]):
        owner = one.account.owner or ""
        saved[owner] = saved.get(owner, 0) - one.amount_minor
    loans = loan_list(desk, group.id).lines
    found = []
    members = group_store.memberships(desk.book, group.id)
    shared = shared_names(one.name for one in members)
    for member in members:
        own = [line for line in loans if line.member == member.id]
        found.append(
            MemberLine(
                member.id,
                member.number,
                member.booklet or "",
                told_apart(member.name, member.father, shared),
                _day(member.joined),
                member.last_day,
                saved.get(member.id, 0),
                sum(max(line.outstanding_minor, 0) for line in own),
                max((line.late_days for line in own), default=0),
                member.died_on,
            )
        )
    return found


def _officers(desk: Desk, group: Group) -> tuple[OfficerLine, ...]:
    today = desk.today()
    found = []
    apart = beside_numbers(desk, group.id)
    for one in group_store.officers(desk.book, group.id):
        name = apart.get(one.membership or "") or one.name
        since, until = _day(one.since), _day(one.until)
        now = (since is None or since <= today) and (until is None or today <= until)
        found.append(OfficerLine(one.post or "", one.number or "", name, since, until, now))
    return tuple(sorted(found, key=lambda one: not one.now))


def _versions(desk: Desk, group: Group, in_force: Rules) -> tuple[RulesLine, ...]:
    versions = group_store.rules_versions(desk.book, group.id)
    heads = sum(one.is_head for one in versions)
    digits, found = group.currency.minor_digits, []
    for one in versions:
        rules, _ = read_rules(one.content, digits, one.name)
        known, now = known_content(one.content, digits), one.name == in_force.version
        found.append(
            RulesLine(one.name, one.starts, rules, known, now, one.is_head and heads > 1, _votes(desk, one.name))
        )
    return tuple(reversed(found))


def _votes(desk: Desk, name: str) -> tuple[int, int, int] | None:
    read = operation_store.operation(desk.book, name)
    vote = None if read is None else read.body.get("vote")
    if not isinstance(vote, dict):
        return None

    def count(word: str) -> int:
        said = vote.get(word)
        return said if type(said) is int else 0

    return count("for"), count("against"), count("abstained")


def _steps(
    group: Group,
    members: list[MemberLine],
    count: int,
    officers: tuple[OfficerLine, ...],
    versions: tuple[RulesLine, ...],
    first_meeting: date | None,
) -> tuple[Step, ...]:
    joined = sorted(one.joined for one in members if one.joined)
    held = first_meeting is not None  # a group that meets is formed, however few its book names
    enough = count >= MEMBERS_NEEDED or (held and bool(members))
    posts = {one.post for one in officers} & set(POSTS_NEEDED)
    filled = len(posts) == len(POSTS_NEEDED) or (held and bool(posts))
    there = {"members": (count, MEMBERS_NEEDED), "officers": (len(posts), len(POSTS_NEEDED))}
    elected = max((one.since for one in officers if one.since), default=None)
    return (
        Step("registered", done=True, on=_day(group.formed_on)),
        Step(
            "members", enough, joined[MEMBERS_NEEDED - 1] if len(joined) >= MEMBERS_NEEDED else None, there["members"]
        ),
        Step("officers", filled, elected if filled else None, there["officers"]),
        Step("rules", bool(versions), versions[-1].since if versions else None),
        Step("meeting", first_meeting is not None, first_meeting),
    )


def _attendance(desk: Desk, gid: str) -> tuple[int, int, int]:
    """Of the marks of the last meetings held: that she was there, that or somebody came for her, and all of them."""
    held = [one for one in meeting_store.meetings(desk.book, gid) if one.held][-ATTENDANCE_OVER:]
    if not held:
        return 0, 0, 0
    rows = meeting_store.attendance(desk.book, gid, held[0].on, held[-1].on)
    return sum(one.here for one in rows), sum(one.here_or_sent for one in rows), sum(one.meetings for one in rows)
