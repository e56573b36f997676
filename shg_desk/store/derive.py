"""From the log to the derived tables: each operation is applied, held or quarantined as a whole.

Applying copies and adds, so the tables depend only on which operations are applied, not on the order they came in.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import parse
from shg_desk.domain.entries import Block
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import is_op_name
from shg_desk.domain.kinds import KindError
from shg_desk.domain.kinds import group_of
from shg_desk.domain.kinds import is_known
from shg_desk.domain.kinds import own_parts
from shg_desk.domain.kinds import references
from shg_desk.domain.kinds import validate
from shg_desk.domain.problems import Code
from shg_desk.store import log
from shg_desk.store import schema
from shg_desk.store.days import day_and_month
from shg_desk.store.db import Db
from shg_desk.store.decided import decisions
from shg_desk.store.decided import mark_of
from shg_desk.store.decided import offices
from shg_desk.store.decided import writes_as_office
from shg_desk.store.derive_annulled import Annulled
from shg_desk.store.derive_corrections import CorrectionRows
from shg_desk.store.derive_kinds import SPECIAL
from shg_desk.store.derive_kinds import KindRows
from shg_desk.store.derive_kinds import rules_heads_anew
from shg_desk.store.derive_ledger import LedgerRows
from shg_desk.store.derive_profiles import ProfileRows
from shg_desk.store.derive_profiles import Unseal
from shg_desk.store.log import Stored
from shg_desk.store.names import Names
from shg_desk.store.office_lives import Living
from shg_desk.store.office_lives import living
from shg_desk.store.overtaken import overtaken
from shg_desk.store.places import Places
from shg_desk.store.standings import State

ROWS_AT_ONCE = 50_000
"""Entries (or operations) gathered before they are written: many, so that they go in by key; few, to stay small."""


@dataclass(slots=True)
class Derived:
    """What a batch came to: counts by state, and the groups (global ids) whose figures changed.

    `applied` counts what came and counts now, `released` what had waited since before and counts now, `held` and
    `quarantined` what came and stays so; `destroys` names the applied operations that order keys to be destroyed.
    """

    applied: int = 0
    held: int = 0
    released: int = 0
    quarantined: int = 0
    groups: set[str] = field(default_factory=set)
    destroys: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """An operation's line, read and checked: its kind, the parts its kind has, its blocks of entries."""

    kind: str
    body: dict[str, Any]
    blocks: list[Block]


class _UnknownKindError(Exception):
    """A kind or version of a newer program."""


