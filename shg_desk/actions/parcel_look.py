"""Looking at a parcel without taking it in: its first line, whether it is whole, and what is inside where it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.office_change import plain_refusal
from shg_desk.actions.office_change import trust_of
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.sync.envelope import Trust
from shg_desk.sync.folder import fetch
from shg_desk.sync.label import Label
from shg_desk.sync.label import read_label
from shg_desk.sync.label import split_file
from shg_desk.sync.parcels import open_parcel
from shg_desk.sync.payload import Parcel


@dataclass(frozen=True, slots=True)
class Look:
    """A parcel's first line, whether all of it is there unhurt, its manifest where it opened, and what is wrong."""

    label: Label
    is_whole: bool
    inside: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def look_at(file: Path, desk: Desk | None) -> Look:
    """What a file says of itself; with a book also what is inside, verified. Raises KnownError BUNDLE_NOT_ONE."""
    content = fetch(file)
    label = read_label(content)
    try:
        split_file(content)
        if desk is None:
            return Look(label, is_whole=True)
        return Look(label, is_whole=True, inside=_inside(opened(desk, content)))
    except KnownError as error:
        problems = tuple(Problem(p.code, file.name, p.facts, p.level) for p in error.problems)
        return Look(label, _is_whole(content), problems=problems)


def opened(desk: Desk, content: bytes) -> Parcel:
    """A parcel this book wrote or got, decrypted and verified, to be looked at. Raises KnownError BUNDLE_*."""
    keys = desk.device_keys()
    identities = [keys.age.secret, *(desk.office_keys().identities if desk.is_office else ())]
    known = trust_of(desk)
    offices, devices = dict(known.offices), dict(known.devices)
    if desk.is_office:
        own = desk.office_keys()
        offices[desk.book.setting("office_code") or ""] = tuple(one.public for one in (own.signing, *own.former))
    else:
        devices[desk.book.device] = (keys.signing.public,)
    label = read_label(content)
    try:
        return open_parcel(content, addressees={label.addressee}, identities=identities, trust=Trust(offices, devices))
    except KnownError as error:
        raise plain_refusal(desk, error, label.sender) from error


def _is_whole(content: bytes) -> bool:
    try:
        split_file(content)
    except KnownError:
        return False
    return True


def _inside(parcel: Parcel) -> dict[str, Any]:
    manifest, contents = parcel.manifest, parcel.contents
    return {
        "kind": manifest.comment.kind,
        "bundle": manifest.comment.bundle,
        "made": manifest.made,
        "volume": manifest.volume,
        "volumes": manifest.volumes,
        "app": manifest.app,
        "operations": len(contents.ops) + len(contents.relays),
        "pictures": len(contents.files),
        "counts": dict(manifest.counts),
        "ranges": [
            {"device": run.device, "epoch": run.epoch, "first": run.first, "last": run.last} for run in manifest.ranges
        ],
        "have": [{"device": one.device, "epoch": one.epoch, "seq": one.seq} for one in manifest.have],
        "return": manifest.return_no,
        "held": [f"{s.device}.{s.epoch}.{s.seq}" for s in contents.states if s.state == "held"],
        "waiting_for_decision": [f"{s.device}.{s.epoch}.{s.seq}" for s in contents.states if s.state != "held"],
    }
