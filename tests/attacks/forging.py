"""Parcels as an enemy makes them: operations and sections written by hand, sealed and signed with real keys."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from itertools import count
from pathlib import Path
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.domain.canonical import encode
from shg_desk.store import log
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import Comment
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.sections import OpLine

AT = 1_772_323_200
_numbers = count(1)


@dataclass
class Forger:
    """Goes on with a laptop's own chain behind the program's back; its keys are the laptop's true ones."""

    desk: Desk
    epoch: str = ""
    seq: int = 0
    head: bytes = b""
    made: list[OpLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.epoch = self.epoch or self.desk.book.epoch
        tip = log.tip(self.desk.book.db, self.desk.book.device, self.epoch)
        self.seq, self.head = tip.seq, tip.head

    def write(self, kind: str, body: dict[str, Any]) -> str:
        line = encode({"at": [AT, 360], "body": body, "by": "1", "kind": kind, "v": 1})
        self.seq += 1
        op = OpLine(self.desk.book.device, self.epoch, self.seq, line, self.head)
        self.head = op.head_after
        self.made.append(op)
        return f"{op.device}.{op.epoch}.{op.seq}"

    def parcel(self, to: Desk, folder: Path, kind: str = OPS, **sections: Any) -> Path:
        """Everything written since the last parcel, sealed to an office (or to a colleague) in one file."""
        sections["ops" if kind == OPS else "relays"], self.made = self.made, []
        code = to.book.setting("office_code") if to.is_office else to.book.device
        recipients = to.office_keys().recipients if to.is_office else (to.device_keys().age.recipient,)
        comment = Comment(kind, self.desk.book.device, code or "", f"forged{next(_numbers):010d}")
        signing = self.desk.device_keys().signing
        manifest = Manifest(comment, AT, "x", 1)
        (file,) = seal_parcel(manifest, Contents(**sections), signing=signing, recipients=recipients)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / file.name
        path.write_bytes(file.content)
        return path
