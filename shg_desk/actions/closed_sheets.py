"""Which sheets a group's meetings here were closed from, so that no sheet is written twice and no draft outlives it.

It is kept in the book itself, in one transaction with the meeting: a draft lies in a file of its own, whose disk may be
full, or the power may go before it is dropped.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.domain.canonical import encode
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Sheet
from shg_desk.store import meetings as meeting_store

KIND = "meeting"


def remember_closed(desk: Desk, sheet: Sheet, meeting: str, draft: str) -> None:
    """Keeps, beside a meeting being written, its sheet and the draft (by its key) it was typed in."""
    kept = None
    with suppress(KnownError):
        kept = desk.drafts.get(KIND, draft)
    said = {"meeting": meeting, "sheet": _print_of_sheet(sheet)}
    if kept is not None:
        said["draft"] = _print_of_draft(kept.content)
    desk.book.set_setting(_name(sheet.group), json.dumps(said, sort_keys=True))
    desk.book.set_setting(_name_of_sheet(sheet), meeting)


def is_closed(desk: Desk, sheet: Sheet) -> bool:
    """True for a sheet that one of the group's meetings here was closed from, as long as that meeting counts."""
    meeting = desk.book.setting(_name_of_sheet(sheet))
    if meeting is not None:
        return _counts(desk, {"meeting": meeting})
    said = _said(desk, sheet.group)  # books of before know the last sheet only
    return said.get("sheet") == _print_of_sheet(sheet) and _counts(desk, said)


def forget_written(desk: Desk, group: str) -> bool:
    """Drops a draft whose meeting is in the book already; True where it was one."""
    kept = desk.drafts.get(KIND, group)
    said = _said(desk, group)
    if kept is None or said.get("draft") != _print_of_draft(kept.content) or not _counts(desk, said):
        return False
    with suppress(KnownError):
        desk.drafts.drop(KIND, group)
    return True


def _name(group: str) -> str:
    return f"closed.{group}"


def _name_of_sheet(sheet: Sheet) -> str:
    return f"{_name(sheet.group)}.{_print_of_sheet(sheet)[:32]}"


def _said(desk: Desk, group: str) -> dict[str, str]:
    return dict(json.loads(desk.book.setting(_name(group)) or "{}"))


def _counts(desk: Desk, said: dict[str, str]) -> bool:
    full = meeting_store.meeting(desk.book, said["meeting"])
    return full is not None and full.meeting.stands


def _print_of_sheet(sheet: Sheet) -> str:
    return hashlib.sha256(json.dumps(asdict(sheet), sort_keys=True, default=str).encode()).hexdigest()


def _print_of_draft(content: Any) -> str:
    return hashlib.sha256(encode(content)).hexdigest()
