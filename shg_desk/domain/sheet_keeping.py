"""A sheet being typed as a record that survives a power cut, and back; whole numbers and texts only, no floats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet_columns import withdrawal_column
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_products import withdrawal_products
from shg_desk.domain.sheet_state import BagState
from shg_desk.domain.sheet_state import CellKey
from shg_desk.domain.sheet_state import CountState
from shg_desk.domain.sheet_state import RowState
from shg_desk.domain.sheet_state import SheetState
from shg_desk.domain.sheet_state import Written
from shg_desk.domain.sheet_steps import Place

KEPT_AS = 1
"""The form of a kept draft; another one is not read."""


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and value is not False and value != ""}


def kept(draft: Draft, typing: tuple[Place, str] | None = None) -> dict[str, Any]:
    """The draft as a record. `typing` is the cell still open and the text in it, also worth keeping."""
    state = draft.state
    record: dict[str, Any] = {
        "form": KEPT_AS,
        "group": draft.ground.group,
        "date": draft.ground.on.isoformat(),
        "rows": {
            member: _known({**asdict(row), "attendance": row.attendance.value if row.attendance else None})
            | ({"waived": row.waived} if row.waived is not None else {})
            for member, row in state.rows.items()
        },
        "cells": [[*key, _written_record(written)] for key, written in state.cells.items()],
        "lines": [_known(asdict(line)) for line in state.lines],
        "count": _count_record(state.count),
        "bags": {
            place: {"count": _count_record(bag.count), "named": asdict(bag.named) if bag.named is not None else None}
            for place, bag in state.bags.items()
        },
        "named": asdict(state.named) if state.named is not None else None,
        "decisions": [_known(asdict(decision)) for decision in state.decisions],
        "held": state.held,
        "reason": state.reason,
        "next": state.next_on.isoformat() if state.next_on else None,
        "number": state.number,
        "paper": state.from_paper,
        "shown": sorted(state.shown),
        "clip": _written_record(state.clip) if state.clip is not None else None,
        "opening": state.opening_minor,
    }
    column = draft.figures.column(typing[0].column) if typing is not None else None
    if typing is not None and column is not None:
        record["typing"] = [*draft.figures.key(draft.lines[typing[0].line], column), typing[1]]
    record["done"] = [len(draft.figures.done), len(draft.figures.members)]
    return record


def _count_record(count: CountState) -> dict[str, Any]:
    return {
        "notes": [[value, number] for value, number in count.notes.items()],
        "coins": count.coins_minor,
        "total": count.total_minor,
        "paper": count.from_paper,
    }


def _count(record: Mapping[str, Any]) -> CountState:
    notes = {int(value): int(number) for value, number in record["notes"]}
    return CountState(notes, record["coins"], record["total"], bool(record["paper"]))


def _named(record: Mapping[str, Any] | None) -> NamedDifference | None:
    return NamedDifference(**record) if record is not None else None


def _written_record(written: Written) -> dict[str, Any]:
    record = _known(asdict(written))
    record["amount_minor"] = written.amount_minor
    record.pop("guarantors")
    if written.guarantors:
        record["guarantors"] = list(written.guarantors)
    return record


def _written(record: Mapping[str, Any]) -> Written:
    return Written(
        int(record["amount_minor"]),
        bool(record.get("typed", False)),
        record.get("shares"),
        str(record.get("text", "")),
        record.get("terms"),
        tuple(str(one) for one in record.get("guarantors", ())),
        bool(record.get("as_usual", False)),
    )


def restored(ground: Ground, record: Mapping[str, Any]) -> tuple[Draft, list[Problem]]:
    """The draft of a record on the ground of today, with a warning for each sum that has no place on it any more.

    Raises ValueError where the record is not a kept draft of this group.
    """
    if record.get("form") != KEPT_AS or record.get("group") != ground.group:
        raise ValueError("not a kept draft of this group")
    try:
        state = _state(ground, record)
        # a sum half typed stands in no cell yet: its column is asked for, where nothing else keeps it
        gone = [key for key in record.get("typing", ())[2:3] if Draft(ground, state).figures.column(key) is None]
        draft = Draft(ground, replace(state, shown=state.shown | {*gone}))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a kept draft") from error
    return draft, draft.misplaced()


def typed_in(draft: Draft, record: Mapping[str, Any]) -> tuple[Place, str] | None:
    """The cell that was open and the text in it, wherever that member and loan stand now; None where there is none."""
    *key, text = record.get("typing", [""])
    for i, line in enumerate(draft.lines):
        for column in draft.columns:
            if draft.figures.has_cell(line, column) and [*draft.figures.key(line, column)] == key:
                return Place(i, column.key), str(text)
    return None


def _state(ground: Ground, record: Mapping[str, Any]) -> SheetState:
    clip = record.get("clip")
    return SheetState(
        rows={member: _row(row) for member, row in record["rows"].items()},
        cells={
            CellKey(member, loan, _column(ground, key)): _written(cell) for member, loan, key, cell in record["cells"]
        },
        lines=tuple(GroupLine(**line) for line in record["lines"]),
        count=_count(record["count"]),
        named=_named(record.get("named")),
        bags={
            place: BagState(_count(bag["count"]), _named(bag.get("named")))
            for place, bag in record.get("bags", {}).items()
        },
        decisions=tuple(Decision(**decision) for decision in record["decisions"]),
        held=bool(record["held"]),
        reason=record["reason"],
        next_on=date.fromisoformat(record["next"]) if record.get("next") else None,
        number=record["number"],
        from_paper=bool(record["paper"]),
        shown=frozenset(record["shown"]),
        clip=_written(clip) if clip is not None else None,
        opening_minor=record.get("opening"),
    )


def _column(ground: Ground, key: str) -> str:
    """A column's key; older records called the first withdrawal only that, and never said of what it was."""
    return withdrawal_column(withdrawal_products(ground)[0]) if key == "withdrawal" else key


def _row(row: Mapping[str, Any]) -> RowState:
    attendance = row.get("attendance")
    return RowState(
        Attendance(attendance) if attendance else None,
        str(row.get("represented_by", "")),
        str(row.get("paid_by", "")),
        row.get("waived"),
        tuple(str(why) for why in row.get("waived_only", ())),
    )
