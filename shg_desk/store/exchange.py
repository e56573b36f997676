"""What the book knows of its exchange: how far chains reached whom, who the devices are, which parcels went and came.

Marks and the register of devices are this computer's own; they are not in the log and survive a rebuild.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from shg_desk.domain.digest import EMPTY
from shg_desk.domain.digest import LANE
from shg_desk.domain.digest import Digest
from shg_desk.domain.digest import operation_lanes
from shg_desk.store import log
from shg_desk.store.days import day_and_month
from shg_desk.store.db import Db
from shg_desk.store.ledger import thing_number
from shg_desk.store.log import Stored
from shg_desk.store.scope import reach

EVERY_GROUP = "*"
"""The code that grants a device every group of the office."""

OF_A_FORMER_LIFE = 2**53 - 1
"""The version of the register of a revocation that a former life of the office's book gave: no version undoes it."""

Buckets = dict[tuple[str, int], Digest]
"""Digests by (group id, month number: year x 12 + month - 1)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a chain of ours has gone: exported and read back, and received by the office."""

    device: str
    epoch: str
    exported: int
    received: int


@dataclass(frozen=True, slots=True)
class Device:
    """A device (or office) known here: code, label given by people, keys, state, and how its keys came to be known.

    `state` is `enrolled`, `revoked` or `office`; `compared` is false where no person compared fingerprints; `revoked`
    names the last operations accepted of a revoked device (one a life of its book, `-` for none); `newest_return` the
    newest return it is known to have read.
    """

    code: str
    label: str
    age: str
    minisign: str
    state: str
    compared: bool
    registry: int
    certificate: str = ""
    revoked: str | None = None
    newest_return: int | None = None


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel that went or came: id, running number, kind, partner's code, file name, where, claimed UTC seconds."""

    id: str
    number: int
    kind: str
    outgoing: bool
    partner: str
    file: str
    place: str
    at: int
    operations: int
    facts: Mapping[str, Any] = field(default_factory=dict)


# marks --------------------------------------------------------------------------------------------------------------


def mark(db: Db, device: str, epoch: str) -> Mark:
    """How far a chain has gone; nowhere for one never exported."""
    row = db.row("SELECT exported, received FROM chain_mark WHERE device = ? AND epoch = ?", (device, epoch))
    return Mark(device, epoch, *(row or (0, 0)))


def set_exported(db: Db, device: str, epoch: str, seq: int) -> None:
    """A chain was exported up to this number and read back."""
    db.run(
        "INSERT INTO chain_mark (device, epoch, exported) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET exported = max(exported, excluded.exported)",
        (device, epoch, seq),
    )


def set_received(db: Db, device: str, epoch: str, seq: int, *, regress: bool = False) -> None:
    """The office acknowledged a chain up to this number; only an office put back from a copy may take that back."""
    db.run(
        "INSERT INTO chain_mark (device, epoch, exported, received) VALUES (?1, ?2, ?3, ?3) "
        "ON CONFLICT DO UPDATE SET received = CASE WHEN ?4 THEN ?3 ELSE max(received, ?3) END, "
        "exported = max(exported, ?3)",
        (device, epoch, seq, int(regress)),
    )


def forget_received(db: Db, but: Collection[tuple[str, str]] = (), devices: Collection[str] = ()) -> None:
    """The office has nothing of any chain, but of these chains (device, epoch) and those of these devices."""
    for device, epoch in db.rows("SELECT device, epoch FROM chain_mark WHERE received > 0"):
        if (device, epoch) not in but and device not in devices:
            set_received(db, device, epoch, 0, regress=True)


def own_chains(db: Db, device: str) -> list[str]:
    """Every epoch of a device's book that the log holds something of, the oldest first."""
    return [str(epoch) for (epoch,) in db.rows("SELECT epoch FROM chain WHERE device = ? ORDER BY id", (device,))]


