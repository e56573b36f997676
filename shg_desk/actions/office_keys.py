"""At an office: new keys in place of the old ones, for whoever takes the book over, and who knows of them already.

A laptop is answered under the key it is known to know; the receipt then carries a statement by that key about the new
ones. Only the laptop's own parcels say which key it knows, so that one put back from a copy is answered rightly too.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.reviewing import tell_everybody
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store.exchange import Device
from shg_desk.sync import keys as key_pairs
from shg_desk.sync.enrolment import Office
from shg_desk.sync.payload import Parcel
from shg_desk.sync.succession import make_statement

_KNOWS = "knows."


@dataclass(frozen=True, slots=True)
class Renewed:
    """The figures of an office's new keys, and how many laptops have to hear of them."""

    fingerprint: str
    laptops: int


def office_of(desk: Desk) -> Office:
    """The office this book is, as desks know it."""
    keys = desk.office_keys()
    recovery = desk.book.setting("recovery_recipient") or ""
    name = desk.book.setting("name") or ""
    return Office(desk.book.setting("office_code") or "", name, keys.recipients, keys.signing.public, recovery)


def renew_office_keys(desk: Desk) -> Outcome[Renewed]:
    """New keys to sign with and to be written to, in one transaction; what was sealed to the old ones still opens.

    The passphrase and the recovery sheet stay as they are: who takes the book over makes new ones of these too. Raises
    KnownError NOT_AN_OFFICE, ROLE_MAY_NOT.
    """
    desk.must_do_all()
    if not desk.is_office:
        raise KnownError(Problem(Code.NOT_AN_OFFICE, "role"))
    before, own = desk.office_keys(), desk.device_keys().age
    new, own_new = key_pairs.renewed(before, desk.random_bytes), key_pairs.make_age(desk.random_bytes)
    retired = [pair.secret for pair in (*new.retired, own)]
    db = desk.book.db
    laptops = [one for one in exchange_store.devices(db) if one.state == "enrolled"]
    at, _ = desk.clock()
    with db.transaction():
        for one in exchange_store.devices(db):
            desk.book.set_setting(f"{_KNOWS}{one.code}", known_by(desk, one.code))
        for name, value in (
            ("office_age_secret", new.current.secret),
            ("office_next_secret", new.following.secret),
            ("minisign_secret", new.signing.secret),
            ("age_secret", own_new.secret),
            ("office_retired", " ".join(retired)),
            ("office_former", " ".join(pair.secret for pair in new.former)),
            ("office_renewed_at", str(at)),
        ):
            desk.book.set_setting(name, value)
        tell_everybody(desk)
    return Outcome(Renewed(office_of(desk).fingerprint, len(laptops)), Changed.EXCHANGE | Changed.SETTINGS)


def known_by(desk: Desk, device: str) -> str:
    """The public key of the office that a laptop last said it knows; the present one where it has not said."""
    return desk.book.setting(f"{_KNOWS}{device}") or desk.office_keys().signing.public


def granted_now(desk: Desk, device: str) -> None:
    """A grant was written: it brings the present keys."""
    desk.book.set_setting(f"{_KNOWS}{device}", desk.office_keys().signing.public)


def hear_known(desk: Desk, parcel: Parcel) -> None:
    """A laptop's parcel says which key of the office it knows; what the office never had is not believed."""
    device, told = parcel.manifest.comment.sender, parcel.manifest.office_key
    keys = desk.office_keys()
    if told is None or told == known_by(desk, device) or told not in {p.public for p in (keys.signing, *keys.former)}:
        return
    desk.book.set_setting(f"{_KNOWS}{device}", told)
    if told != keys.signing.public:
        desk.book.set_setting(f"news.{device}", "1")


def statement_for(desk: Desk, device: str, bundle: str) -> Mapping[str, Any] | None:
    """What a receipt says of new keys to a laptop that knows older ones, under the key it knows."""
    keys, known = desk.office_keys(), known_by(desk, device)
    if known == keys.signing.public:
        return None
    return make_statement(office_of(desk), device, bundle, keys.signing_as(known), keys.signing)


def without_new_keys(desk: Desk) -> Sequence[Device]:
    """The laptops that do not know the present keys yet; none where there never were others."""
    present = desk.office_keys().signing.public
    enrolled = [one for one in exchange_store.devices(desk.book.db) if one.state == "enrolled"]
    return [one for one in enrolled if known_by(desk, one.code) != present]
