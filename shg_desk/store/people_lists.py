"""Lists of people: the keys of a long list, and who stays in a household she does not belong to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from shg_desk.store.book import Book
from shg_desk.store.people import households_shown
from shg_desk.store.people import matching


@dataclass(frozen=True, slots=True)
class Stay:
    """A person who is in a further household: its id, hers, whether she is counted there, and the days as told."""

    id: str
    person: str
    household: str
    counted_here: bool
    since: str | None
    until: str | None


def household_keys(book: Book, search: str = "") -> Iterator[tuple[str, str]]:
    """The place of every household a search finds, in the order of `people.households`."""
    conditions, values = matching("h.search", search)
    conditions += households_shown(book, "h.thing", values)
    where = " AND ".join(["NOT EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = t.id)", *conditions])
    yield from (
        (row[0], row[1])
        for row in book.db.rows(
            f"SELECT h.search, t.gid FROM household h JOIN thing t ON t.id = h.thing WHERE {where} "
            "ORDER BY h.search, t.gid",
            values,
        )
    )


def stays(book: Book, *, person: str | None = None, household: str | None = None) -> list[Stay]:
    """The stays of a person, or those in a household, as said last; ended and removed ones left out."""
    found = []
    for gid, clear in book.db.rows(
        "SELECT t.gid, r.clear FROM thing t JOIN revision r ON r.thing = t.id AND r.is_head = 1 "
        "WHERE t.type = 'residence' AND NOT EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = t.id) "
        "AND (?1 IS NULL OR json_extract(r.clear, '$.person') = ?1) "
        "AND (?2 IS NULL OR json_extract(r.clear, '$.household') = ?2) ORDER BY t.gid, r.ancestors",
        (person, household),
    ):
        said = json.loads(clear)
        if said.get("person") and said.get("household") and not said.get("until"):
            one = Stay(gid, said["person"], said["household"], bool(said.get("counted_here")), said.get("since"), None)
            found.append(one)
    return found
