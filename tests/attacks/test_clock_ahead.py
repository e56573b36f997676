"""A clock that was wrong once does not cost the last good backup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import make_desk

from shg_desk.actions.care import back_up
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.rotation import clear_old


def test_a_backup_dated_ahead_does_not_outlive_every_true_one(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.clock = DemoClock(date(2086, 3, 1))
    ahead = back_up(desk).value.file
    desk.clock = DemoClock(date(2026, 3, 2))
    older = back_up(desk).value.file
    desk.clock = DemoClock(date(2026, 3, 3))
    newest = back_up(desk).value.file
    desk.clock = DemoClock(date(2026, 9, 1))
    assert clear_old(desk) == [older]
    assert ahead.exists()
    assert newest.exists()
    desk.close()
