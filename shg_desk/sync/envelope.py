r"""A bundle as a file: label, age ciphertext, minisign signature, xz. Signed, then sealed; verified before parsed.

    line 1        `SHGB/1 len=… sha256=… to=… from=…` (see `label`)
    the rest      one binary age v1 file (X25519 recipients only), and in it
      4 lines     a minisign signature, prehashed, over all that follows it
      the rest    one xz stream: the payload (see `payload`)

The signature's trusted comment is `shgb/1 kind=<kind> from=<code> to=<code> bundle=<id>` and must equal the manifest.
`tail -n +2 FILE | age -d -i KEY` gives signature and stream; its first four lines are the `.minisig` of the rest. A
request is the one unsealed kind: after line 1 come the four lines and the payload as it is, without age and xz.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from shg_desk.domain.problems import Code
from shg_desk.sync import keys
from shg_desk.sync.keys import SignPair
from shg_desk.sync.label import MIB
from shg_desk.sync.label import UNPACKED_LIMIT_BYTES
from shg_desk.sync.label import refused
from shg_desk.sync.label import split_file
from shg_desk.sync.label import with_label

OPS, RETURN, COLLEAGUE, GRANT, REQUEST, FILES = "ops", "return", "colleague", "grant", "request", "files"
OFFICE_KINDS = frozenset({RETURN, GRANT})
SEALED_KINDS = frozenset({OPS, RETURN, COLLEAGUE, GRANT, FILES})

OTHER_KEY = "other-key"
"""The `part` of a refusal: signed by a key that is not known of this sender."""

DECODER_LIMIT_BYTES = 32 * MIB
_AGE_MAGIC = b"age-encryption.org/v1\n"
_COMMENT = re.compile(r"shgb/1 kind=([a-z]{1,16}) from=([a-z0-9]{1,32}) to=([a-z0-9]{1,32}|-) bundle=([a-z0-9]{1,32})")
# lc=4, pb=0: text, not aligned words. 8 MiB of dictionary keeps packing under 100 MiB and unpacking under 10.
_XZ_OF_SEALED = [
    {
        "id": lzma.FILTER_LZMA2, "dict_size": 4096, "lc": 0, "lp": 0, "pb": 0,
        "mode": lzma.MODE_FAST, "mf": lzma.MF_HC4, "depth": 1, "nice_len": 273,
    }
]  # fmt: skip
_XZ_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]


@dataclass(frozen=True, slots=True)
class Comment:
    """What the signature names: kind, sender and addressee codes, bundle id."""

    kind: str
    sender: str
    addressee: str
    bundle: str

    def text(self) -> str:
        """The trusted comment."""
        return f"shgb/1 kind={self.kind} from={self.sender} to={self.addressee} bundle={self.bundle}"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signature is believed: minisign public keys by office code (`return`, `grant`) and by device code."""

    offices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    devices: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified bundle: what its signature names, the key that signed, the payload's bytes."""

    comment: Comment
    signer: str
    payload: bytes


def seal_payload(payload: bytes, comment: Comment, signing: SignPair, recipients: Sequence[str]) -> bytes:
    """The bundle file over a payload, signed, then sealed to the age recipients."""
    packed = pack(payload, comment.kind)
    signed = keys.sign(signing, packed, comment.text()) + packed
    return with_label(keys.encrypt(signed, recipients), comment.addressee, comment.sender)


