"""Answering corrections of one meeting that had not seen each other: one more correction that has seen them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shg_desk.actions.correction_writing import append_plan
from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.standing import said_of
from shg_desk.actions.views_difference_sides import corrected_meeting
from shg_desk.domain.amendments import DECISIONS
from shg_desk.domain.amendments import Amendment
from shg_desk.domain.corrections import Plan
from shg_desk.domain.kinds import ATTENDANCE
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.store import marks_apart as marks_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.book import Writer


def keep_marks(
    desk: Desk, writer: Writer, view: DifferenceView, side: int, rows: Mapping[str, int], reason: str
) -> str:
    """Writes what a side says of everything that is open (or the side chosen for a row); gives the correction's name.

    Of what the side does not speak of that stays which stands now. Raises KnownError NOTHING_CHANGED.
    """
    meeting = corrected_meeting(desk, view.item)
    now = said_of(desk, meeting)
    marks: dict[str, Attendance] = {}
    represented: dict[str, str] = {}
    decisions: tuple[Decision, ...] | None = None
    for one in marks_store.marks_apart(desk.book, meeting):
        said = one.said.get(view.item.parties[rows.get(one.cell, side)])
        if one.cell == DECISIONS:
            stood = (_as_now(decision, text) for decision, text in now.decisions)
            decisions = tuple(stood if said is None else map(_decision, said))
            continue
        letter, whom = said if said is not None else (now.marks[one.cell], now.represented.get(one.cell))
        marks[one.cell] = Attendance(ATTENDANCE[letter])
        if isinstance(whom, str):
            represented[one.cell] = whom
    on = view.item.on
    if on is None or (not marks and decisions is None):
        raise KnownError(Problem(Code.NOTHING_CHANGED, view.item.name))
    saw = tuple(sorted(one.name for one in meeting_store.amendments(desk.book, meeting)))
    plan = Plan("meeting", on, (), (), {}, amends=Amendment(meeting, marks, represented, decisions, saw))
    return append_plan(desk, writer, view.item.group or "", plan, reason)


def _decision(said: tuple[Any, ...]) -> Decision:
    """A decision as `Apart` has it. Raises KnownError NOTHING_CHANGED for one whose text is sealed here."""
    text, votes_for, against, abstained, template = said
    if isinstance(text, tuple):
        raise KnownError(Problem(Code.NOTHING_CHANGED, DECISIONS))
    return Decision(text or "", votes_for, against, abstained, template)


def _as_now(said: Mapping[str, Any], text: str | None) -> Decision:
    return Decision(text or "", said.get("for"), said.get("against"), said.get("abstained"), said.get("template"))
