"""Which village every group is in, read without anything else of the groups."""

from __future__ import annotations

from shg_desk.store.book import Book


def group_villages(book: Book) -> list[tuple[str, str]]:
    """Every group's id with its village's ("" without one), by code as `groups.groups` has them."""
    rows = book.db.rows(
        "SELECT t.gid, ifnull(tv.gid, '') FROM shg g CROSS JOIN thing t ON t.id = g.thing "
        "LEFT JOIN thing tv ON tv.id = g.village "
        "WHERE NOT EXISTS (SELECT 1 FROM tombstone x WHERE x.thing = t.id) ORDER BY g.code, t.gid"
    )
    return [(str(gid), str(village)) for gid, village in rows]
