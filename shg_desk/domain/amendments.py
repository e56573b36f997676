"""What a correction changes of a meeting beside its money: how members stood, what was decided, let pass or counted.

A correction says only what it changes; what several say of one meeting is laid over it in order. Where two that had not
seen each other say different things of one member or of the decisions, a person is asked.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from shg_desk.domain.entries import pointed
from shg_desk.domain.kinds import ATTENDANCE
from shg_desk.domain.kinds import UNCHANGED
from shg_desk.domain.kinds import counted_minor
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import Waiver

DECISIONS = "decisions"
"""Stands among the membership ids for what the meeting decided."""

_LETTER = {word: letter for letter, word in ATTENDANCE.items()}


@dataclass(frozen=True, slots=True)
class Amendment:
    """What of a meeting is put right: marks and representatives by membership id; `decisions` and `waived` in full, or
    None; its `number`, or None.

    `meeting` is the record's name, `saw` names earlier corrections of the same meeting that were known. `waived` names
    members by id; `counts` are counts as a record has them, in place of those of the same places.
    """

    meeting: str
    marks: Mapping[str, Attendance] = field(default_factory=dict)
    represented: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] | None = None
    saw: tuple[str, ...] = ()
    waived: tuple[Waiver, ...] | None = None
    number: str | None = None
    counts: tuple[Mapping[str, Any], ...] = ()

    @property
    def changes(self) -> bool:
        """True where anything beside the money is another."""
        whole = (self.decisions, self.waived, self.number)
        return bool(self.marks or self.counts) or any(part is not None for part in whole)


@dataclass(frozen=True, slots=True)
class Amended:
    """A meeting with its corrections laid over it: marks (letters) and representatives by membership id, decisions.

    `waived` are fines let pass (membership id, reason, words), `number` the meeting's own (None: it has none), `counts`
    the last count of each place, and `counted_before` what counts of it said that were made again, the last one first.
    """

    marks: Mapping[str, str]
    represented: Mapping[str, str | None]
    decisions: tuple[tuple[Mapping[str, Any], str | None], ...]
    waived: tuple[tuple[str, str, str | None], ...] = ()
    number: str | None = None
    counts: tuple[Mapping[str, Any], ...] = ()
    counted_before: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def amendment(ground: Ground, meeting: str, was: Sheet, now: Sheet, saw: Sequence[str] = ()) -> Amendment:
    """What differs between a sheet as it stands in the book and as it should have been, beside its money."""
    before = {member.id: row for row in was.rows if (member := ground.member(row.member)) is not None}
    marks: dict[str, Attendance] = {}
    represented: dict[str, str] = {}
    for row in now.rows:
        member = ground.member(row.member)
        if member is None or row.attendance is None:
            continue
        old = before.get(member.id)
        if old is None or (old.attendance, old.represented_by) != (row.attendance, row.represented_by):
            marks[member.id] = row.attendance
            if row.represented_by:
                represented[member.id] = row.represented_by
    decisions = now.decisions if now.decisions != was.decisions else None
    passed = [_passed(ground, one) for one in (was, now)]
    waived = passed[1] if set(passed[0]) != set(passed[1]) else None
    number = now.number if now.number and now.number != was.number else None
    return Amendment(meeting, marks, represented, decisions, tuple(sorted(saw)), waived, number)


def _passed(ground: Ground, sheet: Sheet) -> tuple[Waiver, ...]:
    """The fines a sheet lets pass, members by id."""
    found = ((ground.member(one.member), one) for one in sheet.waivers)
    return tuple(replace(one, member=member.id) for member, one in found if member is not None)


def amendment_parts(
    made: Amendment, members: Sequence[str], first_text: int
) -> tuple[list[str], dict[str, Any], list[str]]:
    """An amendment as parts of a body that lists `members` already: its members, the parts, and the texts to seal.

    The texts are numbered from `first_text`.
    """
    everybody = list(dict.fromkeys((*members, *made.marks, *(one.member for one in made.waived or ()))))
    parts: dict[str, Any] = {"meeting": made.meeting}
    texts: list[str] = []

    def text(words: str) -> int:
        texts.append(words)
        return first_text + len(texts) - 1

    if made.saw:
        parts["saw"] = list(made.saw)
    if made.marks:
        parts["attendance"] = "".join(
            _LETTER[mark.value] if (mark := made.marks.get(member)) is not None else UNCHANGED for member in everybody
        )
    represented = {str(everybody.index(member)): text(name) for member, name in made.represented.items()}
    if represented:
        parts["represented"] = represented
    if made.decisions is not None:
        parts["decisions"] = [_decision(decision, text(decision.text)) for decision in made.decisions]
    if made.waived is not None:
        parts["waived"] = [
            {"member": everybody.index(one.member), "why": one.why, "text": text(one.text)} for one in made.waived
        ]
    if made.number is not None:
        parts["number"] = made.number
    if made.counts:
        parts["counts"] = [dict(one) for one in made.counts]
    return everybody, parts, texts


def _decision(decision: Decision, text: int) -> dict[str, Any]:
    votes = {"for": decision.votes_for, "against": decision.votes_against, "abstained": decision.abstained}
    written: dict[str, Any] = {"text": text, **{name: number for name, number in votes.items() if number is not None}}
    if decision.template:
        written["template"] = decision.template
    return written


def amended(records: Iterable[tuple[Mapping[str, Any], Sequence[str | None]]]) -> Amended:
    """A meeting's body and texts, and after it those of its corrections in their order, as one."""
    marks: dict[str, str] = {}
    represented: dict[str, str | None] = {}
    decisions: tuple[tuple[Mapping[str, Any], str | None], ...] = ()
    waived: tuple[tuple[str, str, str | None], ...] = ()
    number: str | None = None
    counts: dict[str, Mapping[str, Any]] = {}
    before: dict[str, tuple[int, ...]] = {}
    for body, texts in records:
        number = body.get("number", number)
        if "waived" in body:
            listed = ((body["members"][one["member"]], one) for one in body["waived"])
            waived = tuple((member, one["why"], _said(one.get("text"), texts)) for member, one in listed)
        for count in body.get("counts", ()):
            if count["place"] in counts:
                before[count["place"]] = (counted_minor(counts[count["place"]]), *before.get(count["place"], ()))
            counts[count["place"]] = count
        names = body.get("represented", {})
        marked = zip(body.get("members", ()), body.get("attendance", ""), strict=False)
        for index, (member, letter) in enumerate(marked):
            if letter == UNCHANGED and member in marks:
                continue
            marks[member] = letter
            represented.pop(member, None)
            if letter == "r":
                represented[member] = _said(names.get(str(index)), texts)
        if "decisions" in body:
            decisions = tuple((one, _said(one.get("text"), texts)) for one in body["decisions"])
    return Amended(marks, represented, decisions, waived, number, tuple(counts.values()), before)


