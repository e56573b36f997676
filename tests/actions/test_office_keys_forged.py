"""New keys of an office that nobody else can give: forged statements, former keys, work cut off half way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desk_maker import PASSPHRASE
from office_trio import Trio
from office_trio import codes
from office_trio import office_key

from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.actions.key_care import make_recovery
from shg_desk.actions.office_keys import known_by
from shg_desk.actions.office_keys import office_of
from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.office_keys import without_new_keys
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.roles import Role
from shg_desk.store import exchange as exchange_store
from shg_desk.store.dump import dump
from shg_desk.sync import keys as key_pairs
from shg_desk.sync import keyslots
from shg_desk.sync.enrolment import Office
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.envelope import Comment
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keys import SignPair
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.succession import make_statement

# what nobody can fake -----------------------------------------------------------------------------------------------


def office_with(office: Desk, signing: SignPair, code: str | None = None) -> Office:
    keys = key_pairs.make_office_keys(Random("false").randbytes)
    own = office.book.setting("office_code") or ""
    return Office(code or own, "Кеңсе", keys.recipients, signing.public, keys.current.recipient)


def receipt(trio: Trio, signing: SignPair, told: Mapping[str, Any], bundle: str = "forgedforged0001") -> Path:
    """A return to the first laptop as somebody makes it who has everything but the office's keys."""
    office = trio.office.book.setting("office_code") or ""
    comment = Comment(RETURN, office, trio.first.book.device, bundle)
    manifest = Manifest(
        comment, 1_772_323_200, "x", 1, return_no=99, office_epoch="aaaaaaaa", registry_version=99, successor=told
    )
    recipients = (trio.first.device_keys().age.recipient,)
    (file,) = seal_parcel(manifest, Contents(), signing=signing, recipients=recipients)
    path = trio.stick()
    path.write_bytes(file.content)
    return path


STRANGER = key_pairs.make_signing(Random("stranger").randbytes)
BUNDLE = "forgedforged0001"


WHO = ["stranger", "colleague", "other office", "other laptop", "other receipt", "unconfirmed", "no text", "nothing"]


@pytest.mark.parametrize("who", WHO)
def test_a_statement_by_anybody_else_or_about_anything_else_is_refused(trio: Trio, who: str) -> None:
    """The receipt itself bears the office's true signature: what is false is the statement inside it."""
    device, true = trio.first.book.device, trio.office.office_keys().signing
    false, of_other = office_with(trio.office, STRANGER), office_with(trio.office, STRANGER, "zzzz2222")
    statements: dict[str, Mapping[str, Any]] = {
        "stranger": make_statement(false, device, BUNDLE, STRANGER, STRANGER),
        "colleague": make_statement(false, device, BUNDLE, trio.second.device_keys().signing, STRANGER),
        "other office": make_statement(of_other, device, BUNDLE, true, STRANGER),
        "other laptop": make_statement(false, trio.second.book.device, BUNDLE, true, STRANGER),
        "other receipt": make_statement(false, device, "anotheronetoo001", true, STRANGER),
        "unconfirmed": make_statement(false, device, BUNDLE, true, true),
        "no text": {"statement": 1, "confirmed": "x"},
        "nothing": {},
    }
    before = dump(trio.first.book), trio.first.book.setting("return_no")
    taken = import_parcels(trio.first, [receipt(trio, true, statements[who])]).value
    assert (taken.refused, codes(taken)) == (1, [Code.BUNDLE_FORGED])
    assert office_key(trio.first) == true.public
    assert (dump(trio.first.book), trio.first.book.setting("return_no")) == before


@pytest.mark.parametrize("who", ["stranger", "colleague"])
def test_a_receipt_by_anybody_else_is_refused_with_what_to_do(trio: Trio, who: str) -> None:
    signing = STRANGER if who == "stranger" else trio.second.device_keys().signing
    told = make_statement(office_with(trio.office, signing), trio.first.book.device, BUNDLE, signing, signing)
    taken = import_parcels(trio.first, [receipt(trio, signing, told)]).value
    assert (taken.refused, codes(taken)) == (1, [Code.OFFICE_KEY_UNKNOWN])
    assert office_key(trio.first) == trio.office.office_keys().signing.public


@pytest.mark.parametrize("after", ["a stranger's", "the present one"])
def test_the_former_key_names_no_successor_and_gives_no_orders_any_more(trio: Trio, after: str) -> None:
    """Whoever still has the old key after the laptop took the new one gets nowhere, with either name of a key."""
    old = trio.office.office_keys().signing
    renew_office_keys(trio.office)
    import_parcels(trio.first, trio.receipts(trio.first))
    present, before = office_key(trio.first), dump(trio.first.book)
    if after == "a stranger's":
        office, wanted = office_with(trio.office, STRANGER), Code.OFFICE_KEY_FORMER
    else:
        office, wanted = replace(office_of(trio.office), name="Кеңсе"), Code.BUNDLE_FORGED
    told = make_statement(office, trio.first.book.device, BUNDLE, old, STRANGER)
    taken = import_parcels(trio.first, [receipt(trio, old, told)]).value
    assert (taken.refused, codes(taken)) == (1, [wanted])
    assert (office_key(trio.first), dump(trio.first.book)) == (present, before)


