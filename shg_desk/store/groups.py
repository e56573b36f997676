"""Groups, their members and officers on a day, and the versions of their rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.domain.money import Currency
from shg_desk.store.book import Book
from shg_desk.store.db import Row
from shg_desk.store.group_state import RULES_JOINS
from shg_desk.store.group_state import RULES_ORDER
from shg_desk.store.group_state import rules_rows
from shg_desk.store.people import matching


@dataclass(frozen=True, slots=True)
class Group:
    """A group: `lifecycle` is `share-out` or `permanent`, `state` `active`, `paused` or `closed`.

    `keeper` is the code of the device that writes it, `places` what the group calls its places of money, `members` how
    many have not left.
    """

    id: str
    code: str | None
    name: str | None
    village: str | None
    village_name: str | None
    lifecycle: str | None
    formed_on: str | None
    currency: Currency
    places: tuple[Any, ...]
    keeper: str | None
    state: str
    members: int
    removed: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """One person's place in one group, as shown today; `name` and `father` are None while sealed. Days are ISO dates.

    `household` is the one of the membership, or the person's.
    """

    id: str
    group: str
    person: str | None
    household: str | None
    household_code: str | None
    number: str
    booklet: str | None
    name: str | None
    father: str | None
    nickname: str | None
    sex: str | None
    language: str | None
    joined: str | None
    left: str | None
    why: str | None
    removed: bool

    def is_in(self, on: date) -> bool:
        """True from the day of joining to the day of leaving, both included: her money moves on either."""
        day = on.isoformat()
        return (self.joined is None or self.joined <= day) and (self.left is None or day <= self.left)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody's term in a post of the group; days are ISO dates, both included."""

    id: str
    group: str
    membership: str | None
    number: str | None
    name: str | None
    post: str | None
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """One voted version of a group's rules: the operation's name, the day it holds from, its content as written."""

    name: str
    starts: date
    content: Mapping[str, Any]
    is_head: bool


_REMOVED = "EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = t.id)"
_GROUP = (
    "SELECT t.gid, g.code, g.name, tv.gid, v.name, g.lifecycle, g.formed_on, g.currency, g.minor_digits, "
    "g.smallest_minor, g.places, g.keeper, g.state, "
    f"(SELECT count(*) FROM membership m WHERE m.shg = g.thing AND m.left IS NULL), {_REMOVED} "
    "FROM shg g JOIN thing t ON t.id = g.thing LEFT JOIN thing tv ON tv.id = g.village "
    "LEFT JOIN village v ON v.thing = g.village"
)
_MEMBERSHIP = (
    "SELECT t.gid, tg.gid, tp.gid, th.gid, h.code, m.number, m.booklet, p.name, p.father, p.nickname, p.sex, "
    f"p.language, m.joined, m.left, m.why, {_REMOVED} FROM membership m JOIN thing t ON t.id = m.thing "
    "JOIN thing tg ON tg.id = m.shg LEFT JOIN thing tp ON tp.id = m.person LEFT JOIN person p ON p.thing = m.person "
    "LEFT JOIN household h ON h.thing = ifnull(m.household, p.household) LEFT JOIN thing th ON th.id = h.thing"
)


_GROUPS = _GROUP.replace("shg g JOIN", "shg g CROSS JOIN")
"""The same for lists: from the groups to their things, never through everything there is."""


def groups(book: Book, search: str = "", *, village: str | None = None) -> list[Group]:
    """The groups whose code or name is meant by the search text, by code."""
    conditions, values = matching("g.search", search)
    if village is not None:
        conditions.append("tv.gid = :village")
        values["village"] = village
    where = " AND ".join([f"NOT {_REMOVED}", *conditions])
    return [_group(row) for row in book.db.rows(f"{_GROUPS} WHERE {where} ORDER BY g.code, t.gid", values)]


def group(book: Book, gid: str) -> Group | None:
    """One group by its id, or None."""
    row = book.db.row(f"{_GROUP} WHERE t.gid = ? AND t.type = 'group'", (gid,))
    return _group(row) if row else None


def groups_by_code(book: Book, code: str) -> list[Group]:
    """The groups with exactly this code; two laptops may have given the same one."""
    return [_group(row) for row in book.db.rows(f"{_GROUPS} WHERE g.code = ? AND NOT {_REMOVED} ORDER BY 1", (code,))]


