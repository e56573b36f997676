r"""Line 1 of a bundle file, and the limits every reader keeps.

    SHGB/1 len=<bytes after this line> sha256=<hex of those bytes> to=<code> from=<code>\n

ASCII, at most 256 bytes, exactly one space between the words. It serves diagnosis only (cut short, damaged, for
another) and is trusted for nothing: what counts stands signed inside. Codes are 1 to 32 of [a-z0-9];
`to=-` is nobody yet.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from shg_desk.domain.canonical import LINE_LIMIT_BYTES
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem

MIB = 1024 * 1024
UNPACKED_LIMIT_BYTES = 64 * MIB
LINES_LIMIT = 100_000
LINE_LIMIT = LINE_LIMIT_BYTES
FILE_LIMIT_BYTES = 66 * MIB  # what 64 MiB that do not compress become, with envelope and label
LABEL_LIMIT_BYTES = 256

SUFFIX = ".shgb"
MAGIC = b"SHGB/"
NOBODY = "-"
_LABEL = re.compile(
    rb"SHGB/1 len=(0|[1-9][0-9]{0,9}) sha256=([0-9a-f]{64}) to=([a-z0-9]{1,32}|-) from=([a-z0-9]{1,32})"
)
_LATER = re.compile(rb"SHGB/(?:[2-9]|[1-9][0-9]{1,3}) ")


@dataclass(frozen=True, slots=True)
class Label:
    """What line 1 says: length in bytes and SHA-256 (hex) of all that follows it, addressee and sender codes."""

    length: int
    sha256: str
    addressee: str
    sender: str


def refused(code: Code, where: str = "", **facts: Fact) -> KnownError:
    """The error for a file or key that is not taken, with one problem."""
    return KnownError(Problem(code, where, facts))


def with_label(body: bytes, addressee: str, sender: str) -> bytes:
    """The whole file: line 1 and the body."""
    digest = hashlib.sha256(body).hexdigest()
    line = f"SHGB/1 len={len(body)} sha256={digest} to={addressee} from={sender}\n".encode("ascii")
    assert _LABEL.fullmatch(line[:-1]), "codes are short and plain"
    return line + body


def read_label(beginning: bytes) -> Label:
    r"""Line 1 of a file, given its first bytes (256 suffice).

    Raises KnownError BUNDLE_NOT_ONE, BUNDLE_INCOMPLETE, BUNDLE_DAMAGED or BUNDLE_NEWER.
    """
    if not beginning.startswith(MAGIC):
        code = Code.BUNDLE_INCOMPLETE if MAGIC.startswith(beginning) else Code.BUNDLE_NOT_ONE
        raise refused(code)
    if _LATER.match(beginning):
        raise refused(Code.BUNDLE_NEWER)
    end = beginning.find(b"\n", 0, LABEL_LIMIT_BYTES)
    if end < 0:
        raise refused(Code.BUNDLE_INCOMPLETE if len(beginning) < LABEL_LIMIT_BYTES else Code.BUNDLE_DAMAGED)
    found = _LABEL.fullmatch(beginning[:end])
    if found is None:
        raise refused(Code.BUNDLE_DAMAGED, part="label")
    length, sha256, addressee, sender = (part.decode("ascii") for part in found.groups())
    return Label(int(length), sha256, addressee, sender)


def split_file(content: bytes) -> tuple[Label, bytes]:
    """Label and body of a whole file, length and hash checked. Raises as `read_label`, and BUNDLE_TOO_LARGE."""
    if len(content) > FILE_LIMIT_BYTES:
        raise refused(Code.BUNDLE_TOO_LARGE, bytes=len(content))
    label = read_label(content[:LABEL_LIMIT_BYTES])
    body = content[content.index(b"\n") + 1 :]
    if len(body) < label.length:
        raise refused(Code.BUNDLE_INCOMPLETE, bytes=len(body), expected=label.length)
    if len(body) > label.length or hashlib.sha256(body).hexdigest() != label.sha256:
        raise refused(Code.BUNDLE_DAMAGED, part="content")
    return label, body
