"""What else is wrong in a sheet's file of which some words cannot be read: all problems are told in one go."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_check import sheet_problems

OF_THE_WHOLE = frozenset(
    {
        Code.PLACE_BELOW_ZERO,
        Code.NOT_COUNTED,
        Code.DIFFERENCE_NOT_NAMED,
        Code.DIFFERENCE_NAMED_WRONG,
        Code.DIFFERENCE_NOT_COUNTED,
        Code.DIFFERENCE_NOT_OPEN,
        Code.SURPLUS_BORNE,
        Code.NO_QUORUM,
        Code.VOTES_TOO_MANY,
        Code.BORNE_WITHOUT_VOTE,
        Code.REASON_MISSING,
        Code.MONEY_WITHOUT_MEETING,
    }
)
"""What sums, marks and votes of the whole sheet decide: nobody knows it while some of them cannot be read."""


def readable_problems(
    ground: Ground, sheet: Sheet, data: Mapping[str, Any], unread: Iterable[Problem]
) -> list[Problem]:
    """Problems of what could be read; of a row or line that could not, only that its member is unknown.

    `unread` are the problems of `read_sheet` for this file: their places are `row 2 in 1 amount`, `line 3 amount`.
    """
    rows, lines = _of_file(data, "rows"), _of_file(data, "lines")
    hurt = {tuple(problem.where.split()[:2]) for problem in unread}
    unsure = {str(row.get("member")) for n, row in enumerate(rows, 1) if ("row", str(n)) in hurt}
    shifted = len(lines) != len(sheet.lines)  # what is no line at all moves the numbers of those after it
    found = []
    for problem in sheet_problems(ground, sheet):
        place = (*problem.where.split(maxsplit=1), "")
        if problem.code is Code.MEMBER_UNKNOWN and problem.facts.get("member"):
            found.append(problem)
            continue
        of_line = place[0] == "line" and (shifted or ("line", place[1].split(" ")[0]) in hurt)
        of_row = place[0] == "member" and place[1].split(" ")[0] in unsure
        if not (problem.code in OF_THE_WHOLE or of_line or of_row):
            found.append(problem)
    return found


def _of_file(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    given = data.get(name)
    return [item if isinstance(item, Mapping) else {} for item in given] if isinstance(given, list) else []
