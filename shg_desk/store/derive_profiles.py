"""Turns revisions into what is known of villages, households, persons and groups today.

Disjoint field groups merge; of a field group edited twice unseen every head is kept, one is shown (most ancestors, then
device, epoch and number: no clock), and the rest is a conflict for a person.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import parse
from shg_desk.domain.canonical import written
from shg_desk.domain.numbering import counting_order
from shg_desk.domain.profiles import ProfileError
from shg_desk.domain.profiles import Revision
from shg_desk.domain.profiles import check_sealed
from shg_desk.domain.profiles import revision_of
from shg_desk.domain.spelling import key as search_key
from shg_desk.store import log
from shg_desk.store.db import Db
from shg_desk.store.db import Row
from shg_desk.store.derive_annulled import annulled_of
from shg_desk.store.derive_annulled import heads_of
from shg_desk.store.log import Stored
from shg_desk.store.names import Names


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part of an operation that only holders of a key can read: whose, which key, of which kind, the ciphertext."""

    owner: str
    purpose: str
    number: int
    kind: str
    text: str


def sealed_part(kind: str, part: list[Any]) -> SealedPart:
    """A sealed part from its place in an operation of this kind."""
    owner, purpose, number, text = part
    return SealedPart(owner, purpose, number, kind, text)


Unseal = Callable[[SealedPart], Mapping[str, Any] | None]
"""The plain content of a sealed part, or None without its key."""

CLEAR = "clear"
OPEN = "open"
SEALED = "sealed"
WITHDRAWN = "withdrawn"

Fields = dict[str, Any]


