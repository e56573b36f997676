"""What a correction may not say, and what it says only with a warning: days that cannot be, sums, money that is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import register_group
from shg_desk.actions.imports import import_savings
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_entry import preview_correction
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import entries as entry_store
from shg_desk.tables.mapping import parse_map

MARCH, APRIL = date(2026, 3, 12), date(2026, 4, 9)


@pytest.fixture
def book_day() -> date:
    return date(2026, 8, 1)


def record(desk: Desk, group: str, on: date, *rows: SheetRow, counted: int | None = None) -> str:
    counts = () if counted is None else (Count(total_minor=counted),)
    name = record_meeting(desk, Sheet(group, on, rows=rows, counts=counts)).value.name
    assert name is not None
    return name


def came(number: str, *ins: In, outs: tuple[Out, ...] = ()) -> SheetRow:
    return SheetRow(number, Attendance.PRESENT, ins=ins, outs=outs)


def first(desk: Desk, meeting: str, kind: str) -> str:
    return next(row.name for row in entry_store.entries_of(desk.book, meeting) if row.kind == kind)


def refused(desk: Desk, name: str, how: str, change: Change) -> list[Code]:
    with pytest.raises(KnownError) as told:
        plan_entry(desk, name, how, change)
    return [problem.code for problem in told.value.problems]


def test_days_to_come_and_before_the_group_are_no_days_of_a_record(desk: Desk) -> None:
    group = make_group(desk)  # since 1 March
    name = first(desk, record(desk, group, MARCH, came("1", In("saving", 10_000))), "saving")
    for day, code in (
        (date(2031, 1, 1), Code.DAY_IN_FUTURE),
        (date(2026, 8, 2), Code.DAY_IN_FUTURE),
        (date(2026, 2, 28), Code.DAY_BEFORE_GROUP),
        (date(1999, 1, 1), Code.DAY_BEFORE_GROUP),
    ):
        assert refused(desk, name, "other-date", Change(on=day)) == [code]
    for day in (date(2026, 8, 1), date(2026, 3, 1)):
        assert plan_entry(desk, name, "other-date", Change(on=day)).fresh[0].on == day


def test_a_clock_that_is_behind_makes_no_recorded_day_future(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=date(2010, 1, 1))
    group = make_group(desk)
    name = first(desk, record(desk, group, MARCH, came("1", In("saving", 10_000))), "saving")
    record(desk, group, APRIL, came("1", In("saving", 10_000)))
    assert plan_entry(desk, name, "other-date", Change(on=APRIL)).fresh[0].on == APRIL
    assert refused(desk, name, "other-date", Change(on=date(2026, 4, 10))) == [Code.DAY_IN_FUTURE]
    desk.close()


def test_a_group_that_never_said_when_it_began_goes_back_a_year(desk: Desk, tmp_path: Path) -> None:
    group = register_group(desk, NewGroup("B", "B", smallest_minor=100)).value
    table = tmp_path / "b.csv"
    table.write_text("топ;номер;сумма\nB;1;100\n", "utf-8")
    given = parse_map({"columns": {"group": "топ", "member": "номер", "amount": "сумма"}})[0]
    import_savings(desk, table, given, day=MARCH)
    [row] = entry_store.entries(desk.book, group, entry_store.ALL)
    assert refused(desk, row.name, "other-date", Change(on=date(1999, 1, 1))) == [Code.DAY_BEFORE_GROUP]
    assert plan_entry(desk, row.name, "other-date", Change(on=date(2026, 3, 5))).fresh


@pytest.mark.parametrize("amount", [AMOUNT_LIMIT_MINOR + 100, 10**16, 10**30])
def test_an_amount_no_record_holds_is_a_problem(desk: Desk, amount: int) -> None:
    group = make_group(desk)
    name = first(desk, record(desk, group, MARCH, came("1", In("saving", 10_000))), "saving")
    assert refused(desk, name, "other-amount", Change(amount_minor=amount)) == [Code.AMOUNT_TOO_LARGE]


def test_what_is_large_and_held_once_is_not_held_twice(desk: Desk) -> None:
    """A record of the largest sum is taken, its correction to as much again would not fit: told, not broken."""
    group = make_group(desk)
    name = first(desk, record(desk, group, MARCH, came("1", In("saving", AMOUNT_LIMIT_MINOR))), "saving")
    assert refused(desk, name, "other-amount", Change(amount_minor=AMOUNT_LIMIT_MINOR - 100)) == [Code.AMOUNT_TOO_LARGE]


def test_a_box_below_zero_is_told_before_it_is_written(desk: Desk) -> None:
    group = make_group(desk)
    rows = [came(str(n), In("saving", 10_000)) for n in range(1, 5)]
    name = first(desk, record(desk, group, MARCH, *rows, counted=40_000), "saving")
    record(desk, group, APRIL, came("1", outs=(Out("loan", 39_000),)), counted=1_000)
    preview = preview_correction(desk, name, "other-amount", Change(amount_minor=2_000), MOVES_TODAY)
    [warning] = preview.warnings
    assert (warning.code, warning.level, warning.facts["in_box"]) == (
        Code.WOULD_BE_BELOW_ZERO,
        Level.WARNING,
        "-70.00",
    )
    assert "01.08.2026" in sentence(Words("en"), warning)
    write_correction(desk, group, preview.plan, "жаңылыш")
    assert sums(desk, group)["box"] == -7_000
    assert (
        preview_correction(desk, name_of_fresh(desk, group), "other-amount", Change(amount_minor=5_000)).warnings == ()
    )


def name_of_fresh(desk: Desk, group: str) -> str:
    rows = entry_store.entries(desk.book, group, entry_store.ALL)
    return next(row.name for row in rows if row.facts.get("instead"))


def test_a_fund_below_zero_is_told_before_it_is_written(desk: Desk) -> None:
    group = make_group(desk)
    meeting = record(desk, group, MARCH, *[came(str(n), In("social", 2_000)) for n in range(1, 5)])
    record(desk, group, APRIL, came("1", outs=(Out("grant", 8_000, why="funeral"),)))
    told = [
        (one.facts.get("in_fund"), one.facts["date"])
        for one in preview_correction(desk, first(desk, meeting, "social"), "twice", Change()).warnings
        if one.where == "social"
    ]
    assert told == [("-20.00", "2026-04-09")]
