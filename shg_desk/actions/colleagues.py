"""At a laptop: which other laptops share its groups, as the office vouches for them in grants and receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shg_desk.actions.desk import Desk
from shg_desk.store import exchange as exchange_store
from shg_desk.store import grants
from shg_desk.store.exchange import Device


def believe_colleague(desk: Desk, told: Device, groups: Iterable[tuple[str, str | None]]) -> None:
    """Writes a colleague's keys and groups (code, id where it is known) down, as of a version of the register.

    One that was revoked comes back only with a later version than the one that revoked it; an office is no colleague.
    """
    db = desk.book.db
    known = exchange_store.device(db, told.code)
    if known is not None and (known.state == "office" or known.registry > told.registry):
        return
    if known is not None and known.state == "revoked" and known.registry == told.registry:
        return
    exchange_store.put_device(db, replace(told, label=told.label or (known.label if known else "")))
    for code, group in groups:
        grants.let_have(db, told.code, code, group)
