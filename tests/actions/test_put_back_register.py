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
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = made_three(tmp_path)
    yield made
    for one in made[:3]:
        one.close()


def put_back(office: Desk, copy: Path, folder: Path, name: str = "again") -> tuple[Desk, list[Problem]]:
    clock = office.clock
    office.close()
    looked = restore_book(copy, folder / f"{name}.shgbook", PASSPHRASE)
    return open_desk(folder / f"{name}.shgbook", PASSPHRASE, clock=clock), list(looked.problems)


def answer(office: Desk, desk: Desk, folder: Path) -> Path:
    """The office's answer to a laptop's request, in a file that lies there."""
    request_enrolment(desk, folder / "any.request")
    grant_enrolment(office, folder / "any.request", folder / "any.grant", groups=("A-1",))
    return folder / "any.grant"


def versions(*desks: Desk) -> list[str | None]:
    return [one.book.setting("registry") for one in desks]


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


def test_an_answer_of_a_lost_life_is_refused_once_the_living_one_was_heard(three: Three, tmp_path: Path) -> None:
    """By the copy the register is at 2; the lost answer is of 3, and so is the stop that the living office gives."""
    office, first, second, _ = three
    copy = back_up(office, tmp_path / "copies").value.file
    old = answer(office, first, tmp_path)
    office, _ = put_back(office, copy, tmp_path)
    trip(office, first)
    revoke(office, second.book.device)
    trip(office, first)
    with pytest.raises(KnownError) as caught:
        accept_grant(first, old)
    assert [one.code for one in caught.value.problems] == [Code.GRANT_OVERTAKEN]
    assert (versions(office, first), seen(first, second)) == (["3", "3"], "revoked")
    office.close()


def test_an_answer_of_a_life_never_heard_of_says_nothing_of_colleagues(three: Three, tmp_path: Path) -> None:
    """The first laptop reads of the first life and of the third; in the second one four answers were given."""
    office, first, second, _ = three
    copy = back_up(office, tmp_path / "copies").value.file
    office, _ = put_back(office, copy, tmp_path, "lost")
    old = [answer(office, first, tmp_path) for _ in range(4)][-1]
    office, _ = put_back(office, copy, tmp_path)
    trip(office, first)
    revoke(office, second.book.device)
    trip(office, first)
    accept_grant(first, old)
    assert (versions(office, first), seen(first, second)) == (["3", "3"], "revoked")
    trip(office, first)
    assert (versions(office, first), seen(first, second)) == (["3", "3"], "revoked")
    office.close()


@pytest.mark.parametrize("both", [False, True])
def test_before_the_first_receipt_an_answer_of_a_lost_life_stops_no_stop(
    three: Three, tmp_path: Path, both: bool
) -> None:
    """Of a laptop that has read no receipt: its answers are of 3, and of 6 in the life that was lost."""
    office, _, second, _ = three
    late = make_desk(tmp_path, "late")
    first_answer = answer(office, late, tmp_path).rename(tmp_path / "first.grant")
    copy = back_up(office, tmp_path / "copies").value.file
    old = [answer(office, late, tmp_path) for _ in range(3)][-1]
    for one in (first_answer, old) if both else (old,):
        accept_grant(late, one)
    assert (versions(office, late), seen(late, second)) == (["6", "6"], "enrolled")
    office, _ = put_back(office, copy, tmp_path)
    revoke(office, second.book.device)
    trip(office, late)
    assert (versions(office, late), seen(late, second)) == (["4", "4"], "revoked")
    late.close()
    office.close()


def test_who_was_taken_in_anew_before_a_second_put_back_is_heard_again(three: Three, tmp_path: Path) -> None:
    """Stopped in the first life and taken in by the second, with its register's 3, where the third one begins."""
    office, first, second, _ = three
    copy = back_up(office, tmp_path / "copies").value.file
    revoke(office, second.book.device)
    trip(office, first)
    office, _ = put_back(office, copy, tmp_path)
    trip(office, first)
    accept_grant(second, answer(office, second, tmp_path))
    copy = back_up(office, tmp_path / "copies").value.file
    office, _ = put_back(office, copy, tmp_path, "third")
    trip(office, first)
    assert (versions(office, first), seen(first, second)) == (["3", "3"], "enrolled")
    office.close()


def test_who_was_stopped_after_being_taken_in_anew_stays_stopped(three: Three, tmp_path: Path) -> None:
    """As above, but the second life stops it again after the copy: the third has it from before that."""
    office, first, second, _ = three
    copy = back_up(office, tmp_path / "copies").value.file
    revoke(office, second.book.device)
    trip(office, first)
    office, _ = put_back(office, copy, tmp_path)
    trip(office, first)
    accept_grant(second, answer(office, second, tmp_path))
    trip(office, first)
    assert seen(first, second) == "enrolled"
    copy = back_up(office, tmp_path / "copies").value.file
    revoke(office, second.book.device)
    trip(office, first)
    office, _ = put_back(office, copy, tmp_path, "third")
    trip(office, first)
    assert (versions(office, first), seen(first, second)) == (["3", "3"], "revoked")
    office.close()
