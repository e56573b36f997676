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
from shg_desk.store import office_lives
from shg_desk.store import scope
from shg_desk.store.book import FORMER_LIVES
from shg_desk.store.decided import OFFICE_DEVICE
from shg_desk.sync.envelope import GRANT
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import KeyLine

_HEARD_LIFE = "life."
_GRANTED_LIFE = "granted_life"
"""The setting with the life of the office's book that answered, which holds until a receipt is read."""
_VOUCHED_LIFE = "vouched_life"
"""The setting with the life that a person vouched for though it was told to be over, and the others known then: that it
is over they say in vain from then on."""
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


def present_life(desk: Desk) -> str | None:
    """The life of the office's book in which its word counts: of the newest receipt, before the first of its answer."""
    return desk.book.setting("office_epoch") or desk.book.setting(_GRANTED_LIFE)


def is_older_receipt(desk: Desk, manifest: Manifest) -> bool:
    """True for a receipt not newer than the newest one read, and for one of a life that the office's book has left.

    A later life says itself that the one known here is over (`lives_over`). Where an older program does not say it, a
    life that has what was written here since another one was heard of is not over: the other's receipt came late. Where
    a person vouched for the life known here, those it had been lost to say so in vain (`vouch_for_life`).
    """
    life, present = manifest.office_epoch or "", desk.book.setting("office_epoch")
    if present not in (None, life):
        vouched, *others = (desk.book.setting(_VOUCHED_LIFE) or "").split() or [""]
        if present == vouched and life in others:
            return True
        if manifest.over is not None:
            return present not in manifest.over
        return knows_life(desk, life) and not _has_what_is_new(desk, manifest)
    return (manifest.return_no or 0) <= int(desk.book.setting("return_no") or 0)


def _has_what_is_new(desk: Desk, manifest: Manifest) -> bool:
    kept = desk.book.setting(_OWN_THEN)
    then: dict[str, int] = json.loads(kept) if kept else {}
    mine = [have for have in manifest.have if have.device == desk.book.device]
    return kept is not None and any(have.seq > then.get(have.epoch, 0) for have in mine)


def lives_over(desk: Desk, device: str) -> tuple[str, ...]:
    """The lives of this office's book before the present one, as far as it knows them: its own, what a laptop told."""
    heard = desk.book.setting(f"{_HEARD_LIFE}{device}")
    return tuple(sorted({*_own_lives(desk), *([heard] if heard else [])} - {desk.book.epoch}))


def was_put_back(desk: Desk) -> bool:
    """True for a book that goes on from an older copy of itself: it has had a life before the present one."""
    return bool(_own_lives(desk) - {desk.book.epoch})


def _own_lives(desk: Desk) -> set[str]:
    told = (desk.book.setting(FORMER_LIVES) or "").split()
    return {*exchange_store.own_chains(desk.book.db, desk.book.device), *told}


def hear_life(desk: Desk, manifest: Manifest) -> None:
    """At the office: in which life a laptop believes this book to be, one that was lost maybe."""
    if manifest.office_epoch is not None:
        desk.book.set_setting(f"{_HEARD_LIFE}{manifest.comment.sender}", manifest.office_epoch)


def remember_life(desk: Desk, manifest: Manifest) -> None:
    """The office's book is in this receipt's life now; of the ones before it it has what the receipt says."""
    life, db = manifest.office_epoch or "", desk.book.db
    lives = (desk.book.setting("office_lives") or desk.book.setting("office_epoch") or "").split()
    if life not in lives:
        desk.book.set_setting("office_lives", " ".join([*lives, life]))
    if desk.book.setting("office_epoch") not in (None, life):
        own = desk.book.device
        tips = {epoch: log.tip(db, own, epoch).seq for epoch in exchange_store.own_chains(db, own)}
        desk.book.set_setting(_OWN_THEN, json.dumps(tips))
    desk.book.set_setting("office_epoch", life)
    for office in _office_device(desk):
        office_lives.remember(db, office, life, {one.epoch: one.seq for one in manifest.have if one.device == office})


def believe_life(desk: Desk, life: str) -> None:
    """An answer to our request comes from a life of the office's book that no receipt has told of yet."""
    desk.book.set_setting(_GRANTED_LIFE, life)
    for office in _office_device(desk):
        office_lives.believe_life(desk.book.db, office, life)


def vouch_for_life(desk: Desk, life: str) -> None:
    """A person compared the figures of an answer of a life that was told to be over: the office goes on with it."""
    known = (desk.book.setting("office_lives") or "").split()
    desk.book.set_setting(_VOUCHED_LIFE, " ".join([life, *(one for one in known if one != life)]))


def _office_device(desk: Desk) -> list[str]:
    """Under which device our office writes records, where that is known."""
    return (desk.book.setting(OFFICE_DEVICE) or "").split()[:1]
