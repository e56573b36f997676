"""What is looked at before a parcel is believed: the reach of colleagues, keys of others, lives of the office."""

from __future__ import annotations

import json

from shg_desk.actions.desk import Desk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.record_lines import readable_parts
from shg_desk.store import exchange as exchange_store
from shg_desk.store import log
from shg_desk.store import scope
from shg_desk.sync.envelope import GRANT
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import KeyLine

_OWN_THEN = "own_at_office_life"
"""The setting with the last number of each own chain when the office's present life was heard of."""


def refuse_beyond_reach(desk: Desk, parcel: Parcel) -> None:
    """A colleague's parcel holds only what is shared with that colleague, who is still one of the office's laptops.

    What is refused here still comes through the office, if the office counts it. Raises KnownError DEVICE_REVOKED or
    OUT_OF_PLACE.
    """
    db = desk.book.db
    sender = parcel.manifest.comment.sender
    known = exchange_store.device(db, sender)
    if known is None or known.state != "enrolled":
        raise KnownError(Problem(Code.DEVICE_REVOKED, sender))
    granted = scope.reach(db, sender)
    for op in parcel.contents.relays:
        read = readable_parts(op.line)
        if read is None:
            continue  # kept as it came, and counts for nothing
        things = scope.written_of(read[1])
        if not all(scope.is_within(db, sender, granted, *thing) for thing in things):
            raise KnownError(Problem(Code.OUT_OF_PLACE, sender))


def believed_keys(desk: Desk, parcel: Parcel) -> list[KeyLine]:
    """The keys of a parcel that its sender may bring: the office any, a laptop not those of what others made.

    Whoever registers a household or a group makes its keys; a further key from somebody else would be one that reads
    what is sealed from then on.
    """
    keys = parcel.contents.keys
    if parcel.manifest.comment.kind in (RETURN, GRANT):
        return list(keys)
    foreign = scope.foreign_owners(desk.book.db, parcel.manifest.comment.sender, (one.owner for one in keys))
    return [one for one in keys if one.owner not in foreign]


def knows_life(desk: Desk, life: str) -> bool:
    """True for a life of the office's book that this laptop has met, the present one too."""
    return life in (desk.book.setting("office_lives") or "").split()


def is_older_receipt(desk: Desk, manifest: Manifest) -> bool:
    """True for a receipt not newer than the newest one read, and for one of a life that the office's book has left.

    A life that has what was written here since another one was heard of is not over: the other's receipt came late.
    """
    life = manifest.office_epoch or ""
    if desk.book.setting("office_epoch") not in (None, life):
        return knows_life(desk, life) and not _has_what_is_new(desk, manifest)
    return (manifest.return_no or 0) <= int(desk.book.setting("return_no") or 0)


def _has_what_is_new(desk: Desk, manifest: Manifest) -> bool:
    kept = desk.book.setting(_OWN_THEN)
    then: dict[str, int] = json.loads(kept) if kept else {}
    mine = [have for have in manifest.have if have.device == desk.book.device]
    return kept is not None and any(have.seq > then.get(have.epoch, 0) for have in mine)


def remember_life(desk: Desk, life: str) -> None:
    """The office's book is in this life now; the ones before it are over."""
    lives = (desk.book.setting("office_lives") or desk.book.setting("office_epoch") or "").split()
    if life not in lives:
        desk.book.set_setting("office_lives", " ".join([*lives, life]))
    if desk.book.setting("office_epoch") not in (None, life):
        db, own = desk.book.db, desk.book.device
        tips = {epoch: log.tip(db, own, epoch).seq for epoch in exchange_store.own_chains(db, own)}
        desk.book.set_setting(_OWN_THEN, json.dumps(tips))
    desk.book.set_setting("office_epoch", life)
