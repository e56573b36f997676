"""Sealed parts: what is sealed comes back in its place and nowhere else."""

from __future__ import annotations

import base64
import unicodedata
import zlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sync_makers import DESK_KEYS
from sync_makers import NEIGHBOUR_KEYS
from sync_makers import OFFICE_KEYS
from sync_makers import seeded

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.sync import sealing

KEY = bytes(range(32))
PLACE = {"owner": "a" * 16, "number": 1, "kind": "profile", "field_group": "identity"}
nfc_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@given(
    st.dictionaries(nfc_text, nfc_text | st.integers(-(2**53), 2**53) | st.booleans() | st.none()), st.integers(1, 600)
)
@settings(deadline=None)
def test_what_is_sealed_comes_back(fields: dict[str, object], size_class: int) -> None:
    sealed = sealing.seal(KEY, fields, random_bytes=seeded(1), size_class=size_class, **PLACE)
    assert sealing.unseal(KEY, sealed, **PLACE) == fields
    assert len(base64.urlsafe_b64decode(sealed + "==")) % size_class == 0


def test_the_bytes_are_those_of_the_written_format() -> None:
    # Opened here from the description alone.
    sealed = sealing.seal(KEY, {"name": "Айгүл", "birth": "1987-03-01"}, random_bytes=seeded(1), **PLACE)
    assert set(sealed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    place = b'["shgb/1","aaaaaaaaaaaaaaaa",1,"profile","identity"]'
    packed = ChaCha20Poly1305(KEY).decrypt(raw[:12], raw[12:], place)
    assert zlib.decompress(packed).decode() == '{"birth":"1987-03-01","name":"Айгүл"}'


@pytest.mark.parametrize("change", [{"owner": "b" * 16}, {"number": 2}, {"kind": "import"}, {"field_group": "life"}])
def test_a_part_moved_elsewhere_does_not_open(change: dict[str, object]) -> None:
    sealed = sealing.seal(KEY, {"a": 1}, random_bytes=seeded(1), **PLACE)
    with pytest.raises(KnownError) as caught:
        sealing.unseal(KEY, sealed, **{**PLACE, **change})
    assert caught.value.problems[0].code == Code.SEALED_DAMAGED


def test_every_bit_and_every_length_counts() -> None:
    sealed = sealing.seal(KEY, {"a": 1}, random_bytes=seeded(1), **PLACE)
    raw = sealing.from_text(sealed)
    broken = [raw[:length] for length in range(len(raw))]
    broken += [
        bytes(b ^ (1 << bit % 8 if i == bit // 8 else 0) for i, b in enumerate(raw)) for bit in range(len(raw) * 8)
    ]
    for content in broken:
        with pytest.raises(KnownError):
            sealing.unseal(KEY, sealing.to_text(content), **PLACE)
    for text in (sealed + "=", sealed + "\n", sealed[:-1] + "é", "+" + sealed[1:]):
        with pytest.raises(KnownError):
            sealing.unseal(KEY, text, **PLACE)


def test_a_part_that_grows_without_end_is_refused() -> None:
    place = b'["shgb/1","aaaaaaaaaaaaaaaa",1,"profile","identity"]'
    bomb = zlib.compress(b'{"a":"' + b"x" * (80 * 1024 * 1024) + b'"}', 9)
    assert len(bomb) < 100_000
    sealed = sealing.to_text(bytes(12) + ChaCha20Poly1305(KEY).encrypt(bytes(12), bomb, place))
    with pytest.raises(KnownError):
        sealing.unseal(KEY, sealed, **PLACE)


def test_packed_fields_without_their_checksum_are_refused() -> None:
    place = b'["shgb/1","aaaaaaaaaaaaaaaa",1,"profile","identity"]'
    packed = zlib.compress(b'{"a":1}')[:-4]
    sealed = sealing.to_text(bytes(12) + ChaCha20Poly1305(KEY).encrypt(bytes(12), packed, place))
    with pytest.raises(KnownError):
        sealing.unseal(KEY, sealed, **PLACE)


def test_nothing_may_follow_the_packed_fields_but_zeros() -> None:
    place = b'["shgb/1","aaaaaaaaaaaaaaaa",1,"profile","identity"]'
    for tail, opens in ((b"\x00\x00", True), (b"\x00\x01", False)):
        packed = zlib.compress(b'{"a":1}') + tail
        sealed = sealing.to_text(bytes(12) + ChaCha20Poly1305(KEY).encrypt(bytes(12), packed, place))
        if opens:
            assert sealing.unseal(KEY, sealed, **PLACE) == {"a": 1}
        else:
            with pytest.raises(KnownError):
                sealing.unseal(KEY, sealed, **PLACE)


def test_a_restricted_note_opens_for_its_roles_and_looks_like_any_note() -> None:
    roles = (DESK_KEYS.age.recipient, OFFICE_KEYS.current.recipient)
    inner = sealing.seal_for_roles({"text": "…"}, roles)
    assert sealing.open_for_role(inner, [DESK_KEYS.age.secret]) == {"text": "…"}
    assert sealing.open_for_role(inner, [NEIGHBOUR_KEYS.age.secret]) is None
    with pytest.raises(KnownError):
        sealing.open_for_role(inner[:-8], [DESK_KEYS.age.secret])
    notes = [{"text": "ok"}, {"restricted": inner}]
    sizes = {
        len(sealing.seal(KEY, note, random_bytes=seeded(1), size_class=sealing.NOTE_SIZE_CLASS_BYTES, **PLACE))
        for note in notes
    }
    assert len(sizes) == 1
