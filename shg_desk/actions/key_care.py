"""Keys after the first day: comparing those of a laptop or office, and the ways into a book that are on paper only."""

from __future__ import annotations

import time
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.own_keys import keep_keys
from shg_desk.actions.own_keys import own_keys
from shg_desk.actions.views_exchange import office_seen
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.store import exchange as exchange_store
from shg_desk.sync import keyslots
from shg_desk.sync.durable import write_where_said
from shg_desk.sync.enrolment import fingerprint
from shg_desk.sync.enrolment import same_fingerprint
from shg_desk.sync.keys import make_age
from shg_desk.sync.keyslots import FULL_COST
from shg_desk.sync.keyslots import Cost
from shg_desk.sync.keyslots import KeyFile
from shg_desk.sync.recovery_code import new_recovery_code


@dataclass(frozen=True, slots=True)
class RecoveryWays:
    """What stands on a recovery sheet: the code of this book, and an office's key to the books of its laptops."""

    code: str
    office_key: str = ""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """New ways that open nothing yet: what stands on paper, the slots with them, the office's new recipient."""

    ways: RecoveryWays
    file: KeyFile
    recipient: str = ""


def make_recovery(desk: Desk, *, cost: Cost = FULL_COST) -> Outcome[RecoveryWays]:
    """New ways into the book, kept nowhere else; the older code opens nothing any more.

    An office gets a new recovery key with it. Laptops that join from now on can be opened by it; those that joined
    before still need the key of the sheet that was made before. The sheet counts as printed only when
    `books.confirm_recovery` was told so. Raises KnownError ROLE_MAY_NOT, SurroundingsError.
    """
    return _begin_to_open(desk, _prepared(desk, cost))


def save_recovery_sheet(desk: Desk, out: Path, words: Words, *, cost: Cost = FULL_COST) -> Outcome[RecoveryWays]:
    """The same on a page of its own, written where a person says; where that fails the older ways still open.

    Raises KnownError ROLE_MAY_NOT, SurroundingsError.
    """
    from shg_desk.reports.page import Printed
    from shg_desk.reports.recovery_sheet import recovery_sheet

    name = desk.book.setting("name") or ""
    prepared = _prepared(desk, cost)
    ways = prepared.ways
    paper = recovery_sheet(ways.code, name, words, Printed(desk.today(), name, name), office_key=ways.office_key)
    write_where_said(out, paper.data, time.sleep)
    return _begin_to_open(desk, prepared)


def _prepared(desk: Desk, cost: Cost) -> _Prepared:
    desk.must_do_all()
    made, _ = desk.clock()
    before = own_keys(desk)
    code, secret, recipient = new_recovery_code(desk.random_bytes), "", ""
    file = keyslots.with_recovery_code(
        before, desk.book_key, code, random_bytes=desk.random_bytes, made=made, cost=cost
    )
    gone = {keyslots.PAPER}
    if desk.is_office:
        pair = make_age(desk.random_bytes)
        secret, recipient = pair.secret, pair.recipient
        file = keyslots.with_office(file, desk.book_key, recipient, made=made)
        gone.add(keyslots.OFFICE)
    for slot in before.slots:  # only now: one of them may be the last that opens everything
        if slot.kind in gone:
            file = keyslots.without_slot(file, slot.number)
    return _Prepared(RecoveryWays(code, secret), file, recipient)


def _begin_to_open(desk: Desk, prepared: _Prepared) -> Outcome[RecoveryWays]:
    with desk.book.db.transaction():
        if prepared.recipient:
            desk.book.set_setting("recovery_recipient", prepared.recipient)
        keep_keys(desk, prepared.file)
    return Outcome(prepared.ways, Changed.SETTINGS)


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
