"""Writing parcels: a desk's records to its office, the office's receipts to its laptops, shared groups to colleagues.

Every export carries everything not yet acknowledged, so a lost stick costs nothing: a desk's records until the office's
receipt, a receipt until the laptop's next parcel tells that it was read. Marks move only after a file was read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from shg_desk.actions import carried
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.colleagues import tell_stopped
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import as_line
from shg_desk.actions.enrolment import key_lines
from shg_desk.actions.enrolment import relay_lines
from shg_desk.actions.folders import make_folder
from shg_desk.actions.inherited import confirming
from shg_desk.actions.inherited import to_hand_on
from shg_desk.actions.office_keys import known_by
from shg_desk.actions.office_keys import statement_for
from shg_desk.actions.parcel_doors import lives_over
from shg_desk.actions.parcel_writing import Place
from shg_desk.actions.parcel_writing import Sent
from shg_desk.actions.parcel_writing import new_manifest
from shg_desk.actions.parcel_writing import write_parcel
from shg_desk.actions.pictures_out import for_colleague
from shg_desk.actions.pictures_out import for_laptop
from shg_desk.actions.pictures_out import for_office
from shg_desk.actions.pictures_out import ref_of_desk
from shg_desk.actions.pictures_out import ref_of_office
from shg_desk.actions.pictures_out import send_pictures
from shg_desk.actions.repeating import asking
from shg_desk.actions.repeating import is_asked
from shg_desk.actions.rotation import clear_old
from shg_desk.actions.told_digests import counted_though_lost
from shg_desk.domain.canonical import first_head
from shg_desk.domain.digest import Digest
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import is_op_name
from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.record_lines import readable_parts
from shg_desk.store import exchange as exchange_store
from shg_desk.store import keys as key_store
from shg_desk.store import log
from shg_desk.store import operations as operation_store
from shg_desk.store import pictures as picture_store
from shg_desk.store import relays as relay_store
from shg_desk.store.book import FORMER_LIVES
from shg_desk.store.book import REGISTRY_BEGAN
from shg_desk.store.dump import month_text
from shg_desk.store.exchange import Device
from shg_desk.store.standings import State
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.keys import SignPair
from shg_desk.sync.manifest import Have
from shg_desk.sync.payload import Contents
from shg_desk.sync.sections import DestroyOrder
from shg_desk.sync.sections import DigestLine
from shg_desk.sync.sections import KeyLine
from shg_desk.sync.sections import OpLine
from shg_desk.sync.sections import RefLine
from shg_desk.sync.sections import RevokeOrder
from shg_desk.sync.sections import StateLine


def export_parcels(
    desk: Desk, folder: Path, progress: Progress = lambda done, of: None, *, everything: bool = False, called: str = ""
) -> Outcome[list[Sent]]:
    """A desk's parcel to its office, or an office's receipts to every laptop with news or one it has not read.

    `everything` sends all of a desk's records from the first one; so it is, too, where the office has asked for that.
    `called` is what people call the folder: the name of the stick it is on.
    A laptop whose receipt cannot be written is named in a warning; the others get theirs. Raises KnownError NO_OFFICE.
    """
    desk.must_do_all()
    make_folder(folder)
    failed: list[Problem] = []
    if desk.is_office:
        sent, failed = _export_returns(desk, Place(folder, called), progress)
    else:
        sent = _export_ops(desk, Place(folder, called), everything=everything or is_asked(desk))
    clear_old(desk)
    return Outcome(sent, Changed.EXCHANGE, warnings=tuple(failed))


def _export_ops(desk: Desk, folder: Place, *, everything: bool) -> list[Sent]:
    db = desk.book.db
    office = desk.book.setting("office")
    if office is None:
        raise KnownError(Problem(Code.NO_OFFICE, "office"))
    ops: list[OpLine] = []
    reached: list[tuple[str, int]] = []
    have: list[Have] = []
    for epoch in exchange_store.own_chains(db, desk.book.device):
        tip = log.tip(db, desk.book.device, epoch)
        received = 0 if everything else exchange_store.mark(db, desk.book.device, epoch).received
        for op in log.between(db, desk.book.device, epoch, received + 1, tip.seq):
            ops.append(OpLine(op.name.device, op.name.epoch, op.name.seq, op.line, op.head_before))
        if tip.seq:
            have.append(Have(desk.book.device, epoch, tip.seq, tip.head))
        reached.append((epoch, tip.seq))
    within = {(chain.device, chain.epoch): chain.seq for chain in have}
    newest = desk.book.setting("return_no")
    manifest = new_manifest(desk, OPS, desk.book.device, office, have, newest_return=int(newest) if newest else None)
    others = to_hand_on(desk, manifest.comment.bundle, everything=everything)
    keys_named = _keys_named(desk, [*ops, *others])
    contents = Contents(
        ops=ops,
        relays=others,
        keys=keys_named,
        digests=_digest_lines(desk, within, lost=counted_though_lost(desk)),
        refs=[*ref_of_desk(desk), *tell_stopped(desk)],
    )
    keys = desk.device_keys()
    recipients = [desk.book.setting("office_age") or "", desk.book.setting("office_next_age") or "", keys.age.recipient]

    def went_out() -> None:
        for epoch, seq in reached:
            exchange_store.set_exported(db, desk.book.device, epoch, seq)

    count = len(ops) + len(others)
    sent = write_parcel(desk, folder, manifest, contents, keys.signing, recipients, count, went_out)
    pictures = for_office(desk, office, everything=everything)
    return [*sent, *send_pictures(desk, folder, office, pictures, keys.signing, recipients)]


def _keys_named(desk: Desk, ops: Iterable[OpLine]) -> list[KeyLine]:
    """The keys of everything these operations seal or register."""
    owners: set[str] = set()
    for op in ops:
        _, body = readable_parts(op.line) or ("", {})
        owners.update(part[0] for part in body.get("sealed", ()))
        owners.update(line[1] for line in body.get("revisions", ()) if line[0] in ("household", "group"))
        if "group" in body:
            owners.add(body["group"])
    keys = key_store.keys_of(desk.book.db, owners)
    return [KeyLine(one.owner, one.purpose, one.number, one.key) for one in keys]


def _digest_lines(
    desk: Desk,
    within: dict[tuple[str, str], int],
    groups: Iterable[str] | None = None,
    lost: Mapping[tuple[str, int], Digest] = MappingProxyType({}),
) -> list[DigestLine]:
    found = exchange_store.buckets_within(desk.book.db, within, groups)
    found |= {key: digest + found.get(key, Digest()) for key, digest in lost.items()}
    told = [(key, digest.told()) for key, digest in sorted(found.items())]
    return [
        DigestLine(group, month_text(month), digest.count, digest.debit_minor, digest.lane0, digest.lane1)
        for (group, month), digest in told
    ]


def _export_returns(desk: Desk, folder: Place, progress: Progress) -> tuple[list[Sent], list[Problem]]:
    """What was written, and the laptops of which something cannot be put into a parcel."""
    sent: list[Sent] = []
    failed: list[Problem] = []
    devices = exchange_store.devices(desk.book.db)
    for done, device in enumerate(devices):
        progress(done, len(devices))
        if device.state != "enrolled":
            continue
        try:
            sent += _export_to(desk, folder, device)
        except (ValueError, BugError) as error:  # what is in this one's parcel, or its keys: nobody else's
            facts: dict[str, Fact] = {"laptop": device.label or device.code, "reason": str(error)}
            failed.append(Problem(Code.RECEIPT_NOT_WRITTEN, device.code, facts))
    return sent, failed


def _export_to(desk: Desk, folder: Place, device: Device) -> list[Sent]:
    """A laptop's receipt, where it has news or one it has not read, and its pictures: these are written first, for the
    receipt asks after what went out.
    """
    recipients = [device.age, desk.device_keys().age.recipient]
    signing = desk.office_keys().signing_as(known_by(desk, device.code))
    pictures = send_pictures(desk, folder, device.code, for_laptop(desk, device), signing, recipients)
    asks = bool(ref_of_office(desk, device)[0])
    if pictures or asks or has_news(desk, device) or _is_unread(desk, device):
        return [*_export_return(desk, folder, device, signing, recipients), *pictures]
    return pictures


def has_news(desk: Desk, device: Device) -> bool:
    """True where something came from the laptop since its last receipt, or something is there for it."""
    newest = int(desk.book.setting(f"sent.{device.code}") or 0)
    return desk.book.setting(f"news.{device.code}") == "1" or newest < _newest_for(desk, device)


def _is_unread(desk: Desk, device: Device) -> bool:
    """True until the laptop tells that it read the newest receipt written for it: the stick may be lost."""
    return int(desk.book.setting(f"given.{device.code}") or 0) > (device.newest_return or 0)


def _newest_for(desk: Desk, device: Device) -> int:
    groups = exchange_store.granted_groups(desk.book.db, device.code)
    lines = exchange_store.newest_of_groups(desk.book.db, groups, device.code)
    lines = max(lines, exchange_store.newest_of_nobody(desk.book.db, desk.book.device))
    return max(lines, int(desk.book.setting("orders_at") or 0))


def _export_return(
    desk: Desk, folder: Place, device: Device, signing: SignPair, recipients: Sequence[str]
) -> list[Sent]:
    """One laptop's receipt: what is here of its chains and its colleagues', what waits, digests, orders, their records.

    Records of colleagues go again in every receipt until the laptop tells that it read one that held them.
    """
    db = desk.book.db
    groups = exchange_store.granted_groups(db, device.code)
    newest = log.newest(db)
    confirmed = carried.confirmed(desk, device)
    going = relay_store.operations_of_groups(db, groups, device.code, confirmed)
    relays = [as_line(op) for op in going]
    have = [Have(*one) for one in exchange_store.have(db)]
    within = {(chain.device, chain.epoch): chain.seq for chain in have}
    return_no = int(desk.book.setting("return_no") or 0) + 1
    desk.book.set_setting("return_no", str(return_no))  # used up even by a file that fails: no two share a number
    office = desk.book.setting("office_code") or ""
    manifest = new_manifest(desk, RETURN, office, device.code, have, return_no=return_no)
    statement = statement_for(desk, device.code, manifest.comment.bundle)
    manifest = replace(manifest, successor=statement, over=lives_over(desk, device.code))
    of_pictures, come = ref_of_office(desk, device)
    contents = Contents(
        relays=relays,
        keys=key_lines(desk, groups) if relays else (),
        digests=_digest_lines(desk, within, groups),
        states=_states(desk, device.code),
        orders=[*_destroy_orders(desk), *_revocations(desk)],
        refs=[
            _register(desk, device, groups),
            *asking(desk, device.code),
            *confirming(desk, device.code),
            *of_pictures,
        ],
    )

    def went_out() -> None:
        carried.remember(desk, device, return_no, confirmed | {op.id for op in going})
        desk.book.set_setting(f"given.{device.code}", str(return_no))
        desk.book.set_setting(f"sent.{device.code}", str(newest))
        desk.book.set_setting(f"news.{device.code}", "0")
        exchange_store.set_returned(db, device.code, within)
        picture_store.set_told(db, device.code, come, return_no)

    return write_parcel(desk, folder, manifest, contents, signing, recipients, len(relays), went_out)


def _register(desk: Desk, device: Device, groups: set[str]) -> RefLine:
    """The groups a laptop may have, and the colleagues it shares them with, as the office knows them now."""
    db = desk.book.db
    codes = exchange_store.codes_of(db, groups)
    colleagues = []
    for other in exchange_store.devices(db):
        shared = exchange_store.granted_groups(db, other.code) & groups
        if other.code != device.code and other.state == "enrolled" and shared:
            pairs = [[codes[group], group] for group in sorted(shared) if group in codes]
            colleagues.append(
                {
                    "device": other.code,
                    "label": other.label,
                    "age": other.age,
                    "minisign": other.minisign,
                    "groups": pairs,
                    "since": other.registry,
                }
            )
    content = {
        "office": desk.book.device,
        "began_at": _began_at(desk),
        "groups": [[codes[group], group] for group in sorted(groups) if group in codes],
        "colleagues": colleagues,
    }
    return RefLine("register", int(desk.book.setting("registry") or 0), content)


def _began_at(desk: Desk) -> int:
    """The version of the register that the present life of this book began with; an older program kept none."""
    kept = desk.book.setting(REGISTRY_BEGAN)
    if kept is None and desk.book.setting(FORMER_LIVES) is not None:
        kept = desk.book.setting("registry")
    return int(kept or 0)


def _states(desk: Desk, device: str) -> list[StateLine]:
    found = []
    for one in operation_store.unsettled(desk.book):
        code, epoch, seq = one.name.split(".")
        if code == device:
            state = "held" if one.state is State.HELD else "quarantined"
            found.append(StateLine(code, epoch, int(seq), state, one.code))
    return found


def _destroy_orders(desk: Desk) -> list[DestroyOrder]:
    return [DestroyOrder(one.owner, one.purpose, one.number) for one in key_store.destroyed(desk.book.db)]


def _revocations(desk: Desk) -> list[RevokeOrder]:
    """One order for every life of a revoked laptop's book; one of number 0 where nothing of it was ever accepted."""
    found = []
    for device in exchange_store.devices(desk.book.db):
        if device.state != "revoked":
            continue
        names = [OpName.parse(name) for name in (device.revoked or "").split() if is_op_name(name)]
        accepted = [stored for name in names if (stored := log.by_name(desk.book.db, name)) is not None]
        found += [RevokeOrder(device.code, one.name.epoch, one.name.seq, one.head) for one in accepted]
        if not accepted:
            # its lives are not known here: the order bears the laptop's own code in their place
            found.append(RevokeOrder(device.code, device.code, 0, first_head(device.code, device.code)))
    return found


