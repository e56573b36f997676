"""How many records are taken in: so many that they add up within 64 bits, whatever order they come in and what counts.

Sums themselves decide nothing here: a record may wait, and which file made it count would then decide who is refused.
"""

from __future__ import annotations

from shg_desk.actions.desk import Desk
from shg_desk.domain.money import RECORDS_LIMIT
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import log
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import Comment

LAPTOP_LIMIT = 1_000_000
"""How many records one laptop may bring, its own and handed on: with more it could fill a book for the others."""

_BROUGHT = "records_brought."


def refuse_too_many(desk: Desk, parcel: Comment, new: int) -> None:
    """Of a parcel whose `new` records were just stored, in the caller's transaction. Raises KnownError."""
    if parcel.kind in (OPS, COLLEAGUE) and new:
        brought = int(desk.book.setting(f"{_BROUGHT}{parcel.sender}") or 0) + new
        if brought > LAPTOP_LIMIT:
            known = exchange_store.device(desk.book.db, parcel.sender)
            facts: dict[str, Fact] = {"laptop": (known.label if known else "") or parcel.sender, "n": LAPTOP_LIMIT}
            raise KnownError(Problem(Code.RECORDS_TOO_MANY, parcel.sender, facts))
        desk.book.set_setting(f"{_BROUGHT}{parcel.sender}", str(brought))
    if log.newest(desk.book.db) > RECORDS_LIMIT:
        raise KnownError(Problem(Code.RECORDS_TOO_MANY, parcel.sender, {"n": RECORDS_LIMIT}))
