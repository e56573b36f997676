"""How a laptop and an office come to know each other: request, grant, acceptance, and the register of devices."""

from __future__ import annotations

import time
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path

from shg_desk import __version__
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.colleagues import believe_colleague
from shg_desk.actions.desk import Desk
from shg_desk.actions.office_change import believe_office
from shg_desk.actions.office_change import plain_refusal
from shg_desk.actions.office_change import settle_office_slot
from shg_desk.actions.office_keys import granted_now
from shg_desk.actions.office_keys import office_of
from shg_desk.actions.parcel_doors import believe_life
from shg_desk.actions.parcel_doors import knows_life
from shg_desk.actions.parcel_doors import present_life
from shg_desk.actions.parcel_doors import vouch_for_life
from shg_desk.actions.parcels_in import take_relays
from shg_desk.actions.received import Received
from shg_desk.actions.reviewing import forget_destroyed
from shg_desk.actions.reviewing import heed_office
from shg_desk.actions.reviewing import look_again
from shg_desk.actions.reviewing import tell_everybody
from shg_desk.domain.ids import is_code
from shg_desk.domain.ids import new_id
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import grants
from shg_desk.store import groups as group_store
from shg_desk.store import keys as key_store
from shg_desk.store import relays as relay_store
from shg_desk.store import scope
from shg_desk.store.exchange import EVERY_GROUP
from shg_desk.store.exchange import Device
from shg_desk.store.log import Stored
from shg_desk.sync import enrolment as sync_enrolment
from shg_desk.sync.durable import write_where_said
from shg_desk.sync.enrolment import Colleague
from shg_desk.sync.enrolment import GrantedGroup
from shg_desk.sync.enrolment import Request
from shg_desk.sync.enrolment import fingerprint
from shg_desk.sync.enrolment import same_fingerprint
from shg_desk.sync.envelope import GRANT
from shg_desk.sync.envelope import Comment
from shg_desk.sync.folder import fetch
from shg_desk.sync.label import read_label
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Limits
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import KeyLine
from shg_desk.sync.sections import OpLine

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Granted:
    """An enrolment: the device's code, its keys' fingerprint, and whether people compared it."""

    device: str
    fingerprint: str
    compared: bool


def request_enrolment(desk: Desk, out: Path) -> Outcome[Granted]:
    """Writes the request of this laptop into a file for the office. Raises KnownError NOT_A_DESK for an office."""
    desk.must_do_all()
    if desk.is_office:
        raise KnownError(Problem(Code.NOT_A_DESK, "role"))
    nonce = desk.book.setting("request_nonce") or new_id(desk.random_bytes)
    made, _ = desk.clock()
    keys = desk.device_keys()
    file = sync_enrolment.make_request(
        desk.book.device, keys, nonce=nonce, made=made, app=__version__, practice=desk.is_practice
    )
    write_where_said(out, file.content, _pause)
    desk.book.set_setting("request_nonce", nonce)
    digits = fingerprint(keys.age.recipient, keys.signing.public)
    return Outcome(Granted(desk.book.device, digits, compared=False), Changed.EXCHANGE)


def _pause(seconds: float) -> None:
    """Waits between tries to replace a file that another program holds."""
    time.sleep(seconds)


