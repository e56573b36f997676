"""The book's key in slots: `book.key`, and the same again as `book.key.2`.

A file is one canonical line and LF, an object of

- `format`: 1; `serial`: raised by each change, so that of two sound copies the newer is known;
- `slots`: a list of slots; `checksum`: hex SHA-256 of the canonical line of the object without `checksum`;
- `book`: hex HMAC-SHA-256 under the book key, over `shgb/1 key file` and the canonical line of `format`, `serial` and
  `slots`: whose file it is. Older programs leave it out.

A slot has `number` (from 1, one above the highest in the file), `kind`, `made` (UTC seconds, claimed):

- `passphrase` may have `role` (`treasurer`, `viewer`) and of a treasurer `group`: what its person does in the program;
- `passphrase` and `paper`: `memory_kib` `passes` `lanes` (Argon2id), `salt` (16 bytes), `tag`, `nonce` (12 bytes),
  `wrapped`. Argon2id over the secret gives 64 bytes: the first 32 are the wrapping key; `tag` is the first 16 bytes of
  SHA-256 over `shgb/1 slot tag` and the other 32. `wrapped` is ChaCha20-Poly1305 of the 32-byte book key, with the
  canonical line of the slot without `wrapped` as associated data. The secret is the passphrase trimmed, NFC, case
  folded, NFC again, in UTF-8; of `paper` the 28 letters of the recovery code. A passphrase somebody chooses is kept
  with one space between its words and with е for every ё.
- `office`: `recipient` (the office's recovery recipient) and `wrapped`, an age file holding the 32 bytes.

Bytes are base64url without padding. A tag that does not match is a wrong passphrase; a checksum that does not match, or
a key that does not unwrap under a matching tag, is damage.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.roles import Role
from shg_desk.sync import keys
from shg_desk.sync.fields import matching
from shg_desk.sync.fields import objects
from shg_desk.sync.fields import recipient as recipient_field
from shg_desk.sync.fields import text
from shg_desk.sync.fields import whole
from shg_desk.sync.keys import RandomBytes
from shg_desk.sync.label import refused
from shg_desk.sync.recovery_code import read_recovery_code
from shg_desk.sync.sealing import from_text
from shg_desk.sync.sealing import to_text

PASSPHRASE, PAPER, OFFICE = "passphrase", "paper", "office"
FORMAT = 1
EVERYTHING = Role()
BOOK_KEY_BYTES = 32
PASSPHRASE_LEAST_LETTERS = 8
_TAG_PREFIX = b"shgb/1 slot tag"
_BOOK_PREFIX = b"shgb/1 key file"
_OFFICE_KEY = "AGE-SECRET-KEY-1"
_YO = str.maketrans("ёЁ", "еЕ")
_ONCE_PROPOSED = {
    word.translate(_YO): word
    for word in (
        *("мёд", "телёнок", "осёл", "орёл", "ёж", "берёза", "ковёр", "котёл", "верёвка", "коён", "пиёз", "дарё"),
        *("пиёла", "осиё", "ёнғоқ", "қуён", "ёмғир", "қуёш", "ёстиқ"),
    )
}
"""Words with ё that older programs proposed, under what is typed for them."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess costs: Argon2id memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


