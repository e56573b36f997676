"""Comparing keys after the day of joining: 30 digits of a laptop or office, typed as the other side reads them."""

from __future__ import annotations

from dataclasses import replace

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_exchange import office_seen
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.sync.enrolment import fingerprint
from shg_desk.sync.enrolment import same_fingerprint


def compare_keys(desk: Desk, code: str, typed: str) -> Outcome[str]:
    """Marks a laptop's or the office's keys as compared. Raises KnownError DEVICE_UNKNOWN, FINGERPRINT_DIFFERS."""
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
