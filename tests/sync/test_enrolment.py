"""Request and grant: what is brought is checked, what is signed by another or meant for another is refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from sync_makers import BUNDLE
from sync_makers import DESK
from sync_makers import DESK_KEYS
from sync_makers import MADE
from sync_makers import NEIGHBOUR
from sync_makers import NEIGHBOUR_KEYS
from sync_makers import OFFICE
from sync_makers import OFFICE_KEYS
from sync_makers import STRANGER_KEYS
from sync_makers import chain
from sync_makers import manifest
from sync_makers import seeded

from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.sync import enrolment
from shg_desk.sync import keys
from shg_desk.sync import label
from shg_desk.sync.enrolment import Colleague
from shg_desk.sync.enrolment import Grant
from shg_desk.sync.enrolment import GrantedGroup
from shg_desk.sync.enrolment import Office
from shg_desk.sync.envelope import GRANT
from shg_desk.sync.envelope import Comment
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.sections import KeyLine

NONCE = "nonce22233344455"
FILE = enrolment.make_request(DESK, DESK_KEYS, nonce=NONCE, made=MADE, app="0.1.0", practice=False)
REQUEST = enrolment.read_request(FILE.content)
CONTENTS = Contents(relays=chain(3, NEIGHBOUR), keys=[KeyLine("a" * 16, "identity", 1, bytes(32))])


def office(office_keys: keys.OfficeKeys = OFFICE_KEYS) -> Office:
    recovery = keys.make_age(seeded(30)).recipient
    return Office(OFFICE, "Ноокат району", office_keys.recipients, office_keys.signing.public, recovery)


def granted(request: enrolment.Request = REQUEST, office_keys: keys.OfficeKeys = OFFICE_KEYS) -> Grant:
    return enrolment.make_grant(
        request,
        office(office_keys),
        office_keys.signing,
        groups=[GrantedGroup("KB-01", "g" * 16), GrantedGroup("КБ-02", None)],
        colleagues=[Colleague(NEIGHBOUR, NEIGHBOUR_KEYS.age.recipient, NEIGHBOUR_KEYS.signing.public, ("KB-01",))],
        registry_version=5,
    )


def grant_file(
    grant: Grant, office_keys: keys.OfficeKeys = OFFICE_KEYS, *, to: str | None = None, registry: int = 5
) -> bytes:
    made = replace(manifest(GRANT, OFFICE, DESK), registry_version=registry, grant=grant.fields())
    recipients = (to or REQUEST.age, office_keys.current.recipient)
    (file,) = seal_parcel(made, CONTENTS, signing=office_keys.signing, recipients=recipients)
    return file.content


def open_grant(content: bytes, known: dict[str, str] | None = None) -> Grant:
    return enrolment.open_grant(content, REQUEST, [DESK_KEYS.age.secret], known or {})[0]


def code_of(action: object) -> Code:
    with pytest.raises(KnownError) as caught:
        action()  # type: ignore[operator]
    return caught.value.problems[0].code


def test_a_request_comes_back_and_names_nobody() -> None:
    assert FILE.name == f"{DESK}-new-request-{NONCE}.shgb"
    assert (REQUEST.device, REQUEST.age, REQUEST.minisign) == (
        DESK,
        DESK_KEYS.age.recipient,
        DESK_KEYS.signing.public,
    )
    value = json.loads(FILE.content.split(b"\n")[5])
    assert set(value) == {
        "age", "app", "device", "format", "kind", "made", "min_reader", "minisign", "nonce", "practice"
    }  # fmt: skip


def test_a_fingerprint_is_thirty_digits_of_the_hash() -> None:
    text = f"{DESK_KEYS.age.recipient}\n{DESK_KEYS.signing.public}\n".encode()
    digits = str(int(hashlib.sha256(text).hexdigest(), 16))[-30:]
    assert REQUEST.fingerprint == digits
    shown = enrolment.shown_fingerprint(digits)
    assert [len(part) for part in shown.split(" ")] == [5] * 6
    assert enrolment.same_fingerprint(f" {shown.replace(' ', ' - ')}\n", digits)
    assert enrolment.same_fingerprint("".join(chr(ord(d) + 0xFEE0) for d in digits), digits)
    assert not enrolment.same_fingerprint(digits[:-1], digits)
    assert not enrolment.same_fingerprint("", digits)
    assert office().fingerprint != REQUEST.fingerprint


def test_a_request_cut_or_changed_anywhere_is_refused() -> None:
    for length in range(len(FILE.content)):
        assert code_of(lambda n=length: enrolment.read_request(FILE.content[:n])) == Code.BUNDLE_INCOMPLETE
    header, _, body = FILE.content.partition(b"\n")
    for bit in range(len(body) * 8):
        changed = bytearray(body)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(KnownError):
            enrolment.read_request(label.with_label(bytes(changed), "-", DESK))
    for bit in range(len(header) * 8):
        changed = bytearray(FILE.content)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(KnownError):
            enrolment.read_request(bytes(changed))


def test_a_request_signed_by_another_or_with_another_comment_is_refused() -> None:
    payload = FILE.content.split(b"\n", 5)[5]
    for pair, comment in (
        (STRANGER_KEYS.signing, Comment("request", DESK, "-", NONCE)),
        (DESK_KEYS.signing, Comment("request", NEIGHBOUR, "-", NONCE)),
        (DESK_KEYS.signing, Comment("ops", DESK, "-", NONCE)),
    ):
        body = keys.sign(pair, payload, comment.text()) + payload
        content = label.with_label(body, "-", DESK)
        assert code_of(lambda c=content: enrolment.read_request(c)) == Code.BUNDLE_FORGED
    later = json.loads(payload) | {"min_reader": 2}
    payload = canonical.encode(later) + b"\n"
    body = keys.sign(DESK_KEYS.signing, payload, Comment("request", DESK, "-", NONCE).text()) + payload
    assert code_of(lambda: enrolment.read_request(label.with_label(body, "-", DESK))) == Code.BUNDLE_NEWER


def test_a_grant_brings_office_groups_colleagues_and_their_operations() -> None:
    grant, parcel = enrolment.open_grant(grant_file(granted()), REQUEST, [DESK_KEYS.age.secret], {})
    assert grant == granted()
    assert list(parcel.contents.relays) == CONTENTS.relays
    assert list(parcel.contents.keys) == CONTENTS.keys
    certificate = enrolment.read_certificate(grant.certificate, OFFICE, OFFICE_KEYS.signing.public)
    assert certificate.groups == ("KB-01", "КБ-02")
    assert certificate.registry_version == 5
    assert open_grant(grant_file(granted()), {OFFICE: OFFICE_KEYS.signing.public}) == granted()


def test_a_grant_by_somebody_who_pretends_to_be_our_office_is_refused() -> None:
    false_keys = keys.make_office_keys(seeded(40))
    false = grant_file(granted(office_keys=false_keys), false_keys)
    assert code_of(lambda: open_grant(false, {OFFICE: OFFICE_KEYS.signing.public})) == Code.BUNDLE_FORGED
    # Met for the first time it opens, and the people who compare fingerprints see another one.
    assert open_grant(false).office.fingerprint != office().fingerprint
    # Signed by our office, and yet it would put another key in its place.
    swapped = grant_file(granted(office_keys=false_keys))
    assert code_of(lambda: open_grant(swapped, {OFFICE: OFFICE_KEYS.signing.public})) == Code.BUNDLE_FORGED
    # Signed by another key than the one it brings.
    assert code_of(lambda: open_grant(grant_file(granted(), false_keys))) == Code.BUNDLE_FORGED


def test_a_grant_for_another_request_or_device_is_refused() -> None:
    other = replace(REQUEST, nonce="another222333444")
    assert code_of(lambda: open_grant(grant_file(granted(other)))) == Code.BUNDLE_FOR_ANOTHER
    elsewhere = grant_file(granted(), to=NEIGHBOUR_KEYS.age.recipient)
    assert code_of(lambda: open_grant(elsewhere)) == Code.BUNDLE_FOR_ANOTHER


def test_a_certificate_about_other_keys_or_groups_is_refused() -> None:
    other_keys = replace(REQUEST, minisign=NEIGHBOUR_KEYS.signing.public)
    for wrong in (
        replace(granted(), certificate=granted(other_keys).certificate),
        replace(granted(), groups=granted().groups[:1]),
        replace(granted(), certificate=granted().certificate.replace('"registry_version":5', '"registry_version":6')),
        replace(granted(), certificate=granted(office_keys=keys.make_office_keys(seeded(40))).certificate),
        replace(granted(), certificate=""),
    ):
        assert code_of(lambda wrong=wrong: open_grant(grant_file(wrong))) == Code.BUNDLE_FORGED


def test_a_certificate_of_another_registry_version_is_refused() -> None:
    assert code_of(lambda: open_grant(grant_file(granted(), registry=6))) == Code.BUNDLE_FORGED


@pytest.mark.parametrize(
    "change",
    [
        {"office": None},
        {"device": 1},
        {"groups": {}},
        {"groups": [{"code": "x" * 201, "group": None}]},
        {"colleagues": [{"device": "x"}]},
        {"practice": 0},
        {"office": {"code": OFFICE, "name": "", "age": ["age1x", "age1y"], "minisign": OFFICE_KEYS.signing.public}},
    ],
)
def test_a_grant_with_fields_out_of_shape_is_refused(change: dict[str, object]) -> None:
    made = replace(manifest(GRANT, OFFICE, DESK), registry_version=5, grant={**granted().fields(), **change})
    (file,) = seal_parcel(made, Contents(), signing=OFFICE_KEYS.signing, recipients=[REQUEST.age])
    assert code_of(lambda: open_grant(file.content)) == Code.BUNDLE_DAMAGED


def test_a_request_is_no_grant_and_a_grant_no_request() -> None:
    assert code_of(lambda: enrolment.read_request(grant_file(granted()))) == Code.BUNDLE_NOT_ONE
    assert code_of(lambda: open_grant(FILE.content)) == Code.BUNDLE_FOR_ANOTHER
    assert BUNDLE in manifest().comment.text()
