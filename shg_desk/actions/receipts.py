"""The office's receipt at a laptop: what it acknowledges, what is equal, its register and its orders.

Digests are worked out here at the receipt's have-vector and compared; the office's are never copied.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from shg_desk.actions import repeating
from shg_desk.actions.colleagues import believe_colleague
from shg_desk.actions.desk import Desk
from shg_desk.actions.inherited import handing_on
from shg_desk.actions.inherited import hear_handed
from shg_desk.actions.parcel_doors import is_older_receipt
from shg_desk.actions.parcel_doors import present_life
from shg_desk.actions.parcel_doors import remember_life
from shg_desk.actions.pictures_in import hear_office
from shg_desk.actions.received import Received
from shg_desk.actions.told_digests import counted_though_lost
from shg_desk.actions.volumes import Whole
from shg_desk.actions.volumes import gathered
from shg_desk.domain.canonical import Json
from shg_desk.domain.digest import Digest
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import is_code
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import grants
from shg_desk.store import keys as key_store
from shg_desk.store import log
from shg_desk.store.book import Writer
from shg_desk.store.decided import OFFICE_DEVICE
from shg_desk.store.dump import month_number
from shg_desk.store.dump import month_text
from shg_desk.store.exchange import OF_A_FORMER_LIFE
from shg_desk.store.exchange import Device
from shg_desk.sync import fields
from shg_desk.sync.manifest import Have
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import DestroyOrder
from shg_desk.sync.sections import RefLine
from shg_desk.sync.sections import RevokeOrder

_BEGAN_AT = "registry_began_at"
"""The setting with the version of the register that the present life of the office's book began with."""
_PARTED_AT = "registry_parted_at"
"""The setting with the last version of the register, of each laptop that a former life stopped, that this life and
that one have in common."""


def take_return(desk: Desk, writer: Writer, parcel: Parcel, received: Received) -> Whole | None:
    """The office's receipt: what it has, what it holds, and its orders. Gives it once it is whole and the newest."""
    manifest = parcel.manifest
    db = desk.book.db
    writer.flush()
    for order in parcel.contents.orders:
        if isinstance(order, DestroyOrder):
            key_store.destroy_one(db, writer, order.owner, order.purpose, order.number, f"return {manifest.return_no}")
    repeating.hear(desk, parcel)
    life = manifest.office_epoch or ""
    same_life = desk.book.setting("office_epoch") in (None, life)
    if is_older_receipt(desk, manifest):
        return None  # it never takes back what a newer one said
    hear_office(desk, parcel)
    hear_handed(desk, parcel, regress=not same_life)
    whole = gathered(desk, parcel)
    if whole is None:
        return None  # it was read when all of its volumes were; until then nothing of it is acknowledged or equal
    # a chain that no receipt names is not there, whatever the office had before its book was put back: it goes again
    exchange_store.forget_received(db, {(have.device, have.epoch) for have in manifest.have}, handing_on(desk))
    for have in manifest.have:
        if have.device == desk.book.device:
            _acknowledge(desk, have, received, regress=not same_life)
        else:
            _acknowledge_colleague(desk, have, received, regress=not same_life)
    repeating.end_with(desk, manifest)
    desk.book.set_setting("return_no", str(manifest.return_no))
    remember_life(desk, manifest)
    desk.book.set_setting(
        "office_states", json.dumps([[s.device, s.epoch, s.seq, s.state, s.code] for s in whole.states])
    )
    return whole


def take_register(desk: Desk, parcel: Parcel) -> None:
    """Who shares which groups, who is stopped, and under which code the office writes: before its answers are read.

    Versions of the register are counted within one life of the office's book: of a new life the first word counts, and
    of one that is over nothing but whom it stopped after the copy was made.
    """
    manifest = parcel.manifest
    version, present = manifest.registry_version or 0, present_life(desk)
    stopped = [order for order in parcel.contents.orders if isinstance(order, RevokeOrder)]
    if present not in (None, manifest.office_epoch or ""):
        if is_older_receipt(desk, manifest):
            if version > int(desk.book.setting(_BEGAN_AT) or 0):
                _stop(desk, stopped, OF_A_FORMER_LIFE)
            return
        exchange_store.forget_versions(desk.book.db)
        desk.book.set_setting("registry", "0")
    for ref in parcel.contents.refs:
        if ref.name == "register":
            _refuse_misshapen(ref)
            _keep_register(desk, ref)
    _stop(desk, stopped, version)


def _refuse_misshapen(register: RefLine) -> None:
    """Raises KnownError BUNDLE_DAMAGED for a register with fields of other types than it has, or no keys for keys."""
    content = register.content if isinstance(register.content, dict) else {}
    try:
        fields.whole({"began_at": 0, **content}, "began_at")
        for one in (content, *fields.objects(content, "colleagues")):
            pairs = one.get("groups")
            if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
                raise ValueError("groups are no pairs of texts")
        for other in fields.objects(content, "colleagues"):
            fields.text(other, "label")
            fields.code(other, "device")
            fields.recipient(other, "age")
            fields.public_key(other, "minisign")
            fields.whole({"since": 0, **other}, "since")
    except ValueError as error:
        raise KnownError(Problem(Code.BUNDLE_DAMAGED, "register")) from error


def _is_pair(value: Json) -> bool:
    return isinstance(value, list) and [type(part) for part in value] == [str, str]