def have(db: Db) -> list[tuple[str, str, int, bytes]]:
    """What is here of every chain without a gap: device, epoch, number, head."""
    found = []
    for device, epoch in log.chains(db):
        tip = log.tip(db, device, epoch)
        if tip.seq:
            found.append((device, epoch, tip.seq, tip.head))
    return found


def settings_named(db: Db, beginning: str) -> list[str]:
    """The names of the settings that begin so."""
    rows = db.rows("SELECT name FROM setting WHERE substr(name, 1, ?) = ? ORDER BY 1", (len(beginning), beginning))
    return [str(name) for (name,) in rows]


def drop_setting(db: Db, name: str) -> None:
    """Forgets a setting."""
    db.run("DELETE FROM setting WHERE name = ?", (name,))


# disagreements ------------------------------------------------------------------------------------------------------


def set_disagreements(db: Db, device_code: str, found: Mapping[tuple[str, int], tuple[str, str]], at: int) -> None:
    """Replaces where a device's book and ours differ: {(group id, month): (theirs, ours)} as texts."""
    db.run("DELETE FROM disagreement WHERE device = ?", (device_code,))
    rows = [(device_code, gid, month, theirs, ours, at) for (gid, month), (theirs, ours) in sorted(found.items())]
    db.run_many("INSERT INTO disagreement VALUES (?, ?, ?, ?, ?, ?)", rows)


def disagreements(db: Db) -> list[tuple[str, str, int, str, str]]:
    """Where books differ: device, group id, month number, their figures, ours."""
    return [
        (str(device_code), str(gid), int(month), str(theirs), str(ours))
        for device_code, gid, month, theirs, ours in db.rows(
            "SELECT device, shg, month, theirs, ours FROM disagreement ORDER BY 1, 2, 3"
        )
    ]


# digests ------------------------------------------------------------------------------------------------------------


def buckets(db: Db, groups: Iterable[str] | None = None) -> Buckets:
    """Today's digests of these groups (None: of all)."""
    wanted = None if groups is None else set(groups)
    return {
        (gid, month): Digest(count, debit, lane0 % LANE, lane1 % LANE)
        for gid, month, count, debit, lane0, lane1 in db.rows(
            "SELECT t.gid, d.month, d.count, d.debit, d.lane0, d.lane1 FROM digest d JOIN thing t ON t.id = d.shg"
        )
        if wanted is None or gid in wanted
    }


def bucket_of(op: Stored) -> Buckets:
    """What one applied operation adds to each bucket, worked out from its line."""
    from shg_desk.domain.entries import expand
    from shg_desk.domain.kinds import own_parts

    read = json.loads(op.line)
    body = own_parts(read["kind"], read["body"])
    found: dict[int, list[int]] = {}
    numbers: dict[int, list[int]] = {}
    for entry in expand(body.get("entries", ()), len(body.get("members", ())), len(body.get("loans", ()))):
        _, month = day_and_month(entry.day or body["date"])
        sums = found.setdefault(month, [0, 0])
        sums[0] += 1
        sums[1] += sum(posting.amount_minor for posting in entry.postings if posting.amount_minor > 0)
        numbers.setdefault(month, []).append(entry.number)
    return {(body["group"], month): _digest(op, sums, numbers[month]) for month, sums in found.items()}


def _digest(op: Stored, sums: list[int], numbers: list[int]) -> Digest:
    lane0, lane1 = operation_lanes(str(op.name), op.hash, numbers)
    return Digest(sums[0], sums[1], lane0, lane1)


def buckets_within(db: Db, within: Mapping[tuple[str, str], int], groups: Iterable[str] | None = None) -> Buckets:
    """The digests of what lies within a have-vector {(device, epoch): number}: today's less everything above it."""
    wanted = None if groups is None else set(groups)
    found = buckets(db, wanted)
    for op in _applied_above(db, within, wanted):
        for key, digest in bucket_of(op).items():
            if key in found:
                found[key] = found[key] - digest
    return {key: digest for key, digest in found.items() if digest != EMPTY}


