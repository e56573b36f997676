"""Groups, their members and officers on a day, and the versions of their rules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store.book import Book
from shg_desk.store.db import Row
from shg_desk.store.people import matching

RULES_JOINS = "JOIN standing s ON s.op = r.op JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain"
RULES_HOLD = "NOT EXISTS (SELECT 1 FROM annulled x WHERE x.op = r.op)"
"""Leaves out a version that a person chose and gave up again."""
RULES_ORDER = "r.day, s.depth, c.device, c.epoch, o.seq"
"""How versions of rules follow each other: one that had seen another comes after it, wherever either arrived first."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group: `lifecycle` is `share-out` or `permanent`, `state` `active`, `paused` or `closed`.

    `keeper` is the code of the device that writes it, `places` what the group calls its places of money.
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

    @property
    def joined_on(self) -> date | None:
        """The day of joining, where it is known."""
        return date.fromisoformat(self.joined) if self.joined else None

    @property
    def left_on(self) -> date | None:
        """The day of leaving, None while she is in the group."""
        return date.fromisoformat(self.left) if self.left else None

    @property
    def last_day(self) -> date | None:
        """The last day she is a member: that of leaving, the day before she died; None while she is in the group."""
        from shg_desk.domain.leaving import last_day

        return last_day(self.left_on, self.why)

    @property
    def died_on(self) -> date | None:
        """The day she died, where that is why she is no member any more."""
        from shg_desk.domain.leaving import died_on

        return died_on(self.left_on, self.why)

    def is_in(self, on: date) -> bool:
        """True from the day of joining to the last day, both included: her money moves on either.

        Who was taken away again never was one.
        """
        last = self.last_day
        return not self.removed and (self.joined_on is None or self.joined_on <= on) and (last is None or on <= last)


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
    f"g.smallest_minor, g.places, g.keeper, g.state, {_REMOVED} "
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
    if book.only_group is not None:
        conditions.append("t.gid = :only")
        values["only"] = book.only_group
    where = " AND ".join([f"NOT {_REMOVED}", *conditions])
    return [_group(row) for row in book.db.rows(f"{_GROUPS} WHERE {where} ORDER BY g.code, t.gid", values)]


def group(book: Book, gid: str) -> Group | None:
    """One group by its id, or None."""
    row = book.db.row(f"{_GROUP} WHERE t.gid = ? AND t.type = 'group'", (gid,))
    return _group(row) if row else None


def groups_by_code(book: Book, code: str) -> list[Group]:
    """The groups with exactly this code; two laptops may have given the same one."""
    rows = book.db.rows(f"{_GROUPS} WHERE g.code = ? AND NOT {_REMOVED} ORDER BY 1", (code,))
    return [one for one in map(_group, rows) if book.only_group in (None, one.id)]


def currency_of(book: Book, gid: str) -> Currency:
    """The one currency a group keeps its money in. Raises KnownError GROUP_UNKNOWN."""
    found = group(book, gid)
    if found is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, gid, {"group": gid}))
    return found.currency


def id_with_code(book: Book, code: str) -> str | None:
    """The id of the first group that ever used this code, removed ones too, or None: codes are not given again."""
    found = book.db.value(
        "SELECT t.gid FROM shg s JOIN thing t ON t.id = s.thing WHERE s.code = ? ORDER BY t.gid LIMIT 1", (code,)
    )
    return None if found is None else str(found)


def memberships(book: Book, group: str, on: date | None = None, *, with_removed: bool = False) -> list[Membership]:
    """The members of a group on a day (None: all there ever were), in the order of their numbers."""
    rows = book.db.rows(f"{_MEMBERSHIP} WHERE tg.gid = ? ORDER BY m.number_order, t.gid", (group,))
    found = [_membership(row) for row in rows]
    if not with_removed:
        found = [member for member in found if not member.removed]
    return found if on is None else [member for member in found if member.is_in(on)]