class Deriver:
    """Derives one batch of operations inside the caller's transaction; `finish` writes what was gathered."""

    def __init__(self, db: Db, unseal: Unseal, decided: Mapping[str, bool] | None = None) -> None:
        self._db = db
        self._names = Names(db)
        self._ledger = LedgerRows(db, self._names)
        self._profiles = ProfileRows(db, self._names, unseal)
        self._kinds = KindRows(db, self._names)
        self._corrections = CorrectionRows(db, self._names)
        self._annulled = Annulled(db, self._names)
        self._applied: dict[int, int | None] = {}
        self._standing: list[tuple[Any, ...]] = []
        self._waiting: set[tuple[str, int]] = set(db.rows("SELECT need, op FROM waiting"))  # as the table has it
        self._waiters: dict[str, set[int]] = {}
        self._needs: dict[int, set[str]] = {}
        for need, op in self._waiting:
            self._waiters.setdefault(need, set()).add(op)
            self._needs.setdefault(op, set()).add(need)
        self._came: set[int] = set()
        self._held: set[int] = set()
        self._revoked = _revocations(db)
        self._last: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._places = Places(db, self._write_out)
        self._decided = dict(decisions(db) if decided is None else decided)
        self._offices = frozenset(offices(db))
        self._overtaken: dict[int, bool] | None = None  # read when the first record of an office comes
        self._lives = _lives(db, self._offices)
        self.outcome = Derived()

    def take(self, op: Stored, *, is_first: bool = False) -> None:
        """Applies, holds or quarantines one operation, and then what was waiting for it.

        `is_first` says that no other line of its name came before it, where the caller knows that.
        """
        if is_first:
            self._names.first_comer(str(op.name), op.id)
        self._go_on([f"s:{op.name}", *self._take(op, came=True)])
        if self._ledger.waiting >= ROWS_AT_ONCE or len(self._standing) >= ROWS_AT_ONCE:
            self.finish()

    def decide(self, name: str, mark: str, *, counts: bool) -> None:
        """The office's own answer about a record that was set aside: it counts from now on, or stays out for good."""
        self._decided[mark] = counts
        set_aside = self.outcome.quarantined
        for op in log.named(self._db, OpName.parse(name)):
            waits = self._db.value("SELECT state FROM standing WHERE op = ?", (op.id,)) == State.QUARANTINED
            if waits and mark_of(op.hash) == mark:
                self._go_on(self._take(op, came=False))
        self.outcome.quarantined = set_aside

    def _go_on(self, met: list[str]) -> None:
        """Takes what waited for these needs, and what waited for that."""
        while met:
            need = met.pop()
            for waiting in sorted(self._waiters.pop(need, ())):
                self._forget_needs(waiting)
                met.extend(self._take(log.by_id(self._db, waiting), came=False))

    def _take(self, op: Stored, *, came: bool) -> list[str]:
        """What of the needs of others is met by this operation now."""
        if came:
            self._came.add(op.id)
        code = self._suspect(op)
        if code is not None:
            self._stand(op, State.QUARANTINED, code)
            return []
        try:
            read = _read_line(op.line)
            missing = self._missing(op, read.body)
        except _UnknownKindError as error:
            self._hold(op, {"kind"}, Code.KIND_UNKNOWN, str(error))
            return []
        except (NotCanonicalError, KindError, KeyError, TypeError):
            self._stand(op, State.QUARANTINED, Code.LINE_UNREADABLE)
            return []
        if missing:
            self._hold(op, missing, Code.REFERENCE_MISSING, read.kind)
            return []
        let_in = self._decided.get(mark_of(op.hash), False)
        if not self._follows(op) and not let_in:
            self._stand(op, State.QUARANTINED, Code.FORKED)
            return []
        fault = self._places.fault(op, read.body, self._names, let_in=let_in)
        if fault is not None:
            self._stand(op, State.QUARANTINED, fault)
            return []
        return self._apply(op, read)

    def _follows(self, op: Stored) -> bool:
        """False where the record before it in its chain is here and is another than the one it was written after."""
        chain, seq = (op.name.device, op.name.epoch), op.name.seq
        last = self._last.get(chain)
        self._last[chain] = seq, op.head
        if seq == 1 or last == (seq - 1, op.head_before):
            return True
        heads = log.heads(self._db, OpName(*chain, seq - 1))
        return not heads or op.head_before in heads

    def _suspect(self, op: Stored) -> Code | None:
        """Why an operation needs a decision before it counts: a second line under its name, or a revoked device.

        Or why it counts no more: the office has answered. A second line never counts, whatever was answered.
        """
        let_in = self._decided.get(mark_of(op.hash)) if self._decided else None
        if let_in is False or self._lost(op):
            return Code.REJECTED
        first = self._names.operation(str(op.name))
        if first is not None and first < op.id:
            return Code.FORKED
        if let_in:
            return None
        accepted = self._revoked.get(op.name.device)
        if accepted is not None and not op.relayed and op.name.seq > accepted.get(op.name.epoch, 0):
            return Code.DEVICE_REVOKED
        return None

    def _lost(self, op: Stored) -> bool | None:
        """Of an answer that its office has lost, and of what it wrote: whether it is left out, or says nothing."""
        if op.name.device not in self._offices:
            return None
        if self._overtaken is None:
            self._overtaken = {lost.id: is_out for lost, is_out in overtaken(self._db)}
        return self._overtaken.get(op.id)

    def _is_lost(self, name: str) -> bool:
        """True for a version of the rules that the office wrote before its book was put back from an older copy.

        It never comes, and a meeting held by it is money all the same.
        """
        device, epoch, seq = name.split(".")
        known = self._lives.get(device)
        return known is not None and known.has_lost(epoch, int(seq)) and self._names.operation(name) is None

    def _missing(self, op: Stored, body: Mapping[str, Any]) -> set[str]:
        """What has to come before this operation can count."""
        missing = set()
        if not op.relayed and op.name.seq > 1:
            before = str(OpName(op.name.device, op.name.epoch, op.name.seq - 1))
            if self._names.operation(before) is None:
                missing.add(f"s:{before}")
        wanted = references(body)
        missing.update(
            f"o:{name}"
            for name in wanted.operations
            if not self._is_applied(name) and not (name == body.get("rules") and self._is_lost(name))
        )
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

    def _apply(self, op: Stored, read: _Read) -> list[str]:
        names, kind, body = self._names, read.kind, read.body
        self._profiles.add(op, kind, body)
        gid = group_of(body)
        shg = names.thing("group", gid) if gid else None
        depth = day = seen = None
        if shg is not None and gid is not None:
            self.outcome.groups.add(gid)
            seen_name = body.get("seen")
            seen = names.operation(seen_name) if seen_name else None
            depth = 1 + max(self._depth(one) for one in (seen, *self._versions_seen(kind, body)))
            day = day_and_month(body["date"])[0] if "date" in body else None
            self._ledger.add(op, body, read.blocks, shg)
        self._corrections.add(op, kind, body, read.blocks)
        special = SPECIAL.get(kind)
        if special is not None:
            special(self._kinds, names, op, body, shg)
        for _, its_kind, said in self._annulled.by(op, kind, body, is_lost=self._lost(op) is False):
            self._annul(its_kind, said)
        if kind == "destroy":
            self.outcome.destroys.append(str(op.name))
        self._applied[op.id] = depth
        if op.id in self._came:
            self.outcome.applied += 1
        else:
            self.outcome.released += 1
        if op.id in self._held:
            self._held.remove(op.id)
            self.outcome.held -= 1
        self._standing.append((op.id, State.APPLIED, None, shg, day, depth, seen, kind))
        made = {f"t:{line[0]}:{line[1]}" for line in body.get("revisions", ())}
        made.update(f"t:loan:{new['loan']}" for new in body.get("new_loans", ()))
        made.update({f"t:file:{body['file']}"} if "file" in body else ())
        return [f"o:{op.name}", *sorted(made)]

    def _annul(self, kind: str, body: Mapping[str, Any]) -> None:
        """What a record said that an undone answer had chosen is not said any more."""
        if kind == "profile":
            self._profiles.annul(body)
        elif kind == "rules":
            rules_heads_anew(self._db, self._names, self._names.thing("group", body["group"]))
        elif "meeting" in body:
            meeting = self._names.operation(body["meeting"])
            if meeting and self._db.value("SELECT 1 FROM amended WHERE meeting = ? LIMIT 1", (meeting,)):
                self._kinds.corrected.add(meeting)

    def _versions_seen(self, kind: str, body: Mapping[str, Any]) -> list[int | None]:
        """The versions of the rules that a version was voted over: of two from one day the later vote holds."""
        return [self._names.operation(name) for name in body["saw"]] if kind == "rules" else []

    def _depth(self, op: int | None) -> int:
        return (self._applied.get(op) or 0) if op else 0

    def counts(self, op: int) -> bool:
        """True where this batch applied the operation with this arrival number."""
        return op in self._applied

    def _hold(self, op: Stored, missing: set[str], code: Code, kind: str) -> None:
        for need in missing:
            self._waiters.setdefault(need, set()).add(op.id)
        self._needs[op.id] = missing
        self._standing.append((op.id, State.HELD, code.value, None, None, None, None, kind))
        if op.id in self._came and op.id not in self._held:
            self._held.add(op.id)
            self.outcome.held += 1

    def _stand(self, op: Stored, state: State, code: Code) -> None:
        self._standing.append((op.id, state, code.value, None, None, None, None, None))
        self.outcome.quarantined += 1

    def _forget_needs(self, op: int) -> None:
        for need in self._needs.pop(op, ()):
            self._waiters.get(need, set()).discard(op)

    def refresh_sealed(self, owner: str, purpose: str, number: int) -> None:
        """Opens or closes what a key seals, after it came or was destroyed."""
        self._names.flush()
        self._profiles.refresh_sealed(owner, purpose, number, lambda op: _kind_and_body(self._db, op))

    def _write_out(self) -> None:
        """Writes the rows gathered of things and of the ledger, so that queries see them."""
        self._names.flush()
        self._ledger.flush()
        self._profiles.flush()
        self._kinds.flush()
        self._corrections.flush()
        self._places.written_out()

    def finish(self) -> Derived:
        """Writes everything gathered and gives what the batch came to."""
        db = self._db
        self._write_out()
        db.run_many("INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._standing)
        self._standing = []
        now = {(need, op) for op, needs in self._needs.items() for need in needs}
        db.run_many("DELETE FROM waiting WHERE need = ? AND op = ?", sorted(self._waiting - now))
        db.run_many("INSERT INTO waiting VALUES (?, ?)", sorted(now - self._waiting))
        self._waiting = now
        return self.outcome


def _lives(db: Db, devices: Iterable[str]) -> dict[str, Living]:
    """The living book of each office as far as it was told; an office's own has what is here."""
    if writes_as_office(db):
        said: dict[str, str] = dict(db.rows("SELECT name, value FROM setting WHERE name IN ('device', 'epoch')"))
        return {said.get("device", ""): Living(said.get("epoch", ""), {})}
    return {device: known for device in devices if (known := living(db, device)) is not None}


def _revocations(db: Db) -> dict[str, dict[str, int]]:
    """By revoked device: the last number accepted of each of its epochs (none of an epoch that is not named)."""
    found: dict[str, dict[str, int]] = {}
    for code, names in db.rows("SELECT code, revoked FROM device WHERE revoked IS NOT NULL"):
        accepted = [OpName.parse(name) for name in names.split() if is_op_name(name)]
        found[code] = {name.epoch: name.seq for name in accepted}
    return found


def _read_line(raw: bytes) -> _Read:
    """The checked content of a line. Raises NotCanonicalError, KindError, KeyError, TypeError or _UnknownKindError."""
    line = parse(raw)
    kind, version, at = line["kind"], line["v"], line["at"]
    if type(kind) is not str or type(version) is not int or type(line["by"]) is not str:
        raise KindError("no kind")
    if type(at) is not list or len(at) != 2 or not all(type(part) is int for part in at):
        raise KindError("no claimed time")
    if not is_known(kind, version):
        raise _UnknownKindError(kind)
    blocks = validate(kind, line["body"])
    return _Read(kind, own_parts(kind, line["body"]), blocks)


def _kind_and_body(db: Db, op: int) -> tuple[str, Any]:
    line = parse(log.by_id(db, op).line)
    return line["kind"], line["body"]


def rebuild(db: Db, unseal: Unseal, progress: Callable[[int, int], None] = lambda done, of: None) -> Derived:
    """Makes every derived table again from the log, in one transaction: readers see the old ones until it is done."""
    with db.transaction():
        total = log.newest(db)
        schema.make_derived(db, entry_indexes=False)
        deriver = Deriver(db, unseal, decisions(db, from_log=True))
        for op in log.everything(db):
            deriver.take(op)
            if op.id % 500 == 0:
                progress(op.id, total)
        outcome = deriver.finish()
        del deriver  # its names make room for sorting the indexes
        schema.make_entry_indexes(db)
        return outcome