def _applied_above(db: Db, within: Mapping[tuple[str, str], int], groups: set[str] | None) -> Iterator[Stored]:
    """What counts in these groups (None: in all) and lies above a have-vector, in order of arrival."""
    reached = {
        number: within.get((device, epoch), 0)
        for number, device, epoch in db.rows("SELECT id, device, epoch FROM chain")
    }
    if groups is None:
        sql = (
            "SELECT s.op FROM operation o JOIN standing s ON s.op = o.id "
            "WHERE o.chain = ? AND o.seq > ? AND s.state = 0 AND s.shg IS NOT NULL"
        )
        ops = [int(op) for above in reached.items() for (op,) in db.rows(sql, above)]
    else:
        # by group: at an office most of what lies above one laptop's records is other laptops', of other groups
        sql = (
            "SELECT s.op, o.chain, o.seq FROM standing s JOIN operation o ON o.id = s.op "
            "WHERE s.shg = ? AND s.state = 0"
        )
        wanted = [thing_number(db, "group", group) for group in groups]
        ops = [int(op) for shg in wanted for op, chain, seq in db.rows(sql, (shg,)) if seq > reached[chain]]
    for op in sorted(ops):
        yield log.by_id(db, op)


def agree(db: Db, agreed: Buckets) -> None:
    """Replaces what the office and we found equal."""
    db.run("DELETE FROM agreed_digest")
    rows = [(gid, month, d.count, d.debit_minor, 0, 0) for (gid, month), d in sorted(agreed.items())]
    db.run_many("INSERT INTO agreed_digest VALUES (?, ?, ?, ?, ?, ?)", rows)


def agreed(db: Db) -> set[tuple[str, int]]:
    """The buckets that were equal in the office's newest return."""
    return {(str(gid), int(month)) for gid, month in db.rows("SELECT shg, month FROM agreed_digest")}


# devices ------------------------------------------------------------------------------------------------------------

_DEVICE = "code, label, age, minisign, state, compared, registry, certificate, revoked, newest_return"


def devices(db: Db) -> list[Device]:
    """Every device known here."""
    rows = db.rows(f"SELECT {_DEVICE} FROM device ORDER BY code")
    return [
        Device(code, label, age, minisign, state, bool(compared), registry, certificate, revoked, newest)
        for code, label, age, minisign, state, compared, registry, certificate, revoked, newest in rows
    ]


def device(db: Db, code: str) -> Device | None:
    """One device by its code."""
    return next((one for one in devices(db) if one.code == code), None)


def put_device(db: Db, one: Device) -> None:
    """Writes a device down, over what was known of it."""
    db.run(
        f"INSERT OR REPLACE INTO device ({_DEVICE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            one.code, one.label, one.age, one.minisign, one.state, int(one.compared), one.registry, one.certificate,
            one.revoked, one.newest_return,
        ),
    )  # fmt: skip


def forget_versions(db: Db) -> None:
    """The office's book was put back, and counts versions of its register anew: who is stopped stays so."""
    db.run("UPDATE device SET registry = 0 WHERE state = 'enrolled'")
    db.run("UPDATE device SET registry = ? WHERE state = 'revoked'", (OF_A_FORMER_LIFE,))


def part_from(db: Db, code: str, state: str) -> None:
    """A device or office is nothing to this book any more; its name and keys stay for the history."""
    db.run("UPDATE device SET state = ?, registry = 0, compared = 0 WHERE code = ?", (state, code))


def forget_exchange(db: Db) -> None:
    """Nothing was exported or received, nothing is granted, nothing was compared: as before any office."""
    for table in ("chain_mark", "agreed_digest", "disagreement", "device_group", "picture_at"):
        db.run(f"DELETE FROM {table}")


def set_newest_return(db: Db, code: str, number: int) -> None:
    """A device has told that it read the office's return of this number."""
    db.run("UPDATE device SET newest_return = ? WHERE code = ?", (number, code))