class ProfileRows:
    """Writes revisions and refreshes the row of each thing they touch."""

    def __init__(self, db: Db, names: Names, unseal: Unseal) -> None:
        self._db = db
        self._names = names
        self._unseal = unseal
        self._touched: dict[int, str] = {}
        self._revisions: list[Row] = []
        self._heads_anew: set[tuple[int, str]] = set()
        self._annulled: set[tuple[int, str]] = set()  # in this batch
        self._any_annulled = db.value("SELECT 1 FROM annulled LIMIT 1") is not None  # before it

    def add(self, op: Stored, kind: str, body: Mapping[str, Any]) -> None:
        """Takes the revisions of an operation whose references are all here."""
        parts = [sealed_part(kind, part) for part in body.get("sealed", ())]
        opened: dict[int, Mapping[str, Any] | None] = {}
        for line in body.get("revisions", ()):
            revision = revision_of(line)
            thing = self._names.make_thing(revision.type, revision.id)
            sealed, state, owner = None, CLEAR, None
            if revision.sealed is not None:
                part = parts[revision.sealed]
                if revision.sealed not in opened:
                    opened[revision.sealed] = self._unseal(part)
                owner = f"{part.owner} {part.purpose} {part.number}"
                sealed, state = self._open(revision, opened[revision.sealed], part)
            self._write(op, revision, thing, sealed, state, owner)
            self._touched[thing] = revision.type

    def _open(self, revision: Revision, content: Mapping[str, Any] | None, part: SealedPart) -> tuple[str | None, str]:
        """The JSON of a revision's sealed fields and its state."""
        if content is None:
            gone = self._db.value(
                "SELECT 1 FROM household_key WHERE owner = ? AND purpose = ? AND number = ? AND key IS NULL",
                (part.owner, part.purpose, part.number),
            )
            return None, WITHDRAWN if gone else SEALED
        fields = content.get(f"{revision.type}/{revision.id}/{revision.field_group}", {})
        try:
            check_sealed(revision.type, revision.field_group, fields)
            return encode(fields).decode(), OPEN
        except (ProfileError, NotCanonicalError):
            return None, SEALED

    def _write(
        self, op: Stored, revision: Revision, thing: int, sealed: str | None, state: str, owner: str | None
    ) -> None:
        group = revision.field_group
        ancestors = 0
        if revision.saw:
            self._flush_revisions()
        for name in revision.saw:
            seen = self._names.operation(name)
            found = self._db.value(
                "SELECT ancestors FROM revision WHERE thing = ? AND field_group = ? AND op = ?", (thing, group, seen)
            )
            ancestors = max(ancestors, int(found or 0))
            self._db.run(
                "UPDATE revision SET is_head = 0 WHERE thing = ? AND field_group = ? AND op = ?", (thing, group, seen)
            )
        clear = written(dict(revision.fields)).decode()
        self._revisions.append((op.id, thing, group, clear, sealed, state, owner, ancestors + 1))
        if self._is_annulled(thing, group):
            self._heads_anew.add((thing, group))

    def _is_annulled(self, thing: int, group: str) -> bool:
        """True where something said of this field group is not said any more; only its own revisions are looked at."""
        if (thing, group) in self._annulled:
            return True
        return self._any_annulled and bool(
            self._db.value(
                "SELECT 1 FROM revision r CROSS JOIN annulled x ON x.op = r.op "
                "WHERE r.thing = ? AND r.field_group = ? LIMIT 1",
                (thing, group),
            )
        )

    def annul(self, body: Mapping[str, Any]) -> None:
        """What these revisions said is not said any more: those they had seen stand against each other again."""
        for line in body.get("revisions", ()):
            thing = self._names.make_thing(line[0], line[1])
            self._annulled.add((thing, line[2]))
            self._heads_anew.add((thing, line[2]))
            self._touched[thing] = line[0]

    def _find_heads_anew(self) -> None:
        for thing, group in self._heads_anew:
            saw: dict[int, set[int | None]] = {}
            named = self._db.row("SELECT type, gid FROM thing WHERE id = ?", (thing,))
            for (op,) in self._db.rows("SELECT op FROM revision WHERE thing = ? AND field_group = ?", (thing, group)):
                saw[op] = set()
                for line in parse(log.by_id(self._db, op).line)["body"].get("revisions", ()):
                    if (line[0], line[1]) == named and line[2] == group:
                        saw[op] |= {self._names.operation(name) for name in line[4]}
            heads = heads_of(saw, annulled_of(self._db, saw))
            self._db.run_many(
                "UPDATE revision SET is_head = ? WHERE thing = ? AND field_group = ? AND op = ?",
                [(int(op in heads), thing, group, op) for op in saw],
            )
        self._heads_anew.clear()

    def _flush_revisions(self) -> None:
        self._db.run_many("INSERT OR REPLACE INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)", self._revisions)
        self._revisions.clear()

    def refresh_sealed(self, owner: str, purpose: str, number: int, read_body: Callable[[int], tuple[str, Any]]) -> int:
        """Opens (or closes) what a key that came (or was destroyed) sealed; gives how many revisions changed."""
        self._flush_revisions()
        rows = self._db.rows(
            "SELECT op, thing, field_group FROM revision WHERE seal_owner = ?", (f"{owner} {purpose} {number}",)
        )
        for op, thing, group in rows:
            kind, body = read_body(op)
            gid = self._db.row("SELECT type, gid FROM thing WHERE id = ?", (thing,))
            for line in body.get("revisions", ()):
                revision = revision_of(line)
                if gid == (revision.type, revision.id) and revision.field_group == group:
                    part = sealed_part(kind, body["sealed"][revision.sealed or 0])
                    sealed, state = self._open(revision, self._unseal(part), part)
                    self._db.run(
                        "UPDATE revision SET sealed=?, seal_state=? WHERE op=? AND thing=? AND field_group=?",
                        (sealed, state, op, thing, group),
                    )
                    self._touched[thing] = revision.type
        return len(rows)

    def flush(self) -> None:
        """Refreshes the row of every thing touched."""
        self._flush_revisions()
        self._find_heads_anew()
        shown = self._shown(self._touched)
        rows: dict[str, list[Row]] = {}
        for thing, kind in self._touched.items():
            row_of = _ROWS.get(kind)
            if row_of is not None:
                rows.setdefault(kind, []).append(row_of(self._names, thing, *shown.get(thing, ({}, CLEAR))))
        for kind, found in rows.items():
            marks = ", ".join("?" * len(found[0]))
            self._db.run_many(f"INSERT OR REPLACE INTO {_TABLES.get(kind, kind)} VALUES ({marks})", found)
        self._touched.clear()

    def _shown(self, things: Iterable[int]) -> dict[int, tuple[Fields, str]]:
        """The fields of things as shown today, and the worst state of their seals."""
        found: dict[int, dict[str, Fields]] = {}
        states: dict[int, str] = {}
        wanted = iter(things)
        for part in iter(lambda: list(islice(wanted, 500)), []):
            for thing, group, clear, sealed, seal_state in self._db.rows(
                "SELECT r.thing, r.field_group, r.clear, r.sealed, r.seal_state FROM revision r "
                "JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain "
                f"WHERE r.thing IN ({', '.join('?' * len(part))}) AND r.is_head = 1 "
                "ORDER BY r.thing, r.ancestors, c.device, c.epoch, o.seq",
                part,
            ):
                fields = {**json.loads(clear), **(json.loads(sealed) if sealed else {})}
                found.setdefault(thing, {})[group] = fields
                states[thing] = max(states.get(thing, CLEAR), seal_state, key=(CLEAR, OPEN, SEALED, WITHDRAWN).index)
        return {
            thing: ({name: value for fields in groups.values() for name, value in fields.items()}, states[thing])
            for thing, groups in found.items()
        }


