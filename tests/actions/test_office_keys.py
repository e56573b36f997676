"""An office hands its books over to new keys: what laptops believe of it, in which order, and what nobody can fake."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desk_maker import PASSPHRASE
from desk_maker import make_desk
from desk_maker import sums
from three_desks import made_three
from three_desks import met

from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.actions.care import restore_book
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.key_care import compare_keys
from shg_desk.actions.key_care import make_recovery
from shg_desk.actions.office_keys import known_by
from shg_desk.actions.office_keys import office_of
from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.office_keys import without_new_keys
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.received import Received
from shg_desk.actions.registry import known_keys
from shg_desk.actions.views_exchange import office_seen
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.roles import Role
from shg_desk.store import exchange as exchange_store
from shg_desk.store.check import check
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
from shg_desk.sync.payload import Limits
from shg_desk.sync.succession import make_statement

DAY = date(2026, 3, 10)


@dataclass
class Trio:
    """An office and two laptops that share a group; every parcel on a stick of its own."""

    folder: Path
    office: Desk
    first: Desk
    second: Desk
    group: str
    sticks: int = 0
    days: Iterator[date] = field(default_factory=lambda: (DAY + timedelta(7 * n) for n in range(50)))

    def stick(self) -> Path:
        self.sticks += 1
        return self.folder / f"a-stick-{self.sticks}"

    def sent(self, desk: Desk) -> list[Path]:
        met(desk, self.group, next(self.days))
        return [one.path for one in export_parcels(desk, self.stick()).value]

    def to_office(self, *desks: Desk) -> Received:
        files = [path for desk in desks for path in self.sent(desk)]
        return import_parcels(self.office, files).value

    def receipts(self, desk: Desk) -> list[Path]:
        """The office's receipt for one laptop as it is now."""
        sent = export_parcels(self.office, self.stick()).value
        return [one.path for one in sent if one.to == desk.book.device]

    def settle(self) -> None:
        """Everybody sends and is answered, and then all three have the same."""
        for _ in range(2):
            for desk in (self.first, self.second):
                import_parcels(self.office, [one.path for one in export_parcels(desk, self.stick()).value])
            back = self.stick()
            export_parcels(self.office, back)
            for desk in (self.first, self.second):
                assert import_parcels(desk, [back]).value.refused == 0
        assert sums(self.first, self.group) == sums(self.second, self.group) == sums(self.office, self.group)

    def trip(self, desk: Desk) -> Received:
        self.to_office(desk)
        return import_parcels(desk, self.receipts(desk)).value


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    made = Trio(tmp_path, *made_three(tmp_path))
    yield made
    for desk in (made.office, made.first, made.second):
        assert check(desk.book) == []
        desk.close()


def office_key(desk: Desk) -> str:
    """The office's signing key as a laptop knows it."""
    known = exchange_store.device(desk.book.db, desk.book.setting("office") or "")
    assert known is not None
    return known.minisign


def codes(received: Received) -> list[Code]:
    return [problem.code for problem in received.problems]


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
