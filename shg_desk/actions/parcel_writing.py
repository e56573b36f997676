"""One parcel written: its manifest, its files in the outbox and on the stick, read back, then remembered."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shg_desk import __version__
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import SCHEMA
from shg_desk.domain.canonical import parse_strict
from shg_desk.domain.ids import new_id
from shg_desk.store import exchange as exchange_store
from shg_desk.store.exchange import ParcelRow
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.envelope import Comment
from shg_desk.sync.folder import deliver
from shg_desk.sync.keys import SignPair
from shg_desk.sync.manifest import Have
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Limits


@dataclass(frozen=True, slots=True)
class Sent:
    """One file written and read back: where, for whom, its kind, how many operations, its bytes, how many pictures."""

    path: Path
    to: str
    kind: str
    operations: int
    bytes: int
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that parcels are written to, and what people call the stick it is on; empty where nobody knows."""

    folder: Path
    called: str = ""


def new_manifest(
    desk: Desk,
    kind: str,
    sender: str,
    addressee: str,
    have: Sequence[Have] = (),
    *,
    return_no: int | None = None,
    newest_return: int | None = None,
) -> Manifest:
    """The manifest of a parcel written now, under an id of its own.

    Numbers of returns go with the life of the office's book that they are of: an office put back gives them once more.
    """
    made, _ = desk.clock()
    comment = Comment(kind, sender, addressee, new_id(desk.random_bytes))
    is_return = kind == RETURN
    return Manifest(
        comment,
        made,
        __version__,
        SCHEMA,
        have=tuple(have),
        return_no=return_no,
        office_epoch=_office_epoch(desk, return_no, newest_return),
        registry_version=int(desk.book.setting("registry") or 0) if is_return else None,
        newest_return=newest_return,
        office_key=_office_key(desk, addressee) if kind == OPS else None,
    )


def _office_epoch(desk: Desk, return_no: int | None, newest_return: int | None) -> str | None:
    if return_no is not None:
        return desk.book.epoch
    return None if newest_return is None else desk.book.setting("office_epoch") or None


def _office_key(desk: Desk, office: str) -> str | None:
    """The office's signing key as this laptop knows it, so that the office answers under it."""
    known = exchange_store.device(desk.book.db, office)
    return known.minisign if known is not None else None


def write_parcel(
    desk: Desk,
    place: Place,
    manifest: Manifest,
    contents: Contents,
    signing: SignPair,
    recipients: Sequence[str],
    operations: int,
    went_out: Callable[[], None] = lambda: None,
    limits: Limits | None = None,
) -> list[Sent]:
    """Every volume into our outbox and then to its folder, written, flushed and read back; then remembered.

    `went_out` moves the marks, with the parcel's own row, once everything was read back: never for a file that failed.
    """
    sent: list[Sent] = []
    pictures = len(contents.files)
    comment = manifest.comment
    db = desk.book.db
    number = exchange_store.next_number(db, comment.kind)
    for file in seal_parcel(manifest, contents, signing=signing, recipients=recipients, limits=limits):
        deliver(desk.folder / "outbox", file, time.sleep)
        delivered = deliver(place.folder, file, time.sleep)
        sent.append(Sent(delivered.path, comment.addressee, comment.kind, operations, delivered.bytes, pictures))
    at, _ = desk.clock()
    facts = {"files": [one.path.name for one in sent], "return_no": manifest.return_no, **_content_facts(contents)}
    facts |= {"called": place.called} if place.called else {}
    facts |= {"pictures": [one.sha256 for one in contents.files]} if pictures else {}
    with db.transaction():
        row = ParcelRow(
            comment.bundle, number, comment.kind, outgoing=True, partner=comment.addressee, file=sent[0].path.name,
            place=str(place.folder), at=at, operations=operations, facts=facts,
        )  # fmt: skip
        exchange_store.put_parcel(db, row)
        went_out()
    return sent


def _content_facts(contents: Contents) -> dict[str, Any]:
    """What a parcel of our own records holds, to be told later: how many of each kind, and which part of each life."""
    kinds = Counter(str(parse_strict(op.line).get("kind", "")) for op in contents.ops)
    spans: dict[str, list[int]] = {}
    for op in contents.ops:
        span = spans.setdefault(op.epoch, [op.seq, op.seq])
        span[:] = [min(span[0], op.seq), max(span[1], op.seq)]
    return {"kinds": dict(sorted(kinds.items())), "spans": dict(sorted(spans.items()))}
