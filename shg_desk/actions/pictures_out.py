"""Pictures on their way: in parcels of their own, until whoever gets them has said that they came.

A reference `files` in receipts and in a laptop's parcels says which have come (`here`), which went out and were not
heard of (`sent`), and which a record names that are not here (`missing`). So a lost stick, and a book put back from a
copy on either side, cost nothing but one more parcel.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from shg_desk.actions.desk import Desk
from shg_desk.actions.parcel_writing import Place
from shg_desk.actions.parcel_writing import Sent
from shg_desk.actions.parcel_writing import new_manifest
from shg_desk.actions.parcel_writing import write_parcel
from shg_desk.actions.pictures_in import ASKED
from shg_desk.actions.pictures_in import REF
from shg_desk.domain.canonical import Json
from shg_desk.domain.problems import BugError
from shg_desk.store import exchange as exchange_store
from shg_desk.store import pictures as picture_store
from shg_desk.store.exchange import Device
from shg_desk.sync.attachments import KeptFile
from shg_desk.sync.envelope import FILES
from shg_desk.sync.keys import SignPair
from shg_desk.sync.label import MIB
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Limits
from shg_desk.sync.sections import RefLine

VOLUME = Limits(unpacked_bytes=16 * MIB)
"""Pictures do not pack; a volume stays small enough to be mailed."""


def send_pictures(
    desk: Desk, place: Place, to: str, names: Sequence[str], signing: SignPair, recipients: Sequence[str]
) -> list[Sent]:
    """One parcel of these pictures (names) to a partner, without damaged ones; nothing where there are none."""
    db = desk.book.db
    found = picture_store.whole_lengths(db, names)
    if not found:
        return []
    sender = desk.book.setting("office_code") if desk.is_office else None
    manifest = new_manifest(desk, FILES, sender or desk.book.device, to)

    def went_out() -> None:
        picture_store.set_sent(db, to, found)

    contents = Contents(files=[KeptFile(name, length, partial(_kept, desk, name)) for name, length in found.items()])
    return write_parcel(desk, place, manifest, contents, signing, recipients, 0, went_out, VOLUME)


def _kept(desk: Desk, name: str) -> bytes:
    content = picture_store.content(desk.book.db, name)
    if content is None:
        raise BugError(f"the picture {name} went while it was sent")
    return content


def for_office(desk: Desk, office: str, *, everything: bool = False) -> list[str]:
    """Names of the pictures a laptop's office is not known to have: our own, and those of others it hands on."""
    db = desk.book.db
    devices = [desk.book.device, *(desk.book.setting("inherited") or "").split()]
    return picture_store.to_send(db, office, picture_store.groups_of_pictures(db), by=devices, again=everything)


def for_colleague(desk: Desk, groups: set[str]) -> list[str]:
    """Names of our own pictures of shared groups that the office does not have yet: what it has comes from there."""
    return picture_store.to_send(desk.book.db, desk.book.setting("office") or "", groups, by=[desk.book.device])


def for_laptop(desk: Desk, device: Device) -> list[str]:
    """At an office: names of the pictures of a laptop's groups that the laptop is not known to have."""
    return picture_store.to_send(desk.book.db, device.code, exchange_store.granted_groups(desk.book.db, device.code))


def ref_of_office(desk: Desk, device: Device) -> tuple[list[RefLine], list[str]]:
    """What a receipt says of pictures, and which of them it confirms."""
    db, code = desk.book.db, device.code
    here = picture_store.to_tell(db, code, device.newest_return or 0)
    sent, missing = picture_store.sent_and_unheard(db, code), picture_store.missing(db, by=code)
    return _said(here=here, sent=sent, missing=missing), here


def ref_of_desk(desk: Desk) -> list[RefLine]:
    """What a laptop's parcel says of pictures: which of those it was asked about have come, and which it lacks."""
    db = desk.book.db
    asked: list[str] = json.loads(desk.book.setting(ASKED) or "[]")
    here = [name for name in asked if picture_store.is_here(db, name)]
    return _said(here=here, missing=picture_store.missing(db, groups=picture_store.groups_of_pictures(db)))


def _said(**lists: list[str]) -> list[RefLine]:
    content: dict[str, Json] = {name: list[Json](names) for name, names in lists.items() if names}
    return [RefLine(REF, 1, content)] if content else []