def members_on(book: Book, on: date, group: str | None = None) -> Counter[str]:
    """How many members a group has on a day (see `Membership.is_in`), by id: of every group, or of one alone."""
    rows = book.db.rows(
        "SELECT g.gid, count(*) FROM membership m JOIN thing t ON t.id = m.thing JOIN thing g ON g.id = m.shg "
        "WHERE (:group IS NULL OR m.shg = (SELECT id FROM thing WHERE type = 'group' AND gid = :group)) "
        f"AND NOT {_REMOVED} AND ifnull(m.joined, :on) <= :on "
        "AND (m.left IS NULL OR m.left > :on OR (m.left = :on AND ifnull(m.why, '') <> 'died')) GROUP BY m.shg",
        {"on": on.isoformat(), "group": group},
    )
    return Counter({str(gid): int(count) for gid, count in rows})


def namesakes(book: Book, group: str | None = None) -> list[Membership]:
    """The members who share a name with another of their group, left ones too; of every group where none is given."""
    of_group = "m.shg = (SELECT id FROM thing WHERE type = 'group' AND gid = :group)"
    where = f"NOT {_REMOVED}" + (f" AND {of_group}" if group is not None else "")
    twice = (
        "SELECT m.shg, p.name FROM membership m JOIN thing t ON t.id = m.thing JOIN person p ON p.thing = m.person "
        f"WHERE p.name <> '' AND {where} GROUP BY 1, 2 HAVING count(*) > 1"
    )
    rows = book.db.rows(f"{_MEMBERSHIP} WHERE (m.shg, p.name) IN ({twice}) AND {where} ORDER BY 2, 1", {"group": group})
    return [_membership(row) for row in rows]


def membership(book: Book, gid: str) -> Membership | None:
    """One membership by its id, or None."""
    row = book.db.row(f"{_MEMBERSHIP} WHERE t.gid = ? AND t.type = 'membership'", (gid,))
    return _membership(row) if row else None


def memberships_by_number(book: Book, group: str, number: str, *, with_removed: bool = False) -> list[Membership]:
    """Who has or had this number in the group; more than one where two laptops gave it."""
    rows = book.db.rows(f"{_MEMBERSHIP} WHERE tg.gid = ? AND m.number = ? ORDER BY 1", (group, number))
    return [member for row in rows if not (member := _membership(row)).removed or with_removed]


def memberships_of_person(book: Book, person: str) -> list[Membership]:
    """Every group a person is or was in."""
    whose = "m.person = (SELECT id FROM thing WHERE type = 'person' AND gid = ?)"
    return [_membership(row) for row in book.db.rows(f"{_MEMBERSHIP} WHERE {whose} ORDER BY 2, 1", (person,))]


def memberships_of_household(book: Book, household: str) -> list[Membership]:
    """Every membership of a household's people."""
    return [_membership(row) for row in book.db.rows(f"{_MEMBERSHIP} WHERE th.gid = ? ORDER BY 2, 1", (household,))]


_OFFICER = (
    "SELECT t.gid, tg.gid, tm.gid, m.number, p.name, f.post, f.since, f.until FROM officer f "
    "JOIN thing t ON t.id = f.thing JOIN thing tg ON tg.id = f.shg LEFT JOIN thing tm ON tm.id = f.membership "
    "LEFT JOIN membership m ON m.thing = f.membership LEFT JOIN person p ON p.thing = m.person"
)
_NO_TERM = f"({_REMOVED} OR (ifnull(m.why, '') = 'died' AND ifnull(f.since, '') >= ifnull(m.left, '9')))"
"""Taken away, or of one who died before it could begin (`domain.leaving.DIED`)."""