def test_the_present_key_does_not_lead_back_to_a_former_one(trio: Trio) -> None:
    old = trio.office.office_keys().signing
    renew_office_keys(trio.office)
    import_parcels(trio.first, trio.receipts(trio.first))
    present = trio.office.office_keys().signing
    told = make_statement(office_with(trio.office, old), trio.first.book.device, BUNDLE, present, old)
    taken = import_parcels(trio.first, [receipt(trio, present, told)]).value
    assert codes(taken) == [Code.BUNDLE_FORGED]
    assert office_key(trio.first) == present.public


def test_an_office_does_not_believe_that_a_laptop_knows_a_key_it_never_had(trio: Trio) -> None:
    device = trio.first.book.device
    before = known_by(trio.office, device)
    known = exchange_store.device(trio.first.book.db, trio.first.book.setting("office") or "")
    assert known is not None
    exchange_store.put_device(trio.first.book.db, replace(known, minisign=STRANGER.public))
    assert trio.to_office(trio.first).new == 1
    assert known_by(trio.office, device) == before
    exchange_store.put_device(trio.first.book.db, known)


# cut off half way ---------------------------------------------------------------------------------------------------


def test_renewing_is_all_or_nothing(trio: Trio) -> None:
    before = trio.office.office_keys()
    db = trio.office.book.db
    db.run(
        "CREATE TEMP TRIGGER cut BEFORE INSERT ON setting WHEN NEW.name = 'office_renewed_at' "
        "BEGIN SELECT RAISE(ABORT, 'cut off'); END"
    )
    with pytest.raises(Exception, match="cut off"):
        renew_office_keys(trio.office)
    db.run("DROP TRIGGER cut")
    assert trio.office.office_keys() == before
    assert without_new_keys(trio.office) == []
    assert trio.trip(trio.first).refused == 0


def test_taking_new_keys_is_all_or_nothing(trio: Trio) -> None:
    renew_office_keys(trio.office)
    files = trio.receipts(trio.first)
    db, key = trio.first.book.db, office_key(trio.first)
    db.run("CREATE TEMP TRIGGER cut BEFORE INSERT ON parcel BEGIN SELECT RAISE(ABORT, 'cut off'); END")
    with pytest.raises(Exception, match="cut off"):
        import_parcels(trio.first, files)
    db.run("DROP TRIGGER cut")
    assert office_key(trio.first) == key
    assert codes(import_parcels(trio.first, files).value) == [Code.OFFICE_KEYS_NEW]


# the way in that goes with the office -------------------------------------------------------------------------------


def office_recipients(desk: Desk) -> list[object]:
    return [slot.fields["recipient"] for slot in load_keys(desk.folder).file.slots if slot.kind == keyslots.OFFICE]


def test_a_new_recovery_key_of_the_office_reaches_the_laptops_with_the_new_keys(trio: Trio) -> None:
    before = office_recipients(trio.first)
    assert before == [trio.office.book.setting("recovery_recipient")]
    renew_office_keys(trio.office)
    secret = make_recovery(trio.office, cost=keyslots.Cost(64, 1, 1)).value.office_key
    import_parcels(trio.first, trio.receipts(trio.first))
    assert office_recipients(trio.first) == [trio.office.book.setting("recovery_recipient")] != before
    opened = keyslots.unlock_as_office(load_keys(trio.first.folder).file, secret)
    assert opened.book_key == trio.first.book_key


def test_the_way_in_is_put_right_at_the_next_opening_where_it_was_cut_off(trio: Trio, tmp_path: Path) -> None:
    pair = key_pairs.make_age(Random(7).randbytes)
    trio.first.book.set_setting("office_recovery", pair.recipient)
    trio.first.book.set_setting("office_slot_waits", "1")
    trio.first.close()
    trio.first = open_desk(trio.first.folder, PASSPHRASE)
    assert office_recipients(trio.first) == [pair.recipient]
    assert trio.first.book.setting("office_slot_waits") is None


def test_only_an_office_and_only_who_may_do_everything(trio: Trio) -> None:
    with pytest.raises(KnownError) as error:
        renew_office_keys(trio.first)
    assert error.value.problems[0].code is Code.NOT_AN_OFFICE
    with pytest.raises(KnownError) as error:
        renew_office_keys(replace(trio.office, role=Role("viewer")))
    assert error.value.problems[0].code is Code.ROLE_MAY_NOT
