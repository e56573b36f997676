"""Parcels of several volumes: what speaks of a parcel as a whole is kept back until every volume of it was read.

Each volume is importable alone and in any order; but digests and states are those of the whole parcel.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.store import exchange as exchange_store
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import DigestLine
from shg_desk.sync.sections import StateLine


@dataclass(frozen=True, slots=True)
class Whole:
    """What all volumes of a parcel say together.

    `rank` is greater for a later parcel of the same sender; `within` is its have-vector with its own chains' last
    numbers, {(device, epoch): number}.
    """

    rank: int
    within: Mapping[tuple[str, str], int]
    digests: tuple[DigestLine, ...]
    states: tuple[StateLine, ...]

    def packed(self) -> str:
        """As text, for a setting."""
        digests = [[d.group, d.month, d.count, d.debit_minor, d.lane0, d.lane1] for d in self.digests]
        states = [[s.device, s.epoch, s.seq, s.state, s.code] for s in self.states]
        return json.dumps([self.rank, [[*chain, seq] for chain, seq in self.within.items()], digests, states])

    @classmethod
    def unpacked(cls, text: str) -> Whole:
        """From `packed`."""
        rank, within, digests, states = json.loads(text)
        chains: dict[tuple[str, str], int] = {(device, epoch): seq for device, epoch, seq in within}
        return cls(
            rank, chains, tuple(DigestLine(*line) for line in digests), tuple(StateLine(*line) for line in states)
        )


def gathered(desk: Desk, parcel: Parcel) -> Whole | None:
    """The whole parcel once this was the last of its volumes to be read, or None while others are missing."""
    manifest = parcel.manifest
    here = _of_volume(parcel)
    if manifest.volumes == 1:
        return here
    db, sender = desk.book.db, manifest.comment.sender
    every = f"volume.{sender}."
    beginning = f"{every}{manifest.comment.bundle}."
    desk.book.set_setting(f"{beginning}{manifest.volume}", here.packed())
    names = [f"{beginning}{number}" for number in range(1, manifest.volumes + 1)]
    found = [desk.book.setting(name) for name in names]
    parts = [Whole.unpacked(text) for text in found if text is not None]
    if len(parts) < manifest.volumes:
        return None
    within: dict[tuple[str, str], int] = {}
    for part in parts:
        for chain, seq in part.within.items():
            within[chain] = max(within.get(chain, 0), seq)
    rank = max(part.rank for part in parts)
    for name in exchange_store.settings_named(db, every):
        text = desk.book.setting(name)
        if text is not None and (name in names or Whole.unpacked(text).rank <= rank):
            exchange_store.drop_setting(db, name)  # of this parcel, or of one that it has overtaken
    digests = tuple(line for part in parts for line in part.digests)
    return Whole(rank, within, digests, tuple(line for part in parts for line in part.states))


def _of_volume(parcel: Parcel) -> Whole:
    manifest, contents = parcel.manifest, parcel.contents
    within: dict[tuple[str, str], int] = {(run.device, run.epoch): run.last for run in manifest.ranges}
    within.update({(have.device, have.epoch): have.seq for have in manifest.have})
    rank: Any = manifest.return_no
    if rank is None:
        rank = sum(within.values())
    return Whole(rank, within, tuple(contents.digests), tuple(contents.states))