def grant_enrolment(
    desk: Desk,
    request_file: Path,
    out: Path,
    *,
    groups: Sequence[str] = (),
    typed_fingerprint: str | None = None,
    label: str = "",
    limits: Limits | None = None,
) -> Outcome[Granted]:
    """The office takes a laptop in: writes it into the register and its grant into a file.

    What is more than one file may hold goes into further ones beside it, `-2`, `-3`... behind the name (see
    `grant_files`); `limits` is what a file may hold, the format's own without it.

    `groups` are codes the laptop may have besides those it makes itself; `*` is every group. Without a compared
    fingerprint the device is marked so. Raises KnownError NOT_AN_OFFICE, FINGERPRINT_DIFFERS, PRACTICE_ONLY,
    CODE_TAKEN for a code that several groups use.
    """
    desk.must_do_all()
    if not desk.is_office:
        raise KnownError(Problem(Code.NOT_AN_OFFICE, "role"))
    request = sync_enrolment.read_request(fetch(request_file))
    if request.practice != desk.is_practice:
        raise KnownError(Problem(Code.PRACTICE_ONLY, "request"))
    if typed_fingerprint is not None and not same_fingerprint(typed_fingerprint, request.fingerprint):
        raise KnownError(Problem(Code.FINGERPRINT_DIFFERS, "fingerprint", {"found": request.fingerprint}))
    db = desk.book.db
    _refuse_taken(desk, request)
    registry = int(desk.book.setting("registry") or 0) + 1
    office = office_of(desk)
    granted = [_group_meant(desk, request.device, code) for code in groups if code != EVERY_GROUP]
    every = EVERY_GROUP in groups
    with db.transaction():
        desk.book.set_setting("registry", str(registry))
        for one in granted:
            grants.let_have(db, request.device, one.code, one.group)
        if every:
            exchange_store.grant_group(db, request.device, EVERY_GROUP, None)
        shared = exchange_store.granted_groups(db, request.device)
        colleagues = _colleagues(desk, request.device, shared)
        grant = sync_enrolment.make_grant(
            request,
            office,
            desk.office_keys().signing,
            groups=granted,
            colleagues=colleagues,
            registry_version=registry,
        )
        compared = typed_fingerprint is not None
        device = Device(
            request.device, label, request.age, request.minisign, "enrolled", compared, registry, grant.certificate
        )
        exchange_store.put_device(db, device)
        granted_now(desk, request.device)
        tell_everybody(desk)  # its colleagues may have heard that it was stopped
        look_again(desk, {request.device})  # what was beyond its reach may be within it now
    key_store.forget_traces(db)  # an end of consent may have been among it
    _write_grant(desk, request, grant, registry, shared, out, limits)
    warnings = () if compared else (Problem(Code.NOT_COMPARED, request.device, {}, Level.WARNING),)
    value = Granted(request.device, request.fingerprint, compared)
    return Outcome(value, Changed.EXCHANGE, warnings=warnings)


def _group_meant(desk: Desk, device: str, code: str) -> GrantedGroup:
    """The group a code means in a grant: the one it means for this laptop already, or the only one that uses it.

    Raises KnownError CODE_TAKEN where several groups do.
    """
    bound = exchange_store.granted_codes(desk.book.db, device).get(code)
    found = [group.id for group in group_store.groups_by_code(desk.book, code)]
    if bound is None and len(found) > 1:
        raise KnownError(Problem(Code.CODE_TAKEN, "groups", {"code": code}))
    return GrantedGroup(code, bound or (found[0] if found else None))


def _refuse_taken(desk: Desk, request: Request) -> None:
    """A laptop's name belongs to the keys it was first known with. Raises KnownError BUNDLE_FORGED, DEVICE_TAKEN."""
    if not is_code(request.device):
        raise KnownError(Problem(Code.BUNDLE_FORGED, "request", {"part": "device"}))
    known = exchange_store.device(desk.book.db, request.device)
    is_ours = request.device in (desk.book.device, desk.book.setting("office_code"))
    if is_ours or (known is not None and (known.age, known.minisign) != (request.age, request.minisign)):
        raise KnownError(Problem(Code.DEVICE_TAKEN, request.device, {"device": request.device}))


def _colleagues(desk: Desk, device: str, shared: set[str]) -> list[Colleague]:
    """The laptops that share any of these groups."""
    found = []
    for other in exchange_store.devices(desk.book.db):
        if other.code == device or other.state != "enrolled":
            continue
        theirs = scope.reach(desk.book.db, other.code)
        codes = exchange_store.codes_of(desk.book.db, shared & theirs).values() if theirs is not None else [EVERY_GROUP]
        if codes:
            found.append(Colleague(other.code, other.age, other.minisign, tuple(sorted(set(codes)))))
    return found


