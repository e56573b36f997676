"""Files that travel in parcels of their own: sealed bytes named by their SHA-256, cut into lines, put together again.

A file is sealed as `nonce (12) || ChaCha20-Poly1305(key, nonce, bytes, associated data)` with the canonical line of
`["shgb/1", owner, key number, "file", "bytes"]` as associated data; the key is the group's. Its name is the SHA-256 of
what comes out, so that whoever has no key can hold it against its record too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.sync.keys import RandomBytes
from shg_desk.sync.label import refused
from shg_desk.sync.sections import FileLine

PART_BYTES = 512 * 1024
"""So that its base64url and the rest of the line stay below the limit of a line."""

_NONCE_BYTES = 12
_LINE_BESIDE_DATA_BYTES = 200
LEAST_BYTES = _NONCE_BYTES + 16
"""Nonce and tag: what is no longer holds nothing, and nobody sealed it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file as it is kept and travels: sealed bytes."""

    content: bytes

    @property
    def sha256(self) -> str:
        """Its name, in hex."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def length(self) -> int:
        """How many bytes it is."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file on its way out that is read when its turn comes: many of them are more than memory should hold."""

    sha256: str
    length: int
    read: Callable[[], bytes]

    @property
    def content(self) -> bytes:
        """Its sealed bytes."""
        return self.read()


def seal_file(key: bytes, content: bytes, *, owner: str, number: int, random_bytes: RandomBytes) -> Attachment:
    """The sealed form of a file under the owner's key of that number."""
    nonce = random_bytes(_NONCE_BYTES)
    return Attachment(nonce + ChaCha20Poly1305(key).encrypt(nonce, content, _place(owner, number)))


def unseal_file(key: bytes, sealed: bytes, *, owner: str, number: int) -> bytes:
    """What was sealed. Raises KnownError SEALED_DAMAGED: wrong key, wrong place, changed."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _place(owner, number))
    except (InvalidTag, ValueError) as error:
        raise refused(Code.SEALED_DAMAGED, owner, number=number) from error


def parts_of(file: Attachment | KeptFile) -> int:
    """Of how many lines a file is."""
    return -(-file.length // PART_BYTES)


def length_of_lines(file: Attachment | KeptFile) -> int:
    """At most how many bytes the lines of a file are, its content unread."""
    return file.length * 4 // 3 + _LINE_BESIDE_DATA_BYTES * parts_of(file)


def lines_of(file: Attachment | KeptFile) -> Iterator[FileLine]:
    """The lines of one file, in order."""
    content = file.content
    parts = [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]
    named = bytes.fromhex(file.sha256)
    return (FileLine(named, number, len(parts), data) for number, data in enumerate(parts, 1))


def assembled(lines: Sequence[FileLine]) -> tuple[Attachment, ...]:
    """The files of a parcel. Raises KnownError BUNDLE_FORGED: a part is missing, one too much, another's, or empty."""
    found: list[Attachment] = []
    held: list[FileLine] = []
    for line in lines:
        held.append(line)
        first = held[0]
        if (line.sha256, line.part, line.parts) != (first.sha256, len(held), first.parts):
            raise refused(Code.BUNDLE_FORGED, part="file")
        if line.part == line.parts:
            content = b"".join(one.data for one in held)
            if len(content) <= LEAST_BYTES or hashlib.sha256(content).digest() != line.sha256:
                raise refused(Code.BUNDLE_FORGED, part="file")
            found.append(Attachment(content))
            held = []
    if held:
        raise refused(Code.BUNDLE_FORGED, part="file")
    return tuple(found)


def _place(owner: str, number: int) -> bytes:
    return canonical.encode(["shgb/1", owner, number, "file", "bytes"])
