"""Rows that single kinds of operations add beside ledger and profiles: meetings, rules, settlements, notes..."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from shg_desk.domain.amendments import Correcting
from shg_desk.domain.amendments import amended
from shg_desk.domain.amendments import apart
from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import parse
from shg_desk.domain.kinds import KINDS
from shg_desk.domain.kinds import own_parts
from shg_desk.store import log
from shg_desk.store.days import day_and_month
from shg_desk.store.db import Db
from shg_desk.store.derive_annulled import annulled_of
from shg_desk.store.derive_annulled import heads_of
from shg_desk.store.log import Stored
from shg_desk.store.names import Names


class KindRows:
    """Rows waiting to be written; what is rare is written at once."""

    def __init__(self, db: Db, names: Names) -> None:
        self.db = db
        self._names = names
        self.meetings: list[tuple[Any, ...]] = []
        self.attendance: list[tuple[Any, ...]] = []
        self.corrected: set[int] = set()
        """Meetings of which something beside the money was put right."""

    def flush(self) -> None:
        """Writes what was gathered, and lays corrections over their meetings."""
        self.write()
        for meeting in sorted(self.corrected):
            _lay_over(self, self._names, meeting)
        self.corrected.clear()
        self.write()

    def write(self) -> None:
        """Writes the rows gathered."""
        self.db.insert_many("meeting", self.meetings)
        self.db.insert_many("attendance", self.attendance)
        self.meetings.clear()
        self.attendance.clear()


def _meeting(rows: KindRows, names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    marks = body.get("attendance", "")
    represented = body.get("represented", {})
    members = names.make_things("membership", body.get("members", ()))
    day, _ = day_and_month(body["date"])
    next_day = day_and_month(body["next"])[0] if "next" in body else None
    rows.meetings.append(
        (op.id, shg, day, body.get("number"), int(body["held"]), body.get("reason"), next_day, *_counts(marks))
    )
    for index, (member, mark) in enumerate(zip(members, marks, strict=False)):
        by_whom = represented.get(str(index))
        rows.attendance.append((op.id, member, mark, None if by_whom is None else str(by_whom)))


def _counts(marks: str) -> tuple[int, int, int]:
    """How many have a mark, how many were there, how many sent somebody."""
    return len(marks) - marks.count("-"), sum(mark in "pl" for mark in marks), marks.count("r")


def _amend(rows: KindRows, names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    """A correction of how members stood at a meeting: what all corrections of it say, laid over it in their order.

    One comes after those it had seen; those that had not seen each other stand by name. So arrival decides nothing.
    """
    meeting = names.operation(body["meeting"]) if "meeting" in body else None
    rows.write()
    if meeting is None or not rows.db.value("SELECT 1 FROM meeting WHERE op = ? AND shg = ?", (meeting, shg)):
        return
    seen = [names.operation(name) for name in body.get("saw", ())]
    ranks = [rows.db.value("SELECT rank FROM amended WHERE meeting = ? AND op = ?", (meeting, one)) for one in seen]
    rank = 1 + max((one for one in ranks if one is not None), default=0)
    rows.db.run("INSERT INTO amended VALUES (?, ?, ?)", (meeting, op.id, rank))
    if "number" in body:
        _number(rows.db, meeting)
    if "attendance" in body or "decisions" in body:
        rows.corrected.add(meeting)


def _lay_over(rows: KindRows, names: Names, meeting: int) -> None:
    """How members stood at a meeting by all its corrections, and which of these stand against each other."""
    db = rows.db
    corrections = amending(db, meeting)
    bodies = {op: _body_of(db, op) for op in (meeting, *amending(db, meeting, annulled=True))}
    marks = amended([(bodies[op], ()) for op in (meeting, *corrections)]).marks
    db.run("DELETE FROM attendance WHERE op = ?", (meeting,))
    members = names.make_things("membership", marks)
    rows.attendance += [(meeting, member, mark, None) for member, mark in zip(members, marks.values(), strict=True)]
    db.run(
        "UPDATE meeting SET members = ?, present = ?, represented = ? WHERE op = ?",
        (*_counts("".join(marks.values())), meeting),
    )
    said = {name: op for op in bodies if op != meeting for name in (str(log.by_id(db, op).name),)}
    left_out = {name for name, op in said.items() if op not in corrections}
    open_ones = apart([Correcting(name, bodies[op]) for name, op in said.items()], left_out)
    against = sorted({said[name] for one in open_ones for name in one.said})
    db.run("DELETE FROM marks_twice WHERE meeting = ?", (meeting,))
    db.run_many("INSERT INTO marks_twice VALUES (?, ?)", [(meeting, op) for op in against])


def _body_of(db: Db, op: int) -> dict[str, Any]:
    read = parse(log.by_id(db, op).line)
    return own_parts(read["kind"], read["body"])


def _number(db: Db, meeting: int) -> None:
    """The number a meeting has by the last of its corrections that names one."""
    reads = [parse(log.by_id(db, op).line) for op in (meeting, *amending(db, meeting))]
    said = [body["number"] for read in reads if "number" in (body := own_parts(read["kind"], read["body"]))]
    db.run("UPDATE meeting SET number = ? WHERE op = ?", (said[-1] if said else None, meeting))


def amending(db: Db, meeting: int, *, annulled: bool = False) -> list[int]:
    """The corrections of a meeting that say more than money, in their order; arrival numbers.

    Those whose answer was undone are among them only with `annulled`.
    """
    return [
        int(op)
        for (op,) in db.rows(
            "SELECT a.op FROM amended a JOIN operation o ON o.id = a.op JOIN chain c ON c.id = o.chain "
            "WHERE a.meeting = ? AND (? OR NOT EXISTS (SELECT 1 FROM annulled x WHERE x.op = a.op)) "
            "ORDER BY a.rank, c.device, c.epoch, o.seq",
            (meeting, annulled),
        )
    ]


def _rules(rows: KindRows, names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    for name in body["saw"]:
        rows.db.run("UPDATE rules SET is_head = 0 WHERE op = ?", (names.operation(name),))
    day, _ = day_and_month(body["from"])
    rows.db.run("INSERT INTO rules VALUES (?, ?, ?, ?, 1)", (op.id, shg, day, encode(body["content"]).decode()))
    versions = {int(one) for (one,) in rows.db.rows("SELECT op FROM rules WHERE shg = ?", (shg,))}
    if annulled_of(rows.db, versions):
        rules_heads_anew(rows.db, names, shg)


def rules_heads_anew(db: Db, names: Names, shg: int | None) -> None:
    """Which versions of a group's rules no other one has seen, where a chosen version was given up again."""
    saw = {
        int(op): {names.operation(name) for name in _body_of(db, op)["saw"]}
        for (op,) in db.rows("SELECT op FROM rules WHERE shg = ?", (shg,))
    }
    heads = heads_of(saw, annulled_of(db, saw))
    db.run_many("UPDATE rules SET is_head = ? WHERE op = ?", [(int(op in heads), op) for op in saw])


