"""Sealed parts: personal fields encrypted inside an operation's line, under a key that lies outside the log.

A sealed part is base64url without padding of

    nonce (12 bytes) || ChaCha20-Poly1305(key, nonce, zlib(canonical line of the fields) || zero bytes, associated data)

where the associated data is the canonical line of `["shgb/1", owner, key number, kind, field group]`: the owner is the
household or group whose key it is, the kind that of the operation, the field group `identity`, `life` or `group` as
written beside the part (the purpose of its key); so a part cannot be moved to another place. The zero bytes after the
zlib stream round the whole up to a size class, where one is asked for, so that length tells little.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from shg_desk.domain import canonical
from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.sync import keys
from shg_desk.sync.keys import RandomBytes
from shg_desk.sync.label import refused

KEY_BYTES = 32
UNPACKED_LIMIT_BYTES = canonical.LINE_LIMIT_BYTES
NOTE_SIZE_CLASS_BYTES = 1024
_NONCE_BYTES = 12
_TAG_BYTES = 16


def new_key(random_bytes: RandomBytes) -> bytes:
    """A key for a household or a group (32 bytes)."""
    return random_bytes(KEY_BYTES)


def seal(
    key: bytes,
    fields: Mapping[str, canonical.Json],
    *,
    owner: str,
    number: int,
    kind: str,
    field_group: str,
    random_bytes: RandomBytes,
    size_class: int = 1,
) -> str:
    """The sealed text of the fields; `size_class` (bytes) rounds its length up. Raises BugError above 1 MiB."""
    packed = _packed(fields)
    packed += bytes(-(len(packed) + _NONCE_BYTES + _TAG_BYTES) % size_class)
    nonce = random_bytes(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, packed, _place(owner, number, kind, field_group))
    return to_text(nonce + sealed)


def unseal(
    key: bytes, sealed: str, *, owner: str, number: int, kind: str, field_group: str
) -> dict[str, canonical.Json]:
    """The fields of a sealed part. Raises KnownError SEALED_DAMAGED: wrong key, wrong place, changed or too long."""
    try:
        raw = from_text(sealed)
        place = _place(owner, number, kind, field_group)
        return _unpacked(ChaCha20Poly1305(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place))
    except (InvalidTag, ValueError) as error:
        raise refused(Code.SEALED_DAMAGED, owner, number=number) from error


def seal_for_roles(fields: Mapping[str, canonical.Json], recipients: Sequence[str]) -> str:
    """A restricted note: an age file (base64url) to the keys of its roles, to lie in a field of a sealed part."""
    return to_text(keys.encrypt(_packed(fields), recipients))


def open_for_role(sealed: str, identities: Sequence[str]) -> dict[str, canonical.Json] | None:
    """The fields of a restricted note; None where these keys do not open it. Raises KnownError SEALED_DAMAGED."""
    try:
        packed = keys.decrypt(from_text(sealed), identities)
        return None if packed is None else _unpacked(packed)
    except ValueError as error:
        raise refused(Code.SEALED_DAMAGED) from error


def to_text(content: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes:
    """The bytes of base64url without padding. Raises ValueError for any other spelling."""
    try:
        content = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("no base64url") from error
    if to_text(content) != text:
        raise ValueError("another spelling of base64url")
    return content


def _place(owner: str, number: int, kind: str, field_group: str) -> bytes:
    return canonical.encode(["shgb/1", owner, number, kind, field_group])


def _packed(fields: Mapping[str, canonical.Json]) -> bytes:
    line = canonical.encode(dict(fields))
    if len(line) > UNPACKED_LIMIT_BYTES:
        raise BugError(f"a sealed part of {len(line)} bytes")
    return zlib.compress(line, 9)


def _unpacked(packed: bytes) -> dict[str, canonical.Json]:
    """Raises ValueError (zlib's error and NotCanonicalError included)."""
    unpacker = zlib.decompressobj()
    try:
        line = unpacker.decompress(packed, UNPACKED_LIMIT_BYTES + 1)
    except zlib.error as error:
        raise ValueError("no zlib stream") from error
    if not unpacker.eof or unpacker.unused_data.strip(b"\x00"):
        raise ValueError("too long, cut short, or followed by something")
    fields = canonical.parse(line)
    if not isinstance(fields, dict):
        raise ValueError("fields are no object")
    return fields
