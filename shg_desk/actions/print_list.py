"""The list of papers that wait for a printer, as it is kept: a setting of the book that stays on this laptop."""

from __future__ import annotations

import json
from typing import Any

from shg_desk.actions.desk import Desk

WAITING = "print_list"


def waiting_lines(desk: Desk) -> list[dict[str, Any]]:
    """The papers in the order they were put there, as kept."""
    kept: list[dict[str, Any]] = json.loads(desk.book.setting(WAITING) or "[]")
    return kept


def count_waiting(desk: Desk) -> int:
    """How many papers wait."""
    return len(waiting_lines(desk))
