r"""How a device and an office come to know each other: request, grant, certificate, fingerprint.

**Request** (unsealed): line 1 with `to=-`; a minisign signature by the key inside; the payload, one canonical line and
LF, of `format` `min_reader` `kind`=`request` `device` `age` `minisign` `nonce` `made` `app` `practice`. No names of
people.

**Grant**: a sealed bundle to the request's age key; `grant` in its manifest holds
`office` {`code` `name` `age`: [current, next] `minisign` `recovery`: the age recipient of the office's recovery key},
`device`, `request` (the nonce answered), `certificate`, `groups` [{`code` `group`: id or null}], `colleagues`
[{`device` `age` `minisign` `groups`: codes}], `practice`. The groups' operations follow as `relay` lines, their
identity keys as `key` lines.

**Certificate**: a text of five lines, the four of a minisign signature by the office with the trusted comment
`shgb/1 kind=certificate from=<office> to=<device> bundle=<nonce>`, and a canonical line of `device` `age` `minisign`
`groups` (codes) `registry_version`.

**Fingerprint** of keys: SHA-256 over each key's text followed by LF, as a big-endian number modulo 10^30, in 30 digits;
of a device age then minisign, of an office current age, next age, minisign.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.sync import keys
from shg_desk.sync.envelope import GRANT
from shg_desk.sync.envelope import REQUEST
from shg_desk.sync.envelope import Comment
from shg_desk.sync.envelope import Trust
from shg_desk.sync.envelope import read_comment
from shg_desk.sync.envelope import split_signed
from shg_desk.sync.fields import code
from shg_desk.sync.fields import flag
from shg_desk.sync.fields import mapping
from shg_desk.sync.fields import objects
from shg_desk.sync.fields import public_key
from shg_desk.sync.fields import recipient
from shg_desk.sync.fields import text
from shg_desk.sync.fields import texts
from shg_desk.sync.fields import whole
from shg_desk.sync.keys import DeviceKeys
from shg_desk.sync.keys import SignPair
from shg_desk.sync.label import LINE_LIMIT
from shg_desk.sync.label import NOBODY
from shg_desk.sync.label import refused
from shg_desk.sync.label import split_file
from shg_desk.sync.label import with_label
from shg_desk.sync.manifest import FORMAT
from shg_desk.sync.manifest import READER
from shg_desk.sync.manifest import read_manifest
from shg_desk.sync.parcels import SealedFile
from shg_desk.sync.parcels import file_name
from shg_desk.sync.parcels import open_parcel
from shg_desk.sync.payload import Parcel

NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Request:
    """A device asks to be known: its code, public keys, and a nonce that the grant repeats."""

    device: str
    age: str
    minisign: str
    nonce: str
    made: int
    app: str
    practice: bool = False

    @property
    def fingerprint(self) -> str:
        """30 digits that two people compare."""
        return fingerprint(self.age, self.minisign)


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a desk knows it: code, name, age recipients (current, next), minisign key, recovery recipient."""

    code: str
    name: str
    age: tuple[str, str]
    minisign: str
    recovery: str

    @property
    def fingerprint(self) -> str:
        """30 digits that two people compare."""
        return fingerprint(*self.age, self.minisign)

    def fields(self) -> dict[str, canonical.Json]:
        """As it stands in a grant and in a statement of new keys."""
        return {
            "code": self.code,
            "name": self.name,
            "age": list(self.age),
            "minisign": self.minisign,
            "recovery": self.recovery,
        }


@dataclass(frozen=True, slots=True)
class GrantedGroup:
    """A group's code as the office writes it, and its id (None: the first group this device makes with the code)."""

    code: str
    group: str | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another laptop of shared groups (their codes): whom to seal to, whose signature to believe."""

    device: str
    age: str
    minisign: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the office signed about a device."""

    device: str
    age: str
    minisign: str
    groups: tuple[str, ...]
    registry_version: int


@dataclass(frozen=True, slots=True)
class Grant:
    """The answer to a request."""

    office: Office
    device: str
    request: str
    certificate: str
    groups: tuple[GrantedGroup, ...]
    colleagues: tuple[Colleague, ...]
    practice: bool = False

    def fields(self) -> dict[str, canonical.Json]:
        """What stands under `grant` in the manifest."""
        return {
            "office": self.office.fields(),
            "device": self.device,
            "request": self.request,
            "certificate": self.certificate,
            "groups": [{"code": group.code, "group": group.group} for group in self.groups],
            "colleagues": [
                {"device": other.device, "age": other.age, "minisign": other.minisign, "groups": list(other.groups)}
                for other in self.colleagues
            ],
            "practice": self.practice,
        }