def _keep_register(desk: Desk, ref: RefLine) -> None:
    """The office's word on which groups are ours and who shares them; an older word never replaces a newer one."""
    db = desk.book.db
    if ref.version < int(desk.book.setting("registry") or 0):
        return
    try:
        office = ref.content.get("office")
        if is_code(office) and office != desk.book.device and exchange_store.device(db, office) is None:
            before = (desk.book.setting(OFFICE_DEVICE) or "").split()
            desk.book.set_setting(OFFICE_DEVICE, " ".join([office, *(one for one in before if one != office)]))
        for code, group in ref.content["groups"]:
            grants.let_have(db, desk.book.device, code, group)
        began_at = int(ref.content.get("began_at", ref.version))
        desk.book.set_setting(_BEGAN_AT, str(began_at))
        parted_at = _parted_at(desk, began_at)
        for other in ref.content["colleagues"]:
            device = Device(
                other["device"], other["label"], other["age"], other["minisign"], "enrolled", compared=True,
                registry=ref.version,
            )  # fmt: skip
            pairs = [(code, group) for code, group in other["groups"]]
            taken_in_anew = int(other.get("since", 0)) > parted_at.get(device.code, began_at)
            believe_colleague(desk, device, pairs, taken_in_anew=taken_in_anew)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KnownError(Problem(Code.BUNDLE_DAMAGED, "register")) from error
    desk.book.set_setting("registry", str(ref.version))


def _parted_at(desk: Desk, began_at: int) -> dict[str, int]:
    """Of each laptop that a former life of the office's book stopped: where that life and the present one parted.

    A life goes on from a copy of one before it, so that is the lowest version that one met since then began with.
    """
    known: dict[str, int] = json.loads(desk.book.setting(_PARTED_AT) or "{}")
    stopped = {
        one.code: min(began_at, known.get(one.code, began_at))
        for one in exchange_store.devices(desk.book.db)
        if one.state == "revoked" and one.registry == OF_A_FORMER_LIFE
    }
    desk.book.set_setting(_PARTED_AT, json.dumps(stopped))
    return stopped


def _stop(desk: Desk, orders: Iterable[RevokeOrder], version: int) -> None:
    """Laptops are trusted no further, as from this version of the register; a later one may list them again."""
    for order in orders:
        known = exchange_store.device(desk.book.db, order.device)
        if known is None:
            continue
        stops = known.state == "enrolled" and known.registry <= version
        if stops or (known.state == "revoked" and known.registry == OF_A_FORMER_LIFE):
            exchange_store.put_device(desk.book.db, replace(known, state="revoked", registry=version))


def _acknowledge(desk: Desk, have: Have, received: Received, *, regress: bool) -> None:
    """The office has our chain up to here; a head that is not ours means our book or theirs was put back.

    Of a chain that an office put back from a copy (`regress`) has otherwise than we do everything goes again.
    """
    db = desk.book.db
    tip = log.tip(db, desk.book.device, have.epoch)
    if have.seq > tip.seq:
        facts = {"here": tip.seq, "office": have.seq}
        received.problems.append(Problem(Code.ROLLED_BACK, have.epoch, facts, Level.WARNING))
        return
    if have.seq:
        own = log.by_name(db, OpName(desk.book.device, have.epoch, have.seq))
        if own is None or own.head != have.head:
            received.problems.append(Problem(Code.FORKED, have.epoch, {"device": desk.book.device}, Level.WARNING))
            if regress:
                exchange_store.set_received(db, desk.book.device, have.epoch, 0, regress=True)
            return
    exchange_store.set_received(db, desk.book.device, have.epoch, have.seq, regress=regress)


def _acknowledge_colleague(desk: Desk, have: Have, received: Received, *, regress: bool) -> None:
    """The office has a colleague's chain up to here: so far as it is the chain that is here.

    Only what is here can be compared and is acknowledged. Where the chain parts from the office's nothing from there on
    counts as received; where it parts before a head that we cannot follow back, nothing new at all.
    """
    db = desk.book.db
    same, is_forked = log.same_up_to(db, have.device, have.epoch, have.seq, have.head)
    if is_forked:
        received.problems.append(Problem(Code.FORKED, have.epoch, {"device": have.device}, Level.WARNING))
    if same is None:
        same = min(have.seq - 1, exchange_store.mark(db, have.device, have.epoch).received)
    exchange_store.set_received(db, have.device, have.epoch, same, regress=regress or is_forked)


def agree(desk: Desk, whole: Whole, received: Received) -> None:
    """Holds the office's digests against ours at the same have-vector; ours are worked out here, never copied.

    What it has lost of its own and counts here is among ours: it will not come there.
    """
    db = desk.book.db
    lost = counted_though_lost(desk)
    theirs = {
        (line.group, month_number(line.month)): Digest(line.count, line.debit_minor, line.lane0, line.lane1)
        for line in whole.digests
    }
    ours = exchange_store.buckets_within(db, whole.within, {group for group, _ in theirs})
    agreed = {}
    differing = {}
    for key in sorted({*theirs, *lost}):
        digest, own = theirs.get(key, Digest()), (ours.get(key, Digest()) + lost.get(key, Digest())).told()
        if digest == own:
            agreed[key] = digest
        else:
            differing[key] = (f"{digest.count} {digest.debit_minor}", f"{own.count} {own.debit_minor}")
            facts = {"group": key[0], "month": month_text(key[1])}
            received.problems.append(Problem(Code.DIGEST_DIFFERS, key[0], facts, Level.WARNING))
    exchange_store.agree(db, agreed)
    at, _ = desk.clock()
    exchange_store.set_disagreements(db, desk.book.setting("office") or "", differing, at)
