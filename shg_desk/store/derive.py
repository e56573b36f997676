"""From the log to the derived tables: each operation is applied, held or quarantined as a whole.

Applying copies and adds, so the tables depend only on which operations are applied, not on the order they came in.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from enum import IntEnum
from typing import Any

from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import parse
from shg_desk.domain.ids import OpName
from shg_desk.domain.kinds import KINDS
from shg_desk.domain.kinds import KindError
from shg_desk.domain.kinds import group_of
from shg_desk.domain.kinds import is_known
from shg_desk.domain.kinds import references
from shg_desk.domain.kinds import validate
from shg_desk.domain.problems import Code
from shg_desk.store import log
from shg_desk.store import schema
from shg_desk.store.db import Db
from shg_desk.store.derive_ledger import LedgerRows
from shg_desk.store.derive_ledger import day_and_month
from shg_desk.store.derive_profiles import ProfileRows
from shg_desk.store.derive_profiles import Unseal
from shg_desk.store.log import Stored
from shg_desk.store.names import Names


class State(IntEnum):
    """What became of an operation."""

    APPLIED = 0
    HELD = 1
    QUARANTINED = 2


@dataclass(slots=True)
class Derived:
    """What a batch came to: counts by state, and the groups (global ids) whose figures changed."""

    applied: int = 0
    held: int = 0
    released: int = 0
    quarantined: int = 0
    groups: set[str] = field(default_factory=set)


class Deriver:
    """Derives one batch of operations inside the caller's transaction; `finish` writes what was gathered."""

    def __init__(self, db: Db, unseal: Unseal) -> None:
        self._db = db
        self._names = Names(db)
        self._ledger = LedgerRows(db, self._names)
        self._profiles = ProfileRows(db, self._names, unseal)
        self._applied: dict[int, int | None] = {}
        self._standing: list[tuple[Any, ...]] = []
        self._waiting: dict[str, set[int]] = {}
        for need, op in db.rows("SELECT need, op FROM waiting"):
            self._waiting.setdefault(need, set()).add(op)
        self._still_waiting = {need: set(ops) for need, ops in self._waiting.items()}
        self._revoked = {code: name for code, name in db.rows("SELECT code, revoked FROM device") if name}
        self.outcome = Derived()

    def take(self, op: Stored) -> None:
        """Applies, holds or quarantines one operation, and then what was waiting for it."""
        self._take(op)
        self._release(f"s:{op.name}")

    def _take(self, op: Stored) -> None:
        code = self._suspect(op)
        if code is not None:
            self._stand(op, State.QUARANTINED, code)
            return
        try:
            line = parse(op.line)
            kind, version, body = line["kind"], line["v"], line["body"]
            if type(kind) is not str or type(version) is not int:
                raise KindError("no kind")
            if not is_known(kind, version):
                self._hold(op, {"kind"}, Code.KIND_UNKNOWN, kind)
                return
            validate(kind, body)
        except (NotCanonicalError, KindError, KeyError, TypeError):
            self._stand(op, State.QUARANTINED, Code.LINE_UNREADABLE)
            return
        missing = self._missing(op, body)
        if missing:
            self._hold(op, missing, Code.REFERENCE_MISSING, kind)
            return
        self._apply(op, kind, body)

    def _suspect(self, op: Stored) -> Code | None:
        """Why an operation needs a decision before it counts: a second line under its name, or a revoked device."""
        first = self._names.operation(str(op.name))
        if first is not None and first < op.id:
            return Code.FORKED
        revoked = self._revoked.get(op.name.device)
        if revoked is not None and not op.relayed:
            last = OpName.parse(revoked)
            if (op.name.epoch, op.name.seq) != (last.epoch, min(op.name.seq, last.seq)):
                return Code.DEVICE_REVOKED
        return None

    def _missing(self, op: Stored, body: Mapping[str, Any]) -> set[str]:
        """What has to come before this operation can count."""
        missing = set()
        if not op.relayed and op.name.seq > 1:
            before = str(OpName(op.name.device, op.name.epoch, op.name.seq - 1))
            if self._names.operation(before) is None:
                missing.add(f"s:{before}")
        wanted = references(body)
        missing.update(f"o:{name}" for name in wanted.operations if not self._is_applied(name))
        missing.update(f"t:{kind}:{gid}" for kind, gid in wanted.things if self._names.thing(kind, gid) is None)
        missing.update(f"t:loan:{gid}" for gid in wanted.loans if self._names.thing("loan", gid) is None)
        missing.update(f"t:household:{gid}" for gid in wanted.households if self._names.thing("household", gid) is None)
        return missing

    def _is_applied(self, name: str) -> bool:
        op = self._names.operation(name)
        if op is None:
            return False
        if op not in self._applied:
            row = self._db.row("SELECT depth FROM standing WHERE op = ? AND state = 0", (op,))
            if row is None:
                return False
            self._applied[op] = row[0]
        return True

    def _apply(self, op: Stored, kind: str, body: Mapping[str, Any]) -> None:
        names = self._names
        self._profiles.add(op, kind, body)
        made = {(line[0], line[1]) for line in body.get("revisions", ())}
        made.update(("loan", new["loan"]) for new in body.get("new_loans", ()))
        gid = group_of(body)
        shg = names.thing("group", gid) if gid else None
        depth = day = seen = None
        if shg is not None and gid is not None:
            self.outcome.groups.add(gid)
            seen_name = body.get("seen")
            seen = names.operation(seen_name) if seen_name else None
            depth = (self._depth(seen) if seen else 0) + 1
            day = day_and_month(body["date"])[0] if "date" in body else None
            self._ledger.add(op, body, shg)
            if kind == "import":
                self._ledger.add_import_keys(op, body)
        special = _SPECIAL.get(kind)
        if special is not None:
            special(self._db, names, op, body, shg)
        self._applied[op.id] = depth
        self.outcome.applied += 1
        self._standing.append((op.id, State.APPLIED, None, shg, day, depth, seen, kind))
        self._release(f"o:{op.name}")
        for thing_kind, thing_gid in made:
            self._release(f"t:{thing_kind}:{thing_gid}")

    def _depth(self, op: int) -> int:
        return self._applied.get(op) or 0

    def _hold(self, op: Stored, missing: Iterable[str], code: Code, kind: str) -> None:
        for need in missing:
            self._still_waiting.setdefault(need, set()).add(op.id)
        self._standing.append((op.id, State.HELD, code.value, None, None, None, None, kind))
        self.outcome.held += 1

    def _stand(self, op: Stored, state: State, code: Code) -> None:
        self._standing.append((op.id, state, code.value, None, None, None, None, None))
        self.outcome.quarantined += 1

    def _release(self, need: str) -> None:
        """Tries again what waited for this."""
        for op_id in sorted(self._still_waiting.pop(need, ())):
            for others in self._still_waiting.values():
                others.discard(op_id)
            self.outcome.released += 1
            self._take(log.by_id(self._db, op_id))

    def refresh_sealed(self, owner: str, purpose: str, number: int) -> None:
        """Opens or closes what a key seals, after it came or was destroyed."""
        self._names.flush()
        self._profiles.refresh_sealed(owner, purpose, number, lambda op: _read(self._db, op))

    def finish(self) -> Derived:
        """Writes everything gathered and gives what the batch came to."""
        db = self._db
        self._names.flush()
        self._ledger.flush()
        self._profiles.flush()
        db.run_many("INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._standing)
        waiting = {need: ops for need, ops in self._still_waiting.items() if ops}
        if waiting != self._waiting:
            db.run("DELETE FROM waiting")
            db.run_many(
                "INSERT INTO waiting VALUES (?, ?)", [(need, op) for need, ops in waiting.items() for op in sorted(ops)]
            )
        self._standing = []
        self._waiting = {need: set(ops) for need, ops in waiting.items()}
        return self.outcome


def _read(db: Db, op: int) -> tuple[str, Any]:
    line = parse(log.by_id(db, op).line)
    return line["kind"], line["body"]


def rebuild(db: Db, unseal: Unseal, progress: Callable[[int, int], None] = lambda done, of: None) -> Derived:
    """Makes every derived table again from the log, in one transaction: readers see the old ones until it is done."""
    with db.transaction():
        total = log.newest(db)
        schema.make_derived(db)
        deriver = Deriver(db, unseal)
        for op in log.everything(db):
            deriver.take(op)
            if op.id % 500 == 0:
                deriver.finish()
                progress(op.id, total)
        return deriver.finish()


def _meeting(db: Db, names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    marks = body.get("attendance", "")
    represented = body.get("represented", {})
    members = [names.make_thing("membership", gid) for gid in body.get("members", ())]
    day, _ = day_and_month(body["date"])
    next_day = day_and_month(body["next"])[0] if "next" in body else None
    here = sum(mark in "pl" for mark in marks)
    db.run(
        "INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (op.id, shg, day, body.get("number"), int(body["held"]), body.get("reason"), next_day,
         len(marks.replace("-", "")), here, marks.count("r")),
    )  # fmt: skip
    rows = [
        (op.id, member, mark, represented.get(str(index)))
        for index, (member, mark) in enumerate(zip(members, marks, strict=False))
    ]
    db.run_many("INSERT INTO attendance VALUES (?, ?, ?, ?)", rows)


def _rules(db: Db, names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    for name in body["saw"]:
        db.run("UPDATE rules SET is_head = 0 WHERE op = ?", (names.operation(name),))
    day, _ = day_and_month(body["from"])
    db.run("INSERT INTO rules VALUES (?, ?, ?, ?, 1)", (op.id, shg, day, encode(body["content"]).decode()))


def _settlement(db: Db, _names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    db.run("INSERT INTO settled VALUES (?, ?, ?)", (body["difference"], op.id, body["choice"]))


def _closing(db: Db, _names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    days = day_and_month(body["from"])[0], day_and_month(body["until"])[0]
    db.run("INSERT INTO closing VALUES (?, ?, ?, ?)", (op.id, shg, *days))


def _note(db: Db, names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    household = names.make_thing("household", body["household"])
    db.run("INSERT INTO note VALUES (?, ?, ?, ?)", (op.id, household, encode(body["roles"]).decode(), body["note"]))


def _tombstone(db: Db, names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    thing = names.make_thing(body["type"], body["id"])
    db.run("INSERT INTO tombstone VALUES (?, ?, ?)", (thing, op.id, body.get("reason")))


def _same_as(db: Db, names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    pair = names.make_thing(body["type"], body["id"]), names.make_thing(body["type"], body["other"])
    db.run("INSERT INTO same_as VALUES (?, ?, ?, ?)", (*pair, op.id, int(body["same"])))


_SPECIAL: Mapping[str, Callable[[Db, Names, Stored, Mapping[str, Any], int | None], None]] = {
    "meeting": _meeting,
    "rules": _rules,
    "settlement": _settlement,
    "closing": _closing,
    "note": _note,
    "tombstone": _tombstone,
    "same-as": _same_as,
}
assert set(_SPECIAL) <= set(KINDS)