def fingerprint(*public_keys: str) -> str:
    """30 digits over public keys, in their order."""
    digest = hashlib.sha256("".join(key + "\n" for key in public_keys).encode("ascii")).digest()
    return f"{int.from_bytes(digest, 'big') % 10**30:030d}"


def shown_fingerprint(digits: str) -> str:
    """Six groups of five, for the eye."""
    return " ".join(digits[i : i + 5] for i in range(0, len(digits), 5))


def same_fingerprint(typed: str, digits: str) -> bool:
    """Whether what a person typed, with whatever spaces and hyphens, is this fingerprint."""
    return re.sub(r"[\s.,-]", "", unicodedata.normalize("NFKC", typed)) == digits


def make_request(
    device: str, device_keys: DeviceKeys, *, nonce: str, made: int, app: str, practice: bool
) -> SealedFile:
    """The request file of a device; `nonce` is 16 random letters of [a-z2-7]."""
    line = canonical.encode(
        {
            "format": FORMAT,
            "min_reader": READER,
            "kind": REQUEST,
            "device": device,
            "age": device_keys.age.recipient,
            "minisign": device_keys.signing.public,
            "nonce": nonce,
            "made": made,
            "app": app,
            "practice": practice,
        }
    )
    comment = Comment(REQUEST, device, NOBODY, nonce)
    payload = line + b"\n"
    body = keys.sign(device_keys.signing, payload, comment.text()) + payload
    return SealedFile(file_name(comment), with_label(body, NOBODY, device))


def read_request(content: bytes) -> Request:
    """A request, signed by the keys it brings: it proves only that the sender holds them; people compare fingerprints.

    Raises KnownError with a BUNDLE_* code.
    """
    label, body = split_file(content)
    if label.addressee != NOBODY:
        raise refused(Code.BUNDLE_NOT_ONE, part="request")
    signature, payload = split_signed(body)
    comment = read_comment(signature)
    if len(payload) > LINE_LIMIT or not payload.endswith(b"\n"):
        raise refused(Code.BUNDLE_DAMAGED, part="request")
    try:
        found = canonical.parse(payload[:-1])
        if not isinstance(found, dict):
            raise ValueError("no object")
        if whole(found, "min_reader", 1) > READER or whole(found, "format", 1) > FORMAT:
            raise refused(Code.BUNDLE_NEWER, app=str(found.get("app", ""))[:40])
        request = Request(
            code(found, "device"),
            recipient(found, "age"),
            public_key(found, "minisign"),
            code(found, "nonce"),
            whole(found, "made"),
            text(found, "app"),
            flag(found, "practice"),
        )
    except ValueError as error:
        raise refused(Code.BUNDLE_DAMAGED, part="request") from error
    if not keys.holds(request.minisign, payload, signature):
        raise refused(Code.BUNDLE_FORGED, sender=request.device)
    expected = Comment(REQUEST, request.device, NOBODY, request.nonce)
    if comment != expected or label.sender != request.device or found.get("kind") != REQUEST:
        raise refused(Code.BUNDLE_FORGED, sender=request.device, part="comment")
    return request


def make_grant(
    request: Request,
    office: Office,
    signing: SignPair,
    *,
    groups: Sequence[GrantedGroup],
    colleagues: Sequence[Colleague],
    registry_version: int,
) -> Grant:
    """The office's answer; its `fields()` go into the manifest of a `grant` parcel sealed to the request's age key."""
    codes = [group.code for group in groups]
    certificate = make_certificate(request, office.code, signing, codes, registry_version)
    names = (request.device, request.nonce, certificate)
    return Grant(office, *names, tuple(groups), tuple(colleagues), request.practice)


def make_certificate(
    request: Request, office: str, signing: SignPair, groups: Iterable[str], registry_version: int
) -> str:
    """The certificate of a device: signed text, five lines."""
    line = canonical.encode(
        {
            "device": request.device,
            "age": request.age,
            "minisign": request.minisign,
            "groups": list(groups),
            "registry_version": registry_version,
        }
    )
    comment = Comment("certificate", office, request.device, request.nonce)
    return (keys.sign(signing, line + b"\n", comment.text()) + line + b"\n").decode()