def _write_grant(
    desk: Desk,
    request: Request,
    grant: sync_enrolment.Grant,
    registry: int,
    shared: set[str],
    out: Path,
    limits: Limits | None,
) -> None:
    made, _ = desk.clock()
    comment = Comment(GRANT, grant.office.code, request.device, new_id(desk.random_bytes))
    manifest = Manifest(
        comment, made, __version__, SCHEMA, office_epoch=desk.book.epoch, registry_version=registry,
        grant=grant.fields(),
    )  # fmt: skip
    contents = Contents(relays=relay_lines(desk, shared, request.device), keys=key_lines(desk, shared))
    own = desk.device_keys().age.recipient
    signing = desk.office_keys().signing
    sealed = list(seal_parcel(manifest, contents, signing=signing, recipients=(request.age, own), limits=limits))
    for path, file in zip(grant_files(out, len(sealed)), sealed, strict=True):
        write_where_said(path, file.content, _pause)


def grant_files(out: Path, volumes: int) -> list[Path]:
    """Where the volumes of a grant lie: the first under the name given, the others numbered beside it."""
    return [out, *(out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(2, volumes + 1))]


def relay_lines(desk: Desk, groups: set[str], without: str) -> list[OpLine]:
    """The operations of these groups as they travel to another laptop."""
    return [as_line(op) for op in relay_store.operations_of_groups(desk.book.db, groups, without)]


def as_line(op: Stored) -> OpLine:
    """An operation as it travels."""
    return OpLine(op.name.device, op.name.epoch, op.name.seq, op.line, op.head_before)


def key_lines(desk: Desk, groups: set[str]) -> list[KeyLine]:
    """Identity keys of the households of these groups' members, and the groups' own keys: never those of `life`."""
    owners = set(groups) | relay_store.households_of_groups(desk.book.db, groups)
    keys = key_store.keys_of(desk.book.db, owners, ("identity", "group"))
    return [KeyLine(one.owner, one.purpose, one.number, one.key) for one in keys]


def accept_grant(desk: Desk, grant_file: Path, typed_fingerprint: str | None = None) -> Outcome[Granted]:
    """The laptop takes the office's answer: from now on parcels go to that office.

    Other keys of the office it belongs to are taken where their figures were compared, and only then. Raises KnownError
    REQUEST_MISSING, OFFICE_KNOWN (another office already), OFFICE_KEY_UNKNOWN, FINGERPRINT_DIFFERS, GRANT_OVERTAKEN (of
    a life of the office's book that is known to be over, where its figures were not compared), BUNDLE_*.
    """
    desk.must_do_all()
    nonce = desk.book.setting("request_nonce")
    if nonce is None:
        raise KnownError(Problem(Code.REQUEST_MISSING, "request"))
    keys = desk.device_keys()
    request = Request(
        desk.book.device, keys.age.recipient, keys.signing.public, nonce, 0, __version__, desk.is_practice
    )
    known = _offices_known(desk, typed_fingerprint)
    content = fetch(grant_file)
    try:
        grant, parcel = sync_enrolment.open_grant(content, request, (keys.age.secret,), known)
    except KnownError as error:
        raise plain_refusal(desk, error, read_label(content).sender) from error
    office = grant.office
    by_it = {office.code: office.minisign}
    parcels, missing = _all_volumes(grant_file, request, keys.age.secret, by_it, parcel)
    before = desk.book.setting("office")
    if before is not None and before != office.code:
        raise KnownError(Problem(Code.OFFICE_KNOWN, "office", {"office": before}))
    if grant.practice != desk.is_practice:
        raise KnownError(Problem(Code.PRACTICE_ONLY, "grant"))
    if typed_fingerprint is not None and not same_fingerprint(typed_fingerprint, office.fingerprint):
        raise KnownError(Problem(Code.FINGERPRINT_DIFFERS, "fingerprint", {"found": office.fingerprint}))
    life, compared = parcel.manifest.office_epoch, typed_fingerprint is not None
    was_over = life not in (None, present_life(desk)) and knows_life(desk, life or "")
    if was_over and not compared:
        raise KnownError(Problem(Code.GRANT_OVERTAKEN, grant_file.name))
    db = desk.book.db
    received = Received()
    with desk.book.writing() as writer:
        _keep_register(desk, grant, parcel)
        registry = int(desk.book.setting("registry") or 0)
        believe_office(desk, office, compared=compared, registry=registry)
        desk.book.set_setting("certificate", grant.certificate)
        for one in grant.groups:
            grants.let_have(db, desk.book.device, one.code, one.group)
        if life not in (None, desk.book.setting("office_epoch")):
            exchange_store.forget_received(db)  # a book put back: what it has of ours its next receipt will say
            believe_life(desk, life or "")
        if was_over:
            vouch_for_life(desk, life or "")
        for volume in parcels:
            take_relays(desk, writer, volume, received)
    forget_destroyed(desk, writer.outcome.destroys)
    with db.transaction():
        heed_office(desk)
    settle_office_slot(desk)
    warnings = [] if compared else [Problem(Code.NOT_COMPARED, office.code, {}, Level.WARNING)]
    if missing:
        facts: dict[str, Fact] = {"n": parcel.manifest.volumes, "missing": missing}
        warnings.append(Problem(Code.GRANT_PARTS_MISSING, grant_file.name, facts, Level.WARNING))
    return Outcome(Granted(office.code, office.fingerprint, compared), Changed.EVERYTHING, warnings=tuple(warnings))