def searchable(text: str) -> str:
    """A text as it is searched: folded keys of its words; what has a digit in it (codes, house numbers) as typed."""
    return " ".join((word.casefold() if is_code(word) else search_key(word)) for word in text.split())


def is_code(word: str) -> bool:
    """True for a word that folding sounds would spoil: 100 and 1100 are not one number."""
    return any(letter.isdigit() for letter in word)


def _search(*texts: str | None) -> str:
    return " ".join(searchable(text) for text in texts if text)


def _village(_names: Names, thing: int, f: Fields, _state: str) -> Row:
    search = _search(f.get("name"), f.get("latin"))
    return thing, f.get("name"), f.get("soate"), search


def _ref(names: Names, kind: str, gid: str | None) -> int | None:
    return names.thing(kind, gid) if gid else None


def _household(names: Names, thing: int, f: Fields, state: str) -> Row:
    village = _ref(names, "village", f.get("village"))
    search = _search(f.get("code"), f.get("head"), f.get("address"))
    return thing, f.get("code"), village, f.get("head"), f.get("address"), f.get("phone"), search, state


def _person(names: Names, thing: int, f: Fields, state: str) -> Row:
    household = _ref(names, "household", f.get("household"))
    shown = f.get("name") or " ".join(f[part] for part in ("surname", "given", "father") if f.get(part)) or None
    search = _search(shown, f.get("nickname"), f.get("maiden"), f.get("passport_spelling"))
    columns = (shown, f.get("father"), f.get("nickname"), f.get("sex"), f.get("birth"), f.get("language"))
    return thing, household, *columns, search, state


def _group(names: Names, thing: int, f: Fields, _state: str) -> Row:
    village = _ref(names, "village", f.get("village"))
    places = encode(f.get("places") or []).decode()
    return (
        thing, f.get("code"), f.get("name"), village, f.get("lifecycle"), f.get("formed_on"),
        f.get("currency"), f.get("minor_digits"), f.get("smallest_minor"), places, f.get("device"),
        f.get("state") or "active", _search(f.get("code"), f.get("name")),
    )  # fmt: skip


def _membership(names: Names, thing: int, f: Fields, _state: str) -> Row:
    return (
        thing, _ref(names, "group", f.get("group")), _ref(names, "person", f.get("person")),
        _ref(names, "household", f.get("household")), f.get("number"), counting_order(f.get("number")),
        f.get("booklet"), f.get("joined"), f.get("left"), f.get("why"),
    )  # fmt: skip


def _officer(names: Names, thing: int, f: Fields, _state: str) -> Row:
    group, member = _ref(names, "group", f.get("group")), _ref(names, "membership", f.get("membership"))
    return thing, group, member, f.get("post"), f.get("since"), f.get("until")


_ROWS: Mapping[str, Callable[[Names, int, Fields, str], Row]] = {
    "village": _village,
    "household": _household,
    "person": _person,
    "group": _group,
    "membership": _membership,
    "officer": _officer,
}
"""By type: the row of a thing as it is shown today."""

_TABLES = {"group": "shg"}
"""Tables that are not named as their type: `group` is a word of SQL."""
