"""Who wrote a record: the person of this laptop who was at work, or the label of another laptop."""

from __future__ import annotations

from shg_desk.actions.desk import Desk
from shg_desk.store import exchange as exchange_store
from shg_desk.store.operations import Operation


def writer_of(desk: Desk, operation: Operation) -> str:
    """Who wrote it: the person of the slot on this laptop, the label of another one; empty where it has none here."""
    device = operation.name.partition(".")[0]
    if device == desk.book.device:
        return desk.book.setting(f"user.{operation.by}") or desk.book.setting("name") or ""
    known = exchange_store.device(desk.book.db, device)
    return known.label if known is not None else ""