def export_colleague(
    desk: Desk, folder: Path, to: str = "all", progress: Progress = lambda done, of: None, *, called: str = ""
) -> Outcome[list[Sent]]:
    """Our own records of shared groups, sealed to colleagues the office named. Raises DEVICE_UNKNOWN."""
    desk.must_do_all()
    make_folder(folder)
    db = desk.book.db
    sent: list[Sent] = []
    colleagues = [
        one
        for one in exchange_store.devices(db)
        if one.state == "enrolled" and one.code != desk.book.device and to in ("all", one.code)
    ]
    if not colleagues:
        raise KnownError(Problem(Code.DEVICE_UNKNOWN, to, {"nobody" if to == "all" else "device": to}))
    keys = desk.device_keys()
    for done, device in enumerate(colleagues):
        progress(done, len(colleagues))
        groups = shared_groups(desk, device.code)
        relays = [line for line in relay_lines(desk, groups, device.code) if line.device == desk.book.device]
        if not relays:
            continue
        contents = Contents(relays=relays, keys=key_lines(desk, groups))
        manifest = new_manifest(desk, COLLEAGUE, desk.book.device, device.code, ())
        recipients = (device.age, keys.age.recipient)
        place = Place(folder, called)
        sent += write_parcel(desk, place, manifest, contents, keys.signing, recipients, len(relays))
        sent += send_pictures(desk, place, device.code, for_colleague(desk, groups), keys.signing, recipients)
    return Outcome(sent, Changed.EXCHANGE)


def shared_groups(desk: Desk, device: str) -> set[str]:
    """The groups that the office lets another laptop have too, by id."""
    return exchange_store.granted_groups(desk.book.db, device)
