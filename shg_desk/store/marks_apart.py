"""Marks and decisions of one meeting that corrections say differently, none of them having seen the other."""

from __future__ import annotations

from shg_desk.domain.amendments import Apart
from shg_desk.domain.amendments import Correcting
from shg_desk.domain.amendments import apart
from shg_desk.store.book import Book
from shg_desk.store.last_meeting import STANDS
from shg_desk.store.meetings import amendments
from shg_desk.store.operations import texts


def meetings_apart(book: Book, group: str | None = None) -> list[tuple[str, str, int, list[str]]]:
    """Meetings that stand and have such corrections (of one group): name, group's id, day number, the corrections."""
    rows = book.db.rows(
        "SELECT DISTINCT c.device, c.epoch, o.seq, t.gid, m.day FROM marks_twice w JOIN meeting m ON m.op = w.meeting "
        "JOIN thing t ON t.id = m.shg JOIN operation o ON o.id = m.op JOIN chain c ON c.id = o.chain "
        f"WHERE (?1 IS NULL OR t.gid = ?1) AND {STANDS.format(op='m.op')} ORDER BY 4, 5, 1, 2, 3",
        (group,),
    )
    found = []
    for device, epoch, seq, gid, day in rows:
        meeting = f"{device}.{epoch}.{seq}"
        sides = sorted({name for one in marks_apart(book, meeting) for name in one.said})
        if sides:
            found.append((meeting, gid, day, sides))
    return found


def marks_apart(book: Book, meeting: str) -> list[Apart]:
    """What of a meeting is open between its corrections, with the words they are said in; equal words are not open."""
    every = amendments(book, meeting, annulled=True)
    counting = {one.name for one in amendments(book, meeting)}
    said = [Correcting(one.name, one.body, texts(book, one)) for one in every]
    return apart(said, {one.name for one in every} - counting)
