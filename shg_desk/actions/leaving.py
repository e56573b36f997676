"""A laptop goes on without its office: a book of its own, with what the office confirmed kept as history.

Nothing of the log changes. What belonged to the exchange with that office ends: its marks, its word on who shares which
groups, its way into the book. What it decided about records that were set aside stays decided; what it answered of
differences does until there is a next office.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.books import recovery_is_on_paper
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.inherited import hand_on_later
from shg_desk.actions.office_change import LEFT
from shg_desk.actions.office_change import end_office
from shg_desk.actions.office_change import settle_office_slot
from shg_desk.actions.reviewing import heed_office
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store.operations import claimed_day

_HISTORY = "offices_left"


@dataclass(frozen=True, slots=True)
class OfficeLeft:
    """An office this book belonged to: its name, the claimed day it was left, why, and how many of the records of this
    laptop it had confirmed by then.
    """

    code: str
    name: str
    on: date | None
    reason: str
    records: int


def leave_office(desk: Desk, reason: str) -> Outcome[OfficeLeft]:
    """The book becomes one of its own; every office may take it in later, the same one too.

    A warning RECOVERY_NOT_ON_PAPER says that nothing but the passphrases opens it from now on. Raises KnownError
    NO_OFFICE, NOT_A_DESK for an office's book, REASON_MISSING, ROLE_MAY_NOT.
    """
    desk.must_do_all()
    if desk.is_office:
        raise KnownError(Problem(Code.NOT_A_DESK, "role"))
    code = desk.book.setting("office")
    if code is None:
        raise KnownError(Problem(Code.NO_OFFICE, "office"))
    if not reason.strip():
        raise KnownError(Problem(Code.REASON_MISSING, "reason"))
    db = desk.book.db
    at, offset = desk.clock()
    chains = [
        [epoch, exchange_store.mark(db, desk.book.device, epoch).received]
        for epoch in exchange_store.own_chains(db, desk.book.device)
    ]
    known = exchange_store.device(db, code)
    one = {
        "code": code,
        "name": (known.label if known is not None else "") or desk.book.setting("office_name") or "",
        "minisign": known.minisign if known is not None else "",
        "at": [at, offset],
        "reason": reason.strip(),
        "confirmed": chains,
    }
    with db.transaction():
        desk.book.set_setting(_HISTORY, json.dumps([*_history(desk), one], ensure_ascii=False))
        hand_on_later(desk)
        for other in exchange_store.devices(db):
            exchange_store.part_from(db, other.code, LEFT)
        exchange_store.forget_exchange(db)
        end_office(desk, code)
        heed_office(desk)
    settle_office_slot(desk)
    odd = [] if recovery_is_on_paper(desk) else [Problem(Code.RECOVERY_NOT_ON_PAPER, "recovery", {}, Level.WARNING)]
    return Outcome(offices_left(desk)[-1], Changed.EVERYTHING, warnings=tuple(odd))


def offices_left(desk: Desk) -> list[OfficeLeft]:
    """The offices this book belonged to, in order."""
    return [
        OfficeLeft(
            one["code"],
            one["name"],
            claimed_day(tuple(one["at"])),
            one["reason"],
            sum(seq for _, seq in one["confirmed"]),
        )
        for one in _history(desk)
    ]


def confirmed_then(desk: Desk) -> dict[tuple[str, str], int]:
    """Up to which number an office that was left had confirmed this laptop's records: {(office, epoch): number}."""
    found: dict[tuple[str, str], int] = {}
    for one in _history(desk):
        for epoch, seq in one["confirmed"]:
            found[one["code"], epoch] = max(seq, found.get((one["code"], epoch), 0))
    return found


def _history(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(desk.book.setting(_HISTORY) or "[]")
    return found
