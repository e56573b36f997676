"""Operations read back as a person made them: name, kind, author, claimed time, parts, and the sealed texts opened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from itertools import islice
from typing import Any

from shg_desk.domain.entries import Entry
from shg_desk.domain.entries import expand
from shg_desk.domain.ids import OpName
from shg_desk.domain.record_lines import read_parts
from shg_desk.store import log
from shg_desk.store.book import Book
from shg_desk.store.db import Db
from shg_desk.store.decided import mark_of
from shg_desk.store.derive_profiles import sealed_part
from shg_desk.store.standings import State

_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Operation:
    """One applied operation: arrival number here, name, kind, author code, claimed (UTC seconds, offset), body.

    The body is what the kind has (`read_parts`); whatever else stood in the line is not in it.
    """

    id: int
    name: str
    kind: str
    by: str
    at: tuple[int, int]
    body: Mapping[str, Any]
    relayed: bool = False
    entries: tuple[Entry, ...] = field(default=(), repr=False)

    @property
    def recorded(self) -> date | None:
        """The day it was recorded, as its writer's clock claimed; None for a claim outside the calendar."""
        return claimed_day(self.at)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An operation that does not count: its name, kind if it could be read, and why.

    `mark` tells the lines of a fork apart (see `derive.mark_of`).
    """

    name: str
    kind: str | None
    state: State
    code: str
    mark: str = ""


def claimed_day(at: tuple[int, int]) -> date | None:
    """The civil day of a claimed time (UTC seconds, offset in minutes), None outside the calendar."""
    day = _EPOCH_DAY + (at[0] + at[1] * 60) // 86400
    return date.fromordinal(day) if 1 <= day <= date.max.toordinal() else None


def read_line(number: int, name: str, line: bytes, *, relayed: bool = False) -> Operation:
    """An operation from its line, which was checked when it was applied."""
    read = json.loads(line)
    body = read_parts(read["kind"], read["body"])
    entries = tuple(expand(body.get("entries", ()), len(body.get("members", ())), len(body.get("loans", ()))))
    return Operation(number, name, read["kind"], read["by"], tuple(read["at"]), body, relayed, entries)


def operation(book: Book, name: str) -> Operation | None:
    """The operation of that name, or None where it is not here or cannot be read. Raises ValueError for no name."""
    stored = log.by_name(book.db, OpName.parse(name))
    if stored is None or not is_applied(book.db, stored.id):
        return None
    return read_line(stored.id, name, stored.line, relayed=stored.relayed)


def is_applied(db: Db, op: int) -> bool:
    """True where the operation with this arrival number counts."""
    return db.value("SELECT 1 FROM standing WHERE op = ? AND state = 0", (op,)) is not None


def operations(db: Db, numbers: Iterable[int]) -> dict[int, Operation]:
    """Applied operations by arrival number, each read once."""
    found = {}
    for part, marks in portions(set(numbers)):
        for number, device, epoch, seq, line, relayed in db.rows(
            "SELECT o.id, c.device, c.epoch, o.seq, o.line, o.relayed FROM operation o JOIN chain c ON c.id = o.chain "
            f"WHERE o.id IN ({marks})",
            part,
        ):
            found[number] = read_line(number, f"{device}.{epoch}.{seq}", line, relayed=bool(relayed))
    return found


def portions(numbers: Iterable[int]) -> Iterator[tuple[list[int], str]]:
    """Numbers in order, 500 at a time, each time with the question marks a statement needs for them."""
    wanted = iter(sorted(numbers))
    for part in iter(lambda: list(islice(wanted, 500)), []):
        yield part, ", ".join("?" * len(part))


def records_of_groups(book: Book) -> dict[str, str]:
    """By group (id) a short text that changes whenever a record of the group begins or ceases to count."""
    return {
        gid: f"{count}.{total}"
        for gid, count, total in book.db.rows(
            "SELECT t.gid, s.n, s.total FROM (SELECT shg, count(*) AS n, sum(op) AS total FROM standing "
            "WHERE shg IS NOT NULL GROUP BY shg) s CROSS JOIN thing t ON t.id = s.shg"
        )
    }


def opened_parts(book: Book, op: Operation) -> tuple[Mapping[str, Any] | None, ...]:
    """The content of each sealed part of an operation, None where its key is not here."""
    return tuple(book.unseal(sealed_part(op.kind, part)) for part in op.body.get("sealed", ()))


def texts(book: Book, op: Operation) -> tuple[str | None, ...]:
    """The free texts that numbers in the body (`text`, `represented`...) point to; None for what cannot be read."""
    found: list[str | None] = []
    for content in opened_parts(book, op):
        texts = content.get("texts") if isinstance(content, Mapping) else None
        found += [one if isinstance(one, str) else None for one in texts] if isinstance(texts, list | tuple) else ()
    return tuple(found)


def unsettled(book: Book) -> list[Unsettled]:
    """Every operation that waits for an earlier file or for a decision, in order of name."""
    return [
        Unsettled(f"{device}.{epoch}.{seq}", kind, State(state), code or "", mark_of(hashed))
        for state, code, kind, device, epoch, seq, hashed in book.db.rows(
            "SELECT s.state, s.code, s.kind, c.device, c.epoch, o.seq, o.hash FROM standing s "
            "JOIN operation o ON o.id = s.op JOIN chain c ON c.id = o.chain WHERE s.state > 0 ORDER BY 4, 5, 6, s.op"
        )
    ]
