"""Keys of devices and offices: an age X25519 pair to be written to, a minisign Ed25519 pair to sign with.

A key is made from given random bytes: 32 for age (Bech32, `AGE-SECRET-KEY-1…` and `age1…`); 8 for the minisign key
number, then 32 for the Ed25519 seed. Texts are those of age and minisign, so both programs take them as they are. A
signature is always prehashed (BLAKE2b-512) and stands in four lines: the fixed untrusted comment, the signature, the
trusted comment, the signature over both; each line ends with LF. The signing libraries are loaded when something is
signed or verified: a book opens without them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

import pyrage

RandomBytes = Callable[[int], bytes]

UNTRUSTED_COMMENT = "SHG Desk"
SIGNATURE_LINES = 4
SIGNATURE_LIMIT_BYTES = 1024
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_AGE_SECRET_PREFIX = "age-secret-key-"  # noqa: S105 - the published prefix, no secret


@dataclass(frozen=True, slots=True)
class AgePair:
    """An age identity: the secret text `AGE-SECRET-KEY-1…` and the recipient `age1…` others write to."""

    secret: str = field(repr=False)
    recipient: str


@dataclass(frozen=True, slots=True)
class SignPair:
    """A minisign pair: base64 of the unencrypted secret key, base64 of the public key (`RW…`)."""

    secret: str = field(repr=False)
    public: str


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """What a device reads with and signs with."""

    age: AgePair
    signing: SignPair


@dataclass(frozen=True, slots=True)
class OfficeKeys:
    """What an office reads with (current and next key, retired ones for late parcels) and signs with.

    `former` are the pairs it signed with before, the newest first, for laptops that know no newer one.
    """

    current: AgePair
    following: AgePair
    signing: SignPair
    retired: tuple[AgePair, ...] = ()
    former: tuple[SignPair, ...] = ()

    @property
    def recipients(self) -> tuple[str, str]:
        """Whom a desk writes to: current and next."""
        return self.current.recipient, self.following.recipient

    @property
    def identities(self) -> tuple[str, ...]:
        """Secrets that may open what is addressed to the office, the likeliest first."""
        return self.current.secret, self.following.secret, *(pair.secret for pair in self.retired)

    def signing_as(self, public: str) -> SignPair:
        """The pair with this public key, present or former; the present one where it is none of them."""
        return next((pair for pair in self.former if pair.public == public), self.signing)


def make_age(random_bytes: RandomBytes) -> AgePair:
    """An age pair from 32 random bytes; also the office's recovery pair."""
    return age_from_secret(_bech32(_AGE_SECRET_PREFIX, random_bytes(32)).upper())


def make_signing(random_bytes: RandomBytes) -> SignPair:
    """A minisign pair from 8 + 32 random bytes (key number, Ed25519 seed)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    number, seed = random_bytes(8), random_bytes(32)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    checksum = hashlib.blake2b(b"Ed" + number + seed + public, digest_size=32).digest()
    # Algorithm Ed, no key derivation, BLAKE2b checksum; 48 zero bytes stand for the salt and limits of no derivation.
    secret = b"Ed" + b"\x00\x00" + b"B2" + bytes(48) + number + seed + public + checksum
    return signing_from_secret(base64.b64encode(secret).decode("ascii"))


def make_device_keys(random_bytes: RandomBytes) -> DeviceKeys:
    """Both pairs of a new device."""
    return DeviceKeys(make_age(random_bytes), make_signing(random_bytes))


def make_office_keys(random_bytes: RandomBytes) -> OfficeKeys:
    """The pairs of a new office."""
    return OfficeKeys(make_age(random_bytes), make_age(random_bytes), make_signing(random_bytes))


def renewed(keys: OfficeKeys, random_bytes: RandomBytes) -> OfficeKeys:
    """Every pair new; the old ones open what is on its way and sign to whoever does not know the new ones yet."""
    new = make_office_keys(random_bytes)
    retired = (keys.current, keys.following, *keys.retired)
    return OfficeKeys(new.current, new.following, new.signing, retired, (keys.signing, *keys.former))


def age_from_secret(secret: str) -> AgePair:
    """The pair of a stored or typed age secret. Raises ValueError where it is none (it carries its own checksum)."""
    try:
        identity = pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError as error:
        raise ValueError("no age identity") from error
    return AgePair(str(identity), str(identity.to_public()))


def signing_from_secret(secret: str) -> SignPair:
    """The pair of a stored minisign secret key (base64, unencrypted). Raises ValueError where it is none."""
    import minisign

    key = minisign.SecretKey.from_base64(secret)
    if key.is_encrypted():
        raise ValueError("an encrypted minisign key")
    return SignPair(secret, key.get_public_key().to_base64().decode("ascii"))


def is_recipient(text: str) -> bool:
    """Whether the text is an age X25519 recipient."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return text.startswith("age1")


