"""At a laptop: which other laptops share its groups, as the office vouches for them in grants and receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shg_desk.actions.desk import Desk
from shg_desk.actions.parcel_doors import was_put_back
from shg_desk.actions.received import Received
from shg_desk.domain.canonical import Json
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import grants
from shg_desk.store.exchange import OF_A_FORMER_LIFE
from shg_desk.store.exchange import Device
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import RefLine

_STOPPED = "stopped"


def believe_colleague(
    desk: Desk, told: Device, groups: Iterable[tuple[str, str | None]], *, taken_in_anew: bool = False
) -> None:
    """Writes a colleague's keys and groups (code, id where it is known) down, as of a version of the register.

    One that was revoked comes back only with a later version than the one that revoked it, and where a former life of
    the office's book did so, once the present one has taken it in (`taken_in_anew`). An office is no colleague.
    """
    db = desk.book.db
    known = exchange_store.device(db, told.code)
    was_stopped_before = known is not None and known.state == "revoked" and known.registry == OF_A_FORMER_LIFE
    if was_stopped_before and not taken_in_anew:
        return
    if known is not None and not was_stopped_before and (known.state == "office" or known.registry > told.registry):
        return
    if known is not None and known.state == "revoked" and known.registry == told.registry:
        return
    exchange_store.put_device(db, replace(told, label=told.label or (known.label if known else "")))
    for code, group in groups:
        grants.let_have(db, told.code, code, group)


def tell_stopped(desk: Desk) -> list[RefLine]:
    """What a laptop tells its office of: whom a former life of the office's book stopped, and who stays so here."""
    found = exchange_store.devices(desk.book.db)
    codes = [one.code for one in found if one.state == "revoked" and one.registry == OF_A_FORMER_LIFE]
    return [RefLine(_STOPPED, 1, {"devices": list(codes)})] if codes else []


def hear_stopped(desk: Desk, parcel: Parcel, received: Received) -> None:
    """At an office put back: what a laptop knows of laptops that this book had stopped after the copy it came from.

    What names no other laptop of the office, and a name said again, is left aside.
    """
    sender = parcel.manifest.comment.sender
    said = [one for ref in parcel.contents.refs if ref.name == _STOPPED for one in _devices(ref.content)]
    if not said or not was_put_back(desk):
        return
    enrolled = [one for one in exchange_store.devices(desk.book.db) if one.state == "enrolled"]
    labels = {one.code: one.label or one.code for one in enrolled}
    for code in sorted((labels.keys() & said) - {sender}):
        facts: dict[str, Fact] = {"laptop": labels.get(sender, sender), "other": labels[code]}
        received.problems.append(Problem(Code.STOPPED_BEFORE, code, facts, Level.WARNING))


def _devices(content: Json) -> list[str]:
    """The codes that a reference names; whatever else stands there is none."""
    said = content.get("devices") if isinstance(content, dict) else None
    return [code for code in said if isinstance(code, str)] if isinstance(said, list) else []
