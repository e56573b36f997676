"""The typed section lines of a payload, as values: one canonical line each, named by its field `s`.

| `s` | fields beside `s` | follows |
|---|---|---|
| `op` | none | the stored line; device, epoch and seq come from the manifest's ranges |
| `relay` | `device` `epoch` `seq` `before` (head before it) | the stored line |
| `key` | `owner` `purpose` (`identity`, `life`, `group`) `number` `key` | |
| `digest` | `group` `month` `count` `debit_minor` `lane0` `lane1` | |
| `state` | `device` `epoch` `seq` `state` (`held`, `quarantined`) `code` | |
| `order` | `order`=`revoke`: `device` `epoch` `seq` `head`; `order`=`destroy`: `owner` `purpose` `number` | |
| `ref` | `name` `version` `content` (any value) | |
| `file` | `sha256` `part` (from 1) `parts` `data` (base64url): the parts of a file one after another | |

Heads and keys (32 bytes) and lanes (64 bits) are lower-case hex of full length. Fields a reader does not know are left
aside; lines of an `s` it does not know stand after all others, one line each, and are left aside too: what must not be
left aside raises `min_reader`.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from typing import Any

from shg_desk.domain import canonical
from shg_desk.sync.fields import code
from shg_desk.sync.fields import hashed
from shg_desk.sync.fields import matching
from shg_desk.sync.fields import text
from shg_desk.sync.fields import whole
from shg_desk.sync.sealing import from_text
from shg_desk.sync.sealing import to_text

OP_HEADER = b'{"s":"op"}'
ORDER = ("op", "relay", "key", "digest", "state", "order", "ref", "file")


@dataclass(frozen=True, slots=True)
class OpLine:
    """One stored operation: its name, its raw line (any bytes but LF) and the chain's head before it (32 bytes)."""

    device: str
    epoch: str
    seq: int
    line: bytes
    head_before: bytes

    @property
    def head_after(self) -> bytes:
        """The chain's head after this line."""
        return canonical.next_head(self.head_before, canonical.line_hash(self.line))


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A household's or group's key (32 bytes), handed to those entitled; never enters the log."""

    owner: str
    purpose: str
    number: int
    key: bytes


@dataclass(frozen=True, slots=True)
class DigestLine:
    """The digest of one (group, effective month): entries, sum of debits in minor units, two 64-bit lanes."""

    group: str
    month: str
    count: int
    debit_minor: int
    lane0: int
    lane1: int


@dataclass(frozen=True, slots=True)
class StateLine:
    """What the office holds or has quarantined, with the problem code that says why."""

    device: str
    epoch: str
    seq: int
    state: str
    code: str


@dataclass(frozen=True, slots=True)
class RevokeOrder:
    """A device is revoked: in this epoch the office accepted up to this seq and head.

    Seq 0 where nothing of it was ever accepted: the epoch is then the device's own code, the head that chain's first.
    """

    device: str
    epoch: str
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class DestroyOrder:
    """The owner's key of this purpose and number is to be destroyed, and taken from nobody again."""

    owner: str
    purpose: str
    number: int


@dataclass(frozen=True, slots=True)
class RefLine:
    """Reference data by name and version; only an office's signature makes it count."""

    name: str
    version: int
    content: canonical.Json


@dataclass(frozen=True, slots=True)
class FileLine:
    """One part, from 1, of a file that travels sealed as it is kept; `sha256` is the whole file's name."""

    sha256: bytes
    part: int
    parts: int
    data: bytes


Section = KeyLine | DigestLine | StateLine | RevokeOrder | DestroyOrder | RefLine | FileLine

_NAMES: dict[type[Any], tuple[str, str | None]] = {
    KeyLine: ("key", None),
    DigestLine: ("digest", None),
    StateLine: ("state", None),
    RevokeOrder: ("order", "revoke"),
    DestroyOrder: ("order", "destroy"),
    RefLine: ("ref", None),
    FileLine: ("file", None),
}
_LANES = ("lane0", "lane1")
_TYPES = {names: kind for kind, names in _NAMES.items()}


def section_line(value: Section) -> bytes:
    """The canonical line of a section value, without LF. Raises ValueError where a field is out of its bounds."""
    name, order = _NAMES[type(value)]
    out: dict[str, canonical.Json] = {"s": name} | ({"order": order} if order else {})
    for item in fields(value):
        content = getattr(value, item.name)
        if item.name in _LANES:
            content = f"{content:016x}"
        elif item.name == "data":
            content = to_text(content)
        out[item.name] = content.hex() if isinstance(content, bytes) else content
    section_value(out)
    return canonical.encode(out)


def section_value(found: Mapping[str, canonical.Json]) -> Section | None:
    """The value of a parsed section line; None where this version does not know it. Raises ValueError."""
    kind = _TYPES.get((text(found, "s"), text(found, "order") if found.get("s") == "order" else None))
    if kind is None:
        return None
    section: Section = kind(**{item.name: _CHECKS[item.name](found, item.name) for item in fields(kind)})
    return section


def relay_header(op: OpLine) -> bytes:
    """The header line before a relayed operation's stored line."""
    return canonical.encode(
        {"s": "relay", "device": op.device, "epoch": op.epoch, "seq": op.seq, "before": op.head_before.hex()}
    )


def relayed(header: Mapping[str, canonical.Json], line: bytes) -> OpLine:
    """The operation of a parsed relay header and its stored line. Raises ValueError."""
    seq = whole(header, "seq", 1)
    return OpLine(code(header, "device"), code(header, "epoch"), seq, line, hashed(header, "before"))


def _lane(found: Mapping[str, canonical.Json], name: str) -> int:
    return int.from_bytes(hashed(found, name, 8), "big")


def _word(found: Mapping[str, canonical.Json], name: str) -> str:
    return matching(found, name, "[a-z0-9][a-z0-9._-]{0,63}")


def _purpose(found: Mapping[str, canonical.Json], name: str) -> str:
    return matching(found, name, "identity|life|group")


def _state(found: Mapping[str, canonical.Json], name: str) -> str:
    return matching(found, name, "held|quarantined")


def _month(found: Mapping[str, canonical.Json], name: str) -> str:
    return matching(found, name, r"[0-9]{4}-(0[1-9]|1[0-2])")


def _any(found: Mapping[str, canonical.Json], name: str) -> canonical.Json:
    if name not in found:
        raise ValueError(f"{name} is missing")
    return found[name]


_CHECKS: dict[str, Callable[[Mapping[str, canonical.Json], str], Any]] = {
    "owner": code,
    "number": lambda found, name: whole(found, name, 1),
    "purpose": _purpose,
    "key": hashed,
    "group": code,
    "month": _month,
    "count": whole,
    "debit_minor": whole,
    "lane0": _lane,
    "lane1": _lane,
    "device": code,
    "epoch": code,
    "seq": whole,
    "state": _state,
    "code": _word,
    "head": hashed,
    "name": _word,
    "version": whole,
    "content": _any,
    "sha256": hashed,
    "part": lambda found, name: whole(found, name, 1),
    "parts": lambda found, name: whole(found, name, 1),
    "data": lambda found, name: from_text(text(found, name)),
}
