"""What an office answered before its book was put back from a copy, and has lost: its laptops leave that out as well.

Such an office goes on in a new chain. What it has of its former ones its receipts tell (`office_lives`). Of an office
whose receipts have told nothing (it was left under an older program) the answers say it themselves (`heads`): of those
about one difference that do not know each other that of the chain heard of last is the later one.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import chain
from typing import Any

from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import is_op_name
from shg_desk.domain.known_heads import KnownHeads
from shg_desk.domain.known_heads import had
from shg_desk.domain.known_heads import read_known_heads
from shg_desk.domain.problems import Code
from shg_desk.domain.record_lines import readable_parts
from shg_desk.store import log
from shg_desk.store.db import Db
from shg_desk.store.decided import REOPENED
from shg_desk.store.decided import decided_about
from shg_desk.store.decided import mark_of
from shg_desk.store.decided import offices
from shg_desk.store.decided import writes_as_office
from shg_desk.store.log import Stored
from shg_desk.store.office_lives import Living
from shg_desk.store.office_lives import living
from shg_desk.store.standings import State

CHOSEN = ("profile", "rules", "correction")
"""Kinds of records that an answer writes to say which of several things holds."""

COUNT = "count"

Answer = tuple[OpName, dict[str, Any]]


def overtaken(db: Db) -> list[tuple[Stored, bool]]:
    """The lost answers and what they wrote; with each whether it is left out, or stays and says nothing any more.

    What moved no money stays, for a meeting may name the version that was chosen. At an office itself nothing is here
    that it has lost.
    """
    found: dict[OpName, None] = {}
    for device in () if writes_as_office(db) else offices(db):
        known = living(db, device)
        for name, body in _lost_answers(db, device, known):
            found[name] = None
            for link in map(OpName.parse, filter(is_op_name, body.get("links", ()))):
                if link.device == device and (known is None or known.has_lost(link.epoch, link.seq)):
                    found[link] = None
    return [(op, is_out) for name in found for op in log.named(db, name) if (is_out := _is_left_out(op)) is not None]


def _is_left_out(op: Stored) -> bool | None:
    """Whether a lost answer, or what it wrote, is left out; None for what no answer writes."""
    kind, body = readable_parts(op.line) or ("", {})
    if kind == "settlement":
        return True
    return bool(body.get("entries")) if kind in CHOSEN else None


def _lost_answers(db: Db, device: str, known: Living | None) -> Iterator[Answer]:
    """The answers of an office that it has lost, whatever they are about."""
    if known is not None:
        return _answers(db, device, known)
    read = list(_answers(db, device)) if db.value("SELECT count(*) FROM chain WHERE device = ?", (device,)) > 1 else []
    undone = {link for _, body in read if body["choice"] == REOPENED for link in body.get("links", ())}
    together: dict[str, list[Answer]] = {}
    for name, body in read:
        if body["choice"] != REOPENED:
            together.setdefault(_what_it_is_about(body["difference"]), []).append((name, body))
    lost = chain.from_iterable(map(_unknown_to_the_last, together.values()))
    return ((name, body) for name, body in lost if str(name) not in undone)


def _answers(db: Db, device: str, known: Living | None = None) -> Iterator[Answer]:
    """What a device answered, or of it what its living book has lost; chain after chain as they were heard of."""
    rows = db.rows(
        "SELECT c.epoch, o.seq, o.line FROM operation o JOIN chain c ON c.id = o.chain "
        "WHERE c.device = ? AND c.epoch <> ? AND instr(o.line, ?) ORDER BY c.id, o.seq, o.id",
        (device, known.life if known else "", b'"kind":"settlement"'),
    )
    for epoch, seq, line in rows:
        if known is not None and not known.has_lost(epoch, seq):
            continue
        kind, body = readable_parts(bytes(line)) or ("", {})
        if kind == "settlement":
            yield OpName(device, epoch, seq), body


def is_unheeded(db: Db) -> bool:
    """True where a record counts that the office left out or has lost, or is left out that it has let in since, or
    that nothing leaves out any more; or where one waits for a version of the rules that will never come.
    """
    if _waits_for_lost_rules(db):
        return True
    lost = overtaken(db)
    last = decided_about(db) | {(str(op.name), mark_of(op.hash)): False for op, is_out in lost if is_out}
    for (name, mark), counts in last.items():
        for op in log.named(db, OpName.parse(name)):
            if mark_of(op.hash) != mark:
                continue
            row = db.row("SELECT state, code FROM standing WHERE op = ?", (op.id,))
            if row is not None and (row[1] == Code.REJECTED) == counts:
                return True
    out = {mark for (_, mark), counts in last.items() if not counts}
    rows = db.rows(
        "SELECT o.hash FROM standing s JOIN operation o ON o.id = s.op WHERE s.state = ? AND s.code = ?",
        (State.QUARANTINED, Code.REJECTED.value),
    )
    return any(mark_of(bytes(hashed)) not in out for (hashed,) in rows)


def _waits_for_lost_rules(db: Db) -> bool:
    lives = {} if writes_as_office(db) else {one: known for one in offices(db) if (known := living(db, one))}
    for need, op in db.rows("SELECT need, op FROM waiting WHERE substr(need, 1, 2) = 'o:'") if lives else ():
        name = OpName.parse(need[2:])
        known = lives.get(name.device)
        if known is not None and known.has_lost(name.epoch, name.seq) and log.by_name(db, name) is None:
            _, body = readable_parts(log.by_id(db, op).line) or ("", {})
            if body.get("rules") == str(name):
                return True
    return False


def former_heads(db: Db, device: str, epoch: str) -> list[list[Any]]:
    """The last record of each chain a book's device wrote before this one, as an answer says them (`heads`)."""
    rows = db.rows(
        "SELECT c.epoch, o.seq, o.head FROM chain c JOIN operation o ON o.chain = c.id WHERE c.device = ? "
        "AND c.epoch <> ? AND o.seq = (SELECT max(p.seq) FROM operation p WHERE p.chain = c.id) ORDER BY c.epoch",
        (device, epoch),
    )
    return [[device, former, seq, bytes(head).hex()] for former, seq, head in rows]


def _what_it_is_about(difference: str) -> str:
    """A count is known by its record and its place; the last word is what the book says today."""
    return difference.rpartition(" ")[0] if difference.split(" ", maxsplit=1)[0] == COUNT else difference


def _unknown_to_the_last(answers: Sequence[Answer]) -> Iterator[Answer]:
    """Those answers about one difference, as they came, that the writer of the last one did not have."""
    last, knew = answers[0][0], _knew(answers[0][1])
    for name, body in answers[1:]:
        if not _had(knew, name):
            last, knew = name, _knew(body)
    return (one for one in answers if one[0].epoch != last.epoch and not _had(knew, one[0]))


def _knew(body: Mapping[str, Any]) -> KnownHeads:
    return read_known_heads(body.get("heads"))


def _had(knew: KnownHeads, name: OpName) -> bool:
    return had(knew, name.device, name.epoch, name.seq)
