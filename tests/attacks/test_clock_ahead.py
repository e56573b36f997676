"""A clock that was wrong once, or every morning, does not cost the last good backup nor clear the folders at once."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import make_desk

from shg_desk.actions.backed_up import newest_backup
from shg_desk.actions.care import back_up
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.rotation import KEEP_DAYS
from shg_desk.actions.rotation import clear_old
from shg_desk.actions.rotation import saw_today

START = date(2026, 3, 2)


def seen(desk: Desk, day: date) -> None:
    """The book is opened on a day."""
    desk.clock = DemoClock(day)
    saw_today(desk)


def copies(desk: Desk) -> set[str]:
    """What lies in the book's own folders."""
    return {f"{name}/{file.name}" for name in ("backups", "inbox", "outbox") for file in (desk.folder / name).iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A book with two backups, two parcels and one copy made before its tables were changed."""
    desk = make_desk(tmp_path)
    for day in (START, START + timedelta(1)):
        desk.clock = DemoClock(day)
        back_up(desk)
    for name in ("inbox/one.shgb", "outbox/two.shgb", "backups/before-version-2.db"):
        (desk.folder / name).write_bytes(b"")
    assert clear_old(desk) == []
    return desk


@pytest.mark.parametrize("years", [1, 10, 60])
def test_one_jump_of_the_clock_clears_nothing(desk: Desk, years: int) -> None:
    stood = copies(desk)
    desk.clock = DemoClock(START.replace(year=2026 + years))
    back_up(desk)
    assert stood <= copies(desk)
    for day in range(2, 50):
        desk.clock = DemoClock(START + timedelta(day))
        assert clear_old(desk) == []
    assert stood <= copies(desk)


def test_a_clock_that_begins_anew_every_morning_counts_its_wrong_day_once(desk: Desk) -> None:
    stood = copies(desk)
    for day in range(2, KEEP_DAYS):
        seen(desk, date(2000, 1, 1))
        if day == 5:
            seen(desk, date(2036, 1, 1))
        desk.clock = DemoClock(START + timedelta(day))
        if day < KEEP_DAYS - 37:
            assert clear_old(desk) == []
            assert stood == copies(desk)
    assert clear_old(desk) != [], "and what is old goes all the same"


def test_a_book_opened_once_a_month_still_clears_after_ninety_days(desk: Desk) -> None:
    stood = copies(desk)
    for day in (29, 58, 87):
        seen(desk, START + timedelta(day))
        assert clear_old(desk) == []
    desk.clock = DemoClock(START + timedelta(KEEP_DAYS + 1))
    newest = back_up(desk).value.file
    assert not stood & copies(desk)
    assert copies(desk) == {f"backups/{newest.name}"}


def test_a_book_that_lay_closed_counts_five_weeks_of_it(desk: Desk) -> None:
    stood = copies(desk)
    seen(desk, START + timedelta(400))
    assert clear_old(desk) == []
    for day in range(401, 401 + KEEP_DAYS - 36, 7):
        seen(desk, START + timedelta(day))
        assert clear_old(desk) == []
    desk.clock = DemoClock(START + timedelta(401 + KEEP_DAYS - 36))
    back_up(desk)
    assert not stood & copies(desk)


def test_a_backup_dated_ahead_goes_with_the_others(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.clock = DemoClock(date(2086, 3, 1))
    ahead = back_up(desk).value.file
    desk.clock = DemoClock(date(2026, 3, 2))
    older = back_up(desk).value.file
    desk.clock = DemoClock(date(2026, 3, 3))
    newest = back_up(desk).value.file
    for day in range(4, KEEP_DAYS + 40, 3):
        desk.clock = DemoClock(date(2026, 3, 1) + timedelta(day))
        gone = clear_old(desk)
        assert newest not in gone
    assert not ahead.exists(), "it holds withdrawn data as much as any other"
    assert not older.exists()
    assert newest.exists()
    desk.close()


def test_a_backup_dated_ahead_stays_while_no_newer_one_is_there(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.clock = DemoClock(date(2026, 3, 2))
    past = back_up(desk).value.file
    desk.clock = DemoClock(date(2086, 3, 1))
    ahead = back_up(desk).value.file
    for day in range(3, 2 * KEEP_DAYS, 3):
        desk.clock = DemoClock(date(2026, 3, 1) + timedelta(day))
        assert clear_old(desk) == []
    assert past.exists()
    assert ahead.exists()
    desk.close()


def test_the_day_of_a_backup_dated_ahead_is_not_told_as_the_newest(desk: Desk) -> None:
    desk.clock = DemoClock(date(2086, 3, 1))
    back_up(desk)
    desk.clock = DemoClock(START + timedelta(10))
    told = newest_backup(desk)
    assert told is not None
    assert told.on == START + timedelta(1)
    back_up(desk)
    again = newest_backup(desk)
    assert again is not None
    assert again.on == START + timedelta(10)
