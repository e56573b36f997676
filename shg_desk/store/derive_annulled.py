"""What an answer chose and was undone: such a record says nothing any more, and what it had settled is open again.

That is a version of rules, a revision, or a correction without money, which a settlement links to and which another
settlement of the same book undoes, or gives once more without having the first one (`overtaken`). Money that was taken
back is given back by a further correction instead.
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
from shg_desk.store.overtaken import lost_answers

CHOSEN = ("profile", "rules", "correction")
"""Kinds of records that an answer writes to say which of several things holds."""


class Annulled:
    """The records that say nothing any more, written down as the settlements that undo them are applied."""

    def __init__(self, db: Db, names: Names) -> None:
        self._db = db
        self._names = names

    def by(self, op: Stored, kind: str, body: Mapping[str, Any]) -> list[tuple[Stored, str, dict[str, Any]]]:
        """What this operation makes say nothing, each with its kind and body.

        Only a book that gave the answer takes it back: nobody else's settlement reaches what it chose.
        """
        if kind != "settlement":
            return []
        device, about = op.name.device, body["difference"]
        if body["choice"] == REOPENED:
            said = [(kind, said) for _, kind, said in self._linked(device, body)]
            answers = [said for kind, said in said if kind == "settlement" and said["difference"] == about]
        else:
            answers = [said for _, said in lost_answers(self._db, device, about)]
        found = [
            record
            for answer in answers
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
