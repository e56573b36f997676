"""At a laptop: which keys of its office it believes, how new ones follow the old, and the way in that goes with them.

Only the key that is known now may name the next one. What comes under a former key afterwards is an older receipt, or
somebody who still has that key: neither changes anything.
"""

from __future__ import annotations

from shg_desk.actions.desk import SLOT_WAITS
from shg_desk.actions.desk import Desk
from shg_desk.actions.own_keys import keep_keys
from shg_desk.actions.own_keys import own_keys
from shg_desk.actions.parcel_doors import is_older_receipt
from shg_desk.actions.received import Received
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store.decided import LEFT_DEVICES
from shg_desk.store.decided import OFFICE_DEVICE
from shg_desk.store.exchange import Device
from shg_desk.sync import keyslots
from shg_desk.sync.enrolment import Office
from shg_desk.sync.enrolment import shown_fingerprint
from shg_desk.sync.envelope import OTHER_KEY
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.envelope import Trust
from shg_desk.sync.payload import Parcel
from shg_desk.sync.succession import KIND
from shg_desk.sync.succession import read_statement

LEFT = "left"
"""The state of an office or laptop that this book has nothing to do with any more."""

_FORMER = "office_former_keys"
_OF_THE_OFFICE = (
    "office", "office_name", "office_age", "office_next_age", "office_recovery", _FORMER, "certificate", "registry",
    "registry_began_at", "registry_parted_at", "granted_life", "vouched_life", "return_no", "office_epoch",
    "office_lives", "own_at_office_life", "office_states", "send_again", "request_nonce", "colleague_at", OFFICE_DEVICE,
)  # fmt: skip


def trust_of(desk: Desk) -> Trust:
    """Whose signatures this book reads: its office's under former keys too (see `is_overtaken`)."""
    known = [one for one in exchange_store.devices(desk.book.db) if one.state != LEFT]
    former = (desk.book.setting(_FORMER) or "").split() if not desk.is_office else []
    return Trust(
        offices={one.code: (one.minisign, *former) for one in known if one.state == "office"},
        devices={one.code: (one.minisign,) for one in known if one.state != "office"},
    )


def plain_refusal(desk: Desk, error: KnownError, sender: str) -> KnownError:
    """Why a parcel was refused, in other words where it bears the name of this book's office, present or left."""
    problem = error.problems[0]
    known = exchange_store.device(desk.book.db, sender)
    if known is None:
        return error
    if problem.code is Code.BUNDLE_STRANGER and known.state == LEFT and known.code in left_codes(desk):
        return KnownError(Problem(Code.OFFICE_LEFT, sender, {"office": known.label or sender}))
    is_other = problem.code is Code.BUNDLE_FORGED and problem.facts.get("part") == OTHER_KEY
    if is_other and known.state == "office":
        return KnownError(Problem(Code.OFFICE_KEY_UNKNOWN, sender, {"office": known.label or sender}))
    return error


def left_codes(desk: Desk) -> set[str]:
    """The codes of the offices this book has left."""
    return set((desk.book.setting("left_codes") or "").split())


def is_overtaken(desk: Desk, parcel: Parcel, key: str) -> bool:
    """True for what came under a former key of the office and was taken before: it is known, and says nothing new.

    `key` is what the parcel is remembered under. A receipt that tells of the very keys known now, and bears signatures
    of both, is read like any other. Raises KnownError RECEIPT_OVERTAKEN for another receipt that is older
    than the newest one here, OFFICE_KEY_FORMER for one that should be newer, BUNDLE_FORGED for a false statement.
    """
    manifest, db = parcel.manifest, desk.book.db
    comment = manifest.comment
    known = exchange_store.device(db, comment.sender)
    if comment.kind != RETURN or known is None or parcel.signer == known.minisign:
        return False
    told = _told(desk, parcel)
    if told is not None and told.minisign == known.minisign:
        return False
    if exchange_store.has_parcel(db, key):
        return True
    code = Code.RECEIPT_OVERTAKEN if is_older_receipt(desk, manifest) else Code.OFFICE_KEY_FORMER
    raise KnownError(Problem(code, comment.sender, {"office": known.label or comment.sender}))


