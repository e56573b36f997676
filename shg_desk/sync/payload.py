r"""The payload of a bundle: strict lines, the manifest first, then the sections in their fixed order.

UTF-8, each line ended by one LF. Line 1 is the manifest (see `manifest`); then `op`, `relay`, `key`, `digest`,
`state`, `order`, `ref`, `file` lines (see `sections`), all canonical. A stored operation's line follows its `op` or
`relay` header and is any bytes without LF: it is hashed, never parsed here. `op` lines fill the manifest's ranges one
after another: the reader counts device, epoch and seq from them and recomputes every chain to the signed head.
Limits: 64 MiB, 100,000 lines, 1 MiB a line; what is more goes into further volumes, each complete by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from shg_desk.domain import canonical
from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.sync.attachments import Attachment
from shg_desk.sync.attachments import KeptFile
from shg_desk.sync.attachments import assembled
from shg_desk.sync.attachments import length_of_lines
from shg_desk.sync.attachments import lines_of
from shg_desk.sync.attachments import parts_of
from shg_desk.sync.envelope import FILES
from shg_desk.sync.label import LINE_LIMIT
from shg_desk.sync.label import LINES_LIMIT
from shg_desk.sync.label import UNPACKED_LIMIT_BYTES
from shg_desk.sync.label import refused
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.manifest import Range
from shg_desk.sync.manifest import check_authors
from shg_desk.sync.manifest import read_manifest
from shg_desk.sync.sections import OP_HEADER
from shg_desk.sync.sections import ORDER
from shg_desk.sync.sections import DestroyOrder
from shg_desk.sync.sections import DigestLine
from shg_desk.sync.sections import FileLine
from shg_desk.sync.sections import KeyLine
from shg_desk.sync.sections import OpLine
from shg_desk.sync.sections import RefLine
from shg_desk.sync.sections import RevokeOrder
from shg_desk.sync.sections import Section
from shg_desk.sync.sections import StateLine
from shg_desk.sync.sections import relay_header
from shg_desk.sync.sections import relayed
from shg_desk.sync.sections import section_line
from shg_desk.sync.sections import section_value

RANGES_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one volume may hold: bytes and lines of the payload, the manifest's line included."""

    unpacked_bytes: int = UNPACKED_LIMIT_BYTES
    lines: int = LINES_LIMIT