def grant_group(db: Db, device_code: str, code: str, group: str | None) -> None:
    """A device may have a group by its code; `group` is its id once it is known."""
    db.run("INSERT OR REPLACE INTO device_group VALUES (?, ?, ?)", (device_code, code, group))


def granted_codes(db: Db, device_code: str) -> dict[str, str | None]:
    """The codes of groups a device may have, with the id of each that is known."""
    rows = db.rows("SELECT code, shg FROM device_group WHERE device = ? ORDER BY code", (device_code,))
    return {str(code): gid for code, gid in rows}


def granted_groups(db: Db, device_code: str) -> set[str]:
    """The ids of the groups a device may have."""
    found = reach(db, device_code)
    if found is None:
        return {str(gid) for (gid,) in db.rows("SELECT gid FROM thing WHERE type = 'group'")}
    return set(found)


def newest_of_groups(db: Db, groups: Iterable[str], without: str) -> int:
    """The arrival number of the newest operation of these groups that another device wrote."""
    newest = 0
    for group in groups:
        found = db.value(
            "SELECT max(s.op) FROM standing s JOIN thing t ON t.id = s.shg JOIN operation o ON o.id = s.op "
            "JOIN chain c ON c.id = o.chain WHERE t.type = 'group' AND t.gid = ? AND c.device != ?",
            (group, without),
        )
        newest = max(newest, int(found or 0))
    return newest


def newest_of_nobody(db: Db, device: str) -> int:
    """The arrival number of the newest operation a device wrote that is no group's: of a person, a household."""
    found = db.value(
        "SELECT max(s.op) FROM chain c CROSS JOIN operation o ON o.chain = c.id CROSS JOIN standing s ON s.op = o.id "
        "WHERE c.device = ? AND s.shg IS NULL",
        (device,),
    )
    return int(found or 0)


def codes_of(db: Db, groups: Iterable[str]) -> dict[str, str]:
    """The code each of these groups uses, by id; groups without a code are left out."""
    wanted = set(groups)
    rows = db.rows("SELECT t.gid, s.code FROM shg s JOIN thing t ON t.id = s.thing WHERE s.code IS NOT NULL")
    return {str(gid): str(code) for gid, code in rows if gid in wanted}


def set_returned(db: Db, device_code: str, within: Mapping[tuple[str, str], int]) -> None:
    """The digests of a device's chains went out to it in a receipt, up to its have-vector {(device, epoch): number}."""
    for (device_of, epoch), seq in within.items():
        if device_of == device_code:
            set_received(db, device_code, epoch, seq)


# parcels ------------------------------------------------------------------------------------------------------------


def put_parcel(db: Db, row: ParcelRow) -> None:
    """Remembers a parcel; the same one again changes nothing."""
    db.run(
        "INSERT OR IGNORE INTO parcel VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.id, row.number, row.kind, int(row.outgoing), row.partner, row.file, row.place, row.at, row.operations,
            json.dumps(dict(row.facts), ensure_ascii=False, sort_keys=True),
        ),
    )  # fmt: skip


def has_parcel(db: Db, key: str) -> bool:
    """True for a parcel, or a volume of one, that came or went before."""
    return db.value("SELECT 1 FROM parcel WHERE id = ?", (key,)) is not None


def parcels(db: Db, *, limit: int = 200) -> list[ParcelRow]:
    """The newest parcels first."""
    rows = db.rows("SELECT * FROM parcel ORDER BY at DESC, number DESC, id LIMIT ?", (limit,))
    return [
        ParcelRow(gid, number, kind, bool(outgoing), partner, file, place, at, count, json.loads(facts))
        for gid, number, kind, outgoing, partner, file, place, at, count, facts in rows
    ]


def next_number(db: Db, kind: str) -> int:
    """The running number of the next outgoing parcel of a kind."""
    return int(db.value("SELECT ifnull(max(number), 0) + 1 FROM parcel WHERE kind = ? AND outgoing = 1", (kind,)))