def read_certificate(certificate: str, office: str, office_minisign: str) -> Certificate:
    """What the office signed. Raises KnownError BUNDLE_FORGED where it did not."""
    try:
        signature, line = keys.split_signature(certificate.encode())
        comment = read_comment(signature)
        if not keys.holds(office_minisign, line, signature) or not line.endswith(b"\n"):
            raise ValueError("not by this office")
        found = canonical.parse(line[:-1])
        device = code(found, "device")
        if (comment.kind, comment.sender, comment.addressee) != ("certificate", office, device):
            raise ValueError("a signature over something else")
        age, minisign = recipient(found, "age"), public_key(found, "minisign")
        return Certificate(device, age, minisign, texts(found, "groups"), whole(found, "registry_version"))
    except ValueError as error:
        raise refused(Code.BUNDLE_FORGED, part="certificate") from error


def open_grant(
    content: bytes, request: Request, identities: Sequence[str], known: Mapping[str, str]
) -> tuple[Grant, Parcel]:
    """The answer to our own request, certificate and all checked, with the parcel that came in it.

    `known` maps codes of offices met before to their minisign keys; an office met for the first time is believed by the
    key it brings, and its fingerprint is for people to compare. Raises KnownError with a BUNDLE_* code.
    """
    parcel = open_parcel(
        content,
        addressees=(request.device,),
        identities=identities,
        trust=Trust(offices={office: (public,) for office, public in known.items()}),
        introduce=_office_key,
    )
    if parcel.manifest.comment.kind != GRANT or parcel.manifest.grant is None:
        raise refused(Code.BUNDLE_NOT_ONE, part="grant")
    try:
        grant = read_grant(parcel.manifest.grant)
    except ValueError as error:
        raise refused(Code.BUNDLE_DAMAGED, part="grant") from error
    office = grant.office
    if office.code != parcel.manifest.comment.sender or known.get(office.code, office.minisign) != office.minisign:
        raise refused(Code.BUNDLE_FORGED, part="office", sender=parcel.manifest.comment.sender)
    if (grant.device, grant.request) != (request.device, request.nonce):
        raise refused(Code.BUNDLE_FOR_ANOTHER, part="request", to=grant.device, sender=office.code)
    certificate = read_certificate(grant.certificate, office.code, office.minisign)
    about = (certificate.device, certificate.age, certificate.minisign)
    same_groups = certificate.groups == tuple(group.code for group in grant.groups)
    same_version = certificate.registry_version == parcel.manifest.registry_version
    if about != (request.device, request.age, request.minisign) or not same_groups or not same_version:
        raise refused(Code.BUNDLE_FORGED, part="certificate", sender=office.code)
    return grant, parcel


def read_grant(found: Mapping[str, canonical.Json]) -> Grant:
    """The value under `grant` in a manifest. Raises ValueError."""
    return Grant(
        read_office(mapping(found, "office")),
        code(found, "device"),
        code(found, "request"),
        text(found, "certificate"),
        tuple(GrantedGroup(_name(item, "code"), _group(item)) for item in objects(found, "groups")),
        tuple(
            Colleague(code(item, "device"), recipient(item, "age"), public_key(item, "minisign"), texts(item, "groups"))
            for item in objects(found, "colleagues")
        ),
        flag(found, "practice"),
    )


def _office_key(payload: bytes) -> str:
    """The minisign key that a first grant brings. Raises KnownError."""
    line = payload[: payload.find(b"\n") + 1][:-1]
    manifest = read_manifest(line)
    try:
        return public_key(mapping(manifest.grant or {}, "office"), "minisign")
    except ValueError as error:
        raise refused(Code.BUNDLE_DAMAGED, part="grant") from error


def read_office(found: Mapping[str, canonical.Json]) -> Office:
    """An office's fields in a grant or a statement of new keys. Raises ValueError."""
    age = texts(found, "age")
    if len(age) != 2 or not all(map(keys.is_recipient, age)):
        raise ValueError("an office has two age recipients")
    public, recovery = public_key(found, "minisign"), recipient(found, "recovery")
    return Office(code(found, "code"), _name(found, "name"), (age[0], age[1]), public, recovery)


def _name(found: Mapping[str, canonical.Json], name: str) -> str:
    value = text(found, name)
    if len(value) > NAME_LIMIT:
        raise ValueError(f"{name} is too long")
    return value


def _group(found: Mapping[str, canonical.Json]) -> str | None:
    return None if found.get("group") is None else code(found, "group")
