"""What is said of the parcels of a stick before anything is taken in: those listed, and how many more lie there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from three_desks import met
from three_desks import three_desks

from shg_desk.actions import parcel_inside
from shg_desk.actions.parcel_inside import look_inside
from shg_desk.actions.parcels_out import export_parcels


def test_how_many_more_lie_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """5 parcels, 3 listed, 2 more. A colleague passes all of them by: they are for the office."""
    monkeypatch.setattr(parcel_inside, "FILES_MOST", 3)
    stick = tmp_path / "stick"
    with three_desks(tmp_path) as (office, first, second, group):
        met(first, group)
        (written,) = export_parcels(first, stick).value
        for number in range(4):
            shutil.copy(written.path, stick / f"copy-{number}.shgb")
        found = look_inside(office, [stick])
        assert [one.for_other for one in found.parcels] == [False] * 3
        assert found.more == 2
        assert look_inside(office, [written.path]).more == 0
        for desk in (first, second):
            assert all(one.for_other and one.problem is None for one in look_inside(desk, [stick]).parcels)
