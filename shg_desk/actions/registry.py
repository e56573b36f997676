"""Who is known to this book: its own keys, the office's, and every laptop's, with what people compared."""

from __future__ import annotations

from dataclasses import dataclass

from shg_desk.actions.desk import Desk
from shg_desk.store import exchange as exchange_store
from shg_desk.sync.enrolment import fingerprint
from shg_desk.sync.enrolment import shown_fingerprint


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """One holder's public keys: code, label, `own`, `office`, `enrolled` or `revoked`, whether they were compared."""

    code: str
    label: str
    state: str
    compared: bool
    age: str
    minisign: str
    fingerprint: str


def known_keys(desk: Desk) -> list[KnownKeys]:
    """The book's own keys first, then everybody's it knows. An office has a line for each of its two age keys."""
    name = desk.book.setting("name") or ""
    compared = True  # nobody has to compare what is one's own
    found = []
    if desk.is_office:
        office = desk.office_keys()
        code = desk.book.setting("office_code") or ""
        digits = fingerprint(*office.recipients, office.signing.public)
        found += [
            KnownKeys(code, name, "office", compared, recipient, office.signing.public, digits)
            for recipient in office.recipients
        ]
    else:
        own = desk.device_keys()
        digits = fingerprint(own.age.recipient, own.signing.public)
        found.append(KnownKeys(desk.book.device, name, "own", compared, own.age.recipient, own.signing.public, digits))
    next_age = desk.book.setting("office_next_age")
    for one in exchange_store.devices(desk.book.db):
        is_office = one.state == "office" and next_age is not None
        ages = (one.age, next_age) if is_office and next_age else (one.age,)
        digits = fingerprint(*ages, one.minisign)
        found += [KnownKeys(one.code, one.label, one.state, one.compared, age, one.minisign, digits) for age in ages]
    return found


def shown_digits(digits: str) -> str:
    """A fingerprint in groups for the eye."""
    return shown_fingerprint(digits)
