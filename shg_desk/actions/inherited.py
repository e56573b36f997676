"""Records of others in a book that has left its office: handed on to the next office, which takes what it may.

A laptop vouches for them as for its own: the office takes them where they are of nothing it knows, or of what this
laptop made or was granted; and never of a writer who sends here itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.received import Received
from shg_desk.domain.canonical import Json
from shg_desk.domain.ids import OpName
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.record_lines import readable_parts
from shg_desk.store import exchange as exchange_store
from shg_desk.store import log
from shg_desk.store import relays as relay_store
from shg_desk.store import scope
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import OpLine
from shg_desk.sync.sections import RefLine

REF = "handed-on"
_INHERITED, _UP_TO, _WENT_IN = "inherited", "inherited_up_to", "handed_in"
_CAME, _HANDED = "handing.", "handed."
_PARCELS_KEPT = 50
"""Of how many parcels a laptop remembers what it handed on; the office answers the newest one it has read."""


# at a laptop --------------------------------------------------------------------------------------------------------


def hand_on_later(desk: Desk) -> None:
    """Whose records are here besides our own, when an office is left: the next one gets them from this book."""
    others = {device for device, _ in log.chains(desk.book.db)} - {desk.book.device}
    desk.book.set_setting(_INHERITED, " ".join(sorted(others)))
    desk.book.set_setting(_UP_TO, str(log.newest(desk.book.db)))
    exchange_store.drop_setting(desk.book.db, _WENT_IN)


def to_hand_on(desk: Desk, bundle: str, *, everything: bool = False) -> list[OpLine]:
    """The counting records of others that the office has not confirmed, as they go into a parcel.

    What this parcel can be confirmed for is remembered: up to where it leaves out nothing that is here of a chain.
    """
    db = desk.book.db
    if desk.book.setting(_UP_TO) is None:  # an office that was left under an older program
        desk.book.set_setting(_UP_TO, str(log.newest(db)))
    found: list[OpLine] = []
    whole: dict[str, int] = {}
    left_out: dict[str, int] = {}
    for op, counts in relay_store.handed_on(db, handing_on(desk), _up_to(desk), everything=everything):
        chain, seq = f"{op.name.device}.{op.name.epoch}", op.name.seq
        if counts:
            found.append(OpLine(op.name.device, op.name.epoch, seq, op.line, op.head_before))
            whole[chain] = max(seq, whole.get(chain, 0))
        else:
            left_out[chain] = min(seq, left_out.get(chain, seq))
    if found:
        went_in = _went_in(desk)
        went_in[bundle] = {chain: min(seq, left_out.get(chain, seq + 1) - 1) for chain, seq in whole.items()}
        kept = dict(islice(went_in.items(), max(len(went_in) - _PARCELS_KEPT, 0), None))
        desk.book.set_setting(_WENT_IN, json.dumps(kept))
    return found


def hear_handed(desk: Desk, parcel: Parcel, *, regress: bool) -> None:
    """What the office says it holds of what a parcel handed on counts as received; the rest goes again.

    An office put back from a copy (`regress`) holds nothing of it until it says so again.
    """
    db, devices = desk.book.db, handing_on(desk)
    if regress:
        for device in devices:
            for epoch in exchange_store.own_chains(db, device):
                exchange_store.set_received(db, device, epoch, 0, regress=True)
    went_in = _went_in(desk)
    for ref in parcel.contents.refs:
        sent = went_in.get(str(ref.content.get("of"))) if ref.name == REF and isinstance(ref.content, dict) else None
        if sent is None:
            continue
        for device, epoch, seq in _told(ref.content.get("upto")):
            if device in devices:
                late = relay_store.first_after(db, device, epoch, _up_to(desk))  # it did not go from here
                upto = min(seq, sent.get(f"{device}.{epoch}", 0), seq if late is None else late - 1)
                exchange_store.set_received(db, device, epoch, upto)


def handing_on(desk: Desk) -> list[str]:
    """Whose records this book hands on."""
    return (desk.book.setting(_INHERITED) or "").split()


def _up_to(desk: Desk) -> int:
    """The arrival number of the newest record that was here when the office was left."""
    return int(desk.book.setting(_UP_TO) or 0)


def _went_in(desk: Desk) -> dict[str, Any]:
    """What went into each parcel; an older program kept names of parcels only, of which nothing can be confirmed."""
    return _read_back(desk, _WENT_IN)


def _told(upto: Any) -> list[tuple[str, str, int]]:
    """The chains of a receipt, as (device, epoch, number); what is not of that shape confirms nothing."""
    lines = upto if isinstance(upto, list) else []
    return [
        (line[0], line[1], line[2])
        for line in lines
        if isinstance(line, list) and [type(part) for part in line] == [str, str, int]
    ]


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
    return taken


def _is_its_own(desk: Desk, sender: str, granted: frozenset[str] | None, op: OpLine) -> bool:
    read = readable_parts(op.line)
    if read is None:
        return False
    _, body = read
    db = desk.book.db
    things = scope.written_of(body)
    if not all(scope.is_within(db, sender, granted, *one) for one in things):
        return False
    for kind, gid in sorted({(line[0], line[1]) for line in body.get("revisions", ())} & things):
        if scope.maker(db, kind, gid) is None:
            scope.brought_by(db, kind, gid, sender)
    return True


def remember_handed(desk: Desk, parcel: Parcel, *, is_whole: bool) -> None:
    """Once all of a parcel is here its laptop hears how far this book holds what it handed on.

    A record is held where this very line is in the log, whether it came with this parcel or from its writer.
    """
    comment = parcel.manifest.comment
    came = _read_back(desk, f"{_CAME}{comment.sender}")
    if parcel.contents.relays:
        came = came if came.get("bundle") == comment.bundle else {"bundle": comment.bundle, "chains": {}}
        _note_held(desk, parcel.contents.relays, came["chains"])
        desk.book.set_setting(f"{_CAME}{comment.sender}", json.dumps(came))
    if is_whole and came.get("bundle") == comment.bundle:
        desk.book.set_setting(f"{_HANDED}{comment.sender}", json.dumps(came))
        desk.book.set_setting(f"news.{comment.sender}", "1")
    elif is_whole:
        exchange_store.drop_setting(desk.book.db, f"{_HANDED}{comment.sender}")


def _note_held(desk: Desk, relays: Sequence[OpLine], chains: dict[str, list[int | None]]) -> None:
    """For each chain the last number that came in a parcel, and the first one that is not held here."""
    for op in relays:
        name = OpName(op.device, op.epoch, op.seq)
        last, lacking = chains.get(f"{op.device}.{op.epoch}", (0, None))
        if op.head_after not in log.heads(desk.book.db, name):
            lacking = op.seq if lacking is None else min(lacking, op.seq)
        chains[f"{op.device}.{op.epoch}"] = [max(last or 0, op.seq), lacking]


def _read_back(desk: Desk, setting: str) -> dict[str, Any]:
    kept = desk.book.setting(setting) or ""
    found: dict[str, Any] = json.loads(kept) if kept.startswith("{") else {}
    return found


def confirming(desk: Desk, device: str) -> Sequence[RefLine]:
    """What a receipt says of it: only where all is held the word by which an older program sends nothing again."""
    handed = _read_back(desk, f"{_HANDED}{device}")
    if not handed:
        return []
    upto: list[Json] = []
    for chain, (last, lacking) in sorted(handed["chains"].items()):
        by, epoch = chain.split(".")
        upto.append([by, epoch, last if lacking is None else lacking - 1])
    content: dict[str, Json] = {"of": handed["bundle"], "upto": upto}
    if all(lacking is None for _, lacking in handed["chains"].values()):
        content["bundle"] = handed["bundle"]
    return [RefLine(REF, 1, content)]
