"""The first line of a payload: what the bundle is, from whom, for whom, and what it must hold.

A canonical line, an object of these fields (codes `[a-z0-9]{1,32}`, heads in hex):

| field | meaning |
|---|---|
| `format` `min_reader` | 1 and 1; a reader below `min_reader` refuses the file whole and asks for it to be kept |
| `schema` `app` | version of the operation kinds; version of the writing program |
| `kind` `from` `to` `bundle` | as in the signature's trusted comment |
| `made` | the writer's clock, UTC seconds: a claim |
| `volume` `volumes` | number of this volume, from 1, and how many there are under this bundle id |
| `ranges` | of `op` lines, in their order: `device` `epoch` `first` `last` `before` `after` (heads around the range) |
| `counts` | lines by section, a section without lines left out |
| `length` | bytes of the payload after the manifest's LF |
| `have` | what the writer has, by chain: `device` `epoch` `seq` `head` |
| `return_no` `registry_version` | a return's number, the device registry's version; the latter also in a grant |
| `newest_return` | in a desk's parcel: the number of the newest return it has read |
| `office_epoch` | the life of the office's book: its own in a return or grant; beside `newest_return` whose return that was |
| `office_key` | in a desk's parcel: the office's minisign key as this desk knows it |
| `grant` | of a grant only, see `enrolment` |
| `successor` | of a return only: new keys of the office, see `succession` |
| `over` | of a return only: lives of the office's book that are over |
"""  # noqa: E501 - a table row cannot be broken

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.envelope import GRANT
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.envelope import SEALED_KINDS
from shg_desk.sync.envelope import Comment
from shg_desk.sync.fields import code
from shg_desk.sync.fields import hashed
from shg_desk.sync.fields import mapping
from shg_desk.sync.fields import objects
from shg_desk.sync.fields import public_key
from shg_desk.sync.fields import text
from shg_desk.sync.fields import texts
from shg_desk.sync.fields import whole
from shg_desk.sync.label import refused
from shg_desk.sync.sections import OpLine

FORMAT = 1
READER = 1


