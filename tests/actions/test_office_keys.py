"""An office hands its books over to new keys: what laptops believe of it, in which order, and what nobody can fake."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import make_desk
from desk_maker import sums
from office_trio import Trio
from office_trio import codes
from office_trio import office_key
from three_desks import met

from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.actions.care import restore_book
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.key_care import compare_keys
from shg_desk.actions.office_keys import known_by
from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.office_keys import without_new_keys
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.registry import known_keys
from shg_desk.actions.views_exchange import office_seen
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.store.dump import dump
from shg_desk.sync import keys as key_pairs
from shg_desk.sync.payload import Limits


def test_new_keys_reach_a_laptop_under_the_old_ones(trio: Trio) -> None:
    old = trio.office.office_keys()
    told = renew_office_keys(trio.office).value
    new = trio.office.office_keys()
    assert told.laptops == 2
    assert not {old.signing.public, *old.recipients} & {new.signing.public, *new.recipients}
    assert {one.code for one in without_new_keys(trio.office)} == {trio.first.book.device, trio.second.book.device}
    taken = import_parcels(trio.first, trio.receipts(trio.first)).value
    assert codes(taken) == [Code.OFFICE_KEYS_NEW]
    assert str(taken.problems[0].facts["digits"]).replace(" ", "") == told.fingerprint
    assert office_key(trio.first) == new.signing.public
    seen = office_seen(trio.first)
    assert seen is not None
    assert (seen.fingerprint, seen.compared) == (told.fingerprint, False)
    listed = [one for one in known_keys(trio.first) if one.state == "office"]
    assert [(one.age, one.compared) for one in listed] == [(age, False) for age in new.recipients]
    # what it sends now opens with the new keys alone, and says that it knows them
    [parcel] = trio.sent(trio.first)
    body = parcel.read_bytes().partition(b"\n")[2]
    assert key_pairs.decrypt(body, [new.current.secret]) is not None
    assert key_pairs.decrypt(body, [old.current.secret, old.following.secret]) is None
    import_parcels(trio.office, [parcel])
    assert known_by(trio.office, trio.first.book.device) == new.signing.public
    assert [one.code for one in without_new_keys(trio.office)] == [trio.second.book.device]
    # and is answered under the new key, while the other one is not yet
    assert codes(import_parcels(trio.first, trio.receipts(trio.first)).value) == []
    compare_keys(trio.first, seen.code, told.fingerprint)
    assert office_seen(trio.first) == replace(seen, compared=True)
    assert codes(trio.trip(trio.second)) == [Code.OFFICE_KEYS_NEW]
    trio.to_office(trio.second)
    assert without_new_keys(trio.office) == []
    trio.settle()


def test_what_was_sealed_to_the_old_keys_still_opens_and_colleagues_are_not_hurt(trio: Trio) -> None:
    late = trio.sent(trio.first)
    renew_office_keys(trio.office)
    assert import_parcels(trio.office, late).value.new == 1
    renew_office_keys(trio.office)  # twice: the laptop knows the first keys only
    assert trio.to_office(trio.first).new == 1
    assert codes(import_parcels(trio.first, trio.receipts(trio.first)).value) == [Code.OFFICE_KEYS_NEW]
    assert office_key(trio.first) == trio.office.office_keys().signing.public
    met(trio.first, trio.group, next(trio.days))
    export_colleague(trio.first, stick := trio.stick())
    assert import_parcels(trio.second, [stick]).value.new >= 1  # which knows the oldest keys only


@pytest.mark.parametrize("order", ["as written", "newest first", "twice"])
def test_receipts_in_any_order_come_to_the_same(trio: Trio, order: str) -> None:
    """One from before, two that tell of the keys: nothing takes them back, and a folder of them is no trouble."""
    trio.to_office(trio.second)
    files = [*trio.receipts(trio.first)]
    renew_office_keys(trio.office)
    for _ in range(2):
        trio.to_office(trio.second)
        files += trio.receipts(trio.first)
    assert len(files) == 3
    for path in {"as written": files, "newest first": files[::-1], "twice": files * 2}[order]:
        folder = trio.stick()
        folder.mkdir()
        (folder / path.name).write_bytes(path.read_bytes())
        assert import_parcels(trio.first, [folder]).value.refused == 0
    assert office_key(trio.first) == trio.office.office_keys().signing.public
    assert sums(trio.first, trio.group) == sums(trio.office, trio.group)
    assert trio.first.book.setting("return_no") == trio.office.book.setting(f"given.{trio.first.book.device}")


def test_an_older_receipt_named_by_hand_is_refused_in_plain_words_and_changes_nothing(trio: Trio) -> None:
    trio.to_office(trio.second)
    old = trio.receipts(trio.first)
    renew_office_keys(trio.office)
    import_parcels(trio.first, trio.receipts(trio.first))
    before, key = dump(trio.first.book), office_key(trio.first)
    taken = import_parcels(trio.first, old).value
    assert (taken.refused, codes(taken)) == (1, [Code.RECEIPT_OVERTAKEN])
    assert (dump(trio.first.book), office_key(trio.first)) == (before, key)


def test_new_keys_in_a_receipt_of_several_files_whichever_comes_first(
    trio: Trio, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shg_desk.sync import payload

    for _ in range(6):
        trio.to_office(trio.second)
    renew_office_keys(trio.office)
    with monkeypatch.context() as patched:
        patched.setattr(payload, "Limits", lambda: Limits(lines=7))
        files = trio.receipts(trio.first)
    assert len(files) > 1
    for path in files[::-1]:  # the statement stands in the last one
        assert import_parcels(trio.first, [path]).value.refused == 0
    assert sums(trio.first, trio.group) == sums(trio.office, trio.group)


def test_a_laptop_that_missed_the_receipt_is_told_until_it_knows(trio: Trio) -> None:
    renew_office_keys(trio.office)
    trio.receipts(trio.first)  # the stick was lost
    assert codes(trio.trip(trio.first)) == [Code.OFFICE_KEYS_NEW]
    both = sorted((trio.first.book.device, trio.second.book.device))
    assert [one.code for one in without_new_keys(trio.office)] == both  # it has not said so yet
    trio.to_office(trio.first)
    assert [one.code for one in without_new_keys(trio.office)] == [trio.second.book.device]


def test_a_laptop_restore_book_from_before_is_answered_under_the_key_it_knows(trio: Trio, tmp_path: Path) -> None:
    made = back_up(trio.first, tmp_path / "backups").value
    renew_office_keys(trio.office)
    trio.trip(trio.first)
    trio.to_office(trio.first)
    assert known_by(trio.office, trio.first.book.device) == trio.office.office_keys().signing.public
    trio.first.close()
    restore_book(made.file, tmp_path / "again.shgbook", PASSPHRASE)
    trio.first = open_desk(tmp_path / "again.shgbook", PASSPHRASE)
    assert office_key(trio.first) != trio.office.office_keys().signing.public
    assert Code.OFFICE_KEYS_NEW in codes(trio.trip(trio.first))
    assert office_key(trio.first) == trio.office.office_keys().signing.public


def test_the_book_restore_book_elsewhere_goes_on_under_new_keys(trio: Trio, tmp_path: Path) -> None:
    """Another organisation has the backup and the passphrase; the old office's book is gone."""
    trio.trip(trio.first)
    made = back_up(trio.office, tmp_path / "backups").value
    trio.office.close()
    restore_book(made.file, tmp_path / "successor.shgbook", PASSPHRASE)
    trio.office = open_desk(tmp_path / "successor.shgbook", PASSPHRASE)
    renew_office_keys(trio.office)
    for desk in (trio.first, trio.second):
        assert Code.OFFICE_KEYS_NEW in codes(trio.trip(desk))
    trio.settle()
    assert without_new_keys(trio.office) == []


