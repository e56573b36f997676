"""What a sheet says is owed or left to bring is what the book will say: no fine nobody confirmed, nothing voluntary."""

from __future__ import annotations

from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys


def test_a_fine_that_was_not_confirmed_is_not_owed_on_the_sheet_opened_again() -> None:
    """Number 5 was absent and her fine of 50 stayed grey; number 6 was absent and owes hers."""
    draft = Draft(yrys(rules=rules(fines={"absent": "50"})))
    for line in (4, 5):
        draft.mark(line, Attendance.ABSENT)
    draft.confirm(Place(5, "fine"))
    was = state_of(draft.ground, draft.sheet())
    again = Draft(draft.ground, was, was)
    five, six = again.cell(Place(4, "fine")), again.cell(Place(5, "fine"))
    assert (five.expected_minor, five.left_minor, five.owed_minor) == (0, 0, 0)
    assert (six.amount_minor, six.owed_minor) == (0, 5_000)
    assert again.sheet() == draft.sheet()


def test_nothing_is_left_to_bring_of_voluntary_savings() -> None:
    savings = [{"code": "compulsory", "amount": "100", "compulsory": True}, {"code": "voluntary", "amount": "50"}]
    draft = Draft(yrys(rules=rules(savings=savings)))
    draft.mark(4, Attendance.ABSENT)
    cells = [draft.cell(Place(4, f"saving.{code}")) for code in ("compulsory", "voluntary")]
    assert [(one.expected_minor, one.left_minor) for one in cells] == [(10_000, 10_000), (5_000, 0)]
