"""People and parcels for the tests of this room, made from a seed: an office, laptops, chains of operations."""

from __future__ import annotations

import random
from dataclasses import dataclass
from dataclasses import field

from shg_desk.domain import canonical
from shg_desk.sync import keys
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.envelope import Comment
from shg_desk.sync.envelope import Trust
from shg_desk.sync.manifest import Have
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.parcels import SealedFile
from shg_desk.sync.parcels import open_parcel
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import DestroyOrder
from shg_desk.sync.sections import DigestLine
from shg_desk.sync.sections import KeyLine
from shg_desk.sync.sections import OpLine
from shg_desk.sync.sections import RefLine
from shg_desk.sync.sections import RevokeOrder
from shg_desk.sync.sections import StateLine

MADE = 1_795_255_200
DESK, NEIGHBOUR, OFFICE = "aaaabbbb", "ccccdddd", "oooo2222"
EPOCH = "epoch222"
BUNDLE = "abcdefgh22334455"


def seeded(seed: int) -> keys.RandomBytes:
    return random.Random(seed).randbytes


OFFICE_KEYS = keys.make_office_keys(seeded(1))
DESK_KEYS = keys.make_device_keys(seeded(2))
NEIGHBOUR_KEYS = keys.make_device_keys(seeded(3))
STRANGER_KEYS = keys.make_device_keys(seeded(4))

OFFICE_TRUST = Trust(
    offices={OFFICE: (OFFICE_KEYS.signing.public,)},
    devices={DESK: (DESK_KEYS.signing.public,), NEIGHBOUR: (NEIGHBOUR_KEYS.signing.public,)},
)


def chain(count: int, device: str = DESK, *, epoch: str = EPOCH, first: int = 1, size: int = 40) -> list[OpLine]:
    """Operations `first`... of a chain whose earlier lines we do not show."""
    made: list[OpLine] = []
    head = canonical.first_head(device, epoch)
    for seq in range(1, first + count):
        line = canonical.encode({"kind": "meeting", "n": seq, "text": "Ош ң ӣ " * (size // 12)})
        made.append(OpLine(device, epoch, seq, line, head))
        head = made[-1].head_after
    return made[first - 1 :]


def all_sections() -> Contents:
    ops = chain(3)
    return Contents(
        ops=ops,
        relays=chain(2, NEIGHBOUR, first=4),
        keys=[KeyLine("a" * 16, "identity", 1, bytes(range(32)))],
        digests=[DigestLine("g" * 16, "2026-03", 12, 345_600, 2**64 - 1, 0)],
        states=[StateLine(NEIGHBOUR, EPOCH, 9, "held", "reference-missing")],
        orders=[RevokeOrder(NEIGHBOUR, EPOCH, 5, bytes(32)), DestroyOrder("b" * 16, "life", 2)],
        refs=[RefLine("villages", 3, {"Кара-Булак": ["41.7", "72.1"]})],
    )


def manifest(kind: str = OPS, sender: str = DESK, addressee: str = OFFICE) -> Manifest:
    made = Manifest(Comment(kind, sender, addressee, BUNDLE), made=MADE, app="0.1.0", schema=1)
    if kind != RETURN:
        return made
    have = (Have(DESK, EPOCH, 3, chain(3)[-1].head_after),)
    return Manifest(made.comment, MADE, "0.1.0", 1, have=have, return_no=7, office_epoch="officeep", registry_version=4)


@dataclass
class Writer:
    """Somebody who seals a parcel to the office; the defaults are our desk and right."""

    signing: keys.SignPair = DESK_KEYS.signing
    recipients: tuple[str, ...] = field(default_factory=lambda: (*OFFICE_KEYS.recipients, DESK_KEYS.age.recipient))

    def seal(self, contents: Contents, made: Manifest | None = None) -> SealedFile:
        (file,) = seal_parcel(made or manifest(), contents, signing=self.signing, recipients=self.recipients)
        return file


def office_opens(content: bytes) -> Parcel:
    return open_parcel(content, addressees=(OFFICE,), identities=OFFICE_KEYS.identities, trust=OFFICE_TRUST)


def return_file(contents: Contents) -> SealedFile:
    (file,) = seal_parcel(
        manifest(RETURN, OFFICE, DESK),
        contents,
        signing=OFFICE_KEYS.signing,
        recipients=(DESK_KEYS.age.recipient, OFFICE_KEYS.current.recipient),
    )
    return file


def colleague_file(contents: Contents) -> SealedFile:
    (file,) = seal_parcel(
        manifest(COLLEAGUE, DESK, NEIGHBOUR),
        contents,
        signing=DESK_KEYS.signing,
        recipients=(NEIGHBOUR_KEYS.age.recipient, DESK_KEYS.age.recipient),
    )
    return file