def _offices_known(desk: Desk, typed_fingerprint: str | None) -> dict[str, str]:
    """The keys of the office of this book; none where the figures of the answer were compared: then those count."""
    if typed_fingerprint is not None:
        return {}
    return {one.code: one.minisign for one in exchange_store.devices(desk.book.db) if one.state == "office"}


def _all_volumes(
    file: Path, request: Request, secret: str, known: Mapping[str, str], parcel: Parcel
) -> tuple[list[Parcel], int]:
    """The volumes of a grant of which one was given, as far as they lie beside it, and how many do not."""
    number, volumes = parcel.manifest.volume, parcel.manifest.volumes
    first = file if number == 1 else file.with_name(file.stem.removesuffix(f"-{number}") + file.suffix)
    found = []
    for at, path in enumerate(grant_files(first, volumes), start=1):
        if at == number:
            found.append(parcel)
        elif path.is_file():
            _, other = sync_enrolment.open_grant(fetch(path), request, (secret,), known)
            if (other.manifest.comment, other.manifest.volume) == (parcel.manifest.comment, at):
                found.append(other)
    return found, volumes - len(found)


def _keep_register(desk: Desk, grant: sync_enrolment.Grant, parcel: Parcel) -> None:
    """The colleagues that a grant names, as of its version of the register.

    A grant older than what the office said since brings nothing back, least of all a laptop that was stopped. Versions
    are counted within one life of the office's book: which of two came later its receipts say, a grant does not, so
    that after the first receipt one of another life says nothing of colleagues.
    """
    life, version = parcel.manifest.office_epoch, parcel.manifest.registry_version or 0
    if life != present_life(desk):
        if desk.book.setting("office_epoch") is not None:
            return
        exchange_store.forget_versions(desk.book.db)
        desk.book.set_setting("registry", "0")
    if version >= int(desk.book.setting("registry") or 0):
        desk.book.set_setting("registry", str(version))
        _keep_colleagues(desk, grant, version)


def _keep_colleagues(desk: Desk, grant: sync_enrolment.Grant, version: int) -> None:
    """Writes colleagues down; their codes mean the groups that they mean for us, where the grant says which."""
    meant = {one.code: one.group for one in grant.groups}
    for other in grant.colleagues:
        device = Device(other.device, "", other.age, other.minisign, "enrolled", compared=True, registry=version)
        believe_colleague(desk, device, [(code, meant.get(code)) for code in other.groups])


def revoke(desk: Desk, device: str) -> Outcome[str]:
    """The office trusts a lost laptop no further than the last operation it accepted. Raises KnownError."""
    desk.must_do_all()
    db = desk.book.db
    known = exchange_store.device(db, device)
    if known is None or known.state == "office":
        raise KnownError(Problem(Code.DEVICE_UNKNOWN, device, {"device": device}))
    accepted = [f"{code}.{epoch}.{seq}" for code, epoch, seq, _ in exchange_store.have(db) if code == device]
    with db.transaction():
        registry = int(desk.book.setting("registry") or 0) + 1
        desk.book.set_setting("registry", str(registry))
        revoked = " ".join(accepted) or "-"
        exchange_store.put_device(db, replace(known, state="revoked", revoked=revoked, registry=registry))
        tell_everybody(desk)
        look_again(desk, {device})  # what waited for an earlier file waits for a decision now
    return Outcome(device, Changed.EXCHANGE)