def take_successor(desk: Desk, parcel: Parcel, received: Received) -> None:
    """The office's new keys instead of those known, where the receipt is signed by the one known now and states them.

    Belongs into the receipt's transaction. Raises KnownError BUNDLE_FORGED for a statement that is not by that key, of
    another office, for another laptop, or of a key that was replaced before.
    """
    comment = parcel.manifest.comment
    known = exchange_store.device(desk.book.db, comment.sender)
    if known is None or known.state != "office" or parcel.signer != known.minisign:
        return
    new = _told(desk, parcel)
    if new is None:
        return
    if new.minisign == known.minisign or new.minisign in (desk.book.setting(_FORMER) or "").split():
        raise KnownError(Problem(Code.BUNDLE_FORGED, comment.sender, {"part": KIND}))
    believe_office(desk, new, compared=False, registry=known.registry)
    facts = {"office": new.name, "digits": shown_fingerprint(new.fingerprint)}
    received.problems.append(Problem(Code.OFFICE_KEYS_NEW, new.code, facts, Level.WARNING))


def _told(desk: Desk, parcel: Parcel) -> Office | None:
    """The keys of the office that a receipt tells of, under the key that signed it. Raises KnownError BUNDLE_FORGED."""
    manifest = parcel.manifest
    comment = manifest.comment
    if manifest.successor is None:
        return None
    return read_statement(manifest.successor, comment.sender, desk.book.device, comment.bundle, parcel.signer)


def believe_office(desk: Desk, office: Office, *, compared: bool, registry: int) -> None:
    """Writes the office's keys down, over those known before, which count as former from now on."""
    before = exchange_store.device(desk.book.db, office.code)
    former = (desk.book.setting(_FORMER) or "").split()
    if before is not None and before.state == "office" and before.minisign != office.minisign:
        former = [before.minisign, *(key for key in former if key != before.minisign)]
    for name, value in (
        ("office", office.code),
        ("office_name", office.name),
        ("office_age", office.age[0]),
        ("office_next_age", office.age[1]),
        ("office_recovery", office.recovery),
        (_FORMER, " ".join(key for key in former if key != office.minisign)),
        (SLOT_WAITS, "1"),
    ):
        desk.book.set_setting(name, value)
    device = Device(office.code, office.name, office.age[0], office.minisign, "office", compared, registry)
    exchange_store.put_device(desk.book.db, device)


def end_office(desk: Desk, code: str) -> None:
    """The office's word on this book ends, in the caller's transaction; `settle_office_slot` follows it."""
    db = desk.book.db
    devices = [*(desk.book.setting(OFFICE_DEVICE) or "").split(), *(desk.book.setting(LEFT_DEVICES) or "").split()]
    desk.book.set_setting(LEFT_DEVICES, " ".join(dict.fromkeys(devices)))
    for name in (*_OF_THE_OFFICE, *exchange_store.settings_named(db, f"volume.{code}.")):
        exchange_store.drop_setting(db, name)
    desk.book.set_setting("left_codes", " ".join(sorted({*left_codes(desk), code})))
    desk.book.set_setting(SLOT_WAITS, "1")


def settle_office_slot(desk: Desk) -> None:
    """The office's recovery key, and no other office's, opens this book; none where there is no office.

    Follows the transaction that changed the office: the slots lie in a file of their own. What was cut off between the
    two is done when the book is opened the next time.
    """
    if desk.is_office or desk.book.setting(SLOT_WAITS) != "1":
        return
    wanted = (desk.book.setting("office_recovery") or None) if desk.book.setting("office") else None
    before = own_keys(desk)
    file = before
    recipients = {slot.number: slot.fields["recipient"] for slot in file.slots if slot.kind == keyslots.OFFICE}
    if wanted is not None and wanted not in recipients.values():
        made, _ = desk.clock()
        file = keyslots.with_office(file, desk.book_key, wanted, made=made)
    for number, recipient in recipients.items():
        if recipient != wanted:
            file = keyslots.without_slot(file, number)
    if file != before:
        keep_keys(desk, file)
    exchange_store.drop_setting(desk.book.db, SLOT_WAITS)
