"""Records of others in a book that has left its office: handed on to the next office, which takes what it may.

A laptop vouches for them as for its own: the office takes them where they are of nothing it knows, or of what this
laptop made or was granted; and never of a writer who sends here itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.received import Received
from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import parse
from shg_desk.domain.kinds import KindError
from shg_desk.domain.kinds import is_known
from shg_desk.domain.kinds import own_parts
from shg_desk.domain.kinds import validate
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import log
from shg_desk.store import relays as relay_store
from shg_desk.store import scope
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import OpLine
from shg_desk.sync.sections import RefLine

REF = "handed-on"
_INHERITED, _WENT_IN = "inherited", "handed_in"
_CAME, _HANDED = "handing.", "handed."


# at a laptop --------------------------------------------------------------------------------------------------------


def hand_on_later(desk: Desk) -> None:
    """Whose records are here besides our own, when an office is left: the next one gets them from this book."""
    others = {device for device, _ in log.chains(desk.book.db)} - {desk.book.device}
    desk.book.set_setting(_INHERITED, " ".join(sorted(others)))
    exchange_store.drop_setting(desk.book.db, _WENT_IN)


def to_hand_on(desk: Desk, bundle: str) -> list[OpLine]:
    """The counting records of others that the office has not confirmed, as they go into a parcel."""
    devices = (desk.book.setting(_INHERITED) or "").split()
    found = [
        OpLine(op.name.device, op.name.epoch, op.name.seq, op.line, op.head_before)
        for op in relay_store.counting_of(desk.book.db, devices)
    ]
    if found:
        desk.book.set_setting(_WENT_IN, " ".join([*(desk.book.setting(_WENT_IN) or "").split(), bundle]))
    return found


def hear_handed(desk: Desk, parcel: Parcel) -> None:
    """The office has what was handed on: it goes no more, and counts as received."""
    told = [ref.content for ref in parcel.contents.refs if ref.name == REF]
    went_in = (desk.book.setting(_WENT_IN) or "").split()
    if not any(isinstance(one, dict) and one.get("bundle") in went_in for one in told):
        return
    db = desk.book.db
    for device in (desk.book.setting(_INHERITED) or "").split():
        for epoch in exchange_store.own_chains(db, device):
            exchange_store.set_received(db, device, epoch, log.last(db, device, epoch).seq)
    for name in (_INHERITED, _WENT_IN):
        exchange_store.drop_setting(db, name)


# at the office ------------------------------------------------------------------------------------------------------


def admitted(desk: Desk, parcel: Parcel, received: Received) -> list[OpLine]:
    """The handed-on records of a laptop's parcel that are its to hand on; how many are not is told.

    What is recorded in them for the first time is the laptop's own from now on, until its writer joins too.
    """
    relays = parcel.contents.relays
    if not relays:
        return []
    db, sender = desk.book.db, parcel.manifest.comment.sender
    here = {one.code for one in exchange_store.devices(db)} | {desk.book.device, desk.book.setting("office_code") or ""}
    granted = scope.reach(db, sender)
    taken = [op for op in relays if op.device not in here and _is_its_own(desk, sender, granted, op)]
    missing = len(relays) - len(taken)
    if missing:
        known = exchange_store.device(db, sender)
        facts: dict[str, Fact] = {"n": missing, "laptop": (known.label if known else "") or sender}
        received.problems.append(Problem(Code.RECORDS_HELD_BACK, sender, facts, Level.WARNING))
    desk.book.set_setting(f"{_CAME}{sender}", parcel.manifest.comment.bundle)
    return taken


def _is_its_own(desk: Desk, sender: str, granted: frozenset[str] | None, op: OpLine) -> bool:
    body = _readable(op.line)
    if body is None:
        return False
    db = desk.book.db
    things = scope.written_of(body)
    if not all(scope.is_within(db, sender, granted, *one) for one in things):
        return False
    for kind, gid in sorted({(line[0], line[1]) for line in body.get("revisions", ())} & things):
        if scope.maker(db, kind, gid) is None:
            scope.brought_by(db, kind, gid, sender)
    return True


def _readable(line: bytes) -> Mapping[str, Any] | None:
    try:
        read = parse(line)
        if not is_known(read["kind"], read["v"]):
            return None
        validate(read["kind"], read["body"])
        return own_parts(read["kind"], read["body"])
    except (NotCanonicalError, KindError, KeyError, TypeError, ValueError):
        return None


def remember_handed(desk: Desk, parcel: Parcel, *, is_whole: bool) -> None:
    """Once all of a parcel is here its laptop hears that nothing of it has to be handed on again."""
    comment = parcel.manifest.comment
    if is_whole and desk.book.setting(f"{_CAME}{comment.sender}") == comment.bundle:
        desk.book.set_setting(f"{_HANDED}{comment.sender}", comment.bundle)
        desk.book.set_setting(f"news.{comment.sender}", "1")
    elif is_whole:
        exchange_store.drop_setting(desk.book.db, f"{_HANDED}{comment.sender}")


def confirming(desk: Desk, device: str) -> Sequence[RefLine]:
    """What a receipt says of it."""
    bundle = desk.book.setting(f"{_HANDED}{device}")
    return [] if bundle is None else [RefLine(REF, 1, {"bundle": bundle})]
