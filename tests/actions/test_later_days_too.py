"""What is recorded late leaves nobody with less than nothing on any day between its own and the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import preview_between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store

SAVED, LATE, TAKEN, AGAIN = date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 10), date(2026, 3, 15)


@pytest.fixture
def book_day() -> date:
    return date(2026, 4, 30)


@pytest.fixture
def group(desk: Desk) -> str:
    """The first saves 100 on the 5th, takes them on the 10th and saves 100 on the 15th; the second has 500."""
    made = make_group(desk)
    one, two = [one.id for one in group_store.memberships(desk.book, made)][:2]
    saving = Between(made, SAVED, "saving", 10_000, one)
    write_between(desk, replace(saving, amount_minor=50_000, member=two))
    write_between(desk, saving)
    write_between(desk, replace(saving, on=TAKEN, kind="withdrawal"))
    write_between(desk, replace(saving, on=AGAIN))
    return made


def withdrawal(desk: Desk, group: str, on: date) -> Between:
    return Between(group, on, "withdrawal", 10_000, group_store.memberships(desk.book, group)[0].id)


def test_a_withdrawal_of_an_earlier_day_is_not_taken_of_what_was_saved_after_it(desk: Desk, group: str) -> None:
    """Written for the 6th it would leave her at 0 until the 10th, and at -100 from then until the 15th."""
    before = sums(desk, group)
    for act in (preview_between, write_between):
        with pytest.raises(KnownError) as told:
            act(desk, withdrawal(desk, group, LATE))
        [problem] = told.value.problems
        assert (problem.code, problem.where) == (Code.BELOW_ZERO_LATER, "saving.compulsory")
        said = sentence(Words("en"), problem).replace("\N{NO-BREAK SPACE}", " ")
        assert "would be at −100 on 10.03.2026" in said
    assert sums(desk, group) == before
    write_between(desk, withdrawal(desk, group, AGAIN))
    assert sums(desk, group) == {"box": 50_000, "saving.compulsory": -50_000}


def test_a_late_sheet_neither(desk: Desk, group: str) -> None:
    row = SheetRow("1", Attendance.PRESENT, outs=(Out("withdrawal", 10_000),))
    with pytest.raises(KnownError) as told:
        record_meeting(desk, Sheet(group, LATE, rows=(row,)))
    assert [one.code for one in told.value.problems] == [Code.BELOW_ZERO_LATER]