def officers(book: Book, group: str, on: date | None = None) -> list[Officer]:
    """Who holds which post on a day (None: all terms), by post and first day."""
    rows = book.db.rows(
        f"{_OFFICER} WHERE f.shg = (SELECT id FROM thing WHERE type = 'group' AND gid = ?) AND NOT {_NO_TERM} "
        "ORDER BY f.post, f.since, t.gid",
        (group,),
    )
    found = [Officer(*row) for row in rows]
    day = None if on is None else on.isoformat()
    return [f for f in found if day is None or (f.since or day) <= day <= (f.until or day)]


def terms_ending(book: Book, on: date, until: date) -> list[Officer]:
    """Whose term runs on a day and ends by another (both included), in every group, by group, post and first day."""
    rows = book.db.rows(
        f"{_OFFICER} WHERE f.until BETWEEN :on AND :until AND ifnull(f.since, :on) <= :on AND NOT {_NO_TERM} "
        "AND (:only IS NULL OR tg.gid = :only) ORDER BY tg.gid, f.post, f.since, t.gid",
        {"on": on.isoformat(), "until": until.isoformat(), "only": book.only_group},
    )
    return [Officer(*row) for row in rows]


def vacant_posts(book: Book, on: date, group: str | None = None) -> list[Officer]:
    """The last term of every post that nobody holds on a day or will hold: of one group, or of every one.

    By group and post; a group that never had somebody in a post is not named.
    """
    rows = book.db.rows(
        f"{_OFFICER} WHERE NOT {_NO_TERM} AND (:only IS NULL OR tg.gid = :only) "
        "ORDER BY tg.gid, f.post, ifnull(f.until, '9999-12-31'), ifnull(f.since, ''), t.gid",
        {"only": group or book.only_group},
    )
    last = {(one.group, one.post): one for one in (Officer(*row) for row in rows)}
    return [one for one in last.values() if one.post and one.until is not None and one.until < on.isoformat()]


def rules_begun(book: Book, on: date) -> dict[str, tuple[date, Mapping[str, Any]]]:
    """Of the rules in force on a day: the day they hold from and their content, as written, by group."""
    rows = book.db.rows(
        f"SELECT t.gid, r.day, r.content FROM rules r JOIN thing t ON t.id = r.shg {RULES_JOINS} WHERE r.day <= ? "
        f"AND {RULES_HOLD} ORDER BY {RULES_ORDER}",
        (on.toordinal(),),
    )
    newest: dict[str, tuple[int, str]] = {gid: (day, content) for gid, day, content in rows}
    return {gid: (date.fromordinal(day), json.loads(content)) for gid, (day, content) in newest.items()}


def rules_versions(book: Book, group: str) -> list[RulesVersion]:
    """Every version of a group's rules, by the day it holds from.

    The last one that holds from a day or earlier is in force on it, on every book alike (see `RULES_ORDER`).
    """
    return [
        RulesVersion(f"{device}.{epoch}.{seq}", date.fromordinal(day), json.loads(content), bool(head))
        for device, epoch, seq, day, content, head in book.db.rows(
            "SELECT c.device, c.epoch, o.seq, r.day, r.content, r.is_head FROM rules r JOIN thing t ON t.id = r.shg "
            f"{RULES_JOINS} WHERE t.gid = ? AND t.type = 'group' AND {RULES_HOLD} ORDER BY {RULES_ORDER}",
            (group,),
        )
    ]


def rules_heads(book: Book, group: str) -> list[str]:
    """The names of the versions of a group's rules that no later one has seen."""
    return [one.name for one in rules_versions(book, group) if one.is_head]


def _group(row: Row) -> Group:
    gid, code, name, village, village_name, lifecycle, formed_on, currency, digits, smallest = row[:10]
    places, keeper, state, removed = row[10:]
    money = Currency(currency or "KGS", 2 if digits is None else digits, smallest or 1)
    return Group(
        gid, code, name, village, village_name, lifecycle, formed_on, money, tuple(json.loads(places or "[]")), keeper,
        state or "active", bool(removed),
    )  # fmt: skip


def _membership(row: Row) -> Membership:
    return Membership(*[*row[:5], row[5] or "", *row[6:15], bool(row[15])])
