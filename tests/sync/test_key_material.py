"""Keys against published vectors and against age and minisign themselves."""

from __future__ import annotations

import base64

import pyrage
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sync_makers import DESK_KEYS
from sync_makers import OFFICE_KEYS
from sync_makers import seeded

from shg_desk.sync import keys


@given(st.binary(min_size=32, max_size=32))
@settings(deadline=None)
def test_age_reads_our_spelling_of_32_bytes_and_spells_it_the_same(secret: bytes) -> None:
    pair = keys.make_age(lambda _: secret)
    identity = pyrage.x25519.Identity.from_str(pair.secret)
    assert str(identity) == pair.secret
    assert keys.decrypt(pyrage.encrypt(b"x", [identity.to_public()]), [pair.secret]) == b"x"


def test_a_published_bech32_string_comes_out() -> None:
    # BIP 173 lists `A12UEL5L`: prefix `a`, no data; and `abcdef1…`: the five-bit words 0 to 31 in order.
    assert keys._bech32("a", b"") == "a12uel5l"
    words = int("".join(f"{n:05b}" for n in range(32)), 2).to_bytes(20, "big")
    assert keys._bech32("abcdef", words) == "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"


def test_same_bytes_make_same_keys_and_others_make_others() -> None:
    assert keys.make_device_keys(seeded(2)) == DESK_KEYS
    assert keys.make_device_keys(seeded(5)) != DESK_KEYS


def test_a_secret_is_not_shown_by_accident() -> None:
    shown = repr(DESK_KEYS) + repr(OFFICE_KEYS)
    assert "SECRET" not in shown
    assert DESK_KEYS.signing.secret not in shown


def test_an_ed25519_signature_agrees_with_rfc_8032() -> None:
    # RFC 8032, 7.1, test 1: this seed has this public key.
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    pair = keys.make_signing(lambda n: bytes(8) if n == 8 else seed)
    assert base64.b64decode(pair.public) == b"Ed" + bytes(8) + public


@given(st.binary(max_size=200), st.integers(0, 10_000))
@settings(deadline=None)
def test_a_signature_holds_for_these_bytes_only(content: bytes, place: int) -> None:
    block = keys.sign(DESK_KEYS.signing, content, "shgb/1 kind=ops")
    assert keys.holds(DESK_KEYS.signing.public, content, block)
    assert not keys.holds(OFFICE_KEYS.signing.public, content, block)
    assert not keys.holds(DESK_KEYS.signing.public, content + b"x", block)
    bit = place % (len(block) * 8)
    changed = bytearray(block)
    changed[bit // 8] ^= 1 << bit % 8
    spelled_alike = True
    try:
        keys.trusted_comment(bytes(changed))
    except ValueError:
        spelled_alike = False
    assert not (spelled_alike and keys.holds(DESK_KEYS.signing.public, content, bytes(changed)))


def test_renewing_keeps_what_is_on_its_way_readable() -> None:
    late = keys.encrypt(b"late", OFFICE_KEYS.recipients)
    turned = keys.renewed(keys.renewed(keys.renewed(OFFICE_KEYS, seeded(8)), seeded(9)), seeded(10))
    assert not set(turned.recipients) & set(OFFICE_KEYS.recipients)
    assert keys.decrypt(late, turned.identities) == b"late"


@pytest.mark.parametrize("secret", ["", "AGE-SECRET-KEY-1", "age1xyz", DESK_KEYS.age.secret[:-1] + "9"])
def test_a_mistyped_age_secret_is_seen(secret: str) -> None:
    with pytest.raises(ValueError):
        keys.age_from_secret(secret)


def test_public_texts_are_told_from_others() -> None:
    assert keys.is_recipient(DESK_KEYS.age.recipient)
    assert keys.is_public(DESK_KEYS.signing.public)
    for text in ("", "age1", "RWQ", DESK_KEYS.age.secret, "é"):
        assert not keys.is_recipient(text)
        assert not keys.is_public(text)
