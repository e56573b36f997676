"""What still counts: how often every corrected entry does, and which meetings were taken back whole.

A correction can be taken back itself, so that an entry counts once, less what takes it back and counts: a correction
of a correction gives it back. This is the one answer that ledger, minutes, attendance, dues and differences read.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from heapq import heapify
from heapq import heappop
from heapq import heappush
from typing import Any

from shg_desk.domain.canonical import parse
from shg_desk.domain.corrections import ELSEWHERE
from shg_desk.domain.corrections import TAKES_COUNT_BACK
from shg_desk.domain.corrections import TAKES_MEETING_BACK
from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.domain.entries import Block
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import is_op_name
from shg_desk.domain.ids import split_entry_name
from shg_desk.domain.kinds import own_parts
from shg_desk.store import log
from shg_desk.store.db import Db
from shg_desk.store.decided import REOPENED
from shg_desk.store.decided import answering
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.log import Stored
from shg_desk.store.names import Names

TWO_MEETINGS = ("same-date", "same-predecessor")
"""What the name of a difference about two meetings begins with."""


class CorrectionRows:
    """Rows waiting to be written; they are, after the ledger's and the meetings'."""

    def __init__(self, db: Db, names: Names) -> None:
        self._db = db
        self._names = names
        self._pairs: list[tuple[int, int]] = []
        self._meetings: set[int] = set()  # to be looked at again
        self._counts: list[tuple[int, str]] = []  # taken back, each with the group of what says so

    def add(self, op: Stored, kind: str, body: Mapping[str, Any], blocks: Iterable[Block]) -> None:
        """Takes what an operation whose references are all here says of entries and meetings before it."""
        if kind == "meeting" and not body.get("entries"):
            self._meetings.add(op.id)
        elif kind == "settlement":
            found = [self._names.operation(name) for name in _two_meetings(body["difference"])]
            self._meetings.update(one for one in found if one is not None)
        elif kind == "correction":
            self._add_correction(op, body, blocks)

    def _add_correction(self, op: Stored, body: Mapping[str, Any], blocks: Iterable[Block]) -> None:
        takers: dict[str, list[int]] = {name: [] for name in body.get("corrects", ())}
        number = op.id * ENTRY_BITS
        for block in blocks:
            for facts in block.facts:
                number += 1
                taken = facts.get("corrects") if facts else None
                if taken in takers:
                    takers[taken].append(number)
        for name, by in takers.items():
            corrected, n = split_entry_name(name)
            local = self._names.operation(corrected)
            if local is not None:
                # one that does not say which of its entries does it takes back as a whole
                self._pairs += [(local * ENTRY_BITS + n, one) for one in by or [op.id * ENTRY_BITS]]
        meeting = self._names.operation(body["meeting"]) if "meeting" in body else None
        if meeting is not None:
            self._meetings.add(meeting)
            if body["how"] == TAKES_COUNT_BACK:
                self._counts.append((meeting, body["group"]))

    def flush(self) -> None:
        """Writes what was gathered, and works out again what it touches."""
        if not self._pairs and not self._meetings:
            return
        db = self._db
        db.run_many("INSERT OR IGNORE INTO corrected VALUES (?, ?)", self._pairs)
        touched = {entry for entry, _ in self._pairs}
        again = [-entry for entry in touched]
        heapify(again)  # what came last first: what takes an entry back is known before the entry is looked at
        while again:
            entry = -heappop(again)
            while again and again[0] == -entry:
                heappop(again)
            whole = entry - entry % ENTRY_BITS  # stands for the operation where it takes back as a whole
            times = 1 - _times_taken_back(db, entry) if entry != whole else int(_any_counts(db, entry // ENTRY_BITS))
            if self._keep(entry, times):
                further = {int(one) for (one,) in db.rows("SELECT entry FROM corrected WHERE by = ?", (entry,))}
                touched |= further
                if entry != whole and db.value("SELECT 1 FROM corrected WHERE by = ?", (whole,)):
                    further.add(whole)
                for one in further:
                    heappush(again, -one)
        self._pairs.clear()
        for meeting in self._meetings | _meetings_above(db, {entry // ENTRY_BITS for entry in touched}):
            _look_again(db, meeting)
        self._meetings.clear()
        gone = [(op,) for op, gid in self._counts if _counts_in(db, op, gid)]
        db.run_many("INSERT OR IGNORE INTO undone VALUES (?)", gone)
        self._counts.clear()

    def _keep(self, entry: int, times: int) -> bool:
        """Remembers how often an entry counts; True where that is another answer than before."""
        db = self._db
        before = db.value("SELECT times FROM taken_back WHERE entry = ?", (entry,))
        if times == (1 if before is None else before):
            return False
        db.run("DELETE FROM taken_back WHERE entry = ?", (entry,))
        if times != 1:
            db.run("INSERT INTO taken_back VALUES (?, ?)", (entry, times))
        return True


def heed_answers(db: Db) -> None:
    """Which of the meetings that answers speak of were taken back whole, once other answers count here than before."""
    named = {name for (said,) in db.rows("SELECT DISTINCT difference FROM settled") for name in _two_meetings(said)}
    for name in sorted(named):
        op = log.by_name(db, OpName.parse(name))
        if op is not None:
            _look_again(db, op.id)


def _two_meetings(difference: str) -> list[str]:
    """The records that a difference about two meetings names; none of another difference."""
    kind, *words = difference.split(" ")
    return [word for word in words if is_op_name(word)] if kind in TWO_MEETINGS else []


def _counts_in(db: Db, op: int, group: str) -> bool:
    """True for a count between meetings of this group. Nobody gives one back: the money is counted anew."""
    line = parse(log.by_id(db, op).line)
    return bool(line["kind"] == "count" and own_parts("count", line["body"]).get("group") == group)


def _look_again(db: Db, meeting: int) -> None:
    if not db.value("SELECT 1 FROM meeting WHERE op = ?", (meeting,)):
        return
    db.run("DELETE FROM undone WHERE op = ?", (meeting,))
    if _is_undone(db, meeting):
        db.run("INSERT INTO undone VALUES (?)", (meeting,))


def _times_taken_back(db: Db, entry: int) -> int:
    """How often what takes this entry back counts, all together."""
    return int(
        db.value(
            "SELECT ifnull(sum(ifnull(t.times, 1)), 0) FROM corrected x LEFT JOIN taken_back t ON t.entry = x.by "
            "WHERE x.entry = ?",
            (entry,),
        )
    )


def _any_counts(db: Db, op: int) -> bool:
    """False for a correction that takes back as a whole and has no entry left that counts."""
    left, had = db.rows(
        "SELECT count(*) FILTER (WHERE ifnull(t.times, 1) > 0), count(*) FROM entry e "
        "LEFT JOIN taken_back t ON t.entry = e.id WHERE e.id BETWEEN ? AND ?",
        _span(op),
    )[0]
    return bool(left or not had)


def _span(op: int) -> tuple[int, int]:
    return op * ENTRY_BITS, op * ENTRY_BITS + ENTRY_BITS - 1


def _meetings_above(db: Db, ops: Iterable[int]) -> set[int]:
    """The meetings that these operations are, or correct, or correct a correction of."""
    waiting, seen, found = list(ops), set(ops), set()
    while waiting:
        op = waiting.pop()
        if db.value("SELECT 1 FROM meeting WHERE op = ?", (op,)):
            found.add(op)
        above = db.rows(
            "SELECT DISTINCT entry / 4096 FROM corrected WHERE by BETWEEN ? AND ? "
            "UNION SELECT meeting FROM amended WHERE op = ?",
            (*_span(op), op),
        )
        new = {int(one) for (one,) in above} - seen
        waiting += new
        seen |= new
    return found


def _is_undone(db: Db, meeting: int) -> bool:
    """True where no money of a meeting stands, its own or put in its place, and it was the meeting that was not so.

    That is what a correction of the whole meeting says, or an answer that keeps another meeting instead; or nothing
    at all is left of it. Of a meeting whose lines were put right one by one the members were there all the same.
    """
    found = db.row("SELECT members FROM meeting WHERE op = ?", (meeting,))
    if found is None or _some_stands(db, meeting):
        return False
    takers = _corrections_of(db, meeting)
    said = {op: _said(db, op) for op in takers}
    if any(how not in ELSEWHERE and _some_stands(db, op) for op, (how, _) in said.items()):
        return False
    if _is_settled_away(db, meeting):
        return True
    had_money = db.value("SELECT 1 FROM entry WHERE id BETWEEN ? AND ?", _span(meeting)) is not None
    if not had_money:
        return False
    return found[0] == 0 or any(how in TAKES_MEETING_BACK and not reopened for how, reopened in said.values())


def _some_stands(db: Db, op: int) -> bool:
    """True where an entry of the operation counts that takes nothing back and names no money a correction misses."""
    return bool(
        db.value(
            "SELECT 1 FROM entry e WHERE e.id BETWEEN ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM taken_back t WHERE "
            "t.entry = e.id AND t.times < 1) AND NOT EXISTS (SELECT 1 FROM corrected x WHERE x.by = e.id) "
            "AND (e.kind <> ?3 OR EXISTS (SELECT 1 FROM meeting m WHERE m.op = ?4)) LIMIT 1",
            (*_span(op), KIND_NUMBER["difference"], op),
        )
    )


def _corrections_of(db: Db, meeting: int) -> list[int]:
    """Every correction of a meeting, and of those, as arrival numbers."""
    found, seen = [meeting], {meeting}
    for op in found:  # grows while it is walked
        below = db.rows(
            "SELECT DISTINCT by / 4096 FROM corrected WHERE entry BETWEEN ? AND ? "
            "UNION SELECT op FROM amended WHERE meeting = ?",
            (*_span(op), op),
        )
        new = [int(one) for (one,) in below if one not in seen]
        seen.update(new)
        found += new
    return found[1:]


def _said(db: Db, op: int) -> tuple[str, bool]:
    """How a correction was made, and whether it was a meeting's sheet opened again."""
    line = parse(log.by_id(db, op).line)
    body = own_parts(line["kind"], line["body"])
    return str(body.get("how", "")), "meeting" in body


def _is_settled_away(db: Db, meeting: int) -> bool:
    """True where who answers here kept another meeting instead; the sides of a difference are its parties in order.

    It needs saying of a meeting without money: there was nothing to take back.
    """
    name = str(log.by_id(db, meeting).name)
    said = db.rows("SELECT op, difference, choice FROM settled WHERE instr(difference, ?)", (name,))
    whose = answering(db) if said else ()
    answers = [one for one in said if log.by_id(db, one[0]).name.device in whose]
    taken_back = {link for op, _, choice in answers if choice == REOPENED for link in _links(db, op)}
    for op, difference, choice in answers:
        kind, *parties = difference.split(" ")
        way, _, side = choice.partition(" ")
        if kind not in TWO_MEETINGS or name not in parties or way != "keep" or not side.isdecimal():
            continue
        kept = parties[int(side) - 1] if 1 <= int(side) <= len(parties) else name
        if kept != name and str(log.by_id(db, op).name) not in taken_back:
            return True
    return False


def _links(db: Db, op: int) -> list[str]:
    line = parse(log.by_id(db, op).line)
    return list(own_parts(line["kind"], line["body"]).get("links", ()))