def _said(index: object, texts: Sequence[str | None]) -> str | None:
    return index if isinstance(index, str) else pointed(texts, index)


# two corrections that had not seen each other ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correcting:
    """A correction of a meeting: its name, its body, its sealed texts; None for texts nobody has tried to open."""

    name: str
    body: Mapping[str, Any]
    texts: Sequence[str | None] | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """What corrections say differently, none having seen another: of a membership id, or of `DECISIONS`.

    `said` is by the corrections' names: a mark's letter with the representative, or the decisions.
    """

    cell: str
    said: Mapping[str, tuple[Any, ...]]


def apart(corrections: Sequence[Correcting], left_out: Collection[str] = ()) -> list[Apart]:
    """Everything of a meeting that its corrections leave open, in the order it is first spoken of.

    Of each member and of the decisions those corrections stand against each other that no other one which speaks of
    the same has seen. What is `left_out` says nothing, and what it had seen is seen by those that saw it. A text that
    is not open is like no other one.
    """
    before = _seen_before({one.name: one.body.get("saw", ()) for one in corrections})
    cells: dict[str, dict[str, tuple[Any, ...]]] = {}
    for one in corrections:
        if one.name not in left_out:
            for cell, value in _spoken_of(one).items():
                cells.setdefault(cell, {})[one.name] = value
    found = []
    for cell, said in cells.items():
        seen = {name for speaker in said for name in before[speaker]}
        heads = {name: value for name, value in said.items() if name not in seen}
        if len(set(heads.values())) > 1:
            found.append(Apart(cell, heads))
    return found


def _seen_before(saw: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """By name everything it had seen, and everything those had seen; in an order where what was seen comes first."""
    found: dict[str, set[str]] = {}
    place = {name: at for at, name in enumerate(saw)}
    for name, known in saw.items():
        seen: set[str] = set()
        for one in sorted(known, key=lambda one: place.get(one, -1), reverse=True):
            if one not in seen:
                seen.add(one)
                seen |= found.get(one, set())
        found[name] = seen
    return found


def _spoken_of(one: Correcting) -> dict[str, tuple[Any, ...]]:
    """What a correction says, by membership id and `DECISIONS`, so that what is the same is equal."""
    body, found = one.body, dict[str, tuple[Any, ...]]()
    names = body.get("represented", {})
    for index, (member, letter) in enumerate(zip(body.get("members", ()), body.get("attendance", ""), strict=False)):
        if letter != UNCHANGED:
            found[member] = (letter, _opened(one, names.get(str(index))) if letter == "r" else None)
    if "decisions" in body:
        found[DECISIONS] = tuple(
            (_opened(one, said.get("text")), *(said.get(part) for part in ("for", "against", "abstained", "template")))
            for said in body["decisions"]
        )
    return found


def _opened(one: Correcting, index: object) -> Any:
    if index is None:
        return None
    words = _said(index, one.texts) if one.texts is not None else None
    return (one.name, str(index)) if words is None else words
