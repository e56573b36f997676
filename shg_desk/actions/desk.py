"""The desk: one open book with its keys, clock and chance. The first argument of every action.

The clock is only claimed and shown; randomness is handed in, so that a demo can be made twice alike.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from shg_desk.domain.ids import RandomBytes
from shg_desk.domain.ids import new_id
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.roles import Role
from shg_desk.store import keys as key_store
from shg_desk.store.book import Book
from shg_desk.store.book import Line
from shg_desk.store.drafts import Drafts
from shg_desk.store.drafts import open_drafts
from shg_desk.sync import keys as key_pairs
from shg_desk.sync import sealing
from shg_desk.sync.keys import DeviceKeys
from shg_desk.sync.keys import OfficeKeys
from shg_desk.sync.keyslots import KeyFile

if TYPE_CHECKING:
    from shg_desk.domain.kinds import Body
    from shg_desk.store.derive_profiles import SealedPart

SLOT_WAITS = "office_slot_waits"
"""The setting that says: the office changed, and the way in that is the office's has to follow."""

Clock = Callable[[], tuple[int, int]]
"""Claimed time: UTC seconds and the local offset in minutes."""


def wall_clock() -> tuple[int, int]:
    """What this computer's clock claims."""
    now = datetime.now(UTC).astimezone()
    offset = now.utcoffset() or timedelta()
    return int(time.time()), int(offset.total_seconds() // 60)


class KeyRing:
    """Opens and makes sealed parts with the keys of the book it is joined to."""

    def __init__(self) -> None:
        self.book: Book | None = None

    def unseal(self, part: SealedPart) -> Mapping[str, Any] | None:
        """The content of a sealed part, or None without its key (or where it was damaged)."""
        if self.book is None:
            return None
        key = key_store.key(self.book.db, part.owner, part.purpose, part.number)
        if key is None:
            return None
        from shg_desk.domain.spelling import as_seen

        try:
            content = sealing.unseal(
                key, part.text, owner=part.owner, number=part.number, kind=part.kind, field_group=part.purpose
            )
        except KnownError:
            return None
        seen: Mapping[str, Any] = as_seen(content)
        return seen


@dataclass(slots=True)
class Desk:
    """An open book and who has it open."""

    book: Book
    ring: KeyRing
    clock: Clock = wall_clock
    random_bytes: RandomBytes = secrets.token_bytes
    slot: int = 0
    role: Role = field(default_factory=Role)
    book_key: bytes = field(default=b"", repr=False)
    ways: KeyFile | None = field(default=None, repr=False)
    """The book's key file as this program last read or wrote it; None where the book came open with its key."""
    worked_out: dict[str, Any] = field(default_factory=dict, repr=False)
    """What actions keep of the book between two questions, each under its own name."""
    _drafts: Drafts | None = None

    @property
    def folder(self) -> Path:
        """Where the book lies."""
        return self.book.folder

    @property
    def is_office(self) -> bool:
        """True for an office's book."""
        return self.book.setting("role") == "office"

    @property
    def is_practice(self) -> bool:
        """True for a book of invented people, whose keys are not secret."""
        return self.book.setting("practice") == "1"

    @property
    def currency(self) -> str:
        """The currency of groups made here."""
        return self.book.setting("currency") or "KGS"

    def today(self) -> date:
        """The civil date the clock claims, where this computer is."""
        return self.day_of(self.clock()[0])

    def day_of(self, at: int) -> date:
        """The civil date of claimed UTC seconds, where this computer is."""
        return (datetime.fromtimestamp(at, UTC) + timedelta(minutes=self.clock()[1])).date()

    def new_id(self) -> str:
        """A lasting id."""
        return new_id(self.random_bytes)

    def device_keys(self) -> DeviceKeys:
        """The keys of this device."""
        age = key_pairs.age_from_secret(self.book.setting("age_secret") or "")
        return DeviceKeys(age, key_pairs.signing_from_secret(self.book.setting("minisign_secret") or ""))

    def office_keys(self) -> OfficeKeys:
        """The office's keys (an office's book only)."""
        book = self.book
        return OfficeKeys(
            key_pairs.age_from_secret(book.setting("office_age_secret") or ""),
            key_pairs.age_from_secret(book.setting("office_next_secret") or ""),
            key_pairs.signing_from_secret(book.setting("minisign_secret") or ""),
            tuple(key_pairs.age_from_secret(one) for one in (book.setting("office_retired") or "").split()),
            tuple(key_pairs.signing_from_secret(one) for one in (book.setting("office_former") or "").split()),
        )

    def must_do_all(self) -> None:
        """Raises KnownError ROLE_MAY_NOT where the person's role is not everything: keys, parcels, other laptops."""
        if not self.role.does_all:
            raise KnownError(Problem(Code.ROLE_MAY_NOT, self.role.name))

    def line(self, kind: str, body: Body, of_group: str = "") -> Line:
        """One operation as this person writes it now; `of_group` is the group of what a removal removes.

        Raises KnownError ROLE_MAY_NOT where her role does not.
        """
        if not self.role.may_write(kind, body, of_group):
            raise KnownError(Problem(Code.ROLE_MAY_NOT, kind))
        return Line(kind, dict(body), str(self.slot), self.clock())

    def seal(self, kind: str, owner: str, purpose: str, fields: Mapping[str, Any]) -> list[Any]:
        """A sealed part `[owner, purpose, key number, text]`; the owner's key is made at first use by `make_key`.

        Raises KnownError CONSENT_WITHDRAWN where the key was destroyed.
        """
        from shg_desk.domain.spelling import as_kept

        try:
            number, key = key_store.newest(self.book.db, owner, purpose)
        except KeyError as error:
            if any(one.owner == owner and one.purpose == purpose for one in key_store.destroyed(self.book.db)):
                raise KnownError(Problem(Code.CONSENT_WITHDRAWN, "household")) from error
            raise
        text = sealing.seal(
            key,
            as_kept(dict(fields)),
            owner=owner,
            number=number,
            kind=kind,
            field_group=purpose,
            random_bytes=self.random_bytes,
        )
        return [owner, purpose, number, text]

    def make_key(self, owner: str, purpose: str) -> None:
        """Makes the first key of a household or a group; whoever registers it does."""
        key_store.put(self.book.db, owner, purpose, 1, sealing.new_key(self.random_bytes))

    def seal_texts(self, kind: str, group: str, texts: Sequence[str]) -> dict[str, Any]:
        """The `sealed` part of a body for a group's free texts; nothing where there are none."""
        return {"sealed": [self.seal(kind, group, "group", {"texts": list(texts)})]} if texts else {}

    @property
    def drafts(self) -> Drafts:
        """Unfinished work beside the book: its own file, so that typing is never blocked by a long write."""
        if self._drafts is None:
            self._drafts = open_drafts(self.folder, self.book_key)
        return self._drafts

    def close(self) -> None:
        """Closes the book and its drafts."""
        if self._drafts is not None:
            self._drafts.close()
        self.book.close()
