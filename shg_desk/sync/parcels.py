"""Bundles whole: contents to files that can travel, a file back to verified contents."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from shg_desk.domain.problems import Code
from shg_desk.sync.envelope import Comment
from shg_desk.sync.envelope import Trust
from shg_desk.sync.envelope import open_payload
from shg_desk.sync.envelope import seal_payload
from shg_desk.sync.keys import SignPair
from shg_desk.sync.label import SUFFIX
from shg_desk.sync.label import refused
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Limits
from shg_desk.sync.payload import Parcel
from shg_desk.sync.payload import read_payload
from shg_desk.sync.payload import volumes_of
from shg_desk.sync.payload import write_volumes


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A bundle file ready to travel: its name (random codes only) and its bytes."""

    name: str
    content: bytes


def file_name(comment: Comment, volume: int = 1, volumes: int = 1) -> str:
    """`<from>-<to>-<kind>-<bundle>.shgb`, with `-<volume>` where there are several; plain ASCII."""
    addressee = comment.addressee if comment.addressee != "-" else "new"
    number = f"-{volume}" if volumes > 1 else ""
    return f"{comment.sender}-{addressee}-{comment.kind}-{comment.bundle}{number}{SUFFIX}"


def seal_parcel(
    manifest: Manifest,
    contents: Contents,
    *,
    signing: SignPair,
    recipients: Sequence[str],
    limits: Limits | None = None,
) -> Iterator[SealedFile]:
    """One file a volume, signed with `signing` and sealed to the age recipients (the sender's own among them).

    Each is made when it is asked for, and nothing of the one before is held then.
    """
    volumes = volumes_of(contents, limits)
    for number, payload in enumerate(write_volumes(manifest, contents, limits), start=1):
        content = seal_payload(payload, manifest.comment, signing, recipients)
        del payload
        yield SealedFile(file_name(manifest.comment, number, volumes), content)


def open_parcel(
    content: bytes,
    *,
    addressees: Collection[str],
    identities: Sequence[str],
    trust: Trust,
    introduce: Callable[[bytes], str] | None = None,
) -> Parcel:
    """Decrypt, verify, then read a bundle file; all of it in memory, all of it or nothing.

    `addressees` are the codes whose mail we read, `identities` our age secrets, `trust` whose signatures count. Raises
    KnownError: one BUNDLE_* code or CHAIN_BROKEN.
    """
    opened = open_payload(content, addressees=addressees, identities=identities, trust=trust, introduce=introduce)
    parcel = read_payload(opened.payload)
    if parcel.manifest.comment != opened.comment:
        raise refused(Code.BUNDLE_FORGED, sender=opened.comment.sender, part="manifest")
    return replace(parcel, signer=opened.signer)
