"""When a group meets next, by a wall calendar of 2026 and 2027."""

from __future__ import annotations

from datetime import date

import pytest

from shg_desk.domain.planned import planned_day
from shg_desk.domain.rhythm import LAST_IN_MONTH
from shg_desk.domain.rhythm import Rhythm
from shg_desk.domain.rhythm import read_rhythm
from shg_desk.domain.rules import read_rules

SECOND_SATURDAY = Rhythm(weekday=5, month_week=2)
LAST_SATURDAY = Rhythm(weekday=5, month_week=LAST_IN_MONTH)
TODAY = date(2026, 11, 21)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rhythm", "last", "then"),
    [
        (Rhythm(month_day=15), "2026-11-15", "2026-12-15"),
        # three days early and four days late both stand for the fifteenth
        (Rhythm(month_day=15), "2026-11-12", "2026-12-15"),
        (Rhythm(month_day=15), "2026-11-19", "2026-12-15"),
        (Rhythm(month_day=31), "2027-01-31", "2027-02-28"),
        (Rhythm(month_day=31), "2027-02-28", "2027-03-31"),
        (Rhythm(month_day=31), "2027-03-31", "2027-04-30"),
        (Rhythm(month_day=30), "2028-01-30", "2028-02-29"),
        (SECOND_SATURDAY, "2026-11-14", "2026-12-12"),
        (SECOND_SATURDAY, "2026-12-12", "2027-01-09"),
        (LAST_SATURDAY, "2026-10-31", "2026-11-28"),
        (LAST_SATURDAY, "2027-01-02", "2027-01-30"),  # a week late for 26 December
        (Rhythm(weekday=5, every_weeks=2), "2026-11-07", "2026-11-21"),
        (Rhythm(every_weeks=3), "2026-11-07", "2026-11-28"),
        (Rhythm(weekday=5), "2026-11-07", None),
    ],
)
def test_the_next_meeting(rhythm: Rhythm, last: str, then: str | None) -> None:
    found = planned_day(rhythm, last_on=day(last), agreed=None, formed_on=None, today=TODAY)
    assert found == (None if then is None else day(then))


def test_a_group_that_has_not_met_meets_on_its_first_day() -> None:
    for rhythm, first in (
        (SECOND_SATURDAY, "2026-12-12"),
        (LAST_SATURDAY, "2026-11-28"),
        (Rhythm(month_day=21), "2026-11-21"),
        (Rhythm(month_day=20), "2026-12-20"),
        (Rhythm(weekday=4), "2026-11-27"),
    ):
        assert planned_day(rhythm, last_on=None, agreed=None, formed_on=None, today=TODAY) == day(first)
    agreed = planned_day(
        SECOND_SATURDAY, last_on=day("2026-11-14"), agreed=day("2026-12-05"), formed_on=None, today=TODAY
    )
    assert agreed == day("2026-12-05")


def test_a_rhythm_that_has_just_begun_begins_with_its_first_day() -> None:
    """A weekly group votes on 2 April for the fifteenth: it meets on 15 April, not in May."""
    april = day("2026-04-02")
    fifteenth = Rhythm(month_day=15)
    for since, then in ((april, "2026-04-15"), (day("2026-05-01"), "2026-05-15"), (day("2026-03-01"), "2026-05-15")):
        found = planned_day(fifteenth, last_on=april, agreed=None, formed_on=None, today=april, since=since)
        assert found == day(then)


def test_rules_keep_a_month_and_old_ones_are_read_as_they_were() -> None:
    for said in ({"month_day": 31}, {"weekday": 5, "month_week": 5}, {"weekday": 5, "every_weeks": 2, "time": "14:00"}):
        rules, problems = read_rules({"meeting": said}, 2, "v")
        assert problems == []
        assert rules.rhythm == read_rhythm({"meeting": said})
    for wrong in ({"month_day": 32}, {"month_day": "5"}, {"month_week": 6, "weekday": 5}, {"month_week": 2}):
        assert read_rules({"meeting": wrong}, 2)[1] != []
