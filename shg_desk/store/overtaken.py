"""What an office answered before its book was put back from a copy, and has lost: its laptops leave that out as well.

Such an office goes on in a new chain. Its answers say what they had of its former chains (`heads`), so that no book has
to guess what was lost; of two that do not know each other that of the chain heard of last is the later one.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import chain
from typing import Any

from shg_desk.domain.canonical import parse
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
from shg_desk.store.standings import State

COUNT = "count"
MOVES_MONEY = ("same-date", "same-predecessor", "entered-twice", "corrected-twice", "settled-twice", COUNT)
"""What the name of a difference begins with whose answer may move money or take a meeting back. Of the others a lost
answer's choice says nothing any more (`derive_annulled`), for a meeting may name the version it chose.
"""

Answer = tuple[OpName, dict[str, Any]]


def overtaken(db: Db) -> list[tuple[str, str]]:
    """The lost answers that move money and were given once more, and what they wrote: the name and the mark of each.

    The office has them no more; at an office itself there are none.
    """
    found: dict[OpName, None] = {}
    for device in () if writes_as_office(db) else offices(db):
        if db.value("SELECT count(*) FROM chain WHERE device = ?", (device,)) < 2:
            continue
        rows = db.rows(
            "SELECT c.epoch, o.seq, o.line FROM operation o JOIN chain c ON c.id = o.chain "
            "WHERE c.device = ? AND instr(o.line, ?) ORDER BY c.id, o.seq, o.id",
            (device, b'"kind":"settlement"'),
        )
        found_here = ((OpName(device, epoch, seq), _settlement(bytes(line))) for epoch, seq, line in rows)
        read = [(name, body) for name, body in found_here if body is not None]
        undone = {link for _, body in read if body["choice"] == REOPENED for link in body.get("links", ())}
        answers: dict[str, list[Answer]] = {}
        for name, body in read:
            if body["choice"] != REOPENED and body["difference"].split(" ")[0] in MOVES_MONEY:
                answers.setdefault(_what_it_is_about(body["difference"]), []).append((name, body))
        for name, body in chain.from_iterable(map(_lost, answers.values())):
            if str(name) not in undone:
                wrote = (OpName.parse(link) for link in body.get("links", ()) if is_op_name(link))
                found.update(dict.fromkeys((name, *(one for one in wrote if one.device == device))))
    return [(str(name), mark_of(op.hash)) for name in found for op in log.named(db, name)]


def lost_answers(db: Db, device: str, difference: str) -> list[Answer]:
    """A device's lost answers about one difference that moves no money, of those that count here."""
    if difference.split(" ", maxsplit=1)[0] in MOVES_MONEY:
        return []
    rows = db.rows(
        "SELECT c.epoch, o.seq, o.line FROM settled d JOIN operation o ON o.id = d.op JOIN chain c ON c.id = o.chain "
        "WHERE d.difference = ? AND c.device = ? AND d.choice <> ? ORDER BY c.id, o.seq, o.id",
        (difference, device, REOPENED),
    )
    if len({epoch for epoch, _, _ in rows}) < 2:
        return []
    return list(_lost([(OpName(device, epoch, seq), parse(bytes(line))["body"]) for epoch, seq, line in rows]))


def is_unheeded(db: Db) -> bool:
    """True where a record counts that the office left out or has lost, or is left out that it has let in since, or
    that nothing leaves out any more.
    """
    last = decided_about(db) | dict.fromkeys(overtaken(db), False)
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


def _lost(answers: Sequence[Answer]) -> Iterator[Answer]:
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


def _settlement(line: bytes) -> dict[str, Any] | None:
    kind, body = readable_parts(line) or ("", None)
    return body if kind == "settlement" else None