FULL_COST = Cost()
# A file from elsewhere must not be able to take the whole machine.
_COST_LIMIT = Cost(memory_kib=1024 * 1024, passes=32, lanes=16)


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the book key; `fields` are those of its kind, as in the file."""

    number: int
    kind: str
    made: int
    fields: Mapping[str, canonical.Json]

    @property
    def role(self) -> Role:
        """What its person may do; a slot without the word is an animator's, like one on paper or the office's."""
        if self.kind != PASSPHRASE or "role" not in self.fields:
            return Role()
        return Role(str(self.fields["role"]), str(self.fields.get("group", "")))

    def value(self) -> dict[str, canonical.Json]:
        """The slot as it stands in the file."""
        return {"number": self.number, "kind": self.kind, "made": self.made, **self.fields}


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The slots of a book, how often they were changed, and the word of the book's key that they are its own."""

    serial: int = 0
    slots: tuple[Slot, ...] = ()
    book: str = ""

    def content(self) -> bytes:
        """The bytes of the file."""
        value = self._value()
        if self.book:
            value["book"] = self.book
        value["checksum"] = hashlib.sha256(canonical.encode(value)).hexdigest()
        return canonical.encode(value) + b"\n"

    def as_of(self, book_key: bytes) -> KeyFile:
        """The same as the file of the book that has this key."""
        word = hmac.digest(book_key, _BOOK_PREFIX + canonical.encode(self._value()), "sha256")
        return replace(self, book=word.hex())

    def is_of(self, book_key: bytes) -> bool:
        """True where the book with this key wrote it, just as it is: not another book, nor an older program."""
        return bool(self.book) and hmac.compare_digest(self.book, self.as_of(book_key).book)

    def _value(self) -> dict[str, canonical.Json]:
        return {"format": FORMAT, "serial": self.serial, "slots": [slot.value() for slot in self.slots]}


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The book key, and the slot that gave it."""

    book_key: bytes
    slot: int


def new_book_key(random_bytes: RandomBytes) -> bytes:
    """The key of a new book (32 bytes)."""
    return random_bytes(BOOK_KEY_BYTES)


def read_key_file(content: bytes) -> KeyFile:
    """The slots in a file's bytes. Raises KnownError BOOK_DAMAGED, or BOOK_NEWER for a later format."""
    try:
        value = canonical.parse(content.removesuffix(b"\n"))
        if not isinstance(value, dict) or not content.endswith(b"\n"):
            raise ValueError("no object, or cut short")
        checksum = matching(value, "checksum", "[0-9a-f]{64}")
        rest = {name: item for name, item in value.items() if name != "checksum"}
        if hashlib.sha256(canonical.encode(rest)).hexdigest() != checksum:
            raise ValueError("checksum")
        if whole(value, "format", 1) > FORMAT:
            raise refused(Code.BOOK_NEWER, "book.key")
        slots = tuple(_slot(item) for item in objects(value, "slots"))
        if len({slot.number for slot in slots}) != len(slots):
            raise ValueError("two slots of one number")  # whose role would hold?
        book = matching(value, "book", "[0-9a-f]{64}") if "book" in value else ""
        return KeyFile(whole(value, "serial", 1), slots, book)
    except ValueError as error:
        raise refused(Code.BOOK_DAMAGED, "book.key") from error


def passphrase_problem(passphrase: str) -> Problem | None:
    """What is wrong with a passphrase somebody chooses: fewer than 8 letters."""
    length = len(_secret(as_kept(passphrase)).decode())
    if length >= PASSPHRASE_LEAST_LETTERS:
        return None
    return Problem(Code.PASSPHRASE_SHORT, "passphrase", {"letters": length, "least": PASSPHRASE_LEAST_LETTERS})


def with_passphrase(
    file: KeyFile,
    book_key: bytes,
    passphrase: str,
    *,
    random_bytes: RandomBytes,
    made: int,
    cost: Cost = FULL_COST,
    role: Role = EVERYTHING,
) -> KeyFile:
    """A further slot for a passphrase of a person with a role."""
    fields = {"kind": PASSPHRASE, "number": _next_number(file), "made": made, **_role_fields(role)}
    return _with(file, _wrap(fields, book_key, _secret(as_kept(passphrase)), random_bytes, cost))


def with_recovery_code(
    file: KeyFile, book_key: bytes, code: str, *, random_bytes: RandomBytes, made: int, cost: Cost = FULL_COST
) -> KeyFile:
    """A further slot for the recovery code on paper. Raises KnownError RECOVERY_CODE_UNREADABLE."""
    secret = read_recovery_code(code).encode("ascii")
    fields = {"kind": PAPER, "number": _next_number(file), "made": made}
    return _with(file, _wrap(fields, book_key, secret, random_bytes, cost))


def with_office(file: KeyFile, book_key: bytes, recipient: str, *, made: int) -> KeyFile:
    """A further slot for the office's recovery key (an age recipient)."""
    wrapped = to_text(keys.encrypt(book_key, [recipient]))
    return _with(file, Slot(_next_number(file), OFFICE, made, {"recipient": recipient, "wrapped": wrapped}))