def memberships(book: Book, group: str, on: date | None = None) -> list[Membership]:
    """The members of a group on a day (None: all there ever were), in the order of their numbers."""
    rows = book.db.rows(f"{_MEMBERSHIP} WHERE tg.gid = ? AND NOT {_REMOVED} ORDER BY m.number_order, t.gid", (group,))
    found = [_membership(row) for row in rows]
    return found if on is None else [member for member in found if member.is_in(on)]


def membership(book: Book, gid: str) -> Membership | None:
    """One membership by its id, or None."""
    row = book.db.row(f"{_MEMBERSHIP} WHERE t.gid = ? AND t.type = 'membership'", (gid,))
    return _membership(row) if row else None


def memberships_by_number(book: Book, group: str, number: str) -> list[Membership]:
    """Who has or had this number in the group; more than one where two laptops gave it."""
    rows = book.db.rows(
        f"{_MEMBERSHIP} WHERE tg.gid = ? AND m.number = ? AND NOT {_REMOVED} ORDER BY 1", (group, number)
    )
    return [_membership(row) for row in rows]


def memberships_of_person(book: Book, person: str) -> list[Membership]:
    """Every group a person is or was in."""
    return [_membership(row) for row in book.db.rows(f"{_MEMBERSHIP} WHERE tp.gid = ? ORDER BY 2, 1", (person,))]


def memberships_of_household(book: Book, household: str) -> list[Membership]:
    """Every membership of a household's people."""
    return [_membership(row) for row in book.db.rows(f"{_MEMBERSHIP} WHERE th.gid = ? ORDER BY 2, 1", (household,))]


_OFFICER = (
    "SELECT t.gid, tg.gid, tm.gid, m.number, p.name, f.post, f.since, f.until FROM officer f "
    "JOIN thing t ON t.id = f.thing JOIN thing tg ON tg.id = f.shg LEFT JOIN thing tm ON tm.id = f.membership "
    "LEFT JOIN membership m ON m.thing = f.membership LEFT JOIN person p ON p.thing = m.person"
)


def officers(book: Book, group: str, on: date | None = None) -> list[Officer]:
    """Who holds which post on a day (None: all terms), by post and first day."""
    rows = book.db.rows(
        f"{_OFFICER} WHERE f.shg = (SELECT id FROM thing WHERE type = 'group' AND gid = ?) AND NOT {_REMOVED} "
        "ORDER BY f.post, f.since, t.gid",
        (group,),
    )
    found = [Officer(*row) for row in rows]
    day = None if on is None else on.isoformat()
    return [f for f in found if day is None or (f.since or day) <= day <= (f.until or day)]


def terms_ending(book: Book, on: date, until: date) -> list[Officer]:
    """Whose term runs on a day and ends by another (both included), in every group, by group, post and first day."""
    rows = book.db.rows(
        f"{_OFFICER} WHERE f.until BETWEEN :on AND :until AND ifnull(f.since, :on) <= :on AND NOT {_REMOVED} "
        "ORDER BY tg.gid, f.post, f.since, t.gid",
        {"on": on.isoformat(), "until": until.isoformat()},
    )
    return [Officer(*row) for row in rows]


def rules_in_force(book: Book, on: date) -> dict[str, Mapping[str, Any]]:
    """The content of the rules in force on a day, as written, by group; groups without any are left out."""
    rows = book.db.rows(
        f"SELECT t.gid, r.content FROM rules r JOIN thing t ON t.id = r.shg {RULES_JOINS} WHERE r.day <= ? "
        f"ORDER BY {RULES_ORDER}",
        (on.toordinal(),),
    )
    newest: dict[str, str] = dict(rows)
    return {gid: json.loads(content) for gid, content in newest.items()}


def rules_versions(book: Book, group: str) -> list[RulesVersion]:
    """Every version of a group's rules, by the day it holds from; of one day the one in force is the last."""
    return [RulesVersion(*row) for row in rules_rows(book.db, group)]


def _group(row: Row) -> Group:
    gid, code, name, village, village_name, lifecycle, formed_on, currency, digits, smallest = row[:10]
    places, keeper, state, members, removed = row[10:]
    money = Currency(currency or "KGS", 2 if digits is None else digits, smallest or 1)
    return Group(
        gid, code, name, village, village_name, lifecycle, formed_on, money, tuple(json.loads(places or "[]")), keeper,
        state or "active", members, bool(removed),
    )  # fmt: skip


def _membership(row: Row) -> Membership:
    return Membership(*[*row[:5], row[5] or "", *row[6:15], bool(row[15])])
