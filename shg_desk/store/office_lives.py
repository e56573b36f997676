"""The living book of an office, and what it has of its own former lives: as its newest receipt told it to this laptop.

An office that was put back from a copy goes on in a new chain; what it wrote after the copy is on its laptops alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from shg_desk.domain.digest import Digest
from shg_desk.store import log
from shg_desk.store.db import Db
from shg_desk.store.exchange import Buckets
from shg_desk.store.exchange import bucket_of

_TOLD = "office_lives_had"
WHOLE_LIFE = 2**53 - 1
"""Higher than any number: of such a life nothing is known to be lost."""

_COUNTING = (
    "SELECT o.id, c.epoch, o.seq FROM chain c CROSS JOIN operation o ON o.chain = c.id "
    "CROSS JOIN standing s ON s.op = o.id WHERE c.device = ? AND c.epoch <> ? AND s.state = 0 AND s.shg IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Living:
    """The present life (epoch) of an office's book, and of each former one the last number that it has."""

    life: str
    had: Mapping[str, int]

    def has_lost(self, epoch: str, seq: int) -> bool:
        """True for a record of a former life that the living one does not have."""
        return epoch != self.life and seq > self.had.get(epoch, 0)


def living(db: Db, device: str) -> Living | None:
    """What was told of the office that writes under a device; None where no receipt has told it."""
    told = _told(db).get(device)
    return None if told is None else Living(*told)


def remember(db: Db, device: str, life: str, had: Mapping[str, int]) -> None:
    """The newest receipt: the office writes in this life, and has so much of each other one."""
    _write(db, {**_told(db), device: (life, dict(had))})


def believe_life(db: Db, device: str, life: str) -> None:
    """An answer to a request comes from a life no receipt has told of: what came with it counts until one does."""
    told = _told(db)
    if device in told and life != told[device][0]:
        present, had = told[device]
        _write(db, {**told, device: (present, {**had, life: WHOLE_LIFE})})


def buckets_lost(db: Db, device: str) -> Buckets:
    """The digests of what counts here of an office's own records and its living book has lost."""
    found: Buckets = {}
    known = living(db, device)
    for op, epoch, seq in db.rows(_COUNTING, (device, known.life)) if known is not None else ():
        if known is not None and known.has_lost(epoch, seq):
            for key, digest in bucket_of(log.by_id(db, op)).items():
                found[key] = found.get(key, Digest()) + digest
    return found


def _told(db: Db) -> dict[str, tuple[str, dict[str, int]]]:
    kept = db.value("SELECT value FROM setting WHERE name = ?", (_TOLD,))
    return {device: (life, had) for device, (life, had) in json.loads(kept).items()} if kept else {}


def _write(db: Db, told: Mapping[str, tuple[str, Mapping[str, int]]]) -> None:
    db.run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_TOLD, json.dumps(told, sort_keys=True)))
