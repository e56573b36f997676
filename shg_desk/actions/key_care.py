"""Keys after the first day: comparing those of a laptop or office, and the ways into a book that are on paper only."""

from __future__ import annotations

import time
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path

from shg_desk.actions.books import recovery_code
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_exchange import office_seen
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.store import exchange as exchange_store
from shg_desk.sync import keyslots
from shg_desk.sync.durable import write_durably
from shg_desk.sync.enrolment import fingerprint
from shg_desk.sync.enrolment import same_fingerprint
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyfiles import save_keys
from shg_desk.sync.keys import make_age
from shg_desk.sync.keyslots import FULL_COST
from shg_desk.sync.keyslots import Cost


@dataclass(frozen=True, slots=True)
class RecoveryWays:
    """What stands on a recovery sheet: the code of this book, and an office's key to the books of its laptops."""

    code: str
    office_key: str = ""


def make_recovery(desk: Desk, *, cost: Cost = FULL_COST) -> RecoveryWays:
    """New ways into the book, kept nowhere else; the older code opens nothing any more.

    An office gets a new recovery key with it. Laptops that join from now on can be opened by it; those that joined
    before still need the key of the sheet that was made before.
    """
    desk.must_do_all()
    key = _renew_office_key(desk) if desk.is_office else ""
    return RecoveryWays(recovery_code(desk, cost=cost), key)


def _renew_office_key(desk: Desk) -> str:
    made, _ = desk.clock()
    pair = make_age(desk.random_bytes)
    file = load_keys(desk.folder).file
    for slot in [slot for slot in file.slots if slot.kind == keyslots.OFFICE]:
        file = keyslots.without_slot(file, slot.number)
    save_keys(desk.folder, keyslots.with_office(file, desk.book_key, pair.recipient, made=made))
    desk.book.set_setting("recovery_recipient", pair.recipient)
    return pair.secret


def save_recovery_sheet(desk: Desk, out: Path, words: Words, *, cost: Cost = FULL_COST) -> RecoveryWays:
    """The ways on a page of its own, written where a person says. Raises SurroundingsError."""
    from shg_desk.reports.page import Printed
    from shg_desk.reports.recovery_sheet import recovery_sheet

    name = desk.book.setting("name") or ""
    ways = make_recovery(desk, cost=cost)
    paper = recovery_sheet(ways.code, name, words, Printed(desk.today(), name, name), office_key=ways.office_key)
    write_durably(out, paper.data, time.sleep)
    return ways


def compare_keys(desk: Desk, code: str, typed: str) -> Outcome[str]:
    """Marks a laptop's or the office's keys as compared. Raises KnownError DEVICE_UNKNOWN, FINGERPRINT_DIFFERS."""
    desk.must_do_all()
    known = exchange_store.device(desk.book.db, code)
    if known is None:
        raise KnownError(Problem(Code.DEVICE_UNKNOWN, code, {"device": code}))
    office = office_seen(desk)
    digits = fingerprint(known.age, known.minisign)
    if office is not None and office.code == code:
        digits = office.fingerprint
    if not same_fingerprint(typed, digits):
        raise KnownError(Problem(Code.FINGERPRINT_DIFFERS, "fingerprint"))
    with desk.book.db.transaction():
        exchange_store.put_device(desk.book.db, replace(known, compared=True))
    return Outcome(code, Changed.EXCHANGE)
