"""What an answer chose and was undone: such a record says nothing any more, and what it had settled is open again.

That is a version of rules, a revision, or a correction without money, which a settlement links to and which another
settlement of the same book undoes, or whose answer that book has lost (`overtaken`). Money that was taken back is given
back by a further correction instead.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from shg_desk.domain.canonical import parse
from shg_desk.domain.kinds import own_parts
from shg_desk.store import log
from shg_desk.store.db import Db
from shg_desk.store.decided import REOPENED
from shg_desk.store.log import Stored
from shg_desk.store.names import Names
from shg_desk.store.overtaken import CHOSEN


class Annulled:
    """The records that say nothing any more, written down as the settlements that undo them are applied."""

    def __init__(self, db: Db, names: Names) -> None:
        self._db = db
        self._names = names

    def by(
        self, op: Stored, kind: str, body: Mapping[str, Any], *, is_lost: bool
    ) -> list[tuple[Stored, str, Mapping[str, Any]]]:
        """What this operation makes say nothing, each with its kind and body: itself where its answer is lost.

        Only a book that gave the answer takes it back: nobody else's settlement reaches what it chose.
        """
        found: list[tuple[Stored, str, Mapping[str, Any]]] = [(op, kind, body)] if is_lost else []
        if kind == "settlement" and body["choice"] == REOPENED:
            device, about = op.name.device, body["difference"]
            said = [(kind, said) for _, kind, said in self._linked(device, body)]
            found += [
                record
                for kind, answer in said
                if kind == "settlement" and answer["difference"] == about
                for record in self._linked(device, answer)
                if record[1] in CHOSEN and not record[2].get("entries")
            ]
        for record in found:
            self._db.run("INSERT OR IGNORE INTO annulled VALUES (?)", (record[0].id,))
        return found

    def _linked(self, device: str, body: Mapping[str, Any]) -> Iterable[tuple[Stored, str, dict[str, Any]]]:
        for name in body.get("links", ()):
            number = self._names.operation(name)
            stored = None if number is None else log.by_id(self._db, number)
            if stored is not None and stored.name.device == device:
                line = parse(stored.line)
                yield stored, line["kind"], own_parts(line["kind"], line["body"])


def annulled_of(db: Db, ops: Iterable[int]) -> set[int]:
    """Which of these operations say nothing any more."""
    return {int(op) for (op,) in db.rows("SELECT op FROM annulled")} & set(ops)


def heads_of(saw: Mapping[int, Collection[int | None]], left_out: Collection[int]) -> set[int]:
    """Of versions of one thing, each with those it had seen, those that no other one that still speaks has seen.

    What saw one that says nothing any more had seen through it what that one saw. Where nothing would be left, nothing
    is left out: a thing never loses its last version.
    """
    found = _unseen(saw, left_out)
    return found or _unseen(saw, ())


def _unseen(saw: Mapping[int, Collection[int | None]], left_out: Collection[int]) -> set[int]:
    seen: set[int | None] = set()
    for op in saw:
        waiting = [] if op in left_out else list(saw[op])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += saw.get(one, ()) if one is not None else ()
    return set(saw) - seen - set(left_out)
