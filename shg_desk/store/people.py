"""Villages, households and persons as shown today: lists by search text, page by key, and single reads.

Search is by the folded key of names (`domain.spelling`): every word typed begins some word of what is searched.
Things with a tombstone are left out of lists; single reads still find them.
"""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.store.book import Book
from shg_desk.store.db import Row

PAGE = 200
"""Rows on a page, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Village:
    """A village: id, name, its number in the state's register of places, and how many households are in it."""

    id: str
    name: str | None
    soate: str | None
    households: int


@dataclass(frozen=True, slots=True)
class Household:
    """A household: `seal_state` is `clear`, `open`, `sealed` (no key here) or `withdrawn` (key destroyed).

    `key` is the place in the list; a page begins after one.
    """

    id: str
    code: str | None
    village: str | None
    village_name: str | None
    head: str | None
    address: str | None
    phone: str | None
    people: int
    seal_state: str
    removed: bool
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """A person; what is sealed is None. `seal_state` and `key` as in `Household`; `birth` is text as it was told."""

    id: str
    household: str | None
    household_code: str | None
    village_name: str | None
    name: str | None
    father: str | None
    nickname: str | None
    sex: str | None
    birth: str | None
    language: str | None
    seal_state: str
    removed: bool
    key: tuple[str, str]


_REMOVED = "EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = t.id)"
_HOUSEHOLD = (
    "SELECT t.gid, h.code, tv.gid, v.name, h.head, h.address, h.phone, "
    "(SELECT count(*) FROM person p WHERE p.household = h.thing), h.seal_state, "
    f"{_REMOVED}, h.search FROM household h JOIN thing t ON t.id = h.thing "
    "LEFT JOIN thing tv ON tv.id = h.village LEFT JOIN village v ON v.thing = h.village"
)
_PERSON = (
    "SELECT t.gid, th.gid, h.code, v.name, p.name, p.father, p.nickname, p.sex, p.birth, p.language, p.seal_state, "
    f"{_REMOVED}, p.search FROM person p JOIN thing t ON t.id = p.thing LEFT JOIN thing th ON th.id = p.household "
    "LEFT JOIN household h ON h.thing = p.household LEFT JOIN village v ON v.thing = h.village"
)


_VILLAGE = (
    "SELECT t.gid, v.name, v.soate, (SELECT count(*) FROM household h WHERE h.village = v.thing) "
    "FROM village v JOIN thing t ON t.id = v.thing"
)


def villages(book: Book) -> list[Village]:
    """Every village by name."""
    return [Village(*row) for row in book.db.rows(f"{_VILLAGE} WHERE NOT {_REMOVED} ORDER BY v.search, t.gid")]


def village(book: Book, gid: str) -> Village | None:
    """One village, or None."""
    row = book.db.row(f"{_VILLAGE} WHERE t.gid = ? AND t.type = 'village'", (gid,))
    return Village(*row) if row else None


def households(
    book: Book,
    search: str = "",
    *,
    village: str | None = None,
    after: tuple[str, str] | None = None,
    limit: int = PAGE,
) -> list[Household]:
    """A page of households whose code, head or address is meant by the search text (all of a village by its id)."""
    conditions, values = matching("h.search", search)
    conditions += households_shown(book, "h.thing", values)
    if village is not None:
        conditions.append("h.village = (SELECT id FROM thing WHERE type = 'village' AND gid = :village)")
        values["village"] = village
    rows = _page(book, _HOUSEHOLD, "h.search", conditions, values, after, limit)
    return [_household(row) for row in rows]


def household(book: Book, gid: str) -> Household | None:
    """One household, or None."""
    row = book.db.row(f"{_HOUSEHOLD} WHERE t.gid = ? AND t.type = 'household'", (gid,))
    return _household(row) if row else None


def persons(
    book: Book,
    search: str = "",
    *,
    household: str | None = None,
    village: str | None = None,
    after: tuple[str, str] | None = None,
    limit: int = PAGE,
) -> list[Person]:
    """A page of persons whose name, nickname or other spelling is meant by the search text."""
    conditions, values = matching("p.search", search)
    shown = households_shown(book, "p.household", values)
    conditions += [f"({one} OR p.thing IN (SELECT person FROM membership WHERE shg = {_ONLY}))" for one in shown]
    if household is not None:
        conditions.append("p.household = (SELECT id FROM thing WHERE type = 'household' AND gid = :household)")
        values["household"] = household
    if village is not None:
        conditions.append("h.village = (SELECT id FROM thing WHERE type = 'village' AND gid = :village)")
        values["village"] = village
    rows = _page(book, _PERSON, "p.search", conditions, values, after, limit)
    return [_person(row) for row in rows]


def person(book: Book, gid: str) -> Person | None:
    """One person, or None."""
    row = book.db.row(f"{_PERSON} WHERE t.gid = ? AND t.type = 'person'", (gid,))
    return _person(row) if row else None


def _household(row: Row) -> Household:
    return Household(*[*row[:9], bool(row[9]), (row[10], row[0])])


def _person(row: Row) -> Person:
    return Person(*[*row[:11], bool(row[11]), (row[12], row[0])])


_ONLY = "(SELECT id FROM thing WHERE type = 'group' AND gid = :only)"


def households_shown(book: Book, column: str, values: dict[str, object]) -> list[str]:
    """The condition that a column names a household with a member of the one group that is shown; none for all."""
    if book.only_group is None:
        return []
    values["only"] = book.only_group
    whose = "membership om LEFT JOIN person op ON op.thing = om.person"
    return [f"{column} IN (SELECT ifnull(om.household, op.household) FROM {whose} WHERE om.shg = {_ONLY})"]


def is_shown(book: Book, household: str) -> bool:
    """Whether whoever opened the book sees this household: for who has one group only if it has a member there."""
    values: dict[str, object] = {"gid": household}
    (shown,) = households_shown(book, "t.id", values) or ["TRUE"]
    found = book.db.row(f"SELECT 1 FROM thing t WHERE t.type = 'household' AND t.gid = :gid AND {shown}", values)
    return found is not None


def matching(column: str, search: str) -> tuple[list[str], dict[str, object]]:
    """Conditions for a column of folded keys, and their values: each word typed begins some word there."""
    conditions: list[str] = []
    values: dict[str, object] = {}
    if not search.strip():
        return conditions, values
    from shg_desk.domain.spelling import prefixes
    from shg_desk.store.derive_profiles import is_code

    for index, word in enumerate(search.split()):
        either = []
        for other, begin in enumerate([word.casefold()] if is_code(word) else prefixes(word)):
            name = f"word{index}_{other}"
            either.append(f"instr(' ' || {column}, :{name}) > 0")
            values[name] = " " + begin
        if either:
            conditions.append(f"({' OR '.join(either)})")
    return conditions, values


def _page(
    book: Book,
    select: str,
    search: str,
    conditions: list[str],
    values: dict[str, object],
    after: tuple[str, str] | None,
    limit: int,
) -> list[Row]:
    where = [f"NOT {_REMOVED}", *conditions]
    if after is not None:
        where.append(f"({search}, t.gid) > (:after, :after_gid)")
        values |= {"after": after[0], "after_gid": after[1]}
    return book.db.rows(
        f"{select} WHERE {' AND '.join(where)} ORDER BY {search}, t.gid LIMIT :limit", values | {"limit": limit}
    )