def open_payload(
    content: bytes,
    *,
    addressees: Collection[str],
    identities: Sequence[str],
    trust: Trust,
    introduce: Callable[[bytes], str] | None = None,
) -> Opened:
    """Open a bundle file sealed to one of our codes; nothing of it touches a disk.

    `introduce` takes the payload of a first grant, whose office is not known yet, and gives the public key it brings;
    a person compares that key's fingerprint. Raises KnownError with the BUNDLE_* code of the first thing wrong.
    """
    label, body = split_file(content)
    if label.addressee not in addressees:
        raise refused(Code.BUNDLE_FOR_ANOTHER, to=label.addressee, sender=label.sender)
    if not body.startswith(_AGE_MAGIC):
        raise refused(Code.BUNDLE_DAMAGED, part="envelope")
    try:
        signed = keys.decrypt(body, identities)
    except ValueError as error:
        raise refused(Code.BUNDLE_DAMAGED, part="envelope") from error
    if signed is None:
        raise refused(Code.BUNDLE_FOR_ANOTHER, to=label.addressee, sender=label.sender, part="key")
    signature, packed = split_signed(signed)
    comment = read_comment(signature)
    del signed, body
    payload: bytes | None = None
    first_grant = introduce is not None and comment.kind == GRANT and comment.sender not in trust.offices
    if introduce is not None and first_grant:
        payload = unpack(packed)
        believed: Sequence[str] = [introduce(payload)]
    else:
        believed = _believed(comment, trust)
    signer = next((public for public in believed if keys.holds(public, packed, signature)), None)
    if signer is None:
        # By another key than those known: false, or by a key its sender has got since.
        is_other = not any(keys.names_key(signature, public) for public in believed)
        raise refused(Code.BUNDLE_FORGED, sender=comment.sender, **({"part": OTHER_KEY} if is_other else {}))
    # The label is no part of what was signed: where it names others it was changed on the way.
    if comment.addressee != label.addressee or comment.sender != label.sender:
        raise refused(Code.BUNDLE_FORGED, part="label", sender=comment.sender)
    return Opened(comment, signer, unpack(packed) if payload is None else payload)


def split_signed(signed: bytes) -> tuple[bytes, bytes]:
    """Signature lines and the signed bytes. Raises KnownError BUNDLE_FORGED where nobody signed."""
    try:
        return keys.split_signature(signed)
    except ValueError as error:
        raise refused(Code.BUNDLE_FORGED, part="signature") from error


def read_comment(signature: bytes) -> Comment:
    """What four signature lines name. Raises KnownError BUNDLE_FORGED, or BUNDLE_NEWER for a later format."""
    try:
        text = keys.trusted_comment(signature)
    except ValueError as error:
        raise refused(Code.BUNDLE_FORGED, part="signature") from error
    found = _COMMENT.fullmatch(text)
    if found is None:
        later = re.match(r"shgb/(?:[2-9]|[1-9]\d{1,3}) ", text)
        raise refused(Code.BUNDLE_NEWER if later else Code.BUNDLE_FORGED, part="comment")
    return Comment(*found.groups())


def pack(payload: bytes, kind: str = OPS) -> bytes:
    """The payload as one xz stream; sealed pictures, which give way to nothing but their base64, without any search."""
    filters = _XZ_OF_SEALED if kind == FILES else _XZ_FILTERS
    return lzma.compress(payload, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=filters)


def unpack(packed: bytes, limit_bytes: int = UNPACKED_LIMIT_BYTES) -> bytes:
    """The payload of exactly one xz stream. Raises KnownError BUNDLE_TOO_LARGE or BUNDLE_DAMAGED."""
    try:
        decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=DECODER_LIMIT_BYTES)
        payload = decoder.decompress(packed, limit_bytes + 1)
    except lzma.LZMAError as error:
        code = Code.BUNDLE_TOO_LARGE if "emory" in str(error) else Code.BUNDLE_DAMAGED
        raise refused(code, part="stream") from error
    if len(payload) > limit_bytes:
        raise refused(Code.BUNDLE_TOO_LARGE, limit=limit_bytes)
    if not decoder.eof or decoder.unused_data:
        raise refused(Code.BUNDLE_DAMAGED, part="stream")
    return payload


def _believed(comment: Comment, trust: Trust) -> Sequence[str]:
    """The keys that may sign this kind for this sender. Raises KnownError BUNDLE_STRANGER or BUNDLE_FORGED."""
    if comment.kind == REQUEST:
        raise refused(Code.BUNDLE_FORGED, part="kind")
    if comment.kind not in SEALED_KINDS:
        raise refused(Code.BUNDLE_NEWER, kind=comment.kind)
    if comment.kind == FILES and comment.sender in trust.offices:  # an office and a laptop alike send pictures
        return trust.offices[comment.sender]
    right, wrong = (trust.offices, trust.devices) if comment.kind in OFFICE_KINDS else (trust.devices, trust.offices)
    if comment.sender in right:
        return right[comment.sender]
    # A known desk that signs as an office, or the reverse, is no stranger but pretends.
    code = Code.BUNDLE_FORGED if comment.sender in wrong else Code.BUNDLE_STRANGER
    raise refused(code, sender=comment.sender, part="signer")