def is_public(text: str) -> bool:
    """Whether the text is a minisign public key, in its one spelling."""
    import minisign

    try:
        return bool(minisign.PublicKey.from_base64(text).to_base64().decode("ascii") == text)
    except ValueError:
        return False


def encrypt(content: bytes, recipients: Sequence[str]) -> bytes:
    """An age file that each of the recipients can open. Raises ValueError where one is no recipient."""
    try:
        readers = [pyrage.x25519.Recipient.from_str(text) for text in dict.fromkeys(recipients)]
    except pyrage.RecipientError as error:
        raise ValueError(f"no age recipient: {error}") from error
    return bytes(pyrage.encrypt(content, readers))


def decrypt(content: bytes, identities: Sequence[str]) -> bytes | None:
    """The content of an age file; None where none of these keys opens it. Raises ValueError where it is damaged."""
    try:
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(text) for text in identities]))
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            return None
        raise ValueError("age file damaged") from error


def sign(pair: SignPair, content: bytes, trusted_comment: str) -> bytes:
    """The four signature lines over the content; the trusted comment is signed too."""
    import minisign

    key = minisign.SecretKey.from_base64(pair.secret)
    signature = key.sign(content, untrusted_comment=UNTRUSTED_COMMENT, trusted_comment=trusted_comment)
    return bytes(signature) + b"\n"


def split_signature(signed: bytes) -> tuple[bytes, bytes]:
    """The four signature lines and what follows them. Raises ValueError where there are no four lines."""
    end = 0
    for _ in range(SIGNATURE_LINES):
        end = signed.find(b"\n", end, SIGNATURE_LIMIT_BYTES) + 1
        if end == 0:
            raise ValueError("no signature")
    return signed[:end], signed[end:]


def trusted_comment(signature: bytes) -> str:
    """The trusted comment of four signature lines, not yet verified. Raises ValueError for any other spelling."""
    import minisign

    found = minisign.Signature.from_bytes(signature)
    if not found.is_prehashed() or found.untrusted_comment != UNTRUSTED_COMMENT or bytes(found) + b"\n" != signature:
        raise ValueError("another spelling of a signature")
    return str(found.trusted_comment)


def holds(public: str, content: bytes, signature: bytes) -> bool:
    """Whether the signature lines over the content are by this public key."""
    import minisign

    try:
        minisign.PublicKey.from_base64(public).verify(content, minisign.Signature.from_bytes(signature))
    except ValueError:
        return False
    return True


def names_key(signature: bytes, public: str) -> bool:
    """Whether four signature lines say, by the number of the key, that this public key made them; nothing is proved."""
    try:
        made_with = base64.b64decode(signature.split(b"\n")[1], validate=True)[2:10]
        return made_with == base64.b64decode(public, validate=True)[2:10]
    except (ValueError, IndexError):
        return False


def _bech32(prefix: str, content: bytes) -> str:
    """Bech32 (BIP 173) of the bytes under a lower-case prefix."""
    bits = int.from_bytes(content, "big") << (-len(content) * 8 % 5)
    length = (len(content) * 8 + 4) // 5
    words = [bits >> (5 * (length - 1 - i)) & 31 for i in range(length)]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*expanded, *words, 0, 0, 0, 0, 0, 0]) ^ 1
    words += [check >> (5 * (5 - i)) & 31 for i in range(6)]
    return prefix + "1" + "".join(_BECH32[word] for word in words)


def _polymod(words: Sequence[int]) -> int:
    """The checksum polynomial of BIP 173."""
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    return check
