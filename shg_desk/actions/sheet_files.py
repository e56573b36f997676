"""The meeting sheet as a file: proposed for a group and a day, and closed from what somebody filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.ledgers import group_meant
from shg_desk.actions.meetings import Closed
from shg_desk.actions.meetings import preview_meeting
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_cash import Cash
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_file import proposed_sheet
from shg_desk.domain.sheet_file import read_sheet
from shg_desk.domain.sheet_file import sheet_head
from shg_desk.domain.sheet_unread import readable_problems


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a sheet's file: its ground and cash, the meeting where it was closed, and everything to tell."""

    ground: Ground
    cash: Cash
    closed: Closed | None
    problems: tuple[Problem, ...]
    dry_run: bool = False


def proposed(desk: Desk, group: str, on: date) -> dict[str, Any]:
    """The sheet of a group (by code) for a day, nobody marked, proposals apart. Raises as `group_meant`."""
    return proposed_sheet(ground_of(desk, group_meant(desk, group).id, on))


def record_sheet(desk: Desk, data: object, *, dry_run: bool = False) -> Outcome[Recorded]:
    """Closes the meeting of a sheet's file, or tells everything in its way with its cash; then nothing is written.

    Raises KnownError where not even group and day can be read.
    """
    head = sheet_head(data)
    if isinstance(head, list):
        raise KnownError(*head)
    code, on = head
    assert isinstance(data, Mapping)
    ground = ground_of(desk, group_meant(desk, code).id, on)
    sheet, problems = read_sheet(data, ground)
    if any(problem.level is Level.PROBLEM for problem in problems):
        problems += readable_problems(ground, sheet, data, problems)
        return Outcome(Recorded(ground, cash_of(ground, sheet), None, tuple(problems), dry_run))
    try:
        done = record_meeting(desk, sheet, dry_run=dry_run)
    except KnownError as error:
        _, _, cash = preview_meeting(desk, sheet)
        return Outcome(Recorded(ground, cash, None, tuple(error.problems), dry_run))
    told = (*problems, *done.warnings)
    recorded = Recorded(ground, done.value.cash, done.value, told, dry_run)
    return Outcome(recorded, done.changed, done.groups, done.warnings)