@dataclass(frozen=True, slots=True)
class Contents:
    """The sections. `ops` are gapless runs of chains in order; `relays` stand each for itself, named by its header."""

    ops: Sequence[OpLine] = ()
    relays: Sequence[OpLine] = ()
    keys: Sequence[KeyLine] = ()
    digests: Sequence[DigestLine] = ()
    states: Sequence[StateLine] = ()
    orders: Sequence[RevokeOrder | DestroyOrder] = ()
    refs: Sequence[RefLine] = ()
    files: Sequence[Attachment | KeptFile] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A read payload: manifest, sections, the parsed lines of sections this version does not know.

    `signer` is the minisign key its signature holds under; empty for a payload read without an envelope.
    """

    manifest: Manifest
    contents: Contents
    others: tuple[Mapping[str, canonical.Json], ...] = ()
    signer: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    """One section entry on its way out: its header line, and the operation whose line follows.

    A file is one entry of all of its `entries` lines: no volume has only a part of it. They are made when they are
    written, for many files are more than memory should hold.
    """

    section: str
    header: bytes
    op: OpLine | None = None
    file: Attachment | KeptFile | None = None
    entries: int = 1

    @property
    def size(self) -> int:
        if self.file is not None:
            return length_of_lines(self.file)
        return len(self.header) + 1 + (len(self.op.line) + 1 if self.op else 0)

    def lines(self) -> Iterator[bytes]:
        if self.file is not None:
            yield from (section_line(one) for one in lines_of(self.file))
            return
        yield self.header
        if self.op:
            yield self.op.line


def write_volumes(manifest: Manifest, contents: Contents, limits: Limits | None = None) -> Iterator[bytes]:
    """The payload of each volume, made when it is asked for.

    Raises KnownError CHAIN_BROKEN where `ops` contradict their own heads.
    """
    volumes = list(_cut(_items(contents), limits or Limits()))
    for number, items in enumerate(volumes, start=1):
        yield _write(replace(manifest, volume=number, volumes=len(volumes)), items)


def volumes_of(contents: Contents, limits: Limits | None = None) -> int:
    """Into how many volumes these contents go."""
    return sum(1 for _ in _cut(_items(contents), limits or Limits()))


def read_payload(payload: bytes, limits: Limits | None = None) -> Parcel:
    """Read a verified payload whole, or refuse it whole.

    Raises KnownError BUNDLE_TOO_LARGE, BUNDLE_NEWER, BUNDLE_DAMAGED (not readable), BUNDLE_FORGED (not what the
    manifest says) or CHAIN_BROKEN (operations that do not lead to the signed head).
    """
    lines = _lines(payload, limits or Limits())
    manifest = read_manifest(lines[0])
    if manifest.length != len(payload) - len(lines[0]) - 1:
        raise refused(Code.BUNDLE_FORGED, part="length")
    try:
        bodies, relays, values, others, counts = _sections(lines)
    except ValueError as error:
        raise refused(Code.BUNDLE_DAMAGED, part="sections") from error
    if dict(manifest.counts) != counts:
        raise refused(Code.BUNDLE_FORGED, part="counts")
    is_of_files = manifest.comment.kind == FILES
    if any((name == "file") != is_of_files for name in counts if name in ORDER):
        raise refused(Code.BUNDLE_FORGED, part="sections")  # pictures in parcels of their own, and nothing else there
    check_authors(manifest, relays)
    _check_relays(relays)
    contents = Contents(
        ops=_chained(manifest, bodies),
        relays=tuple(relays),
        keys=tuple(value for value in values if isinstance(value, KeyLine)),
        digests=tuple(value for value in values if isinstance(value, DigestLine)),
        states=tuple(value for value in values if isinstance(value, StateLine)),
        orders=tuple(value for value in values if isinstance(value, RevokeOrder | DestroyOrder)),
        refs=tuple(value for value in values if isinstance(value, RefLine)),
        files=assembled([value for value in values if isinstance(value, FileLine)]),
    )
    return Parcel(manifest, contents, tuple(others))


def _items(contents: Contents) -> Iterator[_Item]:
    for op in contents.ops:
        yield _Item("op", OP_HEADER, op)
    for op in contents.relays:
        yield _Item("relay", relay_header(op), op)
    for values in (contents.keys, contents.digests, contents.states, contents.orders, contents.refs):
        for value in values:
            line = section_line(value)
            yield _Item(_section_of(value), line)
    for file in contents.files:
        yield _Item("file", b"", file=file, entries=parts_of(file))


def _section_of(value: Section) -> str:
    names = {KeyLine: "key", DigestLine: "digest", StateLine: "state", RefLine: "ref"}
    return names.get(type(value), "order")


def _cut(items: Iterator[_Item], limits: Limits) -> Iterator[list[_Item]]:
    """Items by volume, in order; room is left for a manifest line of the greatest length."""
    room = limits.unpacked_bytes - min(LINE_LIMIT + 1, limits.unpacked_bytes // 2)
    held: list[_Item] = []
    size, lines, ranges, last = 0, 1, 0, None
    for item in items:
        stored = item.op.line if item.op else b""
        if max(len(item.header), len(stored)) > LINE_LIMIT or b"\n" in stored:
            raise BugError(f"a line of {item.size} bytes, or with a line break")
        item_lines = 2 if item.op else item.entries
        is_new_range = item.section == "op" and not _follows(last, item.op)
        full = size + item.size > room or lines + item_lines > limits.lines or ranges + is_new_range > RANGES_LIMIT
        if full and held:
            yield held
            held, size, lines, ranges, is_new_range = [], 0, 1, 0, item.section == "op"
        held.append(item)
        size, lines, ranges = size + item.size, lines + item_lines, ranges + is_new_range
        last = item.op
    yield held


def _follows(last: OpLine | None, op: OpLine | None) -> bool:
    return (
        last is not None and op is not None and (last.device, last.epoch, last.seq + 1) == (op.device, op.epoch, op.seq)
    )


def _write(manifest: Manifest, items: Sequence[_Item]) -> bytes:
    ranges = tuple(_ranges([item.op for item in items if item.op and item.section == "op"]))
    counts: Counter[str] = Counter()
    for item in items:
        counts[item.section] += item.entries
    parts: list[bytes] = []
    for item in items:
        parts.extend(item.lines())
    parts.append(b"")
    body = b"\n".join(parts)
    line = manifest.with_contents(ranges, dict(counts), len(body)).line()
    if len(line) > LINE_LIMIT:
        raise BugError(f"a manifest of {len(line)} bytes")
    return line + b"\n" + body


def _ranges(ops: Sequence[OpLine]) -> Iterator[Range]:
    """The gapless runs of the operations. Raises KnownError CHAIN_BROKEN."""
    first: OpLine | None = None
    last: OpLine | None = None
    head = b""
    for op in ops:
        if first is not None and last is not None and not _follows(last, op):
            yield Range(first.device, first.epoch, first.seq, last.seq, first.head_before, head)
            first = None
        elif first is not None and op.head_before != head:
            raise _broken(op)
        first = first or op
        last, head = op, op.head_after
    if first is not None and last is not None:
        yield Range(first.device, first.epoch, first.seq, last.seq, first.head_before, head)


def _lines(payload: bytes, limits: Limits) -> list[bytes]:
    if len(payload) > limits.unpacked_bytes or payload.count(b"\n") > limits.lines:
        raise refused(Code.BUNDLE_TOO_LARGE, bytes=len(payload))
    lines = payload.split(b"\n")
    if lines.pop() or not lines:
        raise refused(Code.BUNDLE_DAMAGED, part="last line")
    if max(map(len, lines)) > LINE_LIMIT:
        raise refused(Code.BUNDLE_TOO_LARGE, part="line")
    return lines


def _sections(
    lines: Sequence[bytes],
) -> tuple[list[bytes], list[OpLine], list[Section], list[Mapping[str, canonical.Json]], dict[str, int]]:
    """Bodies of `op`, relays, values, lines unknown to us, and the counts. Raises ValueError."""
    bodies: list[bytes] = []
    relays: list[OpLine] = []
    values: list[Section] = []
    others: list[Mapping[str, canonical.Json]] = []
    counts: Counter[str] = Counter()
    place = 1
    while place + 1 < len(lines) and lines[place] == OP_HEADER:
        bodies.append(lines[place + 1])
        place += 2
    if bodies:
        counts["op"] = len(bodies)
    rank = 0
    while place < len(lines):
        found = canonical.parse(lines[place])
        name = found.get("s") if isinstance(found, dict) else None
        if not isinstance(name, str) or name == "op":
            raise ValueError("a section line without its name, or an operation out of place")
        name_rank = ORDER.index(name) if name in ORDER else len(ORDER)
        if name_rank < rank:
            raise ValueError("sections out of order")
        rank = name_rank
        counts[name] += 1
        place += 1
        if name == "relay":
            if place == len(lines):
                raise ValueError("a relay without its line")
            relays.append(relayed(found, lines[place]))
            place += 1
            continue
        value = section_value(found)
        if value is None:
            others.append(found)
        else:
            values.append(value)
    return bodies, relays, values, others, dict(counts)


def _chained(manifest: Manifest, bodies: Sequence[bytes]) -> tuple[OpLine, ...]:
    """The operations named by the ranges, every head recomputed. Raises KnownError BUNDLE_FORGED, CHAIN_BROKEN."""
    if sum(run.last - run.first + 1 for run in manifest.ranges) != len(bodies):
        raise refused(Code.BUNDLE_FORGED, part="ranges")
    ops: list[OpLine] = []
    waiting = iter(bodies)
    for run in manifest.ranges:
        head = run.before
        if run.first == 1 and head != canonical.first_head(run.device, run.epoch):
            raise refused(Code.CHAIN_BROKEN, run.device, epoch=run.epoch, seq=1)
        for seq in range(run.first, run.last + 1):
            op = OpLine(run.device, run.epoch, seq, next(waiting), head)
            ops.append(op)
            head = op.head_after
        if head != run.after:
            raise refused(Code.CHAIN_BROKEN, run.device, epoch=run.epoch, seq=run.last)
    return tuple(ops)


def _check_relays(relays: Sequence[OpLine]) -> None:
    """Relayed operations that stand side by side in a chain must agree. Raises KnownError CHAIN_BROKEN."""
    heads = {(op.device, op.epoch, op.seq + 1): op.head_after for op in relays}
    for op in relays:
        expected = heads.get((op.device, op.epoch, op.seq))
        if op.seq == 1:
            expected = canonical.first_head(op.device, op.epoch)
        if expected is not None and op.head_before != expected:
            raise _broken(op)


def _broken(op: OpLine) -> Exception:
    return refused(Code.CHAIN_BROKEN, op.device, epoch=op.epoch, seq=op.seq)