def test_a_laptop_that_joins_afterwards_has_the_new_keys_at_once(trio: Trio, tmp_path: Path) -> None:
    renew_office_keys(trio.office)
    third = make_desk(tmp_path, "third")
    request, grant = tmp_path / "third.request", tmp_path / "third.grant"
    request_enrolment(third, request)
    grant_enrolment(trio.office, request, grant, groups=("A-1",))
    accept_grant(third, grant)
    assert office_key(third) == trio.office.office_keys().signing.public
    assert third.book.device not in {one.code for one in without_new_keys(trio.office)}
    assert codes(import_parcels(third, trio.receipts(third)).value) == []
    third.close()


def test_without_the_receipt_between_them_figures_and_a_new_answer_bring_the_keys(trio: Trio, tmp_path: Path) -> None:
    """The office has lost its former keys: nothing but people can tell the laptop that it is the same office."""
    renew_office_keys(trio.office)
    device = trio.first.book.device
    trio.office.book.set_setting(f"knows.{device}", trio.office.office_keys().signing.public)
    taken = import_parcels(trio.first, trio.receipts(trio.first)).value
    assert (taken.refused, codes(taken)) == (1, [Code.OFFICE_KEY_UNKNOWN])
    request, grant = tmp_path / "again.request", tmp_path / "again.grant"
    request_enrolment(trio.first, request)
    grant_enrolment(trio.office, request, grant)
    with pytest.raises(KnownError) as error:  # nobody has compared anything
        accept_grant(trio.first, grant)
    assert error.value.problems[0].code is Code.OFFICE_KEY_UNKNOWN
    own = office_seen(trio.office)
    assert own is not None
    with pytest.raises(KnownError) as error:
        accept_grant(trio.first, grant, "0" * 30)
    assert error.value.problems[0].code is Code.FINGERPRINT_DIFFERS
    accept_grant(trio.first, grant, own.fingerprint)
    assert office_key(trio.first) == trio.office.office_keys().signing.public
    assert trio.trip(trio.first).refused == 0
