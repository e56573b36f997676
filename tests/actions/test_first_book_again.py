"""An office that worked with a copy for a while goes on with its first book: compared figures bring it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import sums
from three_desks import DAY
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
from shg_desk.actions.office_keys import office_of
from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.store import exchange as exchange_store


def answer(office: Desk, desk: Desk, folder: Path) -> Path:
    request_enrolment(desk, folder / "any.request")
    grant_enrolment(office, folder / "any.request", folder / "any.grant", groups=("A-1",))
    return folder / "any.grant"


def state_of(desk: Desk, other: Desk) -> str:
    known = exchange_store.device(desk.book.db, other.book.device)
    assert known is not None
    return known.state


def put_back(copy: Path, folder: Path, clock: Desk) -> Desk:
    restore_book(copy, folder, PASSPHRASE)
    return open_desk(folder, PASSPHRASE, clock=clock.clock)


@pytest.mark.parametrize("renewed", [False, True])
def test_the_first_book_is_believed_again_where_its_figures_were_compared(tmp_path: Path, renewed: bool) -> None:
    """100 som a meeting and member: one meeting of two in the copy's life, one in the first book's: 400 som in all."""
    office, first, second, group = made_three(tmp_path)
    copied = put_back(back_up(office, tmp_path / "copies").value.file, tmp_path / "copied.shgbook", office)
    office.close()
    export_parcels(first, tmp_path / "tells")
    import_parcels(copied, [tmp_path / "tells"])
    export_parcels(copied, tmp_path / "late")  # a stick that comes when everything is over
    for _ in range(2):
        trip(copied, first, second)
    if renewed:
        renew_office_keys(copied)
    met(first, group, DAY)
    for _ in range(2):
        trip(copied, first, second)
    office = open_desk(office.folder, PASSPHRASE, clock=office.clock)
    met(first, group, DAY + timedelta(7))
    plain = answer(office, first, tmp_path)
    with pytest.raises(KnownError) as caught:
        accept_grant(first, plain)
    assert [one.code for one in caught.value.problems] == [Code.OFFICE_KEY_UNKNOWN if renewed else Code.GRANT_OVERTAKEN]
    accept_grant(first, plain, office_of(office).fingerprint)
    for _ in range(2):
        trip(office, first)
    assert first.book.setting("office_epoch") == office.book.epoch
    assert sums(first, group) == sums(office, group) == {"box": 40000, "saving.compulsory": -40000}
    assert import_parcels(first, [tmp_path / "late"]).value.files  # where the first book is over: said in vain
    assert first.book.setting("office_epoch") == office.book.epoch
    third = put_back(back_up(office, tmp_path / "copies").value.file, tmp_path / "third.shgbook", office)
    trip(third, first)
    assert first.book.setting("office_epoch") == third.book.epoch  # a life that was not known then is followed
    for one in (office, copied, third, first, second):
        one.close()


def test_a_lost_answer_taken_in_with_compared_figures_brings_back_no_stopped_laptop(tmp_path: Path) -> None:
    """Its keys are the office's still; what the living book said of laptops holds, and its next receipts are read."""
    lost, first, second, _ = made_three(tmp_path)
    copy = back_up(lost, tmp_path / "copies").value.file
    old = [answer(lost, first, tmp_path) for _ in range(4)][-1]
    lost.close()
    office = put_back(copy, tmp_path / "again.shgbook", lost)
    trip(office, first)
    revoke(office, second.book.device)
    trip(office, first)
    before = first.book.setting("registry")
    accept_grant(first, old, office_of(office).fingerprint)
    assert (first.book.setting("registry"), state_of(first, second)) == (before, "revoked")
    for _ in range(2):
        trip(office, first)
    assert (first.book.setting("office_epoch"), state_of(first, second)) == (office.book.epoch, "revoked")
    for one in (office, first, second):
        one.close()