def with_changed_passphrase(
    file: KeyFile,
    number: int,
    book_key: bytes,
    passphrase: str,
    *,
    random_bytes: RandomBytes,
    made: int,
    cost: Cost = FULL_COST,
) -> KeyFile:
    """The same slot under another passphrase; only the wrapping changes. Raises KnownError SLOT_MISSING."""
    old = next((slot for slot in file.slots if slot.number == number and slot.kind == PASSPHRASE), None)
    if old is None:
        raise refused(Code.SLOT_MISSING, str(number))
    fields = {"kind": PASSPHRASE, "number": number, "made": made, **_role_fields(old.role)}
    new = _wrap(fields, book_key, _secret(as_kept(passphrase)), random_bytes, cost)
    return replace(file, serial=file.serial + 1, slots=tuple(new if slot is old else slot for slot in file.slots))


def without_slot(file: KeyFile, number: int) -> KeyFile:
    """The file without a slot. Raises KnownError SLOT_MISSING, or SLOT_LAST for the last one that opens everything by
    typing.
    """
    left = tuple(slot for slot in file.slots if slot.number != number)
    if len(left) == len(file.slots):
        raise refused(Code.SLOT_MISSING, str(number))
    if all(slot.kind == OFFICE or not slot.role.does_all for slot in left):
        raise refused(Code.SLOT_LAST, str(number))
    return replace(file, serial=file.serial + 1, slots=left)


def unlock(file: KeyFile, typed: str) -> Unlocked:
    """The book key for a typed passphrase, recovery code, or an office's recovery key.

    Raises SurroundingsError WRONG_PASSPHRASE where no slot knows it (WRONG_OFFICE_KEY of an office's key), KnownError
    BOOK_DAMAGED where that slot is hurt.
    """
    office_key = read_office_key(typed)
    if office_key is not None:
        return unlock_as_office(file, office_key)
    secrets = {PASSPHRASE: dict.fromkeys(map(_secret, _spellings(typed)))}
    with suppress(KnownError):  # what is no recovery code is only a passphrase
        secrets[PAPER] = {read_recovery_code(typed).encode("ascii"): None}
    for slot in file.slots:
        for secret in secrets.get(slot.kind, {}):
            book_key = _unwrap(slot, secret)
            if book_key is not None:
                return Unlocked(book_key, slot.number)
    raise SurroundingsError(Problem(Code.WRONG_PASSPHRASE, "book.key"))


def unlock_as_office(file: KeyFile, recovery_secret: str) -> Unlocked:
    """The book key for the office's recovery key (`AGE-SECRET-KEY-1…`).

    Raises SurroundingsError WRONG_OFFICE_KEY where it is none or opens no slot, KnownError BOOK_DAMAGED.
    """
    try:
        keys.age_from_secret(recovery_secret)
    except ValueError as error:  # a letter is missing or wrong: the key carries its own checksum
        raise SurroundingsError(Problem(Code.WRONG_OFFICE_KEY, "book.key")) from error
    for slot in file.slots:
        if slot.kind != OFFICE:
            continue
        try:
            book_key = keys.decrypt(from_text(text(slot.fields, "wrapped")), [recovery_secret])
        except ValueError as error:
            raise refused(Code.BOOK_DAMAGED, "book.key", slot=slot.number) from error
        if book_key is not None and len(book_key) == BOOK_KEY_BYTES:
            return Unlocked(book_key, slot.number)
    raise SurroundingsError(Problem(Code.WRONG_OFFICE_KEY, "book.key"))


def read_office_key(typed: str) -> str | None:
    """The office's recovery key as typed or pasted, whatever its case, spaces and hyphens; None of other words."""
    plain = re.sub(r"[\s‐-―-]", "", unicodedata.normalize("NFKC", typed)).upper()
    bare = _OFFICE_KEY.replace("-", "")
    return _OFFICE_KEY + plain.removeprefix(bare) if plain.startswith(bare) else None


def as_kept(passphrase: str) -> str:
    """A passphrase as it is kept: one space between its words, however many were typed, and е for every ё."""
    return _single_spaced(passphrase).translate(_YO)


def _spellings(typed: str) -> tuple[str, ...]:
    """What a slot may hold for the words typed; older programs kept ё, and at first the spaces as they were typed.

    A proposed word is known to have had its ё; of one somebody made up that has to be typed.
    """
    spaced = " ".join(_ONCE_PROPOSED.get(word, word) for word in as_kept(typed).casefold().split())
    return as_kept(typed), _single_spaced(typed), typed, spaced