@dataclass(frozen=True, slots=True)
class Range:
    """A gapless run of one chain: first and last seq, the head before the first and after the last (32 bytes)."""

    device: str
    epoch: str
    first: int
    last: int
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Have:
    """What somebody has of a chain without gaps: up to this seq, with this head."""

    device: str
    epoch: str
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """See the table above. What a caller gives comes first; ranges, counts, length and volumes the writer fills in."""

    comment: Comment
    made: int
    app: str
    schema: int
    have: tuple[Have, ...] = ()
    return_no: int | None = None
    office_epoch: str | None = None
    registry_version: int | None = None
    newest_return: int | None = None
    office_key: str | None = None
    grant: Mapping[str, canonical.Json] | None = None
    successor: Mapping[str, canonical.Json] | None = None
    over: tuple[str, ...] | None = None
    volume: int = 1
    volumes: int = 1
    ranges: tuple[Range, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    length: int = 0

    def line(self) -> bytes:
        """The canonical line, without LF."""
        out: dict[str, canonical.Json] = {
            "format": FORMAT,
            "min_reader": READER,
            "schema": self.schema,
            "app": self.app,
            "kind": self.comment.kind,
            "from": self.comment.sender,
            "to": self.comment.addressee,
            "bundle": self.comment.bundle,
            "made": self.made,
            "volume": self.volume,
            "volumes": self.volumes,
            "ranges": [_range_fields(run) for run in self.ranges],
            "counts": dict(self.counts),
            "length": self.length,
            "have": [
                {"device": chain.device, "epoch": chain.epoch, "seq": chain.seq, "head": chain.head.hex()}
                for chain in self.have
            ],
        }
        for name in (
            "return_no",
            "office_epoch",
            "registry_version",
            "newest_return",
            "office_key",
            "grant",
            "successor",
        ):
            value = getattr(self, name)
            if value is not None:
                out[name] = value
        if self.over is not None:
            out["over"] = list(self.over)
        return canonical.encode(out)

    def with_contents(self, ranges: tuple[Range, ...], counts: Mapping[str, int], length: int) -> Manifest:
        """The same with what the writer counted."""
        return replace(self, ranges=ranges, counts=counts, length=length)


def read_manifest(line: bytes) -> Manifest:
    """The manifest of a payload's first line. Raises KnownError BUNDLE_NEWER or BUNDLE_DAMAGED."""
    try:
        found = canonical.parse(line)
        if not isinstance(found, dict):
            raise ValueError("no object")
        if whole(found, "min_reader", 1) > READER or whole(found, "format", 1) > FORMAT:
            raise refused(Code.BUNDLE_NEWER, app=str(found.get("app", ""))[:40])
        return _manifest(found)
    except ValueError as error:
        raise refused(Code.BUNDLE_DAMAGED, part="manifest") from error


def _manifest(found: Mapping[str, canonical.Json]) -> Manifest:
    kind = text(found, "kind")
    if kind not in SEALED_KINDS:
        raise ValueError("kind unknown")
    counts = found.get("counts")
    if not isinstance(counts, dict) or not all(type(n) is int and n > 0 for n in counts.values()):
        raise ValueError("counts are no counts")
    grant = found.get("grant")
    if (kind == GRANT) != isinstance(grant, dict):
        raise ValueError("grant where none belongs, or none")
    volume, volumes = whole(found, "volume", 1), whole(found, "volumes", 1)
    if volume > volumes:
        raise ValueError("volume above volumes")
    is_return, may_tell = kind == RETURN, kind in (OPS, GRANT)
    return Manifest(
        comment=Comment(kind, code(found, "from"), code(found, "to"), code(found, "bundle")),
        made=whole(found, "made"),
        app=text(found, "app"),
        schema=whole(found, "schema", 1),
        have=tuple(_have(item) for item in objects(found, "have")),
        return_no=whole(found, "return_no", 1) if is_return else None,
        office_epoch=code(found, "office_epoch") if is_return or (may_tell and "office_epoch" in found) else None,
        registry_version=whole(found, "registry_version") if is_return or kind == GRANT else None,
        newest_return=whole(found, "newest_return") if kind == OPS and "newest_return" in found else None,
        office_key=public_key(found, "office_key") if kind == OPS and "office_key" in found else None,
        grant=grant,
        successor=mapping(found, "successor") if is_return and "successor" in found else None,
        over=texts(found, "over") if is_return and "over" in found else None,
        volume=volume,
        volumes=volumes,
        ranges=tuple(_range(item) for item in objects(found, "ranges")),
        counts=counts,
        length=whole(found, "length"),
    )


def check_authors(manifest: Manifest, relays: Sequence[OpLine]) -> None:
    """A desk vouches only for its own chain: raises KnownError BUNDLE_FORGED for anything else in its bundles.

    In a return or grant the office vouches for all. What a desk hands on of others in `ops` is for the office's rules.
    """
    comment = manifest.comment
    authors: set[str] = set()
    if comment.kind in (OPS, COLLEAGUE):
        authors |= {run.device for run in manifest.ranges}
    if comment.kind == COLLEAGUE:
        authors |= {op.device for op in relays}
    if authors - {comment.sender}:
        raise refused(Code.BUNDLE_FORGED, sender=comment.sender, part="author")


def _have(found: Mapping[str, canonical.Json]) -> Have:
    return Have(code(found, "device"), code(found, "epoch"), whole(found, "seq"), hashed(found, "head"))


def _range(found: Mapping[str, canonical.Json]) -> Range:
    first = whole(found, "first", 1)
    device, epoch, last = code(found, "device"), code(found, "epoch"), whole(found, "last", first)
    return Range(device, epoch, first, last, hashed(found, "before"), hashed(found, "after"))


def _range_fields(run: Range) -> dict[str, canonical.Json]:
    return {
        "device": run.device,
        "epoch": run.epoch,
        "first": run.first,
        "last": run.last,
        "before": run.before.hex(),
        "after": run.after.hex(),
    }
