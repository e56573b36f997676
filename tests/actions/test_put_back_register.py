"""An office put back counts its register anew; whom it had stopped its laptops go on refusing, and say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import sums
from three_desks import DAY
from three_desks import Three
from three_desks import made_three
from three_desks import met
from three_desks import trip

from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.actions.care import restore_book
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.enrolment import revoke
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = made_three(tmp_path)
    yield made
    for one in made[:3]:
        one.close()


def put_back(office: Desk, copy: Path, folder: Path) -> tuple[Desk, list[Problem]]:
    clock = office.clock
    office.close()
    looked = restore_book(copy, folder / "again.shgbook", PASSPHRASE)
    return open_desk(folder / "again.shgbook", PASSPHRASE, clock=clock), list(looked.problems)


def seen(desk: Desk, other: Desk) -> str:
    known = exchange_store.device(desk.book.db, other.book.device)
    assert known is not None
    return known.state


def test_who_is_stopped_after_a_put_back_is_stopped_at_the_laptops(three: Three, tmp_path: Path) -> None:
    """Two more laptops came after the copy, so that the laptops know a later register than the office put back."""
    office, first, second, group = three
    copy = back_up(office, tmp_path / "copies").value.file
    for name in ("fourth", "fifth"):
        other = make_desk(tmp_path, name)
        enrol(office, other, tmp_path, ("A-1",))
        other.close()
    for _ in range(2):
        trip(office, first, second)
    office, _ = put_back(office, copy, tmp_path)
    for _ in range(2):
        trip(office, first, second)
    assert int(first.book.setting("registry") or 0) == int(office.book.setting("registry") or 0)
    revoke(office, second.book.device)
    trip(office, first)
    assert seen(first, second) == "revoked"
    met(second, group, DAY, (3, 4))
    export_colleague(second, tmp_path / "col")
    came = import_parcels(first, [tmp_path / "col"]).value
    assert ([one.code for one in came.problems], sums(first, group)) == ([Code.DEVICE_REVOKED], {})
    office.close()


@pytest.mark.parametrize("heard_late", [False, True])
def test_a_revocation_lost_with_the_office_holds_at_the_laptops_and_is_told(
    three: Three, tmp_path: Path, heard_late: bool
) -> None:
    """Until the office stops it once more, or takes it in anew; also where a late stick of the lost life says so."""
    office, first, second, group = three
    copy = back_up(office, tmp_path / "copies").value.file
    revoke(office, second.book.device)
    export_parcels(office, tmp_path / "late")
    if not heard_late:
        import_parcels(first, [tmp_path / "late"])
    office, told = put_back(office, copy, tmp_path)
    assert [one.code for one in told] == [Code.OFFICE_PUT_BACK]
    trip(office, first)
    if heard_late:
        assert seen(first, second) == "enrolled"
        import_parcels(first, [tmp_path / "late"])
    for _ in range(2):
        trip(office, first)
    assert (seen(office, second), seen(first, second)) == ("enrolled", "revoked")
    met(second, group, DAY + timedelta(7), (3, 4))
    export_colleague(second, tmp_path / "col")
    assert import_parcels(first, [tmp_path / "col"]).value.refused == 1
    export_parcels(first, tmp_path / "tells")
    [problem] = import_parcels(office, [tmp_path / "tells"]).value.problems
    assert (problem.code, problem.where) == (Code.STOPPED_BEFORE, second.book.device)
    request, grant = tmp_path / "again.request", tmp_path / "again.grant"
    request_enrolment(second, request)
    grant_enrolment(office, request, grant, groups=("A-1",))
    accept_grant(second, grant)
    trip(office, first)
    assert seen(first, second) == "enrolled"
    export_parcels(first, tmp_path / "content")
    assert import_parcels(office, [tmp_path / "content"]).value.problems == []
    revoke(office, second.book.device)
    trip(office, first)
    assert seen(first, second) == "revoked"
    office.close()


def test_restoring_a_laptop_says_nothing_of_laptops(three: Three, tmp_path: Path) -> None:
    copy = back_up(three[1], tmp_path / "copies").value.file
    assert restore_book(copy, tmp_path / "again.shgbook", PASSPHRASE).problems == ()
