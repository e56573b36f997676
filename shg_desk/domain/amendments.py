"""What a correction changes of a meeting beside its money: how members stood, who came for them, what was decided.

A correction says only what it changes; what several say of one meeting is laid over it in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from shg_desk.domain.kinds import ATTENDANCE
from shg_desk.domain.kinds import UNCHANGED
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet

_LETTER = {word: letter for letter, word in ATTENDANCE.items()}


@dataclass(frozen=True, slots=True)
class Amendment:
    """What of a meeting is put right: marks and representatives by membership id; `decisions` in full, or None.

    `meeting` is the record's name, `saw` names earlier corrections of the same meeting that were known.
    """

    meeting: str
    marks: Mapping[str, Attendance] = field(default_factory=dict)
    represented: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] | None = None
    saw: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """True where anything beside the money is another."""
        return bool(self.marks) or self.decisions is not None


@dataclass(frozen=True, slots=True)
class Amended:
    """A meeting with its corrections laid over it: marks (letters) and representatives by membership id, decisions."""

    marks: Mapping[str, str]
    represented: Mapping[str, str | None]
    decisions: tuple[tuple[Mapping[str, Any], str | None], ...]


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
    return Amendment(meeting, marks, represented, decisions, tuple(sorted(saw)))


def amendment_parts(
    made: Amendment, members: Sequence[str], first_text: int
) -> tuple[list[str], dict[str, Any], list[str]]:
    """An amendment as parts of a body that lists `members` already: its members, the parts, and the texts to seal.

    The texts are numbered from `first_text`.
    """
    everybody = list(dict.fromkeys((*members, *made.marks)))
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
    for body, texts in records:
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
    return Amended(marks, represented, decisions)


def _said(index: object, texts: Sequence[str | None]) -> str | None:
    if isinstance(index, str):
        return index
    return texts[index] if isinstance(index, int) and 0 <= index < len(texts) else None