def _single_spaced(passphrase: str) -> str:
    return " ".join(unicodedata.normalize("NFC", passphrase).split())


def _secret(passphrase: str) -> bytes:
    plain = unicodedata.normalize("NFC", passphrase.strip()).casefold()
    return unicodedata.normalize("NFC", plain).encode("utf-8", "surrogatepass")


def _role_fields(role: Role) -> dict[str, canonical.Json]:
    """The words of a role; none for whoever may do everything, as in every file before there were roles."""
    if role.does_all:
        return {}
    return {"role": role.name, **({"group": role.group} if role.group else {})}


def _next_number(file: KeyFile) -> int:
    """A number no slot of this book ever had, for records bear it: every slot that came raised the serial by one."""
    return max([file.serial, *(slot.number for slot in file.slots)]) + 1


def _with(file: KeyFile, slot: Slot) -> KeyFile:
    return replace(file, serial=file.serial + 1, slots=(*file.slots, slot))


def _wrap(
    fields: dict[str, canonical.Json], book_key: bytes, secret: bytes, random_bytes: RandomBytes, cost: Cost
) -> Slot:
    assert len(book_key) == BOOK_KEY_BYTES
    salt, nonce = random_bytes(16), random_bytes(12)
    wrapping_key, tag = _derived(secret, salt, cost)
    fields |= {
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": to_text(salt),
        "tag": to_text(tag),
        "nonce": to_text(nonce),
    }
    wrapped = ChaCha20Poly1305(wrapping_key).encrypt(nonce, book_key, canonical.encode(fields))
    return _slot(fields | {"wrapped": to_text(wrapped)})


def _unwrap(slot: Slot, secret: bytes) -> bytes | None:
    """The book key; None where this is not the slot's secret. Raises KnownError BOOK_DAMAGED."""
    fields = slot.value()
    wrapped = from_text(fields.pop("wrapped"))
    cost = Cost(fields["memory_kib"], fields["passes"], fields["lanes"])
    wrapping_key, tag = _derived(secret, from_text(fields["salt"]), cost)
    if not hmac.compare_digest(tag, from_text(fields["tag"])):
        return None
    try:
        book_key = ChaCha20Poly1305(wrapping_key).decrypt(from_text(fields["nonce"]), wrapped, canonical.encode(fields))
    except InvalidTag as error:
        raise refused(Code.BOOK_DAMAGED, "book.key", slot=slot.number) from error
    return book_key


def _derived(secret: bytes, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Wrapping key (32 bytes) and tag (16 bytes)."""
    derived = Argon2id(
        salt=salt, length=64, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(secret)
    return derived[:32], hashlib.sha256(_TAG_PREFIX + derived[32:]).digest()[:16]


def _slot(found: Mapping[str, canonical.Json]) -> Slot:
    """A slot read from the file, every field in its bounds. Raises ValueError."""
    number, made, kind = whole(found, "number", 1), whole(found, "made"), text(found, "kind")
    if kind in (PASSPHRASE, PAPER):
        cost = Cost(whole(found, "memory_kib", 8), whole(found, "passes", 1), whole(found, "lanes", 1))
        above = (
            cost.memory_kib > _COST_LIMIT.memory_kib,
            cost.passes > _COST_LIMIT.passes,
            cost.lanes > _COST_LIMIT.lanes,
        )
        if any(above) or cost.memory_kib < 8 * cost.lanes:
            raise ValueError("a cost out of bounds")
        for name in ("role", "group"):
            if name in found:
                matching(found, name, "[a-z0-9-]{1,32}")
        for name, length in (("salt", 16), ("tag", 16), ("nonce", 12), ("wrapped", BOOK_KEY_BYTES + 16)):
            if len(from_text(text(found, name))) != length:
                raise ValueError(f"{name} has another length")
    elif kind == OFFICE:
        recipient_field(found, "recipient")
        from_text(text(found, "wrapped"))
    else:
        raise ValueError("a slot of an unknown kind")
    fields = {name: item for name, item in found.items() if name not in ("number", "kind", "made")}
    return Slot(number, kind, made, fields)