def _settlement(rows: KindRows, _names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    rows.db.run("INSERT INTO settled VALUES (?, ?, ?)", (body["difference"], op.id, body["choice"]))


def _closing(rows: KindRows, _names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    days = day_and_month(body["from"])[0], day_and_month(body["until"])[0]
    rows.db.run("INSERT INTO closing VALUES (?, ?, ?, ?)", (op.id, shg, *days))


def _note(rows: KindRows, names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    household = names.make_thing("household", body["household"])
    rows.db.run(
        "INSERT INTO note VALUES (?, ?, ?, ?)", (op.id, household, encode(body["roles"]).decode(), body["note"])
    )


def _tombstone(rows: KindRows, names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    thing = names.make_thing(body["type"], body["id"])
    rows.db.run("INSERT INTO tombstone VALUES (?, ?, ?)", (thing, op.id, body.get("reason")))


def _same_as(rows: KindRows, names: Names, op: Stored, body: Mapping[str, Any], _shg: int | None) -> None:
    pair = names.make_thing(body["type"], body["id"]), names.make_thing(body["type"], body["other"])
    rows.db.run("INSERT INTO same_as VALUES (?, ?, ?, ?)", (*pair, op.id, int(body["same"])))


def _file(rows: KindRows, names: Names, op: Stored, body: Mapping[str, Any], shg: int | None) -> None:
    thing, about = names.make_thing("file", body["file"]), names.operation(body["about"])
    said = (body["sha256"], body["length"], body["media"], body["key"], body.get("page"), body.get("pages"))
    rows.db.run("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (op.id, thing, shg, about, *said))


SPECIAL: Mapping[str, Callable[[KindRows, Names, Stored, Mapping[str, Any], int | None], None]] = {
    "meeting": _meeting,
    "correction": _amend,
    "rules": _rules,
    "settlement": _settlement,
    "closing": _closing,
    "note": _note,
    "tombstone": _tombstone,
    "same-as": _same_as,
    "file": _file,
}
"""By kind: what writes its rows, called once its references are all here."""

assert set(SPECIAL) <= set(KINDS)
