"""Parcels of pictures taken in: what a record names, or, within bounds, what waits for a record still on its way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from shg_desk.actions.desk import Desk
from shg_desk.actions.received import Received
from shg_desk.domain.kinds import FILE_LIMIT_BYTES
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import keys as key_store
from shg_desk.store import pictures as picture_store
from shg_desk.sync.attachments import unseal_file
from shg_desk.sync.label import MIB
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import RefLine

REF = "files"
"""The name of the reference in which both sides tell each other of pictures (see `pictures_out`)."""

ASKED = "files_asked"
"""The setting of a laptop with the names the office has sent and not heard of."""

WAITING_LIMIT_BYTES = 64 * MIB
"""What may wait for records that have not come: some hundred and fifty pictures. It waits as long as parcels are kept
(`rotation`); what has gone is asked for when its record comes.
"""


def take_pictures(desk: Desk, parcel: Parcel, received: Received) -> None:
    """Keeps the pictures of a parcel, in the caller's transaction; those that were taken away are left aside."""
    db, sender = desk.book.db, parcel.manifest.comment.sender
    waiting = sum(picture_store.waiting_lengths(db).values())
    known = exchange_store.device(db, sender)
    may_wait = known is not None and known.state in ("enrolled", "office")
    here: list[str] = []
    left_aside = 0
    for file in parcel.contents.files:
        name, wanted = file.sha256, picture_store.is_wanted(db, file.sha256)
        if wanted and picture_store.is_over(db, name, file.content, partial(_opens, desk)):
            wanted = False
        if wanted is None:
            fits = may_wait and len(file.content) <= FILE_LIMIT_BYTES
            if not picture_store.is_here(db, name):
                waiting += len(file.content)
            if not fits or waiting > WAITING_LIMIT_BYTES:
                left_aside += 1
                continue
        elif wanted and len(file.content) not in picture_store.lengths_said(db, name):
            left_aside += 1  # its records say another length: not what was meant to be kept
            continue
        if wanted is False:
            received.pictures_known += 1
            continue
        if picture_store.put(db, file.content):
            received.pictures += 1
        else:
            received.pictures_known += 1
        here.append(name)
    picture_store.set_has(db, sender, here)
    if desk.is_office and here:
        picture_store.set_to_tell(db, sender, here)
        desk.book.set_setting(f"news.{sender}", "1")
    if left_aside:
        received.problems.append(Problem(Code.PHOTOS_LEFT_ASIDE, sender, {"n": left_aside}, Level.WARNING))


def forget_taken_away(desk: Desk) -> int:
    """Removes the bytes of pictures whose records were taken away; gives how many there were. For the caller's
    transaction, once all records are derived: half way through, the record that keeps them may be still to come.
    """
    return picture_store.forget_taken_away(desk.book.db, partial(_opens, desk))


def hear_laptop(desk: Desk, parcel: Parcel) -> None:
    """At an office: which pictures a laptop says have come there, and which it lacks."""
    for content in _told(parcel.contents.refs):
        _mark(desk, parcel.manifest.comment.sender, content)


def hear_office(desk: Desk, parcel: Parcel) -> None:
    """At a laptop, of a receipt that is the newest: what the office has, lacks, and has sent."""
    told = _told(parcel.contents.refs)
    for content in told:
        _mark(desk, parcel.manifest.comment.sender, content)
    if told or parcel.manifest.volumes == 1:
        asked = [name for content in told for name in _names(content, "sent")]
        desk.book.set_setting(ASKED, json.dumps(asked))


def _opens(desk: Desk, sealed: bytes, group: str, number: int) -> bool:
    key = key_store.key(desk.book.db, group, "group", number)
    if key is None:
        return False
    try:
        unseal_file(key, sealed, owner=group, number=number)
    except KnownError:
        return False
    return True


def _mark(desk: Desk, partner: str, content: dict[str, object]) -> None:
    db = desk.book.db
    for word, has in (("missing", False), ("here", True)):
        named = [name for name in _names(content, word) if picture_store.is_wanted(db, name) is not None]
        picture_store.set_has(db, partner, named, has=has)


def _told(refs: Sequence[RefLine]) -> list[dict[str, object]]:
    return [dict(ref.content) for ref in refs if ref.name == REF and isinstance(ref.content, dict)]


def _names(content: dict[str, object], word: str) -> list[str]:
    found = content.get(word)
    named = found if isinstance(found, list) else []
    return [name for name in named if isinstance(name, str)][: picture_store.LISTED_MOST]
